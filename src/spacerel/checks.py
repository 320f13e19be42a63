"""What makes a log right: a rule a function, each yielding what it finds.

A rule's docstring is its explanation: a title, why it is a rule, and a wrong and a right example. RULES gives each its code;
codes never change their meaning. What can be seen in a single value (an impossible date, an unknown act) the reader finds
(`spacerel.log`); the rules here compare values with each other.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from spacerel.dates import first_day, last_day, shown
from spacerel.errors import quoted, suggestion
from spacerel.model import Actor, Event, Log, Partnership
from spacerel.standing import Courses

LONGEST_TITLE = 90
_HINTED = 50
"""Names for which a near one is looked up; on a big log each look takes a while."""
_ADDRESS = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*\Z")
_HIDDEN = re.compile("[\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]")
_MEMBERS_STEPS = frozenset(("agree", "start", "extend", "suspend", "resume", "end", "complete", "leave"))
Record = Actor | Partnership | Event
Steps = tuple[str | int, ...]


class Finding(NamedTuple):
    """Something wrong with a record: `path` leads to the value in it, as in `("parties", 1)`.

    `others` are the other records that the verdict rests on.
    """

    record: Record
    path: Steps
    message: str
    hint: str = ""
    others: Iterable[Record] = ()


Rule = Callable[[Log], Iterator[Finding]]


def findings(
    log: Log, damaged: Collection[tuple[str, int]] = (), warnings: bool = True
) -> Iterator[tuple[str, Finding]]:
    """What all rules find, with their codes.

    `damaged` are the records, by file and line, in which the reader found a wrong value: verdicts that rest on them are held
    back, for they would tell of the same mistake again. Names that do not exist are told in any case.
    """
    for rule, code in RULES.items():
        if (code.startswith("W") and not warnings) or (damaged and rule in _NOWHERE):
            continue
        for finding in rule(log):
            sound = not damaged or not any(
                (record.file, record.line) in damaged for record in (finding.record, *finding.others)
            )
            if sound or rule in _NAMES:
                yield code, finding


def explanation(code: str) -> str | None:
    """The docstring of the rule with that code, or None where it is no rule's."""
    return next((rule.__doc__ for rule, known in RULES.items() if known == code), None)


def _unknown(found: Iterable[tuple[Record, Steps, str]], what: str, known: Collection[str]) -> Iterator[Finding]:
    for number, (record, path, name) in enumerate(found):
        hint = suggestion(name, known) if number < _HINTED else ""
        yield Finding(record, path, f"unknown {what} {quoted(name)}", hint)


def known_actors(log: Log) -> Iterator[Finding]:
    """An unknown actor

    Every id in `parties`, `by`, `scope` and `predecessor` is an actor's.

    Wrong:    parties: [esa, roscomos]
    Right:    parties: [esa, roscosmos]
    """
    actors = log.actors

    def named() -> Iterator[tuple[Record, Steps, str]]:
        for actor in actors.values():
            if actor.predecessor is not None and actor.predecessor not in actors:
                yield actor, ("predecessor",), actor.predecessor
        for partnership in log.partnerships.values():
            for number, name in enumerate(partnership.parties):
                if name not in actors:
                    yield partnership, ("parties", number), name
        for event in log.events:
            for key, names in (("parties", event.parties), ("by", event.by), ("scope", event.scope)):
                for number, name in enumerate(names):
                    if name not in actors:
                        yield event, (key, number), name

    return _unknown(named(), "actor", actors)


def known_partnerships(log: Log) -> Iterator[Finding]:
    """An unknown partnership

    The id in `partnership` and those in `replaces` are partnerships'.

    Wrong:    partnership: exomars
    Right:    partnership: exomars-rover
    """
    partnerships = log.partnerships

    def named() -> Iterator[tuple[Record, Steps, str]]:
        for event in log.events:
            if event.partnership is not None and event.partnership not in partnerships:
                yield event, ("partnership",), event.partnership
            for number, name in enumerate(event.replaces):
                if name not in partnerships:
                    yield event, ("replaces", number), name

    return _unknown(named(), "partnership", partnerships)


