"""spacerel summary: blocks of counts with bars in proportion."""

import json
import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_log import Program, spacerel
from spacerel import figures

__all__ = ["spacerel"]


def test_the_screen_has_its_blocks_side_by_side(spacerel: Program) -> None:
    lines = spacerel("summary", "--since", "2022", "--until", "2022-07", "-f", "text").lines

    assert lines[:14] == [
        "All agencies · 1 Jan – 31 Jul 2022 · 6 steps · 2 partnerships · 4 actors",
        "",
        "By month                          By step                           Most active",
        "Jan 2022                      0   ✕ end      ██████████████████ 2   Roscosmos ███████████████████ 5",
        "Feb 2022 ██████▋              1   ● talk     █████████          1   ESA       ███████████▍        3",
        "Mar 2022 ████████████████████ 3   ▲ threaten █████████          1   OneWeb    ███████▋            2",
        "Apr 2022                      0   ‖ suspend  █████████          1   Russia    ███▊                1",
        "May 2022 ██████▋              1   ◆ context  █████████          1",
        "Jun 2022                      0",
        "Jul 2022 ██████▋              1",
        "",
        "Standing on 31 Jul 2022           Most active pairs                 1 threat",
        "✕ broken █████████████ 2 (100%)   ESA – Roscosmos    ██████████ 3   ✕ carried out ████████ 1 (100%)",
        "                                  OneWeb – Roscosmos ██████▋    2",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_no_line_is_too_wide_and_more_room_makes_fewer_lines(spacerel: Program, width: int) -> None:
    lines = spacerel("summary", "-f", "text", "--width", str(width)).lines

    assert max(map(len, lines)) <= width
    assert len(lines) <= len(spacerel("summary", "-f", "text", "--width", "31").lines)


def test_the_counts(spacerel: Program) -> None:
    found = json.loads(spacerel("summary", "--period", "2022", "--json").out)
    counts = {(row["section"], row["key"]): (row["n"], row["of"]) for row in found["rows"]}

    assert found["as_of"] == "2022-12-31"
    assert counts["month", "2022-03"] == (3, None)
    assert counts["month", "2022-01"] == (0, None)
    assert counts["act", "end"] == (2, None)
    assert counts["actor", "roscosmos"] == (5, None)
    assert counts["pair", "esa,roscosmos"] == (3, None)
    assert counts["standing", "broken"] == (2, 2)
    assert counts["threat", "carried-out"] == (1, 1)
    assert counts["sources", "high"] == (5, 6)
    assert counts["sources", "two-publishers"] == (0, 6)


def test_the_one_agency_is_not_named_among_the_most_active(spacerel: Program) -> None:
    rows = json.loads(spacerel("summary", "-a", "roscosmos", "--json").out)["rows"]

    assert [row["key"] for row in rows if row["section"] == "actor"] == ["esa", "oneweb"]


@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (("--since", "2022-02", "--until", "2022-03"), ["2022-02", "2022-03"]),
        (("--by", "year", "--since", "2022", "--until", "2024"), ["2022", "2023", "2024"]),
        (("--by", "month", "--period", "2024"), [f"2024-{month:02}" for month in range(1, 13)]),
    ],
)
def test_by_time(spacerel: Program, words: tuple[str, ...], keys: list[str]) -> None:
    rows = json.loads(spacerel("summary", *words, "--json").out)["rows"]
    found = [row["key"] for row in rows if row["section"] in ("year", "month")]

    assert found == keys


def test_a_date_without_a_month_has_a_line_of_its_own(spacerel: Program) -> None:
    rows = json.loads(spacerel("summary", "--period", "2026", "--by", "month", "--json").out)["rows"]

    assert [(row["label"], row["n"]) for row in rows if row["section"] == "month"][-1] == ("2026, no month", 1)


def test_an_unknown_span(spacerel: Program) -> None:
    ran = spacerel("summary", "--by", "yaer")

    assert (ran.code, ran.err) == (
        2,
        'error: unknown value of --by "yaer". Did you mean "year"? All of them: year, month.\n',
    )


def test_the_next_command_lines_run(spacerel: Program) -> None:
    last = spacerel("summary", "--period", "2022", "-a", "OneWeb, the company", "-f", "text").lines[-1]
    program, *words = shlex.split(last.removeprefix("Next: "))

    assert (program, words[0]) == ("spacerel", "broken")
    assert spacerel(*words).lines


def test_nothing_to_sum_up(spacerel: Program) -> None:
    ran = spacerel("summary", "--period", "1990")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No events match period 1990")


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(1, 60))
def test_a_bar_is_in_proportion_to_the_eighth_of_a_cell(count: int, more: int, width: int) -> None:
    most = count + more
    eighths = sum(8 if sign == "█" else " ▏▎▍▌▋▊▉".index(sign) for sign in figures.bar(count, most, width))

    assert len(figures.bar(count, most, width)) <= width
    assert abs(eighths - count / most * width * 8) <= 1
    assert bool(eighths) == bool(count)


def test_spark_lines_may_share_a_height() -> None:
    assert figures.spark((0, 1, 8), 16) == "·▁▄"


def test_a_tally_counts_past_ones_beside_others_only_when_asked() -> None:
    standings = ("active", "agreed/suspended", "broken", "expired", "declined")

    assert "".join(text for text, _ in figures.tally(standings)) == "1● 1‖ 1✕"
    assert "".join(text for text, _ in figures.tally(standings, past=True)) == "1● 1‖ 1✕ 2◆"
    assert "".join(text for text, _ in figures.tally(("expired",))) == "1◆"
    assert "◆ past ones" in "".join(text for text, _ in figures.legend(past=True))


@given(st.lists(st.integers(0, 500), max_size=40))
def test_a_spark_line_has_a_sign_a_count_and_higher_ones_for_more(counts: list[int]) -> None:
    line = figures.spark(counts)

    assert len(line) == len(counts)
    heights = ["·▁▂▃▄▅▆▇█".index(sign) for sign in line]
    assert all(
        (one <= other)
        for a, one in zip(counts, heights, strict=True)
        for b, other in zip(counts, heights, strict=True)
        if a <= b
    )
    assert [count == 0 for count in counts] == [height == 0 for height in heights]
