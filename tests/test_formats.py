"""Formats: what each one writes of a table, and what none of them ever does.

The files in tests/golden are compared as they are; `SPACEREL_GOLDEN=write pytest tests/test_formats.py` writes them anew.
"""

import csv
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from itertools import pairwise, product
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len

from spacerel import formats
from spacerel.errors import DataError, Exit, UsageError
from spacerel.formats.csv import guard, unguard
from spacerel.table import GLYPHS, Column, Settings, Spans, Table, mark, text_of, visible

GOLDEN = Path(__file__).parent / "golden"


def written(table: Table, name: str, **settings: Any) -> str:
    out = io.StringIO(newline="")
    formats.named(name).write(table, out, Settings(**settings))
    return out.getvalue()


def screen(table: Table, **settings: Any) -> list[str]:
    return written(table, "text", **settings).splitlines()


ROWS = (
    {
        "id": "roscosmos-suspends-kourou",
        "date": "2022-02-26",
        "act": "suspend",
        "parties": ("roscosmos", "esa", "arianespace"),
        "who": "→ ESA, Arianespace",
        "title": "Roscosmos suspends Soyuz launches from French Guiana and recalls its 87 people",
        "outcome": None,
        "steps": 2,
    },
    {
        "id": "oneweb-ultimatum",
        "date": "2022-03-02",
        "act": "threaten",
        "parties": ("roscosmos", "oneweb"),
        "who": "→ OneWeb",
        "title": 'No launch, unless "the UK" | leaves',
        "outcome": "carried-out",
        "steps": 1,
    },
    {
        "id": "esa-ends-exomars",
        "date": "2022-07-12",
        "act": "end",
        "parties": ("esa", "roscosmos"),
        "who": "← ESA",
        "title": "=Théry: ESA terminates ExoMars",
        "outcome": None,
        "steps": 10,
    },
)


def outcome(row: dict[str, Any]) -> Spans:
    return ((" · ", ""), *mark(row["outcome"])) if row["outcome"] else ()


TIMELINE = Table(
    command="timeline",
    title="Roscosmos · 2022",
    columns=(
        Column("date", lambda row: row["date"], screen=lambda row: ((row["date"][8:].lstrip("0"), "dim"),), right=True),
        Column("act", lambda row: row["act"], screen=lambda row: mark(row["act"])),
        Column("parties", lambda row: row["parties"], screen=lambda row: row["who"], flexible=True),
        Column(
            "title", lambda row: row["title"], screen=lambda row: ((row["title"], ""), *outcome(row)), flexible=True
        ),
        Column("outcome", lambda row: row["outcome"], plain=False),
        Column("steps", lambda row: row["steps"], plain=False),
        Column("id", lambda row: row["id"]),
    ),
    rows=ROWS,
    group=lambda row: {"02": "Feb 2022", "03": "Mar 2022", "07": "Jul 2022"}[row["date"][5:7]],
    notes=("1 ended · 1 suspended", (("Next: ", "dim"), ("spacerel threats", "bold"))),
    aside="3 of 19 events",
    query={"agency": ["roscosmos"], "period": "2022"},
    as_of="2022-12-31",
)
THREATS = TIMELINE._replace(
    command="threats",
    columns=(
        Column("date", lambda row: row["date"], "Made", lambda row: row["date"], right=True),
        Column("parties", lambda row: row["parties"], "By → against", lambda row: row["who"]),
        Column("title", lambda row: row["title"], "Threat", lambda row: row["title"], flexible=True),
        Column("steps", lambda row: row["steps"], "Steps", lambda row: str(row["steps"]), right=True),
    ),
    group=None,
    notes=(),
)


@pytest.mark.parametrize(
    ("file", "table", "name", "settings"),
    [
        ("formats-grouped-100.txt", TIMELINE, "text", {"width": 100}),
        ("formats-grouped-60.txt", TIMELINE, "text", {"width": 60}),
        ("formats-grouped-40.txt", TIMELINE, "text", {"width": 40}),
        ("formats-headed-80.txt", THREATS, "text", {"width": 80}),
        ("formats-headed-40.txt", THREATS, "text", {"width": 40}),
        ("formats-ascii.txt", TIMELINE, "text", {"width": 80, "ascii": True}),
        ("formats-fields.txt", TIMELINE, "text", {"width": 80, "fields": ("id", "steps", "parties")}),
        ("formats.tsv", TIMELINE, "plain", {}),
        ("formats.csv", TIMELINE, "csv", {}),
        ("formats.json", TIMELINE, "json", {}),
        ("formats.jsonl", TIMELINE, "jsonl", {}),
        ("formats.md", TIMELINE, "md", {}),
    ],
)
def test_golden_files(file: str, table: Table, name: str, settings: dict[str, Any]) -> None:
    found = written(table, name, **settings).encode()
    if os.environ.get("SPACEREL_GOLDEN") == "write":
        (GOLDEN / file).write_bytes(found)
    assert (GOLDEN / file).read_bytes() == found


