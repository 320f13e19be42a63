"""spacerel why: what led to an event, and what it led to."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates, relations
from spacerel.errors import UsageError
from spacerel.model import ACTS, CLOSED_STANDINGS, Actor, Event, Log, Partnership
from spacerel.options import record_ids
from spacerel.query import Query
from spacerel.relations import Link
from spacerel.selection import Filters, resolve_records, select
from spacerel.standing import opening, spell_on
from spacerel.table import GLYPHS, Column, Spans, Table, mark

DEPTH = 5
"""Steps of a chain that are followed, if not told otherwise."""


class _Row(NamedTuple):
    """A place in the tree: `depth` is below 0 for causes, 0 for the event itself, above 0 for consequences."""

    depth: int
    event: Event
    parent: Event | None = None
    again: bool = False
    cut: int = 0


def why(
    query: Query,
    record: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="An event or a partnership: its id, or a unique part of it.", autocompletion=record_ids
        ),
    ],
    depth: Annotated[
        int, typer.Option("--depth", min=1, metavar="N", help="Steps of a chain that are followed.")
    ] = DEPTH,
    root: Annotated[
        bool, typer.Option("--root", help="All that goes back to it, counted and in order of date.")
    ] = False,
) -> Table:
    """What led to an event, and what did it lead to?

    The causes that the sources name, and theirs; below the event what names it as a cause or took over, with outcomes.
    A partnership stands for the step that made it what it is on the day. Filters keep what they let through, and what leads
    to it. Examples: spacerel why oneweb-ultimatum, spacerel why --root invasion-of-ukraine --agency esa
    """
    event = _meant(query, record)
    if root:
        return _all_traced(query, event)
    log, led_to, took_over = query.log, relations.consequences(query.log), _took_over(query)
    wanted = None if query.filters == Filters() else frozenset(one.id for one in query.events())
    causes = relations.chain(event, _leading_to(lambda one: relations.because(log, one), wanted), depth)
    effects = relations.chain(
        event,
        _leading_to(lambda one: _by_date(led_to.get(one.id, ()), took_over.get(one.id, ())), wanted),
        depth,
    )
    rows = [
        *(_row(link, -link.depth) for link in causes),
        _Row(0, event),
        *(_row(link, link.depth) for link in effects),
    ]
    told = f"{_counted(causes, 'cause')}, {_counted(effects, 'consequence')}"
    return Table(
        command="why",
        title=query.title("Why", told),
        columns=_TREE,
        rows=rows,
        query={"id": event.id, "depth": depth},
        fixed=True,
        draw=lambda found, _: _drawn(log, found),
        notes=_notes(rows, depth),
    )


def _meant(query: Query, word: str) -> Event:
    """The event that a word stands for. Raises UsageError where it is an actor, or a partnership without a step."""
    for record in resolve_records(query.log, word):
        if isinstance(record, Event):
            return record
        if isinstance(record, Partnership):
            course = query.courses[record.id]
            spell = course.spells_on(query.as_of)[-1]
            step = None if spell is None else opening(course.latest.spells, spell)
            if step is None:
                raise UsageError(
                    f"no step in the log made {record.id} what it is on {dates.shown(query.as_of)}. "
                    f"Its steps: spacerel show {record.id}"
                )
            return step
        assert isinstance(record, Actor)
    raise UsageError(f'"{word}" is an actor. Name an event or a partnership: spacerel timeline --agency {word}')


def _took_over(query: Query) -> dict[str, list[Event]]:
    """A step that closed a partnership, by id -> the steps by which others took over its job."""
    found: dict[str, list[Event]] = {}
    for key, successors in relations.successors(query.log, query.as_of).items():
        spells = query.courses[key].latest.spells
        spell = spell_on(spells, query.as_of)
        if spell is not None and spell.standing in CLOSED_STANDINGS and (step := opening(spells, spell)) is not None:
            found[step.id] = [one.event for one in successors if one.event.id != step.id]
    return found


def _by_date(*events: Iterable[Event]) -> list[Event]:
    return sorted({one.id: one for some in events for one in some}.values(), key=lambda one: dates.first_day(one.date))


def _leading_to(
    following: Callable[[Event], Iterable[Event]], wanted: frozenset[str] | None
) -> Callable[[Event], list[Event]]:
    """What follows an event; of that, where something is wanted, only what is it or leads to it."""
    leads: dict[str, bool] = {}

    def leads_on(event: Event) -> bool:
        if event.id not in leads:
            leads[event.id] = wanted is None or event.id in wanted or any(leads_on(one) for one in following(event))
        return leads[event.id]

    return lambda event: [one for one in following(event) if leads_on(one)]


def _row(link: Link, depth: int) -> _Row:
    return _Row(depth, link.event, link.parent, link.again, link.cut)


def _counted(links: Sequence[Link], noun: str) -> str:
    number = sum(not link.again for link in links)
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _notes(rows: Sequence[_Row], depth: int) -> tuple[str, ...]:
    cut = sum(row.cut for row in rows)
    return (f"{cut} more lie deeper: --depth {depth + 2}",) if cut else ()


def _drawn(log: Log, rows: Sequence[_Row]) -> Iterator[Spans]:
    """Causes, the event, consequences, each as far in as it is away."""
    before, own, after = ([row for row in rows if (row.depth > 0) - (row.depth < 0) == sign] for sign in (-1, 0, 1))
    if before:
        yield (("Because", "dim"),)
        yield from _tree(log, before)
    for row in own:
        yield (("", ""), *_told(log, row.event, bold=True))
    if after:
        yield (("Led to", "dim"),)
        yield from _tree(log, after)


def _tree(log: Log, rows: Sequence[_Row]) -> Iterator[Spans]:
    for place, row in enumerate(rows):
        depth = abs(row.depth)
        rails = []
        for level in range(1, depth + 1):
            later = next((abs(one.depth) for one in rows[place + 1 :] if abs(one.depth) <= level), 0)
            goes_on = later == level
            rails.append(("├─" if goes_on else "└─") if level == depth else ("│ " if goes_on else "  "))
        yield (("".join(rails), "dim"), *_told(log, row.event, again=row.again))


def _told(log: Log, event: Event, bold: bool = False, again: bool = False) -> Spans:
    """`● 21 Mar 2022  OneWeb signs with SpaceX · takes over from OneWeb launches on Soyuz`."""
    spans: list[tuple[str, str]] = [(f"{GLYPHS[event.act][0]} ", event.act), (f"{dates.marked(event.date)}  ", "dim")]
    spans.append((event.title, "dim" if again else "bold" if bold else ""))
    if again:
        return (*spans, (" · see above", "dim"))
    if event.modality not in ("done", "threatened"):
        spans.append((f" · {event.modality}", event.modality))
    if event.outcome is not None:
        day = f" {dates.shown(event.outcome.date)}" if event.outcome.date else ""
        spans += [(" · ", ""), (f"{event.outcome.status.replace('-', ' ')}{day}", event.outcome.status)]
    if event.replaces and event.modality == "done":
        names = ", ".join(log.partnerships[key].name for key in event.replaces)
        spans.append((f" · takes over from {names}", "resume"))
    return tuple(spans)


def _all_traced(query: Query, root: Event) -> Table:
    """Every step that goes back to an event, nearest causes named, with what it did to partnerships at the foot."""
    log = query.log
    distances = relations.traced(log, root)
    rows = [event for event in select(log, query.filters) if event.id in distances]
    glyph = GLYPHS[root.act][0]
    return Table(
        command="why",
        title=query.title(f"Traced to {glyph} {root.title}", f"{len(rows)} step{'' if len(rows) == 1 else 's'}"),
        columns=_traced_columns(log, root, distances),
        rows=rows,
        group=(lambda event: event.date[:4]) if query.sorted_by is None else None,
        notes=_traced_foot(query, rows),
        query={"id": root.id, "root": True},
        nothing=f"No event that was asked for goes back to {root.id}.",
    )


def _traced_foot(query: Query, rows: Sequence[Event]) -> tuple[Spans, ...]:
    done = Counter(event.act for event in rows if event.modality == "done")
    spans: list[tuple[str, str]] = []
    for act in ACTS:
        if done[act]:
            spans += [(" · ", "dim")] * bool(spans) + [(f"{done[act]} {act}", act)]
    said = sum(event.modality != "done" for event in rows)
    if said:
        spans += [(" · ", "dim")] * bool(spans) + [(f"{said} threatened, announced or reported", "threaten")]
    ids = {event.id for event in rows}
    broken = {
        row.partnership.id
        for row in relations.breaks(query.log, query.courses, query.log.partnerships.values(), query.as_of)
        if row.event.id in ids
    }
    took_over = {event.partnership for event in rows if event.replaces and event.modality == "done"}
    effects = f"{len(broken)} partnerships broken by these steps, {len(took_over)} that took over from others"
    return (*((tuple(spans),) if spans else ()), *((((effects, ""),),) if broken or took_over else ()))


def _traced_columns(log: Log, root: Event, distances: dict[str, int]) -> tuple[Column, ...]:
    def nearest(event: Event) -> list[str]:
        return [cause for cause in event.because if cause == root.id or cause in distances]

    def via(event: Event) -> Spans:
        far = [cause for cause in nearest(event) if cause != root.id]
        return (("← " + "; ".join(log.event(cause).title for cause in far), "dim"),) if far else (("directly", "dim"),)

    def day(event: Event) -> Spans:
        date = event.date.rstrip("~")
        return ((dates.mark(event.date) + (dates.shown(date, year=False) if len(date) > 4 else ""), "dim"),)

    return (
        Column("date", lambda event: event.date, "", day, right=True),
        Column("act", lambda event: event.act, "", lambda event: mark(event.act)),
        Column("title", lambda event: event.title, "", lambda event: _told(log, event)[2:], flexible=True),
        Column("because", nearest, "", via, flexible=True),
        Column("steps_away", lambda event: distances[event.id]),
        Column("partnership", lambda event: event.partnership),
        Column("parties", lambda event: event.parties, plain=False),
        Column("id", lambda event: event.id),
    )


def _column(name: str, value: Callable[[_Row], Any], plain: bool = True) -> Column:
    return Column(name, value, plain=plain)


_TREE = (
    _column("depth", lambda row: row.depth),
    _column("date", lambda row: row.event.date),
    _column("act", lambda row: row.event.act),
    _column("title", lambda row: row.event.title),
    _column("id", lambda row: row.event.id),
    _column("parent", lambda row: row.parent.id if row.parent else None),
    _column("again", lambda row: row.again),
    _column("partnership", lambda row: row.event.partnership, plain=False),
    _column("outcome", lambda row: row.event.outcome.status if row.event.outcome else None, plain=False),
    _column("replaces", lambda row: row.event.replaces, plain=False),
)
