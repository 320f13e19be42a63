"""spacerel add: one more event at the end of a log."""

import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Annotated, Any

import typer

from spacerel import log, model, options, writing
from spacerel.errors import DataError, UsageError, suggestion
from spacerel.fields import TOP, Fault
from spacerel.files import content, followed, paths_of
from spacerel.model import Log

_SOURCE = ("title", "publisher", "url", "published", "supports")
_HELP: Mapping[str, str] = {
    "id": "What happened, in words-with-hyphens: esa-suspends-exomars-rover.",
    "date": "2022-03-17, 2022-03 or 2022; ~ behind it for about.",
    "end": "The last day of something that lasted.",
    "known": "The day it became public, if later.",
    "title": "At most 90 characters, present tense.",
    "parties": "Whom it concerns, the acting one first: esa,roscosmos.",
    "by": "Who took the step; left out where it was joint.",
    "partnership": "The partnership it belongs to.",
    "act": f"{', '.join(model.ACTS)}.",
    "modality": f"{', '.join(model.MODALITIES)}.  [default: done]",
    "threatens": "The act that is threatened.",
    "condition": "What is demanded.",
    "due": "The deadline.",
    "outcome": "STATUS, STATUS:DATE or STATUS:DATE:EVENT.",
    "scope": "The parties whose standing changes, if not all.",
    "term_end": "The last day of the term that this step sets.",
    "replaces": "The partnership whose job this one takes over.",
    "because": "Earlier events that are the reason.",
    "denies": "The event whose claim is denied.",
    "tags": "Tags: mars,science.",
    "summary": "One to three sentences.",
    "note": "Where sources disagree, what each says.",
    "sources": "TITLE | PUBLISHER | URL [| PUBLISHED [| SUPPORTS]]; once for each source.",
    "confidence": f"{', '.join(model.CONFIDENCES)}.",
}
_NAMING = {"parties": "actor", "by": "actor", "partnership": "partnership", "because": "event"}
_COMPLETED: Mapping[str, Callable[..., Any]] = {
    **dict.fromkeys(("parties", "by", "scope"), options.agency_ids),
    **dict.fromkeys(("partnership", "replaces"), options.partnership_ids),
    **dict.fromkeys(("because", "denies"), options.event_ids),
    "tags": options.tags,
}
_EVENT = TOP.fields["events"].mapping
assert _EVENT is not None
_FIELDS, _REQUIRED = _EVENT.fields, _EVENT.required
_OF_THREATS = ("threatens", "condition", "due", "outcome")
_ASKED = (*_REQUIRED[:4], "by", "partnership", "act", *_OF_THREATS, "because", "tags", *_REQUIRED[5:])
"""What a person at a terminal is asked for, in this order, where no option said it."""


def add(file: str | None = None, dry_run: bool = False, no_input: bool = False, **said: Any) -> None:
    """Append an event to a log. At a terminal it asks for what no option said; nothing is written before all is right.

    Example: spacerel add mine.yaml --id esa-ends-rover --date 2022-07-12 --title 'ESA ends the rover' --parties esa,roscosmos
    --by esa --partnership exomars-rover --act end --summary 'The Council ends it.' --source 'Title | ESA | https://...'
    --confidence high
    """
    paths = paths_of(())
    if file is None and len(paths) > 1:
        raise UsageError(
            f"SPACEREL_LOG names {len(paths)} files. Say which one is to have the event: spacerel add FILE"
        )
    path = file if file is not None else paths[0]
    target = writing.writable(path)
    # A file that is part of a log is right or wrong together with the other parts.
    whole = [path if followed(one) == target else one for one in paths]
    if path not in whole:
        whole = [path]
    known = _sound(whole, {})
    asking = not no_input and sys.stdin.isatty() and sys.stderr.isatty()
    record = _record(said, known, asking)
    if dry_run:
        _, text = _with_event(whole, path, content(str(target)), record)
        sys.stdout.write(text)
        return
    if asking:
        sys.stderr.write("\n" + "\n".join(writing.laid_out("events", record)) + "\n\n")
        _with_event(whole, path, content(str(target)), record)
        if not typer.confirm(f"Write it to {path}?", default=True, err=True):
            sys.stderr.write("Nothing is written.\n")
            raise typer.Abort
    with writing.locked(target):
        before = content(str(target))
        after, _ = _with_event(whole, path, before, record)
        writing.replace(target, after, before)
    sys.stderr.write(f"Wrote {record['id']} to {path}.\n")


