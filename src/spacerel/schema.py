"""The log's format as a JSON Schema, for editors and other checkers; made from the tables that the reader uses."""

from collections.abc import Mapping
from typing import Any

from spacerel import model
from spacerel.fields import FORMAT, TOP

_DRAFT = "http://json-schema.org/draft-07/schema#"
_ID = "^[a-z0-9]+(-[a-z0-9]+)*$"
_DATE = r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?~?$"
_EVENT: Any = TOP.fields["events"].mapping
_ACTOR: Any = TOP.fields["actors"].mapping
_PARTNERSHIP: Any = TOP.fields["partnerships"].mapping
_SOURCE: Any = _EVENT.fields["sources"].mapping
_OUTCOME: Any = _EVENT.fields["outcome"].mapping

# The reader's own field -> what JSON Schema can say of its text. What is not here is any text.
_TEXTS: tuple[tuple[Any, Mapping[str, Any]], ...] = (
    (_EVENT.fields["date"], {"pattern": _DATE}),
    (_EVENT.fields["id"], {"pattern": _ID}),
    (_EVENT.fields["parties"], {"pattern": _ID}),
    (_EVENT.fields["by"], {"pattern": _ID}),
    (_EVENT.fields["tags"], {"pattern": "^[^;]+$"}),
    (_SOURCE.fields["publisher"], {"pattern": "^[^;]+$"}),
    (_ACTOR.fields["country"], {"pattern": "^[A-Z]{2}$"}),
    (_EVENT.fields["act"], {"enum": list(model.ACTS)}),
    (_EVENT.fields["threatens"], {"enum": list(model.ACTS)}),
    (_EVENT.fields["modality"], {"enum": list(model.MODALITIES)}),
    (_EVENT.fields["confidence"], {"enum": list(model.CONFIDENCES)}),
    (_OUTCOME.fields["status"], {"enum": list(model.OUTCOMES)}),
    (_ACTOR.fields["type"], {"enum": list(model.ACTOR_TYPES)}),
    (_PARTNERSHIP.fields["kind"], {"enum": list(model.KINDS)}),
    (_PARTNERSHIP.fields["topic"], {"enum": list(model.TOPICS)}),
)

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "a log": {
        "spacerel": "The version of the format: 1.",
        "actors": "Bodies that take steps.",
        "partnerships": "Named cooperations between two or more actors.",
        "events": "Steps that somebody took, or said they would take, with their sources.",
    },
    "an actor": {
        "id": "Lower-case words joined by hyphens; unique among actors.",
        "name": "The full name.",
        "short": "What tables print; the name where it is left out.",
        "type": "What kind of body it is.",
        "country": "ISO 3166-1 alpha-2 (SU, DD and CS for states that are gone); left out for international bodies.",
        "aliases": "Other names that a person may type.",
        "ids": "Ids in other registers, such as wikidata, each only where its label was read.",
        "predecessor": "The id of the body whose work it took over.",
    },
    "a partnership": {
        "id": "Lower-case words joined by hyphens; unique among partnerships.",
        "name": "The name, as tables print it.",
        "parties": "The parties at its start, two or more; later ones come with a join event.",
        "kind": "What binds the parties.",
        "programme": "The programme it belongs to, such as ISS.",
        "topic": "What it is about.",
        "description": "One line of description.",
        "opens": "Since when it was in force, only where that is before its first event in the log.",
    },
    "an event": {
        "id": "Lower-case words joined by hyphens that say what happened; never reused.",
        "date": "2022-03-17, '2022-03' or '2022', no finer than the sources allow; ~ behind it for about.",
        "end": "The last day, inclusive, of something that lasted.",
        "known": "The day it became public, where that is later than date.",
        "title": "At most 90 characters, present tense, neutral.",
        "parties": "The actors concerned, the acting one first.",
        "by": "Who took the step, one id or a list; left out when it was joint.",
        "partnership": "The id of the partnership it belongs to; left out for a setting.",
        "act": "The kind of step.",
        "modality": "Whether it was done, announced, threatened or reported; done where it is left out.",
        "threatens": "With act threaten: the act that is threatened.",
        "condition": "What is demanded.",
        "due": "The deadline.",
        "outcome": "What became of something announced, threatened or reported.",
        "scope": "The parties whose standing changes, when not all of them.",
        "term_end": "The last day of a term that this step sets.",
        "replaces": "The id of the partnership whose job this step's partnership takes over.",
        "because": "Ids of earlier events that the sources name as the reason.",
        "denies": "With act deny: the event whose claim is denied.",
        "tags": "Lower-case tags.",
        "summary": "One to three sentences of our own.",
        "note": "Where sources disagree, what each says.",
        "sources": "The pages that support it, at least one.",
        "confidence": "high: a primary source or two independent ones; else medium or low.",
    },
    "an outcome": {
        "status": "What became of it.",
        "date": "When.",
        "event": "The id of the event that brought it.",
    },
    "a source": {
        "title": "The title of the page.",
        "publisher": "Who published it.",
        "published": "When.",
        "url": "Its http or https address.",
        "supports": "What of the event it supports.",
    },
}
"""What each key means, by the reader's noun for the mapping."""


def schema() -> dict[str, Any]:
    """The whole schema."""
    return {"$schema": _DRAFT, "title": "A spacerel log", **_mapping(TOP)}


def _mapping(mapping: Any) -> dict[str, Any]:
    about = DESCRIPTIONS[mapping.noun]
    fields = {key: {"description": about[key], **_shape(field)} for key, field in mapping.fields.items()}
    if mapping is TOP:
        fields["spacerel"] |= {"type": "integer", "const": int(FORMAT)}
    if "url" in fields:
        fields["url"]["pattern"] = "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#;]+[^\\s;]*$"
    if mapping is _EVENT:
        fields["title"]["maxLength"] = 90
        words = "; ".join(f"{word}: {meaning}" for word, meaning in model.ACTS.items())
        fields["act"]["description"] += f" {words}."
    if mapping is _PARTNERSHIP:
        fields["parties"]["minItems"] = 2
    found = {"type": "object", "additionalProperties": False, "required": list(mapping.required), "properties": fields}
    if mapping is _EVENT:
        # What is not done has an outcome, and nothing else has one.
        undone = {"properties": {"modality": {"enum": list(model.MODALITIES[1:])}}, "required": ["modality"]}
        found |= {"if": undone, "then": {"required": ["outcome"]}, "else": {"not": {"required": ["outcome"]}}}
    return found


def _shape(field: Any) -> dict[str, Any]:
    # A date without quotes is a date to some readers, and every key of ours is text.
    text = {
        "type": "string",
        "minLength": 1,
        **next((said for known, said in _TEXTS if known.read is field.read), {}),
    }
    several = {"type": "array", "minItems": 1, "items": text}
    shapes: Mapping[str, Any] = {
        "one": lambda: text,
        "list": lambda: several,
        "either": lambda: {"anyOf": [text, several]},
        "names": lambda: {"type": "object", "minProperties": 1, "additionalProperties": text},
        "part": lambda: _mapping(field.mapping),
        "parts": lambda: {"type": "array", "items": _mapping(field.mapping)},
    }
    found: dict[str, Any] = shapes[field.shape]()
    if field is _EVENT.fields["sources"]:
        found["minItems"] = 1
    return dict(found)
