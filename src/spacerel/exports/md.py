"""A table in Markdown, for wikis, issues and notes: an event a row, with its sources as links.

It cannot carry: summaries, notes, causes, tags and partnerships.
"""

from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._reading import reading
from spacerel.formats import markdown
from spacerel.model import Event, Log
from spacerel.table import Settings


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write one table under a heading."""
    markdown.write(reading(log, list(events)), out, Settings())
