"""A Data Package (Frictionless): a folder of CSV tables with datapackage.json, which says what each column is.

Tables: events, parties, scopes, causes, replacements, tags, sources; of the whole log actors, aliases, identifiers,
partnerships, members, and from day to day standings and party_standings. Texts are as they are, with no formula guard. A cause that was not chosen is named
only. It cannot carry: the comments and layout of the log.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from spacerel.exports._tables import Field, Row, Table, tables
from spacerel.model import Event, Log

_TYPES = {"integer": "integer", "boolean": "boolean", "day": "date"}
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?~?"


def files(log: Log, events: Iterable[Event], *, title: str = "Space partnerships") -> Iterator[tuple[str, bytes]]:
    """The files of the folder, each with its name."""
    resources = []
    for table, rows in tables(log, list(events)):
        yield f"{table.name}.csv", _csv(table, rows)
        resources.append(_resource(table))
    package = {"name": "spacerel", "title": title, "profile": "tabular-data-package", "resources": resources}
    yield "datapackage.json", (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _csv(table: Table, rows: Iterable[Row]) -> bytes:
    out = io.StringIO(newline="")
    lines = csv.writer(out, lineterminator="\r\n")
    lines.writerow(field.name for field in table.fields)
    lines.writerows([str(value).lower() if isinstance(value, bool) else value for value in row] for row in rows)
    return out.getvalue().encode()


def _resource(table: Table) -> dict[str, Any]:
    keys = [
        {
            "fields": field.name,
            "reference": {"resource": "" if field.refers == table.name else field.refers, "fields": "id"},
        }
        for field in table.fields
        if field.refers
    ]
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "primaryKey": list(table.key)}
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.about,
        "encoding": "utf-8",
        "schema": {**schema, "foreignKeys": keys} if keys else schema,
    }


def _field(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"name": field.name, "type": _TYPES.get(field.kind, "string")}
    if field.about:
        found["description"] = field.about
    rules: dict[str, Any] = {"required": True} if field.needed else {}
    if field.kind == "date":
        rules["pattern"] = _DATE
    return {**found, "constraints": rules} if rules else found
