"""spacerel partnerships: every named cooperation, its parties, how it stands on a day, and its span."""

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from spacerel import dates, relations
from spacerel.model import OPEN_STANDINGS, STANDINGS, Log
from spacerel.options import words
from spacerel.query import Query
from spacerel.relations import ACCESSION_SIZE, Cooperation
from spacerel.selection import known_words, matching_partnerships
from spacerel.standing import NONE
from spacerel.table import Column, Spans, Table, mark

WIDE = 90
"""Columns of a screen that has room for the span."""

NAMED = 4
"""Parties that a line names; the rest are counted."""


def partnerships(
    query: Query,
    standing: Annotated[
        list[str] | None,
        typer.Option("--standing", metavar="WORD", help="active, broken, ...", autocompletion=words(STANDINGS)),
    ] = None,
) -> Table:
    """Which cooperations are there, between whom, and how does each stand on the day?

    The day is that of --as-of, else the last one of the period, else today. A period and the filters of steps choose the
    partnerships that had such a step. Example: spacerel partnerships --agency esa --standing active,suspended
    """
    log, day = query.log, query.last_day
    wanted = known_words("standing", standing or (), (NONE, *STANDINGS))
    chosen = matching_partnerships(log, query.filters)
    rows = [
        row
        for row in relations.cooperations(log, query.courses, chosen, day)
        if not wanted or not wanted.isdisjoint(row.standing.split("/"))
    ]
    rows.sort(key=lambda row: (_rank(row.standing), row.partnership.name.casefold()))
    counted = f"{len(rows)} partnership{'' if len(rows) == 1 else 's'}"
    on = "" if query.as_of_asked else f"on {dates.shown(day)}"
    asked = f"standing {', '.join(sorted(wanted, key=_rank))}" if wanted else ""
    return Table(
        command="partnerships",
        title=query.title("Partnerships", asked, on, counted),
        columns=_columns(log),
        rows=rows,
        notes=_notes(rows),
        aside="liveliest first" if query.sorted_by is None else "",
        query={"standing": sorted(wanted, key=_rank)} if wanted else {},
        as_of=day,
    )


def _rank(standing: str) -> int:
    return min((*STANDINGS, NONE).index(one) for one in standing.split("/"))


def _notes(rows: Sequence[Cooperation]) -> tuple[Spans, ...]:
    """`98 active · 12 suspended · 40 broken`, and what is uncertain."""
    if not rows:
        return ()
    found = Counter(row.standing for row in rows)
    spans: list[tuple[str, str]] = []
    for standing in sorted(found, key=_rank):
        if "/" not in standing:
            spans += [(" · ", "dim"), (f"{found[standing]} {standing.replace(NONE, 'not begun')}", standing)]
    if vague := sum(number for standing, number in found.items() if "/" in standing):
        spans += [(" · ", "dim"), (f"{vague} left open by a vague date, both standings shown", "")]
    return (tuple(spans[1:]),)


def _parties(log: Log, row: Cooperation) -> Spans:
    if len(row.parties) > ACCESSION_SIZE:
        return ((f"{len(row.parties)} signatories", "dim"),)
    most = NAMED if len(row.parties) > NAMED + 1 else len(row.parties)
    named = ", ".join(log.short(party) for party in row.parties[:most])
    return ((named, ""), *(((f" +{len(row.parties) - most}", "dim"),) if most < len(row.parties) else ()))


def _standing(row: Cooperation) -> Spans:
    """`● active`, both of an uncertain one, and of what was only announced that it had not begun."""
    return tuple(("not begun", "dim") if role == NONE else (text, role) for text, role in mark(row.standing))


def _span(row: Cooperation) -> str:
    """`2013 – 2022`, `since 1998`: from its beginning to the day on which its standing closed."""
    began = row.first[:4] if row.first else "?"
    if any(one in (*OPEN_STANDINGS, NONE) for one in row.standing.split("/")):
        return f"since {began}"
    return " – ".join(dict.fromkeys((began, (row.since or began)[:4])))


def _columns(log: Log) -> tuple[Column, ...]:
    return (
        Column("id", lambda row: row.partnership.id),
        Column(
            "name",
            lambda row: row.partnership.name,
            "Partnership",
            lambda row: ((row.partnership.name, "bold"),),
            flexible=True,
        ),
        Column("parties", lambda row: row.parties, "Between", lambda row: _parties(log, row), flexible=True),
        Column("standing", lambda row: row.standing, "Standing", _standing, flexible=True),
        Column(
            "since",
            lambda row: row.since,
            "Since",
            lambda row: ((dates.marked(row.since) if row.since else "·", "dim"),),
            right=True,
        ),
        Column("first", lambda row: row.first, "Span", _span, plain=False, from_width=WIDE),
        Column("closed_by", lambda row: row.closed_by.id if row.closed_by else None),
        Column("by", lambda row: row.opened.by if row.opened else (), plain=False),
        Column("because", lambda row: row.opened.because if row.opened else (), plain=False),
        Column(
            "replaced_by",
            lambda row: tuple(dict.fromkeys(one.partnership for one in row.successors)),
        ),
        Column("last_event", lambda row: row.steps[-1].id if row.steps else None),
        Column("events", lambda row: len(row.steps), "Steps", lambda row: str(len(row.steps) or "·"), right=True),
        Column("kind", lambda row: row.partnership.kind, plain=False),
        Column("topic", lambda row: row.partnership.topic, plain=False),
        Column("programme", lambda row: row.partnership.programme, plain=False),
        Column("description", lambda row: row.partnership.description, plain=False),
    )
