"""Tracks of standing beside each other on one scale of days: the screen of `timeline --view lanes`.

A step stands in one column of the scale, that of the last day its date may mean; where a vague date leaves the standing open
until then, the track is uncertain.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from spacerel import dates, network
from spacerel.dates import Period, days_between, first_day, last_day
from spacerel.model import CLOSED_STANDINGS, OPEN_STANDINGS, Event, Log
from spacerel.relations import ACCESSION_SIZE
from spacerel.standing import NONE
from spacerel.table import GLYPHS, Spans, cell_width, fitted, padded, visible
from spacerel.tracks import Track

MOST = 40
"""Tracks that a screen shows where --limit does not say how many."""

LINES: Mapping[str, str] = {"active": "━", "agreed": "─", "proposed": "·", "suspended": "┄"}
"""Standing -> the sign of its stretches. Closed standings have none."""

UNCERTAIN, STILL_OPEN, RULER = "?", "→", "│"
NO_GROUP = "—"

_WEIGHT = "✕‖▲↻●◆"
"""Of several steps in a column the sign of the weightiest is shown, in this order."""

_STACKED_BELOW = 60
"""Below this width a track's name has a line of its own."""

_PARTNERS_BESIDE = 100
"""From this width on partners stand in a column of their own, below it on lines of their own."""

_FEW, _SHARING = 8, 3
"""Where there are more partners than this, so many with one track each share a line."""

_COUNT = len(" (×2)")
_CONTEXT = "context"

Cell = tuple[str, str]
"""A sign and its role."""


class Scale(NamedTuple):
    """The days from `first` to `last`, both inclusive, on `width` columns."""

    first: str
    last: str
    width: int

    @property
    def days(self) -> int:
        """How many days it shows."""
        return days_between(self.first, self.last) + 1

    def column(self, day: str) -> int:
        """The column of a day; one outside of the scale is in the nearest."""
        inside = min(max(day, self.first), self.last)
        return days_between(self.first, inside) * self.width // self.days

    def last_column(self, day: str) -> int:
        """The last column of a day, where days are wider than columns."""
        return self.width - 1 if day >= self.last else max(self.column(day), self.column(dates.next_day(day)) - 1)

    def columns(self, events: Iterable[Event]) -> dict[int, list[Event]]:
        """The steps of each column that has any."""
        found: dict[int, list[Event]] = {}
        for event in events:
            found.setdefault(self.column(last_day(event.date)), []).append(event)
        return found


class Lanes(NamedTuple):
    """What is drawn: the tracks of one view, or of several agencies one above the other, and the settings behind them.

    `open_without` counts the partnerships that were open in the period without a step.
    """

    log: Log
    period: Period
    day: str
    sections: tuple[tuple[str, tuple[Track, ...]], ...]
    context: tuple[Event, ...]
    context_left_out: int = 0
    tracks_left_out: int = 0
    open_without: int = 0


class _Room(NamedTuple):
    """How the width is shared: the columns of partner, name, scale and end; a stacked screen has a scale alone."""

    partner: int
    name: int
    scale: Scale
    end: int
    stacked: bool

    @property
    def left(self) -> int:
        """Cells before the scale."""
        return 0 if self.stacked else self.name + 1 + (self.partner + 1 if self.partner else 0)


def drawn(lanes: Lanes, width: int) -> Iterator[Spans]:
    """The lines of the screen, none wider than `width`."""
    room = _room(lanes, width)
    scale = room.scale
    rulers = frozenset(scale.column(last_day(event.date)) for event in lanes.context)
    sections = [(title, [_lane(lanes, track, scale, rulers) for track in tracks]) for title, tracks in lanes.sections]
    yield _led(room, tuple(_ticks(scale)))
    yield from _ruler(lanes, room, width)
    for number, (title, section) in enumerate(sections):
        if title:
            yield ()
            yield ((fitted(visible(title), width), "heading"),)
            if number:
                yield _led(room, tuple(_ticks(scale)))
        yield from _section(section, room, rulers, width)
    yield ()
    yield from _packed(_legend([lane for _, section in sections for lane in section], bool(lanes.context)), width)
    for remark in _remarks(lanes):
        yield from _packed([((word, "dim"),) for word in remark.split(" ")], width, " ")