def _references(event: Event) -> Iterator[tuple[Steps, str]]:
    for number, name in enumerate(event.because):
        yield ("because", number), name
    if event.denies is not None:
        yield ("denies",), event.denies
    if event.outcome is not None and event.outcome.event is not None:
        yield ("outcome", "event"), event.outcome.event


def known_events(log: Log) -> Iterator[Finding]:
    """An unknown event

    The ids in `because` and `denies`, and the `event` of an outcome, are events'.

    Wrong:    because: [invasion-of-ukrain]
    Right:    because: [invasion-of-ukraine]
    """
    known = {event.id: None for event in log.events}

    def named() -> Iterator[tuple[Record, Steps, str]]:
        for event in log.events:
            for path, name in _references(event):
                if name not in known:
                    yield event, path, name

    return _unknown(named(), "event", known)


def cause_not_later(log: Log) -> Iterator[Finding]:
    """A cause later than its effect

    What `because` and `denies` name came first, or may have: the first possible day of the cause is not after the last
    possible day of the effect.

    Wrong:    date: 2022-02-01
              because: [invasion-of-ukraine]    (24 February 2022)
    Right:    date: 2022-02-26
              because: [invasion-of-ukraine]
    """
    by_id = {event.id: event for event in log.events}
    for event in log.events:
        if not event.because and event.denies is None:
            continue
        for path, name in _references(event):
            cause = by_id.get(name)
            if cause is not None and path[0] != "outcome" and first_day(cause.date) > last_day(event.date):
                message = f"{quoted(name)} is of {shown(cause.date)}, later than this event of {shown(event.date)}"
                yield Finding(event, path, message, "only an earlier event can be a reason", (cause,))


def causes_without_circle(log: Log) -> Iterator[Finding]:
    """Causes that go in a circle

    Following `because` from event to event never leads back to where it began.

    Wrong:    - id: launch-refused         because: [payment-stopped]
              - id: payment-stopped        because: [launch-refused]
    Right:    - id: launch-refused         because: [payment-stopped]
              - id: payment-stopped
    """
    by_id = {event.id: event for event in log.events if event.because}
    done: set[str] = set()
    for start in by_id:
        if start in done:
            continue
        # A walk with a stack of its own: a chain of causes may be longer than Python's.
        trail: dict[str, int] = {start: 0}
        stack = [iter(enumerate(by_id[start].because))]
        names = [start]
        while stack:
            number, name = next(stack[-1], (0, ""))
            if not name:
                stack.pop()
                done.add(names[-1])
                del trail[names.pop()]
            elif name in trail:
                circle = [*names[trail[name] :], name]
                told = " <- ".join(circle if len(circle) < 6 else [*circle[:3], "...", *circle[-2:]])
                yield Finding(
                    by_id[names[-1]],
                    ("because", number),
                    f"causes in a circle: {told}",
                    others=[by_id[one] for one in circle],
                )
            elif name in by_id and name not in done:
                trail[name] = len(names)
                names.append(name)
                stack.append(iter(enumerate(by_id[name].because)))


def by_is_party(log: Log) -> Iterator[Finding]:
    """A step by somebody who is not among the event's parties

    Who took a step is concerned by it.

    Wrong:    parties: [esa, nasa]
              by: roscosmos
    Right:    parties: [roscosmos, esa, nasa]
              by: roscosmos
    """
    for event in log.events:
        for number, name in enumerate(event.by):
            if name not in event.parties and name in log.actors:
                hint = suggestion(name, event.parties) or "add it to parties"
                yield Finding(event, ("by", number), f"{quoted(name)} is not among the parties of this event", hint)


def _members(log: Log) -> dict[str, frozenset[str]]:
    """The parties of each partnership whose parties all exist, newcomers included."""
    newcomers: dict[str, set[str]] = {}
    for event in log.events:
        if event.act == "join" and event.partnership is not None:
            newcomers.setdefault(event.partnership, set()).update(event.scope or event.by or event.parties[:1])
    members = {
        partnership.id: frozenset((*partnership.parties, *newcomers.get(partnership.id, ())))
        for partnership in log.partnerships.values()
    }
    # A misspelt party is told of as such; that the right one is missing then would be told in vain.
    return {key: inside for key, inside in members.items() if inside <= log.actors.keys()}


