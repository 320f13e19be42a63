"""spacerel sources: who published what the log rests on."""

from typing import Annotated, NamedTuple

import typer

from spacerel import dates
from spacerel.model import Event
from spacerel.query import Query
from spacerel.selection import split
from spacerel.table import Column, Table, mark


class _Row(NamedTuple):
    publisher: str
    events: list[Event]
    alone: list[Event]


def sources(
    query: Query,
    missing: Annotated[
        bool, typer.Option("--missing", help="The steps that rest on one publisher alone, instead.")
    ] = False,
) -> Table:
    """On whom does the log rest, and what rests on one publisher alone?

    Publishers with the steps they support, the first and the last of these, and how many have no other publisher. --source
    chooses publishers, all other filters choose steps. A mirror counts as what it mirrors. Example:
    spacerel sources --missing --agency roscosmos
    """
    wanted = [word.casefold() for word in split(query.filters.source)]
    events = query.events()
    if missing:
        return _missing(query, [event for event in events if len(event.publishers) == 1], len(events))
    found: dict[str, _Row] = {}
    for event in events:
        matching = event._replace(
            sources=tuple(
                source
                for source in event.sources
                if not wanted or any(word in source.publisher.casefold() for word in wanted)
            )
        )
        for publisher in matching.publishers:
            row = found.setdefault(publisher, _Row(publisher, [], []))
            row.events.append(event)
            if len(event.publishers) == 1:
                row.alone.append(event)
    rows = sorted(found.values(), key=lambda row: (-len(row.events), row.publisher.casefold()))
    alone = sum(len(row.alone) for row in rows)
    return Table(
        command="sources",
        title=query.title("Sources", f"{len(rows)} publisher{'' if len(rows) == 1 else 's'}", _steps(len(events))),
        columns=_COLUMNS,
        rows=rows,
        notes=(f"{alone} of {_steps(len(events))} rest on one publisher alone: spacerel sources --missing",),
    )


def _missing(query: Query, rows: list[Event], whole: int) -> Table:
    share = f" ({len(rows) / whole:.0%})" if whole else ""
    return Table(
        command="sources",
        title=query.title("Steps that rest on one publisher", f"{len(rows)} of {_steps(whole)}{share}"),
        columns=(
            Column(
                "date", lambda event: event.date, "Date", lambda event: ((dates.shown(event.date), "dim"),), right=True
            ),
            Column("act", lambda event: event.act, "Step", lambda event: mark(event.act)),
            Column("parties", lambda event: event.parties),
            Column("title", lambda event: event.title, "What", lambda event: event.title, flexible=True),
            Column(
                "publisher",
                lambda event: event.publishers[0],
                "Publisher",
                lambda event: event.publishers[0],
                flexible=True,
            ),
            Column("confidence", lambda event: event.confidence, "Confidence", lambda event: event.confidence),
            Column("id", lambda event: event.id),
        ),
        rows=rows,
        query={"missing": True},
        nothing=f"None of {_steps(whole)} rests on one publisher alone." if whole else "",
    )


def _steps(number: int) -> str:
    return f"{number} step{'' if number == 1 else 's'}"


def _years(row: _Row) -> str:
    return " – ".join(dict.fromkeys(event.date[:4] for event in (row.events[0], row.events[-1])))


_COLUMNS = (
    Column("publisher", lambda row: row.publisher, "Publisher", lambda row: ((row.publisher, "bold"),), flexible=True),
    Column("events", lambda row: len(row.events), "Steps", lambda row: str(len(row.events)), right=True),
    Column("alone", lambda row: len(row.alone), "Alone", lambda row: str(len(row.alone) or "·"), right=True),
    Column("first", lambda row: row.events[0].date, "Years", _years),
    Column("last", lambda row: row.events[-1].date),
    Column("alone_ids", lambda row: tuple(event.id for event in row.alone), plain=False),
)
