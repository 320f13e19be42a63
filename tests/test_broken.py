"""spacerel broken: breaks, what only stands still, and what the breaks go back to."""

import json

import pytest

from small_log import TEXT, Program, record, spacerel

__all__ = ["spacerel"]


def test_the_screen_is_a_paragraph_a_break(spacerel: Program) -> None:
    assert (
        spacerel("broken", "-f", "text").out
        == """\
Broken partnerships · 2 broken
✕  4 Mar 2022  OneWeb on Soyuz · Roscosmos, OneWeb
  by Roscosmos after 6.2 years, because Roscosmos sets conditions for the launch · no successor
✕ 12 Jul 2022  ExoMars rover · ESA, Roscosmos
  by ESA after 9.3 years, because ESA suspends the rover
  → Rover with NASA (22 months later)

1 of 2 replaced · broken by ESA 1, Roscosmos 1
2 of 2 traced back to ◆ Russia invades Ukraine, 24 Feb 2022
"""
    )


def test_a_record_a_break(spacerel: Program) -> None:
    assert spacerel("broken", "-p", "rover").lines == [
        "rover\t2022-07-12\tExoMars rover\tesa,roscosmos\tbroken\tesa\tesa-ends-rover\tesa-suspends-rover\t3407\trover-nasa"
    ]


def test_the_fields_of_the_data(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("broken", "-p", "rover", "--json").out)["rows"]

    assert row == {
        "id": "rover",
        "since": "2022-07-12",
        "name": "ExoMars rover",
        "parties": ["esa", "roscosmos"],
        "standing": "broken",
        "by": ["esa"],
        "closed_by": "esa-ends-rover",
        "because": ["esa-suspends-rover"],
        "because_titles": ["ESA suspends the rover"],
        "lasted_days": 3407,
        "replaced_by": ["rover-nasa"],
        "replaced_after_days": [674],
        "last_event": "esa-ends-rover",
    }


def test_the_last_event_is_the_partnerships_own_and_not_the_break(spacerel: Program) -> None:
    more = record("talk", "date: 2023-01-01", "parties: [esa, roscosmos]", "act: talk", "partnership: rover", "title: They talk")  # fmt: skip
    spacerel.log.write_text(TEXT + more, encoding="utf-8")
    (row,) = json.loads(spacerel("broken", "-p", "rover", "--json").out)["rows"]

    assert (row["closed_by"], row["last_event"]) == ("esa-ends-rover", "talk")


def test_further_causes_and_successors_are_counted(spacerel: Program) -> None:
    alone = "".join(
        f"- {{id: {key}, name: {key}, parties: [esa, nasa], kind: agreement, topic: crew, description: D}}\n"
        for key in ("b", "c")
    )
    more = "".join(
        record(f"goes-{key}", "date: 2025-01-01", "parties: [esa, nasa]", "act: agree", f"partnership: {key}", "replaces: rover", "title: On")
        for key in ("b", "c")
    )  # fmt: skip
    text = TEXT.replace("events:\n", alone + "events:\n").replace(
        "because: [esa-suspends-rover]", "because: [esa-suspends-rover, invasion]"
    )
    spacerel.log.write_text(text + more, encoding="utf-8")

    assert spacerel("broken", "-p", "rover", "-f", "text").lines[2:4] == [
        "  by ESA after 9.3 years, because ESA suspends the rover +1",
        "  → Rover with NASA (22 months later), b (2.5 years later) +1 more",
    ]
    (row,) = json.loads(spacerel("broken", "-p", "rover", "--json").out)["rows"]
    assert row["replaced_by"] == ["rover-nasa", "b", "c"]
    assert row["because"] == ["esa-suspends-rover", "invasion"]


def test_a_vague_day_is_told_as_vague(spacerel: Program) -> None:
    spacerel.log.write_text(TEXT.replace('date: "2022-07-12"', 'date: "2022-07"'), encoding="utf-8")

    assert spacerel("broken", "-p", "rover", "-f", "text").lines[1:4] == [
        "✕ ~Jul 2022  ExoMars rover · ESA, Roscosmos",
        "  by ESA after about 9.4 years, because ESA suspends the rover",
        "  → Rover with NASA (about 23 months later)",
    ]


