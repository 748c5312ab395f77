"""Texts with their themes in; a CSV, workbook or JSON lines file out. Evidence is private."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import cells, safely

HEADER = (
    *("reference", "themes", "primary", "sub_themes", "theme_titles", "sub_theme_titles"),
    *("probability", "probabilities", "sure", "evidence"),
)
Row = tuple[str, str, str, str, str, str, float, str, str, str]


def save(rows: Sequence[Row], target: Path) -> None:
    """Save labelled rows in the format of the file's ending. Raises WriteError."""
    ending = target.suffix.lower()
    if ending == ".csv":
        data = csv_text(rows).encode("utf-8-sig")
    elif ending in (".jsonl", ".ndjson"):
        data = json_lines(rows).encode()
    elif ending == ".xlsx":
        data = _workbook(rows)
    else:
        raise WriteError(
            f"{target}: files of this kind cannot be written.",
            "End the name with .csv, .xlsx or .jsonl.",
            code="output-kind",
        )
    safely.save(target, data)


def as_dict(row: Row) -> dict[str, Any]:
    """One row for a program to read: lists are lists, yes is true, and codes need no titles."""
    reference, themes, primary, subs, _, _, probability, each, sure, evidence = row
    return {
        "reference": reference,
        "themes": themes.split("; ") if themes else [],
        "primary": primary,
        "sub_themes": subs.split("; ") if subs else [],
        "probability": probability,
        "probabilities": [float(one) for one in each.split("; ")] if each else [],
        "sure": sure == "yes",
        "evidence": evidence.split("; ") if evidence else [],
    }


def csv_text(rows: Sequence[Row]) -> str:
    """The rows as CSV; what a spreadsheet would take for a formula gets a quote before it."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows([[_harmless(value) for value in row] for row in rows])
    return made.getvalue()


def _harmless(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:.2f}"
    return f"'{value}" if value.startswith(cells.RISKY) else value


def json_lines(rows: Sequence[Row]) -> str:
    """One JSON object a line."""
    return "".join(f"{json.dumps(as_dict(row), ensure_ascii=True)}\n" for row in rows)


def _workbook(rows: Sequence[Row]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Themes"
    sheet.append([name.replace("_", " ").capitalize() for name in HEADER])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for n, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(n, column)
            if isinstance(value, float):
                cell.value, cell.number_format = value, "0.00"
            elif isinstance(value, str) and value:
                cells.put_text(cell, value)
    for letter, width in zip("ABCDEFGHIJ", (16, 34, 20, 34, 50, 50, 11, 16, 8, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    book.properties.creator = "complaints-learning"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
