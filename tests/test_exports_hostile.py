"""Any text in any field, through every export, comes back from its reader as the same text or is refused by name.

What is read by people (pages, timelines, graphs that are drawn) holds it as the screen shows it: control characters
written out. The readers in Node and a browser get `clients/hostile.yaml` by `just clients`.
"""

import csv as stdlib_csv
import io
import json as stdlib_json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import agate
import duckdb
import frictionless
import html5lib
import icalendar
import networkx
import pandas as pd
import pydot
import pytest
from followthemoney import model
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from pybtex.database import parse_string

from small_exports import ESA, ROSCOSMOS, ROVER, event, written, written_bytes
from spacerel.errors import DataError
from spacerel.exports import (
    bibtex,
    csl,
    csv,
    datapackage,
    dot,
    ftm,
    gexf,
    graphml,
    html,
    ics,
    json,
    jsonl,
    markwhen,
    md,
    mermaid,
    mermaid_gantt,
    parquet,
    sqlite,
    svg,
    timelinejs,
    timelinejs_csv,
    vis,
)
from spacerel.formats.csv import unguard
from spacerel.model import Log, Source
from spacerel.table import visible
from test_exports_entities import of_tex

HOSTILE = (
    "<script>alert(1)</script>",
    "]]></data></desc></table><!-- &amp; &#65; &#0; --> <![CDATA[x]]>",
    '=cmd|"/c calc"!A1',
    "'+1",
    "＝1",
    "-- '; DROP TABLE events; --\"",
    "a\\;b\\, c\\n d\\N:e\nBEGIN:VEVENT",
    "é国👩‍🚀" * 30,
    "| [x](javascript:1) `y` **z** <b> \\| ~s~",
    "# h\n- l\n> q\n2022: e\n---\n",
    "section x : y %%{init: {}}%% #58; #quot;",
    "\\{ } {unbalanced \\\\ $x$ 100% _a^b~",
    "\ttab\x0b\x1b[31m\x00\x7f\x85\u2028\u202e\ufffe",
    "carriage\rreturn\r\nline",
    "  blanks  at both ends  ",
)
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=["Cs"]), min_size=1))


def a_log(text: str) -> Log:
    """A log in which every free text is the one given."""
    source = Source(text, text, "https://example.org/", text)
    one = event("one", "2022-03-17", "start", title=text, summary=text, note=text, sources=(source,), tags=("mars",))
    actors = {"esa": ESA._replace(name=text, short=text), "roscosmos": ROSCOSMOS}
    return Log(actors, {"exomars-rover": ROVER._replace(name=text, description=text, programme=text)}, (one,))


def of(export: Any, text: str) -> str:
    log = a_log(text)
    return written(export, log.events, log)


def as_seen(text: str) -> str:
    """A text as a screen shows it, with every run of blanks as one."""
    return " ".join(visible(text).split())


def seen(parts: Iterable[str]) -> str:
    return " ".join("".join(parts).split())


@given(TEXTS)
def test_json_csl_and_ftm_hold_any_text(text: str) -> None:
    [one] = stdlib_json.loads(of(json, text))["events"]
    assert [one["title"], one["summary"], one["note"], one["sources"][0]["title"]] == [text] * 4
    assert stdlib_json.loads(of(jsonl, text)) == one

    [page] = stdlib_json.loads(of(csl, text))
    assert [page["title"], page["container-title"]] == [text] * 2

    entities = [stdlib_json.loads(line) for line in of(ftm, text).split("\n")[:-1]]
    names = [model.get_proxy(one).get("name") for one in entities if "name" in one["properties"]]
    assert names == [[text], [ROSCOSMOS.name], [text], [text]]


@given(TEXTS)
def test_csv_holds_any_text(text: str) -> None:
    if ";" in text:
        with pytest.raises(DataError, match=r'(?s)^one: ".*" in source_publishers cannot stand in a CSV list'):
            of(csv, text)
        return
    [row] = stdlib_csv.DictReader(io.StringIO(of(csv, text), newline=""))

    assert [unguard(row[name]) for name in ("title", "summary", "note")] == [text] * 3
    assert not [cell for cell in row.values() if cell[:1] in tuple("=+-@\t\r\n＝＋－＠") and cell]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", [text for text in HOSTILE if ";" not in text and "\x00" not in text])
