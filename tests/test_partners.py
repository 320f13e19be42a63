"""spacerel partners: ties by standing, the trend, the score with its n, and what took over."""

import json

import pytest

from small_log import ACTORS, EVENTS, Program, record, spacerel

__all__ = ["spacerel"]

LEGEND = "● active, agreed or proposed  ‖ suspended  ✕ broken  ◆ past ones  · none in the log"
SCORE = "Score: mean over n steps, PLOVER; a view of steps, never of standings: spacerel scores"


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("partners", "roscosmos", "--as-of", "2024-12-31", "-f", "text").out
        == f"""\
Partners of Roscosmos · as of 31 Dec 2024 · 2 partners  most broken first, then most steps
Partner  Steps  2005          2022  Standing  Score  n  First  Last step
ESA          5  ▃·······▃········█  1✕         -0.4  5  2005   12 Jul 2022 ✕ end
  ✕ ExoMars rover → Rover with NASA
OneWeb       2  ·················▆  1✕         -4.8  2  2022   4 Mar 2022 ✕ end

{LEGEND}
Trend: steps a year, 2005 – 2022; █ is 3.
{SCORE}
"""
    )


def test_a_narrow_screen_has_the_month_of_the_last_step(spacerel: Program) -> None:
    lines = spacerel("partners", "roscosmos", "--as-of", "2024-12-31", "-f", "text", "--width", "80").lines

    assert lines[:4] == [
        "Partners of Roscosmos · as of 31 Dec 2024 · 2 partners",
        "most broken first, then most steps",
        "Partner  Steps  2005          2022  Standing  Score  n  Last step",
        "ESA          5  ▃·······▃········█  1✕         -0.4  5  Jul 2022 ✕",
    ]
    assert max(map(len, lines)) <= 80


def test_a_wide_screen_has_the_title_of_the_last_step(spacerel: Program) -> None:
    lines = spacerel("partners", "roscosmos", "--as-of", "2024-12-31", "-f", "text", "--width", "140").lines

    assert lines[2].endswith("12 Jul 2022 ✕ end  ESA ends the rover cooperation")


def test_past_ties_are_counted_beside_living_ones(spacerel: Program) -> None:
    more = (
        ("dish-agreed", "date: 2014-01-01", "parties: [esa, nasa]", "act: agree", "partnership: dish", "title: They sign"),
        ("dish-done", "date: 2015-01-01", "parties: [esa, nasa]", "act: complete", "partnership: dish", "title: Done"),
    )  # fmt: skip
    dish = "- {id: dish, name: A dish, parties: [esa, nasa], kind: contract, topic: ground, description: D}\n"
    text = ACTORS.replace("events:\n", dish + "events:\n") + "".join(record(*event) for event in (*EVENTS, *more))
    spacerel.log.write_text(text, encoding="utf-8")

    assert "  1● 1◆  " in spacerel("partners", "esa", "--with", "nasa", "-f", "text").out


def test_a_period_has_its_months_and_its_last_day(spacerel: Program) -> None:
    lines = spacerel("partners", "-a", "roscosmos", "--period", "2022-01..2022-06", "-f", "text").lines

    assert lines[0].startswith("Partners of Roscosmos · 1 Jan – 30 Jun 2022 · on 30 Jun 2022 · 2 partners")
    assert lines[2].split()[:3] == ["Partner", "Steps", "JFMAMJ"]
    assert lines[3].split() == ["OneWeb", "2", "··█···", "1✕", "-4.8", "2", "2022", "4", "Mar", "2022", "✕", "end"]
    assert lines[4].split()[:4] == ["ESA", "2", "··▄·▄·", "1‖"]


def test_a_trend_over_many_years_is_that_of_the_last_ones(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("partners", "roscosmos", "--with", "esa", "--until", "2024", "--json").out)["rows"]

    assert list(row["trend"]) == [str(year) for year in range(2007, 2025)]
    assert {year: number for year, number in row["trend"].items() if number} == {"2013": 1, "2022": 3}
    assert row["steps"] == 5


