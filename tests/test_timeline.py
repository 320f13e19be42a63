"""spacerel timeline: screens, piped lines and data of a small log."""

import json
from itertools import pairwise

import pytest

from small_log import Program, record, spacerel
from spacerel.commands.timeline import _COUNTED
from spacerel.model import ACTS

__all__ = ["spacerel"]


def test_the_screen_seen_from_one_agency(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "roscosmos", "--since", "2022-02", "--until", "2022-07", "-f", "text")

    assert (
        ran.out
        == """\
Roscosmos · 1 Feb – 31 Jul 2022 · 5 of 10 events

Mar 2022
   2  ▲ threaten  → OneWeb  Roscosmos sets conditions for the launch · carried out 4 Mar
   4  ✕ end       → OneWeb  Roscosmos ends the OneWeb launches
  17  ‖ suspend   ← ESA     ESA suspends the rover
May 2022
   ~  ● talk      ↔ ESA     ESA and Roscosmos talk about their hardware · to 1 Aug
Jul 2022
  12  ✕ end       ← ESA     ESA ends the rover cooperation

2 ended · 1 suspended · 1 talked · 1 threat (1 carried out)
"""
    )


def test_the_screen_without_an_agency_goes_by_years(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "-f", "text", "--exclude", "partnership:oneweb-soyuz", "--since", "2013", "--width", "110"
    )

    assert (
        ran.out
        == """\
All agencies · without partnership oneweb-soyuz · since 1 Jan 2013 · 7 of 10 events

2013
  14 Mar  ● agree    ESA ↔ Roscosmos  ESA and Roscosmos sign the rover agreement
2022
  24 Feb  ◆ context  Russia           Russia invades Ukraine
  17 Mar  ‖ suspend  ESA → Roscosmos  ESA suspends the rover
    ~May  ● talk     ESA ↔ Roscosmos  ESA and Roscosmos talk about their hardware · to 1 Aug
  12 Jul  ✕ end      ESA → Roscosmos  ESA ends the rover cooperation
2024
  16 May  ● agree    ESA ↔ NASA       NASA and ESA agree on the rover
2026
       ~  ✕ end      NASA → ESA       NASA plans to leave the rover · announced, pending

1 ended · 1 suspended · 2 agreed · 1 talked · 1 in the background · 1 announced (1 pending)
"""
    )


def test_a_predecessors_steps_are_seen_from_the_successor(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "roscosmos", "--until", "2005", "-f", "text")

    assert ran.lines[2:4] == ["Jun 2005", "  1  ● talk  ↔ ESA  ESA and Rosaviakosmos talk about Mars"]


def test_two_agencies_have_no_near_end(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "esa,nasa", "--period", "2024", "-f", "text")

    assert ran.lines[0] == "ESA, NASA · 2024 · 1 of 10 events"
    assert "ESA ↔ NASA" in ran.lines[3]


