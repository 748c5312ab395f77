"""Cases in, the register's exports out, with everything that real exports have wrong with them.

Four exports: 2021-22 with a sheet a quarter, and three of 2022-23 that overlap, each as the case
system stood on its day. Every planted fault is noted with its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from making import sheets, words
from making.cases import Case, Stage
from making.sheets import chance
from openpyxl.worksheet.worksheet import Worksheet

FIRST, SECOND, THIRD = date(2022, 10, 3), date(2023, 4, 14), date(2023, 5, 31)
OLD = date(2022, 4, 13)
BOOKS = {
    OLD: "register/2021-22_complaints_by_quarter.xlsx",
    FIRST: "register/2022-23_export_2022-10-03.xlsx",
    SECOND: "register/2022-23_export_2023-04-14.xlsx",
    THIRD: "register/2022-23_export_2023-05-31.xlsx",
}


@dataclass(frozen=True)
class Fault:
    """Something planted for `cl check` to find: where, and what. `code` when it has one."""

    file: str
    sheet: str
    cell: str
    problem: str
    code: str = ""


@dataclass(frozen=True)
class Row:
    """One row of an export: a stage of a case as it stood on the export's day."""

    case: Case
    stage: Stage
    day: date
    reference: str
    last: bool

    @property
    def answered(self) -> date | None:
        given = self.stage.responded
        return given if given and given <= self.day else None

    @property
    def finding(self) -> str:
        if not self.answered:
            return "Withdrawn" if self.stage.typed == "Withdrawn" else ""
        typed = _EARLIER.get((self.case.reference, self.day), self.stage.typed)
        return _variant(typed, self)

    def luck(self, what: str) -> float:
        return chance(what, self.case.id, self.stage.number).random()

    def pick(self, what: str, among: Sequence[str]) -> str:
        return chance(what, self.case.id).choice(among)


_EARLIER: dict[tuple[str, date], str] = {}
"""Findings that an export held before a later one revised them."""


def _variant(typed: str, row: Row) -> str:
    """The same finding as different people type it."""
    old = row.day == OLD
    among = {
        "Upheld": ("Upheld", "Upheld", "Fully Upheld", "UPHELD")
        if old
        else ("Upheld",) * 5 + ("Fully upheld",),
        "Partially Upheld": ("Part Upheld", "PU", "Partly Upheld", "Part Upheld")
        if old
        else ("Partially Upheld", "Partially upheld", "Partially Upheld", "Upheld in part"),
        "Not Upheld": ("Not Upheld", "Not upheld", "NU") if old else ("Not Upheld", "Not upheld"),
        "Withdrawn": ("Withdrawn",),
        "Resolved": ("Resolved", "ADR") if old else ("Resolved",),
        "No Finding": ("No finding", "Inconclusive"),
        "Rejected": ("Rejected", "Out of jurisdiction"),
    }.get(typed, (typed,))
    return row.pick("variant", among)


def _day(day: date | None, row: Row, what: str) -> object:
    """A date as typed: mostly a true date, sometimes text, now and then a bare number."""
    if day is None:
        return None
    luck = row.luck("typing " + what)
    if luck < 0.10 or (row.day == OLD and day.month in (7, 8, 9)):
        return f"{day:%d/%m/%Y}"
    if luck < 0.125 and what == "received":
        return sheets.serial(day)
    return day


def _known(day: date | None, row: Row) -> date | None:
    return day if day and day <= row.day else None


def _service(row: Row) -> str:
    name = row.case.service
    if name == "SEND and EHC":
        return "SEND & EHC" if row.day == OLD else row.pick("service", (name, name, "SEND Team"))
    return name


def _procedure(row: Row) -> str:
    if row.case.procedure == "statutory" and row.day != OLD:
        return "Children Act"
    return row.case.procedure.title()


def _learning(row: Row) -> str:
    given = words.LEARNING.get(row.case.primary)
    if not (row.answered and given and row.case.upheld and row.luck("learning") < 0.78):
        return ""
    return row.pick("lesson", given)


def _action(row: Row) -> str:
    return row.pick("action", words.ACTIONS) if _learning(row) and row.luck("act") < 0.7 else ""


def _remedy(row: Row) -> str:
    if not (row.answered and row.case.upheld and row.last):
        return ""
    return "Payment" if _paid(row) else row.pick("remedy", words.REMEDIES)


def _paid(row: Row) -> int | None:
    due = row.case.upheld and row.answered and row.last
    if not due or row.luck("payment") > (0.22 if row.case.primary in ("ehc", "money") else 0.08):
        return None
    return chance("sum", row.case.id).choice(words.PAYMENTS)


def _ombudsman(row: Row) -> str:
    asked = row.answered and row.last and row.luck("ombudsman") < 0.03
    return row.pick("ombudsman", words.OMBUDSMAN) if asked else ""


