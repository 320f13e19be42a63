"""spacerel timeline --view lanes: the drawing, its scale, and what it says in data formats."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from small_log import ACTORS, Program, record, spacerel
from spacerel import lanes, log, standing, tracks
from spacerel.dates import Period, first_day, last_day
from spacerel.lanes import Lanes, Scale, drawn
from spacerel.model import Event
from spacerel.table import ASCII, Spans, cell_width, fitted

__all__ = ["spacerel"]

SHIPPED = {"SPACEREL_LOG": ""}
DAYS = st.dates(date(1950, 1, 1), date(2040, 12, 31)).map(date.isoformat)
PERIODS = st.tuples(DAYS, DAYS).map(lambda days: Period(min(days), max(days)))
WIDTHS = st.integers(20, 300)
LOG = log.read(())
COURSES = standing.Courses(LOG)


def text(spans: Spans) -> str:
    return "".join(piece for piece, _ in spans)


def event(day: str, **more: object) -> Event:
    return Event("e", day, "T", ("esa", "nasa"), "deliver", "", (), "high")._replace(**more)  # type: ignore[arg-type]


def shown(found: Lanes, width: int) -> list[str]:
    return [text(line) for line in drawn(found, width)]


def of_shipped(period: Period, lanes_by: str, agency: str | None) -> Lanes:
    """The lanes of the shipped log as the command makes them."""
    events = [one for one in LOG.events if first_day(one.date) <= period.last and last_day(one.date) >= period.first]
    rows = tracks.LANES[lanes_by](LOG, COURSES, events, period, period.last, agency)[:12]
    context = tracks.most_telling(LOG, tracks.context_of(LOG, events, rows, period), rows)
    return Lanes(LOG, period, period.last, (("", tuple(rows)),), tuple(context))


# The whole screen.


def test_the_screen_seen_from_one_agency(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2022", "-f", "text", "--width", "80")

    assert (
        ran.out
        == """\
Roscosmos · 2022 · 2 partnerships with 2 partners                 on 31 Dec 2022
                         J  F M  A  M  J  J  A  S  O  N  D
context                       ◆ 24 Feb Russia invades Ukraine
ESA                           │
 ExoMars rover           ───────‖┄┄┄┄┄┄┄┄┄┄✕                  broken 12 Jul
OneWeb                        │
 OneWeb on Soyuz         ━━━━━▲✕                              broken 4 Mar
—                             │
 outside any partnership      │        ●                      1 step

━ active  ─ agreed  ┄ suspended  ◆ context above the tracks  ● talk
▲ threatened  ‖ suspend  ✕ end
1 step is known only to the month or year and stands on its last day.
"""
    )


def test_a_wide_screen_has_partners_beside_and_a_longer_scale(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "esa", "--since", "2013", "-f", "text", "--width", "120")

    assert (
        ran.out
        == """\
ESA · since 1 Jan 2013 · 2 partnerships with 2 partners                                                   on 24 Nov 2026
                                      2014     2016     2018     2020     2022     2024    2026
context                                                                   ◆ 24 Feb 2022 Russia invades Ukraine
Roscosmos ExoMars rover           ●────────────────────────────────────────‖✕ → Rover with NASA  broken 12 Jul 2022
NASA      Rover with NASA                                                 │         ●──────────▲ agreed
—         outside any partnership                                         │●                     1 step

