"""spacerel export: the chosen events for another program."""

import sys
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any

import typer

from spacerel import exports
from spacerel.errors import UsageError
from spacerel.query import Query

_FORMATS = exports.names()


def export(
    query: Query,
    format: Annotated[
        str,
        typer.Argument(metavar="FORMAT", help=f"One of {', '.join(_FORMATS)}.", autocompletion=lambda: _FORMATS),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here. Default: standard output.")
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
        print(cleandoc(exports.named(format).__doc__ or ""))  # noqa: T201
        return
    if stdout and output is not None:
        raise UsageError("--stdout and -o name two places. Choose one.")
    chosen: dict[str, Any] = {"bom": True} if bom else {}
    if no_guard:
        chosen["guard"] = False
    if delimiter is not None:
        chosen["delimiter"] = delimiter
    asked = {name: value for name, value in query.filters._asdict().items() if value}
    options = exports.wanted(format, {"as_of": query.as_of, "today": query.today, "query": asked}, chosen)
    events = query.events()
    if output is None:
        exports.to_stdout(format, query.log, events, options)
    else:
        sys.stderr.write(exports.to_file(format, query.log, events, output, force, options) + "\n")
