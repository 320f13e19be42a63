"""The files of a log: which ones are meant, what they are called in messages, and their bytes."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from spacerel.errors import DataError, quoted

STDIN = "-"


def shipped() -> Path:
    """The log that comes with the package; in a checkout it is data/events.yaml."""
    here = Path(__file__).parent
    packaged = here / "events.yaml"
    return packaged if packaged.is_file() else here.parent.parent / "data" / "events.yaml"


def paths_of(paths: Sequence[str] = ()) -> tuple[str, ...]:
    """The files of the log that is meant: those named, else those of SPACEREL_LOG, else the shipped one."""
    if paths:
        return tuple(paths)
    named = tuple(path for path in os.environ.get("SPACEREL_LOG", "").split(os.pathsep) if path)
    return named or (str(shipped()),)


def shown_name(path: str) -> str:
    """A path as messages show it: short where it is below the working folder."""
    if path == STDIN:
        return "<stdin>"
    if os.path.isabs(path):
        try:
            short = os.path.relpath(path)
        except (ValueError, OSError):
            return path
        return path if short.startswith("..") else short
    return path


def followed(path: str | Path) -> Path:
    """The file that a path leads to through its links. Links that go round in a circle lead nowhere, which is no error here."""
    return Path(os.path.realpath(path))


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`. Raises DataError where it cannot be read."""
    shown = quoted(path, longest=4096)
    try:
        if path == STDIN:
            # Where standard input was closed, there is no object for it.
            return sys.stdin.buffer.read() if sys.stdin else b""
        found = Path(path)
        if found.is_dir():
            raise DataError(f"{shown} is a folder; a log is a YAML file.")
        if found.is_char_device() or found.is_block_device():
            raise DataError(f"{shown} is a device; a log is a YAML file, and - is standard input.")
        return found.read_bytes()
    except FileNotFoundError as error:
        raise DataError(f"there is no file {shown}.") from error
    except PermissionError as error:
        raise DataError(f"no permission to read {shown}.") from error
    except (OSError, ValueError) as error:
        raise DataError(f"cannot read {shown}: {getattr(error, 'strerror', None) or error}.") from error
