"""spacerel diff: what changed in standings between two days, or between two versions of the log."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates
from spacerel.errors import UsageError
from spacerel.model import CLOSED_STANDINGS, Event, Log, Partnership
from spacerel.query import Query
from spacerel.relations import ACCESSION_SIZE, Cooperation, cooperations
from spacerel.selection import Filters, Record, matching_partnerships, select
from spacerel.standing import NONE, Course
from spacerel.table import Column, Spans, Table, mark

SIGNS = {
    "new": ("+", "agree"),
    "changed": ("~", "suspend"),
    **dict.fromkeys(CLOSED_STANDINGS, ("-", "end")),
    "still": ("=", "dim"),
}
"""What became of a partnership -> its sign, and the colour of the sign."""

_NOT_OF_THE_RECORD = ("file", "line")


class _Change(NamedTuple):
    """A partnership that stood otherwise on the second day, or (still) not."""

    kind: str
    partnership: Partnership
    parties: tuple[str, ...]
    before: str
    after: str
    step: Event | None
    since: str | None


class _Correction(NamedTuple):
    """A record that only one version of the log has, or a field in which they differ (old and new are None otherwise)."""

    kind: str
    record: Record
    field: str | None = None
    old: Any = None
    new: Any = None


def diff(
    query: Query,
    a: Annotated[str | None, typer.Argument(metavar="[A]", help="A day or period; its last day counts.")] = None,
    b: Annotated[str | None, typer.Argument(metavar="[B]", help="A later one.")] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="FILE", help="What changed since this older version of the log.")
    ] = None,
    still: Annotated[bool, typer.Option("--still", help="Also what did not change.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Leave with 1 where something changed.")] = False,
) -> Table:
    """What changed between two days, or between two versions of the log?

    Partnerships that are new (+), stand otherwise (~), or were closed (-: broken, completed, expired, superseded, declined),
    each with the step that did it. Examples: spacerel diff 2021 2022 --agency roscosmos, spacerel diff --against old.yaml
    """
    if against is not None:
        if a is not None or still:
            raise UsageError("--against compares two versions of the log, A and B two days of one. Choose one.")
        table = _versions(query, against)
    elif a is None or b is None:
        raise UsageError("between which days? Name two: spacerel diff 2021 2022. Or a log: --against old.yaml")
    else:
        table = _days(query, a, b, still)
    changes = any(row.kind != "still" for row in table.rows)
    return table._replace(exit_code=int(exit_code and changes))


# Two days of one log.


def _days(query: Query, a: str, b: str, still: bool) -> Table:
    first, last = dates.period(a, query.today).last, dates.period(b, query.today).last
    if first >= last:
        raise UsageError(f"{dates.shown(first)} is not before {dates.shown(last)}: A is the earlier day.")
    log = query.log
    chosen = matching_partnerships(log, query.filters)
    every = [_change(query.courses, one, first) for one in cooperations(log, query.courses, chosen, last)]
    rows = [row for row in every if row is not None]
    order = list(SIGNS)
    rows.sort(key=lambda row: (order.index(row.kind), row.since or "", row.partnership.id))
    same = [row for row in rows if row.kind == "still"]
    counts = {kind: sum(row.kind == kind for row in rows) for kind in SIGNS}
    told = [f"{number} {'unchanged' if kind == 'still' else kind}" for kind, number in counts.items() if number]
    return Table(
        command="diff",
        title=query.title("", f"{dates.shown(first)} → {dates.shown(last)}", ", ".join(told) or "nothing changed"),
        columns=_day_columns(log, query.agency_ids),
        rows=rows if still else [row for row in rows if row.kind != "still"],
        notes=() if still or not same else (f"{len(same)} still open and unchanged: --still lists them",),
        query={"from": first, "to": last, "still": still},
        nothing=f"Nothing changed between {dates.shown(first)} and {dates.shown(last)} in what was asked for.",
    )


def _change(courses: Mapping[str, Course], now: Cooperation, first: str) -> _Change | None:
    """What became of a partnership since a day; None where it was closed, or had not begun, on both days."""
    before, after = courses[now.partnership.id].standing_on(first), now.standing
    if before == after:
        kind = "still"
        if before == NONE or before in CLOSED_STANDINGS:
            return None
    elif after in CLOSED_STANDINGS:
        kind = after
    else:
        kind = "new" if before == NONE else "changed"
    return _Change(kind, now.partnership, now.parties, before, after, now.opened, now.since)


def _day_columns(log: Log, ours: frozenset[str] | None) -> tuple[Column, ...]:
    def others(row: _Change) -> Spans:
        parties = [party for party in row.parties if ours is None or party not in ours]
        if len(parties) > ACCESSION_SIZE:
            return ((f"{len(parties)} signatories", "dim"),)
        most = 3 if len(parties) > 4 else len(parties)
        more = f" +{len(parties) - most}" if most < len(parties) else ""
        return ((", ".join(log.short(party) for party in parties[:most]), ""), (more, "dim"))

    def standings(row: _Change) -> Spans:
        after = mark(row.after)
        return after if row.before in (NONE, row.after) else ((f"{row.before.replace('/', ' or ')} → ", "dim"), *after)

    def by(row: _Change) -> Spans:
        if row.step is None:
            return (("its term ran out", "dim"),) if row.after == "expired" else ()
        who = ", ".join(log.short(one) for one in row.step.by)
        return ((f"by {who}" if who else "together", ""),)

    return (
        Column("change", lambda row: row.kind, "", lambda row: (SIGNS[row.kind],)),
        Column("id", lambda row: row.partnership.id),
        Column(
            "name",
            lambda row: row.partnership.name,
            "Partnership",
            lambda row: ((row.partnership.name, "bold"),),
            flexible=True,
        ),
        Column("parties", lambda row: row.parties, "With" if ours else "Between", others, flexible=True),
        Column("from_standing", lambda row: row.before),
        Column("standing", lambda row: row.after, "Standing", standings, flexible=True),
        Column(
            "since",
            lambda row: row.since,
            "Since",
            lambda row: ((dates.marked(row.since) if row.since else "", "dim"),),
            right=True,
        ),
        Column("by", lambda row: row.step.by if row.step else (), "", by, flexible=True),
        Column("event", lambda row: row.step.id if row.step else None),
        Column("because", lambda row: row.step.because if row.step else (), plain=False),
    )


# Two versions of the log.


def _versions(query: Query, against: str) -> Table:
    from spacerel import cache

    old, new = cache.read([against], not query.options.get("no_cache")), query.log
    everything = query.filters == Filters()
    pairs: list[tuple[Mapping[str, Record], Mapping[str, Record]]] = [
        ({one.id: one for one in select(log, query.filters)} for log in (old, new))  # type: ignore[list-item]
    ]
    if everything:
        pairs = [(old.actors, new.actors), (old.partnerships, new.partnerships), *pairs]
    rows: list[_Correction] = []
    for before, after in pairs:
        rows += _corrections(before, after)
    counts = {
        kind: len({row.record.id for row in rows if row.kind == kind}) for kind in ("added", "corrected", "withdrawn")
    }
    told = ", ".join(f"{number} {kind}" for kind, number in counts.items() if number) or "nothing changed"
    return Table(
        command="diff",
        title=query.title(f"The log since {against}", told),
        columns=_VERSION_COLUMNS,
        rows=rows,
        group=lambda row: f"{type(row.record).__name__}s {row.kind}" if query.sorted_by is None else "",
        query={"against": against},
        nothing=f"The log and {against} say the same.",
    )


def _corrections(before: Mapping[str, Record], after: Mapping[str, Record]) -> Iterable[_Correction]:
    """Added records, then fields that differ, then withdrawn records."""
    yield from (_Correction("added", record) for key, record in after.items() if key not in before)
    for key, new in after.items():
        old = before.get(key, new)
        for field in new._fields:
            if field not in _NOT_OF_THE_RECORD and getattr(old, field) != getattr(new, field):
                yield _Correction("corrected", new, field, getattr(old, field), getattr(new, field))
    yield from (_Correction("withdrawn", record) for key, record in before.items() if key not in after)


def _told(value: Any) -> Any:
    """A field's value as plain data: lists of texts as they are, sources and outcomes as the words that identify them."""
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return " ".join(str(part) for part in value if part)
    if isinstance(value, tuple):
        return [_told(part) if isinstance(part, tuple) else part for part in value]
    return value


