"""The screen as a page and as a picture: the same text, whatever stands in the log."""

import io
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_log import Program, spacerel
from spacerel import formats
from spacerel.formats._page import DARK, LIGHT
from spacerel.table import Column, Settings, Table, mark

__all__ = ["spacerel"]

SVG = "{http://www.w3.org/2000/svg}"
HTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = (
    '<script>alert("1")</script>',
    "]]></desc></svg><!-- &amp; &#x41; --> <![CDATA[x",
    "</pre></main><img src=x onerror=alert(1)>",
    "\x00\x1b[31m\x1b]8;;http://e.org\x07 \u202e\u200b \ufffe\uffff\ud800",
    "[bold red]Rich markup[/] [link=http://e.org]x[/link]",
    "{title} {0} %s %(ink)s",
    "Роскосмос 国家航天局 👩‍🚀 e\u0301",
)


def written(table: Table, name: str, **settings: Any) -> str:
    out = io.StringIO(newline="")
    formats.named(name).write(table, out, Settings(**settings))
    return out.getvalue()


def of_texts(*texts: str, title: str = "A title", role: str = "") -> Table:
    columns = (
        Column("number", texts.index, screen=lambda text: str(texts.index(text)), right=True),
        Column("text", str, screen=lambda text: ((text, role),), flexible=True),
    )
    return Table("test", title, columns, texts)


def lines_of_svg(picture: str) -> list[str]:
    root = ElementTree.fromstring(picture)  # noqa: S314 - written by ourselves
    return ["".join(line.itertext()) for line in root.iter(f"{SVG}text")]


def lines_of_html(page: str) -> list[str]:
    [text] = html5lib.parse(page).iter(f"{HTML}pre")
    return "".join(text.itertext()).splitlines()


@pytest.mark.parametrize("width", [20, 40, 100])
@pytest.mark.parametrize(
    "table", [of_texts(*HOSTILE), of_texts("plain", title=HOSTILE[0]), of_texts(*HOSTILE, role="bold")]
)
def test_page_and_picture_hold_the_text_of_the_screen(table: Table, width: int) -> None:
    screen = written(table, "text", width=width).splitlines()

    assert [line for line in screen if line] == lines_of_svg(written(table, "svg", width=width))
    assert screen == lines_of_html(written(table, "html", width=width))


@given(st.text(min_size=1), st.text())
def test_any_text_comes_back_as_the_screen_shows_it(text: str, title: str) -> None:
    table = of_texts(text, title=title)
    screen = written(table, "text").splitlines()

    assert [line for line in screen if line] == lines_of_svg(written(table, "svg"))
    assert screen == lines_of_html(written(table, "html"))


def test_hostile_text_makes_no_element_of_its_own() -> None:
    table = of_texts(*HOSTILE, title=HOSTILE[0])
    picture = ElementTree.fromstring(written(table, "svg"))  # noqa: S314 - written by ourselves
    page = html5lib.parse(written(table, "html"))

    assert {one.tag for one in picture.iter()} == {
        f"{SVG}{tag}" for tag in ["svg", "title", "desc", "style", "rect", "text", "tspan"]
    }
    assert {one.tag for one in page.iter()} == {
        f"{HTML}{tag}" for tag in ["html", "head", "meta", "title", "style", "body", "main", "pre", "span"]
    }


@pytest.mark.parametrize("name", ["svg", "html"])
def test_nothing_is_fetched_and_nothing_runs(name: str) -> None:
    text = written(of_texts(*HOSTILE), name).replace("http://www.w3.org/2000/svg", "")

    assert re.findall(r"<(?:script|link|img|image|iframe|use)\b|@import|url\(|@font-face", text) == []
    assert "@media (prefers-color-scheme: dark)" in text


