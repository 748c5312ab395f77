"""Two columns of dates in; the working days between them out, without England's bank holidays.

A working day is any but a Saturday, a Sunday, Christmas Day, Boxing Day, Good Friday or a bank
holiday (SI 2006/1738, regulation 2). The day after the start is day 1; an answer on the day
itself took 0.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pandas as pd

Days = np.ndarray[Any, Any]
UNKNOWN = -1
"""Working days when a date is missing or the end is before the start."""


_ENGLAND: dict[int, list[date]] = {}
"""England's bank holidays of each year that was asked for."""


def bank_holidays(first: int, last: int) -> Days:
    """England's bank holidays of these years, one-off days included, from `holidays`."""
    years = range(first, last + 1)
    if new := [year for year in years if year not in _ENGLAND]:
        found: dict[int, list[date]] = {year: [] for year in new}
        for day in sorted(_library()(subdiv="ENG", years=new)):
            found[day.year].append(day)
        _ENGLAND.update(found)  # not before the answer is whole
    return np.array([day for year in years for day in _ENGLAND[year]], dtype="datetime64[D]")


def known() -> bytes:
    """What `holidays` was asked so far, to be kept: it takes longer to load than to ask."""
    return msgspec.json.encode(dict(sorted(_ENGLAND.items())))


def remember(kept: bytes) -> None:
    """Know what was `known` before."""
    if kept:
        _ENGLAND.update(msgspec.json.decode(kept, type=dict[int, list[date]]))


def _library() -> Any:
    """What `holidays` knows of the United Kingdom, from its file of that name.

    Asked for by name the library loads every country of the world first, which takes longer than
    counting 2,000 complaints.
    """
    import holidays

    file = Path(holidays.__file__).parent / "countries" / "united_kingdom.py"
    spec = spec_from_file_location("holidays_of_the_united_kingdom", file)
    if spec is None or spec.loader is None or not file.is_file():
        return partial(holidays.country_holidays, "GB")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, "UnitedKingdom", None) or partial(holidays.country_holidays, "GB")


def between(starts: pd.Series[Any] | Days, ends: pd.Series[Any] | Days) -> Days:
    """Working days from each start to its end; UNKNOWN when a date is missing or out of order.

    >>> friday, wednesday = np.array([["2022-12-23"], ["2022-12-28"]], "M8[D]")
    >>> between(friday, wednesday).tolist()
    [1]
    """
    start, end = _days(starts), _days(ends)
    taken = np.full(len(start), UNKNOWN, dtype=np.int32)
    known = ~(np.isnat(start) | np.isnat(end))
    known[known] = start[known] <= end[known]
    if known.any():
        start, end = start[known] + 1, end[known] + 1
        taken[known] = np.busday_count(start, end, holidays=_holidays_of(start, end))
    return taken


def _holidays_of(start: Days, end: Days) -> Days:
    """Of the years that occur; a mistyped century does not make us compute two hundred years."""
    years = np.unique(np.concatenate([_year(start), _year(end)]))
    sane = years[(years >= 1990) & (years <= 2100)]
    return bank_holidays(int(sane.min()), int(sane.max())) if len(sane) else np.array([], "M8[D]")


def _year(days: Days) -> Days:
    return np.unique(days.astype("datetime64[Y]").astype(np.int64) + 1970)


def _days(dates: pd.Series[Any] | Days) -> Days:
    return np.asarray(dates).astype("datetime64[D]")
