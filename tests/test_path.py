"""spacerel path: how two actors of a small log are linked."""

import json

from small_log import Program, spacerel

__all__ = ["spacerel"]

AT = ("--as-of", "2025-01-01")


def test_a_chain_with_its_partnerships(spacerel: Program) -> None:
    assert spacerel("path", "oneweb", "esa", "--as-of", "2021-12-31", "-f", "text").lines == [
        "OneWeb to ESA · 31 Dec 2021 · 2 links",
        "OneWeb",
        "  │ ● active  OneWeb on Soyuz",
        "Roscosmos",
        "  │ ● agreed  ExoMars rover",
        "ESA",
    ]


def test_the_piped_record_and_data(spacerel: Program) -> None:
    asked = ("path", "OneWeb", "ESA", "--as-of", "2021-12-31")
    found = json.loads(spacerel(*asked, "--json").out)

    assert spacerel(*asked).lines == [
        "1\t1\toneweb\troscosmos\toneweb-soyuz\tactive",
        "1\t2\troscosmos\tesa\trover\tagreed",
    ]
    assert (found["as_of"], found["query"]["a"], found["query"]["b"]) == ("2021-12-31", "oneweb", "esa")
    assert list(found["rows"][0]) == ["chain", "link", "from", "to", "partnerships", "standings", "names"]


def test_equally_short_chains_are_counted_and_named(spacerel: Program) -> None:
    more = """\
- {id: isro, name: ISRO, type: agency}
partnerships:
- {id: a, name: A, parties: [oneweb, isro], kind: contract, topic: launch, description: A, opens: 2015}
- {id: b, name: B, parties: [isro, esa], kind: contract, topic: launch, description: B, opens: 2015}
- {id: c, name: C, parties: [isro, esa], kind: contract, topic: launch, description: C, opens: 2015}
- {id: d, name: D, parties: [oneweb, isro], kind: contract, topic: launch, description: D, opens: 2015}
"""
    text = spacerel.log.read_text(encoding="utf-8").replace("partnerships:\n", more, 1)
    text += "".join(
        f"- id: step-{key}\n  date: 2016-01-01\n  title: A step\n  parties: [isro, {other}]\n  partnership: {key}\n"
        "  act: talk\n  summary: Talk.\n  confidence: medium\n"
        "  sources: [{title: A, publisher: ESA, url: 'https://example.org'}]\n"
        for key, other in (("a", "oneweb"), ("b", "esa"), ("c", "esa"), ("d", "oneweb"))
    )
    spacerel.log.write_text(text, encoding="utf-8")
    ran = spacerel("path", "oneweb", "esa", "--as-of", "2021-12-31", "-f", "text")

    assert ran.lines[0].endswith("  the shortest of 2 ways")
    assert "ISRO" in ran.lines
    assert ran.lines[-2:] == ["1 more of the same length:", "  OneWeb – Roscosmos – ESA"]


def test_a_predecessor_counts_for_the_one_asked_for(spacerel: Program) -> None:
    assert spacerel("path", "roscosmos", "esa", "--as-of", "2014").ids == ["agreed"]


def test_filters_choose_the_partnerships(spacerel: Program) -> None:
    ran = spacerel("path", "oneweb", "esa", "--as-of", "2021-12-31", "--topic", "launch")

    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "No chain of living partnerships links OneWeb and ESA on 31 Dec 2021.\n"


def test_no_link_is_a_sentence_and_no_failure(spacerel: Program) -> None:
    for asked in (("-f", "text"), ()):
        ran = spacerel("path", "oneweb", "nasa", "--as-of", "2022-12-31", *asked)

        assert (ran.code, ran.out) == (0, "")
        assert ran.err == "No chain of living partnerships links OneWeb and NASA on 31 Dec 2022.\n"


def test_no_link_in_json_is_an_empty_list(spacerel: Program) -> None:
    assert json.loads(spacerel("path", "oneweb", "nasa", "--as-of", "2022-12-31", "--json").out)["rows"] == []


def test_one_actor_twice(spacerel: Program) -> None:
    ran = spacerel("path", "esa", "ESA", "--as-of", "2022")

    assert (ran.code, ran.err) == (0, "ESA is asked for twice: a path leads from one actor to another.\n")


def test_an_unknown_actor(spacerel: Program) -> None:
    ran = spacerel("path", "esa", "nassa")

    assert ran.code == 2
    assert ran.err == 'error: unknown agency "nassa". Did you mean "nasa"? All of them: spacerel actors\n'


def test_accessions_are_left_out_and_said_so(spacerel: Program) -> None:
    many = ", ".join(f"s{number}" for number in range(20))
    actors = "".join(f"- {{id: s{number}, name: State {number}, type: state}}\n" for number in range(20))
    accord = f"- {{id: accords, name: Accords, parties: [oneweb, nasa, {many}], kind: treaty, topic: policy, description: D, opens: 2015}}\n"
    text = spacerel.log.read_text(encoding="utf-8").replace("partnerships:\n", f"{actors}partnerships:\n{accord}", 1)
    text += (
        "- id: talk\n  date: 2016-01-01\n  title: A talk\n  parties: [oneweb, nasa]\n  partnership: accords\n  act: talk\n"
        "  summary: Talk.\n  confidence: medium\n  sources: [{title: A, publisher: ESA, url: 'https://example.org'}]\n"
    )
    spacerel.log.write_text(text, encoding="utf-8")

    assert spacerel("path", "oneweb", "nasa", "--as-of", "2022-12-31").err == (
        "No chain of living partnerships links OneWeb and NASA on 31 Dec 2022. "
        "Partnerships that states accede to were left out: --accessions.\n"
    )
    assert spacerel("path", "oneweb", "nasa", "--as-of", "2022-12-31", "--accessions").lines == [
        "1\t1\toneweb\tnasa\taccords\tactive"
    ]
    assert spacerel("path", "oneweb", "roscosmos", "--as-of", "2021-12-31", "-f", "text").lines[-1] == (
        "1 partnership that states accede to is left out: --accessions"
    )
    assert spacerel("matrix", "-a", "oneweb,roscosmos", "--as-of", "2021-12-31", "-f", "text").lines[-1] == (
        "1 partnership that states accede to is left out."
    )