def test_other_readers_of_csv_and_parquet_find_the_same(text: str, tmp_path: Path) -> None:
    path = tmp_path / "one.csv"
    path.write_text(of(csv, text), encoding="utf-8", newline="")
    with duckdb.connect() as database:
        [[found]] = database.execute(
            "SELECT title FROM read_csv(?, quote='\"', escape='\"', header=true, strict_mode=false)", [str(path)]
        ).fetchall()
    assert unguard(found) == text
    assert unguard(pd.read_csv(path, keep_default_na=False)["title"][0]) == text
    [row] = agate.Table.from_csv(str(path), column_types=agate.TypeTester(types=[agate.Text()])).rows
    # agate opens files with universal line ends.
    assert unguard(row["title"]) == text.replace("\r\n", "\n").replace("\r", "\n")
    log = a_log(text)
    assert pd.read_parquet(io.BytesIO(written_bytes(parquet, log.events, log)))["title"][0] == text


@given(TEXTS)
def test_sqlite_holds_any_text(text: str) -> None:
    log = a_log(text)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(written_bytes(sqlite, log.events, log))

        assert database.execute("SELECT title, summary, note FROM events").fetchall() == [(text, text, text)]
        assert database.execute("SELECT name, short FROM actors WHERE id = 'esa'").fetchall() == [(text, text)]
        assert database.execute("SELECT title, publisher, supports FROM sources").fetchall() == [(text, text, text)]
        assert database.execute("SELECT count(*) FROM timeline").fetchall() == [(1,)]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("text", HOSTILE)
def test_a_data_package_holds_hostile_text(text: str, tmp_path: Path) -> None:
    log = a_log(text)
    for name, content in datapackage.files(log, log.events):
        (tmp_path / name).write_bytes(content)
    package = frictionless.Package(str(tmp_path / "datapackage.json"))

    if "\x00" not in text:
        assert package.validate().flatten(["message"]) == []
    [row] = stdlib_csv.DictReader(io.StringIO((tmp_path / "events.csv").read_bytes().decode(), newline=""))
    assert [row["title"], row["summary"], row["note"]] == [text] * 3


@given(TEXTS)
def test_xml_holds_any_text_or_says_what_it_cannot(text: str) -> None:
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", text):
        for export in (graphml, gexf):
            with pytest.raises(DataError, match=r"^XML has no way to write the control character U\+"):
                of(export, text)
        return
    graph = networkx.parse_graphml(of(graphml, text), force_multigraph=True)
    assert graph.nodes["esa"]["label"] == text
    [(_, _, tie)] = graph.edges(data=True)
    assert (tie["label"], tie["programme"]) == (text, text)

    root = ElementTree.fromstring(of(gexf, text))  # noqa: S314 - written by ourselves
    assert [one.get("label") for one in root.iter("{http://gexf.net/1.3}node")] == [text, "Roscosmos"]
    assert [one.get("label") for one in root.iter("{http://gexf.net/1.3}edge")] == [text]


@given(TEXTS)
def test_a_calendar_holds_any_text_or_says_what_it_cannot(text: str) -> None:
    if re.search("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]", text):
        with pytest.raises(DataError, match=r"^iCalendar has no way to write the control character U\+"):
            of(ics, text)
        return
    found = of(ics, text)
    [one] = icalendar.Calendar.from_ical(found).events

    assert str(one["SUMMARY"]) == text
    assert str(one["DESCRIPTION"]) == f"{text}\n\n{text}: {text} https://example.org/"
    assert max(len(line) for line in found.encode().split(b"\r\n")) <= 75
    assert found.split("\r\n").count("BEGIN:VEVENT") == 1


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot calls pyparsing by its old names
@pytest.mark.parametrize("text", HOSTILE)
def test_dot_holds_hostile_text_as_the_screen_shows_it(text: str) -> None:
    [graph] = pydot.graph_from_dot_data(of(dot, text)) or []
    [esa] = graph.get_node('"esa"')

    assert unescape(esa.get("label")[1:-1].replace('\\"', '"').replace("\\\\", "\\")) == visible(text)
    assert len(graph.get_edges()) == 1


