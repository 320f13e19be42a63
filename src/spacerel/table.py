"""What a command hands over: a title, columns, rows and notes, and the signs and colour roles of the words in them.

A format knows this module and nothing else. `value` of a column is what data formats carry under the column's `name`;
`screen` is how a person sees it. A role says what a piece of text is (an act, a standing, an outcome's status, or one of
`bold`, `dim`, `heading`, `link ADDRESS`); only the terminal makes a colour of it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

Spans = tuple[tuple[str, str], ...]
"""Pieces of text, each with its role; the role of plain text is empty."""

GLYPHS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        word: (glyph, color)
        for glyph, color, words in (
            ("●", "green", "talk agree start deliver deepen extend join complete  proposed agreed active"),
            ("▲", "magenta", "threaten strain sanction refuse deny  threatened announced reported  declined  pending"),
            ("‖", "yellow", "suspend suspended"),
            ("✕", "red", "end leave broken carried-out"),
            ("↻", "cyan", "resume reversed superseded"),
            ("◆", "dim", "context  completed expired  not-carried-out"),
        )
        for word in words.split()
    }
)
"""Act, standing, modality or outcome -> its glyph and its colour. The glyph, the word and the colour always say the same."""

NO_GLYPH = ("·", "dim")
"""Of a word that is not in GLYPHS, such as the standing none."""

ASCII = str.maketrans("●▲‖✕↻◆→←↔–—·…━┄█│├└─╲×‘’“”▁▂▃▄▅▆▇▌▏▉▊▋▍▎", "o!=x^*><---.~#:#||`-\\x''\"\"_.:-=+*=-###=-")
"""A sign for a sign, so that a layout keeps its widths."""

# Blanks of every kind become one space; other controls, lone surrogates, what is no character, and signs that turn the
# direction of text or hide are written out, so that a hostile log can neither drive a terminal nor break a record.
_BLANKS = "\t\n\v\f\r\x85\u2028\u2029"
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
# The ranges that the log and our own signs live in, all one cell wide and to be seen. Only what lies outside asks rich.
_UNUSUAL = re.compile(
    "[^ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u2010-\u2015\u2018-\u201e\u2026\u2190-\u2194\u2500-\u25fc‖↻✕]"
)

_LINK = re.compile(r"link (https?://[^\s\x00-\x20\x7f-\xa0]+)\Z")
_NOT_ASCII = re.compile(r"[^!-~]+")


class Column(NamedTuple):
    """One field of the rows. `value` and `screen` take a row.

    `screen` None keeps a column off screens; `plain` makes it part of the piped record, `data` of the data formats.
    `width` 0 is as wide as the widest value; a `flexible` column takes the room that is left and wraps inside itself.
    Where `below`, it stands on lines of its own under the row. Screens narrower than `from_width` or wider than `to_width`
    (0: none is) leave it out.
    """

    name: str
    value: Callable[[Any], object]
    heading: str = ""
    screen: Callable[[Any], str | Spans] | None = None
    plain: bool = True
    data: bool = True
    width: int = 0
    flexible: bool = False
    right: bool = False
    below: bool = False
    from_width: int = 0
    to_width: int = 0


class Table(NamedTuple):
    """What a command found.

    `group` gives each row the heading under which screens show it; `aside` stands right of the title, `notes` at the foot.
    `query` and `as_of` say in data formats what was asked. A command that truly draws gives `draw`, from the
    rows (sorted and limited as asked) and a width to lines;
    it replaces the columns on screens. `fixed` says that its order is its own, whatever
    --sort says. `exit_code` is that of the program once all is shown. `nothing` is the sentence for no rows, where no filter is the reason.
    """

    command: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]
    group: Callable[[Any], str] | None = None
    notes: tuple[str | Spans, ...] = ()
    aside: str = ""
    query: Mapping[str, object] = MappingProxyType({})
    as_of: str | None = None
    draw: Callable[[Sequence[Any], int], Iterable[Spans]] | None = None
    nothing: str = ""
    exit_code: int = 0
    fixed: bool = False


class Settings(NamedTuple):
    """How a person wants it: `width` counts cells, `fields` names the columns and their order (none: the format's own)."""

    width: int = 100
    color: bool = False
    ascii: bool = False
    fields: tuple[str, ...] = ()


def mark(word: str) -> Spans:
    """A glyph and its word in their colour: `‖ suspended`. Both of an uncertain standing (`active/suspended`)."""
    pieces: list[tuple[str, str]] = []
    for one in word.split("/"):
        if pieces:
            pieces.append((" or ", ""))
        pieces.append((f"{GLYPHS.get(one, NO_GLYPH)[0]} {one.replace('-', ' ')}", one))
    return tuple(pieces)


def address(role: str) -> str:
    """Where a role makes a link to, in ASCII; empty for every other role and for what is not http(s)."""
    link = _LINK.match(role)
    return _NOT_ASCII.sub(_percent, link[1]) if link else ""


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in match[0].encode("utf-8", "replace"))


def spans_of(shown: str | Spans) -> Spans:
    """Plain text as spans; spans as they are."""
    return ((shown, ""),) if isinstance(shown, str) else shown


def visible(text: str) -> str:
    """Text that is safe to print: `\\x1b` for an escape character, a space for a line end or tab."""
    if text.isascii() and text.isprintable():
        return text
    return _HIDDEN.sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    sign = match[0]
    return " " if sign in _BLANKS else code_of(sign)


def code_of(sign: str) -> str:
    """How a sign is written out by its number: `\\x1b`, `\\u200b` or `\\U000e0001`."""
    number = ord(sign)
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def cell_width(text: str) -> int:
    """How many cells of a terminal a text takes."""
    return measure(text)(text)


def measure(text: str) -> Callable[[str], int]:
    """What measures a text and its parts."""
    if text.isascii() or not _UNUSUAL.search(text):
        return len
    from rich.cells import cell_len

    return cell_len


def padded(text: str, width: int) -> str:
    """A text, safe to print, with blanks behind it up to `width` cells."""
    text = visible(text)
    return text + " " * (width - cell_width(text))


def fitted(text: str, width: int) -> str:
    """A text, safe to print, in at most `width` cells, with … where something was cut off."""
    text = visible(text)
    if cell_width(text) <= width:
        return text
    while text and cell_width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…" if width > 0 else ""


def text_of(value: object, joint: str = ",") -> str:
    """A column's value as one text: nothing for None, the parts of a list with `joint` between them."""
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        try:
            return joint.join(value)
        except TypeError:
            return joint.join([text_of(part, joint) for part in value])
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        import json

        return json.dumps(dict(value), ensure_ascii=False)
    return str(value)


def on_screen(table: Table, width: int | None = None) -> list[Column]:
    """The columns that a screen of a width shows; without one, those of a page, which has room for all."""
    return [
        column
        for column in table.columns
        if column.screen is not None
        and (width is None or column.from_width <= width)
        and (not column.to_width or (width is not None and width <= column.to_width))
    ]


def chosen(table: Table, fields: Sequence[str]) -> tuple[Column, ...]:
    """The columns that a person named, in that order; where none is named, all data columns."""
    columns = {column.name: column for column in table.columns if column.data}
    for field in fields:
        if field not in columns:
            from spacerel.errors import unknown

            raise unknown("field", field, columns, f"{', '.join(columns)}.")
    return tuple(columns[field] for field in fields) if fields else tuple(columns.values())
