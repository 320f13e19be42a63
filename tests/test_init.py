"""spacerel init: a log to begin with, never over another file."""

from small_log import Program, spacerel
from spacerel import log

__all__ = ["spacerel"]


def test_two_example_events_pass_a_strict_check(spacerel: Program) -> None:
    ran = spacerel("init", "mine.yaml")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "Wrote mine.yaml: 2 example events. Next: spacerel check mine.yaml\n"
    assert spacerel("check", "--strict", "mine.yaml").code == 0
    assert len(log.read(["mine.yaml"]).events) == 2


def test_the_default_is_events_yaml(spacerel: Program) -> None:
    assert spacerel("init").code == 0
    assert spacerel("timeline", "--log", "events.yaml").ids == ["invasion-of-ukraine", "esa-suspends-exomars-rover"]


def test_nothing_is_written_over(spacerel: Program) -> None:
    before = spacerel.log.read_bytes()
    ran = spacerel("init", str(spacerel.log))

    assert (ran.code, ran.err) == (2, f"error: {spacerel.log} exists. Name another file: spacerel init FILE\n")
    assert spacerel.log.read_bytes() == before


def test_a_folder_that_is_not_there(spacerel: Program) -> None:
    ran = spacerel("init", "nowhere/mine.yaml")

    assert (ran.code, ran.err) == (2, "error: cannot write nowhere/mine.yaml: No such file or directory.\n")
