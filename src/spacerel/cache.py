"""Logs that were read before, as plain tuples in the user's cache folder: reading one is a twentieth of reading YAML.

An entry is keyed by the content of the log's files and by the code that read them. It is never trusted and never needed:
one that is broken, foreign or stale counts as none, and where nothing can be written nothing is said. Only logs without
an error are kept, and `spacerel check` never looks here.
"""

import gc
import marshal
import os
import stat
import sys
import zlib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO, TypeVar

from spacerel.files import content, paths_of, shown_name
from spacerel.model import Actor, Event, Log, Outcome, Partnership, Source

try:
    # What hashlib falls back on itself. Importing hashlib loads OpenSSL, which takes longer than reading a whole entry.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

MOST_BYTES = 256 * 1024 * 1024
"""Of all entries together; the oldest go first."""

_READERS = ("model.py", "dates.py", "fields.py", "log.py", "checks.py", "standing.py", "cache.py")
"""The code that decides what a log is and whether it is right; an entry that other code wrote is stale."""

_ENDING = ".log"
_CHECKSUM, _LENGTH = 4, 8
_LISTS = 3  # actors, partnerships and events, each of which can be read without those behind it
_SOURCES, _OUTCOME = Event._fields.index("sources"), Event._fields.index("outcome")
_FILE = -2
_Made = TypeVar("_Made")


def read(paths: Sequence[str] = (), cached: bool = True) -> Log:
    """The log in those files (see `files.paths_of`), from the cache where it has been read before.

    Raises DataError where a file cannot be read or the log has an error.
    """
    contents = {path: content(path) for path in dict.fromkeys(paths_of(paths))}
    entry = _entry(contents) if cached else None
    found = _found(entry, _LISTS, partial(_log, contents)) if entry else None
    return _read(contents, entry) if found is None else found


def actors(paths: Sequence[str] = ()) -> Mapping[str, Actor]:
    """The actors of the log in those files, by id; from the cache without the rest of the log.

    Raises DataError where a file cannot be read or the log has an error.
    """
    contents = {path: content(path) for path in dict.fromkeys(paths_of(paths))}
    entry = _entry(contents)
    found = _found(entry, 1, partial(_actors, contents)) if entry else None
    return _read(contents, entry).actors if found is None else found


def _read(contents: Mapping[str, bytes], entry: str | None) -> Log:
    from spacerel import log

    found = log.read(tuple(contents), contents)
    if entry:
        _keep(entry, found)
    return found


def _entry(contents: Mapping[str, bytes]) -> str | None:
    """Where the log of these contents is kept, or would be."""
    folder = _folder()
    return os.path.join(folder, _key(contents.values()) + _ENDING) if folder else None


