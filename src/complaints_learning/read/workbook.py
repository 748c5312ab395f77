"""Workbooks as grids. Ordinary .xlsx files here and now; the risky formats in a process apart.

Calamine reads: it is ten times as fast as openpyxl and right about Strict OOXML and sheets that
lie about their size. What it does not tell (errors, formulas without a value, hidden rows)
comes from `xlsx`.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import python_calamine as calamine
from msgspec.structs import replace

from complaints_learning.nouns.errors import Place, Problem, ReadError
from complaints_learning.nouns.raw import Cell
from complaints_learning.read import clean, once, scan, xlsx
from complaints_learning.read.beside import Beside
from complaints_learning.read.grid import Columns, Grid
from complaints_learning.read.kinds import damaged, locked


def grids(data: bytes, file: str, idle: Beside | None = None) -> list[Grid]:
    """Every sheet with cells of an .xlsx or .xlsm, hidden ones too."""
    known = xlsx.facts(data, file)
    if idle is not None:
        idle.begin(len(data))
    package = known.data or data
    try:
        found = by_calamine(once.unmerged(package, known.unmerged), file, known.date1904)
    except ReadError:
        if not known.unmerged:
            raise
        # the file is damaged, or a calamine to come minds what was put into it
        found = by_calamine(io.BytesIO(package), file, known.date1904)
    unseen = scan.SheetFacts()
    return [
        completed(grid, known.sheets.get(grid.sheet, unseen), file, known.unclean) for grid in found
    ]


def by_calamine(data: io.BytesIO, file: str, date1904: bool = False) -> list[Grid]:
    """Every sheet with cells, as calamine sees it. The data are closed: calamine has its own."""
    try:
        with data:
            book = calamine.CalamineWorkbook.from_filelike(data)
        return [
            grid
            for meta in book.sheets_metadata
            if str(meta.typ) == "SheetTypeEnum.WorkSheet"
            and (grid := _grid(book, meta, date1904)) is not None
        ]
    except calamine.PasswordError:
        raise locked(file) from None
    except (calamine.CalamineError, OSError, ValueError, KeyError) as wrong:
        raise damaged(file, _reason(wrong)) from None
    except BaseException as wrong:
        # a Rust panic is not an Exception, so that it is not caught by accident
        if type(wrong).__name__ != "PanicException":
            raise
        raise damaged(file) from None


def _reason(wrong: Exception) -> str:
    """Calamine's own words when they say something and are short."""
    said = " ".join(str(wrong).split())
    plain = said.isascii() and said.isprintable()
    return said if plain and 5 < len(said) < 80 else type(wrong).__name__


def _grid(book: Any, meta: Any, date1904: bool) -> Grid | None:
    sheet = book.get_sheet_by_name(meta.name)
    if sheet.start is None:
        return None
    first_row, first_column = sheet.start
    rows = Columns(islice(sheet.iter_rows(), first_row, None))
    merged = sheet.merged_cell_ranges or ()
    bands = tuple((a[0] + 1, a[1], b[1]) for a, b in merged if a[0] == b[0])
    for first, last in merged:
        if first[1] == last[1] and last[0] > first[0]:
            _down(rows, first[1] - first_column, first[0] - first_row, last[0] - first_row)
    return Grid(
        meta.name,
        rows,
        first_row=first_row + 1,
        first_column=first_column,
        hidden=str(meta.visible) != "SheetVisibleEnum.Visible",
        bands=bands,
        date1904=date1904,
    )


def _down(rows: Columns, column: int, first: int, last: int) -> None:
    """A cell merged over several rows is the cell of each of them."""
    if 0 <= first < len(rows) and 0 <= column < len(rows.columns):
        cells = rows.columns[column]
        last = min(last, len(cells) - 1)
        cells[first : last + 1] = [cells[first]] * (last + 1 - first)


def completed(grid: Grid, facts: scan.SheetFacts, file: str, unclean: bool = True) -> Grid:
    """With what was seen of its sheet: faults and hidden rows; cleaned when it may need it."""
    notes = list(grid.notes)
    columns = grid.rows.columns if isinstance(grid.rows, Columns) else ()
    if (unclean or facts.unclean) and cleaned(columns):
        notes.append(clean.note(file, grid.sheet))
    if facts.hidden_rows:
        notes.append(_hidden_rows(file, grid.sheet, facts.hidden_rows))
    return replace(
        grid, hidden_rows=tuple(facts.hidden_rows), faults=facts.faults, notes=tuple(notes)
    )


def cleaned(columns: Iterable[list[Cell]]) -> bool:
    """Clean every text in place; whether something a person might miss was taken out."""
    done: dict[str, str] = {}
    lost = False
    for column in columns:
        for index, cell in enumerate(column):
            if type(cell) is str and not (cell.isascii() and cell.isprintable()):
                if cell not in done:
                    done[cell], went = clean.hygienic(cell)
                    lost = lost or went
                column[index] = done[cell]
    return lost


def _hidden_rows(file: str, sheet: str, rows: Sequence[int]) -> Problem:
    listed = [str(row) for row in rows[:5]]
    more = f" and {len(rows) - 5:,} more" if len(rows) > 5 else ""
    what, were = ("row", "it was") if len(rows) == 1 else ("rows", "they were")
    return Problem(
        "rows-hidden",
        f"{what} {', '.join(listed)}{more} cannot be seen in Excel (hidden or filtered out); "
        f"{were} read.",
        Place(file, sheet, rows[0]),
        "If it should not count, delete what is hidden or export again without it.",
    )


def apart(data: bytes, file: str, kind: str) -> list[Grid]:
    """A format whose readers can be taken down by a bad file, read in a process of its own."""
    from complaints_learning.read import guarded

    return guarded.grids(data, file, kind)
