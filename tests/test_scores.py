"""Scores: what a step is rated, between whom it counts, and the means."""

import json

import pytest

from small_log import Program, spacerel
from spacerel import model, scores
from spacerel.model import Actor, Event, Log, Partnership

__all__ = ["spacerel"]


def step(act: str, modality: str = "done", parties: tuple[str, ...] = ("a", "b"), **more: object) -> Event:
    record = Event("e", "2022-01-01", "A step", parties, act, "", (), "high", modality=modality)
    return record._replace(**more)  # type: ignore[arg-type]


LOG = Log(
    {key: Actor(key, key, "agency") for key in "abcd"},
    {
        "old": Partnership("old", "Old", ("a", "b"), "contract", "launch", ""),
        "new": Partnership("new", "New", ("a", "c"), "contract", "launch", ""),
    },
    (),
)


@pytest.mark.parametrize(
    ("event", "plover", "goldstein"),
    [
        (step("agree"), 5.0, 8.0),
        (step("extend"), 5.0, 8.0),
        (step("join"), 5.0, 8.0),
        (step("agree", "announced"), 2.5, 5.2),
        (step("deliver", "announced"), 2.5, 5.2),
        (step("start"), 9.5, 6.0),
        (step("deepen"), 9.5, 6.0),
        (step("resume"), 9.5, 6.0),
        (step("resume", tags=("sanctions",)), 6.5, 7.0),
        (step("deliver"), 9.5, 6.0),
        (step("deliver", tags=("commercial",)), 9.5, 6.4),
        (step("deliver", tags=("commercial", "data")), 9.5, 7.0),
        (step("deliver", tags=("aid",)), 10.0, 7.4),
        (step("talk"), 2.5, 1.0),
        (step("strain"), -2.0, -2.0),
        (step("refuse"), -1.5, -4.0),
        (step("threaten", "threatened", threatens="end"), -3.5, -5.8),
        (step("threaten", "threatened", threatens="sanction"), -3.0, -5.8),
        (step("threaten", "threatened", threatens="end", due="2022-02-01"), -3.5, -5.8),
        (step("threaten", "threatened", threatens="end", due="2022-02-01", condition="Leave"), -3.5, -7.0),
        (step("end", "announced"), -3.5, -5.8),
        (step("leave", "announced"), -3.5, -5.8),
        (step("sanction", "announced"), -3.0, -5.8),
        (step("suspend"), -6.0, -4.0),
        (step("end"), -6.0, -7.0),
        (step("end", tags=("talks",)), -6.0, -7.0),
        (step("leave"), -6.0, -7.0),
        (step("sanction"), -6.0, -8.0),
        (step("complete"), None, None),
        (step("deny"), None, None),
        (step("context"), None, None),
        (step("talk", "announced"), None, None),
        (step("end", "reported"), None, None),
    ],
    ids=lambda one: f"{one.act}-{one.modality}" if isinstance(one, Event) else None,
)
def test_a_step_has_the_value_of_its_category(event: Event, plover: float | None, goldstein: float | None) -> None:
    assert scores.score(event) == plover
    assert scores.score(event, "cameo") == goldstein


def test_every_act_that_is_done_is_rated_or_named_as_not_counted() -> None:
    unrated = {act for act in model.ACTS if act != "threaten" and scores.score(step(act)) is None}

    assert unrated == {"complete", "deny", "context"}
    assert all(act in scores.NOT_COUNTED for act in unrated)


def test_nothing_that_is_only_reported_has_a_score() -> None:
    assert not any(scores.score(step(act, "reported")) for act in model.ACTS)


def test_the_sign_of_both_scales_is_that_of_the_quadrant() -> None:
    """The two defects of the published manual: ACCUSE printed as +3, SANCTION in two quadrants."""
    for one in scores.RATINGS:
        cooperative = one.quad in (1, 2)
        assert (one.plover_score > 0) == cooperative
        assert (one.goldstein > 0) == cooperative
    assert {one.plover_score for one in scores.RATINGS if one.plover.startswith("ACCUSE")} == {-2.0}
    assert {one.quad for one in scores.RATINGS if one.plover.startswith("SANCTION")} == {4}


