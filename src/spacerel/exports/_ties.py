"""Who is tied to whom by the chosen events, and how each tie stood: what the graph exports draw."""

from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from spacerel.dates import day_before
from spacerel.model import CLOSED_STANDINGS, Event, Log, Partnership
from spacerel.standing import NONE, Course, Courses, liveliness, opening, spell_on


class State(NamedTuple):
    """A stretch of days with one standing, `first` to `last` inclusive; open where `last` is None.

    The standing is two, joined by `/`, where a vague date leaves it open.
    """

    standing: str
    first: str
    last: str | None

    @property
    def closed(self) -> bool:
        """Whether no reading of the dates leaves the tie open."""
        return all(standing in CLOSED_STANDINGS or standing == NONE for standing in self.standing.split("/"))


class Tie(NamedTuple):
    """Two actors in one partnership. `steps` counts the chosen events of the partnership, `ended_by` names who closed it."""

    id: str
    actors: tuple[str, str]
    partnership: Partnership
    states: tuple[State, ...]
    steps: int
    ended_by: tuple[str, ...]

    def standing_on(self, day: str) -> str:
        """The less lively of the two actors' standings on a day."""
        found = [state.standing for state in self.states if state.first <= day]
        return found[-1] if found else NONE

    @property
    def closed_on(self) -> str | None:
        """The day from which the tie is closed for good, or None while it is open."""
        return self.states[-1].first if self.states and self.states[-1].closed else None

    def spells(self) -> list[tuple[str, str | None]]:
        """The stretches in which the tie was open."""
        found: list[tuple[str, str | None]] = []
        for state in self.states:
            if state.closed:
                continue
            joined = found and found[-1][1] is not None and found[-1][1] == day_before(state.first)
            found[-1:] = [(found[-1][0], state.last)] if joined else [*found[-1:], (state.first, state.last)]
        return found


def ties(log: Log, events: Iterable[Event]) -> list[Tie]:
    """A tie for every two parties of every partnership that a chosen event belongs to, in the order of the log."""
    steps: dict[str, int] = {}
    for event in events:
        if event.partnership is not None:
            steps[event.partnership] = steps.get(event.partnership, 0) + 1
    all_courses = Courses(log)
    found = []
    for partnership in log.partnerships.values():
        if partnership.id not in steps:
            continue
        course = all_courses[partnership.id]
        parties = list(dict.fromkeys((*partnership.parties, *course.earliest.parties)))
        for pair in combinations(parties, 2):
            name = partnership.id if len(parties) == 2 else "--".join((partnership.id, *pair))
            states = _states(course, pair)
            ended_by = _ended_by(course, pair) if states and states[-1].closed else ()
            found.append(Tie(name, pair, partnership, states, steps[partnership.id], ended_by))
    return found


def _states(course: Course, pair: tuple[str, str]) -> tuple[State, ...]:
    histories = {id(history): history for history in course}.values()
    starts = sorted(
        {spell.first for history in histories for party in pair for spell in history.parties.get(party, ())}
    )
    states: list[State] = []
    for day in starts:
        readings = set()
        for history in histories:
            spells = [spell_on(history.parties.get(party, ()), day) for party in pair]
            readings.add(max((spell.standing if spell else NONE for spell in spells), key=liveliness))
        standing = "/".join(sorted(readings))
        if standing == (states[-1].standing if states else NONE):
            continue
        if states:
            states[-1] = states[-1]._replace(last=day_before(day))
        states.append(State(standing, day, None))
    return tuple(states)


def _ended_by(course: Course, pair: tuple[str, str]) -> tuple[str, ...]:
    """Who took the step that closed the tie last; nobody where a term ran out."""
    closing = [
        (spells[-1].first, opening(spells, spells[-1]))
        for party in pair
        if (spells := course.latest.parties.get(party)) and spells[-1].standing in CLOSED_STANDINGS
    ]
    _, step = max(closing, key=lambda one: one[0], default=("", None))
    return step.by if step else ()


def actors_of(found: Iterable[Tie]) -> list[str]:
    """The ids of the actors that ties name, each once."""
    return list(dict.fromkeys(actor for tie in found for actor in tie.actors))
