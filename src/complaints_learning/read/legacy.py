"""The formats of before: .xls by xlrd, .xlsb and .ods by calamine. Only run inside `child`.

xlrd is the one reader that keeps an .xls file's error cells; calamine takes over when xlrd
finds the file broken, and says that errors may have been lost.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from complaints_learning.nouns.errors import Place, Problem, ReadError, column_letters
from complaints_learning.nouns.raw import Cell
from complaints_learning.read import binary, opendocument, workbook
from complaints_learning.read.grid import Columns, Grid
from complaints_learning.read.kinds import damaged, locked
from complaints_learning.read.scan import SheetFacts


def grids(data: bytes, file: str, kind: str) -> list[Grid]:
    """Every sheet with cells, with its hidden rows and its cells that show an error."""
    if kind == "xls":
        return [workbook.completed(grid, facts, file) for grid, facts in _by_xlrd(data, file)]
    # before calamine, which an .ods can make allot a billion cells
    seen, from_1904 = (
        binary.xlsb(data, file) if kind == "xlsb" else (opendocument.facts(data, file), False)
    )
    return [
        workbook.completed(grid, seen.get(grid.sheet, SheetFacts()), file)
        for grid in workbook.by_calamine(io.BytesIO(data), file, from_1904)
    ]


def _by_xlrd(data: bytes, file: str) -> list[tuple[Grid, SheetFacts]]:
    import xlrd

    try:
        # its warnings go to standard output otherwise, where our answer goes; on demand, because
        # it lets go of the records otherwise, before we have looked for hidden rows in them
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True)
    except xlrd.XLRDError as wrong:
        if "ncrypted" in str(wrong) or "assword" in str(wrong):
            raise locked(file) from None
        return _second_try(data, file)
    except MemoryError:
        raise
    except Exception:
        return _second_try(data, file)
    try:
        return [
            (grid, facts)
            for number, sheet in enumerate(book.sheets())
            if (grid := _xls(book, sheet, facts := _hidden(book, number, data))) is not None
        ]
    except (ReadError, MemoryError):
        raise
    except Exception:
        return _second_try(data, file)


def _hidden(book: Any, number: int, data: bytes) -> SheetFacts:
    """The hidden rows of a sheet. xlrd tells them only when it reads every format too."""
    places = book._sh_abs_posn
    found = SheetFacts()
    if number < len(places):
        found.hidden_rows = binary.hidden_in_xls(bytes(book.mem or data), places[number])
    return found


def _second_try(data: bytes, file: str) -> list[tuple[Grid, SheetFacts]]:
    """By calamine, which forgives more; and says so."""
    if data[:4] != b"\xd0\xcf\x11\xe0":
        raise damaged(file)
    note = Problem(
        "file-mended",
        "the .xls file is damaged; what could be read was read, and cells with errors look empty.",
        Place(file),
        "Open it in Excel, let Excel repair it, and save it as .xlsx.",
    )
    found = workbook.by_calamine(io.BytesIO(data), file)
    return [
        (replace(grid, notes=(note,)) if number == 0 else grid, SheetFacts())
        for number, grid in enumerate(found)
    ]


def _xls(book: Any, sheet: Any, facts: SheetFacts) -> Grid | None:
    import xlrd

    faults = facts.faults
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
        Columns(rows),
        hidden=sheet.visibility != 0,
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
