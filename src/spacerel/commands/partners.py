"""spacerel partners: with whom an agency works, how that stands, and what it turned into."""

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import dates, figures, relations, scores
from spacerel.errors import UsageError, unknown
from spacerel.model import STANDINGS, Event, Log, Partnership
from spacerel.options import agency_ids
from spacerel.query import Query
from spacerel.relations import Successor, Tie, is_accession
from spacerel.scores import DEFAULT_SCALE, SCALES, Mean
from spacerel.selection import lineages, matching_partnerships
from spacerel.table import Column, Spans, Table, mark

SIGNS = 12
"""At most so many signs make a trend; over a longer time each stands for several years."""

NAMED = 2
"""Successors that a line names; the rest are counted."""


class _Row(NamedTuple):
    """One partner; or an accession partnership with all those who are partners through nothing else."""

    id: str
    name: str
    tie: Tie
    score: Mean

    @property
    def standings(self) -> tuple[str, ...]:
        return tuple(standing for _, standing in self.tie.standings)


class _Trend(NamedTuple):
    """The stretches of time that the signs stand for, as beginnings of dates, and what they are in words."""

    starts: tuple[str, ...]
    words: str

    def counts(self, row: _Row) -> tuple[int, ...]:
        """How many steps fall into each stretch; a date without a month falls into the first one of its year."""
        found = [0] * len(self.starts)
        for step in row.tie.steps:
            found[max(place for place, start in enumerate(self.starts) if start <= step.date or place == 0)] += 1
        return tuple(found)


