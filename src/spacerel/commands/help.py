"""spacerel help: what holds for every command, topic by topic."""

import sys
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap
from typing import Annotated

import typer

from spacerel import model
from spacerel.errors import Exit, enumerated, unknown
from spacerel.options import words
from spacerel.standing import CHANGES, NONE
from spacerel.table import ASCII, GLYPHS

_WIDTH = 80
Page = Iterator[str | Mapping[str, str]]
"""Paragraphs, and lists of words with what each means."""


def _acts() -> Page:
    yield "The kinds of step (act), and what each makes of a partnership's standing. Of what was only threatened, announced or reported none makes anything."
    yield {act: f"{meaning}{_change(act)}" for act, meaning in model.ACTS.items()}
    yield f"Open standings are {enumerated(model.OPEN_STANDINGS)}; closed ones {enumerated(model.CLOSED_STANDINGS)}."
    yield "Each party has a standing of its own, and so can come and go. That of the partnership is the liveliest that two of them share, else what closed it last. A term that runs out makes it expired; a successor (replaces) makes it superseded, or broken where it was suspended. Where a date is vague and the answers differ, both standings are shown."


def _change(act: str) -> str:
    """`. From proposed, agreed or active: suspended`, or nothing where an act changes no standing."""
    found = CHANGES.get(act, {})
    made = set(found.values())
    before = "any standing" if found.keys() >= {NONE, *model.STANDINGS} else enumerated(tuple(found), "or")
    return f". From {before}: {made.pop()}" if made else ""


def _codes() -> Page:
    from spacerel.commands.check import codes

    yield "What check may find. More on each, with a wrong and a right example: spacerel check --explain CODE"
    yield {code: text.partition("\n")[0] for code, text in codes().items()}


def _colours() -> Page:
    yield "Glyph, word and colour always say the same. Where the terminal or its encoding lacks the glyphs, or with --ascii, there are plain signs."
    signs: dict[str, list[str]] = {}
    for word, (glyph, color) in GLYPHS.items():
        signs.setdefault(f"{glyph} {glyph.translate(ASCII)} {color}", []).append(word)
    yield {sign: ", ".join(found) for sign, found in signs.items()}
    yield "There is colour where the first of these that says anything says so:"
    yield {
        "--color": "always or never",
        "NO_COLOR": "anything: no colour",
        "FORCE_COLOR": "anything but 0: colour; CLICOLOR_FORCE likewise",
        "CLICOLOR": "0: no colour",
        "a terminal": "colour, but not into a pipe, a file, or where TERM is dumb",
    }


def _dates() -> Page:
    yield 'A date of the log is no finer than its sources: a day, a month or a year, with a ~ behind it for "about". It is the day of the place where it happened.'
    yield {
        "2022-03-17": "a day",
        "2022-03": "some day in March 2022",
        "2022": "some day in 2022",
        "2022~": "about 2022",
    }
    yield "On the command line (--since, --until, --period, --as-of, --today) also:"
    yield {
        "2022-Q1, 2022-H1": "a quarter, a half of a year",
        "A..B, A.., ..B": "from A to B, both inclusive",
        "today, day-7": "today, the day a week ago",
        "month, month-3": "this month, the third one before it",
        "year, year-1": "this year, last year",
        "17 March 2022": "an English date, with its year",
    }
    yield "--since takes the first day of what is typed, --until and --as-of the last. A step whose day is not known may fall into a period: it is shown with a ~ before its date; --strict-dates leaves it out. --as-of DAY tells the log as it stood on that day, without later outcomes; with --known only what was public by then."


def _environment() -> Page:
    yield {
        "SPACEREL_LOG": "the log where no --log is named; several files are joined as in PATH",
        "SPACEREL_PAGER": "what shows long screens; else PAGER, else less -FIRX; cat for none",
        "XDG_CACHE_HOME": "where logs that were read before are kept, in a folder of our own; ~/.cache where it is not set",
        "COLUMNS": "the columns of the screen, where --width names none",
        "VISUAL, EDITOR": "what spacerel edit opens",
        "NO_COLOR ...": "see spacerel help colours",
    }