def _disabled(row: Row) -> str:
    often = row.case.service in ("SEND and EHC", "Children with Disabilities")
    return "Yes" if row.luck("disabled") < (0.7 if often else 0.15) else "No"


def _who(row: Row) -> str:
    if row.case.complainant == "relative":
        return row.pick("who", ("Grandparent", "Relative"))
    return row.case.complainant.capitalize()


_ANY: dict[str, Callable[[Row], object]] = {
    "reference": lambda row: row.reference + (" " if row.luck("space") < 0.03 else ""),
    "procedure": _procedure,
    "stage": lambda row: row.stage.number if row.day != OLD else f"Stage {row.stage.number}",
    "received": lambda row: _day(row.stage.received, row, "received"),
    "acknowledged": lambda row: _day(_known(row.stage.acknowledged, row), row, "acknowledged"),
    "due": lambda row: _day(row.stage.due, row, "due"),
    "responded": lambda row: _day(row.answered, row, "responded"),
    "extended": lambda row: "Yes" if row.stage.extended else ("No" if row.day == OLD else ""),
    "service": _service,
    "team": lambda row: row.pick("team", words.TEAMS[row.case.service]),
    "category": lambda row: row.pick("category", words.CATEGORIES[row.case.primary]),
    "complainant": _who,
    "age": lambda row: row.pick("age", words.AGES),
    "gender": lambda row: row.pick("gender", words.GENDERS),
    "ethnicity": lambda row: row.pick("ethnicity", words.ETHNICITIES),
    "disability": _disabled,
    "text": lambda row: row.case.text,
    "outcome": lambda row: row.finding,
    "remedy": _remedy,
    "amount": _paid,
    "learning": _learning,
    "action": _action,
    "ombudsman": _ombudsman,
}
HEADERS_OLD = {
    "Case Ref": "reference",
    "Complaint Type": "procedure",
    "Stage": "stage",
    "Date Received": "received",
    "Ack Date": "acknowledged",
    "Target Date": "due",
    "Date Responded": "responded",
    "Extended?": "extended",
    "Service Area": "service",
    "Team": "team",
    "Nature of Complaint": "category",
    "Made By": "complainant",
    "Age Band": "age",
    "Gender": "gender",
    "Ethnicity": "ethnicity",
    "Disability": "disability",
    "Summary of Complaint": "text",
    "Outcome": "outcome",
    "Redress": "remedy",
    "Compensation £": "amount",
    "Lessons Learned": "learning",
    "Action Agreed": "action",
    "LGSCO Decision": "ombudsman",
}
HEADERS_NEW = {
    "Complaint No.": "reference",
    "Date Logged": "received",
    "Business Unit": "service",
    "Team": "team",
    "Process": "procedure",
    "Current Stage": "stage",
    "Relationship": "complainant",
    "Classification": "category",
    "Details": "text",
    "Acknowledgement Sent": "acknowledged",
    "Response Due": "due",
    "Response Sent": "responded",
    "Holding Letter": "extended",
    "Finding": "outcome",
    "Learning Identified": "learning",
    "What will we do differently?": "action",
    "Remedy": "remedy",
    "Amount paid": "amount",
    "Ombudsman": "ombudsman",
    "Age of child": "age",
    "Sex": "gender",
    "Ethnic Group": "ethnicity",
    "Disabled?": "disability",
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
    _EARLIER.clear()
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
            _EARLIER[case.reference, earlier] = before
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
        lines = _lines(sheet, inside, HEADERS_OLD)
        if month == 10:
            _plant_old(sheet, lines, file, faults)
        if month == 1:
            for row, at in [(r, n) for r, n in lines if r.finding in ("Part Upheld", "PU")][:3]:
                if row.case.outcome == "partly_upheld":
                    where = _cell(sheet, at, HEADERS_OLD, "outcome")
                    sheet[where].value = "Part Uphled"
                    note = "misspelt outcome 'Part Uphled', which cl.toml maps"
                    faults.append(Fault(file, title, where, note))
        _foot(sheet, len(inside), faults, file)
    sheets.save(book, folder / file)


def _new_book(rows: list[Row], day: date, folder: Path, faults: list[Fault]) -> None:
    file = BOOKS[day]
    book = sheets.workbook()
    sheet = book.create_sheet("Export")
    sheets.add(sheet, ["Complaints Case Management", None, "Marlowe Vale Council"])
    sheets.add(sheet, [f"Run on {day:%d/%m/%Y} 08:14", None, "Filter: Directorate = Children"])
    lines = _lines(sheet, rows, HEADERS_NEW)
    for row, at in lines:
        if (row.case.reference, day) in _EARLIER:
            where = _cell(sheet, at, HEADERS_NEW, "outcome")
            note = "a later export revises this outcome"
            faults.append(Fault(file, "Export", where, note))
        _note(sheet, row, at, file, faults)
    if day == SECOND:
        _plant_second(sheet, lines, file, faults)
    if day == FIRST:
        _plant_first(sheet, lines, file, faults)
    _foot(sheet, len(rows), faults, file)
    sheets.save(book, folder / file)


def _lines(sheet: Worksheet, rows: list[Row], headers: dict[str, str]) -> list[tuple[Row, int]]:
    sheets.bold(sheet, sheets.add(sheet, list(headers)))
    return [
        (row, sheets.add(sheet, [_ANY[name](row) for name in headers.values()])) for row in rows
    ]


def _cell(sheet: Worksheet, row: int, headers: dict[str, str], name: str) -> str:
    column = list(headers.values()).index(name) + 1
    return str(sheet.cell(row, column).coordinate)


def _foot(sheet: Worksheet, count: int, faults: list[Fault], file: str) -> None:
    at = sheets.add(sheet, ["Total", count])
    faults.append(Fault(file, sheet.title, f"A{at}", "totals row under the data"))
    sheets.blank(sheet)
    at = sheets.add(sheet, ["Figures are provisional until signed off by the Complaints Team."])
    faults.append(Fault(file, sheet.title, f"A{at}", "footnote under the data"))


def _note(sheet: Worksheet, row: Row, at: int, file: str, faults: list[Fault]) -> None:
    """Note the faults that come with the case itself."""
    where = _cell(sheet, at, HEADERS_NEW, "outcome")
    if row.stage.typed in ("Information", "Upehld") and row.answered:
        note = f"outcome '{row.stage.typed}' is not in the map"
        faults.append(Fault(file, sheet.title, where, note, "outcome-unknown"))
    if row.case.outcome == "not_recorded" and row.answered:
        note = "answered, but no outcome recorded"
        faults.append(Fault(file, sheet.title, where, note))


def _plant(sheet: Worksheet, at: int, name: str, value: object, headers: dict[str, str]) -> str:
    where = _cell(sheet, at, headers, name)
    sheet[where].value = value
    return where


def _plain(lines: list[tuple[Row, int]], number: int, after: date) -> tuple[Row, int]:
    """The row to spoil: not upheld, of one stage, received after a day, the number-th of them."""
    fit = [
        (row, at)
        for row, at in lines
        if row.case.outcome == "not_upheld"
        and len(row.case.stages) == 1
        and row.case.received >= after
        and row.answered
        and (row.case.reference, row.day) not in _EARLIER
    ]
    return fit[number]


def _plant_old(
    sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]
) -> None:
    at = sheets.add(sheet, ["Ref TBC", "Corporate", "Stage 1", date(2021, 11, 23)])
    sheet.cell(at, 17).value = "Anonymous letter about parking at the contact centre."
    faults.append(Fault(file, sheet.title, f"A{at}", "no reference yet: 'Ref TBC'"))


