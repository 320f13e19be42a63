"""spacerel show: one event, partnership or actor in full."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Annotated, NamedTuple

import typer

from spacerel import dates, relations, standing
from spacerel.errors import UsageError
from spacerel.exports import _record
from spacerel.model import CLOSED_STANDINGS, STANDINGS, Actor, Event, Log, Partnership
from spacerel.options import record_ids
from spacerel.query import Query
from spacerel.selection import Record, resolve_records
from spacerel.standing import NONE, Spell
from spacerel.table import Column, Spans, Table, cell_width, mark, visible

VALUES = 14
"""The cell in which the values begin, behind the names of the lines."""

DATED = 16
"""Cells that the date and the glyph of a step take."""

MOST_LISTED = 10
"""Steps of an actor and consequences of an event that a screen shows."""

DEEPEST = 4
"""Steps of a chain of causes or consequences that a screen follows."""

_NOT_RAW = ("format", "json", "fields", "sort", "reverse", "limit", "output", "as_of")


class _Line(NamedTuple):
    """A line of a sheet: its name, what it says from the cell `left` on, and how much further in that is wrapped."""

    label: str = ""
    spans: Spans = ()
    left: int = VALUES
    hang: int = 0


def show(
    query: Query,
    ids: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="An event, partnership or actor: its id, its name, or a part of the id that is in no other.",
            autocompletion=record_ids,
        ),
    ],
    raw: Annotated[bool, typer.Option("--raw", help="The rows of the log, in YAML, to copy or to correct.")] = False,
) -> Table | None:
    """One event, partnership or actor in full: causes, consequences, standing, sources.

    Example: spacerel show exomars-rover --as-of 2022-06-01
    """
    records = list(dict.fromkeys(record for word in ids for record in resolve_records(query.log, word)))
    if raw:
        from spacerel.delivery import to_stdout
        from spacerel.writing import row

        for option in _NOT_RAW:
            if query.options.get(option) not in (None, False, "-"):
                raise UsageError(f"--raw is the log's own YAML, and takes no --{option.replace('_', '-')}.")
        to_stdout(lambda out: out.write("\n".join("\n".join((*row(record), "")) for record in records)))
        return None
    rows = [_data(query, record) for record in records]
    names = dict.fromkeys(name for row in rows for name in row)
    query.piped_format = "text"
    return Table(
        command="show",
        title="",
        columns=tuple(_column(name) for name in names),
        rows=rows,
        as_of=query.as_of,
        draw=lambda _, width: _drawn([_sheet(query, record) for record in records], width),
    )


def _column(name: str) -> Column:
    return Column(name, lambda row: row.get(name), plain=name in ("record", "id", "date", "name", "title"))


# Sheets: what a screen shows of a record.


def _event_sheet(query: Query, event: Event) -> Iterator[_Line]:
    log = query.log
    yield _Line("", ((event.title, "bold"),), 0)
    when = dates.shown(event.date) + (f" – {dates.shown(event.end)}" if event.end else "")
    yield _Line("When", ((when, ""),))
    by = f" · by {_short(log, event.by)}" if event.by else " · together" if len(event.parties) > 1 else ""
    done = "" if event.modality in ("done", "threatened") else f" · {event.modality}"
    yield _Line("Step", (*mark(event.act), (done, event.modality), (by, "")))
    yield _Line("Parties", ((_short(log, event.parties), ""),))
    if event.partnership is not None:
        yield _Line("Partnership", (*_named(log, event.partnership), *_change(query, event, event.partnership)))
    plain = (
        ("Scope", _short(log, event.scope)),
        ("Term", f"to {dates.shown(event.term_end)}" if event.term_end else ""),
        ("Replaces", ", ".join(log.partnerships[key].name for key in event.replaces)),
        ("Threatens", f"to {event.threatens}" if event.threatens else ""),
        ("Condition", event.condition or ""),
        ("Due", dates.shown(event.due) if event.due else ""),
        ("Known", dates.shown(event.known) if event.known else ""),
        ("Denies", log.event(event.denies).title if event.denies else ""),
        ("Tags", ", ".join(event.tags)),
    )
    yield from (_Line(label, ((text, ""),)) for label, text in plain if text)
    if event.outcome is not None:
        yield _Line("Outcome", _outcome(log, event))
    yield from _labelled("Because", _chain(log, event, lambda one: [log.event(key) for key in one.because]))
    effects = relations.consequences(log)
    yield from _labelled("Led to", _chain(log, event, lambda one: effects.get(one.id, [])))
    yield from _paragraph(event.summary)
    if event.note:
        yield from _paragraph(f"Note: {event.note}")
    publishers = {source.publisher for source in event.sources}
    counted = f"{event.confidence} confidence, {len(publishers)} publisher{'s' if len(publishers) > 1 else ''}"
    yield _Line()
    yield _Line("Sources", ((counted, ""),))
    for number, source in enumerate(event.sources, 1):
        published = f", {dates.shown(source.published)}" if source.published else ""
        link = f"link {source.url}"
        yield _Line("", ((f"[{number}] {source.publisher}{published}: ", ""), (source.title, link)), 1, 4)
        if source.supports:
            yield _Line("", ((f"supports: {source.supports}", "dim"),), 5)
        if not query.color:
            yield _Line("", ((source.url, link),), 5)
    yield _foot(event)


def _partnership_sheet(query: Query, partnership: Partnership) -> Iterator[_Line]:
    log, course = query.log, query.courses[partnership.id]
    yield _Line("", ((partnership.name, "bold"),), 0)
    kind = " · ".join(word for word in (partnership.kind, partnership.programme, partnership.topic) if word)
    yield _Line("Kind", ((kind, ""),))
    yield _Line("Parties", ((_short(log, partnership.parties), ""),))
    later = [party for party in course.latest.parties if party not in partnership.parties]
    if later:
        yield _Line("Later", ((_short(log, later), ""),))
    yield _Line("Standing", (*mark(course.standing_on(query.as_of)), (f" on {dates.shown(query.as_of)}", "dim")))
    parted = [
        (standing, [party for party in course.latest.parties if course.standing_on(query.as_of, party) == standing])
        for standing in sorted({course.standing_on(query.as_of, party) for party in course.latest.parties})
    ]
    if len(parted) > 1:
        yield from _labelled("", [_Line("", (*mark(word), (f": {_short(log, who)}", ""))) for word, who in parted])
    steps = [event for event in log.events if event.partnership == partnership.id]
    replaced = dict.fromkeys(key for event in steps for key in event.replaces)
    yield from _labelled("Replaces", [_Line("", _named(log, key)) for key in replaced])
    yield from _labelled(
        "Replaced by",
        [
            _Line("", (*_named(log, key), (f" · {dates.shown(event.date)}", "dim")))
            for key, event in _replacements(log, partnership.id).items()
        ],
    )
    yield from _paragraph(partnership.description)
    spells = course.latest.spells
    if spells:
        yield _Line()
        yield _Line("Course", ((_unsure(course), "dim"),) if course.earliest is not course.latest else ())
        for spell, following in zip(spells, (*spells[1:], None), strict=True):
            yield _Line("", _spell(log, standing.opening(spells, spell), spell, following), 1, 27)
    yield _Line()
    yield _Line("Steps", ((str(len(steps)), ""),))
    yield from (_Line("", _step(event), 1, DATED) for event in steps)
    yield _foot(partnership)


def _actor_sheet(query: Query, actor: Actor) -> Iterator[_Line]:
    log = query.log
    yield _Line("", ((actor.name, "bold"),), 0)
    successors = [other.id for other in log.actors.values() if other.predecessor == actor.id]
    plain = (
        ("Short", actor.short if actor.short not in ("", actor.name) else ""),
        ("Type", " · ".join(word for word in (actor.type, actor.country) if word)),
        ("Also", ", ".join(actor.aliases)),
        ("Ids", ", ".join(f"{name} {value}" for name, value in actor.ids)),
        ("Took over", _short(log, [actor.predecessor]) if actor.predecessor else ""),
        ("Succeeded", f"by {_short(log, successors)}" if successors else ""),
    )
    yield from (_Line(label, ((text, ""),)) for label, text in plain if text)
    partnerships = _partnerships_of(query, actor)
    if partnerships:
        yield _Line()
        total = sum(map(len, partnerships.values()))
        yield _Line("Partnerships", ((f"{total}, as of {dates.shown(query.as_of)}", ""),))
        for word, keys in partnerships.items():
            names = ", ".join(log.partnerships[key].name for key in keys)
            yield _Line("", (*mark(word), (f" {len(keys)}: ", ""), (names, "")), 1, 2)
    steps = _steps_of(log, actor)
    yield _Line()
    yield _Line("Steps", ((_span(steps), ""),))
    yield from (_Line("", _step(event), 1, DATED) for event in steps[-MOST_LISTED:])
    if len(steps) > MOST_LISTED:
        yield _Line("", ((f"the last {MOST_LISTED}; all of them: spacerel timeline -a {actor.id}", "dim"),), 1)
    yield _foot(actor)


def _short(log: Log, actors: Iterable[str]) -> str:
    return ", ".join(log.short(actor) for actor in actors)


def _named(log: Log, key: str) -> Spans:
    name = log.partnerships[key].name
    return ((name, "bold"), *(() if key == name else ((f" ({key})", "dim"),)))


def _foot(record: Record) -> _Line:
    return _Line("", ((f"{record.file}:{record.line} · {record.id}", "dim"),), 1)


def _paragraph(text: str) -> Iterator[_Line]:
    yield _Line()
    yield _Line("", ((text, ""),), 1)


def _labelled(label: str, lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines with a name before the first."""
    for line in lines:
        yield line._replace(label=label)
        label = ""


