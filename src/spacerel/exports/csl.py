"""The pages that the events rest on, as CSL-JSON: for Zotero, pandoc, Quarto and citation managers.

Each page is there once; `note` names the events that it supports. It cannot carry: what of an event a page supports, and
the events themselves.
"""

import json
from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._pages import Page, pages
from spacerel.model import Event, Log


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write one array of items."""
    json.dump([_item(page) for page in pages(events)], out, ensure_ascii=False, indent=1)
    out.write("\n")


def _item(page: Page) -> dict[str, object]:
    item: dict[str, object] = {
        "id": page.key,
        "type": "webpage",
        "title": page.title,
        "container-title": page.publisher,
    }
    if page.published:
        issued: dict[str, object] = {"date-parts": [[int(part) for part in page.published.rstrip("~").split("-")]]}
        item["issued"] = {**issued, "circa": True} if page.published.endswith("~") else issued
    return {**item, "URL": page.url, "note": f"Supports: {', '.join(page.events)}"}
