"""The formats of before: .xls by xlrd, .xlsb and .ods by calamine. Only run inside `child`.

xlrd is the one reader that keeps an .xls file's error cells; calamine takes over when xlrd
finds the file broken, and says that errors may have been lost.
"""

from __future__ import annotations

import io
import tempfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from complaints_learning.errors import Place, Problem, ReadError, column_letters
from complaints_learning.raw import Cell
from complaints_learning.read import clean, opendocument, workbook
from complaints_learning.read.grid import Grid
from complaints_learning.read.kinds import damaged, locked


def grids(data: bytes, file: str, kind: str) -> list[Grid]:
    """Every sheet with cells."""
    found = _by_xlrd(data, file) if kind == "xls" else _by_calamine(data, file, kind)
    faults = opendocument.faults(data, file) if kind == "ods" else {}
    made = []
    for number, grid in enumerate(found):
        notes = list(grid.notes)
        if kind == "xlsb" and number == 0:
            notes.append(_unseen(file))
        if workbook.cleaned(grid.rows):
            notes.append(clean.note(file, grid.sheet))
        made.append(
            Grid(
                *(grid.sheet, grid.rows, grid.first_row, grid.first_column, grid.hidden),
                *(
                    grid.hidden_rows,
                    faults.get(grid.sheet, grid.faults),
                    grid.bands,
                    grid.date1904,
                    tuple(notes),
                ),
            )
        )
    return made


def _unseen(file: str) -> Problem:
    return Problem(
        "errors-unseen",
        "cells that show an error cannot be told from empty ones in an .xlsb workbook.",
        Place(file),
        "Save it as .xlsx to have them listed.",
    )


def _by_calamine(data: bytes, file: str, kind: str = "xls") -> list[Grid]:
    """Calamine says what is wrong only when it is told the format, by the name's ending."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"book.{kind}"
        path.write_bytes(data)
        return workbook.by_calamine(path, file)


def _by_xlrd(data: bytes, file: str) -> list[Grid]:
    import xlrd

    try:
        # its warnings go to standard output otherwise, where our answer goes
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
    except xlrd.XLRDError as wrong:
        if "ncrypted" in str(wrong) or "assword" in str(wrong):
            raise locked(file) from None
        return _second_try(data, file)
    except MemoryError:
        raise
    except Exception:
        return _second_try(data, file)
    try:
        return [grid for sheet in book.sheets() if (grid := _xls(book, sheet)) is not None]
    except (ReadError, MemoryError):
        raise
    except Exception:
        return _second_try(data, file)


def _second_try(data: bytes, file: str) -> list[Grid]:
    """By calamine, which forgives more; and says so."""
    if data[:4] != b"\xd0\xcf\x11\xe0":
        raise damaged(file)
    note = Problem(
        "file-mended",
        "the .xls file is damaged; what could be read was read, and cells with errors look empty.",
        Place(file),
        "Open it in Excel, let Excel repair it, and save it as .xlsx.",
    )
    found = _by_calamine(data, file)
    return [
        Grid(
            *(grid.sheet, grid.rows, grid.first_row, grid.first_column, grid.hidden, (), {}),
            *(grid.bands, grid.date1904, (note,) if number == 0 else ()),
        )
        for number, grid in enumerate(found)
    ]


def _xls(book: Any, sheet: Any) -> Grid | None:
    import xlrd

    faults: dict[tuple[int, str], str] = {}
    rows: list[list[Cell]] = []
    for at in range(sheet.nrows):
        row: list[Cell] = []
        for column, (kind, value) in enumerate(
            zip(sheet.row_types(at), sheet.row_values(at), strict=True)
        ):
            if kind == xlrd.XL_CELL_DATE:
                row.append(_date(value, book.datemode))
            elif kind == xlrd.XL_CELL_BOOLEAN:
                row.append(bool(value))
            elif kind == xlrd.XL_CELL_ERROR:
                faults[at + 1, column_letters(column)] = xlrd.error_text_from_code.get(
                    value, "an error"
                )
                row.append("")
            else:
                row.append(value)
        rows.append(row)
    if not any(cell != "" for row in rows for cell in row) and not faults:
        return None
    width = max((len(row) for row in rows), default=0)
    for row in rows:
        row += [""] * (width - len(row))
    bands = tuple(
        (top + 1, left, right - 1)
        for top, bottom, left, right in sheet.merged_cells
        if bottom - top == 1
    )
    return Grid(
        sheet.name,
        rows,
        hidden=sheet.visibility != 0,
        faults=faults,
        bands=bands,
        date1904=bool(book.datemode),
    )


def _date(value: float, mode: int) -> Cell:
    import xlrd

    try:
        found = xlrd.xldate_as_datetime(value, mode)
    except (ValueError, OverflowError, xlrd.xldate.XLDateError):
        return value
    if value < 1:
        return time(found.hour, found.minute, found.second)
    if found.time() == time(0):
        return date(found.year, found.month, found.day)
    return datetime(*found.timetuple()[:6])
