"""Cases in, what came after them out: compliments, monitoring forms and the action register."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from making import sheets, words
from making.cases import Case
from making.rows import Fault
from making.sheets import chance
from openpyxl.worksheet.worksheet import Worksheet

NEW = "monitoring/Complaint learning form 2022-23.xlsx"
OLD = "monitoring/monitoring_forms_2021-22.xlsx"
SINGLE = "monitoring/form_family_safeguarding_{}.xlsx"
ACTIONS = "actions.xlsx"


@dataclass(frozen=True)
class Form:
    """One monitoring form, as a manager filled it in."""

    typed: str
    case: Case
    completed: date
    learning: str
    supervision: str
    practice: str
    themes: tuple[str, ...]


def compliments(source: Path, folder: Path) -> None:
    """Write the register of compliments and comments."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    book = sheets.workbook()
    sheet = book.create_sheet("Feedback")
    sheets.add(sheet, ["Marlowe Vale Council: compliments and comments, April 2021 to April 2023"])
    sheets.blank(sheet)
    header = ["Feedback Ref", "Kind", "Date Received", "Service", "From", "What was said"]
    sheets.bold(sheet, sheets.add(sheet, header))
    for number, row in enumerate(rows, 101):
        day = date.fromisoformat(row["date"])
        sheets.add(
            sheet, [f"CP{number:05d}", row["kind"], day, row["service"], row["from"], row["text"]]
        )
    sheets.save(book, folder / "register" / "compliments_and_comments_2021-23.xlsx")


def forms(cases: list[Case], folder: Path) -> list[Fault]:
    """Write a table of forms for each year, and three forms that came as files of their own."""
    faults: list[Fault] = []
    made = {
        year: _forms(cases, year, share) for year, share in (("2021-22", 0.5), ("2022-23", 0.67))
    }
    single = [f for f in made["2022-23"] if f.case.service == "Family Safeguarding"][:3]
    rest = [form for form in made["2022-23"] if form not in single]
    _old_table(made["2021-22"], {case.reference for case in cases}, folder, faults)
    _new_table(rest, folder, faults)
    for number, form in enumerate(single, 1):
        _single(form, folder / SINGLE.format(number))
    return faults


def _forms(cases: list[Case], year: str, share: float) -> list[Form]:
    upheld = [case for case in cases if case.year == year and case.upheld and case.responded]
    slower = ("SEND and EHC", "Independent Review")
    found = []
    for case in upheld:
        luck = chance("form", case.id)
        asked = share - 0.18 if case.service in slower else share + 0.10
        if luck.random() >= asked:
            continue
        assert case.responded
        completed = sheets.later(case.responded, luck.choice((3, 5, 8, 10, 14, 20, 27, 40)))
        among = words.LESSONS.get(case.primary, words.LESSONS["other"])
        none = luck.random() < 0.12
        ticked = [t for t in case.themes if t in words.TITLES and luck.random() < 0.9]
        if luck.random() < 0.15:
            ticked.append(luck.choice(("communication", "support", "delay")))
        found.append(
            Form(
                case.reference,
                case,
                completed,
                luck.choice(words.NONE) if none else luck.choice(among),
                luck.choice(("Yes",) * 7 + ("No", "No", "")),
                luck.choice(("Yes",) * 4 + ("No",) * 4 + ("",)),
                tuple(dict.fromkeys(ticked)),
            )
        )
    return sorted(found, key=lambda form: (form.completed, form.typed))


def _old_table(found: list[Form], known: set[str], folder: Path, faults: list[Fault]) -> None:
    book = sheets.workbook()
    sheet = book.create_sheet("Forms")
    sheets.add(sheet, ["Complaint monitoring forms returned, 2021-22"])
    header = ["Form No", "Complaint Ref", "Date completed", "Service", "Themes"]
    header += ["Learning identified", "Shared in supervision", "Sent to CPP"]
    sheets.bold(sheet, sheets.add(sheet, header))
    for number, form in enumerate(found, 1):
        titles = "; ".join(words.TITLES[theme] for theme in form.themes)
        day: object = form.completed
        if chance("form day", form.typed).random() < 0.15:
            day = f"{form.completed:%d/%m/%Y}"
        values = [form.typed, day, form.case.service, titles, form.learning]
        sheets.add(sheet, [number, *values, form.supervision, form.practice])
    first = sheet.max_row - len(found) + 1
    swaps = [form.typed[:-2] + form.typed[-1] + form.typed[-2] for form in found]
    at, swapped = next((at, new) for at, new in enumerate(swaps) if at > 3 and new not in known)
    _retype(sheet, first + at, 2, swapped, OLD, faults, "mistyped reference: two digits swapped")
    _retype(sheet, first + 11, 2, "0099120", OLD, faults, "reference that matches nothing")
    _retype(sheet, first + 20, 2, None, OLD, faults, "form without a reference")
    sheets.save(book, folder / OLD)


