"""The direction of imports and the homes of third parties, read from the source itself."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "spacerel"

# A room may import rooms of a lower level, and of its own level where the level says so.
LEVELS = {
    "errors": 0,
    "model": 1,
    "dates": 2,
    "standing": 3,
    "table": 3,
    "formats": 3,
    "checks": 3,
    "problems": 2,
    "files": 2,
    "drafts": 2,
    "fields": 3,
    "log": 3,
    "selection": 3,
    "relations": 3,
    "scores": 3,
    "figures": 3,
    "network": 3,
    "tracks": 3,
    "lanes": 3,
    "density": 3,
    "exports": 3,
    "imports": 3,
    "writing": 3,
    "schema": 3,
    "cache": 4,
    "notebook": 4,
    "options": 5,
    "query": 5,
    "delivery": 5,
    "commands": 6,
    "cli": 7,
    "__main__": 8,
}
FORMATS_MAY = {"table", "formats", "errors"}
# What an export that is read by people shows is a table, too.
EXPORTS_MAY = {"model", "dates", "standing", "errors", "drafts", "exports", "table", "formats"}
HOMES = {
    "yaml": ("log.py",),
    "dateutil": ("dates.py",),
    "rich": ("table.py", "commands/_explorer.py"),
    "pyarrow": ("exports/parquet.py",),
    "textual": ("commands/_explorer.py",),
    "typer": ("cli.py", "options.py", "commands/"),
}


def imports(source: str) -> Iterator[tuple[int, str]]:
    """The line and the full name of every module that a source imports, also inside functions."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports name their room in full"
            if node.module in ("spacerel", "spacerel.exports", "spacerel.formats", "spacerel.commands"):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, str(node.module)


def complaints(path: str, source: str) -> list[str]:
    """What is wrong with the imports of a file of the package; `path` is relative to it."""
    room = path.split("/")[0].removesuffix(".py")
    found = []
    for line, name in imports(source):
        top, _, rest = name.partition(".")
        target = rest.split(".")[0]
        if top in sys.stdlib_module_names:
            continue
        if top != "spacerel":
            homes = HOMES.get(top)
            if homes is None:
                found.append(f"{path}:{line}: {top} has no home")
            elif not path.startswith(homes):
                found.append(f"{path}:{line}: {top} lives in {' and '.join(homes)}")
        elif target not in LEVELS or room == "__init__":
            continue
        elif room == "formats" and target not in FORMATS_MAY:
            found.append(f"{path}:{line}: a format knows the table, not {target}")
        elif room == "exports" and target not in EXPORTS_MAY:
            found.append(f"{path}:{line}: an export knows the model and the standings, not {target}")
        elif LEVELS[target] > LEVELS[room]:
            found.append(f"{path}:{line}: {room} is below {target}")
    return found


def sources() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down_and_third_parties_stay_at_home(path: Path) -> None:
    assert complaints(path.relative_to(PACKAGE).as_posix(), path.read_text(encoding="utf-8")) == []


def test_every_room_has_a_level() -> None:
    rooms = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in sources()}

    assert rooms - set(LEVELS) <= {"__init__", "__about__"}


def test_no_two_rooms_need_each_other() -> None:
    """Levels allow neighbours to import each other; a circle among them they do not show."""
    needs: dict[str, set[str]] = {}
    for path in sources():
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for _, name in imports(path.read_text(encoding="utf-8")):
            target = name.partition(".")[2].split(".")[0] if name.startswith("spacerel.") else room
            if target in LEVELS and target != room:
                needs.setdefault(room, set()).add(target)

    assert circle(needs) is None


def circle(needs: dict[str, set[str]]) -> list[str] | None:
    """A way from a room back to itself, or None."""

    def walk(way: list[str]) -> list[str] | None:
        for target in sorted(needs.get(way[-1], ())):
            if target in way:
                return [*way[way.index(target) :], target]
            if found := walk([*way, target]):
                return found
        return None

    return next((found for room in sorted(needs) if (found := walk([room]))), None)


@pytest.mark.parametrize(
    ("path", "source", "complaint"),
    [
        ("model.py", "from spacerel.dates import shown", "model.py:1: model is below dates"),
        ("dates.py", "def f():\n    import yaml", "dates.py:2: yaml lives in log.py"),
        ("relations.py", "import spacerel.cli", "relations.py:1: relations is below cli"),
        (
            "relations.py",
            "from rich.table import Table",
            "relations.py:1: rich lives in table.py and commands/_explorer.py",
        ),
        ("selection.py", "from spacerel import commands", "selection.py:1: selection is below commands"),
        ("log.py", "from dateutil import parser", "log.py:1: dateutil lives in dates.py"),
        ("table.py", "import typer", "table.py:1: typer lives in cli.py and options.py and commands/"),
        ("log.py", "import requests", "log.py:1: requests has no home"),
        ("formats/csv.py", "from spacerel.log import read", "formats/csv.py:1: a format knows the table, not log"),
        (
            "exports/ics.py",
            "from spacerel.selection import select",
            "exports/ics.py:1: an export knows the model and the standings, not selection",
        ),
    ],
)
def test_a_wrong_import_is_seen(path: str, source: str, complaint: str) -> None:
    assert complaints(path, source) == [complaint]


def test_a_circle_is_seen() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle({"a": {"b", "c"}, "b": {"c"}}) is None
