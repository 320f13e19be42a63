"""The format's own table: the keys of every mapping of a log, how the value of each is read, and what is wrong with it."""

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from spacerel.dates import fault
from spacerel.errors import quoted, suggestion
from spacerel.model import (
    ACTOR_TYPES,
    ACTS,
    CONFIDENCES,
    KINDS,
    MODALITIES,
    OUTCOMES,
    TOPICS,
    Actor,
    Event,
    Outcome,
    Partnership,
    Source,
)

_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_ID = re.compile(r"[a-z0-9]++(?:-[a-z0-9]++)*+\Z")
_COUNTRY = re.compile(r"[A-Z]{2}\Z")
FORMAT = "1"
_LONGEST_HINT = 60


class Fault(NamedTuple):
    code: str
    message: str
    hint: str = ""


class Field(NamedTuple):
    """How the value of a key is read.

    `shape` is `one` (a scalar), `list`, `either`, `names` (a mapping of scalars), `part` (a mapping) or `parts` (a list of
    mappings). `read` gives the value that a scalar's text stands for, or what is wrong with it; `mapping` describes a part.
    """

    shape: str
    read: Callable[[str], str | Fault] = lambda text: text
    mapping: "Fields | None" = None


class Fields(NamedTuple):
    """The keys of a mapping, those that it must have, and what it is called in a sentence."""

    noun: str
    fields: Mapping[str, Field]
    required: tuple[str, ...]
    make: Callable[..., Any] | None = None


_EMPTY = Fault("E013", "an empty value", "leave the key out where nothing is known")


def _distinct(fault: Callable[[str], Fault | None]) -> Callable[[str], str | Fault]:
    """Reads texts that hardly ever come twice."""

    def read(text: str) -> str | Fault:
        text = text.strip(" \n")
        return (fault(text) or text) if text else _EMPTY

    return read


def _recurring(fault: Callable[[str], Fault | None]) -> Callable[[str], str | Fault]:
    """Reads texts that come again and again, so each is looked at once and kept once."""

    @lru_cache(4096)
    def read(text: str) -> str | Fault:
        text = text.strip(" \n")
        return (fault(text) or sys.intern(text)) if text else _EMPTY

    return read


def _text(text: str) -> Fault | None:
    if text.isprintable():
        return None
    found = _CONTROL.search(text)
    return Fault("E003", f"control character U+{ord(found[0]):04X} in a value", "take it out") if found else None


def _line(text: str) -> Fault | None:
    if text.isprintable():
        return None
    if "\n" in text:
        return Fault("E011", "more than one line of text", "only summary and note may have paragraphs")
    return _text(text)


def _date(text: str) -> Fault | None:
    wrong = fault(text) if len(text) <= _LONGEST_HINT else f"{quoted(text)} is not a date"
    if wrong is None:
        return None
    if wrong.startswith('"'):
        wrong = f"{quoted(text)} is not a date"
        return Fault("E007", wrong, 'write 2022-03-17, 2022-03 or 2022, with ~ behind it for "about"')
    month = text[:7]
    hint = (
        f'if only the month is known, write "{month}"'
        if fault(month) is None
        else f'write "{text[:4]}" if only the year is known'
    )
    return Fault("E007", wrong, hint if fault(text[:4]) is None else "")


def _id(text: str) -> Fault | None:
    if _ID.match(text):
        return None
    near = re.sub(r"[^a-z0-9]+", "-", text[:_LONGEST_HINT].casefold()).strip("-")
    return Fault(
        "E015", f"{quoted(text)} is not an id", f'ids look like "{near}"' if near else "ids look like esa-joins-iss"
    )


def _item(text: str) -> Fault | None:
    if ";" in text:
        return Fault("E017", f"a semicolon in {quoted(text)}", "make it two values, or use a comma in quotes")
    return _line(text)


def _cited(text: str) -> Fault | None:
    """A source's publisher or address, which tables list beside those of the event's other sources."""
    if ";" in text:
        return Fault("E017", f"a semicolon in {quoted(text)}", "write a comma, or %3B in an address")
    return _line(text)


