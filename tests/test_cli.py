"""The command line: shared options, errors and exit codes, colour, width, files, completion, and what starting costs."""

import errno
import inspect
import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

import pytest
import typer

from small_log import Program, environment, spacerel
from spacerel import cli
from spacerel.cli import app, first_line
from spacerel.options import FILTERS, GLOBAL, OUTPUT
from spacerel.query import colored

__all__ = ["spacerel"]

COMMANDS = list(typer.main.get_command(app).list_commands(None))  # type: ignore[attr-defined]
READING = ["timeline", "actors", "show"]


def process(*words: str, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "spacerel", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment(**{"PYTHONIOENCODING": "utf-8", **changes}),
    )


# Errors: one sentence each.


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("timelin", 'unknown command "timelin". Did you mean "timeline"? All of them: spacerel --help'),
        ("timeline --agnecy esa", 'unknown option "--agnecy". Did you mean "--agency"? All of them: spacerel timeline --help'),
        ("--agency esa timeline", "--agency goes behind a command: spacerel timeline --agency ..."),
        ("-n 3 timeline", "-n goes behind a command: spacerel timeline -n ..."),
        ("--widht 3 timeline", 'unknown option "--widht". Did you mean "--width"? All of them: spacerel --help'),
        ("--log x check", "spacerel check has no --log."),
        ("timeline esa", "got unexpected extra argument(s) (esa). Usage: spacerel timeline --help"),
        ("timeline --limit", "option '--limit' requires an argument. Usage: spacerel timeline --help"),
        ("timeline --limit many", "invalid value for '-n' / '--limit': 'many' is not a valid int"),
        ("timeline --limit 0", "invalid value for '-n' / '--limit': 0 is not in the range x>=1. Usage: spacerel timeline --help"),
        ("timeline --width 5", "invalid value for '--width': 5 is not in the range x>=20. Usage: spacerel timeline --help"),
        ("show", "missing argument 'ID...'. Usage: spacerel show --help"),
        ("timeline -a roscomos", 'unknown agency "roscomos". Did you mean "roscosmos"? All of them: spacerel actors'),
        ("timeline --tag marsh", 'unknown tag "marsh". Did you mean "mars"? All of them: mars, science.'),
        ("timeline -a=", "--agency is empty."),
        ("timeline --with=", "--with is empty."),
        ("timeline --as-of=", "--as-of is empty."),
        ("timeline --since 2023 --until 2022", "no day is in --since 2023 and --until 2022."),
        ("timeline --period 2022 --since 2023", "no day is in --since 2023 and --period 2022."),
        ("timeline --period 2022-13", "2022-13 is not a month: there are 12."),
        ("timeline --since 2022-02-30", "2022-02-30 is not a day: February 2022 has 28 days."),
        ("timeline --as-of soon", '"soon" is not a date or period. Write 2022, 2022-03,'),
        ("timeline --format pdf", 'unknown format "pdf". All of them: csv, html, json, jsonl, md, plain, svg, text.'),
        ("timeline --format jsno", 'unknown format "jsno". Did you mean "json"? All of them:'),
        ("timeline --json -f csv", "--json and --format csv name two formats. Choose one."),
        ("timeline --fields id,titel", 'unknown field "titel". Did you mean "title"? All of them: spacerel timeline --fields help'),
        ("timeline --sort titel", 'unknown field "titel". Did you mean "title"? All of them: spacerel timeline --fields help'),
        ("timeline --color green", 'unknown value of --color "green". All of them: auto, always, never.'),
        ("timeline --force", "--force has no file to write over. Name it with -o FILE."),
        ("timeline -o out.doc", 'the ending of "out.doc" names no format. Known endings: .csv, .htm, .html, .json,'),
        ("timeline -o nowhere/out.csv", "cannot write nowhere/out.csv: No such file or directory."),
    ],
)  # fmt: skip
def test_a_misuse_is_one_sentence(spacerel: Program, line: str, sentence: str) -> None:
    words = line.split()
    ran = spacerel(
        *(word.removesuffix("=") if word.endswith("=") else word for word in words), *[""] * line.endswith("=")
    )

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {sentence}")
    assert ran.err.count("\n") == 1


def test_a_log_that_cannot_be_read_is_exit_code_3(spacerel: Program) -> None:
    spacerel.log.write_text(spacerel.log.read_text(encoding="utf-8").replace("by: esa", "by: eas"), encoding="utf-8")

    ran = spacerel("timeline")
    assert (ran.code, ran.out) == (3, "")
    assert "Run: spacerel check small.yaml" in ran.err
    missing = spacerel("timeline", "--log", "missing.yaml")
    assert (missing.code, missing.err) == (3, 'error: there is no file "missing.yaml".\n')


