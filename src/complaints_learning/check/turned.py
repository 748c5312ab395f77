"""Columns of dates that American settings wrote or turned round, read as they were meant.

One such date is told and left empty: it may be a slip. A whole column of them is none, and the
dates in it that could be read either way would all be read wrongly without anybody seeing it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Cell, RawTable

_TYPED = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_FEW = 200
_MONTHS = 12
_ENOUGH = 3
"""Different dates that have their month first, beside none with its day first."""
_ENOUGH_TRUE = 8
"""Different true dates, none after the 12th: (12 of 31) to the 8th is 1 in 1,800."""
_DAYS_OF_TRUE = 4
"""Different days of the month among them: first days of months are no accident."""


def back(stack: Stack) -> Stack:
    """The stack with such columns turned back, and a problem for each of them."""
    dated = [column.name for column in stack.table.columns if column.kind == "date"]
    stack.parts = tuple(
        _part(stack, part, [at[name] for name in dated if name in at])
        for part, at in zip(stack.parts, stack.at, strict=True)
    )
    return stack


def _part(stack: Stack, part: RawTable, dated: Sequence[int]) -> RawTable:
    """A sheet with its columns of dates turned back."""
    found: dict[int, _Dates] = {}
    for index in dated:
        if not _Dates(part.columns[index][:_FEW]).ordinary:  # nearly every one is: enough is seen
            its = _Dates(part.columns[index])
            found |= {} if its.ordinary else {index: its}
    if len(found) == len(dated):
        _like_the_others(found.values())
    columns = list(part.columns)
    for index, its in found.items():
        if its.american or its.exchanged:
            code, message, hint = _said(part.headers[index], its)
            stack.problems.append(Problem(code, message, part.header_place(index), hint))
            turned: dict[Cell, Cell] = {cell: _as_meant(cell, its) for cell in its.different}
            columns[index] = [turned.get(cell, cell) for cell in part.columns[index]]
    return msgspec.structs.replace(part, columns=tuple(columns)) if found else part


def _like_the_others(found: Iterable[_Dates]) -> None:
    """Columns of too few dates to tell are as the others of their sheet, where none says no."""
    every = list(found)
    american, exchanged = (any(getattr(its, way) for its in every) for way in _WAYS)
    for its in every:
        its.american |= american and its.may_be_american
        its.exchanged |= exchanged and its.may_be_exchanged


_WAYS = ("american", "exchanged")


class _Dates:
    """The different dates of a column, and which way round they can be."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self.different = [c for c in dict.fromkeys(cells) if isinstance(c, (str, date))]
        texts = [cell for cell in self.different if isinstance(cell, str)]
        typed = [(int(one[1]), int(one[3])) for cell in texts if (one := _TYPED.match(cell))]
        true = [cell for cell in self.different if isinstance(cell, date)]
        month_first = sum(a <= _MONTHS < b for a, b in typed)
        day_first = sum(b <= _MONTHS < a for a, b in typed)
        either = len(typed) - month_first - day_first
        early = all(day.day <= _MONTHS for day in true)
        self.ordinary = not early or (day_first > 0 and either > 0)
        self.may_be_american = not self.ordinary and not day_first and bool(typed)
        one_way = not either and not (month_first and day_first)
        self.may_be_exchanged = not self.ordinary and one_way and bool(true)
        self.american = self.may_be_american and month_first >= _ENOUGH
        enough = len(typed) >= _ENOUGH_TRUE and _enough(true)
        self.exchanged = self.may_be_exchanged and enough


def _enough(true: Iterable[date]) -> bool:
    """Whether so many true dates are after the 12th by no accident."""
    days = {(day.year, day.month, day.day) for day in true}
    return len(days) >= _ENOUGH_TRUE and len({day for *_, day in days}) >= _DAYS_OF_TRUE


def _as_meant(cell: str | date, found: _Dates) -> Cell:
    if isinstance(cell, date):
        return cell.replace(month=cell.day, day=cell.month) if found.exchanged else cell
    if found.american and (one := _TYPED.match(cell)):
        return f"{one[3]}{one[2]}{one[1]}{one[2]}{one[4]}{cell[one.end() :]}"
    return cell


def _said(header: str, found: _Dates) -> tuple[str, str, str]:
    if found.exchanged:
        return (
            "dates-exchanged",
            f"{header}: none of the true dates is after the 12th of its month, and every later "
            "day stands as text: a spreadsheet with other settings exchanged day and month. "
            "They were changed back.",
            "Check a few of the dates, or export again and do not open the file in between.",
        )
    return (
        "dates-month-first",
        f"{header}: every date of the column that can be told has its month first, so all of "
        "them were read so: 4/6/2023 as 6 April 2023.",
        "Nothing to do if that is right. Else type the dates with their day first.",
    )
