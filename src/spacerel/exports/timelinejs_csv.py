"""A TimelineJS timeline (CSV), for its spreadsheet template: one row an event.

It cannot carry: causes, outcomes as data, standings, and addresses of slides.
"""

import csv
from collections.abc import Iterable
from html import escape
from typing import TextIO

from spacerel.dates import shown
from spacerel.exports.timelinejs import group, text
from spacerel.model import Event, Log
from spacerel.table import visible

HEADER = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Alt Text",
    "Type",
    "Group",
    "Background",
]

_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "") -> None:
    """Write a header, a title row where there is a title, and one row an event."""
    rows = csv.DictWriter(out, HEADER, restval="", lineterminator="\r\n")
    rows.writeheader()
    if title:
        rows.writerow({"Headline": _html(title), "Type": "title"})
    for event in events:
        start = dict(zip(("Year", "Month", "Day"), _parts(event.date), strict=False))
        spans = event.end is not None and event.end != event.date
        end = dict(zip(("End Year", "End Month", "End Day"), _parts(event.end or ""), strict=False)) if spans else {}
        name = _guarded(group(log.partnerships[event.partnership].name)) if event.partnership is not None else ""
        about = shown(event.date) if event.date.endswith("~") else ""
        said = {"Display Date": about, "Headline": _html(event.title), "Text": text(event), "Group": name}
        rows.writerow({**start, **end, **said})


def _parts(text: str) -> list[str]:
    return [part.lstrip("0") for part in text.rstrip("~").split("-")]


def _html(text: str) -> str:
    return _guarded(escape(visible(text), quote=False))


def _guarded(html: str) -> str:
    """HTML whose first sign stands as a number where a spreadsheet would take it for the sign of a formula."""
    return f"&#{ord(html[0])};{html[1:]}" if html[:1] in _FORMULA else html
