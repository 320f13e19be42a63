"""Each export is opened by a program of its format, not only compared as text."""

import csv as stdlib_csv
import io
import itertools
import json as stdlib_json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar
from xml.etree import ElementTree

import agate
import duckdb
import icalendar
import networkx
import pandas as pd
import pydot
import pytest

from spacerel.errors import DataError, UsageError
from spacerel.exports import (
    csv,
    dot,
    gexf,
    graphml,
    ics,
    json,
    jsonl,
    markwhen,
    mermaid,
    named,
    names,
    sqlite,
    timelinejs,
    timelinejs_csv,
    to_file,
    to_stdout,
    vis,
    wanted,
)
from spacerel.exports._ties import ties
from spacerel.log import read
from spacerel.model import Actor, Event, Log, Outcome, Partnership, Source

ESA = Actor("esa", "European Space Agency", "agency", "ESA")
ROSCOSMOS = Actor("roscosmos", "State Corporation Roscosmos", "agency", "Roscosmos", "RU")
DLR = Actor("dlr", "Deutsches Zentrum für Luft- und Raumfahrt", "agency", "DLR", "DE")
ROVER = Partnership(
    "exomars-rover", "ExoMars rover: a mission", ("esa", "roscosmos"), "programme", "exploration", "A rover", "Mars"
)
STUDY = Partnership("study", "Study of three", ("esa", "roscosmos", "dlr"), "agreement", "science", "A study")
PAGE = Source("A page; with a semicolon", "ESA", "https://example.org/a?b=1&c=2", "date", "2022-03-18")


def event(key: str, date: str, act: str, **more: Any) -> Event:
    """An event of the rover mission, with what a test does not care about filled in."""
    first: dict[str, Any] = {
        "title": f"{act} on {date}",
        "parties": ("esa", "roscosmos"),
        "summary": f"What happened: {act}.",
        "sources": (PAGE,),
        "confidence": "high",
        "partnership": "exomars-rover",
    }
    return Event(key, date, act=act, **{**first, **more})


WAR = event(
    "war", "2022-02-24", "context", partnership=None, parties=("roscosmos",), title="A war: it <begins> & goes on"
)
STEPS = (
    event("agreed", "2013-03-14", "start", title="They agree; and start"),
    event("studied", "2014~", "agree", partnership="study", parties=("esa", "roscosmos", "dlr")),
    WAR,
    event("suspended", "2022-03-17", "suspend", by=("esa",), because=("war",), tags=("mars", "exomars-rover")),
    event("mooted", "2022-03", "threaten", by=("roscosmos",), modality="threatened", threatens="end",
          title="=1+1", outcome=Outcome("carried-out", "2022-07-12", "ended")),
    event("moved", "2022-04-28", "strain", end="2022-05-02", note="Größe 'x'\n2022: not an event"),
    event("ended", "2022-07-12", "end", by=("esa",), because=("suspended",)),
)  # fmt: skip
LOG = Log({actor.id: actor for actor in (ESA, ROSCOSMOS, DLR)}, {one.id: one for one in (ROVER, STUDY)}, STEPS)


def written(export: ModuleType, events: tuple[Event, ...] = STEPS, log: Log = LOG, **options: Any) -> str:
    """What an export writes, as text."""
    out = io.StringIO(newline="")
    export.write(log, events, out, **options)
    return out.getvalue()


@pytest.fixture(scope="module")
def shipped() -> Log:
    return read()


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

        assert texts == [csv.unguarded(csv.guarded(text)) for text in texts]
        assert not [text for text in texts if csv.guarded(text)[:1] in tuple("=+\t＝")]

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


