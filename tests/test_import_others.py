"""spacerel import from other programs' formats: what they say becomes records, and what has no place is named and kept."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from small_log import TEXT, Program, spacerel
from spacerel import imports, log
from spacerel.commands import import_ as room
from spacerel.exports.timelinejs_csv import HEADER
from spacerel.imports._row import KEYS
from spacerel.problems import EXPLANATIONS

__all__ = ["spacerel"]


def entity(identifier: str, schema: str, **properties: str | list[str]) -> dict[str, Any]:
    values = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return {"id": identifier, "schema": schema, "properties": values}


def events_of(text: str) -> str:
    return text.partition("events:\n")[2]


ENTITIES = (
    entity("Q42262", "PublicBody", name="Agence spatiale européenne", wikidataId="Q42262"),
    entity("x1", "Company", name=["Sea Launch", "Морской старт"], country="ru", phone="+7 1", alias="SL"),
    entity("x2", "PublicBody", name="Soviet ministry", country="suhh", keywords="state"),
    entity("x3", "Organization", name="Energia", weakAlias="RKK"),
    entity("s", "Succession", predecessor="x2", successor="x1", description="by decree"),
    entity("p", "Project", name="Odyssey platform", keywords=["contract", "launch", "sea"]),
    entity("m1", "ProjectParticipant", project="p", participant="x1", status="active"),
    entity("m2", "ProjectParticipant", project="p", participant="x3"),
    entity("e1", "Event", name="They sign", date="2001-02", organizer="x1", involved=["x1", "x3"], keywords=["sea", "done"], sourceUrl="https://www.x.example/1", location="Oslo"),
    entity("e2", "Event", name="They stop", startDate="2002-02-03T10:00:00", endDate="2002-03", organizer="x3", involved="x1", summary="A halt.", notes="Others say May.", sourceUrl=["https://x.example/2", "https://y.example/3"], publisher="TASS", keywords="suspend"),
    entity("l1", "UnknownLink", subject="e1", object="p", role="agree", date="2001-02"),
    entity("l2", "UnknownLink", subject="e2", object="p", role="suspend"),
    entity("l3", "UnknownLink", subject="e2", object="e1", role="because"),
    entity("v", "Vessel", name="Odyssey"),
    entity("u", "UnknownLink", subject="e1", object="nobody", role="because"),
)  # fmt: skip
FROM_ENTITIES = """\
spacerel: 1

actors:
- id: esa
  name: Agence spatiale européenne
  type: agency
  ids: {wikidata: Q42262}
# phone: +7 1
# s description: by decree
- id: sea-launch
  name: Sea Launch
  type: company
  country: RU
  aliases: [Морской старт, SL]
  predecessor: soviet-ministry
- id: soviet-ministry
  name: Soviet ministry
  type: state
  country: SU
- id: energia
  name: Energia
  short: RKK
  type: organisation

partnerships:
# keywords: sea
# m1 status: active
- id: odyssey-platform
  name: Odyssey platform
  parties: [sea-launch, energia]
  kind: contract
  topic: launch
  description: Odyssey platform

events:
# location: Oslo
- id: they-sign
  date: '2001-02'
  title: They sign
  parties: [sea-launch, energia]
  by: [sea-launch]
  partnership: odyssey-platform
  act: agree
  tags: [sea]
  summary: >-
    They sign
  sources:
  - title: https://www.x.example/1
    publisher: x.example
    url: https://www.x.example/1
  confidence: low

# date in full: 2002-02-03T10:00:00
- id: they-stop
  date: 2002-02-03
  end: '2002-03'
  title: They stop
  parties: [energia, sea-launch]
  by: [energia]
  partnership: odyssey-platform
  act: suspend
  because: [they-sign]
  summary: >-
    A halt.
  note: >-
    Others say May.
  sources:
  - title: https://x.example/2
    publisher: TASS
    url: https://x.example/2
  - title: https://y.example/3
    publisher: TASS
    url: https://y.example/3
  confidence: low

# line 14 could not be read: a log has no place for a Vessel
# line: {"id": "v", "schema": "Vessel", "properties": {"name": ["Odyssey"]}}