def by_is_member(log: Log) -> Iterator[Finding]:
    """A party's step by somebody who is no party

    To agree, start, extend, suspend, resume, end, complete or leave is for the parties of the partnership, newcomers
    included, or for the state of one of them (an actor of type state with the same country).

    Wrong:    act: suspend
              by: boeing
              partnership: exomars-rover    (ESA and Roscosmos)
    Right:    act: suspend
              by: esa
              partnership: exomars-rover
    """
    members = _members(log)
    for event in log.events:
        inside = members.get(event.partnership or "")
        if inside is None or event.act not in _MEMBERS_STEPS:
            continue
        for number, name in enumerate(event.by):
            actor = log.actors.get(name)
            if name in inside or actor is None:
                continue
            countries = {log.actors[party].country for party in inside if party in log.actors}
            if actor.type == "state" and actor.country is not None and actor.country in countries:
                continue
            partnership = log.partnerships[event.partnership or ""]
            yield Finding(
                event,
                ("by", number),
                f"{quoted(name)} is no party of {quoted(partnership.id)}, so it cannot {event.act} it",
                f"its parties: {_listed(sorted(inside))}",
                (partnership, actor),
            )


def scope_is_member(log: Log) -> Iterator[Finding]:
    """A scope outside the partnership

    `scope` names the parties whose standing changes: parties of the partnership, newcomers included.

    Wrong:    partnership: exomars-rover    (ESA and Roscosmos)
              scope: cnsa
    Right:    partnership: exomars-rover
              scope: roscosmos
    """
    members = _members(log)
    for event in log.events:
        if not event.scope:
            continue
        if event.partnership is None:
            hint = "say which partnership, or take scope out"
            yield Finding(event, ("scope",), "a scope without a partnership", hint)
        inside = members.get(event.partnership or "")
        for number, name in enumerate(event.scope):
            if inside is not None and name in log.actors and name not in inside:
                partnership = log.partnerships[event.partnership or ""]
                message = f"{quoted(name)} is no party of {quoted(partnership.id)}"
                hint = suggestion(name, inside) or f"its parties: {_listed(sorted(inside))}"
                yield Finding(event, ("scope", number), message, hint, (partnership,))


def _listed(names: list[str]) -> str:
    return ", ".join(names[:6]) + (f" and {len(names) - 6} more" if len(names) > 6 else "")


def context_alone(log: Log) -> Iterator[Finding]:
    """A setting inside a partnership

    An event with the act `context` is a war, a law, a test: others point at it with `because`. It belongs to no
    partnership and takes the place of none.

    Wrong:    act: context
              partnership: iss
    Right:    act: context
    """
    for event in log.events:
        if event.act == "context" and event.partnership is not None:
            yield Finding(
                event, ("partnership",), "a context event belongs to no partnership", "let others name it in because"
            )


def replaces_another(log: Log) -> Iterator[Finding]:
    """A successor that cannot be

    `replaces` stands on a step of the successor's partnership and names another one, which has events of its own.

    Wrong:    partnership: oneweb-soyuz
              replaces: oneweb-soyuz
    Right:    partnership: oneweb-falcon
              replaces: oneweb-soyuz
    """
    with_events = {event.partnership for event in log.events}
    for event in log.events:
        if event.replaces and event.partnership is None:
            hint = "say which partnership takes over"
            yield Finding(event, ("replaces",), "replaces without a partnership", hint)
        for number, name in enumerate(event.replaces):
            path = ("replaces", number)
            if name == event.partnership:
                yield Finding(
                    event, path, f"the partnership {quoted(name)} replaces itself", "it stands on the successor's event"
                )
            elif name in log.partnerships and name not in with_events:
                message = f"{quoted(name)} is replaced but has no event"
                yield Finding(event, path, message, others=(log.partnerships[name],))


