"""One SQLite database, for Datasette, sqlite-utils and SQL: events, parties, sources, causes, actors, partnerships.

Tables `spells` (how each partnership stood, from day to day) and `search` (full text of title, summary and note) come with
them. The actors and partnerships of the whole log are in it, so that every reference holds; causes that were not chosen
are named only. Where SQLite has no FTS5, `search` is missing.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from spacerel.dates import first_day, last_day, precision
from spacerel.model import Event, Log
from spacerel.standing import courses

BINARY = True

_SCHEMA = """
CREATE TABLE actors (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, short TEXT NOT NULL, type TEXT NOT NULL, country TEXT,
  predecessor TEXT REFERENCES actors
);
CREATE TABLE partnerships (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, programme TEXT, opens TEXT,
  description TEXT NOT NULL
);
CREATE TABLE partnership_parties (
  partnership TEXT NOT NULL REFERENCES partnerships, actor TEXT NOT NULL REFERENCES actors, place INTEGER NOT NULL,
  PRIMARY KEY (partnership, actor)
);
CREATE TABLE events (
  id TEXT PRIMARY KEY, date TEXT NOT NULL, date_start TEXT NOT NULL, date_end TEXT NOT NULL, precision TEXT NOT NULL,
  title TEXT NOT NULL, partnership TEXT REFERENCES partnerships, act TEXT NOT NULL, modality TEXT NOT NULL, outcome TEXT,
  outcome_date TEXT, outcome_event TEXT, threatens TEXT, condition TEXT, due TEXT, term_end TEXT, denies TEXT, known TEXT,
  confidence TEXT NOT NULL, summary TEXT NOT NULL, note TEXT, line INTEGER NOT NULL
);
CREATE INDEX events_by_day ON events (date_start, date_end);
CREATE TABLE parties (
  event TEXT NOT NULL REFERENCES events, actor TEXT NOT NULL REFERENCES actors, place INTEGER NOT NULL,
  took_the_step INTEGER NOT NULL, in_scope INTEGER NOT NULL, PRIMARY KEY (event, actor)
);
CREATE INDEX parties_by_actor ON parties (actor);
CREATE TABLE causes (event TEXT NOT NULL REFERENCES events, cause TEXT NOT NULL, PRIMARY KEY (event, cause));
CREATE TABLE replacements (
  event TEXT NOT NULL REFERENCES events, replaced TEXT NOT NULL REFERENCES partnerships, PRIMARY KEY (event, replaced)
);
CREATE TABLE tags (event TEXT NOT NULL REFERENCES events, tag TEXT NOT NULL, PRIMARY KEY (event, tag));
CREATE TABLE sources (
  event TEXT NOT NULL REFERENCES events, place INTEGER NOT NULL, title TEXT NOT NULL, publisher TEXT NOT NULL,
  published TEXT, url TEXT NOT NULL, supports TEXT NOT NULL, PRIMARY KEY (event, place)
);
CREATE TABLE spells (
  partnership TEXT NOT NULL REFERENCES partnerships, reading TEXT NOT NULL, standing TEXT NOT NULL, first TEXT NOT NULL,
  last TEXT, opened_by TEXT
);
"""
_SEARCH = "CREATE VIRTUAL TABLE search USING fts5 (title, summary, note, content=events)"


def write(log: Log, events: Iterable[Event], out: BinaryIO) -> None:
    """Write the database's bytes."""
    chosen = list(events)
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(_SCHEMA)
        for table, rows in _tables(log, chosen):
            for row in rows:
                marks = ",".join("?" * len(row))
                database.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608 - our own table names
        if database.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").fetchone():
            database.execute(_SEARCH)
            database.execute("INSERT INTO search (search) VALUES ('rebuild')")
        database.commit()
        out.write(database.serialize())
    finally:
        database.close()


def _tables(log: Log, events: list[Event]) -> Iterator[tuple[str, Iterable[tuple[object, ...]]]]:
    # An actor may come before its predecessor: SQLite looks at references only where it is told to.
    yield "actors", ((a.id, a.name, a.short or a.name, a.type, a.country, a.predecessor) for a in log.actors.values())
    yield (
        "partnerships",
        ((p.id, p.name, p.kind, p.topic, p.programme, p.opens, p.description) for p in log.partnerships.values()),
    )
    all_courses = courses(log)
    yield (
        "partnership_parties",
        (
            (p.id, actor, place)
            for p in log.partnerships.values()
            for place, actor in enumerate(dict.fromkeys((*p.parties, *all_courses[p.id].earliest.parties)))
        ),
    )
    yield "events", map(_event, events)
    yield (
        "parties",
        (
            (e.id, actor, place, actor in e.by, actor in (e.scope or e.parties))
            for e in events
            for place, actor in enumerate(dict.fromkeys(e.parties))
        ),
    )
    yield "causes", ((e.id, cause) for e in events for cause in dict.fromkeys(e.because))
    yield "replacements", ((e.id, replaced) for e in events for replaced in dict.fromkeys(e.replaces))
    yield "tags", ((e.id, tag) for e in events for tag in dict.fromkeys(e.tags))
    yield (
        "sources",
        (
            (e.id, place, s.title, s.publisher, s.published, s.url, s.supports)
            for e in events
            for place, s in enumerate(e.sources, 1)
        ),
    )
    yield (
        "spells",
        (
            (key, reading, spell.standing, spell.first, spell.last, spell.opened.id if spell.opened else None)
            for key, course in all_courses.items()
            for reading, history in zip(("earliest", "latest"), course, strict=True)
            for spell in history.spells
        ),
    )


def _event(e: Event) -> tuple[object, ...]:
    outcome = e.outcome or (None, None, None)
    days = (e.date, first_day(e.date), last_day(e.end or e.date), precision(e.date))
    step = (e.title, e.partnership, e.act, e.modality, *outcome, e.threatens, e.condition, e.due, e.term_end, e.denies)
    return (e.id, *days, *step, e.known, e.confidence, e.summary, e.note, e.line)