class TestIcs:
    def test_every_event_of_the_log_is_read_as_a_whole_day(self, shipped: Log) -> None:
        calendar = icalendar.Calendar.from_ical(written(ics, shipped.events, shipped))
        entries = calendar.walk("VEVENT")

        assert [str(one["UID"]) for one in entries] == [f"{one.id}@spacerel" for one in shipped.events]
        assert {type(one.decoded("DTSTART")) for one in entries} == {date}
        assert [str(one["SUMMARY"]) for one in entries] == [one.title for one in shipped.events]

    def test_the_end_is_exclusive_and_a_month_is_covered_whole(self) -> None:
        text = written(ics)

        assert (
            "UID:suspended@spacerel\r\nDTSTAMP:20220318T000000Z\r\nDTSTART;VALUE=DATE:20220317\r\nDTEND;VALUE=DATE:20220318\r\n"
            in text
        )
        assert "DTSTART;VALUE=DATE:20220301\r\nDTEND;VALUE=DATE:20220401\r\n" in text
        assert "DTSTART;VALUE=DATE:20220428\r\nDTEND;VALUE=DATE:20220503\r\n" in text
        assert "RELATED-TO;RELTYPE=PARENT:war@spacerel\r\n" in text

    def test_no_line_is_longer_than_75_octets_and_no_character_is_split(self, shipped: Log) -> None:
        lines = written(ics, shipped.events, shipped).encode().split(b"\r\n")

        assert max(map(len, lines)) == 75
        assert not [line for line in lines if b"\n" in line or line.decode() != line.decode(errors="replace")]

    def test_signs_with_a_meaning_are_escaped(self) -> None:
        strange = event("strange", "2022-01-01", "strain", title="a\\b; c, d\ne", tags=("one,two", "three"))
        calendar = icalendar.Calendar.from_ical(written(ics, (strange,)))

        entry = calendar.events[0]
        assert str(entry["SUMMARY"]) == strange.title
        assert list(entry.categories) == ["strain", "one,two", "three"]


class TestTies:
    def test_a_tie_has_the_less_lively_of_its_actors_standings(self) -> None:
        leaves = event("leaves", "2015-01-01", "leave", partnership="study", by=("dlr",))
        log = Log(LOG.actors, LOG.partnerships, (STEPS[1], leaves))

        standings = {tie.id: tie.standing_on("2020-01-01") for tie in ties(log, log.events)}

        assert standings == {
            "study--esa--roscosmos": "agreed",
            "study--esa--dlr": "broken",
            "study--roscosmos--dlr": "broken",
        }

    def test_a_vague_date_leaves_two_standings_possible(self) -> None:
        tie = ties(LOG, STEPS[1:2])[0]

        assert [tuple(state) for state in tie.states] == [
            ("agreed/none", "2014-01-01", "2014-12-30"),
            ("agreed", "2014-12-31", None),
        ]
        assert tie.spells() == [("2014-01-01", None)]

    def test_a_closed_tie_says_who_closed_it_and_when(self) -> None:
        tie = ties(LOG, STEPS)[0]

        assert (tie.ended_by, tie.closed_on, tie.steps) == (("esa",), "2022-07-12", 5)
        assert tie.spells() == [("2013-03-14", "2022-07-11")]

    def test_an_opened_again_partnership_has_two_spells(self) -> None:
        again = event("again", "2023-01-01", "resume")
        log = Log(LOG.actors, LOG.partnerships, (*STEPS, again))

        tie = ties(log, log.events)[0]

        assert tie.spells() == [("2013-03-14", "2022-07-11"), ("2023-01-01", None)]
        assert (tie.closed_on, tie.ended_by) == (None, ())


