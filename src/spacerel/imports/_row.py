"""A row as it was read, and an event's row from values by key."""

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from spacerel import dates
from spacerel.fields import TOP

_EVENT: Any = TOP.fields["events"].mapping
FIELDS: Mapping[str, Any] = _EVENT.fields
FLAT = ("source_urls", "source_publishers", "outcome_date", "outcome_event")
"""Columns in which a flat table says what the format nests."""
KEYS = (*FIELDS, *FLAT)
LISTS = frozenset(key for key, field in FIELDS.items() if field.shape in ("list", "either"))
_DERIVED = ("date_start", "date_end", "precision", "against", "line")
"""Columns of spacerel's own exports that follow from others."""
_EMPTY: tuple[Any, ...] = ("", None, [], {})


class Row(NamedTuple):
    """A row: where it stands, what list of the log it is for, its values by key, what has no key, and why it is not read.

    A row whose `kind` is empty has been taken into another one.
    """

    where: str
    values: dict[str, Any]
    others: dict[str, str] = {}  # noqa: RUF012 - never written to
    kind: str = "events"
    wrong: str = ""


def is_own(names: Any) -> bool:
    """Whether columns or keys are those of spacerel's own export."""
    return {"date_start", "source_urls"} <= set(names)


def event(where: str, named: Mapping[str, Any], own: bool = False, last: bool = False) -> Row:
    """The row of an event from values by key; lists may be texts joined with semicolons.

    `last` says that nothing more will be known of it: a source without a publisher has the host of its address.
    """
    left = {key: value for key, value in named.items() if value not in _EMPTY}
    values = {key: left.pop(key) for key in FIELDS if key in left}
    for key in LISTS & set(values):
        if isinstance(values[key], str):
            parts = values[key].split(";")
            values[key] = parts if own else [part.strip() for part in parts if part.strip()]
    if own:
        end = left.get("date_end")
        if end and "end" not in values and "date" in values:
            # The last day of the date itself says nothing of its own.
            with suppress(ValueError, AttributeError, TypeError):
                values |= {} if dates.last_day(values["date"]) == end else {"end": end}
        for key in _DERIVED:
            left.pop(key, None)
    if isinstance(values.get("outcome"), str):
        said = {
            "status": values["outcome"],
            "date": left.pop("outcome_date", ""),
            "event": left.pop("outcome_event", ""),
        }
        values["outcome"] = {key: value for key, value in said.items() if value}
    if values.get("modality") == "done":
        del values["modality"]
    addresses, publishers = _list(left.get("source_urls")), _list(left.get("source_publishers"))
    if "sources" in values and own:
        left.pop("source_urls", None)
        left.pop("source_publishers", None)
    elif "sources" not in values and addresses and len(publishers) in (0 if last else len(addresses), len(addresses)):
        named_by = publishers or [host(address) for address in addresses]
        values["sources"] = [source(address, by, address) for by, address in zip(named_by, addresses, strict=True)]
        left.pop("source_urls")
        left.pop("source_publishers", None)
    return Row(where, {key: values[key] for key in FIELDS if key in values}, others(left))


def others(left: Mapping[str, Any]) -> dict[str, str]:
    """What has no key, as text."""
    return {
        str(key): value if isinstance(value, str) else _told(value)
        for key, value in left.items()
        if value not in _EMPTY
    }


def _told(value: Any) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)


def source(title: str, publisher: str, address: str) -> dict[str, str]:
    """A source as the format has it."""
    return {"title": title, "publisher": publisher, "url": address}


def host(address: str) -> str:
    """Who can be named as publisher of a page of which only the address is known."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _list(value: Any) -> list[str]:
    parts = value.split(";") if isinstance(value, str) else value if isinstance(value, (list, tuple)) else ()
    return [part.strip() for part in parts] if all(isinstance(part, str) for part in parts) else []


def slug(text: str) -> str:
    """An id that says what a text says: "ESA ends it" -> "esa-ends-it"; nothing where no letter of it is Latin."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def fresh(wish: str, taken: set[str]) -> str:
    """The id that was wished for, with a number behind it where it is taken; it is taken from now on."""
    found, number = wish, 2
    while found in taken:
        found, number = f"{wish}-{number}", number + 1
    taken.add(found)
    return found


def with_defaults(rows: list[Row], defaults: Mapping[str, Any]) -> list[Row]:
    """The rows with what was said for all of them where they say nothing, and with an id made from the title."""
    taken = {str(row.values["id"]) for row in rows if row.kind == "events" and "id" in row.values}
    found = []
    for row in rows:
        if row.kind == "events" and row.values and not row.wrong:
            flat = {key: row.others[key] for key in FLAT if key in row.others}
            filled = event(row.where, {**defaults, **row.values, **flat}, last=True)
            values = filled.values
            if "id" not in values and isinstance(values.get("title"), str):
                name = slug(values["title"]) or slug(f"event {values.get('date', '')}")
                values = {"id": fresh(name, taken), **values}
            row = row._replace(
                values=values,
                others={**{key: one for key, one in row.others.items() if key not in flat}, **filled.others},
            )
        found.append(row)
    return found