def outcome_where_open(log: Log) -> Iterator[Finding]:
    """An outcome missing, or where none belongs

    What was threatened, announced or reported has an outcome, `pending` where it is open. What is done is done: it has none.

    Wrong:    modality: announced
    Right:    modality: announced
              outcome: {status: carried-out, date: 2022-03-04, event: oneweb-launch-cancelled}
    """
    for event in log.events:
        if event.modality == "done" and event.outcome is not None:
            yield Finding(event, ("outcome",), "a done event has no outcome", "leave outcome out, or give the modality")
        elif event.modality != "done" and event.outcome is None:
            hint = "add outcome: {status: pending}, or what became of it"
            yield Finding(event, ("modality",), f"what is {event.modality} needs an outcome", hint)


def outcome_not_earlier(log: Log) -> Iterator[Finding]:
    """An outcome earlier than its event

    What became of an announcement comes after it. A pending outcome has neither date nor event.

    Wrong:    date: 2022-03-02
              outcome: {status: carried-out, date: 2022-02-26}
    Right:    date: 2022-03-02
              outcome: {status: carried-out, date: 2022-03-04}
    """
    by_id: dict[str, Event] = {}
    for event in log.events:
        by_id[event.id] = event
    for event in log.events:
        outcome = event.outcome
        if outcome is None:
            continue
        if outcome.status == "pending":
            for key, value in (("date", outcome.date), ("event", outcome.event)):
                if value is not None:
                    hint = "take it out, or say what became of it"
                    yield Finding(event, ("outcome", key), f"a pending outcome has no {key} yet", hint)
            continue
        if outcome.date is not None and last_day(outcome.date) < first_day(event.date):
            message = f"the outcome of {shown(outcome.date)} is earlier than this event of {shown(event.date)}"
            yield Finding(event, ("outcome", "date"), message)
        result = by_id.get(outcome.event or "")
        if result is event:
            yield Finding(event, ("outcome", "event"), "an event is not its own outcome", "name the later event")
        elif result is not None and last_day(result.date) < first_day(event.date):
            message = f"{quoted(result.id)} is of {shown(result.date)}, earlier than this event of {shown(event.date)}"
            yield Finding(event, ("outcome", "event"), message, "an outcome comes after what it settles", (result,))


def threats_threatened(log: Log) -> Iterator[Finding]:
    """A threat that is not threatened

    The act `threaten` and the modality `threatened` go together, both or neither, and `threatens`, `condition` and `due`
    belong to a threat. What is threatened stands in `threatens`.

    Wrong:    act: end
              modality: threatened
    Right:    act: threaten
              threatens: end
              modality: threatened
    """
    for event in log.events:
        threat = event.act == "threaten"
        if threat and event.modality != "threatened":
            path: Steps = ("modality",) if event.modality != "done" else ("act",)
            yield Finding(event, path, f"a threat is not {event.modality}", "write modality: threatened")
        elif event.modality == "threatened" and not threat:
            hint = f"write act: threaten and threatens: {event.act}"
            yield Finding(
                event, ("act",), f'with modality "threatened" the act is "threaten", not {quoted(event.act)}', hint
            )
        if not threat and event.modality != "threatened":
            for key, value in (("threatens", event.threatens), ("condition", event.condition), ("due", event.due)):
                if value is not None:
                    yield Finding(event, (key,), f"{key} without a threat", "it belongs to act: threaten")


def denials_deny(log: Log) -> Iterator[Finding]:
    """A denial that is none

    `denies` names the event whose claim is contradicted, so it belongs to the act `deny`.

    Wrong:    act: talk
              denies: report-of-arms
    Right:    act: deny
              denies: report-of-arms
    """
    for event in log.events:
        if event.denies is not None and event.act != "deny":
            yield Finding(event, ("denies",), f"denies with the act {quoted(event.act)}", "it belongs to act: deny")


def ends_after_beginning(log: Log) -> Iterator[Finding]:
    """An end before the beginning

    `end`, `term_end` and `due` are not before the event's date, and it is not known before it happens.

    Wrong:    date: 2022-03-17
              end: 2022-03-01
    Right:    date: 2022-03-17
              end: 2022-04-01
    """
    for event in log.events:
        for key, value in (
            ("end", event.end),
            ("term_end", event.term_end),
            ("due", event.due),
            ("known", event.known),
        ):
            if value is not None and last_day(value) < first_day(event.date):
                message = f"{key} {shown(value)} is before the event's date, {shown(event.date)}"
                yield Finding(event, (key,), message)


