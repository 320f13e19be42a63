"""The fold: how the done events of a partnership make its standing, and that of each party in it, on any day.

The rules are those of the README's "How standing is decided". The whole change table is `CHANGES`; only who is in, who is
out, and terms are code. A vague date is folded twice, with every event at its first and at its last possible day; where
the answers differ, the standing is uncertain and both are told.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from spacerel.dates import FIRST_DAY, LAST_DAY, day_before, first_day, is_vague, last_day, next_day
from spacerel.model import CLOSED_STANDINGS, OPEN_STANDINGS, Event, Log, Partnership

NONE = "none"
REPLACED = "replaced"
_ENDABLE = ("proposed", "agreed", "active", "suspended", "expired")

CHANGES: Mapping[str, Mapping[str, str]] = {
    "talk": {NONE: "proposed"},
    "agree": dict.fromkeys((NONE, "proposed", *CLOSED_STANDINGS), "agreed"),
    "start": dict.fromkeys((NONE, *OPEN_STANDINGS, *CLOSED_STANDINGS), "active"),
    "deliver": dict.fromkeys((NONE, "proposed", "agreed"), "active"),
    "extend": {"expired": "active"},
    "refuse": dict.fromkeys((NONE, "proposed"), "declined"),
    "suspend": dict.fromkeys(("proposed", "agreed", "active"), "suspended"),
    "resume": dict.fromkeys(("suspended", "broken"), "active"),
    "end": dict.fromkeys(_ENDABLE, "broken"),
    "complete": dict.fromkeys(_ENDABLE, "completed"),
    REPLACED: {"suspended": "broken", "active": "superseded", "agreed": "superseded", "proposed": "superseded"},
}
"""What an act makes of a standing; a pair that is not here changes nothing."""

IMPOSSIBLE: Mapping[str, frozenset[str]] = {
    "suspend": frozenset((NONE, "suspended", *CLOSED_STANDINGS)),
    "resume": frozenset((NONE, "proposed", "agreed", "active", "completed", "expired", "superseded", "declined")),
    "end": frozenset((NONE, "broken", "completed", "superseded", "declined")),
    "complete": frozenset((NONE, "broken", "completed", "superseded", "declined")),
    "deliver": frozenset(("suspended", *CLOSED_STANDINGS)),
    "deepen": frozenset(("suspended", *CLOSED_STANDINGS)),
    "extend": frozenset(("suspended", "broken", "completed", "superseded", "declined")),
}
"""Standings in which an act cannot happen: an error of the log."""

RETURNING = ("join", "agree", "start", "resume")
"""Acts that bring a party back in when they name it."""


class Spell(NamedTuple):
    """A stretch of days with one standing: `first` to `last` inclusive, open where `last` is None.

    `since` is earlier than `first` only where a suspension came to count as a break when a successor took over.
    `opened` is the event that began it: None for a term that ran out or a partnership that was in force before the log.
    """

    standing: str
    first: str
    last: str | None
    since: str
    opened: Event | None


class Replacement(NamedTuple):
    """A successor's event, and the partnership that took over the job."""

    event: Event
    partnership: str


class Misstep(NamedTuple):
    """An event that could not happen in the standing that it found."""

    event: Event
    standing: str


class History(NamedTuple):
    """One fold of a partnership: its spells and those of each party."""

    spells: tuple[Spell, ...]
    parties: Mapping[str, tuple[Spell, ...]]


class Course(NamedTuple):
    """A partnership's course at the earliest and at the latest that its vague dates allow; one object where none is vague."""

    earliest: History
    latest: History

    def spells_on(self, day: str, party: str | None = None) -> tuple[Spell | None, ...]:
        """The spell of the partnership (or of one party in it) on a day: two where a vague date leaves it open."""
        found = tuple(
            spell_on(history.spells if party is None else history.parties.get(party, ()), day)
            for history in ((self.earliest,) if self.earliest is self.latest else (self.earliest, self.latest))
        )
        same = len({spell.standing if spell else NONE for spell in found}) == 1
        return found[-1:] if same else found

    def standing_on(self, day: str, party: str | None = None) -> str:
        """The standing on a day; two in alphabetical order, joined by `/`, where a vague date leaves it open."""
        return "/".join(sorted({spell.standing if spell else NONE for spell in self.spells_on(day, party)}))


