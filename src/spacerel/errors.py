"""What can go wrong for the person at the keyboard: one sentence and one exit code each."""

from collections.abc import Iterable, Sequence
from enum import IntEnum

_LONGEST_CITED = 60


class Exit(IntEnum):
    """Exit codes; they are part of the interface and do not change."""

    DONE = 0
    FINDINGS = 1
    USAGE = 2
    DATA = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class SpacerelError(Exception):
    """A sentence for the person, printed as `error: ...`, and the exit code that goes with it."""

    exit_code = Exit.USAGE


class UsageError(SpacerelError):
    """The command line asks for something that does not exist or does not fit together."""


class DataError(SpacerelError):
    """A log cannot be read, or has errors, so no report can be made from it."""

    exit_code = Exit.DATA


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like `word`, or None where nothing comes close."""
    import difflib

    by_folded = {name.casefold(): name for name in known}
    close = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[close[0]] if close else None


def quoted(text: str, longest: int = _LONGEST_CITED) -> str:
    """A text in quotes as a sentence may cite it: not long, and with nothing in it that a screen would obey."""
    if len(text) > longest:
        text = text[: longest - 1] + "…"
    return '"' + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text) + '"'


def enumerated(words: Sequence[str], joint: str = "and") -> str:
    """Words as a sentence lists them: `csv, md and svg`."""
    return f" {joint} ".join(", ".join(words).rsplit(", ", 1))


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean "esa"?`, or nothing where no known word comes close."""
    near = did_you_mean(word, known) if len(word) <= _LONGEST_CITED else None
    return f'did you mean "{near}"?' if near else ""


def unknown(what: str, word: str, known: Iterable[str], where: str = "") -> UsageError:
    """The error for a value that does not exist, with the nearest one that does.

    `where` names the command that lists all values.
    """
    near = did_you_mean(word, known)
    sentence = f'unknown {what} "{word}".'
    if near:
        sentence += f' Did you mean "{near}"?'
    if where:
        sentence += f" All of them: {where}"
    return UsageError(sentence)
