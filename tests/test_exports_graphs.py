"""GraphML, GEXF and DOT, read back by networkx, lxml and pydot."""

import io
from datetime import date
from itertools import pairwise
from typing import ClassVar
from xml.etree import ElementTree

import lxml.etree
import networkx
import pydot
import pytest

from small_exports import ESA, LOG, STEPS, event, shipped, written
from spacerel.errors import DataError
from spacerel.exports import dot, gexf, graphml
from spacerel.exports._ties import ties
from spacerel.model import Log

__all__ = ["shipped"]


class TestTies:
    def test_a_tie_has_the_less_lively_of_its_actors_standings(self) -> None:
        leaves = event("leaves", "2015-01-01", "leave", partnership="study", by=("dlr",))
        log = Log(LOG.actors, LOG.partnerships, (STEPS[1], leaves))

        standings = {tie.id: tie.standing_on("2020-01-01") for tie in ties(log, log.events)}

        assert standings == {
            "study--esa--roscosmos": "agreed",
            "study--esa--dlr": "broken",
            "study--roscosmos--dlr": "broken",
        }

    def test_a_vague_date_leaves_two_standings_possible(self) -> None:
        tie = ties(LOG, STEPS[1:2])[0]

        assert [tuple(state) for state in tie.states] == [
            ("agreed/none", "2014-01-01", "2014-12-30"),
            ("agreed", "2014-12-31", None),
        ]
        assert tie.spells() == [("2014-01-01", None)]

    def test_a_closed_tie_says_who_closed_it_and_when(self) -> None:
        tie = ties(LOG, STEPS)[0]

        assert (tie.ended_by, tie.closed_on, tie.steps) == (("esa",), "2022-07-12", 5)
        assert tie.spells() == [("2013-03-14", "2022-07-11")]

    def test_an_opened_again_partnership_has_two_spells(self) -> None:
        again = event("again", "2023-01-01", "resume")
        log = Log(LOG.actors, LOG.partnerships, (*STEPS, again))

        tie = ties(log, log.events)[0]

        assert tie.spells() == [("2013-03-14", "2022-07-11"), ("2023-01-01", None)]
        assert (tie.closed_on, tie.ended_by) == (None, ())


class TestGraphml:
    def test_networkx_reads_every_actor_and_every_tie(self, shipped: Log) -> None:
        graph = networkx.parse_graphml(written(graphml, shipped.events, shipped), force_multigraph=True)

        found = ties(shipped, shipped.events)
        assert graph.number_of_edges() == len(found)
        assert graph.number_of_nodes() == len({actor for tie in found for actor in tie.actors})

    def test_a_tie_has_its_standing_on_the_day_asked_for(self) -> None:
        then, now = (
            networkx.parse_graphml(written(graphml, as_of=day), force_multigraph=True)
            for day in ("2022-03-20", "2022-12-31")
        )

        assert then.edges["esa", "roscosmos", "exomars-rover"] == {
            "label": "ExoMars rover: a mission",
            "partnership": "exomars-rover",
            "programme": "Mars",
            "topic": "exploration",
            "kind": "programme",
            "status": "suspended",
            "start": "2013-03-14",
            "end": "2022-07-12",
            "ended_by": "esa",
            "weight": 5,
        }
        assert now.edges["esa", "roscosmos", "exomars-rover"]["status"] == "broken"
        assert now.nodes["roscosmos"] == {"label": "Roscosmos", "country": "RU", "type": "agency"}

    def test_a_character_that_xml_cannot_hold_is_refused(self) -> None:
        log = Log({**LOG.actors, "esa": ESA._replace(short="E\x01")}, LOG.partnerships, STEPS)

        with pytest.raises(DataError, match=r"XML has no way to write the control character U\+0001 in 'E\\x01'\."):
            written(graphml, STEPS, log)


class TestGexf:
    NAMES: ClassVar = {"g": "http://gexf.net/1.3"}

    def test_networkx_reads_every_tie_and_its_spells(self, shipped: Log) -> None:
        # networkx knows GEXF up to 1.2draft, which differs in nothing that is written here but its name.
        text = written(gexf, shipped.events, shipped)
        text = text.replace(
            'xmlns="http://gexf.net/1.3" version="1.3"', 'xmlns="http://www.gexf.net/1.2draft" version="1.2"'
        )
        graph = networkx.read_gexf(io.BytesIO(text.encode()))

        found = ties(shipped, shipped.events)
        assert graph.number_of_edges() == len(found)
        spells = {data["id"]: len(data.get("spells", ())) for _, _, data in graph.edges(data=True)}
        assert spells == {tie.id: len(tie.spells()) for tie in found}

    def test_a_standing_ends_on_the_day_before_the_next(self) -> None:
        root = ElementTree.fromstring(written(gexf))  # noqa: S314
        edge = root.find(".//g:edge[@id='exomars-rover']", self.NAMES)

        assert edge is not None
        assert [
            (one.get("value"), one.get("start"), one.get("end"))
            for one in edge.findall("g:attvalues/g:attvalue[@for='status']", self.NAMES)
        ] == [
            ("active", "2013-03-14", "2022-03-16"),
            ("suspended", "2022-03-17", "2022-07-11"),
            ("broken", "2022-07-12", None),
        ]
        assert [one.attrib for one in edge.findall("g:spells/g:spell", self.NAMES)] == [
            {"start": "2013-03-14", "end": "2022-07-11"}
        ]

    def test_all_days_are_full_days(self, shipped: Log) -> None:
        root = ElementTree.fromstring(written(gexf, shipped.events, shipped))  # noqa: S314

        days = [one.get(name) for one in root.iter() for name in ("start", "end") if one.get(name)]
        assert len(days) > 1000
        assert {len(date.fromisoformat(str(day)).isoformat()) for day in days} == {10}

    def test_the_structure_is_that_of_gexf_1_3(self, shipped: Log) -> None:
        document = lxml.etree.fromstring(written(gexf, shipped.events, shipped, today="2026-09-01").encode())
        rules = lxml.etree.RelaxNG(lxml.etree.fromstring(GEXF))

        assert rules.validate(document), rules.error_log
        ids = [node.get("id") for node in document.iter("{*}node")]
        assert len(ids) == len(set(ids))
        assert {end for edge in document.iter("{*}edge") for end in (edge.get("source"), edge.get("target"))} <= set(
            ids
        )
        for edge in document.iter("{*}edge"):
            days = [(one.get("start"), one.get("end", "9999")) for one in edge.iterfind(".//{*}attvalue[@start]")]
            assert all(first <= last for first, last in days)
            assert all(last < first for (_, last), (first, _) in pairwise(days))

    def test_the_rules_would_find_a_wrong_file(self) -> None:
        rules = lxml.etree.RelaxNG(lxml.etree.fromstring(GEXF))
        text = written(gexf)

        assert rules.validate(lxml.etree.fromstring(text.encode()))
        for old, new in (
            ('start="2022-03-17"', 'start="2022-03"'),
            ("<spells>", "<spells><slice/>"),
            ('kind="', 'sort="'),
        ):
            assert old in text
            assert not rules.validate(lxml.etree.fromstring(text.replace(old, new).encode()))


