"""spacerel why: causes above, consequences below, and all that goes back to one event."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from small_log import Program, spacerel
from spacerel import relations
from spacerel.model import Event, Log

__all__ = ["spacerel"]


def test_the_tree_of_an_event(spacerel: Program) -> None:
    assert (
        spacerel("why", "esa-suspends-rover", "-f", "text").out
        == """\
Why · 1 cause, 2 consequences
Because
└─◆ 24 Feb 2022  Russia invades Ukraine
‖ 17 Mar 2022  ESA suspends the rover
Led to
└─✕ 12 Jul 2022  ESA ends the rover cooperation
  └─● 16 May 2024  NASA and ESA agree on the rover · takes over from ExoMars rover
"""
    )


def test_outcomes_are_told_in_place(spacerel: Program) -> None:
    lines = spacerel("why", "invasion", "-f", "text").lines

    assert lines[3] == "├─▲ 2 Mar 2022  Roscosmos sets conditions for the launch · carried out 4 Mar 2022"
    assert lines[4] == "│ └─✕ 4 Mar 2022  Roscosmos ends the OneWeb launches"


def test_a_record_a_place_in_the_tree(spacerel: Program) -> None:
    assert spacerel("why", "esa-ends").lines == [
        "-1\t2022-03-17\tsuspend\tESA suspends the rover\tesa-suspends-rover\tesa-ends-rover\tfalse",
        "-2\t2022-02-24\tcontext\tRussia invades Ukraine\tinvasion\tesa-suspends-rover\tfalse",
        "0\t2022-07-12\tend\tESA ends the rover cooperation\tesa-ends-rover\t\tfalse",
        "1\t2024-05-16\tagree\tNASA and ESA agree on the rover\trover-with-nasa\tesa-ends-rover\tfalse",
    ]


def test_a_partnership_stands_for_the_step_that_made_it_so(spacerel: Program) -> None:
    def asked(*words: str) -> str:
        rows = json.loads(spacerel("why", *words, "--json").out)["rows"]
        return str(next(row["id"] for row in rows if row["depth"] == 0))

    assert asked("rover") == "esa-ends-rover"
    assert asked("rover", "--as-of", "2022-04-01") == "esa-suspends-rover"


def test_as_of_a_day_no_later_consequence_is_told(spacerel: Program) -> None:
    assert "2024" not in spacerel("why", "esa-ends-rover", "--as-of", "2023-01-01").out


def test_what_comes_up_twice_is_drawn_once(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace(
        "because: [esa-suspends-rover]", "because: [invasion, esa-suspends-rover]"
    )
    spacerel.log.write_text(text, encoding="utf-8")
    lines = spacerel("why", "esa-ends-rover", "-f", "text").lines

    assert lines[2:5] == [
        "├─◆ 24 Feb 2022  Russia invades Ukraine",
        "└─‖ 17 Mar 2022  ESA suspends the rover",
        "  └─◆ 24 Feb 2022  Russia invades Ukraine · see above",
    ]


def test_what_lies_deeper_is_counted(spacerel: Program) -> None:
    lines = spacerel("why", "invasion", "--depth", "1", "-f", "text").lines

    assert lines[-1] == "2 more lie deeper: --depth 3"


def test_filters_keep_what_they_let_through_and_what_leads_there(spacerel: Program) -> None:
    out = spacerel("why", "invasion", "--agency", "nasa", "-f", "text").out

    assert "OneWeb" not in out
    assert "ESA suspends the rover" in out
    assert "NASA and ESA agree on the rover" in out


def test_all_that_goes_back_to_a_root(spacerel: Program) -> None:
    assert (
        spacerel("why", "--root", "invasion", "-f", "text").out
        == """\
Traced to ◆ Russia invades Ukraine · 4 steps

2022
   2 Mar  ▲ threaten  Roscosmos sets conditions for the launch ·       directly
                      carried out 4 Mar 2022
   4 Mar  ✕ end       Roscosmos ends the OneWeb launches               ← Roscosmos sets conditions
                                                                       for the launch
  17 Mar  ‖ suspend   ESA suspends the rover                           directly
  12 Jul  ✕ end       ESA ends the rover cooperation                   ← ESA suspends the rover

