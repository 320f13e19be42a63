"""spacerel show: events, partnerships and actors of a small log in full."""

import json
import re
from pathlib import Path

import pytest

from small_log import Program, spacerel
from spacerel import log
from spacerel.files import shipped
from spacerel.selection import Record
from spacerel.table import cell_width
from spacerel.writing import row

__all__ = ["spacerel"]


def test_an_event(spacerel: Program) -> None:
    assert (
        spacerel("show", "esa-suspends-rover").out
        == """\
ESA suspends the rover
 When         17 Mar 2022
 Step         ‖ suspend · by ESA
 Parties      ESA, Roscosmos
 Partnership  ExoMars rover (rover) · ● agreed → ‖ suspended
 Tags         mars, science
 Because       24 Feb 2022  ◆ Russia invades Ukraine
 Led to        12 Jul 2022  ✕ ESA ends the rover cooperation

 What happened, in one sentence.

 Note: Other clocks say 18 March

 Sources      high confidence, 1 publisher
 [1] Ars Technica, 18 Mar 2022: A page
     supports: date, decision
     https://example.org/page
 small.yaml:93 · esa-suspends-rover
"""
    )


def test_a_threat_with_its_outcome_and_the_chain_of_its_consequences(spacerel: Program) -> None:
    lines = spacerel("show", "invasion").lines

    assert " Led to         2 Mar 2022  ▲ Roscosmos sets conditions for the launch · threatened, carried out" in lines
    assert "                  4 Mar 2022  ✕ Roscosmos ends the OneWeb launches" in lines
    threat = spacerel("show", "oneweb-ultimatum").lines
    assert " Threatens    to refuse" in threat
    assert " Condition    The UK sells its share" in threat
    assert " Due          4 Mar 2022" in threat
    assert " Outcome      ✕ carried out 4 Mar 2022 · Roscosmos ends the OneWeb launches" in threat


def test_a_partnership(spacerel: Program) -> None:
    assert (
        spacerel("show", "rover").out
        == """\
ExoMars rover
 Kind         programme · ExoMars · exploration
 Parties      ESA, Roscosmos
 Standing     ✕ broken on 24 Nov 2026
 Replaced by  Rover with NASA (rover-nasa) · 16 May 2024

 A European rover on a Russian lander

 Course
 14 Mar 2013 – 17 Mar 2022  ● agreed  ESA and Roscosmos sign the rover agreement
 17 Mar 2022 – 12 Jul 2022  ‖ suspended  by ESA: ESA suspends the rover
 12 Jul 2022 –              ✕ broken  by ESA: ESA ends the rover cooperation

 Steps        3
  14 Mar 2013  ● ESA and Roscosmos sign the rover agreement
  17 Mar 2022  ‖ ESA suspends the rover
  12 Jul 2022  ✕ ESA ends the rover cooperation
 small.yaml:10 · rover
"""
    )


def test_a_partnership_on_another_day(spacerel: Program) -> None:
    lines = spacerel("show", "rover", "--as-of", "2022-04").lines

    assert " Standing     ‖ suspended on 30 Apr 2022" in lines
    assert not any("Replaced" in line or "12 Jul" in line for line in lines)
    assert any("in force before the first step" in line for line in spacerel("show", "oneweb-soyuz").lines)


def test_an_actor(spacerel: Program) -> None:
    assert (
        spacerel("show", "Роскосмос", "--width", "80").out
        == """\
State Corporation Roscosmos
 Short        Roscosmos
 Type         agency · RU
 Also         RKA, Роскосмос
 Took over    Rosaviakosmos

 Partnerships 2, as of 24 Nov 2026
 ✕ broken 2: ExoMars rover, OneWeb on Soyuz

 Steps        7, 1 Jun 2005 – 12 Jul 2022
   1 Jun 2005  ● ESA and Rosaviakosmos talk about Mars
  14 Mar 2013  ● ESA and Roscosmos sign the rover agreement
   2 Mar 2022  ▲ Roscosmos sets conditions for the launch · threatened, carried
                 out
   4 Mar 2022  ✕ Roscosmos ends the OneWeb launches
  17 Mar 2022  ‖ ESA suspends the rover
     May 2022  ● ESA and Roscosmos talk about their hardware
  12 Jul 2022  ✕ ESA ends the rover cooperation
 small.yaml:4 · roscosmos
"""
    )


