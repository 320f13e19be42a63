"""Tables to be read: Markdown by markdown-it, HTML by html5lib, SVG by an XML parser."""

import string
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import html5lib
from markdown_it import MarkdownIt

from small_exports import STEPS, event, shipped, written
from spacerel.exports import html, md, svg
from spacerel.model import Log

__all__ = ["shipped"]

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def of_markdown(text: str) -> Any:
    return html5lib.parse(MarkdownIt("commonmark").enable("table").render(text))


def texts(parent: Any, tag: str) -> list[str]:
    return ["".join(one.itertext()) for one in parent.iter(f"{HTML}{tag}")]


class TestMarkdown:
    def test_a_row_an_event_with_its_sources_as_links(self) -> None:
        page = of_markdown(written(md))

        assert texts(page, "h2") == ["Space partnerships · 7 events"]
        assert texts(page, "th") == ["Date", "Step", "Who", "What", "Sources"]
        rows = [texts(row, "td") for row in page.iter(f"{HTML}tr")][1:]
        assert (
            rows[1:5]
            == [
                ["about 2014", "● agree", "ESA, Roscosmos, DLR", "agree on 2014~", "ESA"],
                ["24 Feb 2022", "◆ context", "Roscosmos", "A war: it <begins> & goes on", "ESA"],
                ["17 Mar 2022", "‖ suspend", "ESA → Roscosmos", "suspend on 2022-03-17", "ESA"],
                ["Mar 2022", "▲ threaten", "Roscosmos → ESA", "=1+1 · carried out 12 Jul 2022", "ESA"],
            ]
            or rows[3:5] == []
        )
        assert {one.get("href") for one in page.iter(f"{HTML}a")} == {"https://example.org/a?b=1&c=2"}

    def test_every_event_of_the_log_is_a_row(self, shipped: Log) -> None:
        page = of_markdown(written(md, shipped.events, shipped))

        rows = [texts(row, "td") for row in page.iter(f"{HTML}tr")][1:]
        assert len(rows) == len(shipped.events)
        assert all(row[3].startswith(one.title) for row, one in zip(rows, shipped.events, strict=True))
        assert [one.get("href") for one in page.iter(f"{HTML}a")] == [
            quote(source.url, safe=string.punctuation) for one in shipped.events for source in one.sources
        ]


class TestHtml:
    def test_a_row_an_event_with_an_address_of_its_own(self) -> None:
        page = html5lib.parse(written(html))

        rows = {row.get("id"): row for row in page.iter(f"{HTML}tr") if row.get("id")}
        assert list(rows) == [one.id for one in STEPS]
        assert texts(rows["moved"], "td")[0] == "28 Apr 2022 – 2 May 2022"
        assert texts(rows["moved"], "p") == [
            "ExoMars rover: a mission",
            "What happened: strain.",
            "Größe 'x' 2022: not an event",
        ]
        links = [("".join(one.itertext()), one.get("href")) for one in rows["suspended"].iter(f"{HTML}a")]
        assert links == [
            ("A war: it <begins> & goes on", "#war"),
            ("A page; with a semicolon", "https://example.org/a?b=1&c=2"),
        ]

    def test_a_cause_that_was_not_chosen_is_no_link(self) -> None:
        page = html5lib.parse(written(html, STEPS[3:4]))

        assert [one.get("href") for one in page.iter(f"{HTML}a")] == ["https://example.org/a?b=1&c=2"]
        assert "Because: A war: it <begins> & goes on" in texts(page, "p")

    def test_every_event_of_the_log_is_a_row_and_nothing_is_fetched(self, shipped: Log) -> None:
        text = written(html, shipped.events, shipped)
        page = html5lib.parse(text)

        assert len([row for row in page.iter(f"{HTML}tr") if row.get("id")]) == len(shipped.events)
        assert {one.tag.removeprefix(HTML) for one in page.iter()} & {"script", "link", "img", "iframe"} == set()
        assert "prefers-color-scheme" in text


class TestSvg:
    def test_the_picture_holds_every_title(self, shipped: Log) -> None:
        root = ElementTree.fromstring(written(svg, shipped.events[-50:], shipped))  # noqa: S314 - our own

        [described] = root.iter(f"{SVG}desc")
        words = " ".join("".join(described.itertext()).split())
        assert "Space partnerships · 50 events" in words
        assert [one.get("href") for one in root.iter(f"{SVG}a")] != []
        found = "".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
        for one in shipped.events[-50:]:
            assert one.title.split()[-1] in found

    def test_an_event_alone(self) -> None:
        root = ElementTree.fromstring(written(svg, (event("one", "2022-03", "talk"),)))  # noqa: S314 - our own

        [described] = root.iter(f"{SVG}desc")
        assert (described.text or "").splitlines()[1:] == [
            "Space partnerships · 1 event",
            "    Date  Step    Who             What             Sources",
            "Mar 2022  ● talk  ESA, Roscosmos  talk on 2022-03  ESA",
        ]
