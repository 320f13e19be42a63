"""The screen: columns with wrapping inside them, glyphs, colours, and records one below the other where all is narrow.

A layout of our own: rich takes a thousand times as long for a long list and is asked only how wide an unusual sign is.
Everything from the log is made visible before it is measured, so no control character reaches the terminal.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, TextIO

from spacerel.table import (
    ASCII,
    GLYPHS,
    Column,
    Settings,
    Spans,
    Table,
    address,
    cell_width,
    chosen,
    measure,
    on_screen,
    spans_of,
    text_of,
    visible,
)

EXTENSIONS = (".txt",)

GAP = 2
"""Cells between two columns, and before the rows of a group."""

LEAST = 20
"""Cells below which no line is broken further."""

_CODES = {"green": "32", "magenta": "35", "yellow": "33", "red": "31", "cyan": "36", "dim": "2"}
STYLES = {"bold": "1", "heading": "2;4", **_CODES, **{word: _CODES[color] for word, (_, color) in GLYPHS.items()}}
"""Role -> the numbers of its ANSI style."""

# A glyph or an arrow (in ASCII, too) stays with the word behind it.
_WORD = re.compile("(?:(?<![^ ])[●▲‖✕↻◆→←↔o!=x^*<>-] )?[^ ]+")


_RAILS = " │├└─|`-"


class _Cell(NamedTuple):
    width: int
    spans: Spans


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write title, body and notes, no line wider than `settings.width` and none with blanks at its end."""
    paint = _painted if settings.color else _bare
    out.write("".join([paint(line) + "\n" for line in lines_of(table, settings)]))


def lines_of(table: Table, settings: Settings) -> Iterator[Spans]:
    """The lines of the screen, for whoever paints them: harmless text, no line with blanks at its end."""
    return map(_trimmed, _lines(table, settings))


def _lines(table: Table, settings: Settings) -> Iterator[Spans]:
    width, cleaned = max(settings.width, LEAST), _ascii if settings.ascii else visible
    if table.draw is not None and not settings.fields:
        used = width
        body = [line for drawn in table.draw(table.rows, width) for line in _hanging(_clean(drawn, cleaned), width)]
    else:
        used, body = _body(table, settings, width, cleaned)
    if table.title:
        yield from _title(cleaned(table.title), cleaned(table.aside), used, width)
        if table.group is not None and table.rows and table.draw is None:
            yield ()
    yield from body
    if table.notes:
        yield ()
        for note in table.notes:
            yield from _hanging(_clean(note, cleaned), width)


def _title(title: str, aside: str, used: int, width: int) -> Iterator[Spans]:
    """The title, and the aside at the right edge of what stands below, or on a line of its own where that is too narrow."""
    if not aside:
        yield from _wrapped(((title, "bold"),), width)
        return
    tight = cell_width(title) + GAP + cell_width(aside)
    if tight <= width:
        yield ((title, "bold"), (" " * (GAP + max(used, tight) - tight), ""), (aside, "dim"))
    else:
        yield from _wrapped(((title, "bold"),), width)
        yield from _wrapped(((aside, "dim"),), width)


def _body(table: Table, settings: Settings, width: int, cleaned: Callable[[str], str]) -> tuple[int, list[Spans]]:
    """How wide the rows are, and their lines."""
    columns = _columns(table, settings, width)
    screens = [column.screen for column in columns if column.screen is not None]
    rows = [[_cell(screen(row), cleaned) for screen in screens] for row in table.rows]
    if not rows:
        return 0, []
    headings = [_cell(((cleaned(column.heading), "heading"),) if column.heading else "", str) for column in columns]
    kept = [
        place
        for place, column in enumerate(columns)
        if column.width or headings[place].width or any(row[place].width for row in rows)
    ]
    columns, headings = [columns[place] for place in kept], [headings[place] for place in kept]
    if len(kept) < len(screens):
        rows = [[row[place] for place in kept] for row in rows]
    indent = GAP if table.group is not None and not settings.fields else 0
    beside = [place for place, column in enumerate(columns) if not column.below]
    below = [place for place, column in enumerate(columns) if column.below]
    across = [columns[place] for place in beside]
    widths = _widths(across, [[row[place] for place in beside] for row in (headings, *rows)], width - indent)
    lines: list[Spans] = []
    headed = any(heading.width for heading in headings)
    if headed and widths:
        lines.extend(_laid([headings[place] for place in beside], across, widths, indent))
    group = table.group if indent else None
    before = None
    for row, cells in zip(table.rows, rows, strict=True):
        if group is not None and (name := cleaned(group(row))) != before:
            lines.extend(_wrapped(((name, "bold"),), width))
            before = name
        elif headed and not widths and lines:
            lines.append(())
        if not widths:
            lines.extend(_stacked(cells, headings, width, indent))
            continue
        lines.extend(_laid([cells[place] for place in beside], across, widths, indent))
        for place in below:
            lead = ((" " * (indent + GAP), ""),)
            lines.extend(_led(cells[place].spans, lead, ((" " * (indent + 2 * GAP), ""),), width))
    return indent + sum(widths) + GAP * (len(widths) - 1) if widths else 0, lines


