"""FollowTheMoney, CSL-JSON and BibTeX, read by followthemoney, citeproc and pybtex."""

import json
import re
import warnings
from collections import Counter
from typing import Any

import pytest
from followthemoney import model
from pybtex.database import parse_string

from small_exports import LOG, STEPS, event, shipped, written
from spacerel.exports import bibtex, csl, ftm
from spacerel.model import Actor, Event, Log, Source
from spacerel.selection import seen_on

__all__ = ["shipped"]

with warnings.catch_warnings():
    # It looks at locales by functions that Python is to lose.
    warnings.simplefilter("ignore")
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON


def entities(events: tuple[Event, ...] = STEPS, log: Log = LOG, **options: Any) -> dict[str, Any]:
    """The entities by id, each found valid by FollowTheMoney and without a value that it would drop."""
    found = {}
    for line in written(ftm, events, log, **options).splitlines():
        data = json.loads(line)
        schema = model.get(data["schema"])
        assert schema is not None
        schema.validate(data)
        assert not schema.abstract
        assert set(schema.required) <= set(data["properties"])
        proxy = model.get_proxy(data, cleaned=False)
        for name, values in data["properties"].items():
            prop = schema.properties[name]
            assert len(values) == len(proxy.get(name)), (data["id"], name)
            assert not prop.stub
            assert all(prop.type.validate(value) for value in values), (name, values)
        found[data["id"]] = data
    return found


class TestFtm:
    def test_every_entity_of_the_log_is_valid_and_every_reference_holds(self, shipped: Log) -> None:
        found = entities(shipped.events, shipped, as_of="2026-09-01")
        counts = Counter(one["schema"] for one in found.values())

        assert counts["Event"] == len(shipped.events)
        assert counts["Project"] == len({one.partnership for one in shipped.events} - {None})
        assert counts["UnknownLink"] == sum(len(one.because) + (one.partnership is not None) for one in shipped.events)
        references = {
            value
            for one in found.values()
            for name, values in one["properties"].items()
            if model.schemata[one["schema"]].properties[name].type.name == "entity"
            for value in values
        }
        assert references - set(found) == set()

    def test_who_is_what(self) -> None:
        log = Log(
            {
                **LOG.actors,
                "su": Actor("su", "Soviet Union", "state", "USSR", "SU", ("CCCP",), (("wikidata", "Q15180"),)),
                "union": Actor("union", "A union", "organisation"),
                "firm": Actor("firm", "A firm", "company", "Firm", "CS", predecessor="union"),
            },
            LOG.partnerships,
            (event("met", "1975", "talk", partnership=None, parties=("su", "firm")),),
        )
        found = entities(log.events, log)

        assert found["actor-su"] == {
            "id": "actor-su",
            "schema": "PublicBody",
            "properties": {
                "name": ["Soviet Union"],
                "weakAlias": ["USSR"],
                "alias": ["CCCP"],
                "country": ["suhh"],
                "wikidataId": ["Q15180"],
                "keywords": ["state"],
            },
        }
        assert [found[key]["schema"] for key in ("actor-firm", "actor-union")] == ["Company", "Organization"]
        assert found["actor-firm"]["properties"]["country"] == ["cshh"]
        assert found["succession-union-firm"]["properties"] == {
            "predecessor": ["actor-union"],
            "successor": ["actor-firm"],
        }

    def test_a_step_is_tied_to_its_partnership_and_its_cause(self) -> None:
        found = entities()

        assert found["event-suspended"]["properties"] == {
            "name": ["suspend on 2022-03-17"],
            "summary": ["What happened: suspend."],
            "date": ["2022-03-17"],
            "organizer": ["actor-esa"],
            "involved": ["actor-esa", "actor-roscosmos"],
            "keywords": ["suspend", "done", "mars", "exomars-rover"],
            "sourceUrl": ["https://example.org/a?b=1&c=2"],
            "publisher": ["ESA"],
        }
        assert found["step-suspended"]["properties"] == {
            "subject": ["event-suspended"],
            "object": ["partnership-exomars-rover"],
            "role": ["suspend"],
            "date": ["2022-03-17"],
        }
        assert found["because-suspended-war"]["properties"]["object"] == ["event-war"]

    def test_dates_are_no_finer_than_the_log(self) -> None:
        found = entities()

        assert found["event-studied"]["properties"]["date"] == ["2014"]
        assert found["event-mooted"]["properties"]["date"] == ["2022-03"]
        assert "date" not in found["event-moved"]["properties"]
        assert found["event-moved"]["properties"]["endDate"] == ["2022-05-02"]
        assert found["partnership-study"]["properties"]["startDate"] == ["2014"]
        term = event("term", "2014-01-01", "agree", partnership="study", term_end="2016-05")
        log = Log(LOG.actors, LOG.partnerships, (term,))
        expired = entities(log.events, log)["partnership-study"]["properties"]
        assert (expired["status"], expired["startDate"], expired["endDate"]) == (
            ["expired"],
            ["2014-01-01"],
            ["2016-05"],
        )

    def test_standings_are_those_of_the_day(self, shipped: Log) -> None:
        then = seen_on(shipped, "2022-03-20")
        held = entities(then.events, then, as_of="2022-03-20")["participant-exomars-rover-esa"]["properties"]
        now = entities(shipped.events, shipped, as_of="2026-09-01")["participant-exomars-rover-esa"]["properties"]

        assert (held["status"], "endDate" in held) == (["suspended"], False)
        assert (now["status"], now["endDate"]) == (["broken"], ["2022-07-12"])


