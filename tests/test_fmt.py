"""spacerel fmt: one layout, the same meaning, all comments."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_log import TEXT, Program, spacerel
from spacerel import files, log, writing
from spacerel.commands.init import BEGINNING
from spacerel.errors import DataError
from spacerel.files import shipped
from spacerel.problems import EXPLANATIONS

__all__ = ["spacerel"]

UNTIDY = """\
# head

spacerel: 1
events: # all steps
  # above the first
  - title:   "Talks"   # behind the title
    id: talks
    date: 2001-02-03
    # about the parties
    parties:
      - esa  # the first
      - nasa
    act: talk
    summary: "One: two"
    sources: [{title: A, publisher: B, url: "https://c.example/"}]
    confidence: low
    # below the record

# above the second

  - {id: more, date: 2001, title: 'It''s #1', parties: [nasa, esa], act: context, summary: x, sources: [{title: A, publisher: B, url: "https://c.example/"}], confidence: low}
actors:
- {id: esa, type: agency, name: ESA}

- {id: nasa, type: agency, name: NASA, country: US}
# the end
"""
TIDY = """\
# head

spacerel: 1

actors:
- id: esa
  name: ESA
  type: agency

- id: nasa
  name: NASA
  type: agency
  country: US

events: # all steps
# above the first
- id: talks
  date: 2001-02-03
  title: Talks # behind the title
  # about the parties
  parties: [esa, nasa] # the first
  act: talk
  summary: >-
    One: two
  sources:
  - title: A
    publisher: B
    url: https://c.example/
  confidence: low
  # below the record

# above the second

- id: more
  date: '2001'
  title: 'It''s #1'
  parties: [nasa, esa]
  act: context
  summary: >-
    x
  sources:
  - title: A
    publisher: B
    url: https://c.example/
  confidence: low

