"""The fold: a grid of every standing and act, and a second, slower fold to compare with.

The grid says what the README's "How standing is decided" says; each of its cells is also changed in the code's table, to
see that the grid notices.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spacerel import standing
from spacerel.dates import first_day, last_day, next_day
from spacerel.model import ACTS, CLOSED_STANDINGS, OPEN_STANDINGS, STANDINGS, Event, Log, Partnership
from spacerel.standing import NONE, REPLACED, Course, Replacement, Spell

ESA, NASA, JAXA, CSA = "esa", "nasa", "jaxa", "csa"


def partnership(*parties: str, opens: str | None = None) -> Partnership:
    return Partnership("iss", "ISS", parties or (ESA, NASA), "agreement", "crew", "A station", opens=opens)


def step(date: str, act: str, **more: object) -> Event:
    fields = {"parties": (ESA, NASA), "summary": "", "sources": (), "confidence": "high", "partnership": "iss", **more}
    return Event(id=f"{act}-{date}", date=date, title=act, act=act, **fields)  # type: ignore[arg-type]


def course(*events: Event, of: Partnership | None = None, replaced_by: Iterable[Event] = ()) -> Course:
    return standing.course(of or partnership(), events, [Replacement(event, "tiangong") for event in replaced_by])


def missteps(*events: Event, replaced_by: Iterable[Event] = ()) -> list[Event]:
    replacements = [Replacement(event, "tiangong") for event in replaced_by]
    return [found.event for found in standing.missteps(partnership(), events, replacements)]


def successor(date: str) -> Event:
    return step(date, "agree", partnership="tiangong", replaces=("iss",))


# Every standing and every act.

WAYS: Mapping[str, tuple[Event, ...]] = {
    NONE: (),
    "proposed": (step("2001", "talk"),),
    "agreed": (step("2001", "agree"),),
    "active": (step("2001", "start"),),
    "suspended": (step("2001", "start"), step("2002", "suspend")),
    "broken": (step("2001", "start"), step("2002", "end")),
    "completed": (step("2001", "start"), step("2002", "complete")),
    "expired": (step("2001", "agree", term_end="2002"),),
    "superseded": (step("2001", "start"), successor("2002")),
    "declined": (step("2001", "refuse"),),
}

# `.` is no change, `!` no change and an error of the log.
GRID = """
          none      proposed  agreed    active     suspended broken    completed  expired   superseded declined
