"""The command line: shared options, what they say (`Query`), the list of commands, and the one place for errors.

A command is a function of the module in `commands/` that has its name. Only the module of the command that was named is
imported. If the function's first parameter is a `Query`, `reading` gives it the shared options of `FILTERS` and `GLOBAL`,
and those of `OUTPUT` too where it returns a Table, which is then shown as these options say.
"""

import errno
import inspect
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from importlib import import_module
from keyword import iskeyword
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer
from typer.core import TyperCommand, TyperGroup

from spacerel import dates, model
from spacerel.dates import Period
from spacerel.errors import Exit, SpacerelError, UsageError, quoted, unknown

if TYPE_CHECKING:
    from spacerel.model import Event, Log
    from spacerel.selection import Filters
    from spacerel.standing import Course
    from spacerel.table import Table

PIPED_WIDTH = 100
"""Columns of a screen that goes into a pipe or a file."""

_GLYPHS = "●▲‖✕↻◆→←↔–·…"

# Typer keeps its parser private; what it makes public of it is this child of the error for every misuse.
_Misuse: Any = typer.BadParameter.__mro__[1]


# Completion. A failure here must not write into the line that a person is typing: there is nothing to propose then.


def _proposing(find: Callable[["Log"], Iterable[str]]) -> Callable[[typer.Context, str], list[str]]:
    def propose(ctx: typer.Context, incomplete: str) -> list[str]:
        try:
            from spacerel import log

            paths = [path for path in _given(ctx, "log") or () if path != "-"]
            return _continued(incomplete, find(log.read(paths)))
        except Exception:
            return []

    return propose


def _proposing_words(words: Iterable[str]) -> Callable[[str], list[str]]:
    return lambda incomplete: _continued(incomplete, words)


def _continued(incomplete: str, words: Iterable[str]) -> list[str]:
    """The words that go on from what stands behind the last comma."""
    begun, comma, _ = incomplete.rpartition(",")
    return [begun + comma + word for word in words]


agency_ids = _proposing(lambda log: log.actors)
partnership_ids = _proposing(lambda log: log.partnerships)
event_ids = _proposing(lambda log: [event.id for event in log.events])
record_ids = _proposing(lambda log: [*(event.id for event in log.events), *log.partnerships, *log.actors])
tags = _proposing(lambda log: dict.fromkeys(tag for event in log.events for tag in event.tags))


def _format_names(incomplete: str) -> list[str]:
    from spacerel import formats

    return list(formats.names())


# The shared options, each once: name of the parameter -> its type, declared for Typer, and its default.

_Option = tuple[Any, Any]


def _several(*names: str, metavar: str, help: str, complete: Callable[..., Any] | None = None) -> _Option:
    return Annotated[
        list[str] | None,
        typer.Option(*names, metavar=metavar, help=help, autocompletion=complete, rich_help_panel="Filters"),
    ], None


def _one(
    *names: str, metavar: str, help: str, panel: str = "Filters", complete: Callable[..., Any] | None = None
) -> _Option:
    return Annotated[
        str | None, typer.Option(*names, metavar=metavar, help=help, autocompletion=complete, rich_help_panel=panel)
    ], None


def _number(*names: str, least: int, help: str, panel: str) -> _Option:
    return Annotated[int | None, typer.Option(*names, min=least, metavar="N", help=help, rich_help_panel=panel)], None


def _flag(*names: str, help: str, panel: str) -> _Option:
    return Annotated[bool, typer.Option(*names, help=help, rich_help_panel=panel)], False


def _words(names: Sequence[str], vocabulary: Sequence[str], help: str) -> _Option:
    return _several(*names, metavar="WORD", help=help, complete=_proposing_words(vocabulary))


FILTERS: Mapping[str, _Option] = {
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
}

