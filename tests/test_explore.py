"""spacerel explore: the words that filter, and a person who walks through a small log."""

import asyncio
import fcntl
import os
import pty
import struct
import sys
import termios
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyte
import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input, Static
from textual.widgets._footer import FooterKey

from small_log import Program, environment, spacerel
from spacerel.commands._explorer import Explorer, Steps
from spacerel.commands._words import FIELDS, asked, command, told
from spacerel.errors import UsageError
from spacerel.query import Query

__all__ = ["spacerel"]

# The line of words.


@pytest.mark.parametrize(
    ("text", "options"),
    [
        ("", {}),
        ("rover", {"grep": ["rover"]}),
        ("the rover  agency:esa", {"agency": ["esa"], "grep": ["the rover"]}),
        ('"Soyuz: TM" "a b"', {"grep": ["Soyuz: TM", "a b"]}),
        ("agency:esa agency:nasa", {"agency": ["esa", "nasa"]}),
        ('partnership:"ExoMars rover"', {"partnership": ["ExoMars rover"]}),
        ("date:2022 date:2023", {"period": "2023"}),
        ("with:nasa as-of:2022-04 since:2021", {"with_": ["nasa"], "as_of": "2022-04", "since": "2021"}),
        ('-act:context -agency:"Max Planck"', {"exclude": ["act:context", "agency:Max Planck"]}),
        ("agency: -act: rover", {"grep": ["rover"]}),
        ("Chang'e-6", {"grep": ["Chang'e-6"]}),
        ('-grep:rover grep:ESA "two words"', {"exclude": ["grep:rover"], "grep": ["ESA", "two words"]}),
    ],
)
def test_words_stand_for_options(text: str, options: dict[str, Any]) -> None:
    assert asked(text) == options


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('agency:"Max', "a quotation mark is still open."),
        ("agancy: esa", f'unknown filter "agancy". Did you mean "agency"? All of them: {", ".join(FIELDS)}.'),
    ],
)
def test_words_that_stand_for_nothing(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as raised:
        asked(text)

    assert str(raised.value) == sentence


VALUES = st.text(st.characters(categories=("L", "N", "P", "Zs"), exclude_characters='"'), min_size=1).filter(
    lambda text: text.strip() == text
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(VALUES, min_size=1, max_size=3) for name in ("agency", "with_", "tag", "grep")},
        **dict.fromkeys(("period", "since", "as_of"), VALUES),
        "exclude": st.lists(VALUES.map(lambda value: f"act:{value}"), min_size=1, max_size=3),
    },
)


@given(OPTIONS)
def test_options_are_told_in_words_that_ask_for_the_same(options: dict[str, Any]) -> None:
    assert asked(told(options)) == options


def test_the_command_line_of_options_is_one_for_a_shell() -> None:
    options = {"agency": ["esa"], "grep": ["Chang'e 6"], "period": "2022", "strict_dates": True, "log": ["my log.yaml"]}

    assert command(options) == (
        "spacerel timeline --agency esa --grep 'Chang'\"'\"'e 6' --period 2022 --strict-dates --log 'my log.yaml'"
    )


# Where it does not run.


def test_without_a_terminal_it_says_what_to_do(spacerel: Program) -> None:
    ran = spacerel("explore")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: explore needs a terminal. What goes into a pipe or a file: spacerel timeline\n"


def test_without_textual_it_says_what_to_install(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "textual" or name.endswith("._explorer")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "textual", None)
    monkeypatch.setattr("spacerel.commands.explore._at_a_terminal", lambda: True)
    ran = spacerel("explore")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "error: explore needs Textual. Install it with: pip install 'spacerel[explore]'\n"