def opening(spells: Sequence[Spell], spell: Spell) -> Event | None:
    """The event that a spell began with: of a suspension that a successor made final, the suspending one."""
    if spell.since < spell.first:
        return next((one.opened for one in reversed(spells) if one.first == spell.since), spell.opened)
    return spell.opened


def spell_on(spells: tuple[Spell, ...], day: str) -> Spell | None:
    """The spell that a day falls into, or None before the first."""
    index = bisect_right(spells, day, key=lambda spell: spell.first)
    return spells[index - 1] if index else None


def liveliness(standing: str) -> int:
    """0 for active, more for less lively; closed standings are all less lively than open ones, `none` least."""
    order = (*OPEN_STANDINGS, *CLOSED_STANDINGS)
    return order.index(standing) if standing in order else len(order)


class Courses(Mapping[str, Course]):
    """The course of every partnership of a log, by id; each is folded when somebody first asks for it."""

    def __init__(self, log: Log) -> None:
        self._partnerships = log.partnerships
        self._own: dict[str, list[Event]] = {}
        self._replacements: dict[str, list[Replacement]] = {}
        self._folded: dict[str, Course] = {}
        for event in log.events:
            if event.modality == "done" and event.partnership is not None:
                self._own.setdefault(event.partnership, []).append(event)
                for replaced in event.replaces:
                    self._replacements.setdefault(replaced, []).append(Replacement(event, event.partnership))

    def __getitem__(self, key: str) -> Course:
        found = self._folded.get(key)
        if found is None:
            found = self._folded[key] = course(*self._steps(key))
        return found

    def missteps(self, key: str) -> tuple[Misstep, ...]:
        """What could not happen in a partnership; see the function of that name."""
        return missteps(*self._steps(key))

    def _steps(self, key: str) -> tuple[Partnership, Sequence[Event], Sequence[Replacement]]:
        return self._partnerships[key], self._own.get(key, ()), self._replacements.get(key, ())

    def __iter__(self) -> Iterator[str]:
        return iter(self._partnerships)

    def __len__(self) -> int:
        return len(self._partnerships)


def course(partnership: Partnership, events: Iterable[Event], replacements: Iterable[Replacement] = ()) -> Course:
    """Fold a partnership's own done events, and the successors' events that replace it, at both ends of vague dates."""
    steps = _acts(events, replacements)
    earliest = _history(_folded(partnership, steps, first_day))
    return Course(earliest, _history(_folded(partnership, steps, last_day)) if _vague(partnership, steps) else earliest)


def missteps(
    partnership: Partnership, events: Iterable[Event], replacements: Iterable[Replacement] = ()
) -> tuple[Misstep, ...]:
    """The events that could not happen in the standing that they found, neither at the earliest nor at the latest."""
    steps = _acts(events, replacements)
    found = _folded(partnership, steps, first_day).missteps
    if found and _vague(partnership, steps):
        late = {misstep.event.id for misstep in _folded(partnership, steps, last_day).missteps}
        found = [misstep for misstep in found if misstep.event.id in late]
    return tuple(found)


_Acts = Sequence[tuple[Event, str]]


def _acts(events: Iterable[Event], replacements: Iterable[Replacement]) -> _Acts:
    return [*((event, event.act) for event in events), *((found.event, REPLACED) for found in replacements)]


def _vague(partnership: Partnership, steps: _Acts) -> bool:
    return any(is_vague(event.date) for event, _ in steps) or is_vague(partnership.opens or FIRST_DAY)


_Turn = tuple[str, str, str, Event | None]
"""A spell without its last day, which is known once the next one begins: standing, first, since, opened."""


