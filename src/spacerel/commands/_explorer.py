"""The screen of `spacerel explore`; the only home of Textual."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.geometry import Region, Size
from textual.message import Message
from textual.screen import ModalScreen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Footer, Input, Static

from spacerel import dates, relations
from spacerel.commands._words import FLAGS, IN_WORDS, NARROWING, asked, command, told
from spacerel.commands.show import show
from spacerel.commands.timeline import timeline, who
from spacerel.errors import SpacerelError
from spacerel.formats import terminal
from spacerel.model import Event
from spacerel.query import Query
from spacerel.table import ASCII, GLYPHS, Settings, Spans, Table, fitted, mark, padded, visible

WIDE = 110
"""Columns from which on the step stands beside the list, not under it."""

DATE, WHO = 12, 22
"""Cells of the date, and at most of who takes a step towards whom."""

_STYLES = {
    "bold": Style(bold=True),
    "heading": Style(dim=True, underline=True),
    "dim": Style(dim=True),
    **{word: Style(dim=True) if color == "dim" else Style(color=color) for word, (_, color) in GLYPHS.items()},
}
_PLAIN, _MARKED = Style(), Style(reverse=True)


class Steps(ScrollView, can_focus=True):
    """The list of steps, a line each; only the lines on the screen are made."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("home,g", "move(-1000000)", show=False),
        Binding("end,G", "move(1000000)", show=False),
    ]

    class Reached(Message):
        """The cursor has come to another step, or to none."""

    def __init__(self) -> None:
        super().__init__(id="steps")
        self.steps: Sequence[Event] = ()
        self.cursor = 0
        self._line: Any = lambda event: ()

    @property
    def current(self) -> Event | None:
        """The step under the cursor."""
        return self.steps[self.cursor] if self.steps else None

    def fill(self, query: Query, steps: Sequence[Event], event_id: str | None) -> None:
        """Show these steps, with the cursor at the one of that id, else at the one nearest to where it was."""
        log, seen_from = query.log, query.agency_ids if len(query.agencies) == 1 else None
        ascii = bool(query.options.get("ascii"))

        def line(event: Event) -> Spans:
            cells = min(WHO, self.size.width // 5)
            names = "".join(text for text, _ in who(log, event, seen_from)).strip()
            spans = (
                (f"{dates.about(event.date):>{DATE}} ", "dim"),
                (mark(event.act)[0][0][:1] + " ", event.act),
                (padded(fitted(names, cells), cells) + " ", "bold"),
                (visible(event.title), ""),
                *(((f" · {event.outcome.status.replace('-', ' ')}", event.outcome.status),) if event.outcome else ()),
            )
            return tuple((text.translate(ASCII), role) for text, role in spans) if ascii else spans

        places = {event.id: place for place, event in enumerate(steps)}
        self.steps, self._line = steps, line
        self.cursor = places.get(event_id or "", min(self.cursor, max(len(steps) - 1, 0)))
        self.virtual_size = Size(0, len(steps))
        self.refresh()
        self.post_message(self.Reached())
        # Only then is it known how far the longer or shorter list can be scrolled.
        self.call_after_refresh(self._scroll)

    def action_move(self, lines: int) -> None:
        """Move the cursor down, or up."""
        self._reach(self.cursor + lines)

    def action_page(self, pages: int) -> None:
        """Move the cursor by screens."""
        self._reach(self.cursor + pages * max(self.size.height - 1, 1))

    def on_click(self, click: events.Click) -> None:
        """Put the cursor where somebody clicked."""
        if self.scroll_offset.y + click.y < len(self.steps):
            self._reach(self.scroll_offset.y + click.y)

    def on_resize(self) -> None:
        """Keep the cursor on the screen."""
        self.call_after_refresh(self._scroll)

    def _reach(self, place: int) -> None:
        self.cursor = min(max(place, 0), max(len(self.steps) - 1, 0))
        self.refresh()
        self._scroll()
        self.post_message(self.Reached())

    def _scroll(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        place, width = self.scroll_offset.y + y, self.size.width
        if place >= len(self.steps):
            return Strip([Segment(" " * width, _PLAIN)])
        line = self._line(self.steps[place])
        if place == self.cursor:
            return Strip([Segment("".join(text for text, _ in line), _MARKED)]).adjust_cell_length(width, _MARKED)
        return Strip([Segment(text, _STYLES.get(role, _PLAIN)) for text, role in line]).adjust_cell_length(
            width, _PLAIN
        )


class _Page(ModalScreen[None]):
    """A drawing over the whole screen; any of its keys takes it away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,l,question_mark,enter", "dismiss", "Back")]

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """The drawing, to be scrolled."""
        with VerticalScroll(id="page"):
            yield Static(self._text)
        yield Footer()


class Explorer(App[None]):
    """The list of steps, the one under the cursor in full, and the line that filters."""

    TITLE = "spacerel"
    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #filter { border: none; height: 1; width: 1fr; padding: 0; background: $surface; }
    #slash { width: 2; }
    #counted { width: auto; padding: 0 1; }
    #head { height: 1; }
    #both { layout: vertical; }
    #both.wide { layout: horizontal; }
    #steps { height: 1fr; width: 1fr; }
    #sheet { height: 1fr; width: 1fr; border-top: solid $primary; }
    #both.wide #steps { width: 3fr; }
    #both.wide #sheet { width: 2fr; border-top: none; border-left: solid $primary; padding: 0 0 0 1; }
    #told { height: auto; max-height: 3; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("question_mark", "keys", "Keys", key_display="?"),
        Binding("q", "quit", "Quit"),
        Binding("slash", "filter", "Filter", key_display="/"),
        Binding("a", "agency", "Agency"),
        Binding("p", "partnership", "Partnership"),
        Binding("b", "along('because')", "Because"),
        Binding("c", "along('consequences')", "Consequence"),
        Binding("backspace,u", "return", "Back", key_display="Bksp"),
        Binding("l", "lanes", "Lanes"),
        Binding("y", "copy", "Copy command"),
        Binding("escape", "list", show=False),
    ]

    def __init__(self, query: Query) -> None:
        super().__init__()
        self._whole = query.whole_log
        self.shown = self._query(query.options)
        self._been: list[tuple[Mapping[str, Any], str | None]] = []

    def compose(self) -> ComposeResult:
        """The line, the list, the sheet, and the keys."""
        with Horizontal(id="head"):
            yield Static("/", id="slash")
            yield Input(told(self.shown.options), placeholder="words, agency:esa, date:2022, -act:context", id="filter")
            yield Static(id="counted", markup=False)
        with Container(id="both"):
            yield Steps()
            with VerticalScroll(id="sheet"):
                yield Static(id="step", markup=False)
        yield Static(id="told", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        """Begin in the list."""
        self._show(self.shown.events(), None)
        self.query_one(Steps).focus()

    def on_resize(self, resized: events.Resize) -> None:
        """Beside each other where there is room."""
        self.query_one("#both").set_class(resized.size.width >= WIDE, "wide")
        self.call_after_refresh(self._show_step)

    # What is asked for.

    @on(Input.Changed, "#filter")
    def _typed(self, changed: Input.Changed) -> None:
        if changed.value == told(self.shown.options):
            return  # The line follows the list here, not the other way round.
        current = self.query_one(Steps).current
        try:
            options = asked(changed.value)
        except SpacerelError as error:
            self._tell(str(error))
            return
        self._list({**self._kept(IN_WORDS), **options}, current.id if current else None)

    @on(Input.Submitted, "#filter")
    def action_list(self) -> None:
        """Go back to the list."""
        self.query_one(Steps).focus()

    def action_filter(self) -> None:
        """Go to the line that filters."""
        self.query_one(Input).focus()

    def _query(self, options: Mapping[str, Any]) -> Query:
        # Without colour, sheets write addresses out: a link on this screen is none that a terminal opens.
        query = Query({**options, "color": "never"})
        query.whole_log = self._whole
        return query

    def _kept(self, without: Collection[str]) -> dict[str, Any]:
        """The options of what is shown, except some."""
        return {name: value for name, value in self.shown.options.items() if name not in without}

    def _list(self, options: Mapping[str, Any], event_id: str | None) -> bool:
        """List what these options ask for; says whether they can be asked for."""
        try:
            # What was known on a day can only be asked of a day.
            query = self._query({**options, "known": bool(options.get("known") and options.get("as_of"))})
            found = query.events()
        except SpacerelError as error:
            self._tell(str(error))
            return False
        self.shown = query
        self._show(found, event_id)
        return True

    def _show(self, found: Sequence[Event], event_id: str | None) -> None:
        self.query_one(Steps).fill(self.shown, found, event_id)
        flags = "".join(f" · {name.replace('_', ' ')}" for name in FLAGS if self.shown.options.get(name))
        self.query_one("#counted", Static).update(f"{len(found)} of {len(self._whole.events)} events{flags}")

    def _go(self, options: Mapping[str, Any], event_id: str | None) -> bool:
        """List what these options ask for, and let the line say so."""
        if not self._list(options, event_id):
            return False
        self.query_one(Input).value = told(self.shown.options)
        return True

    def _jump(self, options: Mapping[str, Any], event_id: str) -> None:
        """Go somewhere else from the step under the cursor, and remember where one was."""
        before, current = self.shown.options, self.query_one(Steps).current
        # What narrows the list is given up; the day as of which it is told is not.
        if self._go({**self._kept(NARROWING), **options}, event_id):
            self._been.append((before, current.id if current else None))

    # Where one may go from a step.

    def action_agency(self) -> None:
        """The steps of an agency that the step names; pressed again, of the next one."""
        step = self.query_one(Steps).current
        if step is not None:
            parties = tuple(dict.fromkeys((*step.by, *step.parties)))
            shown = self.shown.options.get("agency") or []
            place = parties.index(shown[0]) + 1 if len(shown) == 1 and shown[0] in parties else 0
            self._jump({"agency": [parties[place % len(parties)]]}, step.id)

    def action_partnership(self) -> None:
        """The steps of the partnership that the step belongs to."""
        step = self.query_one(Steps).current
        if step is not None and step.partnership is not None:
            self._jump({"partnership": [step.partnership]}, step.id)
        elif step is not None:
            self._tell("This step belongs to no partnership.")

    def action_along(self, way: str) -> None:
        """The first cause of a step, or the first that followed from it."""
        step, log = self.query_one(Steps).current, self.shown.log
        if step is None:
            return
        found: Iterable[str] = (
            step.because if way == "because" else [event.id for event in relations.consequences(log).get(step.id, ())]
        )
        aim = next(iter(found), None)
        if aim is None:
            self._tell("No reason is told." if way == "because" else "Nothing is told to have followed.")
            return
        there = any(event.id == aim for event in self.query_one(Steps).steps)
        self._jump(self.shown.options if there else {}, aim)

    def action_return(self) -> None:
        """Where one was before."""
        if self._been:
            self._go(*self._been.pop())

    # What is told.

    @on(Steps.Reached)
    def _show_step(self) -> None:
        step, sheet = self.query_one(Steps).current, self.query_one("#step", Static)
        self._tell("")
        if step is None:
            sheet.update("No step matches.")
            return
        table = show(self.shown, [step.id])
        assert table is not None
        sheet.update(self._drawn(table, self.query_one("#sheet").size.width - 2))
        self.query_one("#sheet").scroll_home(animate=False)

    def action_lanes(self) -> None:
        """The listed steps as lanes."""
        table = timeline(self.shown, view="lanes")
        if table.rows:
            self.push_screen(_Page(self._drawn(table, self.size.width - 2)))
        else:
            self._tell("There are no lanes to draw: no step that is listed belongs to a partnership.")

    def action_copy(self) -> None:
        """Copy the command line that lists the same steps."""
        line = command(self.shown.options)
        self.copy_to_clipboard(line)
        self._tell(f"Copied: {line}")

    def action_keys(self) -> None:
        """What the keys do."""
        self.push_screen(_Page(Text(KEYS.translate(ASCII) if self.shown.options.get("ascii") else KEYS)))

    def _drawn(self, table: Table, width: int) -> Text:
        lines = terminal.lines_of(table, Settings(width, True, bool(self.shown.options.get("ascii")), ()))
        return Text("\n").join(
            Text.assemble(*((text, _STYLES.get(role, _PLAIN)) for text, role in line), no_wrap=True) for line in lines
        )

    def _tell(self, sentence: str) -> None:
        self.query_one("#told", Static).update(visible(sentence))


KEYS = """\
/            filter: words to be found, and FILTER:VALUE, such as
             agency:esa  with:nasa  by:roscosmos  act:end,suspend  date:2022-Q1
             partnership:exomars-rover  tag:mars  -act:context  "Soyuz TM"
Enter, Esc   back to the list
↑ ↓ PgUp PgDn Home End, or k j g G
a            the steps of the agency that took the step; again: of the next party
p            the steps of its partnership
b            its cause
c            what followed from it
Backspace    where one was before
Tab          to the step in full, which the arrows then scroll
l            the listed steps as lanes
y            copy the command line that lists the same steps
q            quit
"""
