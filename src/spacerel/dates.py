"""Partial dates as a log writes them, and the periods that a person types.

A log's date is `2022`, `2022-03` or `2022-03-17`, with a trailing `~` for "about". Days are ISO texts throughout, so they
compare as texts. Periods are inclusive at both ends.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from spacerel.errors import UsageError

FIRST_DAY = "0001-01-01"
LAST_DAY = "9999-12-31"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_NAMES = (
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LOG_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?~?\Z")
_PART_OF_YEAR = re.compile(r"([0-9]{4})-?([QH])([1-4])\Z", re.IGNORECASE)
_RELATIVE = re.compile(r"(today|day|month|year)(?:-([0-9]{1,4}))?\Z", re.IGNORECASE)
GRAMMAR = "2022, 2022-03, 2022-03-17, 2022-Q1, 2022-H1, A..B, A.., ..B, today, month-3, year-1, or an English date"


class Period(NamedTuple):
    """From the first to the last day, both inclusive."""

    first: str
    last: str


def month_length(year: int, month: int) -> int:
    """The number of days in a month of the Gregorian calendar."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if leap else _LENGTHS[month - 1]


def fault(text: str) -> str | None:
    """What is wrong with a log's date, as a clause, or None where it is right."""
    match = _LOG_DATE.match(text)
    if match is None:
        return f'"{text}" is not a date of the form 2022-03-17, 2022-03 or 2022, with ~ behind it for "about"'
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if year == 0:
        return f"{text} is not a year"
    if month is not None and not 1 <= month <= 12:
        return f"{text} is not a month: there are 12"
    if month is not None and day is not None and not 1 <= day <= month_length(year, month):
        return f"{text} is not a day: {_MONTH_NAMES[month - 1]} {year} has {month_length(year, month)} days"
    return None


def first_day(text: str) -> str:
    """The first day that a log's date may mean."""
    if len(text) == 10:
        return text
    text = text.rstrip("~")
    return text + "-01-01"[(len(text) - 4) :] if len(text) < 10 else text


def last_day(text: str) -> str:
    """The last day that a log's date may mean."""
    if len(text) == 10:
        return text
    text = text.rstrip("~")
    if len(text) == 10:
        return text
    if len(text) == 4:
        return text + "-12-31"
    return f"{text}-{month_length(int(text[:4]), int(text[5:7])):02}"


def precision(text: str) -> str:
    """`day`, `month` or `year`."""
    return {4: "year", 7: "month"}.get(len(text.rstrip("~")), "day")


def is_vague(text: str) -> bool:
    """Whether a log's date may mean more than one day."""
    return len(text.rstrip("~")) < 10


def days_between(earlier: str, later: str) -> int:
    """Days from one ISO day to another."""
    return date.fromisoformat(later).toordinal() - date.fromisoformat(earlier).toordinal()