─ agreed  ◆ context above the tracks  ● talk, agree  ▲ announced  ‖ suspend  ✕ end
2 steps are known only to the month or year and stand on their last day.
"""
    )


def test_the_scale_uses_the_room(spacerel: Program) -> None:
    def cells(width: int) -> int:
        ran = spacerel(
            "timeline", "--view", "lanes", "-p", "rover", "--until", "2020", "-f", "text", "--width", str(width)
        )
        return next(line for line in ran.lines if "ExoMars rover" in line).count("─")

    assert cells(200) == cells(120) + 80


def test_a_narrow_screen_has_the_scale_below_the_name(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2022-03", "-f", "text", "--width", "40"
    )

    assert ran.lines[3:10] == [
        "1 Mar    8        15       22",
        "OneWeb",
        "OneWeb on Soyuz  broken 4 Mar",
        "━▲━✕",
        "ESA",
        "ExoMars rover  suspended 17 Mar",
        "────────────────────‖┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄→",
    ]


def test_ascii_tells_standings_and_steps_apart(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "--view", "lanes", "-a", "esa", "--period", "2022", "-f", "text", "--width", "80", "--ascii"
    )

    rover = next(line for line in ran.lines if "ExoMars rover" in line)
    assert rover == " ExoMars rover           -------=::::::::::x                  broken 12 Jul"
    assert ran.out.isascii()
    signs = "".join(lanes.LINES.values()) + "●▲‖✕↻◆→│?"
    assert len(set(signs.translate(ASCII))) == len(signs)


def test_colour_says_the_standing(spacerel: Program) -> None:
    ran = spacerel(
        "timeline",
        "--view",
        "lanes",
        "-a",
        "esa",
        "--period",
        "2022",
        "-f",
        "text",
        "--width",
        "80",
        "--color",
        "always",
    )

    rover = "\x1b[32m───────\x1b[0m\x1b[33m‖\x1b[0m\x1b[33m┄┄┄┄┄┄┄┄┄┄\x1b[0m\x1b[31m✕\x1b[0m"
    assert next(line for line in ran.lines if "ExoMars" in line).startswith(f" ExoMars rover           {rover}")


def test_without_one_agency_tracks_stand_under_topics(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-f", "text", "--width", "80")

    assert ran.lines[0] == "All agencies · 3 partnerships                                     on 24 Nov 2026"
    headings = [line.split()[0] for line in ran.lines if line[:1] not in ("", " ")]
    assert headings[2:5] == ["exploration", "launch", "—"]


def test_many_partners_with_one_track_each_share_headings_where_it_is_narrow(spacerel: Program) -> None:
    words = ("timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2022", "-f", "text", "--width")
    narrow = spacerel(*words, "80", env=SHIPPED).lines
    wide = spacerel(*words, "100", env=SHIPPED).lines

    headings = [line for line in narrow[3:] if " · " in line and line[0].isalpha()]
    shared = [place for place, line in enumerate(narrow) if line in headings]
    assert shared
    for place in shared:
        partners = narrow[place].split(" · ")
        assert all(line.startswith(" ") for line in narrow[place + 1 : place + 1 + len(partners)])
        assert all(any(line.startswith(partner.split("  ")[0][:10]) for line in wide) for partner in partners)


def test_a_context_that_only_causes_name_is_on_the_ruler(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "oneweb", "-f", "text")

    assert "Russia invades Ukraine" in ran.out
    assert "more in the context" not in ran.out


def test_more_context_than_the_ruler_names_is_counted(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "-f", "text", env=SHIPPED)

    named = sum("◆" in line and line[:1] != "━" for line in ran.lines[:10])
    assert named == tracks.MOST_CONTEXT
    assert " more in the context: timeline --act context." in ran.out


def test_an_uncertain_stretch_has_a_sign_and_an_explanation(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "--view", "lanes", "--since", "2014", "-p", "oneweb-soyuz", "-f", "text", "--width", "80"
    )

    assert " ???━━━" in next(line for line in ran.lines if "OneWeb on" in line)
    assert "? uncertain: a date is vague" in ran.out


def test_the_successor_stands_behind_a_broken_track_or_below_it(spacerel: Program) -> None:
    wide = spacerel(
        "timeline", "--view", "lanes", "-p", "rover", "--period", "2022..2024", "-f", "text", "--width", "120"
    )
    below = spacerel("timeline", "--view", "lanes", "-p", "rover", "-f", "text", "--width", "80")

    assert "✕ → Rover with NASA" in wide.out
    place = next(number for number, line in enumerate(below.lines) if "ExoMars rover" in line)
    assert below.lines[place + 1].strip() == "→ Rover with NASA"


def test_a_track_that_goes_on_has_an_open_end(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-p", "rover", "--until", "2020", "-f", "text", "--width", "80")

    assert next(line for line in ran.lines if "ExoMars rover" in line).endswith("─→ agreed")
    assert "→ goes on" in ran.out


def test_steps_that_share_a_column_are_counted(spacerel: Program) -> None:
    flights = [
        record(f"flight-{day}", f"date: 2023-05-0{day}", "parties: [esa, nasa]", "act: deliver", "title: A flight", "partnership: rover-nasa")
        for day in (1, 2, 3)
    ]  # fmt: skip
    strain = record(
        "strain",
        "date: 2023-05-04",
        "parties: [esa, nasa]",
        "by: esa",
        "act: strain",
        "title: A row",
        "partnership: rover-nasa",
    )
    start = record(
        "first", "date: 2013-05-01", "parties: [esa, roscosmos]", "act: agree", "title: T", "partnership: rover"
    )
    launch = record(
        "launch",
        "date: 2016-05-01",
        "parties: [roscosmos, oneweb]",
        "act: deliver",
        "title: T",
        "partnership: oneweb-soyuz",
    )
    words = ("timeline", "--view", "lanes", "-p", "rover-nasa", "--period", "2013..2024", "-f", "text", "--width", "80")
    spacerel.log.write_text(ACTORS + start + launch + "".join(flights), encoding="utf-8")
    quiet = spacerel(*words)
    spacerel.log.write_text(ACTORS + start + launch + "".join(flights) + strain, encoding="utf-8")
    loud = spacerel(*words)

    assert "3━━" in quiet.out
    assert "2 … 9, + (more) steps in one column" in quiet.out
    assert "▲━━" in loud.out
    assert "active (×4)" in loud.out
    assert "(×3) so many at most behind one sign" in loud.out


def test_a_standing_that_others_keep_is_told(spacerel: Program) -> None:
    text_ = spacerel.log.read_text(encoding="utf-8").replace(
        "parties: [esa, roscosmos], kind", "parties: [esa, roscosmos, nasa], kind"
    )
    left = record(
        "left",
        "date: 2014-01-01",
        "parties: [roscosmos, esa]",
        "by: roscosmos",
        "act: leave",
        "title: T",
        "partnership: rover",
    )
    spacerel.log.write_text(text_ + left, encoding="utf-8")
    ran = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2014", "-f", "text", "--width", "200")

    assert "broken 1 Jan, agreed for others" in ran.out


def test_open_partnerships_without_a_step_are_counted(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2013-03", "-f", "text")
    some = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2022-02..2022-03-04", "-f", "text")

    assert "without a step" not in ran.out
    assert "1 more was open on 4 Mar 2022 without a step in this period." in some.out


# Lanes by agency and by act, comparisons, limits.


def test_a_lane_an_agency_has_the_liveliest_tie(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "--lanes-by", "agency", "-a", "esa", "--json")

    rows = json.loads(ran.out)["rows"]
    assert [(row["id"], row["standing"], row["steps"]) for row in rows] == [
        ("roscosmos", "broken", 4),
        ("nasa", "agreed", 2),
        ("rka", None, 1),
    ]
    assert rows[0]["spells"] == [
        {"standing": "agreed", "first": "2013-03-14", "last": "2022-03-16"},
        {"standing": "suspended", "first": "2022-03-17", "last": "2022-07-11"},
        {"standing": "broken", "first": "2022-07-12", "last": None},
    ]


def test_an_accession_partnership_does_not_bury_the_rest(spacerel: Program) -> None:
    by_agency = spacerel("timeline", "--view", "lanes", "--lanes-by", "agency", "-a", "nasa", "--json", env=SHIPPED)
    alone = spacerel(
        "timeline",
        "--view",
        "lanes",
        "--lanes-by",
        "agency",
        "-p",
        "artemis-accords",
        "-a",
        "nasa",
        "--json",
        env=SHIPPED,
    )
    seen = spacerel("timeline", "--view", "lanes", "-a", "nasa", "-f", "text", env=SHIPPED)

    ids = {row["id"] for row in json.loads(by_agency.out)["rows"]}
    assert "roscosmos" in ids
    assert "bahrain" not in ids
    assert "bahrain" in {row["id"] for row in json.loads(alone.out)["rows"]}
    assert next(line for line in seen.lines if "Artemis Accords" in line).split()[1] == "parties"


def test_a_lane_an_act_counts_its_steps(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "--lanes-by", "act", "-a", "esa", "-f", "text", "--width", "60")

    assert ran.lines[0].startswith("ESA · 4 kinds of step")
    assert [(line.split()[0], line.split()[-2]) for line in ran.lines[3:7]] == [
        ("talk", "2"),
        ("agree", "2"),
        ("end", "2"),
        ("suspend", "1"),
    ]


def test_compared_agencies_stand_one_above_the_other_on_one_scale(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "--view", "lanes", "--compare", "esa,roscosmos", "--period", "2022", "-f", "text", "--width", "80"
    )

    assert ran.lines[0].startswith("ESA and Roscosmos · 2022 · 2 partnerships with 3 partners")
    assert [line for line in ran.lines if line in ("ESA", "Roscosmos")] == ["ESA", "Roscosmos"]
    rovers = [line for line in ran.lines if "ExoMars rover" in line]
    assert len(rovers) == 2
    assert rovers[0] == rovers[1]
    scales = [line for line in ran.lines if line.split()[:3] == ["J", "F", "M"]]
    assert scales == [scales[0]] * 2


def test_agencies_to_compare_may_be_named_one_by_one(spacerel: Program) -> None:
    words = ("timeline", "--view", "lanes")

    assert (
        spacerel(*words, "--compare", "esa", "--compare", "nasa").out == spacerel(*words, "--compare", "ESA, NASA").out
    )


def test_odd_names_keep_the_columns_straight(spacerel: Program) -> None:
    old = spacerel.log.read_text(encoding="utf-8")
    spacerel.log.write_text(
        old.replace("name: ExoMars rover", 'name: "国家航天局 rover e\\u0301"').replace(
            "title: Russia invades Ukraine", 'title: "\\u202e国家航天局"'
        ),
        encoding="utf-8",
    )
    for width in range(20, 140, 7):
        ran = spacerel(
            "timeline", "--view", "lanes", "-a", "roscosmos", "--period", "2022", "-f", "text", "--width", str(width)
        )
        assert "\u202e" not in ran.out
        assert max(map(cell_len, ran.lines)) <= width
    rovers = [line for line in ran.lines if "broken" in line]
    assert len({cell_len(line.partition("broken")[0]) for line in rovers}) == 1


def test_compared_with_a_filter_by_agency_only_shared_steps_are_shown(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-a", "roscosmos", "--compare", "esa,oneweb")

    assert [line.split("\t")[:3] for line in ran.lines] == [
        ["esa", "roscosmos", "rover"],
        ["esa", "", ""],
        ["oneweb", "roscosmos", "oneweb-soyuz"],
    ]


def test_a_limit_keeps_the_tracks_with_the_most_steps(spacerel: Program) -> None:
    screen = spacerel("timeline", "--view", "lanes", "-f", "text", "-n", "1")
    data = spacerel("timeline", "--view", "lanes", "-n", "1", "--json")

    assert "ExoMars rover" in screen.out
    assert "OneWeb on Soyuz" not in screen.out
    assert "1 of 4 rows, by --limit" in screen.out
    assert [row["id"] for row in json.loads(data.out)["rows"]] == ["rover"]


def test_a_long_list_says_how_many_are_left_out(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-f", "text", env=SHIPPED)
    everything = spacerel("timeline", "--view", "lanes", "-f", "text", "-n", "500", env=SHIPPED)

    rows = len(spacerel("timeline", "--view", "lanes", env=SHIPPED).lines)
    assert f"{rows - lanes.MOST} more with fewer steps: --limit {rows} shows all." in ran.out
    assert "more with fewer steps" not in everything.out


# Data formats.


def test_a_row_a_track_with_its_spells(spacerel: Program) -> None:
    found = json.loads(spacerel("timeline", "--view", "lanes", "-p", "rover", "-a", "esa", "--json").out)

    assert found["query"] == {"agency": ["esa"], "partnership": ["rover"], "view": "lanes", "lanes_by": "partnership"}
    assert found["as_of"] == "2026-11-24"
    assert found["rows"] == [
        {
            "agency": "esa",
            "partner": "roscosmos",
            "id": "rover",
            "name": "ExoMars rover",
            "parties": ["esa", "roscosmos"],
            "standing": "broken",
            "since": "2022-07-12",
            "closed_by": "esa-ends-rover",
            "because": ["esa-suspends-rover"],
            "replaced_by": ["rover-nasa"],
            "last_event": "esa-ends-rover",
            "steps": 3,
            "spells": [
                {"standing": "agreed", "first": "2013-03-14", "last": "2022-03-16"},
                {"standing": "suspended", "first": "2022-03-17", "last": "2022-07-11"},
                {"standing": "broken", "first": "2022-07-12", "last": None},
            ],
        }
    ]


def test_piped_a_line_a_track(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-p", "oneweb-soyuz", "-a", "oneweb")

    assert ran.out == (
        "oneweb\troscosmos\toneweb-soyuz\tOneWeb on Soyuz\tbroken\t2022-03-04\toneweb-off-the-pad\toneweb-ultimatum\t\t2\t"
        "active/none:2015-01-01..2015-12-30,active:2015-12-31..2022-03-03,broken:2022-03-04..\n"
    )


def test_as_of_a_day_tracks_end_there(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "-p", "rover", "--as-of", "2022-04-15", "--json")

    (row,) = json.loads(ran.out)["rows"]
    assert (row["standing"], row["since"], row["replaced_by"]) == ("suspended", "2022-03-17", [])


def test_as_of_a_day_after_the_period_the_end_tells_that_day(spacerel: Program) -> None:
    ran = spacerel(
        "timeline", "--view", "lanes", "-p", "rover", "--period", "2013", "--as-of", "2024-01-01", "-f", "text", "--width", "80"
    )  # fmt: skip

    rover = next(line for line in ran.lines if "ExoMars rover" in line)
    assert ran.lines[1] == "on 1 Jan 2024"
    assert rover.rstrip().endswith("──→ broken 12 Jul 2022")


def test_a_suspension_that_a_successor_made_final_is_explained(spacerel: Program) -> None:
    old = spacerel.log.read_text(encoding="utf-8")
    ended = old[old.index("- id: esa-ends-rover") : old.index("- id: rover-with-nasa")]
    spacerel.log.write_text(old.replace(ended, ""), encoding="utf-8")

    ran = spacerel("timeline", "--view", "lanes", "-p", "rover", "--since", "2022", "-f", "text", "--width", "100")

    rover = next(line for line in ran.lines if "ExoMars rover" in line)
    assert "‖┄┄┄" in rover
    assert "┄✕ " in rover
    assert "broken 17 Mar 2022" in rover
    assert "A suspension that a successor made final counts as broken from its first day on." in ran.lines


# What does not fit together.


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("--view", "lane"),
            'unknown value of --view "lane". Did you mean "lanes"? All of them: list, lanes, calendar.',
        ),
        (
            ("--view", "lanes", "--lanes-by", "agencies"),
            'unknown value of --lanes-by "agencies". Did you mean "agency"? All of them: partnership, agency, act.',
        ),
        (("--lanes-by", "act"), "--lanes-by goes with --view lanes, not with --view list."),
        (("--compare", "esa,nasa"), "--compare goes with --view lanes, not with --view list."),
        (
            ("--view", "calendar", "--compare", "esa,nasa"),
            "--compare goes with --view lanes, not with --view calendar.",
        ),
        (("--view", "lanes", "--details"), "--details goes with --view list, not with --view lanes."),
        (("--view", "lanes", "--group-by", "act"), "--group-by goes with --view list, not with --view lanes."),
        (
            ("--view", "lanes", "--compare", "esa"),
            '--compare takes two agencies or more, such as esa,nasa, not "esa".',
        ),
        (
            ("--view", "lanes", "--compare", "esa,European Space Agency"),
            '--compare takes two agencies or more, such as esa,nasa, not "esa,European Space Agency".',
        ),
        (
            ("--view", "lanes", "--compare", "esa,nsa"),
            'unknown agency "nsa". Did you mean "nasa"? All of them: spacerel actors',
        ),
        (
            ("--view", "lanes", "--sort", "name", "-f", "text"),
            "--sort orders rows, and this screen is a drawing. Add --fields or a --format.",
        ),
        (
            ("--view", "lanes", "--reverse", "-f", "text"),
            "--reverse orders rows, and this screen is a drawing. Add --fields or a --format.",
        ),
    ],
)
def test_what_does_not_fit_together_is_said(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("timeline", *words)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")


def test_context_alone_has_no_lane(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "--act", "context", "-f", "text")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Only context matches (1 event), which has no lane of its own: leave --view lanes out.\n"


def test_no_hits_say_what_the_log_covers(spacerel: Program) -> None:
    ran = spacerel("timeline", "--view", "lanes", "--period", "1999", "-f", "text")

    assert ran.err == "No events match period 1999. The log runs 1 Jun 2005 – 31 Dec 2026.\n"


# Properties.


@given(PERIODS, WIDTHS, st.lists(DAYS, max_size=20))
def test_columns_are_monotone_and_inside(period: Period, width: int, days: list[str]) -> None:
    scale = Scale(*period, width)
    columns = [scale.column(day) for day in sorted(days)]

    assert columns == sorted(columns)
    assert all(0 <= column < width for column in columns)
    assert scale.column(period.first) == 0
    assert all(scale.column(day) <= scale.last_column(day) < width for day in days)


@given(PERIODS, WIDTHS)
def test_days_share_the_columns_without_a_gap(period: Period, width: int) -> None:
    scale = Scale(
        period.first, min(period.last, (date.fromisoformat(period.first) + timedelta(400)).isoformat()), width
    )
    days = [(date.fromisoformat(scale.first) + timedelta(number)).isoformat() for number in range(scale.days)]

    covered = {column for day in days for column in range(scale.column(day), scale.last_column(day) + 1)}
    assert covered == (set(range(width)) if width >= scale.days else {scale.column(day) for day in days})
    assert scale.last_column(scale.last) == width - 1


@given(PERIODS, WIDTHS, st.lists(st.tuples(DAYS, st.sampled_from((4, 7, 10))), max_size=30))
def test_every_step_is_in_exactly_one_column(period: Period, width: int, dated: list[tuple[str, int]]) -> None:
    events = [event(day[:size]) for day, size in dated]

    columns = Scale(*period, width).columns(events)

    assert sorted(map(id, (one for own in columns.values() for one in own))) == sorted(map(id, events))
    assert all(0 <= column < width for column in columns)


@settings(max_examples=60, deadline=None)
@given(PERIODS, WIDTHS, st.sampled_from(sorted(tracks.LANES)), st.sampled_from((None, "roscosmos", "esa", "nasa")))
def test_every_line_fits_every_width(period: Period, width: int, lanes_by: str, agency: str | None) -> None:
    found = of_shipped(period, lanes_by, agency)

    assert [line for line in shown(found, width) if len(line) > width] == []


@settings(max_examples=60, deadline=None)
@given(PERIODS, st.integers(60, 300), st.sampled_from(("roscosmos", "esa", "cnsa")))
def test_ticks_are_in_their_columns(period: Period, width: int, agency: str) -> None:
    scale = Scale(*period, width)
    line = "".join(piece for piece, _ in lanes._ticks(scale))

    assert len(line) <= width + 1
    for word in {word for word in line.split() if len(word) == 4 and word.isdecimal()}:
        if scale.first < f"{word}-01-01":
            assert line.index(word) == scale.column(f"{word}-01-01")


@settings(max_examples=60, deadline=None)
@given(PERIODS, st.sampled_from(sorted(COURSES)), DAYS)
def test_stretches_tell_the_standing_of_every_day(period: Period, key: str, day: str) -> None:
    course = COURSES[key]
    found = tracks.stretches([course], course.standing_on, period, period.last)
    inside = min(max(day, period.first), period.last)

    told = [one.standing for one in found if one.first <= inside and (one.last is None or inside <= one.last)]
    assert told == ([] if course.standing_on(inside) == "none" else [course.standing_on(inside)])


@given(st.text(max_size=40), st.integers(0, 50))
def test_a_text_is_cut_to_its_cells(words: str, width: int) -> None:
    assert cell_width(fitted(words, width)) <= width


def test_a_wide_sign_takes_two_cells() -> None:
    assert fitted("国家航天局", 7) == "国家航…"
    assert fitted("国家航天局", 10) == "国家航天局"


# Scales from days to centuries.


@pytest.mark.parametrize(
    ("first", "last", "width", "line"),
    [
        ("2022-03-01", "2022-03-10", 40, "1 Mar   3   4   5   6   7   8   9   10"),
        ("2022-03-01", "2022-04-30", 61, "1 Mar  8      15     22        1 Apr  8      15     22"),
        ("2022-01-01", "2022-12-31", 60, "Jan  Feb Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec"),
        ("2022-01-01", "2022-12-31", 30, "J F M  A M  J J  A S  O N  D"),
        ("2021-01-01", "2022-12-31", 60, "2021   Apr    Jul     Oct     2022   Apr    Jul     Oct"),
        ("2010-01-01", "2019-12-31", 60, "2010 2011  2012   2013  2014  2015 2016   2017  2018  2019"),
        ("1993-06-01", "2026-09-01", 60, "  1995     2000     2005     2010     2015     2020     2025"),
        ("1957-01-01", "2026-09-01", 50, "  1960   1970   1980   1990   2000    2010   2020"),
        ("1991-02-01", "2026-09-01", 50, "1991 1995   2000   2005   2010   2015   2020"),
        ("2022-05-05", "2022-05-05", 30, "5 May"),
        (
            "2021-11-01",
            "2022-12-31",
            80,
            "Nov  Dec   2022  Feb  Mar   Apr  May   Jun   Jul   Aug   Sep  Oct   Nov   Dec",
        ),
    ],
)
def test_ticks_from_days_to_decades(first: str, last: str, width: int, line: str) -> None:
    assert "".join(piece for piece, _ in lanes._ticks(Scale(first, last, width))).rstrip() == line
