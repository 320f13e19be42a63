"""spacerel fmt: a log in its canonical layout."""

import sys
from typing import Annotated

import typer

from spacerel import writing
from spacerel.errors import Exit
from spacerel.files import STDIN, content, paths_of


def fmt(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Files of a log; - is standard input, to standard output. Default: SPACEREL_LOG, else the shipped log.",
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; name the files that would change, with exit code 1.")
    ] = False,
) -> None:
    """Lay a log out in the canonical way: order of keys, quotes, line lengths. Meaning and comments stay.

    Example: spacerel fmt mine.yaml
    """
    changed = [path for path in dict.fromkeys(paths_of(files or ())) if _lay_out(path, check)]
    if check and changed:
        raise typer.Exit(Exit.FINDINGS)


def _lay_out(path: str, check: bool) -> bool:
    """Lay one file out; says whether that changes it."""
    if path == STDIN:
        before = sys.stdin.buffer.read()
        after = writing.canonical(path, before)
        if check and after != before:
            sys.stderr.write("Standard input would be laid out anew.\n")
        if not check:
            sys.stdout.flush()
            sys.stdout.buffer.write(after)
        return after != before
    if check:
        before = content(path)
        after = writing.canonical(path, before)
        if after != before:
            sys.stderr.write(f"{path} would be laid out anew. Do it: spacerel fmt {path}\n")
        return after != before
    target = writing.writable(path)
    with writing.locked(target):
        before = content(str(target))
        after = writing.canonical(path, before)
        if after != before:
            writing.replace(target, after, before)
            sys.stderr.write(f"Laid out {path} anew.\n")
    return after != before
