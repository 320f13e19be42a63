"""The pages that the chosen events rest on, for bibliographies: each once, whatever number of events it supports."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from spacerel.model import Event


class Page(NamedTuple):
    """A page by its address. `key` is made from the address, so that it stays when the log grows."""

    key: str
    title: str
    publisher: str
    published: str | None
    url: str
    events: tuple[str, ...]


def pages(events: Iterable[Event]) -> list[Page]:
    """Every page in the order of its first event; its title, publisher and day are those given first."""
    found: dict[str, Page] = {}
    for event in events:
        for source in event.sources:
            page = found.get(source.url) or Page(
                _key(source.url), source.title, source.publisher, source.published, source.url, ()
            )
            if event.id not in page.events:
                page = page._replace(events=(*page.events, event.id))
            found[source.url] = page
    return list(found.values())


def _key(url: str) -> str:
    return "s" + blake2b(url.encode(), digest_size=6).hexdigest()