def _country(text: str) -> Fault | None:
    if _COUNTRY.match(text):
        return None
    return Fault("E015", f"{quoted(text)} is not a country code", "two capital letters, ISO 3166-1 alpha-2")


def _version(text: str) -> Fault | None:
    if text == FORMAT:
        return None
    return Fault(
        "E006", f"{quoted(text)} is not a version of the format that this program reads", f"write spacerel: {FORMAT}"
    )


def _word(what: str, words: Sequence[str]) -> Callable[[str], Fault | None]:
    known = frozenset(words)

    def wrong(text: str) -> Fault | None:
        if text in known:
            return None
        hint = suggestion(text, words) or (f"one of {', '.join(words)}" if len(words) < 11 else "")
        return Fault("E014", f"unknown {what} {quoted(text)}", hint)

    return wrong


_LINE, _TEXT, _LINES = Field("one", _distinct(_line)), Field("one", _distinct(_text)), Field("list", _recurring(_item))
_DATE, _ONE_ID = Field("one", _recurring(_date)), Field("one", _recurring(_id))
_IDS, _ID_OR_IDS = Field("list", _ONE_ID.read), Field("either", _ONE_ID.read)


def _one_of(what: str, words: Sequence[str]) -> Field:
    return Field("one", _recurring(_word(what, words)))


_SOURCE = Fields(
    "a source",
    {
        "title": _LINE,
        "publisher": Field("one", _recurring(_cited)),
        "published": _DATE,
        "url": Field("one", _distinct(_cited)),
        "supports": _LINE,
    },
    ("title", "publisher", "url"),
    Source,
)
_OUTCOME = Fields(
    "an outcome", {"status": _one_of("outcome", OUTCOMES), "date": _DATE, "event": _ONE_ID}, ("status",), Outcome
)
_ACTOR = Fields(
    "an actor",
    {
        "id": _ONE_ID,
        "name": _LINE,
        "short": _LINE,
        "type": _one_of("type of actor", ACTOR_TYPES),
        "country": Field("one", _recurring(_country)),
        "aliases": _LINES,
        "ids": Field("names", _distinct(_line)),
        "predecessor": _ONE_ID,
    },
    ("id", "name", "type"),
    Actor,
)
_PARTNERSHIP = Fields(
    "a partnership",
    {
        "id": _ONE_ID,
        "name": _LINE,
        "parties": _IDS,
        "kind": _one_of("kind of partnership", KINDS),
        "programme": _LINE,
        "topic": _one_of("topic", TOPICS),
        "description": _LINE,
        "opens": _DATE,
    },
    ("id", "name", "parties", "kind", "topic", "description"),
    Partnership,
)
_EVENT = Fields(
    "an event",
    {
        "id": _ONE_ID,
        "date": _DATE,
        "end": _DATE,
        "known": _DATE,
        "title": _LINE,
        "parties": _IDS,
        "by": _ID_OR_IDS,
        "partnership": _ONE_ID,
        "act": _one_of("act", tuple(ACTS)),
        "modality": _one_of("modality", MODALITIES),
        "threatens": _one_of("act", tuple(ACTS)),
        "condition": _LINE,
        "due": _DATE,
        "outcome": Field("part", mapping=_OUTCOME),
        "scope": _ID_OR_IDS,
        "term_end": _DATE,
        "replaces": _ID_OR_IDS,
        "because": _ID_OR_IDS,
        "denies": _ONE_ID,
        "tags": _LINES,
        "summary": _TEXT,
        "note": _TEXT,
        "sources": Field("parts", mapping=_SOURCE),
        "confidence": _one_of("confidence", CONFIDENCES),
    },
    ("id", "date", "title", "parties", "act", "summary", "sources", "confidence"),
    Event,
)
LISTS = ("actors", "partnerships", "events")
TOP = Fields(
    "a log",
    {
        "spacerel": Field("one", _recurring(_version)),
        "actors": Field("parts", mapping=_ACTOR),
        "partnerships": Field("parts", mapping=_PARTNERSHIP),
        "events": Field("parts", mapping=_EVENT),
    },
    ("spacerel",),
)
