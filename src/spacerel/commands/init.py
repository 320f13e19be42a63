"""spacerel init: a log of one's own to begin with."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from spacerel.errors import UsageError

BEGINNING = """\
# A log of your own: who works with whom, step by step, with sources.
# Write below the examples, then: spacerel check FILE, and spacerel timeline --log FILE.
spacerel: 1

# Who takes steps. type: agency, company, state or organisation; country: two letters, none for international bodies.
actors:
- id: esa
  name: European Space Agency
  short: ESA
  type: agency
- id: roscosmos
  name: State Corporation for Space Activities Roscosmos
  short: Roscosmos
  type: agency
  country: RU
- id: russia
  name: Russia
  type: state
  country: RU
- id: ukraine
  name: Ukraine
  type: state
  country: UA

# What they do together. opens: since when, where that is before the first event of the log.
partnerships:
- id: exomars-rover
  name: ExoMars rover mission
  parties: [esa, roscosmos]
  kind: programme
  topic: exploration
  description: A European rover on a Russian lander and rocket
  opens: 2013-03-14

events:
# A setting, to which other events point with because. An event with the act context belongs to no partnership.
- id: invasion-of-ukraine
  date: 2022-02-24
  title: Russia invades Ukraine
  parties: [russia, ukraine]
  by: russia
  act: context
  summary: >-
    Russian forces cross into Ukraine from the north, the east and the south.
  sources:
  - title: Russian invasion of Ukraine
    publisher: Wikipedia
    url: https://en.wikipedia.org/wiki/Russian_invasion_of_Ukraine
    supports: date
  confidence: medium

# A step: who took it (by), in which partnership, and why (because).
- id: esa-suspends-exomars-rover
  date: 2022-03-17 # no finer than the sources: '2022-03' where only the month is known
  title: ESA suspends the ExoMars rover mission with Roscosmos
  parties: [esa, roscosmos] # all whom it concerns, the acting one first
  by: esa
  partnership: exomars-rover
  act: suspend
  because: [invasion-of-ukraine]
  tags: [mars, science]
  summary: >-
    The ESA Council finds that the mission cannot be launched with Roscosmos in 2022 and has it suspended.
  sources:
  - title: Lancering ExoMars uitgesteld
    publisher: VRT NWS
    published: 2022-03-17
    url: https://www.vrt.be/vrtnws/nl/2022/03/17/lancering-exomars-uitgesteld/
    supports: date, decision
  # high needs a primary source, or two that do not depend on each other.
  confidence: medium
"""
"""A log with two events to learn from, in the canonical layout."""


def init(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="The log to begin.")] = Path("events.yaml"),
) -> None:
    """Begin a log of your own: a file with two commented example events that pass check. Nothing is written over.

    Example: spacerel init mine.yaml
    """
    try:
        with file.open("x", encoding="utf-8", newline="\n") as out:
            out.write(BEGINNING)
    except FileExistsError:
        raise UsageError(f"{file} exists. Name another file: spacerel init FILE") from None
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror or error}.") from error
    sys.stderr.write(f"Wrote {file}: 2 example events. Next: spacerel check {file}\n")
