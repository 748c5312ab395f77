"""Raw tables of one kind, put on top of each other under canonical columns.

Only the columns that are needed are stacked, and as references to the cells already read.
"""

from __future__ import annotations

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from complaints_learning.check import headers
from complaints_learning.nouns.columns import Table
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.raw import Cell, RawTable


@dataclass(slots=True)
class Stack:
    """All records of one kind. `cells(name)` is a list as long as `len(self)`."""

    table: Table
    parts: tuple[RawTable, ...]
    at: tuple[Mapping[str, int], ...]
    """For each part, which of its columns is which canonical one."""
    problems: list[Problem] = field(default_factory=list)
    starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.counted()

    def counted(self) -> None:
        """Where each part starts, to be told again when the parts have changed."""
        starts, total = [], 0
        for part in self.parts:
            starts.append(total)
            total += len(part)
        self.starts = (*starts, total)

    def __len__(self) -> int:
        return self.starts[-1]

    def has(self, name: str) -> bool:
        """Whether any part has the column."""
        return any(name in at for at in self.at)

    def cells(self, name: str) -> Sequence[Cell]:
        """One canonical column, '' where a part does not have it."""
        pieces: list[Sequence[Cell]] = []
        for part, at in zip(self.parts, self.at, strict=True):
            found = part.columns[at[name]] if name in at else [""] * len(part)
            if part.date1904 and name in at and self.table.column(name).kind == "date":
                found = [_from_1904(cell) for cell in found]
            pieces.append(found)
        return pieces[0] if len(pieces) == 1 else list(chain.from_iterable(pieces))

    def header(self, name: str) -> str:
        """The column's header as first typed; its title when no part has it."""
        for part, at in zip(self.parts, self.at, strict=True):
            if name in at:
                return part.headers[at[name]]
        return self.table.column(name).title

    def part(self, record: int) -> int:
        """Which part a record is of."""
        return bisect.bisect_right(self.starts, record) - 1

    def place(self, record: int, name: str = "") -> Place:
        """Where a record is, or one of its cells."""
        index = self.part(record)
        part, within = self.parts[index], record - self.starts[index]
        if name in self.at[index]:
            return part.place(within, self.at[index][name])
        if part.spots:
            return Place(part.file, part.sheet)
        return Place(part.file, part.sheet, part.rows[within])


def _from_1904(cell: Cell) -> Cell:
    """A count of days from 1904, as a workbook made on an old Mac has it, as one from 1900."""
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return cell + _DAYS_TO_1904 if number else cell  # type: ignore[operator]


_DAYS_TO_1904 = 1462


def stack(
    table: Table,
    found: Sequence[RawTable],
    mapped: Mapping[str, str],
    vocabulary: Mapping[str, frozenset[str]] | None = None,
) -> Stack:
    """The parts that hold the table, and what is wrong with their headers.

    `vocabulary` is the known words of coded columns: it settles headers that may mean either of
    two. A sheet without a single required column, beside one that has them, is no part of the table
    (a list of choices, a summary): it is told and left alone.
    """
    read = [headers.read(table, part, mapped, vocabulary or {}) for part in found]
    required = {column.name for column in table.columns if column.required}
    good = {part.file for part, its in zip(found, read, strict=True) if required & set(its.columns)}
    told = headers.Told()
    problems: list[Problem] = []
    parts: list[RawTable] = []
    at: list[Mapping[str, int]] = []
    for part, its in zip(found, read, strict=True):
        nothing = required and not required & set(its.columns)
        if nothing and (part.file in good or len(its.columns) < 2):
            problems.append(headers.no_part(table, part, alone=part.file not in good))
            continue
        problems += told.problems(table, part, its)
        parts.append(part)
        at.append(its.columns)
    return Stack(table, tuple(parts), tuple(at), problems)