class TestGraphml:
    def test_networkx_reads_every_actor_and_every_tie(self, shipped: Log) -> None:
        graph = networkx.parse_graphml(written(graphml, shipped.events, shipped), force_multigraph=True)

        found = ties(shipped, shipped.events)
        assert graph.number_of_edges() == len(found)
        assert graph.number_of_nodes() == len({actor for tie in found for actor in tie.actors})

    def test_a_tie_has_its_standing_on_the_day_asked_for(self) -> None:
        then, now = (
            networkx.parse_graphml(written(graphml, as_of=day), force_multigraph=True)
            for day in ("2022-03-20", "2022-12-31")
        )

        assert then.edges["esa", "roscosmos", "exomars-rover"] == {
            "label": "ExoMars rover: a mission",
            "partnership": "exomars-rover",
            "programme": "Mars",
            "topic": "exploration",
            "kind": "programme",
            "status": "suspended",
            "start": "2013-03-14",
            "end": "2022-07-12",
            "ended_by": "esa",
            "weight": 5,
        }
        assert now.edges["esa", "roscosmos", "exomars-rover"]["status"] == "broken"
        assert now.nodes["roscosmos"] == {"label": "Roscosmos", "country": "RU", "type": "agency"}

    def test_a_character_that_xml_cannot_hold_is_refused(self) -> None:
        log = Log({**LOG.actors, "esa": ESA._replace(short="E\x01")}, LOG.partnerships, STEPS)

        with pytest.raises(DataError, match=r"XML has no way to write the control character U\+0001 in 'E\\x01'\."):
            written(graphml, STEPS, log)


class TestGexf:
    NAMES: ClassVar = {"g": "http://gexf.net/1.3"}

    def test_networkx_reads_every_tie_and_its_spells(self, shipped: Log) -> None:
        # networkx knows GEXF up to 1.2draft, which differs in nothing that is written here but its name.
        text = written(gexf, shipped.events, shipped)
        text = text.replace(
            'xmlns="http://gexf.net/1.3" version="1.3"', 'xmlns="http://www.gexf.net/1.2draft" version="1.2"'
        )
        graph = networkx.read_gexf(io.BytesIO(text.encode()))

        found = ties(shipped, shipped.events)
        assert graph.number_of_edges() == len(found)
        spells = {data["id"]: len(data.get("spells", ())) for _, _, data in graph.edges(data=True)}
        assert spells == {tie.id: len(tie.spells()) for tie in found}

    def test_a_standing_ends_on_the_day_before_the_next(self) -> None:
        root = ElementTree.fromstring(written(gexf))  # noqa: S314
        edge = root.find(".//g:edge[@id='exomars-rover']", self.NAMES)

        assert edge is not None
        assert [
            (one.get("value"), one.get("start"), one.get("end"))
            for one in edge.findall("g:attvalues/g:attvalue[@for='status']", self.NAMES)
        ] == [
            ("active", "2013-03-14", "2022-03-16"),
            ("suspended", "2022-03-17", "2022-07-11"),
            ("broken", "2022-07-12", None),
        ]
        assert [one.attrib for one in edge.findall("g:spells/g:spell", self.NAMES)] == [
            {"start": "2013-03-14", "end": "2022-07-11"}
        ]

    def test_all_days_are_full_days(self, shipped: Log) -> None:
        root = ElementTree.fromstring(written(gexf, shipped.events, shipped))  # noqa: S314

        days = [one.get(name) for one in root.iter() for name in ("start", "end") if one.get(name)]
        assert len(days) > 1000
        assert {len(date.fromisoformat(str(day)).isoformat()) for day in days} == {10}


class TestDot:
    def test_two_parties_are_a_line_and_three_a_box(self) -> None:
        lines = written(dot, as_of="2022-03-20").splitlines()

        assert (
            '  "esa" -- "roscosmos" [label="ExoMars rover: a mission · suspended" color="#a87400" fontcolor="#a87400"];'
            in lines
        )
        assert (
            '  "partnership:study" [shape=box label="Study of three · agreed" color="#2a6f9f" fontcolor="#2a6f9f"];'
            in lines
        )
        assert len([line for line in lines if line.startswith('  "partnership:study" -- ')]) == 3

    @pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot calls pyparsing by its old names
    def test_a_reader_of_dot_finds_every_node_and_line(self, shipped: Log) -> None:
        [graph] = pydot.graph_from_dot_data(written(dot, shipped.events, shipped)) or []

        ids = {node.get_name().strip('"') for node in graph.get_nodes()} - {"graph", "node", "edge"}
        found = ties(shipped, shipped.events)
        partnerships = {tie.partnership.id for tie in found}
        assert {actor for tie in found for actor in tie.actors} == {one for one in ids if ":" not in one}
        boxes = {one for one in ids if ":" in one}
        assert len(graph.get_edges()) >= len(partnerships)
        assert boxes == {f"partnership:{tie.partnership.id}" for tie in found if tie.id != tie.partnership.id}


