"""An event as a flat record: the columns that the CSV, JSON, JSON lines and SQLite exports share.

Their names and order are stable. What a column holds (`text`, `date` or `list`) decides how each export writes it.
"""

from collections.abc import Callable
from typing import NamedTuple

from spacerel.dates import first_day, last_day, precision
from spacerel.model import Event

Value = str | tuple[str, ...] | None


class Column(NamedTuple):
    """One field of the record. `kind` is `text`, `date` (a day, or a date as the log writes it) or `list`."""

    name: str
    kind: str
    value: Callable[[Event], Value]


COLUMNS = (
    Column("id", "text", lambda event: event.id),
    Column("date", "date", lambda event: event.date),
    Column("date_start", "date", lambda event: first_day(event.date)),
    Column("date_end", "date", lambda event: last_day(event.end or event.date)),
    Column("precision", "text", lambda event: precision(event.date)),
    Column("title", "text", lambda event: event.title),
    Column("by", "list", lambda event: event.by),
    Column("parties", "list", lambda event: event.parties),
    Column("against", "list", lambda event: event.against),
    Column("partnership", "text", lambda event: event.partnership),
    Column("act", "text", lambda event: event.act),
    Column("modality", "text", lambda event: event.modality),
    Column("outcome", "text", lambda event: event.outcome.status if event.outcome else None),
    Column("outcome_date", "date", lambda event: event.outcome.date if event.outcome else None),
    Column("outcome_event", "text", lambda event: event.outcome.event if event.outcome else None),
    Column("because", "list", lambda event: event.because),
    Column("replaces", "list", lambda event: event.replaces),
    Column("scope", "list", lambda event: event.scope),
    Column("term_end", "date", lambda event: event.term_end),
    Column("tags", "list", lambda event: event.tags),
    Column("confidence", "text", lambda event: event.confidence),
    Column("summary", "text", lambda event: event.summary),
    Column("source_urls", "list", lambda event: tuple(source.url for source in event.sources)),
    Column("source_publishers", "list", lambda event: tuple(source.publisher for source in event.sources)),
    Column("note", "text", lambda event: event.note),
)


def nested(event: Event) -> dict[str, object]:
    """The record as JSON holds it: lists as arrays, the line in the log, the sources in full."""
    record: dict[str, object] = {column.name: column.value(event) for column in COLUMNS}
    record["line"] = event.line
    record["sources"] = [source._asdict() for source in event.sources]
    return record
