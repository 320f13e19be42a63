"""Screens as a page (HTML) and as a picture (SVG): the same text, nothing that a browser would obey, the same bytes each time.

The golden pictures are of the shipped log; `just golden` writes them anew.
"""

import os
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens import run
from small_log import Program, spacerel
from spacerel.formats import html, svg, terminal
from spacerel.table import Column, Settings, Table, visible

__all__ = ["spacerel"]

FOLDER = Path(__file__).parent / "golden" / "screens"
PICTURES = {
    "broken.svg": "spacerel broken --agency roscosmos --period 2022",
    "lanes.svg": "spacerel timeline --view lanes --agency oneweb",
    "matrix.html": "spacerel matrix --as-of 2022-12-31 --agency roscosmos,esa,nasa,oneweb",
    "threats.html": "spacerel threats --agency roscosmos --period 2022 --include none",
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", PICTURES)
def test_golden_picture(name: str, tmp_path: Path) -> None:
    run(f"{PICTURES[name]} -o {tmp_path / name}")
    picture = (tmp_path / name).read_bytes()

    if os.environ.get("SPACEREL_GOLDEN") == "write":
        (FOLDER / name).write_bytes(picture)
    else:
        assert picture == (FOLDER / name).read_bytes()


class Page(HTMLParser):
    """The texts of a page, its tags, and where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def table(text: str, drawn: bool = False, title: str = "A title") -> Table:
    return Table(
        "x",
        title,
        (Column("what", lambda row: row, "What", lambda row: ((row, "bold"),)),),
        [text],
        draw=(lambda rows, _: [((rows[0], "end"),)]) if drawn else None,
    )


def page(shown: Table) -> Page:
    out = StringIO()
    html.write(shown, out, Settings())
    return Page(out.getvalue())


def picture(shown: Table) -> ET.Element:
    out = StringIO()
    svg.write(shown, out, Settings())
    return ET.fromstring(out.getvalue())  # noqa: S314 - our own picture


HOSTILE = [
    "<script>alert(1)</script>",
    "]]><!-- & -- > \"quoted\" 'too'",
    "[bold red]markup[/] {braces} {unique_id}",
    "\x1b[31mred\x1b[0m \x00 \x07 \u202e \u200b \ufeff \ufffe",
    "</desc></svg><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("drawn", [False, True])
def test_hostile_text_is_text(text: str, drawn: bool) -> None:
    seen = page(table(text, drawn, title=text))
    assert seen.text.count(visible(text)) >= 2
    assert not {"script", "img"} & set(seen.tags)
    assert seen.links == []

    root = picture(table(text, drawn, title=text))
    desc = root.find(f"{SVG}desc")
    assert desc is not None
    assert desc.text is not None
    assert "".join(visible(text).split()) in "".join(desc.text.split())
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= {
        "svg", "title", "desc", "style", "defs", "clipPath", "rect", "g", "text",
    }  # fmt: skip


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=60))
def test_any_text_makes_a_page_and_a_picture_that_parse(text: str) -> None:
    assert visible(text) in page(table(text)).text
    picture(table(text))


def test_the_picture_has_the_screen_s_text() -> None:
    shown = table("ESA ends the rover", title="Broken · 1")
    out = StringIO()
    terminal.write(shown, out, Settings())
    root = picture(shown)
    texts = "".join("".join(element.itertext()) for element in root.iter(f"{SVG}text")).replace("\xa0", " ")

    assert [line for line in out.getvalue().splitlines() if line not in texts] == []
    assert root.findtext(f"{SVG}title") == "Broken · 1"
    assert root.findtext(f"{SVG}desc") == out.getvalue().rstrip("\n")


def test_nothing_is_loaded_from_anywhere() -> None:
    for name in PICTURES:
        text = (FOLDER / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert "url(" not in text.replace("url(#", "")
        assert "@import" not in text


def test_addresses_are_links_and_nothing_else_is(spacerel: Program) -> None:
    spacerel("timeline", "--fields", "id,source_urls", "-o", "page.html")
    seen = Page(Path("page.html").read_text(encoding="utf-8"))

    assert set(seen.links) == {"https://example.org/page"}


def test_light_and_dark() -> None:
    out = StringIO()
    html.write(table("x"), out, Settings())

    assert "prefers-color-scheme: dark" in out.getvalue()


@pytest.mark.parametrize(
    ("file", "start"), [("a.svg", "<svg "), ("a.html", "<!DOCTYPE html>"), ("a.htm", "<!DOCTYPE html>")]
)
def test_the_ending_of_a_file_chooses_it(spacerel: Program, file: str, start: str) -> None:
    ran = spacerel("broken", "-o", file)

    assert (ran.code, ran.err) == (0, f"Wrote 2 rows to {file}.\n")
    assert Path(file).read_text(encoding="utf-8").startswith(start)


def test_a_pipe_gets_them_too(spacerel: Program) -> None:
    assert spacerel("broken", "-f", "svg").out.startswith("<svg ")
    assert spacerel("broken", "-f", "html", "--fields", "id,since").out.count("<td") == 4