def test_a_bug_stays_a_traceback(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("spacerel.selection.select", broken)

    with pytest.raises(ZeroDivisionError):
        spacerel("timeline")


def test_debug_shows_where_an_error_comes_from(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "roscomos", "--debug")

    assert ran.code == 2
    assert "Traceback" in ran.err
    assert ran.err.splitlines()[-1].startswith("error: unknown agency")


def test_ctrl_c_is_130_without_a_word(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("spacerel.selection.select", interrupted)

    assert spacerel("timeline") == (130, "", "")


@pytest.mark.parametrize("format", ["plain", "jsonl", "text"])
def test_a_closed_pipe_is_141_without_a_word(format: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [sys.executable, "-m", "spacerel", "timeline", "-f", format],
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env=environment(),
    )
    os.close(writing)

    assert (ran.returncode, ran.stderr) == (141, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_a_sentence() -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "spacerel", "timeline"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(),
        )

    assert (ran.returncode, ran.stderr) == (2, f"error: cannot write the output: {os.strerror(errno.ENOSPC)}.\n")


def test_closed_streams_are_nobody_who_listens() -> None:
    ran = subprocess.run(
        ["sh", "-c", 'exec "$0" -m spacerel timeline >&- 2>&-', sys.executable], check=False, env=environment()
    )

    assert ran.returncode == 0


# No hits.


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("timeline -a nasa --period 1999", "No events match agency nasa, period 1999."),
        ("timeline -g moon -x by:esa", 'No events match grep "moon", without by esa.'),
        ("timeline --on-this-day", "No events match on 24 Nov."),
        ("timeline --until 2000 --strict-dates", "No events match strict dates, period until 31 Dec 2000."),
        ("timeline --as-of 2000", "No events match as of 31 Dec 2000."),
        ("actors --period 1999", "No actors match period 1999."),
    ],
)
def test_no_hits_say_what_was_asked_and_what_there_is(spacerel: Program, line: str, sentence: str) -> None:
    ran = spacerel(*line.split())

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"{sentence} The log runs 1 Jun 2005 – 31 Dec 2026.\n"


def test_no_hits_keep_the_shape_of_data(spacerel: Program) -> None:
    asked = ("timeline", "--period", "1999", "-q")

    assert spacerel(*asked) == (0, "", "")
    assert spacerel(*asked, "-f", "csv").out.startswith("id,date,date_start")
    assert json.loads(spacerel(*asked, "--json").out)["rows"] == []
    assert spacerel(*asked, "-f", "text").out == ""


# Where options may stand, and what they do.


def test_global_options_stand_before_and_behind_the_command(spacerel: Program, tmp_path: Path) -> None:
    words = ("-f", "text", "-p", "rover", "--since", "2022")

    behind = spacerel("timeline", *words, "--ascii", "--width", "60")
    assert spacerel("--ascii", "--width", "60", "timeline", *words) == behind
    assert spacerel("--width", "30", "timeline", *words, "--ascii", "--width", "60") == behind
    assert "! " not in behind.out
    assert "  17  = suspend" in behind.out


def test_several_files_and_standard_input_are_one_log(spacerel: Program, tmp_path: Path) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    head, events = text.split("events:\n")
    (tmp_path / "head.yaml").write_text(head, encoding="utf-8")

    both = spacerel("timeline", "--log", "head.yaml", "--log", "-", stdin="spacerel: 1\nevents:\n" + events)
    split = spacerel("--log", "head.yaml", "timeline", "--log", "-", stdin="spacerel: 1\nevents:\n" + events)

    assert both == split == spacerel("timeline")
    assert len(both.lines) == 10


def test_today_is_the_day_that_relative_dates_count_from(spacerel: Program) -> None:
    assert spacerel("timeline", "--period", "year-4").ids == spacerel("timeline", "--period", "2022").ids
    assert spacerel("timeline", "--on-this-day", "--today", "2030-03-17").ids == ["esa-suspends-rover"]
    assert spacerel("--today", "2024-05", "timeline", "--period", "today", "--today", "2024-05-16").ids == [
        "rover-with-nasa"
    ]