# The list of formats


def test_every_format_has_a_name_that_a_person_types() -> None:
    assert {"text", "plain", "csv", "json", "jsonl", "md"} <= set(formats.names())
    for name in formats.names():
        module = formats.named(name)
        assert module.__doc__
        assert module.EXTENSIONS
        assert all(ending.startswith(".") for ending in module.EXTENSIONS)


def test_no_two_formats_share_an_ending() -> None:
    endings = [ending for name in formats.names() for ending in formats.named(name).EXTENSIONS]
    assert len(endings) == len(set(endings))


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("out.csv", "csv"),
        ("a.b/out.JSON", "json"),
        ("x.jsonl", "jsonl"),
        ("x.md", "md"),
        ("x.tsv", "plain"),
        ("x.txt", "text"),
    ],
)
def test_the_ending_of_a_file_chooses_the_format(path: str, name: str) -> None:
    assert name == formats.for_file(path)


@pytest.mark.parametrize("path", ["out", "out.xyz", ".csv"])
def test_an_unknown_ending_names_the_known_ones(path: str) -> None:
    with pytest.raises(UsageError) as raised:
        formats.for_file(path)
    sentence = str(raised.value)
    assert sentence.startswith(f'the ending of "{path}" names no format. Known endings: .csv, ')
    assert sentence.endswith(".")


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(
        UsageError, match=r'^unknown format "jsn"\. Did you mean "json"\? All of them: .*csv, .*text\.$'
    ):
        formats.named("jsn")


def test_a_format_loads_no_other_and_no_rich() -> None:
    code = """
import sys
from spacerel import formats
from spacerel.table import Column, Settings, Table
table = Table("x", "X · é → ●", (Column("a", str, "A", str, flexible=True),), ["● word " * 30, "Théry"])
formats.named("text").write(table, sys.stdout, Settings(width=40, color=True))
print([name for name in sys.modules if name.split(".")[0] in ("rich", "csv", "json", "typer", "yaml") or name.startswith("spacerel.formats.")])
"""
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env=environment)
    assert ran.stdout.decode().splitlines()[-1] == "['spacerel.formats.terminal']"


# Fields


@pytest.mark.parametrize("name", ["plain", "csv", "jsonl", "md", "text", "json"])
def test_fields_choose_and_order(name: str) -> None:
    lines = written(TIMELINE, name, fields=("steps", "id")).replace("\r", "")
    assert re.search(r"10\W+(id\W+)?esa.ends.exomars", lines.replace("\\", ""))
    assert "Théry" not in lines


@pytest.mark.parametrize("name", ["plain", "csv", "json", "jsonl", "md", "text"])
def test_an_unknown_field_is_an_error_of_the_person(name: str) -> None:
    with pytest.raises(UsageError) as raised:
        written(TIMELINE, name, fields=("id", "titel"))
    assert str(raised.value) == (
        'unknown field "titel". Did you mean "title"? All of them: date, act, parties, title, outcome, steps, id.'
    )
    assert raised.value.exit_code is Exit.USAGE


def test_a_column_that_is_not_data_is_no_field() -> None:
    table = Table("x", "", (Column("a", str), Column("b", str, screen=str, data=False)), [1])
    assert json.loads(written(table, "json"))["rows"] == [{"a": "1"}]
    with pytest.raises(UsageError, match='unknown field "b"'):
        written(table, "csv", fields=("b",))


# Data formats

WORDS = st.text(st.characters(exclude_categories=["Cs"]))
LISTS = st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters=";"), min_size=1)).map(tuple)
VALUES = st.one_of(st.none(), WORDS, st.integers(), LISTS)


def grid(rows: Sequence[Sequence[object]]) -> Table:
    columns = tuple(Column(f"c{place}", itemgetter(place)) for place in range(len(rows[0])))
    return Table("x", "X", columns, rows)


GRIDS = st.integers(1, 4).flatmap(lambda size: st.lists(st.tuples(*[VALUES] * size), min_size=1, max_size=5))


