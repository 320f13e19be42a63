"""A picture of the table of events (SVG), with its sources as links and its text inside, for slides and articles.

`spacerel timeline -o FILE.svg` and every other screen make theirs. It cannot carry: summaries, notes, causes, tags and
partnerships.
"""

from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._reading import reading
from spacerel.formats import svg
from spacerel.model import Event, Log
from spacerel.table import Settings

WIDTH = 140
"""Columns of the picture."""


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write one picture."""
    svg.write(reading(log, list(events)), out, Settings(WIDTH))