class _Lane(NamedTuple):
    """A track in cells, with its words: `heading` before it, `end` behind it, `successor` in the room that it leaves."""

    track: Track
    heading: str
    cells: list[Cell]
    end: str
    successor: str
    hidden: int


def _lane(lanes: Lanes, track: Track, scale: Scale, rulers: frozenset[int]) -> _Lane:
    steps = scale.columns(track.steps)
    hidden = max((len(own) for own in steps.values() if _mark(own, track)[0] in _WEIGHT), default=0)
    hidden = hidden if hidden > 1 else 0
    closed = track.standing is not None and not network.is_open(track.standing)
    names = [visible(lanes.log.partnerships[key].name) for key in track.successors] if closed else []
    successor = f"→ {', '.join(names)}" if names else ""
    cells = _cells_of(lanes, track, scale, steps, rulers)
    return _Lane(track, _heading(lanes.log, track), cells, _end(lanes, track), successor, hidden)


def _room(lanes: Lanes, width: int) -> _Room:
    tracks = [track for _, tracks in lanes.sections for track in tracks]
    first, last = lanes.period
    if width < _STACKED_BELOW:
        return _Room(0, 0, Scale(first, last, width), 0, True)
    grouped = any(track.group for track in tracks)
    beside = grouped and width >= _PARTNERS_BESIDE
    partner = min(max(cell_width(_heading(lanes.log, track)) for track in tracks), width // 8) if beside else 0
    indent = 1 if grouped and not beside else 0
    longest = max((cell_width(visible(track.name)) for track in tracks), default=0) + indent
    name = min(max(longest, len(_CONTEXT)), max(20, width // (4 if beside else 3)))
    longest_end = max((cell_width(_end(lanes, track)) + _COUNT for track in tracks), default=0)
    end = min(longest_end, max(24 if width >= _PARTNERS_BESIDE else 22 if width >= 80 else 18, width // 5))
    taken = name + 1 + (partner + 1 if partner else 0) + 1 + end
    return _Room(partner, name, Scale(first, last, width - taken), end, False)


def _section(section: Sequence[_Lane], room: _Room, rulers: frozenset[int], width: int) -> Iterator[Spans]:
    """The tracks under their headings, or behind them where there is room."""
    for headings, members in _blocks(section, 1 if room.partner else _SHARING):
        if headings[0] and not room.partner:
            name = fitted(" · ".join(headings), width)
            # A long heading takes the place of the ruler.
            ruled = tuple(_joined(_blank(room.scale, rulers))) if cell_width(name) < room.left else ()
            yield ((padded(name, room.left), "bold"), *ruled)
        for place, lane in enumerate(members):
            yield from _lines_of(lane, "" if place else lane.heading, room, width)


def _blocks(section: Sequence[_Lane], most: int) -> list[tuple[list[str], list[_Lane]]]:
    """Headings and their tracks: those with the most steps first, tracks of one heading by the day of their first step.

    At `most` so many headings with one track each share a block, in the order of the tracks.
    """
    groups: dict[str, list[_Lane]] = {}
    for lane in section:
        groups.setdefault(lane.heading, []).append(lane)
    steps = {name: sum(len(lane.track.steps) for lane in members) for name, members in groups.items()}
    sharing = most if len(groups) > _FEW else 1
    blocks: list[tuple[list[str], list[_Lane]]] = []
    for heading in sorted(groups, key=lambda name: (name == NO_GROUP, -steps[name], name)):
        members = groups[heading]
        if heading:
            members.sort(key=lambda lane: (first_day(lane.track.steps[0].date), lane.track.name))
        single = len(members) == 1 and heading != NO_GROUP
        if single and blocks and len(blocks[-1][1]) == len(blocks[-1][0]) < sharing:
            blocks[-1][0].append(heading)
            blocks[-1][1].append(members[0])
        else:
            blocks.append(([heading], members))
    return blocks


def _lines_of(lane: _Lane, heading: str, room: _Room, width: int) -> Iterator[Spans]:
    """A track's line; its name has one for itself where the screen is stacked, its successor where the scale has no room."""
    begin, successor = _tail(lane, room.scale)
    end = lane.end + (f" (×{lane.hidden})" if lane.hidden else "")
    end = end if room.stacked or cell_width(end) <= room.end else lane.end
    tail = ((successor, "agree"),) if successor else ()
    cells = (*_joined(lane.cells[:begin]), *tail, *_joined(lane.cells[begin + cell_width(successor) :]))
    role = _role(lane.track.standing)
    name = visible(lane.track.name)
    if room.stacked:
        short = fitted(name, max(width - cell_width(end) - 2, width // 2))
        yield ((short, ""), ("  ", ""), (fitted(end, width - cell_width(short) - 2), role))
        yield cells
    else:
        partner = ((padded(fitted(heading, room.partner), room.partner + 1), "bold"),) if room.partner else ()
        indent = " " if lane.heading and not room.partner else ""
        label = padded(fitted(indent + name, room.name), room.name + 1)
        yield (*partner, (label, ""), *cells, (" ", ""), (fitted(end, room.end), role))
    if lane.successor and not tail and lane.track.standing in ("broken", "superseded"):
        yield _led(room, ((fitted(lane.successor, width - room.left), "agree"),))


def _tail(lane: _Lane, scale: Scale) -> tuple[int, str]:
    """The column behind a track from which on its successor is named, and its name with a space on either side."""
    used = [place for place, (sign, _) in enumerate(lane.cells) if sign not in (" ", RULER)]
    begin = used[-1] + 1 if used else 0
    room = scale.width - begin - 1
    if not lane.successor or room < min(cell_width(lane.successor), 14):
        return scale.width, ""
    return begin, f" {fitted(lane.successor, room)}" + " " * (room > cell_width(lane.successor))


def _heading(log: Log, track: Track) -> str:
    """The partner or topic that a track stands under; nothing where tracks are no partnerships."""
    if track.group is None:
        many = len(track.parties) > ACCESSION_SIZE and track.id
        return f"{len(track.parties)} parties" if many else "" if track.id else NO_GROUP
    return visible(log.short(track.group) if track.agency is not None else track.group.replace("-", " "))


def _role(standing: str | None) -> str:
    return "dim" if standing is None or "/" in standing else standing


def _blank(scale: Scale, rulers: Iterable[int]) -> list[Cell]:
    cells: list[Cell] = [(" ", "")] * scale.width
    for column in rulers:
        cells[column] = (RULER, "dim")
    return cells


def _cells_of(
    lanes: Lanes, track: Track, scale: Scale, steps: Mapping[int, Sequence[Event]], rulers: frozenset[int]
) -> list[Cell]:
    """A track in cells: the ruler where nothing is in force, its stretches, and over them its steps."""
    cells = _blank(scale, rulers)
    last = max(scale.first, min(scale.last, lanes.day))
    for one in track.stretches:
        begin, end = scale.column(one.first), scale.last_column(min(one.last or last, last))
        line = _line(one.standing)
        for column in range(begin, end + 1):
            cells[column] = line or ((RULER, "dim") if column in rulers else (" ", ""))
        # The end of a track is marked also where it is no step of its own, or one that was not asked for.
        if one.first > scale.first and begin not in steps and one.standing in ("suspended", *CLOSED_STANDINGS):
            cells[begin] = (GLYPHS[one.standing][0], one.standing)
        elif (one.last is None or one.last > last) and one.standing in OPEN_STANDINGS:
            cells[end] = (STILL_OPEN, one.standing)
    for column, own in steps.items():
        cells[column] = _mark(own, track)
    return cells


def _line(standing: str) -> Cell | None:
    """The sign of a stretch; none where it is closed for sure."""
    known = standing.split("/")
    if len(known) > 1:
        return None if all(one in CLOSED_STANDINGS for one in known) else (UNCERTAIN, "dim")
    return (LINES[standing], standing) if standing in LINES else None


def _mark(steps: Sequence[Event], track: Track) -> Cell:
    """The sign of a column's steps: the weightiest one, or how many where all of them only build or have one act."""
    signs = {GLYPHS[role][0]: role for role in map(_role_of, steps)}
    sign = min(signs, key=_WEIGHT.index)
    if len(steps) > 1 and (sign == "●" or track.standing is None):
        return str(len(steps)) if len(steps) < 10 else "+", signs[sign]
    return sign, signs[sign]


def _role_of(event: Event) -> str:
    """What is not done is a threat, an announcement or a report, whatever its act."""
    return event.act if event.modality == "done" else event.modality


def _end(lanes: Lanes, track: Track) -> str:
    """How a track stands on the last day: `broken 12 Jul`."""
    if track.standing is None:
        return f"{len(track.steps)} step{'' if len(track.steps) == 1 else 's'}"
    words = track.standing.replace("/", " or ").replace(NONE, "not begun")
    if track.since and (track.standing == "suspended" or track.standing in CLOSED_STANDINGS):
        words += f" {_shown(lanes.period, track.since)}"
    if track.others:
        words += f", {track.others} for others"
    return words


def _shown(period: Period, day: str) -> str:
    """A date, without its year where the whole scale lies in it."""
    return dates.shown(day, year=not period.first[:4] == period.last[:4] == day[:4])


def _ruler(lanes: Lanes, room: _Room, width: int) -> Iterator[Spans]:
    """The settings, each behind its sign in the column of its day, as many beside each other as have room.

    A text that has no room up to the right edge ends with its sign, where there is more room.
    """
    rows: list[list[tuple[int, str]]] = []
    for event in lanes.context:
        column = room.left + room.scale.column(last_day(event.date))
        text = f"{_shown(lanes.period, event.date)} {visible(event.title)}"
        if column + 2 + cell_width(text) > width and column > width - column:
            # The first line keeps the room of its label.
            taken = len(_CONTEXT) + 1 if not rows and not room.stacked else 0
            text = fitted(text, column - 1 - taken) + " ◆"
            begin = column + 1 - cell_width(text)
        else:
            text = fitted(f"◆ {text}", width - column)
            begin = column
        for row in rows:
            if all(begin > at + cell_width(other) + 1 or at > begin + cell_width(text) + 1 for at, other in row):
                row.append((begin, text))
                break
        else:
            rows.append([(begin, text)])
    for number, row in enumerate(rows):
        spans: list[tuple[str, str]] = []
        at = 0
        for begin, text in sorted(row):
            label = _CONTEXT if not (number or at or room.stacked) and begin > len(_CONTEXT) else ""
            spans += [(label, "dim"), (" " * (begin - at - len(label)), ""), (text, "context")]
            at = begin + cell_width(text)
        yield tuple(spans)


def _led(room: _Room, spans: Spans) -> Spans:
    """A line that begins where the scale does."""
    return ((" " * room.left, ""), *spans) if room.left else spans


# The scale's ticks.


class _Unit(NamedTuple):
    months: int
    room: int
    one_year: bool
    label: Callable[[str], str]


def _month(day: str) -> str:
    return dates.MONTHS[int(day[5:7]) - 1]


def _month_or_year(day: str) -> str:
    return day[:4] if day[5:7] == "01" else _month(day)


_UNITS = (
    _Unit(1, 4, True, _month),
    _Unit(1, 2, True, lambda day: _month(day)[0]),
    _Unit(1, 5, False, _month_or_year),
    _Unit(3, 5, False, _month_or_year),
    *(_Unit(12 * years, 5, False, lambda day: day[:4]) for years in (1, 2, 5, 10, 20, 50, 100, 1000)),
)
_DAYS_APART = (1, 7)


def _ticks(scale: Scale) -> Iterator[tuple[str, str]]:
    """The labels of the scale: days, months, quarters, years, 5 or 10 years, the finest that have room."""
    end = -1
    for day, text in _labels(scale):
        column = scale.column(day)
        # A space at least between two labels.
        if column > end and column + len(text) <= scale.width:
            yield (" " * (column - max(end, 0)) + text, "dim")
            end = column + len(text)


def _labels(scale: Scale) -> Iterator[tuple[str, str]]:
    for apart in _DAYS_APART:
        if scale.days <= 92 and scale.width * apart // scale.days >= (3 if apart == 1 else 7):
            yield from _days(scale, apart)
            return
    within = scale.first[:4] == scale.last[:4]
    months = scale.days / 30.44
    unit = next(
        (one for one in _UNITS if one.one_year <= within and scale.width * one.months / months >= one.room), _UNITS[-1]
    )
    begin = int(scale.first[:4]) * 12 + int(scale.first[5:7]) - 1
    begin -= begin % unit.months
    ticks = []
    while begin // 12 <= min(int(scale.last[:4]), 9999):
        ticks.append(f"{begin // 12:04}-{begin % 12 + 1:02}-01")
        begin += unit.months
    inside = [day for day in ticks if scale.first <= day <= scale.last]
    # What began before the scale is named where the scale begins, if the first tick leaves it the room.
    if ticks[0] < scale.first and (not inside or scale.column(inside[0]) >= unit.room):
        yield scale.first, scale.first[:4] if unit.months >= 12 else unit.label(scale.first)
    yield from ((day, unit.label(day)) for day in inside)


def _days(scale: Scale, apart: int) -> Iterator[tuple[str, str]]:
    first = date.fromisoformat(scale.first)
    for number in range(scale.days):
        day = date.fromordinal(first.toordinal() + number)
        if number == 0 or day.day == 1:
            yield day.isoformat(), f"{day.day} {dates.MONTHS[day.month - 1]}"
        elif apart == 1 or day.day in (8, 15, 22):
            yield day.isoformat(), str(day.day)


# The foot.


def _legend(section: Sequence[_Lane], context: bool) -> list[Spans]:
    """What the signs on this screen mean, and only these."""
    seen = {cell for lane in section for cell in lane.cells}
    items: list[Spans] = [((f"{sign} {word}", word),) for word, sign in LINES.items() if (sign, word) in seen]
    if (UNCERTAIN, "dim") in seen:
        items.append(((f"{UNCERTAIN} uncertain: a date is vague", "dim"),))
    if any(sign == STILL_OPEN for sign, _ in seen):
        items.append(((f"{STILL_OPEN} goes on", "active"),))
    for glyph in reversed(_WEIGHT):
        roles = sorted((role for sign, role in seen if sign == glyph), key=list(GLYPHS).index)
        if glyph == GLYPHS["context"][0] and context:
            roles.append("context above the tracks")
        if roles:
            told = ", ".join(roles[:4]) + (" …" if len(roles) > 4 else "")
            items.append(((f"{glyph} {told}", roles[0] if roles[0] in GLYPHS else "context"),))
    if any(sign == "+" or sign.isdecimal() for sign, _ in seen):
        items.append((("2 … 9, + (more) steps in one column", ""),))
    if any(lane.hidden for lane in section):
        items.append((("(×3) so many at most behind one sign", ""),))
    return items


def _remarks(lanes: Lanes) -> Iterator[str]:
    tracks = [track for _, tracks in lanes.sections for track in tracks]
    vague = len({event.id for track in tracks for event in track.steps if dates.is_vague(event.date)})
    if vague:
        word, which = ("step is", "its") if vague == 1 else ("steps are", "their")
        yield f"{vague} {word} known only to the month or year and stand{'s' if vague == 1 else ''} on {which} last day."
    if any(_made_final(track) for track in tracks):
        yield "A suspension that a successor made final counts as broken from its first day on."
    if lanes.tracks_left_out:
        yield (
            f"{lanes.tracks_left_out} more with fewer steps: --limit {lanes.tracks_left_out + len(tracks)} shows all."
        )
    if lanes.open_without:
        be = "was" if lanes.open_without == 1 else "were"
        yield f"{lanes.open_without} more {be} open on {dates.shown(lanes.day)} without a step in this period."
    if lanes.context_left_out:
        yield f"{lanes.context_left_out} more in the context: timeline --act context."


def _made_final(track: Track) -> bool:
    """Whether a suspension came to count as a break without a step of its own."""
    closed = track.stretches and track.stretches[-1].standing == track.standing == "broken"
    return bool(closed and track.since and last_day(track.since) < track.stretches[-1].first)


def _packed(items: Iterable[Spans], width: int, gap: str = "  ") -> Iterator[Spans]:
    """Pieces beside each other on as few lines as they need."""
    line: list[tuple[str, str]] = []
    used = 0
    for item in items:
        size = sum(cell_width(text) for text, _ in item)
        if line and used + len(gap) + size > width:
            yield tuple(line)
            line, used = [], 0
        if line:
            line.append((gap, ""))
            used += len(gap)
        line += [(fitted(text, width), role) for text, role in item]
        used += size
    if line:
        yield tuple(line)


def _joined(cells: Iterable[Cell]) -> Iterator[tuple[str, str]]:
    """Neighbours of one role as one piece."""
    text, role = "", ""
    for sign, own in cells:
        if own != role and text:
            yield text, role
            text = ""
        text, role = text + sign, own
    if text:
        yield text, role
