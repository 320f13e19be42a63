"""spacerel import: its own exports come back, other people's rows come in, and nothing is lost on the way."""

import json
from pathlib import Path

import pytest

from small_log import Program, spacerel
from spacerel import log
from spacerel.files import shipped

__all__ = ["spacerel"]


def test_csv_comes_back_as_the_same_bytes(spacerel: Program) -> None:
    assert spacerel("export", "csv", "-o", "first.csv").code == 0
    ran = spacerel("import", "first.csv", "-o", "mine.yaml")
    assert ran.code == 0, ran.err
    assert spacerel("export", "csv", "--log", "mine.yaml", "-o", "second.csv").code == 0

    assert Path("second.csv").read_bytes() == Path("first.csv").read_bytes()


def test_the_shipped_log_as_csv_comes_back_as_the_same_bytes(spacerel: Program) -> None:
    whole = str(shipped())
    assert spacerel("export", "csv", "--log", whole, "-o", "first.csv").code == 0
    assert spacerel("import", "--log", whole, "first.csv", "-o", "mine.yaml").code == 0
    found, _ = log.problems(["mine.yaml"])
    assert found is not None
    assert spacerel("fmt", "--check", "mine.yaml").code == 0
    ran = spacerel("export", "csv", "--log", "mine.yaml", "-o", "second.csv")

    assert ran.code == 0, ran.err
    assert Path("second.csv").read_bytes() == Path("first.csv").read_bytes()


def test_json_lines_come_back_with_their_sources(spacerel: Program) -> None:
    lines = spacerel("export", "jsonl").out
    Path("first.jsonl").write_text(lines, encoding="utf-8")
    assert spacerel("import", "first.jsonl", "-o", "mine.yaml").code == 0

    def told(text: str) -> list[dict[str, object]]:
        return [{key: value for key, value in json.loads(line).items() if key != "line"} for line in text.splitlines()]

    assert told(spacerel("export", "jsonl", "--log", "mine.yaml").out) == told(lines)


THEIRS = """\
Datum,What,Who,Kind,Text,Link,Paper,Sure,Colour,name
2001-02,Talks,esa;nasa,talk,They talk.,https://x.example/1,Le Monde,low,red,talks
2001-02-30,More,esa;nasa,talk,They talk.,https://x.example/1,Le Monde,low,,more
2001-03-01,None,esa;nasa,walk,They walk.,https://x.example/1,Le Monde,low,blue,none
"""
MAP = ("Datum=date", "What=title", "Who=parties", "Kind=act", "Text=summary", "Link=source_urls", "Paper=source_publishers", "Sure=confidence", "name=id")  # fmt: skip


def test_other_peoples_rows(spacerel: Program) -> None:
    Path("theirs.csv").write_text(THEIRS)
    words = [word for pair in MAP for word in ("--map", pair)]
    ran = spacerel("import", "theirs.csv", *words)

    assert ran.code == 1
    assert ran.err == (
        'line 3: 2001-02-30 is not a day: February 2001 has 28 days\nline 4: unknown act "walk"\n1 of 3 rows read.\n'
    )
    assert (
        ran.out.partition("events:\n")[2]
        == """\
# Colour: red
- id: talks
  date: '2001-02'
  title: Talks
  parties: [esa, nasa]
  act: talk
  summary: >-
    They talk.
  sources:
  - title: https://x.example/1
    publisher: Le Monde
    url: https://x.example/1
  confidence: low

# line 3 could not be read: 2001-02-30 is not a day: February 2001 has 28 days
# id: more
# date: 2001-02-30
# title: More
# parties: ['esa', 'nasa']
# act: talk
# summary: They talk.
# sources: [{'title': 'https://x.example/1', 'publisher': 'Le Monde', 'url': 'https://x.example/1'}]
# confidence: low

# line 4 could not be read: unknown act "walk"
# id: none
# date: 2001-03-01
# title: None
# parties: ['esa', 'nasa']
# act: walk
# summary: They walk.
# sources: [{'title': 'https://x.example/1', 'publisher': 'Le Monde', 'url': 'https://x.example/1'}]
# confidence: low
# Colour: blue
"""
    )


def test_a_line_that_is_no_json_is_kept(spacerel: Program) -> None:
    Path("x.jsonl").write_text("not json\n[1]\n")
    ran = spacerel("import", "x.jsonl")

    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "0 of 2 rows read."
    assert "# line: not json\n" in ran.out
    assert "# line: [1]\n" in ran.out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--map", "x"), 2, '--map takes COLUMN=KEY, not "x".'),
        (("--map", "What=titel"), 2, 'unknown key "titel". Did you mean "title"?'),
        (("--map", "Wat=title"), 2, 'unknown column "Wat". Did you mean "What"?'),
        ((), 3, "no column of theirs.csv is a key of an event. Say which is which: --map COLUMN=KEY"),
        (("--map", "What=title", "-o", "theirs.csv"), 2, "theirs.csv exists. Name another file"),
    ],
)
def test_what_cannot_be(spacerel: Program, words: tuple[str, ...], code: int, message: str) -> None:
    Path("theirs.csv").write_text(THEIRS)
    ran = spacerel("import", "theirs.csv", *words)

    assert ran.code == code
    assert f"error: {message}" in ran.err
