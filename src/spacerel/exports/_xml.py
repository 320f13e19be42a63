"""Texts as XML attributes and elements hold them."""

import re
from xml.sax.saxutils import escape, quoteattr

from spacerel.errors import DataError

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def attribute(text: str) -> str:
    """The text as an attribute's value, with its quotes."""
    return quoteattr(_checked(text))


def content(text: str) -> str:
    """The text as an element's content."""
    # A reader makes a line feed of a bare carriage return.
    return escape(_checked(text), {"\r": "&#13;"})


def _checked(text: str) -> str:
    found = _NO_XML.search(text)
    if found:
        raise DataError(f"XML has no way to write the control character U+{ord(found[0]):04X} in {text!a}.")
    return text
