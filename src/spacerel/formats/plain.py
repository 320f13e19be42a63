"""One record a line for other programs: fields with tabs between them, no header, full ids and ISO dates.

A tab or line end inside a value becomes a space, any other control character is written out; lists are joined with ",".
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from spacerel.table import Settings, Table, chosen, text_of, visible

EXTENSIONS = (".tsv",)


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the `plain` columns, or the fields that a person named."""
    columns = chosen(table, settings.fields)
    if not settings.fields:
        columns = tuple(column for column in table.columns if column.plain)
    values = [column.value for column in columns]
    out.writelines(_lines(table.rows, values))


def _lines(rows: Iterable[Any], values: list[Callable[[Any], Any]]) -> Iterator[str]:
    for row in rows:
        cells = [one if (one := value(row)).__class__ is str else text_of(one) for value in values]
        # One look a line: next to no text has anything to hide, and a look a cell is a sixth of a long list's time.
        whole = "".join(cells)
        if not (whole.isascii() and whole.isprintable()):
            cells = [visible(cell) for cell in cells]
        yield "\t".join(cells) + "\n"
