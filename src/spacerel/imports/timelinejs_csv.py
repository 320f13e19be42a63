"""The spreadsheet of TimelineJS: a row a slide. Links in the text and the media are sources; a group is a partnership or a
body of the log in use, where it has the name of one. Titles and eras are no events.
"""

from collections.abc import Iterable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from spacerel.dates import shown
from spacerel.imports._row import Row, event, host, others, source
from spacerel.imports.csv import Table
from spacerel.model import Log


def is_one(header: Iterable[str]) -> bool:
    """Whether a table with these columns is one."""
    return {"Year", "Headline", "Text"} <= set(header)


def rows(table: Table, mapped: Mapping[str, str], known: Log, defaults: Mapping[str, str]) -> Iterator[Row]:
    """A row an event; a title or an era is named as none."""
    for where, cells in table:
        kind = cells.get("Type", "").strip()
        if kind in ("title", "era"):
            yield Row(where, {}, others(cells), wrong=f"{'an' if kind == 'era' else 'a'} {kind} is no event")
        else:
            yield _slide(where, cells, mapped, known, defaults)


def _slide(
    where: str, cells: dict[str, str], mapped: Mapping[str, str], known: Log, defaults: Mapping[str, str]
) -> Row:
    named: dict[str, Any] = {mapped[column]: cells.pop(column) for column in list(cells) if column in mapped}
    found: dict[str, Any] = {"date": _date(cells, ""), "end": _date(cells, "End ")}
    if cells.get("Display Date") and "date" in found and cells["Display Date"] == _about(found["date"]):
        found["date"] += "~"
        del cells["Display Date"]
    title, text = _Page(cells.pop("Headline", "")), _Page(cells.pop("Text", ""))
    found["title"] = " ".join(title.paragraphs)
    found["summary"] = "\n".join(text.paragraphs) or found["title"]
    sources = [*text.sources, *title.sources, *_media(cells)]
    found["sources"] = list({one["url"]: one for one in sources}.values())
    group = cells.get("Group", "")
    partnership = next((one for one in known.partnerships.values() if group in (one.name, one.id)), None)
    actor = next((key for key, one in known.actors.items() if group in (key, one.name, one.short, *one.aliases)), None)
    if partnership is not None:
        found["parties"] = list(partnership.parties)
        if {**defaults, **named}.get("act", "context") != "context":
            found["partnership"] = partnership.id
            del cells["Group"]
    elif actor is not None and group:
        found["parties"] = [actor]
        del cells["Group"]
    given = {key: value for key, value in named.items() if value}
    replaced = {key: value for key, value in found.items() if key in given and value}
    row = event(where, {**found, **given})
    return row._replace(others={**row.others, **others(replaced), **others(cells)})


def _date(cells: dict[str, str], which: str) -> str:
    """The date as fine as its cells are filled; they are taken out."""
    parts = [cells.pop(f"{which}{name}", "").strip() for name in ("Year", "Month", "Day")]
    if parts[2] and not parts[1]:
        return "-".join(parts)
    widths = (4, 2, 2)
    return "-".join(part.zfill(width) for part, width in zip(parts, widths, strict=True) if part)


def _about(date: str) -> str | None:
    try:
        return shown(f"{date}~")
    except ValueError:
        return None


def _media(cells: dict[str, str]) -> list[dict[str, str]]:
    address = cells.get("Media", "").strip()
    if not address.lower().startswith(("http://", "https://")):
        return []
    del cells["Media"]
    title, publisher = _Page(cells.pop("Media Caption", "")), _Page(cells.pop("Media Credit", ""))
    return [source(" ".join(title.paragraphs) or address, " ".join(publisher.paragraphs) or host(address), address)]


class _Page(HTMLParser):
    """The paragraphs of a piece of HTML as text, and its links; `PUBLISHER: link` alone in a paragraph is a source only."""

    _BLOCKS = ("p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "blockquote")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.sources: list[dict[str, str]] = []
        self._text = self._before = ""
        self._links: list[dict[str, str]] = []
        self._address = ""
        self.feed(html)
        self.close()
        self._end()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._BLOCKS:
            self._end()
        elif tag == "a":
            self._before, self._address = self._text, dict(attrs).get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in self._BLOCKS:
            self._end()
        elif tag == "a" and self._address:
            title = self._text[len(self._before) :].strip()
            self._links.append(source(title or self._address, host(self._address), self._address))
            self._address = ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def _end(self) -> None:
        text = " ".join(self._text.split())
        before = self._before.strip()
        alone = len(self._links) == 1 and before.endswith(":") and text == f"{before} {self._links[0]['title']}"
        if alone:
            self._links[0]["publisher"] = before.removesuffix(":").strip()
        elif text:
            self.paragraphs.append(text)
        self.sources += self._links
        self._text, self._before, self._links = "", "", []
