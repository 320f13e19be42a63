"""spacerel schema: the log's format for editors and other checkers."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from spacerel import schema as room
from spacerel import writing
from spacerel.errors import UsageError
from spacerel.files import content

NAME = "spacerel.schema.json"


def schema(
    install: Annotated[
        Path | None,
        typer.Option(
            "--install", metavar="FILE", help=f"Write {NAME} beside this log, and a first line in it that names it."
        ),
    ] = None,
) -> None:
    """The format of a log as a JSON Schema: completion, hover and remarks in editors with yaml-language-server.

    Example: spacerel schema --install mine.yaml
    """
    text = json.dumps(room.schema(), indent=2, ensure_ascii=False) + "\n"
    if install is None:
        sys.stdout.write(text)
        return
    target = writing.writable(str(install))
    modeline = f"# yaml-language-server: $schema=./{NAME}"
    with writing.locked(target):
        before = content(str(target))
        try:
            target.with_name(NAME).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(f"cannot write {target.with_name(NAME)}: {error.strerror or error}.") from error
        if modeline.encode() not in before:
            end = b"\r\n" if b"\r\n" in before else b"\n"
            writing.replace(target, modeline.encode() + end + before.removeprefix(b"\xef\xbb\xbf"), before)
    sys.stderr.write(f"Wrote {target.with_name(NAME)}; {install} names it in a line at its head.\n")
