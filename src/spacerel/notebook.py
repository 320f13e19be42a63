"""The Python face: a log, a selection and the standings on a day, as plain records for scripts and notebooks.

The records are NamedTuples, so a list of them becomes a table by `pandas.DataFrame(rows)`.
"""

import os
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from spacerel import dates, selection, standing
from spacerel import log as reader
from spacerel.errors import UsageError
from spacerel.model import Event, Log


class Standing(NamedTuple):
    """How a partnership stands on a day: one of `model.STANDINGS`, two with a slash where the dates leave it open.

    `since` is the first day of this standing, None where it is not sure; `by` are those who took the step that made it.
    """

    partnership: str
    name: str
    parties: tuple[str, ...]
    topic: str
    standing: str
    since: str | None
    event: str | None
    by: tuple[str, ...]


def load(*paths: str | os.PathLike[str]) -> Log:
    """The log in these files, which together are one; without any, that of SPACEREL_LOG, else the one that ships.

    `log.events` are in order of date; `log.actors` and `log.partnerships` are by id. Raises spacerel.errors.DataError,
    with file and line, where the log has an error.
    """
    return reader.read([os.fspath(path) for path in paths])


def select(
    log: Log, *, period: str | None = None, strict_dates: bool = False, **filters: str | Iterable[str]
) -> list[Event]:
    """The events that all filters let through: `select(log, agency="esa", act=["end", "suspend"], period="2022")`.

    Filters are the options of the command line, with `with_` for --with: a text, or several of which one must fit.
    """
    known = [name for name in selection.Filters._fields if name not in ("period", "strict_dates", "on_this_day")]
    for name in filters:
        if name not in known:
            raise UsageError(f'unknown filter "{name}". All of them: {", ".join(known)}, period, strict_dates')
    asked: dict[str, Any] = {
        name: (value,) if isinstance(value, str) else tuple(value) for name, value in filters.items()
    }
    between = dates.period(period, date.today().isoformat()) if period is not None else None
    return selection.select(log, selection.Filters(**asked, period=between, strict_dates=strict_dates))


def standings(log: Log, day: str | date | None = None) -> list[Standing]:
    """How every partnership that had begun by then stands on a day (`2022-03-17` or a date; today where none is given)."""
    today = date.today().isoformat()
    asked = dates.period(str(day), today).last if day is not None else today
    seen = selection.seen_on(log, asked)
    rows = []
    for key, course in standing.Courses(seen).items():
        word = course.standing_on(asked)
        if word == "none":
            continue
        spells = course.spells_on(asked)
        spell = spells[0] if len(spells) == 1 else None
        event = spell.opened if spell is not None else None
        found = seen.partnerships[key]
        rows.append(
            Standing(
                found.id,
                found.name,
                found.parties,
                found.topic,
                word,
                spell.since if spell is not None else None,
                event.id if event is not None else None,
                event.by if event is not None else (),
            )
        )
    return rows
