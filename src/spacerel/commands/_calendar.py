"""The calendar of `spacerel timeline`: how many steps in which month, years below each other."""

from collections import Counter
from typing import NamedTuple

from spacerel import dates, figures
from spacerel.query import Query
from spacerel.table import Column, Spans, Table

MOST_LINES = 36
"""A longer time has several years a line."""

BAR = 16


class _Line(NamedTuple):
    """A year or several, the steps of each month, and those known only to the year."""

    year: str
    months: tuple[int, ...]
    no_month: int

    @property
    def total(self) -> int:
        return sum(self.months) + self.no_month


def table(query: Query) -> Table:
    """Steps by month and year, empty years included."""
    events = query.events()
    if not events:
        return Table("timeline", "", _columns(0), (), query={"view": "calendar"})
    first, last = min(event.date for event in events), max(event.date for event in events)
    starts, months = dates.stretches(first, last, MOST_LINES)
    if months == 1:
        starts, months = (first[:4],), 12
    counts = Counter(
        (max(start for start in starts if start <= event.date[:4]), event.date.rstrip("~")[5:7]) for event in events
    )
    end = months // 12 - 1
    rows = [
        _Line(
            start if not end else f"{start}–{int(start) + end}",
            tuple(counts[start, f"{month:02}"] for month in range(1, 13)),
            counts[start, ""],
        )
        for start in starts
    ]
    return Table(
        command="timeline",
        title=query.title("" if query.agencies else "All agencies", f"{len(events)} events by month"),
        columns=_columns(max(row.total for row in rows)),
        rows=rows,
        query={"view": "calendar"},
    )


def _heat(number: int) -> Spans:
    return ((str(number), "dim" if number == 1 else "" if number == 2 else "bold"),) if number else (("·", "dim"),)


def _month(place: int) -> Column:
    name = dates.MONTHS[place]
    return Column(name.lower(), lambda row: row.months[place], name, lambda row: _heat(row.months[place]), right=True)


def _columns(most: int) -> tuple[Column, ...]:
    return (
        Column("year", lambda row: row.year, "Year", lambda row: row.year),
        *(_month(place) for place in range(12)),
        Column("no_month", lambda row: row.no_month, "?", lambda row: _heat(row.no_month), right=True),
        Column("total", lambda row: row.total, "All", lambda row: str(row.total), right=True),
        Column(
            "bar", lambda row: row.total, "", lambda row: figures.bar(row.total, most, BAR), plain=False, data=False
        ),
    )