def _plant_first(
    sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]
) -> None:
    early = [(row, at) for row, at in lines if row.case.received < date(2022, 7, 1)]
    row, at = _plain(early, 2, date(2022, 4, 1))
    assert row.answered
    wrong = row.answered.replace(year=2021)
    where = _plant(sheet, at, "responded", wrong, HEADERS_NEW)
    faults.append(Fault(file, "Export", where, "answered before it was received"))
    row, at = _plain(early, 5, date(2022, 4, 1))
    sheets.add(sheet, [cell.value for cell in sheet[at]])
    faults.append(Fault(file, "Export", f"A{sheet.max_row}", f"the same row again as row {at}"))


def _plant_second(
    sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]
) -> None:
    final = [(row, at) for row, at in lines if row.case.received < date(2022, 12, 20)]
    plain = [_plain(final, number, date(2022, 10, 4)) for number in range(5)]
    for (_, at), name, value, note in (
        (plain[0], "acknowledged", "31/11/2022", "a date that does not exist: 31/11/2022"),
        (plain[1], "team", "#N/A", "an error cell: #N/A"),
        (plain[2], "service", "Yth Hub", "a service that is not in the list"),
        (plain[3], "amount", "tbc", "an amount that is not a number"),
        (plain[4], "due", "w/c 5/12/22", "a week instead of a day"),
    ):
        where = _plant(sheet, at, name, value, HEADERS_NEW)
        faults.append(Fault(file, "Export", where, note))
    for text, day in (
        ("Card through the door of the family centre, no name.", date(2022, 9, 8)),
        ("Voicemail, unclear, about a worker being late.", date(2023, 1, 19)),
    ):
        at = sheets.add(sheet, ["TBC", day, "Early Help"])
        sheet.cell(at, 9).value = text
        faults.append(Fault(file, "Export", f"A{at}", "no reference yet: 'TBC'"))
