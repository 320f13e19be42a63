"""Groups and items of a vis-timeline (JSON): standings as ranges, steps as points, settings as background.

A group is a partnership. An item's `className` is `act-...` or `standing-...`. An event known only to its month or year is
a range over it. It cannot carry: links; causes stand in the tooltip.
"""

import json
from collections.abc import Iterable, Iterator
from html import escape
from typing import TextIO

from spacerel.dates import day_before, first_day, last_day, next_day
from spacerel.model import CLOSED_STANDINGS, Event, Log
from spacerel.standing import Course, Courses
from spacerel.table import visible


def write(log: Log, events: Iterable[Event], out: TextIO, *, today: str = "") -> None:
    """Write one object; a standing that lasts is drawn to `today` at least, else to the last event."""
    chosen = list(events)
    ids = list(dict.fromkeys(event.partnership for event in chosen if event.partnership is not None))
    groups = [
        {"id": key, "content": _html(log.partnerships[key].name), "order": place} for place, key in enumerate(ids)
    ]
    until = max([today, *(last_day(event.end or event.date) for event in chosen)])
    all_courses = Courses(log)
    items = [item for key in ids for item in _standings(key, all_courses[key], until)]
    items += [_item(log, event) for event in chosen]
    json.dump({"groups": groups, "items": items}, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _standings(key: str, course: Course, until: str) -> Iterator[dict[str, str]]:
    """The stretches in which a partnership was open, an uncertain one as both standings."""
    days = sorted({spell.first for history in course for spell in history.spells})
    for place, day in enumerate(days):
        standing = course.standing_on(day)
        last = day_before(days[place + 1]) if place + 1 < len(days) else max(day, until)
        if all(word in (*CLOSED_STANDINGS, "none") for word in standing.split("/")):
            continue
        yield {
            "id": f"{key}:{day}",
            "group": key,
            "content": standing,
            "start": day,
            # The end is an instant: the day after the last one.
            "end": next_day(last),
            "type": "range",
            "className": " ".join(f"standing-{word}" for word in standing.split("/")),
        }


def _item(log: Log, event: Event) -> dict[str, str]:
    first, last = first_day(event.date), last_day(event.end or event.date)
    causes = [f"Because: {log.event(cause).title}" for cause in event.because]
    item = {
        "id": event.id,
        "content": _html(event.title),
        "title": "<br>".join(map(_html, (f"{event.date} {event.act}", event.summary, *causes))),
        "start": first,
        "type": "background" if event.act == "context" else "point" if first == last else "range",
        "className": f"act-{event.act}",
    }
    if event.partnership is not None:
        item["group"] = event.partnership
    if item["type"] != "point":
        item["end"] = next_day(last)
    return item


def _html(text: str) -> str:
    return escape(visible(text))
