"""Hostile input, killed programs, full disks, odd terminals: nothing lost, nothing let in."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import spacerel as package
from small_log import READING, TEXT, environment

PACKAGE = Path(package.__file__).parent
WORDS: Mapping[str, tuple[str, ...]] = {
    "why": ("esa-ends-rover",),
    "show": ("rover",),
    "path": ("esa", "nasa"),
    "diff": ("2021", "2022"),
    "partners": ("esa",),
}
EVERY = [(name, *WORDS.get(name, ())) for name in READING]


def log_of(folder: Path) -> Path:
    path = folder / "mine.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def ran(
    folder: Path, *words: str, python: tuple[str, ...] = (), script: str = "", **changes: str
) -> subprocess.CompletedProcess[str]:
    """A run in a process of its own, in a folder, with a cache of its own."""
    program = ("-c", script) if script else ("-m", "spacerel")
    return subprocess.run(
        [sys.executable, *python, *program, *words],
        capture_output=True,
        text=True,
        errors="surrogateescape",
        check=False,
        cwd=folder,
        env=environment(XDG_CACHE_HOME=str(folder / "cache"), **changes),
    )


# A program that is stopped at any point leaves the old file or the new one.

AT_EACH_STEP = """
import os, signal, sys
left, what = int(sys.argv.pop(1)), sys.argv.pop(1)
def stop(event, arguments):
    global left
    if event in ("open", "os.rename", "os.link", "os.remove", "os.chmod", "os.mkdir") and started:
        left -= 1
        if left == 0:
            if what == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            signal.raise_signal(signal.SIGINT)
