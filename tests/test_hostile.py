"""Logs that others wrote: text of any kind in any field, through every command, is shown harmless, whole and in its place."""

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from small_log import READING, Program, spacerel
from small_log import TEXT as SMALL
from spacerel import fields, log, writing
from spacerel.fields import LISTS, TOP

__all__ = ["spacerel"]

WORDS = MappingProxyType(
    {
        "why": ("esa-ends-rover",),
        "path": ("esa", "nasa"),
        "diff": ("2021", "2022"),
        "partners": ("esa",),
    }
)
COMMANDS = [
    *((name, *WORDS.get(name, ())) for name in READING if name != "show"),
    *(("show", one) for one in ("rover", "esa", "oneweb-ultimatum")),
    *(("timeline", "--view", view) for view in ("lanes", "calendar")),
    ("timeline", "--view", "lanes", "--lanes-by", "agency"),
    ("matrix", "--cells", "steps"),
]
FREE = ("name", "short", "aliases", "ids", "programme", "description", "title", "condition", "tags", "summary", "note")
"""The keys of records whose values are a person's words; those of sources are added below."""


def filled(program: Program, text: Callable[[str, int], str]) -> None:
    """Write the small log anew, with a text in each field that takes any: `text` is given the key and a running number."""
    number = 0

    def words(key: str) -> str:
        nonlocal number
        number += 1
        return quoted(text(key, number))

    def value(key: str, old: Any) -> str:
        if key == "sources":
            url = words("url")
            inner = ", ".join(f"{name}: {words(name)}" for name in ("title", "publisher", "supports"))
            return f"[{{{inner}, url: {url}}}]"
        if key == "ids":
            return f"{{{words(key)}: {words(key)}}}"
        if key == "outcome":
            return f"{{status: {old.status}{''.join(f', {name}: {one}' for name, one in old._asdict().items() if one and name != 'status')}}}"
        if isinstance(old, tuple):
            return f"[{', '.join(words(key) if key in FREE else one for one in old)}]"
        return words(key) if key in FREE else quoted(old)

    whole = log.read([str(program.log)])
    lines = ["spacerel: 1"]
    for kind, records in zip(LISTS, (whole.actors.values(), whole.partnerships.values(), whole.events), strict=True):
        mapping = TOP.fields[kind].mapping
        assert mapping is not None
        lines.append(f"{kind}:")
        for record in records:
            entries = {key: getattr(record, key) for key in mapping.fields}
            written = [f"{key}: {value(key, old)}" for key, old in entries.items() if old]
            lines.append("- " + "\n  ".join(written))
    program.log.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(text: str) -> str:
    """A text as YAML, all of it escaped."""
    return '"' + "".join(f"\\U{ord(sign):08x}" for sign in text) + '"'


def address(text: str) -> str:
    """A text as the rest of a web address, which has no blanks."""
    return "https://x.example/" + "".join(text.split())


CURSED = {
    "controls": "\x1b[2J\x1b]0,title\x07\x00\x08\r\x7f\x9b31m",
    "links": "\x1b]8,,javascript:alert(1)\x1b\\here\x1b]8,,\x1b\\",
    "bidi": "\u202egnp.exe\u202c \u2066\u2069\u200f\u061c",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e\ufefff\xadg\u034fh",
    "fillers": "\u115f\u1160\u3164\uffa0\u17b4\u180e",
    "tags": "x\U000e0041\U000e007f\U000e0100",
    "notes": "\ufff9a\ufffab\ufffb",
    "combining": "e\u0301\u0323\u20dd a\u0300\u0301\u0302\u0303",
    "wide": "中国国家航天局 宇宙 ﾊﾝｶｸ 🚀🛰️👩‍🚀🇷🇺👍🏽",
    "right to left": "סוכנות وكالة الفضاء",
    "markup": "[bold red]x[/] [link=https://x.example]y[/link] :rocket: <b>z</b> *a* |b| `c`",
}
STYLE = re.compile(r"\x1b\[(?:1|2|2;4|3[1-6])m|\x1b\[0m|\x1b\]8;;(?:https?://[!-~]+)?\x1b\\")
HIDDEN = re.compile("[\u034f\u061c\u115f\u1160\u17b4\u17b5\u3164\uffa0\U000e0000-\U000e0fff]")