def test_a_successor_and_an_actor_without_steps(spacerel: Program) -> None:
    assert " Succeeded    by Roscosmos" in spacerel("show", "rka").lines
    text = spacerel.log.read_text(encoding="utf-8")
    spacerel.log.write_text(
        text.replace("partnerships:", "- {id: isro, name: ISRO, type: agency}\npartnerships:"), encoding="utf-8"
    )
    assert " Steps        none in the log" in spacerel("show", "isro").lines


def test_several_records_one_after_the_other(spacerel: Program) -> None:
    ran = spacerel("show", "invasion", "esa", "invasion")

    assert [line for line in ran.lines if line in ("Russia invades Ukraine", "European Space Agency")] == [
        "Russia invades Ukraine",
        "European Space Agency",
    ]


@pytest.mark.parametrize(
    ("word", "identifier"), [("ultim", "oneweb-ultimatum"), ("ROVER-NASA", "rover-nasa"), ("ExoMars rover", "rover"), ("OneWeb", "oneweb")]
)  # fmt: skip
def test_a_part_or_a_name_is_enough(spacerel: Program, word: str, identifier: str) -> None:
    assert spacerel("show", word, "--fields", "id").lines[-1].split()[-1] == identifier


@pytest.mark.parametrize(
    ("word", "sentence"),
    [
        ("esa-", 'error: "esa-" fits 2 events: esa-suspends-rover, esa-ends-rover\n'),
        ("ros", 'error: "ros" fits 1'),
        ("er-", 'error: "er-" fits 4 records: rover-agreed, rover-signed, rover-with-nasa, rover-nasa\n'),
        ("e", "rover, oneweb-soyuz and 3 more\n"),
        ("rovr", 'error: unknown id "rovr". Did you mean "rover"? All of them: spacerel timeline --fields id,title\n'),
        ("", 'error: unknown id ""'),
    ],
)
def test_what_is_no_record_or_several(spacerel: Program, word: str, sentence: str) -> None:
    ran = spacerel("show", word)

    if word == "ros":
        assert (ran.code, ran.lines[0]) == (0, "State Corporation Roscosmos")
        return
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(sentence) or ran.err.endswith(sentence)


def test_the_record_of_an_event(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("show", "oneweb-ultimatum", "--json").out)["rows"]

    assert row["record"] == "event"
    assert (row["threatens"], row["condition"], row["due"]) == ("refuse", "The UK sells its share", "2022-03-04")
    assert row["led_to"] == ["oneweb-off-the-pad"]
    assert row["sources"][0]["url"] == "https://example.org/page"
    assert row["line"] == int(spacerel("show", "oneweb-ultimatum").lines[-1].split(":")[1].split()[0])


def test_the_record_of_a_partnership_has_what_every_partnership_row_has(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("show", "rover", "--json").out)["rows"]

    assert {
        "id": "rover",
        "name": "ExoMars rover",
        "parties": ["esa", "roscosmos"],
        "standing": "broken",
        "since": "2022-07-12",
        "closed_by": ["esa"],
        "because": ["esa-suspends-rover"],
        "replaced_by": ["rover-nasa"],
        "last_event": "esa-ends-rover",
    }.items() <= row.items()
    assert [spell["standing"] for spell in row["spells"]] == ["agreed", "suspended", "broken"]
    assert row["party_standings"] == {"esa": "broken", "roscosmos": "broken"}


def test_the_record_of_an_actor(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("show", "roscosmos", "--json").out)["rows"]

    assert (row["record"], row["predecessor"], row["events"]) == ("actor", "rka", 7)
    assert row["partnerships"] == {"broken": ["rover", "oneweb-soyuz"]}
    assert (row["first"], row["last"], row["last_event"]) == ("2005-06-01", "2022-07-12", "esa-ends-rover")


def test_a_plain_line(spacerel: Program) -> None:
    assert spacerel("show", "invasion", "-f", "plain").lines[0].split("\t")[:3] == ["event", "invasion", "2022-02-24"]


def test_in_colour_a_title_is_a_link_and_the_address_is_not_repeated(spacerel: Program) -> None:
    out = spacerel("show", "invasion", "--color", "always").out

    assert "\x1b]8;;https://example.org/page\x1b\\A page\x1b]8;;\x1b\\" in out
    assert out.count("https://example.org/page") == 1