started = False
sys.addaudithook(stop)
import spacerel.cli, spacerel.writing, spacerel.delivery, spacerel.cache, spacerel.log, spacerel.exports
started = True
sys.argv[0] = "spacerel"
spacerel.cli.main()
"""
ADD = (
    "add", "mine.yaml", "--id", "esa-talks", "--date", "2022-08-01", "--title", "ESA talks", "--parties", "esa,roscosmos",
    "--act", "talk", "--summary", "They talk.", "--source", "A page | ESA | https://example.org/talk", "--confidence", "medium",
)  # fmt: skip
WRITING: Mapping[str, tuple[tuple[str, ...], str]] = {
    "-o": (("timeline", "--log", "mine.yaml", "-o", "out.csv", "--force"), "out.csv"),
    "export": (("export", "ics", "--log", "mine.yaml", "-o", "out.ics", "--force"), "out.ics"),
    "add": (ADD, "mine.yaml"),
    "fmt": (("fmt", "mine.yaml"), "mine.yaml"),
}
"""What is written -> the command line that writes it, and the file."""


@pytest.mark.parametrize("what", ["kill", "interrupt"])
@pytest.mark.parametrize("command", WRITING)
def test_a_stopped_program_leaves_the_old_file_or_the_new_one(tmp_path: Path, command: str, what: str) -> None:
    words, name = WRITING[command]
    log = log_of(tmp_path)
    (tmp_path / name).write_text(
        (tmp_path / name).read_text(encoding="utf-8") if name == log.name else "old", encoding="utf-8"
    )
    old = (tmp_path / name).read_bytes()
    whole = ran(tmp_path, *words)
    assert whole.returncode == 0, whole.stderr
    new = (tmp_path / name).read_bytes()
    assert new != old
    ends = set()
    for step in range(1, 200):
        (tmp_path / name).write_bytes(old)
        before = set(tmp_path.iterdir())
        stopped = ran(tmp_path, str(step), what, *words, script=AT_EACH_STEP)
        assert (tmp_path / name).read_bytes() in (old, new), step
        if stopped.returncode == 0:
            break
        ends.add(stopped.returncode)
        if what == "interrupt":
            assert stopped.stderr == ""
            assert set(tmp_path.iterdir()) <= before | {tmp_path / "cache", tmp_path / f".{name}.lock"}
        for draft in set(tmp_path.iterdir()) - before:
            if draft.is_file():
                draft.unlink()

    assert ends == {-signal.SIGKILL if what == "kill" else 130}
    assert (tmp_path / name).read_bytes() == new


def test_a_killed_program_leaves_no_entry_of_the_cache_that_is_half(tmp_path: Path) -> None:
    log_of(tmp_path)
    words = ("timeline", "--log", "mine.yaml")
    right = ran(tmp_path, *words, "--no-cache").stdout
    for step in range(1, 60):
        for found in (tmp_path / "cache").glob("spacerel/*"):
            found.unlink()
        stopped = ran(tmp_path, str(step), "kill", *words, script=AT_EACH_STEP)
        assert ran(tmp_path, *words).stdout == right, step
        if stopped.returncode == 0:
            break
    assert stopped.returncode == 0


@pytest.mark.parametrize("command", WRITING)
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, command: str) -> None:
    words, name = WRITING[command]
    log_of(tmp_path)
    old = (tmp_path / name).read_bytes() if (tmp_path / name).exists() else b"old"
    (tmp_path / name).write_bytes(old)
    limited = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); import spacerel.cli, spacerel.writing;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (256, 256)); sys.argv[0] = 'spacerel'; spacerel.cli.main()"
    )
    full = ran(tmp_path, *words, script=limited)

    assert full.returncode == 2
    assert full.stderr.replace(f"{tmp_path}/", "") == f"error: cannot write {name}: File too large.\n"
    assert (tmp_path / name).read_bytes() == old
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".tmp")]


# Files that are made to hurt.

MEGABYTE = 1 << 20
HURTING: Mapping[str, str] = {
    "one scalar": "a" * (16 * MEGABYTE),
    "a scalar of quotes": "'" + "''" * (4 * MEGABYTE) + "'",
    "a title": "spacerel: 1\nevents:\n- title: " + "x" * (8 * MEGABYTE),
    "nesting": "[" * (2 * MEGABYTE),
    "nesting in blocks": "".join(" " * depth + "-\n" for depth in range(1500)),
    "keys": "".join(f"k{number}: v\n" for number in range(200_000)),
    "one key again": "k: v\n" * 300_000,
    "items": "spacerel: 1\nactors: [" + "a," * MEGABYTE + "]",
    "comments": "# \n" * MEGABYTE,
    "anchors": "".join(f"- &a{number} x\n" for number in range(150_000)),
    "aliases": "a: &a [" + "x," * 1000 + "]\n" + "".join(f"b{number}: *a\n" for number in range(50_000)),
    "a bomb": "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghij", "bcdefghijk", strict=True)),
    "escapes": '"' + "\\x41" * (2 * MEGABYTE) + '"',
    "line ends": "\r\n" * (4 * MEGABYTE),
    "controls": "\x07" * (2 * MEGABYTE),
    "documents": "---\n" * MEGABYTE,
    "tags": "- !!python/object:os.system x\n" * 100_000,
}  # fmt: skip
FLOOR = 160 * MEGABYTE
"""What a run may hold whatever the file: Python, the program, and thousands of problems with their places."""


MEASURED = """
import atexit, resource, sys
def held():
    sys.stderr.write(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")))
atexit.register(held)
resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
sys.argv[0] = "spacerel"
from spacerel.cli import main
main()
"""


@pytest.mark.parametrize("name", HURTING)
def test_a_file_made_to_hurt_is_told_of_in_time_and_room(tmp_path: Path, name: str) -> None:
    path = tmp_path / "hurts.yaml"
    path.write_bytes(HURTING[name].encode("utf-8"))
    size = path.stat().st_size

    checked = ran(tmp_path, "check", "--format", "gnu", str(path), script=MEASURED)
    told, _, held = checked.stderr.rpartition("VmHWM:")

    assert checked.returncode == 1, checked.stderr[-500:]
    assert "Traceback" not in told
    assert "hurts.yaml:" in checked.stdout
    assert int(held.split()[0]) * 1024 <= FLOOR + 8 * size


# Odd places to run in.


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
def test_python_has_nothing_to_warn_of(tmp_path: Path, words: tuple[str, ...]) -> None:
    found = ran(tmp_path, *words, "-q", "--log", str(log_of(tmp_path)), python=("-W", "error", "-X", "dev"))

    assert (found.returncode, found.stderr) == (0, "")


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
@pytest.mark.parametrize("columns", ["20", "500"])
def test_a_terminal_of_any_width(tmp_path: Path, words: tuple[str, ...], columns: str) -> None:
    found = ran(tmp_path, *words, "-f", "text", "--log", str(log_of(tmp_path)), COLUMNS=columns)

    assert found.returncode == 0, found.stderr
    assert max(map(len, found.stdout.splitlines())) <= int(columns)


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
def test_a_poor_terminal_without_a_home(tmp_path: Path, words: tuple[str, ...]) -> None:
    found = ran(
        tmp_path, *words, "-f", "text", "--log", str(log_of(tmp_path)),
        LC_ALL="C", LANG="C", TERM="dumb", HOME="", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii",
    )  # fmt: skip

    assert found.returncode == 0, found.stderr
    assert found.stdout
    assert found.stdout.isascii()


# What the program never does.

NEVER_IMPORTED = {
    "socket",
    "ssl",
    "http",
    "urllib.request",
    "ftplib",
    "smtplib",
    "asyncio",
    "pickle",
    "shelve",
    "ctypes",
    "xmlrpc",
}
ONLY_IN: Mapping[str, set[str]] = {
    "subprocess": {"delivery.py", "commands/edit.py"},
    "marshal": {"cache.py"},
    "yaml": {"log.py"},
}
NEVER_CALLED = {"eval", "exec", "os.system", "os.popen", "yaml.load", "yaml.unsafe_load", "yaml.full_load", "compile"}


def complaints(name: str, source: str) -> Iterator[str]:
    """What a source imports or calls that it may not."""
    for node in ast.walk(ast.parse(source)):
        modules = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [str(node.module)]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        for module in modules:
            if module in NEVER_IMPORTED or name not in ONLY_IN.get(module.partition(".")[0], {name}):
                yield f"{name}:{node.lineno}: imports {module}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call):
            if ast.unparse(node.func) in NEVER_CALLED:
                yield f"{name}:{node.lineno}: calls {ast.unparse(node.func)}"
            for keyword in node.keywords:
                if keyword.arg == "shell" and ast.unparse(keyword.value) != "False":
                    yield f"{name}:{node.lineno}: goes through a shell"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_network_no_shell_no_code_from_data(path: Path) -> None:
    assert list(complaints(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("import socket", "table.py:1: imports socket"),
        ("from urllib.request import urlopen", "table.py:1: imports urllib.request"),
        ("import pickle", "table.py:1: imports pickle"),
        ("import marshal", "table.py:1: imports marshal"),
        ("def f(x):\n    return eval(x)", "table.py:2: calls eval"),
        ("subprocess.run(x, shell=True)", "table.py:1: goes through a shell"),
    ],
)
def test_what_may_not_be_is_seen(source: str, complaint: str) -> None:
    assert list(complaints("table.py", source)) == [complaint]


WATCHED = """
import sys
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.", "os.system", "pickle.", "os.exec", "os.posix_spawn")):
        sys.stderr.write(f"WATCHED {event}\\n")
sys.addaudithook(watch)
sys.argv[0] = "spacerel"
from spacerel.cli import main
main()
"""


@pytest.mark.parametrize(
    "words", [*EVERY, ("export", "sqlite", "-o", "out.db"), ("check", "mine.yaml")], ids=lambda words: words[0]
)
def test_no_command_opens_a_connection_or_starts_a_program(tmp_path: Path, words: tuple[str, ...]) -> None:
    log_of(tmp_path)
    found = ran(tmp_path, *words, script=WATCHED, SPACEREL_LOG="mine.yaml")

    assert found.returncode == 0, found.stderr
    assert "WATCHED" not in found.stderr


def test_the_watch_sees(tmp_path: Path) -> None:
    found = ran(
        tmp_path, script=WATCHED.replace("from spacerel.cli import main\nmain()", "import socket; socket.socket()")
    )

    assert "WATCHED socket." in found.stderr


def test_the_development_set_is_pinned() -> None:
    lines = (PACKAGE.parent.parent / "tests" / "constraints.txt").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if line and line[0] != "#" and "==" not in line] == []


def test_a_closed_file_descriptor_is_no_traceback(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    for stream in ("<&-", ">&-", "2>&-"):
        shell = f"{sys.executable} -m spacerel timeline --log {log} {stream}"
        done = subprocess.run(
            ["sh", "-c", shell],
            capture_output=True,
            text=True,
            check=False,
            env=environment(XDG_CACHE_HOME=str(tmp_path)),
        )
        assert "Traceback" not in done.stderr, stream
        assert done.returncode in (0, 141), stream


# Files that are written to: what they are stays.


@pytest.mark.parametrize("words", [("timeline",), ("export", "csv")], ids=lambda words: words[0])
def test_mode_and_link_of_a_file_that_is_written_over_stay(tmp_path: Path, words: tuple[str, ...]) -> None:
    log_of(tmp_path)
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    link.symlink_to("real.csv")
    written = ran(tmp_path, *words, "--log", "mine.yaml", "-o", "link.csv", "--force")

    assert written.returncode == 0, written.stderr
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8").startswith("id,")
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_draft_that_another_run_left_is_neither_the_file_nor_taken_away(tmp_path: Path) -> None:
    log_of(tmp_path)
    script = (
        "import os, sys, spacerel.cli; open(f'.out.csv.{os.getpid()}.tmp', 'w').close(); sys.argv[0] = 'spacerel';"
        "spacerel.cli.main()"
    )
    stopped = ran(tmp_path, "timeline", "--log", "mine.yaml", "-o", "out.csv", "--force", script=script)

    assert (stopped.returncode, stopped.stderr) == (2, "error: cannot write out.csv: File exists.\n")
    assert [path.suffix for path in tmp_path.glob(".out.csv.*")] == [".tmp"]


TAKEN = "loop exists. Write over it with --force"
UNREAD = 'cannot read "loop": Too many levels of symbolic links.'
NOWHERE = "there is no file loop. spacerel init loop begins one"
CIRCLED: Mapping[tuple[str, ...], tuple[int, str]] = {
    ("timeline", "--log", "mine.yaml", "-f", "csv", "-o", "loop"): (2, TAKEN),
    ("export", "csv", "--log", "mine.yaml", "-o", "loop"): (2, TAKEN),
    ("export", "sqlite", "--log", "mine.yaml", "-o", "loop"): (2, TAKEN),
    ("export", "datapackage", "--log", "mine.yaml", "-o", "loop"): (2, "cannot write loop: File exists."),
    ("timeline", "--log", "loop"): (3, UNREAD),
    ("check", "loop"): (3, UNREAD),
    ("fmt", "loop"): (3, NOWHERE),
    ("add", "loop"): (3, NOWHERE),
    ("edit", "one", "loop"): (3, UNREAD),
    ("init", "loop"): (2, "loop exists. Name another file: spacerel init FILE"),
}


@pytest.mark.parametrize("words", CIRCLED, ids=" ".join)
def test_a_link_that_leads_to_itself_is_named_as_any_other_file(tmp_path: Path, words: tuple[str, ...]) -> None:
    log_of(tmp_path)
    (tmp_path / "loop").symlink_to("loop")
    stopped = ran(tmp_path, *words)

    assert (stopped.returncode, stopped.stderr) == (CIRCLED[words][0], f"error: {CIRCLED[words][1]}\n")
    assert (tmp_path / "loop").is_symlink()


@pytest.mark.parametrize("words", [("timeline", "-f", "csv"), ("export", "csv")], ids=lambda words: words[0])
def test_a_pipe_is_written_to_and_stays(tmp_path: Path, words: tuple[str, ...]) -> None:
    log_of(tmp_path)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True) as reader:
        written = ran(tmp_path, *words, "--log", "mine.yaml", "-o", "pipe", "--force")
        if not pipe.is_fifo():
            reader.kill()
        told = reader.communicate()[0]

    assert written.returncode == 0, written.stderr
    assert pipe.is_fifo()
    assert told.startswith("id,")


@pytest.mark.parametrize("words", [("timeline",), ("export", "csv")], ids=lambda words: words[0])
def test_of_two_writers_at_once_one_is_told(tmp_path: Path, words: tuple[str, ...]) -> None:
    log_of(tmp_path)
    command = [sys.executable, "-m", "spacerel", *words, "--log", "mine.yaml", "-o", "out.csv"]
    settings = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    writers = [
        subprocess.Popen(command, cwd=tmp_path, env=settings, stderr=subprocess.PIPE, text=True) for _ in range(4)
    ]
    told = [writer.communicate()[1] for writer in writers]

    assert sorted(writer.returncode for writer in writers) == [0, 2, 2, 2]
    assert sum(one == "error: out.csv exists. Write over it with --force\n" for one in told) == 3
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").endswith("\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "mine.yaml", "out.csv"]


# Files that change, or are not for us to read.


def test_a_file_that_changes_while_it_is_read_is_read_once(tmp_path: Path) -> None:
    path = log_of(tmp_path)
    turning = (
        "import sys, pathlib, spacerel.files as files; read = pathlib.Path.read_bytes\n"
        "def once(path):\n"
        "    found = read(path)\n"
        "    if path.name == 'mine.yaml': path.write_text('not: [a log')\n"
        "    return found\n"
        "pathlib.Path.read_bytes = once\n"
        "import spacerel.cli; sys.argv[0] = 'spacerel'; spacerel.cli.main()"
    )
    found = ran(tmp_path, "timeline", "--log", "mine.yaml", script=turning)

    assert (found.returncode, found.stderr) == (0, "")
    assert len(found.stdout.splitlines()) == 10
    assert path.read_text(encoding="utf-8") == "not: [a log"
    assert ran(tmp_path, "timeline", "--log", "mine.yaml").returncode == 3


WITHOUT_RIGHTS = """
import os
from spacerel import errors, files
os.chmod("mine.yaml", 0)
if os.geteuid() == 0:
    os.setuid(65534)
try:
    files.content("mine.yaml")
except errors.DataError as error:
    print(error.exit_code.value, error)
"""


def test_a_file_of_somebody_else_is_one_sentence(tmp_path: Path) -> None:
    log_of(tmp_path)
    tmp_path.chmod(0o755)
    refused = ran(tmp_path, script=WITHOUT_RIGHTS)

    assert (refused.stdout, refused.stderr) == ('3 no permission to read "mine.yaml".\n', "")


@pytest.mark.parametrize(
    "words", [("timeline", "-o", "/sys/x.csv"), ("export", "csv", "-o", "/sys/x.csv"), ("init", "/sys/x.csv")]
)
def test_a_folder_that_nobody_may_write_to_is_one_sentence(tmp_path: Path, words: tuple[str, ...]) -> None:
    refused = ran(tmp_path, *words)

    assert refused.returncode == 2
    assert refused.stderr.startswith("error: cannot write /sys/x.csv: ")
    assert refused.stderr.count("\n") == 1
