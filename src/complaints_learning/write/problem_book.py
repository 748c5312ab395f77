"""Problems and where the rows went in; a workbook to send to whoever owns the export out.

Each problem links to its cell. Nothing in it is a name or the words of a complaint.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from complaints_learning.nouns.codes import CODES
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Checked
from complaints_learning.write import cells, safely

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_LINKS = 60_000


def workbook(checked: Checked, workspace: Path, target: Path) -> None:
    """Save the problems, the changes and the reconciliation as three sheets."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.remove(book.active)
    bold = Font(bold=True)
    sheet = _sheet(book, "Problems", (28, 44, 18, 9, 70, 70))
    sheet.append(["Kind", "File", "Sheet", "Cell", "What is wrong", "What to do"])
    _filled(sheet, (_problem(one) for one in checked.problems))
    _links(sheet, checked.problems, workspace, target)
    rows = _sheet(book, "Where the rows went", (16, 50, 12))
    rows.append(["Table", "What became of them", "Rows"])
    _filled(rows, _accounts(checked))
    changes = _sheet(book, "Changed by later exports", (100,))
    changes.append(["Change"])
    _filled(changes, ([one] for one in checked.changes))
    for each in book.worksheets:
        for cell in each[1]:
            cell.font = bold
        each.freeze_panes = "A2"
        each.auto_filter.ref = each.dimensions
    book.properties.title = "Problems found in the exports"
    book.properties.creator = "complaints-learning"
    made = BytesIO()
    book.save(made)
    safely.save(target, made.getvalue())


def _sheet(book: Any, name: str, widths: Sequence[int]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    for letter, width in zip("ABCDEF", widths, strict=False):
        sheet.column_dimensions[letter].width = width
    return sheet


def _problem(one: Problem) -> list[str | int]:
    title = CODES[one.code].title if one.code in CODES else one.code
    place = one.place
    return [title, place.file, place.sheet, place.cell, one.message, one.hint]


def _accounts(checked: Checked) -> Iterable[list[str | int]]:
    for name, rows in checked.rows.items():
        yield [name, "read", rows.read]
        yield [name, "counted", rows.counted]
        for reason, count in (*rows.superseded.items(), *rows.left_out.items()):
            yield [name, reason, count]


def _filled(sheet: Worksheet, rows: Iterable[Sequence[str | int]]) -> None:
    for at, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(at, column)
            if isinstance(value, str):
                cells.put_text(cell, value)
            else:
                cell.value = value


def _links(sheet: Worksheet, problems: Sequence[Problem], workspace: Path, target: Path) -> None:
    """Each problem's cell number leads to the cell, from wherever the workbook is saved."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    look = Font(underline="single", color="FF0B4F8A")
    for at, one in enumerate(problems[:_MOST_LINKS], 2):
        if not one.place.file:
            continue
        cell = sheet.cell(at, 4 if one.place.cell else 2)
        cell.hyperlink = Hyperlink(
            ref=cell.coordinate,
            target=_beside(workspace / one.place.file, target),
            location=_location(one),
        )
        cell.font = look


def _beside(file: Path, target: Path) -> str:
    """The file's address as seen from the workbook."""
    try:
        relative = os.path.relpath(file.resolve(), target.resolve().parent)
    except ValueError:  # another drive on Windows
        return file.resolve().as_uri()
    return quote(relative.replace("\\", "/"))


def _location(one: Problem) -> str | None:
    if not one.place.sheet or not one.place.row:
        return None
    name = one.place.sheet.replace("'", "''")
    return f"'{name}'!{one.place.column or 'A'}{one.place.row}"