class TestSqlite:
    @pytest.fixture
    def database(self, shipped: Log) -> Iterator[sqlite3.Connection]:
        out = io.BytesIO()
        sqlite.write(shipped, shipped.events, out)
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(out.getvalue())
            yield database

    def test_every_reference_holds(self, database: sqlite3.Connection) -> None:
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]

    def test_nothing_is_lost(self, database: sqlite3.Connection, shipped: Log) -> None:
        counts = {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
            for table in ("events", "actors", "partnerships", "sources", "causes")
        }

        assert counts == {
            "events": len(shipped.events),
            "actors": len(shipped.actors),
            "partnerships": len(shipped.partnerships),
            "sources": sum(len(one.sources) for one in shipped.events),
            "causes": sum(len(one.because) for one in shipped.events),
        }

    def test_a_text_is_found(self, database: sqlite3.Connection) -> None:
        found = database.execute(
            "SELECT id FROM events WHERE rowid IN (SELECT rowid FROM search WHERE search MATCH 'exomars rover')"
        ).fetchall()

        assert ("esa-suspends-exomars-rover",) in found

    def test_days_and_who_took_the_step(self) -> None:
        out = io.BytesIO()
        sqlite.write(LOG, STEPS, out)
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(out.getvalue())

            assert database.execute(
                "SELECT date, date_start, date_end FROM events WHERE id = 'studied'"
            ).fetchall() == [("2014~", "2014-01-01", "2014-12-31")]
            assert database.execute(
                "SELECT actor, took_the_step FROM parties WHERE event = 'suspended' ORDER BY place"
            ).fetchall() == [("esa", 1), ("roscosmos", 0)]
            assert database.execute(
                "SELECT standing, first, last, opened_by FROM spells WHERE reading = 'latest' AND partnership = 'exomars-rover'"
            ).fetchall() == [
                ("active", "2013-03-14", "2022-03-16", "agreed"),
                ("suspended", "2022-03-17", "2022-07-11", "suspended"),
                ("broken", "2022-07-12", None, "ended"),
            ]


class TestTimelinejs:
    def test_a_date_is_as_fine_as_the_log_has_it(self) -> None:
        whole = stdlib_json.loads(written(timelinejs, title="A & B"))
        slides = {one["unique_id"]: one for one in whole["events"]}

        assert whole["title"] == {"text": {"headline": "A &amp; B"}}
        assert slides["studied"]["start_date"] == {"year": 2014, "display_date": "about 2014"}
        assert slides["mooted"]["start_date"] == {"year": 2022, "month": 3}
        assert slides["moved"]["end_date"] == {"year": 2022, "month": 5, "day": 2}
        assert "end_date" not in slides["war"]
        assert slides["war"]["text"]["headline"] == "A war: it &lt;begins&gt; &amp; goes on"
        assert slides["ended"]["group"] == "ExoMars rover: a mission"

    def test_every_slide_has_what_the_reader_needs(self, shipped: Log) -> None:
        slides = stdlib_json.loads(written(timelinejs, shipped.events, shipped))["events"]

        assert len(slides) == len(shipped.events)
        assert len({one["unique_id"] for one in slides}) == len(slides)
        for slide in slides:
            ElementTree.fromstring(f"<div>{slide['text']['text']}</div>")  # noqa: S314 - tags are closed
            parts = slide["start_date"]
            date(parts["year"], parts.get("month", 1), parts.get("day", 1))

    def test_the_spreadsheet_says_the_same(self) -> None:
        rows = list(stdlib_csv.DictReader(io.StringIO(written(timelinejs_csv, title="All"), newline="")))
        by_title = {row["Headline"]: row for row in rows}

        assert (rows[0]["Type"], rows[0]["Headline"], rows[0]["Year"]) == ("title", "All", "")
        assert len(rows) == len(STEPS) + 1
        about = by_title["agree on 2014~"]
        assert (about["Year"], about["Month"], about["Display Date"]) == ("2014", "", "about 2014")
        moved = by_title["strain on 2022-04-28"]
        assert [moved[name] for name in ("Year", "Month", "Day", "End Year", "End Month", "End Day")] == [
            *("2022", "4", "28"),
            *("2022", "5", "2"),
        ]


