"""Who works with whom, what broke and what took over, and what became of threats, as the courses of partnerships tell it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from spacerel.dates import days_between, first_day, last_day
from spacerel.model import CLOSED_STANDINGS, OPEN_STANDINGS, Event, Log, Outcome, Partnership
from spacerel.standing import NONE, Course, Spell, liveliness, opening, spell_on

ACCESSION_SIZE = 20
"""A partnership with more parties than this is one that states accede to; its signatories are counted, not listed."""


class Successor(NamedTuple):
    """A partnership that took over a job, by which event, and how many days after the break (less than 0: before)."""

    partnership: str
    event: Event
    after: int | None = None


class Cooperation(NamedTuple):
    """A partnership as it stands on a day.

    `parties` are those that ever were in by then; `since` is the date its standing began, `opened` the event that it began
    with (of a suspension that a successor made final, the suspending one), None where it was in force before the log or
    its term ran out. Where the standing is uncertain, they are those of the younger one.
    """

    partnership: Partnership
    parties: tuple[str, ...]
    standing: str
    first: str | None
    since: str | None
    opened: Event | None
    successors: tuple[Successor, ...]
    steps: tuple[Event, ...]

    @property
    def closed_by(self) -> Event | None:
        """The event that closed it; None while it is, or may be, open or where its term ran out."""
        closed = all(one in CLOSED_STANDINGS for one in self.standing.split("/"))
        return self.opened if closed else None


class Break(NamedTuple):
    """A step that broke a partnership off, for all of its parties or for `parties` only.

    `lasted` counts the days from the start of the open stretch that it ended, None where the log does not tell;
    `standing` is that of the partnership as a whole, `steps` are all of its events by the day. `final` is False where it
    only stands still.
    """

    partnership: Partnership
    parties: tuple[str, ...]
    event: Event
    lasted: int | None
    standing: str
    successors: tuple[Successor, ...]
    steps: tuple[Event, ...]
    final: bool = True


class Threat(NamedTuple):
    """A step that was threatened or announced, what became of it, and after how many days."""

    event: Event
    outcome: Outcome
    after: int | None


class Link(NamedTuple):
    """A place in a chain of causes: `depth` counts from 1, `parent` is the event it hangs on, `again` says that it stands
    in the chain before, `cut` counts the events right below it that lie deeper than was asked for.
    """

    depth: int
    event: Event
    parent: Event
    again: bool
    cut: int


class Tie(NamedTuple):
    """What two actors share: each common partnership with the less lively of their two standings, and common steps."""

    partner: str
    standings: tuple[tuple[str, str], ...]
    steps: tuple[Event, ...]
    successors: tuple[Successor, ...]


def because(log: Log, event: Event) -> tuple[Event, ...]:
    """The events that the sources name as the reason of an event."""
    return tuple(log.event(cause) for cause in event.because)


def consequences(log: Log) -> dict[str, list[Event]]:
    """Event, by id -> the events whose sources name it as a reason, in the log's order."""
    found: dict[str, list[Event]] = {}
    for event in log.events:
        for cause in event.because:
            found.setdefault(cause, []).append(event)
    return found


def chain(event: Event, following: Callable[[Event], Iterable[Event]], deepest: int) -> list[Link]:
    """What leads on from an event, step by step: each event is followed once, and only named where it comes up again."""
    seen = {event.id}
    found: list[Link] = []

    def walk(one: Event, depth: int) -> None:
        for other in following(one):
            again = other.id in seen
            seen.add(other.id)
            further = () if again else tuple(following(other))
            cut = sum(below.id not in seen for below in further) if depth == deepest else 0
            found.append(Link(depth, other, one, again, cut))
            if depth < deepest and not again:
                walk(other, depth + 1)

    walk(event, 1)
    return found


def traced(log: Log, root: Event) -> dict[str, int]:
    """All events that lead back to one by their causes, by id, with the fewest steps between them (1: it is named itself)."""
    led_to = consequences(log)
    found: dict[str, int] = {}
    edge, distance = [root.id], 1
    while edge:
        reached = dict.fromkeys(one.id for key in edge for one in led_to.get(key, ()) if one.id not in found)
        found.update(dict.fromkeys(reached, distance))
        edge, distance = list(reached), distance + 1
    return found