1 suspend · 2 end · 1 threatened, announced or reported
2 partnerships broken by these steps, 0 that took over from others
"""
    )


def test_the_root_s_rows_have_their_distance_and_filters_hold(spacerel: Program) -> None:
    rows = json.loads(spacerel("why", "--root", "invasion", "--agency", "esa", "--json").out)["rows"]

    assert [(row["id"], row["steps_away"], row["because"]) for row in rows] == [
        ("esa-suspends-rover", 1, ["invasion"]),
        ("esa-ends-rover", 2, ["esa-suspends-rover"]),
    ]


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("esa", '"esa" is an actor. Name an event or a partnership: spacerel timeline --agency esa'),
        ("oneweb-", '"oneweb-" fits 3 records: oneweb-ultimatum, oneweb-off-the-pad, oneweb-soyuz'),
        ("nonsuch", 'unknown id "nonsuch". All of them: spacerel timeline --fields id,title'),
    ],
)
def test_errors(spacerel: Program, word: str, sentence: str) -> None:
    ran = spacerel("why", word)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")


def test_a_partnership_that_no_step_made_what_it_is(spacerel: Program) -> None:
    ran = spacerel("why", "oneweb-soyuz", "--as-of", "2020-01-01")

    assert ran.code == 2
    assert ran.err == (
        "error: no step in the log made oneweb-soyuz what it is on 1 Jan 2020. Its steps: spacerel show oneweb-soyuz\n"
    )


def test_nothing_goes_back_to_it(spacerel: Program) -> None:
    ran = spacerel("why", "--root", "nasa-plans")

    assert (ran.code, ran.out, ran.err) == (0, "", "No event that was asked for goes back to nasa-plans.\n")


@st.composite
def causes(draw: st.DrawFn) -> Log:
    """A log of events that name earlier ones as causes."""
    number = draw(st.integers(1, 12))
    events = []
    for place in range(number):
        because = draw(st.lists(st.integers(0, place - 1), unique=True, max_size=3)) if place else []
        events.append(
            Event(
                id=f"e{place}", date=f"20{place:02}", title="", parties=("esa",), act="talk", summary="", sources=(),
                confidence="high", because=tuple(f"e{cause}" for cause in because),
            )
        )  # fmt: skip
    return Log({}, {}, tuple(events))


@given(causes(), st.integers(1, 6))
def test_a_chain_tells_everything_within_its_depth_once(log: Log, depth: int) -> None:
    start = log.events[0]
    led_to = relations.consequences(log)
    links = relations.chain(start, lambda one: led_to.get(one.id, ()), depth)
    told = [link.event.id for link in links if not link.again]

    assert len(told) == len(set(told))
    assert set(told) <= set(relations.traced(log, start))
    if depth >= len(log.events):
        assert set(told) == set(relations.traced(log, start))
    assert all(link.parent.id in link.event.because for link in links)


@given(causes())
def test_origins_have_no_causes_and_everything_traced_goes_back_there(log: Log) -> None:
    for event in log.events:
        for origin in relations.origins(log, event):
            assert origin.because == ()
            assert event.id in relations.traced(log, origin)


def test_a_suspension_that_a_successor_made_final_is_what_a_partnership_stands_for(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    text = re.sub(r"- id: esa-ends-rover\n.*?(?=- id: )", "", text, flags=re.DOTALL)
    spacerel.log.write_text(text, encoding="utf-8")

    [broken] = [line for line in spacerel("broken").lines if line.startswith("rover\t")]
    assert "esa-suspends-rover" in broken
    assert "‖ 17 Mar 2022  ESA suspends the rover" in spacerel("why", "rover", "-f", "text").lines
    shown = re.sub(r"\s+", " ", spacerel("show", "rover").out)
    assert "17 Mar 2022 – ✕ broken by ESA: ESA suspends the rover; final since 16 May 2024: NASA and ESA agree" in shown
    graph = spacerel("export", "graphml").out
    assert re.search(r'<data key="edge_ended_by">esa</data>', graph)