# line 15 could not be read: a log has no place for an UnknownLink
# line: {"id": "u", "schema": "UnknownLink", "properties": {"subject": ["e1"], "object": ["nobody"], "role": ["because"]}}
"""


def test_entities_of_followthemoney(spacerel: Program) -> None:
    Path("x.ftm.json").write_text("".join(json.dumps(one) + "\n" for one in ENTITIES))
    ran = spacerel("import", "x.ftm.json", "-o", "mine.yaml")

    assert ran.code == 1
    assert ran.err == (
        "line 14: a log has no place for a Vessel\nline 15: a log has no place for an UnknownLink\n"
        "13 of 15 rows read, written to mine.yaml. Next: spacerel check mine.yaml.\n"
    )
    assert Path("mine.yaml").read_text() == FROM_ENTITIES
    assert spacerel("check", "mine.yaml").code == 0
    assert spacerel("fmt", "--check", "mine.yaml").code == 0


def test_entities_that_say_only_what_happened_are_settings_on_weak_grounds(spacerel: Program) -> None:
    one = entity("z", "Event", name="A war", date="2014", involved="r", sourceUrl="https://x.example/")
    Path("x.jsonl").write_text(f"{json.dumps(one)}\n{json.dumps(entity('r', 'PublicBody', name='Russia'))}\n")
    ran = spacerel("import", "x.jsonl")

    assert ran.code == 0
    assert "- id: russia\n  name: Russia\n  type: agency\n" in ran.out
    assert "  parties: [russia]\n  act: context\n" in ran.out
    assert ran.out.endswith("  confidence: low\n")


def test_an_option_says_what_a_property_or_all_rows_mean(spacerel: Program) -> None:
    one = entity("z", "Event", name="A talk", date="2014", summary="S", location="Oslo", sourceUrl="https://x.example/")
    Path("x.jsonl").write_text(json.dumps(one))
    ran = spacerel(
        "import", "x.jsonl", "--map", "location=tags", "--default", "parties=esa,nasa", "--default", "act=talk"
    )

    assert ran.code == 0
    assert "  parties: [esa, nasa]\n  act: talk\n  tags: [Oslo]\n" in ran.out


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (("{}", "[]"), "not a JSON object"),
        (('{"id": "x", "schema": "Event", "properties": []}',), "not an entity of FollowTheMoney"),
        ((json.dumps(entity("e", "Event", date="2001")),) * 2, 'the id "e" is taken by a later line'),
        ((json.dumps(entity("e", "Event", date="2001-02-30", name="N", involved="a", sourceUrl="u")),), "2001-02-30 is not a day"),
        ((json.dumps(entity("p", "Project", name="P")),), "a partnership needs parties, kind and topic"),
        (('{"id": "e", "title": "\\ud800"}',), "half a character, U+D800"),
        (('{"id": "e", "title": ["x"], "date": "2001"}',), "an event needs parties, act, summary, sources and confidence"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_line_is_said(spacerel: Program, lines: tuple[str, ...], message: str) -> None:
    Path("x.jsonl").write_text("\n".join(lines))
    ran = spacerel("import", "x.jsonl")

    assert ran.code == 1
    assert message in ran.err
    assert f"could not be read: {message}" in ran.out


def slides(*rows: dict[str, str]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, HEADER)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


SLIDES = (
    {"Headline": "Space ties", "Text": "A story", "Type": "title"},
    {"Year": "2022", "Month": "3", "Day": "17", "Headline": "ESA &amp; Mars: <b>a halt</b>", "Group": "ESA", "Text": "<p>The <a href='https://www.esa.int/x'>Council</a> decides.</p><p>Later more.</p><p>VRT: <a href='https://vrt.be/y'>Uitgesteld</a></p>", "Media": "https://img.example/p.jpg", "Media Credit": "ESA/AOES", "Background": "#123456"},
    {"Year": "2001", "End Year": "2002", "End Month": "5", "Display Date": "about 2001", "Headline": "Years", "Group": "ExoMars rover", "Text": "They work.", "Media": "<iframe src='x'></iframe>", "Media Caption": "A film"},
    {"Year": "1999", "Month": "13", "Headline": "Never", "Group": "NASA", "Media": "https://a.example"},
    {"Year": "1990", "End Year": "1999", "Headline": "The nineties", "Type": "era"},
)  # fmt: skip
FROM_SLIDES = """\
# Text: A story
# Type: title
# column: x

