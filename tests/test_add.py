"""spacerel add: one more event, and nothing else in the file changes."""

import subprocess
import sys
from pathlib import Path

import pytest

from small_log import Program, environment, spacerel
from spacerel import files, log
from spacerel.commands import add as room

__all__ = ["spacerel"]

WORDS = (
    *("--date", "2022-07-12", "--title", "ESA ends: the rover", "--parties", "esa,roscosmos", "--by", "esa"),
    *("--partnership", "exomars-rover", "--act", "end", "--summary", "The Council ends it.", "--confidence", "high"),
    *("--source", "Title | ESA | https://www.esa.int/x | 2022-07-12 | date", "--because", "esa-suspends-exomars-rover"),
)
RECORD = """\
- id: esa-ends-rover
  date: 2022-07-12
  title: 'ESA ends: the rover'
  parties: [esa, roscosmos]
  by: esa
  partnership: exomars-rover
  act: end
  because: [esa-suspends-exomars-rover]
  summary: >-
    The Council ends it.
  sources:
  - title: Title
    publisher: ESA
    published: 2022-07-12
    url: https://www.esa.int/x
    supports: date
  confidence: high
"""


@pytest.fixture
def mine(spacerel: Program) -> Path:
    assert spacerel("init", "mine.yaml").code == 0
    return Path("mine.yaml")


def test_the_event_stands_at_the_end_and_the_rest_is_as_it_was(spacerel: Program, mine: Path) -> None:
    before = mine.read_text()
    ran = spacerel("add", "mine.yaml", "--id", "esa-ends-rover", *WORDS)

    assert (ran.code, ran.out, ran.err) == (0, "", "Wrote esa-ends-rover to mine.yaml.\n")
    assert mine.read_text() == before + "\n" + RECORD
    assert spacerel("check", "mine.yaml").code == 0
    assert spacerel("fmt", "--check", "mine.yaml").code == 0


def test_dry_run_prints_the_event_and_writes_nothing(spacerel: Program, mine: Path) -> None:
    before = mine.read_bytes()
    ran = spacerel("add", "mine.yaml", "--dry-run", "--id", "esa-ends-rover", *WORDS)

    assert (ran.code, ran.out) == (0, RECORD)
    assert mine.read_bytes() == before


@pytest.mark.parametrize("tail", ["", "\n\n# the end\n"])
def test_any_end_of_the_file(spacerel: Program, mine: Path, tail: str) -> None:
    before = mine.read_text().rstrip("\n") + tail
    mine.write_text(before)

    assert spacerel("add", "mine.yaml", "--id", "esa-ends-rover", *WORDS).code == 0
    assert mine.read_text().startswith(before)
    assert len(log.read(["mine.yaml"]).events) == 3


def test_an_indented_list(spacerel: Program, mine: Path) -> None:
    head, _, events = mine.read_text().partition("events:\n")
    before = head + "events:\n" + "".join(f"  {line}\n" if line else "\n" for line in events.splitlines())
    mine.write_text(before)

    assert spacerel("add", "mine.yaml", "--id", "esa-ends-rover", *WORDS).code == 0
    assert mine.read_text() == before + "\n" + "".join(f"  {line}\n" for line in RECORD.splitlines())


def test_line_ends_of_windows(spacerel: Program, mine: Path) -> None:
    before = mine.read_bytes().replace(b"\n", b"\r\n")
    mine.write_bytes(before)

    assert spacerel("add", "mine.yaml", "--id", "esa-ends-rover", *WORDS).code == 0
    assert mine.read_bytes() == before + b"\r\n" + RECORD.encode().replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("--id", "x", *WORDS[2:]),
            "error: an event needs --date. Usage: spacerel add --help\n",
        ),
        (
            ("--id", "esa-suspends-exomars-rover", *WORDS),
            'error: nothing is written: the id "esa-suspends-exomars-rover" is taken: an event has it on line ',
        ),
        (
            ("--id", "x", *WORDS, "--by", "ukraine"),
            'error: nothing is written: "ukraine" is not among the parties of this event (add it to parties)',
        ),
        (
            ("--id", "x", *WORDS, "--source", "only a title"),
            'error: a source is "TITLE | PUBLISHER | URL", with "| PUBLISHED | SUPPORTS" behind it if known, not "only a title".\n',
        ),
    ],
    ids=["missing", "taken", "rule", "source"],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    spacerel: Program, mine: Path, words: tuple[str, ...], message: str
) -> None:
    before = mine.read_bytes()
    ran = spacerel("add", "mine.yaml", *words)

    assert ran.code == 2
    assert ran.err.startswith(message)
    assert mine.read_bytes() == before


def test_a_log_with_errors_is_left_alone(spacerel: Program, mine: Path) -> None:
    mine.write_text(mine.read_text().replace("act: suspend", "act: walk"))
    before = mine.read_bytes()
    ran = spacerel("add", "mine.yaml", "--id", "x", *WORDS)

    assert ran.code == 3
    assert ran.err.startswith("error: the log has errors, so nothing is written: mine.yaml:")
    assert mine.read_bytes() == before


def test_events_that_are_not_the_last_list(spacerel: Program, mine: Path) -> None:
    head, _, events = mine.read_text().partition("events:\n")
    mine.write_text("spacerel: 1\nevents:\n" + events + head.partition("spacerel: 1\n")[2])
    ran = spacerel("add", "mine.yaml", "--id", "x", *WORDS)

    assert ran.code == 3
    assert ran.err == (
        "error: the events are not the last list of mine.yaml, or stand in brackets. Mend it: spacerel fmt mine.yaml\n"
    )
    assert spacerel("fmt", "mine.yaml").code == 0
    assert spacerel("add", "mine.yaml", "--id", "x", *WORDS).code == 0


def test_an_installed_log_is_left_alone(spacerel: Program, mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "__file__", str(mine.resolve().parent / "files.py"))
    monkeypatch.setattr(files, "shipped", lambda: mine.resolve())
    ran = spacerel("add", "mine.yaml", "--id", "x", *WORDS)

    assert ran.code == 2
    assert ran.err == (
        "error: the log that ships with the program is not for writing to: an update would take it back. "
        "Name one of your own: spacerel init FILE begins one\n"
    )


def test_many_at_once_lose_nothing(spacerel: Program, mine: Path) -> None:
    words = ["context" if word == "end" else word for word in WORDS]
    at = words.index("--partnership")
    del words[at : at + 2]
    runs = [
        subprocess.Popen(
            [sys.executable, "-m", "spacerel", "add", "mine.yaml", "--id", f"step-{number}", *words],
            env=environment(),
            stderr=subprocess.PIPE,
        )
        for number in range(8)
    ]
    for run in runs:
        _, err = run.communicate()
        assert run.returncode == 0, err

    assert len(log.read(["mine.yaml"]).events) == 10
    assert sorted(path.name for path in Path().iterdir()) == ["mine.yaml", "small.yaml"]


def test_every_field_of_an_event_has_an_option_with_help() -> None:
    assert set(room._HELP) == set(room._FIELDS)