OUTPUT: Mapping[str, _Option] = {
    "format": _one(
        "-f",
        "--format",
        metavar="FORMAT",
        help="text, plain, csv, json, jsonl or md.  [default: text, in a pipe plain]",
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

GLOBAL: Mapping[str, _Option] = {
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
        complete=_proposing_words(("auto", "always", "never")),
    ),
    "ascii": _flag("--ascii", help="Signs that every terminal has.", panel="Global"),
    "width": _number("--width", least=20, help="Columns of the screen.", panel="Global"),
    "no_pager": _flag("--no-pager", help="Long screens roll by.", panel="Global"),
    "today": _one("--today", metavar="DAY", help="Take this day for today.", panel="Global"),
    "quiet": _flag("-q", "--quiet", help="No remarks on standard error.", panel="Global"),
    "debug": _flag("--debug", help="Show where in the program an error comes from.", panel="Global"),
}
"""These may stand before the command as well as behind it."""

_NOT_FILTERS = ("since", "until", "period", "on_this_day", "as_of")
"""Options of FILTERS that do not go into `Filters` as they are typed."""


class Query:
    """What the shared options of a command line say."""

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        self.piped_format = "plain"
        """The format where standard output is no terminal. A command may prefer another one."""
        for name, value in options.items():
            if "" in (value if isinstance(value, list) else [value]):
                raise UsageError(f"--{name.rstrip('_').replace('_', '-')} is empty.")
        now = date.today().isoformat()
        self.today = dates.period(options["today"], now).last if options.get("today") else now
        self.as_of = dates.period(options["as_of"], self.today).last if options.get("as_of") else self.today
        self.period = self._period()

    def _period(self) -> Period | None:
        """What --since, --until and --period leave together."""
        since, until, period = (self.options.get(name) for name in ("since", "until", "period"))
        found = [dates.period(period, self.today)] if period else []
        if since:
            found.append(Period(dates.period(since, self.today).first, dates.LAST_DAY))
        if until:
            found.append(Period(dates.FIRST_DAY, dates.period(until, self.today).last))
        if not found:
            return None
        whole = Period(max(one.first for one in found), min(one.last for one in found))
        if whole.first > whole.last:
            asked = [
                f"--{name} {self.options[name]}" for name in ("since", "until", "period") if self.options.get(name)
            ]
            raise UsageError(f"no day is in {' and '.join(asked)}.")
        return whole

    @cached_property
    def filters(self) -> "Filters":
        """The filters as `select` takes them."""
        from spacerel.selection import Filters

        typed: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in self.options.items()
            if name in FILTERS and name not in _NOT_FILTERS and value
        }
        day = self.today if self.options.get("on_this_day") else None
        return Filters(**typed, period=self.period, on_this_day=day)

    @cached_property
    def whole_log(self) -> "Log":
        """All of the log, also what came after --as-of."""
        from spacerel import log

        return log.read(self.options.get("log") or ())

    @cached_property
    def log(self) -> "Log":
        """The log as it stood on the day of --as-of; all of it where none was asked for."""
        if not self.as_of_asked:
            return self.whole_log
        from spacerel.selection import seen_on

        return seen_on(self.whole_log, self.as_of)

    @cached_property
    def courses(self) -> "dict[str, Course]":
        """The course of every partnership of the log, by id."""
        from spacerel import standing

        return standing.courses(self.log)

    def events(self) -> "list[Event]":
        """The events that the filters let through."""
        from spacerel.selection import select

        return select(self.log, self.filters)

    @cached_property
    def agencies(self) -> tuple[str, ...]:
        """The ids of the agencies asked for."""
        from spacerel.selection import resolve_actor, split

        names = (actor.name for actor in self.log.actors.values())
        words = split(self.filters.agency, whole=names)
        return tuple(dict.fromkeys(resolve_actor(self.log, word) for word in words))

    @cached_property
    def agency_ids(self) -> frozenset[str] | None:
        """The ids of the agencies asked for and of their predecessors; None where none was asked for."""
        if not self.filters.agency:
            return None
        return frozenset[str]().union(*(self.log.lineage(agency) for agency in self.agencies))

    @property
    def said(self) -> dict[str, object]:
        """What was asked, as data formats tell it: only what was given, a period as its first and last day."""
        found: dict[str, object] = {
            name.rstrip("_"): list(value) if isinstance(value, tuple) else value
            for name, value in self.filters._asdict().items()
            if value and name != "period"
        }
        if self.period is not None:
            first, last = self.period
            found["period"] = f"{'' if first == dates.FIRST_DAY else first}..{'' if last == dates.LAST_DAY else last}"
        return found

    def title(self, head: str = "", *tail: str, agencies: bool = True) -> str:
        """What was asked, in words, for the top of a screen: `Roscosmos · 1 Feb – 31 Jul 2022 · 13 of 19 events`.

        `head` stands before it and `tail` behind it; `agencies=False` where the head names them already.
        """
        named = ", ".join(self.log.short(agency) for agency in self.agencies) if agencies else ""
        others = [
            told(name, value) for name, value in self.said.items() if name not in ("agency", "period", "on_this_day")
        ]
        days = [dates.shown_period(self.period)] if self.period is not None else []
        if self.filters.on_this_day:
            days.append(f"on {dates.shown(self.today, year=False)}")
        if self.as_of_asked:
            days.append(f"as of {dates.shown(self.as_of)}")
        return " · ".join(part for part in (head, named, *others, *days, *tail) if part)

    @property
    def as_of_asked(self) -> bool:
        """Whether a day was given with --as-of."""
        return bool(self.options.get("as_of"))

    @property
    def last_day(self) -> str:
        """The day whose standings a view of a period shows: that of --as-of, else the period's last, but none to come."""
        if self.as_of_asked or self.period is None:
            return self.as_of
        return min(self.as_of, self.period.last)

    @property
    def sorted_by(self) -> str | None:
        """The field of --sort."""
        field: str | None = self.options.get("sort")
        return field

    @cached_property
    def color(self) -> bool:
        """Whether screens are coloured."""
        choice = self.options.get("color") or "auto"
        if choice not in ("auto", "always", "never"):
            raise unknown("value of --color", choice, ("auto", "always", "never"), "auto, always, never.")
        terminal = self.options.get("output") is None and sys.stdout.isatty()
        return colored(choice, os.environ, terminal, self.options.get("output") is not None)