# Background: #123456
- id: esa-mars-a-halt
  date: 2022-03-17
  title: 'ESA & Mars: a halt'
  parties: [esa]
  act: context
  summary: >-
    The Council decides.

    Later more.
  sources:
  - title: Council
    publisher: esa.int
    url: https://www.esa.int/x
  - title: Uitgesteld
    publisher: VRT
    url: https://vrt.be/y
  - title: https://img.example/p.jpg
    publisher: ESA/AOES
    url: https://img.example/p.jpg
  confidence: low
"""


def test_the_spreadsheet_of_timelinejs(spacerel: Program) -> None:
    Path("x.csv").write_text(slides(*SLIDES))
    ran = spacerel("import", "x.csv")

    assert ran.code == 1
    assert ran.err == (
        "line 2: a title is no event\nline 4: an event needs sources\nline 5: 1999-13 is not a month: there are 12\n"
        "line 6: an era is no event\n1 of 5 rows read.\n"
    )
    found = events_of(ran.out)
    assert FROM_SLIDES.partition("\n\n")[2] in found
    for kept in ("Headline: Space ties", "Text: A story", "date: 2001~", "end: 2002-05", "Media: <iframe src='x'></iframe>", "Media Caption: A film", "Group: ExoMars rover", "Year: 1990"):  # fmt: skip
        assert f"# {kept}\n" in found, kept


def test_a_slide_whose_group_is_a_partnership_belongs_to_it_where_an_act_is_given(spacerel: Program) -> None:
    Path("x.csv").write_text(slides({**SLIDES[2], "Media": "https://x.example/"}))
    setting, step = spacerel("import", "x.csv"), spacerel("import", "x.csv", "--default", "act=deliver")

    assert "# Group: ExoMars rover\n" in setting.out
    assert "  parties: [esa, roscosmos]\n  act: context\n" in setting.out
    assert "  parties: [esa, roscosmos]\n  partnership: rover\n  act: deliver\n" in step.out
    assert "Group" not in step.out


def test_a_mapped_column_of_slides_and_the_one_it_replaces_are_both_kept(spacerel: Program) -> None:
    Path("x.csv").write_text(slides({**SLIDES[1], "Alt Text": "Mine"}))
    ran = spacerel("import", "x.csv", "--map", "Alt Text=title")

    assert "  title: Mine\n" in ran.out
    assert "# title: ESA & Mars: a halt\n" in ran.out


def test_our_own_slides_come_back_with_their_sources(spacerel: Program) -> None:
    assert spacerel("export", "timelinejs-csv", "--agency", "esa", "-o", "x.csv").code == 0
    ran = spacerel("import", "x.csv", "-o", "mine.yaml")
    mine = {event.title: event for event in log.read(["mine.yaml"]).events}
    first = {event.title: event for event in log.read([str(spacerel.log)]).events}

    # Those of no partnership do not say who took part.
    assert [line.partition(": ")[2] for line in ran.err.splitlines()[:-1]] == ["an event needs parties"] * 2
    assert len(mine) == 5
    for title, event in mine.items():
        assert (event.date, event.end) == (first[title].date, first[title].end)
        assert [one[:2] for one in event.sources] == [one[:2] for one in first[title].sources]


def test_semicolons_between_cells_blank_rows_and_a_mark_at_the_head(spacerel: Program) -> None:
    Path("x.csv").write_bytes("\ufeffdate;title;parties\r\n;;\r\n2001;Talks;esa\r\n".encode())
    words = ("--default", "act=talk", "--default", "confidence=low", "--default", "summary=S")
    ran = spacerel("import", "x.csv", *words, "--default", "source_urls=https://www.x.example/")

    assert ran.code == 0, ran.err
    assert "- id: talks\n  date: '2001'\n  title: Talks\n  parties: [esa]\n  act: talk\n" in ran.out
    assert "    publisher: x.example\n" in ran.out


def test_a_publisher_for_all_rows(spacerel: Program) -> None:
    Path("x.csv").write_text("title,source_urls\nA,https://x.example/\n")
    ran = spacerel("import", "x.csv", "--default", "source_publishers=Le Monde")

    assert "'publisher': 'Le Monde'" in ran.out


def test_titles_that_are_alike_have_ids_of_their_own(spacerel: Program) -> None:
    Path("x.csv").write_text("date,title,id\n2001,Talks,\n2002,Talks,talks\n2003,Переговоры,\n")
    ran = spacerel("import", "x.csv")

    assert [line for line in ran.out.splitlines() if line.startswith("# id")] == [
        "# id: talks-2",
        "# id: talks",
        "# id: event-2003",
    ]


def test_columns_of_one_name_columns_of_ours_and_cells_beyond_the_last_column_are_kept(spacerel: Program) -> None:
    Path("x.csv").write_text(
        "title,title,line,,source_urls,source_publishers\nA,B,C,D,https://x.example/;https://y.example/;https://z.example/,one;two,E\n"
    )
    ran = spacerel("import", "x.csv")

    for kept in (
        "title: A",
        "title 2: B",
        "line: C",
        "column 4: D",
        "source_urls: https://x.example/;https://y.example/;https://z.example/",
        "source_publishers: one;two",
        "column 7: E",
    ):
        assert f"# {kept}\n" in ran.out, kept


def test_a_cell_of_any_length(spacerel: Program) -> None:
    Path("x.csv").write_text(f"title,summary\nA,{'x' * 200_000}\n")

    assert "# summary: " + "x" * 200_000 in spacerel("import", "x.csv").out


def test_the_json_export_and_standard_input(spacerel: Program) -> None:
    told = spacerel("export", "json").out
    ran = spacerel("import", "-", stdin=told)

    assert (ran.code, ran.err) == (0, "10 of 10 rows read.\n")
    assert ran.out.count("    publisher: Ars Technica\n") == 10


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("nowhere.csv",), 3, 'there is no file "nowhere.csv".'),
        (("latin.csv",), 3, "latin.csv is not UTF-8 text. Save it as UTF-8, for spreadsheets: CSV UTF-8"),
        (("x.csv", "--default", "act"), 2, '--default takes KEY=VALUE, not "act".'),
        (("x.csv", "--default", "akt=talk"), 2, 'unknown key "akt". Did you mean "act"?'),
        (("x.csv", "--map", "A=title", "--map", "B=title"), 2, '--map gives two columns for title: "A" and "B".'),
        (("x.csv", "--map", "A=title"), 2, 'two columns of x.csv are title: "A" and "title". Take one out'),
        (("x.csv", "-o", "none/x.yaml"), 2, "cannot write none/x.yaml: No such file or directory."),
        (("empty.csv",), 3, "no column of empty.csv is a key of an event. Say which is which: --map COLUMN=KEY"),
    ],
)
def test_what_cannot_be(spacerel: Program, words: tuple[str, ...], code: int, message: str) -> None:
    Path("x.csv").write_text("A,B,title\n1,2,3\n")
    Path("latin.csv").write_bytes("title\nSürprise\n".encode("latin-1"))
    Path("empty.csv").touch()
    ran = spacerel("import", *words)

    assert ran.code == code
    assert ran.err.startswith(f"error: {message}")


KNOWN, _ = log.problems(["small"], {"small": TEXT.encode()})
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
keys = st.sampled_from(KEYS) | st.text(max_size=4)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.dictionaries(keys, values, max_size=6), max_size=4))
@example([{"date": "\x85"}, {}, {}])
@example([{"date": "it's"}, {}])
def test_whatever_stands_in_the_lines_is_read_or_named(found: list[dict[str, Any]]) -> None:
    assert KNOWN is not None
    content = "".join(json.dumps(one) + "\n" for one in found).encode()
    rows = imports.rows("x.jsonl", content, {}, {"act": "context", "confidence": "low"}, KNOWN)
    text, wrong = room._log(rows, KNOWN)
    read, problems = log.problems(["x"], {"x": text.encode()})

    assert len(rows) == len(found)
    assert read is not None
    assert len(read.events) + len(wrong) == len(rows)
    assert [one.message for one in problems if one.severity == "error" and one.code in EXPLANATIONS] == []


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), min_size=3, max_size=3))
def test_every_cell_stands_in_the_new_log(cells: list[str]) -> None:
    assert KNOWN is not None
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["title", "colour", "note"], cells])
    text, _ = room._log(imports.rows("x.csv", out.getvalue().encode(), {}, {}, KNOWN), KNOWN)

    for name, cell in zip(("title", "colour", "note"), cells, strict=True):
        assert not cell or room._comment(f"{name}: {cell}") in text