def next_day(day: str) -> str:
    """The day after; the last day of the calendar is its own next."""
    return day if day == LAST_DAY else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def day_before(day: str) -> str:
    """The day before; the first day of the calendar is its own."""
    if day[8:] > "01":
        return f"{day[:8]}{int(day[8:]) - 1:02}"
    return day if day == FIRST_DAY else (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def shown(text: str, year: bool = True) -> str:
    """A log's date in words: `17 Mar 2022`, `Mar 2022`, `2022`, `about 2022`; without its year on request."""
    about = "about " if text.endswith("~") else ""
    text = text.rstrip("~")
    if len(text) == 4:
        return about + text
    words = MONTHS[int(text[5:7]) - 1] + (f" {text[:4]}" if year else "")
    return about + (f"{int(text[8:])} {words}" if len(text) == 10 else words)


def about(text: str) -> str:
    """A log's date in words with `~` before it where it is only about right: `17 Mar 2022`, `Mar 2022`, `~2022`."""
    return ("~" if text.endswith("~") else "") + shown(text.rstrip("~"))


def mark(text: str) -> str:
    """`~` for a log's date that is not known to the day, else nothing."""
    return "~" if is_vague(text) or text.endswith("~") else ""


def marked(text: str) -> str:
    """A log's date in words with `~` before it where it is not known to the day: `17 Mar 2022`, `~Mar 2022`, `~2022`."""
    return mark(text) + shown(text.rstrip("~"))


def shown_period(period: Period) -> str:
    """A period in the fewest words: `2022`, `Mar 2022`, `1 Feb – 31 Jul 2022`, `since 1 Feb 2022`."""
    first, last = period
    if first == FIRST_DAY and last == LAST_DAY:
        return "all years"
    if first == FIRST_DAY:
        return f"until {shown(last)}"
    if last == LAST_DAY:
        return f"since {shown(first)}"
    for size in (4, 7):
        if first == first_day(first[:size]) and last == last_day(first[:size]):
            return shown(first[:size])
    if first == first_day(first[:4]) and last == last_day(last[:4]):
        return f"{first[:4]} – {last[:4]}"
    return shown(first) if first == last else f"{shown(first, year=first[:4] != last[:4])} – {shown(last)}"


def lasted(days: int) -> str:
    """A number of days in words that a reader grasps: days up to two months, then months, then years."""
    if days < 62:
        return f"{days} day" + ("s" if days != 1 else "")
    if days < 730:
        return f"{round(days / 30.44)} months"
    return f"{days / 365.25:.1f} years".replace(".0 ", " ")


def stretches(first: str, last: str, most: int) -> tuple[tuple[str, ...], int]:
    """The beginnings of equal stretches of time that hold two dates and all between, and the months that each one lasts.

    Months where both dates are of one year, else at most `most` stretches of one or more whole years, the last one whole.
    """
    begin, end = int(first[:4]), int(last[:4])
    if begin == end:
        return tuple(f"{begin:04}-{month:02}" for month in range(1, 13)), 1
    years = -(-(end - begin + 1) // most)
    begin = end + 1 - years * -(-(end - begin + 1) // years)
    return tuple(f"{max(year, 0):04}" for year in range(begin, end + 1, years)), 12 * years


def period(text: str, today: str) -> Period:
    """The period that a person typed (see GRAMMAR); `today` is the ISO day that relative words count from.

    Raises UsageError where the text names no period, or one that ends before it begins.
    """
    text = text.strip()
    if ".." in text:
        left, _, right = text.partition("..")
        first = _point(left, today).first if left.strip() else FIRST_DAY
        last = _point(right, today).last if right.strip() else LAST_DAY
        if first > last:
            raise UsageError(f'the period "{text}" ends before it begins.')
        return Period(first, last)
    return _point(text, today)


def _point(text: str, today: str) -> Period:
    text = text.strip()
    if _LOG_DATE.match(text) and not text.endswith("~"):
        wrong = fault(text)
        if wrong:
            raise UsageError(f"{wrong}.")
        return Period(first_day(text), last_day(text))
    if match := _PART_OF_YEAR.match(text):
        year, letter, number = match[1], match[2].upper(), int(match[3])
        length = 3 if letter == "Q" else 6
        if number * length <= 12 and year != "0000":
            return Period(first_day(f"{year}-{(number - 1) * length + 1:02}"), last_day(f"{year}-{number * length:02}"))
    if match := _RELATIVE.match(text):
        return _relative(match[1].lower(), int(match[2] or 0), today)
    return _english(text)


def _relative(unit: str, back: int, today: str) -> Period:
    now = date.fromisoformat(today)
    if unit in ("today", "day"):
        day = date.fromordinal(max(1, now.toordinal() - back)).isoformat()
        return Period(day, day)
    if unit == "month":
        months = max(12, now.year * 12 + now.month - 1 - back)
        text = f"{months // 12:04}-{months % 12 + 1:02}"
    else:
        text = f"{max(1, now.year - back):04}"
    return Period(first_day(text), last_day(text))


def _english(text: str) -> Period:
    """What dateutil reads of an English date, no finer than the text: the parts that two defaults disagree on are open.

    A text without a year is refused, for its year would be a guess.
    """
    from datetime import datetime

    from dateutil import parser

    wrong = UsageError(f'"{text}" is not a date or period. Write {GRAMMAR}.')
    if not re.search(r"[0-9]{4}", text):
        raise wrong
    try:
        one = parser.parse(text, default=datetime(2000, 1, 1), dayfirst=True)
        two = parser.parse(text, default=datetime(2004, 2, 2), dayfirst=True)
    except (ValueError, OverflowError) as error:
        raise wrong from error
    if one.year != two.year or (one.day == two.day and one.month != two.month):
        raise wrong
    size = 4 if one.month != two.month else 7 if one.day != two.day else 10
    found = f"{one.year:04}-{one.month:02}-{one.day:02}"[:size]
    return Period(first_day(found), last_day(found))
