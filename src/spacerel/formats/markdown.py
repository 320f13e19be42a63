"""GitHub-flavoured Markdown for issues, wikis and notes: the columns of the screen as a table, everything escaped.

Groups become headings with a table each, links stay links. A command that draws its screen gives a table of its fields instead.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TextIO

from spacerel.table import Column, Settings, Spans, Table, address, chosen, on_screen, spans_of, text_of, visible

EXTENSIONS = (".md", ".markdown")

_ADDRESS = re.compile(r"(https?://[^\s<>|\\`]+)")
_IN_TARGET = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "<>|\\"})
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
    parts.extend(_shown(note) for note in table.notes)
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
    return lambda row: _escaped(text_of(column.value(row), ", "))


def _by_screen(screen: Callable[[Any], str | Spans]) -> Callable[[Any], str]:
    return lambda row: _shown(screen(row))


def _grid(headings: Sequence[str], right: Sequence[bool], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _line(map(_escaped, headings))
    yield "|" + "|".join(" ---: " if one else " --- " for one in right) + "|"
    for row in rows:
        yield _line(row)


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _shown(shown: str | Spans) -> str:
    """What the screen shows as Markdown: words as they are, links as links."""
    found, words = [], ""
    for text, role in spans_of(shown):
        if target := address(role):
            found += [_marked(words), f"[{_plain(text)}](<{target.translate(_IN_TARGET)}>)"]
            words = ""
        else:
            words += text
    return "".join([*found, _marked(words)]).strip()


def _escaped(text: str) -> str:
    return _marked(text).strip()


def _marked(text: str) -> str:
    """Text in which no sign is markup and every address is a link."""
    pieces = _ADDRESS.split(visible(text))
    return "".join(f"<{piece}>" if place % 2 else _plain(piece) for place, piece in enumerate(pieces))


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", visible(text))
