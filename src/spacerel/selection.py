"""Which events a person means: every filter is a small predicate, and the predicates commute.

Different filters must all hold; the values of one filter are alternatives. A value may hold several, parted by commas.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from spacerel.dates import Period, first_day, is_vague, last_day
from spacerel.errors import UsageError, quoted, unknown
from spacerel.model import ACTS, CONFIDENCES, MODALITIES, OUTCOMES, TOPICS, Actor, Event, Log, Outcome, Partnership

Predicate = Callable[[Event], bool]
Record = Event | Partnership | Actor

MOST_NAMED = 10
"""Ids that a sentence lists."""


class Filters(NamedTuple):
    """What a person asked for, as typed. `with_` asks for a further party; `by` and `against` for a side of the step.

    `period` also holds what lasted into it, and what is known so vaguely that it may fall into it, unless `strict_dates`.
    `on_this_day` is an ISO day whose year does not count. Each of `exclude` is QUALIFIER:VALUE.
    """

    agency: tuple[str, ...] = ()
    with_: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    partnership: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    modality: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    grep: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    period: Period | None = None
    strict_dates: bool = False
    on_this_day: str | None = None


def resolve_actor(log: Log, word: str) -> str:
    """The id of the actor that goes by that id, short name, name or alias, in this order, in any case."""
    folded = word.strip().casefold()
    for names_of in _NAMES:
        for actor in log.actors.values():
            if folded in (name.casefold() for name in names_of(actor)):
                return actor.id
    # Of names that differ only in their case the last is proposed: the id.
    raise unknown("agency", word.strip(), [*_actor_names(log), *log.actors], "spacerel actors")


def resolve_partnership(log: Log, word: str) -> str:
    """The id of the partnership that goes by that id or name, in any case."""
    folded = word.strip().casefold()
    for partnership in log.partnerships.values():
        if folded in (partnership.id, partnership.name.casefold()):
            return partnership.id
    raise unknown("partnership", word.strip(), log.partnerships, "spacerel partnerships")


def resolve_records(log: Log, word: str) -> list[Record]:
    """The record that a person means; more than one only where an actor, a partnership or an event share an id.

    Raises UsageError where it is none, or where a name or a part of an id fits several.
    """
    folded = word.strip().casefold()
    records: list[Record] = [*log.events, *log.partnerships.values(), *log.actors.values()]
    same = [record for record in records if record.id == folded]
    if same:
        return same
    tests: tuple[Callable[[Record], bool], ...] = (
        lambda record: folded in (name.casefold() for name in _record_names(record)),
        lambda record: folded in record.id,
    )
    for fits in tests if folded else ():
        fitting = [record for record in records if fits(record)]
        if len(fitting) == 1:
            return fitting
        if fitting:
            raise _several_fit(word, fitting)
    raise unknown("id", word, (record.id for record in records), "spacerel timeline --fields id,title")


def _record_names(record: Record) -> tuple[str, ...]:
    if isinstance(record, Actor):
        return (record.short, record.name, *record.aliases)
    return (record.title,) if isinstance(record, Event) else (record.name,)


def _several_fit(word: str, fitting: list[Record]) -> UsageError:
    kinds = {type(record) for record in fitting}
    noun = f"{kinds.pop().__name__.lower()}s" if len(kinds) == 1 else "records"
    more = f" and {len(fitting) - MOST_NAMED} more" if len(fitting) > MOST_NAMED else ""
    listed = ", ".join(record.id for record in fitting[:MOST_NAMED])
    return UsageError(f"{quoted(word)} fits {len(fitting)} {noun}: {listed}{more}")


def lineages(log: Log, words: Iterable[str]) -> frozenset[str]:
    """The ids of all actors that the words name, and of the bodies whose work these took over."""
    return frozenset[str]().union(
        *(log.lineage(resolve_actor(log, word)) for word in split(words, whole=_actor_names(log)))
    )


def split(words: Iterable[str], whole: Iterable[str] = ()) -> list[str]:
    """The values in a filter's words, parted at commas; a name among `whole` that has a comma in it stays whole."""
    with_comma = {name.casefold() for name in whole if "," in name}
    return [
        part.strip()
        for word in words
        for part in ([word] if word.strip().casefold() in with_comma else word.split(","))
        if part.strip()
    ]


