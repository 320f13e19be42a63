"""spacerel explore: the log to walk through."""

import os
import sys

import typer

from spacerel.delivery import ascii_only
from spacerel.errors import UsageError
from spacerel.query import Query


def explore(query: Query) -> None:
    """Walk through the log: a list of steps, what is known of each, along its causes and consequences.

    Needs the extra: pip install 'spacerel[explore]'. The line above the list filters as one types: words to be found, and
    FILTER:VALUE as the options have them, such as agency:esa date:2022 -act:context. The ? key tells of the others.
    Example: spacerel explore --agency roscosmos --period 2022
    """
    if not _at_a_terminal():
        raise UsageError("explore needs a terminal. What goes into a pipe or a file: spacerel timeline")
    query.events()  # A filter that is wrong is told before the screen changes.
    try:
        from spacerel.commands._explorer import Explorer
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "textual":
            raise
        raise UsageError("explore needs Textual. Install it with: pip install 'spacerel[explore]'") from None
    # The environment is the only way to tell Textual of colour.
    os.environ.pop("NO_COLOR", None)
    if not query.color:
        os.environ["NO_COLOR"] = "1"
    app = Explorer(Query({**query.options, "ascii": ascii_only(query, sys.stdout)}))
    app.run()
    if app.return_code:
        raise typer.Exit(app.return_code)


def _at_a_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