def test_every_record_of_the_shipped_log_can_be_shown(spacerel: Program) -> None:
    shipped = {"SPACEREL_LOG": ""}
    for words in (["timeline"], ["actors", "--fields", "id"]):
        ids = spacerel(*words, "-f", "plain", env=shipped).ids
        ran = spacerel("show", *ids, "--width", "80", env=shipped)
        assert (ran.code, ran.err) == (0, "")
        assert all(f" · {identifier}" in ran.out for identifier in ids)
        assert max(map(cell_width, ran.lines)) <= 80
    ids = sorted({key for line in spacerel("timeline", "--fields", "partnership", env=shipped).lines if (key := line)})
    assert spacerel("show", *ids, env=shipped).code == 0


# The rows themselves.


def test_raw_gives_the_rows_as_the_log_has_them(spacerel: Program) -> None:
    ran = spacerel("show", "--raw", "esa-suspends-rover", "rover")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "- id: esa-suspends-rover\n"
        "  date: 2022-03-17\n"
        "  title: ESA suspends the rover\n"
        "  parties: [esa, roscosmos]\n"
        "  by: esa\n"
        "  partnership: rover\n"
        "  act: suspend\n"
        "  because: [invasion]\n"
        "  tags: [mars, science]\n"
        "  summary: >-\n"
        "    What happened, in one sentence.\n"
        "  note: >-\n"
        "    Other clocks say 18 March\n"
        "  sources:\n"
        "  - title: A page\n"
        "    publisher: Ars Technica\n"
        "    published: 2022-03-18\n"
        "    url: https://example.org/page\n"
        "    supports: date, decision\n"
        "  confidence: high\n"
        "\n"
        "- id: rover\n"
        "  name: ExoMars rover\n"
        "  parties: [esa, roscosmos]\n"
        "  kind: programme\n"
        "  programme: ExoMars\n"
        "  topic: exploration\n"
        "  description: A European rover on a Russian lander\n"
    )


def test_raw_of_the_whole_log_is_a_log_that_says_the_same(spacerel: Program, tmp_path: Path) -> None:
    known = log.read([str(spacerel.log)])
    text = "spacerel: 1\n"
    for kind, records in (("actors", known.actors), ("partnerships", known.partnerships), ("events", known.events)):
        ids = [one if isinstance(one, str) else one.id for one in records]
        text += f"{kind}:\n" + spacerel("show", "--raw", *ids).out
    copy = tmp_path / "copy.yaml"
    copy.write_text(text, encoding="utf-8")

    assert [one[:-2] for one in log.read([str(copy)]).events] == [one[:-2] for one in known.events]
    assert [one[:-2] for one in log.read([str(copy)]).actors.values()] == [one[:-2] for one in known.actors.values()]


def test_raw_rows_of_the_shipped_log_stand_in_it_line_for_line() -> None:
    text = shipped().read_text(encoding="utf-8")
    text = re.sub(r"^(  (?:by|replaces): )\[([^],]*)\]$", r"\1\2", text, flags=re.MULTILINE)
    text = re.sub(r"^(  (?:scope|because): )([^\[\n]+)$", r"\1[\2]", text, flags=re.MULTILINE)
    known = log.read([str(shipped())])

    records: list[Record] = [*known.actors.values(), *known.partnerships.values(), *known.events]
    for one in records:
        _, found, behind = text.partition("\n" + "\n".join(row(one)) + "\n")
        assert found
        assert re.match(r"- |\n|[a-z]|\Z", behind), "nothing of the row is left out"


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("-f", "json"), "format"),
        (("--json",), "json"),
        (("--fields", "id"), "fields"),
        (("-n", "1"), "limit"),
        (("--sort", "id"), "sort"),
        (("--reverse",), "reverse"),
        (("-o", "x.yaml", "-f", "text"), "format"),
        (("--as-of", "2022"), "as-of"),
    ],
    ids=lambda value: str(value),
)
def test_raw_takes_no_option_of_tables(spacerel: Program, words: tuple[str, ...], option: str) -> None:
    ran = spacerel("show", "--raw", "rover", *words)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"error: --raw is the log's own YAML, and takes no --{option}.\n"
