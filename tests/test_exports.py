"""Each export is opened by a program of its format, not only compared as text."""

import csv as stdlib_csv
import io
import itertools
from pathlib import Path
from types import ModuleType
from typing import Any

import agate
import duckdb
import pandas as pd
import pytest

from spacerel.errors import DataError, UsageError
from spacerel.exports import csv
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
