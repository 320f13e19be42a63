"""GitHub-flavoured Markdown for issues, wikis and notes: the columns of the screen as a table, everything escaped.

Groups become headings with a table each. A command that draws its screen gives a table of its fields instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TextIO

from spacerel.table import Column, Settings, Spans, Table, chosen, on_screen, spans_of, text_of, visible

EXTENSIONS = (".md", ".markdown")

_ADDRESS = re.compile(r"(https?://[^\s<>|\\`]+)")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the title, the tables and the notes."""
    headings, right, cells = _columns(table, settings)
    parts = [f"## {_escaped(table.title)}"] if table.title else []
    if table.aside:
        parts.append(_escaped(table.aside))
    group: Callable[[Any], str] = table.group or (lambda row: "")
    for name, rows in groupby(table.rows, group):
        if name:
            parts.append(f"### {_escaped(name)}")
        parts.append("\n".join(_grid(headings, right, ([cell(row) for cell in cells] for row in rows))))
    parts.extend(_escaped(_words(note)) for note in table.notes)
    out.write("\n\n".join(parts) + "\n")


def _columns(table: Table, settings: Settings) -> tuple[list[str], list[bool], list[Callable[[Any], str]]]:
    """Headings, whether their columns are set right, and what makes a cell of a row."""
    screen = [(column, column.screen) for column in on_screen(table) if column.screen is not None]
    if settings.fields or not screen:
        fields = chosen(table, settings.fields)
        return (
            [field.name for field in fields],
            [field.right for field in fields],
            [_by_value(field) for field in fields],
        )
    return (
        [column.heading for column, _ in screen],
        [column.right for column, _ in screen],
        [_by_screen(shown) for _, shown in screen],
    )


def _by_value(column: Column) -> Callable[[Any], str]:
    return lambda row: text_of(column.value(row), ", ")


def _by_screen(screen: Callable[[Any], str | Spans]) -> Callable[[Any], str]:
    return lambda row: _words(screen(row))


def _grid(headings: Sequence[str], right: Sequence[bool], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(headings)
    yield "|" + "|".join(" ---: " if one else " --- " for one in right) + "|"
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _words(shown: str | Spans) -> str:
    return "".join(text for text, _ in spans_of(shown))


def _escaped(text: str) -> str:
    pieces = _ADDRESS.split(visible(text).strip())
    return "".join(f"<{piece}>" if place % 2 else _MARKUP.sub(r"\\\1", piece) for place, piece in enumerate(pieces))