def test_sort_reverse_and_limit(spacerel: Program) -> None:
    asked = ("timeline", "-a", "esa", "--fields", "id,outcome")
    by_title = spacerel(*asked, "--sort", "title").lines

    assert spacerel(*asked, "--sort", "title", "-r").lines == by_title[::-1]
    assert spacerel(*asked, "--sort", "title", "-n", "2").lines == by_title[:2]
    assert spacerel(*asked, "-r", "-n", "1").lines == ["nasa-plans\tpending"]
    # What has no value comes last.
    assert spacerel(*asked, "--sort", "outcome").lines[0] == "nasa-plans\tpending"
    assert [line.split("\t")[4:6] for line in spacerel("actors", "--sort", "events", "-r", "-n", "2").lines] == [
        ["2", "7"],
        ["2", "6"],
    ]
    assert spacerel(*asked, "-f", "text", "-n", "2").lines[-1] == "2 of 7 rows, by --limit"
    assert "by --limit" not in spacerel(*asked, "-f", "text", "-n", "7").out


# Screens: format, width, signs, colour.


def test_a_pipe_gets_plain_lines_and_text_only_when_asked(spacerel: Program) -> None:
    assert "\t" in spacerel("timeline").out
    assert "\t" not in spacerel("timeline", "-f", "text").out


def test_text_in_a_pipe_is_100_wide_unless_told_otherwise(spacerel: Program) -> None:
    shipped = {"SPACEREL_LOG": ""}
    asked = ("timeline", "-f", "text")

    def widest(*words: str, **env: str) -> int:
        return max(map(len, spacerel(*asked, *words, env={**shipped, **env}).lines))

    assert 90 < widest() <= 100
    assert 60 < widest(COLUMNS="70") <= 70
    assert 110 < widest("--width", "120", COLUMNS="70") <= 120
    assert 90 < widest(COLUMNS="wide") <= 100


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_cannot_show_the_signs_gets_others(encoding: str) -> None:
    ran = process("timeline", "--period", "2022-03", "-f", "text", PYTHONIOENCODING=encoding)

    assert ran.returncode == 0
    assert ran.stdout.isascii()
    assert "= suspend" in ran.stdout


def test_data_is_utf_8_whatever_the_terminal_speaks(spacerel: Program) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "spacerel", "actors", "--json", "--log", str(spacerel.log)],
        capture_output=True,
        check=True,
        env=environment(PYTHONIOENCODING="ascii"),
    )

    assert json.loads(ran.stdout.decode("utf-8"))["rows"][4]["aliases"] == ["RKA", "Роскосмос"]


