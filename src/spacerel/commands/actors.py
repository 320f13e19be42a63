"""spacerel actors: who is in the log, with counts."""

from typing import NamedTuple

from spacerel.model import Actor, Event
from spacerel.query import Query
from spacerel.selection import Filters, known_words
from spacerel.table import Column, Table


class _Row(NamedTuple):
    actor: Actor
    events: list[Event]
    partnerships: int


def actors(query: Query) -> Table:
    """Every actor with its type, country, steps and partnerships.

    --agency and --country choose actors; all other filters choose the steps that are counted. Example:
    spacerel actors --country CN --sort events --reverse
    """
    filters, log = query.filters, query.log
    countries = known_words(
        "country",
        filters.country,
        {actor.country: "" for actor in log.actors.values() if actor.country},
        "spacerel actors",
    )
    events: dict[str, list[Event]] = {key: [] for key in log.actors}
    for event in query.events():
        for party in event.parties:
            events[party].append(event)
    asked = filters != Filters() or query.as_of_asked
    rows = [
        _Row(actor, events[key], len({event.partnership for event in events[key] if event.partnership}))
        for key, actor in log.actors.items()
        if (events[key] or not asked)
        and (query.agency_ids is None or key in query.agency_ids)
        and (not countries or actor.country in countries)
    ]
    rows.sort(key=lambda row: _short(row).casefold())
    counted = f"{len(rows)} actor{'' if len(rows) == 1 else 's'}"
    return Table(command="actors", title=query.title("Actors", counted), columns=_COLUMNS, rows=rows)


def _short(row: _Row) -> str:
    return row.actor.short or row.actor.name


def _first(row: _Row) -> str | None:
    return row.events[0].date if row.events else None


def _last(row: _Row) -> str | None:
    return row.events[-1].date if row.events else None


def _years(row: _Row) -> str:
    years = dict.fromkeys(event.date[:4] for event in row.events[:1] + row.events[-1:])
    return " – ".join(years)


def _kind(row: _Row) -> str:
    return " · ".join(word for word in (row.actor.type, row.actor.country) if word)


_COLUMNS = (
    Column("id", lambda row: row.actor.id, "Id", lambda row: row.actor.id, flexible=True),
    Column("short", _short, "Actor", lambda row: ((_short(row), "bold"),), flexible=True),
    Column("name", lambda row: row.actor.name, plain=False),
    Column("type", lambda row: row.actor.type, "Type", _kind),
    Column("country", lambda row: row.actor.country),
    Column("aliases", lambda row: row.actor.aliases, plain=False),
    Column("predecessor", lambda row: row.actor.predecessor, plain=False),
    Column(
        "partnerships",
        lambda row: row.partnerships,
        "Partnerships",
        lambda row: str(row.partnerships or "·"),
        right=True,
    ),
    Column("events", lambda row: len(row.events), "Steps", lambda row: str(len(row.events) or "·"), right=True),
    Column("first", _first, "Years", _years),
    Column("last", _last),
)