def terms_set(log: Log) -> Iterator[Finding]:
    """A term that this step cannot set

    `term_end` is the last day of a term that an `agree`, `extend` or `start` sets in its partnership.

    Wrong:    act: talk
              term_end: 2024-12-31
    Right:    act: extend
              term_end: 2024-12-31
    """
    for event in log.events:
        if event.term_end is None:
            continue
        if event.act not in ("agree", "extend", "start"):
            yield Finding(
                event, ("term_end",), f"the act {quoted(event.act)} sets no term", "only agree, extend and start do"
            )
        elif event.partnership is None:
            yield Finding(event, ("term_end",), "a term without a partnership", "say which partnership runs until then")


def titles_short(log: Log) -> Iterator[Finding]:
    """A title of more than 90 characters

    Titles stand in tables. What does not fit belongs into the summary.

    Wrong:    title: The European Space Agency decides at its council meeting in Paris that the rover mission cannot go on
    Right:    title: ESA suspends the ExoMars rover mission with Roscosmos
    """
    for event in log.events:
        if len(event.title) > LONGEST_TITLE:
            message = f"the title has {len(event.title)} characters, at most {LONGEST_TITLE} fit"
            yield Finding(event, ("title",), message, "say the rest in the summary")


def sources_addressed(log: Log) -> Iterator[Finding]:
    """A source without a web address

    Readers check what the log says: each source has an address that begins with http:// or https://.

    Wrong:    url: www.esa.int/news
    Right:    url: https://www.esa.int/news
    """
    for event in log.events:
        for number, source in enumerate(event.sources):
            if not _ADDRESS.match(source.url):
                hint = "it begins with https:// or http:// and has no spaces"
                yield Finding(event, ("sources", number, "url"), f"{quoted(source.url)} is not a web address", hint)


def partnerships_happen(log: Log) -> Iterator[Finding]:
    """A partnership without events

    What nothing happened in has no standing. Every partnership is named by the `partnership` of one event at least.

    Wrong:    partnerships: [a partnership]        events: (none of it)
    Right:    partnerships: [a partnership]        events: [- partnership: its id]
    """
    with_events = {event.partnership for event in log.events}
    for partnership in log.partnerships.values():
        if partnership.id not in with_events:
            hint = "add the event that began it, or take it out"
            yield Finding(partnership, ("id",), f"no event belongs to the partnership {quoted(partnership.id)}", hint)


def two_parties(log: Log) -> Iterator[Finding]:
    """A partnership with a single party

    It takes two or more.

    Wrong:    parties: [esa]
    Right:    parties: [esa, roscosmos]
    """
    for partnership in log.partnerships.values():
        if len(partnership.parties) < 2:
            yield Finding(partnership, ("parties",), "a partnership has two parties or more")


def opens_before_first_step(log: Log) -> Iterator[Finding]:
    """A partnership that opens after its first event

    `opens` is given only when a partnership was in force before its first event in the log.

    Wrong:    opens: 1998              (first event in 1992)
    Right:    opens: 1991              (first event in 1992)
    """
    first: dict[str, Event] = {}
    for event in log.events:
        if event.partnership is not None and event.modality == "done":
            first.setdefault(event.partnership, event)
    for partnership in log.partnerships.values():
        event_first = first.get(partnership.id)
        if partnership.opens is None or event_first is None:
            continue
        if first_day(partnership.opens) > last_day(event_first.date):
            message = f"it opens {shown(partnership.opens)}, after its first event of {shown(event_first.date)}"
            yield Finding(
                partnership, ("opens",), message, f"the first event is {quoted(event_first.id)}", (event_first,)
            )


