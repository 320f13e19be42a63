"""spacerel timeline: what happened, step by step, in order of date."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated

import typer

from spacerel import dates
from spacerel.errors import UsageError, unknown
from spacerel.exports import _record
from spacerel.model import OUTCOMES, Event, Log
from spacerel.options import agency_ids
from spacerel.query import Query
from spacerel.table import Column, Spans, Table, mark

MOST_NAMED = 3
"""Counterparts that a line names; the rest are counted."""

YEARS_BY_MONTH = 3
"""A span of more years than this is grouped by year."""

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
    view: Annotated[str, typer.Option("--view", metavar="WHAT", help="list, lanes or calendar.")] = "list",
    lanes_by: Annotated[
        str | None,
        typer.Option("--lanes-by", metavar="WHAT", help="A lane a partnership (the default), agency or act."),
    ] = None,
    compare: Annotated[
        list[str] | None,
        typer.Option(
            "--compare",
            metavar="A,B",
            help="The lanes of two agencies or more on one scale.",
            autocompletion=agency_ids,
        ),
    ] = None,
    group_by: Annotated[
        str | None,
        typer.Option("--group-by", metavar="WHAT", help="The list by month, year, agency, partnership or act."),
    ] = None,
    details: Annotated[bool, typer.Option("--details", help="With the summary of each step.")] = False,
) -> Table:
    """What happened, step by step, in order of date.

    Arrows are seen from the one agency asked for: → it took the step, ← the other side did, ↔ both together. Without one
    they lead from who took it to the others. ~ stands before a date that is not known to the day. --group-by agency puts a
    step under the first-named partner of the agency asked for, else under who took it.

    --view lanes draws a track for each partnership that the steps belong to, grouped by partner, or without one agency by
    topic: its standing over the whole period and its steps. Seen from an agency it is that agency's standing. A data format
    gives a row a track, with spells as standing, first and last day (none: it goes on). Example: spacerel timeline --view
    lanes --agency roscosmos --period 2022

    --view calendar counts steps by year and month. A data format gives a row a month: year, month, events; month is empty
    for steps known only to the year.
    """
    if view not in _VIEWS:
        raise unknown("value of --view", view, _VIEWS, f"{', '.join(_VIEWS)}.")
    own = {"--lanes-by": lanes_by, "--compare": compare, "--group-by": group_by, "--details": details}
    for option, value in own.items():
        if value and option not in _VIEWS[view]:
            right = next(name for name, options in _VIEWS.items() if option in options)
            raise UsageError(f"{option} goes with --view {right}, not with --view {view}.")
    if view == "list":
        return _list(query, group_by, details)
    from spacerel.commands import _views

    return _views.calendar(query) if view == "calendar" else _views.lanes(query, lanes_by or "partnership", compare)


def _list(query: Query, group_by: str | None, details: bool) -> Table:
    events, log = query.events(), query.log
    by_date = query.sorted_by in (None, "date", "date_start", "date_end")
    seen_from = query.agency_ids if len(query.agencies) == 1 else None
    if group_by is None:
        years = {event.date[:4] for event in events}
        by_month = not years or int(max(years)) - int(min(years)) < YEARS_BY_MONTH
        grouping = None if not by_date else "month" if by_month else "year"
    elif group_by not in _GROUPS:
        raise unknown("value of --group-by", group_by, _GROUPS, f"{', '.join(_GROUPS)}.")
    elif query.sorted_by is not None and not (by_date and group_by in ("month", "year")):
        raise UsageError(f"--group-by {group_by} and --sort {query.sorted_by} ask for two orders. Choose one.")
    else:
        grouping = group_by
    day = _DAYS.get(grouping or "", dates.shown)

    def when(event: Event) -> Spans:
        return ((dates.mark(event.date) + day(event.date.rstrip("~")), "dim"),)

    group = _GROUPS[grouping](log, seen_from) if grouping is not None else None
    if group is not None and grouping not in _DAYS:
        events = _by_group(events, group)
    whole = len(query.whole_log.events)
    counted = f"{len(events)} of {whole} events" if len(events) < whole else f"{whole} events"
    return Table(
        command="timeline",
        title=query.title("" if query.agencies else "All agencies", counted),
        columns=(
            _screen("day", when)._replace(right=True),
            _screen("step", lambda event: mark(event.act)),
            _screen("who", lambda event: who(log, event, seen_from))._replace(flexible=True),
            _screen("what", lambda event: _what(event, details, query.as_of_asked))._replace(flexible=True),
            *_RECORD,
            *_DATA,
        ),
        rows=events,
        group=group,
        notes=(_foot(events),) if events else (),
    )


_VIEWS = {"list": ("--group-by", "--details"), "lanes": ("--lanes-by", "--compare"), "calendar": ()}
"""View -> the options that go with it."""


def _screen(name: str, screen: Callable[[Event], Spans]) -> Column:
    return Column(name, screen, "", screen, plain=False, data=False)


Group = Callable[[Event], str]


def _month(event: Event) -> str:
    return dates.shown(event.date.rstrip("~")[:7])


def _year(event: Event) -> str:
    return event.date[:4]


def _agency(log: Log, seen_from: frozenset[str] | None) -> Group:
    """The first-named partner of the one agency asked for, else the first of those who took the step."""

    def group(event: Event) -> str:
        others = [party for party in event.parties if party not in (seen_from or ())]
        return log.short(next(iter((*event.by, *others) if seen_from is None else (*others, *event.parties))))

    return group


def _partnership(log: Log, seen_from: frozenset[str] | None) -> Group:
    return lambda event: log.partnerships[event.partnership].name if event.partnership else "Outside any partnership"


_GROUPS: dict[str, Callable[[Log, frozenset[str] | None], Group]] = {
    "month": lambda log, seen_from: _month,
    "year": lambda log, seen_from: _year,
    "agency": _agency,
    "partnership": _partnership,
    "act": lambda log, seen_from: lambda event: event.act,
}
"""Value of --group-by -> what gives an event its heading."""


def _by_group(events: Sequence[Event], group: Group) -> list[Event]:
    """The events of a group together, the group with the most events first, within one by date as before."""
    sizes = Counter(map(group, events))
    return sorted(events, key=lambda event: (-sizes[group(event)], group(event)))


def _day(date: str) -> str:
    return date[8:].lstrip("0")


def _day_and_month(date: str) -> str:
    return dates.shown(date, year=False) if len(date) > 4 else ""


_DAYS: dict[str, Callable[[str], str]] = {"month": _day, "year": _day_and_month}
"""Grouping -> how much of a date a line still has to say."""


def who(log: Log, event: Event, seen_from: frozenset[str] | None) -> Spans:
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
    for act, words in _COUNTED.items():
        if done[act]:
            spans += [(" · ", "dim"), (f"{done[act]} {words}", act)]
    for modality, words in (("threatened", "threat"), ("announced", "announced"), ("reported", "reported")):
        became = Counter(event.outcome.status for event in events if event.outcome and event.modality == modality)
        if number := became.total():
            plural = "s" if modality == "threatened" and number != 1 else ""
            told = ", ".join(f"{became[status]} {status.replace('-', ' ')}" for status in OUTCOMES if became[status])
            spans += [(" · ", "dim"), (f"{number} {words}{plural}", modality), (f" ({told})", "")]
    return tuple(spans[1:])
