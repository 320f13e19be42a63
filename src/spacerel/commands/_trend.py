"""Steps by month or year in a line of signs: which stretches of time the signs stand for, and how many steps each has."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from spacerel import dates, figures
from spacerel.dates import FIRST_DAY, LAST_DAY, Period
from spacerel.model import Event

Steps = Sequence[Event]

MONTHS, YEARS = 18, 18
"""At most so many signs make a trend: months where all fit, else the last years."""


class Trend(NamedTuple):
    """The months or years that the signs stand for, as beginnings of dates, and the most steps that one of them has."""

    starts: tuple[str, ...]
    most: int = 0

    @property
    def by_month(self) -> bool:
        """Whether a sign is a month; else it is a year."""
        return any(len(start) > 4 for start in self.starts)

    def counts(self, steps: Steps) -> dict[str, int]:
        """How many steps fall into each; one whose date is too vague, or lies before, falls into none."""
        size = 7 if self.by_month else 4
        found = Counter(step.date[:size] for step in steps)
        return {start: found[start] for start in self.starts}

    def line(self, steps: Steps) -> str:
        """The signs, on the scale that all lines share."""
        return figures.spark(tuple(self.counts(steps).values()), self.most)

    def axis(self) -> str:
        """The heading over the signs: the letters of months, or the first and the last year at either end."""
        if not self.starts:
            return "Trend"
        if self.by_month:
            return "".join(dates.MONTHS[int(start[5:]) - 1][0] for start in self.starts)
        first, last = self.starts[0], self.starts[-1]
        return f"{first}{last:>{max(len(self.starts) - 4, 5)}}" if first != last else first

    def words(self, steps: Steps) -> str:
        """What the signs stand for, the scale, and how many of the steps only a line of months has no sign for."""
        first, last = dates.shown(self.starts[0]), dates.shown(self.starts[-1])
        told = f"Trend: steps a {'month' if self.by_month else 'year'}, {first} – {last}; █ is {self.most}."
        left = len({step.id for step in steps if step.date[:7] not in self.starts}) if self.by_month else 0
        return f"{told} Without {left} known only to the year or begun before." if left else told


def trend(lines: Sequence[Steps], period: Period | None) -> Trend:
    """The months of a short time, else the last years: those of the period, and where it is open, of the steps."""
    days = [step.date for steps in lines for step in steps]
    if not days:
        return Trend(())
    first, last = min(days), max(days)
    if period is not None:
        first = first if period.first == FIRST_DAY else period.first
        last = last if period.last == LAST_DAY else period.last
    months = tuple(_months(dates.first_day(first)[:7], dates.last_day(last)[:7]))
    year = int(last[:4])
    years = tuple(f"{one:04}" for one in range(max(int(first[:4]), year - YEARS + 1), year + 1))
    found = Trend(months if len(months) <= MONTHS else years)
    return found._replace(most=max(number for steps in lines for number in found.counts(steps).values()))


def _months(first: str, last: str) -> Iterator[str]:
    """The months from one to another, as many as a trend shows and one more."""
    year, month = int(first[:4]), int(first[5:])
    for place in range(month - 1, month + MONTHS):
        text = f"{year + place // 12:04}-{place % 12 + 1:02}"
        if text > last:
            return
        yield text
