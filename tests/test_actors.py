"""spacerel actors: who is in a small log, with counts."""

import json

from small_log import Program, spacerel

__all__ = ["spacerel"]


def test_all_actors_by_name(spacerel: Program) -> None:
    ran = spacerel("actors")

    assert ran.lines == [
        "esa\tESA\tagency\t\t2\t7\t2005-06-01\t2026",
        "nasa\tNASA\tagency\tUS\t1\t2\t2024-05-16\t2026",
        "oneweb\tOneWeb\tcompany\tGB\t1\t2\t2022-03-02\t2022-03-04",
        "rka\tRosaviakosmos\tagency\tRU\t0\t1\t2005-06-01\t2005-06-01",
        "roscosmos\tRoscosmos\tagency\tRU\t2\t6\t2013-03-14\t2022-07-12",
        "russia\tRussia\tstate\tRU\t0\t1\t2022-02-24\t2022-02-24",
    ]


def test_the_screen(spacerel: Program) -> None:
    assert (
        spacerel("actors", "--country", "RU", "-f", "text").out
        == """\
Actors · country RU · 3 actors
Id         Actor          Type         Partnerships  Steps  Years
rka        Rosaviakosmos  agency · RU             ·      1  2005
roscosmos  Roscosmos      agency · RU             2      6  2013 – 2022
russia     Russia         state · RU              ·      1  2022
"""
    )


def test_an_agency_comes_with_its_predecessors_and_without_its_partners(spacerel: Program) -> None:
    assert [line.split("\t")[0] for line in spacerel("actors", "-a", "roscosmos").lines] == ["rka", "roscosmos"]


def test_other_filters_choose_the_steps_that_are_counted(spacerel: Program) -> None:
    found = json.loads(spacerel("actors", "--period", "2022-03", "--json").out)

    assert {row["id"]: row["events"] for row in found["rows"]} == {"esa": 1, "oneweb": 2, "roscosmos": 3}
    assert found["query"] == {"period": "2022-03-01..2022-03-31"}


def test_actors_without_a_step_are_listed_until_something_is_asked(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    spacerel.log.write_text(
        text.replace("partnerships:", "- {id: isro, name: ISRO, type: agency}\npartnerships:"), encoding="utf-8"
    )

    assert "isro\tISRO\tagency\t\t0\t0\t\t" in spacerel("actors").lines
    assert not any("isro" in line for line in spacerel("actors", "--since", "1950").lines)


def test_nobody(spacerel: Program) -> None:
    ran = spacerel("actors", "--period", "1999")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No actors match period 1999. The log runs 1 Jun 2005 – 31 Dec 2026.\n"


def test_an_unknown_country(spacerel: Program) -> None:
    ran = spacerel("actors", "--country", "RUX")

    assert (ran.code, ran.err) == (2, 'error: unknown country "RUX". Did you mean "RU"? All of them: spacerel actors\n')