@given(GRIDS)
def test_csv_comes_back_as_it_was(rows: list[tuple[object, ...]]) -> None:
    found = list(csv.reader(io.StringIO(written(grid(rows), "csv"), newline="")))
    assert found[0] == [f"c{place}" for place in range(len(rows[0]))]
    for row, cells in zip(rows, found[1:], strict=True):
        for value, cell in zip(row, cells, strict=True):
            assert text_of(value, ";") == (cell if isinstance(value, int) else unguard(cell))


@given(GRIDS)
def test_json_and_json_lines_come_back_as_they_were(rows: list[tuple[object, ...]]) -> None:
    expected = [
        {f"c{place}": list(value) if isinstance(value, tuple) else value for place, value in enumerate(row)}
        for row in rows
    ]
    assert json.loads(written(grid(rows), "json"))["rows"] == expected
    assert [json.loads(line) for line in written(grid(rows), "jsonl").split("\n")[:-1]] == expected


def test_json_says_what_was_asked() -> None:
    found = json.loads(written(TIMELINE, "json"))
    assert list(found) == ["spacerel", "command", "query", "as_of", "count", "rows"]
    assert found["spacerel"] == 1
    assert found["command"] == "timeline"
    assert found["query"] == {"agency": ["roscosmos"], "period": "2022"}
    assert found["as_of"] == "2022-12-31"
    assert found["count"] == len(found["rows"]) == 3


def test_without_rows() -> None:
    empty = TIMELINE._replace(rows=())
    assert written(empty, "csv") == "date,act,parties,title,outcome,steps,id\r\n"
    assert written(empty, "plain") == written(empty, "jsonl") == ""
    assert json.loads(written(empty, "json"))["rows"] == []
    assert screen(empty, width=40)[0] == "Roscosmos · 2022  3 of 19 events"


def test_guard_loses_nothing() -> None:
    for size in range(5):
        for signs in product("=+-@'\tab", repeat=size):
            text = "".join(signs)
            guarded = guard(text)
            assert text == unguard(guarded)
            assert not guarded.startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "＋1", "－1", "＠x", "'=1"])
def test_guard_puts_a_quote_before_what_could_be_a_formula(text: str) -> None:
    assert guard(text) == "'" + text


def test_guard_leaves_other_texts_and_all_numbers_alone() -> None:
    assert guard("2022-03-17") == "2022-03-17"
    assert guard("it's") == "it's"
    assert written(grid([(-5, -0.5, "-5", True, ("=a", "b"))]), "csv").splitlines()[1] == "-5,-0.5,'-5,true,'=a;b"


@pytest.mark.parametrize("parts", [("a;b", "c"), ("", "c")])
def test_a_csv_list_that_would_be_misread_is_refused(parts: tuple[str, ...]) -> None:
    with pytest.raises(DataError) as raised:
        written(grid([(parts,)]), "csv")
    assert str(raised.value) == (
        f'"{parts[0]}" in c0 cannot stand in a CSV list, whose parts are joined with ";". Use --format json.'
    )


def test_csv_writes_nested_values_as_json() -> None:
    found = list(csv.reader(io.StringIO(written(grid([([{"url": "a;b"}], {"é": 1})]), "csv"))))
    assert [json.loads(cell) for cell in found[1]] == [[{"url": "a;b"}], {"é": 1}]


@given(GRIDS)
def test_plain_is_one_record_a_line(rows: list[tuple[object, ...]]) -> None:
    found = written(grid(rows), "plain")
    assert found.count("\n") == len(rows)
    assert {line.count("\t") for line in found.split("\n")[:-1]} == {len(rows[0]) - 1}
    assert not [sign for sign in found if unicodedata.category(sign) == "Cc" and sign not in "\t\n"]


def test_plain_keeps_words_apart_and_joins_lists() -> None:
    assert written(grid([("a\tb\nc", ("x", "y"), None, 3, "\x1b[31m")]), "plain") == "a b c\tx,y\t\t3\t\\x1b[31m\n"


# Markdown


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), WORDS)
def test_markdown_shows_what_the_cells_say(rows: list[tuple[str, str]], title: str) -> None:
    """A CommonMark reader with tables gives back every cell, and finds no markup in any."""
    columns = tuple(Column(f"c{n}", itemgetter(n), f"C{n}", itemgetter(n)) for n in range(2))
    tokens = MarkdownIt("commonmark").enable("table").parse(written(Table("x", title, columns, rows), "md"))
    cells = [
        "".join(child.content for child in token.children or ())
        for before, token in pairwise(tokens)
        if before.type == "td_open"
    ]
    assert {child.type for token in tokens for child in token.children or ()} <= {"text", "text_special"}
    assert cells == [markdown_text(cell) for row in rows for cell in row]