def _folder() -> str | None:
    """`spacerel` in XDG_CACHE_HOME, else in ~/.cache; None where the person has neither."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(base):
        home = os.path.expanduser("~")
        base = os.path.join(home, ".cache")
        if not os.path.isabs(home):
            return None
    return os.path.join(base, "spacerel")


def _key(contents: Any) -> str:
    """A name for these contents as this code reads them."""
    here = os.path.dirname(__file__)
    code = []
    for name in _READERS:
        with suppress(OSError):
            status = os.stat(os.path.join(here, name))
            code.append((name, status.st_size, status.st_mtime_ns))
    digest = blake2b(repr((sys.implementation.cache_tag, marshal.version, here, code)).encode(), digest_size=20)
    for one in contents:
        digest.update(len(one).to_bytes(8, "little"))
        digest.update(one)
    return digest.hexdigest()


def _found(path: str, number: int, made: Callable[[list[Any]], _Made]) -> _Made | None:
    """What is made of the first lists of an entry that is the person's own and in which they are whole."""
    try:
        with open(path, "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode) or status.st_mode & 0o077 or status.st_uid != _user(status):
                return None
            lists = []
            for _ in range(number):
                plain = _part(file)
                if plain is None:
                    return None
                lists.append(plain)
    except OSError:
        return None
    collecting = gc.isenabled()
    gc.disable()
    try:
        return made([marshal.loads(plain) for plain in lists])  # noqa: S302 - nobody but the person can have written it
    except (ValueError, TypeError, EOFError, LookupError):
        return None
    finally:
        if collecting:
            gc.enable()


def _part(file: BinaryIO) -> bytes | None:
    """The next list of an entry, behind its checksum and its length; None where it is not whole."""
    checksum, length = file.read(_CHECKSUM), int.from_bytes(file.read(_LENGTH), "little")
    # A damaged length may ask for more than there is, or than any machine has.
    plain = file.read(length) if length <= MOST_BYTES else b""
    return plain if _checksum(plain) == checksum else None


def _checksum(plain: bytes) -> bytes:
    """Against damage, not against malice: only the person can write here."""
    return zlib.crc32(plain).to_bytes(_CHECKSUM, "little")


def _user(status: os.stat_result) -> int:
    """The person whose files may be believed; where a system has no such numbers, the file's own owner."""
    return os.geteuid() if hasattr(os, "geteuid") else status.st_uid


def _actors(contents: Mapping[str, bytes], kept: list[Any]) -> dict[str, Actor]:
    make: Any = tuple.__new__
    return {row[0]: make(Actor, row) for row in _placed(kept[0], tuple(map(shown_name, contents)))}


def _log(contents: Mapping[str, bytes], kept: list[Any]) -> Log:
    make: Any = tuple.__new__
    names = tuple(map(shown_name, contents))
    partnerships, events = (_placed(rows, names) for rows in kept[1:])
    for row in events:
        row[_SOURCES] = tuple([make(Source, source) for source in row[_SOURCES]])
        if row[_OUTCOME] is not None:
            row[_OUTCOME] = make(Outcome, row[_OUTCOME])
    return Log(
        _actors(contents, kept),
        {row[0]: make(Partnership, row) for row in partnerships},
        tuple([make(Event, row) for row in events]),
        names,
    )


def _placed(rows: list[list[Any]], names: Sequence[str]) -> list[list[Any]]:
    """Records with the names of their files. They are kept as numbers, since names depend on the working folder."""
    for row in rows:
        row[_FILE] = names[row[_FILE]]
    return rows


def _keep(path: str, log: Log) -> None:
    """Write an entry whole or not at all, for the person's eyes only."""
    numbers = {name: number for number, name in enumerate(log.files)}

    def rows(records: Any) -> list[list[Any]]:
        return [[*record[:_FILE], numbers[record[_FILE]], record[-1]] for record in records]

    lists = [rows(log.actors.values()), rows(log.partnerships.values()), rows(log.events)]
    for row in lists[-1]:
        row[_SOURCES] = tuple(map(tuple, row[_SOURCES]))
        row[_OUTCOME] = tuple(row[_OUTCOME]) if row[_OUTCOME] is not None else None
    plain = [marshal.dumps(one) for one in lists]
    if sum(map(len, plain)) > MOST_BYTES:
        return
    draft = f"{path}.{os.getpid()}.tmp"
    # A cache that cannot be written is no reason to say anything, least of all to fail.
    with suppress(OSError):
        folder = os.path.dirname(path)
        os.makedirs(folder, mode=0o700, exist_ok=True)
        try:
            with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                for one in plain:
                    file.writelines((_checksum(one), len(one).to_bytes(_LENGTH, "little"), one))
            os.replace(draft, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
        _make_room(folder)


def _make_room(folder: str) -> None:
    """Take the oldest entries away until the rest is within MOST_BYTES; drafts of programs that were killed go too."""
    entries = []
    with os.scandir(folder) as found:
        for entry in found:
            with suppress(OSError):
                status = entry.stat(follow_symlinks=False)
                entries.append((status.st_mtime, status.st_size, entry.path))
    room = MOST_BYTES
    for _, size, path in sorted(entries, reverse=True):
        room -= size
        if room < 0:
            with suppress(OSError):
                os.unlink(path)
