"""A report and its findings in; the data pack out: a workbook to read, reuse and check.

Laid out as the Government Analysis Function asks of published spreadsheets: cover, contents and
notes, then one table a sheet, each from column A, marked up and named, with one header row of
unique texts, no merged cells, no blank row inside, shorthand explained. Numbers are those that
the report shows, so nothing is hidden there and given away here.
"""

from __future__ import annotations

import io
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from complaints_learning import wording
from complaints_learning.findings import Findings
from complaints_learning.report import Report, Table, plain
from complaints_learning.write import cells, numbered, safely, tidied

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

SHORTHAND = (
    (wording.HIDDEN, "Not shown, so that nobody can be identified."),
    (wording.MISSING, "Not supplied."),
    (wording.NOT_APPLICABLE, "Not applicable."),
)
NOTHING = "There is nothing to show in this table."
FIGURES = "Every figure of this report"
WIDEST, NARROWEST, COVER_WIDTH = 60, 10, 90
LINE = 16.0
LOOKS: dict[
    str, tuple[dict[str, Any], bool, bool]
] = {  # name of the cell style: font, right-aligned, wrapped
    "Pack title": ({"size": 16, "bold": True}, False, False),
    "Pack line": ({"size": 12}, False, False),
    "Pack marking": ({"size": 12, "bold": True}, False, False),
    "Pack text": ({"size": 12}, False, True),
    "Pack number": ({"size": 12}, True, True),
    "Pack heading": ({"size": 12, "bold": True}, False, True),
    "Pack number heading": ({"size": 12, "bold": True}, True, True),
    "Pack link": ({"size": 12, "underline": "single", "color": "FF0B4F8A"}, False, True),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the pack, as shown texts: its sheet's name, title, columns and rows."""

    name: str
    title: str
    key: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()


def pack(report: Report, findings: Findings, target: Path) -> None:
    """Save the data pack. Raises WriteError when it cannot be saved."""
    safely.save(target, packed(report, findings))


def packed(report: Report, findings: Findings) -> bytes:
    """The workbook's bytes: the same for the same report."""
    from openpyxl import Workbook

    sheets = (*_tables(report), _figures(findings))
    notes = _notes(sheets)
    book = Workbook()
    book.remove(book.active)
    book.properties.title = f"{report.title}: data pack"
    book.properties.subject = report.subtitle
    book.properties.creator = report.author or report.values.get("council", "")
    book.properties.language = report.language
    book.properties.description = report.marking or None
    _looks(book)
    _cover(book, report)
    _contents(book, report, sheets)
    _notes_sheet(book, report, notes)
    for sheet in sheets:
        _sheet(book, report, sheet, notes)
    made = io.BytesIO()
    book.save(made)
    return tidied.workbook(made.getvalue())


def _tables(report: Report) -> tuple[Sheet, ...]:
    return tuple(
        Sheet(
            name=one.label,
            title=f"{one.label}: {one.block.caption}",
            key=f"{one.label}_{one.block.name}",
            header=one.block.header,
            rows=tuple(tuple(plain(line) for line in row) for row in one.block.rows),
            numeric=one.block.numeric,
            notes=one.block.notes,
        )
        for one in numbered.blocks(report)
        if isinstance(one.block, Table)
    )


def _figures(findings: Findings) -> Sheet:
    """Every protected figure by its name, which is also its name in templates and `cl explain`."""
    rows = []
    for name, figure in sorted(findings.figures.items()):
        share = wording.figure(figure, "percent") if figure.of is not None else ""
        rows.append(
            (
                name,
                figure.meaning,
                wording.figure(figure),
                wording.NOT_APPLICABLE if figure.of is None else wording.number(figure.of),
                share or wording.NOT_APPLICABLE,
                figure.unit,
            )
        )
    header = ("Name", "Meaning", "Value", "Out of", "Percentage", "Unit")
    numeric = (False, False, True, True, True, False)
    return Sheet("Figures", FIGURES, "figures", header, tuple(rows), numeric)


def _notes(sheets: tuple[Sheet, ...]) -> dict[str, int]:
    """Each note once, numbered in the order in which the tables use them."""
    shorthand = tuple(mark for mark, _ in SHORTHAND)
    found: dict[str, int] = {}
    for sheet in sheets:
        for note in sheet.notes:
            if not note.startswith(shorthand):
                found.setdefault(note, len(found) + 1)
    return found


def _cover(book: Workbook, report: Report) -> None:
    sheet = _page(book, report, "Cover", f"{report.title}: data pack")
    sheet.column_dimensions["A"].width = COVER_WIDTH
    values = report.values
    lines = [
        *(report.subtitle, values.get("council", ""), values.get("meeting", "")),
        "This workbook holds the tables of the report, one on each sheet, and every figure that"
        " the report may use, with its meaning.",
        "The numbers are rounded as in the report, and are the ones that it shows.",
        "The sheet Contents lists the sheets; the sheet Notes explains notes and shorthand.",
        "This edition is for the council's own use."
        if report.edition == "internal"
        else "Small numbers are not shown, so that nobody can be identified.",
        f"Made with complaints-learning {report.source}." if report.source else "",
    ]
    for text in filter(None, lines):
        _line(sheet, text, "Pack text")
    _heights(sheet, [COVER_WIDTH])


def _contents(book: Workbook, report: Report, sheets: tuple[Sheet, ...]) -> None:
    rows = [("Cover", "What this workbook is"), ("Notes", "Notes and shorthand")]
    rows += [(sheet.name, sheet.title) for sheet in sheets]
    listed = Sheet(
        "Contents", "Contents", "contents", ("Sheet", "What it holds"), tuple(rows), (False, False)
    )
    sheet = _sheet(book, report, listed, {})
    for (cell,) in sheet.iter_rows(min_row=sheet.max_row - len(rows) + 1, max_col=1):
        _link(cell, str(cell.value))


def _notes_sheet(book: Workbook, report: Report, notes: dict[str, int]) -> None:
    rows = [(mark, means) for mark, means in SHORTHAND]
    rows += [(f"[note {number}]", note) for note, number in notes.items()]
    listed = Sheet(
        "Notes", "Notes and shorthand", "notes", ("Mark", "Meaning"), tuple(rows), (False, False)
    )
    _sheet(book, report, listed, {})


def _sheet(book: Workbook, report: Report, table: Sheet, notes: dict[str, int]) -> Worksheet:
    """One table on a sheet of its own, under its title and what to know about it."""
    used = [notes[note] for note in table.notes if note in notes]
    title = table.title + "".join(f" [note {number}]" for number in used)
    sheet = _page(book, report, table.name, title)
    if table.name not in ("Contents", "Notes"):
        notes_too = " The sheet Notes has the notes in square brackets." if used else ""
        _line(sheet, "This sheet holds one table." + _explained(table) + notes_too)
    rows = table.rows or ((NOTHING, *(wording.NOT_APPLICABLE for _ in table.header[1:])),)
    top = sheet.max_row + 1
    header = _unique(table.header)
    for column, text in enumerate(header, 1):
        cell = sheet.cell(top, column)
        cell.style = "Pack number heading" if table.numeric[column - 1] else "Pack heading"
        cells.put_text(cell, text)
    for down, row in enumerate(rows, top + 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(down, column)
            right = table.numeric[column - 1]
            cell.style = "Pack number" if right else "Pack text"
            (cells.put if right else cells.put_text)(cell, text or wording.NOT_APPLICABLE)
    _marked_up(sheet, table.key, top, len(rows), len(header))
    _widths(sheet, header, rows)
    return sheet


def _explained(table: Sheet) -> str:
    shown = {text for row in table.rows for text in row}
    if table.rows and not all(text for row in table.rows for text in row):
        shown.add(wording.NOT_APPLICABLE)
    said = [
        f"{mark} means: {means[0].lower()}{means[1:]}" for mark, means in SHORTHAND if mark in shown
    ]
    return "".join(f" {text}" for text in said)


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


def _page(book: Workbook, report: Report, name: str, title: str) -> Worksheet:
    """A new sheet with its title in A1, and the marking under it and on every printed page."""
    sheet = book.create_sheet(name)
    cell = sheet["A1"]
    cell.style = "Pack title"
    cells.put_text(cell, title)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&A - &P / &N"
    if report.marking:
        sheet.oddHeader.center.text = report.marking.replace("&", "&&")
        _line(sheet, report.marking, "Pack marking")
    return sheet


def _line(sheet: Worksheet, text: str, look: str = "Pack line") -> None:
    cell = sheet.cell(sheet.max_row + 1, 1)
    cell.style = look
    cells.put_text(cell, text)


def _looks(book: Workbook) -> None:
    """The pack's cell styles, which a person can change in one place in Excel."""
    from openpyxl.styles import Alignment, Font, NamedStyle

    for name, (font, right, wrap) in LOOKS.items():
        side = "right" if right else "left"
        alignment = Alignment(
            horizontal=side, vertical="top", wrap_text=wrap, indent=1 if right else 0
        )
        book.add_named_style(NamedStyle(name, Font(name="Arial", **font), alignment=alignment))


def _link(cell: Cell, name: str) -> None:
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=name)
    cell.style = "Pack link"


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


def _widths(sheet: Worksheet, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
    from openpyxl.utils import get_column_letter

    widths = []
    for column, title in enumerate(header):
        longest = max([len(title) + 3, *(len(row[column]) for row in rows)])
        width = max(NARROWEST, min(WIDEST, longest * 1.2 + 2))
        sheet.column_dimensions[get_column_letter(column + 1)].width = round(width, 1)
        widths.append(width)
    _heights(sheet, widths)


def _heights(sheet: Worksheet, widths: list[float]) -> None:
    """Rows tall enough for their wrapped text: not every program finds that out by itself."""
    sheet.sheet_format.defaultRowHeight = LINE
    sheet.sheet_format.customHeight = True
    sheet.row_dimensions[1].height = 24
    for row in sheet.iter_rows(min_row=2):
        wraps = (
            math.ceil(len(str(cell.value)) * 1.2 / widths[at])
            for at, cell in enumerate(row)
            if cell.value is not None and cell.alignment.wrap_text
        )
        lines = max(wraps, default=1)
        if lines > 1:
            sheet.row_dimensions[row[0].row].height = lines * LINE
