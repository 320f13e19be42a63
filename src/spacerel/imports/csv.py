"""A table in CSV: spacerel's own export, which comes back as it was, or another program's, whose columns `mapped` names."""

import csv
import io
from collections.abc import Iterator, Mapping

from spacerel.errors import DataError, UsageError, unknown
from spacerel.formats.csv import unguard
from spacerel.imports._row import FIELDS, KEYS, Row, event, is_own
from spacerel.model import Log

_GUARDED = frozenset(KEYS) - {"date", "end", "known", "due", "term_end", "outcome_date"}
_DELIMITERS = ",;\t|"


class Table:
    """The header and the rows of a CSV text, by column; the sign between cells is the likeliest of the header."""

    def __init__(self, file: str, text: str, mapped: Mapping[str, str]) -> None:
        # A cell may be as long as it likes: the program's own bound would end the reading in the middle.
        csv.field_size_limit(2**31 - 1)
        first = text.lstrip("\r\n").partition("\n")[0]
        self.file = file
        self.rows = csv.reader(io.StringIO(text, newline=""), delimiter=max(_DELIMITERS, key=first.count))
        header = next((cells for cells in self.rows if cells), [])
        missing = [column for column in mapped if column not in header]
        if missing:
            raise unknown("column", missing[0], header, f"{', '.join(header)}.")
        self.header = [
            column if column and header.index(column) == number else f"{column or 'column'} {number + 1}"
            for number, column in enumerate(header)
        ]

    def __iter__(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Where each row stands, and its cells by column; cells beyond the last column have their number."""
        for cells in self.rows:
            if any(cells):
                names = (*self.header, *(f"column {number + 1}" for number in range(len(self.header), len(cells))))
                yield f"line {self.rows.line_num}", dict(zip(names, cells, strict=False))


def rows(table: Table, mapped: Mapping[str, str], known: Log, defaults: Mapping[str, str]) -> Iterator[Row]:
    """A row an event."""
    keys = {column: mapped.get(column, column) for column in table.header}
    if not set(keys.values()) & set(FIELDS):
        raise DataError(f"no column of {table.file} is a key of an event. Say which is which: --map COLUMN=KEY")
    for column, key in keys.items():
        twice = next((other for other in keys if other != column and keys[other] == key), None)
        if twice is not None:
            raise UsageError(f'two columns of {table.file} are {key}: "{column}" and "{twice}". Take one out')
    own = is_own(table.header)
    for where, cells in table:
        named = {keys.get(column, column): cell for column, cell in cells.items()}
        if own:
            named = {key: unguard(cell) if key in _GUARDED else cell for key, cell in named.items()}
        yield event(where, named, own)