@pytest.mark.parametrize("name", ["svg", "html"])
@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("https://example.org/a?b=1&c='\"", ["https://example.org/a?b=1&c='\""]),
        ("https://example.org/क/ю", ["https://example.org/%E0%A4%95/%D1%8E"]),
        ("https://example.org/\u202e\x9b", []),
        ("javascript:alert(1)", []),
        ("https://example.org/ onclick=x", []),
        ("data:text/html,x", []),
    ],
)
def test_links_lead_to_http_only(name: str, address: str, links: list[str]) -> None:
    text = written(of_texts("here", role=f"link {address}"), name)
    root = ElementTree.fromstring(text) if name == "svg" else html5lib.parse(text)  # noqa: S314

    assert [one.get("href") for one in root.iter() if one.tag.endswith("}a")] == links
    assert "here" in "".join(root.itertext())


def test_a_link_that_is_wrapped_leads_to_the_whole_address() -> None:
    address = "https://example.org/" + "long-" * 20
    page = html5lib.parse(written(of_texts(address, role=f"link {address}"), "html", width=60))

    assert [address] * 3 == [one.get("href") for one in page.iter(f"{HTML}a")]


def test_colours_are_classes_and_pieces_stand_in_their_columns() -> None:
    table = Table("test", "T", (Column("a", str, screen=lambda row: (*mark("suspended"), (" 国x", "bold"))),), ("",))
    [_, line] = ElementTree.fromstring(written(table, "svg")).iter(f"{SVG}text")  # noqa: S314

    assert [(piece.get("class"), piece.get("x"), piece.get("textLength"), piece.text) for piece in line] == [
        ("yellow", "16", "92.4", "‖ suspended"),
        ("bold", "108.4", "33.6", " 国x"),
    ]
    assert '<span class="yellow">‖ suspended</span><span class="bold"> 国x</span>' in written(table, "html")


@pytest.mark.parametrize("colors", [LIGHT, DARK])
def test_every_colour_can_be_read_on_its_paper(colors: dict[str, str]) -> None:
    def light(color: str) -> float:
        parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for name, color in colors.items():
        if name != "paper":
            low, high = sorted((light(color), light(colors["paper"])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, name


@pytest.mark.parametrize("name", ["html", "svg"])
def test_a_command_is_saved_as_page_or_picture(spacerel: Program, name: str) -> None:
    ran = spacerel("timeline", "--agency", "esa", "--width", "80", "-o", f"screen.{name}")
    again = spacerel("timeline", "--agency", "esa", "--width", "80", "--format", name, env={"NO_COLOR": "1"})

    assert (ran.code, ran.out, ran.err) == (0, "", f"Wrote 7 rows to screen.{name}.\n")
    assert Path(f"screen.{name}").read_text(encoding="utf-8") == again.out
    assert "ESA suspends the rover" in again.out


@pytest.mark.parametrize(
    "line",
    [
        "timeline --agency esa",
        "broken",
        "matrix",
        "path esa oneweb --as-of 2021",
        "show esa-suspends-rover rover esa",
        "actors",
        "sources",
        "tags",
        "scores",
        "timeline --ascii --fields id,parties,title",
    ],
)
def test_every_screen_is_the_same_as_page_and_picture(spacerel: Program, line: str) -> None:
    screen, page, picture = (
        spacerel("--today", "2026-11-24", *line.split(), "--width", "90", "--format", name).out
        for name in ("text", "html", "svg")
    )

    assert len(screen.splitlines()) > 1
    assert screen.splitlines() == lines_of_html(page)
    assert [one for one in screen.splitlines() if one] == lines_of_svg(picture)


def test_the_sources_of_an_event_are_links(spacerel: Program) -> None:
    page = html5lib.parse(spacerel("show", "esa-suspends-rover", "--format", "html").out)

    assert [("".join(one.itertext()), one.get("href")) for one in page.iter(f"{HTML}a")] == [
        ("A page", "https://example.org/page"),
        ("https://example.org/page", "https://example.org/page"),
    ]


def test_no_hits_are_a_page_with_no_rows(spacerel: Program) -> None:
    ran = spacerel("timeline", "--period", "1950", "--format", "html")

    assert (ran.code, ran.err) == (0, "No events match period 1950. The log runs 1 Jun 2005 – 31 Dec 2026.\n")
    assert lines_of_html(ran.out)[0] == "All agencies · 1950 · 0 of 10 events"
