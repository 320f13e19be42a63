"""Ways to print a Table, a file each, discovered by listing this folder.

Every module here has `EXTENSIONS`, the endings of file names that choose it, and `write(table, out, settings)`.
"""

import os
from importlib import import_module
from types import ModuleType

from spacerel.errors import UsageError, unknown

TYPED = {"terminal": "text", "markdown": "md"}
"""What a person types, where it is not the module's own name."""


def _modules() -> dict[str, str]:
    found = sorted(
        file[:-3] for file in os.listdir(os.path.dirname(__file__)) if file.endswith(".py") and file[0] != "_"
    )
    return {TYPED.get(module, module): module for module in found}


def names() -> tuple[str, ...]:
    """All formats by the names that a person types, in alphabetical order."""
    return tuple(sorted(_modules()))


def named(name: str) -> ModuleType:
    """The module of a format; no other one is imported."""
    modules = _modules()
    if name not in modules:
        raise unknown("format", name, modules, f"{', '.join(sorted(modules))}.")
    return import_module(f"spacerel.formats.{modules[name]}")


def for_file(path: str) -> str:
    """The name of the format that the ending of a file's name asks for."""
    endings = {ending: name for name in names() for ending in named(name).EXTENSIONS}
    ending = os.path.splitext(path)[1].lower()
    if ending not in endings:
        raise UsageError(f'the ending of "{path}" names no format. Known endings: {", ".join(sorted(endings))}.')
    return endings[ending]
