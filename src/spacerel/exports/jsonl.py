"""One JSON object a line and event, streamed, for jq, DuckDB and pandas. Fields as in the JSON export.

It cannot carry: `threatens`, `condition`, `due`, `denies`, `known`, and actors and partnerships beyond their ids.
"""

import json
from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._record import nested
from spacerel.model import Event, Log


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write a line an event."""
    out.writelines(json.dumps(nested(event), ensure_ascii=False) + "\n" for event in events)
