"""spacerel add at a terminal: it asks, completes, shows what it would write, and writes only on a yes."""

import io
import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from small_log import Program, environment, spacerel
from spacerel import log
from spacerel.commands import add as room

__all__ = ["spacerel"]

ANSWERS = (
    ("id: ", "esa-ends-rover"),
    ("date: ", "2022-07-12"),
    ("title: ", "ESA ends the rover"),
    ("parties: ", "esa, roscosmos"),
    ("by (may stay empty): ", "esa"),
    ("partnership (may stay empty): ", "exomars-rover"),
    ("act: ", "end"),
    ("because (may stay empty): ", ""),
    ("tags (may stay empty): ", "mars"),
    ("summary: ", "The Council ends it."),
    ("sources: ", "Title | ESA | https://www.esa.int/x"),
    ("confidence: ", "high"),
)
RECORD = """\
- id: esa-ends-rover
  date: 2022-07-12
  title: ESA ends the rover
  parties: [esa, roscosmos]
  by: esa
  partnership: exomars-rover
  act: end
  tags: [mars]
  summary: >-
    The Council ends it.
  sources:
  - title: Title
    publisher: ESA
    url: https://www.esa.int/x
  confidence: high
"""


class Terminal:
    """The program at a pseudo-terminal; `stdout` may be a file instead."""

    def __init__(self, *words: str, stdout: int | None = None) -> None:
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "spacerel", "add", "mine.yaml", *words],
            stdin=slave,
            stdout=slave if stdout is None else stdout,
            stderr=slave,
            env=environment(TERM="dumb", INPUTRC=os.devnull),
            start_new_session=True,
        )
        os.close(slave)
        self.seen = ""

    def until(self, text: str) -> str:
        """What stands on the screen up to this text, which is waited for."""
        end = time.monotonic() + 20
        while text not in self.seen:
            ready, _, _ = select.select([self.master], [], [], max(0, end - time.monotonic()))
            assert ready, f"no {text!r} in {self.seen!r}"
            try:
                self.seen += os.read(self.master, 4096).decode().replace("\r\n", "\n")
            except OSError:
                raise AssertionError(f"the end came before {text!r}: {self.seen!r}") from None
        before, _, self.seen = self.seen.partition(text)
        return before

    def type(self, text: str) -> None:
        os.write(self.master, text.encode())

    def answer(self, answers: tuple[tuple[str, str], ...]) -> None:
        for prompt, text in answers:
            self.until(prompt)
            self.type(f"{text}\n")

    def end(self) -> int:
        """The exit code; `seen` is the rest of the screen."""
        try:
            while select.select([self.master], [], [], 20)[0] and (found := os.read(self.master, 4096)):
                self.seen += found.decode().replace("\r\n", "\n")
        except OSError:
            pass  # where the other side was closed, Linux says so like this
        os.close(self.master)
        return self.process.wait(20)


@pytest.fixture
def mine(spacerel: Program) -> Path:
    assert spacerel("init", "mine.yaml").code == 0
    return Path("mine.yaml")


def test_it_asks_shows_and_writes(mine: Path) -> None:
    before = mine.read_text()
    terminal = Terminal()
    terminal.answer(ANSWERS)
    shown = terminal.until("Write it to mine.yaml? [Y/n]: ")
    assert mine.read_text() == before
    terminal.type("\n")

    assert terminal.end() == 0
    assert RECORD in shown
    assert terminal.seen.endswith("Wrote esa-ends-rover to mine.yaml.\n")
    assert mine.read_text() == before + "\n" + RECORD


def test_what_options_said_is_not_asked(mine: Path) -> None:
    terminal = Terminal("--id", "esa-ends-rover", "--date", "2022-07-12", "--act", "end")
    terminal.answer(tuple(one for one in ANSWERS if one[0] not in ("id: ", "date: ", "act: ")))
    terminal.until("[Y/n]: ")
    terminal.type("y\n")

    assert terminal.end() == 0
    assert mine.read_text().endswith(RECORD)


@pytest.mark.parametrize(
    ("typed", "said"), [("n\n", "n\nNothing is written.\n"), ("\x04", "")], ids=["no", "end of input"]
)
def test_without_a_yes_nothing_is_written(mine: Path, typed: str, said: str) -> None:
    before = mine.read_bytes()
    terminal = Terminal()
    terminal.answer(ANSWERS)
    terminal.until("[Y/n]: ")
    terminal.type(typed)

    assert terminal.end() == 130
    assert terminal.seen.strip() == said.strip()
    assert mine.read_bytes() == before


def test_an_interrupt_in_the_middle_leaves_nothing_behind(mine: Path) -> None:
    before = mine.read_bytes()
    terminal = Terminal()
    terminal.answer(ANSWERS[:4])
    terminal.until("by (may stay empty): ")
    terminal.process.send_signal(signal.SIGINT)

    assert terminal.end() == 130
    assert "Traceback" not in terminal.seen
    assert mine.read_bytes() == before
    assert sorted(path.name for path in Path().iterdir()) == ["mine.yaml", "small.yaml"]


