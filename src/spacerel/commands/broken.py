"""spacerel broken: what was broken off, by whom, why, and what took over."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any

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


def broken(
    query: Query,
    suspended: Annotated[bool, typer.Option("--suspended", help="Also partnerships that are only suspended.")] = False,
) -> Table:
    """Partnerships broken off: since when, by whom, why, and what took over.

    --period is when they broke. Completed and expired partnerships are not broken. A partnership that one party left while
    the others go on stands here with that party. Example: spacerel broken --agency roscosmos --period 2022
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
    """A break a paragraph: what and between whom; when, by whom, after how long and why; what took over."""
    for row in rows:
        yield (*_name(row), (f" · {', '.join(log.short(one) for one in _between(row))}", ""))
        standing = "suspended" if row.standing == "suspended" else "broken"
        by = ", ".join(log.short(one) for one in row.event.by)
        causes = "; ".join(_causes(log, row))
        yield (
            ("  ", ""),
            (f"{GLYPHS[standing][0]} {standing}", standing),
            (f" {dates.shown(row.event.date)}", "bold"),
            *(((" by ", ""), (by, "bold")) if by else ((" jointly", ""),)),
            (f" after {dates.lasted(row.lasted)}" if row.lasted is not None else "", ""),
            (f" · because {causes}" if causes else " · no cause stated", "dim"),
        )
        if row.successors:
            shown = [_successor(log, row, one) for one in row.successors[:NAMED]]
            more = f" +{len(row.successors) - NAMED}" if len(row.successors) > NAMED else ""
            yield (("  → ", ""), (", ".join(shown), "agree"), (more, "dim"))


def _causes(log: Log, row: Break) -> tuple[str, ...]:
    return tuple(event.title for event in relations.because(log, row.event))


def _name(row: Break) -> Spans:
    """The partnership, and how it stands for those who go on with it, or what a vague date leaves open."""
    still = row.standing.split("/")
    told = (
        " or ".join(still)
        if len(still) > 1
        else ""
        if row.standing in ("broken", "suspended")
        else f"{row.standing} for the others"
    )
    return ((row.partnership.name, "bold"), *(((f" ({told})", "dim"),) if told else ()))


def _within(date: str, period: Period, strict: bool) -> bool:
    first, last = dates.first_day(date), dates.last_day(date)
    if strict:
        return period.first <= first and last <= period.last
    return first <= period.last and last >= period.first


def _columns(log: Log) -> tuple[Column, ...]:
    def shorts(ids: tuple[str, ...]) -> str:
        return ", ".join(log.short(one) for one in ids)

    def because(row: Break) -> tuple[str, ...]:
        return _causes(log, row)

    def took_over(row: Break) -> Spans:
        pieces: list[tuple[str, str]] = []
        for one in row.successors:
            pieces += [("; ", "")] * bool(pieces) + [(_successor(log, row, one), "agree")]
        return tuple(pieces) or (("—", "dim"),)

    def column(name: str, value: Any, **more: Any) -> Column:
        return Column(name, value, **more)

    return (
        column("id", lambda row: row.partnership.id),
        column("since", lambda row: row.event.date, heading="Since", screen=_day),
        column("name", lambda row: row.partnership.name, heading="Partnership", screen=_name, flexible=True),
        column(
            "parties",
            lambda row: row.parties or row.partnership.parties,
            heading="Between",
            screen=lambda row: shorts(_between(row)),
            flexible=True,
        ),
        column("standing", lambda row: row.standing),
        column(
            "by",
            lambda row: row.event.by,
            heading="By",
            screen=lambda row: shorts(row.event.by) or "jointly",
            flexible=True,
        ),
        column("closed_by", lambda row: row.event.id),
        column(
            "because",
            lambda row: row.event.because,
            heading="Because",
            screen=lambda row: "; ".join(because(row)) or (("not stated", "dim"),),
            flexible=True,
        ),
        column("because_titles", because, plain=False),
        column(
            "lasted_days",
            lambda row: row.lasted,
            heading="Had lasted",
            screen=lambda row: dates.lasted(row.lasted) if row.lasted is not None else "—",
        ),
        column(
            "replaced_by",
            lambda row: tuple(one.partnership for one in row.successors),
            heading="Replaced by",
            screen=took_over,
            flexible=True,
        ),
        column("replaced_after_days", lambda row: tuple(str(one.after) for one in row.successors), plain=False),
        column("last_event", lambda row: row.event.id, plain=False),
    )


def _between(row: Break) -> tuple[str, ...]:
    """The parties that fell apart, with those who took or suffered the breaking step."""
    inside = (*row.parties, *(party for party in row.event.parties if party in row.partnership.parties))
    return tuple(dict.fromkeys(inside)) or row.partnership.parties


def _day(row: Break) -> Spans:
    text = dates.shown(row.event.date)
    return ((text, "dim"), *(((" suspended", "suspended"),) if row.standing == "suspended" else ()))


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
    most = sorted(by.items(), key=lambda item: (-item[1], item[0]))[:4]
    told = ", ".join(f"{log.short(actor)} {number}" for actor, number in most)
    return (f"{replaced} of {len(rows)} replaced" + (f" · broken by {told}" if told else ""), *traces)
