"""The network of actors and partnerships (Graphviz), to be drawn: `spacerel export dot -a esa | dot -Tsvg > esa.svg`.

A partnership of two is a line between them, a larger one a box with a line to each party; colour and word tell its
standing on --as-of. It cannot carry: the events themselves, and how a standing changed.
"""

from collections.abc import Iterable
from typing import TextIO

from spacerel.dates import LAST_DAY
from spacerel.model import Event, Log, Partnership
from spacerel.standing import Course, Courses
from spacerel.table import visible

_COLOURS = {
    "active": "#2a7f3f",
    "agreed": "#2a6f9f",
    "proposed": "#2a6f9f",
    "suspended": "#a87400",
    "broken": "#b3261e",
}
_CLOSED = "#777777"
_HEAD = """\
graph spacerel {
  graph [layout=neato overlap=prism splines=true outputorder=edgesfirst fontname="sans-serif" charset="UTF-8"];
  node [shape=ellipse style=filled fillcolor="#ffffff" fontname="sans-serif"];
  edge [fontname="sans-serif" fontsize=10];
"""


def write(log: Log, events: Iterable[Event], out: TextIO, *, as_of: str = LAST_DAY) -> None:
    """Write one undirected graph."""
    chosen = {event.partnership for event in events if event.partnership is not None}
    all_courses = Courses(log)
    partnerships = [one for one in log.partnerships.values() if one.id in chosen]
    parties = {one.id: _parties(one, all_courses[one.id]) for one in partnerships}
    out.write(_HEAD)
    out.writelines(
        f"  {_quoted(key)} [label={_quoted(log.short(key))}];\n"
        for key in dict.fromkeys(party for found in parties.values() for party in found)
    )
    for one in partnerships:
        standing = all_courses[one.id].standing_on(as_of)
        colour = next((_COLOURS[word] for word in standing.split("/") if word in _COLOURS), _CLOSED)
        label = f"label={_quoted(f'{one.name} · {standing}')} color={_quoted(colour)} fontcolor={_quoted(colour)}"
        if len(parties[one.id]) == 2:
            a, b = parties[one.id]
            out.write(f"  {_quoted(a)} -- {_quoted(b)} [{label}];\n")
            continue
        # Actors and partnerships may share an id; a colon never stands in one.
        box = _quoted(f"partnership:{one.id}")
        out.write(f"  {box} [shape=box {label}];\n")
        for party in parties[one.id]:
            there = all_courses[one.id].standing_on(as_of, party)
            line = next((_COLOURS[word] for word in there.split("/") if word in _COLOURS), _CLOSED)
            out.write(f"  {box} -- {_quoted(party)} [color={_quoted(line)}];\n")
    out.write("}\n")


def _parties(partnership: Partnership, course: Course) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*partnership.parties, *course.earliest.parties)))


def _quoted(text: str) -> str:
    """A text to the letter: Graphviz has escapes of its own, and reads the entities of HTML."""
    return '"' + visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") + '"'
