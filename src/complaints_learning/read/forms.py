"""A form on a sheet, labels beside or above their answers: one grid in, one record out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import Table
from complaints_learning.nouns.errors import column_letters
from complaints_learning.nouns.raw import BELOW, Cell, RawTable
from complaints_learning.read.grid import Grid

_LONGEST_LABEL = 200
_MOST_ROWS, _MOST_COLUMNS = 400, 60


def form(grid: Grid, file: str, table: Table, mapped: Mapping[str, str]) -> RawTable | None:
    """The one record of a form, or None when the sheet has too few known labels for one.

    The answer is the first filled cell to the right before another label, else the first one
    below. Labels nobody knows are kept when they stand where known ones do. Where the others have
    their answers beside them, a few words below may as well be the next label: they are not read,
    and the cell beside is at fault.
    """
    rows = [row[:_MOST_COLUMNS] for row in grid.rows[:_MOST_ROWS]]
    known = {
        (at, column)
        for at, row in enumerate(rows)
        for column, cell in enumerate(row)
        if isinstance(cell, str)
        and 0 < len(cell) < _LONGEST_LABEL
        and columns.recognise(table, cell, mapped)
    }
    if len(known) < 3 or len({at for at, _ in known}) < 3:
        return None
    usual = Counter(column for _, column in known).most_common(1)[0][0]
    labels = known | {
        (at, usual)
        for at, row in enumerate(rows)
        if usual < len(row) and isinstance(row[usual], str) and _beside(rows, at, usual, known)
    }
    found = [(label, _answer(rows, label, labels)) for label in sorted(labels)]
    doubtful = _doubtful(rows, found, known)
    found = [(label, None if label in doubtful else spot) for label, spot in found]
    used = [(label, spot) for label, spot in found if label in known or spot is not None]
    spots = [spot or (at, column + 1) for (at, column), spot in used]
    return RawTable(
        file=file,
        sheet=grid.sheet,
        kind=table.name,
        headers=tuple(" ".join(str(rows[at][column]).split()) for (at, column), _ in used),
        letters=tuple(column_letters(grid.first_column + column) for _, column in spots),
        columns=tuple([_cell(rows, spot)] for spot in spots),
        rows=(grid.first_row + used[0][0][0],),
        header_row=grid.first_row + used[0][0][0],
        faults={
            **grid.faults,
            **{
                (grid.first_row + at, column_letters(grid.first_column + column + 1)): BELOW
                for at, column in doubtful
            },
        },
        spots=tuple(
            (grid.first_row + at, column_letters(grid.first_column + column))
            for at, column in spots
        ),
        date1904=grid.date1904,
    )


def _doubtful(
    rows: Sequence[Sequence[Cell]],
    found: Sequence[tuple[tuple[int, int], tuple[int, int] | None]],
    known: set[tuple[int, int]],
) -> set[tuple[int, int]]:
    """The known labels of a form with answers beside them whose answer may be the next label."""
    answered = [(label, spot) for label, spot in found if label in known and spot]
    beside = sum(label[0] == spot[0] for label, spot in answered)
    if beside < 2 or 2 * beside <= len(answered):
        return set()
    return {
        label
        for label, (at, column) in answered
        if at > label[0] and column == label[1] and _may_be_a_label(rows[at][column])
    }


def _may_be_a_label(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell.split()) <= _MOST_WORDS and cell.rstrip()[-1:] != "."


_MOST_WORDS = 8


def _cell(rows: Sequence[Sequence[Cell]], spot: tuple[int, int]) -> Cell:
    at, column = spot
    return rows[at][column] if at < len(rows) and column < len(rows[at]) else ""


def _filled(cell: Cell) -> bool:
    return cell != "" and not (isinstance(cell, str) and not cell.strip())


def _beside(
    rows: Sequence[Sequence[Cell]], at: int, column: int, known: set[tuple[int, int]]
) -> tuple[int, int] | None:
    for right in range(column + 1, len(rows[at])):
        if (at, right) in known:
            return None
        if _filled(rows[at][right]):
            return at, right
    return None


def _answer(
    rows: Sequence[Sequence[Cell]], label: tuple[int, int], labels: set[tuple[int, int]]
) -> tuple[int, int] | None:
    at, column = label
    beside = _beside(rows, at, column, labels)
    if beside:
        return beside
    below = at + 1
    if below >= len(rows) or any((below, other) in labels for other in range(len(rows[below]))):
        return None
    for other in range(column, len(rows[below])):
        if _filled(rows[below][other]):
            return below, other
    return None
