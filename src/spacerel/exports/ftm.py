"""Entities of FollowTheMoney (JSON lines), for Aleph, OpenSanctions' tools and yente: `ftm validate -i FILE`.

Actors are PublicBody, Company or Organization; a partnership is a Project and each party's place in it a ProjectParticipant
with its standing on --as-of; a step is an Event, tied to its Project and to its causes by UnknownLink; a predecessor is a
Succession. Dates are as fine as the log has them. It cannot carry: that a date is only about right, outcomes, how a
standing changed, and the titles and days of sources.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TextIO

from spacerel.dates import LAST_DAY, last_day, next_day
from spacerel.model import CLOSED_STANDINGS, Actor, Event, Log, Partnership
from spacerel.standing import NONE, Course, Courses

_SCHEMATA = {"agency": "PublicBody", "state": "PublicBody", "company": "Company", "organisation": "Organization"}
_GONE = {"SU": "suhh", "CS": "cshh"}

Entity = dict[str, object]


def write(log: Log, events: Iterable[Event], out: TextIO, *, as_of: str = LAST_DAY) -> None:
    """Write an entity a line: the chosen events, with the partnerships and actors that they name."""
    chosen = list(events)
    partnerships = [
        log.partnerships[key] for key in dict.fromkeys(one.partnership for one in chosen if one.partnership is not None)
    ]
    all_courses = Courses(log)
    members = {one.id: _members(one, all_courses[one.id], as_of) for one in partnerships}
    named = dict.fromkeys([actor for found in members.values() for actor in found])
    named.update(dict.fromkeys(actor for event in chosen for actor in event.parties))
    actors = dict.fromkeys(actor for key in named for actor in (key, *sorted(log.lineage(key))))
    ids = {event.id for event in chosen}
    terms = _terms(log)
    lines = [_actor(log.actors[key]) for key in actors]
    lines += [_succession(log.actors[key]) for key in actors if log.actors[key].predecessor]
    for one in partnerships:
        course = all_courses[one.id]
        span = partial(_span, course, terms.get(one.id, {}), as_of)
        lines.append(_project(one, course.standing_on(as_of), span(None)))
        lines += [_participant(one, actor, course.standing_on(as_of, actor), span(actor)) for actor in members[one.id]]
    lines += [_event(event) for event in chosen]
    lines += [link for event in chosen for link in _links(event, ids)]
    out.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _members(partnership: Partnership, course: Course, as_of: str) -> list[str]:
    everybody = dict.fromkeys((*partnership.parties, *course.latest.parties))
    return [actor for actor in everybody if course.standing_on(as_of, actor) != NONE or actor in partnership.parties]


def _entity(schema: str, key: str, properties: Mapping[str, str | Iterable[str] | None]) -> Entity:
    """An entity; what is empty is left out."""
    given = {
        name: list(dict.fromkeys([value] if isinstance(value, str) else value))
        for name, value in properties.items()
        if value
    }
    return {"id": key, "schema": schema, "properties": given}


def _actor(actor: Actor) -> Entity:
    properties = {
        "name": actor.name,
        "weakAlias": actor.short if actor.short != actor.name else None,
        "alias": actor.aliases,
        "country": _GONE.get(actor.country, actor.country.lower()) if actor.country else None,
        "wikidataId": dict(actor.ids).get("wikidata"),
        "keywords": actor.type,
    }
    return _entity(_SCHEMATA[actor.type], f"actor-{actor.id}", properties)


def _succession(actor: Actor) -> Entity:
    properties = {"predecessor": f"actor-{actor.predecessor}", "successor": f"actor-{actor.id}"}
    return _entity("Succession", f"succession-{actor.predecessor}-{actor.id}", properties)


def _project(partnership: Partnership, standing: str, span: Mapping[str, str]) -> Entity:
    opens = {"startDate": partnership.opens.rstrip("~")} if partnership.opens is not None else {}
    properties = {
        "name": partnership.name,
        "description": partnership.description,
        "goal": partnership.programme,
        "keywords": (partnership.kind, partnership.topic),
        "status": standing,
        **span,
        **opens,
    }
    return _entity("Project", f"partnership-{partnership.id}", properties)


def _participant(partnership: Partnership, actor: str, standing: str, span: Mapping[str, str]) -> Entity:
    properties = {
        "project": f"partnership-{partnership.id}",
        "participant": f"actor-{actor}",
        "status": standing,
        **span,
    }
    return _entity("ProjectParticipant", f"participant-{partnership.id}-{actor}", properties)


def _terms(log: Log) -> dict[str, dict[str, str]]:
    """For each partnership, the first day after a term -> the term's end as fine as the log has it."""
    found: dict[str, dict[str, str]] = {}
    for event in log.events:
        if event.partnership is not None and event.term_end is not None:
            found.setdefault(event.partnership, {})[next_day(last_day(event.term_end))] = event.term_end.rstrip("~")
    return found


def _span(course: Course, terms: Mapping[str, str], as_of: str, party: str | None) -> dict[str, str]:
    """First and, where it is closed on the day, last date, as fine as the steps and terms that made them."""
    spells = course.latest.spells if party is None else course.latest.parties.get(party, ())
    spells = tuple(spell for spell in spells if spell.first <= as_of)
    if not spells:
        return {}
    begun, now = spells[0], spells[-1]
    found = {"startDate": begun.opened.date.rstrip("~")} if begun.opened else {}
    if now.standing in CLOSED_STANDINGS and (
        end := now.opened.date.rstrip("~") if now.opened else terms.get(now.first)
    ):
        found["endDate"] = end
    return found


def _event(event: Event) -> Entity:
    spans = {"startDate": event.date.rstrip("~"), "endDate": event.end.rstrip("~")} if event.end else {}
    properties = {
        "name": event.title,
        "summary": event.summary,
        "notes": event.note,
        **(spans or {"date": event.date.rstrip("~")}),
        "organizer": [f"actor-{actor}" for actor in event.by],
        "involved": [f"actor-{actor}" for actor in event.parties],
        "keywords": (event.act, event.modality, *event.tags),
        "sourceUrl": [source.url for source in event.sources],
        "publisher": [source.publisher for source in event.sources],
    }
    return _entity("Event", f"event-{event.id}", properties)


def _links(event: Event, ids: Iterable[str]) -> Iterator[Entity]:
    """What ties an event to its partnership and to those of its causes that were chosen, too."""
    here = f"event-{event.id}"
    if event.partnership is not None:
        properties = {"subject": here, "object": f"partnership-{event.partnership}", "role": event.act}
        yield _entity("UnknownLink", f"step-{event.id}", {**properties, "date": event.date.rstrip("~")})
    for cause in event.because:
        if cause in ids:
            properties = {"subject": here, "object": f"event-{cause}", "role": "because"}
            yield _entity("UnknownLink", f"because-{event.id}-{cause}", properties)
