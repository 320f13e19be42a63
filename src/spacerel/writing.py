"""A log as text: the canonical layout of its records, and how a file takes new content whole or not at all.

`formatted` lays a whole text out and keeps its comments; `laid_out` writes records from plain values. Both go through the
same tree of nodes, whose keys stand in the order of the reader's tables.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from spacerel import files, log
from spacerel.drafts import draft
from spacerel.errors import DataError, UsageError
from spacerel.fields import TOP
from spacerel.model import Actor, Event, Log, Partnership
from spacerel.problems import EXPLANATIONS
from spacerel.table import code_of

WIDTH = 112
"""Columns of a folded text, its indent included."""
_FOLDED = ("summary", "note")
_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_VERSION = TOP.fields["spacerel"]
_DATE = TOP.fields["events"].mapping.fields["date"] if TOP.fields["events"].mapping else None
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
# What other programs would take for a number, a date, a truth value or nothing.
_NOT_TEXT = re.compile(
    r"""(?: ~ | null | true | false | yes | no | on | off | y | n | <<? | =
    | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])*(?:\.[0-9_]*)?(?:e[-+]?[0-9]+)?
    | [-+]?\.[0-9][0-9_]*(?:e[-+]?[0-9]+)? | [-+]?\.inf | \.nan | 0[xob][0-9a-f_]+
    | \d{4}-\d\d?(?:-\d\d?.*)? )\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_PLAIN = re.compile(r"""\A[#,\[\]{}&*!|>'"%@`]|\A[-?:](?:\s|\Z)|\A(?:---|\.\.\.)|:(?:\s|\Z)|\s#|\A\s|\s\Z""")
_NOT_PLAIN_INSIDE = re.compile(r"[,?\[\]{}:]")
_FOLDABLE = re.compile(r"[^\s](?:.*[^\s])?(?:\n+[^\s](?:.*[^\s])?)*\Z")


class Node:
    """A value and what stands around it: comments above it, one behind it, one below it, an anchor."""

    def __init__(self, value: Any = "", anchor: str | None = None, alias: str | None = None) -> None:
        self.value: str | list[Node] | list[tuple[Node, Node]] = value
        self.mapping = False
        self.anchor = anchor
        self.alias = alias
        self.above: list[str] = []
        self.behind: list[str] = []
        self.below: list[str] = []

    @property
    def text(self) -> str:
        """The value of a scalar; nothing of any other."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def entries(self) -> "list[tuple[Node, Node]]":
        """Keys and values of a mapping."""
        return self.value if self.mapping else []  # type: ignore[return-value]

    @property
    def items(self) -> "list[Node]":
        """The items of a list."""
        return self.value if isinstance(self.value, list) and not self.mapping else []  # type: ignore[return-value]

    def all(self) -> "Iterator[Node]":
        """The node and all in it, in the order of the text."""
        yield self
        for key, value in self.entries:
            yield key
            yield from value.all()
        for item in self.items:
            yield from item.all()


# From text to nodes.


def _tree(text: str) -> tuple[Node, list[str], list[str]]:
    """The document's node, the comments before its first key, and those at the end."""
    return _Reading(text).document()