def test_what_is_known_only_to_the_year_has_no_month(spacerel: Program) -> None:
    asked = ("partners", "esa", "--with", "roscosmos", "--period", "2022")
    text = spacerel.log.read_text(encoding="utf-8").replace('date: "2022-05"', 'date: "2022"')
    spacerel.log.write_text(text.replace('end: "2022-08-01"', 'end: "2022"'), encoding="utf-8")
    (row,) = json.loads(spacerel(*asked, "--json").out)["rows"]

    assert (row["steps"], {month: number for month, number in row["trend"].items() if number}) == (
        3,
        {"2022-03": 1, "2022-07": 1},
    )
    assert "█ is 1. Without 1 known only to the year or begun before." in spacerel(*asked, "-f", "text").out


def test_a_setting_is_no_step(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace("parties: [russia]", "parties: [russia, oneweb]")
    spacerel.log.write_text(text, encoding="utf-8")

    assert spacerel("partners", "russia", "-q").lines == []


def test_the_data(spacerel: Program) -> None:
    found = json.loads(spacerel("partners", "esa", "--as-of", "2024-12-31", "--json").out)
    row = next(row for row in found["rows"] if row["id"] == "roscosmos")

    assert (found["command"], found["as_of"]) == ("partners", "2024-12-31")
    assert found["query"]["agency"] == ["esa"]
    assert {
        name: row[name] for name in ("name", "steps", "standings", "partnerships", "broken", "active", "first", "last")
    } == {
        "name": "Roscosmos",
        "steps": 4,
        "standings": ["broken"],
        "partnerships": ["rover"],
        "broken": 1,
        "active": 0,
        "first": "2013-03-14",
        "last": "2022-07-12",
    }
    assert (row["last_event"], row["replaced_by"]) == ("esa-ends-rover", ["rover-nasa"])


@pytest.mark.parametrize(("scale", "score"), [("plover", "-6.0"), ("cameo", "-7.0")])
def test_the_score_has_its_scale(spacerel: Program, scale: str, score: str) -> None:
    out = spacerel("partners", "oneweb", "--period", "2022-03-04", "--scale", scale, "-f", "text").out

    assert score in out
    assert f"{'PLOVER' if scale == 'plover' else 'CAMEO'}" in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "whose partners? Name an agency: spacerel partners roscosmos. All of them: spacerel actors"),
        (("roscomos",), 'unknown agency "roscomos". Did you mean "roscosmos"? All of them: spacerel actors'),
        (("--agency", "roscomos"), 'unknown agency "roscomos". Did you mean "roscosmos"? All of them: spacerel actors'),
        (("esa", "--with", "nassa"), 'unknown agency "nassa". Did you mean "nasa"? All of them: spacerel actors'),
        (
            ("esa", "--sort", "brocken"),
            'unknown field "brocken". Did you mean "broken"? All of them: spacerel partners --fields help',
        ),
        (("esa", "--scale", "plovr"), 'unknown scale "plovr". Did you mean "plover"? All of them: plover, cameo.'),
    ],
)
def test_errors(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("partners", *words)

    assert (ran.code, ran.out, ran.err) == (2, "", f"error: {sentence}\n")


def test_with_chooses_partners_and_min_steps_too(spacerel: Program) -> None:
    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "--with", "oneweb").lines] == ["oneweb"]
    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "--min-steps", "3").lines] == ["esa"]


def test_partners_of_fewer_steps_are_counted(spacerel: Program) -> None:
    assert spacerel("partners", "roscosmos", "--min-steps", "3", "-f", "text").lines[-1] == (
        "1 more partner with fewer than 3 steps: --min-steps 0"
    )
    asked = ("partners", "roscosmos", "--period", "2022-07", "-f", "text")
    assert spacerel(*asked).lines[-1] == "1 more partner with no step: --min-steps 0"
    assert ["OneWeb", "·"] in [line.split()[:2] for line in spacerel(*asked, "--min-steps", "0").lines]


def test_country_chooses_partners(spacerel: Program) -> None:
    ran = spacerel("partners", "roscosmos", "--country", "GX")

    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos", "--country", "GB").lines] == ["oneweb"]
    assert (ran.code, ran.err) == (2, 'error: unknown country "GX". All of them: spacerel actors\n')


