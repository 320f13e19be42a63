"""A picture of the screen (SVG), for slides and articles, light or dark as the reader's system is.

The layout is the terminal's. The text is text: it can be selected, links lead to http(s), and `<desc>` holds it all for
whoever does not see the picture. Rich's own recording is not used: it fetches a font from the network, knows one colour
scheme, no links and no description, and puts signs of two cells in one.
"""

from html import escape
from typing import TextIO

from spacerel.formats._page import FONT, class_of, style, title_of
from spacerel.formats.terminal import lines_of
from spacerel.table import Settings, Spans, Table, address, cell_width

EXTENSIONS = (".svg",)

CELL = 8.4
"""Width of a cell in pixels, that of the usual fonts of one width at 14 pixels."""

LINE = 19
"""Height of a line in pixels."""

MARGIN = 16
"""Pixels around the text."""

# A picture may be put into a page as it is: its rules are kept to itself.
_PAPER = ".spacerel text { fill: %(ink)s } .spacerel .paper { fill: %(paper)s }"
_PICTURE = """\
<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}" role="img" class="spacerel">
<title>{title}</title>
<desc>
{plain}</desc>
<style>
.spacerel text {{ font: 14px {font}; white-space: pre }}
{style}
</style>
<rect class="paper" width="100%" height="100%"/>
{text}</svg>
"""


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the picture; `settings.color` is left aside, the reader's browser decides."""
    drawn = list(lines_of(table, settings))
    plain = ["".join(text for text, _ in line) for line in drawn]
    out.write(
        _PICTURE.format(
            width=round(max(map(cell_width, plain), default=0) * CELL + 2 * MARGIN, 1),
            height=len(drawn) * LINE + 2 * MARGIN,
            title=title_of(table),
            plain="".join(escape(line, quote=False) + "\n" for line in plain),
            font=FONT,
            style=style("fill", _PAPER, ".spacerel "),
            text="".join(_line(line, MARGIN + (place + 1) * LINE - 5) for place, line in enumerate(drawn)),
        )
    )


def _line(spans: Spans, y: int) -> str:
    """A line, each piece at its own place: a font that lacks a sign cannot push what follows out of its column."""
    x, pieces = 0, []
    for text, role in spans:
        cells = cell_width(text)
        if not text:
            continue
        place = f'x="{MARGIN + x * CELL:g}" textLength="{cells * CELL:g}"'
        style_of_it = f' class="{name}"' if (name := class_of(role)) else ""
        piece = f"<tspan {place}{style_of_it}>{escape(text, quote=False)}</tspan>"
        if target := address(role):
            piece = f'<a class="link" href="{escape(target)}">{piece}</a>'
        pieces.append(piece)
        x += cells
    return f'<text y="{y}" xml:space="preserve">{"".join(pieces)}</text>\n' if pieces else ""
