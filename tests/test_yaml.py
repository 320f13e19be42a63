"""Every construct of YAML 1.1 and 1.2: a log, or problems with a place; never anything else, with libyaml or without."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from spacerel import log
from spacerel.commands.check import codes

LOG = """\
spacerel: 1
actors:
- {id: esa, name: ESA, type: agency}
events:
- id: x
  date: 2022
  title: T
  parties: [esa]
  act: context
  summary: %s
  sources: [{title: t, publisher: p, url: 'https://x.example/'}]
  confidence: low
"""
# What stands behind `summary:` -> the text that is read, or the code of the problem. The second is that of PyYAML's own
# parser where it differs: it takes no tabs between tokens.
VALUES = {
    # Plain scalars.
    "a b": "a b",
    "a\n    b": "a b",
    "a\n\n    b": "a\nb",
    "a\n    b\n\n\n    c": "a b\n\nc",
    "a#b": "a#b",
    "a # b": "a",
    "a:b": "a:b",
    "a: b": "E001",
    "-a": "-a",
    "- a": "E001",
    "?a": "?a",
    "? a": "E001",
    ":a": ":a",
    ": a": "E001",
    "a, [b] {c} & * ! | > ' \" % @": "a, [b] {c} & * ! | > ' \" % @",
    **dict.fromkeys(("@a", "`a", "%a", "&", "*", "|a", ">a", "]", "}", ","), "E001"),
    "#a": "E013",
    "": "E013",
    # What other programs take for something else than text.
    **{
        word: word
        for word in (
            *("~", "null", "Null", "true", "True", "yes", "no", "on", "off", "y", "n", "014", "0o14", "0x1F", "0b11"),
            *("1_000", "190:20:30", "190:20:30.15", "1.5e3", "+12", ".inf", "-.INF", ".NaN", "=", "<<", "---a", "...a"),
            *("2001-12-14", "2001-12-14t21:59:43.10-05:00"),
        )
    },
    # Single quotes.
    "'a'": "a",
    "'a''b'": "a'b",
    "'a\n    b'": "a b",
    "'a\n\n    b'": "a\nb",
    "' a '": "a",
    "''": "E013",
    "'a\\n'": "a\\n",
    "'a: b # c'": "a: b # c",
    "'a": "E001",
    "'a' b": "E001",
    # Double quotes and every escape.
    '"a"': "a",
    '"a\n    b"': "a b",
    '"a\\\n    b"': "ab",
    '"a\n\n    b"': "a\nb",
    '"a\\nb"': "a\nb",
    '"\\n"': "E013",
    **dict.fromkeys((f'"a\\{sign}b"' for sign in "0abtvfreNLP"), "E003"),
    '"a\\\tb"': "E003",
    '"a\\ b"': "a b",
    '"a\\_b"': "a\u00a0b",
    '"\\""': '"',
    '"\\/"': "/",
    '"\\\\"': "\\",
    '"\\x41\\u0041\\U00000041"': "AAA",
    '"\\U0001F680"': "\U0001f680",
    '"\\ufeffa"': "E003",
    '"\\ufffe"': "E003",
    **dict.fromkeys(('"\\q"', '"\\x4"', '"\\u004"', '"\\U0041"', '"\\U00110000"', '"\\UFFFFFFFF"', '"a', '"a" b'), "E001"),
    '"\\ud83d\\ude80"': ("E001", "E003"),
    '"\\udc00"': ("E001", "E003"),
    # Literal block scalars: chomping, indentation, what surrounds them.
    "|\n    a\n    b": "a\nb",
    "|-\n    a\n    b\n\n": "a\nb",
    "|+\n    a\n    b\n\n": "a\nb",
    "|2\n      a\n    b": "a\nb",
    "|2-\n      a": "a",
    "|-2\n      a": "a",
    "|+2\n      a": "a",
    "| # c\n    a": "a",
    "|\n\n    a": "a",
    "|\n": "E013",
    "|\n    # a\n    b": "# a\nb",
    "|\n    a\n  # b": "a",
    "|\n    a: b\n    - c": "a: b\n- c",
    **dict.fromkeys(("|0\n    a", "|10\n    a", "|x\n    a", "|--\n    a", "|\n    a\n   b"), "E001"),
    "|\n    a\tb": "E003",
    # Folded ones.
    ">\n    a\n    b": "a b",
    ">-\n    a\n    b\n\n": "a b",
    ">+\n    a\n\n    b\n\n": "a\nb",
    ">\n    a\n\n    b": "a\nb",
    ">\n    a\n      b\n    c": "a\n  b\nc",
    ">\n    a\n\n\n    b\n": "a\n\nb",
    ">2\n      a": "a",
    "> # c\n    a": "a",
    # Collections where a text belongs.
    "[a, b]": "E011",
    "[a, [b, {c: d}], ]": "E011",
    "{a: b, ? c : d, e, }": "E011",
    "{? [a] : {b: c}}": "E011",
    "[? a : b]": "E011",
    "[a: b]": "E011",
    "\n  - a\n  - b": "E011",
    "\n    a: b\n    ? - c\n    : - d": "E011",
    **dict.fromkeys(("[a", "{a", "[a]]", "{a: b", "[a, , b]"), "E001"),
    # Tags, in every way to write them.
    **dict.fromkeys(
        ("!", "! a", "!local a", "!!str a", "!!null", "!!int 1", "!!binary aGk=", "!<tag:yaml.org,2002:str> a", "!<!x> a", "&a !x a", "!x &a a"),
        "E004",
    ),
    **dict.fromkeys(("!!set {a}", "!!omap [a: b]", "!!python/tuple [a]", "!!python/object/apply:os.system [x]"), "E004"),
    "!e!x a": "E001",
    # Anchors and aliases.
    "&a a": "a",
    "&a\n    a": "a",
    "&a-1_b a": "a",
    "&a": "E013",
    **dict.fromkeys(("*x", "&a *a", "&a &b c"), "E001"),
    "&a [*a]": "E005",
    # Signs that break lines elsewhere, that hide, or that are none.
    "'a\u0085b'": "a b",
    "'a\u2028b'": "E003",
    "a\u00a0b": "a\u00a0b",
    "a\u200bb": "a\u200bb",
    "a\ufeffb": "E003",
    "a\ufffeb": "E003",
    "a\x00b": "E003",
    "a\x07b": "E003",
    "a\x1b[31mb": "E003",
    "a\x7fb": "E003",
    "a\x9bb": "E003",
    "\U0001f680": "\U0001f680",
    # Tabs.
    "'a\tb'": "E003",
    "a\tb": ("E003", "E001"),
    "\ta": ("a", "E001"),
    "a\t": ("a", "E001"),
    "a\t# b": ("a", "E001"),
    "\n\ta": ("E001", "E001"),
    # Comments.
    "a\n# b": "a",
    "a # b\n  # c\n\n# d": "a",
}  # fmt: skip
TWO = "actors: &a\n- &esa {id: esa, name: ESA, type: agency}\n"
# A whole file -> the ids of its actors, or the code of the problem.
FILES: dict[str, tuple[str | bytes, str | list[str] | tuple[str | list[str], str | list[str]]]] = {
    "a block": ("spacerel: 1\nactors:\n- id: a\n  name: A\n  type: state\n", ["a"]),
    "a block further in": ("spacerel: 1\nactors:\n    -   id: a\n        name: A\n        type: state\n", ["a"]),
    "dashes alone": ("spacerel: 1\nactors:\n-\n  id: a\n  name: A\n  type: state\n", ["a"]),
    "a flow": ("{spacerel: 1, actors: [{id: a, name: A, type: state}]}", ["a"]),
    "json": ('{"spacerel": 1, "actors": [{"id":"a","name":"A","type":"state"}]}', ["a"]),
    "a flow over lines": ("{\nspacerel: 1,\nactors: [\n{id: a,\nname: A, type: state,},\n],\n}\n", ["a"]),
    "keys with a sign": ("? spacerel\n: 1\n? actors\n: - ? id\n    : a\n    ? name\n    : A\n    ? type\n    : state\n", ["a"]),
    "keys in quotes": ("'spacerel': 1\n\"actors\":\n- {'id': a, \"name\": A, type: state}\n", ["a"]),
    "a key that is a list": ("spacerel: 1\n? [a]\n: b\n", "E011"),
    "a key that is a mapping": ("spacerel: 1\n? {a: b}\n: c\n", "E011"),
    "a key that is a block": ("spacerel: 1\n? - a\n: c\n", "E011"),
    "a key of several lines": ("spacerel: 1\n? |\n  actors\n: c\n", "E008"),
    "a key with an anchor": ("spacerel: 1\n&k actors:\n- {id: a, name: A, type: state}\n", ["a"]),
    "a key that is an alias": ("spacerel: 1\nactors:\n- {id: a, name: &n name, type: state}\n- {id: b, *n : B, type: state}\n", ["a", "b"]),
    "a key with a tag": ("!!str spacerel: 1\n", "E004"),
    "an empty key": ("spacerel: 1\n: a\n", "E001"),
    "a repeated key": ("spacerel: 1\nspacerel: 1\n", "E010"),
    "a key too long": (f"spacerel: 1\n{'x' * 2000}: a\n", "E001"),
    "a merge key": (f"spacerel: 1\n{TWO}- {{<<: *esa, id: b}}\n", "E008"),
    "a merge key of lists": (f"spacerel: 1\n{TWO}- {{<<: [*esa], id: b}}\n", "E008"),
    "an alias of a record": (f"spacerel: 1\n{TWO}- *esa\n", "E016"),
    "an anchor given twice": ("spacerel: 1\nactors:\n- {id: a, name: &n A, type: state}\n- {id: b, name: &n B, type: state}\n- {id: c, name: *n , type: state}\n", ["a", "b", "c"]),
    "an alias before its anchor": ("spacerel: *v\nactors: &v []\n", "E001"),
    "an anchor of the whole": ("&all\nspacerel: 1\n", []),
    "the whole inside itself": ("&all\nspacerel: 1\nactors: *all\n", "E005"),
    "a tag of the whole": ("!log\nspacerel: 1\n", "E004"),
    "a start": ("---\nspacerel: 1\n", []),
    "a start with a comment": ("--- # c\nspacerel: 1\n", []),
    "a start with the mapping": ("--- {spacerel: 1}\n", []),
    "an end": ("spacerel: 1\n...\n", []),
    "an end with a comment": ("spacerel: 1\n... # c\n# d\n", []),
    "two ends": ("spacerel: 1\n...\n...\n", []),
    "two documents": ("spacerel: 1\n---\nspacerel: 1\n", "E006"),
    "two documents after an end": ("spacerel: 1\n...\n---\nspacerel: 1\n", "E006"),
    "an empty document first": ("---\n---\nspacerel: 1\n", "E006"),
    "no document": ("...\n", "E001"),
    "a directive of 1.1": ("%YAML 1.1\n---\nspacerel: 1\n", []),
    "a directive of 1.2": ("%YAML 1.2\n---\nspacerel: 1\n", []),
    "a directive of 2.0": ("%YAML 2.0\n---\nspacerel: 1\n", "E001"),
    "a directive twice": ("%YAML 1.1\n%YAML 1.1\n---\nspacerel: 1\n", "E001"),
    "a directive without a document": ("%YAML 1.1\nspacerel: 1\n", "E001"),
    "a directive of tags": ("%TAG ! tag:x.example,2000:\n---\nspacerel: 1\n", []),
    "a directive of tags, used": ("%TAG !e! tag:x.example,2000:\n---\nspacerel: !e!x 1\n", "E004"),
    "a directive of tags twice": ("%TAG ! a\n%TAG ! b\n---\nspacerel: 1\n", "E001"),
    "an unknown directive": ("%FOO bar\n---\nspacerel: 1\n", ("E001", [])),
    "a mark for editors": ("# yaml-language-server: $schema=x\n# -*- coding: utf-8 -*-\nspacerel: 1\n", []),
    "comments alone": ("# a\n\n# b", "E006"),
    "nothing": ("", "E006"),
    "blanks": (" \n\n  ", "E006"),
    "a text": ("a", "E006"),
    "a list": ("- a", "E006"),
    "null": ("~", "E006"),
    "an alias alone": ("*a", "E001"),
    "windows": ("spacerel: 1\r\nactors:\r\n- id: a\r\n  name: A\r\n  type: state\r\n", ["a"]),
    "old macs": ("spacerel: 1\ractors:\r- id: a\r  name: A\r  type: state\r", ["a"]),
    "mixed line ends": ("spacerel: 1\r\nactors:\n- id: a\r  name: A\n  type: state", ["a"]),
    "next lines": ("spacerel: 1\u0085actors:\u0085- id: a\u0085  name: A\u0085  type: state", ["a"]),
    "line separators": ("spacerel: 1\u2028actors:\u2028- {id: a, name: A, type: state}\u2029", ["a"]),
    "form feeds": ("spacerel: 1\n\x0cactors:\n", "E003"),
    "a mark of bytes": (b"\xef\xbb\xbfspacerel: 1\n", []),
    "a mark of bytes twice": (b"\xef\xbb\xbf\xef\xbb\xbfspacerel: 1\n", "E003"),
    "a mark of bytes alone": (b"\xef\xbb\xbf", "E006"),
    "utf-16 with a mark": ("spacerel: 1\n".encode("utf-16"), "E002"),
    "utf-16, little end first": ("\ufeffspacerel: 1\n".encode("utf-16-le"), "E002"),
    "utf-16, big end first": ("\ufeffspacerel: 1\n".encode("utf-16-be"), "E002"),
    "utf-16 without a mark": ("spacerel: 1\n".encode("utf-16-le"), "E003"),
    "utf-32": ("spacerel: 1\n".encode("utf-32"), "E002"),
    "latin 1": ("spacerel: 1 # caf\xe9\n".encode("latin-1"), "E002"),
    "surrogates": (b"spacerel: 1 # \xed\xa0\x80\n", "E002"),
    "overlong": (b"spacerel: 1 # \xc0\xaf\n", "E002"),
    "beyond unicode": (b"spacerel: 1 # \xf4\x90\x80\x80\n", "E002"),
    "cut off": (b"spacerel: 1 # \xf0\x9f\x9a", "E002"),
    "nul": (b"spacerel: 1\n\x00", "E003"),
    "tabs before a key": ("spacerel: 1\nactors:\n-\tid: a\n\tname: A\n", "E001"),
    "tabs behind": ("spacerel: 1\t\nactors: []\n", ([], "E001")),
    "lists that are nothing": ("spacerel: 1\nactors:\npartnerships:\nevents:\n", []),
    "a line too far left": ("spacerel: 1\nactors:\n  - id: a\n    name: A\n   type: state\n", "E001"),
    "a bracket still open": ("spacerel: 1\nactors: [{id: a\n", "E001"),
    "an octal version": ("spacerel: 01\n", "E006"),
    "a version that is a number": ("spacerel: 1.0\n", "E006"),
}  # fmt: skip
PARSERS: dict[str, Callable[[bytes], Any]] = {"libyaml": log._parser, "pure": log._pure_parser}


def seeds() -> Iterator[str | bytes]:
    """All of it as whole files, for tests/fuzz.py."""
    yield from (LOG % value for value in VALUES)
    yield from (content for content, _ in FILES.values())


def read(content: str | bytes) -> tuple[Any, list[str]]:
    """The log and the codes of its errors, each of which has a place inside the text."""
    whole = content if isinstance(content, bytes) else content.encode()
    found, problems = log.problems(["x"], {"x": whole})
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert problem.code in codes()
        assert problem.message
    return found, [problem.code for problem in problems if problem.severity == "error"]


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("value", VALUES, ids=ascii)
def test_a_value(monkeypatch: pytest.MonkeyPatch, value: str, parser: str) -> None:
    monkeypatch.setattr(log, "_parser", PARSERS[parser])
    expected = VALUES[value]
    right = expected if isinstance(expected, str) else expected[parser == "pure"]

    found, errors = read(LOG % value)

    if not errors:
        assert found.events[0].summary == right
    else:
        assert right in errors


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("name", FILES)
def test_a_file(monkeypatch: pytest.MonkeyPatch, name: str, parser: str) -> None:
    monkeypatch.setattr(log, "_parser", PARSERS[parser])
    content, expected = FILES[name]
    right = expected[parser == "pure"] if isinstance(expected, tuple) else expected

    found, errors = read(content)

    if isinstance(right, str):
        assert right in errors
    else:
        assert errors == []
        assert list(found.actors) == right
