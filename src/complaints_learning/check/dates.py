"""Dates as councils type them. Day first, ISO as ISO, serials by Excel's count; never guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from complaints_learning.check.cells import BLANK, EMPTY, text
from complaints_learning.check.values import Bad
from complaints_learning.nouns.raw import Cell

_FIRST = date(2000, 1, 1)
_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("january jan", "february feb", "march mar", "april apr", "may", "june jun"),
            *("july jul", "august aug", "september sept sep", "october oct", "november nov"),
            *("december dec",),
        ),
        1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:am|pm)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?$"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[, ]+)?"
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _TIME, re.IGNORECASE)
_COMPACT = re.compile(r"(20\d{2})(\d{2})(\d{2})$")
_DAY_FIRST = re.compile(
    _WEEKDAY + r"(\d{1,2})\s?[-/. ]\s?(\d{1,2})\s?[-/. ]\s?(\d{4}|\d{2})" + _TIME, re.IGNORECASE
)
_DAY_NAMED = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th)?[-/ ]+(?:of )?([a-z]+)[-/, ]+(\d{4}|\d{2})" + _TIME,
    re.IGNORECASE,
)
_NAMED_DAY = re.compile(
    _WEEKDAY + r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})" + _TIME, re.IGNORECASE
)
_MONTH_NAMED = re.compile(r"([a-z]+)[-/ ,']+(\d{4}|\d{2})$", re.IGNORECASE)
_MONTH_ISO = re.compile(r"(\d{4})-(\d{2})$")
_MONTH_SLASH = re.compile(r"(\d{1,2})/(\d{4})$")
_QUARTER = re.compile(r"(\d{4})[-/](\d{2})\s?Q([1-4])$", re.IGNORECASE)
_WEEK = re.compile(r"w(?:/|\s)?(?:c|k|eek)\b[. ]*(?:commencing|beginning)?\s*", re.IGNORECASE)
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?$")

_TYPE_IT = "Type the day as in 31/01/2023."


def reader(
    latest: date, *, month: bool = False, earliest: date = _FIRST
) -> Callable[[Cell], date | Bad | None]:
    """A reader for one column: `latest` and `earliest` say which dates can be true.

    `month` accepts a month or a quarter of a year alone and reads its first day.
    """

    def read(cell: Cell) -> date | Bad | None:
        value = _read(cell, month)
        if value is None or isinstance(value, Bad):
            return value
        if not earliest <= value <= latest:
            return Bad(
                "date-implausible",
                f"{value:%d/%m/%Y} cannot be right "
                f"(the date should be from {earliest:%d/%m/%Y} to {latest:%d/%m/%Y}); "
                "it was left empty.",
                "Check the year.",
            )
        return value

    return read


def _read(cell: Cell, month: bool) -> date | Bad | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (bool, time, timedelta)):
        return _unreadable(text(cell))
    if isinstance(cell, (int, float)):
        return _from_serial(float(cell))
    typed = " ".join(cell.split())
    if typed.casefold() in EMPTY:
        return None
    week = _WEEK.match(typed)
    if week:
        return _week(typed, typed[week.end() :])
    found = _parts(typed)
    if found:
        return _made(typed, *found)
    if month and (first := _month(typed)):
        return first
    if _SERIAL.match(typed):
        return _from_serial(float(typed))
    return _unreadable(typed)


def _parts(typed: str) -> tuple[int, int, int] | None:
    """Year, month and day by the first format that fits."""
    if found := _ISO.match(typed) or _COMPACT.match(typed):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _DAY_FIRST.match(typed):
        return _year(found[3]), int(found[2]), int(found[1])
    if (found := _DAY_NAMED.match(typed)) and (named := _MONTHS.get(found[2].casefold())):
        return _year(found[3]), named, int(found[1])
    if (found := _NAMED_DAY.match(typed)) and (named := _MONTHS.get(found[1].casefold())):
        return _year(found[3]), named, int(found[2])
    return None


def _year(typed: str) -> int:
    return int(typed) if len(typed) == 4 else 2000 + int(typed)


def _made(typed: str, year: int, month: int, day: int) -> date | Bad:
    try:
        return date(year, month, day)
    except ValueError:
        pass
    if 12 < month <= 31 and 1 <= day <= 12 and year > 0:
        return Bad(
            "date-month-first",
            f"'{_shown(typed)}' is not a date with its day first; it was left empty.",
            f"If the month comes first, type it as {month:02d}/{day:02d}/{year}.",
        )
    return Bad(
        "date-impossible",
        f"'{_shown(typed)}' is not a day in the calendar; it was left empty.",
        _TYPE_IT,
    )


def _from_serial(serial: float) -> date | Bad:
    if 1 <= serial < 200_000:
        return _SERIAL_ZERO + timedelta(days=int(serial))
    return Bad(
        "date-unreadable",
        "the number is not a date in Excel's count of days; it was left empty.",
        _TYPE_IT,
    )


def _month(typed: str) -> date | None:
    try:
        if (found := _MONTH_NAMED.match(typed)) and (named := _MONTHS.get(found[1].casefold())):
            return date(_year(found[2]), named, 1)
        if found := _MONTH_ISO.match(typed):
            return date(int(found[1]), int(found[2]), 1)
        if found := _MONTH_SLASH.match(typed):
            return date(int(found[2]), int(found[1]), 1)
    except ValueError:
        return None
    if found := _QUARTER.match(typed):
        first = 3 * int(found[3]) + 1
        return date(int(found[1]) + (first > 12), (first - 1) % 12 + 1, 1)
    return None


def _week(typed: str, rest: str) -> Bad:
    found = _parts(rest.strip())
    value = _made(typed, *found) if found else None
    if isinstance(value, date):
        return Bad(
            "date-week",
            f"'{_shown(typed)}' is a week, not a day; {value:%d/%m/%Y} was used.",
            "Type the day itself.",
            value,
        )
    return _unreadable(typed)


def _unreadable(typed: str) -> Bad:
    return Bad(
        "date-unreadable",
        f"{_quoted(typed)} cannot be read as a date; it was left empty.",
        _TYPE_IT,
    )


_DATE_LIKE = re.compile(r"[\d/.\-: ]*(?:[a-z]{0,9}[\d/.\-:, ]*){0,2}$", re.IGNORECASE)


def _quoted(typed: str) -> str:
    """What was typed, if it is short and looks like a date; words may be somebody's name."""
    if typed.casefold() in BLANK:
        return f"'{typed}'"
    if any(c.isdigit() for c in typed) and len(typed) <= 24 and _DATE_LIKE.match(typed):
        return f"'{typed}'"
    return "the text"


def _shown(typed: str) -> str:
    return typed if len(typed) <= 30 else f"{typed[:27]}..."
