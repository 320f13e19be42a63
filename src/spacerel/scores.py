"""How cooperative or conflictual a step is held to be, on two published scales.

A score is a view of a step and never a cause of a standing. The values are those of the published scales; which category
a step falls into is spacerel's own choice, and all of it stands in `RATINGS`. What is not there has no score: a report
that nobody confirmed, a denial, a completion and a setting say nothing about how the parties get on.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple

from spacerel.model import Event, Log

Pair = tuple[str, str]


class Scale(NamedTuple):
    """A published scale: what it is called, its version, where its values come from, and how far it reaches."""

    name: str
    version: str
    source: str
    least: float
    most: float


class Rating(NamedTuple):
    """Which steps fall into a category of each scale, and its value there.

    `tag`, `threatens` and `deadline` narrow it further: a tag of the event, what it threatens, a demand with a day on it.
    `quad` is the quadrant: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    """

    step: str
    acts: tuple[str, ...]
    modalities: tuple[str, ...]
    cameo: str
    cameo_words: str
    goldstein: float
    plover: str
    plover_score: float
    quad: int
    tag: str = ""
    threatens: tuple[str, ...] = ()
    deadline: bool = False


class Mean(NamedTuple):
    """The mean score of steps, each counted by its weight, and how many steps that are; no value where there are none."""

    value: float | None
    n: int


SCALES: Mapping[str, Scale] = {
    "plover": Scale(
        "PLOVER",
        "manual of February 2024",
        "Political Language Ontology for Verifiable Event Records, scores of its events and modes",
        -10.0,
        10.0,
    ),
    "cameo": Scale(
        "CAMEO with Goldstein's values",
        "the copy that GDELT publishes (CAMEO.goldsteinscale.txt)",
        "Conflict and Mediation Event Observations, codes weighted after Goldstein (1992)",
        -10.0,
        10.0,
    ),
}
DEFAULT_SCALE = "plover"

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

_DONE = ("done",)
_SAID = ("announced",)
_THREAT = ("threatened",)

# PLOVER's own score table prints ACCUSE as +3, while its two modes are -2 and -3.5, and puts SANCTION into two quadrants:
# here ACCUSE has its mode's value, and SANCTION is material conflict.
RATINGS: tuple[Rating, ...] = (
    Rating(
        "resume by lifting a sanction",
        ("resume",), _DONE, "085", "ease sanctions", 7.0, "RETREAT", 6.5, 2, tag="sanctions",
    ),
    Rating("agree", ("agree",), _DONE, "057", "sign formal agreement", 8.0, "SUPPORT", 5.0, 1),
    Rating("extend", ("extend",), _DONE, "057", "sign formal agreement", 8.0, "SUPPORT", 5.0, 1),
    Rating("join", ("join",), _DONE, "057", "sign formal agreement", 8.0, "SUPPORT", 5.0, 1),
    Rating(
        "agree, start, deliver, extend, deepen, join, resume: announced",
        ("agree", "start", "deliver", "extend", "deepen", "join", "resume"),
        _SAID, "031", "agree to material cooperation", 5.2, "AGREE", 2.5, 1,
    ),
    Rating("deliver as a gift", ("deliver",), _DONE, "071", "provide economic aid", 7.4, "AID", 10.0, 2, tag="aid"),
    Rating("deliver data", ("deliver",), _DONE, "064", "share information", 7.0, "COOPERATE", 9.5, 2, tag="data"),
    Rating(
        "deliver for pay",
        ("deliver",), _DONE, "061", "cooperate economically", 6.4, "COOPERATE", 9.5, 2, tag="commercial",
    ),
    Rating(
        "start, deliver, deepen, resume",
        ("start", "deliver", "deepen", "resume"), _DONE, "060", "material cooperation", 6.0, "COOPERATE", 9.5, 2,
    ),
    Rating("talk", ("talk",), _DONE, "040", "consult", 1.0, "CONSULT", 2.5, 1),
    Rating("strain", ("strain",), _DONE, "111", "criticize", -2.0, "ACCUSE/disapprove", -2.0, 3),
    Rating("refuse", ("refuse",), _DONE, "121", "reject material cooperation", -4.0, "REJECT/assist", -1.5, 3),
    Rating(
        "threaten a sanction",
        ("threaten",), _THREAT, "1312", "threaten to sanction", -5.8, "THREATEN/restrict", -3.0, 3,
        threatens=("sanction",),
    ),
    Rating("sanction: announced", ("sanction",), _SAID, "1312", "threaten to sanction", -5.8, "THREATEN/restrict", -3.0, 3),
    Rating(
        "threaten with a demand and a deadline",
        ("threaten",), _THREAT, "139", "give ultimatum", -7.0, "THREATEN/relations", -3.5, 3, deadline=True,
    ),
    Rating(
        "threaten to end, leave, suspend or refuse",
        ("threaten",), _THREAT, "1313", "threaten to reduce or break relations", -5.8, "THREATEN/relations", -3.5, 3,
    ),
    Rating(
        "end, leave, suspend, refuse: announced",
        ("end", "leave", "suspend", "refuse"),
        _SAID, "1313", "threaten to reduce or break relations", -5.8, "THREATEN/relations", -3.5, 3,
    ),
    Rating("suspend", ("suspend",), _DONE, "160", "reduce relations", -4.0, "SANCTION/discontinue", -6.0, 4),
    Rating("end talks", ("end",), _DONE, "164", "halt negotiations", -7.0, "SANCTION/withdraw", -6.0, 4, tag="talks"),
    Rating("end, leave", ("end", "leave"), _DONE, "166", "expel or withdraw", -7.0, "SANCTION/withdraw", -6.0, 4),
    Rating("sanction", ("sanction",), _DONE, "163", "embargo, sanctions", -8.0, "SANCTION/discontinue", -6.0, 4),
)  # fmt: skip
"""The whole mapping. Of the ratings that fit a step, the first one holds."""

NOT_COUNTED = "complete, deny, context, talk: announced, and whatever is only reported"
"""What no rating covers, in words."""


def rating(event: Event) -> Rating | None:
    """The category that a step falls into; None for one that is not counted."""
    for found in _BY_STEP.get((event.act, event.modality), ()):
        if (
            (not found.tag or found.tag in event.tags)
            and (not found.threatens or event.threatens in found.threatens)
            and (not found.deadline or (event.due is not None and event.condition is not None))
        ):
            return found
    return None


def value(found: Rating, scale: str = DEFAULT_SCALE) -> float:
    """The value of a category on a scale."""
    return found.plover_score if scale == "plover" else found.goldstein


def score(event: Event, scale: str = DEFAULT_SCALE) -> float | None:
    """The score of a step; None for one that is not counted."""
    found = rating(event)
    return value(found, scale) if found is not None else None


def pairs(log: Log, event: Event) -> tuple[Pair, ...]:
    """Between whom a step was taken, each pair in alphabetical order.

    Those who took it and those towards whom they took it; of a joint step all parties with each other. A step that takes
    over the job of a broken partnership says nothing about those who are no longer in.
    """
    left = frozenset(_left_behind(log, event)) if event.replaces else frozenset()
    by = [party for party in event.by if party not in left]
    against = [party for party in event.against if party not in left]
    if by and against:
        found = [(one, other) for one in by for other in against]
    else:
        found = list(combinations([party for party in event.parties if party not in left], 2))
    return tuple((min(pair), max(pair)) for pair in found)


def mean(
    log: Log, events: Iterable[Event], some: frozenset[str], others: frozenset[str], scale: str = DEFAULT_SCALE
) -> Mean:
    """The mean score between two sets of actors: every pair of a step weighs 1/pairs, so that no step counts more than once."""
    total = weight = 0.0
    n = 0
    for event in events:
        found = score(event, scale)
        if found is None:
            continue
        all_pairs = pairs(log, event)
        own = sum((a in some and b in others) or (a in others and b in some) for a, b in all_pairs)
        if own:
            total += found * own / len(all_pairs)
            weight += own / len(all_pairs)
            n += 1
    return Mean(total / weight if n else None, n)


def mean_of_steps(events: Iterable[Event], scale: str = DEFAULT_SCALE) -> Mean:
    """The mean score of steps, each counted once, whoever took them."""
    found = [one for event in events if (one := score(event, scale)) is not None]
    return Mean(sum(found) / len(found) if found else None, len(found))


def shown(number: float) -> str:
    """A score with its sign: `+5.0`, `-2.0`, `0.0`."""
    return f"{number:+.1f}" if round(number, 1) else "0.0"


def _left_behind(log: Log, event: Event) -> Iterable[str]:
    """The parties of the partnerships replaced who are not among those of the one that took over."""
    inside = log.partnerships[event.partnership].parties if event.partnership is not None else ()
    for replaced in event.replaces:
        yield from (party for party in log.partnerships[replaced].parties if party not in inside)


_BY_STEP: dict[tuple[str, str], tuple[Rating, ...]] = {}
for _one in RATINGS:
    for _act in _one.acts:
        for _modality in _one.modalities:
            _BY_STEP[_act, _modality] = (*_BY_STEP.get((_act, _modality), ()), _one)