OTHER = Source("Half & half {of} 100%_#1 \\ ~^", 'An "Agency"', "https://example.org/{x}", "actor", "2022-03~")


class TestCsl:
    def test_citeproc_makes_a_bibliography_of_every_page(self, shipped: Log) -> None:
        items = json.loads(written(csl, shipped.events, shipped))
        source = CiteProcJSON(items)

        assert len(source) == len(items) == len({page.url for one in shipped.events for page in one.sources})
        assert {one["id"] for one in items} == set(source)

    @pytest.mark.filterwarnings("ignore")
    def test_a_rendered_entry_names_publisher_title_and_year(self) -> None:
        items = json.loads(written(csl, (event("one", "2022", "strain", sources=(OTHER,)),)))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Citation([CitationItem(items[0]["id"])]))
        [entry] = map(str, bibliography.bibliography())

        assert OTHER.title in entry
        assert "2022" in entry
        assert OTHER.url in entry

    def test_a_page_stands_once_and_names_its_events(self) -> None:
        [page] = json.loads(written(csl))

        assert page == {
            "id": "sb809012bd30f",
            "type": "webpage",
            "title": "A page; with a semicolon",
            "container-title": "ESA",
            "issued": {"date-parts": [[2022, 3, 18]]},
            "URL": "https://example.org/a?b=1&c=2",
            "note": "Supports: agreed, studied, war, suspended, mooted, moved, ended",
        }

    def test_a_day_that_is_about_right_says_so(self) -> None:
        [page] = json.loads(written(csl, (event("one", "2022", "strain", sources=(OTHER,)),)))

        assert page["issued"] == {"date-parts": [[2022, 3]], "circa": True}


class TestBibtex:
    def test_pybtex_reads_every_page(self, shipped: Log) -> None:
        found = parse_string(written(bibtex, shipped.events, shipped), "bibtex").entries

        assert [found[key].fields["url"] for key in found] == list(
            dict.fromkeys(page.url for one in shipped.events for page in one.sources)
        )
        assert {found[key].type for key in found} == {"online"}
        assert {len(found[key].fields.get("date", "")) for key in found} == {0, 4, 7, 10}

    def test_signs_with_a_meaning_come_back(self) -> None:
        text = written(bibtex, (event("one", "2022", "strain", sources=(OTHER,)),))
        [entry] = parse_string(text, "bibtex").entries.values()

        assert of_tex(entry.fields["title"]) == OTHER.title
        assert of_tex(entry.fields["organization"]) == OTHER.publisher
        assert entry.fields["url"] == "https://example.org/%7Bx%7D"
        assert entry.fields["date"] == "2022-03"


def of_tex(text: str) -> str:
    """What TeX prints of a text: its escapes, in the outer braces that keep capitals."""
    words = {"braceleft": "{", "braceright": "}", "backslash": "\\", "asciitilde": "~", "asciicircum": "^"}
    inside = text.removeprefix("{").removesuffix("}") if text.startswith("{") else text
    return re.sub(r"\\text([a-z]+)\{\}|\\([&%$#_])", lambda found: found[2] or words[found[1]], inside)
