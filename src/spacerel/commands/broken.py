"""spacerel broken: what was broken off, by whom, why, and what took over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

import typer

from spacerel import dates, relations
from spacerel.dates import Period
from spacerel.model import Log, Partnership
from spacerel.query import Query
from spacerel.relations import Break, Successor
from spacerel.selection import lineages, matching_partnerships
from spacerel.table import GLYPHS, Column, Spans, Table

NAMED = 2
"""Successors that a screen names; the rest are counted."""

BREAKERS = 4
"""Those who broke the most, whom the foot names; the rest are counted."""


def broken(
    query: Query,
    suspended: Annotated[bool, typer.Option("--suspended", help="Also partnerships that are only suspended.")] = False,
) -> Table:
    """Partnerships broken off: since when, by whom, why, and what took over.

    --period is when they broke. Completed, expired and superseded partnerships are not broken. A partnership that one party
    left while the others go on stands here with that party. Example: spacerel broken --agency roscosmos --period 2022
    """
    log, day = query.log, query.as_of
    # A break's own day and actor are asked of the break, not of any step of its partnership.
    filters = query.filters._replace(period=None, by=(), against=(), strict_dates=False)
    chosen = matching_partnerships(log, filters)
    rows = relations.breaks(log, query.courses, chosen, day)
    still = relations.suspended(log, query.courses, chosen, day) if suspended else []
    breakers = lineages(log, query.filters.by) if query.filters.by else None
    targets = lineages(log, query.filters.against) if query.filters.against else None

    def asked(row: Break) -> bool:
        return (
            (query.period is None or _within(row.event.date, query.period, query.filters.strict_dates))
            and (breakers is None or not breakers.isdisjoint(row.event.by))
            and (targets is None or not targets.isdisjoint(row.event.against))
            and (query.agency_ids is None or not query.agency_ids.isdisjoint((*row.parties, *row.event.parties)))
        )

    rows = [row for row in rows if asked(row)]
    still = [row for row in still if asked(row)]
    left_open = _left_open(query, chosen, rows)
    counted = f"{len(rows)} broken" + (f", {len(still)} suspended" if suspended else "")
    return Table(
        command="broken",
        title=query.title("Broken partnerships", counted),
        columns=_columns(log),
        rows=[*rows, *still],
        notes=(*_foot(log, rows), *left_open),
        nothing=left_open[0] if left_open else "",
        as_of=day,
        draw=lambda found, _: _drawn(log, found),
    )


def _left_open(query: Query, chosen: Iterable[Partnership], rows: Iterable[Break]) -> tuple[str, ...]:
    """A sentence on the partnerships of which a vague date leaves open whether they are broken on the day."""
    listed = {row.partnership.id for row in rows}
    words = {
        one.name: query.courses[one.id].standing_on(query.as_of).split("/") for one in chosen if one.id not in listed
    }
    names = [name for name, standings in words.items() if "broken" in standings and len(standings) > 1]
    told = "a date that is known only to the month or year leaves it open"
    return (f"Perhaps broken by {dates.shown(query.as_of)} ({told}): {', '.join(names)}.",) if names else ()


def _drawn(log: Log, rows: Sequence[Break]) -> Iterator[Spans]:
    """A break a paragraph: when, what and between whom; by whom, after how long and why; what took over."""
    widest = max((len(dates.marked(row.event.date)) for row in rows), default=0)
    for row in rows:
        standing = "broken" if row.final else "suspended"
        yield (
            (f"{GLYPHS[standing][0]} {dates.marked(row.event.date):>{widest}}  ", standing),
            *_name(row),
            (f" · {_shorts(log, _between(row))}", ""),
        )
        yield (
            ("  " if row.final else "  only suspended, ", standing),
            *((("by ", ""), (_shorts(log, row.event.by), "bold")) if row.event.by else (("jointly", ""),)),
            (f" after {_lasted(row)}" if row.lasted is not None else "", ""),
            *_why(log, row),
        )
        if row.successors:
            yield (("  ", ""), *_took_over(log, row))


def _lasted(row: Break) -> str:
    about = "about " if dates.is_vague(row.event.date) else ""
    return f"{about}{dates.lasted(row.lasted)}" if row.lasted is not None else "—"


def _name(row: Break) -> Spans:
    """The partnership, and how it stands for those who go on with it, or what a vague date leaves open."""
    still = row.standing.split("/")
    if len(still) > 1:
        told = f" ({' or '.join(still)})"
    else:
        told = f" ({row.standing} for the others)" if row.final and row.standing != "broken" else ""
    return ((row.partnership.name, "bold"), (told, "dim"))


def _within(date: str, period: Period, strict: bool) -> bool:
    first, last = dates.first_day(date), dates.last_day(date)
    if strict:
        return period.first <= first and last <= period.last
    return first <= period.last and last >= period.first


def _columns(log: Log) -> tuple[Column, ...]:
    return (
        Column("id", lambda row: row.partnership.id),
        Column(
            "since",
            lambda row: row.event.date,
            "Since",
            lambda row: (
                (dates.marked(row.event.date), "dim"),
                ("" if row.final else ", only suspended", "suspended"),
            ),
        ),
        Column("name", lambda row: row.partnership.name, "Partnership", _name, flexible=True),
        Column(
            "parties",
            lambda row: row.parties or row.partnership.parties,
            "Between",
            lambda row: _shorts(log, _between(row)),
            flexible=True,
        ),
        Column("standing", lambda row: row.standing),
        Column(
            "by", lambda row: row.event.by, "By", lambda row: _shorts(log, row.event.by) or "jointly", flexible=True
        ),
        Column("closed_by", lambda row: row.event.id if row.final else None),
        Column(
            "because",
            lambda row: row.event.because,
            "Because",
            lambda row: "; ".join(_causes(log, row)) or (("not stated", "dim"),),
            flexible=True,
        ),
        Column("because_titles", lambda row: _causes(log, row), plain=False),
        Column("lasted_days", lambda row: row.lasted, "Had lasted", _lasted, right=True),
        Column(
            "replaced_by",
            lambda row: tuple(one.partnership for one in row.successors),
            "Replaced by",
            lambda row: _took_over(log, row) or (("—", "dim"),),
            flexible=True,
        ),
        Column("replaced_after_days", lambda row: tuple(one.after for one in row.successors), plain=False),
        Column("last_event", lambda row: row.steps[-1].id, plain=False),
    )


def _shorts(log: Log, ids: Sequence[str]) -> str:
    return ", ".join(log.short(one) for one in ids)


def _causes(log: Log, row: Break) -> tuple[str, ...]:
    return tuple(event.title for event in relations.because(log, row.event))


def _why(log: Log, row: Break) -> Spans:
    """The first cause that the sources name and how many more there are; that nothing took over, where nothing did."""
    causes = _causes(log, row)
    alone = " · no successor" if row.final and not row.successors else ""
    if not causes:
        return ((" · no cause stated" + alone, "dim"),)
    return (
        (f", because {causes[0]}", ""),
        (f" +{len(causes) - 1}" if len(causes) > 1 else "", "dim"),
        (alone, "dim"),
    )


def _took_over(log: Log, row: Break) -> Spans:
    """`→ OneWeb launches on Falcon 9 (17 days later), OneWeb launches on LVM3 (47 days later) +1 more`."""
    if not row.successors:
        return ()
    named = ", ".join(_successor(log, row, one) for one in row.successors[:NAMED])
    more = f" +{len(row.successors) - NAMED} more" if len(row.successors) > NAMED else ""
    return (("→ ", ""), (named, "agree"), (more, "dim"))


def _between(row: Break) -> tuple[str, ...]:
    """The parties that fell apart, with those who took or suffered the breaking step."""
    inside = (*row.parties, *(party for party in row.event.parties if party in row.partnership.parties))
    return tuple(dict.fromkeys(inside)) or row.partnership.parties


def _successor(log: Log, row: Break, one: Successor) -> str:
    name = log.partnerships[one.partnership].name
    if one.after is None:
        return name
    about = "about " if dates.is_vague(one.event.date) or dates.is_vague(row.event.date) else ""
    if one.after == 0:
        return f"{name} (the same day)" if not about else f"{name} (about the same time)"
    return f"{name} ({about}{dates.lasted(abs(one.after))} {'later' if one.after > 0 else 'before'})"


def _foot(log: Log, rows: list[Break]) -> tuple[str | Spans, ...]:
    """Who broke, how many have a successor, and what most of them go back to."""
    if not rows:
        return ()
    roots = Counter(origin for row in rows for origin in relations.origins(log, row.event))
    origin, traced = max(roots.items(), key=lambda item: item[1]) if roots else (None, 0)
    traces: tuple[Spans, ...] = ()
    if origin is not None and traced > 1 and 2 * traced >= len(rows):
        root = (f"{GLYPHS[origin.act][0]} {origin.title}", origin.act)
        traces = (((f"{traced} of {len(rows)} traced back to ", ""), root, (f", {dates.shown(origin.date)}", "dim")),)
    replaced = sum(bool(row.successors) for row in rows)
    by: dict[str, int] = {}
    for row in rows:
        for actor in row.event.by:
            by[actor] = by.get(actor, 0) + 1
    most = sorted(by.items(), key=lambda item: (-item[1], item[0]))
    told = ", ".join(f"{log.short(actor)} {number}" for actor, number in most[:BREAKERS])
    told += f" and {len(most) - BREAKERS} more" if len(most) > BREAKERS else ""
    return (f"{replaced} of {len(rows)} replaced" + (f" · broken by {told}" if told else ""), *traces)
