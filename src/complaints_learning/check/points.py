"""Rows of a grouped report that give a further point of the complaint above: its reference, again.

Such a report prints a complaint's reference, dates and service once, beside its first point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from complaints_learning.check import cells
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Cell, RawTable

_OF_A_POINT = frozenset(
    ("category", "text", "outcome", "remedy", "remedy_amount", "learning", "action")
)
_SAY_ENOUGH = ("category", "text", "outcome")
_FEWEST, _SHARE = 3, 0.1
"""So many such rows, and this share of a sheet's, are its layout and no slips."""


def named(stack: Stack) -> Stack:
    """The stack with the reference of the row above in such rows, and a problem for each sheet.

    They have no reference and no date received, nor anything else that a complaint has once. In a
    sheet where any other row lacks its reference they are slips, and stay as they are.
    """
    parts = list(stack.parts)
    for number, (part, at) in enumerate(zip(stack.parts, stack.at, strict=True)):
        if not {"reference", "received"} <= set(at):
            continue
        index = at["reference"]
        if "" not in part.columns[index]:  # a million rows are not looked at one by one
            continue
        rows = [row for row, cell in enumerate(part.columns[index]) if cell == ""]
        if len(rows) < max(_FEWEST, _SHARE * len(part)) or rows[0] == 0:
            continue
        if not all(_point(part, at, row) for row in rows):
            continue
        stack.problems.append(_told(part, index, rows))
        columns = list(part.columns)
        columns[index] = _downward(columns[index])
        parts[number] = msgspec.structs.replace(part, columns=tuple(columns))
    stack.parts = tuple(parts)
    return stack


def _point(part: RawTable, at: Mapping[str, int], row: int) -> bool:
    given = {name for name, index in at.items() if cells.text(part.columns[index][row])}
    return given <= _OF_A_POINT and not given.isdisjoint(_SAY_ENOUGH)


def _downward(column: Sequence[Cell]) -> Sequence[Cell]:
    filled: list[Cell] = []
    for cell in column:
        filled.append(cell if cell != "" else filled[-1])
    return filled


def _told(part: RawTable, index: int, rows: Sequence[int]) -> Problem:
    return Problem(
        "reference-above",
        f"{len(rows):,} rows have no {part.headers[index]} and nothing else that a complaint has "
        "once; each is counted as a further point of the complaint above it.",
        part.place(rows[0], index),
        "If one of them is a complaint of its own, give it its reference.",
    )
