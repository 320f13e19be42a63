"""spacerel path: how two actors are linked through living partnerships."""

from collections.abc import Iterator
from typing import Annotated, NamedTuple

import typer

from spacerel import dates, network
from spacerel.model import Log
from spacerel.network import Link
from spacerel.options import agency_ids
from spacerel.query import Query
from spacerel.relations import is_accession
from spacerel.selection import matching_partnerships, resolve_actor
from spacerel.table import Column, Spans, Table, mark

TOLD = 5
"""Further chains that a screen names; the rest are counted."""


class _Row(NamedTuple):
    chain: int
    step: int
    link: Link
    standings: tuple[str, ...]


def path(
    query: Query,
    a: Annotated[str, typer.Argument(metavar="A", help="An actor.", autocompletion=agency_ids)],
    b: Annotated[str, typer.Argument(metavar="B", help="Another one.", autocompletion=agency_ids)],
    accessions: Annotated[
        bool, typer.Option("--accessions", help="Also through partnerships that states accede to.")
    ] = False,
) -> Table:
    """How are two actors linked, and through which living partnerships?

    The chain with the fewest links on the day of --as-of; all equally short ones are counted. A link is an active or agreed
    partnership that both are in. Filters choose the partnerships. Example: spacerel path isro roscosmos --as-of 2021-12-31
    """
    log, day = query.log, query.as_of
    start, goal = resolve_actor(log, a), resolve_actor(log, b)
    # What a body did whose work another took over is told of the one who was asked for.
    names = {key: key for key in log.actors}
    for end in (start, goal):
        names.update({body: end for body in log.lineage(end) if body not in (start, goal)})
    chosen = matching_partnerships(log, query.filters)
    ties = network.ties(query.courses, chosen, day, names, accessions)
    chains = network.shortest(network.neighbours(ties), start, goal)
    rows = [
        _Row(
            number,
            step,
            link,
            tuple(ties[min(link.one, link.other), max(link.one, link.other)][key] for key in link.partnerships),
        )
        for number, chain in enumerate(chains, 1)
        for step, link in enumerate(chain, 1)
    ]
    left_out = 0 if accessions else sum(is_accession(query.courses[one.id]) for one in chosen)
    ends = f"{log.short(start)} to {log.short(goal)}"
    links = f"{len(chains[0])} link{'' if len(chains[0]) == 1 else 's'}" if chains else ""
    counted = f"the shortest of {len(chains)} ways" if len(chains) > 1 else ""
    return Table(
        command="path",
        title=" · ".join(part for part in (ends, dates.shown(day), links) if part),
        columns=_columns(log),
        rows=rows,
        notes=_notes(left_out),
        query={"a": start, "b": goal, "accessions": accessions},
        as_of=day,
        fixed=True,
        draw=lambda *_: _drawn(log, chains, rows),
        nothing=_unlinked(log, start, goal, day, left_out),
    )._replace(aside=counted)


def _unlinked(log: Log, start: str, goal: str, day: str, left_out: int) -> str:
    if start == goal:
        return f"{log.short(start)} is asked for twice: a path leads from one actor to another."
    sentence = f"No chain of living partnerships links {log.short(start)} and {log.short(goal)} on {dates.shown(day)}."
    return f"{sentence} Partnerships that states accede to were left out: --accessions." if left_out else sentence


def _notes(left_out: int) -> tuple[str, ...]:
    if not left_out:
        return ()
    words = "partnership that states accede to is" if left_out == 1 else "partnerships that states accede to are"
    return (f"{left_out} {words} left out: --accessions",)


def _drawn(log: Log, chains: list[tuple[Link, ...]], rows: list[_Row]) -> Iterator[Spans]:
    """The first chain from top to bottom, the others by name."""
    yield ((log.short(rows[0].link.one), "bold"),)
    for row in rows:
        if row.chain > 1:
            break
        for key, standing in zip(row.link.partnerships, row.standings, strict=True):
            yield (("  │ ", "dim"), *mark(standing), (f"  {log.partnerships[key].name}", ""))
        yield ((log.short(row.link.other), "bold"),)
    if len(chains) > 1:
        yield ()
        yield ((f"{len(chains) - 1} more of the same length:", ""),)
        for chain in chains[1 : TOLD + 1]:
            yield (("  " + " – ".join(log.short(one) for one in (chain[0].one, *(link.other for link in chain))), ""),)
        if len(chains) > TOLD + 1:
            yield ((f"  and {len(chains) - TOLD - 1} more: spacerel path ... --json", "dim"),)


def _columns(log: Log) -> tuple[Column, ...]:
    return (
        Column("chain", lambda row: row.chain),
        Column("link", lambda row: row.step),
        Column("from", lambda row: row.link.one),
        Column("to", lambda row: row.link.other),
        Column("partnerships", lambda row: row.link.partnerships),
        Column("standings", lambda row: row.standings),
        Column("names", lambda row: tuple(log.partnerships[key].name for key in row.link.partnerships), plain=False),
    )
