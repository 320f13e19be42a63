"""Who works with whom, what broke and what took over: relations of small logs, each written where it is asked."""

from collections.abc import Iterable

import pytest
from hypothesis import given

from spacerel import relations, standing
from spacerel.dates import first_day
from spacerel.log import read
from spacerel.model import Actor, Event, Log, Outcome, Partnership
from spacerel.relations import Break, Cooperation, Tie
from test_standing import days_of, histories

LATER = "2030-01-01"


def step(date: str, act: str, parties: str = "a b", by: str = "", key: str | None = "x", **more: object) -> Event:
    """A step of the partnership `key`, with an id made of its date and act."""
    return Event(
        f"{act}-{date}", date, f"{act} {date}", tuple(parties.split()), act, "", (), "high",
        by=tuple(by.split()), partnership=key, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def log(*events: Event, opens: str | None = None, x: str = "a b", **others: str) -> Log:
    """A log of these steps; the parties of `x` and of further partnerships are given as words."""
    parties = {"x": tuple(x.split()), **{key: tuple(words.split()) for key, words in others.items()}}
    known = dict.fromkeys(
        (*(one for found in parties.values() for one in found), *(one for event in events for one in event.parties))
    )
    return Log(
        {one: Actor(one, one.upper(), "agency") for one in known},
        {
            key: Partnership(key, key.upper(), found, "contract", "launch", "", opens=opens if key == "x" else None)
            for key, found in parties.items()
        },
        tuple(sorted(events, key=lambda event: event.date)),
    )


def breaks(found: Log, day: str = LATER) -> list[Break]:
    return relations.breaks(found, standing.Courses(found), found.partnerships.values(), day)


def suspended(found: Log, day: str = LATER) -> list[Break]:
    return relations.suspended(found, standing.Courses(found), found.partnerships.values(), day)


def cooperation(found: Log, day: str = LATER, key: str = "x") -> Cooperation:
    (row,) = relations.cooperations(found, standing.Courses(found), [found.partnerships[key]], day)
    return row


def ties(found: Log, who: str = "a", day: str = LATER, events: Iterable[Event] | None = None) -> dict[str, Tie]:
    rows = relations.partners(
        found, standing.Courses(found), frozenset(who.split()), found.events if events is None else events, day
    )
    return {row.partner: row for row in rows}


# breaks


def test_a_break_has_its_step_its_parties_and_how_long_it_had_lasted() -> None:
    (row,) = breaks(log(step("2020-01-01", "agree"), step("2020-03-01", "start"), step("2021-01-01", "end", by="b")))

    assert (row.event.id, row.parties, row.lasted, row.standing) == ("end-2021-01-01", ("a", "b"), 366, "broken")
    assert [event.act for event in row.steps] == ["agree", "start", "end"]


@pytest.mark.parametrize("act", ["complete", "talk"])
def test_what_is_completed_or_goes_on_is_not_broken(act: str) -> None:
    assert breaks(log(step("2020-01-01", "start"), step("2021-01-01", act, by="a"))) == []


def test_a_term_that_ran_out_is_no_break() -> None:
    assert breaks(log(step("2020-01-01", "start", term_end="2021-12-31"))) == []


def test_what_a_successor_took_over_by_consent_is_no_break() -> None:
    found = log(step("2020-01-01", "start"), step("2021-01-01", "agree", key="y", replaces=("x",)), y="a b")

    assert breaks(found) == []
    assert cooperation(found).standing == "superseded"


def test_only_announced_or_threatened_is_no_break() -> None:
    threat = step("2021-01-01", "threaten", by="a", modality="threatened", threatens="end", outcome=Outcome("pending"))
    plan = step("2021-02-01", "end", by="a", modality="announced", outcome=Outcome("pending"))

    assert breaks(log(step("2020-01-01", "start"), threat, plan)) == []


def test_a_break_holds_from_its_day_until_it_is_taken_up_again() -> None:
    found = log(step("2020-01-01", "start"), step("2021-01-01", "end", by="a"), step("2022-01-01", "resume"))

    assert breaks(found, "2020-12-31") == []
    assert len(breaks(found, "2021-01-01")) == 1
    assert breaks(found, "2022-01-01") == []


def test_how_long_it_had_lasted_counts_the_suspension_and_not_the_proposal() -> None:
    found = log(
        step("2019-01-01", "talk"),
        step("2020-01-01", "agree"),
        step("2020-06-01", "suspend", by="a"),
        step("2021-01-01", "end", by="a"),
    )

    assert breaks(found)[0].lasted == 366


def test_how_long_it_had_lasted_counts_the_last_open_stretch_only() -> None:
    found = log(
        step("2010-01-01", "start"),
        step("2011-01-01", "end", by="a"),
        step("2020-01-01", "agree"),
        step("2020-01-31", "end", by="b"),
    )

    assert [(row.event.id, row.lasted) for row in breaks(found)] == [("end-2020-01-31", 30)]


def test_a_proposal_that_is_broken_off_had_not_lasted() -> None:
    assert breaks(log(step("2019-01-01", "talk"), step("2020-01-01", "end", by="a")))[0].lasted is None


def test_who_leaves_breaks_for_itself() -> None:
    found = log(step("2020-01-01", "start", "a b c"), step("2021-01-01", "leave", "c", by="c"), x="a b c")

    assert [(row.parties, row.event.act, row.standing) for row in breaks(found)] == [(("c",), "leave", "active")]


def test_who_leaves_what_stands_still_breaks_and_the_others_are_only_suspended() -> None:
    found = log(
        step("2020-01-01", "start", "a b c"),
        step("2021-01-01", "suspend", by="a"),
        step("2022-01-01", "leave", "c", by="c"),
        x="a b c",
    )

    assert [(row.parties, row.standing, row.final) for row in breaks(found)] == [(("c",), "suspended", True)]
    (still,) = suspended(found)
    assert (still.event.act, still.parties, still.standing, still.final) == ("suspend", ("a", "b"), "suspended", False)


def test_an_end_with_a_scope_breaks_for_those_it_names() -> None:
    end = step("2021-01-01", "end", "a c", by="a", scope=("c",))
    found = log(step("2020-01-01", "start", "a b c"), end, x="a b c")

    assert [(row.parties, row.lasted, row.standing) for row in breaks(found)] == [(("c",), 366, "active")]


def test_two_breaks_of_one_partnership_are_two_rows_in_order_of_date() -> None:
    found = log(
        step("2020-01-01", "start", "a b c"),
        step("2022-01-01", "end", "a b", by="a"),
        step("2021-01-01", "leave", "c", by="c"),
        x="a b c",
    )

    assert [(row.event.date, row.parties) for row in breaks(found)] == [
        ("2021-01-01", ("c",)),
        ("2022-01-01", ("a", "b")),
    ]


def test_a_vague_break_holds_when_it_must_have_happened() -> None:
    found = log(step("2020-01-01", "start"), step("2021", "end", by="a"))

    assert breaks(found, "2021-06-01") == []
    assert [row.event.date for row in breaks(found, "2021-12-31")] == ["2021"]
    assert cooperation(found, "2021-06-01").standing == "active/broken"


# A suspension that a successor makes final


def final(*more: Event) -> Log:
    return log(
        step("2020-01-01", "start"),
        step("2021-01-01", "suspend", by="b"),
        step("2022-01-01", "agree", "a c", key="y", replaces=("x",)),
        *more,
        y="a c",
        z="a c",
    )


def test_a_suspension_made_final_is_a_break_by_the_suspending_step() -> None:
    (row,) = breaks(final())

    assert (row.event.id, row.lasted, row.standing) == ("suspend-2021-01-01", 366, "broken")
    assert [(one.partnership, one.after) for one in row.successors] == [("y", 365)]


def test_before_its_successor_it_is_only_suspended() -> None:
    assert breaks(final(), "2021-12-31") == []
    (row,) = suspended(final(), "2021-12-31")

    assert (row.event.id, row.lasted, row.standing, row.successors) == ("suspend-2021-01-01", 366, "suspended", ())
    assert suspended(final()) == []


def test_the_partnership_tells_the_same_step_and_day() -> None:
    row = cooperation(final())

    assert (row.standing, row.since) == ("broken", "2021-01-01")
    assert row.closed_by is not None
    assert row.closed_by.id == "suspend-2021-01-01"


def test_breaking_is_none_for_what_is_not_broken() -> None:
    spells = standing.Courses(final())["x"].latest.spells

    assert [spell.standing for spell in spells] == ["active", "suspended", "broken"]
    assert relations.breaking(spells, spells[1]) is None
    assert relations.breaking(spells, None) is None


# successors


def test_successors_come_in_order_of_date_each_partnership_once() -> None:
    found = final(
        step("2023-01-01", "deliver", "a c", key="y", replaces=("x",)),
        step("2021-06-01", "agree", "a c", key="z", replaces=("x",)),
    )

    assert [(one.partnership, one.event.date) for one in relations.successors(found, LATER)["x"]] == [
        ("z", "2021-06-01"),
        ("y", "2022-01-01"),
    ]
    assert [one.partnership for one in relations.successors(found, "2021-12-31")["x"]] == ["z"]
    assert relations.successors(found, "2021-05-31") == {}


def test_a_successor_may_come_before_the_break() -> None:
    found = log(
        step("2020-01-01", "start"),
        step("2020-12-22", "agree", "a c", key="y"),
        step("2021-01-01", "end", by="a"),
        step("2021-01-11", "deliver", "a c", key="y", replaces=("x",)),
        y="a c",
    )

    assert [one.after for one in breaks(found)[0].successors] == [10]
    early = log(
        step("2020-01-01", "start"),
        step("2021-01-01", "end", by="a"),
        step("2020-12-22", "agree", "a c", key="y", replaces=("x",)),
        y="a c",
    )
    assert cooperation(early, "2020-12-31").standing == "superseded"


def test_an_announced_successor_is_none() -> None:
    plan = step("2022-01-01", "agree", key="y", replaces=("x",), modality="announced", outcome=Outcome("pending"))

    assert relations.successors(log(step("2020-01-01", "start"), plan, y="a b"), LATER) == {}


# cooperations


def test_a_partnership_in_force_before_the_log() -> None:
    row = cooperation(log(step("2020-05-01", "deliver"), opens="1998"), "2019-01-01")

    assert (row.standing, row.first, row.since, row.closed_by, row.steps) == ("active", "1998", "1998", None, ())


def test_nothing_had_begun() -> None:
    found = log(step("2020-01-01", "start"))

    assert relations.cooperations(found, standing.Courses(found), found.partnerships.values(), "2019-12-31") == []


def test_what_was_only_announced_has_no_standing() -> None:
    row = cooperation(log(step("2020-01-01", "agree", modality="announced", outcome=Outcome("pending"))))

    assert (row.standing, row.first, row.since, row.closed_by) == ("none", "2020-01-01", None, None)


def test_a_term_that_ran_out_has_a_day_and_no_event() -> None:
    row = cooperation(log(step("2020-01-01", "start", term_end="2021-12-31")))

    assert (row.standing, row.since, row.closed_by) == ("expired", "2022-01-01", None)


def test_parties_are_those_that_ever_were_in() -> None:
    found = log(
        step("2020-01-01", "start"),
        step("2021-01-01", "join", "c", by="c"),
        step("2022-01-01", "leave", "b", by="b"),
    )

    assert cooperation(found, "2020-06-01").parties == ("a", "b")
    assert cooperation(found).parties == ("a", "b", "c")


def test_the_beginning_of_a_standing_is_as_vague_as_the_log() -> None:
    found = log(step("2020", "start"), step("2021-03~", "end", by="a"))

    assert cooperation(found, "2021-01-01").since == "2020"
    assert cooperation(found).since == "2021-03~"


def test_of_an_uncertain_standing_the_younger_one_is_told() -> None:
    row = cooperation(log(step("2020-01-01", "start"), step("2021", "end", by="a")), "2021-06-01")

    assert (row.standing, row.since, row.closed_by) == ("active/broken", "2021", None)
    assert row.opened is not None
    assert row.opened.act == "end"


# partners


def test_a_tie_is_the_less_lively_of_two_standings() -> None:
    found = log(step("2020-01-01", "start", "a b c"), step("2021-01-01", "leave", "c", by="c"), x="a b c")

    assert {partner: tie.standings for partner, tie in ties(found).items()} == {
        "b": (("x", "active"),),
        "c": (("x", "broken"),),
    }
    assert ties(found, "c")["a"].standings == (("x", "broken"),)


def test_a_predecessor_counts_for_the_actor_and_is_no_partner_of_it() -> None:
    found = log(
        step("2020-01-01", "start"),
        step("2021-01-01", "join", "new", by="new"),
        step("2021-06-01", "leave", "a", by="a"),
    )

    assert list(ties(found, "a new")) == ["b"]
    assert ties(found, "a new")["b"].standings == (("x", "active"),)


def test_steps_are_those_that_both_took_part_in_and_no_setting() -> None:
    found = log(
        step("2020-01-01", "start"),
        step("2020-02-01", "talk", "a c", key=None),
        step("2020-03-01", "talk", "b c", key=None),
        step("2020-04-01", "context", "a d", key=None),
    )

    assert {partner: [event.date for event in tie.steps] for partner, tie in ties(found).items()} == {
        "b": ["2020-01-01"],
        "c": ["2020-02-01"],
    }


def test_the_steps_asked_for_do_not_change_the_standings() -> None:
    tie = ties(log(step("2020-01-01", "start")), events=())["b"]

    assert (tie.standings, tie.steps) == ((("x", "active"),), ())


def test_successors_of_closed_ties_only() -> None:
    found = final()

    assert [one.partnership for one in ties(found)["b"].successors] == ["y"]
    assert ties(found)["c"].successors == ()
    assert ties(found, day="2021-12-31")["b"].successors == ()


def test_an_uncertain_tie_has_both_standings() -> None:
    found = log(step("2020-01-01", "start"), step("2021", "suspend", by="a"))

    assert ties(found, day="2021-06-01")["b"].standings == (("x", "active/suspended"),)


# threats


@pytest.mark.parametrize(
    ("made", "became", "after"),
    [
        ("2022-03-02", "2022-03-04", 2),
        ("2022-03-02", None, None),
        ("2022", "2022-03", 59),
        ("2022-03-10", "2022-03", 0),
    ],
)
def test_what_became_of_a_threat_and_after_how_many_days(made: str, became: str | None, after: int | None) -> None:
    threat = step(made, "threaten", by="a", modality="threatened", threatens="end", outcome=Outcome("reversed", became))

    assert [(row.event.id, row.outcome.status, row.after) for row in relations.threats([threat])] == [
        (threat.id, "reversed", after)
    ]


def test_which_modalities_are_threats() -> None:
    events = [
        step(f"202{place}", "end", modality=modality, outcome=Outcome("pending"))
        for place, modality in enumerate(("announced", "threatened", "reported"))
    ]
    told = [row.event.modality for row in relations.threats([*events, step("2029", "end")])]

    assert told == ["announced", "threatened"]
    assert [row.event.modality for row in relations.threats(events, {"reported"})] == ["reported"]


# accessions


@pytest.mark.parametrize(("parties", "expected"), [(20, False), (21, True)])
def test_many_parties_make_an_accession(parties: int, expected: bool) -> None:
    words = " ".join(f"s{number}" for number in range(parties))
    found = log(step("2020-01-01", "agree", words), x=words)

    assert relations.is_accession(standing.Courses(found)["x"]) is expected


def test_those_who_join_later_count_too() -> None:
    words = " ".join(f"s{number}" for number in range(20))
    found = log(step("2020-01-01", "agree", words), step("2021-01-01", "join", "n", by="n"), x=words)

    assert relations.is_accession(standing.Courses(found)["x"])


# Every history


@given(histories())
def test_on_every_day_relations_say_what_the_fold_says(
    history: tuple[Partnership, list[Event], list[Event]],
) -> None:
    one, own, others = history
    events = tuple(
        event._replace(id=f"{event.id}-{place}")
        for place, event in enumerate(sorted((*own, *others), key=lambda event: first_day(event.date)))
    )
    other = one._replace(id="tiangong", opens=None)
    found = Log({}, {one.id: one, other.id: other}, events)
    courses = standing.Courses(found)
    course = courses[one.id]
    for day in days_of(*own, *others):
        torn = relations.breaks(found, courses, [one], day)
        still = relations.suspended(found, courses, [one], day)
        rows = relations.cooperations(found, courses, [one], day)

        latest = {
            party: spell.standing
            for party, spells in course.latest.parties.items()
            if (spell := standing.spell_on(spells, day)) is not None
        }
        assert {party for row in torn for party in row.parties} == {
            party for party, now in latest.items() if now == "broken"
        }
        assert all(row.lasted is None or row.lasted >= 0 for row in torn)
        assert all(first_day(row.event.date) <= day for row in (*torn, *still))
        whole = standing.spell_on(course.latest.spells, day)
        assert bool(still) == (whole is not None and whole.standing == "suspended")
        for row in rows:
            assert row.standing == course.standing_on(day)
            assert row.since is None or first_day(row.since) <= day
            assert row.closed_by is None or row.closed_by is row.opened


@pytest.mark.parametrize("scoped", [False, True])
def test_the_surroundings_of_an_actor_are_all_that_it_may_have_been_in(scoped: bool) -> None:
    joins = step("2005", "join", "c d" if scoped else "a d", by="" if scoped else "a", scope=("a",) if scoped else ())
    found = log(joins, step("2001", "start", "c d", key="y"), x="c d", y="c d", z="a c")

    assert relations.surroundings(found, frozenset("a")) == {"x", "z"}
    assert relations.surroundings(found, frozenset("e")) == set()


def test_an_actor_has_a_standing_in_nothing_but_its_surroundings() -> None:
    found = read()
    courses = standing.Courses(found)
    for actor in found.actors:
        near = relations.surroundings(found, frozenset((actor,)))
        inside = {
            key for key, course in courses.items() if actor in course.latest.parties or actor in course.earliest.parties
        }
        assert inside <= near, actor