def _step(event: Event) -> Spans:
    spans = [
        (f"{dates.about(event.date):>12}  ", "dim"),
        (mark(event.act)[0][0][:1] + " ", event.act),
        (event.title, ""),
    ]
    if event.outcome is not None:
        spans.append((f" · {event.modality}, {event.outcome.status.replace('-', ' ')}", event.outcome.status))
    return tuple(spans)


def _outcome(log: Log, event: Event) -> Spans:
    assert event.outcome is not None
    status, day, key = event.outcome
    told = f" {dates.shown(day)}" if day else ""
    return (*mark(status), (told, ""), (f" · {log.event(key).title}" if key else "", ""))


def _change(query: Query, event: Event, key: str) -> Spans:
    """The partnership's standing before and after a step that was done."""
    if event.modality != "done":
        return ()
    course = query.courses[key]
    before = course.standing_on(dates.day_before(dates.first_day(event.date)))
    after = course.standing_on(dates.last_day(event.date))
    if before == after:
        return ((" · ", ""), *mark(after))
    return ((" · ", ""), *(() if before == NONE else (*mark(before), (" → ", ""))), *mark(after))


def _chain(log: Log, event: Event, next_of: Callable[[Event], list[Event]]) -> list[_Line]:
    """The causes (or consequences) of an event and theirs in turn, each once, the later ones further in."""
    lines = [
        _Line("", _step(link.event), VALUES + 2 * (link.depth - 1), DATED)
        for link in relations.chain(event, next_of, DEEPEST)
        if not link.again
    ]
    if len(lines) <= MOST_LISTED + 1:
        return lines
    return [*lines[:MOST_LISTED], _Line("", ((f"and {len(lines) - MOST_LISTED} more", "dim"),))]