def told(name: str, value: object) -> str:
    """A filter and its values in words: `by esa`, `without act context`."""
    if value is True:
        return name.replace("_", " ")
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    if name == "period":
        first, _, last = words.partition("..")
        return f"period {dates.shown_period(Period(first or dates.FIRST_DAY, last or dates.LAST_DAY))}"
    if name == "exclude":
        return f"without {words.replace(':', ' ')}"
    if name == "on_this_day":
        return f"on {dates.shown(words, year=False)}"
    return f"{name.replace('_', ' ')} {quoted(words) if name in ('grep', 'source') else words}"


def reading(command: Callable[..., Any]) -> Callable[..., None]:
    """The command with the shared options in its signature; its Table is shown as they say.

    A parameter of the command's own takes the place of a shared option of the same name.
    """
    signature = inspect.signature(command, eval_str=True)
    own = dict(list(signature.parameters.items())[1:])
    shows = signature.return_annotation is not None
    shared = {
        name: option
        for options in (FILTERS, OUTPUT if shows else {}, GLOBAL)
        for name, option in options.items()
        if name not in own
    }

    def run(ctx: typer.Context, **values: Any) -> None:
        query = Query({name: _given(ctx, name, values.pop(name)) for name in shared})
        if not shows:
            command(query, **values)
            return
        target = _Target(query)
        show(command(query, **values), query, target)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    _declare(run, own.values(), shared)
    return run


def _declare(function: Any, own: Iterable[inspect.Parameter], shared: Mapping[str, _Option]) -> None:
    """Give a function the signature that Typer is to read: the context, its own parameters, the shared ones."""
    kind = inspect.Parameter.KEYWORD_ONLY
    parameters = [inspect.Parameter("ctx", kind, annotation=typer.Context)]
    parameters += [parameter.replace(kind=kind) for parameter in own]
    parameters += [
        inspect.Parameter(name, kind, default=default, annotation=annotation)
        for name, (annotation, default) in shared.items()
    ]
    function.__signature__ = inspect.Signature(parameters)
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}


def _given(ctx: typer.Context, name: str, value: Any = None) -> Any:
    """An option's value behind the command, else the one before it; of --log both."""
    before = ctx.parent.params.get(name) if ctx.parent is not None and name in GLOBAL else None
    value = value if value is not None else ctx.params.get(name)
    if name == "log":
        return [*(before or ()), *(value or ())]
    return before if value is None or value is False else value


# What a command found, on its way to the reader.


class _Target:
    """Where a table goes and in which format, as far as the command line alone decides it."""

    def __init__(self, query: Query) -> None:
        from spacerel import formats

        asked, self.file = query.options.get("format"), query.options.get("output")
        if query.options.get("json"):
            if asked not in (None, "json"):
                raise UsageError(f"--json and --format {asked} name two formats. Choose one.")
            asked = "json"
        if self.file == "-":
            self.file = None
        if self.file is not None and asked is None:
            asked = formats.for_file(self.file)
        if asked is not None:
            formats.named(asked)
        if query.options.get("force") and self.file is None:
            raise UsageError("--force has no file to write over. Name it with -o FILE.")
        if self.file is not None and os.path.isfile(self.file) and not query.options.get("force"):
            raise _exists(self.file)
        self.format = asked
        self.color = query.color


