"""A stage of a case in, one row of an export out, as different people type it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from making import sheets, words
from making.cases import Case, Stage
from making.sheets import chance
from openpyxl.worksheet.worksheet import Worksheet

OLD = date(2022, 4, 13)
"""The day of the export of 2021-22, from the case system before the present one."""


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
        """The answer's date, when it was sent by the export's day."""
        given = self.stage.responded
        return given if given and given <= self.day else None

    @property
    def finding(self) -> str:
        """The outcome as the export has it."""
        if not self.answered:
            return "Withdrawn" if self.stage.typed == "Withdrawn" else ""
        typed = EARLIER.get((self.case.reference, self.day), self.stage.typed)
        return _variant(typed, self)

    def luck(self, what: str) -> float:
        """A number from 0 to 1 that is this row's own."""
        return chance(what, self.case.id, self.stage.number).random()

    def pick(self, what: str, among: Sequence[str]) -> str:
        """One of several, the same for each row of the case."""
        return chance(what, self.case.id).choice(among)


EARLIER: dict[tuple[str, date], str] = {}
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
    often = 0.6 if row.stage.number == 2 else 0.05
    asked = row.answered and row.last and row.luck("ombudsman") < often
    return row.pick("ombudsman", words.OMBUDSMAN) if asked else ""


def _disabled(row: Row) -> str:
    often = row.case.service in ("SEND and EHC", "Children with Disabilities")
    return "Yes" if row.luck("disabled") < (0.7 if often else 0.15) else "No"


def _who(row: Row) -> str:
    if row.case.complainant == "relative":
        return row.pick("who", ("Grandparent", "Relative"))
    return row.case.complainant.capitalize()


def _name(row: Row, whose: str) -> str:
    luck = chance("name", whose, row.case.id)
    return f"{luck.choice(words.FIRST_NAMES)} {luck.choice(words.SURNAMES)}"


CELLS: dict[str, Callable[[Row], object]] = {
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
    "complainant_name": lambda row: _name(row, "complainant"),
    "child_name": lambda row: _name(row, "child"),
    "officer": lambda row: _name(row, "officer"),
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
    "Name of Complainant": "complainant_name",
    "Made By": "complainant",
    "Age Band": "age",
    "Gender": "gender",
    "Ethnicity": "ethnicity",
    "Disability": "disability",
    "Summary of Complaint": "text",
    "Investigating Officer": "officer",
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
    "Complainant Name": "complainant_name",
    "Relationship": "complainant",
    "Child's Name": "child_name",
    "Classification": "category",
    "Details": "text",
    "Acknowledgement Sent": "acknowledged",
    "Response Due": "due",
    "Response Sent": "responded",
    "Holding Letter": "extended",
    "Investigating Officer": "officer",
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


def lines(sheet: Worksheet, rows: list[Row], headers: dict[str, str]) -> list[tuple[Row, int]]:
    """Write the header and the rows; say which row each is in."""
    sheets.bold(sheet, sheets.add(sheet, list(headers)))
    return [
        (row, sheets.add(sheet, [CELLS[name](row) for name in headers.values()])) for row in rows
    ]


def cell(sheet: Worksheet, row: int, headers: dict[str, str], name: str) -> str:
    """The address of a column's cell in a row."""
    column = list(headers.values()).index(name) + 1
    return str(sheet.cell(row, column).coordinate)