def _sound(paths: list[str], instead: Mapping[str, bytes]) -> Log:
    """The log, which has no errors."""
    found, problems = log.problems(paths, instead)
    errors = [problem for problem in problems if problem.severity == "error"]
    if found is None or errors:
        first = errors[0]
        raise DataError(
            f"the log has errors, so nothing is written: {first.place.file}:{first.place.line}: {first.message}. "
            f"Run: spacerel check {' '.join(paths)}"
        )
    return found


def _record(said: Mapping[str, Any], known: Log, asking: bool) -> dict[str, Any]:
    """The event's values in the order of the format: what options said, and what a person answers."""
    answers = {name: value for name, value in said.items() if value}
    if asking:
        for name in _ASKED:
            if name not in answers and (name not in _OF_THREATS or answers.get("act") == "threaten"):
                answer = _answer(name, known)
                if answer:
                    answers[name] = [answer] if name == "sources" else answer
        if answers.get("act") == "threaten":
            answers.setdefault("modality", "threatened")
    missing = [name for name in _REQUIRED if name not in answers]
    if missing:
        options = ", ".join(f"--{'source' if name == 'sources' else name}" for name in missing)
        raise UsageError(f"an event needs {options}. Usage: spacerel add --help")
    return {name: _value(name, answers[name]) for name in _FIELDS if name in answers}


def _value(name: str, text: Any) -> Any:
    if name == "sources":
        return [_source(one) for one in text]
    if name == "outcome":
        return dict(zip(("status", "date", "event"), text.split(":"), strict=False))
    shape = _FIELDS[name].shape
    if shape in ("list", "either"):
        words = [word.strip() for word in text.split(",") if word.strip()]
        return words[0] if shape == "either" and len(words) == 1 and name in ("by", "denies") else words
    return text.strip()


def _source(text: str) -> dict[str, str]:
    parts = [part.strip() for part in text.split(" | ")]
    if not 3 <= len(parts) <= len(_SOURCE):
        raise UsageError(
            f'a source is "TITLE | PUBLISHER | URL", with "| PUBLISHED | SUPPORTS" behind it if known, not "{text}".'
        )
    found = dict(zip(_SOURCE, parts, strict=False))
    order = ("title", "publisher", "published", "url", "supports")
    return {key: found[key] for key in order if found.get(key)}


def _with_event(whole: list[str], path: str, before: bytes, record: Mapping[str, Any]) -> tuple[bytes, str]:
    """The file with the event behind its last one, and the event's own text. Raises where the log would not be right."""
    known = _sound(whole, {path: before})
    text = before.decode("utf-8-sig")
    end = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    own = [event for event in known.events if event.file == _shown(known, whole, path)]
    first = lines[own[0].line - 1] if own else ""
    # The dash of a record may stand on a line before its first key.
    indent = first[: len(first) - len(first.lstrip())] if first.lstrip().startswith("-") else ""
    added = [(indent + line).rstrip() for line in writing.laid_out("events", record)]
    opening = [] if any(line.startswith("events:") for line in lines) else ["events:"]
    gap = ["", ""] if text and not text.endswith(("\n", "\r")) else [""]
    after = before + end.join([*(gap if own or opening else gap[1:]), *opening, *added, ""]).encode()
    found, problems = log.problems(whole, {path: after})
    if found is None or len(found.events) != len(known.events) + 1:
        broken = next((one for one in problems if one.code in ("E001", "E006", "E008", "E010")), None)
        if broken is not None:
            raise DataError(
                f"the events are not the last list of {path}, or stand in brackets. Mend it: spacerel fmt {path}"
            )
    errors = [one for one in problems if one.severity == "error"]
    if errors:
        told = "; ".join(f"{one.message}{f' ({one.hint})' if one.hint else ''}" for one in errors[:5])
        raise UsageError(f"nothing is written: {told}.")
    return after, end.join([*added, ""])


