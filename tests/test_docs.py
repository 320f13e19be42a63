"""The documents say what is so: examples from real runs, every command named, code that runs, versions that agree."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from readme import SESSION, current, main
from spacerel import __version__
from spacerel.standing import CHANGES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = sorted(
    path.stem.strip("_")
    for path in (ROOT / "src" / "spacerel" / "commands").glob("[a-z]*.py")
    if path.stem != "__init__"
)


def test_the_examples_are_from_real_runs() -> None:
    assert len(SESSION.findall(README)) >= 8
    assert current(README) == README


def test_an_example_that_is_out_of_date_is_seen_and_mended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.md"
    path.write_text("```console\n$ spacerel --version\nspacerel 0.0\n```\n", encoding="utf-8")

    assert main([str(path)]) == 1
    assert "examples are out of date" in capsys.readouterr().err
    assert main(["--write", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == f"```console\n$ spacerel --version\nspacerel {__version__}\n```\n"
    assert main([str(path)]) == 0


def test_the_two_commands_stand_on_the_first_screen() -> None:
    head = README.splitlines()[:12]
    start = head.index("<!-- two commands -->")

    assert head[start + 1] == "```sh"
    assert head[start + 2].endswith("spacerel timeline --agency roscosmos")
    assert head[start + 3].endswith("pytest --cov")
    assert head[start + 4] == "```"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme_and_has_an_example_in_its_help(command: str) -> None:
    table = README.partition("## The commands")[2].partition("## A log of your own")[0]
    assert re.search(rf"`{command}\b", table)

    ran = subprocess.run(
        [sys.executable, "-m", "spacerel", command, "--help"], capture_output=True, text=True, check=True
    )
    assert re.search(r"Examples?:\s+(EDITOR=nano )?spacerel", ran.stdout)


def test_the_rules_of_standing_are_all_told() -> None:
    told = README.partition("### How standing is decided")[2].partition("## In Python")[0]

    assert [act for act in CHANGES if act != "replaced" and f"`{act}`" not in told] == []


def test_the_python_example_runs(tmp_path: Path) -> None:
    code = README.partition("```python\n")[2].partition("```")[0]
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)

    assert (ran.returncode, ran.stderr) == (0, "")


def test_the_citation_has_the_version() -> None:
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"] == __version__


def test_links_between_documents_lead_somewhere() -> None:
    for document in (ROOT / "README.md", ROOT / "data" / "README.md", ROOT / "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), target
