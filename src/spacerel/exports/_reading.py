"""The chosen events as a table to be read, with their sources as links: what the Markdown and SVG exports show."""

from collections.abc import Sequence

from spacerel.dates import shown
from spacerel.model import Event, Log
from spacerel.table import Column, Spans, Table, mark


def reading(log: Log, events: Sequence[Event]) -> Table:
    """A row an event: its date, its step, who took it towards whom, its title and what became of it, its sources."""
    columns = (
        Column("date", lambda event: event.date, "Date", shown_date, right=True),
        Column("act", lambda event: event.act, "Step", step),
        Column("who", lambda event: event.parties, "Who", lambda event: who(log, event), flexible=True),
        Column("title", lambda event: event.title, "What", what, flexible=True),
        Column("sources", lambda event: event.publishers, "Sources", _sources, flexible=True),
    )
    return Table("export", heading(events), columns, events)


def heading(events: Sequence[Event]) -> str:
    """What stands above the table."""
    return f"Space partnerships · {len(events)} event{'' if len(events) == 1 else 's'}"


def shown_date(event: Event) -> str:
    """The date, or both ends of what lasted, as fine as the log has them."""
    return (
        shown(event.date)
        if event.end is None or event.end == event.date
        else f"{shown(event.date)} – {shown(event.end)}"
    )


def step(event: Event) -> Spans:
    """The act with its sign, and how sure it is where it was not done."""
    return (
        mark(event.act) if event.modality in ("done", "threatened") else (*mark(event.act), (f", {event.modality}", ""))
    )


def who(log: Log, event: Event) -> str:
    """`ESA → Roscosmos`, or all parties of a joint step."""
    parties = ", ".join(log.short(actor) for actor in event.by or event.parties)
    return f"{parties} → {', '.join(map(log.short, event.against))}" if event.against else parties


def what(event: Event) -> Spans:
    """The title, and what became of what was not done at once."""
    if event.outcome is None:
        return ((event.title, ""),)
    when = f" {shown(event.outcome.date)}" if event.outcome.date else ""
    return ((event.title, ""), (" · ", ""), (event.outcome.status.replace("-", " ") + when, event.outcome.status))


def _sources(event: Event) -> Spans:
    links = [((", ", ""), (source.publisher, f"link {source.url}")) for source in event.sources]
    return tuple(span for pair in links for span in pair)[1:]
