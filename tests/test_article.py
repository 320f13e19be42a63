"""The sixteen claims of the article that the project began with, each asked as a reader would and answered by the log.

The article is of April 2022: who still works with Russia in space?
"""

import json
from typing import Any

from screens import run


def asked(command: str) -> list[dict[str, Any]]:
    """The rows that a command line answers with."""
    rows: list[dict[str, Any]] = json.loads(run(f"spacerel {command} --json -q | cat"))["rows"]
    return rows


def one(command: str) -> dict[str, Any]:
    (row,) = asked(command)
    return row


def ids(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"] for row in rows]


def test_a1_the_shuttle_ended_in_2011_and_only_soyuz_carried_crews_until_2020() -> None:
    tree = {row["id"]: row for row in asked("why shuttle-programme-ends")}

    assert tree["shuttle-programme-ends"]["date"] == "2011-07-21"
    assert tree["crew-dragon-demo-2-launch"]["date"] == "2020-05-30"
    assert tree["crew-dragon-demo-2-launch"]["depth"] == 1


def test_a2_russia_and_the_us_flew_together_and_still_do() -> None:
    partnerships = {row["id"]: row for row in asked("partnerships --agency roscosmos --with nasa --as-of 2026-09-01")}

    assert (partnerships["nasa-soyuz-seats"]["standing"], partnerships["nasa-soyuz-seats"]["since"]) == (
        "completed",
        "2022-03-30",
    )
    assert (
        partnerships["nasa-roscosmos-seat-swap"]["standing"],
        partnerships["nasa-roscosmos-seat-swap"]["first"][:4],
    ) == ("active", "2020")
    assert (partnerships["iss"]["standing"], partnerships["iss"]["since"]) == ("active", "1998-11-20")


def test_a3_spacex_gave_others_another_way() -> None:
    steps = {row["id"]: row["date"] for row in asked("timeline --agency spacex --with nasa --until 2020")}

    assert steps["dragon-berths-at-iss"] == "2012-05-25"
    assert steps["crew-1-launch"] == "2020-11-15"
    assert one("show nasa-soyuz-seats")["replaced_by"] == ["nasa-roscosmos-seat-swap"]


def test_a4_most_ties_broke_in_2022_and_the_station_did_not() -> None:
    changes = {row["id"]: row["change"] for row in asked("diff 2021 2022 --agency roscosmos --still")}
    broken = {key for key, change in changes.items() if change == "broken"}

    assert {
        "exomars-rover",
        "oneweb-soyuz-launches",
        "esa-luna-instruments",
        "soyuz-at-kourou",
        "rd-180-atlas",
    } <= broken
    assert changes["iss"] == "still"
    assert changes["european-robotic-arm"] == "still"


def test_a5_which_breaks_were_put_down_to_the_invasion_and_which_to_sanctions() -> None:
    because = {row["id"]: set(row["because"]) for row in asked("broken --agency roscosmos --period 2022")}

    assert "invasion-of-ukraine" in because["german-russian-research"]
    assert "eu-sanctions-on-russia-2022" in because["soyuz-at-kourou"]
    assert because["rd-180-atlas"] == {"us-export-controls-on-russian-space"}
    traced = set(ids(asked("why --root invasion-of-ukraine --period 2022")))
    assert {row["closed_by"] for row in asked("broken --agency roscosmos --period 2022")} <= traced


def test_a6_who_broke_with_whom_differs_by_partner() -> None:
    by = {row["id"]: row["by"] for row in asked("broken --agency roscosmos --period 2022")}

    assert by["exomars-rover"] == ["esa"]
    assert by["esa-luna-instruments"] == ["esa"]
    assert by["soyuz-at-kourou"] == ["roscosmos"]
    assert by["german-russian-research"] == ["dlr"]
    assert by["german-iss-experiments"] == ["roscosmos"]
    assert one("partners roscosmos --with nasa --as-of 2022-12-31")["active"] >= 2


def test_a7_the_weapons_test_of_november_2021_and_what_followed() -> None:
    tree = {row["id"]: (row["depth"], row["date"]) for row in asked("why russia-asat-test-cosmos-1408")}

    assert tree["russia-asat-test-cosmos-1408"] == (0, "2021-11-15")
    assert tree["iss-crew-shelters-from-asat-debris"] == (1, "2021-11-15")
    assert tree["iss-dodges-cosmos-1408-debris"] == (1, "2022-10-25")
    assert "Seven people" in one("show iss-crew-shelters-from-asat-debris")["title"]


def test_a8_the_station_was_not_left_to_fall() -> None:
    threat = next(row for row in asked("threats --agency roscosmos --period 2022-02 --include none"))

    assert (threat["id"], threat["outcome"], threat["outcome_event"]) == (
        "rogozin-iss-deorbit-threat",
        "not-carried-out",
        "russia-extends-iss-to-2028",
    )


def test_a9_no_american_was_left_behind() -> None:
    threat = next(
        row for row in asked("threats --agency roscosmos --period 2022-03") if row["id"] == "vande-hei-stranding-video"
    )

    assert (threat["outcome"], threat["outcome_date"], threat["outcome_event"], threat["after_days"]) == (
        "not-carried-out",
        "2022-03-30",
        "vande-hei-lands-in-soyuz",
        25,
    )


def test_a10_the_demand_to_lift_all_sanctions_was_not_carried_out_and_russia_stays_to_2028() -> None:
    threat = one("threats --agency roscosmos --period 2022-04 --include none")
    stays = one("show russia-extends-iss-to-2028")

    assert (threat["id"], threat["outcome"]) == ("rogozin-conditions-iss-on-sanctions", "not-carried-out")
    assert "lifting of sanctions" in threat["condition"]
    assert (stays["act"], stays["date"], stays["term_end"]) == ("extend", "2023-04-25", "2028-12-31")


def test_a11_the_engines_ended_in_march_2022() -> None:
    engines = {row["id"]: row for row in asked("broken --agency roscosmos --topic engines,launch --period 2022-03")}

    assert {key: engines[key]["since"] for key in ("rd-180-atlas", "antares-russian-engines")} == {
        "rd-180-atlas": "2022-03-03",
        "antares-russian-engines": "2022-03-03",
    }
    assert engines["antares-russian-engines"]["replaced_by"] == ["cygnus-on-falcon-9", "antares-330"]


def test_a12_csa_and_roscosmos_still_share_the_station() -> None:
    csa = one("partners roscosmos --with csa --as-of 2022-12-31")
    standing = dict(zip(csa["partnerships"], csa["standings"], strict=True))

    assert standing["iss"] == "active"
    assert asked("broken --agency csa --period 2022") == []


def test_a13_what_esa_ended_when_and_what_took_over() -> None:
    ended = {row["id"]: row for row in asked("broken --agency roscosmos --by esa --period 2022")}
    suspended = one("timeline --agency roscosmos --by esa --act suspend --period 2022-03 --partnership exomars-rover")

    assert suspended["date"] == "2022-03-17"
    assert (ended["esa-luna-instruments"]["since"], ended["esa-luna-instruments"]["replaced_by"]) == (
        "2022-04-13",
        ["prospect-on-clps"],
    )
    assert ended["exomars-rover"]["since"] == "2022-07-12"
    assert "rosalind-franklin-rover" in ended["exomars-rover"]["replaced_by"]


def test_a14_what_replaced_soyuz_for_oneweb_and_after_how_many_days() -> None:
    oneweb = one("broken --partnership oneweb-soyuz-launches")

    assert oneweb["since"] == "2022-03-04"
    assert dict(zip(oneweb["replaced_by"], oneweb["replaced_after_days"], strict=True)) == {
        "oneweb-falcon-9-launches": 17,
        "oneweb-lvm3-launches": 47,
    }


def test_a15_what_was_demanded_of_oneweb_and_by_when() -> None:
    threat = one("threats --agency oneweb --period 2022-03 --include none")

    assert (threat["date"], threat["due"], threat["outcome"], threat["after_days"]) == (
        "2022-03-02",
        "2022-03-04",
        "carried-out",
        2,
    )
    assert "no military purpose" in threat["condition"]
    assert "shareholders" in threat["condition"]


def test_a16_how_it_looked_then_and_how_it_looks_today() -> None:
    then = {row["id"]: row["standing"] for row in asked("partnerships --agency roscosmos --as-of 2022-04-15")}
    today = {row["id"]: row["standing"] for row in asked("partnerships --agency roscosmos")}

    assert (then["exomars-rover"], today["exomars-rover"]) == ("suspended", "broken")
    assert one("threats --agency roscosmos --as-of 2022-04-15 --period 2022-04")["outcome"] == "pending"
    assert one("broken --partnership oneweb-soyuz-launches --as-of 2022-04-15")["replaced_by"] == [
        "oneweb-falcon-9-launches"
    ]
    assert "pending then" in run("spacerel timeline --agency roscosmos --as-of 2022-04-15 --since 2022-04")
