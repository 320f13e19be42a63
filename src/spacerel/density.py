"""How many events a year and a month: what `timeline --view calendar` shows."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from spacerel import dates
from spacerel.dates import Period, first_day, last_day
from spacerel.model import Event
from spacerel.table import Spans

MOST_ROWS = 30
"""Rows that a screen takes; a longer time has several years a row."""

_YEARS_A_ROW = (1, 2, 5, 10, 20, 50, 100, 1000)


class Month(NamedTuple):
    """How many events a month has; `month` is None for those known only to the year."""

    year: int
    month: int | None
    events: int


def by_month(events: Iterable[Event], period: Period | None, today: str) -> list[Month]:
    """Every month from the first to the last of a period, empty ones too, each year's events without a month behind it.

    A period that is open at an end reaches to its first or last event. An event counts on the first day of its date.
    """
    counted = Counter(event.date.rstrip("~")[:7] for event in events)
    if not counted:
        return []
    first, last = period or Period(dates.FIRST_DAY, dates.LAST_DAY)
    begin = min([first_day(min(counted)), *([first] if first != dates.FIRST_DAY else [])])
    newest = max(first_day(max(counted)), min(last_day(max(counted)), today))
    end = max(newest, min(last, today)) if last != dates.LAST_DAY else newest
    found = []
    for year in range(int(begin[:4]), int(end[:4]) + 1):
        for month in range(1, 13):
            text = f"{year:04}-{month:02}"
            if begin[:7] <= text <= end[:7] or counted[text]:
                found.append(Month(year, month, counted[text]))
        if counted[f"{year:04}"]:
            found.append(Month(year, None, counted[f"{year:04}"]))
    return found


class _Row(NamedTuple):
    name: str
    months: tuple[int | None, ...]
    """Of each month, then of those known only to the year; None for a month outside of the time shown."""

    @property
    def total(self) -> int:
        return sum(filter(None, self.months))


def drawn(months: Sequence[Month], width: int) -> Iterator[Spans]:
    """The lines of the screen, none wider than `width`: a row a year, or as many years as keep it on one screen."""
    apart = _years_a_row(months)
    rows = list(_rows(months, apart))
    total = _Row("Total", tuple(sum(row.months[place] or 0 for row in rows) for place in range(13)))
    left = max(len(row.name) for row in (*rows, total))
    cell = max(2, *(len(str(count)) + 1 for row in (*rows, total) for count in row.months))
    last = max(6, len(str(total.total)) + 1)
    fullest = max(row.total for row in rows)
    top = max(count or 0 for row in rows for count in row.months[:12])
    vague = bool(total.months[12])
    heads = [*(name if cell > 3 else name[0] for name in dates.MONTHS), *(["Year"] if vague else [])]
    room = max(cell, 5)
    if left + 12 * cell + vague * room + last > width:
        yield from _narrow(rows, width)
        return
    if left + 48 + vague * room + last + 12 <= width:
        cell, heads[:12] = max(4, cell), dates.MONTHS
    used = left + 12 * cell + vague * room + last + 2

    def line(name: str, cells: Iterable[tuple[str, str]], count: str) -> list[tuple[str, str]]:
        spans = [(name.ljust(left), "bold")]
        for place, (text, role) in enumerate(cells):
            spans += [(" " * ((cell if place < 12 else room) - len(text)), ""), (text, role)]
        return [*spans, (count.rjust(last), "bold")]

    yield tuple(line("", ((head, "dim") for head in heads), "Total"))
    for row in rows:
        spans = line(row.name, [_shown(count, top) for count in row.months[: 12 + vague]], str(row.total))
        yield (*spans, ("  ", ""), *_bar(row.total, fullest, width - used))
    if len(rows) > 1:
        yield tuple(line("Total", [_shown(count, 0) for count in total.months[: 12 + vague]], str(total.total)))
    yield ()
    each = f"a row is {apart} years; " if apart > 1 else ""
    told = f"{each}from {_many(top)} a month on bold, where there is colour; · none"
    yield from _wrapped(told + ("; Year: known only to the year" if vague else ""), width)
    if width - used >= _LEAST_BAR and fullest > width - used:
        yield from _wrapped(f"a full bar is {fullest}", width)


_LEAST_BAR = 8


def _wrapped(text: str, width: int) -> Iterator[Spans]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > width:
            yield ((line, "dim"),)
            line = word
        else:
            line = f"{line} {word}".lstrip()
    yield ((line, "dim"),)


def _years_a_row(months: Sequence[Month]) -> int:
    years = months[-1].year - months[0].year + 1
    return next(apart for apart in _YEARS_A_ROW if years / apart <= MOST_ROWS - 1)


def _rows(months: Sequence[Month], apart: int) -> Iterator[_Row]:
    counts: dict[int, list[int | None]] = {}
    for year, month, events in months:
        row = counts.setdefault(year - year % apart, [None] * 13)
        place = 12 if month is None else month - 1
        row[place] = (row[place] or 0) + events
    for year, row in counts.items():
        yield _Row(f"{year}" if apart == 1 else f"{year}–{(year + apart - 1) % 100:02}", tuple(row))


def _many(top: int) -> int:
    """From this number on a month is told as a full one: half of the fullest, but not a single event."""
    return max(2, -(-top // 2))


def _shown(count: int | None, top: int) -> tuple[str, str]:
    if not count:
        return ("" if count is None else "·"), "dim"
    return str(count), "bold" if top and count >= _many(top) else ""


def _bar(count: int, fullest: int, room: int) -> Spans:
    """A bar as long as its number, all of them shortened alike where the longest has no room."""
    if room < _LEAST_BAR:
        return ()
    cells = count if fullest <= room else round(count * room / fullest)
    return (("█" * cells if cells or not count else "▏", "dim"),)


def _narrow(rows: Sequence[_Row], width: int) -> Iterator[Spans]:
    """Totals alone, where there is no room for months."""
    last = max(len(str(row.total)) for row in rows)
    fullest = max(row.total for row in rows)
    for row in rows:
        count = f" {row.total:>{last}}"
        yield ((row.name, "bold"), (count + " ", ""), *_bar(row.total, fullest, width - len(row.name) - last - 2))
