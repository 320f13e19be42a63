"""A page that shows the screen: one file of its own, without scripts, light or dark as the reader's system is.

The layout is the terminal's. The text can be read, searched and copied as it stands; links lead to http(s) only.
"""

from html import escape
from typing import TextIO

from spacerel.formats._page import FONT, HEAD, class_of, style
from spacerel.formats.terminal import lines_of
from spacerel.table import Settings, Spans, Table, address, visible

EXTENSIONS = (".html", ".htm")

_PAGE = (
    HEAD
    + """\
body {{ margin: 1.5rem; line-height: 1.35 }}
pre {{ font-family: {font}; overflow-x: auto }}
{style}
</style>
</head>
<body>
<main>
<pre>
{text}</pre>
</main>
</body>
</html>
"""
)


def write(table: Table, out: TextIO, settings: Settings) -> None:
    """Write the page; `settings.color` is left aside, the reader's browser decides."""
    text = "".join(_line(line) + "\n" for line in lines_of(table, settings))
    title = escape(visible(table.title) or f"spacerel {table.command}", quote=False)
    sheet = style("color", "body { color: %(ink)s; background: %(paper)s }")
    out.write(_PAGE.format(title=title, font=FONT, style=sheet, text=text))


def _line(spans: Spans) -> str:
    return "".join(_piece(text, role) for text, role in spans if text)


def _piece(text: str, role: str) -> str:
    shown = escape(text, quote=False)
    if target := address(role):
        return f'<a class="link" href="{escape(target)}">{shown}</a>'
    name = class_of(role)
    return f'<span class="{name}">{shown}</span>' if name else shown
