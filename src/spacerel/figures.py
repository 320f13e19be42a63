"""Small figures inside a cell: spark lines, bars, and counts of standings under their glyphs."""

from collections import Counter
from collections.abc import Iterable, Sequence

from spacerel.model import STANDINGS
from spacerel.table import GLYPHS, Spans

_LEVELS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉"

COUNTED = (
    ("active", ("active", "agreed", "proposed"), "active, agreed or proposed"),
    ("suspended", ("suspended",), "suspended"),
    ("broken", ("broken",), "broken"),
    ("completed", ("completed", "expired", "superseded", "declined"), "only past ones"),
)
"""Role -> the standings that are counted under its glyph, and their words."""


def spark(counts: Sequence[int], most: int = 0) -> str:
    """A sign a count, its height in proportion to `most` (0: to the greatest of them); a point for none."""
    most = most or max(counts, default=0)
    return "".join(_LEVELS[-(-count * len(_LEVELS) // most) - 1] if count else "·" for count in counts)


def bar(count: float, most: float, width: int) -> str:
    """A bar of at most `width` cells, as long in proportion as `count` is to `most`, to the eighth of a cell.

    Nothing for 0; what is less than an eighth is drawn as one, so that something never looks like nothing.
    """
    eighths = round(count / most * width * 8) if most else 0
    if count and not eighths:
        eighths = 1
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()


def tally(standings: Iterable[str], joint: str = " ", past: bool = False) -> Spans:
    """How many partnerships stand how: `3● 1‖ 4✕`; a point for none.

    Past ones only where there are no others, unless `past`: `3● 1‖ 4✕ 2◆`. Of an uncertain standing the livelier one is
    counted.
    """
    found = Counter(min(standing.split("/"), key=_liveliness) for standing in standings)
    pieces: list[tuple[str, str]] = []
    for role, counted, _ in COUNTED:
        number = sum(found[standing] for standing in counted)
        if number and (past or role != "completed" or not pieces):
            pieces += [(joint, "")] * bool(pieces) + [(f"{number}{GLYPHS[role][0]}", role)]
    return tuple(pieces) or (("·", "dim"),)


def legend(past: bool = False) -> Spans:
    """What the glyphs of a tally stand for."""
    told = [
        (f"{GLYPHS[role][0]} {words.removeprefix('only ') if past else words}  ", role) for role, _, words in COUNTED
    ]
    return (*told, ("· none in the log", "dim"))


def _liveliness(standing: str) -> int:
    return STANDINGS.index(standing) if standing in STANDINGS else len(STANDINGS)
