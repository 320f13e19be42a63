"""The drawing of lanes: tracks of standings on one scale of days, marks for steps, settings as a ruler across all.

A scale maps every day of a span to a column, later days never to an earlier one. A column that several steps share shows the
gravest of them, and the end of the track says how many they are at the most.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from spacerel import dates
from spacerel.dates import first_day, last_day
from spacerel.model import CLOSED_STANDINGS, Event
from spacerel.standing import NONE, Course
from spacerel.table import GLYPHS, Spans

SIGNS: Mapping[str, str] = {"active": "━", "suspended": "┄", "agreed": "·", "proposed": "·"}
"""Standing -> the sign of its stretch; a closed one has none."""

UNSURE = "≈"
"""Of a stretch whose standing a vague date leaves open."""

RULER = "┊"

LEAST_SCALE = 12
"""Columns below which a scale says nothing."""

_GRAVEST_FIRST = (
    *("end", "leave", "suspend", "resume", "complete", "refuse", "sanction"),
    *("threatened", "announced", "reported", "threaten", "strain", "deny"),
    *("agree", "start", "extend", "join", "deepen", "deliver", "talk", "context"),
)
_TICKS = (
    ("month", 1),
    ("quarter", 3),
    ("year", 12),
    ("2 years", 24),
    ("5 years", 60),
    ("10 years", 120),
    ("20 years", 240),
)
_TICK_CELLS = {"month": 5, "quarter": 9}
_MOST_RULERS = 4


class Track(NamedTuple):
    """One lane: what it is called, its marks, how it ends, and the course whose standings it shows (none: marks only)."""

    label: str
    group: str
    steps: tuple[Event, ...]
    course: Course | None = None
    ending: Spans = ()


class Scale(NamedTuple):
    """The days of a span on so many columns."""

    first: str
    last: str
    columns: int

    def column(self, day: str) -> int:
        """The column of a day; days outside fall on the nearest end."""
        begin, end = date.fromisoformat(self.first).toordinal(), date.fromisoformat(self.last).toordinal()
        place = min(max(date.fromisoformat(day).toordinal(), begin), end) - begin
        return place * self.columns // (end - begin + 1)


def span(steps: Iterable[Event]) -> tuple[str, str]:
    """The first and the last day that steps may fall on, as whole months."""
    every = list(steps)
    first = min(first_day(event.date) for event in every)
    last = max(last_day(event.end or event.date) for event in every)
    return f"{first[:7]}-01", last_day(last[:7])


def drawn(
    tracks: Sequence[Track], settings: Sequence[Event], first: str, last: str, width: int, sections: Sequence[str] = ()
) -> Iterator[Spans]:
    """The lines of a screen of `width` cells: scale, settings, tracks under their groups, and what the signs mean.

    A group that is among `sections` is a heading of its own, with a blank line before it.
    """
    label = max(6, min(max((len(track.label) for track in tracks), default=0), width * 3 // 10))
    room = max(width - 1 - label - 2, LEAST_SCALE)
    ending = min(max((_length(_ended(track, 99)) for track in tracks), default=0), max(width // 4, room - 62))
    ending = ending if room - ending - 2 >= 2 * LEAST_SCALE else 0
    scale = Scale(first, last, max(room - ending - 2 * bool(ending), LEAST_SCALE))
    left = " " * (label + 3)
    yield ((left, ""), (_ticks(scale), "dim"))
    rulers = _rulers(settings, scale)
    yield from _settings(settings, scale, left, width)
    group = ""
    for track in tracks:
        if track.group != group:
            group = track.group
            if group in sections:
                yield ()
            yield ((group[:width], "bold"),)
        line = _track(track, scale, rulers)
        yield (
            (f" {_cut(track.label, label):{label}}  ", ""),
            *line,
            ("  " * bool(ending), ""),
            *_ended(track, ending, scale),
        )
    yield ()
    yield from _legend(tracks, scale)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1] + "…" if room > 0 else ""


def _length(spans: Spans) -> int:
    return sum(len(text) for text, _ in spans)


def _ticks(scale: Scale) -> str:
    """Names of months, quarters or years above the columns in which they begin, as close as they have room."""
    begin, end = int(scale.first[:4]), int(scale.last[:4])
    months = (end - begin) * 12 + int(scale.last[5:7]) - int(scale.first[5:7]) + 1
    cells = list(" " * scale.columns)
    if begin == end and 2 * months <= scale.columns < _TICK_CELLS["month"] * months:
        for month in range(int(scale.first[5:7]), int(scale.last[5:7]) + 1):
            cells[scale.column(f"{begin:04}-{month:02}-01") if month > int(scale.first[5:7]) else 0] = dates.MONTHS[
                month - 1
            ][0]
        return "".join(cells).rstrip()
    name, each = next(
        (
            (name, each)
            for name, each in _TICKS
            if scale.columns * each // months >= _TICK_CELLS.get(name, 6) or each == _TICKS[-1][1]
        )
    )
    free = 0
    for year in range(begin, end + 1):
        for month in range(1, 13, min(each, 12)):
            day = f"{year:04}-{month:02}-01"
            if not scale.first <= day <= scale.last or (each > 12 and year % (each // 12)):
                continue
            if each < 12:
                text = dates.MONTHS[month - 1] + ("" if begin == end or (name == "month" and month > 1) else f" {year}")
            else:
                text = str(year)
            column = scale.column(day)
            if column >= free and column + len(text) <= scale.columns:
                cells[column : column + len(text)] = text
                free = column + len(text) + 1
    return "".join(cells).rstrip()


def _rulers(settings: Sequence[Event], scale: Scale) -> frozenset[int]:
    return frozenset(scale.column(first_day(event.date)) for event in settings[:_MOST_RULERS])


def _settings(settings: Sequence[Event], scale: Scale, left: str, width: int) -> Iterator[Spans]:
    """Each setting on a line of its own, its title on the side that has more room."""
    for event in settings[:_MOST_RULERS]:
        column = scale.column(first_day(event.date))
        text = f"{dates.shown(event.date)} {event.title}"
        right, before = width - len(left) - column - 2, column - 1
        if len(text) <= right or right >= before:
            shown = _cut(text, right)
            yield ((left + " " * column, ""), ("◆ ", "context"), (shown, "dim"))
        else:
            shown = _cut(text, before)
            yield ((left + " " * (before - len(shown)), ""), (shown, "dim"), (" ◆", "context"))
    if len(settings) > _MOST_RULERS:
        yield ((left, ""), (f"and {len(settings) - _MOST_RULERS} more of such settings", "dim"))


def _track(track: Track, scale: Scale, rulers: frozenset[int]) -> Spans:
    """The cells of a track: the standing of each column's last day, the marks of steps, and rulers where nothing is."""
    cells: list[tuple[str, str]] = [
        (RULER, "dim") if column in rulers else (" ", "") for column in range(scale.columns)
    ]
    if track.course is not None:
        for column, standing in _stretches(track.course, scale):
            if standing in SIGNS:
                cells[column] = (SIGNS[standing], standing)
            elif "/" in standing:
                cells[column] = (UNSURE, "dim")
    for column, steps in in_columns(track.steps, scale).items():
        word = min(map(_word, steps), key=_GRAVEST_FIRST.index)
        if track.course is None and len(steps) > 1:
            cells[column] = (str(len(steps)) if len(steps) < 10 else "+", word)
        else:
            cells[column] = (GLYPHS[word][0], word)
    return tuple(cells)


