"""Workbooks each broken in one way, named for the fault: read rightly, or refused with why."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from complaints_learning import check, read
from complaints_learning.nouns.errors import ReadError
from complaints_learning.nouns.settings import parse

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def plain_book() -> bytes:
    """A register of two complaints."""
    book = openpyxl.Workbook()
    for row in (
        ["Ref", "Date received", "Outcome", "Compensation"],
        ["C1", "03/04/2023", "Upheld", 50],
        ["C2", "04/04/2023", "Not upheld", 60],
    ):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def changed(data: bytes, changes: dict[str, Callable[[bytes], bytes]]) -> bytes:
    """The workbook with some of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", 8) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, changes[name](part) if name in changes else part)
    return out.getvalue()


def sheet(old: bytes, new: bytes) -> bytes:
    """The plain workbook with one thing in its sheet replaced."""
    assert old in zipfile.ZipFile(io.BytesIO(plain_book())).read(SHEET)
    return changed(plain_book(), {SHEET: lambda part: part.replace(old, new)})


def refused(folder: Path, data: bytes, name: str = "register.xlsx") -> ReadError:
    """Why a file is refused."""
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as wrong:
        read.tables(path, "register")
    return wrong.value


AMOUNT = b'<c r="D2" t="n"><v>50</v></c>'


def problems(folder: Path, data: bytes) -> list[str]:
    """What `check` says of a register."""
    (folder / "register").mkdir()
    (folder / "register" / "a.xlsx").write_bytes(data)
    chosen = parse("[report]\ndate = 2024-03-31")
    return [str(one) for one in check.everything(read.workspace(folder, chosen), chosen).problems]


def test_error_cell(tmp_path: Path) -> None:
    data = sheet(AMOUNT, b'<c r="D2" t="e"><v>#REF!</v></c>')
    assert problems(tmp_path, data) == [
        "register/a.xlsx, sheet Sheet, cell D2: the cell shows the error #REF!; it was read as "
        "empty.\n    Correct the formula, or type the value."
    ]


def test_error_cell_in_a_row_without_addresses(tmp_path: Path) -> None:
    bare = b"<c><v>C1</v></c><c/><c/><c t='e'><v>#N/A</v></c>"
    path = tmp_path / "a.xlsx"

    def change(part: bytes) -> bytes:
        start = part.index(b'<row r="2">')
        return part[:start] + b"<row>" + bare + b"</row>" + part[part.index(b'<row r="3">') :]

    path.write_bytes(changed(plain_book(), {SHEET: change}))
    assert read.tables(path, "register")[0].faults == {(2, "D"): "#N/A"}


def test_formula_saved_without_its_value(tmp_path: Path) -> None:
    data = sheet(AMOUNT, b'<c r="D2"><f>SUM(A1:A9)</f></c>')
    assert problems(tmp_path, data) == [
        "register/a.xlsx, sheet Sheet, cell D2: the formula was saved without its value; the "
        "cell was read as empty.\n    Open the workbook in Excel, save it, and run again."
    ]


def test_formula_that_gives_an_empty_text_is_no_fault(tmp_path: Path) -> None:
    data = sheet(AMOUNT, b'<c r="D2" t="str"><f>IF(A1="","",1)</f><v></v></c>')
    assert problems(tmp_path, data) == []


