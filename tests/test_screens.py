"""Golden screens of the shipped log: each file in tests/golden/screens is a command line and what a person then sees.

A new screen is a new file with `$ spacerel ...` as its first line. NAME.svg or NAME.html beside NAME.txt is the same screen
as a picture or page. `just golden` writes all of them anew, and the diff is what to read.
"""

import os
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from screens import run

FOLDER = Path(__file__).parent / "golden" / "screens"
PROMPT = "$ "


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def _pictures() -> list[Path]:
    return sorted(file for file in FOLDER.iterdir() if file.suffix in (".svg", ".html"))


@pytest.mark.parametrize("file", _files(), ids=lambda file: file.stem)
def test_golden_screen(file: Path) -> None:
    text = file.read_bytes().decode("utf-8")
    first = text.partition("\n")[0]
    assert first.startswith(PROMPT), "the first line is a command line"

    session = f"{first}\n{run(first.removeprefix(PROMPT))}"

    if os.environ.get("SPACEREL_GOLDEN") == "write":
        file.write_bytes(session.encode("utf-8"))
    else:
        assert session == text


@pytest.mark.parametrize("file", _pictures(), ids=lambda file: file.name)
def test_golden_picture(file: Path) -> None:
    command, _, screen = file.with_suffix(".txt").read_text(encoding="utf-8").partition("\n")

    picture = run(f"{command.removeprefix(PROMPT)} --format {file.suffix[1:]}")

    if os.environ.get("SPACEREL_GOLDEN") == "write":
        file.write_bytes(picture.encode("utf-8"))
    assert picture == file.read_text(encoding="utf-8")
    assert (_text_of_svg if file.suffix == ".svg" else _text_of_html)(picture) == screen


def _text_of_svg(picture: str) -> str:
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own file
    [described] = root.iter("{http://www.w3.org/2000/svg}desc")
    drawn = ["".join(line.itertext()) for line in root.iter("{http://www.w3.org/2000/svg}text")]
    text = (described.text or "").removeprefix("\n")
    assert drawn == [line for line in text.splitlines() if line]
    return text


def _text_of_html(page: str) -> str:
    class Reader(HTMLParser):
        inside = False
        text = ""

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.inside = self.inside or tag == "pre"

        def handle_endtag(self, tag: str) -> None:
            self.inside = self.inside and tag != "pre"

        def handle_data(self, data: str) -> None:
            self.text += data if self.inside else ""

    reader = Reader()
    reader.feed(page)
    return reader.text.removeprefix("\n")


def test_every_line_fits_the_terminal() -> None:
    """But for sentences on standard error, which are one line each for programs that read them."""
    for file in _files():
        command, *lines = file.read_text(encoding="utf-8").splitlines()
        if "| cat" not in command:
            width = int(command.partition("--width ")[2].split()[0]) if "--width " in command else 100
            assert [line for line in lines if len(line) > width and not line.startswith("error: ")] == [], file.name
