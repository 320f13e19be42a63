"""spacerel import: other people's rows, or spacerel's own, as a log."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates, writing
from spacerel import log as reader
from spacerel.errors import DataError, Exit, UsageError, unknown
from spacerel.exports.csv import unguarded
from spacerel.fields import TOP
from spacerel.files import content
from spacerel.model import Log
from spacerel.problems import EXPLANATIONS

_EVENT: Any = TOP.fields["events"].mapping
_DERIVED = ("date_start", "date_end", "precision", "against", "line")
"""Columns of spacerel's own exports that follow from others."""
_OWN = ("outcome_date", "outcome_event", "source_urls", "source_publishers", *_DERIVED)
_KEYS = (*_EVENT.fields, "source_urls", "source_publishers", "outcome_date", "outcome_event")
_GUARDED = frozenset(_KEYS) - {"date", "end", "known", "due", "term_end", "outcome_date"}


class _Row(NamedTuple):
    """A row as it was read: where it stands, its values by key of the format, and those that have no key."""

    where: str
    values: dict[str, Any]
    others: dict[str, str]


def import_(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A CSV file (.csv) or JSON lines (.jsonl).")],
    map: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=KEY", help="A column of the file that is a key of an event: Datum=date."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Begin this log. Default: standard output.")
    ] = None,
    log: Annotated[
        list[str] | None,
        typer.Option("--log", metavar="FILE", help="The log in use.  [default: SPACEREL_LOG, else the shipped log]"),
    ] = None,
) -> None:
    """Rows of a table as a log: CSV or JSON lines, spacerel's own or other people's with --map.

    Actors and partnerships that the rows name are taken from the log in use. A row that cannot be read is named, and
    stands in the new log as a comment; then the exit code is 1. Sources from a CSV have their address for a title.

    Example: spacerel import theirs.csv --map Datum=date --map What=title -o mine.yaml
    """
    rows = list(_rows(file, _mapped(map or [])))
    text, wrong = _log(rows, reader.read(log or ()))
    for message in wrong:
        sys.stderr.write(f"{message}\n")
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
    read = f"{len(rows) - len(wrong)} of {len(rows)} rows read"
    sys.stderr.write(f"{read}{f', written to {output}. Next: spacerel check {output}' if output else ''}.\n")
    if wrong:
        raise typer.Exit(Exit.FINDINGS)


def _mapped(pairs: list[str]) -> dict[str, str]:
    found = {}
    for pair in pairs:
        column, equals, key = pair.rpartition("=")
        if not equals or not column:
            raise UsageError(f'--map takes COLUMN=KEY, not "{pair}".')
        if key not in _KEYS:
            raise unknown("key", key, _KEYS, f"{', '.join(_KEYS)}.")
        found[column] = key
    return found


def _rows(file: str, mapped: Mapping[str, str]) -> Iterator[_Row]:
    try:
        text = content(file).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{file} is not UTF-8 text.") from error
    if file.endswith((".jsonl", ".ndjson", ".json")):
        yield from _json_rows(text, mapped)
        return
    import csv
    import io

    table = csv.reader(io.StringIO(text, newline=""))
    header = next(table, [])
    keys = [mapped.get(column, column) for column in header]
    missing = [column for column in mapped if column not in header]
    if missing:
        raise unknown("column", missing[0], header, f"{', '.join(header)}.")
    if not set(keys) & set(_EVENT.fields):
        raise DataError(f"no column of {file} is a key of an event. Say which is which: --map COLUMN=KEY")
    own = {"date_start", "source_urls"} <= set(header)
    for cells in table:
        if cells:
            named = dict(zip(keys, cells, strict=False))
            extra = {f"column {number + 1}": cell for number, cell in enumerate(cells) if number >= len(keys)}
            if own:
                named = {key: unguarded(cell) if key in _GUARDED else cell for key, cell in named.items()}
            yield _row(f"line {table.line_num}", {**named, **extra})


def _json_rows(text: str, mapped: Mapping[str, str]) -> Iterator[_Row]:
    import json

    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            yield _Row(f"line {number}", {}, {"line": line})
            continue
        yield _row(f"line {number}", {mapped.get(key, key): value for key, value in found.items()})


