"""Reading a log: what the text says is what the records hold, and everything that is wrong has a place."""

import io
import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from spacerel import log
from spacerel.commands.check import check, codes
from spacerel.errors import DataError, UsageError
from spacerel.files import paths_of, shipped
from spacerel.model import Event, Log, Outcome, Source
from spacerel.problems import EXPLANATIONS, Problem

HEAD = """\
spacerel: 1
actors:
- id: esa
  name: European Space Agency
  short: ESA
  type: agency
- id: norway
  name: Norway
  type: state
  country: NO
  aliases: [Norge, Yes]
  ids: {wikidata: Q20, ror: 0x1}
partnerships:
- id: andoya
  name: Andøya
  parties: [esa, norway]
  kind: agreement
  topic: launch
  description: A range
events:
"""
EVENT = """\
- id: range-agreed
  date: 1962
  title: 12:30
  parties: [norway, esa]
  by: norway
  partnership: andoya
  act: agree
  tags: [north, 2022]
  summary: >-
    First line
    goes on.

    Second paragraph: yes.
  sources:
  - title: no
    publisher: ESA
    published: 1962-08-18
    url: https://www.esa.int/x
    supports: date
  confidence: high
"""
BASE = HEAD + EVENT


def problems_of(tmp_path: Path, text: str | bytes) -> list[Problem]:
    path = tmp_path / "log.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return log.problems([str(path)])[1]


