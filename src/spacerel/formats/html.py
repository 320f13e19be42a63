"""A page that shows the screen: one file of its own, without scripts, light or dark as the reader's system is.

The layout is the terminal's. The text can be read, searched and copied as it stands; links lead to http(s) only.
"""

from html import escape
from typing import TextIO

from spacerel.formats._page import FONT, HEAD, PAPER, class_of, style, title_of
from spacerel.formats.terminal import lines_of
from spacerel.table import Settings, Spans, Table, address

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
    out.write(_PAGE.format(title=title_of(table), font=FONT, style=style("color", PAPER), text=text))


def _line(spans: Spans) -> str:
    return "".join(_piece(text, role) for text, role in spans if text)


def _piece(text: str, role: str) -> str:
    shown = escape(text, quote=False)
    if target := address(role):
        return f'<a class="link" href="{escape(target)}">{shown}</a>'
    name = class_of(role)
    return f'<span class="{name}">{shown}</span>' if name else shown
