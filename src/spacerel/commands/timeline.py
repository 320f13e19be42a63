"""spacerel timeline: what happened, step by step, in order of date."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer

from spacerel import dates
from spacerel.errors import UsageError, unknown
from spacerel.exports import _record
from spacerel.model import OUTCOMES, Event, Log
from spacerel.options import words
from spacerel.query import Query
from spacerel.table import Column, Spans, Table, mark

MOST_NAMED = 3
"""Counterparts that a line names; the rest are counted."""

YEARS_BY_MONTH = 3
"""A span of more years than this is grouped by year."""

VIEWS = ("list", "lanes", "calendar")
LANES_BY = ("partnership", "agency", "act")
GROUPS = ("month", "year", "agency", "partnership", "act")

_COUNTED = {
    "end": "ended",
    "leave": "left",
    "suspend": "suspended",
    "resume": "resumed",
    "complete": "completed",
    "agree": "agreed",
    "start": "started",
    "deliver": "delivered",
    "deepen": "deepened",
    "extend": "extended",
    "join": "joined",
    "talk": "talked",
    "refuse": "refused",
    "sanction": "sanctioned",
    "strain": "strained",
    "deny": "denied",
    "context": "in the background",
}
"""Act -> how the foot counts the steps of this kind that were done, in this order."""

_DATA = tuple(Column(column.name, column.value, plain=False) for column in _record.COLUMNS)
_RECORD = tuple(
    column._replace(plain=True, data=False)
    for name in ("date", "act", "by", "parties", "partnership", "title", "id")
    for column in _DATA
    if column.name == name
)


def timeline(
    query: Query,
    details: Annotated[bool, typer.Option("--details", help="With the summary of each step.")] = False,
    view: Annotated[
        str, typer.Option("--view", metavar="VIEW", help="list, lanes or calendar.", autocompletion=words(VIEWS))
    ] = "list",
    lanes_by: Annotated[
        str | None,
        typer.Option("--lanes-by", metavar="WHAT", help="partnership, agency or act.", autocompletion=words(LANES_BY)),
    ] = None,
    compare: Annotated[
        str | None, typer.Option("--compare", metavar="A,B", help="Lanes of agencies, one above the other.")
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option(
            "--group-by",
            metavar="WHAT",
            help="month, year, agency, partnership or act.  [default: as the span asks]",
            autocompletion=words(GROUPS),
        ),
    ] = None,
) -> Table:
    """What happened, step by step, in order of date.

    Arrows are seen from the one agency asked for: → it took the step, ← the other side did, ↔ both together. Without one
    they lead from who took it to the others. ~ stands before a date that is not known to the day. Lanes show a track a
    partnership with its standing, the calendar how many steps each month had.
    Examples: spacerel timeline -a esa --view lanes --period 2022, spacerel timeline --compare esa,nasa --since 2020
    """
    view = "lanes" if view == "list" and (compare or lanes_by) else view
    for what, value, known in (
        ("view", view, VIEWS),
        ("value of --lanes-by", lanes_by, LANES_BY),
        ("value of --group-by", group_by, GROUPS),
    ):
        if value is not None and value not in known:
            raise unknown(what, value, known, f"{', '.join(known)}.")
    for option, given, its in (
        ("--details", details, "list"),
        ("--group-by", group_by, "list"),
        ("--lanes-by", lanes_by, "lanes"),
        ("--compare", compare, "lanes"),
    ):
        if given and view != its:
            raise UsageError(f"{option} goes with --view {its}, not {view}.")
    if view == "lanes":
        from spacerel.commands import _lanes

        return _lanes.table(query, lanes_by or "partnership", compare)
    if view == "calendar":
        from spacerel.commands import _calendar

        return _calendar.table(query)
    events, log = query.events(), query.log
    group, day = _grouping(log, events, group_by, query.sorted_by)
    seen_from = query.agency_ids if len(query.agencies) == 1 else None
    whole = len(query.whole_log.events)
    counted = f"{len(events)} of {whole} events" if len(events) < whole else f"{whole} events"
    return Table(
        command="timeline",
        title=query.title("" if query.agencies else "All agencies", counted),
        columns=(
            _screen("day", lambda event: ((_vague(event) + day(event.date.rstrip("~")), "dim"),))._replace(right=True),
            _screen("step", lambda event: mark(event.act)),
            _screen("who", lambda event: _who(log, event, seen_from))._replace(flexible=True),
            _screen("what", lambda event: _what(event, details, query.as_of_asked))._replace(flexible=True),
            *_RECORD,
            *_DATA,
        ),
        rows=events if group_by in (None, "month", "year") else sorted(events, key=group),
        group=group,
        notes=(_foot(events),) if events else (),
    )


def _grouping(
    log: Log, events: Sequence[Event], group_by: str | None, sorted_by: str | None
) -> tuple[Callable[[Event], str] | None, Callable[[str], str]]:
    """The heading that an event stands under, and what is left to tell of its date."""
    if group_by is None:
        if sorted_by not in (None, "date", "date_start", "date_end"):
            return None, dates.shown
        years = {event.date[:4] for event in events}
        group_by = "month" if not years or int(max(years)) - int(min(years)) < YEARS_BY_MONTH else "year"
    names = {key: partnership.name for key, partnership in log.partnerships.items()}
    headings: dict[str, tuple[Callable[[Event], str], Callable[[str], str]]] = {
        "month": (_month, _day),
        "year": (_year, _day_and_month),
        "agency": (lambda event: log.short((event.by or event.parties)[0]), dates.shown),
        "partnership": (lambda event: names.get(event.partnership or "", "Outside any partnership"), dates.shown),
        "act": (lambda event: event.act, dates.shown),
    }
    return headings[group_by]


def _screen(name: str, screen: Callable[[Event], Spans]) -> Column:
    return Column(name, screen, "", screen, plain=False, data=False)


def _month(event: Event) -> str:
    return dates.shown(event.date.rstrip("~")[:7])


def _year(event: Event) -> str:
    return event.date[:4]


def _day(date: str) -> str:
    return date[8:].lstrip("0")


def _day_and_month(date: str) -> str:
    return dates.shown(date, year=False) if len(date) > 4 else ""


def _vague(event: Event) -> str:
    return "~" if dates.is_vague(event.date) or event.date.endswith("~") else ""


def _who(log: Log, event: Event, seen_from: frozenset[str] | None) -> Spans:
    """Who took the step towards whom; the one agency asked for stands unnamed at the near end of the arrow."""
    if seen_from is None or seen_from.isdisjoint(event.parties):
        if not event.by:
            return _names(log, event.parties, ", " if event.act == "context" else " ↔ ")
        return (*_names(log, event.by), *_towards("→", log, event.against))
    others = [party for party in event.parties if party not in seen_from]
    if event.act == "context" and not event.by:
        return _names(log, others)
    if seen_from.isdisjoint(event.by) and event.by:
        return _towards("←", log, event.by)[1:]
    targets = [party for party in event.against if party not in seen_from]
    return _towards("→" if targets else "↔", log, targets or others)[1:]


def _towards(arrow: str, log: Log, actors: Sequence[str]) -> Spans:
    return ((" ", ""), (f"{arrow} ", ""), *_names(log, actors)) if actors else ()


def _names(log: Log, actors: Sequence[str], joint: str = ", ") -> Spans:
    most = MOST_NAMED if len(actors) > MOST_NAMED + 1 else len(actors)
    spans = [span for actor in actors[:most] for span in ((joint, ""), (log.short(actor), "bold"))][1:]
    return (*spans, (f" +{len(actors) - most}", "dim")) if len(actors) > most else tuple(spans)


def _what(event: Event, details: bool, then: bool) -> Spans:
    """The title, how long it lasted, and what became (or, as of a day, had become by then) of a step not done at once."""
    spans: list[tuple[str, str]] = [(event.title, "")]
    if event.end is not None:
        spans.append((f" · to {dates.shown(event.end, year=event.end[:4] != event.date[:4])}", "dim"))
    if event.modality not in ("done", "threatened"):
        spans.append((f" · {event.modality}", event.modality))
    if event.outcome is not None:
        status, day, _ = event.outcome
        words = status.replace("-", " ") + (" then" if then and status == "pending" else "")
        if day is not None:
            words += f" {dates.shown(day, year=day[:4] != event.date[:4])}"
        spans += [(", " if event.modality != "threatened" else " · ", ""), (words, status)]
    if details:
        spans.append((f" — {event.summary}", "dim"))
    return tuple(spans)


def _foot(events: Iterable[Event]) -> Spans:
    """`5 ended · 3 suspended · 3 threats (1 carried out, 2 reversed) · 2 agreed`."""
    done = Counter(event.act for event in events if event.modality == "done")
    spans: list[tuple[str, str]] = []
    for act, counted in _COUNTED.items():
        if done[act]:
            spans += [(" · ", "dim"), (f"{done[act]} {counted}", act)]
    for modality, noun in (("threatened", "threat"), ("announced", "announced"), ("reported", "reported")):
        became = Counter(event.outcome.status for event in events if event.outcome and event.modality == modality)
        if number := became.total():
            plural = "s" if modality == "threatened" and number != 1 else ""
            told = ", ".join(f"{became[status]} {status.replace('-', ' ')}" for status in OUTCOMES if became[status])
            spans += [(" · ", "dim"), (f"{number} {noun}{plural}", modality), (f" ({told})", "")]
    return tuple(spans[1:])
