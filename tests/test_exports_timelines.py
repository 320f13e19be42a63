"""Calendars and timelines: icalendar and khal read them here, the readers in Node and a browser by `just clients`."""

import csv as stdlib_csv
import io
import json as stdlib_json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import icalendar
import pytest

from small_exports import STEPS, event, shipped, written
from spacerel.dates import first_day, last_day
from spacerel.errors import DataError, UsageError
from spacerel.exports import ics, markwhen, mermaid, mermaid_gantt, timelinejs, timelinejs_csv, vis
from spacerel.model import Log

__all__ = ["shipped"]


class TestIcs:
    def test_every_event_of_the_log_is_read_as_a_whole_day(self, shipped: Log) -> None:
        calendar = icalendar.Calendar.from_ical(written(ics, shipped.events, shipped))
        entries = calendar.walk("VEVENT")

        assert [str(one["UID"]) for one in entries] == [f"{one.id}@spacerel" for one in shipped.events]
        assert {type(one.decoded("DTSTART")) for one in entries} == {date}
        assert [str(one["SUMMARY"]) for one in entries] == [one.title for one in shipped.events]

    def test_the_end_is_exclusive_and_a_month_is_covered_whole(self) -> None:
        text = written(ics)

        assert (
            "UID:suspended@spacerel\r\nDTSTAMP:20220318T000000Z\r\nDTSTART;VALUE=DATE:20220317\r\nDTEND;VALUE=DATE:20220318\r\n"
            in text
        )
        assert "DTSTART;VALUE=DATE:20220301\r\nDTEND;VALUE=DATE:20220401\r\n" in text
        assert "DTSTART;VALUE=DATE:20220428\r\nDTEND;VALUE=DATE:20220503\r\n" in text
        assert "RELATED-TO;RELTYPE=PARENT:war@spacerel\r\n" in text

    def test_no_line_is_longer_than_75_octets_and_no_character_is_split(self, shipped: Log) -> None:
        lines = written(ics, shipped.events, shipped).encode().split(b"\r\n")

        assert max(map(len, lines)) == 75
        assert not [line for line in lines if b"\n" in line or line.decode() != line.decode(errors="replace")]

    def test_signs_with_a_meaning_are_escaped(self) -> None:
        strange = event("strange", "2022-01-01", "strain", title="a\\b; c, d\ne", tags=("one,two", "three"))
        calendar = icalendar.Calendar.from_ical(written(ics, (strange,)))

        entry = calendar.events[0]
        assert str(entry["SUMMARY"]) == strange.title
        assert list(entry.categories) == ["strain", "one,two", "three"]

    def test_khal_imports_it_and_lists_the_right_days(self, shipped: Log, tmp_path: Path) -> None:
        events = [one for one in shipped.events if one.date.startswith("2022-03")]
        (tmp_path / "space.ics").write_text(written(ics, events, shipped), encoding="utf-8", newline="")
        (tmp_path / "config").write_text(KHAL.format(folder=tmp_path))

        def khal(*words: str) -> list[str]:
            ran = subprocess.run(
                [Path(sys.executable).with_name("khal"), "-c", tmp_path / "config", *words],
                capture_output=True,
                check=True,
                env={**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"},
            )
            return ran.stdout.decode().splitlines()

        khal("import", "--batch", "-a", "space", str(tmp_path / "space.ics"))
        shown = khal("list", "--day-format", "", "--format", "{start-date} {end-date} {uid}", "2022-03-17", "1d")

        assert sorted(line for line in shown if line) == sorted(
            f"{first_day(one.date)} {last_day(one.end or one.date)} {one.id}@spacerel"
            for one in events
            if first_day(one.date) <= "2022-03-17" <= last_day(one.end or one.date)
        )
        assert "2022-03-17 2022-03-17 esa-suspends-exomars-rover@spacerel" in shown
        assert len(list((tmp_path / "calendar").iterdir())) == len(events)

    @pytest.mark.parametrize("sign", ["\r", "\x00", "\x0b", "\x85", "\u2028"])
    def test_a_character_that_a_calendar_cannot_hold_is_refused(self, sign: str) -> None:
        with pytest.raises(
            DataError, match=r"^iCalendar has no way to write the control character U\+[0-9A-F]{4} in 'S"
        ):
            written(ics, (event("one", "2022-01-01", "strain", title=f"a{sign}b"),))


KHAL = """\
[calendars]
[[space]]
path = {folder}/calendar
type = calendar
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
[sqlite]
path = {folder}/khal.db
"""


class TestTimelinejs:
    def test_a_date_is_as_fine_as_the_log_has_it(self) -> None:
        whole = stdlib_json.loads(written(timelinejs, title="A & B"))
        slides = {one["unique_id"]: one for one in whole["events"]}

        assert whole["title"] == {"text": {"headline": "A &amp; B"}}
        assert slides["studied"]["start_date"] == {"year": 2014, "display_date": "about 2014"}
        assert slides["mooted"]["start_date"] == {"year": 2022, "month": 3}
        assert slides["moved"]["end_date"] == {"year": 2022, "month": 5, "day": 2}
        assert "end_date" not in slides["war"]
        assert slides["war"]["text"]["headline"] == "A war: it &lt;begins&gt; &amp; goes on"
        assert slides["ended"]["group"] == "ExoMars rover: a mission"

    def test_every_slide_has_what_the_reader_needs(self, shipped: Log) -> None:
        slides = stdlib_json.loads(written(timelinejs, shipped.events, shipped))["events"]

        assert len(slides) == len(shipped.events)
        assert len({one["unique_id"] for one in slides}) == len(slides)
        for slide in slides:
            ElementTree.fromstring(f"<div>{slide['text']['text']}</div>")  # noqa: S314 - tags are closed
            parts = slide["start_date"]
            date(parts["year"], parts.get("month", 1), parts.get("day", 1))

    def test_the_spreadsheet_says_the_same(self) -> None:
        rows = list(stdlib_csv.DictReader(io.StringIO(written(timelinejs_csv, title="All"), newline="")))
        by_title = {row["Headline"]: row for row in rows}

        assert (rows[0]["Type"], rows[0]["Headline"], rows[0]["Year"]) == ("title", "All", "")
        assert len(rows) == len(STEPS) + 1
        about = by_title["agree on 2014~"]
        assert (about["Year"], about["Month"], about["Display Date"]) == ("2014", "", "about 2014")
        moved = by_title["strain on 2022-04-28"]
        assert [moved[name] for name in ("Year", "Month", "Day", "End Year", "End Month", "End Day")] == [
            *("2022", "4", "28"),
            *("2022", "5", "2"),
        ]


class TestVis:
    def test_standings_are_ranges_and_their_end_is_the_day_after(self) -> None:
        items = {one["id"]: one for one in stdlib_json.loads(written(vis, today="2023-01-01"))["items"]}

        assert items["exomars-rover:2022-03-17"] == {
            "id": "exomars-rover:2022-03-17",
            "group": "exomars-rover",
            "content": "suspended",
            "start": "2022-03-17",
            "end": "2022-07-12",
            "type": "range",
            "className": "standing-suspended",
        }
        assert "exomars-rover:2022-07-12" not in items
        assert items["study:2014-12-31"]["end"] == "2023-01-02"
        assert items["study:2014-01-01"]["className"] == "standing-agreed standing-none"

    def test_steps_are_points_settings_are_background_and_months_are_ranges(self) -> None:
        items = {one["id"]: one for one in stdlib_json.loads(written(vis))["items"]}

        assert (items["suspended"]["type"], items["suspended"]["className"]) == ("point", "act-suspend")
        assert (items["war"]["type"], items["war"]["end"]) == ("background", "2022-02-25")
        assert (items["mooted"]["type"], items["mooted"]["end"]) == ("range", "2022-04-01")
        assert "Because: A war: it &lt;begins&gt; &amp; goes on" in items["suspended"]["title"]
        assert "group" not in items["war"]

    def test_every_item_of_the_log_has_its_own_id_and_a_known_group(self, shipped: Log) -> None:
        whole = stdlib_json.loads(written(vis, shipped.events, shipped))

        ids = [one["id"] for one in whole["items"]]
        assert len(ids) == len(set(ids))
        assert {one.id for one in shipped.events} <= set(ids)
        assert {one["group"] for one in whole["items"] if "group" in one} == {one["id"] for one in whole["groups"]}
        assert all(one["start"] < one["end"] for one in whole["items"] if "end" in one)


class TestMermaid:
    def test_a_colon_is_escaped_and_events_of_a_day_share_a_period(self) -> None:
        two = (
            event("one", "2022-01-02", "strain", title="a: b #35; c"),
            event("two", "2022-01-02", "strain", title="d"),
        )

        assert written(mermaid, two, title="x: y") == (
            "timeline TD\n    title x#58; y\n    section 2022\n        2 Jan : a#58; b #35;35; c : d\n"
        )

    def test_what_it_would_take_for_its_own_is_written_as_numbers(self) -> None:
        strange = event("one", "2022-01-02", "strain", title="%%{init: {}}%% <b>x</b> #1; # 2")

        assert "        2 Jan : #37;%{init#58; {}}#37;% #60;b>x#60;/b> #35;1; # 2\n" in written(mermaid, (strange,))

    def test_more_than_mermaid_draws_is_refused(self, shipped: Log) -> None:
        with pytest.raises(
            UsageError,
            match=r"^Mermaid draws at most 50,000 characters, and these events make \d\d,\d{3}\. "
            r"Choose fewer of them, with --agency or --period\.$",
        ):
            written(mermaid, shipped.events, shipped)

    def test_no_line_of_the_log_is_parted_by_anything_else(self, shipped: Log) -> None:
        some = shipped.events[-400:]
        lines = [line for line in written(mermaid, some, shipped).splitlines() if line.startswith("        ")]

        assert sum(len(line.split(" : ")) - 1 for line in lines) == len(some)
        assert not [line for line in lines if ":" in line.replace(" : ", "")]


class TestMermaidGantt:
    def test_standings_are_bars_and_steps_are_marks(self) -> None:
        lines = written(mermaid_gantt, today="2022-12-31").splitlines()

        assert lines == [
            "gantt",
            "    title Space partnerships",
            "    dateFormat YYYY-MM-DD",
            "    todayMarker off",
            "    section ExoMars rover#58; a mission",
            "        active :active, 2013-03-14, 2022-03-17",
            "        suspended :done, 2022-03-17, 2022-07-12",
            "        They agree#59; and start :milestone, agreed, 2013-03-14, 0d",
            "        suspend on 2022-03-17 :milestone, suspended, 2022-03-17, 0d",
            "        =1+1 :mooted, 2022-03-01, 2022-04-01",
            "        strain on 2022-04-28 :moved, 2022-04-28, 2022-05-03",
            "        end on 2022-07-12 :crit, milestone, ended, 2022-07-12, 0d",
            "    section Study of three",
            "        agreed/none :active, 2014-01-01, 2014-12-31",
            "        agreed :active, 2014-12-31, 2023-01-01",
            "        agree on 2014~ :studied, 2014-01-01, 2015-01-01",
            "    section Outside any",
            "        A war#58; it #60;begins> & goes on :milestone, war, 2022-02-24, 0d",
        ]

    @pytest.mark.parametrize(
        ("title", "task"),
        [("2022-01-01 x", "#50;022-01-01 x"), ("Section x", "#83;ection x"), ("A section", "A section")],
    )
    def test_a_title_that_begins_like_a_setting_is_a_title(self, title: str, task: str) -> None:
        lines = written(mermaid_gantt, (event("one", "2022-01-02", "strain", title=title),)).splitlines()

        assert lines[-1] == f"        {task} :milestone, one, 2022-01-02, 0d"

    def test_more_than_mermaid_draws_is_refused(self, shipped: Log) -> None:
        with pytest.raises(UsageError, match=r"^Mermaid draws at most 50,000 characters"):
            written(mermaid_gantt, shipped.events, shipped)


class TestMarkwhen:
    def test_a_sign_before_a_word_makes_no_tag(self) -> None:
        strange = event("one", "2022-01-02", "strain", title="C# and #1 of # all")

        assert "\n2022-01-02: C# and ＃1 of # all #strain\n" in written(markwhen, (strange,))

    def test_an_event_with_its_properties_and_quoted_text(self) -> None:
        text = written(markwhen)

        assert text.startswith("---\ntitle: 'Space partnerships'\ntimezone: UTC\n#agree: green\n")
        assert "\n## ExoMars rover: a mission #esa #roscosmos\n" in text
        assert (
            "\n2022-03-17: suspend on 2022-03-17 #suspend #mars #exomars_rover\n  id: suspended\n  actor: esa\n"
            "  confidence: high\n> What happened: suspend.\n> [ESA](https://example.org/a?b=1&c=2)\n" in text
        )
        assert "\n2022-04-28/2022-05-02: strain" in text
        assert "\n> Größe 'x' 2022: not an event\n" in text

    def test_every_other_line_is_one_that_the_reader_does_not_take_for_an_event(self, shipped: Log) -> None:
        body = written(markwhen, shipped.events, shipped).split("---\n", 2)[2].splitlines()

        dated = [line for line in body if line[:1].isdigit()]
        assert len(dated) == len(shipped.events)
        assert {line[:2] for line in body if line and line not in dated} == {"  ", "> ", "##"}
