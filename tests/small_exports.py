"""A log of a few steps as records, the shipped log, and what an export writes of them."""

import io
from collections.abc import Sequence
from types import ModuleType
from typing import Any

import pytest

from spacerel.log import read
from spacerel.model import Actor, Event, Log, Outcome, Partnership, Source

ESA = Actor("esa", "European Space Agency", "agency", "ESA")
ROSCOSMOS = Actor("roscosmos", "State Corporation Roscosmos", "agency", "Roscosmos", "RU")
DLR = Actor("dlr", "Deutsches Zentrum für Luft- und Raumfahrt", "agency", "DLR", "DE")
ROVER = Partnership(
    "exomars-rover", "ExoMars rover: a mission", ("esa", "roscosmos"), "programme", "exploration", "A rover", "Mars"
)
STUDY = Partnership("study", "Study of three", ("esa", "roscosmos", "dlr"), "agreement", "science", "A study")
PAGE = Source("A page; with a semicolon", "ESA", "https://example.org/a?b=1&c=2", "date", "2022-03-18")


def event(key: str, date: str, act: str, **more: Any) -> Event:
    """An event of the rover mission, with what a test does not care about filled in."""
    first: dict[str, Any] = {
        "title": f"{act} on {date}",
        "parties": ("esa", "roscosmos"),
        "summary": f"What happened: {act}.",
        "sources": (PAGE,),
        "confidence": "high",
        "partnership": "exomars-rover",
    }
    return Event(key, date, act=act, **{**first, **more})


WAR = event(
    "war", "2022-02-24", "context", partnership=None, parties=("roscosmos",), title="A war: it <begins> & goes on"
)
STEPS = (
    event("agreed", "2013-03-14", "start", title="They agree; and start"),
    event("studied", "2014~", "agree", partnership="study", parties=("esa", "roscosmos", "dlr")),
    WAR,
    event("suspended", "2022-03-17", "suspend", by=("esa",), because=("war",), tags=("mars", "exomars-rover")),
    event("mooted", "2022-03", "threaten", by=("roscosmos",), modality="threatened", threatens="end",
          title="=1+1", outcome=Outcome("carried-out", "2022-07-12", "ended")),
    event("moved", "2022-04-28", "strain", end="2022-05-02", note="Größe 'x'\n2022: not an event"),
    event("ended", "2022-07-12", "end", by=("esa",), because=("suspended",)),
)  # fmt: skip
LOG = Log({actor.id: actor for actor in (ESA, ROSCOSMOS, DLR)}, {one.id: one for one in (ROVER, STUDY)}, STEPS)


def written(export: ModuleType, events: Sequence[Event] = STEPS, log: Log = LOG, **options: Any) -> str:
    """What an export writes, as text."""
    out = io.StringIO(newline="")
    export.write(log, events, out, **options)
    return out.getvalue()


@pytest.fixture(scope="session")
def shipped() -> Log:
    return read()


def written_bytes(export: ModuleType, events: Sequence[Event] = STEPS, log: Log = LOG, **options: Any) -> bytes:
    """What an export of bytes writes."""
    out = io.BytesIO()
    export.write(log, events, out, **options)
    return out.getvalue()
