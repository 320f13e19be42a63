"""The filters of a command line as a line of words, such as `rover agency:esa date:2022 -act:context`."""

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from spacerel.errors import UsageError, unknown
from spacerel.options import FILTERS

FLAGS = ("on_this_day", "strict_dates", "known")
"""Shared options that no word stands for."""
_SINGLE = ("since", "until", "period", "as_of")
FIELDS: Mapping[str, str] = {
    **{name.rstrip("_").replace("_", "-"): name for name in FILTERS if name not in (*FLAGS, "exclude")},
    "date": "period",
}
"""What a person types before the colon -> the shared option."""
IN_WORDS = frozenset((*FIELDS.values(), "exclude"))
"""The shared options that a line of words sets."""
NARROWING = (IN_WORDS - {"as_of"}) | {"on_this_day", "strict_dates"}
"""Those that leave steps out, where --as-of shows them as they were then."""
_WORD = re.compile(r'(?:(-?)([\w-]+):)?(?:"([^"]*)"|(\S+))?')


def asked(text: str) -> dict[str, Any]:
    """The shared options that a line of words stands for: `rover agency:esa date:2022 -act:context`.

    Words are one text to be found, each text in quotes is a further one. Raises UsageError for a filter that there is none
    of, and for an open quote.
    """
    if text.count('"') % 2:
        raise UsageError("a quotation mark is still open.")
    found: dict[str, Any] = {}
    words: list[str] = []
    texts: list[str] = []
    for minus, name, quoted, plain in _WORD.findall(text):
        value = quoted or plain
        field = FIELDS.get(name.casefold())
        if name and field is None:
            raise unknown("filter", name, FIELDS, f"{', '.join(FIELDS)}.")
        if not value:
            continue  # It is still to be typed.
        if field is None:
            (texts if quoted else words).append(value)
        elif minus:
            found.setdefault("exclude", []).append(f"{name}:{value}")
        elif field in _SINGLE:
            found[field] = value
        else:
            found.setdefault(field, []).append(value)
    texts += [" ".join(words)] if words else []
    if texts:
        found["grep"] = [*found.get("grep", []), *texts]
    return found


def told(options: Mapping[str, Any]) -> str:
    """The line of words for shared options; `asked` reads it."""
    words = []
    for name, field in FIELDS.items():
        if name not in ("date", "grep"):
            words += [f"{name}:{_quoted(value)}" for value in _several(options.get(field))]
    for text in _several(options.get("exclude")):
        name, _, value = text.partition(":")
        words.append(f"-{name.strip()}:{_quoted(value.strip())}")
    texts = _several(options.get("grep"))
    plain = len(texts) == 1 and ":" not in texts[0] and texts[0].split() == texts[0].split(" ")
    return " ".join([*words, *(texts if plain else (f'"{text}"' for text in texts))])


def _quoted(value: str) -> str:
    return f'"{value}"' if any(sign.isspace() for sign in value) else value


def command(options: Mapping[str, Any]) -> str:
    """The command line that lists the same steps."""
    words = ["spacerel", "timeline"]
    for name in (*FILTERS, "today", "log"):
        option = f"--{name.rstrip('_').replace('_', '-')}"
        if options.get(name) is True:
            words.append(option)
        else:
            words += [part for value in _several(options.get(name)) for part in (option, value)]
    return shlex.join(words)


def _several(value: str | Sequence[str] | None) -> Sequence[str]:
    return [value] if isinstance(value, str) else value or []
