"""The network through time (GEXF 1.3), for Gephi: every tie of two actors with its standings from day to day.

An edge's spells are the days on which it was open; its dynamic attribute `status` also tells how it was closed, and is
`agreed/none` or the like where a date known only to the month or year leaves two standings possible. Days are inclusive.
It cannot carry: the events themselves.
"""

from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._ties import Tie, actors_of, ties
from spacerel.exports._xml import attribute
from spacerel.model import Event, Log

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" version="1.3">
  <meta lastmodifieddate="{day}">
    <creator>spacerel</creator>
    <description>Who works with whom in space</description>
  </meta>
  <graph mode="dynamic" defaultedgetype="undirected" timeformat="date" timerepresentation="interval">
    <attributes class="node">
      <attribute id="type" title="type" type="string"/>
      <attribute id="country" title="country" type="string"/>
    </attributes>
    <attributes class="edge" mode="static">
      <attribute id="partnership" title="partnership" type="string"/>
      <attribute id="topic" title="topic" type="string"/>
      <attribute id="ended_by" title="ended_by" type="string"/>
    </attributes>
    <attributes class="edge" mode="dynamic">
      <attribute id="status" title="status" type="string"/>
    </attributes>
"""


def write(log: Log, events: Iterable[Event], out: TextIO, *, today: str = "1970-01-01") -> None:
    """Write one dynamic graph; `today` is the day of the file."""
    found = ties(log, events)
    out.write(_HEAD.format(day=today) + "    <nodes>\n")
    for key in actors_of(found):
        actor = log.actors[key]
        values = {"type": actor.type, "country": actor.country}
        out.write(f"      <node id={attribute(key)} label={attribute(log.short(key))}><attvalues>")
        out.write("".join(_value(name, value) for name, value in values.items() if value) + "</attvalues></node>\n")
    out.write("    </nodes>\n    <edges>\n")
    out.writelines(_edge(tie) for tie in found)
    out.write("    </edges>\n  </graph>\n</gexf>\n")


def _edge(tie: Tie) -> str:
    a, b = tie.actors
    fixed = {"partnership": tie.partnership.id, "topic": tie.partnership.topic, "ended_by": ";".join(tie.ended_by)}
    values = [_value(name, value) for name, value in fixed.items() if value]
    values += [_value("status", state.standing, _span(state.first, state.last)) for state in tie.states]
    spells = [f"<spell{_span(first, last)}/>" for first, last in tie.spells()]
    # Gephi tells parallel edges apart by their kind, and drops all but one of a kind.
    return (
        f"      <edge id={attribute(tie.id)} source={attribute(a)} target={attribute(b)}"
        f' label={attribute(tie.partnership.name)} kind={attribute(tie.partnership.id)} weight="{tie.steps}">\n'
        f"        <attvalues>{''.join(values)}</attvalues>\n"
        + (f"        <spells>{''.join(spells)}</spells>\n" if spells else "")
        + "      </edge>\n"
    )


def _value(name: str, value: str, span: str = "") -> str:
    return f'<attvalue for="{name}" value={attribute(value)}{span}/>'


def _span(first: str, last: str | None) -> str:
    return f' start="{first}"' + (f' end="{last}"' if last else "")
