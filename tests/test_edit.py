"""spacerel edit: the editor at the line, and a check behind it."""

import sys
from pathlib import Path

import pytest

from small_log import Program, spacerel

__all__ = ["spacerel"]


@pytest.fixture
def editor(tmp_path: Path) -> dict[str, str | None]:
    """An editor that writes down what it was called with and breaks the log if a file `break` is there."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import pathlib, sys\n"
        "pathlib.Path('called').write_text(' '.join(sys.argv[1:]))\n"
        "log = pathlib.Path(sys.argv[-1])\n"
        "if pathlib.Path('break').exists(): log.write_text(log.read_text().replace('act: suspend', 'act: walk', 1))\n"
    )
    return {"VISUAL": f"{sys.executable} {script}", "EDITOR": "false"}


def test_the_editor_opens_at_the_record(spacerel: Program, editor: dict[str, str | None]) -> None:
    assert spacerel("init", "mine.yaml").code == 0
    ran = spacerel("edit", "esa-suspends-exomars-rover", "mine.yaml", env=editor)

    line = Path("mine.yaml").read_text().splitlines().index("- id: esa-suspends-exomars-rover") + 1
    assert (ran.code, ran.err) == (0, "")
    assert Path("called").read_text() == f"+{line} {Path('mine.yaml').resolve()}"


def test_the_log_is_checked_afterwards(spacerel: Program, editor: dict[str, str | None]) -> None:
    assert spacerel("init", "mine.yaml").code == 0
    Path("break").touch()
    ran = spacerel("edit", "exomars-rover", "mine.yaml", env=editor)

    assert ran.code == 1
    assert 'unknown act "walk"' in ran.err
    assert ran.err.endswith("The log has errors now. Mend them: spacerel check mine.yaml\n")


def test_an_unknown_id(spacerel: Program) -> None:
    ran = spacerel("edit", "exomars-rove")

    assert ran.code == 2
    assert ran.err.startswith('error: unknown id "exomars-rove". Did you mean "')


def test_an_editor_that_is_not_there_and_one_that_fails(spacerel: Program) -> None:
    missing = spacerel("edit", "esa", env={"VISUAL": "no-such-editor"})
    failing = spacerel("edit", "esa", env={"VISUAL": "", "EDITOR": "false"})

    assert missing.err == 'error: cannot start the editor "no-such-editor": No such file or directory.\n'
    assert failing.err == 'error: the editor "false" ended with exit code 1.\n'
