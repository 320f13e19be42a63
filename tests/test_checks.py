"""Every rule of a log: the nearest log that keeps it, and one that breaks it, with code, words and place of what is told."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from spacerel import checks, log
from spacerel.problems import Problem

WHOLE = """\
spacerel: 1
actors:
- id: esa
  name: European Space Agency
  type: agency
- id: roscosmos
  name: Roscosmos
  type: agency
  country: RU
  predecessor: rka
- id: rka
  name: Russian Aviation and Space Agency
  type: agency
  country: RU
- id: russia
  name: Russia
  type: state
  country: RU
- id: nasa
  name: NASA
  type: agency
  country: US
partnerships:
- id: rover
  name: ExoMars rover
  parties: [esa, roscosmos]
  kind: programme
  topic: exploration
  description: A European rover on a Russian lander
- id: platform
  name: ExoMars platform
  parties: [esa, nasa]
  kind: agreement
  topic: exploration
  description: American parts for the rover
  opens: 2021
events:
- id: rover-agreed
  date: 2013-03-14
  title: ESA and Roscosmos agree on ExoMars
  parties: [esa, roscosmos]
  partnership: rover
  act: agree
  term_end: 2030
  tags: [mars]
  summary: They signed.
  sources:
  - title: Signed
    publisher: ESA
    url: https://www.esa.int/signed
  confidence: high
- id: invasion
  date: 2022-02-24
  title: Russia invades Ukraine
  parties: [russia]
  by: russia
  act: context
  summary: It did.
  sources:
  - title: War
    publisher: UN
    url: https://www.un.org/war
  confidence: high
- id: rover-threat
  date: 2022-03-01
  title: Roscosmos says that it may end the rover
  parties: [roscosmos, esa]
  by: roscosmos
  partnership: rover
  act: threaten
  modality: threatened
  threatens: end
  condition: Sanctions are lifted
  due: 2022-03-31
  outcome: {status: carried-out, date: 2022-07-12, event: rover-ended}
  summary: It said so.
  sources:
  - title: Threat
    publisher: Reuters
    url: https://reuters.com/threat
  confidence: medium
- id: rover-suspended
  date: 2022-03-17
  end: 2022-03-18
  title: ESA suspends the rover
  parties: [esa, roscosmos]
  by: esa
  partnership: rover
  act: suspend
  because: [invasion]
  known: 2022-03-19
  summary: It did.
  sources:
  - title: Suspended
    publisher: ESA
    url: https://www.esa.int/suspended
  - title: Suspended too
    publisher: Reuters
    url: https://reuters.com/suspended
  confidence: high
- id: rover-ended
  date: 2022-07-12
  title: ESA ends the rover
  parties: [esa, roscosmos]
  by: esa
  partnership: rover
  act: end
  scope: [esa, roscosmos]
  because: rover-suspended
  summary: It did.
  sources:
  - title: Ended
    publisher: ESA
    url: https://www.esa.int/ended
  confidence: high
- id: break-denied
  date: 2022-07-14
  title: Roscosmos denies that the rover is lost
  parties: [roscosmos, esa]
  by: roscosmos
  partnership: rover
  act: deny
  denies: rover-ended
  summary: It did.
  sources:
  - title: Denied
    publisher: TASS
    url: https://tass.ru/denied
  confidence: medium
- id: platform-agreed
  date: 2024-05-16
  title: NASA joins the rover
  parties: [nasa, esa]
  partnership: platform
  act: agree
  replaces: rover
  summary: It did.
  sources:
  - title: Joined
    publisher: NASA
    url: https://www.nasa.gov/joined
  confidence: high
