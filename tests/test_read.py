"""Files as they come: what they are, where the header is, which rows are records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from complaints_learning import read
from complaints_learning.nouns.errors import ReadError
from complaints_learning.nouns.raw import RawTable

HEADERS = ["Ref", "Date received", "Outcome"]
ROW = ["C1", date(2023, 4, 3), "Upheld"]


def a_sheet(path: Path, rows: list[list[Any]], **changes: Any) -> Path:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    if "merge" in changes:
        sheet.merge_cells(changes["merge"])
    for row in changes.get("hide", ()):
        sheet.row_dimensions[row].hidden = True
    book.save(path)
    return path


def one(path: Path, wanted: str = "register") -> RawTable:
    """The one table of a file."""
    found = read.tables(path, wanted)
    assert len(found) == 1
    return found[0]


def test_titles_above_and_totals_and_notes_below_are_no_records(tmp_path: Path) -> None:
    rows = [
        ["Complaints 2022/23"],
        [],
        HEADERS,
        ROW,
        [],
        HEADERS,
        ["C2", date(2023, 4, 4), "Not upheld"],
        ["Total", 2],
        ["Source: the case system"],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows))
    assert found.header_row == 3
    assert list(found.rows) == [4, 7]
    assert [(other.row, other.reason) for other in found.not_records] == [
        (6, "the header again"),
        (8, "a totals row"),
        (9, "a note or heading"),
    ]


@pytest.mark.parametrize("said", ["Total shambles", "Total lack of respect from everybody"])
def test_a_family_may_speak_of_a_total_too(tmp_path: Path, said: str) -> None:
    rows = [
        [HEADERS[0], "Summary", *HEADERS[1:]],
        ["C1", said, date(2023, 4, 3), "Upheld"],
        ["", "Total complaints", 1],
        ["", "Total upheld", "1 (100%)"],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows))
    assert list(found.rows) == [2]
    assert {other.reason for other in found.not_records} == {"a totals row"}


def test_what_breaks_a_total_down_below_it_is_no_record(tmp_path: Path) -> None:
    rows = [
        HEADERS,
        ["C1", date(2023, 4, 3), "Upheld"],
        ["Total", 1],
        ["Upheld/part", 1],
        ["Stage 2", 0],
        ["C2", date(2023, 4, 4), "Not upheld"],
        ["C3", 44999],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows))
    assert list(found.rows) == [2, 6, 7]
    assert [other.row for other in found.not_records] == [3, 4, 5]
    assert {other.reason for other in found.not_records} == {"a totals row"}


def test_a_header_over_two_rows_is_joined_when_that_makes_it_known(tmp_path: Path) -> None:
    rows = [
        ["", "", "", "Stage 2", ""],
        ["Ref", "Date received", "Outcome", "Received", "Outcome"],
        ["C1", date(2023, 4, 3), "Upheld", date(2023, 5, 3), "Upheld"],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows, merge="D1:E1"))
    assert found.headers == (
        "Ref",
        "Date received",
        "Outcome",
        "Stage 2 Received",
        "Stage 2 Outcome",
    )


def test_equal_words_and_dates_are_held_once_and_true_is_not_1(tmp_path: Path) -> None:
    day = date(2022, 5, 3)
    rows = [[f"C{n}", "Upheld", day, cell] for n, cell in enumerate((True, 1, 1.0, "1", False, 0))]
    path = a_sheet(tmp_path / "a.xlsx", [["Case Ref", "Outcome", "Date Received", "X"], *rows])
    table = one(path)
    for column in table.columns[1:3]:
        assert len(column) == 6
        assert len(set(map(id, column))) == 1
    said = [(type(cell), cell) for cell in table.columns[3]]
    assert said == [(bool, True), (float, 1), (float, 1), (str, "1"), (bool, False), (float, 0)]


def test_a_cell_merged_over_rows_stands_for_each_of_them(tmp_path: Path) -> None:
    rows = [[*HEADERS, "Service"], [*ROW, "Fostering"], ["C2", *ROW[1:]], ["C3", *ROW[1:], "SEND"]]
    found = one(a_sheet(tmp_path / "a.xlsx", rows, merge="D2:D3"))
    assert list(found.columns[3]) == ["Fostering", "Fostering", "SEND"]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<html><body><table><tr><td>Ref</td></tr></table></body></html>", "a web page (HTML)"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"{\\rtf1 }", "a rich text document"),
        (bytes(range(256)) * 4, "neither text nor any workbook we know"),
    ],
)
def test_a_file_that_is_something_else_is_refused_by_name(
    tmp_path: Path, content: bytes, name: str
) -> None:
    path = tmp_path / "register.xls"
    path.write_bytes(content)
    with pytest.raises(ReadError) as wrong:
        read.tables(path, "register")
    assert str(wrong.value) == (
        f"register.xls: this is {name}, not a workbook or CSV.\n"
        + (
            "    Open it in Excel and save it as .xlsx, or export it again as .xlsx or CSV."
            if "web page" in name
            else "    If it holds records, export them again as .xlsx or CSV; if not, move it out "
            "of the folder that [sources] in cl.toml names."
        )
    )


@pytest.mark.parametrize(
    "content",
    [
        "Ref,Outcome\r\nC1,Café £5\r\n".encode(),
        "\ufeffRef;Outcome\r\nC1;Café £5\r\n".encode(),
        "Ref\tOutcome\r\nC1\tCafé £5\r\n".encode("utf-16"),
        "Ref\tOutcome\r\nC1\tCafé £5\r\n".encode("utf-16-le"),
        "Ref,Outcome\nC1,Café £5\n".encode("cp1252"),
        "sep=|\nRef|Outcome\nC1|Café £5\n".encode(),
        '"Ref","Outcome"\n"C1","Café £5"\n\n'.encode(),
        "Ref,Outcome,,\nC1,Café £5\n".encode(),
    ],
)
def test_text_is_read_whatever_its_encoding_and_separator(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    found = one(path)
    assert found.headers[:2] == ("Ref", "Outcome")
    assert [list(column) for column in found.columns][:2] == [["C1"], ["Café £5"]]


def test_a_form_with_labels_beside_answers_is_one_record(tmp_path: Path) -> None:
    rows = [
        ["Complaint monitoring form"],
        [],
        ["Complaint ref:", "C1"],
        ["Learning identified", "Ring back the same day"],
        ["Shared in supervision", "Yes"],
        ["Favourite colour", "Blue"],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows), "monitoring")
    assert found.headers == (
        "Complaint ref:",
        "Learning identified",
        "Shared in supervision",
        "Favourite colour",
    )
    assert [list(column) for column in found.columns] == [
        ["C1"],
        ["Ring back the same day"],
        ["Yes"],
        ["Blue"],
    ]
    assert str(found.place(0, 2)) == "a.xlsx, sheet Sheet, cell B5"


def test_an_empty_answer_never_takes_the_next_label_for_itself(tmp_path: Path) -> None:
    rows = [
        ["Complaint ref", "C1"],
        ["Date completed", "4/4/2023"],
        ["Service", "Fostering"],
        ["Learning identified", None],
        ["Any other comments", None],
        ["Supervision", None],
        ["We now ring every family back on the same day. It is in our standard.", None],
        ["Signed", None],
    ]
    found = one(a_sheet(tmp_path / "a.xlsx", rows), "monitoring")
    answers = dict(zip(found.headers, (column[0] for column in found.columns), strict=True))
    assert answers["Learning identified"] == ""
    assert answers["Supervision"] == rows[6][0]
    assert dict(found.faults) == {(4, "B"): "below"}


def test_short_answers_below_their_labels_are_read_where_none_stand_beside(tmp_path: Path) -> None:
    rows = [["Complaint ref"], ["C1"], ["Service"], ["Fostering"], ["Learning"], ["Ring back"]]
    found = one(a_sheet(tmp_path / "a.xlsx", rows), "monitoring")
    assert [column[0] for column in found.columns] == ["C1", "Fostering", "Ring back"]
    assert not found.faults


def test_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    from complaints_learning.nouns.settings import Settings

    (tmp_path / "register").mkdir()
    a_sheet(tmp_path / "register" / "a.xlsx", [HEADERS, ROW, ["C2", *ROW[1:]]], hide=[3])
    raw = read.workspace(tmp_path, Settings())
    assert len(raw.tables[0]) == 2
    assert [str(problem) for problem in raw.problems] == [
        "register/a.xlsx, sheet Sheet, row 3: row 3 cannot be seen in Excel (hidden or filtered "
        "out); it was read.\n"
        "    If it should not count, delete what is hidden or export again without it."
    ]


def test_an_empty_file_says_what_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()
    with pytest.raises(ReadError, match=r"a\.xlsx: the file is empty\."):
        read.tables(path)


def test_an_office_lock_file_is_no_export(tmp_path: Path) -> None:
    from complaints_learning.nouns.settings import Settings

    (tmp_path / "register").mkdir()
    a_sheet(tmp_path / "register" / "a.xlsx", [HEADERS, ROW])
    (tmp_path / "register" / "~$a.xlsx").write_bytes(b"\x05user")
    raw = read.workspace(tmp_path, Settings())
    assert [source.file for source in raw.sources] == ["register/a.xlsx"]
    assert not raw.problems
