"""What all exports share: their list, their help, and how a file is put in its place."""

from inspect import cleandoc
from pathlib import Path
from typing import Any

import pytest

from small_exports import LOG, STEPS, event, written
from small_log import Program, spacerel
from spacerel.errors import DataError, UsageError
from spacerel.exports import csv, named, names, to_file, to_stdout, wanted

__all__ = ["spacerel"]


class TestWriting:
    def test_formats_are_the_files_of_the_folder(self) -> None:
        assert names() == [
            *("bibtex", "csl", "csv", "datapackage", "dot", "ftm", "gexf", "graphml", "html", "ics", "json", "jsonl"),
            *(
                "markwhen",
                "md",
                "mermaid",
                "mermaid-gantt",
                "parquet",
                "sqlite",
                "svg",
                "timelinejs",
                "timelinejs-csv",
                "vis",
            ),
        ]

    @pytest.mark.parametrize("name", names())
    def test_every_format_says_what_it_cannot_carry(self, spacerel: Program, name: str) -> None:
        ran = spacerel("export", name, "--about")

        assert ran.out == f"{cleandoc(named(name).__doc__ or '')}\n"
        assert " cannot carry: " in " ".join(ran.out.split())

    def test_the_help_says_in_short_what_each_format_cannot_carry(self, spacerel: Program) -> None:
        text = " ".join(spacerel("export", "--help").out.split())

        for name in names():
            assert f" {name}: " in text
        assert (
            "graphml: The network of actors and partnerships (GraphML), for Gephi, yEd, Cytoscape, igraph and networkx. "
            "Not: the events themselves, and how a standing changed (GEXF can)." in text
        )

    @pytest.mark.parametrize("name", sorted({*names()} - {"datapackage", "parquet", "sqlite"}))
    def test_every_format_takes_every_filter_and_writes_the_same_bytes_again(
        self, spacerel: Program, name: str
    ) -> None:
        words = ("--today", "2026-09-01", "export", name, "--agency", "esa", "--since", "2022")
        ran = spacerel(*words)

        assert (ran.code, ran.err) == (0, "")
        assert ran.out == spacerel(*words).out
        assert len(ran.out) > 100
        assert "OneWeb" not in ran.out

    def test_no_event_is_a_file_all_the_same(self, spacerel: Program) -> None:
        for name in sorted({*names()} - {"datapackage", "parquet", "sqlite", "bibtex", "ftm", "jsonl"}):
            assert spacerel("export", name, "--period", "1950").out != "", name

    def test_json_tells_the_day_of_as_of_only_where_it_was_asked_for(self, spacerel: Program) -> None:
        assert '"as_of": null' in spacerel("export", "json").out
        assert '"as_of": "2022-12-31"' in spacerel("export", "json", "--as-of", "2022").out

    def test_an_unknown_format(self) -> None:
        with pytest.raises(UsageError) as caught:
            named("timelinejs-cvs")

        assert str(caught.value) == (
            'unknown export format "timelinejs-cvs". Did you mean "timelinejs-csv"? All of them: spacerel export --help'
        )

    def test_a_format_gets_what_it_asks_for(self) -> None:
        known = {"as_of": "2022-01-01", "today": "2022-01-02", "query": {}}

        assert wanted("csv", known, {"guard": False}) == {"guard": False}
        assert wanted("graphml", known, {}) == {"as_of": "2022-01-01"}
        assert wanted("vis", known, {}) == {"today": "2022-01-02"}

    @pytest.mark.parametrize(
        ("chosen", "option"),
        [({"bom": True}, "--bom"), ({"guard": False}, "--no-guard"), ({"delimiter": ";"}, "--delimiter")],
    )
    def test_an_option_that_a_format_does_not_have_is_refused(self, chosen: dict[str, Any], option: str) -> None:
        with pytest.raises(UsageError, match=f"^export ics has no {option}.$"):
            wanted("ics", {}, chosen)

    def test_a_file_is_written_whole_and_the_sentence_says_so(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"

        said = to_file("csv", LOG, STEPS, path, False, {"guard": True})

        assert said == f"Wrote 7 events to {path} (25 columns, formula guard on)."
        assert path.read_bytes().decode() == written(csv)
        assert (
            to_file("ics", LOG, STEPS[:1], tmp_path / "one.ics", False, {}) == f"Wrote 1 event to {tmp_path}/one.ics."
        )

    def test_a_file_is_not_written_over_without_force(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("mine")

        with pytest.raises(UsageError, match=r"out\.csv exists\. Write over it with --force$"):
            to_file("csv", LOG, STEPS, path, False, {})
        assert path.read_text() == "mine"

        to_file("csv", LOG, STEPS, path, True, {})
        assert path.read_text().startswith("id,")
        assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]

    def test_an_export_that_fails_leaves_the_old_file_and_no_other(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        path.write_text("mine")

        with pytest.raises(DataError):
            to_file("csv", LOG, (event("wrong", "2022", "strain", tags=("a;b",)),), path, True, {})

        assert path.read_text() == "mine"
        assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]

    def test_a_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"^cannot write .*/none/out\.csv: No such file or directory\.$"):
            to_file("csv", LOG, STEPS, tmp_path / "none" / "out.csv", False, {})

    def test_standard_output_gets_the_same_bytes(self, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        to_stdout("csv", LOG, STEPS, {})

        assert capfdbinary.readouterr().out.decode() == written(csv)
