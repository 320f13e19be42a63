"""A Mermaid timeline, for Markdown pages that draw it: a section a year, a period a date, with the titles of its events.

Mermaid draws no text of more than 50,000 characters, as it comes: choose fewer events. It cannot carry: parties, acts,
standings, causes and sources.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TextIO

from spacerel.dates import shown
from spacerel.errors import UsageError
from spacerel.model import Event, Log
from spacerel.table import visible

MOST = 50_000
"""Characters of a text that Mermaid draws, unless a page raises its `maxTextSize`."""

# A colon parts texts, `#58;` is an entity, `<` begins HTML, and `%%{` is a directive wherever it stands.
_MEANT = re.compile(r"#(?=\w+;)|[:<]|%(?=%)")


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "Space partnerships") -> None:
    """Write one `timeline` diagram. Raises UsageError where Mermaid would not draw it."""
    lines = [f"timeline TD\n    title {_text(title)}\n"]
    for year, of_year in groupby(events, key=lambda event: event.date[:4]):
        lines.append(f"    section {year}\n")
        for day, of_day in groupby(of_year, key=lambda event: event.date):
            titles = " : ".join(_text(event.title) for event in of_day)
            lines.append(f"        {shown(day, year=len(day.rstrip('~')) == 4)} : {titles}\n")
    out.write(drawable("".join(lines)))


def drawable(text: str) -> str:
    """The text of a diagram, as it is. Raises UsageError where it is longer than what Mermaid draws."""
    if len(text) > MOST:
        raise UsageError(
            f"Mermaid draws at most {MOST:,} characters, and these events make {len(text):,}. Choose fewer of them,"
            " with --agency or --period."
        )
    return text


def _text(text: str) -> str:
    """The text on one line, with no sign in it that Mermaid would take for its own."""
    return " ".join(_MEANT.sub(lambda sign: f"#{ord(sign[0])};", visible(text)).split())
