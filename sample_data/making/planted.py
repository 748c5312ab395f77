"""What is wrong in the exports on purpose, and where it stands."""

from __future__ import annotations

from datetime import date

from making import sheets
from making.rows import EARLIER, HEADERS_NEW, HEADERS_OLD, OLD, Fault, Row, cell
from openpyxl.worksheet.worksheet import Worksheet

UNKNOWN = "no reference yet"


def foot(sheet: Worksheet, count: int, faults: list[Fault], file: str) -> None:
    """Write the totals row and the footnote."""
    at = sheets.add(sheet, ["Total", count])
    faults.append(Fault(file, sheet.title, f"A{at}", "totals row under the data"))
    sheets.blank(sheet)
    at = sheets.add(sheet, ["Figures are provisional until signed off by the Complaints Team."])
    faults.append(Fault(file, sheet.title, f"A{at}", "footnote under the data"))


def note(sheet: Worksheet, row: Row, at: int, file: str, faults: list[Fault]) -> None:
    """Note the faults that come with the case itself."""
    where = cell(sheet, at, HEADERS_OLD if row.day == OLD else HEADERS_NEW, "outcome")
    if row.stage.typed in ("Information", "Upehld") and row.answered:
        problem = f"outcome '{row.stage.typed}' is not in the map"
        faults.append(Fault(file, sheet.title, where, problem, "outcome-unknown"))
    if row.case.outcome == "not_recorded" and row.answered:
        problem = "answered, but no outcome recorded"
        faults.append(Fault(file, sheet.title, where, problem, "outcome-missing"))


def _plant(sheet: Worksheet, at: int, name: str, value: object, headers: dict[str, str]) -> str:
    where = cell(sheet, at, headers, name)
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
        and (row.case.reference, row.day) not in EARLIER
    ]
    return fit[number]


def old(sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]) -> None:
    """Spoil the third quarter of 2021-22."""
    at = sheets.add(sheet, ["Ref TBC", "Corporate", "Stage 1", date(2021, 11, 23)])
    sheet[
        cell(sheet, at, HEADERS_OLD, "text")
    ].value = "Anonymous letter about parking at the contact centre."
    faults.append(
        Fault(file, sheet.title, f"A{at}", "no reference yet: 'Ref TBC'", "reference-missing")
    )


def first(sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]) -> None:
    """Spoil the first export of 2022-23."""
    early = [(row, at) for row, at in lines if row.case.received < date(2022, 7, 1)]
    row, at = _plain(early, 2, date(2022, 4, 1))
    assert row.answered
    wrong = row.answered.replace(year=2021)
    where = _plant(sheet, at, "responded", wrong, HEADERS_NEW)
    faults.append(
        Fault(file, "Export", where, "answered before it was received", "dates-out-of-order")
    )
    row, at = _plain(early, 5, date(2022, 4, 1))
    sheets.add(sheet, [copied.value for copied in sheet[at]])
    faults.append(
        Fault(
            file, "Export", f"A{sheet.max_row}", f"the same row again as row {at}", "row-repeated"
        )
    )


def second(sheet: Worksheet, lines: list[tuple[Row, int]], file: str, faults: list[Fault]) -> None:
    """Spoil the second export of 2022-23."""
    final = [(row, at) for row, at in lines if row.case.received < date(2022, 12, 20)]
    plain = [_plain(final, number, date(2022, 10, 4)) for number in range(5)]
    no_day = "a date that does not exist: 31/11/2022"
    for (_, at), name, value, problem, code in (
        (plain[0], "acknowledged", "31/11/2022", no_day, "date-impossible"),
        (plain[1], "team", "#N/A", "an error cell: #N/A", "cell-error"),
        (plain[2], "service", "Yth Hub", "a service that is not in the list", "service-unknown"),
        (plain[3], "amount", "two hundred", "an amount that is not a number", "number-unreadable"),
        (plain[4], "due", "w/c 5/12/22", "a week instead of a day", "date-week"),
    ):
        where = _plant(sheet, at, name, value, HEADERS_NEW)
        faults.append(Fault(file, "Export", where, problem, code))
    for text, day in (
        ("Card through the door of the family centre, no name.", date(2022, 9, 8)),
        ("Voicemail, unclear, about a worker being late.", date(2023, 1, 19)),
    ):
        at = sheets.add(sheet, ["TBC", day, "Early Help"])
        sheet[cell(sheet, at, HEADERS_NEW, "text")].value = text
        faults.append(
            Fault(file, "Export", f"A{at}", "no reference yet: 'TBC'", "reference-missing")
        )