def _words(value: Any) -> str:
    told = _told(value)
    if told is None or told == []:
        return "nothing"
    return "; ".join(map(str, told)) if isinstance(told, list) else str(told)


def _difference(row: _Correction) -> Spans:
    """The title of a record that is new or gone; of a field what stood there and what stands there now."""
    if row.field is None:
        return ((row.record.title if isinstance(row.record, Event) else row.record.name, ""),)
    old, new = _sides(row)
    return ((f"{row.field}: ", "bold"), (old, "end"), (" → ", ""), (new, "agree"))


def _sides(row: _Correction) -> Sequence[str]:
    """Of lists only what differs."""
    old, new = row.old, row.new
    if isinstance(old, tuple) and isinstance(new, tuple) and not hasattr(old or new, "_asdict"):
        return _words(tuple(one for one in old if one not in new)), _words(tuple(one for one in new if one not in old))
    return _words(old), _words(new)


_VERSION_COLUMNS = (
    Column("record", lambda row: type(row.record).__name__.lower()),
    Column("change", lambda row: row.kind),
    Column("id", lambda row: row.record.id, "", lambda row: ((row.record.id, "dim"),), flexible=True),
    Column("field", lambda row: row.field),
    Column("old", lambda row: _told(row.old)),
    Column("new", lambda row: _told(row.new)),
    Column("difference", _difference, "", _difference, plain=False, data=False, flexible=True),
)
