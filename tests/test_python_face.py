"""import spacerel: a log, a selection and the standings, as plain records."""

import inspect
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

import spacerel
from small_log import Program
from small_log import spacerel as program

__all__ = ["program"]


@pytest.fixture
def log(program: Program) -> spacerel.Log:
    return spacerel.load(program.log)


def test_everything_that_is_offered_is_there() -> None:
    for name in spacerel.__all__:
        assert getattr(spacerel, name) is not None
    assert set(spacerel.__all__) <= set(dir(spacerel))
    with pytest.raises(AttributeError, match="module 'spacerel' has no attribute 'lode'"):
        spacerel.lode  # noqa: B018


def test_importing_it_is_free() -> None:
    script = "import sys; before = set(sys.modules); import spacerel; print(sorted(set(sys.modules) - before))"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert ran.stdout == "['spacerel']\n"


def test_the_shipped_log_where_no_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPACEREL_LOG", raising=False)

    assert len(spacerel.load().events) > 500


def test_a_log_with_an_error(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text("spacerel: 1\nevents:\n- id: x\n")

    with pytest.raises(spacerel.DataError, match=r"x.yaml:3: an event needs date, title"):
        spacerel.load(tmp_path / "x.yaml")


def test_a_selection_takes_the_filters_of_the_command_line(log: spacerel.Log, program: Program) -> None:
    found = spacerel.select(log, agency="esa", period="2022")
    ran = program("timeline", "--agency", "esa", "--period", "2022")

    assert found
    assert [event.id for event in found] == ran.ids
    assert spacerel.select(log, act=["end", "suspend"]) == [
        event for event in log.events if event.act in ("end", "suspend")
    ]


def test_an_unknown_filter_and_an_unknown_agency(log: spacerel.Log) -> None:
    with pytest.raises(spacerel.UsageError, match='unknown filter "agencies"'):
        spacerel.select(log, agencies="esa")
    with pytest.raises(spacerel.UsageError, match='unknown agency "roscomos"'):
        spacerel.select(log, agency="roscomos")


def test_standings_on_a_day(log: spacerel.Log) -> None:
    def on(day: str | date) -> dict[str, str]:
        return {row.partnership: row.standing for row in spacerel.standings(log, day)}

    assert on("2022-03-16")["rover"] == "agreed"
    assert on(date(2022, 3, 17))["rover"] == "suspended"
    assert on("2022-12-31")["rover"] == "broken"
    assert on("1900-01-01") == {}


def test_a_standing_says_since_when_and_by_whom(log: spacerel.Log) -> None:
    row = next(row for row in spacerel.standings(log, "2022-12-31") if row.standing == "broken")
    event = log.event(row.event or "")

    assert row.since == event.date
    assert row.by == event.by


def test_rows_become_a_data_frame(log: spacerel.Log) -> None:
    events = pd.DataFrame(log.events)
    standings = pd.DataFrame(spacerel.standings(log, "2022-12-31"))

    assert list(events.columns) == list(spacerel.Event._fields)
    assert list(events["id"]) == [event.id for event in log.events]
    assert list(standings.columns) == list(spacerel.Standing._fields)
    assert len(pd.DataFrame(log.partnerships.values())) == len(log.partnerships)


def test_everything_that_is_offered_is_documented_and_typed() -> None:
    for name in spacerel.__all__:
        offered = getattr(spacerel, name)
        if name != "__version__":
            assert inspect.getdoc(offered), name
    for function in (spacerel.load, spacerel.select, spacerel.standings):
        signature = inspect.signature(function)
        assert signature.return_annotation is not inspect.Signature.empty
        assert all(one.annotation is not inspect.Parameter.empty for one in signature.parameters.values())


def test_a_data_frame_answers_as_the_log_does(log: spacerel.Log) -> None:
    steps = pd.DataFrame(spacerel.select(log, agency="roscosmos", period="2022"))
    standings = pd.DataFrame(spacerel.standings(log, "2022-12-31")).set_index("partnership")
    actors = pd.DataFrame(log.actors.values()).set_index("id")

    assert list(steps[steps.act == "end"].id) == ["oneweb-off-the-pad", "esa-ends-rover"]
    assert steps.explode("parties").parties.value_counts()["oneweb"] == 2
    assert standings.loc["rover", "standing"] == "broken"
    assert standings.loc["rover", "since"] == "2022-07-12"
    assert actors.loc["rka", "short"] == "Rosaviakosmos"