def test_the_foot_names_no_root_that_less_than_half_go_back_to(spacerel: Program) -> None:
    text = TEXT.replace("because: [oneweb-ultimatum]", "because: [rover-signed]")
    spacerel.log.write_text(text, encoding="utf-8")

    assert "traced back" not in spacerel("broken", "-f", "text").out


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--period", "2022-03"), ["oneweb-soyuz"]),
        (("--by", "esa"), ["rover"]),
        (("--against", "esa"), []),
        (("--against", "oneweb"), ["oneweb-soyuz"]),
        (("--agency", "esa"), ["rover"]),
        (("--agency", "rka"), []),
        (("--topic", "launch"), ["oneweb-soyuz"]),
        (("--as-of", "2022-07-11"), ["oneweb-soyuz"]),
        (("--as-of", "2022-03-31", "--suspended"), ["oneweb-soyuz", "rover"]),
        (("--since", "2023"), []),
    ],
)
def test_which_breaks(spacerel: Program, words: tuple[str, ...], ids: list[str]) -> None:
    assert [line.split("\t")[0] for line in spacerel("broken", *words, "-q").lines] == ids


def test_what_only_stands_still_says_so(spacerel: Program) -> None:
    lines = spacerel("broken", "--as-of", "2022-03-31", "--suspended", "-p", "rover", "-f", "text").lines

    assert lines[0] == "Broken partnerships · partnership rover · as of 31 Mar 2022 · 0 broken, 1 suspended"
    assert lines[1:3] == [
        "‖ 17 Mar 2022  ExoMars rover · ESA, Roscosmos",
        "  only suspended, by ESA after 9 years, because Russia invades Ukraine",
    ]
    asked = ("broken", "--as-of", "2022-03-31", "--suspended", "-p", "rover")
    assert "| 17 Mar 2022, only suspended |" in spacerel(*asked, "-f", "md").out
    (row,) = json.loads(spacerel(*asked, "--json").out)["rows"]
    assert (row["standing"], row["closed_by"]) == ("suspended", None)


def test_who_left_what_stands_still_for_the_others_has_broken_it(spacerel: Program) -> None:
    more = (
        ("nasa-joins", "date: 2013-04-01", "parties: [nasa, esa]", "by: nasa", "act: join", "partnership: rover", "title: NASA joins"),
        ("nasa-leaves", "date: 2022-03-20", "parties: [nasa, esa]", "by: nasa", "act: leave", "partnership: rover", "title: NASA leaves"),
    )  # fmt: skip
    spacerel.log.write_text(TEXT + "".join(record(*event) for event in more), encoding="utf-8")
    lines = spacerel("broken", "-p", "rover", "--as-of", "2022-03-31", "--suspended", "-f", "text").lines

    assert lines[0].endswith("1 broken, 1 suspended")
    assert lines[1:4] == [
        "✕ 20 Mar 2022  ExoMars rover (suspended for the others) · NASA, ESA",
        "  by NASA after 9 years · no cause stated · no successor",
        "‖ 17 Mar 2022  ExoMars rover · ESA, Roscosmos",
    ]


def test_as_of_a_day_nobody_knows_the_successor(spacerel: Program) -> None:
    assert "→" not in spacerel("broken", "-p", "rover", "--as-of", "2023-01-01", "-f", "text").out


def test_a_completed_or_expired_partnership_is_not_broken(spacerel: Program) -> None:
    text = TEXT.replace("act: end", "act: complete")
    spacerel.log.write_text(text, encoding="utf-8")

    ran = spacerel("broken")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "There are no broken partnerships. The log runs 1 Jun 2005 – 31 Dec 2026.\n"


def test_who_left_stands_with_those_who_go_on(spacerel: Program) -> None:
    more = (
        ("nasa-joins", "date: 2013-04-01", "parties: [nasa, esa]", "by: nasa", "act: join", "partnership: rover", "title: NASA joins"),
        ("nasa-leaves", "date: 2014-04-01", "parties: [nasa, esa]", "by: nasa", "act: leave", "partnership: rover", "title: NASA leaves"),
    )  # fmt: skip
    spacerel.log.write_text(TEXT + "".join(record(*event) for event in more), encoding="utf-8")

    lines = spacerel("broken", "-f", "text", "--as-of", "2016").lines
    assert lines[1:3] == [
        "✕ 1 Apr 2014  ExoMars rover (agreed for the others) · NASA, ESA",
        "  by NASA after 12 months · no cause stated · no successor",
    ]


