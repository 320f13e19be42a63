"""A Mermaid timeline, for Markdown pages that draw it: a section a year, a period a date, with the titles of its events.

It cannot carry: parties, acts, standings, causes and sources.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from spacerel.dates import shown
from spacerel.model import Event, Log

# What Mermaid would take for one of its own entities, such as `#58;`.
_ENTITY = re.compile(r"#(?=\w+;)")


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "Space partnerships") -> None:
    """Write one `timeline` diagram."""
    out.write(f"timeline TD\n    title {_text(title)}\n")
    for year, of_year in groupby(events, key=lambda event: event.date[:4]):
        out.write(f"    section {year}\n")
        for day, of_day in groupby(of_year, key=lambda event: event.date):
            titles = " : ".join(_text(event.title) for event in of_day)
            out.write(f"        {shown(day, year=len(day.rstrip('~')) == 4)} : {titles}\n")


def _text(text: str) -> str:
    """The text on one line, with no colon that would part it."""
    return " ".join(_ENTITY.sub("#35;", text).replace(":", "#58;").split())