def partners(
    query: Query,
    actor: Annotated[
        str | None, typer.Argument(metavar="[AGENCY]", help="Whose partners.", autocompletion=agency_ids)
    ] = None,
    accessions: Annotated[
        bool, typer.Option("--accessions", help="Each signatory of partnerships that states accede to.")
    ] = False,
    min_steps: Annotated[
        int, typer.Option("--min-steps", min=0, metavar="N", help="Only partners of N steps or more.")
    ] = 0,
    scale: Annotated[str, typer.Option("--scale", metavar="SCALE", help="plover or cameo.")] = DEFAULT_SCALE,
) -> Table:
    """With whom does an agency work, and how does each tie stand?

    Every partner with the steps that both took part in, shared partnerships by standing on the day, the trend, a mean score
    of the steps with its n, the last step, and what broken ties turned into. A period chooses the steps, and its last day
    that of the standings. Several agencies count as one side. Example: spacerel partners roscosmos --as-of 2022-12-31
    """
    if scale not in SCALES:
        raise unknown("scale", scale, SCALES, f"{', '.join(SCALES)}.")
    if actor is not None:
        query = Query({**query.options, "agency": [*(query.options.get("agency") or ()), actor]})
    if query.agency_ids is None:
        raise UsageError("whose partners? Name an agency: spacerel partners roscosmos. All of them: spacerel actors")
    log, day, ours, filters = query.log, query.last_day, query.agency_ids, query.filters
    chosen = matching_partnerships(log, filters._replace(agency=(), with_=(), period=None, strict_dates=False))
    ties = relations.partners(log, {one.id: query.courses[one.id] for one in chosen}, ours, query.events(), day)
    if filters.with_:
        wanted = lineages(log, filters.with_)
        ties = [tie for tie in ties if tie.partner in wanted]
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
    rows = [row for row in rows if len(row.tie.steps) >= min_steps]
    rows.sort(key=_most_broken_first)
    names = ", ".join(log.short(one) for one in query.agencies)
    on = [] if query.as_of_asked else [f"on {dates.shown(day)}"]
    counted = f"{len(rows)} partner{'' if len(rows) == 1 else 's'}"
    trend = _trend(step for row in rows for step in row.tie.steps)
    return Table(
        command="partners",
        title=query.title(f"Partners of {names}", *on, counted, agencies=False),
        columns=_columns(log, trend),
        rows=rows,
        notes=_notes(rows, scale, trend),
        aside="most broken first" if query.sorted_by is None else "",
        query={**query.said, "accessions": accessions, "scale": scale},
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
            name = f"{partnership.name}: {len(signatories)} partners"
            kept.append(_Row(partnership.id, name, tie, Mean(None, 0)))
    return kept


def _most_broken_first(row: _Row) -> tuple[Any, ...]:
    broken, suspended = (sum(word in one.split("/") for one in row.standings) for word in ("broken", "suspended"))
    return -broken, -suspended, -len(row.tie.steps), -len(row.standings), row.name


def _trend(steps: Iterable[Event]) -> _Trend:
    """Months where all steps are of one year, else years, several a sign where there are more than SIGNS."""
    every = sorted({step.date[:4] for step in steps})
    if not every:
        return _Trend((), "")
    starts, months = dates.stretches(every[0], every[-1], SIGNS)
    if months == 1:
        return _Trend(starts, f"the months of {every[0]}")
    each = "a year a sign" if months == 12 else f"{months // 12} years a sign"
    return _Trend(starts, f"{starts[0]}–{every[-1]}, {each}")


def _columns(log: Log, trend: _Trend) -> tuple[Column, ...]:
    return (
        Column("id", lambda row: row.id),
        Column("name", lambda row: row.name, "Partner", lambda row: ((row.name, "bold"),), flexible=True),
        Column(
            "steps", lambda row: len(row.tie.steps), "Steps", lambda row: str(len(row.tie.steps) or "·"), right=True
        ),
        Column("trend", trend.counts, "Trend", lambda row: figures.spark(trend.counts(row)), plain=False),
        Column("partnerships", lambda row: tuple(key for key, _ in row.tie.standings), plain=False),
        Column("standings", lambda row: row.standings, "Standing", lambda row: figures.tally(row.standings)),
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
        Column(
            "last_event",
            lambda row: row.tie.steps[-1].id if row.tie.steps else None,
            "Last step, what took over",
            lambda row: _last(log, row.tie.steps, row.tie.successors),
            flexible=True,
        ),
        Column("replaced_by", lambda row: tuple(dict.fromkeys(one.partnership for one in row.tie.successors))),
    )


def _counted(standing: str) -> Column:
    return Column(standing, lambda row: sum(standing in one.split("/") for one in row.standings), plain=False)


def _score(row: _Row) -> Spans:
    if row.score.value is None:
        return (("·", "dim"),)
    return ((scores.shown(row.score.value), "agree" if row.score.value > 0 else "end"),)


def _last(log: Log, steps: Sequence[Event], successors: Sequence[Successor]) -> Spans:
    """`12 Jul 2022 ✕ end → Former Soyuz payloads on Vega-C +4`."""
    spans: list[tuple[str, str]] = []
    if steps:
        spans += [(f"{dates.shown(steps[-1].date)} ", "dim"), *mark(steps[-1].act)]
    names = list(dict.fromkeys(log.partnerships[one.partnership].name for one in successors))
    if names:
        more = f" +{len(names) - NAMED}" if len(names) > NAMED else ""
        spans += [(" → " if spans else "→ ", ""), (", ".join(names[:NAMED]), "agree"), (more, "dim")]
    return tuple(spans) or (("·", "dim"),)


def _notes(rows: Sequence[_Row], scale: str, trend: _Trend) -> tuple[str | Spans, ...]:
    if not rows:
        return ()
    vague = sum("/" in standing for row in rows for standing in row.standings)
    notes: list[str | Spans] = [figures.legend()]
    if trend.words:
        notes.append(
            f"Trend: steps in {trend.words}, each line by its own greatest. "
            f"Score: mean over n steps, {SCALES[scale].name}; spacerel scores"
        )
    if vague:
        notes.append(f"{vague} uncertain on this day; the livelier standing is counted.")
    return tuple(notes)
