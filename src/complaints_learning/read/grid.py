"""One sheet as a grid of cells, before anybody knows what is a header and what a record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Cell


@dataclass(frozen=True, slots=True)
class Grid:
    """`rows[0]` is Excel's row `first_row`; the first cell of each is 0-based `first_column`.

    `hidden` says the sheet is not shown in Excel, `hidden_rows` which rows are not. `faults`
    are cells without a usable value (see `raw.RawTable`). `bands` are merged cells one row
    high: (row, first column, last column), 0-based columns and Excel rows.
    """

    sheet: str
    rows: list[list[Cell]]
    first_row: int = 1
    first_column: int = 0
    hidden: bool = False
    hidden_rows: tuple[int, ...] = ()
    faults: Mapping[tuple[int, str], str] = field(default_factory=dict)
    bands: tuple[tuple[int, int, int], ...] = ()
    date1904: bool = False
    notes: tuple[Problem, ...] = ()
