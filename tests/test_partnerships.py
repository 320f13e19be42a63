"""spacerel partnerships: every named cooperation with its standing and its span."""

import json

from small_log import Program, spacerel

__all__ = ["spacerel"]


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("partnerships", "--as-of", "2022-04-01", "-f", "text").out
        == """\
Partnerships · as of 1 Apr 2022 · 2 partnerships
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


def test_what_had_not_begun_is_left_out(spacerel: Program) -> None:
    ran = spacerel("partnerships", "--as-of", "2010")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No partnerships match as of 31 Dec 2010. The log runs 1 Jun 2005 – 31 Dec 2026.\n"
