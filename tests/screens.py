"""Command lines run as in a session at a terminal, for the golden screens and the README.

A command line is `spacerel WORDS`, or `spacerel WORDS | cat` for what a pipe gets. The terminal has 100 columns, no colour
and no pager, the working folder is that of the project; the log is the shipped one and today a fixed day, so that a screen changes only with the code or the log.
"""

import io
import os
import shlex
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from spacerel.cli import main

ROOT = Path(__file__).parent.parent
COLUMNS = "100"
TODAY = "2026-09-01"
PIPE = " | cat"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(command_line: str) -> str:
    """What a person sees: both streams as they come, and the exit code in brackets where it is not 0."""
    piped = command_line.endswith(PIPE)
    program, *words = shlex.split(command_line.removesuffix(PIPE))
    assert program == "spacerel", command_line
    today = () if words[:1] == ["help"] else ("--today", TODAY)
    seen = io.StringIO(newline="") if piped else _Terminal(newline="")
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("SPACEREL", "CLICOLOR", "FORCE_"))
    }
    environment = {**kept, "COLUMNS": COLUMNS, "NO_COLOR": "1", "SPACEREL_PAGER": "cat"}
    code: object = 0
    with (
        mock.patch.dict(os.environ, environment, clear=True),
        mock.patch.object(sys, "argv", ["spacerel", *today, *words]),
        chdir(ROOT),
        redirect_stdout(seen),
        redirect_stderr(seen),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
    return seen.getvalue() + (f"[{code:d}]\n" if isinstance(code, int) and code else "")