def origins(log: Log, event: Event) -> tuple[Event, ...]:
    """Where the chain of causes of an event begins: the earliest events that its sources, and theirs, lead back to."""
    found: dict[str, Event] = {}
    seen: set[str] = set()
    todo = [event]
    while todo:
        one = todo.pop()
        if one.id in seen:
            continue
        seen.add(one.id)
        causes = because(log, one)
        todo.extend(causes)
        if not causes and one.id != event.id:
            found[one.id] = one
    return tuple(sorted(found.values(), key=lambda one: (first_day(one.date), one.id)))


def successors(log: Log, day: str, since: str | None = None) -> dict[str, tuple[Successor, ...]]:
    """Who took over the job of each partnership by a day, by the id of the one replaced; each successor once, earliest first."""
    found: dict[str, dict[str, Successor]] = {}
    for event in log.events:
        if event.modality == "done" and event.partnership is not None and first_day(event.date) <= day:
            for replaced in event.replaces:
                after = days_between(since, first_day(event.date)) if since else None
                found.setdefault(replaced, {}).setdefault(event.partnership, Successor(event.partnership, event, after))
    return {replaced: tuple(one.values()) for replaced, one in found.items()}


def cooperations(
    log: Log, courses: Mapping[str, Course], partnerships: Iterable[Partnership], day: str
) -> list[Cooperation]:
    """How each partnership stands on a day, in the order given; those that nothing had begun by then are left out."""
    steps = _steps(log, day)
    replaced = successors(log, day)
    rows = []
    for partnership in partnerships:
        course = courses[partnership.id]
        own = steps.get(partnership.id, ())
        found = _spell(course, day)
        if found is None and not own:
            continue
        spells, spell = found or ((), None)
        parties = (
            *partnership.parties,
            *(party for party in course.latest.parties if party not in partnership.parties),
        )
        rows.append(
            Cooperation(
                partnership,
                tuple(party for party in parties if _was_in(course, party, day)) or partnership.parties,
                course.standing_on(day),
                partnership.opens or (own[0].date if own else None),
                _since(partnership, spells, spell),
                _opening(spells, spell),
                replaced.get(partnership.id, ()),
                own,
            )
        )
    return rows


def breaks(log: Log, courses: Mapping[str, Course], partnerships: Iterable[Partnership], day: str) -> list[Break]:
    """Each step that broke a partnership off and still holds on a day, for one party at least, in order of date."""
    replaced = successors(log, day)
    steps = _steps(log, day)
    found = []
    for partnership in partnerships:
        course = courses[partnership.id]
        history = course.latest
        by_event: dict[str, tuple[Event, list[str], int | None]] = {}
        for party, spells in ((None, history.spells), *history.parties.items()):
            spell = spell_on(spells, day)
            event = breaking(spells, spell)
            if spell is None or event is None:
                continue
            lasted = _lasted(spells, spell)
            _, parties, _ = by_event.setdefault(event.id, (event, [], lasted))
            if party is not None:
                parties.append(party)
        for event, parties, lasted in by_event.values():
            start = first_day(event.date)
            after = tuple(
                one._replace(after=days_between(start, first_day(one.event.date)))
                for one in replaced.get(partnership.id, ())
            )
            own = steps.get(partnership.id, ())
            found.append(Break(partnership, tuple(parties), event, lasted, course.standing_on(day), after, own))
    return sorted(found, key=lambda row: (first_day(row.event.date), last_day(row.event.date), row.partnership.id))


def suspended(log: Log, courses: Mapping[str, Course], partnerships: Iterable[Partnership], day: str) -> list[Break]:
    """Partnerships that only stand still on a day, in the same shape as breaks."""
    steps = _steps(log, day)
    found = []
    for partnership in partnerships:
        history = courses[partnership.id].latest
        spell = spell_on(history.spells, day)
        if spell is not None and spell.standing == "suspended" and spell.opened is not None:
            own = steps.get(partnership.id, ())
            parties = tuple(
                party
                for party, spells in history.parties.items()
                if (one := spell_on(spells, day)) is not None and one.standing == "suspended"
            )
            lasted = _lasted(history.spells, spell)
            found.append(Break(partnership, parties, spell.opened, lasted, "suspended", (), own, final=False))
    return sorted(found, key=lambda row: (first_day(row.event.date), row.partnership.id))


def breaking(spells: Sequence[Spell], spell: Spell | None) -> Event | None:
    """The step that made a broken spell so: of a suspension that a successor made final, the suspending step."""
    return opening(spells, spell) if spell is not None and spell.standing == "broken" else None


