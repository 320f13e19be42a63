"""The chosen events as tables with keys: what the SQLite database and the data package share.

All actors and partnerships of the log are in them, so that a reference to one always holds. A reference to an event holds
only where that event was chosen; `loose` marks these.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from spacerel.dates import day_before, first_day, last_day, precision
from spacerel.model import Event, Log
from spacerel.standing import NONE, Course, Courses, opening, spell_on

Row = tuple[object, ...]


class Field(NamedTuple):
    """A column. `kind` is `text`, `day` (a full ISO day), `date` (as fine as the log has it), `integer` or `boolean`.

    `refers` names the table whose key it holds; `loose` where the row referred to may be missing.
    """

    name: str
    kind: str = "text"
    about: str = ""
    needed: bool = True
    refers: str = ""
    loose: bool = False


class Chosen(NamedTuple):
    """What tables are made of; all of them fold a partnership once."""

    log: Log
    events: Sequence[Event]
    courses: Courses


class Table(NamedTuple):
    """A table: its key, its columns, and its rows."""

    name: str
    about: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    rows: Callable[[Chosen], Iterable[Row]]


class Stretch(NamedTuple):
    """A stretch of days with one standing, `first` to `last` inclusive; open where `last` is None.

    The standing is two, joined by `/`, where a vague date leaves it open. `opened_by` is the id of the step that made it
    so: of a suspension that a successor made final, the suspending step; None where a term ran out.
    """

    standing: str
    first: str
    last: str | None
    since: str
    opened_by: str | None


def stretches(course: Course, party: str | None = None) -> list[Stretch]:
    """How a partnership, or one party in it, stood from day to day."""
    readings = [history.spells if party is None else history.parties.get(party, ()) for history in course]
    found: list[Stretch] = []
    for day in sorted({spell.first for spells in readings for spell in spells}):
        standing = course.standing_on(day, party)
        if found and found[-1].standing == standing:
            continue
        if found:
            found[-1] = found[-1]._replace(last=day_before(day))
        latest = max((spell for spells in readings if (spell := spell_on(spells, day))), key=lambda spell: spell.first)
        opened = opening(readings[-1], latest)
        found.append(Stretch(standing, day, None, min(latest.since, day), opened.id if opened else None))
    return [stretch for stretch in found if stretch.standing != NONE]


def _actors(chosen: Chosen) -> Iterator[Row]:
    for one in chosen.log.actors.values():
        yield (one.id, one.name, one.short or one.name, one.type, one.country, one.predecessor)


def _aliases(chosen: Chosen) -> Iterator[Row]:
    for one in chosen.log.actors.values():
        yield from ((one.id, alias) for alias in dict.fromkeys(one.aliases))


def _identifiers(chosen: Chosen) -> Iterator[Row]:
    for one in chosen.log.actors.values():
        yield from ((one.id, *identifier) for identifier in one.ids)


def _partnerships(chosen: Chosen) -> Iterator[Row]:
    for one in chosen.log.partnerships.values():
        yield (one.id, one.name, one.kind, one.topic, one.programme, one.opens, one.description)


def _members(chosen: Chosen) -> Iterator[Row]:
    for one in chosen.log.partnerships.values():
        everybody = dict.fromkeys((*one.parties, *chosen.courses[one.id].earliest.parties))
        yield from ((one.id, actor, place, actor in one.parties) for place, actor in enumerate(everybody, 1))


def _events(chosen: Chosen) -> Iterator[Row]:
    for e in chosen.events:
        outcome = e.outcome or (None, None, None)
        days = (e.date, e.end, first_day(e.date), last_day(e.end or e.date), precision(e.date))
        step = (e.title, e.partnership, e.act, e.modality, *outcome, e.threatens, e.condition, e.due, e.term_end)
        yield (e.id, *days, *step, e.denies, e.known, e.confidence, e.summary, e.note, e.line)


def _parties(chosen: Chosen) -> Iterator[Row]:
    for e in chosen.events:
        for place, actor in enumerate(dict.fromkeys(e.parties), 1):
            yield (e.id, actor, place, actor in e.by)


def _sources(chosen: Chosen) -> Iterator[Row]:
    for e in chosen.events:
        for place, s in enumerate(e.sources, 1):
            yield (e.id, place, s.title, s.publisher, s.published, s.url, s.supports)


def _each(values: Callable[[Event], Iterable[str]]) -> Callable[[Chosen], Iterator[Row]]:
    return lambda chosen: ((e.id, value) for e in chosen.events for value in dict.fromkeys(values(e)))


def _standings(chosen: Chosen) -> Iterator[Row]:
    for key, course in chosen.courses.items():
        yield from ((key, *stretch) for stretch in stretches(course))


def _party_standings(chosen: Chosen) -> Iterator[Row]:
    for key, course in chosen.courses.items():
        for party in dict.fromkeys(party for history in course for party in history.parties):
            yield from ((key, party, *stretch) for stretch in stretches(course, party))


_EVENT = Field("event", refers="events")
_PARTNERSHIP = Field("partnership", refers="partnerships")
_ACTOR = Field("actor", refers="actors")
_STRETCH = (
    Field("standing", about="two joined by a slash where a vague date leaves it open"),
    Field("first", "day", "first day, inclusive"),
    Field("last", "day", "last day, inclusive; empty while it goes on", needed=False),
    Field("since", "day", "earlier than first where a suspension came to count as a break"),
    Field("opened_by", about="the step that made it so", needed=False, refers="events", loose=True),
)

TABLES = (
    Table(
        "actors",
        "Bodies that take steps; all of the log's.",
        ("id",),
        (
            Field("id"),
            Field("name"),
            Field("short", about="as tables print it"),
            Field("type", about="agency, company, stretch or organisation"),
            Field("country", about="ISO 3166-1 alpha-2, with SU, DD and CS", needed=False),
            Field("predecessor", about="whose work it took over", needed=False, refers="actors"),
        ),
        _actors,
    ),
    Table("aliases", "Other names of actors.", ("actor", "alias"), (_ACTOR, Field("alias")), _aliases),
    Table(
        "identifiers",
        "What actors are called in registers elsewhere.",
        ("actor", "register"),
        (_ACTOR, Field("register", about="wikidata, gcat, ror"), Field("identifier")),
        _identifiers,
    ),
    Table(
        "partnerships",
        "Named cooperations; all of the log's.",
        ("id",),
        (
            Field("id"),
            Field("name"),
            Field("kind"),
            Field("topic"),
            Field("programme", needed=False),
            Field("opens", "date", "given only when it was in force before its first event", needed=False),
            Field("description"),
        ),
        _partnerships,
    ),
    Table(
        "members",
        "Who was ever in a partnership.",
        ("partnership", "actor"),
        (
            _PARTNERSHIP,
            _ACTOR,
            Field("place", "integer", "1 is named first"),
            Field("from_the_start", "boolean", "whether it did not join later"),
        ),
        _members,
    ),
    Table(
        "events",
        "The chosen steps and settings.",
        ("id",),
        (
            Field("id"),
            Field("date", "date", "as fine as the log has it"),
            Field("ends", "date", "last day of something that lasted", needed=False),
            Field("date_start", "day", "first possible day"),
            Field("date_end", "day", "last possible day, or last day of what lasted; inclusive"),
            Field("precision", about="day, month or year"),
            Field("title"),
            Field("partnership", needed=False, refers="partnerships"),
            Field("act"),
            Field("modality", about="done, announced, threatened or reported"),
            Field("outcome", needed=False),
            Field("outcome_date", "date", needed=False),
            Field("outcome_event", needed=False, refers="events", loose=True),
            Field("threatens", about="the act that is threatened", needed=False),
            Field("condition", about="the demand", needed=False),
            Field("due", "date", needed=False),
            Field("term_end", "date", "last day of a term that this step sets", needed=False),
            Field("denies", about="the event whose claim is denied", needed=False, refers="events", loose=True),
            Field("known", "date", "the day it became public, when that is later", needed=False),
            Field("confidence"),
            Field("summary"),
            Field("note", needed=False),
            Field("line", "integer", "line in the log"),
        ),
        _events,
    ),
    Table(
        "parties",
        "The actors of an event.",
        ("event", "actor"),
        (
            _EVENT,
            _ACTOR,
            Field("place", "integer", "1 is named first"),
            Field("took_the_step", "boolean", "of a joint step nobody did"),
        ),
        _parties,
    ),
    Table(
        "scopes",
        "The actors whose standing an event may change, where these are not all parties of its partnership.",
        ("event", "actor"),
        (_EVENT, _ACTOR),
        _each(lambda event: event.scope),
    ),
    Table(
        "causes",
        "Earlier events that the sources name as the reason of an event.",
        ("event", "cause"),
        (_EVENT, Field("cause", refers="events", loose=True)),
        _each(lambda event: event.because),
    ),
    Table(
        "replacements",
        "Partnerships whose job an event's partnership takes over.",
        ("event", "replaced"),
        (_EVENT, Field("replaced", refers="partnerships")),
        _each(lambda event: event.replaces),
    ),
    Table("tags", "What an event is about.", ("event", "tag"), (_EVENT, Field("tag")), _each(lambda event: event.tags)),
    Table(
        "sources",
        "Pages that support an event.",
        ("event", "place"),
        (
            _EVENT,
            Field("place", "integer", "1 is named first"),
            Field("title"),
            Field("publisher"),
            Field("published", "date", needed=False),
            Field("url"),
            Field("supports", about="what of the event it supports", needed=False),
        ),
        _sources,
    ),
    Table(
        "standings", "How each partnership stood, from day to day.", ("partnership", "first"), (_PARTNERSHIP, *_STRETCH), _standings
    ),
    Table(
        "party_standings",
        "How each party in a partnership stood, from day to day.",
        ("partnership", "actor", "first"),
        (_PARTNERSHIP, _ACTOR, *_STRETCH),
        _party_standings,
    ),
)  # fmt: skip


def tables(log: Log, events: Sequence[Event]) -> Iterator[tuple[Table, list[Row]]]:
    """Each table with its rows; of its loose references those are left that hold for every row."""
    ids = {event.id for event in events}
    chosen = Chosen(log, events, Courses(log))
    for table in TABLES:
        rows = list(table.rows(chosen))
        fields = tuple(
            field._replace(refers="") if field.loose and any(row[at] not in ids for row in rows if row[at]) else field
            for at, field in enumerate(table.fields)
        )
        yield table._replace(fields=fields), rows
