"""spacerel schema: another checker takes what the reader takes, and refuses what it refuses."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from small_log import Program, spacerel
from spacerel.commands.init import BEGINNING
from spacerel.fields import TOP
from spacerel.files import shipped
from spacerel.schema import DESCRIPTIONS, schema

__all__ = ["spacerel"]

CHECKER = jsonschema.Draft7Validator(schema())


class Texts(yaml.SafeLoader):
    """YAML as the language server and YAML 1.2 read it: a day is text."""


Texts.yaml_implicit_resolvers = {
    sign: [one for one in found if one[0] != "tag:yaml.org,2002:timestamp"]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def errors(text: str) -> list[str]:
    return [error.message for error in CHECKER.iter_errors(yaml.load(text, Texts))]  # noqa: S506


def test_it_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(schema())


def test_every_key_of_the_reader_is_described() -> None:
    mappings: list[Any] = [TOP]
    for mapping in mappings:
        mappings += [field.mapping for field in mapping.fields.values() if field.mapping is not None]
    assert {mapping.noun: set(mapping.fields) for mapping in mappings} == {
        noun: set(keys) for noun, keys in DESCRIPTIONS.items()
    }


def test_the_shipped_log_and_that_of_init() -> None:
    assert errors(shipped().read_text(encoding="utf-8")) == []
    assert errors(BEGINNING) == []


BREAKS = (
    ("spacerel: 1\n", "spacerel: 2\n"),
    ("spacerel: 1\n", ""),
    ("- id: esa\n", "- id: ESA\n"),
    ("  type: state\n", "  type: country\n"),
    ("  country: RU\n", "  country: Russia\n"),
    ("  type: state\n", ""),
    ("  kind: programme\n", "  kind: friendship\n"),
    ("  topic: exploration\n", "  topic: mars\n"),
    ("  parties: [esa, roscosmos]\n", "  parties: [esa]\n"),
    ("  parties: [esa, roscosmos]\n", "  parties: esa\n"),
    ("  opens: 2013-03-14\n", "  opens: March 2013\n"),
    ("  date: 2022-02-24\n", "  date: 2022-13-24\n"),
    ("  date: 2022-02-24\n", ""),
    ("  act: suspend\n", "  act: cancel\n"),
    ("  act: suspend\n", "  act: suspend\n  modality: announced\n"),
    ("  act: suspend\n", "  act: suspend\n  outcome: {status: pending}\n"),
    ("  act: suspend\n", "  act: suspend\n  modality: announced\n  outcome: {status: open}\n"),
    ("  because: [", "  becuase: ["),
    ("  tags: [mars, science]\n", "  tags: [mars; science]\n"),
    ("    url: https://www", "    url: www"),
    ("    publisher: VRT NWS\n", ""),
    ("  confidence: medium\n", "  confidence: certain\n"),
    ("  title: Russia invades Ukraine\n", f"  title: {'R' * 91}\n"),
    ("  title: Russia invades Ukraine\n", "  title: [Russia]\n"),
)


def broken(right: str, wrong: str) -> str:
    assert right in BEGINNING
    return BEGINNING.replace(right, wrong, 1)


@pytest.mark.parametrize(("right", "wrong"), BREAKS)
def test_what_the_reader_refuses_the_schema_refuses(spacerel: Program, right: str, wrong: str) -> None:
    Path("x.yaml").write_text(broken(right, wrong))

    assert spacerel("check", "x.yaml").code == 1
    assert errors(broken(right, wrong))


def checked(folder: Path, *files: Path) -> tuple[int, dict[str, list[str]]]:
    """The exit code of check-jsonschema, and the places that it remarks on, by the name of the file."""
    (folder / "log.schema.json").write_text(json.dumps(schema()), encoding="utf-8")
    words = ["-m", "check_jsonschema", "--output-format", "json", "--schemafile", str(folder / "log.schema.json")]
    ran = subprocess.run([sys.executable, *words, *map(str, files)], capture_output=True, text=True, check=False)
    found: dict[str, list[str]] = {}
    for error in json.loads(ran.stdout)["errors"]:
        found.setdefault(Path(error["filename"]).name, []).append(error["path"])
    return ran.returncode, found


def test_check_jsonschema_takes_the_shipped_log_and_that_of_init(tmp_path: Path) -> None:
    (tmp_path / "begun.yaml").write_text(BEGINNING, encoding="utf-8")

    assert checked(tmp_path, shipped(), tmp_path / "begun.yaml") == (0, {})


def test_check_jsonschema_refuses_every_broken_log(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.yaml" for number in range(len(BREAKS))]
    for file, (right, wrong) in zip(files, BREAKS, strict=True):
        file.write_text(broken(right, wrong), encoding="utf-8")
    code, found = checked(tmp_path, *files)

    assert len(files) >= 20
    assert (code, set(found)) == (1, {file.name for file in files})
    assert found["0.yaml"] == ["$.spacerel"]
    kind = BREAKS.index(("  kind: programme\n", "  kind: friendship\n"))
    assert found[f"{kind}.yaml"] == ["$.partnerships[0].kind"]


def test_it_is_printed(spacerel: Program) -> None:
    assert json.loads(spacerel("schema").out) == schema()


def test_install_names_it_in_the_log_once(spacerel: Program) -> None:
    Path("mine.yaml").write_text(BEGINNING)
    ran = spacerel("schema", "--install", "mine.yaml")

    assert ran.code == 0
    assert ran.err.endswith("spacerel.schema.json; mine.yaml names it in a line at its head.\n")
    assert json.loads(Path("spacerel.schema.json").read_text()) == schema()
    once = "# yaml-language-server: $schema=./spacerel.schema.json\n" + BEGINNING
    assert Path("mine.yaml").read_text() == once
    assert spacerel("schema", "--install", "mine.yaml").code == 0
    assert Path("mine.yaml").read_text() == once
    assert spacerel("check", "--strict", "mine.yaml").code == 0
    assert spacerel("fmt", "--check", "mine.yaml").code == 0


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_install_changes_nothing_but_the_first_line(spacerel: Program, ends: str) -> None:
    text = BEGINNING.replace("\n", ends).encode()
    Path("mine.yaml").write_bytes(text)

    assert spacerel("schema", "--install", "mine.yaml").code == 0
    assert (
        Path("mine.yaml").read_bytes()
        == f"# yaml-language-server: $schema=./spacerel.schema.json{ends}".encode() + text
    )


def test_where_it_cannot_be_installed(spacerel: Program) -> None:
    Path("mine.yaml").write_text(BEGINNING)
    missing = spacerel("schema", "--install", "none.yaml")
    Path("spacerel.schema.json").mkdir()
    taken = spacerel("schema", "--install", "mine.yaml")

    assert (missing.code, missing.err) == (3, "error: there is no file none.yaml. spacerel init none.yaml begins one\n")
    assert taken.code == 2
    assert taken.err == f"error: cannot write {Path('spacerel.schema.json').resolve()}: Is a directory.\n"
    assert Path("mine.yaml").read_text() == BEGINNING
