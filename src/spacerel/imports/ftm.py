"""Entities of FollowTheMoney, a JSON object {id, schema, properties} a line.

An Event is a step; PublicBody, Company and Organization are actors; a Project whose keywords name a kind and a topic is a
partnership. Participations, successions and links between them go into the records that they tie. Any other entity has no
place in a log and is named. A body that the log in use knows, by its id, its Wikidata id or a name, has its id there.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from spacerel.imports._row import FIELDS, LISTS, Row, event, fresh, host, others, slug, source
from spacerel.imports.jsonl import Found, unread
from spacerel.model import ACTOR_TYPES, ACTS, KINDS, MODALITIES, TOPICS, Log

ACTORS: Mapping[str, str] = {
    "Company": "company",
    "LegalEntity": "organisation",
    "Organization": "organisation",
    "PublicBody": "agency",
}
"""Schema -> the type of actor, where no keyword names one."""
_GONE = {"SUHH": "SU", "CSHH": "CS", "DDDE": "DD"}
_ENDS: Mapping[str, tuple[str, str]] = {
    "ProjectParticipant": ("project", "participant"),
    "Succession": ("successor", "predecessor"),
    "UnknownLink": ("subject", "object"),
}
"""Schema of a tie -> the property that names the record it goes into, and the one that names what goes there."""


class _Entity(NamedTuple):
    where: str
    id: str
    schema: str
    left: dict[str, list[str]]
    """Properties that nothing has been taken from yet."""
    text: str

    def first(self, *names: str) -> str:
        """The first value of the first of these properties that has one; it is taken out."""
        for name in names:
            if self.left.get(name):
                return self.left[name].pop(0)
        return ""

    def every(self, name: str) -> list[str]:
        """All values of a property; they are taken out."""
        return self.left.pop(name, [])

    def chosen(self, name: str, words: Iterable[str]) -> str:
        """The first value of a property that is one of these words; it is taken out."""
        found = next((one for one in self.left.get(name, []) if one in words), "")
        if found:
            self.left[name].remove(found)
        return found

    @property
    def others(self) -> dict[str, str]:
        """What was not taken, with the id, for people who look for the entity."""
        return others({name: "; ".join(values) for name, values in self.left.items()})


def is_one(values: Iterable[Mapping[str, Any]]) -> bool:
    """Whether JSON lines are entities: all that are objects have these three keys."""
    found = list(values)
    return bool(found) and all({"id", "schema", "properties"} <= set(one) for one in found)


def rows(found: Iterable[Found], mapped: Mapping[str, str], known: Log) -> Iterator[Row]:
    """A row an entity, in the order of the file."""
    lines = [(where, _entity(where, value, text), text) for where, value, text in found]
    entities = {one.id: one for _, one, _ in lines if one is not None}
    ids = _ids(entities.values(), known)
    tied: dict[str, list[_Entity]] = {}
    for one in entities.values():
        into, other = _ENDS.get(one.schema, ("", ""))
        ends = [*one.left.get(into, []), *one.left.get(other, [])]
        if len(ends) == 2 and all(end in ids for end in ends):
            tied.setdefault(ends[0], []).append(one)
    merged = {one.id for ties in tied.values() for one in ties}
    for where, entity, text in lines:
        if entity is None:
            yield unread(where, text, "not an entity of FollowTheMoney")
        elif entities[entity.id] is not entity:
            yield unread(where, text, f'the id "{entity.id}" is taken by a later line')
        elif entity.id in merged:
            yield Row(where, {}, kind="")
        elif entity.id not in ids:
            yield unread(where, text, f"a log has no place for {_named(entity)}")
        else:
            make = _actor if entity.schema in ACTORS else _partnership if entity.schema == "Project" else _event
            yield make(entity, tied.get(entity.id, []), ids, mapped)


def _entity(where: str, value: Any, text: str) -> _Entity | None:
    if not isinstance(value, dict):
        return None
    key, schema, properties = value["id"], value["schema"], value["properties"]
    if not isinstance(key, str) or not isinstance(schema, str) or not isinstance(properties, dict):
        return None
    left = {
        name: [
            one if isinstance(one, str) else _id_in(one) for one in (values if isinstance(values, list) else [values])
        ]
        for name, values in properties.items()
    }
    beside = {name: [_id_in(one)] for name, one in value.items() if name not in ("id", "schema", "properties")}
    return _Entity(where, key, schema, {**beside, **left}, text)


def _id_in(value: Any) -> str:
    """An entity may stand in the place of its id; any other value is text."""
    if isinstance(value, dict) and set(value) == {"id"}:
        return str(value["id"])
    import json

    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _named(entity: _Entity) -> str:
    return f"{'an' if entity.schema[:1] in 'AEIOU' else 'a'} {entity.schema}" if entity.schema else "it"


def _ids(entities: Iterable[_Entity], known: Log) -> dict[str, str]:
    """The id in the log of each entity that can have one."""
    by_name = {
        name.casefold(): key
        for key, actor in known.actors.items()
        for name in (*actor.aliases, *dict(actor.ids).values(), actor.short, actor.name)
    }
    found: dict[str, str] = {}
    for kind, schemata in (("actor", ACTORS), ("partnership", ("Project",)), ("event", ("Event",))):
        taken: set[str] = set()
        for one in (entity for entity in entities if entity.schema in schemata):
            names = [*one.left.get("wikidataId", []), *one.left.get("name", []), *one.left.get("alias", [])]
            own = one.id.removeprefix(f"{kind}-") if one.id.startswith(f"{kind}-") else ""
            there = next((by_name[name.casefold()] for name in names if name.casefold() in by_name), "")
            wish = (
                own
                or (there if kind == "actor" else "")
                or slug(" ".join(one.left.get("name", [])[:1]))
                or slug(one.id)
            )
            if wish:
                found[one.id] = fresh(wish, taken)
    return found


def _actor(entity: _Entity, ties: list[_Entity], ids: Mapping[str, str], mapped: Mapping[str, str]) -> Row:
    name, short = entity.first("name"), entity.first("weakAlias", "abbreviation")
    country = entity.first("country", "jurisdiction", "mainCountry").upper()
    wikidata = entity.first("wikidataId")
    values = {
        "id": ids[entity.id],
        "name": name or entity.first("alias"),
        "short": short,
        "type": entity.chosen("keywords", ACTOR_TYPES) or ACTORS[entity.schema],
        "country": _GONE.get(country, country),
        "aliases": [*entity.every("name"), *entity.every("alias"), *entity.every("weakAlias")],
        "ids": {"wikidata": wikidata} if wikidata else {},
        "predecessor": next((ids[tie.first("predecessor")] for tie in ties if tie.schema == "Succession"), ""),
    }
    return _row(entity, ties, values, "actors")


def _partnership(entity: _Entity, ties: list[_Entity], ids: Mapping[str, str], mapped: Mapping[str, str]) -> Row:
    name = entity.first("name")
    values = {
        "id": ids[entity.id],
        "name": name,
        "parties": [ids[tie.first("participant")] for tie in ties if tie.schema == "ProjectParticipant"],
        "kind": entity.chosen("keywords", KINDS),
        "programme": entity.first("goal"),
        "topic": entity.chosen("keywords", TOPICS),
        "description": entity.first("description", "summary") or name,
    }
    return _row(entity, ties, values, "partnerships")


def _event(entity: _Entity, ties: list[_Entity], ids: Mapping[str, str], mapped: Mapping[str, str]) -> Row:
    said = {mapped[name]: entity.every(name) for name in list(entity.left) if name in mapped}
    named = {key: values if key in LISTS else ";".join(values) for key, values in said.items()}
    by = [ids.get(one, one) for one in entity.every("organizer")]
    involved = [ids.get(one, one) for one in entity.every("involved")]
    start = entity.first("startDate", "date")
    partnership, act, because = "", "", []
    for tie in ties:
        to = tie.first("object")
        role = tie.first("role")
        if to.startswith("event-") or role == "because":
            because.append(ids[to])
        elif not partnership:
            partnership, act = ids[to], role if role in ACTS else ""
        else:
            tie.left.update({"object": [to], "role": [role]})
    title = entity.first("name")
    values: dict[str, Any] = {
        "id": ids[entity.id],
        "date": start,
        "end": entity.first("endDate"),
        "title": title,
        "parties": list(dict.fromkeys([*involved, *by] if set(by) <= set(involved) else [*by, *involved])),
        "by": by[0] if len(by) == 1 else by,
        "partnership": partnership,
        "act": act or entity.chosen("keywords", ACTS),
        "modality": entity.chosen("keywords", MODALITIES),
        "because": because,
        "summary": entity.first("summary", "description") or title,
        "note": entity.first("notes"),
        "sources": _sources(entity),
    }
    for tie in ties:
        if tie.left.get("date") == [start]:
            del tie.left["date"]
    if act:
        # The tie said it; the keyword that says it again says nothing new.
        entity.chosen("keywords", [act])
    values["tags"] = entity.every("keywords")
    for key in ("date", "end"):
        # An hour has no place in a log.
        if "T" in values[key]:
            entity.left[f"{key} in full"] = [values[key]]
            values[key] = values[key].partition("T")[0]
    replaced = {key: values[key] for key in named if values.get(key)}
    row = event(entity.where, {key: value for key, value in {**values, **named}.items() if key in FIELDS or value})
    return row._replace(others={**row.others, **others(replaced), **_left(entity, ties)})


def _sources(entity: _Entity) -> list[dict[str, str]]:
    """An address a source; publishers count only where there is one for each, or one for all."""
    addresses, publishers = entity.every("sourceUrl"), entity.left.get("publisher", [])
    if publishers and len(publishers) in (1, len(addresses)):
        entity.every("publisher")
        publishers = publishers * len(addresses) if len(publishers) == 1 else publishers
    else:
        publishers = [host(address) for address in addresses]
    return [source(address, by, address) for address, by in zip(addresses, publishers, strict=True)]


def _row(entity: _Entity, ties: list[_Entity], values: dict[str, Any], kind: str) -> Row:
    return Row(entity.where, {key: value for key, value in values.items() if value}, _left(entity, ties), kind)


def _left(entity: _Entity, ties: list[_Entity]) -> dict[str, str]:
    """What nothing was taken from, of the entity and of its ties."""
    found = entity.others
    for tie in ties:
        into, _ = _ENDS[tie.schema]
        tie.left.pop(into, None)
        found |= {f"{tie.id} {name}": text for name, text in tie.others.items()}
    return found
