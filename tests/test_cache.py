"""The cache: the same log as without it, never trusted, never needed, never in the way."""

import os
import subprocess
import sys
import zlib
from marshal import dumps
from pathlib import Path
from typing import Any

import pytest

from small_log import TEXT, environment
from spacerel import cache, log
from spacerel.errors import DataError
from spacerel.files import shipped
from spacerel.model import Log


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the cache, which does not exist yet; the small log is `small.yaml` in the working folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("SPACEREL_LOG", raising=False)
    (tmp_path / "small.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path / "caches" / "spacerel"


@pytest.fixture
def entry(home: Path) -> Path:
    """The entry of the small log."""
    cache.read(["small.yaml"])
    (found,) = home.iterdir()
    return found


def same(one: Log, other: Log) -> bool:
    return (one.actors, one.partnerships, one.events, one.files) == (
        other.actors,
        other.partnerships,
        other.events,
        other.files,
    )


def reads_yaml(monkeypatch: pytest.MonkeyPatch, *paths: str) -> bool:
    """Whether the log is read from its files; it is the right one in any case."""
    seen = []
    real = log.read

    def watched(*arguments: Any) -> Log:
        seen.append(arguments)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(log, "read", watched)
        assert same(cache.read(paths), real(list(paths)))
    return bool(seen)


@pytest.mark.parametrize("path", ["small.yaml", str(shipped())])
def test_what_comes_back_is_the_log(home: Path, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    assert reads_yaml(monkeypatch, path)
    assert not reads_yaml(monkeypatch, path)


def test_several_files_are_one_entry(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("more.yaml").write_text("spacerel: 1\nactors:\n- {id: jaxa, name: JAXA, type: agency}\n", encoding="utf-8")

    assert reads_yaml(monkeypatch, "small.yaml", "more.yaml")
    assert not reads_yaml(monkeypatch, "small.yaml", "more.yaml")
    assert cache.read(["small.yaml", "more.yaml"]).actors["jaxa"].file == "more.yaml"
    assert reads_yaml(monkeypatch, "more.yaml", "small.yaml")


def test_files_are_named_as_seen_from_the_working_folder(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(Path("small.yaml").resolve())
    assert cache.read([path]).events[0].file == "small.yaml"
    Path("below").mkdir()
    monkeypatch.chdir("below")

    assert not reads_yaml(monkeypatch, path)
    assert cache.read([path]).events[0].file == path


def test_other_content_is_another_entry(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = os.stat("small.yaml")
    Path("small.yaml").write_text(TEXT.replace("ends the rover", "ENDS the rover"), encoding="utf-8")
    os.utime("small.yaml", ns=(before.st_atime_ns, before.st_mtime_ns))

    assert reads_yaml(monkeypatch, "small.yaml")


def test_other_code_makes_an_entry_stale(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "_READERS", (*cache._READERS, "table.py"))

    assert reads_yaml(monkeypatch, "small.yaml")


def test_the_entry_is_for_the_person_alone(entry: Path) -> None:
    assert entry.stat().st_mode & 0o777 == 0o600
    assert entry.parent.stat().st_mode & 0o777 == 0o700


def part(payload: bytes) -> bytes:
    """A list of an entry whose checksum and length are right."""
    return zlib.crc32(payload).to_bytes(4, "little") + len(payload).to_bytes(8, "little") + payload


CHECKED = [
    (b"", b"", b""),
    (b"\0",),
    (dumps([]),),
    (dumps([]), dumps([])),
    (dumps(None),) * 3,
    (dumps(1), dumps(2), dumps(3)),
    (dumps([]), dumps([]), dumps([[1, 2]])),
    (dumps([["esa"] * 10]), dumps([]), dumps([])),
    (dumps([]), dumps([]), dumps([])[:-1]),
    (b"\xff" * 100,) * 3,
]
"""Lists whose checksums are right."""


@pytest.mark.parametrize("payloads", CHECKED)
def test_a_foreign_entry_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch, payloads: tuple[bytes, ...]) -> None:
    entry.write_bytes(b"".join(map(part, payloads)))

    assert reads_yaml(monkeypatch, "small.yaml")


@pytest.mark.parametrize("length", [1, 1 << 20, 1 << 60, (1 << 64) - 1])
def test_a_length_that_is_not_there_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch, length: int) -> None:
    payload = dumps([])
    entry.write_bytes(zlib.crc32(payload).to_bytes(4, "little") + length.to_bytes(8, "little") + payload)

    assert reads_yaml(monkeypatch, "small.yaml")


def test_the_actors_come_without_the_rest(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, known = entry.read_bytes(), cache.read(["small.yaml"]).actors
    length = int.from_bytes(whole[4:12], "little")
    entry.write_bytes(whole[: 12 + length])  # nothing behind the first list
    with monkeypatch.context() as patch:
        patch.setattr(log, "read", None)
        assert cache.actors(["small.yaml"]) == known

    for damaged in (whole[: 11 + length], b"", whole[:20] + b"\0" + whole[21:]):
        entry.write_bytes(damaged)
        assert cache.actors(["small.yaml"]) == known
        assert entry.read_bytes() == whole


def test_a_damaged_entry_is_none_and_is_mended(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entry.read_bytes()
    for place in range(0, len(whole), 97):
        entry.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        assert reads_yaml(monkeypatch, "small.yaml"), place
        assert entry.read_bytes() == whole
    for length in (0, 3, 4, 5, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:length])
        assert reads_yaml(monkeypatch, "small.yaml"), length


@pytest.mark.parametrize("mode", [0o644, 0o660, 0o602])
def test_an_entry_that_others_can_touch_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch, mode: int) -> None:
    entry.chmod(mode)

    assert reads_yaml(monkeypatch, "small.yaml")


def test_an_entry_of_somebody_else_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: entry.stat().st_uid + 1)

    assert reads_yaml(monkeypatch, "small.yaml")


def test_an_entry_that_is_a_folder_is_none(entry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry.unlink()
    entry.mkdir()

    assert reads_yaml(monkeypatch, "small.yaml")


@pytest.mark.parametrize("where", ["small.yaml", "/dev/null", "/proc/nowhere"])
def test_where_nothing_can_be_written_nothing_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], where: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(Path(where).resolve()))

    assert reads_yaml(monkeypatch, "small.yaml")
    assert capfd.readouterr() == ("", "")


def test_the_home_folder_is_the_second_choice(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(home))
    cache.read(["small.yaml"])

    assert len(list((home / ".cache" / "spacerel").iterdir())) == 1


def test_no_home_is_no_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "")

    assert cache.read(["small.yaml"]).events
    assert sorted(path.name for path in Path().iterdir()) == ["small.yaml"]


