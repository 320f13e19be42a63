"""The command line: the list of commands, each with the shared options, and the one place for errors.

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
from importlib import import_module
from keyword import iskeyword
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from spacerel.errors import Exit, SpacerelError, UsageError, unknown
from spacerel.options import FILTERS, GLOBAL, OUTPUT, Option, given
from spacerel.query import Query

# Typer keeps its parser private; what it makes public of it is this child of the error for every misuse.
_Misuse: Any = typer.BadParameter.__mro__[1]


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
        query = Query({name: given(ctx, name, values.pop(name)) for name in shared})
        if not shows:
            command(query, **values)
            return
        from spacerel.delivery import Target, show

        target = Target(query)
        table = command(query, **values)
        if table is None:
            return  # It has written what was asked for itself.
        show(table, query, target)
        if table.exit_code:
            raise typer.Exit(table.exit_code)

    run.__name__, run.__doc__ = command.__name__, command.__doc__
    _declare(run, own.values(), shared)
    return run


def _declare(function: Any, own: Iterable[inspect.Parameter], shared: Mapping[str, Option]) -> None:
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
            from spacerel.table import visible

            told = str(error) if isinstance(error, SpacerelError) else self._misuse(error, args)
            # Words of a log or of a file's name may be in it.
            sys.stderr.write(f"error: {visible(told)}\n")
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


def _names_of(option: Option) -> Sequence[str]:
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