def _exit_codes() -> Page:
    yield {
        str(int(code)): meaning
        for code, meaning in {
            Exit.DONE: "done, also where nothing was found",
            Exit.FINDINGS: "check or edit found errors, diff --exit-code changes; import left rows out; fmt --check would change a file",
            Exit.USAGE: "the command line asks for what there is not, or a file could not be written",
            Exit.DATA: "the log cannot be read, or has errors",
            Exit.INTERRUPTED: "interrupted by Ctrl-C",
            Exit.CLOSED_PIPE: "the reader at the other end of the pipe has gone",
        }.items()
    }
    yield "Errors and remarks go to standard error, each as one sentence; -q silences remarks."


def _formats() -> Page:
    from spacerel import exports, formats

    yield "Every reading command prints its rows with --format FORMAT, or -o FILE by the file's ending:"
    yield {name: (formats.named(name).__doc__ or "").partition("\n")[0] for name in formats.names()}
    yield "spacerel export FORMAT gives the chosen events to another program. What each cannot carry: spacerel export FORMAT --about"
    yield {name: exports.about(name).partition("\n")[0] for name in exports.names()}


def _log() -> Page:
    from spacerel.schema import DESCRIPTIONS

    yield "A log is a YAML file, or several (--log FILE --log FILE), with actors, partnerships and events. To begin one: spacerel init FILE. The keys of each, as spacerel schema gives them to an editor:"
    for noun, keys in DESCRIPTIONS.items():
        yield f"{noun}:"
        yield keys
    for name, vocabulary in (
        ("type of an actor", model.ACTOR_TYPES),
        ("kind of a partnership", model.KINDS),
        ("topic of a partnership", model.TOPICS),
        ("modality of an event", model.MODALITIES),
        ("status of an outcome", model.OUTCOMES),
        ("confidence of an event", model.CONFIDENCES),
    ):
        yield f"{name}: {', '.join(vocabulary)}"
    yield "act of an event: see spacerel help acts"


TOPICS: Mapping[str, tuple[str, Callable[[], Page]]] = {
    "acts": ("the kinds of step, and what each makes of a standing", _acts),
    "codes": ("what check may find", _codes),
    "colours": ("signs and colours, and when there are any", _colours),
    "dates": ("dates of the log, and what may be typed", _dates),
    "environment": ("variables that the program looks at", _environment),
    "exit-codes": ("what the exit code says", _exit_codes),
    "formats": ("ways to print and to export", _formats),
    "log": ("the keys and words of a log", _log),
}


def help(
    ctx: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(
            metavar="[TOPIC]",
            help=f"{', '.join(TOPICS)}, or a command. Without one: the list of topics.",
            autocompletion=words(TOPICS),
        ),
    ] = None,
) -> None:
    """What holds for every command: dates, formats, colours, exit codes, the log and its words.

    Example: spacerel help dates
    """
    if topic is None:
        _print(_topics())
        return
    if topic in TOPICS:
        _print(TOPICS[topic][1]())
        return
    assert ctx.parent is not None
    commands: typer.core.TyperGroup = ctx.parent.command  # type: ignore[assignment]
    command = commands.get_command(ctx.parent, topic)
    if command is None:
        known = [*TOPICS, *commands.list_commands(ctx.parent)]
        raise unknown("topic", topic, known, "spacerel help")
    command.make_context(topic, ["--help"], parent=ctx.parent)


def _topics() -> Page:
    yield "spacerel help TOPIC tells of:"
    yield {topic: about for topic, (about, _) in TOPICS.items()}
    yield "spacerel help COMMAND is spacerel COMMAND --help; spacerel --help lists the commands."


def _print(page: Page) -> None:
    text = "\n\n".join("\n".join(_lines(part)) for part in page) + "\n"
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        text = text.translate(ASCII).encode(encoding, "replace").decode(encoding)
    sys.stdout.write(text)


def _lines(part: str | Mapping[str, str]) -> Iterator[str]:
    if isinstance(part, str):
        yield from wrap(part, _WIDTH)
        return
    left = max(map(len, part)) + 4
    for word, meaning in part.items():
        told = wrap(meaning, _WIDTH - left) or [""]
        yield f"  {word:<{left - 2}}{told[0]}".rstrip()
        yield from (f"{'':<{left}}{line}" for line in told[1:])