def test_many_counterparts_are_counted(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    spacerel.log.write_text(
        text.replace("parties: [russia]", "parties: [russia, esa, nasa, oneweb, rka]"), encoding="utf-8"
    )

    ran = spacerel("timeline", "--act", "context", "-f", "text")

    assert ran.lines[3] == "  24  ◆ context  Russia → ESA, NASA, OneWeb, Rosaviakosmos  Russia invades Ukraine"
    spacerel.log.write_text(
        text.replace("parties: [russia]", "parties: [russia, esa, nasa, oneweb, rka, roscosmos]"), encoding="utf-8"
    )
    assert "Russia → ESA, NASA, OneWeb +2 " in spacerel("timeline", "--act", "context", "-f", "text").out


def test_details_add_the_summary(spacerel: Program) -> None:
    ran = spacerel("timeline", "--act", "suspend", "--details", "-f", "text")

    assert ran.lines[3].endswith("ESA suspends the rover — What happened, in one sentence.")


def test_piped_lines_are_tab_separated_with_full_ids_and_dates(spacerel: Program) -> None:
    ran = spacerel("timeline", "--period", "2022-03", "--by", "esa")

    assert ran.out == "2022-03-17\tsuspend\tesa\tesa,roscosmos\trover\tESA suspends the rover\tesa-suspends-rover\n"
    assert ran.err == ""


def test_the_fields_are_those_of_the_csv_export(spacerel: Program) -> None:
    fields = spacerel("timeline", "--fields", "help").lines

    assert fields == spacerel("export", "csv").lines[0].split(",")
    assert list(json.loads(spacerel("timeline", "--json").out)["rows"][0]) == fields


def test_json_says_what_was_asked(spacerel: Program) -> None:
    found = json.loads(spacerel("timeline", "-a", "Roscosmos", "--since", "2022-03-10", "-x", "act:talk", "--json").out)

    assert found["command"] == "timeline"
    assert found["query"] == {"agency": ["Roscosmos"], "exclude": ["act:talk"], "period": "2022-03-10.."}
    assert found["count"] == 2
    assert found["rows"][0]["because"] == ["invasion"]
    assert found["rows"][0]["outcome"] is None


def test_as_of_a_day_nothing_later_is_told(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "oneweb", "--as-of", "2022-03-03", "-f", "text")

    assert ran.lines[0] == "OneWeb · as of 3 Mar 2022 · 1 of 10 events"
    assert ran.lines[3].endswith("Roscosmos sets conditions for the launch · pending then")


def test_sorted_otherwise_there_are_no_groups(spacerel: Program) -> None:
    ran = spacerel("timeline", "-a", "esa", "--period", "2022", "--sort", "title", "-r", "-f", "text")

    assert [line[:11] for line in ran.lines[1:4]] == ["17 Mar 2022", "12 Jul 2022", "  ~May 2022"]


def test_every_act_is_counted_but_threats_which_have_outcomes() -> None:
    assert set(_COUNTED) == set(ACTS) - {"threaten"}


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_the_shipped_log_fits_every_width(spacerel: Program, width: int) -> None:
    ran = spacerel("timeline", "-f", "text", "--width", str(width), env={"SPACEREL_LOG": ""})

    assert max(map(len, ran.lines)) <= width
    dates = [line for line in ran.lines if line.isdigit()]
    assert all(earlier <= later for earlier, later in pairwise(dates))


def test_known_asks_what_was_public_on_a_day(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace(
        'date: "2022-03-04"', 'date: "2022-03-04"\n  known: 2022-04-01'
    )
    spacerel.log.write_text(text, encoding="utf-8")

    assert spacerel("timeline", "--as-of", "2022-03-20", "--act", "end").ids == ["oneweb-off-the-pad"]
    assert spacerel("timeline", "--as-of", "2022-03-20", "--known", "--act", "end", "-q").ids == []
    title = spacerel("timeline", "--as-of", "2022-03-20", "--known", "-f", "text").lines[0]
    assert title == "All agencies · as known on 20 Mar 2022 · 5 of 10 events"


def test_known_needs_a_day(spacerel: Program) -> None:
    ran = spacerel("timeline", "--known")

    assert (ran.code, ran.err) == (2, "error: --known asks what was public on a day. Name it with --as-of DAY.\n")


def test_the_article_s_author_could_read_it_so_in_april_2022(spacerel: Program) -> None:
    """Nothing that came later than its day is told in the outcomes of the shipped log: no date in it is later."""
    ran = spacerel(
        "timeline", "--agency", "roscosmos", "--as-of", "2022-04-15", "--json", "--today", "2026-09-01",
        env={"SPACEREL_LOG": ""},
    )  # fmt: skip
    rows = json.loads(ran.out)["rows"]
    by_id = {row["id"]: row for row in rows}

    assert max(row["date_start"] for row in rows) <= "2022-04-15"
    assert [row["id"] for row in rows if (row["outcome_date"] or "")[:10] > "2022-04-15"] == []
    assert by_id["oneweb-ultimatum"]["outcome"] == "carried-out"
    assert by_id["rogozin-conditions-iss-on-sanctions"]["outcome"] == "pending"
    assert (
        "pending"
        not in spacerel(
            "show", "rogozin-conditions-iss-on-sanctions", "--fields", "outcome", env={"SPACEREL_LOG": ""}
        ).out
    )


@pytest.mark.parametrize(
    ("group_by", "headings"),
    [
        ("month", ["Mar 2022", "May 2022", "Jul 2022"]),
        ("year", ["2022"]),
        ("agency", ["ESA", "OneWeb"]),
        ("partnership", ["ExoMars rover", "OneWeb on Soyuz", "Outside any partnership"]),
        ("act", ["end", "suspend", "talk", "threaten"]),
    ],
)
def test_grouped_as_asked_for(spacerel: Program, group_by: str, headings: list[str]) -> None:
    ran = spacerel("timeline", "-a", "roscosmos", "--period", "2022", "--group-by", group_by, "-f", "text")

    assert [line for line in ran.lines[2:-2] if not line.startswith(" ")] == headings
    assert len([line for line in ran.lines[2:-2] if line.startswith(" ")]) == 5


def test_grouped_by_agency_without_one_steps_stand_under_who_took_them(spacerel: Program) -> None:
    ran = spacerel("timeline", "--since", "2022", "--group-by", "agency", "-f", "text", "--width", "140")

    assert [line for line in ran.lines[2:-2] if not line.startswith(" ")] == ["ESA", "Roscosmos", "NASA", "Russia"]
    assert ran.lines[3] == "  17 Mar 2022  ‖ suspend   ESA → Roscosmos     ESA suspends the rover"


def test_grouped_rows_are_together_in_data_formats(spacerel: Program) -> None:
    ran = spacerel("timeline", "--group-by", "act", "--since", "2022-03", "--fields", "act")

    assert ran.lines == ["end", "end", "end", "agree", "suspend", "talk", "threaten"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--group-by", "agncy"),
            'unknown value of --group-by "agncy". Did you mean "agency"? All of them: month, year, agency, partnership, act.',
        ),
        (("--group-by", "act", "--sort", "date"), "--group-by act and --sort date ask for two orders. Choose one."),
        (("--group-by", "year", "--sort", "title"), "--group-by year and --sort title ask for two orders. Choose one."),
    ],
)
def test_a_wrong_grouping_is_said(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("timeline", *words)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")


def test_the_help_names_the_views_with_an_example(spacerel: Program) -> None:
    ran = spacerel("timeline", "--help")

    assert "list, lanes or calendar." in ran.out
    assert "spacerel timeline --view lanes --agency roscosmos --period 2022" in " ".join(ran.out.split())


def test_a_lane_of_an_agency_that_the_others_have_left_is_not_open(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    left = record(
        "nasa-leaves", "date: 2025-02-01", "parties: [nasa, esa]", "by: nasa", "act: leave", "partnership: rover-nasa",
        "title: NASA leaves the rover",
    )  # fmt: skip
    spacerel.log.write_text(text.replace("- id: nasa-plans", left + "- id: nasa-plans"), encoding="utf-8")
    ran = spacerel("timeline", "--view", "lanes", "-a", "esa", "--json")
    rows = {row["id"]: row for row in json.loads(ran.out)["rows"]}

    assert rows["rover-nasa"]["standing"] == "broken"
    assert rows["rover-nasa"]["closed_by"] == "nasa-leaves"
