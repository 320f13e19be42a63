"""What a run loads: nothing that it does not need at that moment, for each module is time before the first answer."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import spacerel
from small_log import TEXT, environment
from spacerel import cache, log

COMMANDS = sorted(path.stem for path in (Path(spacerel.__file__).parent / "commands").glob("[a-z]*.py"))
NEEDS_WORDS = {
    "why": ("esa-ends-rover",),
    "show": ("esa-ends-rover",),
    "path": ("esa", "oneweb"),
    "diff": ("2021", "2022"),
    "partners": ("esa",),
    "export": ("csv",),
}
NOT_READING = {"add", "edit", "init", "import_", "fmt", "check", "schema", "help", "explore"}
READING = [(name, *NEEDS_WORDS.get(name, ())) for name in COMMANDS if name not in NOT_READING]
PRINTING = {"rich"}
READER = {"yaml", "spacerel.log", "spacerel.checks", "spacerel.fields", "spacerel.problems"}
NEVER = {
    "dateutil",
    "pydantic",
    "textual",
    "dataclasses",
    "importlib.metadata",
    "difflib",
    "logging",
    "hashlib",
    "asyncio",
}


def loaded(folder: Path, *words: str) -> set[str]:
    """The modules of a piped run on the small log, Typer's own left out."""
    script = (
        "import sys, atexit, typer.main; before = set(sys.modules)\n"
        "atexit.register(lambda: sys.stderr.write(' '.join(set(sys.modules) - before)))\n"
        "from spacerel.__main__ import main; main()"
    )
    log = folder / "small.yaml"
    log.write_text(TEXT, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", script, *words],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment(SPACEREL_LOG=str(log), XDG_CACHE_HOME=str(folder)),
    )
    assert ran.returncode == 0, ran.stderr
    return set(ran.stderr.split())


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_a_piped_run_reads_no_yaml_when_the_cache_has_the_log(tmp_path: Path, words: tuple[str, ...]) -> None:
    first, second = loaded(tmp_path, *words), loaded(tmp_path, *words)

    assert first > READER
    assert second & (READER | PRINTING | NEVER) == set()


@pytest.mark.parametrize("words", [("--version",), ("--help",), *((name.strip("_"), "--help") for name in COMMANDS)])
def test_help_reads_no_log(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert loaded(tmp_path, *words) & (PRINTING | NEVER | {"yaml", "spacerel.cache"}) == set()


def test_the_list_of_commands_imports_none_of_them(tmp_path: Path) -> None:
    assert not [name for name in loaded(tmp_path, "--help") if name.startswith("spacerel.commands.")]


def test_only_the_named_command_is_imported(tmp_path: Path) -> None:
    commands = {name for name in loaded(tmp_path, "timeline") if name.startswith("spacerel.commands.")}

    assert commands == {"spacerel.commands.timeline"}


@pytest.mark.parametrize(("date", "english"), [("2022-03", False), ("2022-Q1", False), ("17 March 2022", True)])
def test_only_an_english_date_needs_dateutil(tmp_path: Path, date: str, english: bool) -> None:
    assert ("dateutil" in loaded(tmp_path, "timeline", "--since", date)) == english


def test_a_plain_screen_needs_no_rich(tmp_path: Path) -> None:
    assert "rich" not in loaded(tmp_path, "timeline", "-f", "text", "--color", "always")


def test_completing_an_agency_is_light(tmp_path: Path) -> None:
    script = (
        "import sys, atexit; atexit.register(lambda: sys.stderr.write(' '.join(sys.modules)))\n"
        "from spacerel.__main__ import main; sys.argv[0] = 'spacerel'; main()"
    )
    (tmp_path / "small.yaml").write_text(TEXT, encoding="utf-8")
    tab = {
        "_SPACEREL_COMPLETE": "complete_bash",
        "COMP_WORDS": "spacerel timeline --agency ro",
        "COMP_CWORD": "3",
        "SPACEREL_LOG": str(tmp_path / "small.yaml"),
        "XDG_CACHE_HOME": str(tmp_path),
    }
    for _ in range(2):
        ran = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False, env=environment(**tab)
        )

    assert ran.stdout.split() == ["roscosmos"]
    assert set(ran.stderr.split()) & (READER | PRINTING | {"dateutil", "spacerel.selection"}) == set()


def test_importing_the_package_costs_nothing() -> None:
    script = "import sys; before = set(sys.modules); import spacerel; print(sorted(set(sys.modules) - before), spacerel.__version__)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout.startswith("['spacerel'] ")
    with pytest.raises(AttributeError, match="has no attribute 'versoin'"):
        import_module("spacerel").versoin  # noqa: B018


def test_the_collector_is_off_while_reading_and_on_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    (tmp_path / "small.yaml").write_text(TEXT, encoding="utf-8")
    was_on = []

    def watched(real: Callable[..., Any]) -> Callable[..., Any]:
        def watch(*words: Any) -> Any:
            was_on.append(gc.isenabled())
            return real(*words)

        return watch

    monkeypatch.setattr(log, "_joined", watched(log._joined))
    monkeypatch.setattr(cache, "_log", watched(cache._log))
    for _ in range(2):
        cache.read([os.fspath(tmp_path / "small.yaml")])

    assert (was_on, gc.isenabled()) == ([False, False], True)


def test_the_program_runs_without_the_collector_and_the_package_leaves_it_alone() -> None:
    script = (
        "import gc, sys; from spacerel import cli, notebook; before = gc.isenabled();"
        "cli.main = lambda: print(before, gc.isenabled()); from spacerel.__main__ import main; main()"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout == "True False\n"
