"""The views of `spacerel timeline` that are drawn: lanes and calendar."""

from collections.abc import Sequence
from operator import attrgetter

from spacerel import dates, density, tracks
from spacerel import lanes as drawing
from spacerel.dates import Period
from spacerel.errors import UsageError, quoted, unknown
from spacerel.model import Event, Log
from spacerel.network import is_open
from spacerel.query import Query
from spacerel.selection import matching_partnerships, resolve_actor, split
from spacerel.table import Column, Table
from spacerel.tracks import Track

_COUNTED = {
    "partnership": ("partnership", "partnerships"),
    "agency": ("agency", "agencies"),
    "act": ("kind of step", "kinds of step"),
}
"""What a lane is -> the words for one and for several."""


def calendar(query: Query) -> Table:
    """How many events a year and a month."""
    events = query.events()
    whole = len(query.whole_log.events)
    months = density.by_month(events, query.period, query.as_of)
    return Table(
        command="timeline",
        title=query.title(
            "" if query.agencies else "All agencies",
            f"{len(events)} of {whole} events" if len(events) < whole else f"{whole} events",
        ),
        columns=tuple(Column(name, attrgetter(name)) for name in density.Month._fields),
        rows=months,
        query={"view": "calendar"},
        fixed=True,
        draw=lambda _, width: density.drawn(months[: query.options.get("limit")], width),
    )


def lanes(query: Query, lanes_by: str, compare: Sequence[str] | None) -> Table:
    """A track for each partnership, agency or act; those of several agencies one above the other on one scale."""
    if lanes_by not in tracks.LANES:
        raise unknown("value of --lanes-by", lanes_by, tracks.LANES, f"{', '.join(tracks.LANES)}.")
    log, day, events = query.log, query.last_day, query.events()
    compared = _compared(log, compare)
    seen_from: Sequence[str | None] = compared or (query.agencies if len(query.agencies) == 1 else (None,))
    asked = query.period or Period(dates.FIRST_DAY, dates.LAST_DAY)
    sections = [
        tracks.LANES[lanes_by](log, query.courses, _of(log, events, agency if compared else None), asked, day, agency)
        for agency in seen_from
    ]
    # The busiest first, so that a limit leaves out the quietest.
    rows = sorted((track for section in sections for track in section), key=lambda track: -len(track.steps))
    shown = rows[: query.options.get("limit") or drawing.MOST]
    period = tracks.period_shown(shown, asked, day)
    context = tracks.context_of(log, events, shown, period)
    told = tracks.most_telling(log, context, shown)
    screen = drawing.Lanes(
        log,
        period,
        day,
        tuple(
            (log.short(agency) if agency and compared else "", tuple(row for row in shown if row.agency == agency))
            for agency in seen_from
        ),
        tuple(told),
        len(context) - len(told),
        len(rows) - len(shown) if query.options.get("limit") is None else 0,
        _open_without_step(query, rows) if query.period is not None and lanes_by == "partnership" else 0,
    )
    names = " and ".join(log.short(agency) for agency in compared)
    counted = f"{len(events)} event{'' if len(events) == 1 else 's'}"
    only_context = f"Only context matches ({counted}), which has no lane of its own: leave --view lanes out."
    return Table(
        command="timeline",
        title=query.title(names or ("" if query.agencies else "All agencies"), _counted(rows, lanes_by)),
        columns=_COLUMNS,
        rows=rows,
        aside=f"on {dates.shown(day)}",
        query={"view": "lanes", "lanes_by": lanes_by, **({"compare": compared} if compared else {})},
        as_of=day,
        fixed=True,
        draw=lambda _, width: drawing.drawn(screen, width),
        nothing=only_context if events else "",
    )


def _compared(log: Log, compare: Sequence[str] | None) -> tuple[str, ...]:
    """The agencies whose lanes stand one above the other."""
    if not compare:
        return ()
    names = (actor.name for actor in log.actors.values())
    found = tuple(dict.fromkeys(resolve_actor(log, word) for word in split(compare, whole=names)))
    if len(found) < 2:
        raise UsageError(f"--compare takes two agencies or more, such as esa,nasa, not {quoted(','.join(compare))}.")
    return found


def _of(log: Log, events: Sequence[Event], agency: str | None) -> Sequence[Event]:
    """The events in which an agency, or a body whose work it took over, is a party."""
    if agency is None:
        return events
    lineage = log.lineage(agency)
    return [event for event in events if not lineage.isdisjoint(event.parties)]


def _open_without_step(query: Query, rows: Sequence[Track]) -> int:
    """How many partnerships are open on the last day that had no step in the period that was asked for."""
    filters = query.filters._replace(period=None, strict_dates=False)
    with_steps = {row.id for row in rows}
    return sum(
        is_open(query.courses[one.id].standing_on(query.last_day))
        for one in matching_partnerships(query.log, filters)
        if one.id not in with_steps
    )


def _counted(rows: Sequence[Track], lanes_by: str) -> str:
    """`9 partnerships with 8 partners`."""
    number = len({row.id for row in rows if row.id})
    one, more = _COUNTED[lanes_by]
    partners = len({row.group for row in rows if row.agency and row.group})
    having = f" with {partners} partner{'' if partners == 1 else 's'}" if partners else ""
    return f"{number} {one if number == 1 else more}{having}"


_COLUMNS = (
    Column("agency", lambda row: row.agency),
    Column("partner", lambda row: row.group if row.agency else None),
    Column("id", lambda row: row.id or None),
    Column("name", lambda row: row.name),
    Column("parties", lambda row: row.parties, plain=False),
    Column("standing", lambda row: row.standing),
    Column("since", lambda row: row.since),
    Column("closed_by", lambda row: row.closed_by.id if row.closed_by else None),
    Column("because", lambda row: row.closed_by.because if row.closed_by else ()),
    Column("replaced_by", lambda row: row.successors),
    Column("last_event", lambda row: row.last_event, plain=False),
    Column("steps", lambda row: len(row.steps)),
    Column(
        "spells", lambda row: [f"{one.standing}:{one.first}..{one.last or ''}" for one in row.stretches], data=False
    ),
    Column("spells", lambda row: tuple(one._asdict() for one in row.stretches), plain=False),
)