def test_a_wrong_filter_is_told_before_the_screen_changes(spacerel: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spacerel.commands.explore._at_a_terminal", lambda: True)
    ran = spacerel("explore", "-a", "esaa")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == 'error: unknown agency "esaa". Did you mean "esa"? All of them: spacerel actors\n'


# A person at the keys.


class Seat:
    """What a person in front of the screen does and sees."""

    def __init__(self, app: Explorer, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        self.app.query_one(Input).value = text
        await self.pilot.pause()

    @property
    def ids(self) -> list[str]:
        return [event.id for event in self.app.query_one(Steps).steps]

    @property
    def current(self) -> str | None:
        step = self.app.query_one(Steps).current
        return step.id if step else None

    @property
    def words(self) -> str:
        return self.app.query_one(Input).value

    def text(self, part: str) -> str:
        return str(self.app.query_one(f"#{part}", Static).render())


def at_the_screen(
    program: Program, does: Callable[[Seat], Awaitable[None]], size: tuple[int, int] = (120, 40), **options: Any
) -> None:
    query = Query({"log": [str(program.log)], "no_cache": True, "today": "2026-11-24", **options})

    async def session() -> None:
        app = Explorer(query)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await does(Seat(app, pilot))

    asyncio.run(session())


def test_it_begins_with_the_steps_that_were_asked_for(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        assert seat.words == "agency:oneweb"
        assert seat.ids == ["oneweb-ultimatum", "oneweb-off-the-pad"]
        assert seat.current == "oneweb-ultimatum"
        assert seat.text("counted") == "2 of 10 events"
        assert seat.text("step").startswith("Roscosmos sets conditions for the launch\n When         2 Mar 2022\n")
        assert "https://example.org/page" in seat.text("step")

    at_the_screen(spacerel, does, agency=["oneweb"])


def test_keys_move_the_cursor_and_stop_at_both_ends(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("down", "j")
        assert seat.current == "invasion"
        await seat.press("up", "k", "k")
        assert seat.current == "rover-agreed"
        await seat.press("end")
        assert seat.current == "nasa-plans"
        await seat.press("down")
        assert seat.current == "nasa-plans"
        await seat.press("pageup")
        assert seat.current == "rover-agreed"
        assert seat.text("step").startswith("ESA and Rosaviakosmos talk about Mars\n")

    at_the_screen(spacerel, does)


def test_a_click_puts_the_cursor_on_a_line(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.pilot.click(Steps, offset=(5, 4))
        await seat.pilot.pause()
        assert seat.current == "oneweb-off-the-pad"

    at_the_screen(spacerel, does)


def test_words_filter_as_they_are_typed_and_the_cursor_stays(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("end", "up", "up", "slash")
        assert seat.current == "esa-ends-rover"
        await seat.type("agency:esa -act:talk")
        assert seat.ids == ["rover-signed", "esa-suspends-rover", "esa-ends-rover", "rover-with-nasa", "nasa-plans"]
        assert seat.current == "esa-ends-rover"
        assert seat.text("counted") == "5 of 10 events"
        await seat.press("enter", "up")
        assert seat.current == "esa-suspends-rover"

    at_the_screen(spacerel, does)


def test_words_that_are_wrong_leave_the_list_and_say_why(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.type("agency:esaa")
        assert len(seat.ids) == 10
        assert seat.text("told") == 'unknown agency "esaa". Did you mean "esa"? All of them: spacerel actors'
        await seat.type("agency:esa date:20222")
        assert seat.text("told").startswith('"20222" is not a')
        await seat.type("agency:esa")
        assert seat.text("told") == ""

    at_the_screen(spacerel, does)


def test_no_step_that_matches_is_said(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.type("nowhere to be found")
        assert seat.ids == []
        assert seat.current is None
        assert seat.text("step") == "No step matches."
        await seat.press("escape", "down", "b", "a", "p", "l")
        assert seat.text("told") == "There are no lanes to draw: no step that is listed belongs to a partnership."

    at_the_screen(spacerel, does)


def test_along_causes_and_consequences_and_back(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("b")
        assert seat.current == "invasion", "the cause is not among OneWeb's steps, so the filter goes"
        assert seat.words == ""
        await seat.press("b")
        assert seat.text("told") == "No reason is told."
        await seat.press("c")
        assert seat.current == "oneweb-ultimatum"
        await seat.press("backspace", "backspace")
        assert (seat.current, seat.words) == ("oneweb-ultimatum", "agency:oneweb")
        await seat.press("c")
        assert (seat.current, seat.words) == ("oneweb-off-the-pad", "agency:oneweb")
        await seat.press("c")
        assert seat.text("told") == "Nothing is told to have followed."
        await seat.press("backspace", "backspace")
        assert seat.current == "oneweb-ultimatum"

    at_the_screen(spacerel, does, agency=["oneweb"])


def test_the_agencies_of_a_step_one_after_the_other_and_its_partnership(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("end", "up", "up", "a")
        assert (seat.words, seat.current) == ("agency:esa", "esa-ends-rover")
        await seat.press("a")
        assert (seat.words, seat.current) == ("agency:roscosmos", "esa-ends-rover")
        await seat.press("a")
        assert seat.words == "agency:esa"
        await seat.press("p")
        assert (seat.words, seat.ids) == ("partnership:rover", ["rover-signed", "esa-suspends-rover", "esa-ends-rover"])
        await seat.press("backspace", "home", "p")
        assert seat.text("told") == "This step belongs to no partnership."

    at_the_screen(spacerel, does)


def test_lanes_and_keys_lie_over_the_screen_until_a_key(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        for key, text in (("l", "ExoMars rover"), ("question_mark", "where one was before")):
            await seat.press(key)
            assert text in str(seat.app.screen.query_one(Static).render())
            await seat.press("escape")
            assert seat.app.screen.query(Steps)

    at_the_screen(spacerel, does)


def test_the_command_line_is_copied(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("y")
        line = f"spacerel timeline --agency esa --period 2022 --today 2026-11-24 --log {spacerel.log}"
        assert seat.app.clipboard == line
        assert seat.text("told") == f"Copied: {line}"

    at_the_screen(spacerel, does, agency=["esa"], period="2022")


@pytest.mark.parametrize(("columns", "beside"), [(80, False), (109, False), (110, True), (160, True)])
def test_the_step_stands_beside_the_list_where_there_is_room(spacerel: Program, columns: int, beside: bool) -> None:
    async def does(seat: Seat) -> None:
        steps, sheet = seat.app.query_one(Steps).region, seat.app.query_one("#sheet").region
        assert (steps.y == sheet.y) is beside
        assert steps.width + (sheet.width if beside else 0) == columns

    at_the_screen(spacerel, does, size=(columns, 30))


def test_ascii_has_plain_signs_in_list_and_step(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        steps = seat.app.query_one(Steps)
        seen = "".join(segment.text for y in range(10) for segment in steps.render_line(y)) + seat.text("step")
        assert seen.isascii()

    at_the_screen(spacerel, does, ascii=True, agency=["esa"])


def test_hostile_titles_reach_no_terminal(spacerel: Program) -> None:
    text = spacerel.log.read_text(encoding="utf-8")
    spacerel.log.write_text(
        text.replace("ESA suspends the rover", "ESA \u202esuspends [red]the rover"), encoding="utf-8"
    )

    async def does(seat: Seat) -> None:
        steps = seat.app.query_one(Steps)
        seen = "".join(segment.text for y in range(10) for segment in steps.render_line(y))
        assert "ESA \\u202esuspends [red]the rover" in seen
        await seat.press("end", "up", "up", "b")
        assert seat.text("step").startswith("ESA \\u202esuspends [red]the rover\n")

    at_the_screen(spacerel, does)


def test_the_day_as_of_which_the_log_is_told_stays(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("end", "a")
        assert (seat.words, seat.current) == ("agency:esa as-of:2022-04-15", "esa-suspends-rover")
        await seat.press("b")
        assert (seat.words, seat.current) == ("as-of:2022-04-15", "invasion")
        await seat.press("c")
        assert "esa-ends-rover" not in seat.ids
        assert seat.text("counted").endswith(" · known")
        await seat.type("agency:esa")
        assert "esa-ends-rover" in seat.ids, "without a day all is told, and nothing is asked of a day"

    at_the_screen(spacerel, does, as_of="2022-04-15", known=True)


def test_what_cannot_be_asked_for_is_never_gone_back_to(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("slash")
        await seat.type('agency:esaa "open')
        await seat.press("escape", "a", "backspace")
        assert (seat.words, len(seat.ids)) == ("-grep:rover", 4)
        await seat.press("p", "backspace")
        assert seat.words == "-grep:rover"

    at_the_screen(spacerel, does, exclude=["grep:rover"])


def test_on_this_day_ends_where_one_goes_elsewhere(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        assert (seat.ids, seat.text("counted")) == (["esa-suspends-rover"], "1 of 10 events · on this day")
        await seat.press("b")
        assert (seat.current, len(seat.ids)) == ("invasion", 10)
        await seat.press("backspace")
        assert seat.ids == ["esa-suspends-rover"]

    at_the_screen(spacerel, does, on_this_day=True, today="2026-03-17")


def test_the_cursor_is_always_on_the_screen(spacerel: Program) -> None:
    def seen(steps: Steps) -> bool:
        return steps.scroll_offset.y <= steps.cursor < steps.scroll_offset.y + steps.size.height

    async def does(seat: Seat) -> None:
        steps = seat.app.query_one(Steps)
        await seat.type("agency:nasa")
        await seat.press("escape", "end")
        await seat.type("")
        await seat.pilot.pause()
        assert (seat.current, seen(steps)) == ("nasa-plans", True)
        await seat.press("home", "down", "down", "down", "down")
        await seat.pilot.resize_terminal(80, 8)
        await seat.pilot.pause()
        assert seen(steps)

    at_the_screen(spacerel, does, size=(80, 12))


def test_a_message_goes_with_the_step_that_it_is_about(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        await seat.press("b")
        assert seat.text("told") == "No reason is told."
        await seat.press("down")
        assert seat.text("told") == ""

    at_the_screen(spacerel, does)


def test_the_keys_that_one_needs_first_stand_in_a_narrow_foot(spacerel: Program) -> None:
    async def does(seat: Seat) -> None:
        foot = [(key.key_display, key.region.right) for key in seat.app.query(FooterKey)]
        assert [key for key, right in foot if right <= 80][:3] == ["?", "q", "/"]

    at_the_screen(spacerel, does, size=(80, 24))


def test_a_real_terminal_shows_it_and_has_its_screen_back(spacerel: Program, tmp_path: Path) -> None:
    screen = pyte.Screen(120, 30)
    stream = pyte.ByteStream(screen)
    child, terminal = pty.fork()
    if child == 0:
        # Within pytest, whatever is not this program must not go on.
        os.environ.clear()
        os.environ.update(environment(TERM="xterm-256color", HOME=str(tmp_path), PATH=os.defpath))
        os.execv(sys.executable, [sys.executable, "-m", "spacerel", "explore", "--log", str(spacerel.log)])  # noqa: S606
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 120, 0, 0))
    shown, seen, ended = False, b"", time.monotonic() + 60
    while time.monotonic() < ended:
        try:
            received = os.read(terminal, 65536)
        except OSError:
            break  # It has ended.
        if not received:
            break
        seen += received
        stream.feed(received)
        if not shown and any("Roscosmos sets conditions" in line for line in screen.display):
            shown = True
            os.write(terminal, b"q")
    _, status = os.waitpid(child, 0)
    os.close(terminal)

    assert shown
    assert os.waitstatus_to_exitcode(status) == 0
    assert b"\x1b[?1049l" in seen, "the screen of before comes back"