def harm(shown: str, parts: str = "\n") -> set[str]:
    """The signs that a terminal would obey, or would not show."""
    return {
        sign
        for sign in shown
        if (unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp") and sign not in parts) or HIDDEN.match(sign)
    }


@pytest.fixture
def lax(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that lets control characters through: what is written to a terminal is not to depend on it."""
    monkeypatch.setattr(fields, "_CONTROL", re.compile(r"(?!)"))


def shown_by(program: Program, words: tuple[str, ...]) -> dict[str, str]:
    """What a command prints in each of the formats that are meant for eyes."""
    ways = {
        "text": ("-f", "text", "--color", "never"),
        "styled": ("-f", "text", "--color", "always"),
        "ascii": ("-f", "text", "--ascii"),
        "plain": ("-f", "plain"),
        "md": ("-f", "md"),
    }
    found = {}
    for way, options in ways.items():
        ran = program(*words, *options, "--no-cache")
        assert (ran.code, ran.err) == (0, ""), (words, options, ran.err)
        found[way] = ran.out
    return found


def assert_harmless(found: dict[str, str]) -> None:
    assert harm(found["text"]) == set()
    plain = found["text"].splitlines()
    # Where a title is a link, its address is not told again.
    assert [line for line in STYLE.sub("", found["styled"]).splitlines() if line not in plain] == []
    assert found["ascii"].replace("\n", "").isprintable()
    assert found["ascii"].isascii()
    assert harm(found["plain"], "\n\t") == set()
    assert harm(found["md"]) == set()
    assert max(map(cell_len, found["text"].splitlines())) <= 100


@pytest.mark.parametrize("turn", [0, 1, 2])
def test_what_a_log_says_does_no_harm_to_a_terminal(spacerel: Program, lax: None, turn: int) -> None:
    cursed = list(CURSED.values())

    def text(key: str, number: int) -> str:
        line = cursed[(number + 4 * turn) % len(cursed)]
        return address(f"{number}{line}") if key == "url" else f"{number} {line}"

    filled(spacerel, text)

    for words in COMMANDS:
        assert_harmless(shown_by(spacerel, words))


signs = st.characters(blacklist_categories=["Cs"]) | st.sampled_from("\u200b\u200d\u202e\u2066\ufe0f\u0301[]|`*\\🚀中")
texts = st.text(signs, min_size=1, max_size=40)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, st.sampled_from(COMMANDS))
def test_no_text_does_harm_to_a_terminal(spacerel: Program, text: str, words: tuple[str, ...]) -> None:
    spacerel.log.write_text(SMALL, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fields, "_CONTROL", re.compile(r"(?!)"))
        line = " ".join(text.splitlines()).replace(";", ",")
        filled(spacerel, lambda key, number: address(f"{number}{line}") if key == "url" else f"{number} {line} .")
        assert_harmless(shown_by(spacerel, words))


def test_markup_is_data_and_hidden_signs_are_written_out(spacerel: Program) -> None:
    filled(spacerel, lambda key, number: address(key) if key == "url" else f"{number} [bold red]x[/] \u202e\U000e0041")
    titles = [line.split("\t")[5] for line in spacerel("timeline").lines]

    assert all(title.endswith(" [bold red]x[/] \\u202e\\U000e0041") for title in titles), titles
    for words in COMMANDS:
        assert (
            "[bold red]x[/]" in " ".join(spacerel(*words, "-f", "text", "--width", "500").out.split())
            or words in NO_WORDS
        )


NO_WORDS = [("timeline", "--view", "calendar"), ("scores",)]
"""The screens that have no word of the log on them."""


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x.example/", "https:/x", "HTTPS//x"],
)
def test_an_address_is_one_of_the_web(spacerel: Program, target: str) -> None:
    filled(spacerel, lambda key, number: target if key == "url" else f"{number}")
    ran = spacerel("show", "rover-agreed", "--color", "always")

    assert ran.code == 3
    assert f'"{target}" is not a web address' in ran.err


def test_an_address_beyond_ascii_is_one_that_a_terminal_can_open(spacerel: Program) -> None:
    filled(spacerel, lambda key, number: "https://ru.example/Роскосмос" if key == "url" else f"{number} word")
    ran = spacerel("show", "rover-agreed", "--color", "always")

    assert "\x1b]8;;https://ru.example/%D0%A0%D0%BE%D1%81%D0%BA%D0%BE%D1%81%D0%BC%D0%BE%D1%81\x1b\\" in ran.out


# Wide signs, signs of no width and signs that are written out take the room that they take.

SAME_WIDTH = [
    ("航天", "abcd"),
    ("🚀🛸", "abcd"),
    ("e\u0301o\u0308u\u0323\u0302a\u20dd", "abcd"),
    ("\u202e", "@u202e"),
    ("\u200d", "@u200d"),
    ("\u3164", "@u3164"),
    ("ﾊﾝｶｸ", "abcd"),
    ("ｦ航\u0301a", "abcd"),
]


@pytest.mark.parametrize(("odd", "plain"), SAME_WIDTH, ids=[ascii(odd) for odd, _ in SAME_WIDTH])
def test_odd_signs_are_aligned(spacerel: Program, odd: str, plain: str) -> None:
    screens = []
    for token in (odd, plain):

        def text(key: str, number: int, token: str = token) -> str:
            return address("x") if key == "url" else f"{number:03}{token} end"

        spacerel.log.write_text(SMALL, encoding="utf-8")
        filled(spacerel, text)
        screens.append(
            [
                spacerel(*words, "-f", "text", "--width", ("60", "110")[number % 2]).out
                for number, words in enumerate(COMMANDS)
            ]
        )
    seen = odd if odd.isprintable() and odd != "\u3164" else f"\\u{ord(odd):04x}"

    for words, odd_screen, plain_screen in zip(COMMANDS, *screens, strict=True):
        assert odd_screen.replace(seen, plain) == plain_screen, words


# What does not go through a table.


@pytest.mark.parametrize("form", ["text", "gnu", "github"])
@pytest.mark.parametrize(
    "wrong", ["  parties: {}", "  by: {}", "  act: {}", "  {}: x", "  date: {}", "  title: !{} x", "  tags: [{}]"]
)
def test_what_is_wrong_with_a_log_does_no_harm(spacerel: Program, form: str, wrong: str) -> None:
    cursed = "!x" if "!" in wrong else '"\\e[2J;\\a\\u202e\\u200b\\u009bx"'
    text = SMALL.replace("  act: talk", "  act: talk\n" + wrong.format(cursed), 1)
    spacerel.log.write_text(text, encoding="utf-8")
    checked, read = spacerel("check", "--format", form), spacerel("timeline")

    assert (checked.code, read.code) == (1, 3)
    assert harm(checked.out) == set()
    assert harm(read.err) == set()


def test_the_name_of_a_file_does_no_harm(spacerel: Program) -> None:
    name = "a\x1b[2J\u202e.yaml"
    Path(name).write_text("x", encoding="utf-8")

    for words in (
        ("check", name),
        ("check", "-f", "gnu", name),
        ("check", "-f", "github", name),
        ("timeline", "--log", name),
        ("fmt", name),
    ):
        ran = spacerel(*words)
        assert ran.code in (1, 3)
        assert harm(ran.out + ran.err) == set()


def test_a_shell_is_proposed_no_tag_that_it_could_obey(spacerel: Program) -> None:
    cruel = ["$(touch x)", "`touch x`", "\\\\$(touch x)", "a b", "a'b", '\\"a', "a|b", "a&b", "a>b", "*", "!!"]
    spacerel.log.write_text(
        SMALL.replace("tags: [mars]", f"tags: [mars, {', '.join(map(quoted, cruel))}]"), encoding="utf-8"
    )
    for shell, expected in (("bash", ["mars", "science"]), ("zsh", ['_arguments \'*: :(("mars"', '"science"))\''])):
        ran = spacerel(
            env={
                "_SPACEREL_COMPLETE": f"complete_{shell}", "COMP_WORDS": "spacerel timeline --tag ", "COMP_CWORD": "3",
                "_TYPER_COMPLETE_ARGS": "spacerel timeline --tag ",
            }
        )  # fmt: skip
        assert ran.out.splitlines() == expected
    assert set(spacerel("tags", "--fields", "tag").ids) >= {"$(touch x)", "`touch x`"}


@pytest.mark.parametrize("sign", ["\U0001f680\u200b", "\u200b\U000e0041", '"\\\u200b', "a\u202eb"])
def test_what_is_written_into_a_log_comes_back(sign: str) -> None:
    event = {
        "id": "x",
        "date": "2022",
        "title": sign,
        "summary": sign,
        "act": "context",
        "parties": ["esa"],
        "sources": [],
    }
    text = "\n".join(["spacerel: 1", "events:", *writing.laid_out("events", event), ""])
    found, _ = log.problems(["x"], {"x": text.encode()})

    assert found is not None
    assert (found.events[0].title, found.events[0].summary) == (sign, sign)