@pytest.mark.parametrize(
    ("choice", "environ", "terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": "0"}, False, False),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"CLICOLOR_FORCE": "1", "CLICOLOR": "0"}, False, True),
        ("auto", {"CLICOLOR": "0"}, True, False),
        ("auto", {"CLICOLOR": "1"}, False, False),
        ("always", {"NO_COLOR": "1", "TERM": "dumb"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_the_order_of_what_decides_on_colour(
    choice: str, environ: dict[str, str], terminal: bool, expected: bool
) -> None:
    assert colored(choice, environ, terminal) is expected


def test_colour_never_comes_into_data_or_by_itself_into_a_file(spacerel: Program) -> None:
    forced = {"FORCE_COLOR": "1"}

    assert "\x1b[" in spacerel("timeline", "-f", "text", env=forced).out
    assert "\x1b[" not in spacerel("timeline", "-f", "csv", "--color", "always").out
    spacerel("timeline", "-o", "plain.txt", env=forced)
    spacerel("timeline", "-o", "coloured.txt", "--color", "always")
    assert "\x1b[" not in Path("plain.txt").read_text(encoding="utf-8")
    assert "\x1b[" in Path("coloured.txt").read_text(encoding="utf-8")


# A real terminal.


def terminal(
    *words: str, rows: int = 24, columns: int = 80, changes: Mapping[str, str] = MappingProxyType({})
) -> tuple[int, str]:
    """The exit code and what a terminal of that size gets."""
    import fcntl
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    running = subprocess.Popen(
        [sys.executable, "-m", "spacerel", *words],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment(**{"TERM": "xterm", **changes}),
    )
    os.close(follower)
    pieces: list[bytes] = []

    def read() -> None:
        try:
            while piece := os.read(leader, 65536):
                pieces.append(piece)
        except OSError:
            pass  # The other end is closed.

    reader = threading.Thread(target=read)
    reader.start()
    code = running.wait(timeout=60)
    reader.join(timeout=60)
    os.close(leader)
    return code, b"".join(pieces).decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_gets_coloured_text_of_its_width() -> None:
    code, shown = terminal("timeline", "-a", "dlr", columns=60, rows=50)

    assert code == 0
    assert shown.startswith("\x1b[1mDLR")
    plain = shown.replace("\x1b[", "").splitlines()
    assert len(plain) > 1
    assert "\t" not in shown


def test_a_long_screen_goes_through_the_pager_and_a_short_one_does_not(tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    pager = f"sh -c 'cat > {seen}'"

    assert terminal("timeline", "-a", "dlr", rows=60, changes={"SPACEREL_PAGER": pager})[1].count("\n") > 5
    assert not seen.exists()
    assert terminal("timeline", "-a", "nasa", rows=10, changes={"SPACEREL_PAGER": pager}) == (0, "")
    assert seen.read_text(encoding="utf-8").startswith("\x1b[1mNASA")


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        (("--no-pager",), {"SPACEREL_PAGER": "false"}),
        ((), {"SPACEREL_PAGER": "no-such-pager"}),
        ((), {"SPACEREL_PAGER": ""}),
        ((), {"SPACEREL_PAGER": "cat", "PAGER": "false"}),
        ((), {"PAGER": "'"}),
    ],
)
def test_without_a_pager_the_screen_rolls_by(words: tuple[str, ...], changes: dict[str, str]) -> None:
    code, shown = terminal("timeline", "-a", "dlr", *words, rows=5, changes=changes)

    assert code == 0
    assert "Shenzhou" in shown


def test_a_pager_that_is_left_early_is_no_error() -> None:
    assert terminal("timeline", rows=5, changes={"PAGER": "true"}) == (0, "")


# Files.


def test_the_ending_of_a_file_chooses_the_format(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "nasa", "-o", "out.csv")

    assert ran == (0, "", "Wrote 2 rows to out.csv.\n")
    assert Path("out.csv").read_bytes().startswith(b"id,date,")
    assert b"\r\n" in Path("out.csv").read_bytes()
    assert spacerel("timeline", "--by", "nasa", "-o", "out.json").err == "Wrote 1 row to out.json.\n"
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["count"] == 1
    spacerel("timeline", "-o", "out.data", "-f", "jsonl", "-q")
    assert len(Path("out.data").read_text(encoding="utf-8").splitlines()) == 10
    assert spacerel("timeline", "-o", "-") == spacerel("timeline")


def test_a_file_is_written_over_only_by_force(spacerel: Program) -> None:
    Path("out.csv").write_text("mine", encoding="utf-8")

    ran = spacerel("timeline", "-o", "out.csv")
    assert (ran.code, ran.err) == (2, "error: out.csv exists. Write over it with --force\n")
    assert Path("out.csv").read_text(encoding="utf-8") == "mine"
    assert spacerel("timeline", "-o", "out.csv", "--force").code == 0
    assert Path("out.csv").read_text(encoding="utf-8").startswith("id,")


def test_a_file_is_written_whole_or_not_at_all(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(table: object, out: io.TextIOBase, settings: object) -> None:
        out.write("half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("spacerel.formats.csv.write", half)
    Path("old.csv").write_text("mine", encoding="utf-8")

    ran = spacerel("timeline", "-o", "old.csv", "--force")
    assert (ran.code, ran.err) == (2, "error: cannot write old.csv: No space left on device.\n")
    assert spacerel("timeline", "-o", "new.csv").code == 2
    assert sorted(os.listdir()) == ["old.csv", "small.yaml"]
    assert Path("old.csv").read_text(encoding="utf-8") == "mine"


def test_somebody_elses_file_that_came_meanwhile_stays(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def meanwhile(table: object, out: io.TextIOBase, settings: object) -> None:
        Path("out.csv").write_text("theirs", encoding="utf-8")

    monkeypatch.setattr("spacerel.formats.csv.write", meanwhile)

    assert spacerel("timeline", "-o", "out.csv").err == "error: out.csv exists. Write over it with --force\n"
    assert Path("out.csv").read_text(encoding="utf-8") == "theirs"
    assert sorted(os.listdir()) == ["out.csv", "small.yaml"]


def test_a_link_is_followed_and_a_device_is_written_to(spacerel: Program) -> None:
    Path("real.csv").write_text("old", encoding="utf-8")
    Path("link.csv").symlink_to("real.csv")

    assert spacerel("timeline", "-o", "link.csv", "--force").code == 0
    assert Path("link.csv").is_symlink()
    assert Path("real.csv").read_text(encoding="utf-8").startswith("id,")
    assert spacerel("timeline", "-o", "/dev/null", "-f", "csv").err == "Wrote 10 rows to /dev/null.\n"
    assert Path("/dev/null").is_char_device()


# Help, version, completion.


def test_the_version() -> None:
    ran = process("--version")

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"spacerel {import_module('spacerel').__version__}\n", "")


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_lists_every_command_with_the_first_line_of_its_own_help(
    spacerel: Program, words: tuple[str, ...]
) -> None:
    ran = spacerel(*words)

    assert (ran.code, ran.err) == (0, "")
    for name in COMMANDS:
        function = cli._function(name)
        assert first_line(name) == (inspect.getdoc(function) or "").partition("\n")[0]
        assert first_line(name).split()[0] in next(line for line in ran.lines if line.startswith(f"  {name} "))


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help(spacerel: Program, name: str, option: str) -> None:
    ran = spacerel(name, option)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: spacerel {name}")


@pytest.mark.parametrize("name", READING)
def test_every_reading_command_has_every_shared_option(spacerel: Program, name: str) -> None:
    out = spacerel(name, "--help").out

    sections = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert sections[-3:] == ["Filters:", "Output:", "Global:"]
    for options in (FILTERS, OUTPUT, GLOBAL):
        assert all(f"--{option.rstrip('_').replace('_', '-')}" in out for option in options)


def completed(spacerel: Program, shell: str, *words: str) -> list[str]:
    """What a shell proposes for the last word."""
    line = " ".join(["spacerel", *words])
    env = {
        "_SPACEREL_COMPLETE": f"complete_{shell}",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words)),
        "_TYPER_COMPLETE_ARGS": line,
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    ran = spacerel(env=env)
    assert "Traceback" not in ran.err
    if shell == "zsh":
        return [word.strip('"') for word in ran.out.removeprefix("_arguments '*: :((").split("))'")[0].splitlines()]
    return ran.lines


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("timeline", "-a", "r"), ["roscosmos", "rka", "russia"]),
        (("timeline", "--by", "esa,one"), ["esa,oneweb"]),
        (("timeline", "-p", "rover-"), ["rover-nasa"]),
        (("timeline", "--act", "su"), ["suspend"]),
        (("timeline", "--tag", "s"), ["science"]),
        (("timeline", "--topic", "l"), ["launch"]),
        (("timeline", "--outcome", "pend"), ["pending"]),
        (("timeline", "-f", "js"), ["json", "jsonl"]),
        (("timeline", "--color", "a"), ["auto", "always"]),
        (("show", "esa-"), ["esa-suspends-rover", "esa-ends-rover"]),
        (("partners", "r"), ["roscosmos", "rka", "russia"]),
        (("partners", "roscosmos", "e"), ["esa"]),
        (("partnerships", "--standing", "active,br"), ["active,broken"]),
        (("show", "oneweb-so"), ["oneweb-soyuz"]),
    ],
)
def test_completion(spacerel: Program, shell: str, words: tuple[str, ...], expected: list[str]) -> None:
    assert completed(spacerel, shell, *words) == expected


