"""The data pack: laid out as published spreadsheets should be, and safe to open."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace
from openpyxl.utils import range_boundaries

import builders_report as made
from complaints_learning import write
from complaints_learning.nouns import period
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.report import Report, Table
from complaints_learning.write import cells

RISKY = ("=1+1", "+44 1384", "-2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1")


def findings(*figures: Figure) -> Findings:
    given = figures or (
        Figure("received", 301, "Complaints received"),
        Figure("upheld", 126, "Complaints upheld or partially upheld", of=301, of_name="received"),
        Figure("money", None, "Complaints about money", of=None, masked="small"),
        Figure("contacts", None, "Contacts", unit="contacts"),
        Figure("days", 12.5, "Median working days", unit="working days", base=100),
    )
    return Findings(period.parse("2023", "end"), {figure.name: figure for figure in given})


def book(folder: Path, report: Report | None = None, found: Findings | None = None) -> Any:
    target = folder / "pack.xlsx"
    write.pack(report or made.a_report(), found or findings(), target)
    return openpyxl.load_workbook(target)


def rows_of(sheet: Any) -> list[tuple[object, ...]]:
    """The rows of the sheet's one marked-up table, heading first."""
    (table,) = sheet.tables.values()
    left, top, right, foot = range_boundaries(table.ref)
    return list(sheet.iter_rows(top, foot, left, right, values_only=True))


def test_cover_contents_and_notes_come_first_then_a_sheet_a_table(tmp_path: Path) -> None:
    pack = book(tmp_path)
    assert pack.sheetnames == ["Cover", "Contents", "Notes", "Table 1", "Table 2", "Figures"]
    assert [cell.value for cell in pack["Cover"]["A"]] == [
        "Learning from Complaints: data pack",
        "1 April 2022 to 31 March 2023",
        "Marlbrook Council",
        "Meeting of the Children's Services Select Committee - 11 March 2024",
        "This workbook holds the tables of the report, one on each sheet, and every figure that the"
        " report may use, with its meaning.",
        "The numbers are rounded as in the report, and are the ones that it shows.",
        "The sheet Contents lists the sheets; the sheet Notes explains notes and shorthand.",
        "Small numbers are not shown, so that nobody can be identified.",
        "Made with complaints-learning 0.1.0 0123456789ab.",
    ]


def test_the_contents_link_to_every_sheet(tmp_path: Path) -> None:
    pack = book(tmp_path)
    assert rows_of(pack["Contents"]) == [
        ("Sheet", "What it holds"),
        ("Cover", "What this workbook is"),
        ("Notes", "Notes and shorthand"),
        ("Table 1", "Table 1: Complaints upheld or partially upheld, by theme"),
        ("Table 2", "Table 2: Complaints received each month"),
        ("Figures", "Every figure of this report"),
    ]
    links = [row[0].hyperlink for row in pack["Contents"].iter_rows(min_row=3)]
    assert [link.location for link in links] == [
        *("'Cover'!A1", "'Notes'!A1", "'Table 1'!A1", "'Table 2'!A1", "'Figures'!A1")
    ]
    assert not any(link.target for link in links)


def test_a_table_has_its_title_what_to_know_and_its_numbers_as_numbers(tmp_path: Path) -> None:
    sheet = book(tmp_path)["Table 1"]
    assert sheet["A1"].value == "Table 1: Complaints upheld or partially upheld, by theme"
    assert sheet["A2"].value == (
        "This sheet holds one table. [c] means: not shown, so that nobody can be identified."
    )
    assert rows_of(sheet) == [
        ("Theme", "Complaints", "Percentage of 126"),
        ("Communication", 19, 0.15),
        ("Staff behaviour", 13, 0.1),
        ("Money", "[c]", "[c]"),
    ]
    assert sheet["C4"].number_format == "0%"
    assert sheet["B3"].alignment.horizontal == sheet["B6"].alignment.horizontal == "right"
    assert sheet["A4"].alignment.wrap_text and sheet.column_dimensions["A"].width >= 18