class _Fold:
    """The state of one fold: each party's standing and term, who is out, the standing of the whole, and the turns so far."""

    def __init__(self, partnership: Partnership) -> None:
        self.standings = dict.fromkeys(partnership.parties, NONE)
        self.since: dict[str, str] = {}
        self.terms: dict[str, str] = {}
        self.out: set[str] = set()
        self.closing = NONE
        self.whole = NONE
        self.turns: dict[str | None, list[_Turn]] = {None: []}
        self.missteps: list[Misstep] = []

    def change(self, day: str, event: Event | None, changes: Mapping[str, str]) -> None:
        """Give parties new standings on a day, and note the turns that this makes."""
        replaces = event is not None and bool(event.replaces)
        for party, standing in changes.items():
            old = self.standings[party]
            if standing != old:
                kept = replaces and old == "suspended" and standing == "broken"
                since = self.since[party] if kept else day
                self.standings[party], self.since[party] = standing, since
                self._note(party, (standing, day, since, event))
                if standing in CLOSED_STANDINGS:
                    self.closing = standing
        before, self.whole = self.whole, self._shared()
        if self.whole != before:
            kept = replaces and before == "suspended" and self.whole == "broken"
            self._note(None, (self.whole, day, self.turns[None][-1][2] if kept else day, event))

    def _note(self, party: str | None, turn: _Turn) -> None:
        turns = self.turns.setdefault(party, [])
        if turns and turns[-1][1] == turn[1]:
            turns.pop()
        turns.append(turn)

    def _shared(self) -> str:
        """The liveliest standing that two parties share, else what closed the partnership last."""
        shared = list(self.standings.values())
        for standing in OPEN_STANDINGS:
            if shared.count(standing) >= 2:
                return standing
        return NONE if shared.count(NONE) == len(shared) else self.closing

    def expire(self, day: str) -> None:
        """Let the terms run out that ended before a day."""
        for end in sorted({end for end in self.terms.values() if end < day}) if self.terms else ():
            over = [party for party, term in self.terms.items() if term == end]
            for party in over:
                del self.terms[party]
            self.change(
                next_day(end),
                None,
                {party: "expired" for party in over if self.standings[party] in OPEN_STANDINGS},
            )

    def touched(self, event: Event, act: str) -> tuple[str, ...]:
        """The parties that an act concerns."""
        if act in ("join", "leave"):
            return event.scope or event.by or event.parties[:1]
        if event.scope and act != REPLACED:
            return event.scope
        return (
            tuple([party for party in self.standings if party not in self.out]) if self.out else tuple(self.standings)
        )

    def apply(self, day: str, event: Event, act: str) -> None:
        """Let one step act on the parties it concerns."""
        touched = self.touched(event, act)
        found = [self.standings.setdefault(party, NONE) for party in touched]
        if act == "join":
            changes = dict.fromkeys(
                touched, self.whole if self.whole in ("agreed", "active", "suspended") else "agreed"
            )
        elif act == "leave":
            changes = dict.fromkeys(touched, "broken")
        elif act == REPLACED:
            fate = CHANGES[REPLACED].get(self.whole)
            changes = {party: fate for party, now in zip(touched, found, strict=True) if fate and now in OPEN_STANDINGS}
        else:
            rule = CHANGES.get(act, {})
            changes = {party: rule[now] for party, now in zip(touched, found, strict=True) if now in rule}
        impossible = IMPOSSIBLE.get(act)
        # Where all parties are out, the act finds the partnership as it was left.
        if impossible and impossible.issuperset(found or (self.whole,)):
            self.missteps.append(Misstep(event, min(found or (self.whole,), key=liveliness)))
        if act in RETURNING:
            self.out.difference_update(touched)
        if changes:
            self.change(day, event, changes)
        if act == "leave" or (act == "end" and event.scope):
            self.out.update(touched)
        if event.term_end is not None and act != REPLACED:
            # A vague event may be folded at a day behind the end of its own term: that day is then the term's last.
            self.terms.update(dict.fromkeys(touched, max(last_day(event.term_end), day)))


def _folded(partnership: Partnership, steps: _Acts, day_of: Callable[[str], str]) -> _Fold:
    fold = _Fold(partnership)
    if partnership.opens is not None:
        fold.change(day_of(partnership.opens), None, dict.fromkeys(partnership.parties, "active"))
    days = [(day_of(event.date), last_day(event.date)) for event, _ in steps]
    for place in sorted(range(len(steps)), key=days.__getitem__):
        (event, act), (day, _) = steps[place], days[place]
        fold.expire(day)
        fold.apply(day, event, act)
    fold.expire(LAST_DAY)
    return fold


def _history(fold: _Fold) -> History:
    whole = _spells(fold.turns[None])
    # Mostly all parties go the same way, as the whole.
    by_party = {
        party: whole if turns == fold.turns[None] else _spells(turns)
        for party, turns in fold.turns.items()
        if party is not None
    }
    return History(whole, by_party)


def _spells(turns: Sequence[_Turn]) -> tuple[Spell, ...]:
    return tuple(
        [
            Spell(standing, first, day_before(following[1]) if following else None, since, opened)
            for (standing, first, since, opened), following in zip_longest(turns, turns[1:])
        ]
    )
