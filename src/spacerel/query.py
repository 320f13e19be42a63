"""What the shared options of a command line ask for: a log, a day, a period, filters, and how the answer is to look."""

import os
import sys
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from spacerel import dates
from spacerel.dates import Period
from spacerel.errors import UsageError, quoted, unknown

if TYPE_CHECKING:
    from spacerel.model import Event, Log
    from spacerel.selection import Filters
    from spacerel.standing import Courses

_WORKED_OUT = ("period", "on_this_day")
"""Fields of `Filters` that do not hold what was typed."""


class Query:
    """What the shared options of a command line say."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        self.piped_format = "plain"
        """The format where standard output is no terminal. A command may prefer another one."""
        for name, value in options.items():
            if "" in (value if isinstance(value, list) else [value]):
                raise UsageError(f"--{name.rstrip('_').replace('_', '-')} is empty.")
        now = date.today().isoformat()
        self.today = dates.period(options["today"], now).last if options.get("today") else now
        self.as_of = dates.period(options["as_of"], self.today).last if options.get("as_of") else self.today
        if options.get("known") and not self.as_of_asked:
            raise UsageError("--known asks what was public on a day. Name it with --as-of DAY.")
        self.period = self._period()

    def _period(self) -> Period | None:
        """What --since, --until and --period leave together."""
        since, until, period = (self.options.get(name) for name in ("since", "until", "period"))
        found = [dates.period(period, self.today)] if period else []
        if since:
            found.append(Period(dates.period(since, self.today).first, dates.LAST_DAY))
        if until:
            found.append(Period(dates.FIRST_DAY, dates.period(until, self.today).last))
        if not found:
            return None
        whole = Period(max(one.first for one in found), min(one.last for one in found))
        if whole.first > whole.last:
            asked = [
                f"--{name} {self.options[name]}" for name in ("since", "until", "period") if self.options.get(name)
            ]
            raise UsageError(f"no day is in {' and '.join(asked)}.")
        return whole

    @cached_property
    def filters(self) -> "Filters":
        """The filters as `select` takes them."""
        from spacerel.selection import Filters

        typed: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.options.items()
            if name in Filters._fields and name not in _WORKED_OUT and value
        }
        day = self.today if self.options.get("on_this_day") else None
        return Filters(**typed, period=self.period, on_this_day=day)

    @cached_property
    def whole_log(self) -> "Log":
        """All of the log, also what came after --as-of."""
        from spacerel import cache

        return cache.read(self.options.get("log") or (), not self.options.get("no_cache"))

    @cached_property
    def log(self) -> "Log":
        """The log as it stood on the day of --as-of; all of it where none was asked for."""
        if not self.as_of_asked:
            return self.whole_log
        from spacerel.selection import seen_on

        return seen_on(self.whole_log, self.as_of, self.known)

    @cached_property
    def courses(self) -> "Courses":
        """The course of every partnership of the log, by id."""
        from spacerel import standing

        return standing.Courses(self.log)

    def events(self) -> "list[Event]":
        """The events that the filters let through."""
        from spacerel.selection import select

        return select(self.log, self.filters)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The ids of the agencies asked for."""
        from spacerel.selection import resolve_actor, split

        names = (actor.name for actor in self.log.actors.values())
        words = split(self.filters.agency, whole=names)
        return tuple(dict.fromkeys(resolve_actor(self.log, word) for word in words))

    @cached_property
    def agency_ids(self) -> frozenset[str] | None:
        """The ids of the agencies asked for and of their predecessors; None where none was asked for."""
        if not self.filters.agency:
            return None
        return frozenset[str]().union(*(self.log.lineage(agency) for agency in self.agencies))

    @property
    def said(self) -> dict[str, object]:
        """What was asked, as data formats tell it: only what was given, a period as its first and last day."""
        found: dict[str, object] = {
            name.rstrip("_"): list(value) if isinstance(value, tuple) else value
            for name, value in self.filters._asdict().items()
            if value and name != "period"
        }
        if self.period is not None:
            first, last = self.period
            found["period"] = f"{'' if first == dates.FIRST_DAY else first}..{'' if last == dates.LAST_DAY else last}"
        if self.known:
            found["known"] = True
        return found

    def title(self, head: str = "", *tail: str, agencies: bool = True) -> str:
        """What was asked, in words, for the top of a screen: `Roscosmos · 1 Feb – 31 Jul 2022 · 13 of 19 events`.

        `head` stands before it and `tail` behind it; `agencies=False` where the head names them already.
        """
        named = ", ".join(self.log.short(agency) for agency in self.agencies) if agencies else ""
        others = [
            told(name, value)
            for name, value in self.said.items()
            if name not in ("agency", "period", "on_this_day", "known")
        ]
        days = [dates.shown_period(self.period)] if self.period is not None else []
        if self.filters.on_this_day:
            days.append(f"on {dates.shown(self.today, year=False)}")
        if self.as_of_asked:
            days.append(f"as {'known on' if self.known else 'of'} {dates.shown(self.as_of)}")
        return " · ".join(part for part in (head, named, *others, *days, *tail) if part)

    @property
    def as_of_asked(self) -> bool:
        """Whether a day was given with --as-of."""
        return bool(self.options.get("as_of"))

    @property
    def known(self) -> bool:
        """Whether only what was public by the day of --as-of was asked for."""
        return bool(self.options.get("known"))

    @property
    def last_day(self) -> str:
        """The day whose standings a view of a period shows: that of --as-of, else the period's last, but none to come."""
        if self.as_of_asked or self.period is None:
            return self.as_of
        return min(self.as_of, self.period.last)

    @property
    def sorted_by(self) -> str | None:
        """The field of --sort."""
        field: str | None = self.options.get("sort")
        return field

    @cached_property
    def color(self) -> bool:
        """Whether screens are coloured."""
        choice = self.options.get("color") or "auto"
        if choice not in ("auto", "always", "never"):
            raise unknown("value of --color", choice, ("auto", "always", "never"), "auto, always, never.")
        terminal = self.options.get("output") is None and sys.stdout.isatty()
        return colored(choice, os.environ, terminal, self.options.get("output") is not None)


def told(name: str, value: object) -> str:
    """A filter and its values in words: `by esa`, `without act context`."""
    if value is True:
        return name.replace("_", " ")
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name == "period":
        first, _, last = words.partition("..")
        return f"period {dates.shown_period(Period(first or dates.FIRST_DAY, last or dates.LAST_DAY))}"
    if name == "exclude":
        return f"without {words.replace(':', ' ')}"
    if name == "on_this_day":
        return f"on {dates.shown(words, year=False)}"
    return f"{name.replace('_', ' ')} {quoted(words) if name in ('grep', 'source') else words}"


def colored(choice: str, environ: Mapping[str, str], terminal: bool, file: bool = False) -> bool:
    """Whether to colour: --color, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, CLICOLOR, then the terminal itself."""
    if choice != "auto" or file:
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return environ.get("CLICOLOR") != "0" and terminal and environ.get("TERM") != "dumb"
