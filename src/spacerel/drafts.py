"""Files that are written whole or not at all."""

import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from spacerel.errors import UsageError
from spacerel.files import followed


@contextmanager
def draft(path: Path, over: bool, last_look: Callable[[], None] = lambda: None) -> Iterator[IO[bytes]]:
    """What is written into it takes its place at `path` when the block ends, and vanishes where the block raises.

    What a link points to is replaced, not the link; a file that is written over keeps its mode. `last_look` is called when
    all is written, and may still stop it by raising. Raises UsageError where a file exists and `over` is not set, OSError
    where it cannot be written.
    """
    target = followed(path)
    unfinished = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    out = unfinished.open("xb")
    try:
        with out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        last_look()
        if over:
            if target.exists():
                unfinished.chmod(target.stat().st_mode & 0o7777)
            unfinished.replace(target)
        else:
            _link(unfinished, target, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _link(unfinished: Path, target: Path, path: Path) -> None:
    """Unlike a rename, a hard link fails where somebody else made the file meanwhile."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise exists(path) from None


@contextmanager
def as_text(out: IO[bytes]) -> Iterator[TextIO]:
    """What is written into it goes on as UTF-8, with its own line ends, into a file that stays open."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        yield text
    finally:
        text.detach()


def exists(path: str | Path) -> UsageError:
    """Says that a file is not written over unless that is asked for."""
    return UsageError(f"{path} exists. Write over it with --force")