class _Reading:
    """One pass over the parser's events; the text between two of them holds the comments."""

    def __init__(self, text: str) -> None:
        self.source = text
        self.events = log.parsed(text)
        self.at = 0
        self.pending: list[tuple[str, int]] = []
        """Comments, with their columns, that have no node yet; "" is an empty line."""
        self.last: Node | None = None

    def document(self) -> tuple[Node, list[str], list[str]]:
        self.next()
        self.next()
        event = self.next()
        self.gap(event.start_mark.index)
        head, self.pending = [comment for comment, _ in self.pending], []
        root = self.node(event)
        self.gap(len(self.source))
        return root, _trimmed(head), _trimmed([comment for comment, _ in self.pending])

    def next(self) -> Any:
        return next(self.events)

    def gap(self, end: int) -> None:
        """Take the comments from the last event up to here."""
        between, begin = self.source[self.at : end], self.at
        self.at = max(self.at, end)
        if "#" not in between and between.count("\n") < 2:
            return
        line_start = self.source.rfind("\n", 0, begin) + 1
        fresh = not self.source[line_start:begin].strip()
        for number, line in enumerate(between.split("\n")):
            found = _COMMENT.search(line)
            if found and number == 0 and not fresh and self.last is not None:
                self.last.behind.append(found[0].rstrip())
            elif found:
                column = found.start() + (begin - line_start if number == 0 else 0)
                own = not line[: found.start()].strip()
                self.pending.append((found[0].rstrip(), column if own else 0))
            elif number and not line.strip() and number < between.count("\n"):
                self.pending.append(("", 0))

    def taken(self) -> list[str]:
        comments, self.pending = [comment for comment, _ in self.pending], []
        return comments

    def node(self, event: Any) -> Node:
        kind = event.__class__.__name__
        start, end = event.start_mark.index, event.end_mark.index
        self.gap(start)
        if kind == "AliasEvent":
            node = Node(alias=event.anchor)
            node.above, self.at, self.last = self.taken(), end, node
            return node
        node = Node(anchor=event.anchor)
        node.above = self.taken()
        if kind == "ScalarEvent":
            node.value, self.at, self.last = event.value, end, node
            if event.style in ("|", ">"):
                header = _COMMENT.search(self.source[start:end].partition("\n")[0])
                node.behind += [header[0].rstrip()] if header else []
            return node
        if event.anchor:
            # Between an anchor and the first sign of a block there may stand a comment.
            self.at = start
        else:
            self.at = end
        closing = "MappingEndEvent" if kind == "MappingStartEvent" else "SequenceEndEvent"
        node.mapping, node.value = kind == "MappingStartEvent", []
        column = event.start_mark.column
        before: Node | None = None
        while (event := self.next()).__class__.__name__ != closing:
            self.gap(event.start_mark.index)
            if before is not None:
                self.give_below(before, column)
            if node.mapping:
                key = self.node(event)
                value = self.node(self.next())
                node.value.append((key, value))  # type: ignore[arg-type]
            else:
                before = self.node(event)
                node.value.append(before)  # type: ignore[arg-type]
        if event.end_mark.index > event.start_mark.index:
            self.gap(event.start_mark.index)
            node.behind += [comment for comment in self.taken() if comment]
            self.at, self.last = event.end_mark.index, node
        elif before is not None:
            self.gap(event.start_mark.index)
            self.give_below(before, column)
        return node

    def give_below(self, record: Node, column: int) -> None:
        """Comments that are further in than the next item belong to the record above them."""
        if not record.mapping:
            return
        while self.pending and (self.pending[0][1] > column or not self.pending[0][0]):
            if not any(inner > column for comment, inner in self.pending if comment):
                return
            comment, _ = self.pending.pop(0)
            if comment:
                record.below.append(comment)


def _trimmed(comments: list[str]) -> list[str]:
    """Comments with at most one empty line between two of them, and none at either end."""
    found: list[str] = []
    for comment in comments:
        if comment or (found and found[-1]):
            found.append(comment)
    while found and not found[-1]:
        found.pop()
    return found


# From nodes to text.


def _ordered(node: Node, mapping: Any) -> list[tuple[Node, Node]]:
    """The entries in the order of the reader's table; as they are where an alias may need its anchor first."""
    if any(one.anchor or one.alias for one in node.all()):
        return node.entries
    order = {key: number for number, key in enumerate(mapping.fields)}
    return sorted(node.entries, key=lambda entry: order.get(entry[0].text, len(order)))


def scalar(text: str, inside: bool = False, date: bool = False) -> str:
    """A text as YAML on one line: plain where every program reads it as this text, else in quotes.

    `inside` is for brackets, where more signs mean something; a `date` is plain only as a full day.
    """
    if date and _DAY.match(text):
        return text
    if not text.isprintable():
        return '"' + "".join(map(_escaped, text)) + '"'
    if (
        date
        or not text
        or _NOT_TEXT.match(text)
        or _NOT_PLAIN.search(text)
        or (inside and _NOT_PLAIN_INSIDE.search(text))
    ):
        return "'" + text.replace("'", "''") + "'"
    return text


def _escaped(sign: str) -> str:
    """A sign inside double quotes. JSON's escapes would part what lies beyond U+FFFF in two, which is no YAML."""
    if sign in '"\\':
        return "\\" + sign
    if sign == "\n":
        return "\\n"
    return sign if sign.isprintable() else code_of(sign)


def _inline(node: Node, field: Any, inside: bool = False) -> str:
    """A value on one line, lists and mappings in brackets."""
    if node.alias:
        return f"*{node.alias}"
    anchor = f"&{node.anchor} " if node.anchor else ""
    if node.mapping:
        fields = field.mapping.fields if field and field.mapping else {}
        entries = _ordered(node, field.mapping) if fields else node.entries
        # A name that is an alias takes the colon for its own without the space.
        parts = (
            f"{_inline(key, None, True)}{' ' if key.alias else ''}: {_inline(value, fields.get(key.text), True)}"
            for key, value in entries
        )
        return f"{anchor}{{{', '.join(parts)}}}"
    if isinstance(node.value, str):
        return anchor + (node.value if field is _VERSION else scalar(node.value, inside, field is _DATE))
    return f"{anchor}[{', '.join(_inline(item, None, True) for item in node.items)}]"