def show(table: "Table", query: Query, target: _Target) -> None:
    """Write a table as the shared options say; where it has no rows, a sentence says what was asked and what there is."""
    from spacerel import formats
    from spacerel.table import Settings

    table = table._replace(query={**query.said, **table.query})
    names = [column.name for column in table.columns if column.data]
    fields = tuple(name.strip() for name in (query.options.get("fields") or "").split(",") if name.strip())
    if fields == ("help",):
        _to_stdout(lambda out: out.writelines(f"{name}\n" for name in names))
        return
    for field in (*fields, query.sorted_by):
        if field is not None and field not in names:
            raise unknown("field", field, names, f"spacerel {table.command} --fields help")
    format = target.format or ("text" if sys.stdout.isatty() else query.piped_format)
    if not table.rows and not query.options.get("quiet"):
        sys.stderr.write((table.nothing or _nothing(table, query)) + "\n")
    if not table.rows and format in ("text", "md") and target.file is None:
        return
    table = _arranged(table, query)
    write = formats.named(format).write
    if target.file is not None:
        settings = Settings(query.options.get("width") or PIPED_WIDTH, target.color, _ascii(query, None), fields)
        _to_file(lambda out: write(table, out, settings), target.file, bool(query.options.get("force")))
        if not query.options.get("quiet"):
            rows = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
            sys.stderr.write(f"Wrote {rows} to {target.file}.\n")
        return
    settings = Settings(width_of(query, sys.stdout), target.color, _ascii(query, sys.stdout), fields)
    if format == "text":
        _to_screen(lambda out: write(table, out, settings), query)
    else:
        _to_stdout(lambda out: write(table, out, settings))


def _arranged(table: "Table", query: Query) -> "Table":
    """The table's rows in the order and number that were asked for."""
    rows = list(table.rows)
    if query.sorted_by is not None:
        value = next(column.value for column in table.columns if column.name == query.sorted_by and column.data)
        known = [(value(row), row) for row in rows]
        rows = [
            row for _, row in sorted((pair for pair in known if pair[0] is not None), key=lambda pair: _rank(pair[0]))
        ]
        rows += [row for found, row in known if found is None]
    if query.options.get("reverse"):
        rows.reverse()
    limit = query.options.get("limit")
    if limit is None or limit >= len(rows):
        return table._replace(rows=rows)
    note = ((f"{limit} of {len(rows)} rows, by --limit", "dim"),)
    return table._replace(rows=rows[:limit], notes=(*table.notes, note))


def _rank(value: object) -> tuple[float, str]:
    """What a value sorts by: numbers by size, before texts in any case."""
    if isinstance(value, (int, float)):
        return value, ""
    from spacerel.table import text_of

    return float("inf"), text_of(value).casefold()


def _nothing(table: "Table", query: Query) -> str:
    """`No events match agency nasa, period 1999. The log runs 24 Feb 2022 – 23 Oct 2022.`"""
    nouns = {"timeline": "events", "broken": "broken partnerships"}
    asked = ", ".join(told(name, value) for name, value in table.query.items() if value)
    if query.as_of_asked:
        asked += f"{', ' if asked else ''}as of {dates.shown(query.as_of)}"
    noun = nouns.get(table.command, table.command)
    sentence = f"No {noun} match {asked}." if asked else f"There are no {noun}."
    events = query.whole_log.events
    if not events:
        return f"{sentence} The log has no events."
    first = dates.first_day(events[0].date)
    last = max(dates.last_day(event.end or event.date) for event in events)
    return f"{sentence} The log runs {dates.shown(first)} – {dates.shown(last)}."


