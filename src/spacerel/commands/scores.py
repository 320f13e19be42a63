"""spacerel scores: the mapping of steps to scores, with its source and version."""

from collections import Counter
from typing import Annotated, Any, NamedTuple

import typer

from spacerel import scores as scoring
from spacerel.errors import unknown
from spacerel.query import Query
from spacerel.scores import NOT_COUNTED, QUADS, RATINGS, SCALES, Rating, Scale
from spacerel.table import Column, Spans, Table


class _Row(NamedTuple):
    rating: Rating
    events: int


def scores(
    query: Query,
    scale: Annotated[str, typer.Option("--scale", metavar="SCALE", help="plover or cameo.")] = scoring.DEFAULT_SCALE,
) -> Table:
    """How cooperative or conflictual is each kind of step held to be, and by whose scale?

    The whole mapping, with how many steps of the log that the filters let through fall under each row. A score is a view
    of a step; it never decides a standing. Example: spacerel scores --scale cameo --agency esa
    """
    if scale not in SCALES:
        raise unknown("scale", scale, SCALES, f"{', '.join(SCALES)}.")
    events = query.events()
    found = Counter(scoring.rating(event) for event in events)
    rows = sorted((_Row(one, found[one]) for one in RATINGS), key=lambda row: -scoring.value(row.rating, scale))
    mean = scoring.mean_of_steps(events, scale)
    return Table(
        command="scores",
        title=query.title(f"Scores of steps · {SCALES[scale].name}"),
        columns=_columns(scale),
        rows=rows,
        notes=_notes(SCALES[scale], mean, found[None]),
        query={"scale": scale},
    )


def _notes(scale: Scale, mean: scoring.Mean, uncounted: int) -> tuple[str | Spans, ...]:
    told = f"mean {scoring.shown(mean.value)} over n = {mean.n}" if mean.value is not None else "no step with a score"
    return (
        f"These steps: {told}; {uncounted} not counted ({NOT_COUNTED}).",
        f"{scale.name}, {scale.version}: {scale.source}; {scale.least:+.0f} to {scale.most:+.0f}.",
        "Which category a step falls into is our choice; of the rows that fit, the narrower one holds.",
        "A score is a view of a step; it never decides a standing.",
    )


def _columns(scale: str) -> tuple[Column, ...]:
    def column(name: str, value: Any, **more: Any) -> Column:
        return Column(name, lambda row: value(row.rating), **more)

    def category(one: Rating) -> str:
        return one.plover if scale == "plover" else f"{one.cameo} {one.cameo_words}"

    def narrowed(one: Rating) -> str:
        words = [f"tag {one.tag}"] if one.tag else []
        return ", ".join(words)

    return (
        column(
            "step",
            lambda one: one.step,
            heading="Step",
            screen=lambda row: (
                (row.rating.step, ""),
                *(((f" ({narrowed(row.rating)})", "dim"),) if narrowed(row.rating) else ()),
            ),
            flexible=True,
        ),
        column("acts", lambda one: one.acts, plain=False),
        column("modality", lambda one: one.modalities, plain=False),
        column("tag", lambda one: one.tag or None, plain=False),
        column("threatens", lambda one: one.threatens, plain=False),
        column("deadline", lambda one: one.deadline, plain=False),
        column(
            "category",
            category,
            heading="PLOVER" if scale == "plover" else "CAMEO",
            screen=lambda row: category(row.rating),
            flexible=True,
        ),
        column(
            "score",
            lambda one: scoring.value(one, scale),
            heading="Score",
            screen=lambda row: ((scoring.shown(scoring.value(row.rating, scale)), _role(row.rating)),),
            right=True,
        ),
        column("quad", lambda one: one.quad, heading="Kind", screen=lambda row: QUADS[row.rating.quad]),
        column("cameo", lambda one: one.cameo, plain=False),
        column("cameo_words", lambda one: one.cameo_words, plain=False),
        column("goldstein", lambda one: one.goldstein, plain=False),
        column("plover", lambda one: one.plover, plain=False),
        column("plover_score", lambda one: one.plover_score, plain=False),
        Column(
            "events",
            lambda row: row.events,
            heading="n",
            screen=lambda row: str(row.events) if row.events else (("·", "dim"),),
            right=True,
        ),
    )


def _role(one: Rating) -> str:
    return "agree" if one.quad < 3 else "end"
