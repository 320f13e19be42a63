"""spacerel timeline --view calendar: how many events a year and a month."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from small_log import Program, spacerel
from spacerel import density
from spacerel.dates import Period
from spacerel.density import Month, by_month, drawn
from spacerel.model import Event

__all__ = ["spacerel"]

TODAY = "2026-11-24"
DATES = st.tuples(
    st.dates(date(1900, 1, 1), date(2026, 11, 24)).map(date.isoformat), st.sampled_from((4, 7, 10)), st.booleans()
).map(lambda found: found[0][: found[1]] + "~" * found[2])


def events(*dated: str) -> list[Event]:
    return [Event("e", one, "T", ("esa",), "deliver", "", (), "high") for one in dated]


def shown(months: list[Month], width: int) -> list[str]:
    return ["".join(piece for piece, _ in line).rstrip() for line in drawn(months, width)]


def test_the_screen(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--since", "2022", "-f", "text", "--width", "100")

    assert (
        ran.out
        == """\
All agencies · since 1 Jan 2022 · 8 of 10 events
       Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec Year Total
2022     ·    1    3    ·    1    ·    1    ·    ·    ·    ·    ·          6  ██████
2023     ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·          0
2024     ·    ·    ·    ·    1    ·    ·    ·    ·    ·    ·    ·          1  █
2025     ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·          0
2026     ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·         1     1  █
Total    ·    1    3    ·    2    ·    1    ·    ·    ·    ·    ·    1     8

from 2 a month on bold, where there is colour; · none; Year: known only to the year
"""
    )


def test_decades_fit_one_screen(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "-f", "text", "--width", "80", env={"SPACEREL_LOG": ""})

    assert len(ran.lines) <= 24
    assert ran.lines[2].startswith("1955–59 ")
    assert "a row is 5 years;" in ran.out


def test_a_row_a_month_with_the_empty_ones(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--period", "2022-02..2022-05", "--json")

    found = json.loads(ran.out)
    assert found["query"] == {"period": "2022-02-01..2022-05-31", "view": "calendar"}
    assert found["rows"] == [
        {"year": 2022, "month": 2, "events": 1},
        {"year": 2022, "month": 3, "events": 3},
        {"year": 2022, "month": 4, "events": 0},
        {"year": 2022, "month": 5, "events": 1},
    ]


def test_what_is_known_only_to_the_year_has_no_month(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--by", "nasa")

    assert ran.lines == [*(f"2026\t{month}\t0" for month in range(1, 12)), "2026\t\t1"]


def test_the_busiest_months_by_sort_and_limit(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--sort", "events", "-r", "-n", "1")

    assert ran.out == "2022\t3\t3\n"


def test_a_limit_holds_for_the_screen_too(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--period", "2022", "-n", "3", "-f", "text", "--width", "80")

    assert ran.lines[2:4] == ["2022     ·    1    3                                                  4", ""]
    assert ran.lines[-1] == "3 of 12 rows, by --limit"


def test_a_drawn_calendar_has_no_other_order(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--sort", "events", "-f", "text")

    assert (ran.code, ran.err) == (
        2,
        "error: --sort orders rows, and this screen is a drawing. Add --fields or a --format.\n",
    )


def test_where_months_have_no_room_years_are_counted(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--period", "2022..2024", "-f", "text", "--width", "30")

    assert ran.lines[-3:] == [
        "2022 6 ██████",
        "2023 0",
        "2024 1 █",
    ]


def test_bars_that_do_not_fit_are_shortened_alike() -> None:
    lines = shown(by_month(events(*["2020-01-01"] * 200, *["2021-01-01"] * 100, "2022-01-01"), None, TODAY), 100)

    bars = [line.count("█") for line in lines[1:4]]
    assert bars == [27, 14, 0]
    assert lines[3].endswith("▏")
    assert lines[-1] == "a full bar is 200"


def test_no_hits(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "calendar", "--period", "1999", "-f", "text")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No events match period 1999. The log runs 1 Jun 2005 – 31 Dec 2026.\n"


@given(st.lists(DATES, min_size=1, max_size=30))
def test_every_event_is_counted_once(dated: list[str]) -> None:
    months = by_month(events(*dated), None, TODAY)

    assert sum(month.events for month in months) == len(dated)
    assert [(year, month or 13) for year, month, _ in months] == sorted(
        {(year, month or 13) for year, month, _ in months}
    )


@given(st.lists(DATES, min_size=1, max_size=30), st.integers(20, 300))
def test_every_line_fits_every_width(dated: list[str], width: int) -> None:
    lines = shown(by_month(events(*dated), None, TODAY), width)

    assert [line for line in lines if len(line) > width] == []
    assert len(lines) <= density.MOST_ROWS + 8


@given(st.lists(DATES, min_size=1, max_size=30))
def test_months_of_a_period_are_all_there(dated: list[str]) -> None:
    months = by_month(events(*dated), Period("1990-01-01", "1991-12-31"), TODAY)

    assert {(year, month) for year in (1990, 1991) for month in range(1, 13)} <= {
        (year, month) for year, month, _ in months
    }
