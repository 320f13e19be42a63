"""What a command found, on its way to the reader: the format, the order of rows, the screen, the pager, a file."""

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from spacerel import dates
from spacerel.errors import UsageError, unknown
from spacerel.query import Query, told
from spacerel.table import Table

PIPED_WIDTH = 100
"""Columns of a screen that goes into a pipe or a file."""

_GLYPHS = "●▲‖✕↻◆→←↔–·…"


class Target:
    """Where a table goes and in which format, as far as the command line alone decides it."""

    def __init__(self, query: Query) -> None:
        from spacerel import formats

        asked, self.file = query.options.get("format"), query.options.get("output")
        if query.options.get("json"):
            if asked not in (None, "json"):
                raise UsageError(f"--json and --format {asked} name two formats. Choose one.")
            asked = "json"
        if self.file == "-":
            self.file = None
        if self.file is not None and asked is None:
            asked = formats.for_file(self.file)
        if asked is not None:
            formats.named(asked)
        if query.options.get("force") and self.file is None:
            raise UsageError("--force has no file to write over. Name it with -o FILE.")
        if self.file is not None and os.path.isfile(self.file) and not query.options.get("force"):
            from spacerel.drafts import exists

            raise exists(self.file)
        self.format = asked
        self.color = query.color


def show(table: Table, query: Query, target: Target) -> None:
    """Write a table as the shared options say; where it has no rows, a sentence says what was asked and what there is."""
    from spacerel import formats
    from spacerel.table import Settings

    table = table._replace(query={**query.said, **table.query})
    names = [column.name for column in table.columns if column.data]
    fields = tuple(name.strip() for name in (query.options.get("fields") or "").split(",") if name.strip())
    if fields == ("help",):
        to_stdout(lambda out: out.writelines(f"{name}\n" for name in names))
        return
    for field in (*fields, query.sorted_by):
        if field is not None and field not in names:
            raise unknown("field", field, names, f"spacerel {table.command} --fields help")
    format = target.format or ("text" if sys.stdout.isatty() else query.piped_format)
    if format == "text" and table.draw is not None and table.fixed and not fields:
        for option in ("sort", "reverse"):
            if query.options.get(option):
                raise UsageError(f"--{option} orders rows, and this screen is a drawing. Add --fields or a --format.")
    if not table.rows and not query.options.get("quiet"):
        sys.stderr.write((table.nothing or _nothing(table, query)) + "\n")
    if not table.rows and format in ("text", "md") and target.file is None:
        return
    table = _arranged(table, query)
    write = formats.named(format).write
    if target.file is not None:
        settings = Settings(query.options.get("width") or PIPED_WIDTH, target.color, ascii_only(query, None), fields)
        _to_file(lambda out: write(table, out, settings), target.file, bool(query.options.get("force")))
        if not query.options.get("quiet"):
            rows = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
            sys.stderr.write(f"Wrote {rows} to {target.file}.\n")
        return
    settings = Settings(width_of(query, sys.stdout), target.color, ascii_only(query, sys.stdout), fields)
    if format == "text":
        _to_screen(lambda out: write(table, out, settings), query)
    else:
        to_stdout(lambda out: write(table, out, settings))


def _arranged(table: Table, query: Query) -> Table:
    """The table's rows in the order and number that were asked for."""
    rows = list(table.rows)
    if query.sorted_by is not None:
        value = next(column.value for column in table.columns if column.name == query.sorted_by and column.data)
        known = [(value(row), row) for row in rows]
        rows = [
            row for _, row in sorted((pair for pair in known if pair[0] is not None), key=lambda pair: _rank(pair[0]))
        ]
        rows += [row for found, row in known if found is None]
    if query.options.get("reverse"):
        rows.reverse()
    limit = query.options.get("limit")
    if limit is None or limit >= len(rows):
        return table._replace(rows=rows)
    note = ((f"{limit} of {len(rows)} rows, by --limit", "dim"),)
    return table._replace(rows=rows[:limit], notes=(*table.notes, note))


def _rank(value: object) -> tuple[float, str]:
    """What a value sorts by: numbers by size, before texts in any case."""
    if isinstance(value, (int, float)):
        return value, ""
    from spacerel.table import text_of

    return float("inf"), text_of(value).casefold()


def _nothing(table: Table, query: Query) -> str:
    """`No events match agency nasa, period 1999. The log runs 24 Feb 2022 – 23 Oct 2022.`"""
    nouns = {"timeline": "events", "summary": "events", "broken": "broken partnerships", "matrix": "ties"}
    asked = ", ".join(told(name, value) for name, value in query.said.items() if value and name != "known")
    if query.as_of_asked:
        asked += f"{', ' if asked else ''}as {'known on' if query.known else 'of'} {dates.shown(query.as_of)}"
    noun = nouns.get(table.command, table.command)
    sentence = f"No {noun} match {asked}." if asked else f"There are no {noun}."
    events = query.whole_log.events
    if not events:
        return f"{sentence} The log has no events."
    first = dates.first_day(events[0].date)
    last = max(dates.last_day(event.end or event.date) for event in events)
    return f"{sentence} The log runs {dates.shown(first)} – {dates.shown(last)}."


def width_of(query: Query, stream: TextIO) -> int:
    """Columns of the screen: --width, COLUMNS, those of the terminal, else 100."""
    if query.options.get("width"):
        return int(query.options["width"])
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    return (_terminal(stream)[0] or 80) if stream.isatty() else PIPED_WIDTH


def _terminal(stream: TextIO) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 80, 24


def ascii_only(query: Query, stream: TextIO | None) -> bool:
    """Whether plain signs were asked for, or are all that a stream can carry."""
    if query.options.get("ascii"):
        return True
    try:
        _GLYPHS.encode((stream.encoding if stream is not None else None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


Writing = Callable[[TextIO], object]


def to_stdout(write: Writing) -> None:
    """Data is UTF-8 with its own line ends, whatever the terminal's settings are."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="")
    write(sys.stdout)


def _to_screen(write: Writing, query: Query) -> None:
    """Text for eyes, through the pager where it is longer than the terminal."""
    text = io.StringIO()
    write(text)
    shown = text.getvalue()
    paged = sys.stdout.isatty() and not query.options.get("no_pager")
    if not (paged and shown.count("\n") >= _terminal(sys.stdout)[1] and _paged(shown)):
        sys.stdout.write(shown)


def _paged(text: str) -> bool:
    """Show a text in the pager; False where there is none."""
    import shlex
    import subprocess

    command = os.environ.get("SPACEREL_PAGER", os.environ.get("PAGER", "less -FIRX"))
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words or words == ["cat"]:
        return False
    environ = {"LESS": "FIRX", **os.environ}
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environ)  # noqa: S603 - the person's own pager
    except OSError:
        return False
    assert pager.stdin is not None
    try:
        with pager.stdin:
            pager.stdin.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    except BrokenPipeError:
        pass  # The reader has seen enough.
    while True:
        try:
            pager.wait()
            return True
        except KeyboardInterrupt:
            continue  # Ctrl-C is the pager's; it ends by its own key.


def _to_file(write: Writing, path: str, force: bool) -> None:
    """Write a file whole or not at all; a pipe or device is written to as it is."""
    from spacerel.drafts import as_text, draft

    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "w", encoding="utf-8", newline="") as out:
                write(out)
            return
        with draft(Path(path), force) as file, as_text(file) as out:
            write(out)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}.") from error
