"""A TimelineJS timeline (JSON): one slide an event, each with an address of its own, `#event-ID`.

A date is shown as fine as the log has it; `group` is the partnership. It cannot carry: causes, outcomes as data, standings.
"""

import json
from collections.abc import Iterable
from html import escape
from typing import TextIO

from spacerel.dates import shown
from spacerel.model import Event, Log
from spacerel.table import visible


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "") -> None:
    """Write one timeline, with a title slide where there is a title."""
    whole: dict[str, object] = {"scale": "human", "events": [_slide(log, event) for event in events]}
    if title:
        whole["title"] = {"text": {"headline": _html(title)}}
    json.dump(whole, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _slide(log: Log, event: Event) -> dict[str, object]:
    slide: dict[str, object] = {
        "unique_id": event.id,
        "start_date": _date(event.date),
        "text": {"headline": _html(event.title), "text": text(event)},
    }
    # The reader ends a slide where it starts unless told otherwise, and shows an equal end as a span.
    if event.end and event.end != event.date:
        slide["end_date"] = _date(event.end)
    if event.partnership is not None:
        slide["group"] = group(log.partnerships[event.partnership].name)
    return slide


def _date(text: str) -> dict[str, object]:
    """Year, month and day as far as they are known; `display_date` where the words say more than the numbers."""
    parts = text.rstrip("~").split("-")
    found: dict[str, object] = dict(zip(("year", "month", "day"), map(int, parts), strict=False))
    if text.endswith("~"):
        found["display_date"] = shown(text)
    return found


def group(name: str) -> str:
    """The name of a group: the reader takes it for HTML twice, once to strip its markup and once to show it."""
    return escape(_html(name), quote=False)


def text(event: Event) -> str:
    """The summary, the note and the sources of an event as HTML."""
    paragraphs = [_html(part) for part in (event.summary, event.note) if part]
    for source in event.sources:
        link = f'<a href="{escape(source.url)}">{_html(source.title)}</a>'
        paragraphs.append(f"{_html(source.publisher)}: {link}")
    return "".join(f"<p>{part}</p>" for part in paragraphs)


def _html(text: str) -> str:
    return escape(visible(text), quote=False)