def predecessors_without_circle(log: Log) -> Iterator[Finding]:
    """Predecessors that go in a circle

    Nobody takes over the work of a body that took over its own.

    Wrong:    - id: jaxa      predecessor: nasda
              - id: nasda     predecessor: jaxa
    Right:    - id: jaxa      predecessor: nasda
              - id: nasda
    """
    done: set[str] = set()
    for start in log.actors:
        trail: dict[str, None] = {}
        name: str | None = start
        while name in log.actors and name not in trail and name not in done:
            assert name is not None
            trail[name] = None
            name = log.actors[name].predecessor
        if name in trail:
            last = log.actors[list(trail)[-1]]
            yield Finding(last, ("predecessor",), f"predecessors in a circle, from {quoted(name or '')} to itself")
        done.update(trail)


def possible_sequence(log: Log) -> Iterator[Finding]:
    """An act that cannot happen in the standing that it finds

    Nothing is suspended, ended or completed that is not going on; nothing is resumed that was not suspended or broken; nothing
    is delivered, deepened or extended in a suspended or closed partnership (an extension may revive an expired one). Where
    dates are vague, only what is impossible at both ends of them is an error.

    Wrong:    - date: 2022-03-17
                act: end
              - date: 2022-05-01
                act: deliver
    Right:    - date: 2022-03-17
                act: end
              - date: 2022-05-01
                act: resume
              - date: 2022-05-02
                act: deliver
    """
    steps: dict[str, list[Event]] = {}
    courses = Courses(log)
    for key in courses:
        missteps = courses.missteps(key)
        if missteps and not steps:
            for event in log.events:
                steps.setdefault(event.partnership or "", []).append(event)
        for misstep in missteps:
            event, standing = misstep.event, misstep.standing
            found = "has not begun" if standing == "none" else f"is {standing}"
            message = f'the act "{event.act}" cannot happen: on {shown(event.date)} {quoted(key)} {found}'
            hint = _NEEDED.get(event.act, "")
            yield Finding(event, ("act",), message, hint, (log.partnerships[key], *steps.get(key, ())))


_NEEDED: Mapping[str, str] = {
    "suspend": "only what is proposed, agreed or active can be suspended",
    "resume": "only what is suspended or broken can be resumed",
    "end": "only what is open or expired can be ended",
    "complete": "only what is open or expired can be completed",
    "deliver": "it needs a resume, or an agree or start, before it",
    "deepen": "it needs a resume, or an agree or start, before it",
    "extend": "it needs a resume, or an agree or start, before it",
}


def outcomes_due(log: Log) -> Iterator[Finding]:
    """A deadline has passed and the outcome is still pending

    By the newest event of the log the deadline of this threat, or the day that its own `end` names, was over. What became of it?

    Wrong:    due: 2022-03-04
              outcome: {status: pending}
    Right:    due: 2022-03-04
              outcome: {status: carried-out, date: 2022-03-04}
    """
    newest = max((first_day(event.date) for event in log.events), default="")
    for event in log.events:
        due = event.due or event.end
        if (
            event.outcome is not None
            and event.outcome.status == "pending"
            and due is not None
            and last_day(due) < newest
        ):
            message = f"still pending, though {shown(due)} is over: the log runs to {shown(newest)}"
            yield Finding(event, ("outcome", "status"), message, "say what became of it")


def actors_used(log: Log) -> Iterator[Finding]:
    """An actor that nothing names

    Perhaps an id was changed in one place and not in the other.

    Wrong:    actors: [- id: esa]      events: (none of its)
    Right:    actors: [- id: esa]      events: [- parties: [esa, nasa]]
    """
    used: set[str | None] = {actor.predecessor for actor in log.actors.values()}
    for partnership in log.partnerships.values():
        used.update(partnership.parties)
    for event in log.events:
        used.update(event.parties)
    for actor in log.actors.values():
        if actor.id not in used:
            yield Finding(actor, ("id",), f"no partnership or event names the actor {quoted(actor.id)}")


