"""The pages that the events rest on, as BibTeX for LaTeX (biblatex): `@online` entries, each page once.

`note` names the events that a page supports. Signs with a meaning to TeX are escaped. It cannot carry: what of an event a
page supports, that a day is only about right, and the events themselves.
"""

from collections.abc import Iterable
from typing import TextIO

from spacerel.exports._pages import Page, pages
from spacerel.model import Event, Log
from spacerel.table import visible

# BibTeX counts braces, escaped or not: one that stands alone in a text has to be written as a word.
_ESCAPES = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "\\": "\\textbackslash{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
# The address is taken to the letter, but for braces and what would comment the rest out.
_IN_ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def write(log: Log, events: Iterable[Event], out: TextIO) -> None:
    """Write one entry a page."""
    out.write("\n".join(_entry(page) for page in pages(events)))


def _entry(page: Page) -> str:
    fields = {
        "title": f"{{{_text(page.title)}}}",
        "organization": f"{{{_text(page.publisher)}}}",
        "date": page.published.rstrip("~") if page.published else "",
        "url": page.url.translate(_IN_ADDRESS),
        "note": f"Supports: {_text(', '.join(page.events))}",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@online{{{page.key},\n{lines}}}\n"


def _text(text: str) -> str:
    return " ".join(visible(text).split()).translate(_ESCAPES)
