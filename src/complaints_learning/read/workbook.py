"""Workbooks as grids, by calamine, with what calamine does not tell found beside it."""

from __future__ import annotations

from pathlib import Path

import python_calamine as calamine

from complaints_learning.errors import ReadError
from complaints_learning.read.grid import Grid


def grids(path: Path, file: str) -> list[Grid]:
    """Every sheet with cells, hidden ones too."""
    try:
        book = calamine.CalamineWorkbook.from_path(str(path))
    except calamine.PasswordError:
        raise locked(file) from None
    except (calamine.CalamineError, OSError, ValueError) as wrong:
        raise ReadError(
            f"{file}: the workbook is damaged and cannot be read ({type(wrong).__name__}).",
            "Open it in Excel, let Excel repair it, and save it as .xlsx.",
            code="file-damaged",
        ) from None
    found: list[Grid] = []
    for meta in book.sheets_metadata:
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.start is None:
                continue
            rows = list(sheet.iter_rows())
            bands = tuple(
                (first[0] + 1, first[1], last[1])
                for first, last in sheet.merged_cell_ranges or ()
                if first[0] == last[0]
            )
        except (calamine.CalamineError, ValueError) as wrong:
            raise ReadError(
                f"{file}, sheet {meta.name}: cannot be read ({type(wrong).__name__}).",
                "Open it in Excel, let Excel repair it, and save it as .xlsx.",
                code="file-damaged",
            ) from None
        found.append(
            Grid(
                meta.name,
                rows,
                first_column=sheet.start[1],
                hidden=meta.visible != calamine.SheetVisibleEnum.Visible,
                bands=bands,
            )
        )
    return found


def locked(file: str) -> ReadError:
    """That a password is needed."""
    return ReadError(
        f"{file}: the workbook is protected by a password.",
        "Open it in Excel, take the password off (File, Info, Protect workbook), save it, "
        "and run again.",
        code="file-locked",
    )
