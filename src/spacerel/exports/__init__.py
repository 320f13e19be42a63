"""Ways to hand the log to another program, a file each.

Every module here has `write(log, events, out, *, ...)`; its docstring says what it is for and what it cannot carry. A
keyword of `write` is something that the export wants to know (`as_of`, `today`, `query`, `title`) or lets a person choose
(`bom`, `guard`, `delimiter`). `BINARY = True` marks one that writes bytes; one that makes a folder has `files(log, events,
*, ...)` instead, which yields names and bytes; `remark(...)` is what there is to say about the file, with the same
keywords. Names that begin with `_` are shared parts.
"""

import stat
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from types import ModuleType
from typing import IO, Any

from spacerel.drafts import as_text, draft, exists
from spacerel.errors import UsageError, unknown
from spacerel.model import Event, Log


def names() -> list[str]:
    """The formats as a person types them: the modules of this folder."""
    files = Path(__file__).parent.glob("[a-z]*.py")
    return sorted(file.stem.replace("_", "-") for file in files)


def named(word: str) -> ModuleType:
    """The module of a format. Raises UsageError where there is none."""
    if word not in names():
        raise unknown("export format", word, names(), "spacerel export --help")
    return import_module(f"{__name__}.{word.replace('-', '_')}")


def about(word: str) -> str:
    """What a format is for and what it cannot carry: its docstring, read without running the module."""
    file = Path(__file__).with_name(f"{word.replace('-', '_')}.py")
    return cleandoc(file.read_text(encoding="utf-8").split('"""')[1])


def wanted(word: str, known: Mapping[str, Any], chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The keywords for a format's `write`: of what is known those it asks for, and all that a person chose.

    Raises UsageError where a person chose something that the format does not have.
    """
    module = named(word)
    takes = (module.files if _is_folder(module) else module.write).__kwdefaults__ or {}
    for name in chosen:
        if name not in takes:
            raise UsageError(f"export {word} has no --{'no-' if chosen[name] is False else ''}{name}.")
    return {**{name: value for name, value in known.items() if name in takes}, **chosen}


def to_file(word: str, log: Log, events: Sequence[Event], path: Path, force: bool, options: Mapping[str, Any]) -> str:
    """Write an export to a file, whole or not at all, and return the sentence that says so.

    An existing file is refused unless `force`; what is no ordinary file (a pipe, a device) is written to as it is. Of a
    folder each file is written so; other files in it are left alone.
    """
    module = named(word)
    try:
        if _is_folder(module):
            _put_folder(module, log, events, path, force, options)
        elif path.is_dir():
            raise UsageError(f"{path} is a folder, and {word} is one file.")
        elif path.exists() and not stat.S_ISREG(path.stat().st_mode):
            with path.open("wb") as out:
                _fill(module, log, events, out, options)
        else:
            _put(module, log, events, path, force, options)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}.") from error
    remark = f" ({module.remark(**options)})" if hasattr(module, "remark") else ""
    return f"Wrote {len(events)} event{'' if len(events) == 1 else 's'} to {path}{remark}."


def to_stdout(word: str, log: Log, events: Sequence[Event], options: Mapping[str, Any]) -> None:
    """Write an export to standard output; bytes are refused to a terminal, a folder always."""
    module = named(word)
    if _is_folder(module):
        raise UsageError(f"{word} is a folder of files. Name it: -o FOLDER")
    if getattr(module, "BINARY", False) and sys.stdout.isatty():
        raise UsageError(f"{word} is not for a terminal to show. Name a file: -o FILE")
    sys.stdout.flush()
    _fill(module, log, events, sys.stdout.buffer, options)
    sys.stdout.buffer.flush()


def _is_folder(module: ModuleType) -> bool:
    return hasattr(module, "files")


def _put_folder(
    module: ModuleType, log: Log, events: Sequence[Event], path: Path, force: bool, options: Mapping[str, Any]
) -> None:
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is a file, and what is written is a folder.")
    if path.exists() and any(path.iterdir()) and not force:
        raise exists(path)
    found = list(module.files(log, events, **options))
    path.mkdir(exist_ok=True)
    for name, content in found:
        with draft(path / name, True) as out:
            out.write(content)


def _put(
    module: ModuleType, log: Log, events: Sequence[Event], path: Path, force: bool, options: Mapping[str, Any]
) -> None:
    if path.exists() and not force:
        raise exists(path)
    with draft(path, force) as out:
        _fill(module, log, events, out, options)


def _fill(module: ModuleType, log: Log, events: Sequence[Event], out: IO[bytes], options: Mapping[str, Any]) -> None:
    if getattr(module, "BINARY", False):
        module.write(log, events, out, **options)
        return
    with as_text(out) as text:
        module.write(log, events, text, **options)
