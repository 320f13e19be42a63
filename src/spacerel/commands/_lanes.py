"""The lanes of `spacerel timeline`: a track a partnership, an agency or an act, on one scale of days."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from spacerel import dates, lanes, relations
from spacerel.errors import UsageError
from spacerel.lanes import Track
from spacerel.model import ACTS, Event, Log
from spacerel.query import Query
from spacerel.relations import ACCESSION_SIZE
from spacerel.selection import resolve_actor, split
from spacerel.standing import Course
from spacerel.table import Column, Spans, Table, mark

MOST = 40
"""Tracks of a screen, those with the most steps; the rest are counted."""


OTHERS = "Others, one partnership each"


class Lane(NamedTuple):
    """A row: the track, with what the data formats tell of it."""

    id: str
    section: str
    track: Track
    standing: str | None = None
    since: str | None = None
    spells: tuple[tuple[str, str, str | None], ...] = ()
    replaced_by: tuple[str, ...] = ()


def table(query: Query, by: str, compare: str | None) -> Table:
    """The lanes of what was asked for. Raises UsageError where --compare names fewer than two agencies."""
    log = query.log
    sections = _sections(query, compare)
    lanes_of = {"partnership": _by_partnership, "agency": _by_agency, "act": _by_act}[by]
    every = [lane for section, asked in sections for lane in lanes_of(asked, section)]
    kept = sorted(every, key=lambda lane: -len(lane.track.steps))[: query.options.get("limit") or MOST]
    rows = [lane for lane in every if lane in kept]
    steps = [step for lane in rows for step in lane.track.steps]
    settings = _settings(log, [event for _, asked in sections for event in asked.events()], steps)
    first, last = _days(query, [*steps, *settings])
    left_out = (
        f"{len(every) - len(rows)} more tracks with fewer steps: --limit {len(every)}" if len(rows) < len(every) else ""
    )
    one, several = {
        "partnership": ("partnership", "partnerships"),
        "agency": ("agency", "agencies"),
        "act": ("kind of steps", "kinds of steps"),
    }[by]
    names = ", ".join(name for name, _ in sections if name)
    return Table(
        command="timeline",
        title=query.title(names, f"{len(every)} {one if len(every) == 1 else several}", agencies=not names),
        aside=f"on {dates.shown(query.last_day)}" if by == "partnership" else "",
        columns=_COLUMNS,
        rows=rows,
        query={"view": "lanes", "lanes_by": by, **({"compare": [name for name, _ in sections]} if compare else {})},
        as_of=query.last_day,
        draw=lambda found, width: lanes.drawn(
            [lane.track for lane in found], settings, first, last, width, [name for name, _ in sections if name]
        ),
        notes=(left_out,) if left_out else (),
    )


def _sections(query: Query, compare: str | None) -> list[tuple[str, Query]]:
    """What is drawn one above the other: the agencies that are compared, else all in one."""
    if compare is None:
        return [("", query)]
    ids = list(dict.fromkeys(resolve_actor(query.log, word) for word in split([compare])))
    if len(ids) < 2:
        raise UsageError("--compare takes two agencies or more: --compare esa,nasa")
    if query.agencies:
        raise UsageError("--compare and --agency both name agencies. Choose one.")
    return [(query.log.short(one), Query({**query.options, "agency": [one]})) for one in ids]


def _days(query: Query, events: Sequence[Event]) -> tuple[str, str]:
    """The scale: the period that was asked for, else from the first to the last step."""
    first, last = lanes.span(events) if events else (query.as_of, query.as_of)
    if query.period is not None:
        first = max(query.period.first, dates.FIRST_DAY) if query.period.first != dates.FIRST_DAY else first
        last = query.period.last if query.period.last != dates.LAST_DAY else last
    return first, max(first, last)


def _settings(log: Log, asked: Sequence[Event], steps: Sequence[Event]) -> list[Event]:
    """Settings that were asked for, and those that the steps name as causes, most often named first, in order of date."""
    named = Counter(cause for step in steps for cause in step.because)
    first, last = min((step.date for step in steps), default=""), max((step.date for step in steps), default="")
    found = {event.id: event for event in asked if event.act == "context"}
    for key in named:
        event = log.event(key)
        if event.act == "context" and first[:4] <= event.date[:4] <= last[:4]:
            found[key] = event
    often = sorted(found.values(), key=lambda event: (-named[event.id], event.date))[:6]
    return sorted(often, key=lambda event: dates.first_day(event.date))


def _by_partnership(query: Query, section: str) -> list[Lane]:
    """A track a partnership that had a step, under the partner; without an agency, under the topic."""
    log, day, ours = query.log, query.last_day, query.agency_ids
    steps: dict[str, list[Event]] = {}
    for event in query.events():
        if event.partnership is not None:
            steps.setdefault(event.partnership, []).append(event)
    took_over = relations.successors(log, day)
    found = []
    for key, own in steps.items():
        partnership, course = log.partnerships[key], query.courses[key]
        successors = tuple(dict.fromkeys(one.partnership for one in took_over.get(key, ())))
        others = [party for party in course.latest.parties if ours is None or party not in ours]
        group = partnership.topic if ours is None else _partner(log, others)
        track = Track(partnership.name, section or group, tuple(own), course, _ending(log, course, day, successors))
        found.append(
            Lane(
                key,
                group,
                track,
                course.standing_on(day),
                _since(course, day),
                tuple((spell.standing, spell.first, spell.last) for spell in course.latest.spells),
                successors,
            )
        )
    sizes = Counter(lane.section for lane in found)
    if not section and ours is not None and len(sizes) > 1:
        found = [
            lane if sizes[lane.section] > 1 else lane._replace(track=lane.track._replace(group=OTHERS))
            for lane in found
        ]
    return sorted(
        found, key=lambda lane: (-sizes[lane.section], lane.track.group, dates.first_day(lane.track.steps[0].date))
    )


def _partner(log: Log, others: Sequence[str]) -> str:
    if len(others) > ACCESSION_SIZE:
        return "Many states"
    return log.short(others[0]) if others else "Alone"


def _since(course: Course, day: str) -> str | None:
    spell = course.spells_on(day)[-1]
    if spell is None:
        return None
    return spell.opened.date if spell.opened is not None and spell.since == spell.first else spell.since


def _ending(log: Log, course: Course, day: str, successors: Sequence[str]) -> Spans:
    """`✕ broken 12 Jul 2022 → Rosalind Franklin rover`."""
    standing, since = course.standing_on(day), _since(course, day)
    spans: list[tuple[str, str]] = list(mark(standing))
    if lanes.closing(standing) and since:
        spans.append((f" {dates.shown(since)}", ""))
        if successors:
            more = f" +{len(successors) - 1}" if len(successors) > 1 else ""
            spans.append((f" → {log.partnerships[successors[0]].name}{more}", "dim"))
    return tuple(spans)


def _by_agency(query: Query, section: str) -> list[Lane]:
    """A track an actor that took part, with all its steps; those asked for are left out."""
    log, ours = query.log, query.agency_ids or frozenset()
    steps: dict[str, list[Event]] = {}
    for event in query.events():
        for party in event.parties:
            if party not in ours and event.act != "context":
                steps.setdefault(party, []).append(event)
    ordered = sorted(steps.items(), key=lambda item: (-len(item[1]), log.short(item[0])))
    return [Lane(key, section, Track(log.short(key), section, tuple(own), None, _number(own))) for key, own in ordered]


def _by_act(query: Query, section: str) -> list[Lane]:
    """A track a kind of step."""
    steps: dict[str, list[Event]] = {}
    for event in query.events():
        steps.setdefault(event.act, []).append(event)
    return [
        Lane(act, section, Track(act, section, tuple(steps[act]), None, _number(steps[act])))
        for act in ACTS
        if act in steps
    ]


def _number(steps: Sequence[Event]) -> Spans:
    return ((f"{len(steps)} step{'' if len(steps) == 1 else 's'}", "dim"),)


_COLUMNS = (
    Column("id", lambda lane: lane.id),
    Column("name", lambda lane: lane.track.label),
    Column("section", lambda lane: lane.section),
    Column("standing", lambda lane: lane.standing),
    Column("since", lambda lane: lane.since),
    Column("events", lambda lane: len(lane.track.steps)),
    Column("replaced_by", lambda lane: lane.replaced_by),
    Column("spells", lambda lane: [list(spell) for spell in lane.spells], plain=False),
    Column("event_ids", lambda lane: tuple(step.id for step in lane.track.steps), plain=False),
)
