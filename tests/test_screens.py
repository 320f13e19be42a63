"""Golden screens of the shipped log: each file in tests/golden/screens is a command line and what a person then sees.

A new screen is a new file with `$ spacerel ...` as its first line. `just golden` writes all of them anew, and the diff is
what to read.
"""

import os
from pathlib import Path

import pytest

from screens import run

FOLDER = Path(__file__).parent / "golden" / "screens"
PROMPT = "$ "


def _files() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


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


def test_every_line_fits_the_terminal() -> None:
    """But for sentences on standard error, which are one line each for programs that read them."""
    for file in _files():
        command, *lines = file.read_text(encoding="utf-8").splitlines()
        if "| cat" not in command:
            width = int(command.partition("--width ")[2].split()[0]) if "--width " in command else 100
            assert [line for line in lines if len(line) > width and not line.startswith("error: ")] == [], file.name
