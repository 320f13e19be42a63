"""The columns of the CSV as Parquet, for DuckDB, pandas, Polars and R: days are dates, lists are lists.

Needs pyarrow: `pip install 'spacerel[parquet]'`. `date` is as the log has it, `date_start` and `date_end` are inclusive. It
cannot carry: the titles and days of sources, `threatens`, `condition`, `due`, `denies`, `known`.
"""

from collections.abc import Iterable
from datetime import date
from typing import BinaryIO

from spacerel.errors import UsageError
from spacerel.exports._record import COLUMNS
from spacerel.model import Event, Log

BINARY = True

_DAYS = ("date_start", "date_end")


def write(log: Log, events: Iterable[Event], out: BinaryIO) -> None:
    """Write one file. Raises UsageError where pyarrow is missing."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError("Parquet needs pyarrow. Install it with: pip install 'spacerel[parquet]'") from None
    chosen = list(events)
    columns = {}
    for column in COLUMNS:
        values = [column.value(event) for event in chosen]
        if column.name in _DAYS:
            days = [date.fromisoformat(value) for value in values if isinstance(value, str)]
            columns[column.name] = pyarrow.array(days, pyarrow.date32())
        elif column.kind == "list":
            columns[column.name] = pyarrow.array(values, pyarrow.list_(pyarrow.string()))
        else:
            columns[column.name] = pyarrow.array(values, pyarrow.string())
    pyarrow.parquet.write_table(pyarrow.table(columns), out)
