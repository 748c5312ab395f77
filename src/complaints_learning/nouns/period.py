"""What 2023, 2022-23Q3 and last mean: a text and a naming rule in, first and last day out."""

from __future__ import annotations

import calendar
import difflib
import re
from datetime import date, timedelta
from typing import Literal

from msgspec import Struct

from complaints_learning.nouns.errors import SettingsError

Naming = Literal["end", "start", "calendar"]

_FORMS = (
    "A period is a year (2023 or 2022-23), a quarter (2022-23Q3), a month (2023-01), "
    "a span of months (2022-10..2023-03), last or last-quarter."
)
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_YEAR = re.compile(r"(\d{4})$")
_YEARS = re.compile(r"(\d{4})[-/](\d{2}|\d{4})$")
_QUARTER = re.compile(r"(?P<year>.+?)[ -]?Q(?P<quarter>\d)$", re.IGNORECASE)


class Period(Struct, frozen=True, order=True):
    """Whole days from `start` to `end`, both inside. `label` names it and its folder."""

    start: date
    end: date
    label: str
    kind: Literal["year", "quarter", "month", "span"]

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def months(self) -> tuple[date, ...]:
        """The first day of each month in the period."""
        first, found = self.start.replace(day=1), []
        while first <= self.end:
            found.append(first)
            first = _add_months(first, 1)
        return tuple(found)

    @property
    def typed(self) -> str:
        """A text that `parse` reads as this period again, however the years are named.

        >>> parse("2011/12").typed, parse("2011-11").typed
        ('2011/12', '2011-11')
        """
        return (
            f"{self.start.year}/{self.label[5:]}"
            if self.kind == "year" and "-" in self.label
            else self.label
        )

    def before(self) -> Period:
        """The same stretch one year earlier, to compare with."""
        start, end = _add_months(self.start, -12), _last_day(_add_months(self.end, -12))
        naming: Naming = "calendar" if self.kind == "quarter" and self.label[4] == "Q" else "end"
        return Period(start, end, _label(start, end, self.kind, naming), self.kind)


def parse(text: str, naming: Naming = "end", today: date | None = None) -> Period:
    """Read a period as people write it.

    `naming` says which year '2023' is: the reporting year (1 April to 31 March) that ends in
    2023 ('end', the default), that starts in it ('start'), or January to December
    ('calendar'). `today` decides 'last' and 'last-quarter': the latest one wholly over.

    Raises SettingsError with the forms that can be read.

    >>> year = parse("2023")
    >>> str(year.start), str(year.end), year.label
    ('2022-04-01', '2023-03-31', '2022-23')
    >>> parse("2022/23Q3").label, str(parse("2022-23Q3").start)
    ('2022-23Q3', '2022-10-01')
    """
    typed = text.strip()
    today = today or date.today()
    if typed.lower() in ("last", "last-quarter"):
        return _last(typed.lower(), naming, today)
    if ".." in typed:
        return _span(typed)
    quarter = _QUARTER.match(typed)
    if quarter:
        year = _year(quarter["year"], naming, typed)
        number = int(quarter["quarter"])
        if not 1 <= number <= 4:
            raise _unknown(typed, "a year has quarters Q1 to Q4")
        start = _add_months(year.start, 3 * (number - 1))
        return _of(start, 3, "quarter", naming)
    month = _MONTH.match(typed)
    if month and 1 <= int(month[2]) <= 12 and int(month[2]) == (int(month[1]) + 1) % 100:
        # 2000-01 to 2011-12 read both ways, and a guess would be a wrong number
        raise _unknown(
            typed,
            f"it could be a month or a year; write {month[1]}/{month[2]} for the year, "
            f"or {typed}..{typed} for the month",
        )
    if month and 1 <= int(month[2]) <= 12:
        return _month(month)
    return _year(typed, naming, typed)


def year_of(day: date, naming: Naming = "end") -> Period:
    """The reporting year that a day is in.

    >>> year_of(date(2023, 3, 31)).label, year_of(date(2023, 4, 1), "calendar").label
    ('2022-23', '2023')
    """
    opening = 1 if naming == "calendar" else 4
    return _of(date(day.year if day.month >= opening else day.year - 1, opening, 1), 12, "year")


def _last(word: str, naming: Naming, today: date) -> Period:
    opening = 1 if naming == "calendar" else 4
    if word == "last":
        year = today.year if today.month >= opening else today.year - 1
        return _of(date(year - 1, opening, 1), 12, "year")
    quarter_start = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return _of(_add_months(quarter_start, -3), 3, "quarter", naming)


