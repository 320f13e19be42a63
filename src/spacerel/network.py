"""Who is tied to whom on a day: the partnerships that any two actors share, chains of them, and blocs.

Partnerships that states accede to are left out unless asked for: their signatories are not partners of one another.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from spacerel.model import OPEN_STANDINGS, Partnership
from spacerel.relations import is_accession
from spacerel.standing import NONE, Course, liveliness

LIVING = ("active", "agreed")
"""Standings of a partnership that links its parties: what is only talked of, or stands still, does not."""

Pair = tuple[str, str]
Ties = dict[Pair, dict[str, str]]
"""Two actors in alphabetical order -> each partnership they share, by id, with the standing of their tie in it."""


class Link(NamedTuple):
    """Two neighbours in a chain, and the living partnerships that link them, by id."""

    one: str
    other: str
    partnerships: tuple[str, ...]


def ties(
    courses: Mapping[str, Course],
    partnerships: Iterable[Partnership],
    day: str,
    names: Mapping[str, str] | None = None,
    accessions: bool = False,
) -> Ties:
    """The tie of every two actors in every partnership that they share by a day: the less lively of their two standings.

    `names` takes an actor for another, such as a body for its successor; those it does not name are left out.
    """
    found: Ties = {}
    for partnership in partnerships:
        course = courses[partnership.id]
        if is_accession(course) and not accessions:
            continue
        inside: dict[str, str] = {}
        for party in course.latest.parties:
            standing = course.standing_on(day, party)
            name = party if names is None else names.get(party)
            if standing != NONE and name is not None:
                inside[name] = min(inside.get(name, NONE), standing, key=liveliest)
        for pair in combinations(sorted(inside), 2):
            found.setdefault(pair, {})[partnership.id] = max((inside[party] for party in pair), key=liveliest)
    return found


def liveliest(standing: str) -> int:
    """0 for active, more for less lively; of an uncertain standing the livelier one counts."""
    return min(liveliness(one) for one in standing.split("/"))


def is_open(standing: str) -> bool:
    """Whether a standing is an open one; of an uncertain standing the livelier one counts."""
    return liveliest(standing) < len(OPEN_STANDINGS)


def is_living(standing: str) -> bool:
    """Whether a tie of this standing links two actors; an uncertain one does only where both of its standings would."""
    return all(one in LIVING for one in standing.split("/"))


def open_ties(found: Ties) -> dict[Pair, int]:
    """How many open partnerships any two actors share; those that share none are left out."""
    counted = {pair: sum(is_open(standing) for standing in standings.values()) for pair, standings in found.items()}
    return {pair: number for pair, number in counted.items() if number}


def by_connection(found: Ties) -> list[str]:
    """All tied actors, those in the most open partnerships first, then by those in the most at all, then by id.

    Partnerships count, not partners: one with many parties makes none of them well connected.
    """
    living: dict[str, set[str]] = {}
    shared: dict[str, set[str]] = {}
    for pair, standings in found.items():
        for actor in pair:
            shared.setdefault(actor, set()).update(standings)
            living.setdefault(actor, set()).update(key for key, standing in standings.items() if is_open(standing))
    return sorted(shared, key=lambda actor: (-len(living[actor]), -len(shared[actor]), actor))


def in_blocs(actors: Sequence[str], strength: Mapping[Pair, int]) -> list[str]:
    """Actors in an order in which those who are closely tied stand beside each other.

    The two groups with the strongest mean tie between their members become one group, again and again, each actor being a
    group of its own at first; the ends that are tied best meet. Who is tied to nobody comes last. Of equal ties the one
    between those who come first in `actors` counts.
    """

    def tie(one: str, other: str) -> int:
        return strength.get((one, other) if one < other else (other, one), 0)

    groups = [[actor] for actor in actors]
    while len(groups) > 1:
        between, one, other = max(
            (
                (sum(tie(a, b) for a in left for b in right) / (len(left) * len(right)), -i, -j)
                for (i, left), (j, right) in combinations(enumerate(groups), 2)
            ),
        )
        if not between:
            break
        left, right = groups[-one], groups[-other]
        joined = max(
            (first + second for first in (left, left[::-1]) for second in (right, right[::-1])),
            key=lambda order: tie(order[len(left) - 1], order[len(left)]),
        )
        groups[-one] = joined
        del groups[-other]
    return [actor for group in sorted(groups, key=lambda group: len(group) == 1) for actor in group]


def neighbours(found: Ties) -> dict[str, dict[str, tuple[str, ...]]]:
    """Actor -> each actor it is linked to -> the living partnerships between them, by id."""
    near: dict[str, dict[str, tuple[str, ...]]] = {}
    for (one, other), standings in found.items():
        living = tuple(sorted(key for key, standing in standings.items() if is_living(standing)))
        if living:
            near.setdefault(one, {})[other] = living
            near.setdefault(other, {})[one] = living
    return near


def shortest(near: Mapping[str, Mapping[str, tuple[str, ...]]], start: str, goal: str) -> list[tuple[Link, ...]]:
    """All chains with the fewest links from one actor to another, none where there is no way.

    A chain is told by its actors. First those whose weakest link rests on the most partnerships, then by ids.
    """
    layers = [{start}]
    seen = {start}
    while goal not in seen and layers[-1]:
        layers.append({actor for last in layers[-1] for actor in near.get(last, ())} - seen)
        seen |= layers[-1]
    if goal not in seen or start == goal:
        return []
    # From the goal back through the layers: every step lies on a shortest chain.
    chains = [[goal]]
    for layer in reversed(layers[:-1]):
        chains = [[actor, *chain] for chain in chains for actor in sorted(near[chain[0]]) if actor in layer]
    linked = [tuple(Link(one, other, near[one][other]) for one, other in pairwise(chain)) for chain in chains]
    return sorted(linked, key=lambda chain: (-min(len(link.partnerships) for link in chain), chain))
