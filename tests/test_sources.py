"""spacerel sources: publishers with counts, and what rests on one of them alone."""

import json

import pytest

from small_log import TEXT, Program, spacerel
from spacerel.model import Event, Source

__all__ = ["spacerel"]

TASS = """\
  sources:
  - {title: A page, publisher: TASS, url: "https://example.org/tass"}
  - {title: Its mirror, publisher: "TASS (mirror: VPK)", url: "https://example.org/vpk"}
"""
BOTH = """\
  sources:
  - {title: A page, publisher: TASS, url: "https://example.org/tass"}
  - {title: A page, publisher: Ars Technica, url: "https://example.org/ars"}
  - {title: Another, publisher: Ars Technica, url: "https://example.org/ars2"}
"""


@pytest.fixture
def several(spacerel: Program) -> Program:
    """The small log, with the end of the OneWeb launches on TASS alone and ESA's suspension on two publishers."""
    parts = TEXT.split("- id: ")
    for place, part in enumerate(parts):
        for identifier, sources in (("oneweb-off-the-pad", TASS), ("esa-suspends-rover", BOTH)):
            if part.startswith(identifier):
                parts[place] = part[: part.index("  sources:")] + sources
    spacerel.log.write_text("- id: ".join(parts), encoding="utf-8")
    return spacerel


def test_publishers_with_what_rests_on_them_alone(several: Program) -> None:
    assert several("sources").lines == [
        "Ars Technica\t9\t8\t2005-06-01\t2026",
        "TASS\t2\t1\t2022-03-04\t2022-03-17",
    ]


def test_the_screen(several: Program) -> None:
    assert several("sources", "-f", "text").lines == [
        "Sources · 2 publishers · 10 steps",
        "Publisher     Steps  Alone  Years",
        "Ars Technica      9      8  2005 – 2026",
        "TASS              2      1  2022",
        "",
        "9 of 10 steps rest on one publisher alone: spacerel sources --missing",
    ]


def test_data_name_the_steps_that_rest_on_one_alone(several: Program) -> None:
    rows = json.loads(several("sources", "--json").out)["rows"]

    assert list(rows[0]) == ["publisher", "events", "alone", "first", "last", "alone_ids"]
    assert rows[1]["alone_ids"] == ["oneweb-off-the-pad"]


def test_filters_choose_steps_and_source_chooses_publishers(several: Program) -> None:
    assert several("sources", "--act", "end,suspend", "--period", "2022-03").lines == [
        "TASS\t2\t1\t2022-03-04\t2022-03-17",
        "Ars Technica\t1\t0\t2022-03-17\t2022-03-17",
    ]
    assert several("sources", "--source", "tass").lines == ["TASS\t2\t1\t2022-03-04\t2022-03-17"]
    assert several("sources", "--source", "vpk").lines == ["TASS\t1\t1\t2022-03-04\t2022-03-04"]


def test_missing_lists_the_steps_with_one_publisher(several: Program) -> None:
    ran = several("sources", "--missing", "-a", "oneweb,esa", "--period", "2022-03")

    assert ran.lines == [
        "2022-03-02\tthreaten\troscosmos,oneweb\tRoscosmos sets conditions for the launch\tArs Technica\tmedium\toneweb-ultimatum",
        "2022-03-04\tend\troscosmos,oneweb\tRoscosmos ends the OneWeb launches\tTASS\thigh\toneweb-off-the-pad",
    ]


def test_missing_on_a_screen(several: Program) -> None:
    assert several("sources", "--missing", "--source", "tass", "-f", "text").lines == [
        'Steps that rest on one publisher · source "tass" · 1 of 2 steps (50%)',
        "      Date  Step   What                                Publisher  Confidence",
        "4 Mar 2022  ✕ end  Roscosmos ends the OneWeb launches  TASS       high",
    ]


def test_nothing_is_missing(several: Program) -> None:
    ran = several("sources", "--missing", "--act", "suspend")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "None of 1 step rests on one publisher alone.\n"


def test_nothing_matches(several: Program) -> None:
    for words in (("sources",), ("sources", "--missing")):
        ran = several(*words, "--source", "nobody")

        assert (ran.code, ran.out) == (0, "")
        assert ran.err.startswith('No sources match source "nobody"')


def test_a_mirror_is_no_second_witness() -> None:
    sources = tuple(
        Source("A page", publisher, "https://example.org") for publisher in ("TASS", "TASS (mirror: X)", "ESA")
    )
    event = Event("e", "2022", "A step", ("a",), "end", "", sources, "high")

    assert event.publishers == ("TASS", "ESA")


def test_timeline_shows_what_rests_on_whom(several: Program) -> None:
    assert several("timeline", "--source", "TASS").ids == ["oneweb-off-the-pad", "esa-suspends-rover"]
    assert several("timeline", "--source", "tass", "--exclude", "source:ars").ids == ["oneweb-off-the-pad"]