def colored(choice: str, environ: Mapping[str, str], terminal: bool, file: bool = False) -> bool:
    """Whether to colour: --color, then NO_COLOR, FORCE_COLOR and CLICOLOR_FORCE, CLICOLOR, then the terminal itself."""
    if choice != "auto" or file:
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    if any(environ.get(name, "0") not in ("", "0") for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return environ.get("CLICOLOR") != "0" and terminal and environ.get("TERM") != "dumb"


def width_of(query: Query, stream: TextIO) -> int:
    """Columns of the screen: --width, COLUMNS, those of the terminal, else 100."""
    if query.options.get("width"):
        return int(query.options["width"])
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    return (_terminal(stream)[0] or 80) if stream.isatty() else PIPED_WIDTH


def _terminal(stream: TextIO) -> tuple[int, int]:
    try:
        return os.get_terminal_size(stream.fileno())
    except (OSError, ValueError):
        return 80, 24


def _ascii(query: Query, stream: TextIO | None) -> bool:
    if query.options.get("ascii"):
        return True
    try:
        _GLYPHS.encode((stream.encoding if stream is not None else None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return True
    return False


Writing = Callable[[TextIO], None]


def _to_stdout(write: Writing) -> None:
    """Data is UTF-8 with its own line ends, whatever the terminal's settings are."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="")
    write(sys.stdout)


def _to_screen(write: Writing, query: Query) -> None:
    """Text for eyes, through the pager where it is longer than the terminal."""
    text = io.StringIO()
    write(text)
    shown = text.getvalue()
    paged = sys.stdout.isatty() and not query.options.get("no_pager")
    if not (paged and shown.count("\n") >= _terminal(sys.stdout)[1] and _paged(shown)):
        sys.stdout.write(shown)


def _paged(text: str) -> bool:
    """Show a text in the pager; False where there is none."""
    import shlex
    import subprocess

    command = os.environ.get("SPACEREL_PAGER", os.environ.get("PAGER", "less -FIRX"))
    try:
        words = shlex.split(command)
    except ValueError:
        words = []
    if not words or words == ["cat"]:
        return False
    environ = {"LESS": "FIRX", **os.environ}
    try:
        pager = subprocess.Popen(words, stdin=subprocess.PIPE, env=environ)  # noqa: S603 - the person's own pager
    except OSError:
        return False
    assert pager.stdin is not None
    try:
        with pager.stdin:
            pager.stdin.write(text.encode(sys.stdout.encoding or "utf-8", "replace"))
    except BrokenPipeError:
        pass  # The reader has seen enough.
    while True:
        try:
            pager.wait()
            return True
        except KeyboardInterrupt:
            continue  # Ctrl-C is the pager's; it ends by its own key.


def _exists(path: str) -> UsageError:
    return UsageError(f"{path} exists. Write over it with --force")


def _to_file(write: Writing, path: str, force: bool) -> None:
    """Write a file whole or not at all; a pipe or device is written to as it is, and what a link points to is replaced."""
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "w", encoding="utf-8", newline="") as out:
                write(out)
            return
        target = os.path.realpath(path)
        draft = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.{os.getpid()}.tmp")
        try:
            with open(draft, "x", encoding="utf-8", newline="") as out:
                write(out)
            if force:
                os.replace(draft, target)
            else:
                # Unlike a rename, a hard link fails where somebody else made the file meanwhile.
                os.link(draft, target)
        except FileExistsError:
            raise _exists(path) from None
        finally:
            if os.path.exists(draft):
                os.unlink(draft)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}.") from error


# The app.


class _Command(TyperCommand):
    """A command whose help has a section for each group of options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the sections, the command's own options first."""
        sections: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None:
                argument = parameter.param_type_name == "argument"
                panel = "Arguments" if argument else getattr(parameter, "rich_help_panel", None) or "Options"
                sections.setdefault(panel, []).append(record)
        for panel in ("Arguments", "Options", "Filters", "Output", "Global"):
            if panel in sections:
                with formatter.section(panel):
                    formatter.write_dl(sections[panel])


class _Commands(TyperGroup):
    """The commands of the folder `commands/`, each imported when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all commands."""
        folder = os.path.join(os.path.dirname(__file__), "commands")
        return sorted(
            file[:-3].rstrip("_").replace("_", "-")
            for file in os.listdir(folder)
            if file.endswith(".py") and file[0] != "_"
        )

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, with the shared options; None where there is none."""
        if cmd_name not in self.list_commands(ctx):
            return None
        function = _function(cmd_name)
        parameters = list(inspect.signature(function, eval_str=True).parameters.values())
        if parameters and parameters[0].annotation is Query:
            function = reading(function)
        single = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
        single.command(cmd_name, cls=_Command)(function)
        return typer.main.get_command(single)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the words begin with. An option before it must be one that it knows."""
        command = self.get_command(ctx, args[0])
        if ctx.resilient_parsing:
            return args[0] if command else None, command, args[1:]
        if command is None:
            raise unknown("command", args[0], self.list_commands(ctx), "spacerel --help")
        known = {parameter.name for parameter in command.params}
        for name, value in ctx.params.items():
            if value and name not in known and name not in ("quiet", "debug"):
                raise UsageError(f"spacerel {args[0]} has no --{name.replace('_', '-')}.")
        return args[0], command, args[1:]

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands with the first line of each one's help."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, first_line(name)) for name in self.list_commands(ctx)])

    def main(self, args: Sequence[str] | None = None, *arguments: Any, **options: Any) -> Any:
        """Run a command line and leave with its exit code."""
        # A stream that was closed before the start has nobody who listens.
        sys.stdout = sys.stdout or io.StringIO()
        sys.stderr = sys.stderr or io.StringIO()
        if "_SPACEREL_COMPLETE" in os.environ:
            try:
                return super().main(args, *arguments, **options)
            except Exception:
                # A traceback would be written into the line that a person is typing.
                sys.exit(Exit.FINDINGS)
        sys.exit(self._exit_code(list(sys.argv[1:] if args is None else args)))

    def _exit_code(self, args: list[str]) -> int:
        """Run a command line: the one place where errors become sentences. What is not foreseen is a bug, and stays a traceback."""
        try:
            try:
                with self.make_context("spacerel", list(args)) as ctx:
                    self.invoke(ctx)
            finally:
                sys.stdout.flush()
        except typer.Exit as ended:
            return ended.exit_code
        except (SpacerelError, _Misuse) as error:
            if "--debug" in args:
                import traceback

                traceback.print_exc()
            sys.stderr.write(f"error: {error if isinstance(error, SpacerelError) else self._misuse(error, args)}\n")
            return error.exit_code
        except (KeyboardInterrupt, typer.Abort):
            return Exit.INTERRUPTED
        except BrokenPipeError:
            _deafen()
            return Exit.CLOSED_PIPE
        except OSError as error:
            if error.errno not in _FULL:
                raise
            _deafen()
            sys.stderr.write(f"error: cannot write the output: {error.strerror}.\n")
            return Exit.USAGE
        return Exit.DONE

    def _misuse(self, error: Any, args: Sequence[str]) -> str:
        """What the parser says of a command line, as one sentence of ours."""
        named = next((word for word in args if word in self.list_commands(None)), "")
        path = error.ctx.command_path if error.ctx is not None else f"spacerel {named}".rstrip()
        if hasattr(error, "possibilities"):
            name = error.option_name
            if path == "spacerel" and any(name in _names_of(one) for one in (*FILTERS.values(), *OUTPUT.values())):
                return f"{name} goes behind a command: spacerel timeline {name} ..."
            known = [word for parameter in error.ctx.command.get_params(error.ctx) for word in parameter.opts]
            return str(unknown("option", name, [word for word in known if word.startswith("--")], f"{path} --help"))
        message = error.format_message().rstrip(".")
        return f"{message[:1].lower()}{message[1:]}. Usage: {path} --help"


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _deafen() -> None:
    """Python flushes standard output once more at its end: let what is left go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def first_line(name: str) -> str:
    """The first line of a command's help, from its source: the list of commands imports none of them."""
    word = _module(name)
    with open(os.path.join(os.path.dirname(__file__), "commands", f"{word}.py"), encoding="utf-8") as file:
        found = re.search(rf'^def {word}\(.*?^    """(.*?)(?:"""|$)', file.read(), re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def _module(name: str) -> str:
    """The module and function of a command; a word that Python keeps for itself has a `_` behind it there."""
    word = name.replace("-", "_")
    return f"{word}_" if iskeyword(word) else word


def _function(name: str) -> Callable[..., Any]:
    word = _module(name)
    function: Callable[..., Any] = getattr(import_module(f"spacerel.commands.{word}"), word)
    return function


def _names_of(option: _Option) -> Sequence[str]:
    declared = option[0].__metadata__[0]
    return (declared.default, *(declared.param_decls or ()))


app = typer.Typer(
    cls=_Commands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    subcommand_metavar="COMMAND [FILTERS] [OUTPUT]",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:
    if asked:
        from spacerel.__about__ import __version__

        sys.stdout.write(f"spacerel {__version__}\n")
        raise typer.Exit


def _spacerel(ctx: typer.Context, **options: Any) -> None:
    """Who works with whom in space, since when, and how we know."""
    if ctx.invoked_subcommand is None:
        sys.stdout.write(ctx.get_help() + "\n")


_declare(
    _spacerel,
    (),
    {
        "version": (
            Annotated[
                bool,
                typer.Option(
                    "--version", is_eager=True, callback=_version, help="Say the version.", rich_help_panel="Global"
                ),
            ],
            False,
        ),
        **GLOBAL,
    },
)
app.callback()(_spacerel)


def main() -> None:
    """The program `spacerel`."""
    typer.main.get_command(app)()