def markdown_text(text: str) -> str:
    """What a reader makes of a cell: no blanks at the ends, none of the signs that cannot be printed."""
    return visible(text).strip()


def test_markdown_links_addresses() -> None:
    table = Table("x", "", (Column("a", str, "A", str),), ["see https://a.example/b_c|d*e* now"])
    assert written(table, "md").splitlines()[2] == "| see <https://a.example/b_c>\\|d\\*e\\* now |"


def test_markdown_of_a_command_that_draws_has_its_fields() -> None:
    table = Table(
        "show", "One", (Column("id", lambda row: row), Column("n", lambda row: 1)), ["a"], draw=lambda rows, width: []
    )
    assert written(table, "md") == "## One\n\n| id | n |\n| --- | --- |\n| a | 1 |\n"


# The screen


def cells(size: int) -> st.SearchStrategy[Any]:
    piece = st.one_of(
        WORDS,
        st.text("ab -→●é漢👩\u200d\ufe0f#", max_size=60),
        st.lists(st.sampled_from(["a", "long-word", "partnerships", "漢字", "x" * 50]), max_size=20).map(" ".join),
    )
    role = st.sampled_from(["", "bold", "dim", "suspend", "link https://a.example/x", "no such role", "link \x1b]8;;x"])
    shown = st.one_of(piece, st.lists(st.tuples(piece, role), max_size=4).map(tuple))
    return st.tuples(*[shown] * size)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    size = draw(st.integers(1, 6))
    columns = tuple(
        Column(
            f"c{place}",
            lambda row: "value",
            draw(st.sampled_from(["", "Made", "By → against", "x" * 30, "\x1b[2J"])),
            itemgetter(place),
            width=draw(st.sampled_from([0, 0, 0, 5, 60])),
            flexible=draw(st.booleans()),
            right=draw(st.booleans()),
        )
        for place in range(size)
    )
    rows = draw(st.lists(cells(size), max_size=4))
    group = draw(st.sampled_from([None, lambda row: "g " * len(str(row[0]))]))
    drawn = draw(st.one_of(st.none(), st.just([row for row in rows if isinstance(row[0], tuple)])))
    return Table(
        "x",
        draw(WORDS),
        columns,
        rows,
        group=group,
        notes=tuple(draw(st.lists(WORDS, max_size=2))),
        aside=draw(WORDS),
        draw=None if drawn is None else lambda rows, width: [row[0] for row in drawn],
    )


WIDTHS = st.integers(40, 130)
ESCAPES = re.compile(r"\x1b\[[0-9;]+m|\x1b\]8;;[!-~]*?\x1b\\")


@given(tables(), WIDTHS, st.booleans())
def test_no_line_is_wider_than_the_screen(table: Table, width: int, ascii_only: bool) -> None:
    for line in written(table, "text", width=width, ascii=ascii_only).split("\n"):
        assert cell_len(line) <= width
        assert not line.endswith(" ")


@given(tables(), WIDTHS, st.booleans())
def test_no_control_character_reaches_the_terminal(table: Table, width: int, color: bool) -> None:
    found = written(table, "text", width=width, color=color)
    left = ESCAPES.sub("", found) if color else found
    bad = [sign for sign in left if unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") and sign != "\n"]
    assert not bad
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]", left)


@given(tables(), WIDTHS)
def test_colour_changes_nothing_but_colour(table: Table, width: int) -> None:
    assert ESCAPES.sub("", written(table, "text", width=width, color=True)) == written(table, "text", width=width)


@given(tables(), WIDTHS)
def test_ascii_is_ascii(table: Table, width: int) -> None:
    assert written(table, "text", width=width, ascii=True).isascii()


@given(st.lists(st.sampled_from(["a", "esa", "Roscosmos", "partnership", "ends"]), max_size=40), WIDTHS)
def test_wrapping_breaks_between_words_and_loses_none(words: list[str], width: int) -> None:
    table = Table(
        "x",
        "",
        (Column("a", str, screen=lambda row: "‖ suspend"), Column("b", str, screen=str, flexible=True)),
        [" ".join(words)],
    )
    assert "".join(screen(table, width=width)).split() == ["‖", "suspend", *words]


