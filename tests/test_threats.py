"""spacerel threats: what was said, on what condition, and what became of it."""

import json

import pytest

from small_log import Program, spacerel

__all__ = ["spacerel"]


def test_the_screen_has_the_title_below(spacerel: Program) -> None:
    assert (
        spacerel("threats", "-f", "text", "--width", "100").out
        == """\
Threats · 1 threat · 1 announced
      Made                By → towards        Outcome                    After
2 Mar 2022  ▲ threatened  Roscosmos → OneWeb  ✕ carried out 4 Mar 2022  2 days
  Roscosmos sets conditions for the launch · unless: The UK sells its share · by 4 Mar 2022
     ~2026  ▲ announced   NASA → ESA          ▲ pending                      ·
  NASA plans to leave the rover

Of 1 threat: 1 carried out (100%)
Of 1 announcement: 1 pending (100%)
"""
    )


def test_a_wide_screen_has_the_title_beside(spacerel: Program) -> None:
    lines = spacerel("threats", "-f", "text", "--width", "180").lines

    assert lines[2] == (
        "2 Mar 2022  ▲ threatened  Roscosmos → OneWeb  Roscosmos sets conditions for the launch · unless: The UK sells "
        "its share · by 4 Mar 2022  ✕ carried out 4 Mar 2022  2 days"
    )


def test_nothing_wraps_into_records_on_80_columns(spacerel: Program) -> None:
    lines = spacerel("threats", "-f", "text", "--width", "80").lines

    assert lines[1].split() == ["Made", "By", "→", "towards", "Outcome", "After"]
    assert max(map(len, lines)) <= 80


def test_a_record(spacerel: Program) -> None:
    assert spacerel("threats", "--include", "none").lines == [
        "oneweb-ultimatum\t2022-03-02\tthreatened\trefuse\troscosmos\toneweb\tRoscosmos sets conditions for the launch"
        "\tThe UK sells its share\t2022-03-04\tcarried-out\t2022-03-04\toneweb-off-the-pad\t2"
    ]


def test_before_the_outcome_it_is_pending(spacerel: Program) -> None:
    (row,) = json.loads(spacerel("threats", "--as-of", "2022-03-03", "--json").out)["rows"]

    assert (row["outcome"], row["outcome_date"], row["after_days"]) == ("pending", None, None)


def test_what_is_pending_says_for_how_long_and_whether_it_is_overdue(spacerel: Program) -> None:
    asked = ("threats", "--pending", "-f", "text", "--width", "100", "--as-of")

    assert spacerel(*asked, "2022-03-03").lines[2].endswith("  ▲ pending  open 1 day")
    text = spacerel.log.read_text(encoding="utf-8").replace(
        "date: 2022-03-04, event: oneweb-off-the-pad", "date: 2022-03-09"
    )
    spacerel.log.write_text(text, encoding="utf-8")

    assert spacerel(*asked, "2022-03-05").lines[2].endswith("  ▲ pending overdue  open 3 days")


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("--pending",), ["nasa-plans"]),
        (("--pending", "--as-of", "2022-03-03"), ["oneweb-ultimatum"]),
        (("--include", "announced"), ["oneweb-ultimatum", "nasa-plans"]),
        (("--include", "announced,reported"), ["oneweb-ultimatum", "nasa-plans"]),
        (("--include", "reported"), ["oneweb-ultimatum"]),
        (("--outcome", "carried-out"), ["oneweb-ultimatum"]),
    ],
)
def test_which(spacerel: Program, words: tuple[str, ...], ids: list[str]) -> None:
    assert [line.split("\t")[0] for line in spacerel("threats", *words).lines] == ids


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--pending", "--outcome", "reversed"), "--pending and --outcome ask for two things. Choose one."),
        (
            ("--include", "anounced"),
            'unknown value of --include "anounced". Did you mean "announced"? All of them: announced, reported, none.',
        ),
    ],
)
def test_errors(spacerel: Program, words: tuple[str, ...], sentence: str) -> None:
    ran = spacerel("threats", *words)

    assert (ran.code, ran.err) == (2, f"error: {sentence}\n")