def _new_table(found: list[Form], folder: Path, faults: list[Fault]) -> None:
    """As Microsoft Forms exports: questions for headers, several answers joined by ';'."""
    book = sheets.workbook()
    sheet = book.create_sheet("Form1")
    header = ["ID", "Start time", "Completion time", "Email", "Name"]
    header += ["What is the complaint reference?", "Which service?"]
    header += ["What was the complaint about?", "What was the learning from this complaint?"]
    header += ["Has the learning been shared in supervision?"]
    header += ["Has the learning been shared with the Centre for Professional Practice?"]
    header += ["How easy was this form to complete?"]
    sheets.bold(sheet, sheets.add(sheet, header))
    twice = [found[9], found[30]]
    for number, form in enumerate(sorted([*found, *twice], key=lambda f: f.completed), 1):
        luck = chance("form clock", form.typed, number)
        at = datetime.combine(form.completed, time(luck.randint(8, 17), luck.randint(0, 59)))
        titles = "".join(words.TITLES[theme] + ";" for theme in form.themes)
        values = [form.typed, form.case.service, titles, form.learning]
        sheets.add(
            sheet,
            [
                *(number, at - timedelta(minutes=luck.randint(4, 25)), at, "anonymous", None),
                *(*values, form.supervision, form.practice, luck.randint(2, 5)),
            ],
        )
    typed = {row: str(sheet.cell(row, 6).value) for row in range(2, sheet.max_row + 1)}
    for row, value, note in (
        (6, typed[6].lstrip("0"), "mistyped reference: leading zeros lost"),
        (15, "O" + typed[15][1:], "mistyped reference: a letter O for a nought"),
        (23, "0088001", "reference that matches nothing"),
        (37, typed[37][:-1], "mistyped reference: last digit lost"),
        (48, "not known", "form without a reference"),
    ):
        _retype(sheet, row, 6, value, NEW, faults, note)
    for form in twice:
        row = max(row for row, was in typed.items() if was == form.typed)
        note = "a second form for the same complaint"
        faults.append(Fault(NEW, "Form1", f"F{row}", note, "form-repeated"))
    sheets.save(book, folder / NEW)


def _retype(
    sheet: Worksheet,
    row: int,
    column: int,
    value: str | None,
    file: str,
    faults: list[Fault],
    note: str,
) -> None:
    cell = sheet.cell(row, column)
    cell.value = value
    known = value is not None and any(sign.isdigit() for sign in value)
    code = "form-unmatched" if known else "form-no-reference"
    faults.append(Fault(file, sheet.title, cell.coordinate, note, code))


def _single(form: Form, path: Path) -> None:
    book = sheets.workbook()
    sheet = book.create_sheet("Form")
    sheets.add(sheet, ["Complaint monitoring form"])
    sheets.add(sheet, ["To be completed by the responding manager within ten working days"])
    sheets.blank(sheet)
    for label, answer in (
        ("Complaint reference", form.typed),
        ("Service", form.case.service),
        ("Date completed", form.completed),
        ("Themes", "; ".join(words.TITLES[theme] for theme in form.themes)),
        ("Learning identified", form.learning),
        ("Shared in supervision", form.supervision),
        ("Shared with CPP", form.practice),
    ):
        sheets.add(sheet, [label, answer])
    sheets.save(book, path)


def actions(cases: list[Case], source: Path, folder: Path) -> list[Fault]:
    """Write the action register. Where the source gives a theme and a number, the reference is
    that of the number-th complaint upheld for it in 2022-23."""
    with source.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    book = sheets.workbook()
    sheet = book.create_sheet("Actions")
    sheets.add(sheet, ["Learning from complaints: action register"])
    header = ["No", "Complaint Ref", "Theme", "Action", "Owner", "Date agreed", "By when"]
    header += ["Date completed", "Evidence", "Service"]
    sheets.bold(sheet, sheets.add(sheet, header))
    faults = []
    for number, row in enumerate(rows, 1):
        reference = _reference(cases, row["from"]) if row["from"] else ""
        days = [date.fromisoformat(row[n]) if row[n] else None for n in ("agreed", "due", "done")]
        values = [row["theme"], row["action"], row["owner"], *days, row["evidence"], row["service"]]
        at = sheets.add(sheet, [number, reference, *values])
        if days[0] and days[2] and days[2] < days[0]:
            note = "completed before it was agreed"
            faults.append(Fault(ACTIONS, "Actions", f"H{at}", note, "dates-out-of-order"))
    sheets.save(book, folder / ACTIONS)
    return faults


def _reference(cases: list[Case], which: str) -> str:
    theme, _, number = which.partition(" ")
    upheld = [case for case in cases if case.year == "2022-23" and case.upheld]
    return [case for case in upheld if case.primary == theme][int(number)].reference