def test_every_figure_is_there_with_its_meaning_and_as_it_is_shown(tmp_path: Path) -> None:
    assert rows_of(book(tmp_path)["Figures"]) == [
        ("Name", "Meaning", "Unit", "Value", "Out of", "Percentage"),
        ("contacts", "Contacts", "contacts", "[x]", "[z]", "[z]"),
        ("days", "Median working days", "working days", 12.5, "[z]", "[z]"),
        ("money", "Complaints about money", "complaints", "[c]", "[z]", "[z]"),
        ("received", "Complaints received", "complaints", 301, "[z]", "[z]"),
        ("upheld", "Complaints upheld or partially upheld", "complaints", 126, 301, 0.42),
    ]


def test_notes_are_numbered_once_and_named_in_the_titles(tmp_path: Path) -> None:
    first = replace(made.a_table(), notes=("Received in the year.", "[c] not shown."))
    second = replace(made.a_table("again"), notes=("Rounded.", "Received in the year."))
    pack = book(tmp_path, made.a_report(first, second))
    assert rows_of(pack["Notes"]) == [
        ("Mark", "Meaning"),
        ("[c]", "Not shown, so that nobody can be identified."),
        ("[x]", "Not supplied."),
        ("[z]", "Not applicable."),
        ("[note 1]", "Received in the year."),
        ("[note 2]", "Rounded."),
    ]
    assert pack["Table 1"]["A1"].value.endswith(", by theme [note 1]")
    assert pack["Table 2"]["A1"].value.endswith(", by theme [note 2] [note 1]")
    assert pack["Table 1"]["A2"].value.endswith("The sheet Notes has the notes in square brackets.")


def test_every_sheet_but_the_cover_is_one_marked_up_table_without_gaps(tmp_path: Path) -> None:
    pack = book(tmp_path)
    names = set()
    for sheet in pack.worksheets:
        assert not sheet.merged_cells.ranges and sheet.sheet_state == "visible"
        assert all(sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1))
        if sheet.title == "Cover":
            continue
        (table,) = sheet.tables.values()
        names.add(table.displayName)
        heading, *body = rows_of(sheet)
        assert len(set(heading)) == len(heading) and all(heading) and body
        assert all(value not in (None, "") for row in body for value in row)
        assert table.ref.endswith(f"{sheet.max_row}") and sheet.max_column == len(heading)
        assert sheet.print_title_rows
    assert names == {"t_contents", "t_notes", "t_table_1_themes", "t_table_2_wide", "t_figures"}


def test_headings_that_repeat_or_are_empty_get_names_of_their_own(tmp_path: Path) -> None:
    odd = Table("odd", "Odd", ("", "Number", "number"), ((made.line("a"),) * 3,), (False,) * 3)
    sheet = book(tmp_path, made.a_report(odd))["Table 1"]
    assert rows_of(sheet)[0] == ("Column 1", "Number", "number (2)")


@pytest.mark.parametrize("count", [0, 1, 300])
def test_a_table_of_none_one_and_many_rows(tmp_path: Path, count: int) -> None:
    rows = tuple((made.line(f"Row {n}"), made.line(str(n))) for n in range(count))
    table = Table("rows", "Rows", ("Row", "Number"), rows, (False, True))
    sheet = book(tmp_path, made.a_report(table))["Table 1"]
    _, *body = rows_of(sheet)
    if count == 0:
        assert body == [("There is nothing to show in this table.", "[z]")]
        assert sheet["A2"].value == "This sheet holds one table. [z] means: not applicable."
    else:
        assert body == [(f"Row {n}", n) for n in range(count)]


def test_a_report_without_tables_or_figures_is_still_a_pack(tmp_path: Path) -> None:
    empty = replace(made.a_report(), sections=())
    pack = book(tmp_path, empty, Findings(period.parse("2023", "end"), {}))
    assert pack.sheetnames == ["Cover", "Contents", "Notes", "Figures"]


