"""spacerel check: everything that is wrong with a log, each with its place."""

import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from inspect import cleandoc
from typing import Annotated, NamedTuple

import typer

from spacerel import checks, log
from spacerel.errors import Exit, UsageError, suggestion, unknown
from spacerel.files import paths_of
from spacerel.problems import EXPLANATIONS, Place, Problem

_WIDEST = 110
"""Columns of a source line that are shown; a longer one is cut around the place."""
_ESCAPED = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_ESCAPED_PROPERTY = _ESCAPED | str.maketrans({":": "%3A", ",": "%2C"})


class _Report(NamedTuple):
    problems: Sequence[Problem]
    files: tuple[str, ...]
    events: int | None
    seconds: float

    def number(self, severity: str) -> int:
        return sum(problem.severity == severity for problem in self.problems)


def check(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files of one log; - is standard input. Default: SPACEREL_LOG, else the shipped log.",
        ),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", metavar="FORMAT", help="text, gnu, json or github.")
    ] = "text",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODE", help="Only these codes: E012, or E or W1 for all that begin so."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", metavar="CODE", help="All codes but these.")] = None,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="CODE", help="Say what a code means; all lists them.")
    ] = None,
) -> None:
    """Check a log: every problem in one run, with its place. Exit code 1 where there are errors.

    Examples: spacerel check mine.yaml, spacerel check --format github mine.yaml, spacerel check --explain E012
    """
    if explain is not None:
        _print(explained(explain))
        return
    if format not in _FORMATS:
        raise unknown("format", format, _FORMATS, f"{', '.join(_FORMATS)}.")
    wanted, unwanted = _prefixes(select), _prefixes(ignore)
    paths = paths_of(files or ())
    begun = time.perf_counter()
    found, problems = log.problems(paths)
    seconds = time.perf_counter() - begun
    shown = [
        problem
        for problem in problems
        if (not wanted or problem.code.startswith(wanted)) and not (unwanted and problem.code.startswith(unwanted))
    ]
    names = found.files if found else tuple(dict.fromkeys(paths))
    report = _Report(shown, names, len(found.events) if found else None, seconds)
    for text in _FORMATS[format](report):
        _print(text)
    if report.number("error") or (strict and shown):
        raise typer.Exit(Exit.FINDINGS)


def codes() -> dict[str, str]:
    """Every code and its explanation, whose first line is its title."""
    rules = {code: cleandoc(rule.__doc__ or "") for rule, code in checks.RULES.items()}
    return dict(sorted({**{code: cleandoc(text) for code, text in EXPLANATIONS.items()}, **rules}.items()))


def explained(code: str) -> str:
    """What a code means, with a wrong and a right example; of `all`, the list of codes."""
    known = codes()
    if code.casefold() == "all":
        return "\n".join(f"{code}  {text.partition(chr(10))[0]}" for code, text in known.items())
    text = known.get(code.upper())
    if text is None:
        raise unknown("code", code, known, "spacerel check --explain all")
    title, _, rest = text.partition("\n")
    return f"{'warning' if code.upper().startswith('W') else 'error'}[{code.upper()}]: {title}\n{rest}"


def _prefixes(values: Sequence[str] | None) -> tuple[str, ...]:
    prefixes = tuple(part.strip().upper() for value in values or () for part in value.split(",") if part.strip())
    known = codes()
    for prefix in prefixes:
        if not any(code.startswith(prefix) for code in known):
            near = suggestion(prefix, known)
            raise UsageError(
                f'unknown code "{prefix}"{f", {near}" if near else "."} All of them: spacerel check --explain all'
            )
    return prefixes


def _text(report: _Report) -> Iterator[str]:
    for problem in report.problems:
        yield "\n".join(_drawn(problem))
    if report.problems:
        first = next((found for found in report.problems if found.severity == "error"), report.problems[0])
        yield f"{_counted(report)} Explain a code: spacerel check --explain {first.code}"
    else:
        yield _counted(report)


def _counted(report: _Report) -> str:
    numbers = [_plural(report.number(severity), severity) for severity in ("error", "warning")]
    what = ", ".join(number for number in numbers if not number.startswith("0 ")) or "No errors, no warnings"
    events = "" if report.events is None else f", {_plural(report.events, 'event')}"
    return f"{what} in {_plural(len(report.files), 'file')}{events} ({report.seconds:.2f} s)."


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _drawn(problem: Problem) -> Iterator[str]:
    """A problem with its line of the log, a caret under it, and the line in which its record begins."""
    place, record = problem.place, problem.record
    gutter = len(str(max(place.line, record.line if record else 0)))
    yield f"{problem.severity}[{problem.code}]: {_visible(problem.message)}"
    yield f"{' ' * gutter}--> {_visible(place.file)}:{place.line}:{place.column}"
    yield f"{' ' * gutter} |"
    if record is not None:
        yield f"{record.line:>{gutter}} | {_window(record, 0)[0]}".rstrip()
    line, before, marked = _window(place, problem.length)
    yield f"{place.line:>{gutter}} | {line}".rstrip()
    yield f"{' ' * gutter} | {' ' * before}{'^' * max(1, marked)}{f' {_visible(problem.hint)}' if problem.hint else ''}"


def _window(place: Place, length: int) -> tuple[str, int, int]:
    """What is shown of a source line, the columns before the place in it, and the columns that the place takes."""
    text, column = place.text, place.column - 1
    first = 0 if len(text) <= _WIDEST else max(0, min(column - _WIDEST // 4, len(text) - _WIDEST))
    cut = text[first : first + _WIDEST]
    lead, tail = "..." if first else "", "..." if first + _WIDEST < len(text) else ""
    before = lead + _visible(cut[: column - first])
    marked = _visible(cut[column - first : column - first + length])
    return lead + _visible(cut) + tail, _columns(before), _columns(marked)


def _visible(text: str) -> str:
    """The text with everything that a screen would not show, or obey, written out."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _columns(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _gnu(report: _Report) -> Iterator[str]:
    for problem in report.problems:
        place, hint = problem.place, f", {problem.hint}" if problem.hint else ""
        told = _visible(f"{problem.message}{hint}")
        yield f"{_visible(place.file)}:{place.line}:{place.column}: {problem.severity}: {told} [{problem.code}]"


def _github(report: _Report) -> Iterator[str]:
    for problem in report.problems:
        place = problem.place
        where = f"file={_visible(place.file).translate(_ESCAPED_PROPERTY)},line={place.line},col={place.column}"
        end = f"endColumn={place.column + problem.length},title={problem.code}"
        message = f"{problem.message}{f' ({problem.hint})' if problem.hint else ''}"
        yield f"::{problem.severity} {where},{end}::{_visible(message).translate(_ESCAPED)}"


def _json(report: _Report) -> Iterator[str]:
    import json

    rows = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "length": problem.length,
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in report.problems
    ]
    whole = {
        "spacerel": 1,
        "command": "check",
        "files": list(report.files),
        "events": report.events,
        "errors": report.number("error"),
        "warnings": report.number("warning"),
        "count": len(rows),
        "rows": rows,
    }
    yield json.dumps(whole, indent=2, ensure_ascii=False)


_FORMATS: dict[str, Callable[[_Report], Iterator[str]]] = {"text": _text, "gnu": _gnu, "json": _json, "github": _github}


def _print(text: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")
