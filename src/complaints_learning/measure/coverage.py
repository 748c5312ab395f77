"""The dates of all rows in; which months the register does not cover out. No data is not zero.

A run of empty months counts as 'no data' when it would be very unlikely (under 1 in 100) at the
register's usual pace: at 5 complaints a month one empty month is a gap, at 1 a month five are.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from complaints_learning.measure.prepare import Prepared, month_label
from complaints_learning.period import Period

_UNLIKELY = log(100)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The months without data, the first and last month with, and whether any row is dated."""

    gaps: frozenset[str]
    dated: bool
    first: str = ""
    last: str = ""

    def gaps_in(self, period: Period) -> tuple[str, ...]:
        """The months of `period` that the register does not cover, in order."""
        return tuple(m for m in map(month_label, period.months()) if m in self.gaps)


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
    return Coverage(frozenset(gaps), bool(filled), min(filled, default=""), max(filled, default=""))


def _timeline(period: Period, filled: set[str]) -> list[str]:
    wanted = {month_label(month) for month in (*period.before().months(), *period.months())}
    return _between(min(wanted | filled), max(wanted | filled))


def _between(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both inside."""
    year, month = int(first[:4]), int(first[5:])
    found = [first]
    while found[-1] < last:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        found.append(f"{year}-{month:02d}")
    return found