def _span(typed: str) -> Period:
    first, _, last = typed.partition("..")
    ends = [_MONTH.match(part.strip()) for part in (first, last)]
    if not ends[0] or not ends[1]:
        raise _unknown(typed, "a span is two months, such as 2022-10..2023-03")
    start, end = _month(ends[0]).start, _month(ends[1]).end
    if end < start:
        raise _unknown(typed, "its last month is before its first")
    return Period(start, end, _label(start, end, "span"), "span")


def _month(match: re.Match[str]) -> Period:
    year, number = int(match[1]), int(match[2])
    if not 1 <= number <= 12:
        raise _unknown(match[0], "there is no such month")
    return _of(date(_sane(year, match[0]), number, 1), 1, "month")


def _year(text: str, naming: Naming, typed: str) -> Period:
    single, pair = _YEAR.match(text.strip()), _YEARS.match(text.strip())
    if pair:
        start = int(pair[1])
        if int(pair[2]) % 100 != (start + 1) % 100 or (
            len(pair[2]) == 4 and int(pair[2]) != start + 1
        ):
            backwards = _MONTH.match(typed) and int(pair[2]) < start % 100
            month = f"there is no month {pair[2]}; of two years " if backwards else ""
            raise _unknown(
                typed, f"{month}the second {'' if month else 'year '}must follow the first"
            )
        return _of(date(_sane(start, typed), 4, 1), 12, "year")
    if single:
        year = _sane(int(single[1]), typed)
        if naming == "calendar":
            return _of(date(year, 1, 1), 12, "year")
        return _of(date(year - 1 if naming == "end" else year, 4, 1), 12, "year")
    raise _unknown(typed)


def _sane(year: int, typed: str) -> int:
    if not 1950 <= year <= 2150:
        raise _unknown(typed, "the year is out of range")
    return year


def _of(
    start: date,
    months: int,
    kind: Literal["year", "quarter", "month", "span"],
    naming: Naming = "end",
) -> Period:
    end = _last_day(_add_months(start, months - 1))
    return Period(start, end, _label(start, end, kind, naming), kind)


def _label(start: date, end: date, kind: str, naming: Naming = "end") -> str:
    if kind == "year":
        return str(start.year) if start.month == 1 else f"{start.year}-{end.year % 100:02d}"
    if kind == "quarter":
        if naming == "calendar":
            return f"{start.year}Q{(start.month - 1) // 3 + 1}"
        opening = start.year if start.month >= 4 else start.year - 1
        return f"{opening}-{(opening + 1) % 100:02d}Q{(start.month - 4) % 12 // 3 + 1}"
    if kind == "month":
        return f"{start:%Y-%m}"
    return f"{start:%Y-%m}..{end:%Y-%m}"


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _last_day(day: date) -> date:
    return _add_months(day.replace(day=1), 1) - timedelta(days=1)


def _unknown(typed: str, why: str = "it is not a period") -> SettingsError:
    close = _meant(typed)
    asked = f"Did you mean {' or '.join(close)}? " if close else ""
    return SettingsError(f"period '{typed}': {why}.", f"{asked}{_FORMS}", code="period-unknown")


_MONTHS = "--- jan feb mar apr may jun jul aug sep oct nov dec"


def _meant(typed: str) -> tuple[str, ...]:
    """Periods that look like what was typed.

    >>> _meant("Q3 2022-23"), _meant("22/23"), _meant("2022-24"), _meant("Jan 2023"), _meant("lats")
    (('2022-23Q3',), ('2022-23',), ('2022-23', '2023-24'), ('2023-01',), ('last',))
    """
    text = typed.casefold().strip()
    quarter = re.match(r"(?:q|quarter ?)([1-4])[ ,-]*(\d{4}[-/]?\d{0,2})$", text)
    if quarter:
        return (f"{quarter[2].replace('/', '-')}Q{quarter[1]}",)
    short = re.match(r"(\d{2})[-/](\d{2})$", text)
    if short and int(short[2]) == int(short[1]) + 1:
        return (f"20{short[1]}-{short[2]}",)
    pair = re.match(r"(20\d{2})[-/ ](?:20)?(\d{2})$", text)
    if pair and abs(int(pair[2]) - (int(pair[1]) + 1) % 100) == 1:
        first, last = int(pair[1]), int(pair[2])
        both = (f"{first}-{(first + 1) % 100:02d}", f"{1999 + last}-{last:02d}")
        return tuple(dict.fromkeys(both))
    month = re.match(r"([a-z]{3})[a-z]* (\d{4})$", text)
    if month and f" {month[1]}" in _MONTHS:
        return (f"{month[2]}-{_MONTHS.index(month[1]) // 4:02d}",)
    return tuple(difflib.get_close_matches(text, ("last", "last-quarter"), n=1, cutoff=0.7))
