"""Rows of references and places in, a workbook for an auditor out. Internal, and marked so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from complaints_learning.write import safely

if TYPE_CHECKING:
    import pandas as pd

MARKING = "OFFICIAL-SENSITIVE: not for publication"


def rows(frame: pd.DataFrame, title: str, target: Path) -> None:
    """Save `frame` with a title and marking above its header; text never becomes a formula."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Rows")
    sheet.column_dimensions["B"].width = 48
    sheet.column_dimensions["C"].width = 24

    def cell(value: object, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value if isinstance(value, int | float) else str(value))
        if isinstance(made.value, str):
            made.data_type = "s"
            made.quotePrefix = True
        made.font = Font(bold=bold)
        return made

    sheet.append([cell(title, bold=True)])
    sheet.append([cell(MARKING, bold=True)])
    sheet.append([cell(str(name).capitalize(), bold=True) for name in frame.columns])
    for row in frame.itertuples(index=False):
        sheet.append([cell(value) for value in row])
    book.properties.title = title
    book.properties.creator = "complaints-learning"
    made = BytesIO()
    book.save(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    safely.save(target, made.getvalue())
