"""spacerel summary: how much of what, between whom, how it stands, how threats fared, and how well it is sourced."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates, figures
from spacerel.dates import Period
from spacerel.errors import unknown
from spacerel.model import ACTS, CONFIDENCES, OUTCOMES, STANDINGS, Event
from spacerel.query import Query
from spacerel.selection import matching_partnerships
from spacerel.standing import NONE
from spacerel.table import GLYPHS, Column, Spans, Table, cell_width, fitted, visible

SPANS = ("year", "month")
YEARS_BY_MONTH = 3
"""A longer time is counted by year."""

MOST_STRETCHES = 16
MOST_NAMED = 8
"""Actors and pairs that are named, the most active ones."""

BLOCK = 31
"""Cells of a block on the screen; as many blocks stand side by side as fit."""

GAP = 3


class _Count(NamedTuple):
    """A line of a block: `n` of `of`, where that says something; `told` is what a screen shows in place of a number."""

    section: str
    heading: str
    key: str
    label: str
    n: float
    of: int | None = None
    role: str = ""
    told: str = ""


def summary(
    query: Query,
    by: Annotated[
        str | None, typer.Option("--by", metavar="SPAN", help="year or month.  [default: month up to 3 years]")
    ] = None,
) -> Table:
    """How much of what, between whom, how does it stand, how did threats fare, and how well is it sourced?

    Steps by time, kind and actor, the most active pairs, standings on the day (that of --as-of, else the period's last),
    outcomes, and the health of the data. Bars are in proportion within their block. Example: spacerel summary --period 2022
    """
    if by is not None and by not in SPANS:
        raise unknown("value of --by", by, SPANS, f"{', '.join(SPANS)}.")
    events = query.events()
    blocks = [block for block in _blocks(query, events, by) if block] if events else []
    rows = [count for block in blocks for count in block]
    partnerships = {event.partnership for event in events if event.partnership}
    actors = {party for event in events for party in event.parties}
    told = f"{len(events)} steps · {len(partnerships)} partnerships · {len(actors)} actors"
    return Table(
        command="summary",
        title=query.title("" if query.agencies else "All agencies", told),
        columns=_COLUMNS,
        rows=rows,
        as_of=query.last_day,
        fixed=True,
        draw=lambda found, width: _drawn(found, width),
        notes=_next(query, events) if events else (),
    )


def _blocks(query: Query, events: Sequence[Event], by: str | None) -> Iterator[list[_Count]]:
    yield _by_time(events, by, query.period)
    acts = Counter(event.act for event in events)
    yield [
        _Count("act", "By step", word, f"{GLYPHS[word][0]} {word}", n, None, word)
        for word, n in sorted(acts.items(), key=lambda item: (-item[1], list(ACTS).index(item[0])))
    ]
    ours = query.agency_ids or frozenset()
    actors = Counter(party for event in events for party in dict.fromkeys(event.parties) if party not in ours)
    log = query.log
    yield [_Count("actor", "Most active", actor, log.short(actor), n) for actor, n in _most(actors)]
    day = query.last_day
    chosen = matching_partnerships(log, query.filters)
    standings = Counter(query.courses[one.id].standing_on(day) for one in chosen)
    standings.pop(NONE, None)
    yield [
        _Count(
            "standing",
            f"Standing on {dates.shown(day)}",
            word,
            _marked(word),
            standings[word],
            sum(standings.values()),
            word,
        )
        for word in (*STANDINGS, *sorted(word for word in standings if "/" in word))
        if standings[word]
    ]
    pairs: Counter[tuple[str, str]] = Counter()
    for event in events:
        if event.act != "context":
            pairs.update(combinations(sorted(set(event.parties)), 2))
    yield [
        _Count("pair", "Most active pairs", f"{one},{other}", f"{log.short(one)} – {log.short(other)}", n)
        for (one, other), n in _most(pairs)
    ]
    outcomes = Counter(event.outcome.status for event in events if event.modality == "threatened" and event.outcome)
    yield [
        _Count(
            "threat",
            f"{outcomes.total()} threat{'' if outcomes.total() == 1 else 's'}",
            word,
            _marked(word),
            outcomes[word],
            outcomes.total(),
            word,
        )
        for word in OUTCOMES
        if outcomes[word]
    ]
    yield _health(events)


def _marked(word: str) -> str:
    """`✕ broken`; of an uncertain standing both: `● active or ‖ suspended`."""
    return " or ".join(f"{GLYPHS[one][0] if one in GLYPHS else '·'} {one.replace('-', ' ')}" for one in word.split("/"))


def _most(counts: Counter[Any]) -> list[tuple[Any, int]]:
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_NAMED]


def _by_time(events: Sequence[Event], by: str | None, period: Period | None) -> list[_Count]:
    """A line a month or a year, those without a step included, so that a gap is seen; of a long time several years each."""
    every = [event.date for event in events]
    first, last = min(every), max(every)
    if period is not None:
        first = period.first if period.first != dates.FIRST_DAY else first
        last = period.last if period.last != dates.LAST_DAY else last
    if by == "month" or (by is None and int(last[:4]) - int(first[:4]) < YEARS_BY_MONTH):
        return _by_month(every, dates.first_day(first)[:7], dates.last_day(last)[:7])
    starts, each = dates.stretches(first, last, 9999 if by == "year" else MOST_STRETCHES)
    if each == 1:
        starts, each = (first[:4],), 12
    years = each // 12
    counts = Counter(starts[max(sum(start <= date[:4] for start in starts) - 1, 0)] for date in every)
    heading = "By year" if years == 1 else f"By {years} years"
    return [
        _Count("year", heading, start, start if years == 1 else f"{start}–{int(start) + years - 1}", counts[start])
        for start in starts
    ]


def _by_month(every: Sequence[str], first: str, last: str) -> list[_Count]:
    years = range(int(first[:4]), int(last[:4]) + 1)
    months = [f"{year:04}-{month:02}" for year in years for month in range(1, 13)]
    counts = Counter(date.rstrip("~")[:7] for date in every)
    found = [
        _Count("month", "By month", month, dates.shown(month), counts[month])
        for month in months
        if first <= month <= last
    ]
    return found + [
        _Count("month", "By month", date, f"{date}, no month", n)
        for date, n in sorted(counts.items())
        if len(date) == 4
    ]


def _health(events: Sequence[Event]) -> list[_Count]:
    section, heading, whole = "sources", "Sources", len(events)
    sources = sum(len(event.sources) for event in events)
    witnesses = sum(len(event.publishers) > 1 for event in events)
    newest = max(events, key=lambda event: dates.first_day(event.date))
    counts = [
        _Count(
            section,
            heading,
            "per-step",
            "sources a step",
            round(sources / whole, 2),
            None,
            "",
            f"{sources / whole:.1f}",
        ),
        _Count(section, heading, "two-publishers", "two publishers or more", witnesses, whole),
    ]
    confidence = Counter(event.confidence for event in events)
    counts += [_Count(section, heading, word, f"{word} confidence", confidence[word], whole) for word in CONFIDENCES]
    counts.append(_Count(section, heading, newest.date, "newest step", 1, None, "", dates.shown(newest.date)))
    return counts


# The screen: blocks side by side.


def _drawn(rows: Sequence[_Count], width: int) -> Iterator[Spans]:
    blocks: dict[str, list[_Count]] = {}
    for row in rows:
        blocks.setdefault(row.heading, []).append(row)
    side_by_side = max(1, (width + GAP) // (BLOCK + GAP))
    cells = min(BLOCK + 8, (width + GAP) // side_by_side - GAP)
    drawn = [_block(section, counts, cells) for section, counts in blocks.items()]
    for start in range(0, len(drawn), side_by_side):
        beside = drawn[start : start + side_by_side]
        yield ()
        for line in range(max(map(len, beside))):
            spans: list[tuple[str, str]] = []
            for place, block in enumerate(beside):
                piece = block[line] if line < len(block) else ()
                used = sum(cell_width(text) for text, _ in spans)
                spans += [(" " * (place * (cells + GAP) - used), ""), *piece]
            yield tuple(spans)


def _block(section: str, counts: Sequence[_Count], cells: int) -> list[Spans]:
    """A heading, and a line a count: its label, a bar in proportion to the greatest of the block, the number."""
    most = max((count.n for count in counts if not count.told), default=0)
    numbers = [
        count.told or f"{count.n}" + (f" ({_share(count.n / count.of)})" if count.of else "") for count in counts
    ]
    right = max(map(len, numbers))
    left = min(max(cell_width(visible(count.label)) for count in counts), cells - right - 2)
    room = cells - left - right - 2
    bars = room >= 4 and not any(count.told for count in counts)
    lines: list[Spans] = [((section, "heading"),)]
    for count, number in zip(counts, numbers, strict=True):
        label = fitted(count.label, left)
        bar = figures.bar(count.n, most, room) if bars else ""
        pad = " " * (left - cell_width(label) + 1)
        rest = " " * (cells - left - 1 - len(bar) - len(number))
        lines.append(((label, count.role), (pad, ""), (bar, count.role or "dim"), (rest + number, "")))
    return lines


def _share(part: float) -> str:
    return f"{part:.0%}" if part == 0 or part >= 0.005 else "<1%"


def _next(query: Query, events: Sequence[Event]) -> tuple[Spans, ...]:
    """Where to look further, as command lines that run."""
    asked = "".join(
        f" --{name.replace('_', '-')} {shlex.quote(value)}"
        for name in ("agency", "since", "until", "period", "as_of")
        for value in _values(query.options.get(name))
    )
    lines = [f"spacerel broken{asked}"]
    if not query.agencies:
        actors = Counter(party for event in events for party in event.parties)
        if actors:
            lines.append(f"spacerel partners {_most(actors)[0][0]}")
    return ((("Next: ", "dim"), (" · ".join(lines), "")),)


def _values(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


_COLUMNS = (
    Column("section", lambda row: row.section),
    Column("key", lambda row: row.key),
    Column("label", lambda row: row.label, plain=False),
    Column("n", lambda row: row.n),
    Column("of", lambda row: row.of),
)
