"""spacerel help: every topic fits a narrow screen and says what the program really does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import spacerel
from small_log import Program, environment
from small_log import spacerel as program
from spacerel import dates, exports, formats, model
from spacerel.commands.check import codes
from spacerel.commands.help import TOPICS
from spacerel.errors import Exit
from spacerel.fields import TOP

__all__ = ["program"]

PACKAGE = Path(spacerel.__file__).parent


def told(program: Program, *words: str) -> str:
    ran = program("help", *words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def listed(text: str) -> list[str]:
    """The words that a page explains."""
    return re.findall(r"^  (\S.*?)(?:  |$)", text, re.MULTILINE)


def test_without_a_topic_it_lists_the_topics(program: Program) -> None:
    assert listed(told(program)) == list(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_fits_80_columns_and_ends_with_one_line_end(program: Program, topic: str) -> None:
    text = told(program, topic)

    assert max(map(len, text.splitlines())) <= 80
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert not re.search(r" $", text, re.MULTILINE)


def test_acts_are_all_told_with_what_they_make_of_a_standing(program: Program) -> None:
    text = re.sub(r"\s+", " ", told(program, "acts"))

    assert listed(told(program, "acts")) == list(model.ACTS)
    assert all(standing in text for standing in model.STANDINGS)
    assert "start the work begins. From any standing: active" in text
    assert "suspend stops for the time being. From proposed, agreed or active: suspended" in text
    assert "context a setting that others point at: a war, a law, a weapons test Open" in text


def test_codes_are_those_of_check(program: Program) -> None:
    assert listed(told(program, "codes")) == list(codes())


def test_formats_are_those_that_there_are(program: Program) -> None:
    assert listed(told(program, "formats")) == [*formats.names(), *exports.names()]


def test_the_log_has_the_keys_of_the_reader_and_the_words_of_the_model(program: Program) -> None:
    text = told(program, "log")
    noun = "a log"
    keys: dict[str, list[str]] = {}
    for line in text.splitlines():
        if re.fullmatch(r"an? \w+:", line):
            noun = line[:-1]
        keys.setdefault(noun, []).extend(listed(line))

    mappings = [TOP, *(field.mapping for field in TOP.fields.values() if field.mapping)]
    assert {mapping.noun for mapping in mappings} <= keys.keys()
    assert all(keys[mapping.noun] == list(mapping.fields) for mapping in mappings)
    assert "modality of an event: done, announced, threatened, reported" in text


@pytest.mark.parametrize(
    "typed",
    ["2022-03-17", "2022-Q1", "2022-H1", "2021..2022", "2021..", "..2022", "today", "day-7", "month", "month-3", "year", "year-1", "17 March 2022"],
)  # fmt: skip
def test_every_kind_of_date_that_is_told_can_be_typed(program: Program, typed: str) -> None:
    kind = re.sub(r"\b20(?:21|22)(?=\.\.)", "A", re.sub(r"(?<=\.\.)2022", "B", typed))

    assert kind in re.split(r", |  +|\n", told(program, "dates"))
    assert dates.period(typed, "2022-06-30")


def test_every_exit_code_is_told(program: Program) -> None:
    assert listed(told(program, "exit-codes")) == [str(int(code)) for code in Exit]


def test_every_variable_that_the_program_looks_at_is_told(program: Program) -> None:
    names = set()
    for path in PACKAGE.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        names.update(re.findall(r"environ(?:\.get\(|\[)\"([A-Z_]+)\"", source))
        names.update(re.findall(r"\"([A-Z_]*COLOR[A-Z_]*)\"", source))
    text = told(program, "environment") + told(program, "colours")

    assert len(names) > 8
    assert {name for name in names if not re.search(rf"\b{name}\b", text)} == set()


def test_a_command_as_topic_is_its_own_help(program: Program) -> None:
    assert told(program, "timeline") == program("timeline", "--help").out


def test_an_unknown_topic_names_the_nearest(program: Program) -> None:
    ran = program("help", "datse")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'error: unknown topic "datse". Did you mean "dates"? All of them: spacerel help\n'


def test_signs_that_the_terminal_lacks_are_replaced() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "spacerel", "help", "colours"],
        capture_output=True,
        check=True,
        env=environment(PYTHONIOENCODING="ascii"),
    )

    assert ran.stderr == b""
    assert b"o o green" in ran.stdout
    assert b"= = yellow" in ran.stdout