@pytest.mark.parametrize("text", RISKY)
def test_text_never_becomes_a_formula_and_stays_text_when_copied_on(
    tmp_path: Path, text: str
) -> None:
    table = Table("t", text, (text, "n"), ((made.line(text), made.line(text)),), (False, True))
    report = replace(made.a_report(table), title=text, subtitle=text, author=text, marking=text)
    pack = book(tmp_path, report, findings(Figure("f", 1, text, unit=text)))
    kept = 0
    for sheet in pack.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                if isinstance(cell.value, str) and cell.value.startswith(cells.RISKY):
                    assert cell.quotePrefix, (sheet.title, cell.coordinate)
                    kept += 1
    assert kept >= 8
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as archive:
        for name in archive.namelist():
            assert not re.search(rb"<f[ >]", archive.read(name)), name


def test_a_cell_holds_what_excel_can_hold(tmp_path: Path) -> None:
    nasty = "a\x00b\x0bc\ufffe" + "x" * 40_000
    table = Table("t", "T", ("A", "B"), ((made.line(nasty), made.line("")),), (False, False))
    _, (one, two) = rows_of(book(tmp_path, made.a_report(table))["Table 1"])
    assert one == "abc" + "x" * (32_767 - 3) and two == "[z]"


@pytest.mark.parametrize(
    ("shown", "value", "form"),
    [
        ("0", 0, "#,##0"),
        ("16,861", 16861, "#,##0"),
        ("-3", -3, "#,##0"),
        ("+3", 3, "+#,##0;-#,##0;0"),
        ("1.79", 1.79, "#,##0.00"),
        ("15%", 0.15, "0%"),
        ("12.5%", 0.125, "0.0%"),
        ("£1,250", 1250, '"£"#,##0'),
    ],
)
def test_a_number_stays_a_number_and_looks_as_in_the_report(
    shown: str, value: float, form: str
) -> None:
    assert cells.number(shown) == (value, form)


def test_what_is_not_just_a_number_stays_text(tmp_path: Path) -> None:
    shown = ("[c]", "under 1%", "1 to 5", "1,23", "12-13", "1e5", "٣", "-")
    lines = tuple((made.line("a"), made.line(one)) for one in (*shown, "7"))
    table = Table("t", "T", ("Ref", "n"), lines, (False, True))
    rows = rows_of(book(tmp_path, made.a_report(table))["Table 1"])
    assert [row[1] for row in rows[1:]] == [*shown, 7]
    assert cells.number("") is None


def test_only_columns_of_numbers_hold_numbers(tmp_path: Path) -> None:
    table = Table("t", "T", ("Ref", "n"), ((made.line("00123"), made.line("7")),), (False, True))
    assert rows_of(book(tmp_path, made.a_report(table))["Table 1"])[1] == ("00123", 7)


def test_the_internal_edition_is_marked_on_every_sheet_and_printed_page(tmp_path: Path) -> None:
    pack = book(tmp_path, made.a_report(marking=made.MARKING))
    for sheet in pack.worksheets:
        assert sheet["A2"].value == made.MARKING
        assert sheet.oddHeader.center.text == made.MARKING
    assert pack.properties.description == made.MARKING
    public = book(tmp_path)
    assert not any(
        made.MARKING in str(cell.value) for s in public for row in s.iter_rows() for cell in row
    )


def test_the_file_says_its_title_and_language_and_not_when_it_was_made(tmp_path: Path) -> None:
    properties = book(tmp_path).properties
    assert properties.title == "Learning from Complaints: data pack"
    assert properties.language == "en-GB" and properties.creator == "A Reporter"
    with zipfile.ZipFile(tmp_path / "pack.xlsx") as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "created" not in core and "modified" not in core


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    write.pack(made.a_report(), findings(), one)
    write.pack(made.a_report(), findings(), two)
    assert one.read_bytes() == two.read_bytes()


def test_an_open_xml_validator_finds_nothing(tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    book(tmp_path, made.a_report(marking=made.MARKING))
    found = OpenXmlValidator().validate(tmp_path / "pack.xlsx")
    assert [str(error) for error in found.errors] == []


def test_another_reader_sees_the_same_cells(tmp_path: Path) -> None:
    import python_calamine

    book(tmp_path)
    read = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO((tmp_path / "pack.xlsx").read_bytes())
    )
    rows = read.get_sheet_by_name("Table 1").to_python()
    assert rows[3:] == [
        ["Communication", 19.0, 0.15],
        ["Staff behaviour", 13.0, 0.1],
        ["Money", "[c]", "[c]"],
    ]