def lines_of(*texts: str, **settings: Any) -> list[str]:
    columns = tuple(
        Column(f"c{place}", str, screen=itemgetter(place), flexible=place == len(texts) - 1)
        for place in range(len(texts))
    )
    return screen(Table("x", "", columns, [texts]), **settings)


def test_a_cell_wraps_inside_its_own_column() -> None:
    assert lines_of("‖ suspend", "Board suspends all launches from Baikonur", width=32) == [
        "‖ suspend  Board suspends all",
        "           launches from",
        "           Baikonur",
    ]


def test_a_glyph_stays_with_its_word() -> None:
    assert lines_of("2 Mar", "x" * 17 + " ✕ carried out", width=30) == ["2 Mar  " + "x" * 17, "       ✕ carried out"]


def test_where_cells_without_headings_do_not_fit_each_stands_on_the_first_line_with_room() -> None:
    found = lines_of("26", "‖ suspend", "→ ESA, Arianespace", "Roscosmos suspends Soyuz launches", width=36)
    assert found == ["26  ‖ suspend  → ESA, Arianespace", "  Roscosmos suspends Soyuz launches"]


def test_an_address_breaks_at_a_joint_and_only_when_it_must() -> None:
    assert lines_of("● agree", "https://example.org/some/long/page.html", width=38) == [
        "● agree  https://example.org/some/",
        "         long/page.html",
    ]


def test_wide_signs_count_two() -> None:
    columns = (Column("a", str, screen=lambda row: row[0]), Column("b", str, screen=lambda row: row[1]))
    table = Table("x", "", columns, [("中国国家航天局", "CNSA"), ("ESA", "Europe")])
    assert screen(table, width=60) == ["中国国家航天局  CNSA", "ESA             Europe"]


BELOW = (
    Column("a", str, "Partner", itemgetter(0)),
    Column("b", str, "Steps", itemgetter(1), right=True),
    Column("c", str, "Why", itemgetter(2), below=True),
)


def test_a_column_below_has_lines_of_its_own_and_no_heading() -> None:
    rows = [("ESA", "7", "Russia invades Ukraine, and more"), ("NASA", "12", "")]

    assert screen(Table("x", "", BELOW, rows), width=24) == [
        "Partner  Steps",
        "ESA          7",
        "  Russia invades",
        "    Ukraine, and more",
        "NASA        12",
    ]


def test_a_column_below_is_a_field_of_a_record_and_a_column_of_markdown() -> None:
    table = Table("x", "", (*BELOW, Column("d", str, "Tail", lambda row: "x" * 20)), [("ESA", "7", "War")])

    assert screen(table, width=30)[:3] == ["Partner  ESA", "Steps    7", "Why      War"]
    assert written(table, "md").splitlines()[0] == "| Partner | Steps | Why | Tail |"


def test_a_column_stands_on_the_screens_it_is_meant_for() -> None:
    columns = (
        Column("a", str, "Short", itemgetter(0), to_width=79),
        Column("b", str, "Long", itemgetter(1), from_width=80),
    )
    table = Table("x", "", columns, [("s", "l")])

    assert screen(table, width=79) == ["Short", "s"]
    assert screen(table, width=80) == ["Long", "l"]
    assert written(table, "md").splitlines()[0] == "| Long |"


def test_where_columns_do_not_fit_a_row_becomes_a_record() -> None:
    headings = ("Broken", "Partnership", "Between", "Broken by", "Why")
    columns = tuple(Column(heading, str, heading, itemgetter(place)) for place, heading in enumerate(headings))
    row = ("12 Jul", "ExoMars rover", "Roscosmos, ESA", "ESA", "Russia invades Ukraine, and more")
    assert screen(Table("broken", "", columns, [row, ("", "x", "", "", "y")]), width=40) == [
        "Broken       12 Jul",
        "Partnership  ExoMars rover",
        "Between      Roscosmos, ESA",
        "Broken by    ESA",
        "Why          Russia invades Ukraine, and",
        "             more",
        "",
        "Partnership  x",
        "Why          y",
    ]


def test_one_long_list_does_not_take_the_room_of_all_titles() -> None:
    columns = (
        Column("a", str, screen=lambda row: row[0], flexible=True),
        Column("b", str, screen=lambda row: row[1], flexible=True),
    )
    title = "Roscosmos ends United States participation in the Venus mission"
    rows = [("NASA", title)] * 20 + [("NASA, ESA, JAXA, CSA, DLR, CNES, ASI, UKSA, ISRO, CNSA", title)]
    assert screen(Table("x", "", columns, rows), width=80)[0] == f"NASA             {title}"


