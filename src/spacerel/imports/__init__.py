"""Ways to take rows from another program's file, a file each.

Every module here has `rows(...)`, which yields a `Row` for every row or line of its format, also for those that it cannot
read. What a row says and a log has no key for goes into `Row.others`, so that nothing is lost. Names that begin with `_` are
shared parts.
"""

from collections.abc import Mapping

from spacerel.errors import DataError, UsageError, unknown
from spacerel.imports import csv, ftm, jsonl, timelinejs_csv
from spacerel.imports._row import KEYS, LISTS, Row, with_defaults
from spacerel.model import Log

__all__ = ["Row", "pairs", "rows"]

_LINES = (".jsonl", ".ndjson", ".json", ".ftm")
_UNSAID = {ftm: ("act", "confidence"), timelinejs_csv: ("act", "confidence")}
ASSUMED: Mapping[str, str] = {"act": "context", "confidence": "low"}
"""What a row of a format that has no such field is taken to be: a step that changes no standing, on weak grounds."""


def pairs(option: str, words: list[str]) -> dict[str, str]:
    """What `--map COLUMN=KEY` and `--default KEY=VALUE` say. Raises UsageError where a key is none of an event's."""
    found: dict[str, str] = {}
    for word in words:
        left, equals, right = word.rpartition("=") if option == "--map" else word.partition("=")
        if not equals or not left:
            raise UsageError(f'{option} takes {"COLUMN=KEY" if option == "--map" else "KEY=VALUE"}, not "{word}".')
        key = right if option == "--map" else left
        if key not in KEYS:
            raise unknown("key", key, KEYS, f"{', '.join(KEYS)}.")
        if option == "--map" and key in found.values():
            other = next(column for column, taken in found.items() if taken == key)
            raise UsageError(f'--map gives two columns for {key}: "{other}" and "{left}".')
        found[left] = right
    return found


def rows(file: str, content: bytes, mapped: Mapping[str, str], defaults: Mapping[str, str], known: Log) -> list[Row]:
    """Every row of a file. Raises DataError where it is no text, UsageError where `mapped` names no column of it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DataError(f"{file} is not UTF-8 text. Save it as UTF-8, for spreadsheets: CSV UTF-8") from error
    if file.endswith(_LINES) or text.lstrip().startswith("{"):
        objects = list(jsonl.objects(text))
        module = ftm if ftm.is_one([value for _, value, _ in objects if isinstance(value, dict)]) else jsonl
        found = list(module.rows(objects, mapped, known))
    else:
        table = csv.Table(file, text, mapped)
        module = timelinejs_csv if timelinejs_csv.is_one(table.header) else csv
        found = list(module.rows(table, mapped, known, defaults))
    taken = {**{key: ASSUMED[key] for key in _UNSAID.get(module, ())}, **defaults}
    return with_defaults(found, {key: (value.split(",") if key in LISTS else value) for key, value in taken.items()})