def _entry(key: Node, value: Node, field: Any, indent: str) -> Iterator[str]:
    """The lines of a key and its value, comments included."""
    name, shape = scalar(key.text), field.shape if field else "one"
    anchor = f" &{value.anchor}" if value.anchor else ""
    if shape == "parts" and value.items:
        yield from _above([*key.above, *value.above], indent)
        yield f"{indent}{name}:{anchor}{_behind([*key.behind, *value.behind])}"
        for item in value.items:
            yield from _item(item, field.mapping, indent)
        return
    inner = list(value.all())
    behind = [comment for node in (key, *inner) for comment in node.behind]
    above = [comment for node in (key, *inner) for comment in (*node.above, *node.below)]
    if len(behind) > 1:
        above, behind = above + behind, []
    yield from _above(above, indent)
    if key.text in _FOLDED and _FOLDABLE.match(value.text) and value.text.replace("\n", "").isprintable():
        yield f"{indent}{name}:{anchor} >-{_behind(behind)}"
        yield from _folded(value.text, indent + "  ")
    else:
        yield f"{indent}{name}: {_inline(value, field)}{_behind(behind)}"


def _folded(text: str, indent: str) -> Iterator[str]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number:
            yield ""
        if line:
            yield from (indent + part for part in _broken(line, WIDTH - len(indent)))


def _broken(line: str, width: int) -> list[str]:
    """A line in parts of that width, parted only at single spaces, for only those come back."""
    words = re.split(r"(?<! ) (?! )", line)
    parts = [words[0]]
    for word in words[1:]:
        if len(parts[-1]) + 1 + len(word) <= width:
            parts[-1] += " " + word
        else:
            parts.append(word)
    return parts


def _item(node: Node, mapping: Any, indent: str) -> Iterator[str]:
    """The lines of a record in a list."""
    yield from _above(node.above, indent)
    if node.alias:
        yield f"{indent}- *{node.alias}{_behind(node.behind)}"
        return
    if not node.entries:
        yield f"{indent}- {_inline(node, None)}{_behind(node.behind)}"
        return
    first, dash = True, "- "
    if node.anchor:
        yield f"{indent}- &{node.anchor}"
        first = False
    for key, value in _ordered(node, mapping):
        for line in _entry(key, value, mapping.fields.get(key.text), indent + "  "):
            opens = first and not line.lstrip().startswith("#")
            if first and not opens:
                # A comment above the first key stands above its record.
                yield indent + line[len(indent) + 2 :]
                continue
            yield indent + dash + line[len(indent) + 2 :] if opens else line
            first = False
    yield from _above(node.behind + node.below, indent + "  ")


def _above(comments: Sequence[str], indent: str) -> Iterator[str]:
    return (indent + comment for comment in comments if comment)


def _behind(comments: Sequence[str]) -> str:
    # Several cannot stand behind one line; the sign of the next one makes them one comment.
    return f" {' '.join(comments)}" if comments else ""


def formatted(text: str) -> str:
    """The text of a log in the canonical layout: the same records, the same comments."""
    ends = "\r\n" if "\r\n" in text else "\n"
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    root, head, tail = _tree(text)
    lines = [*head, ""] if head and _parted(text, root) else [*head]
    for number, (key, value) in enumerate(_ordered(root, TOP)):
        if number:
            lines.append("")
        field = TOP.fields[key.text]
        if field.mapping is None:
            lines += _entry(key, value, field, "")
            continue
        lines += _trimmed(key.above)
        lines.append(f"{key.text}:{f' &{value.anchor}' if value.anchor else ''}{_behind([*key.behind, *value.behind])}")
        if value.items:
            value.items[0].above[:0] = _trimmed(value.above)
        for index, item in enumerate(value.items):
            above, item.above = _comments(item.above), []
            blank = index and (key.text == "events" or (above and not above[0]))
            lines += [""] if blank else []
            lines += above[1:] if above and not above[0] else above
            lines += _item(item, field.mapping, "")
    if tail:
        lines += ["", *tail]
    return ends.join([*lines, ""])


def canonical(path: str, content: bytes) -> bytes:
    """The content of a file in the canonical layout. Raises DataError where its values cannot all be read.

    Names that do not exist are no hindrance, for they may stand in another file of the log.
    """
    before, problems = log.problems([path], {path: content})
    wrong = [one for one in problems if one.code in EXPLANATIONS and one.severity == "error" and one.code != "E016"]
    if before is None or wrong:
        first = wrong[0]
        raise DataError(f"{first.place.file}:{first.place.line}: {first.message}. Run: spacerel check {path}")
    text = formatted(content.decode("utf-8-sig"))
    after, _ = log.problems([path], {path: text.encode()})
    kept = sorted(_all_comments(text)) == sorted(_all_comments(content.decode("utf-8-sig")))
    if after is None or not kept or _meaning(after) != _meaning(before):
        raise DataError(
            f"{path} cannot be laid out without a change of meaning or the loss of a comment, so it was left as it is."
        )
    return text.encode()


