"""A Mermaid Gantt chart, for Markdown pages that draw it: a section a partnership, its standings as bars, steps as marks.

A step known only to its month or year is a bar over it; an uncertain standing is named as both. A standing that lasts is
drawn to `--today`. Mermaid draws no text of more than 50,000 characters, as it comes: choose fewer events. It cannot carry:
parties, acts, causes, sources, and summaries.
"""

import re
from collections.abc import Iterable
from typing import TextIO

from spacerel.dates import first_day, last_day, next_day
from spacerel.exports._tables import stretches
from spacerel.exports.mermaid import drawable
from spacerel.model import CLOSED_STANDINGS, Event, Log
from spacerel.standing import Courses
from spacerel.table import visible

# Mermaid's words for how a bar is coloured.
_TAGS = {"suspended": "done"}
_MEANT = re.compile("[:#;<%]")
# With these a line is taken for a setting or a date, not for the name of a task.
_FIRST = re.compile(
    r"\d|gantt|dateFormat|inclusiveEndDates|topAxis|axisFormat|tickInterval|includes|excludes|todayMarker|week(day|end)"
    r"|title|acc(Title|Descr)|section|click|href|call",
    re.IGNORECASE,
)


def write(
    log: Log, events: Iterable[Event], out: TextIO, *, today: str = "", title: str = "Space partnerships"
) -> None:
    """Write one `gantt` diagram. Raises UsageError where Mermaid would not draw it."""
    chosen = list(events)
    until = max([today, *(last_day(event.end or event.date) for event in chosen)])
    all_courses = Courses(log)
    lines = [f"gantt\n    title {_text(title)}\n    dateFormat YYYY-MM-DD\n    todayMarker off\n"]
    for key in dict.fromkeys(event.partnership for event in chosen):
        lines.append(f"    section {_text(log.partnerships[key].name) if key is not None else 'Outside any'}\n")
        if key is not None:
            for one in stretches(all_courses[key]):
                if one.standing not in CLOSED_STANDINGS:
                    end = next_day(one.last or max(one.first, until))
                    lines.append(f"        {one.standing} :{_TAGS.get(one.standing, 'active')}, {one.first}, {end}\n")
        lines += [_step(event) for event in chosen if event.partnership == key]
    out.write(drawable("".join(lines)))


def _step(event: Event) -> str:
    first, last = first_day(event.date), last_day(event.end or event.date)
    crit = "crit, " if event.act in ("end", "leave") else ""
    when = f"milestone, {event.id}, {first}, 0d" if first == last else f"{event.id}, {first}, {next_day(last)}"
    return f"        {_text(event.title)} :{crit}{when}\n"


def _text(text: str) -> str:
    shown = " ".join(_MEANT.sub(_numbered, visible(text)).split())
    return _numbered(shown) + shown[1:] if _FIRST.match(shown) else shown


def _numbered(sign: str | re.Match[str]) -> str:
    return f"#{ord(sign[0])};"