def _row(where: str, named: Mapping[str, Any]) -> _Row:
    """The row's values as the format has them."""
    given = {key: value for key, value in named.items() if value not in ("", None, [], {})}
    values = {key: value for key, value in given.items() if key in _EVENT.fields}
    others = {key: str(value) for key, value in given.items() if key not in _EVENT.fields and key not in _OWN}
    for key, value in values.items():
        if isinstance(value, str) and _EVENT.fields[key].shape in ("list", "either"):
            values[key] = value.split(";")
    end = given.get("date_end")
    if end and "end" not in values and "date" in values:
        # The last day of the date itself says nothing of its own.
        with suppress(ValueError):
            values |= {} if dates.last_day(values["date"]) == end else {"end": end}
    if isinstance(values.get("outcome"), str):
        parts = {"status": values["outcome"], "date": given.get("outcome_date"), "event": given.get("outcome_event")}
        values["outcome"] = {key: value for key, value in parts.items() if value}
    if values.get("modality") == "done":
        del values["modality"]
    addresses = _list(given.get("source_urls"))
    publishers = _list(given.get("source_publishers"))
    if "sources" not in values and addresses and len(addresses) == len(publishers):
        values["sources"] = [
            {"title": address, "publisher": publisher, "url": address}
            for address, publisher in zip(addresses, publishers, strict=True)
        ]
    return _Row(where, {key: values[key] for key in _EVENT.fields if key in values}, others)


def _list(value: Any) -> list[str]:
    return value.split(";") if isinstance(value, str) else list(value or ())


def _log(rows: list[_Row], known: Log) -> tuple[str, list[str]]:
    """The text of a log with the rows, and a sentence for each that could not be read."""
    laid = [_lines(row) for row in rows]
    wrong = _faults(laid)
    actors, partnerships = _named([row for number, row in enumerate(rows) if number not in wrong], known)
    lines = ["spacerel: 1"]
    for kind, records in (("actors", actors), ("partnerships", partnerships)):
        if records:
            lines += ["", f"{kind}:"]
        for record in records:
            values = {key: value for key, value in record._asdict().items() if key not in ("file", "line")}
            if "ids" in values:
                values["ids"] = dict(values["ids"])
            lines += writing.laid_out(kind, values)
    lines += ["", "events:"]
    for number, (row, record) in enumerate(zip(rows, laid, strict=True)):
        lines += [""] if number else []
        if number in wrong:
            lines.append(_comment(f"{row.where} could not be read: {wrong[number]}"))
            lines += [_comment(f"{key}: {value}") for key, value in (*row.values.items(), *row.others.items())]
        else:
            lines += [_comment(f"{key}: {value}") for key, value in row.others.items()]
            lines += record
    return "\n".join([*lines, ""]), [f"{rows[number].where}: {message}" for number, message in wrong.items()]


def _comment(text: str) -> str:
    return "# " + "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def _lines(row: _Row) -> list[str]:
    # A value of a shape that the format does not have is left for the reader to name.
    return writing.laid_out("events", row.values) if row.values else ["- {}"]


def _faults(laid: list[list[str]]) -> dict[int, str]:
    """What the reader says of each record that it cannot take, by the number of its row."""
    lines, first = ["spacerel: 1", "events:"], []
    for record in laid:
        first.append(len(lines) + 1)
        lines += record
    _, problems = reader.problems(["rows"], {"rows": "\n".join([*lines, ""]).encode("utf-8", "replace")})
    found: dict[int, str] = {}
    for problem in problems:
        if problem.severity == "error" and problem.code in EXPLANATIONS:
            import bisect

            number = bisect.bisect_right(first, problem.place.line) - 1
            found.setdefault(max(0, number), problem.message)
    return dict(sorted(found.items()))


def _named(rows: list[_Row], known: Log) -> tuple[list[Any], list[Any]]:
    """The actors and partnerships of the log in use that the rows name, with what these name in turn."""
    ids: dict[str, None] = {}
    partnerships: dict[str, None] = {}
    for row in rows:
        for key in ("parties", "by", "scope"):
            ids |= dict.fromkeys(_list(row.values.get(key)))
        for key in ("partnership", "replaces"):
            partnerships |= dict.fromkeys(_list(row.values.get(key)))
    found = [one for key, one in known.partnerships.items() if key in partnerships]
    for one in found:
        ids |= dict.fromkeys(one.parties)
    for key in list(ids):
        if key in known.actors:
            ids |= dict.fromkeys(known.lineage(key))
    return [one for key, one in known.actors.items() if key in ids], found
