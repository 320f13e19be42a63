"""What the screen looks like outside a terminal: the parts that pages and pictures share."""

from collections.abc import Mapping
from html import escape

from spacerel.table import GLYPHS, Table, visible

FONT = "ui-monospace, 'DejaVu Sans Mono', 'Liberation Mono', Menlo, Consolas, monospace"

HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="spacerel">
<title>{title}</title>
<style>
"""
"""How every page begins, up to its own styles; a template with a `title`."""

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ink": "#1f2328",
    "dim": "#59636e",
    "green": "#116329",
    "magenta": "#8250df",
    "yellow": "#7d4e00",
    "red": "#b3261e",
    "cyan": "#1b6a78",
    "link": "#0550ae",
}
"""Colour -> its value on a light page; each has a contrast of 4.5 to 1 at least, and so in DARK."""

DARK: Mapping[str, str] = {
    "paper": "#0d1117",
    "ink": "#e6edf3",
    "dim": "#9198a1",
    "green": "#56d364",
    "magenta": "#d2a8ff",
    "yellow": "#e3b341",
    "red": "#ff7b72",
    "cyan": "#6fd3df",
    "link": "#79c0ff",
}

_CLASSES = {"bold": "bold", "heading": "heading", **{name: name for name in LIGHT if name not in ("paper", "ink")}}
_CLASSES |= {word: color for word, (_, color) in GLYPHS.items()}


PAPER = "body { color: %(ink)s; background: %(paper)s }"
"""The rule of a page, for `style`."""


def title_of(table: Table) -> str:
    """What a page or a picture of a table is called, as the content of an element."""
    return escape(visible(table.title) or f"spacerel {table.command}", quote=False)


def class_of(role: str) -> str:
    """The style class of a role; empty for plain text."""
    return _CLASSES.get(role, "")


def style(paint: str, paper: str, within: str = "") -> str:
    """The style sheet for light and dark pages.

    `paint` is the property that colours text, `paper` the rule of the page; `within` keeps the rules to a part of one.
    """
    return "\n".join(
        (
            f"{within}.bold {{ font-weight: bold }}",
            f"{within}.heading {{ text-decoration: underline }}",
            *_rules(LIGHT, paint, paper, within),
            "@media (prefers-color-scheme: dark) {",
            *_rules(DARK, paint, paper, within),
            "}",
        )
    )


def _rules(colors: Mapping[str, str], paint: str, paper: str, within: str) -> list[str]:
    named = {"heading": "dim", **{name: name for name in colors if name not in ("paper", "ink")}}
    return [paper % colors] + [f"{within}.{name} {{ {paint}: {colors[color]} }}" for name, color in named.items()]
