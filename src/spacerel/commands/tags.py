"""spacerel tags: the words that steps are filed under, with counts."""

from typing import NamedTuple

from spacerel.model import Event
from spacerel.query import Query
from spacerel.selection import known_words
from spacerel.table import Column, Table


class _Row(NamedTuple):
    tag: str
    events: list[Event]


def tags(query: Query) -> Table:
    """What are the steps about, and how often?

    Every tag with the steps that carry it and their years. --tag chooses tags, all other filters choose steps. Example:
    spacerel tags --agency esa --period 2022
    """
    words = dict.fromkeys(tag for event in query.log.events for tag in event.tags)
    wanted = known_words("tag", query.filters.tag, words) if query.filters.tag else None
    found: dict[str, _Row] = {}
    events = query.events()
    for event in events:
        for tag in dict.fromkeys(event.tags):
            if wanted is None or tag in wanted:
                found.setdefault(tag, _Row(tag, [])).events.append(event)
    rows = sorted(found.values(), key=lambda row: (-len(row.events), row.tag))
    none = sum(not event.tags for event in events)
    return Table(
        command="tags",
        title=query.title("Tags", f"{len(rows)} tag{'' if len(rows) == 1 else 's'}"),
        columns=_COLUMNS,
        rows=rows,
        notes=(f"{none} of {len(events)} steps have no tag.",) if none else (),
    )


def _partnerships(row: _Row) -> int:
    return len({event.partnership for event in row.events if event.partnership})


def _years(row: _Row) -> str:
    return " – ".join(dict.fromkeys(event.date[:4] for event in (row.events[0], row.events[-1])))


_COLUMNS = (
    Column("tag", lambda row: row.tag, "Tag", lambda row: ((row.tag, "bold"),), flexible=True),
    Column("events", lambda row: len(row.events), "Steps", lambda row: str(len(row.events)), right=True),
    Column(
        "partnerships",
        _partnerships,
        "Partnerships",
        lambda row: str(_partnerships(row) or "·"),
        right=True,
    ),
    Column("first", lambda row: row.events[0].date, "Years", _years),
    Column("last", lambda row: row.events[-1].date),
)
