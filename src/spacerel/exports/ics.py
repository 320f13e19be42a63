"""A calendar of whole days (RFC 5545), for khal, Thunderbird, Google and Apple calendars.

An event known only to its month or year covers that whole month or year. Its cause is its RELATED-TO. Events keep their
UID, so that a later export updates an earlier one. It cannot carry: standings, outcomes, and any cause after the first.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from spacerel.dates import first_day, last_day, next_day
from spacerel.errors import DataError
from spacerel.model import Event, Log

_LINE = 75
# RFC 5545, 3.1: the controls that no text may hold. Some readers end a line at the last three, too.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "Space partnerships") -> None:
    """Write one calendar. `out` must pass line ends through as they are."""
    stamp = _newest(log).replace("-", "") + "T000000Z"
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//spacerel//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    out.writelines(_folded(line) for line in (*head, f"X-WR-CALNAME:{_text(title)}"))
    for event in events:
        out.writelines(_folded(line) for line in _lines(event, stamp))
    out.write(_folded("END:VCALENDAR"))


def _lines(event: Event, stamp: str) -> Iterator[str]:
    sources = "\n".join(f"{source.publisher}: {source.title} {source.url}" for source in event.sources)
    yield "BEGIN:VEVENT"
    yield f"UID:{event.id}@spacerel"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{first_day(event.date).replace('-', '')}"
    # The end of a calendar's whole days is exclusive.
    yield f"DTEND;VALUE=DATE:{next_day(last_day(event.end or event.date)).replace('-', '')}"
    yield f"SUMMARY:{_text(event.title)}"
    yield f"DESCRIPTION:{_text(event.summary + chr(10) * 2 + sources)}"
    yield f"URL:{event.sources[0].url}"
    yield "CATEGORIES:" + ",".join(map(_text, (event.act, *event.tags)))
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PUBLIC"
    if event.because:
        yield f"RELATED-TO;RELTYPE=PARENT:{event.because[0]}@spacerel"
    yield "END:VEVENT"


def _newest(log: Log) -> str:
    """The newest day that the log says it was written on: the same log makes the same bytes, and a newer one says so."""
    days = [last_day(source.published) for event in log.events for source in event.sources if source.published]
    return max(days, default="1970-01-01")


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> str:
    """The line in pieces of at most 75 octets, no character split, each further one behind a blank."""
    if found := _CONTROL.search(line):
        raise DataError(f"iCalendar has no way to write the control character U+{ord(found[0]):04X} in {line!a}.")
    pieces, size = [""], 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += char
        size += octets
    return "\r\n".join(pieces) + "\r\n"