def select(log: Log, filters: Filters) -> list[Event]:
    """The events of a log that all filters let through, in the log's order. Raises UsageError for an unknown value."""
    found = list(log.events)
    for holds in _predicates(log, filters):
        found = [event for event in found if holds(event)]
    return found


def matching_partnerships(log: Log, filters: Filters) -> list[Partnership]:
    """The partnerships that the filters let through, in the log's order.

    Parties (also later ones), country, topic and name are asked of the partnership itself. What can only be asked of a
    step (act, period, tag...) holds where one step of the partnership, taken for itself, has it all.
    """
    if filters == Filters(strict_dates=filters.strict_dates):
        return list(log.partnerships.values())
    own = {name: getattr(filters, name) for name in _OF_PARTNERSHIPS}
    none_of_them: dict[str, Any] = dict.fromkeys(own, ())
    rest = filters._replace(**none_of_them, exclude=())
    unwanted = _excluded(filters.exclude)
    wholes = _wholes(log)
    for predicate in _predicates(log, Filters(**own)):
        wholes = {key: whole for key, whole in wholes.items() if predicate(whole)}
    for name, values in unwanted.items():
        if name in _OF_PARTNERSHIPS:
            holds = QUALIFIERS[name](log, values)
            wholes = {key: whole for key, whole in wholes.items() if not holds(whole)}
    rest = rest._replace(
        exclude=tuple(
            f"{name.rstrip('_')}:{value}"
            for name, values in unwanted.items()
            if name not in _OF_PARTNERSHIPS
            for value in values
        )
    )
    if rest != Filters(strict_dates=filters.strict_dates):
        met = {event.partnership for event in select(log, rest)}
        wholes = {key: whole for key, whole in wholes.items() if key in met}
    return [log.partnerships[key] for key in wholes]


def seen_on(log: Log, day: str, known: bool = False) -> Log:
    """The log as it stood on a day: nothing that began later, and no outcome, end or reason that came later.

    With `known` also nothing that was not public yet: an event whose `known` day is later, and an outcome that such an event
    brought. Dates count by their first possible day. An outcome without a date counts from that of its event, else from
    the last publication of the sources that tell it.
    """
    begun = [event for event in log.events if first_day(event.date) <= day]
    if known:
        begun = [event for event in begun if event.known is None or first_day(event.known) <= day]
    seen = {event.id: event for event in begun}

    def as_then(event: Event) -> Event:
        because = tuple(cause for cause in event.because if cause in seen)
        changes: dict[str, Any] = {"because": because} if because != event.because else {}
        if event.end is not None and first_day(event.end) > day:
            changes["end"] = None
        if event.denies is not None and event.denies not in seen:
            changes["denies"] = None
        if event.outcome is not None and not _became(event, event.outcome, day, seen):
            changes["outcome"] = Outcome("pending")
        return event._replace(**changes) if changes else event

    return Log(log.actors, log.partnerships, tuple(map(as_then, begun)), log.files)


def _became(event: Event, outcome: Outcome, day: str, seen: Mapping[str, Event]) -> bool:
    """Whether an outcome had come by a day; `seen` are the events of that time."""
    if outcome.event is not None and outcome.event not in seen:
        return False
    published = [source.published for source in event.sources if source.published]
    date = outcome.date or (seen[outcome.event].date if outcome.event else max(published, default=event.date))
    return first_day(date) <= day


