"""A Markwhen document: a section a partnership, a line an event, with act and tags as tags and the rest as properties.

It cannot carry: standings; a date that is only about right loses its `~` and says so in its text, and a `#` before a word becomes `＃`.
"""

import re
from collections.abc import Iterable
from typing import TextIO

from spacerel.model import Event, Log
from spacerel.table import visible

_COLOURS = {
    "agree": "green",
    "start": "green",
    "resume": "green",
    "suspend": "orange",
    "threaten": "purple",
    "end": "red",
    "context": "gray",
}

_TAG = re.compile(r"#(?=\w)")


def write(log: Log, events: Iterable[Event], out: TextIO, *, title: str = "Space partnerships") -> None:
    """Write one document, partnerships in order of their first event and events outside any at the top."""
    groups: dict[str, list[Event]] = {"": []}
    for event in events:
        groups.setdefault(event.partnership or "", []).append(event)
    out.write(f"---\ntitle: {_scalar(title)}\ntimezone: UTC\n")
    out.writelines(f"#{act}: {colour}\n" for act, colour in _COLOURS.items())
    out.write("---\n")
    for key, found in groups.items():
        if key:
            parties = " ".join(_tag(party) for party in log.partnerships[key].parties)
            out.write(f"\n## {_line(log.partnerships[key].name)} {parties}\n")
        for event in found:
            out.write("\n" + _event(event))


def _event(event: Event) -> str:
    date = event.date.rstrip("~") + (f"/{event.end.rstrip('~')}" if event.end else "")
    tags = " ".join(dict.fromkeys(map(_tag, (event.act, *event.tags))))
    about = ["About this date."] if event.date.endswith("~") else []
    # A line of free text that looks like `2022: x` or `12: x` would begin an event: each stands behind a `> `.
    texts = [f"> {_line(part)}\n" for part in (*about, event.summary, event.note) if part]
    texts += [f"> [{_line(source.publisher)}]({source.url})\n" for source in event.sources]
    actors = f"  actor: {', '.join(event.by)}\n" if event.by else ""
    properties = f"  id: {event.id}\n{actors}  confidence: {event.confidence}\n"
    return f"{date}: {_line(event.title)} {tags}\n{properties}{''.join(texts)}"


def _tag(word: str) -> str:
    return "#" + re.sub(r"\W", "_", word)


def _line(text: str) -> str:
    """The text on one line. A `#` before a word would make a tag, and nothing escapes it: its wide twin stands there."""
    return " ".join(_TAG.sub("＃", visible(text)).split())


def _scalar(text: str) -> str:
    return "'" + " ".join(text.split()).replace("'", "''") + "'"
