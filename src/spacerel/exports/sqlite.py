"""One SQLite database, for Datasette, sqlite-utils and SQL: the chosen events in tables with foreign keys.

Tables: events, parties, scopes, causes, replacements, tags, sources; of the whole log actors, aliases, identifiers,
partnerships, members, and from day to day standings and party_standings. Views are the reports, as of the day in the table `about`: timeline, partners,
cooperations, broken, threats, publishers. `events_fts` is the full text of title, summary and note. A cause that was not
chosen is named only. It cannot carry: the comments and layout of the log.
"""

import sqlite3
from collections.abc import Iterable
from typing import BinaryIO

from spacerel.dates import LAST_DAY
from spacerel.exports._tables import Table, tables
from spacerel.model import STANDINGS, Event, Log

BINARY = True

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER"}
_INDEXES = """
CREATE INDEX events_by_day ON events (date_start, date_end);
CREATE INDEX events_by_partnership ON events (partnership);
CREATE INDEX parties_by_actor ON parties (actor);
CREATE INDEX party_standings_by_actor ON party_standings (actor);
"""
# The quotes tell Datasette which table the index belongs to.
_SEARCH = 'CREATE VIRTUAL TABLE events_fts USING fts5 (title, summary, note, content="events")'

_ON_THE_DAY = "first <= (SELECT as_of FROM about) AND (last IS NULL OR last >= (SELECT as_of FROM about))"
_BY = """(SELECT group_concat(short, ', ') FROM (SELECT a.short FROM parties p JOIN actors a ON a.id = p.actor
  WHERE p.event = e.id AND p.took_the_step ORDER BY p.place))"""
_VIEWS = f"""
CREATE VIEW timeline AS
SELECT e.date, e.act, {_BY} AS "by", {_BY.replace("AND p.took_the_step ", "")} AS parties, c.name AS partnership,
  e.title, e.outcome, e.outcome_date, e.id
FROM events e LEFT JOIN partnerships c ON c.id = e.partnership ORDER BY e.rowid;

CREATE VIEW cooperations AS
SELECT c.id, c.name, (SELECT group_concat(short, ', ') FROM (SELECT a.short FROM members m JOIN actors a ON a.id = m.actor
  WHERE m.partnership = c.id ORDER BY m.place)) AS parties, c.topic, s.standing, s.since, s.opened_by
FROM partnerships c JOIN standings s ON s.partnership = c.id
WHERE {_ON_THE_DAY} ORDER BY c.name;

CREATE VIEW partners AS
WITH held AS (SELECT * FROM party_standings LEFT JOIN liveliness USING (standing) WHERE {_ON_THE_DAY})
SELECT a.actor, b.actor AS partner, count(*) AS partnerships,
  {", ".join(f"sum(max(a.rank, b.rank) = {rank}) AS {word}" for rank, word in enumerate(STANDINGS))},
  sum(a.rank IS NULL OR b.rank IS NULL) AS uncertain,
  (SELECT count(*) FROM parties x JOIN parties y USING (event) JOIN events e ON e.id = event
    WHERE x.actor = a.actor AND y.actor = b.actor AND e.act <> 'context') AS steps
FROM held a JOIN held b ON b.partnership = a.partnership AND b.actor <> a.actor
GROUP BY a.actor, b.actor ORDER BY a.actor, partnerships DESC, b.actor;

CREATE VIEW broken AS
WITH held AS (
  SELECT partnership, actor, standing, since, opened_by FROM party_standings WHERE standing = 'broken' AND {_ON_THE_DAY}
  UNION ALL
  SELECT partnership, NULL, standing, since, opened_by FROM standings WHERE standing = 'broken' AND {_ON_THE_DAY}
)
SELECT c.id AS partnership, c.name, e.date AS since, e.id AS event,
  {_BY} AS "by",
  (SELECT group_concat(coalesce(x.title, k.cause), '; ') FROM causes k LEFT JOIN events x ON x.id = k.cause
   WHERE k.event = e.id) AS because,
  (SELECT group_concat(n.name, '; ') FROM (SELECT DISTINCT s.partnership FROM replacements r JOIN events s ON s.id = r.event
   WHERE r.replaced = c.id AND s.modality = 'done' ORDER BY s.rowid) JOIN partnerships n ON n.id = partnership) AS replaced_by
FROM held JOIN partnerships c ON c.id = held.partnership JOIN events e ON e.id = held.opened_by
GROUP BY c.id, e.id ORDER BY e.date_start, e.date_end, c.id;

CREATE VIEW threats AS
SELECT e.date, e.modality, e.title, e.threatens, e.condition, e.due, e.outcome, e.outcome_date, e.outcome_event,
  max(0, CAST(julianday(substr(rtrim(e.outcome_date, '~') || '-01-01', 1, 10)) - julianday(e.date_start) AS INTEGER)) AS after_days,
  e.id
FROM events e WHERE e.modality IN ('threatened', 'announced') ORDER BY e.rowid;

CREATE VIEW publishers AS
SELECT publisher, count(DISTINCT event) AS events, count(*) AS pages, min(published) AS earliest, max(published) AS latest
FROM sources GROUP BY publisher ORDER BY events DESC, publisher;
"""  # noqa: S608 - our own words only


def write(log: Log, events: Iterable[Event], out: BinaryIO, *, as_of: str = LAST_DAY) -> None:
    """Write the database's bytes; its views tell how things stood on `as_of`."""
    database = sqlite3.connect(":memory:")
    try:
        database.execute("CREATE TABLE about (spacerel INTEGER NOT NULL, as_of TEXT NOT NULL)")
        database.execute("INSERT INTO about VALUES (1, ?)", (as_of,))
        database.execute("CREATE TABLE liveliness (standing TEXT PRIMARY KEY, rank INTEGER NOT NULL)")
        database.executemany("INSERT INTO liveliness VALUES (?, ?)", zip(STANDINGS, range(len(STANDINGS)), strict=True))
        for table, rows in tables(log, list(events)):
            database.execute(_definition(table))
            marks = ",".join("?" * len(table.fields))
            # An actor may come before its predecessor: SQLite looks at references only where it is told to.
            database.executemany(f"INSERT INTO {table.name} VALUES ({marks})", rows)  # noqa: S608 - our own names
        database.executescript(_INDEXES + _VIEWS)
        if database.execute("SELECT 1 FROM pragma_compile_options WHERE compile_options = 'ENABLE_FTS5'").fetchone():
            database.execute(_SEARCH)
            database.execute("INSERT INTO events_fts (events_fts) VALUES ('rebuild')")
        database.commit()
        out.write(database.serialize())
    finally:
        database.close()


def _definition(table: Table) -> str:
    columns = [
        f'"{field.name}" {_TYPES.get(field.kind, "TEXT")}{" NOT NULL" if field.needed else ""}'
        + (f" REFERENCES {field.refers} (id)" if field.refers else "")
        for field in table.fields
    ]
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({', '.join(table.key)}))"
