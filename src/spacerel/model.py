"""The nouns of the log and their vocabularies.

Records are immutable. A date is the text that stands in the log (`2022`, `2022-03`, `2022-03-17`, with `~` for "about"),
so text order is date order; `spacerel.dates` knows its first and last possible day. `file` and `line` say where a record
stands in the log it was read from; they are not part of what the record says.
"""

from typing import NamedTuple

ACTOR_TYPES = ("agency", "company", "state", "organisation")
KINDS = ("treaty", "agreement", "contract", "programme", "membership", "barter")
TOPICS = (
    "crew",
    "launch",
    "science",
    "exploration",
    "engines",
    "navigation",
    "earth-observation",
    "ground",
    "telecom",
    "policy",
)
ACTS = {
    "talk": "consults, negotiates, visits",
    "agree": "signs, contracts, commits",
    "start": "the work begins",
    "deliver": "a step of the work done: a flight, a launch, a module, data",
    "deepen": "adds scope, money or partners' roles; eases a restriction",
    "extend": "a new term",
    "join": "a party comes in",
    "leave": "a party goes out by its own step",
    "strain": "complaint, dispute, delay, blow to trust",
    "sanction": "a legal or economic measure against a partner",
    "refuse": "turns a proposal or a request down",
    "threaten": "says it may break, suspend, refuse or sanction",
    "deny": "contradicts a claim",
    "suspend": "stops for the time being",
    "resume": "takes up again",
    "end": "breaks off before its purpose or term is reached",
    "complete": "purpose reached, contract fulfilled",
    "context": "a setting that others point at: a war, a law, a weapons test",
}
MODALITIES = ("done", "announced", "threatened", "reported")
OUTCOMES = ("carried-out", "not-carried-out", "reversed", "superseded", "pending")
CONFIDENCES = ("high", "medium", "low")
OPEN_STANDINGS = ("active", "suspended", "agreed", "proposed")
CLOSED_STANDINGS = ("broken", "completed", "expired", "superseded", "declined")
STANDINGS = (*OPEN_STANDINGS, *CLOSED_STANDINGS)


class Source(NamedTuple):
    """A page that supports a row: who published it, when, and what it supports."""

    title: str
    publisher: str
    url: str
    supports: str = ""
    published: str | None = None


class Outcome(NamedTuple):
    """What became of something threatened, announced or reported (one of OUTCOMES)."""

    status: str
    date: str | None = None
    event: str | None = None


class Actor(NamedTuple):
    """A body that takes steps: an agency, a company, a state (one of ACTOR_TYPES).

    `country` is ISO 3166-1 alpha-2, with SU, DD and CS for states that are gone; None for international bodies.
    `predecessor` is the id of the body whose work it took over.
    """

    id: str
    name: str
    type: str
    short: str = ""
    country: str | None = None
    aliases: tuple[str, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    predecessor: str | None = None
    file: str = ""
    line: int = 0


class Partnership(NamedTuple):
    """A named cooperation between two or more actors.

    `parties` are those at its start; later ones come with a `join`. `opens` is given only when it was in force before its
    first event in the log.
    """

    id: str
    name: str
    parties: tuple[str, ...]
    kind: str
    topic: str
    description: str
    programme: str | None = None
    opens: str | None = None
    file: str = ""
    line: int = 0


class Event(NamedTuple):
    """A step that somebody took, or said they would take, with its sources.

    Ids in `parties`, `by` and `scope` are actors'; `partnership` and `replaces` partnerships'; `because` and `denies`
    events'. `act` is one of ACTS, `modality` of MODALITIES; only a `done` event changes a partnership. `outcome` stands on
    every event that is not done.
    """

    id: str
    date: str
    title: str
    parties: tuple[str, ...]
    act: str
    summary: str
    sources: tuple[Source, ...]
    confidence: str
    end: str | None = None
    by: tuple[str, ...] = ()
    partnership: str | None = None
    modality: str = "done"
    outcome: Outcome | None = None
    threatens: str | None = None
    condition: str | None = None
    due: str | None = None
    scope: tuple[str, ...] = ()
    term_end: str | None = None
    replaces: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    denies: str | None = None
    known: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    file: str = ""
    line: int = 0

    @property
    def against(self) -> tuple[str, ...]:
        """The parties that did not take the step; none where it was joint."""
        return tuple(party for party in self.parties if party not in self.by) if self.by else ()

    @property
    def publishers(self) -> tuple[str, ...]:
        """Who published its sources, each once: two pages, or a page and its mirror (`TASS (mirror: X)`), are one witness."""
        return tuple(dict.fromkeys(source.publisher.partition(" (mirror:")[0] for source in self.sources))


class Log:
    """A whole log: actors and partnerships by id, events by date.

    Events are in order of first possible day, then last possible day, then place in the file.
    """

    def __init__(
        self,
        actors: dict[str, Actor],
        partnerships: dict[str, Partnership],
        events: tuple[Event, ...],
        files: tuple[str, ...] = (),
    ) -> None:
        self.actors = actors
        self.partnerships = partnerships
        self.events = events
        self.files = files
        self._by_id: dict[str, Event] | None = None

    def event(self, event_id: str) -> Event:
        """The event with that id. Raises KeyError where there is none."""
        if self._by_id is None:
            self._by_id = {event.id: event for event in self.events}
        return self._by_id[event_id]

    def short(self, actor_id: str) -> str:
        """The name of an actor as tables print it."""
        actor = self.actors[actor_id]
        return actor.short or actor.name

    def lineage(self, actor_id: str) -> frozenset[str]:
        """An actor and all bodies whose work it took over."""
        found: list[str] = []
        current: str | None = actor_id
        while current is not None and current not in found:
            found.append(current)
            current = self.actors[current].predecessor if current in self.actors else None
        return frozenset(found)