def test_the_markdown_is_a_table(spacerel: Program) -> None:
    lines = spacerel("broken", "-p", "rover", "-f", "md").lines

    assert lines[2] == "| Since | Partnership | Between | By | Because | Had lasted | Replaced by |"


def test_sorting_and_limit_hold_for_the_screen(spacerel: Program) -> None:
    lines = spacerel("broken", "-f", "text", "--sort", "since", "-r", "-n", "1").lines

    assert lines[1].startswith("✕ 12 Jul 2022  ExoMars rover")
    assert lines[-1] == "1 of 2 rows, by --limit"


@pytest.mark.parametrize(
    ("key", "day", "by", "cause", "successors"),
    [
        ("exomars-rover", "2022-07-12", ["esa"], "invasion-of-ukraine", {"rosalind-franklin-nasa-esa"}),
        (
            "oneweb-soyuz-launches",
            "2022-03-04",
            ["roscosmos"],
            "oneweb-ultimatum",
            {"oneweb-falcon-9-launches", "oneweb-lvm3-launches"},
        ),
        ("esa-luna-instruments", "2022-04-13", ["esa"], "invasion-of-ukraine", {"prospect-on-clps"}),
        ("soyuz-at-kourou", "2022-02-26", ["roscosmos"], "eu-sanctions-on-russia-2022", {"galileo-on-ariane-6"}),
        ("rd-180-atlas", "2022-03-03", ["roscosmos", "npo-energomash"], "us-export-controls-on-russian-space", set()),
        (
            "antares-russian-engines",
            "2022-03-03",
            ["roscosmos", "npo-energomash"],
            "us-export-controls-on-russian-space",
            {"antares-330", "cygnus-on-falcon-9"},
        ),
        ("german-russian-research", "2022-03-02", ["dlr"], "invasion-of-ukraine", set()),
        ("german-iss-experiments", "2022-03-03", ["roscosmos"], "dlr-ends-all-russian-cooperation", set()),
    ],
)
def test_what_roscosmos_lost_in_2022(
    spacerel: Program, key: str, day: str, by: list[str], cause: str, successors: set[str]
) -> None:
    asked = ("broken", "--agency", "roscosmos", "--period", "2022", "--json")
    found = {row["id"]: row for row in json.loads(spacerel(*asked, env={"SPACEREL_LOG": None}).out)["rows"]}
    row = found[key]

    assert (row["since"], row["by"]) == (day, by)
    assert cause in row["because"]
    assert successors <= set(row["replaced_by"])


def test_oneweb_had_a_successor_after_17_and_another_after_47_days(spacerel: Program) -> None:
    asked = ("broken", "--agency", "oneweb", "--period", "2022", "--json")
    (row,) = json.loads(spacerel(*asked, env={"SPACEREL_LOG": None}).out)["rows"]

    assert dict(zip(row["replaced_by"], row["replaced_after_days"], strict=True)) == {
        "oneweb-falcon-9-launches": 17,
        "oneweb-lvm3-launches": 47,
    }


def test_a_break_that_a_vague_date_leaves_open_is_said(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace('date: "2022-07-12"', 'date: "2022-07"')
    spacerel.log.write_text(text, encoding="utf-8")
    told = (
        "Perhaps broken by 15 Jul 2022 (a date that is known only to the month or year leaves it open): ExoMars rover."
    )

    alone = spacerel("broken", "-p", "rover", "--as-of", "2022-07-15", "-f", "text")
    assert (alone.out, alone.err) == ("", f"{told}\n")
    lines = spacerel("broken", "--as-of", "2022-07-15", "-f", "text", "--width", "120").lines
    assert lines[0].endswith("1 broken")
    assert " ".join(line.strip() for line in lines).endswith(told)
    assert "Perhaps" not in spacerel("broken", "--as-of", "2022-07-31", "-f", "text").out
