"""spacerel threats: what was threatened or announced, and what became of it."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from spacerel import dates, relations
from spacerel.errors import UsageError
from spacerel.model import OUTCOMES, Log
from spacerel.query import Query
from spacerel.relations import Threat
from spacerel.selection import known_words
from spacerel.table import Column, Spans, Table, mark

WHOLE = 100
"""Columns of a screen that has room for an outcome on one line."""

BESIDE = 160
"""Columns of a screen on which the title stands beside the rest, not below it."""

INCLUDED = ("announced", "reported")
"""What stands here beside threats, if asked for."""


def threats(
    query: Query,
    pending: Annotated[bool, typer.Option("--pending", help="Only what is still open on the day.")] = False,
    include: Annotated[
        str, typer.Option("--include", metavar="WORDS", help="Beside threats: announced, reported or none.")
    ] = "announced",
) -> Table:
    """What was threatened or announced, on what condition, and what became of it?

    Each with its deadline, its outcome, and how long that took; the base rate at the foot. As of a day, outcomes that came
    later are pending. Example: spacerel threats --agency roscosmos --include none
    """
    wanted = (
        frozenset()
        if include == "none"
        else known_words("value of --include", [include], INCLUDED, "announced, reported, none.")
    )
    if pending and query.filters.outcome:
        raise UsageError("--pending and --outcome ask for two things. Choose one.")
    log = query.log
    rows = [
        threat
        for threat in relations.threats(query.events(), {"threatened", *wanted})
        if not pending or threat.outcome.status == "pending"
    ]
    counts = Counter(row.event.modality for row in rows)
    told = [f"{counts['threatened']} threat{'' if counts['threatened'] == 1 else 's'}"]
    told += [f"{counts[word]} {word}" for word in INCLUDED if word in wanted]
    return Table(
        command="threats",
        title=query.title("Threats", *(["pending"] if pending else []), *told),
        columns=_columns(log, query.as_of),
        rows=rows,
        notes=_foot(rows),
        query={"pending": pending, "include": sorted(wanted)},
        as_of=query.as_of,
    )


def _foot(rows: Sequence[Threat]) -> tuple[Spans, ...]:
    """The base rate: `Of 20 threats: 4 carried out (20 %), 11 not carried out (55 %)`; announcements for themselves."""
    notes = []
    for modality, words in (("threatened", "threats"), ("announced", "announcements"), ("reported", "reports")):
        became = Counter(row.outcome.status for row in rows if row.event.modality == modality)
        whole = became.total()
        if not whole:
            continue
        spans: list[tuple[str, str]] = [(f"Of {whole} {words if whole > 1 else words[:-1]}: ", "")]
        for status in OUTCOMES:
            if became[status]:
                spans += [(", ", "")] * (len(spans) > 1)
                spans += [
                    (f"{became[status]} {status.replace('-', ' ')}", status),
                    (f" ({became[status] / whole:.0%})", "dim"),
                ]
        notes.append(tuple(spans))
    return tuple(notes)


def _names(log: Log, ids: Sequence[str]) -> str:
    return ", ".join(log.short(one) for one in ids)


def _who(log: Log, row: Threat) -> Spans:
    by = row.event.by or row.event.parties
    against = [party for party in row.event.parties if party not in by]
    most = 2 if len(against) > 3 else len(against)
    more = f" +{len(against) - most}" if most < len(against) else ""
    return (
        (_names(log, by), "bold"),
        *(((" → ", ""), (_names(log, against[:most]), "bold"), (more, "dim")) if against else ()),
    )


def _what(row: Threat) -> Spans:
    spans: list[tuple[str, str]] = [(row.event.title, "")]
    if row.event.condition:
        spans.append(
            (
                f" · unless: {row.event.condition}" if row.event.act == "threaten" else f" · if: {row.event.condition}",
                "dim",
            )
        )
    if row.event.due:
        spans.append((f" · by {dates.shown(row.event.due)}", "dim"))
    return tuple(spans)


def _became(row: Threat, today: str) -> Spans:
    overdue = row.outcome.status == "pending" and row.event.due is not None and dates.last_day(row.event.due) < today
    day = f" {dates.marked(row.outcome.date)}" if row.outcome.date else " overdue" if overdue else ""
    return (*mark(row.outcome.status), (day, "dim"))


def _after(row: Threat, today: str) -> str | Spans:
    """How long it took; of what is still pending, how long it has been so."""
    if row.outcome.status == "pending" and dates.last_day(row.event.date) < today:
        return ((f"open {dates.lasted(dates.days_between(dates.last_day(row.event.date), today))}", "dim"),)
    if row.after is None:
        return "·"
    vague = dates.is_vague(row.event.date) or dates.is_vague(row.outcome.date or "")
    return ("~" if vague else "") + dates.lasted(row.after)


def _columns(log: Log, today: str) -> tuple[Column, ...]:
    def screen(name: str, heading: str, shown: Callable[[Threat], Spans], **more: Any) -> Column:
        return Column(name, shown, heading, shown, plain=False, data=False, **more)

    return (
        Column("id", lambda row: row.event.id),
        Column(
            "date", lambda row: row.event.date, "Made", lambda row: ((dates.marked(row.event.date), "dim"),), right=True
        ),
        Column("modality", lambda row: row.event.modality, "", lambda row: mark(row.event.modality)),
        Column("act", lambda row: row.event.act, plain=False),
        Column("threatens", lambda row: row.event.threatens),
        Column("by", lambda row: row.event.by, "By → towards", lambda row: _who(log, row), flexible=True),
        Column("against", lambda row: row.event.against),
        Column("title", lambda row: row.event.title, "What", _what, flexible=True, from_width=BESIDE),
        Column("condition", lambda row: row.event.condition),
        Column("due", lambda row: row.event.due),
        Column("outcome", lambda row: row.outcome.status),
        screen("became", "Outcome", lambda row: _became(row, today), flexible=True, to_width=WHOLE - 1),
        screen("became", "Outcome", lambda row: _became(row, today), from_width=WHOLE),
        Column("outcome_date", lambda row: row.outcome.date),
        Column("outcome_event", lambda row: row.outcome.event),
        Column("after_days", lambda row: row.after, "After", lambda row: _after(row, today), right=True),
        screen("what", "", _what, below=True, to_width=BESIDE - 1),
        Column("partnership", lambda row: row.event.partnership, plain=False),
        Column("because", lambda row: row.event.because, plain=False),
        Column("confidence", lambda row: row.event.confidence, plain=False),
    )
