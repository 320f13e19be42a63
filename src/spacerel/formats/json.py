"""One JSON object: what was asked, and the rows with lists as arrays and unknown values as null."""

import json
from typing import TextIO

from spacerel.table import Settings, Table, chosen

EXTENSIONS = (".json",)
VERSION = 1
"""Of the shape of the object; the value of its key `spacerel`."""


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the object, two spaces an indent."""
    columns = chosen(table, settings.fields)
    found = {
        "spacerel": VERSION,
        "command": table.command,
        "query": dict(table.query),
        "as_of": table.as_of,
        "count": len(table.rows),
        "rows": [{column.name: column.value(row) for column in columns} for row in table.rows],
    }
    out.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