def high_confidence_earned(log: Log) -> Iterator[Finding]:
    """High confidence from a single secondary source

    `high` takes a primary source (a party's own, or of a body in the field) or two independent ones. Here all sources name
    the same publisher, and it is a news outlet or an encyclopedia.

    Wrong:    confidence: high
              sources: [- publisher: Wikipedia]
    Right:    confidence: medium
              sources: [- publisher: Wikipedia]
    """
    for event in log.events:
        publishers = {source.publisher.casefold() for source in event.sources}
        if event.confidence == "high" and len(publishers) == 1 and _SECONDARY.search(publishers.pop()):
            message = f'only {quoted(event.sources[0].publisher)} supports it, but confidence is "high"'
            yield Finding(event, ("confidence",), message, "add an independent source, or write medium")


_SECONDARY = re.compile(r"wikipedia|blog|reddit|youtube|twitter|daily|times|news|post\b")


def tags_lower(log: Log) -> Iterator[Finding]:
    """A tag that is not in lower case

    So that one thing has one tag.

    Wrong:    tags: [Mars]
    Right:    tags: [mars]
    """
    for event in log.events:
        for number, tag in enumerate(event.tags):
            if tag != tag.lower():
                hint = f"write {quoted(tag.lower())}"
                yield Finding(event, ("tags", number), f"the tag {quoted(tag)} is not in lower case", hint)


def sources_once(log: Log) -> Iterator[Finding]:
    """The same page twice among the sources of an event

    It would count as two sources.

    Wrong:    sources: [- url: https://www.esa.int/a, - url: https://www.esa.int/a]
    Right:    sources: [- url: https://www.esa.int/a]
    """
    for event in log.events:
        if len({source.url for source in event.sources}) == len(event.sources):
            continue
        count = Counter[str]()
        for number, source in enumerate(event.sources):
            count[source.url] += 1
            if count[source.url] > 1:
                yield Finding(event, ("sources", number, "url"), f"the page {quoted(source.url)} is a source twice")


def nothing_hidden(log: Log) -> Iterator[Finding]:
    """A sign that does not show, or turns the direction of the text

    Such signs come along unseen when text is copied from a page; a search then fails on words that look right.

    Wrong:    title: ESA<zero-width space> suspends
    Right:    title: ESA suspends
    """
    records: tuple[Record, ...] = (*log.actors.values(), *log.partnerships.values(), *log.events)
    for record in records:
        # repr() escapes what does not show, so one look at a record tells whether to look at each of its values.
        if "\\" not in repr(record):
            continue
        for path, text in _texts(record):
            found = _HIDDEN.search(text)
            if found:
                yield Finding(
                    record, path, f"the invisible sign U+{ord(found[0]):04X} stands in this value", "take it out"
                )


def _texts(record: Record) -> Iterator[tuple[Steps, str]]:
    for key, value in record._asdict().items():
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, tuple):
            for number, item in enumerate(value):
                if isinstance(item, str):
                    yield (key, number), item
                elif hasattr(item, "_asdict"):
                    yield from (
                        ((key, number, part), text) for part, text in item._asdict().items() if isinstance(text, str)
                    )


RULES: Mapping[Rule, str] = {
    known_actors: "E012",
    known_partnerships: "E018",
    known_events: "E019",
    cause_not_later: "E020",
    causes_without_circle: "E021",
    by_is_party: "E022",
    by_is_member: "E023",
    scope_is_member: "E024",
    context_alone: "E025",
    replaces_another: "E026",
    outcome_where_open: "E027",
    outcome_not_earlier: "E028",
    threats_threatened: "E029",
    denials_deny: "E030",
    ends_after_beginning: "E031",
    terms_set: "E032",
    titles_short: "E033",
    sources_addressed: "E034",
    partnerships_happen: "E035",
    two_parties: "E036",
    opens_before_first_step: "E037",
    predecessors_without_circle: "E038",
    possible_sequence: "E039",
    outcomes_due: "W102",
    high_confidence_earned: "W103",
    actors_used: "W104",
    tags_lower: "W105",
    sources_once: "W106",
    nothing_hidden: "W107",
}
"""Every rule and its code, in the order in which they are applied. E0xx are errors, W1xx warnings; the reader has the other codes."""
_NAMES = frozenset((known_actors, known_partnerships, known_events))
_NOWHERE = frozenset((partnerships_happen, actors_used))
"""Rules that say that something is nowhere: only to be trusted where every record could be read whole."""
