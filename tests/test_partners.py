"""spacerel partners: ties by standing, the trend, the score with its n, and what took over."""

import json

import pytest

from small_log import ACTORS, EVENTS, Program, record, spacerel

__all__ = ["spacerel"]

LEGEND = "● active, agreed or proposed  ‖ suspended  ✕ broken  ◆ only past ones  · none in the log"


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("partners", "roscosmos", "--as-of", "2024-12-31", "-f", "text").out
        == f"""\
Partners of Roscosmos · as of 31 Dec 2024 · 2 partners           most broken first
Partner  Steps  Trend      Standing  Score  n  Last step, what took over
ESA          5  ▃···▃···█  1✕         -0.4  5  12 Jul 2022 ✕ end → Rover with NASA
OneWeb       2  ········█  1✕         -4.8  2  4 Mar 2022 ✕ end

{LEGEND}
Trend: steps in 2005–2022, 2 years a sign, each line by its own greatest. Score: mean over n
  steps, PLOVER; spacerel scores
"""
    )


def test_a_period_has_its_months_and_its_last_day(spacerel: Program) -> None:
    lines = spacerel("partners", "-a", "roscosmos", "--period", "2022-01..2022-06", "-f", "text").lines

    assert lines[0].startswith("Partners of Roscosmos · 1 Jan – 30 Jun 2022 · on 30 Jun 2022 · 2 partners")
    assert lines[2].split() == ["OneWeb", "2", "··█·········", "1✕", "-4.8", "2", "4", "Mar", "2022", "✕", "end"]
    assert lines[3].split()[:4] == ["ESA", "2", "··█·█·······", "1‖"]


def test_the_data(spacerel: Program) -> None:
    found = json.loads(spacerel("partners", "esa", "--as-of", "2024-12-31", "--json").out)
    row = next(row for row in found["rows"] if row["id"] == "roscosmos")

    assert (found["command"], found["as_of"]) == ("partners", "2024-12-31")
    assert found["query"]["agency"] == ["esa"]
    assert {
        name: row[name] for name in ("name", "steps", "standings", "partnerships", "broken", "active", "first", "last")
    } == {
        "name": "Roscosmos",
        "steps": 4,
        "standings": ["broken"],
        "partnerships": ["rover"],
        "broken": 1,
        "active": 0,
        "first": "2013-03-14",
        "last": "2022-07-12",
    }
    assert (row["last_event"], row["replaced_by"]) == ("esa-ends-rover", ["rover-nasa"])


@pytest.mark.parametrize(("scale", "score"), [("plover", "-6.0"), ("cameo", "-7.0")])
def test_the_score_has_its_scale(spacerel: Program, scale: str, score: str) -> None:
    out = spacerel("partners", "oneweb", "--period", "2022-03-04", "--scale", scale, "-f", "text").out

    assert score in out
    assert f"{'PLOVER' if scale == 'plover' else 'CAMEO'}" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "whose partners? Name an agency: spacerel partners roscosmos. All of them: spacerel actors"),
        (("roscomos",), 'unknown agency "roscomos". Did you mean "roscosmos"? All of them: spacerel actors'),
        (("esa", "--scale", "plovr"), 'unknown scale "plovr". Did you mean "plover"? All of them: plover, cameo.'),
    ],
)
def test_errors(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("partners", *words)

    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {sentence}\n")


def test_with_chooses_partners_and_min_steps_too(spacerel: Program) -> None:
    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "--with", "oneweb").lines] == ["oneweb"]
    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "--min-steps", "3").lines] == ["esa"]


def test_two_agencies_are_one_side(spacerel: Program) -> None:
    ids = [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "-a", "esa").lines]

    assert ids == ["oneweb", "nasa"]


@pytest.fixture
def accord(spacerel: Program) -> Program:
    """A treaty of 25 states, of which one does something else with NASA too."""
    states = [f"state-{number}" for number in range(24)]
    actors = "".join(f"- {{id: {one}, name: State {one[6:]}, type: state}}\n" for one in states)
    treaty = f"- {{id: accord, name: The Accord, parties: [nasa, {', '.join(states)}], kind: treaty, topic: policy, description: Rules}}\n"
    station = "- {id: station, name: A station, parties: [nasa, state-3], kind: agreement, topic: ground, description: A dish}\n"
    events = (
        ("accord-signed", "date: 2020-10-13", f"parties: [nasa, {', '.join(states)}]", "act: agree", "partnership: accord", "title: They sign"),
        ("station-agreed", "date: 2021-10-13", "parties: [nasa, state-3]", "act: agree", "partnership: station", "title: They sign too"),
    )  # fmt: skip
    text = ACTORS.replace("partnerships:\n", f"{actors}partnerships:\n{treaty}{station}")
    spacerel.log.write_text(text + "".join(record(*event) for event in (*EVENTS, *events)), encoding="utf-8")
    return spacerel


def test_signatories_are_one_line(accord: Program) -> None:
    ids = [line.split("\t")[:3] for line in accord("partners", "nasa").lines]

    assert ids == [["state-3", "State 3", "2"], ["esa", "ESA", "2"], ["accord", "The Accord: 23 partners", "1"]]


def test_signatories_can_be_had_one_by_one(accord: Program) -> None:
    assert len(accord("partners", "nasa", "--accessions").lines) == 25


def test_no_partner_is_a_sentence(spacerel: Program) -> None:
    ran = spacerel("partners", "russia", "--period", "2005")

    assert (ran.code, ran.out, ran.err) == (0, "", "Russia has no partner in what was asked for.\n")


def test_an_uncertain_standing_is_counted_and_said(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace('date: "2022-03-17"', 'date: "2022-03"')
    spacerel.log.write_text(text, encoding="utf-8")
    out = spacerel("partners", "esa", "--as-of", "2022-03-10", "-f", "text").out

    assert "1 uncertain on this day; the livelier standing is counted." in out