def _word(step: Event) -> str:
    """What a mark stands for: the act of a step that was done; of what was only said, how it was said."""
    return step.act if step.modality == "done" else step.modality


def _stretches(course: Course, scale: Scale) -> Iterator[tuple[int, str]]:
    """Each column with the standing on its last day, found at the days on which a standing may change."""
    changes = {spell.first for history in (course.earliest, course.latest) for spell in history.spells}
    days = sorted({scale.first, *(day for day in changes if scale.first < day <= scale.last)})
    starts = [(scale.column(day), course.standing_on(day)) for day in days]
    place = 0
    for column in range(scale.columns):
        while place + 1 < len(starts) and starts[place + 1][0] <= column:
            place += 1
        yield column, starts[place][1] if starts[place][0] <= column else NONE


def in_columns(steps: Iterable[Event], scale: Scale) -> dict[int, list[Event]]:
    """Column -> the steps that begin there; each step is in exactly one."""
    found: dict[int, list[Event]] = {}
    for step in steps:
        found.setdefault(scale.column(first_day(step.date)), []).append(step)
    return found


def _ended(track: Track, room: int, scale: Scale | None = None) -> Spans:
    """How the track ends, cut to the room that is left, and how many steps share a column at the most."""
    most = (
        max(map(len, in_columns(track.steps, scale).values()), default=0) if scale and track.course is not None else 0
    )
    more = f" ×{most}" if most > 1 else ""
    spans, left = [], room - len(more)
    for text, role in track.ending:
        if left <= 0:
            break
        shown = _cut(text, left)
        spans.append((shown, role))
        left -= len(shown)
    return (*spans, (more, "dim")) if room else ()


def _legend(tracks: Sequence[Track], scale: Scale) -> Iterator[Spans]:
    """The signs that are in the drawing, in words."""
    standings = {
        standing for track in tracks if track.course is not None for _, standing in _stretches(track.course, scale)
    }
    spans: list[tuple[str, str]] = []
    for told, sign, role in (
        ("active", SIGNS["active"], "active"),
        ("suspended", SIGNS["suspended"], "suspended"),
        ("agreed or proposed", SIGNS["agreed"], "agreed"),
    ):
        if standings & {one for one, its in SIGNS.items() if its == sign}:
            spans.append((f"{sign} {told}", role))
    if any("/" in standing for standing in standings):
        spans.append((f"{UNSURE} left open by a vague date", "dim"))
    words = {_word(step) for track in tracks for step in track.steps}
    for glyph in dict.fromkeys(GLYPHS[word][0] for word in _GRAVEST_FIRST):
        named = [word for word in _GRAVEST_FIRST if word in words and GLYPHS[word][0] == glyph]
        if named:
            spans.append((f"{glyph} {', '.join(named)}", named[0]))
    if any(len(steps) > 1 for track in tracks for steps in in_columns(track.steps, scale).values()):
        courses = any(track.course is not None for track in tracks)
        spans.append(("×2 steps share a column, the gravest is drawn" if courses else "2 steps in a column", "dim"))
    yield tuple(piece for span in spans for piece in (("  ", ""), span))[1:]


def closing(standing: str) -> bool:
    """Whether a track ends for good with this standing."""
    return standing in CLOSED_STANDINGS
