"""A picture of the screen for slides and pages (SVG), as rich records it; its text can be selected and stands in it as text.

The same table always gives the same bytes, and nothing is loaded from anywhere.
"""

import io
from html import escape
from typing import TextIO

from spacerel.formats import terminal
from spacerel.table import GLYPHS, Settings, Spans, Table, visible

EXTENSIONS = (".svg",)

_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="title desc">
<title id="title">TITLE</title>
<desc id="desc">TEXT</desc>
<style>
.{unique_id}-matrix {{ font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px; line-height: {line_height}px; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}
</defs>
<rect width="{width}" height="{height}" rx="8" fill="#ffffff" stroke="#d0d7de"/>
<g transform="translate({terminal_x}, 14)" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the picture of a light screen of `settings.width` columns, in colour."""
    from rich.console import Console
    from rich.terminal_theme import TerminalTheme
    from rich.text import Text

    screen = [_joined(line) for line in terminal.lines(table, settings)]
    console = Console(
        file=io.StringIO(),
        record=True,
        width=max(settings.width, terminal.LEAST),
        color_system="truecolor",
        force_terminal=True,
        legacy_windows=False,
    )
    for line in screen:
        text = Text(no_wrap=True, overflow="ignore", end="\n")
        for words, role in line:
            text.append(words, style=_style(role))
        console.print(text, crop=False)
    # Colours that can be told apart, and read, on white; the order is that of ANSI.
    colors = [(31, 35, 40), (193, 18, 31), (26, 127, 55), (138, 97, 0), (9, 105, 218), (160, 55, 155), (17, 106, 123)]
    theme = TerminalTheme((255, 255, 255), (31, 35, 40), [*colors, (99, 108, 118)], [*colors, (99, 108, 118)])
    plain = "\n".join("".join(words for words, _ in line).rstrip() for line in screen)
    picture = _PICTURE.replace("TITLE", _literal(visible(table.title) or f"spacerel {table.command}")).replace(
        "TEXT", _literal(plain)
    )
    out.write(console.export_svg(theme=theme, code_format=picture, unique_id="screen"))


def _joined(line: Spans) -> Spans:
    return tuple((words, role) for words, role in line if words)


def _style(role: str) -> str:
    color = GLYPHS[role][1] if role in GLYPHS else role
    if color in ("heading", "dim"):
        return "bright_white" if color == "dim" else "bright_white underline"
    return color if color in ("bold", "green", "magenta", "yellow", "red", "cyan") else ""


def _literal(text: str) -> str:
    """Text for a template of rich's: its braces are doubled."""
    return escape(text).replace("{", "{{").replace("}", "}}")
