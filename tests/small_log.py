"""A log of a few steps, and the program run on it."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner

from spacerel.cli import app

SOURCES = """\
  sources:
  - title: A page
    publisher: Ars Technica
    published: 2022-03-18
    url: https://example.org/page
    supports: date, decision
"""

ACTORS = """\
spacerel: 1
actors:
- {id: esa, name: European Space Agency, short: ESA, type: agency, ids: {wikidata: Q42262}}
- {id: roscosmos, name: State Corporation Roscosmos, short: Roscosmos, type: agency, country: RU, aliases: [RKA, Роскосмос], predecessor: rka}
- {id: rka, name: Russian Space Agency, short: Rosaviakosmos, type: agency, country: RU}
- {id: oneweb, name: "OneWeb, the company", short: OneWeb, type: company, country: GB}
- {id: nasa, name: NASA, short: NASA, type: agency, country: US}
- {id: russia, name: Russia, short: Russia, type: state, country: RU}
partnerships:
- {id: rover, name: ExoMars rover, parties: [esa, roscosmos], kind: programme, programme: ExoMars, topic: exploration, description: A European rover on a Russian lander}
- {id: oneweb-soyuz, name: OneWeb on Soyuz, parties: [roscosmos, oneweb], kind: contract, topic: launch, description: Launches of satellites, opens: 2015}
- {id: rover-nasa, name: Rover with NASA, parties: [esa, nasa], kind: agreement, topic: exploration, description: American parts for the rover}
events:
"""

EVENTS = (
    ("rover-agreed", "date: 2005-06-01", "parties: [esa, rka]", "act: talk", "title: ESA and Rosaviakosmos talk about Mars"),
    ("rover-signed", "date: 2013-03-14", "parties: [esa, roscosmos]", "act: agree", "partnership: rover", "title: ESA and Roscosmos sign the rover agreement", "tags: [mars]"),
    ("invasion", "date: 2022-02-24", "parties: [russia]", "by: russia", "act: context", "title: Russia invades Ukraine"),
    (
        "oneweb-ultimatum", "date: 2022-03-02", "parties: [roscosmos, oneweb]", "by: roscosmos", "act: threaten", "modality: threatened",
        "threatens: refuse", "condition: The UK sells its share", "due: 2022-03-04", "outcome: {status: carried-out, date: 2022-03-04, event: oneweb-off-the-pad}",
        "partnership: oneweb-soyuz", "because: [invasion]", "title: Roscosmos sets conditions for the launch", "confidence: medium",
    ),
    ("oneweb-off-the-pad", "date: 2022-03-04", "parties: [roscosmos, oneweb]", "by: roscosmos", "act: end", "partnership: oneweb-soyuz", "because: [oneweb-ultimatum]", "title: Roscosmos ends the OneWeb launches"),
    ("esa-suspends-rover", "date: 2022-03-17", "parties: [esa, roscosmos]", "by: esa", "act: suspend", "partnership: rover", "because: [invasion]", "tags: [mars, science]", "title: ESA suspends the rover", "note: Other clocks say 18 March"),
    ("exchange", "date: 2022-05", "end: 2022-08-01", "parties: [esa, roscosmos]", "act: talk", "title: ESA and Roscosmos talk about their hardware"),
    ("esa-ends-rover", "date: 2022-07-12", "parties: [esa, roscosmos]", "by: esa", "act: end", "partnership: rover", "because: [esa-suspends-rover]", "title: ESA ends the rover cooperation"),
    ("rover-with-nasa", "date: 2024-05-16", "parties: [esa, nasa]", "act: agree", "partnership: rover-nasa", "replaces: rover", "title: NASA and ESA agree on the rover"),
    ("nasa-plans", "date: 2026", "parties: [nasa, esa]", "by: nasa", "act: end", "modality: announced", "outcome: {status: pending}", "partnership: rover-nasa", "title: NASA plans to leave the rover"),
)  # fmt: skip


def record(identifier: str, *fields: str) -> str:
    confidence = () if any(field.startswith("confidence") for field in fields) else ("confidence: high",)
    quoted = (
        f'{key}: "{value}"' if key in ("date", "end") else f"{key}: {value}"
        for key, _, value in (field.partition(": ") for field in fields)
    )
    lines = (f"- id: {identifier}", *quoted, "summary: What happened, in one sentence.", *confidence)
    return "\n  ".join(lines) + "\n" + SOURCES


TEXT = ACTORS + "".join(record(*event) for event in EVENTS)


class Ran(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def ids(self) -> list[str]:
        """The last fields of piped lines."""
        return [line.split("\t")[-1] for line in self.lines]


READING = (
    *("actors", "broken", "diff", "matrix", "partners", "partnerships", "path", "scores", "show", "sources", "summary"),
    *("tags", "threats", "timeline", "why"),
)


class Program:
    """The program with the small log and a fixed today."""

    def __init__(self, folder: Path) -> None:
        self.log = folder / "small.yaml"
        self.log.write_text(TEXT, encoding="utf-8")

    def __call__(self, *words: str, env: Mapping[str, str | None] | None = None, stdin: str | None = None) -> Ran:
        cleared = dict.fromkeys(
            ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "CLICOLOR", "COLUMNS", "_SPACEREL_COMPLETE")
        )
        given = {"SPACEREL_LOG": str(self.log), **cleared, **(env or {})}
        today = ("--today", "2026-11-24") if words and words[0] in READING and "--today" not in words else ()
        result = CliRunner().invoke(app, [*today, *words], env=given, input=stdin, prog_name="spacerel")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Ran(result.exit_code, result.stdout, result.stderr)


@pytest.fixture
def spacerel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    monkeypatch.chdir(tmp_path)
    return Program(tmp_path)


def environment(**changes: str) -> dict[str, str]:
    """The environment for a run in a process of its own, without what a person or a machine set for colours."""
    dropped = (
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "CLICOLOR",
        "COLUMNS",
        "PYTHONUNBUFFERED",
        "SPACEREL_LOG",
        "PAGER",
        "SPACEREL_PAGER",
    )
    return {**{name: value for name, value in os.environ.items() if name not in dropped}, **changes}