def _shown(known: Log, whole: list[str], path: str) -> str:
    return known.files[list(dict.fromkeys(whole)).index(path)]


def _answer(name: str, known: Log) -> str:
    """What a person types for a field, asked again while it cannot be right; Tab completes it."""
    _complete(lambda typed, number: dict(enumerate(_completions(name, known, typed))).get(number))
    needed = name in _REQUIRED
    sys.stderr.write(f"{_HELP[name]}\n")
    while True:
        answer = _typed(f"{name}{'' if needed else ' (may stay empty)'}: ")
        wrong = _wrong(name, answer, known) if answer else ""
        if wrong:
            sys.stderr.write(f"{wrong}.\n")
        elif answer or not needed:
            return answer


def _typed(prompt: str) -> str:
    # Without a terminal at the other end Python writes the prompt where the answer of the program goes.
    if not sys.stdout.isatty():
        sys.stderr.write(prompt)
        sys.stderr.flush()
        prompt = ""
    try:
        return input(prompt).strip()
    except EOFError:
        raise typer.Abort from None


def _complete(completer: Callable[[str, int], str | None]) -> None:
    """Give the Tab key a meaning, where the machine can."""
    with suppress(ImportError):
        import readline

        readline.set_completer_delims(" ,\t")
        readline.parse_and_bind("tab: complete")
        readline.set_completer(completer)


def _completions(name: str, known: Log, typed: str) -> list[str]:
    return [word for word in _words(name, known) if word.startswith(typed)]


def _wrong(name: str, answer: str, known: Log) -> str:
    """What the reader would say of an answer, or that nothing has the id that it names; nothing where it may be right."""
    try:
        value = _value(name, [answer] if name == "sources" else answer)
    except UsageError as error:
        return str(error).rstrip(".")
    if isinstance(value, dict) or name == "sources":
        return ""
    there = {one.id for one in known.events} if name == "id" else ()
    words = tuple(_words(name, known)) if name in _NAMING else None
    for one in [value] if isinstance(value, str) else value:
        fault = _FIELDS[name].read(one)
        if isinstance(fault, Fault):
            return f"{fault.message}{f' ({fault.hint})' if fault.hint else ''}"
        if one in there:
            return f'the id "{one}" is taken'
        if words is not None and one not in words:
            near = suggestion(one, words)
            return f'unknown {_NAMING[name]} "{one}"{f" ({near})" if near else ""}'
    return ""


def _words(name: str, known: Log) -> Iterable[str]:
    words: Mapping[str, Iterable[str]] = {
        **dict.fromkeys(("parties", "by"), known.actors),
        "threatens": model.ACTS,
        "outcome": model.OUTCOMES,
        "partnership": known.partnerships,
        "because": [event.id for event in known.events],
        "act": model.ACTS,
        "confidence": model.CONFIDENCES,
        "tags": dict.fromkeys(tag for event in known.events for tag in event.tags),
    }
    return words.get(name, ())


def _signature() -> inspect.Signature:
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters: list[tuple[str, Any, Any]] = [
        ("file", Annotated[str | None, typer.Argument(metavar="[FILE]", help="The log. Default: SPACEREL_LOG.")], None),
    ]
    for name in _FIELDS:
        option = "--source" if name == "sources" else f"--{name.replace('_', '-')}"
        form = list[str] if name == "sources" else str
        complete = _COMPLETED.get(name)
        declared = typer.Option(option, metavar="TEXT", help=_HELP[name], autocompletion=complete)
        parameters.append((name, Annotated[form | None, declared], None))
    for name, help in (("dry_run", "Print the event; write nothing."), ("no_input", "Ask nothing.")):
        parameters.append((name, Annotated[bool, typer.Option(f"--{name.replace('_', '-')}", help=help)], False))
    return inspect.Signature(
        [inspect.Parameter(name, kind, annotation=form, default=default) for name, form, default in parameters]
    )


add.__signature__ = _signature()  # type: ignore[attr-defined]
add.__annotations__ = {name: one.annotation for name, one in _signature().parameters.items()}
