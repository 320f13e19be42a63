"""The fold: how the done events of a partnership make its standing, and that of each party in it, on any day.

The rules are those of the README's "How standing is decided". The whole change table is `CHANGES`; only who is in, who is
out, and terms are code. A vague date is folded twice, with every event at its first and at its last possible day; where
the answers differ, the standing is uncertain and both are told.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from spacerel.dates import day_before, first_day, is_vague, last_day, next_day
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

IMPOSSIBLE: Mapping[str, tuple[str, ...]] = {
    "suspend": (NONE, "suspended", *CLOSED_STANDINGS),
    "resume": (NONE, "proposed", "agreed", "active", "completed", "expired", "superseded", "declined"),
    "end": (NONE, "broken", "completed", "superseded", "declined"),
    "complete": (NONE, "broken", "completed", "superseded", "declined"),
    "deliver": ("suspended", *CLOSED_STANDINGS),
    "deepen": ("suspended", *CLOSED_STANDINGS),
    "extend": ("suspended", "broken", "completed", "superseded", "declined"),
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
    """One fold of a partnership: its spells, those of each party, and what could not be."""

    spells: tuple[Spell, ...]
    parties: Mapping[str, tuple[Spell, ...]]
    missteps: tuple[Misstep, ...]


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


def spell_on(spells: tuple[Spell, ...], day: str) -> Spell | None:
    """The spell that a day falls into, or None before the first."""
    index = bisect_right(spells, day, key=lambda spell: spell.first)
    return spells[index - 1] if index else None


def liveliness(standing: str) -> int:
    """0 for active, more for less lively; closed standings are all less lively than open ones, `none` least."""
    order = (*OPEN_STANDINGS, *CLOSED_STANDINGS)
    return order.index(standing) if standing in order else len(order)


def courses(log: Log) -> dict[str, Course]:
    """The course of every partnership of a log, by id, in one pass over its events."""
    own: dict[str, list[Event]] = {}
    replacements: dict[str, list[Replacement]] = {}
    for event in log.events:
        if event.modality == "done" and event.partnership is not None:
            own.setdefault(event.partnership, []).append(event)
            for replaced in event.replaces:
                replacements.setdefault(replaced, []).append(Replacement(event, event.partnership))
    return {
        key: course(partnership, own.get(key, ()), replacements.get(key, ()))
        for key, partnership in log.partnerships.items()
    }


def course(partnership: Partnership, events: Iterable[Event], replacements: Iterable[Replacement] = ()) -> Course:
    """Fold a partnership's own done events, and the successors' events that replace it, at both ends of vague dates."""
    steps = [*((event, event.act) for event in events), *((found.event, REPLACED) for found in replacements)]
    earliest = _fold(partnership, steps, first_day)
    if not any(is_vague(event.date) for event, _ in steps) and not is_vague(partnership.opens or "0000-00-00"):
        return Course(earliest, earliest)
    return Course(earliest, _fold(partnership, steps, last_day))


class _Fold:
    """The state of one fold: each party's standing and term, who is out, and the spells so far."""

    def __init__(self, partnership: Partnership) -> None:
        self.standings = dict.fromkeys(partnership.parties, NONE)
        self.since = dict.fromkeys(partnership.parties, "")
        self.terms: dict[str, str] = {}
        self.out: set[str] = set()
        self.closing = NONE
        self.spells: dict[str | None, list[Spell]] = {None: []}
        self.missteps: list[Misstep] = []

    def change(self, day: str, event: Event | None, changes: Mapping[str, str]) -> None:
        """Give parties new standings on a day, and note the spells that this begins."""
        for party, standing in changes.items():
            old = self.standings.get(party, NONE)
            if standing == old:
                continue
            since = self.since[party] if (old, standing) == ("suspended", "broken") and _replaces(event) else day
            self.standings[party], self.since[party] = standing, since
            self._note(party, Spell(standing, day, None, since, event))
            if standing in CLOSED_STANDINGS:
                self.closing = standing
        whole, last = self.whole(), self.spells[None][-1] if self.spells[None] else None
        if whole != (last.standing if last else NONE):
            kept = last is not None and (last.standing, whole) == ("suspended", "broken") and _replaces(event)
            self._note(None, Spell(whole, day, None, last.since if kept and last else day, event))

    def _note(self, party: str | None, spell: Spell) -> None:
        spells = self.spells.setdefault(party, [])
        if spells and spells[-1].first == spell.first:
            spells.pop()
        if spells:
            spells[-1] = spells[-1]._replace(last=day_before(spell.first))
        spells.append(spell)

    def whole(self) -> str:
        """The liveliest standing that two parties share, else what closed the partnership last."""
        shared = list(self.standings.values())
        for standing in OPEN_STANDINGS:
            if shared.count(standing) >= 2:
                return standing
        return self.closing if any(standing != NONE for standing in shared) else NONE

    def expire(self, day: str) -> None:
        """Let the terms run out that ended before a day."""
        for end in sorted({end for end in self.terms.values() if end < day}):
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
        inside = tuple(party for party in self.standings if party not in self.out)
        return inside if act == REPLACED else event.scope or inside

    def apply(self, day: str, event: Event, act: str) -> None:
        """Let one step act on the parties it concerns."""
        touched = self.touched(event, act)
        if act == "join":
            whole = self.whole()
            changes = dict.fromkeys(touched, whole if whole in ("agreed", "active", "suspended") else "agreed")
        elif act == "leave":
            changes = dict.fromkeys(touched, "broken")
        elif act == REPLACED:
            fate = CHANGES[REPLACED].get(self.whole())
            changes = {party: fate for party in touched if fate and self.standings[party] in OPEN_STANDINGS}
        else:
            rule = CHANGES.get(act, {})
            changes = {party: rule.get(now, now) for party in touched for now in (self.standings.get(party, NONE),)}
        impossible = IMPOSSIBLE.get(act, ())
        # Where all parties are out, the act finds the partnership as it was left.
        found = [self.standings.get(party, NONE) for party in touched] or [self.whole()]
        if all(standing in impossible for standing in found):
            self.missteps.append(Misstep(event, min(found, key=liveliness)))
        if act in RETURNING:
            self.out.difference_update(touched)
        for party in touched:
            self.standings.setdefault(party, NONE)
            self.since.setdefault(party, "")
        self.change(day, event, changes)
        if act == "leave" or (act == "end" and event.scope):
            self.out.update(touched)
        if event.term_end is not None and act != REPLACED:
            # A vague event may be folded at a day behind the end of its own term: that day is then the term's last.
            self.terms.update(dict.fromkeys(touched, max(last_day(event.term_end), day)))


def _replaces(event: Event | None) -> bool:
    return event is not None and bool(event.replaces)


def _fold(partnership: Partnership, steps: Iterable[tuple[Event, str]], day_of: Callable[[str], str]) -> History:
    fold = _Fold(partnership)
    if partnership.opens is not None:
        fold.change(day_of(partnership.opens), None, dict.fromkeys(partnership.parties, "active"))
    for event, act in sorted(steps, key=lambda step: (day_of(step[0].date), last_day(step[0].date))):
        day = day_of(event.date)
        fold.expire(day)
        fold.apply(day, event, act)
    fold.expire("9999-12-31")
    by_party = {party: tuple(spells) for party, spells in fold.spells.items() if party is not None}
    return History(tuple(fold.spells[None]), by_party, tuple(fold.missteps))
