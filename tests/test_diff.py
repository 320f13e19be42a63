"""spacerel diff: between two days of one log, and between two versions of it."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from small_log import TEXT, Program, record, spacerel

__all__ = ["spacerel"]


def test_the_screen_of_two_days(spacerel: Program) -> None:
    assert (
        spacerel("diff", "2021", "2024", "-a", "esa", "-f", "text").out
        == """\
ESA · 31 Dec 2021 → 31 Dec 2024 · 1 new, 1 broken
   Partnership      With       Standing                 Since
+  Rover with NASA  NASA       ● agreed           16 May 2024  together
-  ExoMars rover    Roscosmos  agreed → ✕ broken  12 Jul 2022  by ESA
"""
    )


def test_what_goes_on_is_counted_and_listed_when_asked(spacerel: Program) -> None:
    ran = spacerel("diff", "2022-03-18", "2022-04-01", "-f", "text")
    listed = spacerel("diff", "2022-01", "2022-02-28", "--still")

    assert ran.err.startswith("Nothing changed between 18 Mar 2022 and 1 Apr 2022")
    assert [line.split("\t")[:2] for line in listed.lines] == [["still", "rover"], ["still", "oneweb-soyuz"]]


def test_a_period_asks_for_its_last_day(spacerel: Program) -> None:
    found = json.loads(spacerel("diff", "2022-02", "2022-Q1", "--json").out)

    assert (found["query"]["from"], found["query"]["to"]) == ("2022-02-28", "2022-03-31")
    assert [(row["id"], row["change"], row["from_standing"], row["standing"]) for row in found["rows"]] == [
        ("rover", "changed", "agreed", "suspended"),
        ("oneweb-soyuz", "broken", "active", "broken"),
    ]
    assert found["rows"][1]["event"] == "oneweb-off-the-pad"


@pytest.mark.parametrize(("act", "kind"), [("complete", "completed"), ("end", "broken")])
def test_how_it_was_closed_is_never_mixed_up(spacerel: Program, act: str, kind: str) -> None:
    spacerel.log.write_text(
        TEXT.replace("act: end\n  partnership: oneweb", f"act: {act}\n  partnership: oneweb"), encoding="utf-8"
    )

    assert spacerel("diff", "2022-02", "2022-03-10").lines[0].split("\t")[0] == kind


def test_the_steps_of_a_way_add_up(spacerel: Program) -> None:
    """What stands at the end of one stretch stands at the beginning of the next."""
    days = ["2004", "2013-06", "2022-03-02", "2022-03-10", "2022-04", "2023", "2025"]
    standing: dict[str, str] = {}
    for a, b in pairwise(days):
        for row in json.loads(spacerel("diff", a, b, "--still", "--json", "-q").out)["rows"]:
            assert standing.get(row["id"], row["from_standing"]) == row["from_standing"]
            standing[row["id"]] = row["standing"]

    assert standing == {"rover": "broken", "oneweb-soyuz": "broken", "rover-nasa": "agreed"}


@pytest.mark.parametrize(("words", "code"), [(("2021", "2022"), 1), (("2023", "2024-05-15"), 0)])
def test_exit_code(spacerel: Program, words: tuple[str, str], code: int) -> None:
    assert spacerel("diff", *words, "--exit-code").code == code
    assert spacerel("diff", *words).code == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "between which days? Name two: spacerel diff 2021 2022. Or a log: --against old.yaml"),
        (("2021",), "between which days? Name two: spacerel diff 2021 2022. Or a log: --against old.yaml"),
        (("2022", "2021"), "31 Dec 2022 is not before 31 Dec 2021: A is the earlier day."),
        (("2022", "2022"), "31 Dec 2022 is not before 31 Dec 2022: A is the earlier day."),
        (
            ("2021", "2022", "--against", "x.yaml"),
            "--against compares two versions of the log, A and B two days of one. Choose one.",
        ),
        (
            ("--still", "--against", "x.yaml"),
            "--against compares two versions of the log, A and B two days of one. Choose one.",
        ),
    ],
)
def test_errors(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("diff", *words)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")


def test_there_is_no_such_older_version(spacerel: Program) -> None:
    ran = spacerel("diff", "--against", "nowhere.yaml")

    assert (ran.code, ran.err) == (3, 'error: there is no file "nowhere.yaml".\n')


@pytest.fixture
def older(spacerel: Program) -> Program:
    """An older version: another date, a tag less, one event fewer and one that is gone, another name of an actor."""
    text = TEXT.replace('date: "2022-07-12"', 'date: "2022-07-13"').replace("tags: [mars, science]", "tags: [mars]")
    text = text.replace("name: NASA, short", "name: NASA of the US, short").replace(
        "id: rover-agreed", "id: rover-discussed"
    )
    Path("old.yaml").write_text(text, encoding="utf-8")
    return spacerel


def test_two_versions_of_the_log(older: Program) -> None:
    assert (
        older("diff", "--against", "old.yaml", "-f", "text").out
        == """\
The log since old.yaml · 1 added, 3 corrected, 1 withdrawn

Actors corrected
  nasa                name: NASA of the US → NASA
Events added
  rover-agreed        ESA and Rosaviakosmos talk about Mars
Events corrected
  esa-suspends-rover  tags: nothing → science
  esa-ends-rover      date: 2022-07-13 → 2022-07-12
Events withdrawn
  rover-discussed     ESA and Rosaviakosmos talk about Mars
"""
    )


def test_the_data_of_two_versions(older: Program) -> None:
    rows = json.loads(older("diff", "--against", "old.yaml", "--json").out)["rows"]

    assert rows[2] == {
        "record": "event",
        "change": "corrected",
        "id": "esa-suspends-rover",
        "field": "tags",
        "old": ["mars"],
        "new": ["mars", "science"],
    }


def test_filters_choose_the_events_of_both_versions(older: Program) -> None:
    lines = older("diff", "--against", "old.yaml", "--act", "end").lines

    assert [line.split("\t")[2] for line in lines] == ["esa-ends-rover"]


def test_the_same_log_says_the_same(spacerel: Program) -> None:
    ran = spacerel("diff", "--against", str(spacerel.log), "--exit-code")

    assert (ran.code, ran.out, ran.err) == (0, "", f"The log and {spacerel.log} say the same.\n")


def test_other_versions_leave_with_1(older: Program) -> None:
    assert older("diff", "--against", "old.yaml", "--exit-code").code == 1


def test_parties_are_those_of_the_later_day_and_vague_days_stay_vague(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    joins = record(
        "nasa-joins", "date: 2023", "parties: [nasa, esa]", "by: nasa", "act: join", "scope: [nasa]", "partnership: rover",
        "title: NASA joins the rover",
    )  # fmt: skip
    text = text.replace("opens: 2015", 'opens: "2015-06"').replace(
        "- id: esa-ends-rover", joins + "- id: esa-ends-rover"
    )
    spacerel.log.write_text(text, encoding="utf-8")
    ran = spacerel("diff", "2014", "2022-02", "--still", "--json")
    rows = {row["id"]: row for row in json.loads(ran.out)["rows"]}

    assert rows["rover"]["parties"] == ["esa", "roscosmos"]
    assert rows["oneweb-soyuz"]["since"] == "2015-06"
