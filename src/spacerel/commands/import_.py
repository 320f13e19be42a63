"""spacerel import: other people's rows, or spacerel's own, as a log."""

import bisect
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from spacerel import imports, writing
from spacerel import log as reader
from spacerel.errors import Exit, UsageError
from spacerel.files import content, shown_name
from spacerel.imports import Row
from spacerel.model import Log
from spacerel.problems import EXPLANATIONS


def import_(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="CSV, JSON lines, FollowTheMoney or TimelineJS; - is standard input.")
    ],
    map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=KEY", help="A column of the file that is a key of an event: Datum=date."),
    ] = None,
    default: Annotated[
        list[str] | None,
        typer.Option("--default", metavar="KEY=VALUE", help="What rows are taken to say that say nothing: act=talk."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Begin this log. Default: standard output.")
    ] = None,
    log: Annotated[
        list[str] | None,
        typer.Option("--log", metavar="FILE", help="The log in use.  [default: SPACEREL_LOG, else the shipped log]"),
    ] = None,
) -> None:
    """Rows of another program's file as a log.

    CSV and JSON lines, spacerel's own or other people's with --map; entities of FollowTheMoney (JSON lines); the spreadsheet
    of TimelineJS (CSV).

    Actors and partnerships that the rows name are taken from the log in use. A row without an id has one made of its
    title. What the format has no key for stands in a comment above its record. A row that cannot be read is named, and
    stands in the new log as a comment; then the exit code is 1. Sources from a CSV have their address for a title.

    FollowTheMoney and TimelineJS have no acts and no confidence: their events are context, confidence low, unless they or
    --default say more.

    Example: spacerel import theirs.csv --map Datum=date --map What=title --default confidence=low -o mine.yaml
    """
    given = imports.pairs("--map", map or []), imports.pairs("--default", default or [])
    known = reader.read(log or ())
    rows = imports.rows(shown_name(file), content(file), *given, known)
    text, wrong = _log(rows, known)
    if output is None:
        sys.stdout.write(text)
    else:
        try:
            with output.open("x", encoding="utf-8", newline="\n") as out:
                out.write(text)
        except FileExistsError:
            raise UsageError(f"{output} exists. Name another file") from None
        except OSError as error:
            raise UsageError(f"cannot write {output}: {error.strerror or error}.") from error
    for message in wrong:
        sys.stderr.write(f"{message}\n")
    read = f"{len(rows) - len(wrong)} of {len(rows)} rows read"
    sys.stderr.write(f"{read}{f', written to {output}. Next: spacerel check {output}' if output else ''}.\n")
    if wrong:
        raise typer.Exit(Exit.FINDINGS)


def _log(rows: list[Row], known: Log) -> tuple[str, list[str]]:
    """The text of a log with the rows, and a sentence for each that could not be read."""
    laid = [[] if row.wrong or not row.kind else writing.laid_out(row.kind, row.values) or ["- {}"] for row in rows]
    wrong = _faults(rows, laid)
    read = [row for number, row in enumerate(rows) if number not in wrong]
    actors, partnerships = _named(read, known)
    lines = ["spacerel: 1"]
    for kind, records in (("actors", actors), ("partnerships", partnerships)):
        own = [number for number, row in enumerate(rows) if row.kind == kind and number not in wrong]
        if records or own:
            lines += ["", f"{kind}:"]
        for record in records:
            values = {key: value for key, value in record._asdict().items() if key not in ("file", "line")}
            if "ids" in values:
                values["ids"] = dict(values["ids"])
            lines += writing.laid_out(kind, values)
        for number in own:
            lines += [*_comments(rows[number]), *laid[number]]
    events = [number for number, row in enumerate(rows) if row.kind == "events" or number in wrong]
    lines += ["", "events:" if any(number not in wrong for number in events) else "events: []"]
    for place, number in enumerate(events):
        row = rows[number]
        lines += [""] if place else []
        if number in wrong:
            lines.append(_comment(f"{row.where} could not be read: {wrong[number]}"))
            lines += [_comment(f"{key}: {value}") for key, value in row.values.items()]
        lines += [*_comments(row), *([] if number in wrong else laid[number])]
    return "\n".join([*lines, ""]), [f"{rows[number].where}: {message}" for number, message in wrong.items()]


def _comments(row: Row) -> list[str]:
    return [_comment(f"{key}: {value}") for key, value in row.others.items()]


def _comment(text: str) -> str:
    return "# " + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _faults(rows: list[Row], laid: list[list[str]]) -> dict[int, str]:
    """Why a row cannot be taken, in the words of the reader, by its number."""
    found = {number: row.wrong or _no_text(row.values) for number, row in enumerate(rows)}
    found = {number: message for number, message in found.items() if message}
    lines, first, begins = ["spacerel: 1"], [], []
    for kind in ("actors", "partnerships", "events"):
        numbers = [number for number, row in enumerate(rows) if row.kind == kind and number not in found]
        lines += [f"{kind}:"] if numbers else []
        for number in numbers:
            first.append(number)
            begins.append(len(lines) + 1)
            lines += laid[number]
    _, problems = reader.problems(["rows"], {"rows": "\n".join([*lines, ""]).encode()})
    for problem in problems:
        if problem.severity == "error" and problem.code in EXPLANATIONS and begins:
            number = bisect.bisect_right(begins, problem.place.line) - 1
            found.setdefault(first[max(0, number)], problem.message)
    return dict(sorted(found.items()))


def _no_text(values: Mapping[str, Any]) -> str:
    """What JSON can hold and text cannot."""
    try:
        json.dumps(values, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        return f"half a character, U+{ord(error.object[error.start]):04X}"
    return ""


def _named(rows: list[Row], known: Log) -> tuple[list[Any], list[Any]]:
    """The actors and partnerships of the log in use that the rows name and are not, with what these name in turn."""
    there = {kind: {row.values["id"] for row in rows if row.kind == kind} for kind in ("actors", "partnerships")}
    ids: dict[str, None] = {}
    partnerships: dict[str, None] = {}
    for row in rows:
        for key in ("parties", "by", "scope", "predecessor"):
            ids |= dict.fromkeys(_list(row.values.get(key)))
        for key in ("partnership", "replaces"):
            partnerships |= dict.fromkeys(_list(row.values.get(key)))
    named = [one for key, one in known.partnerships.items() if key in partnerships and key not in there["partnerships"]]
    for one in named:
        ids |= dict.fromkeys(one.parties)
    for key in list(ids):
        if key in known.actors:
            ids |= dict.fromkeys(known.lineage(key))
    return [one for key, one in known.actors.items() if key in ids and key not in there["actors"]], named


def _list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or ())