def test_completion_of_commands_and_options(spacerel: Program) -> None:
    assert completed(spacerel, "bash", "timel") == ["timeline"]
    assert "--agency" in completed(spacerel, "bash", "timeline", "--ag")


@pytest.mark.parametrize(
    "words",
    [
        ("timeline", "--log", "missing.yaml", "-a", "e"),
        ("timeline", "--log", "-", "-t", "zzz"),
        ("nothing", "-a", "zzz"),
        ("--log", "missing.yaml", "timeline", "-p", "e"),
        ("timeline", "--limit", "x", "-a", "zzz"),
    ],
)
def test_completion_proposes_nothing_rather_than_fail(spacerel: Program, words: tuple[str, ...]) -> None:
    assert [word for word in completed(spacerel, "bash", *words) if word] == []


def test_completion_never_ends_in_a_traceback(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "_function", broken)

    ran = spacerel(env={"_SPACEREL_COMPLETE": "complete_bash", "COMP_WORDS": "spacerel timeline -", "COMP_CWORD": "2"})
    assert (ran.code, ran.err) == (1, "")


def test_the_log_that_is_named_is_the_one_that_completes(spacerel: Program, tmp_path: Path) -> None:
    other = spacerel.log.read_text(encoding="utf-8").replace("oneweb", "twoweb")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")

    assert completed(spacerel, "bash", "timeline", "--log", "other.yaml", "-a", "t") == ["twoweb"]
    assert completed(spacerel, "bash", "--log", "other.yaml", "timeline", "-a", "t") == ["twoweb"]