def test_a_log_with_an_error_is_never_kept(home: Path) -> None:
    Path("small.yaml").write_text(TEXT.replace("by: esa", "by: eas", 1), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(DataError, match='unknown actor "eas"'):
            cache.read(["small.yaml"])

    assert not home.exists()


def test_the_oldest_entries_make_room(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(4):
        Path("small.yaml").write_text(f"{TEXT}# {number}\n", encoding="utf-8")
        cache.read(["small.yaml"])
        for found in home.iterdir():
            os.utime(found, (found.stat().st_mtime - 10,) * 2)
    size = max(found.stat().st_size for found in home.iterdir())
    monkeypatch.setattr(cache, "MOST_BYTES", 2 * size)
    oldest = min(home.iterdir(), key=lambda found: found.stat().st_mtime)
    Path("small.yaml").write_text(f"{TEXT}# another\n", encoding="utf-8")
    cache.read(["small.yaml"])

    assert len(list(home.iterdir())) == 2
    assert not oldest.exists()
    assert not reads_yaml(monkeypatch, "small.yaml")


def test_a_log_beyond_all_room_is_not_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 100)
    cache.read(["small.yaml"])

    assert not home.exists()


# The program.


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "spacerel", *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment(), check=False)


def test_no_cache_keeps_and_believes_nothing(home: Path) -> None:
    assert ran("timeline", "--log", "small.yaml", "--no-cache").returncode == 0
    assert not home.exists()


def test_check_does_not_look_into_the_cache(home: Path) -> None:
    """An entry that says a wrong log is right: what other commands believe, check does not."""
    cache.read(["small.yaml"])
    (right,) = home.iterdir()
    Path("small.yaml").write_text(TEXT.replace("by: esa", "by: eas", 1), encoding="utf-8")
    right.rename(home / (cache._key([Path("small.yaml").read_bytes()]) + ".log"))

    assert ran("timeline", "--log", "small.yaml").returncode == 0
    checked = ran("check", "small.yaml")
    assert (checked.returncode, 'unknown actor "eas"' in checked.stdout) == (1, True)


def test_many_at_once_all_see_the_log(home: Path) -> None:
    command = [sys.executable, "-m", "spacerel", "timeline", "--log", "small.yaml"]
    racing = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment()) for _ in range(8)]
    seen = {process.communicate()[0] for process in racing}

    assert [process.returncode for process in racing] == [0] * 8
    assert seen == {ran("timeline", "--log", "small.yaml", "--no-cache").stdout}
    assert [found.suffix for found in home.iterdir()] == [".log"]
