"""The dates of all rows in; which months the register does not cover out. No data is not zero.

A run of empty months counts as 'no data' when it would be very unlikely (under 1 in 100) at the
register's usual pace: at 5 complaints a month one empty month is a gap, at 1 a month five are. A
month at either end of the register with as unlikely few rows, and under half of the usual, is
taken to be covered in part: it counts, but is no base for a rate or a trend. So is the first or
last month of all when no row has a date in more than a week of its outer days, where so many
stand on these days in other months that this would come up in under 1 of 20 such registers.

A council that knows better says so: what `[periods] covered` in cl.toml spans is wholly covered.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import exp, log, sqrt

import numpy as np
from msgspec import Struct

from complaints_learning.measure.counting import Table, where
from complaints_learning.measure.prepare import Prepared, month_label
from complaints_learning.nouns import period as periods
from complaints_learning.nouns import wording
from complaints_learning.nouns.period import Period

_UNLIKELY = log(100)
_SELDOM = log(20)
_WEEK = 7
_LOWEST = -2.326
"""Standard deviations below the mean at which 1 in 100 lies."""


class Coverage(Struct, frozen=True):
    """The months without data; the first and last that are wholly covered; those in part."""

    gaps: frozenset[str]
    dated: bool
    first: str = ""
    last: str = ""
    partly: frozenset[str] = frozenset()

    def whole(self, month: str) -> bool:
        """Whether the register covers the whole month."""
        return self.first <= month <= self.last and month not in self.gaps

    def short(self, period: Period) -> str:
        """What the register lacks of `period`, as a clause; '' when it has all of it.

        A period is compared with another only when both are wholly covered.
        """
        pieces = [
            f"{much} of {_runs(period.months(), lacking)}"
            for much, lacking in (("nothing", self.gaps), ("only part", self.partly))
            if lacking.intersection(map(month_label, period.months()))
        ]
        return f"the register seems to hold {' and '.join(pieces)}" if pieces else ""


def _runs(months: Iterable[date], wanted: frozenset[str]) -> str:
    """The months wanted, those in a row as a span: 'May 2022 and July 2022 to May 2023'."""
    runs: list[list[date]] = []
    before = False
    for month in months:
        now = month_label(month) in wanted
        if now and before:
            runs[-1].append(month)
        elif now:
            runs.append([month])
        before = now
    return wording.listed(
        wording.month(run[0])
        if len(run) == 1
        else f"{wording.month(run[0])} to {wording.month(run[-1])}"
        for run in runs
    )


def of_register(prepared: Prepared) -> Coverage:
    """Which months the register covers, judged on complaints, compliments and all else in it."""
    table = prepared.complaints
    filled = {str(month) for month in table.values("month")}
    span = _timeline(prepared.period, filled)
    stretch = len(_between(min(filled), max(filled))) if filled else 0
    pace = table.size / stretch if filled else float("inf")
    gaps: set[str] = set()
    run: list[str] = []
    for month in [*span, ""]:
        if month and month not in filled:
            run.append(month)
            continue
        if len(run) * pace >= _UNLIKELY:
            gaps.update(run)
        run = []
    known = _known(prepared)
    gaps -= known
    partly = (_partly(table, sorted(filled), pace) | _cut(prepared, pace)) - known
    whole = sorted((filled | known) - partly)
    first, last = (whole[0], whole[-1]) if whole else ("", "")
    return Coverage(frozenset(gaps), bool(filled), first, last, frozenset(partly))


def _known(prepared: Prepared) -> set[str]:
    """The months that the council says are wholly covered."""
    choices = prepared.settings.periods
    if not choices.covered:
        return set()
    return {month_label(month) for month in periods.parse(choices.covered, choices.naming).months()}


def _partly(table: Table, filled: list[str], pace: float) -> set[str]:
    """The months at both ends of the register that hold too few rows to be whole."""
    found: set[str] = set()
    for months in (filled, filled[::-1]):
        for month in months:
            rows = table.count((where("month", month),))
            if rows >= pace / 2 or not _unlikely(rows, pace):
                break
            found.add(month)
    return found


def _cut(prepared: Prepared, pace: float) -> set[str]:
    """The first and the last month, when the register begins or ends well inside it."""
    dates = prepared.dates.dropna()
    if dates.empty:
        return set()
    first, last = dates.min(), dates.max()
    return {
        month_label(day.date())
        for day, without, usual in (
            (first, first.day - 1, dates.dt.day < first.day),
            (last, last.days_in_month - last.day, dates.dt.day > last.day),
        )
        if without > _WEEK and pace * usual.mean() >= _SELDOM
    }


def _unlikely(rows: int, pace: float) -> bool:
    """Whether so few rows, or fewer, come up in under 1 of 100 months at this pace."""
    if pace > 200:
        return (rows + 0.5 - pace) / sqrt(pace) < _LOWEST
    chance = term = exp(-pace)
    for number in range(1, rows + 1):
        term *= pace / number
        chance += term
    return chance < 0.01


def _timeline(period: Period, filled: set[str]) -> list[str]:
    wanted = {month_label(month) for month in (*period.before().months(), *period.months())}
    return _between(min(wanted | filled), max(wanted | filled))


def _between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both inside."""
    months = np.arange(np.datetime64(first), np.datetime64(last) + 1)
    return [str(month) for month in months]