@pytest.fixture
def pure(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without libyaml."""
    monkeypatch.setitem(sys.modules, "yaml._yaml", None)


def test_every_scalar_stays_the_text_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    path.write_text(BASE, encoding="utf-8")

    found = log.read([str(path)])

    assert found.events == (
        Event(
            id="range-agreed",
            date="1962",
            title="12:30",
            parties=("norway", "esa"),
            by=("norway",),
            partnership="andoya",
            act="agree",
            tags=("north", "2022"),
            summary="First line goes on.\nSecond paragraph: yes.",
            sources=(Source("no", "ESA", "https://www.esa.int/x", "date", "1962-08-18"),),
            confidence="high",
            file=str(path),
            line=21,
        ),
    )
    norway = found.actors["norway"]
    assert norway.country == "NO"
    assert norway.aliases == ("Norge", "Yes")
    assert norway.ids == (("wikidata", "Q20"), ("ror", "0x1"))
    assert found.partnerships["andoya"].name == "Andøya"
    assert found.files == (str(path),)


def test_events_are_in_order_of_their_days_then_of_their_places(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    dates = ["2022", "2021-12-31", "2022-01-01", "2022-01", "2022-01-01", "2022-01~"]
    events = "".join(
        EVENT.replace("range-agreed", f"e{number}")
        .replace("date: 1962", f"date: {date}")
        .replace("act: agree", "act: talk")
        for number, date in enumerate(dates)
    )
    path.write_text(HEAD + events, encoding="utf-8")

    assert [event.id for event in log.read([str(path)]).events] == ["e1", "e2", "e4", "e3", "e5", "e0"]


def case(code: str, old: str, new: str, message: str, hint: str = "") -> tuple[str, str, str, str, str]:
    return code, old, new, message, hint


WRONG = [
    case("E001", "title: 12:30", "title: A: «»B", "not YAML: mapping values are not allowed in this context", 'quote a value that contains ": "'),
    case("E001", "  title: 12:30", "«\t»title: 12:30", "not YAML: found a tab character that violates indentation while scanning a plain scalar", "indent with spaces, not tabs"),
    case("E001", "title: 12:30", "title: «*»nothing", 'not YAML: there is no anchor for the alias "nothing"', "an alias needs its anchor earlier in the file; quote a text that begins with *"),
    case("E003", "title: 12:30", 'title: «"a\\e[31mb"»', "control character U+001B in a value", "take it out"),
    case("E003", "title: 12:30", 'title: «"a\\tb"»', "control character U+0009 in a value", "take it out"),
    case("E003", "title: 12:30", 'title: "a«\x1b»[31mb"', "control character U+001B", "take it out"),
    case("E003", "title: 12:30", "title: «\x00»\x00", "control character U+0000 (and 1 more in this file)", "take it out"),
    case("E004", "title: 12:30", "title: «!!python/object/apply:os.system x»", 'the tag "!!python/object/apply:os.system" is refused', "take it out: the format knows the types"),
    case("E004", "date: 1962\n", "date: «!!timestamp 1962-01-01»\n", 'the tag "!!timestamp" is refused', "take it out: the format knows the types"),
    case("E004", "parties: [norway, esa]", "parties: «!x [»norway, esa]", 'the tag "!x" is refused', "take it out: the format knows the types"),
    case("E004", "  by: norway", "  «!!str by»: norway", 'the tag "!!str" is refused', "take it out: the format knows the types"),
    case("E006", "spacerel: 1", "spacerel: «2»", '"2" is not a version of the format that this program reads', "write spacerel: 1"),
    case("E007", "date: 1962\n", "date: «2022-02-30»\n", "2022-02-30 is not a day: February 2022 has 28 days", 'if only the month is known, write "2022-02"'),
    case("E007", "date: 1962\n", "date: «2022-13-01»\n", "2022-13-01 is not a month: there are 12", 'write "2022" if only the year is known'),
    case("E007", "date: 1962\n", "date: «17 March 2022»\n", '"17 March 2022" is not a date', 'write 2022-03-17, 2022-03 or 2022, with ~ behind it for "about"'),
    case("E007", "published: 1962-08-18", "published: «0000»", "0000 is not a year"),
    case("E008", "  by: norway", "  «bye»: norway", 'an event has no key "bye"', 'did you mean "by"?'),
    case("E008", "    supports: date", "    «zzz»: date", 'a source has no key "zzz"', "keys of a source: title, publisher, published, url, supports"),
    case("E008", "events:", "«remarks»: x\nevents:", 'a log has no key "remarks"', "keys of a log: spacerel, actors, partnerships, events"),
    case("E009", "- id: range-agreed\n  date: 1962\n", "- «id: range-agreed»\n", "an event needs date"),
    case("E009", "    publisher: ESA\n    published: 1962-08-18\n    url: https://www.esa.int/x\n", "", "a source needs publisher and url"),
    case("E010", "  by: norway", "  by: norway\n  «by»: esa", 'the key "by" stands here twice', "only one value can count"),
    case("E010", "ids: {wikidata: Q20, ror", "ids: {wikidata: Q20, «wikidata»", 'the key "wikidata" stands here twice', "only one value can count"),
    case("E010", "[norway, esa]", "[norway, esa, «norway»]", '"norway" stands in this list twice'),
    case("E011", "parties: [norway, esa]", "parties: «norway»", "parties is a list, not text", "write parties: [norway]"),
    case("E011", "title: 12:30", "title: «[»a, b]", "title is one value, not a list"),
    case("E011", "title: 12:30", "title: «{»a: b}", "title is one value, not a mapping"),
    case("E011", "title: 12:30", 'title: «"a\\nb"»', "more than one line of text", "only summary and note may have paragraphs"),
    case("E011", "[north, 2022]", "[north, «[»2022]]", "an item of tags is one value, not a list"),
    case("E011", "act: agree\n", "act: agree\n  outcome: «pending»\n", "outcome is a mapping, not text"),
    case("E011", "ids: {wikidata: Q20, ror: 0x1}", "ids: «Q20»", "ids is a mapping, not text"),
    case("E011", "ror: 0x1}", "ror: «[»0x1]}", "ids holds names and one value for each"),
    case("E011", "ror: 0x1}", "«[»a]: 0x1}", "a key in ids is a word, not a list"),
    case("E011", "  by: norway", "  «[»a]: norway", "a key is a word, not a list or a mapping"),
    case("E011", "- id: range-agreed", "- «word»\n- id: range-agreed", "an event is a mapping, not text"),
    case("E011", "  - title: no", "  - «word»\n  - title: no", "a source is a mapping, not text"),
    case("E013", "title: 12:30\n", "title:«»\n", "an empty value", "leave the key out where nothing is known"),
    case("E013", "title: 12:30", "title: «'  '»", "an empty value", "leave the key out where nothing is known"),
    case("E013", "[north, 2022]", "«[»]", "an empty list", "leave the key out where nothing is known"),
    case("E014", "act: agree", "act: «agre»", 'unknown act "agre"', 'did you mean "agree"?'),
    case("E014", "confidence: high", "confidence: «sure»", 'unknown confidence "sure"', "one of high, medium, low"),
    case("E014", "kind: agreement", "kind: «agreements»", 'unknown kind of partnership "agreements"', 'did you mean "agreement"?'),
    case("E014", "topic: launch", "topic: «launches»", 'unknown topic "launches"', 'did you mean "launch"?'),
    case("E014", "type: state", "type: «country»", 'unknown type of actor "country"', "one of agency, company, state, organisation"),
    case("E015", "- id: range-agreed", "- id: «Range_Agreed»", '"Range_Agreed" is not an id', 'ids look like "range-agreed"'),
    case("E015", "country: NO", "country: «no»", '"no" is not a country code', "two capital letters, ISO 3166-1 alpha-2"),
    case("E017", "[north, 2022]", "[north, «a;b»]", 'a semicolon in "a;b"', "make it two values, or use a comma in quotes"),
    case("E017", "publisher: ESA", "publisher: «ESA; NASA»", 'a semicolon in "ESA; NASA"', "write a comma, or %3B in an address"),
    case("E017", "https://www.esa.int/x", "«https://www.esa.int/x;y»", 'a semicolon in "https://www.esa.int/x;y"', "write a comma, or %3B in an address"),
    case("E016", "- id: norway", "- id: «esa»\n  name: Again\n  type: agency\n- id: norway", 'the id "esa" is taken: an actor has it on line 3'),
]  # fmt: skip


@pytest.mark.parametrize("parser", ["libyaml", "pure"])
@pytest.mark.parametrize(
    ("code", "old", "new", "message", "hint"), WRONG, ids=lambda value: re.sub(r"\W+", "-", value)[:40]
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, request: pytest.FixtureRequest, parser: str, code: str, old: str, new: str, message: str, hint: str
) -> None:
    if parser == "pure":
        request.getfixturevalue("pure")
    assert BASE.count(old) == 1, old
    before, value, after = re.split("[«»]", BASE.replace(old, new)) if "«" in new else (BASE.replace(old, new), "", "")

    problem = problems_of(tmp_path, before + value + after)[0]

    if code == "E001" and parser == "pure":  # it has words of its own
        message, hint = problem.message, problem.hint
    assert (problem.code, problem.message, problem.hint) == (code, message, hint)
    assert problem.severity == "error"
    if "«" in new and code != "E001":
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        assert (problem.place.line, problem.place.column, problem.length) == (line, column, max(1, len(value)))
    elif "«" in new:
        assert problem.place.line == before.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "the file is empty", 1),
        ("# only a remark\n", "the file is empty", 2),
        ("- a\n- b\n", "a log is a mapping", 1),
        ("word", "a log is a mapping", 1),
        (BASE + "---\nspacerel: 1\n", "a second document in one file", BASE.count("\n") + 1),
        (HEAD.replace("spacerel: 1\n", ""), "a log needs spacerel", 1),
    ],
)
def test_a_file_is_one_document_of_the_format(tmp_path: Path, text: str, message: str, line: int) -> None:
    problem = problems_of(tmp_path, text)[0]

    assert (problem.message, problem.place.line) == (message, line)


def test_a_list_out_of_order_is_a_warning(tmp_path: Path) -> None:
    top, actors, rest = (
        BASE.partition("actors:")[0],
        BASE.split("actors:")[1].split("partnerships:")[0],
        BASE.split("description: A range\n"),
    )
    text = f"{top}partnerships:{rest[0].split('partnerships:')[1]}description: A range\nactors:{actors}{rest[1]}"

    (problem,) = problems_of(tmp_path, text)

    assert (problem.code, problem.severity) == ("W101", "warning")
    assert problem.message == "actors stand behind partnerships"
    log.read([str(tmp_path / "log.yaml")])


def test_all_problems_are_told_in_one_run_in_their_order(tmp_path: Path) -> None:
    text = (
        BASE.replace("type: agency", "type: agncy")
        .replace("date: 1962\n", "date: 1962-13\n")
        .replace("by: norway", "by: norwy")
        .replace("https://www", "www")
    )

    assert [(problem.code, problem.place.line) for problem in problems_of(tmp_path, text)] == [
        ("E014", 6),
        ("E007", 22),
        ("E012", 25),
    ]
    # The address is a rule's matter and its event cannot be read whole: it is told of once the date is right.
    assert "E034" in [problem.code for problem in problems_of(tmp_path, text.replace("1962-13", "1962-12"))]


def test_a_misspelt_required_key_is_told_of_once(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, BASE.replace("  summary: >-", "  sumary: >-"))

    assert problem.message == 'an event has no key "sumary"'


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_other_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path, ending: str) -> None:
    text = "\ufeff" + BASE.replace("act: agree", "act: agre").replace("\n", ending)

    (problem,) = problems_of(tmp_path, text)

    assert (problem.place.line, problem.place.column, problem.place.text) == (27, 8, "  act: agre")


def test_text_that_is_not_utf8_is_told_where(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, BASE.encode().replace(b"Norge", b"Norg\xe8"))
    assert (problem.code, problem.message, problem.place.line, problem.place.column) == (
        "E002",
        "byte 0xE8 is not UTF-8",
        11,
        17,
    )

    (problem,) = problems_of(tmp_path, BASE.encode("utf-16"))
    assert (problem.code, problem.message) == ("E002", "the file is UTF-16, not UTF-8")


def test_aliases_repeat_values(tmp_path: Path) -> None:
    path = tmp_path / "log.yaml"
    text = BASE.replace("sources:\n  - title", "sources: &all\n  - &one\n    title")
    second = EVENT.replace("range-agreed", "again").replace("act: agree", "act: talk")
    second = second.replace(second[second.index("  sources:") : second.index("  confidence")], "  sources: [*one]\n")
    third = second.replace("again", "third").replace("[*one]", "*all")
    path.write_text(text + second + third, encoding="utf-8")

    found = log.read([str(path)])

    assert found.event("again").sources == found.event("range-agreed").sources == found.event("third").sources
    path.write_text(text + second.replace("by: norway", "by: nrway"), encoding="utf-8")
    (problem,) = log.problems([str(path)])[1]
    assert problem.place.text == "  by: nrway"


BOMBS = {
    "laughs": "x:\n- &a0 [lol]\n" + "".join(f"- &a{n} [{','.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 30)),
    "long text repeated": f"x:\n- &a {'x' * 10000}\n- [{','.join(['*a'] * 100000)}]\n",
    "inside itself": "x: &a [*a]\n",
    "deep lists": "x: " + "[" * 100_000,
    "deep mappings": "x: " + "{a: " * 100_000,
    "deep anchors": "x: " + "".join(f"&a{n} [" for n in range(10_000)) + "*x",
    "problems": "".join(f"key{n}: x\n" for n in range(100_000)),
}


@pytest.mark.parametrize("parser", ["libyaml", "pure"])
@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_error_at_once(tmp_path: Path, request: pytest.FixtureRequest, name: str, parser: str) -> None:
    if parser == "pure":
        request.getfixturevalue("pure")
    begun, memory = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    found = problems_of(tmp_path, f"spacerel: 1\n{BOMBS[name]}")

    assert found[-1].code == "E005" or any(problem.code == "E005" for problem in found)
    assert len(found) <= log.MANY + 1
    assert time.perf_counter() - begun < 10
    # In KiB on Linux, in bytes on macOS, where this is no test.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory < 200_000 or sys.platform == "darwin"


@pytest.mark.parametrize("many", ["ids", "names", "circles"])
def test_a_log_with_problems_without_number_is_given_up(tmp_path: Path, many: str) -> None:
    event = "- {{id: e{}, date: 2022, title: t, parties: [esa], act: context, because: [{}], summary: s, confidence: low, sources: [{{title: t, publisher: p, url: 'http://x'}}]}}\n"
    text = {
        "ids": HEAD.replace("partnerships:", "- {id: esa, name: ESA, type: agency}\n" * 6000 + "partnerships:"),
        "names": HEAD.replace("[esa, norway]", f"[{', '.join(f'x{n}' for n in range(6000))}]"),
        "circles": HEAD + "".join(event.format(n, ",".join(f"e{m}" for m in range(110) if m != n)) for n in range(110)),
    }[many]

    assert len(problems_of(tmp_path, text)) <= log.MANY + 2


@settings(max_examples=300, deadline=None)
@given(
    st.text()
    | st.binary()
    | st.lists(
        st.sampled_from(
            [*BASE.splitlines(True), "? ", "- ", "&a ", "*a ", "!!x ", "[", "}", '"', "|", "---\n", "\t", "%TAG"]
        )
    ).map("".join)
)
def test_any_text_is_a_log_or_has_problems(tmp_path_factory: pytest.TempPathFactory, text: str | bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(errors="surrogatepass"))
    for _ in range(2):
        found, problems = log.problems([str(path)])
        assert found is not None or problems
        for problem in problems:
            assert problem.place.line >= 1
            assert problem.place.column >= 1
            assert problem.code in codes()


def same(one: Log, two: Log) -> bool:
    return (one.actors, one.partnerships, one.events) == (two.actors, two.partnerships, two.events)


def test_the_pure_python_parser_reads_the_same_log(request: pytest.FixtureRequest) -> None:
    fast = log.read([str(shipped())])
    request.getfixturevalue("pure")

    assert same(fast, log.read([str(shipped())]))


def test_the_pure_python_parser_lets_nothing_through(tmp_path: Path, pure: None) -> None:
    for text in ('a: "\\UFFFFFFFF"', "%YAML 1.99999999999999999999999\n---\na", 'a: "\\ud800"', "%YAML 9.9\n---\n"):
        assert problems_of(tmp_path, text)[0].code in ("E001", "E003", "E006", "E008"), text


def test_the_shipped_log_has_no_problem() -> None:
    found, problems = log.problems([str(shipped())])

    assert problems == []
    assert found is not None
    assert len(found.events) > 800
    assert all(event.file and event.line for event in found.events)


def test_nothing_named_is_the_shipped_log_or_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SPACEREL_LOG", raising=False)
    assert paths_of() == (str(shipped()),)
    monkeypatch.setenv("SPACEREL_LOG", os.pathsep.join(["a.yaml", "b.yaml"]))
    assert paths_of() == ("a.yaml", "b.yaml")
    assert paths_of(["c.yaml"]) == ("c.yaml",)


def test_a_path_below_the_working_folder_is_told_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    assert problems_of(tmp_path, "")[0].place.file == "log.yaml"


def test_standard_input_is_a_file_too(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input(io.StringIO):
        buffer = io.BytesIO(BASE.encode())

    monkeypatch.setattr(sys, "stdin", Input())

    assert log.read(["-"]).events[0].file == "<stdin>"


def test_a_closed_standard_input_is_an_empty_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert log.problems(["-"])[1][0].message == "the file is empty"


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    for path, sentence in [
        ("missing.yaml", 'there is no file "missing.yaml".'),
        ("folder", '"folder" is a folder; a log is a YAML file.'),
        ("/dev/zero", '"/dev/zero" is a device; a log is a YAML file, and - is standard input.'),
        ("a\0b", 'cannot read "a\\u0000b": embedded null byte.'),
    ]:
        with pytest.raises(DataError) as caught:
            log.read([path])
        assert str(caught.value) == sentence


def test_a_file_without_permission_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", refuse)

    with pytest.raises(DataError, match=r'^no permission to read ".*log.yaml"\.$'):
        log.read([str(tmp_path / "log.yaml")])


def test_a_pipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    with subprocess.Popen([sys.executable, "-c", f"open({str(path)!r}, 'w').write({BASE!r})"]):
        assert log.read([str(path)]).event("range-agreed")


def test_no_report_is_made_from_a_wrong_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = BASE.replace("date: 1962\n", "date: 1962-13\n").replace("by: norway", "by: norwy")
    Path("log.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(DataError) as caught:
        log.read(["log.yaml"])

    assert (
        str(caught.value)
        == "log.yaml:22: 1962-13 is not a month: there are 12 (and 1 more). Run: spacerel check log.yaml"
    )


def test_an_outcome_is_read(tmp_path: Path) -> None:
    text = BASE.replace(
        "act: agree\n", "act: agree\n  modality: announced\n  outcome:\n    status: reversed\n    date: 1963\n"
    )

    assert problems_of(tmp_path, text) == []
    assert log.read([str(tmp_path / "log.yaml")]).events[0].outcome == Outcome("reversed", "1963")


# The command


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer(pretty_exceptions_enable=False, rich_markup_mode=None)
    app.command()(check)
    return app


WRONG_LOG = (
    BASE.replace("date: 1962\n", "date: 1962-13\n").replace("by: norway", "by: norwy").replace("Norge", "Norg\u200be")
)


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("log.yaml").write_text(WRONG_LOG, encoding="utf-8")
    return "log.yaml"


def run(app: typer.Typer, *words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, words)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout


def test_check_draws_each_problem(app: typer.Typer, wrong: str) -> None:
    code, screen = run(app, wrong)

    assert code == 1
    assert re.sub(r"\d\.\d\d s", "0.00 s", screen) == (
        "warning[W107]: the invisible sign U+200B stands in this value\n"
        "  --> log.yaml:11:13\n"
        "   |\n"
        " 7 | - id: norway\n"
        "11 |   aliases: [Norg\\u200be, Yes]\n"
        "   |             ^^^^^^^^^^^ take it out\n"
        "error[E007]: 1962-13 is not a month: there are 12\n"
        "  --> log.yaml:22:9\n"
        "   |\n"
        "21 | - id: range-agreed\n"
        "22 |   date: 1962-13\n"
        '   |         ^^^^^^^ write "1962" if only the year is known\n'
        'error[E012]: unknown actor "norwy"\n'
        "  --> log.yaml:25:7\n"
        "   |\n"
        "21 | - id: range-agreed\n"
        "25 |   by: norwy\n"
        '   |       ^^^^^ did you mean "norway"?\n'
        "2 errors, 1 warning in 1 file, 1 event (0.00 s). Explain a code: spacerel check --explain E007\n"
    )


def test_check_cuts_long_lines_and_counts_wide_signs_twice(app: typer.Typer, wrong: str) -> None:
    parties = f"[{', '.join(f'esa-{n}' for n in range(100))}]"
    Path(wrong).write_text(BASE.replace("[norway, esa]", f"[norway, esa, {parties[1:]}"), encoding="utf-8")

    drawn = run(app, wrong, "--select", "E012")[1].splitlines()[6 * 50 : 6 * 50 + 6]

    assert drawn[0] == 'error[E012]: unknown actor "esa-50"'
    assert len(drawn[4]) < 130
    assert drawn[4][5:8] == drawn[4][-3:] == "..."
    assert drawn[4].index("esa-50") == drawn[5].index("^^^^^^")

    Path(wrong).write_text(BASE.replace("[north, 2022]", "[宇宙, 航;空]"), encoding="utf-8")

    drawn = run(app, wrong)[1].splitlines()[:6]

    assert drawn[4] == "28 |   tags: [宇宙, 航;空]"
    assert drawn[5].startswith("   |                ^^^^^ make it two values")


def test_check_for_editors(app: typer.Typer, wrong: str) -> None:
    assert run(app, wrong, "--format", "gnu") == (
        1,
        "log.yaml:11:13: warning: the invisible sign U+200B stands in this value, take it out [W107]\n"
        'log.yaml:22:9: error: 1962-13 is not a month: there are 12, write "1962" if only the year is known [E007]\n'
        'log.yaml:25:7: error: unknown actor "norwy", did you mean "norway"? [E012]\n',
    )


def test_check_for_github(app: typer.Typer, wrong: str) -> None:
    assert run(app, wrong, "--format", "github", "--select", "E012") == (
        1,
        '::error file=log.yaml,line=25,col=7,endColumn=12,title=E012::unknown actor "norwy" (did you mean "norway"?)\n',
    )


def test_check_for_programs(app: typer.Typer, wrong: str) -> None:
    import json

    code, text = run(app, wrong, "--format", "json")

    whole = json.loads(text)
    assert code == 1
    assert {key: whole[key] for key in whole if key != "rows"} == {
        "spacerel": 1,
        "command": "check",
        "files": ["log.yaml"],
        "events": 1,
        "errors": 2,
        "warnings": 1,
        "count": 3,
    }
    assert whole["rows"][2] == {
        "file": "log.yaml",
        "line": 25,
        "column": 7,
        "length": 5,
        "severity": "error",
        "code": "E012",
        "message": 'unknown actor "norwy"',
        "hint": 'did you mean "norway"?',
    }


def test_check_is_quiet_about_a_right_log(app: typer.Typer) -> None:
    code, screen = run(app, str(shipped()))

    assert code == 0
    assert re.fullmatch(r"No errors, no warnings in 1 file, \d+ events \(\d+\.\d\d s\)\.\n", screen)


def test_check_counts_no_events_where_a_file_breaks_off(app: typer.Typer, wrong: str) -> None:
    Path(wrong).write_text(BASE + "'", encoding="utf-8")

    assert run(app, wrong)[1].splitlines()[-1].startswith("1 error in 1 file (")


def test_warnings_fail_only_when_asked(app: typer.Typer, wrong: str) -> None:
    assert run(app, wrong, "--select", "W")[0] == 0
    assert run(app, wrong, "--ignore", "E012, e007")[0] == 0
    assert run(app, wrong, "--select", "W", "--strict")[0] == 1
    assert run(app, wrong, "--ignore", "E,W")[1].startswith("No errors, no warnings in 1 file")


def test_every_code_is_explained(app: typer.Typer) -> None:
    code, listing = run(app, "--explain", "all")
    assert code == 0
    lines = [line.split("  ", 1) for line in listing.splitlines()]
    assert [line[0] for line in lines] == sorted(codes())
    for known, title in lines:
        text = run(app, "--explain", known.lower())[1]
        assert text.startswith(f"{'error' if known[0] == 'E' else 'warning'}[{known}]: {title}\n\n")
        assert {"Wrong:", "Right:"} <= set(text.split())


def test_every_code_of_the_reader_has_a_test() -> None:
    tested = {row[0] for row in WRONG} | {"E002", "E005", "W101"}

    assert set(EXPLANATIONS) == tested


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--format", "jsn"], 'unknown format "jsn". Did you mean "json"? All of them: text, gnu, json, github.'),
        (
            ["--explain", "E-012"],
            'unknown code "E-012". Did you mean "E012"? All of them: spacerel check --explain all',
        ),
        (["--select", "X"], 'unknown code "X". All of them: spacerel check --explain all'),
    ],
)
def test_unknown_words_are_told(app: typer.Typer, words: list[str], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        run(app, *words)

    assert str(caught.value) == sentence


def test_a_look_at_the_bytes_tells_of_every_sign_that_cannot_be_read() -> None:
    """What the look passes, no other look follows."""
    signs = [chr(number) for number in (*range(0xD800), *range(0xE000, 0x11000))]
    assert [sign for sign in signs if log._has_unreadable(sign.encode()) != bool(log._UNREADABLE.search(sign))] == []