def _predicates(log: Log, filters: Filters) -> list[Predicate]:
    """What has to hold of an event, one predicate a filter that was given."""
    found = [_in_period(filters.period, filters.strict_dates)] if filters.period is not None else []
    if filters.on_this_day is not None:
        found.append(_on_day(filters.on_this_day))
    for name, make in QUALIFIERS.items():
        values = getattr(filters, name)
        if values:
            found.append(make(log, values))
    if filters.agency and filters.with_:
        found.append(_both(lineages(log, filters.agency), lineages(log, filters.with_)))
    for name, values in _excluded(filters.exclude).items():
        found.append(_not(QUALIFIERS[name](log, values)))
    return found


def _not(holds: Predicate) -> Predicate:
    return lambda event: not holds(event)


def _in_period(period: Period, strict: bool) -> Predicate:
    """Whether an event may have been under way in a period; strictly, whether it must have been."""
    first, last = period
    if strict:
        return lambda event: last_day(event.date) <= last and first_day(event.end or event.date) >= first
    return lambda event: first_day(event.date) <= last and last_day(event.end or event.date) >= first


def _on_day(day: str) -> Predicate:
    ending = day[-6:]
    return lambda event: not is_vague(event.date) and event.date.rstrip("~").endswith(ending)


def _both(some: frozenset[str], others: frozenset[str]) -> Predicate:
    """Whether there are two different parties, one of each set."""

    def holds(event: Event) -> bool:
        here, there = some.intersection(event.parties), others.intersection(event.parties)
        return bool(here and there) and len(here | there) > 1

    return holds


def _actors(side: Callable[[Event], Sequence[str]]) -> Callable[[Log, Sequence[str]], Predicate]:
    """A filter by the actors on a side of the step: all parties, those who took it, or the others."""

    def make(log: Log, values: Sequence[str]) -> Predicate:
        wanted = lineages(log, values)
        return lambda event: not wanted.isdisjoint(side(event))

    return make


def _word(
    what: str, words: Callable[[Log], Iterable[str]], value: Callable[[Log], Callable[[Event], str | None]]
) -> Callable[[Log, Sequence[str]], Predicate]:
    """A filter by a field whose values are known beforehand."""

    def make(log: Log, values: Sequence[str]) -> Predicate:
        wanted = known_words(what, values, words(log))
        value_of = value(log)
        return lambda event: value_of(event) in wanted

    return make


def known_words(what: str, values: Iterable[str], words: Iterable[str], where: str = "") -> frozenset[str]:
    """The values as the vocabulary writes them. Raises UsageError for one that is not in it."""
    by_folded = {word.casefold(): word for word in words}
    found = set()
    for value in split(values):
        if value.casefold() not in by_folded:
            listed = ", ".join(by_folded.values())
            raise unknown(what, value, by_folded.values(), where or (f"{listed}." if len(by_folded) <= 20 else ""))
        found.add(by_folded[value.casefold()])
    return frozenset(found)


def _partnership(log: Log, values: Sequence[str]) -> Predicate:
    names = (partnership.name for partnership in log.partnerships.values())
    wanted = {resolve_partnership(log, value) for value in split(values, whole=names)}
    return lambda event: event.partnership in wanted


def _country(log: Log, values: Sequence[str]) -> Predicate:
    known = dict.fromkeys(sorted(actor.country for actor in log.actors.values() if actor.country))
    wanted = known_words("country", values, known, "spacerel actors")
    inhabitants = frozenset(actor.id for actor in log.actors.values() if actor.country in wanted)
    return lambda event: not inhabitants.isdisjoint(event.parties)


def _tag(log: Log, values: Sequence[str]) -> Predicate:
    wanted = known_words("tag", values, dict.fromkeys(tag for event in log.events for tag in event.tags))
    return lambda event: not wanted.isdisjoint(event.tags)


def _source(log: Log, values: Sequence[str]) -> Predicate:
    wanted = [value.casefold() for value in split(values)]
    return lambda event: any(
        value in publisher
        for publisher in [source.publisher.casefold() for source in event.sources]
        for value in wanted
    )


