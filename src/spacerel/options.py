"""The shared options, each once, as Typer declares them, and the words that a shell proposes for them."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from spacerel import model

if TYPE_CHECKING:
    from spacerel.model import Actor, Log

# Completion. A failure here must not write into the line that a person is typing: there is nothing to propose then.


def _log(paths: Sequence[str]) -> "Log":
    from spacerel import cache

    return cache.read(paths)


def _actors(paths: Sequence[str]) -> "Mapping[str, Actor]":
    from spacerel import cache

    return cache.actors(paths)


def _proposing(find: Callable[[Sequence[str]], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    def propose(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            return _continued(incomplete, find([path for path in given(ctx, "log") or () if path != "-"]))
        except Exception:
            return []

    return propose


def words(vocabulary: Iterable[str]) -> Callable[[str], list[str]]:
    return lambda incomplete: _continued(incomplete, vocabulary)


def _continued(incomplete: str, words: Iterable[str]) -> list[str]:
    """The words that go on from what stands behind the last comma."""
    begun, comma, _ = incomplete.rpartition(",")
    return [begun + comma + word for word in words]


def _event_ids(paths: Sequence[str]) -> list[str]:
    return [event.id for event in _log(paths).events]


def _record_ids(paths: Sequence[str]) -> list[str]:
    log = _log(paths)
    return [*(event.id for event in log.events), *log.partnerships, *log.actors]


def _tags(paths: Sequence[str]) -> Iterable[str]:
    return dict.fromkeys(tag for event in _log(paths).events for tag in event.tags if _HARMLESS.match(tag))


agency_ids = _proposing(_actors)
partnership_ids = _proposing(lambda paths: _log(paths).partnerships)
event_ids = _proposing(_event_ids)
record_ids = _proposing(_record_ids)
tags = _proposing(_tags)
# Shells put proposals into the command line, and zsh evaluates them: no sign that means something there.
_HARMLESS = re.compile(r"[\w.+-]+\Z")


def _format_names(incomplete: str) -> list[str]:
    from spacerel import formats

    return list(formats.names())


# The shared options, each once: name of the parameter -> its type, declared for Typer, and its default.

Option = tuple[Any, Any]


def _several(*names: str, metavar: str, help: str, complete: Callable[..., Any] | None = None) -> Option:
    return Annotated[
        list[str] | None,
        typer.Option(*names, metavar=metavar, help=help, autocompletion=complete, rich_help_panel="Filters"),
    ], None


def _one(
    *names: str, metavar: str, help: str, panel: str = "Filters", complete: Callable[..., Any] | None = None
) -> Option:
    return Annotated[
        str | None, typer.Option(*names, metavar=metavar, help=help, autocompletion=complete, rich_help_panel=panel)
    ], None


def _number(*names: str, least: int, help: str, panel: str) -> Option:
    return Annotated[int | None, typer.Option(*names, min=least, metavar="N", help=help, rich_help_panel=panel)], None


def _flag(*names: str, help: str, panel: str) -> Option:
    return Annotated[bool, typer.Option(*names, help=help, rich_help_panel=panel)], False


def _words(names: Sequence[str], vocabulary: Sequence[str], help: str) -> Option:
    return _several(*names, metavar="WORD", help=help, complete=words(vocabulary))


FILTERS: Mapping[str, Option] = {
    "agency": _several(
        "-a", "--agency", metavar="NAME", help="A party, by id, name or alias; predecessors too.", complete=agency_ids
    ),
    "with_": _several("-w", "--with", metavar="NAME", help="A further party.", complete=agency_ids),
    "by": _several("--by", metavar="NAME", help="Who took the step.", complete=agency_ids),
    "against": _several("--against", metavar="NAME", help="Towards whom it was taken.", complete=agency_ids),
    "partnership": _several(
        "-p", "--partnership", metavar="ID", help="A partnership, by id or name.", complete=partnership_ids
    ),
    "country": _several("--country", metavar="CODE", help="The country of a party: RU, US."),
    "act": _words(("--act",), tuple(model.ACTS), "The kind of step: agree, suspend, end."),
    "modality": _words(("--modality",), model.MODALITIES, f"{', '.join(model.MODALITIES)}."),
    "outcome": _words(("--outcome",), model.OUTCOMES, "Of what was not done at once: carried-out, reversed."),
    "tag": _several("-t", "--tag", metavar="WORD", help="A tag: mars, iss.", complete=tags),
    "topic": _words(("--topic",), model.TOPICS, "The partnership's topic: crew, launch, science."),
    "confidence": _words(("--confidence",), model.CONFIDENCES, "high, medium or low."),
    "source": _several("--source", metavar="TEXT", help="Part of a publisher's name."),
    "grep": _several("-g", "--grep", metavar="TEXT", help="Text in title, summary, note or id."),
    "exclude": _several("-x", "--exclude", metavar="FILTER:VALUE", help="Not these: act:context, agency:esa."),
    "since": _one("--since", metavar="DATE", help="From the first day of this on: 2022, 2022-03, 17 March 2022."),
    "until": _one("--until", metavar="DATE", help="Up to the last day of this, inclusive."),
    "period": _one("--period", metavar="PERIOD", help="2022, 2022-03, 2022-Q1, A..B, A.., today, month-3, year-1."),
    "on_this_day": _flag("--on-this-day", help="What happened on today's day and month.", panel="Filters"),
    "strict_dates": _flag("--strict-dates", help="Not what only may fall in the period.", panel="Filters"),
    "as_of": _one("--as-of", metavar="DAY", help="The log as it stood on this day.  [default: today]"),
    "known": _flag("--known", help="With --as-of: only what was public by then.", panel="Filters"),
}

OUTPUT: Mapping[str, Option] = {
    "format": _one(
        "-f",
        "--format",
        metavar="FORMAT",
        help="text, plain, csv, json, jsonl, md, html or svg.  [default: text, in a pipe plain]",
        panel="Output",
        complete=_format_names,
    ),
    "json": _flag("--json", help="The same as --format json.", panel="Output"),
    "fields": _one("--fields", metavar="A,B", help="These fields in this order; help lists them.", panel="Output"),
    "output": _one("-o", "--output", metavar="FILE", help="Write here; the ending chooses the format.", panel="Output"),
    "force": _flag("--force", help="Write over an existing file.", panel="Output"),
    "limit": _number("-n", "--limit", least=1, help="Only so many rows.", panel="Output"),
    "sort": _one("--sort", metavar="FIELD", help="In the order of this field.", panel="Output"),
    "reverse": _flag("-r", "--reverse", help="The other way round.", panel="Output"),
}

GLOBAL: Mapping[str, Option] = {
    "log": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--log",
                metavar="FILE",
                help="The log: several files are one, - is standard input.  [default: SPACEREL_LOG, else the shipped log]",
                rich_help_panel="Global",
            ),
        ],
        None,
    ),
    "color": _one(
        "--color",
        metavar="WHEN",
        help="auto, always or never.",
        panel="Global",
        complete=words(("auto", "always", "never")),
    ),
    "ascii": _flag("--ascii", help="Signs that every terminal has.", panel="Global"),
    "width": _number("--width", least=20, help="Columns of the screen.", panel="Global"),
    "no_pager": _flag("--no-pager", help="Long screens roll by.", panel="Global"),
    "today": _one("--today", metavar="DAY", help="Take this day for today.", panel="Global"),
    "no_cache": _flag("--no-cache", help="Read the log itself, and keep nothing of it.", panel="Global"),
    "quiet": _flag("-q", "--quiet", help="No remarks on standard error.", panel="Global"),
    "debug": _flag("--debug", help="Show where in the program an error comes from.", panel="Global"),
}
"""These may stand before the command as well as behind it."""


def given(ctx: typer.Context, name: str, value: Any = None) -> Any:
    """An option's value behind the command, else the one before it; of --log both."""
    before = ctx.parent.params.get(name) if ctx.parent is not None and name in GLOBAL else None
    value = value if value is not None else ctx.params.get(name)
    if name == "log":
        return [*(before or ()), *(value or ())]
    return before if value is None or value is False else value
