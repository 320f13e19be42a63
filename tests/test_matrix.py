"""spacerel matrix: who works with whom in a small log."""

import json

from small_log import Program, spacerel

__all__ = ["spacerel"]

LEGEND = ["", "● active, agreed or proposed  ‖ suspended  ✕ broken  ◆ only past ones  · none in the log"]


def test_standings_on_a_day(spacerel: Program) -> None:
    assert spacerel("matrix", "--as-of", "2022-04-01", "-f", "text").lines == [
        "Who works with whom · as of 1 Apr 2022 · 3 best connected of 3",
        "           Roscosmos  ESA",
        "Roscosmos  ╲",
        "ESA        1‖         ╲",
        "OneWeb     1✕         ·",
        *LEGEND,
    ]


def test_steps(spacerel: Program) -> None:
    assert spacerel("matrix", "--cells", "steps", "--most", "4", "--until", "2024", "-f", "text").lines == [
        "Steps that two took part in · until 31 Dec 2024 · 4 most active of 5",
        "           OneWeb  Roscosmos  ESA",
        "OneWeb     ╲",
        "Roscosmos  2       ╲",
        "ESA        ·       4          ╲",
        "NASA       ·       ·          1",
    ]


def test_ascii_has_no_other_sign(spacerel: Program) -> None:
    out = spacerel("matrix", "--as-of", "2022-04-01", "-f", "text", "--ascii").out

    assert out.isascii()
    assert "\nESA        1=         \\\nOneWeb     1x         .\n" in out


def test_names_give_way_to_numbers_and_these_to_pairs(spacerel: Program) -> None:
    asked = ("matrix", "-a", "esa,roscosmos,nasa,oneweb", "--cells", "steps", "-f", "text")
    numbers = [" 1 NASA       ╲", " 2 ESA        2  ╲", " 3 Roscosmos  ·  5  ╲", " 4 OneWeb     ·  ·  2"]

    assert spacerel(*asked, "--width", "24").lines[-4:] == numbers
    assert spacerel(*asked, "--width", "20").lines[-4:] == [
        " 1 NASA      ╲",
        " 2 ESA       2 ╲",
        " 3 Roscosmos · 5 ╲",
        " 4 OneWeb    · · 2",
    ]
    longer = spacerel.log.read_text(encoding="utf-8").replace("short: Roscosmos", "short: The Roscosmos")
    spacerel.log.write_text(longer, encoding="utf-8")

    assert spacerel(*asked, "--width", "20").lines[-6:] == [
        "NASA – ESA",
        "  2",
        "ESA – The",
        "  Roscosmos     5",
        "The Roscosmos –",
        "  OneWeb  2",
    ]


def test_a_period_asks_for_its_last_day_and_counts_its_steps(spacerel: Program) -> None:
    found = json.loads(spacerel("matrix", "-a", "esa,roscosmos", "--period", "2022-03", "--json").out)

    assert found["as_of"] == "2022-03-31"
    assert found["query"]["cells"] == "standing"
    assert [(row["partnerships"], row["standings"], row["steps"]) for row in found["rows"]] == [
        (["rover"], ["suspended"], 1)
    ]


def test_a_period_that_lasts_shows_today(spacerel: Program) -> None:
    found = json.loads(spacerel("matrix", "-a", "esa,nasa", "--since", "2022", "--today", "2025-01-01", "--json").out)

    assert found["as_of"] == "2025-01-01"


def test_the_agencies_asked_for_with_their_predecessors(spacerel: Program) -> None:
    assert spacerel("matrix", "--agency", "esa,roscosmos,nasa", "--today", "2025-01-01").lines == [
        "nasa\tesa\trover-nasa\tagreed\t2",
        "roscosmos\tesa\trover\tbroken\t5",
    ]


def test_a_predecessor_that_is_asked_for_stands_for_itself(spacerel: Program) -> None:
    rows = [line.split("\t") for line in spacerel("matrix", "-a", "esa,roscosmos,rka", "--cells", "steps").lines]

    assert {(*sorted(row[:2]), row[4]) for row in rows} == {("esa", "rka", "1"), ("esa", "roscosmos", "4")}


def test_filters_choose_partnerships(spacerel: Program) -> None:
    found = json.loads(spacerel("matrix", "--topic", "launch", "--as-of", "2022-04-01", "--json").out)

    assert [row["partnerships"] for row in found["rows"]] == [["oneweb-soyuz"]]


def test_the_fields_of_data(spacerel: Program) -> None:
    row = json.loads(spacerel("matrix", "-a", "esa,nasa", "--today", "2025-01-01", "--json").out)["rows"][0]

    assert row == {
        "actor": "nasa",
        "partner": "esa",
        "partnerships": ["rover-nasa"],
        "standings": ["agreed"],
        "steps": 2,
        "active": 0,
        "suspended": 0,
        "agreed": 1,
        "proposed": 0,
        "broken": 0,
        "completed": 0,
        "expired": 0,
        "superseded": 0,
        "declined": 0,
    }


def test_nothing_in_common(spacerel: Program) -> None:
    ran = spacerel("matrix", "-a", "nasa,oneweb")

    assert (ran.code, ran.out, ran.err) == (0, "", "No two of NASA, OneWeb share a partnership or a step.\n")


def test_one_agency_is_no_matrix(spacerel: Program) -> None:
    ran = spacerel("matrix", "-a", "esa")

    assert ran.code == 2
    assert ran.err == (
        "error: a matrix takes two agencies or more: --agency esa,nasa. Without any it takes the best connected.\n"
    )


def test_unknown_cells(spacerel: Program) -> None:
    ran = spacerel("matrix", "--cells", "step")

    assert ran.code == 2
    assert ran.err == ('error: unknown value of --cells "step". Did you mean "steps"? All of them: standing, steps.\n')


def test_a_day_before_all_ties_is_told_in_words(spacerel: Program) -> None:
    ran = spacerel("matrix", "--as-of", "1950", "-f", "text")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No ties match as of 31 Dec 1950. The log runs 1 Jun 2005 – 31 Dec 2026.\n"