def threats(events: Iterable[Event], modalities: Collection[str] = ("threatened", "announced")) -> list[Threat]:
    """What became of each event of these modalities, in the order given."""
    found = []
    for event in events:
        if event.modality in modalities and event.outcome is not None:
            outcome = event.outcome
            after = days_between(first_day(event.date), first_day(outcome.date)) if outcome.date else None
            found.append(Threat(event, outcome, after if after is None or after >= 0 else 0))
    return found


def surroundings(log: Log, agency: frozenset[str]) -> set[str]:
    """The ids of all partnerships that an actor (with its predecessors) may ever have been in."""
    found = {one.id for one in log.partnerships.values() if not agency.isdisjoint(one.parties)}
    for event in log.events:
        if event.partnership is not None and not (agency.isdisjoint(event.parties) and agency.isdisjoint(event.scope)):
            found.add(event.partnership)
    return found


def partners(
    log: Log, courses: Mapping[str, Course], agency: frozenset[str], events: Iterable[Event], day: str
) -> list[Tie]:
    """Everyone that an actor (with its predecessors) shares a partnership with by a day, or a step among `events`.

    The tie of two actors in a partnership is the less lively of their two standings. A setting is no step.
    """
    standings: dict[str, dict[str, str]] = {}
    for key, course in courses.items():
        inside = [party for party in course.latest.parties if course.standing_on(day, party) != NONE]
        ours = [course.standing_on(day, party) for party in inside if party in agency]
        if not ours:
            continue
        own = min(ours, key=_liveliness)
        for party in inside:
            if party not in agency:
                theirs = course.standing_on(day, party)
                standings.setdefault(party, {})[key] = max(own, theirs, key=_liveliness)
    steps: dict[str, list[Event]] = {}
    for event in events:
        if event.act != "context" and not agency.isdisjoint(event.parties):
            for party in event.parties:
                if party not in agency:
                    steps.setdefault(party, []).append(event)
    replaced = successors(log, day)
    return [
        Tie(
            party,
            tuple(standings.get(party, {}).items()),
            tuple(steps.get(party, ())),
            tuple(
                one
                for key, standing in standings.get(party, {}).items()
                if standing not in OPEN_STANDINGS
                for one in replaced.get(key, ())
            ),
        )
        for party in dict.fromkeys((*standings, *steps))
    ]


def is_accession(course: Course) -> bool:
    """Whether a partnership is one that many accede to."""
    return len(course.latest.parties) > ACCESSION_SIZE


def _spell(course: Course, day: str) -> tuple[Sequence[Spell], Spell] | None:
    """The spell of a partnership on a day, with all of its spells; where two are possible, the one that began later."""
    found = [
        (history.spells, spell)
        for history in (course.earliest, course.latest)
        if (spell := spell_on(history.spells, day)) is not None
    ]
    return max(found, key=lambda one: one[1].first) if found else None


def _opening(spells: Sequence[Spell], spell: Spell | None) -> Event | None:
    """The step that a standing began with."""
    return opening(spells, spell) if spell is not None else None


def _since(partnership: Partnership, spells: Sequence[Spell], spell: Spell | None) -> str | None:
    """The date on which a standing began, as vague as the log has it."""
    if spell is None:
        return None
    step = _opening(spells, spell)
    if step is not None:
        return step.date
    return partnership.opens if spell is spells[0] else spell.since


def _liveliness(standing: str) -> int:
    return min(liveliness(one) for one in standing.split("/"))


def _was_in(course: Course, party: str, day: str) -> bool:
    return spell_on(course.earliest.parties.get(party, ()), day) is not None


def _lasted(spells: Sequence[Spell], spell: Spell) -> int | None:
    """Days from the first of the open spells that lead without a gap to the break, proposals left out."""
    start = None
    for one in reversed([one for one in spells if one.first < spell.first or one.first < spell.since]):
        if one.standing not in ("agreed", "active", "suspended"):
            break
        start = one.first
    return days_between(start, spell.since) if start and start <= spell.since else None


def _steps(log: Log, day: str) -> dict[str, tuple[Event, ...]]:
    found: dict[str, list[Event]] = {}
    for event in log.events:
        if event.partnership is not None and first_day(event.date) <= day:
            found.setdefault(event.partnership, []).append(event)
    return {key: tuple(events) for key, events in found.items()}
