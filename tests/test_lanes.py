"""The lanes and the calendar of spacerel timeline."""

import json
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from small_log import TEXT, Program, spacerel
from spacerel import lanes
from spacerel.lanes import Scale, Track
from spacerel.model import Event, Partnership
from spacerel.standing import course

__all__ = ["spacerel"]


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("timeline", "-a", "esa", "--view", "lanes", "--period", "2022", "-f", "text", "--width", "80").out
        == """\
ESA · 2022 · 1 partnership                                        on 31 Dec 2022
                J  F  M   A  M   J  J   A  S   O  N   D
                      ◆ 24 Feb 2022 Russia invades Ukraine
Roscosmos
 ExoMars rover  ········‖┄┄┄┄┄┄┄┄┄┄┄┄┄✕                     ✕ broken 12 Jul 2022

┄ suspended  · agreed or proposed  ✕ end  ‖ suspend
"""
    )


def test_tracks_in_signs_of_every_terminal(spacerel: Program) -> None:
    out = spacerel("timeline", "-a", "esa", "--view", "lanes", "--period", "2022", "-f", "text", "--ascii").out

    assert out.isascii()
    assert "- suspended  . agreed or proposed  x end  = suspend" in out


def test_an_uncertain_stretch_has_its_own_sign(spacerel: Program) -> None:
    spacerel.log.write_text(TEXT.replace('date: "2022-03-17"', 'date: "2022"'), encoding="utf-8")
    out = spacerel("timeline", "-a", "esa", "--view", "lanes", "--since", "2021", "--until", "2023", "-f", "text").out

    assert "≈ left open by a vague date" in out


def test_compared_agencies_have_one_scale(spacerel: Program) -> None:
    lines = spacerel("timeline", "--compare", "oneweb,esa", "--since", "2022", "--until", "2024", "-f", "text").lines

    assert lines[0].startswith("OneWeb, ESA · 2022 – 2024 · 3 partnerships")
    assert [line for line in lines if line in ("OneWeb", "ESA")] == ["OneWeb", "ESA"]
    oneweb, rover = (next(line for line in lines if line.startswith(f" {name}")) for name in ("OneWeb on", "ExoMars"))
    assert oneweb.index("✕") < rover.index("✕")


def test_tracks_of_actors_and_acts_count_their_steps(spacerel: Program) -> None:
    by_agency = spacerel("timeline", "-a", "esa", "--lanes-by", "agency", "--period", "2022", "-f", "text").out
    by_act = spacerel("timeline", "-a", "esa", "--lanes-by", "act", "-f", "text").out

    assert "\n Roscosmos " in by_agency
    assert by_agency.count("3 steps") == 1
    assert [line.split()[0] for line in by_act.splitlines() if "step" in line and line[0] == " " and "column" not in line] == [
        "talk", "agree", "suspend", "end",
    ]  # fmt: skip


def test_what_was_only_said_is_no_mark_of_a_step(spacerel: Program) -> None:
    lines = spacerel("timeline", "-a", "nasa", "--view", "lanes", "-f", "text").lines
    (track,) = (line for line in lines if line.startswith(" Rover with NASA"))

    assert "▲" in track
    assert "✕" not in track


def test_the_rows_of_the_data(spacerel: Program) -> None:
    found = json.loads(spacerel("timeline", "-a", "esa", "--view", "lanes", "--period", "2022", "--json").out)

    assert (found["query"]["view"], found["as_of"]) == ("lanes", "2022-12-31")
    assert found["rows"] == [
        {
            "id": "rover",
            "name": "ExoMars rover",
            "section": "Roscosmos",
            "standing": "broken",
            "since": "2022-07-12",
            "events": 2,
            "replaced_by": [],
            "spells": [
                ["agreed", "2013-03-14", "2022-03-16"],
                ["suspended", "2022-03-17", "2022-07-11"],
                ["broken", "2022-07-12", None],
            ],
            "event_ids": ["esa-suspends-rover", "esa-ends-rover"],
        }
    ]


