"""One sheet as a grid of cells, before anybody knows what is a header and what a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import overload

from msgspec import Struct, field

from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Cell


class Columns(Sequence[Sequence[Cell]]):
    """Rows of one length, held by column: a register is judged column by column.

    Equal words, and equal dates, are one object where a column repeats itself: readers make one a
    cell. That takes a third less memory, and words are looked up faster later on.
    """

    __slots__ = ("columns", "tall")

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self.columns: tuple[list[Cell], ...] = ()
        self.tall = 0
        left = iter(rows)
        sharing: list[_Shared] = []
        while block := list(islice(left, _BLOCK)):
            if not self.tall:
                self.columns = tuple([] for _ in block[0])
                sharing = [_Shared() for _ in block[0]]
            self.tall += len(block)
            for column, shared, cells in zip(
                self.columns, sharing, zip(*block, strict=True), strict=True
            ):
                column.extend(shared.of(cells))

    def __len__(self) -> int:
        return self.tall

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(at, slice):
            return [self[each] for each in range(self.tall)[at]]
        return [column[at] for column in self.columns]

    def __iter__(self) -> Iterator[list[Cell]]:
        return map(list, zip(*self.columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Columns) and self.columns == other.columns

    __hash__ = None  # type: ignore[assignment]


_BLOCK = 100
"""Rows whose cells are still at hand in the processor's cache."""
_FEW, _MOST = 5_000, 50_000


class _Shared:
    """The words and dates of one column so far, until most turn out to be different."""

    __slots__ = ("known", "seen")

    def __init__(self) -> None:
        self.known: dict[Cell, Cell] | None = {}
        self.seen = 0

    def of(self, cells: tuple[Cell, ...]) -> Iterable[Cell]:
        """The cells, each as the first that was like it."""
        if self.known is None:
            return cells
        one = self.known.setdefault
        if _WORDS.issuperset(map(type, cells)):
            found = list(map(one, cells, cells))
        else:
            found = [one(cell, cell) if type(cell) in _WORDS else cell for cell in cells]
        self.seen += len(cells)
        many = len(self.known)
        if many > _MOST or (many > _FEW and many > self.seen // 2):
            self.known = None
        return found


_WORDS = frozenset((str, date, datetime))
"""Not numbers: 1 is equal to True."""


class Grid(Struct, frozen=True):
    """`rows[0]` is Excel's row `first_row`; the first cell of each is 0-based `first_column`.

    `hidden` says the sheet is not shown in Excel, `hidden_rows` which rows are not. `faults`
    are cells without a usable value (see `raw.RawTable`). `bands` are merged cells one row
    high: (row, first column, last column), 0-based columns and Excel rows.
    """

    sheet: str
    rows: Sequence[Sequence[Cell]]
    first_row: int = 1
    first_column: int = 0
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)
    bands: tuple[tuple[int, int, int], ...] = ()
    date1904: bool = False
    notes: tuple[Problem, ...] = ()

    def width(self, start: int, stop: int) -> int:
        """How many cells the longest of some rows has."""
        if isinstance(self.rows, Columns):
            return len(self.rows.columns)
        return max(map(len, self.rows[start:stop]), default=0)

    def cell(self, at: int, column: int) -> Cell:
        """One cell of a row, '' where the row is shorter."""
        if isinstance(self.rows, Columns):
            return self.rows.columns[column][at] if column < len(self.rows.columns) else ""
        row = self.rows[at]
        return row[column] if column < len(row) else ""

    def column(self, at: int, start: int, stop: int) -> Sequence[Cell]:
        """One cell of each of some rows, '' where a row is shorter."""
        if isinstance(self.rows, Columns):
            columns = self.rows.columns
            return columns[at][start:stop] if at < len(columns) else [""] * (stop - start)
        return [row[at] if at < len(row) else "" for row in self.rows[start:stop]]
