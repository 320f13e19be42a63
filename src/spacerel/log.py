"""From YAML text to a Log, with the place of everything that is wrong; the only home of yaml.

The parser's events are pulled straight into records. The schema (TOP and what it points at) says how each value is read,
and every scalar stays the text that was written: nothing guesses dates, truth values or numbers. While reading, only the
line of each record is kept; where a rule of `spacerel.checks` fires, the text is parsed once more to find the value.
"""

import gc
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from spacerel.checks import Finding, findings
from spacerel.dates import first_day, last_day
from spacerel.errors import DataError, enumerated, quoted, suggestion
from spacerel.fields import FORMAT, LISTS, TOP, Fault, Field, Fields
from spacerel.files import content, paths_of, shown_name
from spacerel.model import (
    Actor,
    Event,
    Log,
    Partnership,
)
from spacerel.problems import Place, Problem

DEPTH = 50
"""How deep a file may nest; the format itself needs five levels."""
MANY = 5_000
"""Problems after which the reader gives a file up; nobody reads more, and a hostile file could make millions."""
_LONGEST_HINT = 60
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_UNREADABLE_BYTES = bytes((*range(9), 11, 12, *range(14, 32), 127))
_UNREADABLE_BEYOND_ASCII = (
    re.compile(b"\xc2[\x80-\x84\x86-\x9f]"),
    re.compile(b"\xef(?:\xbb\xbf|\xbf[\xbe\xbf])"),
)

_ADVICE = (
    ("mapping values are not allowed", 'quote a value that contains ": "'),
    ("tab character", "indent with spaces, not tabs"),
    ("cannot start any token", "indent with spaces, and quote a value that begins with a sign"),
    ("expected <block end>", "is the line indented like its neighbours?"),
    ("could not find expected ':'", "a key needs a colon and a space behind it"),
    ("unexpected end of stream", "is a quote or a bracket still open?"),
)


_QUOTE_STAR = "an alias needs its anchor earlier in the file; quote a text that begins with *"
Steps = tuple[str | int, ...]


_LIST_OF = {Actor: "actors", Partnership: "partnerships", Event: "events"}
_STAND_IN: Mapping[str, Any] = {"parties": (), "sources": (), "date": "0001"}
"""What stands in for a required value that is missing or wrong, so that the rules can look at the rest of the log."""


def read(paths: Sequence[str] = (), instead: Mapping[str, bytes] = MappingProxyType({})) -> Log:
    """The log in those files (see `paths_of`), which together are one log; `-` is standard input.

    `instead` has the content that a file, by its path, is to be read with. Raises DataError where a file cannot be read or the log has an error; warnings do not count.
    """
    log, found = _problems(paths_of(paths), False, instead)
    if log is None or found:
        first = found[0]
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        files = " ".join(dict.fromkeys(problem.place.file for problem in found))
        raise DataError(f"{first.place.file}:{first.place.line}: {first.message}{more}. Run: spacerel check {files}")
    return log