def _replacements(log: Log, key: str) -> dict[str, Event]:
    """The partnerships that took over a partnership's job, each with the first event that says so."""
    found: dict[str, Event] = {}
    for event in log.events:
        if key in event.replaces and event.modality == "done" and event.partnership is not None:
            found.setdefault(event.partnership, event)
    return found


def _unsure(course: standing.Course) -> str:
    same = [spell.standing for spell in course.earliest.spells] == [spell.standing for spell in course.latest.spells]
    return "at the latest days that vague dates allow" + ("" if same else "; the earliest would give another course")


def _spell(log: Log, opened: Event | None, spell: Spell, following: Spell | None) -> Spans:
    """`17 Mar 2022 – 12 Jul 2022  ‖ suspended  by ESA: ESA suspends the ExoMars rover mission`."""
    start = dates.shown(opened.date) if opened and dates.is_vague(opened.date) else dates.shown(spell.since)
    if following is None:
        end = ""
    elif following.opened and dates.is_vague(following.opened.date):
        end = dates.shown(following.opened.date)
    else:
        end = dates.shown(following.first)
    spans = [(f"{start:>11} – {end:<11}  ", "dim"), *mark(spell.standing)]
    if opened is None:
        told = "its term ran out" if spell.standing == "expired" else "in force before the first step in the log"
    else:
        told = f"by {_short(log, opened.by)}: {opened.title}" if opened.by else opened.title
        if spell.opened is not opened and spell.opened is not None:
            told += f"; final since {dates.shown(spell.first)}: {spell.opened.title}"
    return (*spans, (f"  {told}", ""))


def _partnerships_of(query: Query, actor: Actor) -> dict[str, list[str]]:
    """Standing -> the partnerships in which the actor, or a body whose work it took over, has it."""
    lineage = query.log.lineage(actor.id)
    by_standing: dict[str, list[str]] = {}
    for key, course in query.courses.items():
        standings = [course.standing_on(query.as_of, party) for party in course.latest.parties if party in lineage]
        word = min(standings, key=standing.liveliness, default=NONE)
        if word != NONE:
            by_standing.setdefault(word, []).append(key)
    order = {word: place for place, word in enumerate(STANDINGS)}
    return dict(sorted(by_standing.items(), key=lambda item: order.get(item[0], len(order))))