class TestVis:
    def test_standings_are_ranges_and_their_end_is_the_day_after(self) -> None:
        items = {one["id"]: one for one in stdlib_json.loads(written(vis, today="2023-01-01"))["items"]}

        assert items["exomars-rover:2022-03-17"] == {
            "id": "exomars-rover:2022-03-17",
            "group": "exomars-rover",
            "content": "suspended",
            "start": "2022-03-17",
            "end": "2022-07-12",
            "type": "range",
            "className": "standing-suspended",
        }
        assert "exomars-rover:2022-07-12" not in items
        assert items["study:2014-12-31"]["end"] == "2023-01-02"
        assert items["study:2014-01-01"]["className"] == "standing-agreed standing-none"

    def test_steps_are_points_settings_are_background_and_months_are_ranges(self) -> None:
        items = {one["id"]: one for one in stdlib_json.loads(written(vis))["items"]}

        assert (items["suspended"]["type"], items["suspended"]["className"]) == ("point", "act-suspend")
        assert (items["war"]["type"], items["war"]["end"]) == ("background", "2022-02-25")
        assert (items["mooted"]["type"], items["mooted"]["end"]) == ("range", "2022-04-01")
        assert "Because: A war: it &lt;begins&gt; &amp; goes on" in items["suspended"]["title"]
        assert "group" not in items["war"]

    def test_every_item_of_the_log_has_its_own_id_and_a_known_group(self, shipped: Log) -> None:
        whole = stdlib_json.loads(written(vis, shipped.events, shipped))

        ids = [one["id"] for one in whole["items"]]
        assert len(ids) == len(set(ids))
        assert {one.id for one in shipped.events} <= set(ids)
        assert {one["group"] for one in whole["items"] if "group" in one} == {one["id"] for one in whole["groups"]}
        assert all(one["start"] < one["end"] for one in whole["items"] if "end" in one)


class TestMermaid:
    def test_a_colon_is_escaped_and_events_of_a_day_share_a_period(self) -> None:
        two = (
            event("one", "2022-01-02", "strain", title="a: b #35; c"),
            event("two", "2022-01-02", "strain", title="d"),
        )

        assert written(mermaid, two, title="x: y") == (
            "timeline TD\n    title x#58; y\n    section 2022\n        2 Jan : a#58; b #35;35; c : d\n"
        )

    def test_no_line_of_the_log_is_parted_by_anything_else(self, shipped: Log) -> None:
        lines = [line for line in written(mermaid, shipped.events, shipped).splitlines() if line.startswith("        ")]

        assert sum(len(line.split(" : ")) - 1 for line in lines) == len(shipped.events)
        assert not [line for line in lines if ":" in line.replace(" : ", "")]


