"""spacerel partnerships: every named cooperation with its standing and its span."""

import json

from small_log import TEXT, Program, record, spacerel

__all__ = ["spacerel"]


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("partnerships", "--as-of", "2022-04-01", "-f", "text").out
        == """\
Partnerships · as of 1 Apr 2022 · 2 partnerships                 liveliest first
Partnership      Between            Standing           Since  Span         Steps
ExoMars rover    ESA, Roscosmos     ‖ suspended  17 Mar 2022  since 2013       2
OneWeb on Soyuz  Roscosmos, OneWeb  ✕ broken      4 Mar 2022  2015 – 2022      2

1 suspended · 1 broken
"""
    )


def test_a_row_always_has_these_fields(spacerel: Program) -> None:
    rows = json.loads(spacerel("partnerships", "--json").out)["rows"]
    rover = next(row for row in rows if row["id"] == "rover")

    assert {
        name: rover[name]
        for name in ("id", "name", "parties", "standing", "since", "closed_by", "because", "replaced_by", "last_event")
    } == {
        "id": "rover",
        "name": "ExoMars rover",
        "parties": ["esa", "roscosmos"],
        "standing": "broken",
        "since": "2022-07-12",
        "closed_by": "esa-ends-rover",
        "because": ["esa-suspends-rover"],
        "replaced_by": ["rover-nasa"],
        "last_event": "esa-ends-rover",
    }


def test_a_suspended_one_has_its_cause_and_nothing_closed_it(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("partnerships", "-p", "rover", "--as-of", "2022-04-01", "--json").out)["rows"]

    assert (row["standing"], row["by"], row["because"], row["closed_by"]) == ("suspended", ["esa"], ["invasion"], None)


def test_standings_choose(spacerel: Program) -> None:
    ids = [line.split("\t")[0] for line in spacerel("partnerships", "--standing", "agreed,suspended").lines]

    assert ids == ["rover-nasa"]


def test_an_unknown_standing(spacerel: Program) -> None:
    ran = spacerel("partnerships", "--standing", "brocken")

    assert ran.code == 2
    assert ran.err.startswith('error: unknown standing "brocken". Did you mean "broken"? All of them: none, active,')


def test_a_vague_date_leaves_two_standings_and_since_is_no_finer_than_the_log(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace('date: "2022-03-17"', 'date: "2022-03"')
    spacerel.log.write_text(text, encoding="utf-8")
    ran = spacerel("partnerships", "-p", "rover", "--as-of", "2022-03-10", "-f", "text")

    assert "● agreed or ‖ suspended" in ran.out
    assert ran.lines[-1] == "1 left open by a vague date, both standings shown"
    assert (
        json.loads(spacerel("partnerships", "-p", "rover", "--as-of", "2022-04-01", "--json").out)["rows"][0]["since"]
        == "2022-03"
    )


def test_in_force_before_the_log(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("partnerships", "-p", "oneweb-soyuz", "--as-of", "2022-03-03", "--json").out)["rows"]

    assert (row["standing"], row["since"], row["first"], row["closed_by"]) == ("active", "2015", "2015", None)


def test_80_columns_are_enough_for_a_table(spacerel: Program) -> None:
    lines = spacerel("partnerships", "--as-of", "2022-04-01", "-f", "text", "--width", "80").lines

    assert lines[1].split() == ["Partnership", "Between", "Standing", "Since", "Steps"]
    assert lines[2].split() == ["ExoMars", "rover", "ESA,", "Roscosmos", "‖", "suspended", "17", "Mar", "2022", "2"]


def test_what_was_only_announced_has_not_begun(spacerel: Program) -> None:
    plan = record(
        "plan", "date: 2026-01-01", "parties: [esa, nasa]", "act: agree", "modality: announced", "outcome: {status: pending}",
        "partnership: base", "title: ESA and NASA plan a base",
    )  # fmt: skip
    base = "- {id: base, name: A base, parties: [esa, nasa], kind: programme, topic: exploration, description: D}\n"
    spacerel.log.write_text(TEXT.replace("events:\n", base + "events:\n") + plan, encoding="utf-8")
    lines = spacerel("partnerships", "-p", "base", "-f", "text").lines

    assert lines[2].split() == ["A", "base", "ESA,", "NASA", "not", "begun", "·", "since", "2026", "1"]
    assert lines[-1] == "1 not begun"
    assert [line.split("\t")[0] for line in spacerel("partnerships", "--standing", "none").lines] == ["base"]


def test_signatories_are_counted(spacerel: Program) -> None:
    states = [f"state-{number}" for number in range(24)]
    actors = "".join(f"- {{id: {one}, name: {one}, type: state}}\n" for one in states)
    treaty = (
        f"- {{id: accord, name: Accord, parties: [{', '.join(states)}], kind: treaty, topic: policy, description: D}}\n"
    )
    signed = record("signed", "date: 2020-01-01", f"parties: [{', '.join(states)}]", "act: agree", "partnership: accord", "title: They sign")  # fmt: skip
    text = TEXT.replace("partnerships:\n", f"{actors}partnerships:\n{treaty}") + signed
    spacerel.log.write_text(text, encoding="utf-8")

    assert "24 signatories" in spacerel("partnerships", "-p", "accord", "-f", "text").out
    (row,) = json.loads(spacerel("partnerships", "-p", "accord", "--json").out)["rows"]
    assert row["parties"] == states


def test_what_had_not_begun_is_left_out(spacerel: Program) -> None:
    ran = spacerel("partnerships", "--as-of", "2010")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No partnerships match as of 31 Dec 2010. The log runs 1 Jun 2005 – 31 Dec 2026.\n"