def test_an_escape_that_was_typed_stays_as_it_was_typed(tmp_path: Path) -> None:
    """Excel writes a typed _x000D_ as _x005F_x000D_, so that it is not taken for a line end."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet(b"<t>Not upheld</t>", b"<t>a_x0009_b _x005F_x000D_</t>"))
    assert read.tables(path, "register")[0].columns[2][1] == "a\tb _x000D_"


def test_dimension_that_lies(tmp_path: Path) -> None:
    for lie in (b'ref="A1:A1"', b'ref="A1:XFD1048576"'):
        path = tmp_path / "a.xlsx"
        path.write_bytes(sheet(b'ref="A1:D3"', lie))
        found = read.tables(path, "register")[0]
        assert (len(found), len(found.headers)) == (2, 4)


def test_strict_ooxml(tmp_path: Path) -> None:
    strict = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
    swap = {
        name: lambda part: part.replace(MAIN.encode(), strict)
        for name in (SHEET, "xl/workbook.xml", "xl/styles.xml")
    }
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(plain_book(), dict(swap)))
    assert len(read.tables(path, "register")[0]) == 2


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    data = changed(
        sheet(b"<is><t>03/04/2023</t></is>", b"<v>43557</v>"),
        {
            "xl/workbook.xml": lambda part: part.replace(
                b"<workbookPr", b'<workbookPr date1904="1"', 1
            )
        },
    )
    data = changed(
        data,
        {SHEET: lambda part: part.replace(b'<c r="B2" t="inlineStr">', b'<c r="B2">')},
    )
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "a.xlsx").write_bytes(data)
    chosen = parse("[report]\ndate = 2024-03-31")
    found = check.everything(read.workspace(tmp_path, chosen), chosen)
    # 43,557 days after 1 January 1904
    assert f"{found.frames['complaints']['received'][0]:%Y-%m-%d}" == "2023-04-03"


def test_two_cells_a_sheet_apart(tmp_path: Path) -> None:
    end = b"</row></sheetData>"
    for far in (b'<c r="XFD1048576"><v>1</v></c>', b'<c r="xfd1048576"><v>1</v></c>'):
        wrong = refused(tmp_path, sheet(end, b'</row><row r="1048576">' + far + end))
        assert str(wrong) == (
            "register.xlsx: refused, because a sheet has a few cells spread over 1,048,576 rows "
            "and 16,384 columns.\n    Real exports are not like this. If it is one, copy its "
            "cells into a new workbook."
        )


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml"])
def test_billion_laughs_and_external_entities(tmp_path: Path, part: str) -> None:
    for evil in (
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ):
        data = changed(plain_book(), {part: lambda old, evil=evil: evil + old})
        wrong = refused(tmp_path, data)
        assert wrong.code == "file-unsafe"
        assert "its XML defines entities" in wrong.message


def test_zip_bomb(tmp_path: Path) -> None:
    data = changed(plain_book(), {SHEET: lambda part: part + b" " * (200 << 20)})
    assert len(data) < 1 << 20
    assert refused(tmp_path, data).message == (
        "register.xlsx: refused, because it would unpack to 210 MB."
    )


def test_zip_that_lies_about_a_size(tmp_path: Path) -> None:
    data = bytearray(plain_book())
    at = data.rfind(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = data.rfind(b"PK\x01\x02", 0, at)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    assert refused(tmp_path, bytes(data)).message == (
        "register.xlsx: refused, because a part is larger than it says."
    )


def test_more_texts_announced_than_there_can_be(tmp_path: Path) -> None:
    data = io.BytesIO(plain_book())
    with zipfile.ZipFile(data, "a") as book:
        book.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}" uniqueCount="4294967295"/>')
    assert refused(tmp_path, data.getvalue()).message == (
        "register.xlsx: refused, because a part says that it holds more than it can."
    )


def test_workbook_cut_short(tmp_path: Path) -> None:
    data = plain_book()
    assert refused(tmp_path, data[: len(data) // 2]).message == (
        "register.xlsx: the workbook is damaged and cannot be read (the end of the file is "
        "missing or wrong)."
    )


def test_looping_compound_file(tmp_path: Path) -> None:
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b">\0\x03\0\xfe\xff\x09\0\x06\0"
    data = (header + bytes(10) + b"\1\0\0\0" + bytes(4)).ljust(76, b"\0")
    wrong = refused(tmp_path, data.ljust(512, b"\0") + bytes(512), "register.xls")
    assert wrong.code == "file-damaged"


def test_xlsx_and_csv_under_wrong_names(tmp_path: Path) -> None:
    for name, data in (("a.xls", plain_book()), ("a.xlsx", b"Ref,Outcome\nC1,Upheld\n")):
        (tmp_path / name).write_bytes(data)
        assert read.tables(tmp_path / name, "register")[0].headers[0] == "Ref"


def test_utf16_parts(tmp_path: Path) -> None:
    data = changed(plain_book(), {SHEET: lambda part: part.decode().encode("utf-16")})
    (tmp_path / "a.xlsx").write_bytes(data)
    assert len(read.tables(tmp_path / "a.xlsx", "register")[0]) == 2


def test_control_and_direction_characters_are_taken_out(tmp_path: Path) -> None:
    data = sheet(b"<t>Upheld</t>", "<t>Up\u202eheld_x0007_\ue000</t>".encode())
    assert problems(tmp_path, data) == [
        "register/a.xlsx, sheet Sheet: control, private-use or direction-override characters "
        "were taken out of some cells.\n    They cannot be seen and cannot stand in a Word "
        "file. Nothing to do unless text looks odd."
    ]


def test_quotation_mark_never_closed(tmp_path: Path) -> None:
    data = b'Ref,Outcome\nC1,"Upheld\n' + b"C2,Upheld\n" * 120_000
    wrong = refused(tmp_path, data, "a.csv")
    assert wrong.code == "csv-broken"
    assert wrong.hint == "Open it in Excel, look at that line, and save it as .xlsx."


def test_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    locked = io.BytesIO()
    msoffcrypto.OOXMLFile(io.BytesIO(plain_book())).encrypt("open sesame", locked)
    wrong = refused(tmp_path, locked.getvalue())
    assert str(wrong) == (
        "register.xlsx: the workbook is protected by a password.\n"
        "    Take the password off in Excel (File, Info, Protect workbook), or name a file that "
        "holds the password in the environment variable CL_PASSWORD_FILE."
    )
    words = tmp_path / "words.txt"
    monkeypatch.setenv("CL_PASSWORD_FILE", str(words))
    words.write_text("something else\n", encoding="utf-8")
    assert refused(tmp_path, locked.getvalue()).message == (
        "register.xlsx: no password in the file that CL_PASSWORD_FILE names opens the workbook."
    )
    words.write_text("something else\nopen sesame\n", encoding="utf-8")
    assert len(read.tables(tmp_path / "register.xlsx", "register")[0]) == 2


def test_workbook_without_a_cell(tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    openpyxl.Workbook().save(tmp_path / "register" / "a.xlsx")
    chosen = parse("")
    assert [str(problem) for problem in read.workspace(tmp_path, chosen).problems] == [
        "register/a.xlsx: there is no table in the file.\n    Export it again, or take it away."
    ]


def test_a_reader_apart_runs_nothing_of_the_folder_we_are_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaints_learning.read import guarded

    harm = "open('harm', 'w').close()\n"
    (tmp_path / "complaints_learning.py").write_text(harm, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ReadError):
        guarded.grids(b"\xd0\xcf\x11\xe0" + bytes(600), "export.xls", "xls")

    assert not (tmp_path / "harm").exists()