class TestMarkwhen:
    def test_an_event_with_its_properties_and_quoted_text(self) -> None:
        text = written(markwhen)

        assert text.startswith("---\ntitle: 'Space partnerships'\ntimezone: UTC\n#agree: green\n")
        assert "\n## ExoMars rover: a mission #esa #roscosmos\n" in text
        assert (
            "\n2022-03-17: suspend on 2022-03-17 #suspend #mars #exomars_rover\n  id: suspended\n  actor: esa\n"
            "  confidence: high\n> What happened: suspend.\n> [ESA](https://example.org/a?b=1&c=2)\n" in text
        )
        assert "\n2022-04-28/2022-05-02: strain" in text
        assert "\n> Größe 'x' 2022: not an event\n" in text

    def test_every_other_line_is_one_that_the_reader_does_not_take_for_an_event(self, shipped: Log) -> None:
        body = written(markwhen, shipped.events, shipped).split("---\n", 2)[2].splitlines()

        dated = [line for line in body if line[:1].isdigit()]
        assert len(dated) == len(shipped.events)
        assert {line[:2] for line in body if line and line not in dated} == {"  ", "> ", "##"}


class TestWriting:
    def test_formats_are_the_files_of_the_folder(self) -> None:
        assert names() == [
            *("csv", "dot", "gexf", "graphml", "ics", "json", "jsonl", "markwhen", "mermaid", "sqlite"),
            *("timelinejs", "timelinejs-csv", "vis"),
        ]

    @pytest.mark.parametrize("name", names())
    def test_every_format_says_what_it_cannot_carry_or_leaves_out(self, name: str) -> None:
        said = named(name).__doc__ or ""

        assert "cannot carry" in said or "named only" in said

    def test_an_unknown_format(self) -> None:
        with pytest.raises(UsageError) as caught:
            named("timelinejs-cvs")

        assert str(caught.value) == (
            'unknown export format "timelinejs-cvs". Did you mean "timelinejs-csv"? All of them: spacerel export --help'
        )

    def test_a_format_gets_what_it_asks_for(self) -> None:
        known = {"as_of": "2022-01-01", "today": "2022-01-02", "query": {}}

        assert wanted("csv", known, {"guard": False}) == {"guard": False}
        assert wanted("graphml", known, {}) == {"as_of": "2022-01-01"}
        assert wanted("vis", known, {}) == {"today": "2022-01-02"}

    @pytest.mark.parametrize(
        ("chosen", "option"),
        [({"bom": True}, "--bom"), ({"guard": False}, "--no-guard"), ({"delimiter": ";"}, "--delimiter")],
    )
    def test_an_option_that_a_format_does_not_have_is_refused(self, chosen: dict[str, Any], option: str) -> None:
        with pytest.raises(UsageError, match=f"^export ics has no {option}.$"):
            wanted("ics", {}, chosen)

    def test_a_file_is_written_whole_and_the_sentence_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"

        said = to_file("csv", LOG, STEPS, path, False, {"guard": True})

        assert said == f"Wrote 7 events to {path} (25 columns, formula guard on)."
        assert path.read_bytes().decode() == written(csv)
        assert (
            to_file("ics", LOG, STEPS[:1], tmp_path / "one.ics", False, {}) == f"Wrote 1 event to {tmp_path}/one.ics."
        )

    def test_a_file_is_not_written_over_without_force(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("mine")

        with pytest.raises(UsageError, match=r"out\.csv exists\. Write over it with --force$"):
            to_file("csv", LOG, STEPS, path, False, {})
        assert path.read_text() == "mine"

        to_file("csv", LOG, STEPS, path, True, {})
        assert path.read_text().startswith("id,")
        assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]

    def test_an_export_that_fails_leaves_the_old_file_and_no_other(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("mine")

        with pytest.raises(DataError):
            to_file("csv", LOG, (event("wrong", "2022", "strain", tags=("a;b",)),), path, True, {})

        assert path.read_text() == "mine"
        assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"^cannot write .*/none/out\.csv: No such file or directory\.$"):
            to_file("csv", LOG, STEPS, tmp_path / "none" / "out.csv", False, {})

    def test_standard_output_gets_the_same_bytes(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        to_stdout("csv", LOG, STEPS, {})

        assert capfdbinary.readouterr().out.decode() == written(csv)
