"""spacerel tags: the words that steps are filed under, with counts."""

import json

from small_log import Program, spacerel

__all__ = ["spacerel"]


def test_tags_by_number_of_steps(spacerel: Program) -> None:
    assert spacerel("tags").lines == ["mars\t2\t1\t2013-03-14\t2022-03-17", "science\t1\t1\t2022-03-17\t2022-03-17"]


def test_the_screen_says_how_many_steps_have_none(spacerel: Program) -> None:
    assert spacerel("tags", "-f", "text").lines == [
        "Tags · 2 tags",
        "Tag      Steps  Partnerships  Years",
        "mars         2             1  2013 – 2022",
        "science      1             1  2022",
        "",
        "8 of 10 steps have no tag.",
    ]


def test_filters_choose_steps_and_tag_chooses_tags(spacerel: Program) -> None:
    assert spacerel("tags", "--period", "2022").lines == [
        "mars\t1\t1\t2022-03-17\t2022-03-17",
        "science\t1\t1\t2022-03-17\t2022-03-17",
    ]
    assert spacerel("tags", "--tag", "science").lines == ["science\t1\t1\t2022-03-17\t2022-03-17"]


def test_the_fields_of_data(spacerel: Program) -> None:
    row = json.loads(spacerel("tags", "--json").out)["rows"][0]

    assert row == {"tag": "mars", "events": 2, "partnerships": 1, "first": "2013-03-14", "last": "2022-03-17"}


def test_no_tags(spacerel: Program) -> None:
    ran = spacerel("tags", "-a", "oneweb")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No tags match agency oneweb. The log runs 1 Jun 2005 – 31 Dec 2026.\n"


def test_an_unknown_tag(spacerel: Program) -> None:
    ran = spacerel("tags", "--tag", "marz")

    assert (ran.code, ran.err) == (2, 'error: unknown tag "marz". Did you mean "mars"? All of them: mars, science.\n')
