"""Raw tables: cells as typed with their file, sheet and Excel row; nothing dropped, nothing meant.

What `read` hands to `check`. A table is held by column, because a register is judged column by
column; `place` gives back the address that Excel shows for any of its cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from msgspec import Struct, field

from complaints_learning.nouns.errors import Place, Problem, column_letters
from complaints_learning.nouns.records import Source

Cell = str | int | float | bool | date | datetime | time | timedelta
"""A cell as typed. An empty one is ''."""


def shown(cell: Cell) -> str:
    """A cell as text: a whole number, such as a reference, has no point.

    >>> shown(46328.0), shown(0.5), shown(" 0046328")
    ('46328', '0.5', ' 0046328')
    """
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def on_a_line(cell: Cell) -> str:
    """A cell as text on one line, with no stray spaces."""
    return " ".join(shown(cell).split())


BELOW = "below"
"""The fault of a form's empty cell whose answer may stand below it, or the next label does."""


class NotRecord(Struct, frozen=True):
    """A row under the header that is no record: its Excel row and what it is instead."""

    row: int
    reason: str


class RawTable(Struct, frozen=True):
    """One table as found. `rows` are Excel's row numbers, `letters` Excel's columns.

    `faults` are the cells whose value the file does not hold: Excel row and letters to the
    error shown ('#N/A'), 'formula' when a formula was saved without its value, or `BELOW`.
    `merged` are cells that stand for more rows than their own. `spots` is set for a form with its
    labels in one column: the row and letters of each answer.
    """

    file: str
    sheet: str
    kind: str
    headers: tuple[str, ...]
    letters: tuple[str, ...]
    columns: tuple[Sequence[Cell], ...]
    rows: Sequence[int]
    header_row: int = 1
    not_records: tuple[NotRecord, ...] = ()
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)
    spots: tuple[tuple[int, str], ...] = ()
    date1904: bool = False

    def __len__(self) -> int:
        return len(self.rows)

    def place(self, record: int, column: int) -> Place:
        """Where a cell is, as Excel shows it."""
        if self.spots:
            row, letters = self.spots[column]
            return Place(self.file, self.sheet, row, letters)
        return Place(self.file, self.sheet, self.rows[record], self.letters[column])

    def header_place(self, column: int) -> Place:
        """Where a header is."""
        if self.spots:
            return self.place(0, column)
        return Place(self.file, self.sheet, self.header_row, self.letters[column])


class Raw(Struct, frozen=True):
    """All that a workspace's sources hold, in the order of their file names.

    `unread` are the problems of files that hold a table and could not be read, by table.
    """

    tables: tuple[RawTable, ...] = ()
    sources: tuple[Source, ...] = ()
    problems: tuple[Problem, ...] = ()
    supplied: frozenset[str] = frozenset()
    unread: Mapping[str, tuple[Problem, ...]] = field(default_factory=dict)


def letters(start: int, width: int) -> tuple[str, ...]:
    """Excel's letters of `width` columns from the 0-based `start`.

    >>> letters(25, 2)
    ('Z', 'AA')
    """
    return tuple(column_letters(index) for index in range(start, start + width))
