"""CSV, JSON, SQLite, data package and Parquet, each opened by the programs that people use for them."""

import csv as stdlib_csv
import io
import itertools
import json as stdlib_json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import agate
import duckdb
import frictionless
import pandas as pd
import pytest

from small_exports import LOG, STEPS, event, shipped, written, written_bytes
from spacerel import relations
from spacerel.errors import DataError, UsageError
from spacerel.exports import csv, json, jsonl, parquet, sqlite, to_file, to_stdout
from spacerel.formats.csv import guard, unguard
from spacerel.model import STANDINGS, Actor, Event, Log, Outcome, Partnership, Source
from spacerel.selection import seen_on
from spacerel.standing import NONE, Courses

__all__ = ["shipped"]

DAY = "2026-09-01"


@pytest.fixture(scope="module")
def database(shipped: Log) -> Iterator[sqlite3.Connection]:
    with closing(opened(written_bytes(sqlite, shipped.events, shipped, as_of=DAY))) as database:
        yield database


@pytest.fixture(scope="module")
def folder(shipped: Log, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("package") / "space"
    to_file("datapackage", shipped, shipped.events, folder, False, {})
    return folder


class TestCsv:
    HEADER = (
        "id,date,date_start,date_end,precision,title,by,parties,against,partnership,act,modality,outcome,outcome_date,"
        "outcome_event,because,replaces,scope,term_end,tags,confidence,summary,source_urls,source_publishers,note\r\n"
    )

    def test_the_header_is_fixed_and_stands_over_no_rows_too(self) -> None:
        assert written(csv, ()) == self.HEADER

    def test_days_are_inclusive_and_the_date_stays_as_the_log_has_it(self) -> None:
        rows = {row["id"]: row for row in stdlib_csv.DictReader(io.StringIO(written(csv), newline=""))}

        assert tuple(rows["studied"][name] for name in ("date", "date_start", "date_end", "precision")) == (
            "2014~",
            "2014-01-01",
            "2014-12-31",
            "year",
        )
        assert (rows["moved"]["date_start"], rows["moved"]["date_end"]) == ("2022-04-28", "2022-05-02")
        assert rows["suspended"]["tags"] == "mars;exomars-rover"
        assert rows["suspended"]["against"] == "roscosmos"

    def test_duckdb_types_the_days_as_dates(self, tmp_path: Path, shipped: Log) -> None:
        path = tmp_path / "all.csv"
        path.write_text(written(csv, shipped.events, shipped), encoding="utf-8", newline="")

        with duckdb.connect() as database:
            table = database.read_csv(str(path))
            types = dict(zip(table.columns, map(str, table.types), strict=True))
            count = table.aggregate("count(*)").fetchall()[0][0]

        assert (types["date_start"], types["date_end"]) == ("DATE", "DATE")
        assert len(shipped.events) == count

    def test_csvclean_has_nothing_to_complain_of(self, tmp_path: Path, shipped: Log) -> None:
        path = tmp_path / "all.csv"
        path.write_text(written(csv, shipped.events, shipped), encoding="utf-8", newline="")

        ran = subprocess.run(
            [Path(sys.executable).with_name("csvclean"), "--length-mismatch", "--empty-columns", path],
            capture_output=True,
            check=False,
        )

        assert (ran.returncode, ran.stderr) == (0, b"")

    @pytest.mark.filterwarnings("ignore")
    def test_csvkit_types_the_days_as_dates(self, tmp_path: Path, shipped: Log) -> None:
        path = tmp_path / "all.csv"
        path.write_text(written(csv, shipped.events, shipped), encoding="utf-8", newline="")

        table = agate.Table.from_csv(str(path))

        assert isinstance(table.columns["date_start"].data_type, agate.Date)
        assert isinstance(table.columns["date_end"].data_type, agate.Date)
        assert len(shipped.events) == len(table.rows)

    def test_pandas_reads_every_event(self, shipped: Log) -> None:
        frame = pd.read_csv(io.StringIO(written(csv, shipped.events, shipped)), parse_dates=["date_start", "date_end"])

        assert [one.id for one in shipped.events] == list(frame["id"])
        assert frame["date_start"].dtype.kind == "M"

    def test_the_guard_is_lossless(self) -> None:
        texts = ["".join(found) for size in range(5) for found in itertools.product("'=+x\t＝", repeat=size)]

        assert texts == [unguard(guard(text)) for text in texts]
        assert not [text for text in texts if guard(text)[:1] in tuple("=+\t＝")]

    @pytest.mark.parametrize(("guard", "title"), [(True, "'=1+1"), (False, "=1+1")])
    def test_a_formula_is_guarded_unless_asked_otherwise(self, guard: bool, title: str) -> None:
        rows = {row["id"]: row for row in stdlib_csv.DictReader(io.StringIO(written(csv, guard=guard)))}

        assert title == rows["mooted"]["title"]

    def test_line_ends_and_quotes_inside_a_cell_come_back(self) -> None:
        rows = {row["id"]: row for row in stdlib_csv.DictReader(io.StringIO(written(csv), newline=""))}

        assert rows["moved"]["note"] == "Größe 'x'\n2022: not an event"

    def test_a_byte_order_mark_only_on_request(self) -> None:
        assert written(csv).startswith("id,")
        assert written(csv, bom=True).startswith("\ufeffid,")

    @pytest.mark.parametrize(("word", "sign"), [(";", ";"), ("tab", "\t"), ("\\t", "\t"), ("|", "|")])
    def test_another_delimiter(self, word: str, sign: str) -> None:
        rows = list(stdlib_csv.reader(io.StringIO(written(csv, delimiter=word), newline=""), delimiter=sign))

        assert {25} == {len(row) for row in rows}

    @pytest.mark.parametrize("sign", ["", ",,", '"', "\n", "a", "="])
    def test_a_delimiter_that_cannot_part_cells_is_refused(self, sign: str) -> None:
        with pytest.raises(UsageError, match=r"cannot part cells\. Use one sign"):
            written(csv, delimiter=sign)

    def test_a_list_that_would_be_misread_is_refused(self) -> None:
        wrong = event("wrong", "2022", "strain", tags=("a;b",))

        with pytest.raises(DataError, match='wrong: "a;b" in tags cannot stand in a CSV list'):
            written(csv, (wrong,))


class TestJson:
    def test_the_object_has_a_pinned_shape(self) -> None:
        whole = stdlib_json.loads(written(json, query={"agency": ["esa"]}))

        assert list(whole) == ["spacerel", "query", "as_of", "count", "events"]
        assert (whole["spacerel"], whole["query"], whole["count"]) == (1, {"agency": ["esa"]}, len(STEPS))
        assert list(whole["events"][0]) == [*TestCsv.HEADER.strip().split(","), "line", "sources"]

    def test_lists_are_arrays_and_sources_are_whole(self) -> None:
        found = {one["id"]: one for one in stdlib_json.loads(written(json))["events"]}

        assert found["suspended"]["because"] == ["war"]
        assert found["war"]["partnership"] is None
        assert found["war"]["sources"][0]["published"] == "2022-03-18"

    def test_json_lines_hold_the_same_records(self, shipped: Log) -> None:
        lines = written(jsonl, shipped.events, shipped).splitlines()

        assert [stdlib_json.loads(line) for line in lines] == stdlib_json.loads(written(json, shipped.events, shipped))[
            "events"
        ]


class TestSqlite:
    def test_every_reference_holds(self, database: sqlite3.Connection) -> None:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def test_what_refers_to_what(self, database: sqlite3.Connection) -> None:
        found = {
            table: sorted((row[3], row[2]) for row in database.execute(f"PRAGMA foreign_key_list ({table})"))
            for table in ("events", "parties", "causes", "sources", "standings")
        }

        assert found == {
            "events": [("denies", "events"), ("outcome_event", "events"), ("partnership", "partnerships")],
            "parties": [("actor", "actors"), ("event", "events")],
            "causes": [("cause", "events"), ("event", "events")],
            "sources": [("event", "events")],
            "standings": [("opened_by", "events"), ("partnership", "partnerships")],
        }

    def test_a_cause_that_was_not_chosen_is_named_only(self) -> None:
        with closing(opened(written_bytes(sqlite, STEPS[3:4]))) as database:
            assert database.execute("SELECT event, cause FROM causes").fetchall() == [("suspended", "war")]
            assert [row[3] for row in database.execute("PRAGMA foreign_key_list (causes)")] == ["event"]
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []

    def test_the_whole_log_comes_back_from_its_tables(self, database: sqlite3.Connection, shipped: Log) -> None:
        def rows(table: str, order: str = "rowid") -> list[sqlite3.Row]:
            cursor = database.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(f"SELECT * FROM {table} ORDER BY {order}").fetchall()  # noqa: S608

        def lists(table: str, key: str, value: str) -> dict[str, tuple[str, ...]]:
            found: dict[str, tuple[str, ...]] = {}
            for row in rows(table):
                found[row[key]] = (*found.get(row[key], ()), row[value])
            return found

        aliases, parties = lists("aliases", "actor", "alias"), lists("parties", "event", "actor")
        identifiers = {
            actor: tuple((row[1], row[2]) for row in rows("identifiers") if row[0] == actor) for actor in shipped.actors
        }
        by = {row["event"]: () for row in rows("parties")}
        for row in rows("parties"):
            by[row["event"]] += (row["actor"],) if row["took_the_step"] else ()
        of_events: dict[str, Any] = {
            name: lists(table, "event", value)
            for name, table, value in (
                ("because", "causes", "cause"),
                ("replaces", "replacements", "replaced"),
                ("tags", "tags", "tag"),
                ("scope", "scopes", "actor"),
            )
        }
        sources: dict[str, tuple[Source, ...]] = {}
        for row in rows("sources"):
            source = Source(*(row[name] for name in Source._fields))
            sources[row["event"]] = (*sources.get(row["event"], ()), source)
        members = {row["partnership"]: () for row in rows("members")}
        for row in rows("members"):
            members[row["partnership"]] += (row["actor"],) if row["from_the_start"] else ()

        assert {
            row["id"]: Actor(
                **{name: row[name] for name in ("id", "name", "type", "short", "country", "predecessor")},
                aliases=aliases.get(row["id"], ()),
                ids=identifiers[row["id"]],
            )
            for row in rows("actors")
        } == {one.id: one._replace(short=one.short or one.name, file="", line=0) for one in shipped.actors.values()}
        assert {
            row["id"]: Partnership(parties=members[row["id"]], **{name: row[name] for name in row.keys()})  # noqa: SIM118
            for row in rows("partnerships")
        } == {one.id: one._replace(file="", line=0) for one in shipped.partnerships.values()}
        assert [
            Event(
                **{name: row[name] for name in Event._fields if name in row.keys() and name != "outcome"},  # noqa: SIM118
                outcome=Outcome(row["outcome"], row["outcome_date"], row["outcome_event"]) if row["outcome"] else None,
                end=row["ends"],
                parties=parties[row["id"]],
                by=by[row["id"]],
                sources=sources[row["id"]],
                **{name: found.get(row["id"], ()) for name, found in of_events.items()},
            )
            for row in rows("events")
        ] == [
            one._replace(file="", by=tuple(party for party in one.parties if party in one.by)) for one in shipped.events
        ]

    def test_a_text_is_found(self, database: sqlite3.Connection) -> None:
        found = database.execute(
            "SELECT id FROM events WHERE rowid IN (SELECT rowid FROM events_fts WHERE events_fts MATCH 'exomars rover')"
        ).fetchall()

        assert ("esa-suspends-exomars-rover",) in found

    def test_days_who_took_the_step_and_standings(self) -> None:
        with closing(opened(written_bytes(sqlite))) as database:
            assert database.execute(
                "SELECT date, date_start, date_end FROM events WHERE id = 'studied'"
            ).fetchall() == [("2014~", "2014-01-01", "2014-12-31")]
            assert database.execute(
                "SELECT actor, took_the_step FROM parties WHERE event = 'suspended' ORDER BY place"
            ).fetchall() == [("esa", 1), ("roscosmos", 0)]
            assert database.execute("SELECT * FROM standings ORDER BY partnership, first").fetchall() == [
                ("exomars-rover", "active", "2013-03-14", "2022-03-16", "2013-03-14", "agreed"),
                ("exomars-rover", "suspended", "2022-03-17", "2022-07-11", "2022-03-17", "suspended"),
                ("exomars-rover", "broken", "2022-07-12", None, "2022-07-12", "ended"),
                ("study", "agreed/none", "2014-01-01", "2014-12-30", "2014-01-01", "studied"),
                ("study", "agreed", "2014-12-31", None, "2014-12-31", "studied"),
            ]

    def test_a_suspension_that_a_successor_made_final_is_the_break(self) -> None:
        later = event("later", "2023-01-01", "agree", partnership="study", replaces=("exomars-rover",))
        log = Log(LOG.actors, LOG.partnerships, (*STEPS[:-1], later))
        with closing(opened(written_bytes(sqlite, log.events, log, as_of=DAY))) as database:
            assert database.execute("SELECT standing, first, since, opened_by FROM standings").fetchall()[2] == (
                *("broken", "2023-01-01", "2022-03-17", "suspended"),
            )
            assert database.execute('SELECT partnership, since, event, "by", replaced_by FROM broken').fetchall() == [
                ("exomars-rover", "2022-03-17", "suspended", "ESA", "Study of three")
            ]

    @pytest.mark.parametrize("day", ["1999-12-31", "2021-12-31", "2022-12-31", DAY])
    def test_the_views_say_what_the_commands_say(self, shipped: Log, day: str) -> None:
        log = seen_on(shipped, day)
        all_courses = Courses(log)
        with closing(opened(written_bytes(sqlite, log.events, log, as_of=day))) as database:
            broken = database.execute("SELECT partnership, event FROM broken").fetchall()
            threatened = database.execute("SELECT id, after_days FROM threats").fetchall()
            held = database.execute("SELECT id, standing FROM cooperations").fetchall()
            tied = database.execute("SELECT * FROM partners WHERE actor = 'esa'")
            names = [column[0] for column in tied.description]
            partners = {row[1]: dict(zip(names, row, strict=True)) for row in tied}

        assert broken == [
            (row.partnership.id, row.event.id)
            for row in relations.breaks(log, all_courses, log.partnerships.values(), day)
        ]
        assert threatened == [(row.event.id, row.after) for row in relations.threats(log.events)]
        assert dict(held) == {
            row.partnership.id: row.standing
            for row in relations.cooperations(log, all_courses, log.partnerships.values(), day)
            if row.standing != NONE
        }
        ties = [
            tie
            for tie in relations.partners(log, all_courses, frozenset({"esa"}), log.events, day)
            if any(standing != NONE for _, standing in tie.standings)
        ]
        assert set(partners) == {tie.partner for tie in ties}
        for tie in ties:
            counted = Counter(standing for _, standing in tie.standings if "/" not in standing)
            row = partners[tie.partner]
            assert {word: row[word] for word in STANDINGS if row[word]} == {
                word: count for word, count in counted.items() if word != NONE
            }
            assert row["steps"] == len(tie.steps)

    def test_datasette_opens_it(self, shipped: Log, tmp_path: Path) -> None:
        path = tmp_path / "space.db"
        path.write_bytes(written_bytes(sqlite, shipped.events, shipped, as_of=DAY))

        def get(address: str) -> Any:
            ran = subprocess.run(
                [sys.executable, "-m", "datasette", str(path), "--get", f"/space/{address}_shape=array"],
                capture_output=True,
                check=True,
            )
            return stdlib_json.loads(ran.stdout)

        found = get("events.json?_search=exomars+suspend*&_col=id&")
        assert "esa-suspends-exomars-rover" in {row["id"] for row in found}
        broken = get("broken.json?partnership=exomars-rover&")
        assert [(row["since"], row["by"]) for row in broken] == [("2022-07-12", "ESA")]
        labelled = get("parties.json?event=esa-suspends-exomars-rover&_labels=on&")
        assert [row["actor"]["label"] for row in labelled][:1] == ["European Space Agency"]

    def test_the_same_log_makes_the_same_bytes(self, shipped: Log) -> None:
        assert written_bytes(sqlite, shipped.events, shipped) == written_bytes(sqlite, shipped.events, shipped)


class TestDatapackage:
    @pytest.mark.filterwarnings("ignore")
    def test_frictionless_finds_every_table_valid(self, folder: Path, shipped: Log) -> None:
        package = frictionless.Package(str(folder / "datapackage.json"))
        report = package.validate()

        assert report.flatten(["message"]) == []
        assert [task.stats["rows"] for task in report.tasks if task.name in ("actors", "partnerships", "events")] == [
            *(len(shipped.actors), len(shipped.partnerships), len(shipped.events))
        ]
        days = {field.name: field.type for field in package.get_resource("events").schema.fields}
        assert (days["date"], days["date_start"], days["date_end"]) == ("string", "date", "date")

    @pytest.mark.filterwarnings("ignore")
    @pytest.mark.parametrize(
        ("table", "old", "new", "error"),
        [
            ("events", "2022-03-17,2022-03-17", "2022-03-17,soon", "type-error"),
            ("parties", "esa-suspends-exomars-rover,esa,", "esa-suspends-exomars-rover,nobody,", "foreign-key"),
            ("causes", "esa-suspends-exomars-rover,", "nothing-of-the-kind,", "foreign-key"),
        ],
    )
    def test_it_would_find_a_wrong_cell(
        self, folder: Path, tmp_path: Path, table: str, old: str, new: str, error: str
    ) -> None:
        for file in folder.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        path = tmp_path / f"{table}.csv"
        assert old.encode() in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode(), 1))

        report = frictionless.Package(str(tmp_path / "datapackage.json")).validate()

        assert error in {found for [found] in report.flatten(["type"])}

    def test_tables_are_those_of_the_database(self, folder: Path) -> None:
        names = {
            resource["name"] for resource in stdlib_json.loads((folder / "datapackage.json").read_text())["resources"]
        }

        assert {"events", "parties", "sources", "causes", "actors", "partnerships", "standings"} < names
        assert {file.name for file in folder.iterdir()} == {"datapackage.json", *(f"{name}.csv" for name in names)}

    def test_a_folder_that_has_files_is_kept_unless_forced(self, tmp_path: Path) -> None:
        (tmp_path / "mine.txt").write_text("mine")

        with pytest.raises(UsageError, match=r" exists\. Write over it with --force$"):
            to_file("datapackage", LOG, STEPS, tmp_path, False, {})
        assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]

        said = to_file("datapackage", LOG, STEPS, tmp_path, True, {})
        assert said == f"Wrote 7 events to {tmp_path}."
        assert (tmp_path / "mine.txt").read_text() == "mine"
        assert len(list(tmp_path.iterdir())) == 16

    def test_a_folder_is_not_a_file_nor_the_other_way_round(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("mine")

        with pytest.raises(UsageError, match=r"file is a file, and what is written is a folder\.$"):
            to_file("datapackage", LOG, STEPS, tmp_path / "file", True, {})
        with pytest.raises(UsageError, match=r"^datapackage is a folder of files\. Name it: -o FOLDER$"):
            to_stdout("datapackage", LOG, STEPS, {})
        with pytest.raises(UsageError, match=r" is a folder, and csv is one file\.$"):
            to_file("csv", LOG, STEPS, tmp_path, True, {})


class TestParquet:
    def test_duckdb_and_pandas_read_days_as_dates_and_lists_as_lists(self, shipped: Log, tmp_path: Path) -> None:
        path = tmp_path / "all.parquet"
        path.write_bytes(written_bytes(parquet, shipped.events, shipped))

        with duckdb.connect() as database:
            table = database.read_parquet(str(path))
            types = dict(zip(table.columns, map(str, table.types), strict=True))
            [[id_, start, parties]] = (
                table.filter("id = 'esa-suspends-exomars-rover'").project("id, date_start, parties").fetchall()
            )
        frame = pd.read_parquet(path)

        assert (types["date"], types["date_start"], types["parties"]) == ("VARCHAR", "DATE", "VARCHAR[]")
        assert (id_, start, parties[0]) == ("esa-suspends-exomars-rover", date(2022, 3, 17), "esa")
        assert list(frame["id"]) == [one.id for one in shipped.events]
        assert list(frame.columns) == TestCsv.HEADER.strip().split(",")

    def test_no_event_is_a_file_with_the_same_columns(self) -> None:
        frame = pd.read_parquet(io.BytesIO(written_bytes(parquet, ())))

        assert (len(frame), list(frame.columns)) == (0, TestCsv.HEADER.strip().split(","))

    def test_without_pyarrow_a_sentence_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)

        with pytest.raises(
            UsageError, match=r"^Parquet needs pyarrow\. Install it with: pip install 'spacerel\[parquet\]'$"
        ):
            written_bytes(parquet)


def opened(content: bytes) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.deserialize(content)
    return database