def _all_comments(text: str) -> list[str]:
    root, head, tail = _tree(text.replace("\r\n", "\n").replace("\r", "\n"))
    inner = [comment for node in root.all() for comment in (*node.above, *node.behind, *node.below)]
    return [comment for comment in (*head, *tail, *inner) if comment]


def _meaning(read: Log) -> list[tuple[Any, ...]]:
    """What a log says, without the places where it says it."""
    records = (*read.actors.values(), *read.partnerships.values(), *read.events)
    return [record[:-2] for record in records]


def _parted(text: str, root: Node) -> bool:
    """Whether an empty line parts the comment at the head from the first key."""
    return bool(re.match(r"(?:[ \t]*(?:#.*|---.*|%.*)?\n)*?[ \t]*#.*\n[ \t]*\n[ \t]*[^#\s]", text))


def _comments(above: list[str]) -> list[str]:
    """Comments above a record; an empty line in front of them or behind them, if there is one, stays."""
    kept = _trimmed(above)
    front = [""] if above and not above[0] else []
    return [*front, *kept, *([""] if kept and not above[-1] else [])]


def laid_out(kind: str, record: Mapping[str, Any]) -> list[str]:
    """The lines of a record of the list `kind` ("events", ...), from plain values: texts, lists, mappings."""
    field = TOP.fields[kind]
    return list(_item(_node(record), field.mapping, ""))


_ALONE = ("by", "replaces")
"""Keys whose single id is written without brackets; `scope` and `because`, which often grow, keep theirs."""


def row(record: Actor | Partnership | Event) -> list[str]:
    """The lines of a record in the canonical layout, without what holds where nothing is said."""
    kind, mapping = next(
        (key, field.mapping)
        for key, field in TOP.fields.items()
        if field.mapping is not None and field.mapping.make is type(record)
    )
    return laid_out(kind, _said(record, mapping))


def _said(record: Any, mapping: Any) -> dict[str, Any]:
    """The keys of a record as a person would write them."""
    found: dict[str, Any] = {}
    for key, field in mapping.fields.items():
        value = getattr(record, key)
        if value == record._field_defaults.get(key):
            continue
        if field.shape == "part":
            value = _said(value, field.mapping)
        elif field.shape == "parts":
            value = [_said(part, field.mapping) for part in value]
        elif field.shape == "names":
            value = dict(value)
        elif key in _ALONE and len(value) == 1:
            value = value[0]
        found[key] = value
    return found


def _node(value: Any) -> Node:
    node = Node()
    if isinstance(value, Mapping):
        node.mapping = True
        node.value = [(Node(key), _node(one)) for key, one in value.items() if one not in (None, "", [], (), {})]
    elif isinstance(value, (list, tuple)):
        node.value = [_node(one) for one in value]
    else:
        node.value = str(value)
    return node


# From text to a file.


def writable(path: str) -> Path:
    """The file behind a path, links followed. Raises UsageError where it is not for writing to."""
    found, packaged = files.followed(path), files.followed(files.shipped())
    if found == packaged and packaged.parent == files.followed(files.__file__).parent:
        raise UsageError(
            "the log that ships with the program is not for writing to: an update would take it back. "
            "Name one of your own: spacerel init FILE begins one"
        )
    if not found.is_file():
        raise DataError(f"there is no file {path}. spacerel init {path} begins one")
    return found


def replace(path: Path, content: bytes, before: bytes) -> None:
    """Give a file new content, whole or not at all; its mode stays. Raises DataError where it has changed since `before`."""

    def unchanged() -> None:
        if path.read_bytes() != before:
            raise DataError(f"{path} was changed by another program meanwhile; nothing was written. Try again")

    try:
        with draft(path, over=True, last_look=unchanged) as out:
            out.write(content)
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror or error}.") from error


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep other runs of this program from writing to the file until the block ends."""
    if sys.platform == "win32":
        # An open file cannot be replaced there; `replace` still sees what another program wrote.
        yield
        return
    import fcntl

    while True:
        try:
            file = path.open("rb")
        except OSError as error:
            raise DataError(f"cannot read {path}: {error.strerror or error}.") from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            # Whoever held the lock has put a new file in the place of this one: the lock to hold is that one's.
            if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
                continue
            yield
            return
