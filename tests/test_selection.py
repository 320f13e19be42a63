"""Filters: which events and partnerships of a small log each one lets through, alone and together."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_log import TEXT
from spacerel import log as logs
from spacerel.dates import Period
from spacerel.errors import UsageError
from spacerel.model import Log, Outcome
from spacerel.selection import (
    QUALIFIERS,
    Filters,
    lineages,
    matching_partnerships,
    resolve_actor,
    resolve_partnership,
    seen_on,
    select,
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Log:
    path = tmp_path_factory.mktemp("logs") / "small.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return logs.read([str(path)])


ALL = [
    "rover-agreed",
    "rover-signed",
    "invasion",
    "oneweb-ultimatum",
    "oneweb-off-the-pad",
    "esa-suspends-rover",
    "exchange",
    "esa-ends-rover",
    "rover-with-nasa",
    "nasa-plans",
]
VALUES = {
    "agency": "roscosmos",
    "with_": "esa",
    "by": "esa",
    "against": "roscosmos",
    "partnership": "rover",
    "country": "RU",
    "act": "end",
    "modality": "announced",
    "outcome": "pending",
    "tag": "mars",
    "topic": "launch",
    "confidence": "medium",
    "source": "ars",
    "grep": "rover",
}


def ids(log: Log, **filters: object) -> list[str]:
    return [event.id for event in select(log, Filters(**filters))]  # type: ignore[arg-type]


@pytest.mark.parametrize("word", ["roscosmos", "ROSCOSMOS", "State corporation Roscosmos", "rka ", "роскосмос"])
def test_an_actor_goes_by_id_short_name_name_and_alias_in_any_case(log: Log, word: str) -> None:
    # The id rka is another actor's: an id goes before an alias.
    assert resolve_actor(log, word) == ("rka" if word == "rka " else "roscosmos")


def test_an_unknown_actor_gets_the_nearest_id(log: Log) -> None:
    with pytest.raises(UsageError) as caught:
        resolve_actor(log, "roscomos")

    assert str(caught.value) == 'unknown agency "roscomos". Did you mean "roscosmos"? All of them: spacerel actors'


def test_a_partnership_goes_by_id_and_name(log: Log) -> None:
    assert resolve_partnership(log, "exomars ROVER") == resolve_partnership(log, "rover") == "rover"
    with pytest.raises(UsageError, match=r'unknown partnership "rovr"\. Did you mean "rover"'):
        resolve_partnership(log, "rovr")


def test_a_lineage_holds_predecessors_but_not_successors(log: Log) -> None:
    assert lineages(log, ["Roscosmos"]) == {"roscosmos", "rka"}
    assert lineages(log, ["rka"]) == {"rka"}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ALL),
        ({"agency": ("oneweb",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"agency": ("oneweb,nasa",)}, ["oneweb-ultimatum", "oneweb-off-the-pad", "rover-with-nasa", "nasa-plans"]),
        ({"agency": ("OneWeb, the company",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"agency": ("esa",), "with_": ("nasa",)}, ["rover-with-nasa", "nasa-plans"]),
        ({"agency": ("esa",), "with_": ("esa",)}, []),
        ({"with_": ("oneweb",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"by": ("esa",)}, ["esa-suspends-rover", "esa-ends-rover"]),
        ({"against": ("oneweb",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"partnership": ("rover", "rover-nasa"), "act": ("agree",)}, ["rover-signed", "rover-with-nasa"]),
        ({"country": ("gb",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"act": ("Suspend,end",), "agency": ("roscosmos",)}, ["oneweb-off-the-pad", "esa-suspends-rover", "esa-ends-rover"]),
        ({"modality": ("threatened",)}, ["oneweb-ultimatum"]),
        ({"outcome": ("pending",)}, ["nasa-plans"]),
        ({"tag": ("mars",)}, ["rover-signed", "esa-suspends-rover"]),
        ({"topic": ("launch",)}, ["oneweb-ultimatum", "oneweb-off-the-pad"]),
        ({"confidence": ("medium",)}, ["oneweb-ultimatum"]),
        ({"source": ("TECHNICA",)}, ALL),
        ({"source": ("tass",)}, []),
        ({"grep": ("UKRAINE",)}, ["invasion"]),
        ({"grep": ("other clocks",)}, ["esa-suspends-rover"]),
        ({"grep": ("sets, conditions",)}, []),
        ({"grep": ("-pad", "ukraine")}, ["invasion", "oneweb-off-the-pad"]),
        ({"on_this_day": "2026-03-17"}, ["esa-suspends-rover"]),
        ({"exclude": ("partnership:rover", "agency:nasa,oneweb")}, ["rover-agreed", "invasion", "exchange"]),
        ({"exclude": ("with:esa",)}, ["invasion", "oneweb-ultimatum", "oneweb-off-the-pad"]),
    ],
)  # fmt: skip
def test_what_a_filter_lets_through(log: Log, filters: dict[str, object], expected: list[str]) -> None:
    assert ids(log, **filters) == expected


@pytest.mark.parametrize(
    ("period", "strict", "found"),
    [
        (("2022-05-10", "2022-05-10"), False, True),
        (("2022-05-10", "2022-05-10"), True, False),
        (("2022-05-01", "2022-05-31"), True, True),
        (("2022-08-01", "2022-12-31"), True, True),
        (("2022-08-02", "2022-12-31"), False, False),
        (("2022-01-01", "2022-04-30"), False, False),
        (("2022-07-01", "2022-07-01"), True, True),
    ],
)
def test_a_span_is_in_every_period_that_it_touches(
    log: Log, period: tuple[str, str], strict: bool, found: bool
) -> None:
    """`exchange` began in May 2022, nobody knows the day, and ended on 1 August."""
    assert ("exchange" in ids(log, period=Period(*period), strict_dates=strict)) is found


def test_a_period_takes_both_its_ends(log: Log) -> None:
    assert ids(log, period=Period("2022-03-02", "2022-03-04")) == ["oneweb-ultimatum", "oneweb-off-the-pad"]


def test_a_year_may_fall_into_a_period_unless_dates_are_strict(log: Log) -> None:
    period = Period("2026-04-01", "2026-04-30")

    assert ids(log, period=period) == ["nasa-plans"]
    assert ids(log, period=period, strict_dates=True) == []


@pytest.mark.parametrize(
    ("filters", "sentence"),
    [
        ({"act": ("suspnd",)}, 'unknown act "suspnd". Did you mean "suspend"? All of them: talk, agree, start'),
        ({"modality": ("doen",)}, 'unknown modality "doen". Did you mean "done"? All of them: done, announced'),
        ({"outcome": ("open",)}, 'unknown outcome "open". All of them: carried-out, not-carried-out'),
        ({"topic": ("lunch",)}, 'unknown topic "lunch". Did you mean "launch"? All of them: crew, launch'),
        ({"tag": ("marsh",)}, 'unknown tag "marsh". Did you mean "mars"? All of them: mars, science.'),
        ({"confidence": ("hi",)}, 'unknown confidence "hi".'),
        ({"country": ("XX",)}, 'unknown country "XX". All of them: spacerel actors'),
        ({"with_": ("nsaa",)}, 'unknown agency "nsaa". Did you mean "nasa"?'),
        ({"exclude": ("esa",)}, '--exclude wants QUALIFIER:VALUE, such as agency:esa, not "esa".'),
        ({"exclude": ("agency:",)}, '--exclude wants QUALIFIER:VALUE, such as agency:esa, not "agency:".'),
        (
            {"exclude": ("agncy:esa",)},
            'unknown qualifier "agncy". Did you mean "agency"? All of them: agency, with, by',
        ),
        ({"exclude": ("act:brek",)}, 'unknown act "brek".'),
    ],
)
def test_an_unknown_value_is_one_sentence(log: Log, filters: dict[str, object], sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        ids(log, **filters)

    assert str(caught.value).startswith(sentence)


@given(st.sets(st.sampled_from(sorted(VALUES))))
def test_filters_together_let_through_what_each_lets_through(log: Log, names: set[str]) -> None:
    each = [set(ids(log, **{name: (VALUES[name],)})) for name in names]

    if {"agency", "with_"} <= names:
        # They name two different parties of one event.
        each.append(set(ids(log, agency=(VALUES["agency"],), with_=(VALUES["with_"],))))
    assert set(ids(log, **{name: (VALUES[name],) for name in names})) == set(ALL).intersection(*each)


@pytest.mark.parametrize("name", sorted(VALUES))
def test_what_is_excluded_is_what_else_was_found(log: Log, name: str) -> None:
    wanted = ids(log, **{name: (VALUES[name],)})

    assert set(VALUES) == set(QUALIFIERS)
    assert ids(log, exclude=(f"{name.rstrip('_')}:{VALUES[name]}",)) == [one for one in ALL if one not in wanted]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), ["rover", "oneweb-soyuz", "rover-nasa"]),
        (Filters(agency=("roscosmos",)), ["rover", "oneweb-soyuz"]),
        (Filters(agency=("esa",), with_=("nasa",)), ["rover-nasa"]),
        (Filters(topic=("exploration",), exclude=("agency:nasa",)), ["rover"]),
        (Filters(country=("US",)), ["rover-nasa"]),
        (Filters(grep=("ukraine",)), []),
        (Filters(grep=("satellites",)), ["oneweb-soyuz"]),
        (Filters(act=("end",)), ["rover", "oneweb-soyuz", "rover-nasa"]),
        (Filters(act=("end",), modality=("done",)), ["rover", "oneweb-soyuz"]),
        (Filters(act=("end",), exclude=("modality:announced", "by:esa")), ["oneweb-soyuz"]),
        (Filters(period=Period("2022-03-01", "2022-03-10")), ["oneweb-soyuz"]),
        (Filters(strict_dates=True), ["rover", "oneweb-soyuz", "rover-nasa"]),
    ],
)
def test_partnerships_answer_for_themselves_or_by_one_of_their_steps(
    log: Log, filters: Filters, expected: list[str]
) -> None:
    assert [partnership.id for partnership in matching_partnerships(log, filters)] == expected


def test_a_later_party_is_a_party_of_its_partnership(log: Log) -> None:
    joined = log.event("rover-with-nasa")._replace(
        id="joins", date="2025-01-01", act="join", parties=("oneweb", "esa"), by=("oneweb",), replaces=()
    )
    longer = Log(log.actors, log.partnerships, (*log.events, joined), log.files)

    found = matching_partnerships(longer, Filters(agency=("oneweb",)))
    assert [partnership.id for partnership in found] == ["oneweb-soyuz", "rover-nasa"]


def test_a_log_seen_on_a_day_knows_nothing_later(log: Log) -> None:
    seen = seen_on(log, "2022-03-03")

    assert [event.id for event in seen.events] == ALL[:4]
    assert seen.event("oneweb-ultimatum").outcome == ("pending", None, None)
    assert seen_on(log, "2022-03-04").event("oneweb-ultimatum") == log.event("oneweb-ultimatum")
    assert [event.id for event in seen_on(log, "2026-02-01").events] == ALL


def changed(log: Log, event_id: str, **changes: object) -> Log:
    """The log with one event changed."""
    events = tuple(event._replace(**changes) if event.id == event_id else event for event in log.events)  # type: ignore[arg-type]
    return Log(log.actors, log.partnerships, events, log.files)


def test_what_became_public_later_is_left_out_only_where_that_is_asked(log: Log) -> None:
    secret = changed(log, "oneweb-off-the-pad", known="2022-04-02")

    assert seen_on(secret, "2022-03-31").events[4].id == "oneweb-off-the-pad"
    assert [event.id for event in seen_on(secret, "2022-03-31", known=True).events] == [*ALL[:4], ALL[5]]
    assert seen_on(secret, "2022-04-02", known=True).events[4].id == "oneweb-off-the-pad"


def test_an_outcome_is_not_known_before_the_event_that_brought_it(log: Log) -> None:
    secret = changed(log, "oneweb-off-the-pad", known="2022-04-02")

    assert seen_on(secret, "2022-03-31").event("oneweb-ultimatum").outcome == log.event("oneweb-ultimatum").outcome
    assert seen_on(secret, "2022-03-31", known=True).event("oneweb-ultimatum").outcome == Outcome("pending")


@pytest.mark.parametrize(
    ("outcome", "day", "status"),
    [
        (Outcome("reversed", event="oneweb-off-the-pad"), "2022-03-03", "pending"),
        (Outcome("reversed", event="oneweb-off-the-pad"), "2022-03-04", "reversed"),
        (Outcome("reversed"), "2022-03-17", "pending"),
        (Outcome("reversed"), "2022-03-18", "reversed"),
        (Outcome("reversed", date="2022-05"), "2022-04-30", "pending"),
        (Outcome("reversed", date="2022-05"), "2022-05-01", "reversed"),
    ],
    ids=str,
)
def test_an_outcome_counts_from_its_day_its_event_or_its_sources(
    log: Log, outcome: Outcome, day: str, status: str
) -> None:
    told = seen_on(changed(log, "oneweb-ultimatum", outcome=outcome), day).event("oneweb-ultimatum").outcome

    assert told is not None
    assert told.status == status


def test_nothing_that_is_seen_names_what_is_not(log: Log) -> None:
    vague = changed(log, "exchange", because=("esa-ends-rover", "invasion"), denies="esa-ends-rover")
    told = seen_on(vague, "2022-06-01").event("exchange")

    assert (told.because, told.denies, told.end) == (("invasion",), None, None)
    assert seen_on(vague, "2022-08-01").event("exchange") == vague.event("exchange")


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.booleans())
def test_a_log_seen_on_a_day_is_seen_the_same_a_second_time(log: Log, day: date, known: bool) -> None:
    once = seen_on(log, day.isoformat(), known)

    assert seen_on(once, day.isoformat(), known).events == once.events