"""


class Case:
    """A change of WHOLE that breaks a rule: `new` for `old`, with the value that is told of between « and »."""

    def __init__(self, code: str, old: str, new: str, message: str, hint: str = "") -> None:
        assert WHOLE.count(old) == 1, old
        self.code, self.message, self.hint = code, message, hint
        marked = WHOLE.replace(old, new)
        before, value, after = re.split("[«»]", marked) if "«" in marked else (marked, "", "")
        self.text, self.value = before + value + after, value
        self.line = before.count("\n") + 1
        self.column = len(before) - before.rfind("\n")


def cases() -> Iterator[Case]:
    yield Case(
        "E012",
        "  parties: [esa, roscosmos]\n  kind",
        "  parties: [esa, «roscomos»]\n  kind",
        'unknown actor "roscomos"',
        'did you mean "roscosmos"?',
    )
    yield Case(
        "E012",
        "  country: US\n",
        "  country: US\n  predecessor: «rkka»\n",
        'unknown actor "rkka"',
        'did you mean "rka"?',
    )
    yield Case(
        "E018", "  replaces: rover", "  replaces: «roover»", 'unknown partnership "roover"', 'did you mean "rover"?'
    )
    yield Case(
        "E018", "  partnership: rover\n  act: deny", "  partnership: «xyz»\n  act: deny", 'unknown partnership "xyz"'
    )
    yield Case(
        "E019", "because: [invasion]", "because: [«invassion»]", 'unknown event "invassion"', 'did you mean "invasion"?'
    )
    yield Case(
        "E019",
        "denies: rover-ended",
        "denies: «rover-endet»",
        'unknown event "rover-endet"',
        'did you mean "rover-ended"?',
    )
    yield Case("E019", "event: rover-ended}", "event: «nothing»}", 'unknown event "nothing"')
    yield Case(
        "E020",
        "because: [invasion]",
        "because: [invasion, «break-denied»]",
        '"break-denied" is of 14 Jul 2022, later than this event of 17 Mar 2022',
        "only an earlier event can be a reason",
    )
    yield Case(
        "E020",
        "denies: rover-ended",
        "denies: «platform-agreed»",
        '"platform-agreed" is of 16 May 2024, later than this event of 14 Jul 2022',
        "only an earlier event can be a reason",
    )
    yield Case(
        "E021", "because: rover-suspended", "because: «rover-ended»", "causes in a circle: rover-ended <- rover-ended"
    )
    yield Case(
        "E022",
        "  by: esa\n  partnership: rover\n  act: suspend",
        "  by: «rka»\n  partnership: rover\n  act: talk",
        '"rka" is not among the parties of this event',
        "add it to parties",
    )
    yield Case(
        "E023",
        "[esa, roscosmos]\n  by: esa\n  partnership: rover\n  act: suspend",
        "[esa, nasa]\n  by: «nasa»\n  partnership: rover\n  act: suspend",
        '"nasa" is no party of "rover", so it cannot suspend it',
        "its parties: esa, roscosmos",
    )
    yield Case(
        "E024",
        "scope: [esa, roscosmos]",
        "scope: [esa, roscosmos, «nasa»]",
        '"nasa" is no party of "rover"',
        "its parties: esa, roscosmos",
    )
    yield Case(
        "E024",
        "  act: context",
        "  act: strain\n  scope: «russia»",
        "a scope without a partnership",
        "say which partnership, or take scope out",
    )
    yield Case(
        "E025",
        "  act: context",
        "  partnership: «rover»\n  act: context",
        "a context event belongs to no partnership",
        "let others name it in because",
    )
    yield Case(
        "E026",
        "  replaces: rover",
        "  replaces: [rover, «platform»]",
        'the partnership "platform" replaces itself',
        "it stands on the successor's event",
    )
    yield Case(
        "E026",
        "  act: deny\n",
        "  act: deny\n  replaces: «rover»\n".replace("  act", "  act"),
        'the partnership "rover" replaces itself',
        "it stands on the successor's event",
    )
    yield Case(
        "E026",
        "  act: context",
        "  act: talk\n  replaces: «rover»",
        "replaces without a partnership",
        "say which partnership takes over",
    )
    yield Case(
        "E027",
        "  outcome: {status: carried-out, date: 2022-07-12, event: rover-ended}\n",
        "",
        "what is threatened needs an outcome",
        "add outcome: {status: pending}, or what became of it",
    )
    yield Case(
        "E027",
        "  act: deny\n",
        "  act: deny\n  outcome: «{»status: pending}\n",
        "a done event has no outcome",
        "leave outcome out, or give the modality",
    )
    yield Case(
        "E028",
        "date: 2022-07-12, event",
        "date: «2022-02», event",
        "the outcome of Feb 2022 is earlier than this event of 1 Mar 2022",
    )
    yield Case(
        "E028",
        "event: rover-ended}",
        "event: «invasion»}",
        '"invasion" is of 24 Feb 2022, earlier than this event of 1 Mar 2022',
        "an outcome comes after what it settles",
    )
    yield Case(
        "E028",
        "event: rover-ended}",
        "event: «rover-threat»}",
        "an event is not its own outcome",
        "name the later event",
    )
    yield Case(
        "E028",
        "due: 2022-03-31\n  outcome: {status: carried-out, date: 2022-07-12, event: rover-ended}",
        "outcome: {status: pending, date: «2022-07-12»}",
        "a pending outcome has no date yet",
        "take it out, or say what became of it",
    )
    yield Case(
        "E029",
        "act: threaten\n  modality: threatened",
        "act: threaten\n  modality: «announced»",
        "a threat is not announced",
        "write modality: threatened",
    )
    yield Case(
        "E029",
        "  act: threaten\n",
        "  act: «talk»\n",
        'with modality "threatened" the act is "threaten", not "talk"',
        "write act: threaten and threatens: talk",
    )
    yield Case(
        "E029",
        "  act: deny\n",
        "  act: deny\n  threatens: «end»\n",
        "threatens without a threat",
        "it belongs to act: threaten",
    )
    yield Case("E030", "  act: deny\n", "  act: talk\n", 'denies with the act "talk"', "it belongs to act: deny")
    yield Case(
        "E031", "end: 2022-03-18", "end: «2022-03-16»", "end 16 Mar 2022 is before the event's date, 17 Mar 2022"
    )
    yield Case("E031", "known: 2022-03-19", "known: «2021»", "known 2021 is before the event's date, 17 Mar 2022")
    yield Case(
        "E032",
        "  act: deny\n",
        "  act: deny\n  term_end: «2023»\n",
        'the act "deny" sets no term',
        "only agree, extend and start do",
    )
    yield Case(
        "E033",
        "title: ESA suspends the rover",
        f"title: «{'x' * 91}»",
        "the title has 91 characters, at most 90 fit",
        "say the rest in the summary",
    )
    yield Case(
        "E034",
        "url: https://www.esa.int/ended",
        "url: «ftp://www.esa.int/ended»",
        '"ftp://www.esa.int/ended" is not a web address',
        "it begins with https:// or http:// and has no spaces",
    )
    yield Case(
        "E034",
        "url: https://reuters.com/suspended",
        "url: «https://reuters.com/a b»",
        '"https://reuters.com/a b" is not a web address',
        "it begins with https:// or http:// and has no spaces",
    )
    yield Case(
        "E035",
        "- id: platform\n",
        "- id: «lonely»\n  name: A\n  parties: [esa, nasa]\n  kind: treaty\n  topic: crew\n  description: A\n- id: platform\n",
        'no event belongs to the partnership "lonely"',
        "add the event that began it, or take it out",
    )
    yield Case(
        "E036", "parties: [esa, nasa]\n  kind", "parties: «[»esa]\n  kind", "a partnership has two parties or more"
    )
    yield Case(
        "E037",
        "opens: 2021",
        "opens: «2024-06»",
        "it opens Jun 2024, after its first event of 16 May 2024",
        'the first event is "platform-agreed"',
    )
    yield Case(
        "E038",
        "  name: Russian Aviation and Space Agency\n",
        "  name: Russian Aviation and Space Agency\n  predecessor: «roscosmos»\n",
        'predecessors in a circle, from "roscosmos" to itself',
    )
    yield Case(
        "E039",
        "  act: deny\n  denies: rover-ended\n",
        "  act: «deliver»\n",
        'the act "deliver" cannot happen: on 14 Jul 2022 "rover" is broken',
        "it needs a resume, or an agree or start, before it",
    )
    yield Case(
        "E039",
        "  act: agree\n  replaces: rover",
        "  act: «resume»\n  replaces: rover",
        'the act "resume" cannot happen: on 16 May 2024 "platform" is active',
        "only what is suspended or broken can be resumed",
    )
    yield Case(
        "W102",
        "carried-out, date: 2022-07-12, event: rover-ended}",
        "«pending»}",
        "still pending, though 31 Mar 2022 is over: the log runs to 16 May 2024",
        "say what became of it",
    )
    yield Case(
        "W103",
        "publisher: TASS\n    url: https://tass.ru/denied\n  confidence: medium",
        "publisher: Moscow Times\n    url: https://tass.ru/denied\n  confidence: «high»",
        'only "Moscow Times" supports it, but confidence is "high"',
        "add an independent source, or write medium",
    )
    yield Case(
        "W104",
        "- id: nasa\n",
        "- id: «jaxa»\n  name: JAXA\n  type: agency\n- id: nasa\n",
        'no partnership or event names the actor "jaxa"',
    )
    yield Case("W105", "tags: [mars]", "tags: [«Mars»]", 'the tag "Mars" is not in lower case', 'write "mars"')
    yield Case(
        "W106",
        "url: https://reuters.com/suspended",
        "url: «https://www.esa.int/suspended»",
        'the page "https://www.esa.int/suspended" is a source twice',
    )
    yield Case(
        "W107",
        "title: Threat\n",
        "title: «Thr\u200beat»\n",
        "the invisible sign U+200B stands in this value",
        "take it out",
    )
    yield Case(
        "W107",
        "name: Russia\n",
        "name: «Rus\u202esia»\n",
        "the invisible sign U+202E stands in this value",
        "take it out",
    )


def problems_of(tmp_path: Path, text: str) -> list[Problem]:
    path = tmp_path / "log.yaml"
    path.write_text(text, encoding="utf-8")
    return log.problems([str(path)])[1]


@pytest.mark.parametrize("case", list(cases()), ids=lambda case: f"{case.code}-{case.message[:40]}")
def test_a_broken_rule_is_told_with_its_place(tmp_path: Path, case: Case) -> None:
    found = problems_of(tmp_path, case.text)

    assert [(case.code, case.message, case.hint)] == [
        (problem.code, problem.message, problem.hint) for problem in found
    ]
    problem = found[0]
    assert problem.severity == ("warning" if case.code.startswith("W") else "error")
    assert problem.place.text == case.text.split("\n")[problem.place.line - 1]
    if case.value:
        assert (case.line, case.column, len(case.value)) == (problem.place.line, problem.place.column, problem.length)


def test_the_log_that_keeps_every_rule_has_no_problem(tmp_path: Path) -> None:
    assert problems_of(tmp_path, WHOLE) == []


def test_every_rule_has_a_case() -> None:
    assert set(checks.RULES.values()) == {case.code for case in cases()}


def test_every_rule_explains_itself_with_a_wrong_and_a_right_example() -> None:
    for rule, code in checks.RULES.items():
        text = checks.explanation(code) or ""
        assert text == rule.__doc__
        title, blank, *rest = text.split("\n")
        assert (bool(title), title[-1:] == ".", blank) == (True, False, ""), code
        assert {"Wrong:", "Right:"} <= set(" ".join(rest).split()), code
    assert checks.explanation("E999") is None


def edited(*changes: tuple[str, str]) -> str:
    text = WHOLE
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(
    "changes",
    [
        # A vague cause may have come first.
        [("because: [invasion]", "because: [invasion]"), ("date: 2022-02-24", "date: '2022-03'")],
        # A title of 90 characters.
        [("title: ESA suspends the rover", f"title: {'x' * 90}")],
        # The state of a party suspends.
        [
            (
                "[esa, roscosmos]\n  by: esa\n  partnership: rover\n  act: suspend",
                "[russia, esa]\n  by: russia\n  partnership: rover\n  act: suspend",
            )
        ],
        # Reactions are free to anybody among the event's parties.
        [
            (
                "[esa, roscosmos]\n  by: esa\n  partnership: rover\n  act: suspend",
                "[esa, nasa]\n  by: nasa\n  partnership: rover\n  act: strain",
            )
        ],
        # A newcomer may act and be in a scope.
        [
            (
                "[esa, roscosmos]\n  by: esa\n  partnership: rover\n  act: suspend",
                "[nasa, esa]\n  by: nasa\n  partnership: rover\n  act: join",
            ),
            (
                "[esa, roscosmos]\n  by: esa\n  partnership: rover\n  act: end\n  scope: [esa, roscosmos]",
                "[esa, nasa]\n  by: nasa\n  partnership: rover\n  act: end\n  scope: [nasa]",
            ),
        ],
        # Two events in one vague year: possible in one order.
        [("date: 2022-07-14", "date: 2022"), ("  act: deny\n  denies: rover-ended\n", "  act: deliver\n")],
        # An outcome of the same day.
        [("date: 2022-07-12, event: rover-ended}", "date: 2022-03-01}")],
        # Without a deadline a pending outcome is only pending.
        [("carried-out, date: 2022-07-12, event: rover-ended}", "pending}"), ("  due: 2022-03-31\n", "")],
        # A single source that is a party's own.
        [
            (
                "publisher: TASS\n    url: https://tass.ru/denied\n  confidence: medium",
                "publisher: Roscosmos\n    url: https://tass.ru/denied\n  confidence: high",
            )
        ],
    ],
)
def test_what_is_near_to_a_mistake_is_right(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    assert problems_of(tmp_path, edited(*changes)) == []


def test_causes_in_a_long_circle_are_told_once_and_briefly(tmp_path: Path) -> None:
    event = "- {{id: e{0}, date: 2022, title: t, parties: [russia], act: context, because: e{1}, summary: s, confidence: low, sources: [{{title: t, publisher: p, url: 'http://x'}}]}}\n"
    text = WHOLE + "".join(event.format(number, (number + 1) % 3000) for number in range(3000))

    (problem,) = problems_of(tmp_path, text)

    assert problem.code == "E021"
    assert problem.message == "causes in a circle: e0 <- e1 <- e2 <- ... <- e2999 <- e0"


def test_a_wrong_value_does_not_draw_other_complaints_after_it(tmp_path: Path) -> None:
    """The act that cannot be read would have made the end possible; the impossible date hides no unknown name."""
    text = edited(
        ("  act: suspend\n", "  act: supsend\n"),
        ("date: 2022-07-12\n", "date: 2022-02-30\n"),
        ("  act: deny\n  denies: rover-ended\n", "  act: deliver\n"),
        ("because: rover-suspended", "because: rover-supsended"),
    )

    assert [problem.code for problem in problems_of(tmp_path, text)] == ["E014", "E007", "E019"]


def test_the_record_around_a_value_is_told(tmp_path: Path) -> None:
    (problem,) = problems_of(tmp_path, edited(("denies: rover-ended", "denies: gone")))

    assert problem.record is not None
    assert problem.record.text == "- id: break-denied"


def test_several_files_are_one_log(tmp_path: Path) -> None:
    names, events = tmp_path / "names.yaml", tmp_path / "events.yaml"
    head, tail = WHOLE.split("events:\n")
    names.write_text(head, encoding="utf-8")
    events.write_text(f"spacerel: 1\nevents:\n{tail}", encoding="utf-8")

    found, problems = log.problems([str(names), str(events)])

    assert problems == []
    assert found is not None
    assert (len(found.actors), len(found.partnerships), len(found.events)) == (5, 2, 7)
    assert (str(names), str(events)) == found.files
    alone = log.problems([str(events)])[1]
    assert {"E012", "E018"} == {problem.code for problem in alone}
    assert {str(events)} == {problem.place.file for problem in alone}


def test_what_never_began_cannot_be_completed(tmp_path: Path) -> None:
    text = edited(("  opens: 2021\n", ""), ("  act: agree\n  replaces: rover", "  act: complete\n  replaces: rover"))

    (problem,) = problems_of(tmp_path, text)

    assert problem.code == "E039"
    assert problem.message == 'the act "complete" cannot happen: on 16 May 2024 "platform" has not begun'
    assert problem.hint == "only what is open or expired can be completed"


def test_a_misspelt_party_is_told_of_once(tmp_path: Path) -> None:
    text = edited(("  parties: [esa, roscosmos]\n  kind", "  parties: [esa, roscomos]\n  kind"))

    assert [problem.code for problem in problems_of(tmp_path, text)] == ["E012"]
