"""Numbers, dates, plurals and lists as a careful officer writes them. Text in British English.

One place decides how a figure reads, so prose, tables, charts and alt text cannot differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from complaints_learning.nouns.findings import Figure

HIDDEN = "[c]"
"""What stands for a masked figure in tables and charts, as the Analysis Function writes it."""
MISSING = "[x]"
"""What stands for a figure that nobody supplied."""
NOT_APPLICABLE = "[z]"

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
"""The numbers under ten, as prose writes them."""
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(value: float, places: int = 0) -> str:
    """With thousands separated and a true minus sign kept plain for every console.

    >>> number(16861), number(1.786, 2), number(-3)
    ('16,861', '1.79', '-3')
    """
    if isinstance(value, int):
        return f"{value:,}" if not places else f"{value:,.{places}f}"
    return f"{_half_up(value, places):,.{places}f}"


def _half_up(value: float, places: int) -> float:
    """Rounded half away from zero, as people do; Python's own rounds 2.5 to 2."""
    step = Decimal(1).scaleb(-places)
    rounded = float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP))
    return rounded + 0.0


def count_word(value: int) -> str:
    """Under ten in words, as prose does.

    >>> count_word(3), count_word(12), count_word(0)
    ('three', '12', 'no')
    """
    return NUMBERS[value] if 0 <= value < 10 else number(value)


def percent(value: float) -> str:
    """A whole percentage; a share that is not nothing is never printed as 0%, nor all as 100%.

    >>> percent(44.6), percent(0.2), percent(99.7), percent(0), percent(-12.4)
    ('45%', 'under 1%', 'over 99%', '0%', '-12%')
    """
    if value < 0:
        return f"-{percent(-value)}" if value <= -0.5 else f"-{number(-value, 1)}%"
    if 0 < value < 0.5:
        return "under 1%"
    if 99.5 <= value < 100:
        return "over 99%"
    return f"{number(value)}%"


def day(value: date) -> str:
    """1 April 2022."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """A day as it stands in a table, where room is short.

    >>> short_day(date(2022, 9, 30))
    '30 Sep 2022'
    """
    return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"


def month(value: date) -> str:
    """April 2022."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def plural(count: float, one: str, many: str = "") -> str:
    """The noun that follows a count.

    >>> plural(1, "complaint"), plural(0, "complaint"), plural(2, "enquiry", "enquiries")
    ('complaint', 'complaints', 'enquiries')
    """
    return one if count == 1 else many or f"{one}s"


def listed(items: Iterable[str], last: str = "and") -> str:
    """'a', 'a and b', 'a, b and c'; semicolons when an item has a comma itself.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    found = [item for item in items if item]
    if len(found) < 2:
        return "".join(found)
    comma = "; " if any("," in item for item in found) else ", "
    return f"{comma.join(found[:-1])} {last} {found[-1]}"


def quoted(sentence: str) -> str:
    """A sentence in quotation marks, as the report quotes it and the gate lets it pass.

    >>> len(quoted("Nobody rang.")) - len("Nobody rang.")
    2
    """
    return f"\u201c{sentence}\u201d"


_ACRONYM = re.compile(r"^[A-Z0-9][A-Z0-9&-]+s?$|^[A-Z]\w*[A-Z]")


def lower_first(text: str) -> str:
    """The phrase as it stands inside a sentence: acronyms and names of plans kept.

    >>> lower_first("Staff behaviour"), lower_first("EHC assessments")
    ('staff behaviour', 'EHC assessments')
    >>> lower_first("Education, Health and Care (EHC) assessments and plans")
    'Education, Health and Care (EHC) assessments and plans'
    """
    first = text.partition(" ")[0]
    if _ACRONYM.match(first) or text.startswith("Education, Health and Care"):
        return text
    return text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    """The phrase at the start of a sentence."""
    return text[:1].upper() + text[1:]


def figure(shown: Figure, show: str = "value") -> str:
    """A figure as tables and charts print it.

    >>> figure(Figure("received", 1234, "Received"))
    '1,234'
    """
    if shown.masked:
        return HIDDEN
    if shown.value is None:
        return MISSING
    if show == "percent":
        share = shown.percent
        return _without(shown) if share is None else percent(share)
    if show == "interval":
        if shown.low is None or shown.high is None:
            return _without(shown)
        return f"{_sized(shown.low, shown.unit)} to {_sized(shown.high, shown.unit)}"
    return _sized(shown.value, shown.unit)


def _without(shown: Figure) -> str:
    """What stands where there is no share: hidden with its denominator, or none at all."""
    return HIDDEN if shown.of_masked else NOT_APPLICABLE


def _sized(value: float, unit: str) -> str:
    if unit == "percent":
        return percent(value)
    if unit == "pounds":
        return f"£{number(value, 0 if float(value).is_integer() else 2)}"
    if unit == "percentage points":
        return number(value, 1)
    rate = "per 1,000" in unit  # of one column, so 25.0 beside 26.7
    if isinstance(value, int) or (float(value).is_integer() and not (rate and value)):
        return number(value)
    return number(value, 1 if abs(value) >= 10 else 2)