def _columns(table: Table, settings: Settings, width: int) -> list[Column]:
    """The columns of the screen; fields that a person named (or all, where a command has no screen) by their values."""
    screen = on_screen(table, width)
    if screen and not settings.fields:
        return screen
    return [
        Column(field.name, field.value, field.name, _by_value(field), flexible=True, right=field.right)
        for field in chosen(table, settings.fields)
    ]


def _by_value(column: Column) -> Callable[[Any], str]:
    return lambda row: text_of(column.value(row), ", ")


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[_Cell]], width: int) -> list[int]:
    """How wide each column is; empty where they do not fit beside each other.

    Flexible columns begin with the room that reads well, grow towards what nine cells of ten take, and only then to the
    widest one, each time by how much they want: one long list does not take the room of all titles.
    """
    wanted = [column.width or max(row[place].width for row in rows) for place, column in enumerate(columns)]
    width -= GAP * (len(wanted) - 1)
    if sum(wanted) <= width:
        return wanted
    for longest in (24, 14):
        least = list(wanted)
        most = list(wanted)
        for place, (column, want) in enumerate(zip(columns, wanted, strict=True)):
            if column.flexible:
                cells = [row[place] for row in rows]
                least[place] = min(want, max(10, min(longest, _longest_word(cells)), min(want // 4, 20)))
                most[place] = max(least[place], sorted(cell.width for cell in cells)[len(cells) * 9 // 10])
        if sum(least) <= width:
            return _shared(_shared(least, most, width), wanted, width)
    return []


def _shared(widths: Sequence[int], wanted: Sequence[int], width: int) -> list[int]:
    """The widths, grown towards the wanted ones as far as the whole width allows."""
    missing = [want - have for have, want in zip(widths, wanted, strict=True)]
    room = width - sum(widths)
    if sum(missing) <= room:
        return list(wanted)
    grown = [have + room * more // sum(missing) for have, more in zip(widths, missing, strict=True)]
    # What rounding left over goes to the hungriest column, so that the right edge is used.
    grown[missing.index(max(missing))] += width - sum(grown)
    return grown


def _longest_word(cells: Iterable[_Cell]) -> int:
    texts = ("".join([text for text, _ in cell.spans]) for cell in cells)
    return max((cell_width(word) for text in texts for word in _WORD.findall(text)), default=0)


def _laid(cells: Sequence[_Cell], columns: Sequence[Column], widths: Sequence[int], indent: int) -> Iterator[Spans]:
    """A row as lines, each cell within its column."""
    blocks = [
        [cell] if cell.width <= width else [_measured(line) for line in _wrapped(cell.spans, width)]
        for cell, width in zip(cells, widths, strict=True)
    ]
    for number in range(max(map(len, blocks))):
        line: list[tuple[str, str]] = []
        blank = indent
        for block, column, width in zip(blocks, columns, widths, strict=True):
            used, spans = block[number] if number < len(block) else (0, ())
            if used:
                left = width - used if column.right else 0
                line.append((" " * (blank + left), ""))
                line.extend(spans)
                blank = width - used - left + GAP
            else:
                blank += width + GAP
        yield tuple(line)


def _stacked(cells: Sequence[_Cell], headings: Sequence[_Cell], width: int, indent: int) -> Iterator[Spans]:
    """A row as a record: a line a field where columns have headings, else as many cells a line as fit."""
    label = max((heading.width for heading in headings), default=0)
    room = width - indent - label - GAP
    if label and room >= 12:
        for cell, heading in zip(cells, headings, strict=True):
            lead: Spans = ((" " * indent, ""), *heading.spans, (" " * (label - heading.width + GAP), ""))
            for line in _wrapped(cell.spans, room) if cell.width else ():
                yield (*lead, *line)
                lead = ((" " * (width - room), ""),)
        return
    flow: Spans = ()
    lead = ((" " * indent, ""),)
    deep = ((" " * (indent + GAP), ""),)
    for cell, heading in zip(cells, headings, strict=True):
        if not cell.width:
            continue
        spans = (*heading.spans, (" ", ""), *cell.spans) if heading.width else cell.spans
        longer = (*flow, (" " * GAP, ""), *spans) if flow else spans
        if flow and _measured(longer).width > width - indent - GAP:
            yield from _led(flow, lead, deep, width)
            lead, longer = deep, spans
        flow = longer
    yield from _led(flow, lead, deep, width)


def _led(spans: Spans, lead: Spans, deep: Spans, width: int) -> Iterator[Spans]:
    """A text wrapped behind one lead on its first line and another on the rest."""
    for line in _wrapped(spans, width - _measured(deep).width):
        yield (*lead, *line)
        lead = deep


def _hanging(spans: Spans, width: int) -> Iterator[Spans]:
    """A line as it is, or wrapped with its further lines two cells deeper than its first, the rails of a tree included."""
    if _measured(spans).width <= width:
        yield spans
        return
    text = "".join(text for text, _ in spans)
    deep = min(len(text) - len(text.lstrip(_RAILS)) + GAP, width // 2)
    yield from _led(spans, (), ((" " * deep, ""),), width)


def _wrapped(spans: Spans, width: int) -> Iterator[Spans]:
    """Spans broken between words; a word is broken only where it is wider than a line."""
    for start, end in _breaks("".join(text for text, _ in spans), width):
        line = []
        place = 0
        for text, role in spans:
            part = text[max(start - place, 0) : max(end - place, 0)]
            if part:
                line.append((part, role))
            place += len(text)
        yield tuple(line)


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Where the lines of a text begin and end."""
    width_of = measure(text)

    def across(first: int, last: int) -> int:
        return last - first if width_of is len else width_of(text[first:last])

    start = end = 0
    for word in _WORD.finditer(text):
        last = word.end()
        if across(start, last) > width:
            # What stands before the first word is its indentation.
            if end > start:
                yield start, end
                start = word.start()
            while across(start, last) > width:
                end = start + 1
                while across(start, end + 1) <= width:
                    end += 1
                # Addresses and ids break after a joint of theirs where there is one in the second half.
                joint = max(text.rfind(sign, start + (end - start) // 2, end) for sign in "-/_,;")
                end = joint + 1 if joint >= 0 else end
                yield start, end
                start = end
        end = last
    if end > start:
        yield start, end


def _cell(shown: str | Spans, cleaned: Callable[[str], str]) -> _Cell:
    if isinstance(shown, str):
        text = cleaned(shown)
        return _Cell(cell_width(text), ((text, ""),))
    return _measured(_clean(shown, cleaned))


def _measured(spans: Spans) -> _Cell:
    return _Cell(cell_width("".join([text for text, _ in spans])), spans)


def _clean(shown: str | Spans, cleaned: Callable[[str], str]) -> Spans:
    return tuple([(cleaned(text), role) for text, role in spans_of(shown)])


def _ascii(text: str) -> str:
    """A text in ASCII: a sign for a sign, letters without their accents, `?` for each cell of what is left."""
    text = visible(text).translate(ASCII)
    if text.isascii():
        return text
    from unicodedata import normalize

    plain = (normalize("NFKD", sign).encode("ascii", "ignore").decode() for sign in text)
    return "".join(new or "?" * cell_width(sign) for sign, new in zip(text, plain, strict=True))


def _trimmed(spans: Spans) -> Spans:
    """A line without blanks at its end."""
    while spans and (not spans[-1][0] or spans[-1][0][-1] == " "):
        text, role = spans[-1]
        spans = (*spans[:-1], (text.rstrip(" "), role)) if text.strip(" ") else spans[:-1]
    return spans


def _bare(spans: Spans) -> str:
    return "".join([text for text, _ in spans])


def _painted(spans: Spans) -> str:
    """A line with ANSI styles; blanks stay bare, and a link is one that terminals open (OSC 8)."""
    pieces = []
    for text, role in spans:
        if role in STYLES:
            pieces.append(f"\x1b[{STYLES[role]}m{text}\x1b[0m")
        elif target := address(role):
            pieces.append(f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\")
        else:
            pieces.append(text)
    return "".join(pieces)
