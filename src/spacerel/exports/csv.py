"""One row an event, for spreadsheets, DuckDB, pandas and csvkit (RFC 4180, UTF-8, CRLF).

`date_start` and `date_end` are full days, both inclusive; `date` is as the log has it. Lists are joined with `;`. A text
that a spreadsheet would take for a formula gets one `'` in front, unless --no-guard says otherwise; --bom is for Excel.
It cannot carry: the titles and days of sources, `threatens`, `condition`, `due`, `denies`, `known`.
"""

import csv
from collections.abc import Iterable
from typing import TextIO

from spacerel.errors import DataError, UsageError
from spacerel.exports._record import COLUMNS, Column
from spacerel.formats.csv import guard as guarded
from spacerel.model import Event, Log


def write(
    log: Log,
    events: Iterable[Event],
    out: TextIO,
    *,
    bom: bool = False,
    guard: bool = True,
    delimiter: str = ",",
) -> None:
    """Write a header and one row an event. `out` must pass line ends through as they are."""
    delimiter = {"tab": "\t", "\\t": "\t"}.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in "\"\r\n'=+-@" or delimiter.isalnum():
        raise UsageError(f'"{delimiter}" cannot part cells. Use one sign, such as "," or ";", or the word tab.')
    if bom:
        out.write("\ufeff")
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    rows.writerow(column.name for column in COLUMNS)
    for event in events:
        rows.writerow(_cell(event, column, guard) for column in COLUMNS)


def remark(*, guard: bool = True, **_: object) -> str:
    """What a person should know about the file."""
    return f"{len(COLUMNS)} columns, formula guard {'on' if guard else 'off'}"


def _cell(event: Event, column: Column, guard: bool) -> str:
    value = column.value(event)
    if isinstance(value, tuple):
        broken = next((part for part in value if ";" in part or not part), None)
        if broken is not None:
            raise DataError(
                f'{event.id}: "{broken}" in {column.name} cannot stand in a CSV list, whose parts are joined with ";".'
            )
        value = ";".join(value)
    if not value:
        return ""
    return guarded(value) if guard and column.kind != "date" else value
