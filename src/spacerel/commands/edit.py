"""spacerel edit: a record of the log in the editor."""

import os
import shlex
import subprocess
import sys
from typing import Annotated

import typer

from spacerel import log, options, writing
from spacerel.errors import Exit, UsageError, unknown
from spacerel.files import STDIN, paths_of
from spacerel.model import Actor, Event, Partnership


def edit(
    record: Annotated[
        str,
        typer.Argument(metavar="ID", help="An event, a partnership or an actor.", autocompletion=options.record_ids),
    ],
    file: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The log. Default: SPACEREL_LOG, else the shipped log.")
    ] = None,
) -> None:
    """Open the editor ($VISUAL, else $EDITOR) at a record, and check the log afterwards. Exit code 1 where it has errors.

    Example: EDITOR=nano spacerel edit esa-suspends-exomars-rover mine.yaml
    """
    paths = list(paths_of([file] if file is not None else ()))
    if STDIN in paths:
        raise UsageError("standard input cannot be edited. Name a file")
    known, problems = log.problems(paths)
    # A log with errors is what one opens an editor for; only one that cannot be read to its end has no records.
    records: list[Event | Partnership | Actor] = []
    if known is not None:
        records += [*known.events, *known.partnerships.values(), *known.actors.values()]
    found = next((one for one in records if one.id == record), None)
    if found is None and known is not None:
        raise unknown("id", record, [one.id for one in records], "spacerel show --help")
    place = (found.file, found.line) if found is not None else (problems[0].place.file, problems[0].place.line)
    target = writing.writable(place[0])
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = [*shlex.split(command), f"+{place[1]}", str(target)]
        ended = subprocess.run(words, check=False).returncode  # noqa: S603 - the person's own editor
    except (OSError, ValueError) as error:
        raise UsageError(
            f'cannot start the editor "{command}": {getattr(error, "strerror", None) or error}.'
        ) from error
    if ended:
        raise UsageError(f'the editor "{command}" ended with exit code {ended}.')
    _, problems = log.problems(paths)
    errors = [problem for problem in problems if problem.severity == "error"]
    for problem in errors:
        sys.stderr.write(f"{problem.place.file}:{problem.place.line}: {problem.message}\n")
    if errors:
        sys.stderr.write(f"The log has errors now. Mend them: spacerel check {' '.join(paths)}\n")
        raise typer.Exit(Exit.FINDINGS)
