"""Comma-separated values for spreadsheets and statistics (RFC 4180, CRLF), always with a header.

Lists are joined with ";". A text that a spreadsheet would take for a formula gets one `'` in front (see `guard`).
"""

import csv
import re
from collections.abc import Mapping
from typing import TextIO

from spacerel.errors import DataError
from spacerel.table import Settings, Table, chosen, text_of

EXTENSIONS = (".csv",)

# The quotes before the sign count too: without them a text that already begins with '= would not come back as it was.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def guard(text: str) -> str:
    """A text cell that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`."""
    return "'" + text if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """The text that `guard` was given; a text that it left alone comes back as it is."""
    return text[1:] if _GUARDED.match(text) else text


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write a header and one line a row. `out` must pass line ends through as they are."""
    columns = chosen(table, settings.fields)
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow([column.name for column in columns])
    lines.writerows([_cell(column.name, column.value(row)) for column in columns] for row in table.rows)


def _cell(name: str, value: object) -> object:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if not isinstance(value, (tuple, list)):
        return guard(text_of(value))
    if any(isinstance(part, (tuple, list, Mapping)) for part in value):
        import json

        return json.dumps(value, ensure_ascii=False)
    parts = [text_of(part) for part in value]
    broken = next((part for part in parts if ";" in part or not part), None)
    if broken is not None:
        raise DataError(
            f'"{broken}" in {name} cannot stand in a CSV list, whose parts are joined with ";". Use --format json.'
        )
    return guard(";".join(parts))
