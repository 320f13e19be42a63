"""JSON lines, an event a line; or the one object of spacerel's own JSON export, or a list of objects."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from spacerel.imports._row import Row, event, is_own
from spacerel.model import Log

Found = tuple[str, Any, str]
"""Where it stands, the value, and its text; the value is None where the text is no JSON."""


def objects(text: str) -> Iterator[Found]:
    """The values of a text: those of its lines, or of the list of events where the whole is one."""
    whole = _parsed(text)
    if isinstance(whole, dict) and isinstance(whole.get("events"), list):
        whole = whole["events"]
    if isinstance(whole, list):
        yield from (
            (f"event {number}", one, json.dumps(one, ensure_ascii=False)) for number, one in enumerate(whole, 1)
        )
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"line {number}", _parsed(line), line.strip()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def unread(where: str, text: str, wrong: str = "not a JSON object") -> Row:
    """A line that cannot be read, in full."""
    return Row(where, {}, {"line": text}, wrong=wrong)


def rows(found: Iterable[Found], mapped: Mapping[str, str], known: Log) -> Iterator[Row]:
    """A row an event."""
    for where, value, text in found:
        if isinstance(value, dict):
            named: dict[str, Any] = {}
            for key, one in value.items():
                # Two keys for one: the one that has its name keeps it.
                wanted = mapped.get(key, key)
                named[key if wanted in value and wanted != key else wanted] = one
            yield event(where, named, is_own(value))
        else:
            yield unread(where, text)