def test_a_column_without_words_or_heading_takes_no_room() -> None:
    columns = tuple(Column(name, str, screen=itemgetter(name)) for name in "abc")
    assert screen(Table("x", "", columns, [{"a": "a", "b": "", "c": "c"}]), width=40) == ["a  c"]


def test_an_aside_stands_at_the_right_edge_of_the_rows_or_below() -> None:
    column = Column("a", str, screen=lambda row: "x" * 30)
    assert screen(Table("x", "Title", (column,), [1], aside="aside"), width=80)[0] == "Title" + " " * 20 + "aside"
    long = Table("x", "Title " * 5, (column,), [1], aside="aside " * 4)
    assert screen(long, width=40)[:2] == [("Title " * 5).rstrip(), ("aside " * 4).rstrip()]


def test_a_command_that_draws_is_given_the_width_and_may_not_exceed_it() -> None:
    table = Table(
        "x", "T", (), [], draw=lambda rows, width: [((" " * 2 + "━" * (width - 2), "active"),), (("  a " * 15, ""),)]
    )
    assert screen(table, width=40) == [
        "T",
        "  " + "━" * 38,
        "  a   a   a   a   a   a   a   a   a",
        "    a   a   a   a   a   a",
    ]


def test_named_fields_replace_what_a_command_draws() -> None:
    table = Table("x", "T", (Column("id", str), Column("n", len)), ["abc"], draw=lambda rows, width: [(("drawn", ""),)])
    assert screen(table, width=40) == ["T", "drawn"]
    assert screen(table, width=40, fields=("n", "id")) == ["T", "n  id", "3  abc"]


def test_colours_say_what_glyphs_and_words_say() -> None:
    codes = {"●": "32", "▲": "35", "‖": "33", "✕": "31", "↻": "36", "◆": "2"}
    for word, (glyph, _) in GLYPHS.items():
        column = Column("a", str, screen=lambda row: mark(row))
        found = written(Table("x", "", (column,), [word]), "text", color=True)
        assert found == f"\x1b[{codes[glyph]}m{glyph} {word.replace('-', ' ')}\x1b[0m\n"


def test_headings_are_dim_groups_and_title_bold() -> None:
    column = Column("a", str, "A", str)
    found = written(Table("x", "T", (column,), ["r"], group=lambda row: "G", aside="s"), "text", color=True, width=40)
    assert found == "\x1b[1mT\x1b[0m  \x1b[2ms\x1b[0m\n\n  \x1b[2;4mA\x1b[0m\n\x1b[1mG\x1b[0m\n  r\n"


def test_a_link_is_a_link_only_on_a_colour_terminal() -> None:
    table = Table(
        "x", "", (Column("a", str, screen=lambda row: (("TASS", f"link {row}"),)),), ["https://tass.example/1"]
    )
    assert written(table, "text") == "TASS\n"
    assert written(table, "text", color=True) == "\x1b]8;;https://tass.example/1\x1b\\TASS\x1b]8;;\x1b\\\n"


def test_ascii_keeps_every_place() -> None:
    assert lines_of("● ▲ ‖ ✕ ↻ ◆", "→ ← ↔ – · …", ascii=True) == ["o ! = x ^ *  > < - - . ~"]
    assert lines_of("Théry “x” 中 Łódź", ascii=True) == ['Thery "x" ?? ?odz']


# Words


def test_every_word_of_the_log_has_a_glyph() -> None:
    from spacerel.model import ACTS, OUTCOMES, STANDINGS

    assert {*ACTS, *OUTCOMES, *STANDINGS} <= set(GLYPHS)


def test_mark() -> None:
    assert mark("carried-out") == (("✕ carried out", "carried-out"),)
    assert mark("none") == (("· none", "none"),)
    assert mark("active/suspended") == (("● active", "active"), (" or ", ""), ("‖ suspended", "suspended"))


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), ("a", "a"), (3, "3"), (False, "false"), (("a", "b"), "a,b"), ([], ""), ({"a": 1}, '{"a": 1}')],
)
def test_text_of(value: object, text: str) -> None:
    assert text_of(value) == text


def test_visible() -> None:
    assert visible("a\tb\r\nc") == "a b  c"
    assert visible("\x1b[31m\x07\x9b") == "\\x1b[31m\\x07\\x9b"
    assert visible("pay \u202eelif") == "pay \\u202eelif"
    assert visible("Théry 中 → ●") == "Théry 中 → ●"
