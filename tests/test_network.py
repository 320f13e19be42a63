"""Ties, chains and blocs of a few actors."""

from spacerel import network, standing
from spacerel.model import Actor, Event, Log, Partnership
from spacerel.network import Link


def log(*steps: tuple[str, str, str, str]) -> Log:
    """A log of (day, partnership, act, parties as letters); a partnership's parties are those of its first step."""
    events = tuple(
        Event(f"e{place}", day, "A step", tuple(parties), act, "", (), "high", partnership=key)
        for place, (day, key, act, parties) in enumerate(sorted(steps))
    )
    parties: dict[str, tuple[str, ...]] = {}
    for event in events:
        parties.setdefault(str(event.partnership), event.parties)
    return Log(
        {actor: Actor(actor, actor.upper(), "agency") for found in parties.values() for actor in found},
        {key: Partnership(key, key, found, "contract", "launch", "") for key, found in parties.items()},
        events,
    )


def ties(found: Log, day: str = "2030-01-01", **more: object) -> network.Ties:
    return network.ties(standing.Courses(found), found.partnerships.values(), day, **more)  # type: ignore[arg-type]


def test_a_tie_is_the_less_lively_of_two_standings() -> None:
    found = log(("2000-01-01", "x", "start", "abc"))
    leaving = Event("out", "2001-01-01", "B leaves", ("b",), "leave", "", (), "high", by=("b",), partnership="x")
    found = Log(found.actors, found.partnerships, (*found.events, leaving))

    assert ties(found) == {("a", "b"): {"x": "broken"}, ("a", "c"): {"x": "active"}, ("b", "c"): {"x": "broken"}}
    assert ties(found, "2000-06-01")["a", "b"] == {"x": "active"}
    assert ties(found, "1999-12-31") == {}


def test_a_body_counts_for_its_successor_and_others_are_left_out() -> None:
    found = log(("2000-01-01", "x", "start", "abc"))

    assert ties(found, names={"a": "new", "b": "b"}) == {("b", "new"): {"x": "active"}}


def test_accessions_are_left_out_unless_asked_for() -> None:
    found = log(("2000-01-01", "accords", "agree", "abcdefghijklmnopqrstu"))

    assert ties(found) == {}
    assert len(ties(found, accessions=True)) == 21 * 20 / 2


def test_an_uncertain_standing_is_open_if_one_of_both_is_and_living_if_both_are() -> None:
    assert network.is_open("active/broken")
    assert not network.is_open("broken/completed")
    assert not network.is_living("active/suspended")
    assert network.is_living("active/agreed")
    assert not network.is_living("proposed")


def test_open_ties_count_only_open_partnerships() -> None:
    found = {("a", "b"): {"x": "active", "y": "broken", "z": "suspended"}, ("a", "c"): {"x": "expired"}}

    assert network.open_ties(found) == {("a", "b"): 2}


def test_the_best_connected_are_those_in_the_most_open_partnerships() -> None:
    found = ties(
        log(
            ("2000-01-01", "x", "start", "abcd"), ("2000-01-01", "y", "start", "bc"), ("2000-01-01", "z", "start", "ce")
        )
    )

    assert network.by_connection(found) == ["c", "b", "a", "d", "e"]


def test_blocs_stand_together() -> None:
    strength = {("a", "c"): 3, ("b", "d"): 2, ("a", "d"): 1}

    assert network.in_blocs("abcde", strength) == ["c", "a", "d", "b", "e"]


def test_the_order_does_not_depend_on_the_order_of_ties() -> None:
    strength = {("a", "b"): 1, ("c", "d"): 1, ("b", "c"): 1}

    assert network.in_blocs("abcd", strength) == network.in_blocs("abcd", dict(reversed(strength.items())))
    assert sorted(network.in_blocs("abcd", {})) == list("abcd")
    assert network.in_blocs("", {}) == []


def near(*links: tuple[str, str, str]) -> dict[str, dict[str, tuple[str, ...]]]:
    return network.neighbours({(one, other): dict.fromkeys(keys, "active") for one, other, keys in links})


def test_the_chain_with_the_fewest_links() -> None:
    found = near(("a", "b", "x"), ("b", "c", "y"), ("c", "d", "z"), ("b", "d", "w"))

    assert network.shortest(found, "a", "d") == [(Link("a", "b", ("x",)), Link("b", "d", ("w",)))]


def test_all_equally_short_chains_the_best_founded_first() -> None:
    found = near(("a", "b", "x"), ("b", "d", "y"), ("a", "c", "xy"), ("c", "d", "vw"))
    chains = network.shortest(found, "a", "d")

    assert [[link.other for link in chain] for chain in chains] == [["c", "d"], ["b", "d"]]
    assert chains[0][0].partnerships == ("x", "y")


def test_chains_go_both_ways() -> None:
    found = near(("a", "b", "x"), ("b", "c", "y"))

    assert network.shortest(found, "c", "a") == [(Link("c", "b", ("y",)), Link("b", "a", ("x",)))]


def test_no_chain() -> None:
    found = near(("a", "b", "x"), ("c", "d", "y"))

    assert network.shortest(found, "a", "d") == []
    assert network.shortest(found, "a", "a") == []
    assert network.shortest(found, "nobody", "a") == []


def test_what_stands_still_or_is_only_talked_of_does_not_link() -> None:
    for word in ("suspended", "proposed", "broken", "active/broken"):
        assert network.neighbours({("a", "b"): {"x": word}}) == {}
