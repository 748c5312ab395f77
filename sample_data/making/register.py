"""Cases in, the register's exports out, with everything that real exports have wrong with them.

Four exports: 2021-22 with a sheet a quarter, and three of 2022-23 that overlap, each as the case
system stood on its day. Every planted fault is noted with its cell.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from making import planted, sheets
from making.cases import Case
from making.rows import EARLIER, HEADERS_NEW, HEADERS_OLD, OLD, Fault, Row, cell, lines
from making.sheets import chance

FIRST, SECOND, THIRD = date(2022, 10, 3), date(2023, 4, 14), date(2023, 5, 31)
BOOKS = {
    OLD: "register/2021-22_complaints_by_quarter.xlsx",
    FIRST: "register/2022-23_export_2022-10-03.xlsx",
    SECOND: "register/2022-23_export_2023-04-14.xlsx",
    THIRD: "register/2022-23_export_2023-05-31.xlsx",
}


def write(cases: list[Case], folder: Path) -> list[Fault]:
    """Write the four exports; give back what was planted."""
    _revise(cases)
    faults: list[Fault] = []
    by_day = {day: _rows(cases, day) for day in BOOKS}
    _old_book(by_day[OLD], folder, faults)
    for day in (FIRST, SECOND, THIRD):
        _new_book(by_day[day], day, folder, faults)
    return faults


def _revise(cases: list[Case]) -> None:
    """Choose the findings that a later export changes: six in the first overlap, three after."""
    EARLIER.clear()
    chosen: set[str] = set()
    for earlier, opening, wanted in (
        (FIRST, date(2022, 7, 1), 6),
        (SECOND, date(2023, 1, 1), 3),
    ):
        fit = [
            case
            for case in cases
            if case.received >= opening
            and len(case.stages) == 1
            and case.responded
            and case.responded <= earlier - timedelta(days=5)
            and case.outcome in ("upheld", "partly_upheld", "not_upheld")
        ]
        fit.sort(key=lambda case: chance("revised", case.id).random())
        kinds = ["upheld", "partly_upheld", "not_upheld"] * 2
        for kind in kinds[:wanted]:
            case = next(c for c in fit if c.outcome == kind and c.reference not in chosen)
            before = {"upheld": "Not Upheld", "partly_upheld": "Upheld"}.get(
                kind, "Partially Upheld"
            )
            EARLIER[case.reference, earlier] = before
            chosen.add(case.reference)


def _rows(cases: list[Case], day: date) -> list[Row]:
    """What an export of that day holds: received in its span, or still open when it began."""
    spans = {
        OLD: (date(2021, 3, 1), date(2022, 3, 31), date(2021, 3, 1)),
        FIRST: (date(2022, 4, 1), date(2022, 9, 30), OLD),
        SECOND: (date(2022, 7, 1), date(2023, 3, 31), FIRST),
        THIRD: (date(2023, 1, 1), date(2023, 5, 31), SECOND),
    }
    opening, closing, before = spans[day]
    rows = []
    for case in cases:
        for stage in case.stages:
            waiting = stage.received < opening and (
                stage.responded is None or stage.responded > before
            )
            if (day != OLD and opening <= stage.received <= closing) or (
                (waiting and day != OLD) or (day == OLD and stage.received <= closing)
            ):
                reference = case.reference
                if stage.number == 2 and chance("suffix", case.id).random() < 0.6 and day != OLD:
                    reference += "/S2"
                last = stage is case.stages[-1]
                rows.append(Row(case, stage, day, reference, last))
    return sorted(rows, key=lambda row: (row.stage.received, row.case.reference))


def _old_book(rows: list[Row], folder: Path, faults: list[Fault]) -> None:
    file = BOOKS[OLD]
    book = sheets.workbook()
    edges = ((4, "Q1 Apr-Jun"), (7, "Q2 Jul-Sep"), (10, "Q3 Oct-Dec"), (1, "Q4 Jan-Mar"))
    for month, title in edges:
        months = {month, month + 1, month + 2} | ({3} if month == 4 else set())
        inside = [
            row
            for row in rows
            if row.stage.received.month in months
            and not (
                row.stage.received.year == 2021 and row.stage.received.month == 3 and month == 1
            )
            and not (row.stage.received.year == 2022 and month == 4)
        ]
        sheet = book.create_sheet(title)
        sheets.add(sheet, ["Marlowe Vale Council: Children's complaints 2021-22, " + title])
        sheets.add(sheet, ["Service = All; Type = Statutory, Corporate; printed 13/04/2022"])
        sheets.blank(sheet)
        written = lines(sheet, inside, HEADERS_OLD)
        for row, at in written:
            planted.note(sheet, row, at, file, faults)
        if month == 10:
            planted.old(sheet, written, file, faults)
        if month == 1:
            for row, at in [(r, n) for r, n in written if r.finding in ("Part Upheld", "PU")][:3]:
                if row.case.outcome == "partly_upheld":
                    where = cell(sheet, at, HEADERS_OLD, "outcome")
                    sheet[where].value = "Part Uphled"
                    note = "misspelt outcome 'Part Uphled', which cl.toml maps"
                    faults.append(Fault(file, title, where, note))
        planted.foot(sheet, len(inside), faults, file)
    sheets.save(book, folder / file)


def _new_book(rows: list[Row], day: date, folder: Path, faults: list[Fault]) -> None:
    file = BOOKS[day]
    book = sheets.workbook()
    sheet = book.create_sheet("Export")
    sheets.add(sheet, ["Complaints Case Management", None, "Marlowe Vale Council"])
    sheets.add(sheet, [f"Run on {day:%d/%m/%Y} 08:14", None, "Filter: Directorate = Children"])
    written = lines(sheet, rows, HEADERS_NEW)
    for row, at in written:
        if (row.case.reference, day) in EARLIER:
            where = cell(sheet, at, HEADERS_NEW, "outcome")
            note = "a later export revises this outcome"
            faults.append(Fault(file, "Export", where, note, "outcome-changed"))
        planted.note(sheet, row, at, file, faults)
    if day == SECOND:
        planted.second(sheet, written, file, faults)
    if day == FIRST:
        planted.first(sheet, written, file, faults)
    planted.foot(sheet, len(rows), faults, file)
    sheets.save(book, folder / file)