@given(TEXTS)
def test_bibtex_holds_any_text_on_one_line(text: str) -> None:
    [entry] = parse_string(of(bibtex, text), "bibtex").entries.values()

    assert of_tex(entry.fields["title"] or "") == as_seen(text)
    assert entry.fields["url"] == "https://example.org/"


@given(TEXTS)
def test_slides_are_the_text_as_the_screen_shows_it(text: str) -> None:
    [slide] = stdlib_json.loads(of(timelinejs, text))["events"]
    [row] = stdlib_csv.DictReader(io.StringIO(of(timelinejs_csv, text), newline=""))

    for headline, body, group in (
        (slide["text"]["headline"], slide["text"]["text"], slide["group"]),
        (row["Headline"], row["Text"], row["Group"]),
    ):
        assert seen(html5lib.parseFragment(headline).itertext()) == as_seen(text)
        paragraphs = list(html5lib.parseFragment(body))
        assert [one.tag for one in paragraphs] == ["{http://www.w3.org/1999/xhtml}p"] * 3
        assert seen(paragraphs[0].itertext()) == as_seen(text)
        # It is read as HTML twice.
        assert seen(unescape(unescape(group))) == as_seen(text)
    assert not row["Headline"].startswith(tuple("=+-@\t\r\n＝＋－＠"))


@given(TEXTS)
def test_items_are_the_text_as_the_screen_shows_it(text: str) -> None:
    whole = stdlib_json.loads(of(vis, text))
    content = [one["content"] for one in whole["items"] if one["id"] == "one"] + [whole["groups"][0]["content"]]

    for one in content:
        assert seen(html5lib.parseFragment(one).itertext()) == as_seen(text)
        assert list(html5lib.parseFragment(one)) == []


@given(TEXTS)
def test_mermaid_and_markwhen_hold_any_text_on_one_line(text: str) -> None:
    head, title, section, line = of(mermaid, text).split("\n")[:-1]
    period, _, shown = line.partition(" : ")
    assert (head, title, section) == ("timeline TD", "    title Space partnerships", "    section 2022")
    assert period == "        17 Mar"
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), shown) == as_seen(text)
    assert not re.search(r"[:<]|%%", shown)

    [section] = [line for line in of(mermaid_gantt, text).split("\n") if line.startswith("    section ")]
    assert re.sub(r"#(\d+);", lambda found: chr(int(found[1])), section.removeprefix("    section ")) == as_seen(text)
    assert [line.rpartition(" :")[2] for line in of(mermaid_gantt, text).split("\n")[5:-1]] == [
        "active, 2022-03-17, 2022-03-18",
        "milestone, one, 2022-03-17, 0d",
    ]

    body = of(markwhen, text).split("\n---\n", 1)[1].split("\n")
    [one] = [line for line in body if line.startswith("2022-03-17: ")]
    words = re.sub(r"#(?=\w)", "＃", as_seen(text))
    assert one.split() == ["2022-03-17:", *words.split(), "#start", "#mars"]
    assert {line[:2] for line in body if line and line != one} == {"  ", "> ", "##"}


@given(TEXTS)
def test_pages_are_the_text_as_the_screen_shows_it(text: str) -> None:
    def cells(page: str) -> list[str]:
        root = html5lib.parse(page)
        return [seen(one.itertext()) for one in root.iter("{http://www.w3.org/1999/xhtml}td")]

    table = cells(MarkdownIt("commonmark").enable("table").render(of(md, text)))
    assert len(table) == 5
    assert seen(table[3]) == as_seen(text)
    page = cells(of(html, text))
    assert len(page) == 5
    assert page[2] == seen((visible(text), ", Roscosmos"))
    root = ElementTree.fromstring(of(svg, text))  # noqa: S314 - written by ourselves
    known = {"svg", "title", "desc", "style", "rect", "text", "tspan", "a"}
    assert {one.tag.partition("}")[2] for one in root.iter()} <= known


def test_every_export_is_tried() -> None:
    tried: set[str] = {
        value.__name__ for value in globals().values() if getattr(value, "__name__", "").startswith("spacerel.exports.")
    }

    from spacerel.exports import names

    assert tried == {f"spacerel.exports.{name.replace('-', '_')}" for name in names()}
