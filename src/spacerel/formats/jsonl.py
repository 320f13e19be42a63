"""One JSON object a row, each on a line of its own, written as they come."""

import json
from typing import TextIO

from spacerel.table import Settings, Table, chosen

EXTENSIONS = (".jsonl", ".ndjson")


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the rows with the fields that the format json has."""
    columns = chosen(table, settings.fields)
    encode = json.JSONEncoder(ensure_ascii=False).encode
    out.writelines(encode({column.name: column.value(row) for column in columns}) + "\n" for row in table.rows)