def test_the_tab_key_completes_ids(mine: Path) -> None:
    terminal = Terminal()
    terminal.answer(ANSWERS[:3])
    terminal.until("parties: ")
    terminal.type("es\t")
    terminal.until("esa")
    terminal.type(",rosc\t")
    terminal.until("roscosmos")
    terminal.type("\n")
    terminal.answer(ANSWERS[4:])
    assert RECORD in terminal.until("[Y/n]: ")
    terminal.type("\n")

    assert terminal.end() == 0


def test_what_another_program_wrote_meanwhile_stays(mine: Path) -> None:
    terminal = Terminal()
    terminal.answer(ANSWERS)
    terminal.until("[Y/n]: ")
    mine.write_text(mine.read_text() + "# by another program\n")
    between = mine.read_text()
    terminal.type("\n")

    assert terminal.end() == 0
    assert mine.read_text() == between + "\n" + RECORD


def test_a_log_that_was_broken_meanwhile_is_left_alone(mine: Path) -> None:
    terminal = Terminal()
    terminal.answer(ANSWERS)
    terminal.until("[Y/n]: ")
    broken = mine.read_text().replace("act: suspend", "act: walk")
    mine.write_text(broken)
    terminal.type("\n")

    assert terminal.end() == 3
    assert "the log has errors, so nothing is written" in terminal.seen
    assert mine.read_text() == broken


def test_prompts_stay_out_of_what_is_redirected(mine: Path) -> None:
    with open("row.yaml", "wb") as out:
        terminal = Terminal("--dry-run", stdout=out.fileno())
        terminal.answer(ANSWERS)
        assert terminal.end() == 0

    assert Path("row.yaml").read_text() == RECORD


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


Ask = Callable[..., str]


@pytest.fixture
def ask(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """The asking itself, with the lines that a person types; gives back what stood on the screen."""
    known = log.read([str(spacerel.log)])

    def answered(*lines: str, **said: str) -> str:
        screen, typed = Screen(), iter(lines)
        monkeypatch.setattr(sys, "stderr", screen)
        monkeypatch.setattr("builtins.input", lambda prompt="": next(typed))
        answered.record = room._record(said, known, True)  # type: ignore[attr-defined]
        assert next(typed, None) is None
        return screen.getvalue()

    return answered


SAID = {
    "id": "x", "date": "2026", "title": "T", "parties": "esa", "by": "esa", "partnership": "rover", "act": "strain", "because": "invasion",
    "tags": "t", "summary": "S", "sources": "", "confidence": "low",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "wrong", "right", "message"),
    [
        ("id", "Not An Id", "x", '"Not An Id" is not an id (ids look like "not-an-id").'),
        ("id", "invasion", "x", 'the id "invasion" is taken.'),
        ("date", "2022-02-30", "2022", '2022-02-30 is not a day: February 2022 has 28 days (if only the month is known, write "2022-02").'),
        ("title", "", "T", None),
        ("parties", "esa,rosc", "esa", 'unknown actor "rosc" (did you mean "roscosmos"?).'),
        ("by", "easa", "esa", 'unknown actor "easa" (did you mean "esa"?).'),
        ("partnership", "rovr", "", 'unknown partnership "rovr" (did you mean "rover"?).'),
        ("act", "walk", "talk", 'unknown act "walk"'),
        ("because", "invason", "invasion", 'unknown event "invason" (did you mean "invasion"?).'),
        ("confidence", "sure", "low", 'unknown confidence "sure" (one of high, medium, low).'),
        ("sources", "only", "T | P | https://x.example/", 'a source is "TITLE | PUBLISHER | URL"'),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_asked_again(ask: Ask, name: str, wrong: str, right: str, message: str | None) -> None:
    source = "T | P | https://x.example/"
    said = {key: value for key, value in SAID.items() if value and key != name}
    lines = {"sources": [wrong, source], "confidence": [source, wrong, right]}.get(name, [wrong, right, source])
    screen = ask(*lines, **said)

    assert message is None or message in screen


def test_of_a_threat_more_is_asked(ask: Ask) -> None:
    said = {key: value for key, value in SAID.items() if value and key != "act"}
    ask("threaten", "end", "Pay up", "2027", "pending", "T | P | https://x.example/", **said)
    record = ask.record  # type: ignore[attr-defined]

    assert (record["act"], record["modality"], record["threatens"]) == ("threaten", "threatened", "end")
    assert (record["condition"], record["due"], record["outcome"]) == ("Pay up", "2027", {"status": "pending"})


@pytest.mark.parametrize(
    ("name", "typed", "offered"),
    [
        ("parties", "ros", ["roscosmos"]),
        ("partnership", "rover", ["rover", "rover-nasa"]),
        ("because", "oneweb-u", ["oneweb-ultimatum"]),
        ("act", "de", ["deliver", "deepen", "deny"]),
        ("tags", "m", ["mars"]),
        ("outcome", "p", ["pending"]),
        ("title", "E", []),
    ],
)
def test_what_the_tab_key_offers(spacerel: Program, name: str, typed: str, offered: list[str]) -> None:
    assert room._completions(name, log.read([str(spacerel.log)]), typed) == offered
