"""A report and its findings in; the data pack out: a workbook to read, reuse and check.

Laid out as the Government Analysis Function asks of published spreadsheets: cover, contents and
notes, then one table a sheet, each from column A, marked up and named, with one header row of
unique texts, no merged cells, no blank row inside, shorthand explained. Numbers are those that
the report shows, so nothing is hidden there and given away here.
"""

from __future__ import annotations

import io
from pathlib import Path

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.report import Report, Table, plain
from complaints_learning.write import numbered, safely, sheets, tidied
from complaints_learning.write.sheets import Book, Sheet

SHORTHAND = (
    (wording.HIDDEN, "Not shown, so that nobody can be identified."),
    (wording.MISSING, "Not supplied."),
    (wording.NOT_APPLICABLE, "Not applicable."),
)
FIGURES = "Every figure of this report"


def pack(report: Report, findings: Findings, target: Path) -> None:
    """Save the data pack. Raises WriteError when it cannot be saved."""
    safely.save(target, packed(report, findings))


def packed(report: Report, findings: Findings) -> bytes:
    """The workbook's bytes: the same for the same report."""
    tables = (*_tables(report), _figures(findings))
    notes = _notes(tables)
    book = sheets.started(report.marking)
    about = book.book.properties
    about.title = f"{report.title}: data pack"
    about.subject = report.subtitle
    about.creator = report.author or report.values.get("council", "")
    about.language = report.language
    about.description = report.marking or None
    sheets.cover(book, "Cover", f"{report.title}: data pack", _cover(report))
    _contents(book, tables)
    _notes_sheet(book, notes)
    for table in tables:
        used = [notes[note] for note in table.notes if note in notes]
        title = table.title + "".join(f" [note {number}]" for number in used)
        sheets.table(book, table, title, (_about(table, bool(used)),))
    made = io.BytesIO()
    book.book.save(made)
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
        of = wording.HIDDEN if figure.of_masked else wording.NOT_APPLICABLE
        shared = figure.of is not None or figure.of_masked
        rows.append(
            (
                name,
                figure.meaning,
                figure.unit,
                wording.figure(figure),
                of if figure.of is None else wording.number(figure.of),
                wording.figure(figure, "percent") if shared else wording.NOT_APPLICABLE,
            )
        )
    header = ("Name", "Meaning", "Unit", "Value", "Out of", "Percentage")
    numeric = (False, False, False, True, True, True)
    return Sheet("Figures", FIGURES, "figures", header, tuple(rows), numeric)


def _notes(tables: tuple[Sheet, ...]) -> dict[str, int]:
    """Each note once, numbered in the order in which the tables use them."""
    shorthand = tuple(mark for mark, _ in SHORTHAND)
    found: dict[str, int] = {}
    for table in tables:
        for note in table.notes:
            if not note.startswith(shorthand):
                found.setdefault(note, len(found) + 1)
    return found


def _cover(report: Report) -> tuple[str, ...]:
    values = report.values
    return (
        *(report.subtitle, values.get("council", ""), values.get("meeting", "")),
        "This workbook holds the tables of the report, one on each sheet, and every figure that"
        " the report may use, with its meaning.",
        "The numbers are rounded as in the report, and are the ones that it shows.",
        "The sheet Contents lists the sheets; the sheet Notes explains notes and shorthand.",
        "This edition is for the council's own use."
        if report.edition == "internal"
        else "Small numbers are not shown, so that nobody can be identified.",
        f"Made with complaints-learning {report.source}." if report.source else "",
    )


def _contents(book: Book, tables: tuple[Sheet, ...]) -> None:
    rows = (
        ("Cover", "What this workbook is"),
        ("Notes", "Notes and shorthand"),
        *((table.name, table.title) for table in tables),
    )
    header, plain_text = ("Sheet", "What it holds"), (False, False)
    listed = Sheet("Contents", "Contents", "contents", header, rows, plain_text)
    sheets.linked(book, sheets.table(book, listed, listed.title), len(rows))


def _notes_sheet(book: Book, notes: dict[str, int]) -> None:
    rows = (*SHORTHAND, *((f"[note {number}]", note) for note, number in notes.items()))
    header, plain_text = ("Mark", "Meaning"), (False, False)
    listed = Sheet("Notes", "Notes and shorthand", "notes", header, rows, plain_text)
    sheets.table(book, listed, listed.title)


def _about(table: Sheet, noted: bool) -> str:
    """What a reader should know before the table: its shorthand, and where its notes are."""
    shown = {text or wording.NOT_APPLICABLE for row in table.rows for text in row}
    if not table.rows:
        shown = {wording.NOT_APPLICABLE}
    said = [
        f" {mark} means: {wording.lower_first(means)}" for mark, means in SHORTHAND if mark in shown
    ]
    notes = " The sheet Notes has the notes in square brackets." if noted else ""
    return "This sheet holds one table." + "".join(said) + notes