talk      proposed  .         .         .          .         .         .          .         .          .
agree     agreed    agreed    .         .          .         agreed    agreed     agreed    agreed     agreed
start     active    active    active    .          active    active    active     active    active     active
deliver   active    active    active    .          !         !         !          !         !          !
deepen    .         .         .         .          !         !         !          !         !          !
extend    .         .         .         .          !         !         !          active    !          !
strain    .         .         .         .          .         .         .          .         .          .
sanction  .         .         .         .          .         .         .          .         .          .
refuse    declined  declined  .         .          .         .         .          .         .          .
deny      .         .         .         .          .         .         .          .         .          .
suspend   !         suspended suspended suspended  !         !         !          !         !          !
resume    !         !         !         !          active    active    !          !         !          !
end       !         broken    broken    broken     broken    !         !          broken    !          !
complete  !         completed completed completed  completed !         !          completed !          !
replaced  .         superseded superseded superseded broken   .         .          .         .          .
"""
JOINED_AND_LEFT = {"join", "leave"}
NEVER_DONE = {"threaten", "context"}


def grid() -> dict[tuple[str, str], str]:
    """(standing, act) -> what the grid says."""
    heads, *rows = (line.split() for line in GRID.strip().splitlines())
    return {(found, act): cell for act, *cells in rows for found, cell in zip(heads, cells, strict=True)}


def told(found: str, act: str) -> str:
    """What the fold makes of an act in a standing, in the signs of the grid."""
    own = [event for event in WAYS[found] if event.partnership == "iss"]
    others = [event for event in WAYS[found] if event.partnership != "iss"]
    if act == REPLACED:
        return told_of_replaced(found, own, others)
    after = course(*own, step("2010-05-17", act), replaced_by=others)
    assert after.standing_on("2010-05-16") == found
    if step("2010-05-17", act) in missteps(*own, step("2010-05-17", act), replaced_by=others):
        assert after.standing_on("2010-05-17") == found
        return "!"
    now = after.standing_on("2010-05-17")
    return "." if now == found else now


def told_of_replaced(found: str, own: list[Event], others: list[Event]) -> str:
    """A third party, the only one still at work, shares the fate of an open partnership and is not touched in a closed one."""
    lone = [event._replace(scope=(ESA, NASA)) for event in own] + [step("2005", "start", scope=(JAXA,))]
    after = course(*lone, of=partnership(ESA, NASA, JAXA), replaced_by=[*others, successor("2010-05-17")])
    assert after.standing_on("2010-05-16") == found
    now = after.standing_on("2010-05-17")
    cell = "." if now == found else now
    assert after.standing_on("2010-05-17", JAXA) == ("active" if cell == "." else cell)
    return cell


def test_the_grid_has_every_standing_and_act() -> None:
    assert {found for found, _ in grid()} == {NONE, *STANDINGS}
    assert {act for _, act in grid()} == {REPLACED, *ACTS} - JOINED_AND_LEFT - NEVER_DONE


@pytest.mark.parametrize(("found", "act"), grid())
def test_what_an_act_makes_of_a_standing(found: str, act: str) -> None:
    assert told(found, act) == grid()[found, act]


@pytest.mark.parametrize(("found", "act"), grid())
def test_the_grid_notices_each_changed_cell(found: str, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = standing.CHANGES.get(act, {}).get(found, found)
    other = next(one for one in ("completed", "proposed", "active") if one not in (now, found))
    changed = {**standing.CHANGES, act: {**standing.CHANGES.get(act, {}), found: other}}
    monkeypatch.setattr(standing, "CHANGES", changed)

    with pytest.raises(AssertionError):
        assert told(found, act) == grid()[found, act]


@pytest.mark.parametrize(("found", "act"), [cell for cell in grid() if cell[1] != REPLACED])
def test_the_grid_notices_each_changed_impossibility(found: str, act: str, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = standing.IMPOSSIBLE.get(act, frozenset()) ^ {found}
    monkeypatch.setattr(standing, "IMPOSSIBLE", {**standing.IMPOSSIBLE, act: changed})

    with pytest.raises(AssertionError):
        assert told(found, act) == grid()[found, act]


@pytest.mark.parametrize("modality", ["announced", "threatened", "reported"])
def test_only_what_is_done_changes_a_partnership(modality: str) -> None:
    events = (step("2001", "start"), step("2002", "end", modality=modality))

    found = standing.Courses(Log({}, {"iss": partnership()}, events))["iss"]

    assert found.standing_on("2003-01-01") == "active"


# Who is in.


def test_a_newcomer_has_the_standing_of_the_partnership() -> None:
    found = course(step("2001-01-01", "start"), step("2005-01-01", "join", by=(JAXA,)))

    assert found.standing_on("2004-12-31", JAXA) == NONE
    assert found.standing_on("2005-01-01", JAXA) == "active"


@pytest.mark.parametrize(
    ("before", "standing_of_newcomer"), [("talk", "agreed"), ("agree", "agreed"), ("refuse", "agreed")]
)
def test_who_joins_what_is_not_in_force_has_agreed(before: str, standing_of_newcomer: str) -> None:
    found = course(step("2001-01-01", before), step("2005-01-01", "join", by=(JAXA,)))

    assert found.standing_on("2005-01-01", JAXA) == standing_of_newcomer


def test_who_leaves_is_out_and_the_others_go_on() -> None:
    found = course(
        step("2001-01-01", "start"),
        step("2005-01-01", "leave", by=(JAXA,)),
        step("2006-01-01", "complete"),
        of=partnership(ESA, NASA, JAXA),
    )

    assert found.standing_on("2005-06-01") == "active"
    assert found.standing_on("2005-06-01", JAXA) == "broken"
    assert found.standing_on("2006-01-01", JAXA) == "broken"
    assert found.standing_on("2006-01-01") == "completed"


def test_when_one_of_two_leaves_nothing_is_shared() -> None:
    found = course(step("2001-01-01", "start"), step("2005-01-01", "leave", by=(NASA,)))

    assert found.standing_on("2005-01-01") == "broken"
    assert found.standing_on("2005-01-01", ESA) == "active"


def test_an_end_with_a_scope_puts_only_those_out() -> None:
    found = course(
        step("2001-01-01", "start"),
        step("2005-01-01", "end", scope=(JAXA,)),
        step("2006-01-01", "suspend"),
        of=partnership(ESA, NASA, JAXA),
    )

    assert [found.standing_on("2006-01-01", party) for party in (ESA, NASA, JAXA)] == [
        "suspended",
        "suspended",
        "broken",
    ]


@pytest.mark.parametrize("act", ["join", "agree", "start", "resume"])
def test_who_is_out_comes_back_when_named(act: str) -> None:
    named = {"by": (JAXA,)} if act == "join" else {"scope": (JAXA,)}
    found = course(
        step("2001-01-01", "start"),
        step("2005-01-01", "leave", by=(JAXA,)),
        step("2007-01-01", act, **named),
        step("2008-01-01", "suspend"),
        of=partnership(ESA, NASA, JAXA),
    )

    assert found.standing_on("2008-01-01", JAXA) == "suspended"


@pytest.mark.parametrize("act", ["agree", "start", "resume"])
def test_who_is_out_stays_out_when_not_named(act: str) -> None:
    found = course(
        step("2001-01-01", "start"),
        step("2005-01-01", "leave", by=(JAXA,)),
        step("2006-01-01", "suspend"),
        step("2007-01-01", act),
        of=partnership(ESA, NASA, JAXA),
    )

    assert found.standing_on("2007-01-01", JAXA) == "broken"


def test_in_force_before_the_log() -> None:
    found = course(step("2005-01-01", "suspend"), of=partnership(opens="1998"))

    assert found.standing_on("1997-12-31") == NONE
    assert found.standing_on("1998-12-31") == "active"
    assert found.standing_on("1998-01-01") == "active/none"


# Terms.


def test_a_term_runs_out() -> None:
    found = course(step("2001-01-01", "agree", term_end="2005-06"))

    assert found.standing_on("2005-06-30") == "agreed"
    assert found.standing_on("2005-07-01") == "expired"
    assert found.latest.spells[-1] == Spell("expired", "2005-07-01", None, "2005-07-01", None)


def test_a_later_term_takes_the_place_of_the_first() -> None:
    found = course(step("2001-01-01", "start", term_end="2005"), step("2004-01-01", "extend", term_end="2010"))

    assert found.standing_on("2009-12-31") == "active"
    assert found.standing_on("2011-01-01") == "expired"


def test_an_extension_after_the_term_makes_it_active_again() -> None:
    found = course(step("2001-01-01", "start", term_end="2005"), step("2007-01-01", "extend", term_end="2010"))

    assert [found.standing_on(f"{year}-06-01") for year in (2006, 2007, 2010, 2011)] == [
        "expired",
        "active",
        "active",
        "expired",
    ]


def test_a_term_binds_its_scope_only() -> None:
    found = course(
        step("2001-01-01", "start", term_end="2005"),
        step("2004-01-01", "extend", scope=(JAXA, NASA), term_end="2010"),
        of=partnership(ESA, NASA, JAXA),
    )

    assert found.standing_on("2006-01-01", ESA) == "expired"
    assert found.standing_on("2006-01-01") == "active"


def test_a_term_does_not_run_out_in_what_is_closed() -> None:
    found = course(step("2001-01-01", "start", term_end="2005"), step("2003-01-01", "end"))

    assert found.standing_on("2006-01-01") == "broken"


def test_a_term_is_not_over_before_the_vague_day_that_sets_it() -> None:
    found = course(step("2001", "agree", term_end="2001-06"))

    assert [(spell.standing, spell.first) for spell in found.latest.spells] == [
        ("agreed", "2001-12-31"),
        ("expired", "2002-01-01"),
    ]


# Successors.


def test_a_suspension_whose_job_is_taken_over_counts_as_a_break_since_it_began() -> None:
    found = course(step("2001-01-01", "start"), step("2005-03-01", "suspend"), replaced_by=[successor("2006-01-01")])
    spell = standing.spell_on(found.latest.spells, "2006-01-01")

    assert found.standing_on("2005-12-31") == "suspended"
    assert spell is not None
    assert (spell.standing, spell.since, spell.first) == ("broken", "2005-03-01", "2006-01-01")


def test_what_is_open_and_replaced_is_superseded_since_that_day() -> None:
    found = course(step("2001-01-01", "start"), replaced_by=[successor("2006-01-01")])

    assert found.latest.spells[-1].since == "2006-01-01"
    assert found.standing_on("2006-01-01") == "superseded"


def test_what_is_closed_keeps_its_standing_when_replaced() -> None:
    found = course(step("2001-01-01", "start"), step("2005-01-01", "end"), replaced_by=[successor("2006-01-01")])

    assert found.standing_on("2007-01-01") == "broken"


# Vague dates.


def test_a_vague_date_leaves_the_standing_open_between_its_ends() -> None:
    found = course(step("2001-01-01", "start"), step("2005-03", "suspend"))

    assert found.standing_on("2005-02-28") == "active"
    assert found.standing_on("2005-03-01") == "active/suspended"
    assert found.standing_on("2005-03-30") == "active/suspended"
    assert found.standing_on("2005-03-31") == "suspended"


def test_about_a_day_is_that_day() -> None:
    assert course(step("2001-01-01~", "start")).standing_on("2001-01-01") == "active"


def test_on_one_day_the_precise_step_comes_before_the_vague_one() -> None:
    """Order is first by day, then by last possible day: `2005` may be later in the year than 1 January."""
    suspend = step("2005", "suspend")

    assert missteps(step("2001-01-01", "start"), suspend, step("2005-01-01", "end")) == [suspend]


def test_a_misstep_is_one_at_both_ends_of_a_vague_date() -> None:
    start, end, late = step("2001-01-01", "start"), step("2005-06-01", "end"), step("2007", "deliver")

    assert missteps(start, end, late) == [late]
    assert missteps(start, end, step("2005", "deliver")) == []
    assert missteps(start, end, step("2005-06-01~", "deliver")) != []


# Every history: against a fold that starts anew for every day and keeps nothing but what it needs.

PARTIES = (ESA, NASA, JAXA)
DAYS = [f"{year}-{month:02}-01" for year in range(2001, 2007) for month in (1, 7)]
DATES = [*DAYS, *(day[:7] for day in DAYS), *(str(year) for year in range(2001, 2007))]
DONE = sorted(set(ACTS) - NEVER_DONE)


@st.composite
def histories(draw: st.DrawFn, dates: Iterable[str] = tuple(DATES)) -> tuple[Partnership, list[Event], list[Event]]:
    """A partnership, its own events and those of successors."""
    whose = st.lists(st.sampled_from([*PARTIES, CSA]), min_size=1, max_size=2, unique=True).map(tuple)
    own = []
    for _ in range(draw(st.integers(0, 7))):
        date, act = draw(st.sampled_from(list(dates))), draw(st.sampled_from(DONE))
        terms = (
            [end for end in DATES if last_day(end) >= first_day(date)] if act in ("agree", "start", "extend") else []
        )
        term = draw(st.none() | st.sampled_from(terms)) if terms else None
        own.append(step(date, act, by=draw(whose), scope=draw(st.just(()) | whose), term_end=term))
    others = [successor(draw(st.sampled_from(list(dates)))) for _ in range(draw(st.integers(0, 1)))]
    opens = draw(st.none() | st.just("2000"))
    return partnership(*PARTIES, opens=opens), own, others


def slow_standings(
    one: Partnership, own: list[Event], others: list[Event], day: str, ends: str
) -> dict[str | None, str]:
    """The standing of every party and (None) of the whole on a day, as the rules put it, one after the other."""
    day_of = first_day if ends == "first" else last_day
    steps = [(event, event.act) for event in own] + [(event, REPLACED) for event in others]
    steps = [(event, act) for event, act in steps if day_of(event.date) <= day]
    steps.sort(key=lambda pair: (day_of(pair[0].date), last_day(pair[0].date)))
    now: dict[str | None, str] = dict.fromkeys(
        one.parties, "active" if one.opens and day_of(one.opens) <= day else NONE
    )
    terms: dict[str | None, str] = {}
    out: set[str | None] = set()
    closed = [NONE]

    def whole() -> str:
        for candidate in ("active", "suspended", "agreed", "proposed"):
            if list(now.values()).count(candidate) >= 2:
                return candidate
        return closed[-1] if set(now.values()) != {NONE} else NONE

    def turn(party: str | None, new: str) -> None:
        if now.get(party) != new and new in CLOSED_STANDINGS:
            closed.append(new)
        now[party] = new

    def run_out(until: str) -> None:
        for party, end in sorted(terms.items(), key=lambda item: item[1]):
            if end < until:
                del terms[party]
                if now[party] in OPEN_STANDINGS:
                    turn(party, "expired")

    for event, act in steps:
        run_out(day_of(event.date))
        everyone = [party for party in now if party not in out]
        concerned = (
            list(event.scope or event.by or event.parties[:1])
            if act in ("join", "leave")
            else everyone
            if act == REPLACED
            else list(event.scope) or everyone
        )
        if act in ("join", "agree", "start", "resume"):
            out -= set(concerned)
        for party in concerned:
            now.setdefault(party, NONE)
        before, shared = dict(now), whole()
        for party in concerned:
            old = before[party]
            cell = GRID_CELLS.get((shared if act == REPLACED else old, act), ".")
            if act == "join":
                turn(party, shared if shared in ("agreed", "active", "suspended") else "agreed")
            elif act == "leave":
                turn(party, "broken")
            elif cell not in (".", "!") and (act != REPLACED or old in OPEN_STANDINGS):
                turn(party, cell)
        if act == "leave" or (act == "end" and event.scope):
            out |= set(concerned)
        if event.term_end:
            terms.update(dict.fromkeys(concerned, max(last_day(event.term_end), day_of(event.date))))
    run_out(day)
    return {None: whole(), **now}


GRID_CELLS = grid()


def days_of(*events: Event) -> Iterator[str]:
    for event in events:
        for day in (first_day(event.date), last_day(event.date), last_day(event.term_end or event.date)):
            yield day
            yield next_day(day)


@given(histories())
def test_every_day_agrees_with_the_slow_fold(history: tuple[Partnership, list[Event], list[Event]]) -> None:
    one, own, others = history
    found = course(*own, of=one, replaced_by=others)
    for day in days_of(*own, *others):
        by_ends = [slow_standings(one, own, others, day, ends) for ends in ("first", "last")]
        for party in {None, *by_ends[0], *by_ends[1]}:
            expected = "/".join(sorted({standings.get(party, NONE) for standings in by_ends}))
            assert found.standing_on(day, party) == expected, (day, party)


@given(histories())
def test_spells_follow_each_other_without_gap_and_change_something(
    history: tuple[Partnership, list[Event], list[Event]],
) -> None:
    one, own, others = history
    found = course(*own, of=one, replaced_by=others)
    for fold in (found.earliest, found.latest):
        for spells in (fold.spells, *fold.parties.values()):
            assert [spell.last for spell in spells if spell.last is None] == [None] * bool(spells)
            for before, after in pairwise(spells):
                assert before.last is not None
                assert next_day(before.last) == after.first
                assert before.first <= before.last
                assert all(spell.since <= spell.first for spell in spells)


@given(histories(dates=tuple(DAYS)))
def test_full_days_leave_nothing_open(history: tuple[Partnership, list[Event], list[Event]]) -> None:
    one, own, others = history
    found = course(*own, of=one._replace(opens=None), replaced_by=others)

    assert found.earliest is found.latest


@given(histories(), st.randoms())
def test_steps_of_different_days_may_stand_in_any_order(
    history: tuple[Partnership, list[Event], list[Event]], random: Random
) -> None:
    one, own, others = history
    apart = list({(first_day(event.date), last_day(event.date)): event for event in own}.values())
    mixed = list(apart)
    random.shuffle(mixed)

    assert course(*mixed, of=one, replaced_by=others) == course(*apart, of=one, replaced_by=others)


@given(histories())
def test_what_comes_later_does_not_change_a_day(history: tuple[Partnership, list[Event], list[Event]]) -> None:
    one, own, others = history
    day = "2004-01-01"
    by_then = [event for event in own if first_day(event.date) <= day]

    assert course(*own, of=one, replaced_by=others).standing_on(day) == course(
        *by_then, of=one, replaced_by=[event for event in others if first_day(event.date) <= day]
    ).standing_on(day)