def _grep(log: Log, values: Sequence[str]) -> Predicate:
    wanted = [value.casefold() for value in values]

    def holds(event: Event) -> bool:
        text = "\n".join((event.title, event.summary, event.note or "", event.id)).casefold()
        return any(value in text for value in wanted)

    return holds


def _topic_of(log: Log) -> Callable[[Event], str | None]:
    topics: dict[str | None, str] = {key: partnership.topic for key, partnership in log.partnerships.items()}
    return lambda event: topics.get(event.partnership)


QUALIFIERS: Mapping[str, Callable[[Log, Sequence[str]], Predicate]] = {
    "agency": _actors(lambda event: event.parties),
    "with_": _actors(lambda event: event.parties),
    "by": _actors(lambda event: event.by),
    "against": _actors(lambda event: event.against),
    "partnership": _partnership,
    "country": _country,
    "act": _word("act", lambda log: ACTS, lambda log: lambda event: event.act),
    "modality": _word("modality", lambda log: MODALITIES, lambda log: lambda event: event.modality),
    "outcome": _word(
        "outcome", lambda log: OUTCOMES, lambda log: lambda event: event.outcome.status if event.outcome else None
    ),
    "tag": _tag,
    "topic": _word("topic", lambda log: TOPICS, _topic_of),
    "confidence": _word("confidence", lambda log: CONFIDENCES, lambda log: lambda event: event.confidence),
    "source": _source,
    "grep": _grep,
}
"""Filter -> what makes a predicate of its values; the same for what is wanted and for what is excluded."""

_OF_PARTNERSHIPS = ("agency", "with_", "partnership", "country", "topic", "grep")
"""Filters that a partnership as a whole can answer."""

_NAMES: tuple[Callable[[Actor], tuple[str, ...]], ...] = (
    lambda actor: (actor.id,),
    lambda actor: (actor.short,),
    lambda actor: (actor.name,),
    lambda actor: actor.aliases,
)


def _actor_names(log: Log) -> list[str]:
    return [name for names_of in _NAMES for actor in log.actors.values() for name in names_of(actor) if name]


def _excluded(texts: Iterable[str]) -> dict[str, list[str]]:
    """Filter -> the values that are not wanted, of texts such as `agency:esa`."""
    found: dict[str, list[str]] = {}
    for text in texts:
        name, colon, value = text.partition(":")
        name = name.strip().casefold()
        if not colon or not value.strip():
            raise UsageError(f'--exclude wants QUALIFIER:VALUE, such as agency:esa, not "{text}".')
        field = "with_" if name == "with" else name
        if field not in QUALIFIERS or name == "with_":
            known = [qualifier.rstrip("_") for qualifier in QUALIFIERS]
            raise unknown("qualifier", name, known, f"{', '.join(known)}.")
        found.setdefault(field, []).append(value)
    return found


def _wholes(log: Log) -> dict[str, Event]:
    """Every partnership in the shape of one event: all parties it ever had, and all texts that speak of it."""
    parties = {key: dict.fromkeys(partnership.parties) for key, partnership in log.partnerships.items()}
    texts: dict[str, list[str]] = {key: [] for key in log.partnerships}
    for event in log.events:
        if event.partnership is not None:
            texts[event.partnership] += (event.title, event.summary, event.note or "", event.id)
            if event.act == "join" and event.modality == "done":
                parties[event.partnership].update(dict.fromkeys(event.scope or event.by or event.parties[:1]))
    return {
        key: Event(
            id=key,
            date="",
            title=partnership.name,
            parties=tuple(parties[key]),
            act="",
            summary=partnership.description,
            sources=(),
            confidence="",
            partnership=key,
            note="\n".join(texts[key]),
        )
        for key, partnership in log.partnerships.items()
    }
