"""Complaints with their proposed themes in; review/decisions.xlsx for a person to decide, out.

Private: it holds the words of complaints. It goes nowhere but into the workspace.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from complaints_learning.nouns.decisions import (
    CHOICES,
    COLUMNS,
    HOW,
    KEEP_BACK,
    LISTED,
    NO_THEME,
    PUBLISH,
    SHEET,
    THEMES,
    TO_FILL,
    Decision,
    Publication,
)
from complaints_learning.nouns.themes import Themes
from complaints_learning.write import cells, safely

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (12, 12, 70, 30, 34, 10, 22, 22, 22, 22, 22, 40, 16, 70, 50, 50, 16, 15)
_HOW = (
    "OFFICIAL-SENSITIVE: this workbook holds the words of complaints. Keep it in the workspace.",
    "First come cells that cannot be used, then the complaints that the words were least certain",
    "about, and of the decided those to which the words would give a theme more.",
    "Choose Theme 1, and Theme 2 to 4 when the complaint raises more. Choose 'No theme' when none",
    "applies. Primary theme is what the person most wants put right; left empty, Theme 1 is it.",
    "A row with an empty Theme 1 is not decided: its themes come from its words.",
    "",
    "To let a report quote a family, copy a sentence from Text into Sentence to publish and",
    "choose publish. A report quotes exactly what stands in that cell, and nothing else.",
    "What looks identifying shows the text again, with \u00ab \u00bb around names, places,",
    "numbers, dates and unknown words with a capital. It helps you to look, and cannot see all:",
    "a rare illness or an unusual event can tell who it is without any name.",
    "Leave something out with ... and put your own words in [ ]: She ... told [the school] first.",
    "While anything in the sentence would still be marked it is not quoted, and cl report says so.",
    "",
    "To let a report say what was learned, write it into Learning to publish, in the council's",
    "words, and choose publish. Learning recorded is what the register and the monitoring form",
    "say, with the same marks. Your sentence may begin with any word but a known name, and is",
    "printed without [ ] and \u00ab \u00bb.",
    "",
    "Save and run cl report: what you decided always wins. Leave Reference and Text code alone.",
    "A column of your own to the right of Text code stays when the workbook is written again.",
)


class ReviewRow(Struct, frozen=True):
    """One complaint to decide, with what its words propose and what was decided before.

    `typed`, when any of them cannot be used, are Theme 1 to 4 and Primary theme as they were typed.
    `own` is what people wrote into columns of their own.
    """

    reference: str
    received: str
    text: str
    proposed: tuple[str, ...]
    because: str
    certainty: float
    fingerprint: str
    decision: Decision | None = None
    marked: str = ""
    publication: Publication | None = None
    recorded: str = ""
    learning: Publication | None = None
    typed: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def workbook(
    rows: Sequence[ReviewRow], themes: Themes, target: Path, headings: Sequence[str] = ()
) -> None:
    """Save the review workbook, with people's own columns. Raises WriteError."""
    made = BytesIO()
    book(rows, themes, headings).save(made)
    safely.save(target, made.getvalue())


def book(rows: Sequence[ReviewRow], themes: Themes, headings: Sequence[str] = ()) -> Workbook:
    """The review workbook, not saved yet."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill

    book = Workbook()
    sheet: Any = book.active
    sheet.title = SHEET
    sheet.append(list(COLUMNS))
    for column, heading in enumerate(headings, len(COLUMNS) + 1):
        cells.put_text(sheet.cell(1, column), heading)
    top = Alignment(wrap_text=True, vertical="top")
    to_fill = PatternFill("solid", fgColor="FFFFF8E1")
    titles = {theme.code: theme.title for theme in themes}
    for n, row in enumerate(rows, 2):
        for column, value in enumerate(_cells(row, titles), 1):
            cell = sheet.cell(n, column)
            if isinstance(value, float):
                cell.value, cell.number_format = value, "0%"
            elif value:
                cells.put_text(cell, value)
            cell.alignment = top
            if column <= len(COLUMNS) and COLUMNS[column - 1] in TO_FILL:
                cell.fill = to_fill
        sheet.row_dimensions[n].height = _height(sheet[n])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.alignment = top
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    _lists(book, rows, themes)
    _choices(sheet, len(rows), len(themes.themes))
    how = book.create_sheet(HOW)
    how.column_dimensions["A"].width = 100
    for line in _HOW:
        how.append([line])
    book.properties.title = "Themes to decide"
    book.properties.creator = "complaints-learning"
    return book


_LINE, _TALLEST = 15.0, 405.0
"""Points of a line of text, and of the tallest row that Excel shows."""


def _height(cells: Iterable[Cell]) -> float:
    """How tall a row is that shows its longest text: LibreOffice does not work it out itself."""
    lines = (
        sum(-(-len(line) // width) or 1 for line in str(cell.value or "").splitlines())
        for cell, width in zip(cells, _WIDTHS, strict=False)
    )
    return min(_TALLEST, _LINE * max(1, *lines))


def _cells(row: ReviewRow, titles: dict[str, str]) -> tuple[str | float, ...]:
    decided = row.decision
    chosen = [titles.get(code, code) for code in decided.themes] if decided else []
    if decided and not chosen:
        chosen = [NO_THEME]
    chosen = (chosen + [""] * 4)[:4]
    chosen.append(titles.get(decided.primary, decided.primary) if decided else "")
    put_up, learning = row.publication, row.learning
    known = (decided.fingerprint if decided else "") or (put_up.fingerprint if put_up else "")
    return (
        *(row.reference, row.received, row.text),
        *("; ".join(titles.get(code, code) for code in row.proposed), row.because),
        round(row.certainty, 2),
        *(row.typed or chosen),
        put_up.sentence if put_up else "",
        put_up.decided if put_up else "",
        *(row.marked, row.recorded),
        learning.sentence if learning else "",
        learning.decided if learning else "",
        known or row.fingerprint,
        *row.own,
    )


def _lists(book: Any, rows: Sequence[ReviewRow], themes: Themes) -> None:
    """The hidden sheet of references written and of what may be chosen."""
    lists = book.create_sheet(LISTED)
    lists.append(["Reference", "Themes", "Publication", "Codes"])
    choices = [*(theme.title for theme in themes), NO_THEME]
    published = [PUBLISH, KEEP_BACK]
    for n in range(max(len(rows), len(choices), len(published))):
        if n < len(rows):
            cells.put_text(lists.cell(n + 2, 1), rows[n].reference)
        if n < len(choices):
            lists.cell(n + 2, 2).value = choices[n]
        if n < len(themes.codes):
            lists.cell(n + 2, 4).value = themes.codes[n]
        if n < len(published):
            lists.cell(n + 2, 3).value = published[n]
    lists.sheet_state = "hidden"


def _choices(sheet: Worksheet, rows: int, themes: int) -> None:
    """Drop-down lists for the columns that a person fills in."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    last = max(rows, 1) + 1
    for first, end, source in (
        (THEMES[0], THEMES[-1], f"{LISTED}!$B$2:$B${themes + 2}"),
        *((name, name, f"{LISTED}!$C$2:$C$3") for name in CHOICES),
    ):
        choice = DataValidation(type="list", formula1=source, allow_blank=True)
        choice.showErrorMessage = True
        choice.errorTitle = "Not in the list"
        choice.error = "Choose one of the list, so that it can be counted."
        left, right = (get_column_letter(COLUMNS.index(name) + 1) for name in (first, end))
        choice.add(f"{left}2:{right}{last}")
        sheet.add_data_validation(choice)
