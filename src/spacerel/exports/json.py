"""One JSON object with what was asked and every event, its sources in full and its line in the log; lists are arrays.

It cannot carry: `threatens`, `condition`, `due`, `denies`, `known`, and actors and partnerships beyond their ids.
"""

import json
from collections.abc import Iterable, Mapping
from typing import TextIO

from spacerel.exports._record import nested
from spacerel.model import Event, Log

_NO_QUERY: Mapping[str, object] = {}


def write(
    log: Log,
    events: Iterable[Event],
    out: TextIO,
    *,
    query: Mapping[str, object] = _NO_QUERY,
    seen_on: str | None = None,
) -> None:
    """Write the object; `query` holds the filters that chose the events, `seen_on` the day of --as-of."""
    records = [nested(event) for event in events]
    whole = {"spacerel": 1, "query": dict(query), "as_of": seen_on, "count": len(records), "events": records}
    json.dump(whole, out, ensure_ascii=False, indent=1)
    out.write("\n")