def problems(
    paths: Sequence[str] = (), instead: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[Log | None, list[Problem]]:
    """The log in those files and everything that is wrong with it, in order of file and line.

    `instead` has the content that a file, by its path, is to be read with. There is no log where a file could not be read
    to its end. Where there are errors, the log is only good for counting.
    """
    return _problems(paths_of(paths), True, instead)


def parsed(text: str) -> Iterator[Any]:
    """The parser's own events of a text that can be read, with their marks; aliases stay aliases."""
    get = _parser(text.encode())
    while True:
        event = get()
        yield event
        if event.__class__.__name__ == "StreamEndEvent":
            return


def _problems(
    paths: Sequence[str], warnings: bool, instead: Mapping[str, bytes] = MappingProxyType({})
) -> tuple[Log | None, list[Problem]]:
    collecting = gc.isenabled()
    # The records of a big log are all kept, so looking for rubbish while they are made only costs time: about half of it.
    gc.disable()
    try:
        files = [
            _File(shown_name(path), instead[path] if path in instead else content(path))
            for path in dict.fromkeys(paths)
        ]
        for file in files:
            file.read()
        log = None
        if not any(file.broken for file in files):
            log = _joined(files)
            _apply_rules(log, files, warnings)
    finally:
        if collecting:
            gc.enable()
    order = {file.name: number for number, file in enumerate(files)}
    found = [problem for file in files for problem in file.problems if warnings or problem.severity == "error"]
    found.sort(key=lambda problem: (order[problem.place.file], problem.place.line, problem.place.column))
    return log, found


class _BrokenFileError(Exception):
    """The rest of a file cannot be read; its problem has been noted."""


class _File:
    """One file of a log: its text, its records in the order of their places, and what is wrong with it."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.content = content
        self.text = ""
        self._source = b""
        self.problems: list[Problem] = []
        self.broken = False
        self.records: dict[str, list[Any]] = {key: [] for key in LISTS}
        self.damaged: set[int] = set()
        self._lines: list[str] = []
        self._damage = False
        self._record: int | None = None
        self._get: Callable[[], Any] = lambda: None
        self._scalar_event: Any = None
        self._sequence_start: Any = None
        self._sequence_end: Any = None
        self._mapping_start: Any = None
        self._mapping_end: Any = None

    def read(self) -> None:
        """Read the whole file; `broken` says that it could not be read to its end."""
        try:
            self._decode()
            self._document()
        except _BrokenFileError:
            self.broken = True

    def place(self, line: int, column: int) -> Place:
        """A place by line and column, both from 0."""
        if not self._lines:
            self._lines = _LINE_ENDS.split(self.text)
        return Place(self.name, line + 1, column + 1, self._lines[line] if line < len(self._lines) else "")

    def note(self, event: Any, problem: Fault, severity: str = "error") -> None:
        """Note a problem with what a parser's event stands for."""
        start, end = event.start_mark, event.end_mark
        place = self.place(start.line, start.column)
        block = getattr(event, "flow_style", None) is False
        inside = end.line == start.line and not block
        length = (end.column if inside else len(place.text.rstrip())) - start.column
        record = self.place(self._record, 0) if self._record not in (None, start.line) else None
        self.problems.append(
            Problem(place, problem.code, problem.message, problem.hint, severity, max(1, length), record)
        )
        self._damage = self._damage or severity == "error"
        if len(self.problems) >= MANY:
            raise self._stop(start, Fault("E005", f"more than {MANY} problems: the rest of the file was not read"))

    def _decode(self) -> None:
        content = self.content.removeprefix(b"\xef\xbb\xbf")
        try:
            self.text = content.decode()
        except UnicodeDecodeError as error:
            self.text = content.decode(errors="replace")
            before = content[: error.start].decode()
            lines = _LINE_ENDS.split(before)
            hint = "save the file as UTF-8"
            wide = content[:2] in (b"\xff\xfe", b"\xfe\xff")
            what = "the file is UTF-16, not UTF-8" if wide else f"byte 0x{content[error.start]:02X} is not UTF-8"
            raise self._stop_at(len(lines) - 1, len(lines[-1]), Fault("E002", what, hint)) from error
        self._source = content
        found = _UNREADABLE.search(self.text) if _has_unreadable(content) else None
        if found:
            before, sign = self.text[: found.start()], ord(found[0])
            self.text, number = _UNREADABLE.subn("\ufffd", self.text)
            self._source = self.text.encode()
            lines = _LINE_ENDS.split(before)
            more = f" (and {number - 1} more in this file)" if number > 1 else ""
            place = self.place(len(lines) - 1, len(lines[-1]))
            self.problems.append(Problem(place, "E003", f"control character U+{sign:04X}{more}", "take it out"))

    def _events(self) -> Callable[[], Any]:
        """A function that gives the parser's events, one a call, with aliases expanded."""
        parse = _parser(self._source)
        # The generator is a tenth of the reader's time, so only a file that may have aliases goes through it.
        return self._expanded(parse).__next__ if "*" in self.text else parse

    def _syntax_error(self, error: Exception) -> _BrokenFileError:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        what = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
        context = getattr(error, "context", None)
        line, column = (mark.line, mark.column) if mark else (0, 0)
        hint = next((advice for sign, advice in _ADVICE if sign in what), "")
        if "cannot start any token" in what and "\t" in self.place(line, 0).text[: column + 1]:
            hint = "indent with spaces, not tabs"
        return self._stop_at(line, column, Fault("E001", f"not YAML: {what}{f' {context}' if context else ''}", hint))

    def _stop(self, mark: Any, wrong: Fault) -> _BrokenFileError:
        return self._stop_at(mark.line, mark.column, wrong)

    def _stop_at(self, line: int, column: int, wrong: Fault) -> _BrokenFileError:
        self.problems.append(Problem(self.place(line, column), *wrong))
        return _BrokenFileError()

    def _expanded(self, parse: Callable[[], Any]) -> Iterator[Any]:
        """The events with each alias replaced by what it stands for, which may at most double the file."""
        from yaml import AliasEvent, CollectionEndEvent, CollectionStartEvent, StreamEndEvent

        anchors: dict[str, list[Any]] = {}
        recording: list[tuple[list[Any], int]] = []  # anchored nodes that are still open, and the depth outside them
        depth, spent, budget = 0, 0, 100_000 + len(self.text)
        while True:
            event = parse()
            kind = event.__class__
            if kind is AliasEvent:
                repeated = self._repeated(event, anchors, recording)
                if recording:
                    recording[-1][0].append(repeated)
                todo = [iter(repeated)]
                while todo:
                    item = next(todo[-1], None)
                    spent += 16
                    if item is None:
                        todo.pop()
                    elif item.__class__ is list:
                        todo.append(iter(item))
                    else:
                        spent += len(getattr(item, "value", ""))
                        yield item
                    if spent > budget:
                        wrong = Fault("E005", "the aliases repeat more than the file holds", "write the values out")
                        raise self._stop(event.start_mark, wrong)
                continue
            opens = issubclass(kind, CollectionStartEvent)
            depth += opens - issubclass(kind, CollectionEndEvent)
            if getattr(event, "anchor", None) is not None:
                node: list[Any] = []
                if recording:
                    recording[-1][0].append(node)
                recording.append((node, depth - opens))
                anchors[event.anchor] = node
            if recording:
                recording[-1][0].append(event)
            while recording and recording[-1][1] == depth:
                recording.pop()
            yield event
            if kind is StreamEndEvent:
                return

    def _repeated(
        self, alias: Any, anchors: Mapping[str, list[Any]], recording: list[tuple[list[Any], int]]
    ) -> list[Any]:
        node = anchors.get(alias.anchor)
        if node is None:
            wrong = Fault("E001", f"not YAML: there is no anchor for the alias {quoted(alias.anchor)}", _QUOTE_STAR)
            raise self._stop(alias.start_mark, wrong)
        if any(open_node is node for open_node, _ in recording):
            wrong = Fault(
                "E005", f"the alias {quoted(alias.anchor)} stands inside what it repeats", "write the values out"
            )
            raise self._stop(alias.start_mark, wrong)
        return node

    def _document(self) -> None:
        import yaml

        self._get = self._events()
        self._scalar_event, self._mapping_start, self._mapping_end = (
            yaml.ScalarEvent,
            yaml.MappingStartEvent,
            yaml.MappingEndEvent,
        )
        self._sequence_start, self._sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
        try:
            self._get()
            event = self._get()
            if event.__class__ is yaml.StreamEndEvent:
                raise self._stop(
                    event.start_mark, Fault("E006", "the file is empty", f"a log begins with spacerel: {FORMAT}")
                )
            self._top(self._get())
            self._get()
            event = self._get()
            if event.__class__ is not yaml.StreamEndEvent:
                hint = "put the second document into a file of its own"
                raise self._stop(event.start_mark, Fault("E006", "a second document in one file", hint))
        except yaml.YAMLError as error:
            raise self._syntax_error(error) from error

    def _top(self, start: Any) -> None:
        if start.__class__ is not self._mapping_start:
            hint = f"it begins with spacerel: {FORMAT}, then come actors:, partnerships: and events:"
            raise self._stop(start.start_mark, Fault("E006", "a log is a mapping", hint))
        self._refuse_tag(start)
        self._tell_missing(start, TOP, *self._fields(TOP))

    def _record_of(self, start: Any, mapping: Fields, **place: Any) -> Any:
        """The record of a mapping whose start has been read, with stand-ins for what it must have and has not."""
        assert mapping.make is not None
        if start.tag is not None:
            self._refuse_tag(start)
        values, hints = self._fields(mapping)
        values.update(place)
        try:
            if None not in values.values():
                return mapping.make(**values)
        except TypeError:  # a required key is missing
            pass
        self._tell_missing(start, mapping, values, hints)
        given = {key: value for key, value in values.items() if value is not None}
        return mapping.make(**{**{key: _STAND_IN.get(key, "") for key in mapping.required}, **given})

    def _tell_missing(self, start: Any, mapping: Fields, values: Mapping[str, Any], hints: str) -> None:
        # A required key that was misspelt is told of once.
        missing = [key for key in mapping.required if key not in values and f'"{key}"' not in hints]
        if missing:
            self.note(start, Fault("E009", f"{mapping.noun} needs {enumerated(missing)}"))

    def _fields(self, mapping: Fields) -> tuple[dict[str, Any], str]:
        """The values of a mapping whose start has been read, where one that is wrong is None; and the hints for keys that are."""
        get, scalar, fields = self._get, self._scalar_event, mapping.fields
        values: dict[str, Any] = {}
        hints = ""
        while (event := get()).__class__ is not self._mapping_end:
            if event.__class__ is not scalar:
                self.note(event, Fault("E011", "a key is a word, not a list or a mapping"))
                self._skip(event)
                self._skip(get())
                continue
            key = event.value
            field = fields.get(key)
            if field is None or key in values or event.tag is not None:
                hints += self._odd_key(event, mapping, field)
                self._skip(get())
                continue
            value = get()
            if field.shape == "one" and value.__class__ is scalar:
                text = field.read(value.value)
                values[key] = text if text.__class__ is str and value.tag is None else self._refused(value, text)
            elif mapping is TOP and field.mapping is not None:
                self._in_order(event, values)
                self._records(value, key, field.mapping)
                values[key] = key
            else:
                values[key] = _SHAPES[field.shape](self, value, field, key)
        return values, hints

    def _odd_key(self, event: Any, mapping: Fields, field: Field | None) -> str:
        """Note what is wrong with a key that cannot count; gives the hint."""
        self._refuse_tag(event)
        key, hint = event.value, ""
        if field is None:
            hint = suggestion(key, mapping.fields) or f"keys of {mapping.noun}: {', '.join(mapping.fields)}"
            self.note(event, Fault("E008", f"{mapping.noun} has no key {quoted(key)}", hint))
        elif event.tag is None:
            hint = "only one value can count"
            self.note(event, Fault("E010", f"the key {quoted(key)} stands here twice", hint))
        return hint

    def _in_order(self, event: Any, before: Mapping[str, Any]) -> None:
        keys = tuple(TOP.fields)
        late = [key for key in before if keys.index(key) > keys.index(event.value)]
        if late:
            wrong = Fault("W101", f"{event.value} stand behind {late[0]}", f"the order is {', '.join(keys)}")
            self.note(event, wrong, "warning")

    def _scalar(self, event: Any, field: Field) -> str | None:
        """The value that a scalar stands for, or None where something is wrong with it."""
        text = field.read(event.value)
        return text if isinstance(text, str) and event.tag is None else self._refused(event, text)

    def _refused(self, event: Any, found: str | Fault) -> str | None:
        """Note that a scalar's tag or its text is wrong; there is no value then."""
        if event.tag is not None:
            self._refuse_tag(event)
        elif isinstance(found, Fault):
            self.note(event, found)
        return None

    def _one(self, event: Any, field: Field, key: str) -> None:
        self.note(event, Fault("E011", f"{key} is one value, not {self._noun(event)}"))
        self._skip(event)

    def _either(self, event: Any, field: Field, key: str) -> tuple[str, ...] | None:
        if event.__class__ is self._scalar_event:
            text = self._scalar(event, field)
            return None if text is None else (text,)
        return self._list(event, field, key)

    def _list(self, event: Any, field: Field, key: str) -> tuple[str, ...] | None:
        if event.__class__ is not self._sequence_start:
            hint = f"write {key}: [{event.value}]" if event.__class__ is self._scalar_event and event.value else ""
            self.note(event, Fault("E011", f"{key} is a list, not {self._noun(event)}", hint[:_LONGEST_HINT]))
            self._skip(event)
            return None
        if event.tag is not None:
            self._refuse_tag(event)
        get, scalar, end = self._get, self._scalar_event, self._sequence_end
        texts: dict[str, None] = {}
        whole = True
        while (item := get()).__class__ is not end:
            if item.__class__ is not scalar:
                self._one(item, field, f"an item of {key}")
                whole = False
                continue
            text = self._scalar(item, field)
            if text is None:
                whole = False
            elif text in texts:
                self.note(item, Fault("E010", f"{quoted(text)} stands in this list twice"))
            else:
                texts[text] = None
        if not texts and whole:
            self.note(event, Fault("E013", "an empty list", "leave the key out where nothing is known"))
        return tuple(texts) or None

    def _names(self, event: Any, field: Field, key: str) -> tuple[tuple[str, str], ...] | None:
        if event.__class__ is not self._mapping_start:
            self._mistaken(event, f"{key} is a mapping, not {self._noun(event)}")
            return None
        self._refuse_tag(event)
        names: dict[str, str] = {}
        while (name := self._get()).__class__ is not self._mapping_end:
            if name.__class__ is not self._scalar_event:
                self._mistaken(name, f"a key in {key} is a word, not {self._noun(name)}")
                self._skip(self._get())
                continue
            value = self._get()
            if value.__class__ is not self._scalar_event:
                self._mistaken(value, f"{key} holds names and one value for each")
                continue
            label, text = self._scalar(name, field), self._scalar(value, field)
            if label is not None and label in names:
                self.note(name, Fault("E010", f"the key {quoted(label)} stands here twice", "only one value can count"))
            elif label is not None and text is not None:
                names[label] = text
        return tuple(names.items())

    def _part(self, event: Any, field: Field, key: str) -> Any:
        assert field.mapping is not None
        if event.__class__ is not self._mapping_start:
            self._mistaken(event, f"{key} is a mapping, not {self._noun(event)}")
            return None
        return self._record_of(event, field.mapping)

    def _parts(self, event: Any, field: Field, key: str) -> tuple[Any, ...] | None:
        assert field.mapping is not None
        if event.__class__ is not self._sequence_start:
            self._mistaken(event, f"{key} is a list of mappings, not {self._noun(event)}")
            return None
        self._refuse_tag(event)
        get, parts, found = self._get, [], False
        while (item := get()).__class__ is not self._sequence_end:
            found = True
            if item.__class__ is self._mapping_start:
                parts.append(self._record_of(item, field.mapping))
            else:
                self._mistaken(item, f"{field.mapping.noun} is a mapping, not {self._noun(item)}")
        if not found:
            self.note(event, Fault("E013", "an empty list", "leave the key out where nothing is known"))
        return tuple(parts) or None

    def _records(self, event: Any, key: str, mapping: Fields) -> None:
        """Read one of the three lists into `records`."""
        if event.__class__ is not self._sequence_start:
            if event.__class__ is self._scalar_event and not event.value:
                return
            self._mistaken(event, f"{key} is a list of mappings, not {self._noun(event)}")
            return
        self._refuse_tag(event)
        get, records = self._get, self.records[key]
        while (item := get()).__class__ is not self._sequence_end:
            self._damage = False
            if item.__class__ is not self._mapping_start:
                self._mistaken(item, f"{mapping.noun} is a mapping, not {self._noun(item)}")
                continue
            self._record = item.start_mark.line
            records.append(self._record_of(item, mapping, file=self.name, line=self._record + 1))
            if self._damage:
                self.damaged.add(self._record + 1)
            self._record = None

    def _refuse_tag(self, event: Any) -> None:
        tag = getattr(event, "tag", None)
        if tag is not None:
            short = tag.replace("tag:yaml.org,2002:", "!!")
            self.note(
                event, Fault("E004", f"the tag {quoted(short)} is refused", "take it out: the format knows the types")
            )

    def _noun(self, event: Any) -> str:
        if event.__class__ is self._scalar_event:
            return "text" if event.value else "nothing"
        return "a mapping" if event.__class__ is self._mapping_start else "a list"

    def _mistaken(self, event: Any, message: str) -> None:
        self.note(event, Fault("E011", message))
        self._skip(event)

    def _skip(self, event: Any) -> None:
        """Pass over a node whose first event has been read."""
        opening, closing = (self._mapping_start, self._sequence_start), (self._mapping_end, self._sequence_end)
        depth = 0
        while True:
            if event.__class__ in opening:
                depth += 1
                if depth > DEPTH:
                    raise self._stop(event.start_mark, Fault("E005", f"nested more than {DEPTH} levels deep"))
            elif event.__class__ in closing:
                depth -= 1
            self._refuse_tag(event)
            if depth == 0:
                return
            event = self._get()

    def places(self, lines: Collection[int]) -> dict[tuple[str, int, str], dict[Steps, "_Span"]]:
        """The places of all values in the records on those lines: by list, line and id, then by path of the value."""
        get = self._get = self._events()
        found: dict[tuple[str, int, str], dict[Steps, _Span]] = {}
        for _ in range(3):
            get()
        while (key := get()).__class__ is not self._mapping_end:
            event = get()
            if event.__class__ is not self._sequence_start or getattr(key, "value", "") not in LISTS:
                self._spans(event, (), {})
                continue
            while (item := get()).__class__ is not self._sequence_end:
                spans: dict[Steps, _Span] = {}
                self._spans(item, (), spans)
                name = spans[("id",)].text if ("id",) in spans else ""
                if item.start_mark.line + 1 in lines:
                    found.setdefault((key.value, item.start_mark.line + 1, name), spans)
        return found

    def _spans(self, event: Any, path: Steps, spans: dict[Steps, "_Span"]) -> None:
        """Note where a node and everything in it stands; its first event has been read."""
        start, end = event.start_mark, event.end_mark
        block = getattr(event, "flow_style", None) is False
        length = end.column - start.column if end.line == start.line and not block else 0
        spans.setdefault(path, _Span(start.line, start.column, length, getattr(event, "value", "")))
        if event.__class__ is self._mapping_start:
            while (key := self._get()).__class__ is not self._mapping_end:
                if key.__class__ is not self._scalar_event:
                    self._spans(key, (*path, ""), spans)
                self._spans(self._get(), (*path, getattr(key, "value", "")), spans)
        elif event.__class__ is self._sequence_start:
            number = 0
            while (item := self._get()).__class__ is not self._sequence_end:
                self._spans(item, (*path, number), spans)
                number += 1

    def point_at(
        self, code: str, finding: Finding, places: Mapping[tuple[str, int, str], dict[Steps, "_Span"]]
    ) -> None:
        """Note what a rule found, at the value that it is about or at the nearest one around it."""
        record = finding.record
        spans = places.get((_LIST_OF[type(record)], record.line, record.id), {})
        path = finding.path
        while path and path not in spans:
            path = path[:-1]
        span = spans.get(path) or _Span(record.line - 1, 0, 0, "")
        place = self.place(span.line, span.column)
        self.problems.append(
            Problem(
                place,
                code,
                finding.message,
                finding.hint,
                "warning" if code.startswith("W") else "error",
                span.length or max(1, len(place.text.rstrip()) - span.column),
                self.place(record.line - 1, 0) if record.line != place.line else None,
            )
        )


class _Span(NamedTuple):
    """Where a value stands, from 0; no length where it goes over the end of the line."""

    line: int
    column: int
    length: int
    text: str


_SHAPES: Mapping[str, Callable[[_File, Any, Field, str], Any]] = {
    "one": _File._one,
    "list": _File._list,
    "either": _File._either,
    "names": _File._names,
    "part": _File._part,
    "parts": _File._parts,
}


def _joined(files: Sequence[_File]) -> Log:
    """The records of several files as one log. Of records with the same id the first counts, the others are problems."""
    by_id: dict[str, dict[str, Any]] = {}
    for key in LISTS:
        seen: dict[str, Any] = {}
        by_id[key] = seen
        for file in files:
            repeated = [record for record in file.records[key] if seen.setdefault(record.id, record) is not record]
            # A record without an id has its problem already.
            repeated = [record for record in repeated if record.id]
            places = file.places({record.line for record in repeated[:MANY]}) if repeated else {}
            for record in repeated[:MANY]:
                first = seen[record.id]
                where = f"on line {first.line}" if first.file == record.file else f"in {first.file}, line {first.line}"
                message = f"the id {quoted(record.id)} is taken: {TOP.fields[key].mapping.noun} has it {where}"  # type: ignore[union-attr]
                file.point_at("E016", Finding(record, ("id",), message), places)
        seen.pop("", None)
    events = sorted(by_id["events"].values(), key=lambda event: (first_day(event.date), last_day(event.date)))
    return Log(by_id["actors"], by_id["partnerships"], tuple(events), tuple(file.name for file in files))


def _apply_rules(log: Log, files: Sequence[_File], warnings: bool) -> None:
    """Note what the rules find, except what only follows from values that could not be read."""
    damaged = frozenset((file.name, line) for file in files for line in file.damaged)
    by_name: dict[str, list[tuple[str, Finding]]] = {}
    for number, (code, finding) in enumerate(findings(log, damaged, warnings)):
        by_name.setdefault(finding.record.file, []).append((code, finding))
        if number == MANY:
            told = f"more than {MANY} problems: the rest of the log was not checked"
            by_name[finding.record.file][-1] = ("E005", Finding(finding.record, (), told))
            break
    for file in files:
        found = by_name.get(file.name)
        if found:
            places = file.places({finding.record.line for _, finding in found})
            for code, finding in found:
                file.point_at(code, finding, places)


def _has_unreadable(content: bytes) -> bool:
    """Whether `_UNREADABLE` finds anything in that UTF-8; asking the bytes costs a third."""
    return len(content.translate(None, _UNREADABLE_BYTES)) < len(content) or any(
        signs.search(content) for signs in _UNREADABLE_BEYOND_ASCII
    )


def _parser(content: bytes) -> Callable[[], Any]:
    """The parser's function that gives the next event: libyaml's where it is installed, else that of PyYAML itself."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        return _pure_parser(content)
    parser: Any = CParser(content)
    get: Callable[[], Any] = parser.get_event
    return get


def _pure_parser(content: bytes) -> Callable[[], Any]:
    from yaml import MarkedYAMLError
    from yaml.parser import Parser
    from yaml.reader import Reader
    from yaml.scanner import Scanner

    class Pure(Reader, Scanner, Parser):
        def __init__(self) -> None:
            Reader.__init__(self, content.decode())
            Scanner.__init__(self)
            Parser.__init__(self)

    parser: Any = Pure()

    def get() -> Any:
        try:
            return parser.get_event()
        except (ValueError, OverflowError, RecursionError) as error:
            # It lets the errors of chr() and int() through: "\UFFFFFFFF", %YAML 1.99999...
            raise MarkedYAMLError(problem=str(error), problem_mark=parser.get_mark()) from error

    return get
