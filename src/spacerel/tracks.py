"""Which tracks a person's events make, and how each of them stood: a partnership's, an agency's or an act's.

A track has stretches of standing and the steps that were asked for. `spacerel.lanes` draws them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from spacerel import dates, network, relations
from spacerel.dates import Period, first_day, last_day
from spacerel.model import ACTS, OPEN_STANDINGS, Event, Log
from spacerel.standing import NONE, Course, Spell, opening

MOST_CONTEXT = 6
"""Settings that a ruler names; the rest are counted."""

OUTSIDE = "outside any partnership"
"""The name of the track of steps that belong to no partnership."""


class Stretch(NamedTuple):
    """Days with one standing, two joined by `/` where a vague date leaves it open; `last` is None while it goes on."""

    standing: str
    first: str
    last: str | None


class Track(NamedTuple):
    """A lane. `agency` is the one it is seen from, `group` the heading it stands under (both None where there is none).

    `standing` is that of the last day shown, `since` its beginning as the log dates it; of a partnership seen from an agency
    it is that agency's standing in it, and `others` that of the whole where it differs.
    """

    agency: str | None
    group: str | None
    id: str
    name: str
    parties: tuple[str, ...]
    steps: tuple[Event, ...]
    stretches: tuple[Stretch, ...] = ()
    standing: str | None = None
    since: str | None = None
    closed_by: Event | None = None
    successors: tuple[str, ...] = ()
    others: str = ""
    last_event: str | None = None


def period_shown(tracks: Sequence[Track], asked: Period, day: str) -> Period:
    """The days that a scale needs: the period asked for, from the first of the tracks on where it has no beginning, up to a day.

    A step later than that day is still shown.
    """
    begin = asked.first
    dated = [first_day(event.date) for track in tracks for event in track.steps]
    if asked.first == dates.FIRST_DAY:
        begin = min([*dated, *(one.first for track in tracks for one in track.stretches)], default=day)
    newest = max([*dated, day])
    return Period(begin, max(begin, min(asked.last, newest)))


def by_partnership(
    log: Log,
    courses: Mapping[str, Course],
    events: Iterable[Event],
    period: Period,
    day: str,
    agency: str | None = None,
) -> list[Track]:
    """A track for each partnership that the events belong to, and for the steps outside of any."""
    steps: dict[str, list[Event]] = {}
    for event in events:
        if event.act != "context":
            steps.setdefault(event.partnership or "", []).append(event)
    lineage = log.lineage(agency) if agency is not None else frozenset[str]()
    replaced = relations.successors(log, day)
    newest = {event.partnership: event.id for event in log.events if first_day(event.date) <= day}
    tracks = []
    for key, own in steps.items():
        if not key:
            parties = tuple(dict.fromkeys(party for event in own for party in event.parties))
            tracks.append(Track(agency, None, "", OUTSIDE, parties, tuple(own)))
            continue
        partnership, course = log.partnerships[key], courses[key]
        if agency is None:
            group: str | None = partnership.topic
        else:
            group = None if relations.is_accession(course) else _partner(log, partnership.parties, agency, lineage)
        standing_on = _seen_from(course, lineage)
        whole, standing = course.standing_on(day), standing_on(day)
        spell, closing = _spell(course, lineage, day)
        tracks.append(
            Track(
                agency,
                group,
                key,
                partnership.name,
                tuple(dict.fromkeys((*partnership.parties, *course.latest.parties))),
                tuple(own),
                stretches([course], standing_on, period, day),
                standing,
                _since(spell, closing),
                closing,
                tuple(one.partnership for one in replaced.get(key, ())),
                whole if whole != standing and network.is_open(whole) else "",
                newest.get(key),
            )
        )
    return _ranked(tracks)


def by_agency(
    log: Log,
    courses: Mapping[str, Course],
    events: Iterable[Event],
    period: Period,
    day: str,
    agency: str | None = None,
) -> list[Track]:
    """A track for each partner of an agency, or for each actor where none is given: its liveliest tie, and its steps.

    What states accede to is no tie between them, unless nothing else was asked for.
    """
    steps = [event for event in events if event.act != "context"]
    treaties = {key for key, course in courses.items() if relations.is_accession(course)}
    steps = [event for event in steps if event.partnership not in treaties] or steps
    lineage = log.lineage(agency) if agency is not None else frozenset[str]()
    own: dict[str, list[Event]] = {}
    for event in steps:
        for party in event.parties:
            if party not in lineage:
                own.setdefault(party, []).append(event)
    tracks = []
    for actor, taken in own.items():
        shared = [
            course
            for key, course in courses.items()
            if actor in course.latest.parties
            and key not in treaties
            and (agency is None or not lineage.isdisjoint(course.latest.parties))
        ]
        standing_on = _tie(shared, actor, lineage)
        tracks.append(
            Track(
                agency,
                None,
                actor,
                log.short(actor),
                (agency, actor) if agency else (actor,),
                tuple(taken),
                stretches(shared, standing_on, period, day),
                standing_on(day) if shared else None,
                last_event=taken[-1].id,
            )
        )
    return _ranked(tracks)


def by_act(
    log: Log,
    courses: Mapping[str, Course],
    events: Iterable[Event],
    period: Period,
    day: str,
    agency: str | None = None,
) -> list[Track]:
    """A track for each act among the events, without a standing."""
    steps: dict[str, list[Event]] = {act: [] for act in ACTS if act != "context"}
    for event in events:
        if event.act in steps:
            steps[event.act].append(event)
    return _ranked(
        [
            Track(agency, None, act, act, (agency,) if agency else (), tuple(own), last_event=own[-1].id)
            for act, own in steps.items()
            if own
        ]
    )


Sorting = Callable[[Log, Mapping[str, Course], Iterable[Event], Period, str, str | None], list[Track]]
LANES: Mapping[str, Sorting] = {"partnership": by_partnership, "agency": by_agency, "act": by_act}
"""What a lane may be -> what makes the tracks of events."""


def stretches(
    courses: Sequence[Course], standing_on: Callable[[str], str], period: Period, day: str
) -> tuple[Stretch, ...]:
    """The standings that touch a period, told as of a day; their first and last days may lie outside of it."""
    turns = {
        spell.first
        for course in courses
        for history in (course.earliest, course.latest)
        for spells in (history.spells, *history.parties.values())
        for spell in spells
        if spell.first <= day
    }
    found: list[Stretch] = []
    for turn in sorted(turns):
        standing = standing_on(turn)
        if found and found[-1].standing == standing:
            continue
        if found:
            found[-1] = found[-1]._replace(last=dates.day_before(turn))
        found.append(Stretch(standing, turn, None))
    return tuple(
        one
        for one in found
        if one.standing != NONE and one.first <= period.last and (one.last is None or one.last >= period.first)
    )


def context_of(log: Log, events: Iterable[Event], tracks: Iterable[Track], period: Period) -> list[Event]:
    """The settings within a period that were asked for or that steps of the tracks go back to, by date."""
    found = {event.id: event for event in events if event.act == "context"}
    for causes in _causes(log, tracks).values():
        found.update({cause.id: cause for cause in causes if cause.act == "context"})
    return sorted(
        (
            event
            for event in found.values()
            if period.first <= last_day(event.date) and first_day(event.date) <= period.last
        ),
        key=lambda event: (last_day(event.date), event.id),
    )


def most_telling(log: Log, context: Sequence[Event], tracks: Iterable[Track]) -> list[Event]:
    """Those of the settings that most steps go back to, by date."""
    weight = dict.fromkeys((event.id for event in context), 0)
    for causes in _causes(log, tracks).values():
        for cause in causes:
            if cause.id in weight:
                weight[cause.id] += 1
    chosen = sorted(context, key=lambda event: -weight[event.id])[:MOST_CONTEXT]
    return [event for event in context if event in chosen]


def _causes(log: Log, tracks: Iterable[Track]) -> dict[str, tuple[Event, ...]]:
    """Step -> all that it goes back to."""
    found: dict[str, tuple[Event, ...]] = {}
    for event in {event.id: event for track in tracks for event in track.steps}.values():
        seen: dict[str, Event] = {}
        ahead = list(event.because)
        while ahead:
            cause = log.event(ahead.pop())
            if cause.id not in seen:
                seen[cause.id] = cause
                ahead.extend(cause.because)
        found[event.id] = tuple(seen.values())
    return found


def _ranked(tracks: Iterable[Track]) -> list[Track]:
    """Those with the most steps first, so that a limit leaves out the quietest."""
    return sorted(tracks, key=lambda track: (-len(track.steps), track.steps[0].date, track.id))


def _seats(course: Course, lineage: frozenset[str]) -> list[str | None]:
    """The parties whose standing an agency sees: itself and its predecessors, or the whole where none of them is in."""
    return [party for party in course.latest.parties if party in lineage] or [None]


def _seat(course: Course, lineage: frozenset[str], day: str) -> str | None:
    """The seat with the liveliest standing; None, for the whole, where the others have left the agency alone in it."""
    seat = min(_seats(course, lineage), key=lambda seat: network.liveliest(course.standing_on(day, seat)))
    whole = course.standing_on(day)
    alone = whole != NONE and network.is_open(course.standing_on(day, seat)) and not network.is_open(whole)
    return None if alone else seat


def _seen_from(course: Course, lineage: frozenset[str]) -> Callable[[str], str]:
    return lambda day: course.standing_on(day, _seat(course, lineage, day))


def _spell(course: Course, lineage: frozenset[str], day: str) -> tuple[Spell | None, Event | None]:
    """The spell that an agency sees on a day, and the event that closed it."""
    seat = _seat(course, lineage, day)
    spell = course.spells_on(day, seat)[-1]
    if spell is None or spell.standing in OPEN_STANDINGS:
        return spell, None
    spells = course.latest.spells if seat is None else course.latest.parties[seat]
    return spell, opening(spells, spell)


def _partner(log: Log, parties: Sequence[str], agency: str, lineage: frozenset[str]) -> str:
    """The first-named party that is not of the agency's own country, else the first other one, else the agency."""
    others = [party for party in parties if party not in lineage]
    country = log.actors[agency].country
    abroad = [party for party in others if country is None or log.actors[party].country != country]
    return next(iter((*abroad, *others)), agency)


def _since(spell: Spell | None, closing: Event | None) -> str | None:
    """The date of the step that a spell counts from, as vague as the log has it; else its first day."""
    if spell is None:
        return None
    dated = (event.date for event in (closing, spell.opened) if event is not None)
    return next((one for one in dated if first_day(one) <= spell.since <= last_day(one)), spell.since)


def _tie(courses: Sequence[Course], actor: str, lineage: frozenset[str]) -> Callable[[str], str]:
    """On a day: the liveliest of the ties that an actor has with an agency, or with anybody."""

    def standing_on(day: str) -> str:
        ties = []
        for course in courses:
            own = [_seen_from(course, lineage)(day)] if lineage else []
            ties.append(max((course.standing_on(day, actor), *own), key=network.liveliest))
        return min(ties, key=network.liveliest, default=NONE)

    return standing_on