def test_several_successors_are_counted(spacerel: Program) -> None:
    lines = spacerel("partners", "roscosmos", "--with", "esa", "--as-of", "2024-12-31", "-f", "text").lines
    text = spacerel.log.read_text(encoding="utf-8")
    more = record("more", "date: 2024-06-01", "parties: [esa, nasa]", "act: agree", "partnership: alone", "replaces: rover", "title: ESA goes on")  # fmt: skip
    alone = (
        "- {id: alone, name: Rover alone, parties: [esa, nasa], kind: agreement, topic: exploration, description: D}\n"
    )
    spacerel.log.write_text(text.replace("events:\n", alone + "events:\n") + more, encoding="utf-8")
    now = spacerel("partners", "roscosmos", "--with", "esa", "--as-of", "2024-12-31", "-f", "text").lines

    assert (lines[3], now[3]) == ("  ✕ ExoMars rover → Rover with NASA", "  ✕ ExoMars rover → Rover with NASA +1")


def test_two_agencies_are_one_side(spacerel: Program) -> None:
    for words in (("roscosmos", "-a", "esa"), ("roscosmos", "esa"), ("roscosmos,esa",)):
        assert [line.split("\t")[0] for line in spacerel("partners", *words).lines] == ["oneweb", "nasa"]


@pytest.fixture
def accord(spacerel: Program) -> Program:
    """A treaty of 25 states, of which one does something else with NASA too."""
    states = [f"state-{number}" for number in range(24)]
    actors = "".join(f"- {{id: {one}, name: State {one[6:]}, type: state}}\n" for one in states)
    treaty = f"- {{id: accord, name: The Accord, parties: [nasa, {', '.join(states)}], kind: treaty, topic: policy, description: Rules}}\n"
    station = "- {id: station, name: A station, parties: [nasa, state-3], kind: agreement, topic: ground, description: A dish}\n"
    events = (
        ("accord-signed", "date: 2020-10-13", f"parties: [nasa, {', '.join(states)}]", "act: agree", "partnership: accord", "title: They sign"),
        ("station-agreed", "date: 2021-10-13", "parties: [nasa, state-3]", "act: agree", "partnership: station", "title: They sign too"),
    )  # fmt: skip
    text = ACTORS.replace("partnerships:\n", f"{actors}partnerships:\n{treaty}{station}")
    spacerel.log.write_text(text + "".join(record(*event) for event in (*EVENTS, *events)), encoding="utf-8")
    return spacerel


def test_signatories_are_one_line(accord: Program) -> None:
    ids = [line.split("\t")[:3] for line in accord("partners", "nasa").lines]

    assert ids == [["state-3", "State 3", "2"], ["esa", "ESA", "2"], ["accord", "The Accord only: 23 signatories", "1"]]


def test_signatories_can_be_had_one_by_one(accord: Program) -> None:
    assert len(accord("partners", "nasa", "--accessions").lines) == 25


def test_no_partner_is_a_sentence(spacerel: Program) -> None:
    ran = spacerel("partners", "russia", "--period", "2005")

    assert (ran.code, ran.out, ran.err) == (0, "", "Russia has no partner in what was asked for.\n")


def test_an_uncertain_standing_is_counted_and_said(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8").replace('date: "2022-03-17"', 'date: "2022-03"')
    spacerel.log.write_text(text, encoding="utf-8")
    out = spacerel("partners", "esa", "--as-of", "2022-03-10", "-f", "text").out

    assert "1 uncertain on this day; the livelier standing is counted." in out


def test_the_partners_of_roscosmos_before_and_after_2022(spacerel: Program) -> None:
    def broken(day: str) -> dict[str, int]:
        ran = spacerel("partners", "roscosmos", "--as-of", day, "--json", env={"SPACEREL_LOG": None})
        return {row["id"]: row["broken"] for row in json.loads(ran.out)["rows"]}

    before, after = broken("2021-12-31"), broken("2022-12-31")

    assert {key: (before[key], after[key]) for key in ("esa", "oneweb", "dlr", "arianespace")} == {
        "esa": (1, 4),
        "oneweb": (0, 1),
        "dlr": (0, 2),
        "arianespace": (0, 2),
    }


def test_partners_of_the_own_country_come_last(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    for number in range(9):
        text += record(
            f"home-{number}",
            f"date: 2021-01-0{number + 1}",
            "parties: [russia, roscosmos]",
            "act: talk",
            f"title: Talk {number}",
        )
    spacerel.log.write_text(text, encoding="utf-8")

    assert [line.split("\t")[0] for line in spacerel("partners", "roscosmos").lines] == ["esa", "oneweb", "russia"]
    assert "most broken first, own country last" in spacerel("partners", "roscosmos", "-f", "text").out
    assert "most broken first, then most steps" in spacerel("partners", "esa", "-f", "text").out
