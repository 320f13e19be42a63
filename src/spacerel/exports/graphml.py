"""The network of actors and partnerships (GraphML), for Gephi, yEd, Cytoscape, igraph and networkx.

An edge is two actors in one partnership, with its standing on --as-of; a partnership of n parties is n(n-1)/2 edges that
name it in `partnership`. `weight` counts the chosen events of the partnership. Parallel edges are kept: read it with
`force_multigraph=True` in networkx. It cannot carry: the events themselves, and how a standing changed (GEXF can).
"""

from collections.abc import Iterable, Iterator
from typing import TextIO

from spacerel.dates import LAST_DAY
from spacerel.exports._ties import Tie, actors_of, ties
from spacerel.exports._xml import attribute, content
from spacerel.model import Event, Log

_NODE = ("label", "country", "type")
_EDGE = ("label", "partnership", "programme", "topic", "kind", "status", "start", "end", "ended_by")


def write(log: Log, events: Iterable[Event], out: TextIO, *, as_of: str = LAST_DAY) -> None:
    """Write one undirected graph."""
    found = ties(log, events)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for owner, names in (("node", _NODE), ("edge", _EDGE)):
        out.writelines(
            f'  <key id="{owner}_{name}" for="{owner}" attr.name="{name}" attr.type="string"/>\n' for name in names
        )
    out.write('  <key id="edge_weight" for="edge" attr.name="weight" attr.type="int"/>\n')
    out.write('  <graph id="spacerel" edgedefault="undirected">\n')
    for key in actors_of(found):
        actor = log.actors[key]
        values = {"label": log.short(key), "country": actor.country, "type": actor.type}
        out.write(f"    <node id={attribute(key)}>{''.join(_data('node', values))}</node>\n")
    for tie in found:
        a, b = tie.actors
        out.write(f"    <edge id={attribute(tie.id)} source={attribute(a)} target={attribute(b)}>")
        out.write("".join(_data("edge", _values(tie, as_of))) + "</edge>\n")
    out.write("  </graph>\n</graphml>\n")


def _values(tie: Tie, as_of: str) -> dict[str, str | None]:
    return {
        "label": tie.partnership.name,
        "partnership": tie.partnership.id,
        "programme": tie.partnership.programme,
        "topic": tie.partnership.topic,
        "kind": tie.partnership.kind,
        "status": tie.standing_on(as_of),
        "start": tie.states[0].first if tie.states else None,
        "end": tie.closed_on,
        "ended_by": ";".join(tie.ended_by),
        "weight": str(tie.steps),
    }


def _data(owner: str, values: dict[str, str | None]) -> Iterator[str]:
    for name, value in values.items():
        if value:
            yield f'<data key="{owner}_{name}">{content(value)}</data>'