def test_few_tracks_when_asked_and_the_rest_is_counted(spacerel: Program) -> None:
    lines = spacerel("timeline", "--view", "lanes", "--limit", "1", "-f", "text").lines

    assert lines[-1] == "2 more tracks with fewer steps: --limit 3"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--view", "lane"), 'unknown view "lane". Did you mean "lanes"? All of them: list, lanes, calendar.'),
        (("--lanes-by", "party"), 'unknown value of --lanes-by "party". All of them: partnership, agency, act.'),
        (("--group-by", "moth"), 'unknown value of --group-by "moth". Did you mean "month"? All of them: month, year, agency, partnership, act.'),
        (("--compare", "esa"), "--compare takes two agencies or more: --compare esa,nasa"),
        (("--compare", "esa,nasa", "-a", "oneweb"), "--compare and --agency both name agencies. Choose one."),
        (("--compare", "esa,nasa", "--view", "calendar"), "--compare goes with --view lanes, not calendar."),
        (("--details", "--view", "lanes"), "--details goes with --view list, not lanes."),
        (("--group-by", "act", "--view", "calendar"), "--group-by goes with --view list, not calendar."),
    ],
)  # fmt: skip
def test_errors(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("timeline", *words)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")


@pytest.mark.parametrize("view", ["lanes", "calendar"])
def test_nothing_to_draw(spacerel: Program, view: str) -> None:
    ran = spacerel("timeline", "--view", view, "--period", "1990")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith("No events match")


def test_groups_of_the_list(spacerel: Program) -> None:
    lines = spacerel("timeline", "--since", "2022-07", "--group-by", "partnership", "-f", "text").lines

    assert [line for line in lines if line and line[0] != " "][1:-1] == [
        "ExoMars rover",
        "Outside any partnership",
        "Rover with NASA",
    ]


def test_the_calendar(spacerel: Program) -> None:
    assert (
        spacerel("timeline", "--view", "calendar", "--since", "2022", "-f", "text").out
        == """\
All agencies · since 1 Jan 2022 · 8 events by month
Year  Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec  ?  All
2022    ·    1    3    ·    1    ·    1    ·    ·    ·    ·    ·  ·    6  ████████████████
2023    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·  ·    0
2024    ·    ·    ·    ·    1    ·    ·    ·    ·    ·    ·    ·  ·    1  ██▋
2025    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·  ·    0
2026    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·    ·  1    1  ██▋
"""
    )


def test_the_calendar_as_data(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("timeline", "--view", "calendar", "--period", "2022", "--json").out)["rows"]

    assert (row["year"], row["mar"], row["no_month"], row["total"]) == ("2022", 3, 0, 6)


# The scale.

DAYS = st.dates().map(str)


def step(date: str, act: str = "deliver") -> Event:
    return Event(
        id=f"{act}-{date}", date=date, title=act, parties=("esa", "nasa"), act=act, summary="", sources=(),
        confidence="high", partnership="iss",
    )  # fmt: skip


@given(st.tuples(DAYS, DAYS).map(sorted), st.integers(1, 300), st.tuples(DAYS, DAYS).map(sorted))
def test_later_days_are_never_in_an_earlier_column(ends: list[str], columns: int, days: list[str]) -> None:
    scale = Scale(ends[0], ends[1], columns)
    one, other = map(scale.column, days)

    assert 0 <= one <= other < columns
    assert scale.column(ends[0]) == 0


@given(st.lists(DAYS, min_size=1, max_size=20), st.integers(1, 200))
def test_every_step_is_in_exactly_one_column(days: list[str], columns: int) -> None:
    steps = [step(day) for day in days]
    found = lanes.in_columns(steps, Scale(*lanes.span(steps), columns))

    assert sorted(one.id for some in found.values() for one in some) == sorted(one.id for one in steps)
    assert set(found) <= set(range(columns))


def text_of(lines: Iterable[tuple[tuple[str, str], ...]]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


@settings(deadline=None)
@given(
    st.lists(st.dates().map(str), min_size=1, max_size=8),
    st.integers(40, 300),
    st.text("abc ", min_size=1, max_size=60),
)
def test_every_line_fits_whatever_the_width_and_the_span(days: list[str], width: int, name: str) -> None:
    steps = sorted((step(day) for day in days), key=lambda one: one.date)
    one = Partnership("iss", name, ("esa", "nasa"), "agreement", "crew", "A station")
    track = Track(name, "NASA", tuple(steps), course(one, steps), (("● active since ever and ever", "active"),))
    first, last = lanes.span(steps)

    lines = text_of(lanes.drawn([track], steps[:2], first, last, width))
    assert max(len(line) for line in lines[:-1]) <= width