# the end
"""


def test_an_untidy_log() -> None:
    assert writing.formatted(UNTIDY) == TIDY
    assert writing.formatted(TIDY) == TIDY


@pytest.mark.parametrize("text", [TEXT, BEGINNING, UNTIDY], ids=["small", "init", "untidy"])
def test_again_changes_nothing(text: str) -> None:
    once = writing.canonical("x.yaml", text.encode())

    assert writing.canonical("x.yaml", once) == once


def test_the_shipped_log_and_the_one_of_init_are_in_the_layout() -> None:
    text = shipped().read_bytes()

    assert writing.canonical("x.yaml", text) == text
    assert writing.formatted(BEGINNING) == BEGINNING


def test_line_ends_of_windows_stay() -> None:
    text = BEGINNING.replace("\n", "\r\n")

    assert writing.formatted(text) == text


def test_anchors_and_aliases_stay() -> None:
    text = BEGINNING.replace("parties: [esa, roscosmos] #", "parties: &both [esa, roscosmos] #").replace(
        "  by: esa\n", "  scope: *both\n  by: esa\n"
    )
    found = writing.canonical("x.yaml", text.encode()).decode()

    assert found == text


words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1)
comments = st.text(st.characters(min_codepoint=32, max_codepoint=126)).map(lambda text: "# " + text.rstrip())


@st.composite
def logs(draw: st.DrawFn) -> str:
    """A log with any texts and with comments on any of its lines."""
    text = st.one_of(
        words,
        st.sampled_from(["yes", "1", "1.5", "2001-01-01", "~", "a: b", "a #b", "- a", "'", '"', "[x]", " x ", "a  b"]),
    )
    record = {
        "id": "x",
        "date": draw(st.sampled_from(["2001", "2001-02", "2001-02-03", "2001~"])),
        "title": draw(text.filter(lambda one: one.isprintable())),
        "parties": ["esa"],
        "act": "context",
        "tags": draw(st.lists(text.filter(lambda one: one.isprintable() and ";" not in one), min_size=1)),
        "summary": draw(st.one_of(text, st.lists(text, min_size=2, max_size=3).map("\n".join))),
        "sources": [
            {"title": draw(text.filter(lambda one: one.isprintable())), "publisher": "p", "url": "https://x.example/"}
        ],
        "confidence": "low",
    }
    lines = ["spacerel: 1", "events:", *writing.laid_out("events", record)]
    for place in draw(st.lists(st.integers(0, 8), max_size=3)):
        if lines[place].startswith(("  act", "  date", "events", "- id", "  parties")):
            lines[place] += " " + draw(comments)
    return "\n".join([draw(comments), *lines, draw(comments), ""])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(logs())
def test_the_meaning_and_the_comments_stay(text: str) -> None:
    before, problems = log.problems(["x"], {"x": text.encode()})
    if any(problem.code in EXPLANATIONS and problem.severity == "error" for problem in problems):
        return
    after = writing.canonical("x", text.encode())

    found, _ = log.problems(["x"], {"x": after})
    assert before is not None
    assert found is not None
    assert [event[:-2] for event in found.events] == [event[:-2] for event in before.events]
    assert writing.canonical("x", after) == after
    assert sorted(comments_of(after.decode())) == sorted(comments_of(text))


def comments_of(text: str) -> list[str]:
    root, head, tail = writing._tree(text)
    inner = [comment for node in root.all() for comment in (*node.above, *node.behind, *node.below)]
    return [comment for comment in (*head, *tail, *inner) if comment]


def test_check_says_what_would_change_and_writes_nothing(spacerel: Program) -> None:
    Path("mine.yaml").write_text(UNTIDY)
    ran = spacerel("fmt", "--check", "mine.yaml")

    assert (ran.code, ran.err) == (1, "mine.yaml would be laid out anew. Do it: spacerel fmt mine.yaml\n")
    assert Path("mine.yaml").read_text() == UNTIDY


def test_standard_input(spacerel: Program) -> None:
    laid_out = spacerel("fmt", "-", stdin=UNTIDY)
    untidy, tidy = spacerel("fmt", "--check", "-", stdin=UNTIDY), spacerel("fmt", "--check", "-", stdin=TIDY)

    assert (laid_out.code, laid_out.out, laid_out.err) == (0, TIDY, "")
    assert (untidy.code, untidy.out, untidy.err) == (1, "", "Standard input would be laid out anew.\n")
    assert (tidy.code, tidy.out, tidy.err) == (0, "", "")


def test_signs_that_no_screen_shows_stay() -> None:
    assert writing.scalar('a\u00a0b "\U0001f600\U000e0001\\') == r'''"a\xa0b \"😀\U000e0001\\"'''


def test_the_file_keeps_its_mode_and_its_link(spacerel: Program) -> None:
    Path("real.yaml").write_text(UNTIDY)
    Path("real.yaml").chmod(0o640)
    Path("link.yaml").symlink_to("real.yaml")
    ran = spacerel("fmt", "link.yaml")

    assert (ran.code, ran.err) == (0, "Laid out link.yaml anew.\n")
    assert Path("link.yaml").is_symlink()
    assert Path("real.yaml").read_text() == TIDY
    assert stat.S_IMODE(os.stat("real.yaml").st_mode) == 0o640
    assert spacerel("fmt", "--check", "link.yaml").code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["link.yaml", "real.yaml", "small.yaml"]


def test_a_log_that_cannot_be_read_stays(spacerel: Program) -> None:
    Path("mine.yaml").write_text(UNTIDY.replace("act: talk", "act: walk"))
    ran = spacerel("fmt", "mine.yaml")

    assert (ran.code, ran.err) == (3, 'error: mine.yaml:13: unknown act "walk". Run: spacerel check mine.yaml\n')


def test_no_file(spacerel: Program) -> None:
    ran = spacerel("fmt", "none.yaml")

    assert (ran.code, ran.err) == (3, "error: there is no file none.yaml. spacerel init none.yaml begins one\n")


def test_an_installed_log_is_left_alone(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "__file__", str(spacerel.log.parent / "files.py"))
    monkeypatch.setattr(files, "shipped", lambda: spacerel.log)
    ran = spacerel("fmt")

    assert ran.code == 2
    assert ran.err.startswith("error: the log that ships with the program is not for writing to")


def test_a_change_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text("new")

    with pytest.raises(DataError, match="was changed by another program meanwhile; nothing was written"):
        writing.replace(file, b"mine", b"old")
    assert file.read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["x.yaml"]