# The part of GEXF 1.3 that a dynamic graph of intervals needs, written from its primer (https://gexf.net/primer.html).
GEXF = """
<element name="gexf" ns="http://gexf.net/1.3" xmlns="http://relaxng.org/ns/structure/1.0"
    datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
  <attribute name="version"><value>1.3</value></attribute>
  <element name="meta">
    <attribute name="lastmodifieddate"><data type="date"/></attribute>
    <interleave>
      <element name="creator"><text/></element>
      <element name="description"><text/></element>
    </interleave>
  </element>
  <element name="graph">
    <attribute name="mode"><value>dynamic</value></attribute>
    <attribute name="defaultedgetype"><value>undirected</value></attribute>
    <attribute name="timeformat"><value>date</value></attribute>
    <attribute name="timerepresentation"><value>interval</value></attribute>
    <oneOrMore>
      <element name="attributes">
        <attribute name="class"><choice><value>node</value><value>edge</value></choice></attribute>
        <optional><attribute name="mode"><choice><value>static</value><value>dynamic</value></choice></attribute></optional>
        <oneOrMore>
          <element name="attribute">
            <attribute name="id"/><attribute name="title"/>
            <attribute name="type"><choice><value>string</value><value>integer</value></choice></attribute>
          </element>
        </oneOrMore>
      </element>
    </oneOrMore>
    <element name="nodes">
      <zeroOrMore>
        <element name="node">
          <attribute name="id"/><attribute name="label"/>
          <element name="attvalues">
            <zeroOrMore><element name="attvalue"><attribute name="for"/><attribute name="value"/></element></zeroOrMore>
          </element>
        </element>
      </zeroOrMore>
    </element>
    <element name="edges">
      <zeroOrMore>
        <element name="edge">
          <attribute name="id"/><attribute name="source"/><attribute name="target"/><attribute name="label"/>
          <attribute name="kind"/><attribute name="weight"><data type="double"/></attribute>
          <element name="attvalues">
            <zeroOrMore>
              <element name="attvalue">
                <attribute name="for"/><attribute name="value"/>
                <optional><attribute name="start"><data type="date"/></attribute></optional>
                <optional><attribute name="end"><data type="date"/></attribute></optional>
              </element>
            </zeroOrMore>
          </element>
          <optional>
            <element name="spells">
              <oneOrMore>
                <element name="spell">
                  <attribute name="start"><data type="date"/></attribute>
                  <optional><attribute name="end"><data type="date"/></attribute></optional>
                </element>
              </oneOrMore>
            </element>
          </optional>
        </element>
      </zeroOrMore>
    </element>
  </element>
</element>
"""


class TestDot:
    def test_two_parties_are_a_line_and_three_a_box(self) -> None:
        lines = written(dot, as_of="2022-03-20").splitlines()

        assert (
            '  "esa" -- "roscosmos" [label="ExoMars rover: a mission · suspended" color="#a87400" fontcolor="#a87400"];'
            in lines
        )
        assert (
            '  "partnership:study" [shape=box label="Study of three · agreed" color="#2a6f9f" fontcolor="#2a6f9f"];'
            in lines
        )
        assert len([line for line in lines if line.startswith('  "partnership:study" -- ')]) == 3

    @pytest.mark.filterwarnings("ignore::DeprecationWarning")  # pydot calls pyparsing by its old names
    def test_a_reader_of_dot_finds_every_node_and_line(self, shipped: Log) -> None:
        [graph] = pydot.graph_from_dot_data(written(dot, shipped.events, shipped)) or []

        ids = {node.get_name().strip('"') for node in graph.get_nodes()} - {"graph", "node", "edge"}
        found = ties(shipped, shipped.events)
        partnerships = {tie.partnership.id for tie in found}
        assert {actor for tie in found for actor in tie.actors} == {one for one in ids if ":" not in one}
        boxes = {one for one in ids if ":" in one}
        assert len(graph.get_edges()) >= len(partnerships)
        assert boxes == {f"partnership:{tie.partnership.id}" for tie in found if tie.id != tie.partnership.id}
