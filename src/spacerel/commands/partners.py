"""spacerel partners: with whom an agency works, how that stands, and what it turned into."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates, figures, relations, scores
from spacerel.commands._trend import Trend, trend
from spacerel.errors import UsageError, unknown
from spacerel.model import STANDINGS, Log, Partnership
from spacerel.options import agency_ids
from spacerel.query import Query
from spacerel.relations import Successor, Tie, is_accession
from spacerel.scores import DEFAULT_SCALE, SCALES, Mean
from spacerel.selection import known_words, lineages, matching_partnerships
from spacerel.table import Column, Spans, Table, mark

WIDE = 100
"""Columns of a screen that has room for the first step and the act of the last one."""

WIDER = 140
"""Columns of a screen that has room for the title of the last step."""

NAMED = 2
"""Replaced partnerships that a line names; the rest are counted."""


class _Row(NamedTuple):
    """One partner; or an accession partnership with all those who are partners through nothing else."""

    id: str
    name: str
    tie: Tie
    score: Mean

    @property
    def standings(self) -> tuple[str, ...]:
        return tuple(standing for _, standing in self.tie.standings)


def partners(
    query: Query,
    agencies: Annotated[
        list[str] | None, typer.Argument(metavar="[AGENCY]...", help="Whose partners.", autocompletion=agency_ids)
    ] = None,
    accessions: Annotated[
        bool, typer.Option("--accessions", help="Each signatory of partnerships that states accede to.")
    ] = False,
    min_steps: Annotated[
        int, typer.Option("--min-steps", min=0, metavar="N", help="Only partners of N steps or more.")
    ] = 1,
    scale: Annotated[str, typer.Option("--scale", metavar="SCALE", help="plover or cameo.")] = DEFAULT_SCALE,
) -> Table:
    """With whom does an agency work, and how does each tie stand?

    Every partner with the steps that both took part in, their trend, shared partnerships by standing on the day, a mean
    score of the steps with its n, the first and the last step, and what broken ties turned into. A period chooses the
    steps, and its last day that of the standings. --with and --country choose partners. Several agencies count as one side.
    Example: spacerel partners roscosmos --as-of 2022-12-31
    """
    if scale not in SCALES:
        raise unknown("scale", scale, SCALES, f"{', '.join(SCALES)}.")
    if agencies:
        query = Query({**query.options, "agency": [*(query.options.get("agency") or ()), *agencies]})
    if query.agency_ids is None:
        raise UsageError("whose partners? Name an agency: spacerel partners roscosmos. All of them: spacerel actors")
    log, day, ours, filters = query.log, query.last_day, query.agency_ids, query.filters
    chosen = matching_partnerships(log, filters._replace(agency=(), with_=(), period=None, strict_dates=False))
    near = relations.surroundings(log, ours)
    chosen = [one for one in chosen if one.id in near]
    ties = relations.partners(log, {one.id: query.courses[one.id] for one in chosen}, ours, query.events(), day)
    if filters.with_:
        wanted = lineages(log, filters.with_)
        ties = [tie for tie in ties if tie.partner in wanted]
    if filters.country:
        known = {actor.country: "" for actor in log.actors.values() if actor.country}
        countries = known_words("country", filters.country, known, "spacerel actors")
        ties = [tie for tie in ties if log.actors[tie.partner].country in countries]
    rows = [
        _Row(
            tie.partner,
            log.short(tie.partner),
            tie,
            scores.mean(log, tie.steps, ours, frozenset((tie.partner,)), scale),
        )
        for tie in ties
    ]
    if not accessions:
        rows = _without_signatories(query, rows, [one for one in chosen if is_accession(query.courses[one.id])])
    fewer = sum(len(row.tie.steps) < min_steps for row in rows)
    rows = [row for row in rows if len(row.tie.steps) >= min_steps]
    homes = {log.actors[agency].country for agency in query.agencies} - {None}
    # What an agency shares with its own country's companies it mostly shares with others, who are asked for.
    at_home = {row.id for row in rows if row.id in log.actors and log.actors[row.id].country in homes}
    rows.sort(key=lambda row: (row.id in at_home, *_most_broken_first(row)))
    names = ", ".join(log.short(one) for one in query.agencies)
    on = [] if query.as_of_asked else [f"on {dates.shown(day)}"]
    counted = f"{len(rows)} partner{'' if len(rows) == 1 else 's'}"
    found = trend([row.tie.steps for row in rows], query.period)
    return Table(
        command="partners",
        title=query.title(f"Partners of {names}", *on, counted, agencies=False),
        columns=_columns(log, found, relations.successors(log, day)),
        rows=rows,
        notes=(*_notes(rows, scale, found), *_left_out(fewer, min_steps)),
        aside="" if query.sorted_by else f"most broken first{', own country last' if at_home else ', then most steps'}",
        query={**query.said, "accessions": accessions, "min_steps": min_steps, "scale": scale},
        as_of=day,
        nothing=f"{names} has no partner in what was asked for.",
    )


def _without_signatories(query: Query, rows: Sequence[_Row], accessions: Sequence[Partnership]) -> list[_Row]:
    """Those who are partners through nothing but accession partnerships make one line a partnership."""
    keys = frozenset(one.id for one in accessions)
    kept, merged = [], dict[str, list[_Row]]()
    for row in rows:
        shared = {key for key, _ in row.tie.standings} | {step.partnership for step in row.tie.steps}
        if shared and shared <= keys:
            merged.setdefault(min(str(key) for key in shared), []).append(row)
        else:
            kept.append(row)
    for partnership in accessions:
        signatories = merged.get(partnership.id, ())
        if len(signatories) == 1:
            kept.extend(signatories)
        elif signatories:
            ids = {step.id for row in signatories for step in row.tie.steps}
            steps = tuple(step for step in query.log.events if step.id in ids)
            standing = query.courses[partnership.id].standing_on(query.last_day)
            tie = Tie(partnership.id, ((partnership.id, standing),), steps, ())
            name = f"{partnership.name} only: {len(signatories)} signatories"
            kept.append(_Row(partnership.id, name, tie, Mean(None, 0)))
    return kept


def _most_broken_first(row: _Row) -> tuple[Any, ...]:
    broken, suspended = (sum(word in one.split("/") for one in row.standings) for word in ("broken", "suspended"))
    return -broken, -suspended, -len(row.tie.steps), -len(row.standings), row.name


def _columns(log: Log, found: Trend, replaced: Mapping[str, tuple[Successor, ...]]) -> tuple[Column, ...]:
    def screen(name: str, heading: str, shown: Callable[[_Row], str | Spans], **more: Any) -> Column:
        return Column(name, shown, heading, shown, plain=False, data=False, **more)

    return (
        Column("id", lambda row: row.id),
        Column("name", lambda row: row.name, "Partner", lambda row: ((row.name, "bold"),), flexible=True),
        Column(
            "steps", lambda row: len(row.tie.steps), "Steps", lambda row: str(len(row.tie.steps) or "·"), right=True
        ),
        Column(
            "trend",
            lambda row: found.counts(row.tie.steps),
            found.axis(),
            lambda row: found.line(row.tie.steps),
            plain=False,
        ),
        Column("partnerships", lambda row: tuple(key for key, _ in row.tie.standings), plain=False),
        Column("standings", lambda row: row.standings, "Standing", lambda row: figures.tally(row.standings, past=True)),
        *(_counted(standing) for standing in STANDINGS),
        Column(
            "score",
            lambda row: None if row.score.value is None else round(row.score.value, 2),
            "Score",
            _score,
            right=True,
        ),
        Column("n", lambda row: row.score.n, "n", lambda row: ((str(row.score.n or "·"), "dim"),), right=True),
        Column("first", lambda row: row.tie.steps[0].date if row.tie.steps else None),
        Column("last", lambda row: row.tie.steps[-1].date if row.tie.steps else None),
        screen("from", "First", _first, from_width=WIDE),
        screen("to", "Last step", lambda row: _last(row, 7), to_width=WIDE - 1),
        screen("on", "Last step", lambda row: _last(row, 10), from_width=WIDE),
        screen("step", "What", _title, from_width=WIDER, flexible=True),
        Column("last_event", lambda row: row.tie.steps[-1].id if row.tie.steps else None),
        Column(
            "replaced_by",
            lambda row: tuple(dict.fromkeys(one.partnership for one in row.tie.successors)),
            "Turned into",
            lambda row: _turned_into(log, row, replaced),
            below=True,
        ),
    )


def _counted(standing: str) -> Column:
    return Column(standing, lambda row: sum(standing in one.split("/") for one in row.standings), plain=False)


def _score(row: _Row) -> Spans:
    if row.score.value is None:
        return (("·", "dim"),)
    return ((scores.shown(row.score.value), "agree" if row.score.value > 0 else "end"),)


def _first(row: _Row) -> Spans:
    return ((row.tie.steps[0].date[:4] if row.tie.steps else "·", "dim"),)


def _last(row: _Row, size: int) -> Spans:
    """`12 Jul 2022 ✕ end`, or `▲ announced` of what was not done; where the date is cut to the month, the glyph alone."""
    if not row.tie.steps:
        return (("·", "dim"),)
    step = row.tie.steps[-1]
    ((marked, role),) = mark(step.act if step.modality == "done" else step.modality)
    return ((f"{dates.shown(step.date.rstrip('~')[:size])} ", "dim"), (marked if size == 10 else marked[:1], role))


def _title(row: _Row) -> str:
    return row.tie.steps[-1].title if row.tie.steps else ""


def _turned_into(log: Log, row: _Row, replaced: Mapping[str, tuple[Successor, ...]]) -> Spans:
    """What took over the broken and the superseded, newest first: `✕ ExoMars rover → Rosalind Franklin rover with NASA +1`."""
    over = [
        (key, standing)
        for key, standing in row.tie.standings
        if replaced.get(key) and not {"broken", "superseded"}.isdisjoint(standing.split("/"))
    ]
    over.sort(key=lambda one: replaced[one[0]][0].event.date, reverse=True)
    spans: list[tuple[str, str]] = []
    for key, standing in over[:NAMED]:
        successors = replaced[key]
        spans += [("; ", "dim")] * bool(spans)
        spans += [(mark(standing)[-1][0][:2], standing.split("/")[-1]), (f"{log.partnerships[key].name} → ", "dim")]
        spans += [(log.partnerships[successors[0].partnership].name, "agree")]
        spans += [(f" +{len(successors) - 1}", "dim")] * (len(successors) > 1)
    more = ((f"; {len(over) - NAMED} more", "dim"),) if len(over) > NAMED else ()
    return (*spans, *more)


def _notes(rows: Sequence[_Row], scale: str, found: Trend) -> tuple[str | Spans, ...]:
    if not rows:
        return ()
    notes: list[str | Spans] = [figures.legend(past=True)]
    if found.most:
        notes.append(found.words([step for row in rows for step in row.tie.steps]))
    notes.append(
        f"Score: mean over n steps, {SCALES[scale].name}; a view of steps, never of standings: spacerel scores"
    )
    vague = sum("/" in standing for row in rows for standing in row.standings)
    if vague:
        notes.append(f"{vague} uncertain on this day; the livelier standing is counted.")
    return tuple(notes)


def _left_out(fewer: int, min_steps: int) -> tuple[str, ...]:
    if not fewer:
        return ()
    partners = f"{fewer} more partner{'' if fewer == 1 else 's'}"
    return (f"{partners} with {'no step' if min_steps == 1 else f'fewer than {min_steps} steps'}: --min-steps 0",)
