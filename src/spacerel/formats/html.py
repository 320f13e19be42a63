"""A page of its own for browsers and mail: the screen as a real table, no scripts, light or dark as the reader has it.

What a command draws stands as it does on the screen; text from the log is text, and links lead to http(s) addresses only.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from itertools import groupby
from typing import Any, TextIO

from spacerel.formats import terminal
from spacerel.table import GLYPHS, Column, Settings, Spans, Table, chosen, on_screen, spans_of, text_of, visible

EXTENSIONS = (".html", ".htm")

_LINK = re.compile(r"(https?://[!-~]+)\Z")
_COLORS = {"green": ("#1a7f37", "#4ac26b"), "magenta": ("#a0379b", "#e08cdb"), "yellow": ("#8a6100", "#e3b341")}
_COLORS |= {"red": ("#c1121f", "#ff7b72"), "cyan": ("#116a7b", "#56d4dd"), "dim": ("#636c76", "#9198a1")}

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; {light} }}
@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 75em; padding: 0 1em; }}
h1 {{ font-size: 1.25em; }}
table {{ border-collapse: collapse; }}
th, td {{ padding: .15em .8em .15em 0; text-align: left; vertical-align: top; }}
th {{ border-bottom: 1px solid; font-weight: 600; }}
.group td {{ font-weight: 600; padding-top: .8em; }}
.right {{ text-align: right; }}
.tight {{ white-space: nowrap; }}
pre {{ font: 13px/1.35 ui-monospace, monospace; overflow-x: auto; }}
.bold {{ font-weight: 600; }}
{classes}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the page; fields that a person named are its columns."""
    parts = [f'<p class="dim">{_text(table.aside)}</p>'] if table.aside else []
    if table.draw is not None and not settings.fields:
        bare = table._replace(title="", aside="", notes=())
        drawn = "\n".join(_spans(line) for line in terminal.lines(bare, settings))
        parts.append(f"<pre>{drawn}</pre>")
    else:
        parts.extend(_table(table, settings))
    parts.extend(f"<p>{_spans(spans_of(note))}</p>" for note in table.notes)
    title = _text(table.title or f"spacerel {table.command}")
    out.write(
        _PAGE.format(
            title=title,
            light=" ".join(f"--{name}: {light};" for name, (light, _) in _COLORS.items()),
            dark=" ".join(f"--{name}: {dark};" for name, (_, dark) in _COLORS.items()),
            classes="\n".join(f".{name} {{ color: var(--{name}); }}" for name in _COLORS),
            body="\n".join(parts),
        )
    )


def _table(table: Table, settings: Settings) -> Iterator[str]:
    columns = _columns(table, settings)
    yield "<table>"
    if any(heading for heading, _, _ in columns):
        cells = "".join(f"<th{kind}>{_text(heading)}</th>" for heading, kind, _ in columns)
        yield f"<thead><tr>{cells}</tr></thead>"
    yield "<tbody>"
    group: Callable[[Any], str] = table.group or (lambda row: "")
    for name, rows in groupby(table.rows, group):
        if name:
            yield f'<tr class="group"><td colspan="{len(columns)}">{_text(name)}</td></tr>'
        for row in rows:
            cells = "".join(f"<td{kind}>{_spans(spans_of(shown(row)))}</td>" for _, kind, shown in columns)
            yield f"<tr>{cells}</tr>"
    yield "</tbody>"
    yield "</table>"


def _columns(table: Table, settings: Settings) -> list[tuple[str, str, Callable[[Any], str | Spans]]]:
    """Heading, kind of cell, and what is shown of a row: as on the screen, else by value."""
    screen = [(one.heading, _kind(one), one.screen) for one in on_screen(table) if one.screen is not None]
    if screen and not settings.fields:
        return [(heading, kind, shown) for heading, kind, shown in screen if shown is not None]
    return [(one.name, "", _by_value(one)) for one in chosen(table, settings.fields)]


def _kind(column: Column) -> str:
    kinds = ["right"] * column.right + ["tight"] * (not column.flexible)
    return f' class="{" ".join(kinds)}"' if kinds else ""


def _by_value(column: Column) -> Callable[[Any], str]:
    return lambda row: text_of(column.value(row), ", ")


def _text(text: str) -> str:
    return escape(visible(text))


def _spans(spans: Iterable[tuple[str, str]]) -> str:
    return "".join(_span(text, role) for text, role in spans)


def _span(text: str, role: str) -> str:
    color = GLYPHS[role][1] if role in GLYPHS else role
    link = _LINK.search(role.removeprefix("link ")) if role.startswith("link ") else _LINK.match(text)
    if link:
        return f'<a href="{escape(link[1])}">{_text(text)}</a>'
    if color in _COLORS or color == "bold":
        return f'<span class="{color}">{_text(text)}</span>'
    return _text(text)
