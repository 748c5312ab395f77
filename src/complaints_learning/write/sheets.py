"""A table of shown texts in, a sheet of a workbook out: laid out, marked up, safe to open."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from complaints_learning.nouns import wording
from complaints_learning.write import cells

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDEST, NARROWEST, COVER_WIDTH = 70.0, 10.0, 100.0
LINE, TITLE_LINE = 16.0, 24.0
CHARACTER = 1.07  # how wide a character of 12 point Arial is, counted in Excel's column widths
NOTHING = "There is nothing to show in this table."
LOOKS: dict[str, tuple[dict[str, Any], bool, bool]] = {  # font, right-aligned, wrapped
    "Pack title": ({"size": 16, "bold": True}, False, False),
    "Pack line": ({"size": 12}, False, False),
    "Pack marking": ({"size": 12, "bold": True}, False, False),
    "Pack text": ({"size": 12}, False, True),
    "Pack number": ({"size": 12}, True, False),
    "Pack heading": ({"size": 12, "bold": True}, False, True),
    "Pack number heading": ({"size": 12, "bold": True}, True, True),
    "Pack link": ({"size": 12, "underline": "single", "color": "FF0B4F8A"}, False, True),
}


class Sheet(Struct, frozen=True):
    """One table of the pack, as shown texts: its sheet's name, title, columns and rows."""

    name: str
    title: str
    key: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()


class Book(Struct, frozen=True):
    """A workbook in the making, its cell styles by name, and the marking of each sheet."""

    book: Workbook
    looks: Mapping[str, Any]
    marking: str


def started(marking: str) -> Book:
    """An empty workbook with the pack's cell styles, which a person can change in Excel."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, NamedStyle

    book = Workbook()
    looks = {}
    for name, (font, right, wrap) in LOOKS.items():
        side = "right" if right else "left"
        alignment = Alignment(horizontal=side, vertical="top", wrap_text=wrap)
        book.add_named_style(NamedStyle(name, Font(name="Arial", **font), alignment=alignment))
        book.active["A1"].style = name
        looks[name] = copy(book.active["A1"]._style)
    book.remove(book.active)
    return Book(book, looks, marking)


def cover(book: Book, name: str, title: str, lines: Iterable[str]) -> None:
    """A sheet of sentences in one wide column."""
    sheet = _page(book, name, title)
    sheet.column_dimensions["A"].width = COVER_WIDTH
    for text in filter(None, lines):
        _put(book, sheet, sheet.max_row + 1, 1, text, "Pack text")
        _tall(sheet, sheet.max_row, (text,), (COVER_WIDTH,))


def table(book: Book, table: Sheet, title: str, lines: Iterable[str] = ()) -> Worksheet:
    """A sheet with one table, marked up and named, under its title and what to know about it."""
    sheet = _page(book, table.name, title)
    for text in lines:
        _put(book, sheet, sheet.max_row + 1, 1, text, "Pack line")
    top = sheet.max_row + 1
    header = _unique(table.header)
    rows = table.rows or ((NOTHING, *(wording.NOT_APPLICABLE for _ in header[1:])),)
    widths = _widths(sheet, header, rows)
    for column, (text, right) in enumerate(zip(header, table.numeric, strict=True), 1):
        look = "Pack number heading" if right else "Pack heading"
        _put(book, sheet, top, column, text, look)
    _tall(sheet, top, header, widths)
    for down, row in enumerate(rows, top + 1):
        for column, (text, right) in enumerate(zip(row, table.numeric, strict=True), 1):
            look = "Pack number" if right else "Pack text"
            _put(book, sheet, down, column, text or wording.NOT_APPLICABLE, look)
        _tall(sheet, down, row, widths)
    _marked_up(sheet, table.key, top, len(rows), len(header))
    return sheet


def linked(book: Book, sheet: Worksheet, rows: int) -> None:
    """Make the first column's last rows links to the sheets that they name."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    for (cell,) in sheet.iter_rows(min_row=sheet.max_row - rows + 1, max_col=1):
        name = str(cell.value)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=name)
        cell._style = copy(book.looks["Pack link"])


def _page(book: Book, name: str, title: str) -> Worksheet:
    """A new sheet with its title in A1, and the marking under it and on every printed page."""
    sheet = book.book.create_sheet(name)
    _put(book, sheet, 1, 1, title, "Pack title")
    sheet.sheet_format.defaultRowHeight = LINE
    sheet.sheet_format.customHeight = True
    sheet.row_dimensions[1].height = TITLE_LINE
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A - &P / &N"
    if book.marking:
        sheet.oddHeader.center.text = book.marking.replace("&", "&&")
        _put(book, sheet, 2, 1, book.marking, "Pack marking")
    return sheet


def _put(book: Book, sheet: Worksheet, row: int, column: int, text: str, look: str) -> None:
    cell = sheet.cell(row, column)
    cell._style = copy(book.looks[look])
    if look == "Pack number":
        cells.put(cell, text)
    else:
        cells.put_text(cell, text)


def _tall(sheet: Worksheet, row: int, texts: Iterable[str], widths: Iterable[float]) -> None:
    """A row tall enough for its wrapped text: not every program finds that out by itself."""
    pairs = zip(texts, widths, strict=True)
    lines = max(math.ceil(len(text) * CHARACTER / width) for text, width in pairs)
    if lines > 1:
        sheet.row_dimensions[row].height = lines * LINE


def _widths(
    sheet: Worksheet, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> list[float]:
    from openpyxl.utils import get_column_letter

    widths = []
    for column, title in enumerate(header):
        longest = max([len(title) + 3, *(len(row[column]) for row in rows)])
        widths.append(max(NARROWEST, min(WIDEST, longest * CHARACTER + 2)))
        sheet.column_dimensions[get_column_letter(column + 1)].width = round(widths[-1], 1)
    return widths


def _unique(header: tuple[str, ...]) -> tuple[str, ...]:
    """The headings, each different from the others and none empty, as a marked-up table needs.

    >>> _unique(("Number", "Number", ""))
    ('Number', 'Number (2)', 'Column 3')
    """
    seen: set[str] = set()
    made: list[str] = []
    for at, given in enumerate(header, 1):
        text = " ".join(given.split()) or f"Column {at}"
        new, count = text, 1
        while new.lower() in seen:
            count += 1
            new = f"{text} ({count})"
        seen.add(new.lower())
        made.append(new)
    return tuple(made)


def _marked_up(sheet: Worksheet, key: str, top: int, rows: int, columns: int) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.table import Table as Marked
    from openpyxl.worksheet.table import TableStyleInfo

    name = re.sub(r"[^a-z0-9]+", "_", key.lower()).strip("_")
    marked = Marked(
        displayName=f"t_{name}"[:200],
        ref=f"A{top}:{get_column_letter(columns)}{top + rows}",
    )
    marked.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    sheet.add_table(marked)
    sheet.print_title_rows = f"{top}:{top}"
