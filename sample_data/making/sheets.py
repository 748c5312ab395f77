"""Rows in, a workbook out, the same bytes each time; and days as a case system types them."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

MADE = (2023, 6, 1, 9, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*")

BANK_HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in [
        "2021-04-02",
        "2021-04-05",
        "2021-05-03",
        "2021-05-31",
        "2021-08-30",
        "2021-12-27",
        "2021-12-28",
        "2022-01-03",
        "2022-04-15",
        "2022-04-18",
        "2022-05-02",
        "2022-06-02",
        "2022-06-03",
        "2022-08-29",
        "2022-09-19",
        "2022-12-26",
        "2022-12-27",
        "2023-01-02",
        "2023-04-07",
        "2023-04-10",
        "2023-05-01",
        "2023-05-08",
        "2023-05-29",
    ]
)


def chance(*key: object) -> random.Random:
    """Luck of its own for each thing decided, so that a new text moves no other case."""
    return random.Random(" ".join(map(str, ("marlowe", *key))))


def working(day: date) -> bool:
    """Whether the council's offices are open."""
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def later(day: date, working_days: int) -> date:
    """So many working days after `day`."""
    while working_days > 0:
        day += timedelta(days=1)
        working_days -= working(day)
    return day


def serial(day: date) -> int:
    """The number by which Excel knows a day."""
    return (day - date(1899, 12, 30)).days


def workbook() -> Workbook:
    """An empty workbook without its first sheet."""
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Case system"
    return book


def add(sheet: Worksheet, values: Iterable[object]) -> int:
    """Write one row under the last; say which row it is. Dates look as they do in England."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for column, value in enumerate(values, 1):
        if value is None or value == "":
            continue
        cell = sheet.cell(row, column)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime(value.year, value.month, value.day)
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = "dd/mm/yyyy hh:mm" if value.hour else "dd/mm/yyyy"
    return row


def blank(sheet: Worksheet) -> None:
    """Leave one row empty under the last."""
    sheet.cell(sheet.max_row + 1, 1).value = " "


def bold(sheet: Worksheet, row: int) -> None:
    """Set a header row as a header."""
    for cell in sheet[row]:
        cell.font = Font(bold=True)


def save(book: Workbook, path: Path) -> None:
    """Save with no trace of when or where it was made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    held = io.BytesIO()
    book.save(held)
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(made.namelist(), key=lambda part: (part != "[Content_Types].xml", part)):
            part = made.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>2023-06-01T09:00:00Z", part)
            info = zipfile.ZipInfo(name, MADE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            out.writestr(info, part, compresslevel=9)


def table(path: Path, header: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    """Write a plain CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(header)
        lines.writerows(rows)