def test_a_category_is_in_one_quadrant_and_every_row_can_be_reached() -> None:
    quads: dict[str, set[int]] = {}
    for one in scores.RATINGS:
        quads.setdefault(one.plover, set()).add(one.quad)
        reached = step(
            one.acts[0],
            one.modalities[0],
            tags=(one.tag,),
            threatens=(*one.threatens, None)[0],
            due="2022-02-01" if one.deadline else None,
            condition="Leave" if one.deadline else None,
        )
        assert scores.rating(reached) == one

    assert {name for name, found in quads.items() if len(found) > 1} == set()


def test_a_directed_step_is_between_those_who_took_it_and_the_others() -> None:
    event = step("sanction", parties=("a", "b", "c"), by=("a", "b"))

    assert scores.pairs(LOG, event) == (("a", "c"), ("b", "c"))


def test_a_joint_step_is_between_all() -> None:
    assert scores.pairs(LOG, step("agree", parties=("c", "a", "b"))) == (("a", "c"), ("b", "c"), ("a", "b"))
    assert scores.pairs(LOG, step("agree", parties=("b", "a"), by=("b", "a"))) == (("a", "b"),)


def test_one_party_alone_is_no_pair() -> None:
    assert scores.pairs(LOG, step("strain", parties=("a",))) == ()


def test_a_successor_says_nothing_about_the_partner_left_behind() -> None:
    event = step("agree", parties=("a", "c", "b"), partnership="new", replaces=("old",))

    assert scores.pairs(LOG, event) == (("a", "c"),)


def test_a_step_of_many_counts_once() -> None:
    """Of four parties each of six pairs weighs 1/6: a summit does not drown a break."""
    events = [step("agree", parties=("a", "b", "c", "d")), step("end", parties=("a", "b"), by=("a",))]

    mean = scores.mean(LOG, events, frozenset("a"), frozenset("b"))

    assert mean.n == 2
    assert mean.value == pytest.approx((5.0 / 6 - 6.0) / (1 / 6 + 1))


def test_the_mean_over_all_pairs_is_that_of_the_steps() -> None:
    events = [step("agree", parties=("a", "b", "c")), step("end", parties=("a", "b"), by=("a",)), step("context")]
    everybody = frozenset("abcd")

    mean = scores.mean(LOG, events, everybody, everybody)

    assert mean.value == pytest.approx(-0.5)
    assert mean.n == 2
    assert scores.mean_of_steps(events) == (-0.5, 2)


def test_no_steps_have_no_mean() -> None:
    assert scores.mean(LOG, [step("context")], frozenset("a"), frozenset("b")) == (None, 0)
    assert scores.mean_of_steps([]) == (None, 0)


def test_scores_show_their_sign() -> None:
    assert [scores.shown(one) for one in (9.5, -0.04, -6.0)] == ["+9.5", "0.0", "-6.0"]


def test_the_mapping_names_scale_source_and_version(spacerel: Program) -> None:
    out = spacerel("scores", "-f", "text", "--width", "200").out

    assert out.startswith("Scores of steps · PLOVER\n")
    assert "PLOVER, manual of February 2024: Political Language Ontology for Verifiable Event Records" in out
    assert "A score is a view of a step; it never decides a standing." in out


def test_the_other_scale(spacerel: Program) -> None:
    found = json.loads(spacerel("scores", "--scale", "cameo", "--json").out)

    assert found["query"] == {"scale": "cameo"}
    assert found["count"] == len(scores.RATINGS)
    assert found["rows"][0] == {
        "step": "agree",
        "acts": ["agree"],
        "modality": ["done"],
        "tag": None,
        "threatens": [],
        "deadline": False,
        "category": "057 sign formal agreement",
        "score": 8.0,
        "quad": 1,
        "cameo": "057",
        "cameo_words": "sign formal agreement",
        "goldstein": 8.0,
        "plover": "SUPPORT",
        "plover_score": 5.0,
        "events": 2,
    }


def test_the_filters_choose_the_steps_that_are_counted(spacerel: Program) -> None:
    rows = [line.split("\t") for line in spacerel("scores", "--period", "2022", "-a", "oneweb").lines]

    assert {row[0]: row[-1] for row in rows if row[-1] != "0"} == {
        "threaten with a demand and a deadline": "1",
        "end, leave": "1",
    }
    assert "These steps: mean -4.8 over n = 2" in spacerel("scores", "-a", "oneweb", "-f", "text").out


def test_an_unknown_scale(spacerel: Program) -> None:
    ran = spacerel("scores", "--scale", "plovr")

    assert (ran.code, ran.err) == (
        2,
        'error: unknown scale "plovr". Did you mean "plover"? All of them: plover, cameo.\n',
    )
