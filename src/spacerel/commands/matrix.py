"""spacerel matrix: who works with whom on a day."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Annotated, NamedTuple

import typer

from spacerel import dates, figures, network
from spacerel.errors import UsageError, unknown
from spacerel.model import STANDINGS, Log
from spacerel.network import Ties
from spacerel.query import Query
from spacerel.relations import is_accession
from spacerel.selection import matching_partnerships
from spacerel.table import Column, Spans, Table, cell_width, padded, visible

MOST = 12
"""Actors shown where none is asked for."""

_HEADS = {"standing": "Who works with whom", "steps": "Steps that two took part in"}
"""What cells count -> the head of the title."""


class _Row(NamedTuple):
    actor: str
    partner: str
    standings: dict[str, str]
    steps: int


def matrix(
    query: Query,
    cells: Annotated[str, typer.Option("--cells", metavar="WHAT", help="standing or steps.")] = "standing",
    most: Annotated[
        int, typer.Option("--most", min=2, metavar="N", help="The N best connected, where no agency is asked for.")
    ] = MOST,
) -> Table:
    """Who works with whom on a day?

    Cells count shared partnerships by standing, or with --cells steps the steps that both took part in. The agencies asked
    for, else the best connected ones, in an order in which blocs stand together: those who share the most open partnerships
    are neighbours. A period asks for its last day. Example: spacerel matrix --agency esa,nasa,roscosmos --as-of 2021-12-31
    """
    if cells not in _HEADS:
        raise unknown("value of --cells", cells, _HEADS, f"{', '.join(_HEADS)}.")
    if len(query.agencies) == 1:
        raise UsageError(
            "a matrix takes two agencies or more: --agency esa,nasa. Without any it takes the best connected."
        )
    log, day = query.log, query.last_day
    filters = query.filters
    # The agencies asked for are the rows; the period is that of the steps, and its last day that of the standings.
    chosen = matching_partnerships(log, filters._replace(agency=(), period=None, strict_dates=False))
    names = {key: key for key in log.actors}
    for agency in query.agencies:
        names.update({body: agency for body in log.lineage(agency) if body not in query.agencies})
    ties = network.ties(query.courses, chosen, day, names)
    steps = _steps(query, names)
    ranked = _best(ties, steps, cells)
    actors = list(query.agencies) or ranked[:most]
    order = network.in_blocs(actors, network.open_ties(ties) if cells == "standing" else steps)
    rows = [
        _Row(one, other, ties.get(pair, {}), steps[pair])
        for place, one in enumerate(order)
        for other in order[:place]
        for pair in (_pair(one, other),)
        if pair in ties or steps[pair]
    ]
    left_out = sum(is_accession(query.courses[one.id]) for one in chosen)
    best = f"{len(order)} best connected" if cells == "standing" else f"{len(order)} most active"
    counted = f"{len(order)} agencies" if query.agencies else f"{best} of {len(ranked)}"
    on = "" if cells == "steps" or query.as_of_asked else f"on {dates.shown(day)}"
    return Table(
        command="matrix",
        title=query.title(_HEADS[cells], on, counted, agencies=False),
        columns=_COLUMNS,
        rows=rows,
        notes=_notes(cells, rows, left_out),
        query={"cells": cells, "agencies": order},
        as_of=day,
        fixed=True,
        draw=lambda _, width: _drawn(log, order, rows, cells, width),
        nothing=f"No two of {', '.join(log.short(one) for one in order)} share a partnership or a step."
        if order
        else "",
    )


def _pair(one: str, other: str) -> network.Pair:
    return (one, other) if one < other else (other, one)


def _steps(query: Query, names: dict[str, str]) -> Counter[network.Pair]:
    """How many of the steps asked for any two actors both took part in."""
    found: Counter[network.Pair] = Counter()
    for event in query.events():
        if event.act != "context":
            found.update(combinations(sorted({names[party] for party in event.parties}), 2))
    return found


def _best(ties: Ties, steps: Counter[network.Pair], cells: str) -> list[str]:
    if cells == "standing":
        return network.by_connection(ties)
    taken: Counter[str] = Counter()
    for pair, number in steps.items():
        taken.update(dict.fromkeys(pair, number))
    return sorted(taken, key=lambda actor: (-taken[actor], actor))


def _notes(cells: str, rows: Sequence[_Row], left_out: int) -> tuple[str | Spans, ...]:
    if cells == "steps":
        return ()
    notes: list[str | Spans] = [figures.legend()]
    vague = sum("/" in standing for row in rows for standing in row.standings.values())
    if vague:
        notes.append(f"{vague} uncertain on this day; the livelier standing is counted.")
    if left_out:
        words = "partnership that states accede to is" if left_out == 1 else "partnerships that states accede to are"
        notes.append(f"{left_out} {words} left out.")
    return tuple(notes)


def _cell(row: _Row | None, cells: str, joint: str = " ") -> Spans:
    if row is None:
        return (("·", "dim"),)
    if cells == "steps":
        return ((str(row.steps), ""),) if row.steps else (("·", "dim"),)
    return figures.tally(row.standings.values(), joint)


def _width(spans: Spans) -> int:
    return sum(cell_width(text) for text, _ in spans)


def _drawn(log: Log, order: Sequence[str], rows: Sequence[_Row], cells: str, width: int) -> Iterator[Spans]:
    """The lower half of the square, the widest layout that fits: columns by name, by the number of their row, or tight.

    Where none fits the pairs stand one below the other.
    """
    by_pair = {_pair(row.actor, row.partner): row for row in rows}
    shorts = [visible(log.short(actor)) for actor in order]
    numbers = [str(place) for place in range(1, len(order) + 1)]
    numbered = [f"{number:>2} {short}" for number, short in zip(numbers, shorts, strict=True)]
    for heads, labels, gap, joint in (
        (shorts, shorts, "  ", " "),
        (numbers, numbered, "  ", " "),
        (numbers, numbered, " ", ""),
    ):
        square = [
            [_cell(by_pair.get(_pair(one, other)), cells, joint) for other in order[:place]]
            for place, one in enumerate(order)
        ]
        columns = [
            max(cell_width(heads[place]), *(_width(line[place]) for line in square[place + 1 :]))
            for place in range(len(order) - 1)
        ]
        left = max(map(cell_width, labels))
        if left + sum(columns) + len(gap) * len(columns) <= width:
            yield (
                (" " * left, ""),
                *((gap + padded(head, column), "dim") for head, column in zip(heads, columns, strict=False)),
            )
            for label, line in zip(labels, square, strict=True):
                spans: list[tuple[str, str]] = [(padded(label, left), "bold")]
                for cell, column in zip(line, columns, strict=False):
                    spans += [(gap, ""), *cell, (" " * (column - _width(cell)), "")]
                yield (*spans, *(((gap + "╲", "dim"),) if len(line) < len(columns) else ()))
            return
    shown = [(visible(f"{log.short(row.partner)} – {log.short(row.actor)}"), _cell(row, cells)) for row in rows]
    shown = [(pair, cell) for pair, cell in shown if cell[0][0] != "·"]
    left = max((cell_width(pair) for pair, _ in shown), default=0)
    for pair, cell in shown:
        yield ((padded(pair, left) + "  ", ""), *cell)


def _counts(standing: str) -> Column:
    return Column(standing, lambda row: sum(standing in one.split("/") for one in row.standings.values()), plain=False)


_COLUMNS = (
    Column("actor", lambda row: row.actor),
    Column("partner", lambda row: row.partner),
    Column("partnerships", lambda row: tuple(row.standings)),
    Column("standings", lambda row: tuple(row.standings.values())),
    Column("steps", lambda row: row.steps),
    *(_counts(standing) for standing in STANDINGS),
)