def _steps_of(log: Log, actor: Actor) -> list[Event]:
    lineage = log.lineage(actor.id)
    return [event for event in log.events if not lineage.isdisjoint(event.parties)]


def _span(steps: list[Event]) -> str:
    if not steps:
        return "none in the log"
    return f"{len(steps)}, {dates.shown(steps[0].date)} – {dates.shown(steps[-1].date)}"


def _drawn(sheets: Iterable[Iterable[_Line]], width: int) -> Iterator[Spans]:
    """Sheets as lines of a screen, every text wrapped behind its own beginning."""
    for number, sheet in enumerate(sheets):
        if number:
            yield ()
        for label, spans, left, hang in sheet:
            if not spans and not label:
                yield ()
                continue
            lead: Spans = ((f" {label}".ljust(left)[:left], "dim"),)
            clean = tuple((visible(text), role) for text, role in spans)
            for line in _wrapped(clean, max(width - left, 20), hang):
                yield (*lead, *line)
                lead = ((" " * (left + hang), ""),)


# A sign stays with the word behind it.
_WORD = re.compile(r" *(?:[^\w ] )?[^ ]+")


def _wrapped(spans: Spans, width: int, hang: int) -> list[Spans]:
    """Spans broken between words, all lines but the first narrower by `hang`."""
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0
    for text, role in spans:
        for word in _WORD.findall(text):
            if used and used + cell_width(word) > width:
                lines.append([])
                width, used = width - hang * (len(lines) == 2), 0
                word = word.lstrip(" ")
            line = lines[-1]
            if line and line[-1][1] == role:
                line[-1] = (line[-1][0] + word, role)
            else:
                line.append((word, role))
            used += cell_width(word)
        tail = text[len(text.rstrip(" ")) :]
        if tail and used:
            lines[-1].append((tail, ""))
            used += len(tail)
    return [tuple(line) for line in lines]


# Data: what the data formats carry of a record.


def _event_data(query: Query, event: Event) -> dict[str, object]:
    further = ("end", "threatens", "condition", "due", "denies", "known", "file")
    return {
        "record": "event",
        **_record.nested(event),
        **{name: getattr(event, name) for name in further},
        "led_to": [effect.id for effect in relations.consequences(query.log).get(event.id, [])],
    }


def _partnership_data(query: Query, partnership: Partnership) -> dict[str, object]:
    log, course = query.log, query.courses[partnership.id]
    spell = course.spells_on(query.as_of)[-1]
    closed = spell.opened if spell and spell.standing in CLOSED_STANDINGS else None
    steps = [event for event in log.events if event.partnership == partnership.id]
    return {
        "record": "partnership",
        "id": partnership.id,
        "name": partnership.name,
        "parties": list(partnership.parties),
        "standing": course.standing_on(query.as_of),
        "since": spell.since if spell else None,
        "closed_by": list(closed.by) if closed else [],
        "because": list(closed.because) if closed else [],
        "replaced_by": list(_replacements(log, partnership.id)),
        "last_event": steps[-1].id if steps else None,
        "party_standings": {party: course.standing_on(query.as_of, party) for party in course.latest.parties},
        "kind": partnership.kind,
        "topic": partnership.topic,
        "programme": partnership.programme,
        "description": partnership.description,
        "opens": partnership.opens,
        "spells": [_spell_data(one) for one in course.latest.spells],
        "events": [event.id for event in steps],
        "file": partnership.file,
        "line": partnership.line,
    }


def _spell_data(spell: Spell) -> dict[str, object]:
    event = spell.opened.id if spell.opened else None
    return {"standing": spell.standing, "since": spell.since, "first": spell.first, "last": spell.last, "event": event}


def _actor_data(query: Query, actor: Actor) -> dict[str, object]:
    steps = _steps_of(query.log, actor)
    return {
        "record": "actor",
        **actor._asdict(),
        "ids": dict(actor.ids),
        "successors": [other.id for other in query.log.actors.values() if other.predecessor == actor.id],
        "partnerships": _partnerships_of(query, actor),
        "events": len(steps),
        "first": steps[0].date if steps else None,
        "last": steps[-1].date if steps else None,
        "last_event": steps[-1].id if steps else None,
    }


def _sheet(query: Query, record: Record) -> Iterator[_Line]:
    if isinstance(record, Event):
        return _event_sheet(query, record)
    return _partnership_sheet(query, record) if isinstance(record, Partnership) else _actor_sheet(query, record)


def _data(query: Query, record: Record) -> dict[str, object]:
    if isinstance(record, Event):
        return _event_data(query, record)
    return _partnership_data(query, record) if isinstance(record, Partnership) else _actor_data(query, record)
