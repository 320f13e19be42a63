"""spacerel export: the chosen events for another program."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from spacerel import exports
from spacerel.errors import UsageError
from spacerel.query import Query


def _in_short(word: str) -> str:
    about = " ".join(exports.about(word).split())
    return f"{word}: {about.partition(': ')[0].partition('. ')[0]}. Not: {about.rpartition('cannot carry: ')[2]}"


_FORMATS = exports.names()
# The help keeps paragraphs: a line on each format, and what its own docstring says it cannot carry.
_HELP = "\n\n".join([f"One of {', '.join(_FORMATS)}.", *map(_in_short, _FORMATS)])


def export(
    query: Query,
    format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help=_HELP, autocompletion=lambda: _FORMATS),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write here (datapackage: a folder). Default: standard output."
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over an existing file.")] = False,
    stdout: Annotated[bool, typer.Option("--stdout", help="Write to standard output (the default).")] = False,
    about: Annotated[bool, typer.Option("--about", help="Say what FORMAT is for and what it cannot carry.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="csv: begin with a byte order mark, for Excel.")] = False,
    no_guard: Annotated[
        bool, typer.Option("--no-guard", help="csv: leave texts alone that a spreadsheet takes for formulas.")
    ] = False,
    delimiter: Annotated[
        str | None, typer.Option("--delimiter", metavar="SIGN", help="csv: what parts the cells. Default: a comma.")
    ] = None,
) -> None:
    """The chosen events for another program: spreadsheet, calendar, database, graph or timeline.

    All filters choose. What a format is for and what it cannot carry: spacerel export FORMAT --about. Example:
    spacerel export csv --agency roscosmos --since 2022 -o out.csv
    """
    if about:
        exports.named(format)
        print(exports.about(format))  # noqa: T201
        return
    if stdout and output is not None:
        raise UsageError("--stdout and -o name two places. Choose one.")
    chosen: dict[str, Any] = {"bom": True} if bom else {}
    if no_guard:
        chosen["guard"] = False
    if delimiter is not None:
        chosen["delimiter"] = delimiter
    asked = {name: value for name, value in query.filters._asdict().items() if value}
    known = {
        "as_of": query.as_of,
        "seen_on": query.as_of if query.as_of_asked else None,
        "today": query.today,
        "query": asked,
    }
    options = exports.wanted(format, known, chosen)
    events = query.events()
    if output is None:
        exports.to_stdout(format, query.log, events, options)
    else:
        sys.stderr.write(exports.to_file(format, query.log, events, output, force, options) + "\n")
