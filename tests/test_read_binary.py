"""Excel's binary formats and OpenDocument: their cells, errors, hidden rows and hidden sheets.

The files are built here record by record (MS-XLS, MS-XLSB), as no library we use writes them;
LibreOffice reads the same cells and errors from them.
"""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from complaints_learning import check, read
from complaints_learning.nouns.errors import ReadError
from complaints_learning.nouns.raw import RawTable
from complaints_learning.nouns.settings import parse

Typed = str | float | bool | bytes
"""A cell; bytes are the code of an error."""

ROWS: list[list[Typed]] = [
    ["Ref", "Date received", "Outcome", "Compensation"],
    ["C1", 45019.0, "Upheld", b"\x17"],
    ["C2", "04/04/2023", "Not upheld", 60.0],
    ["C3", "05/04/2023", "Upheld", 70.0],
]


def xlsb(rows: list[list[Typed]], hidden: int = 0, state: int = 0, from_1904: int = 0) -> bytes:
    """A workbook of one sheet called Log."""

    def record(kind: int, content: bytes = b"") -> bytes:
        head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, rest = b"", len(content)
        while rest > 0x7F:
            size, rest = size + bytes([rest & 0x7F | 0x80]), rest >> 7
        return head + size + bytes([rest]) + content

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column: int, value: Typed) -> bytes:
        at = struct.pack("<II", column, 0)
        if isinstance(value, bytes):
            return record(3, at + value)
        if isinstance(value, bool):
            return record(4, at + bytes([value]))
        if isinstance(value, float):
            return record(5, at + struct.pack("<d", value))
        return record(6, at + wide(value))

    def row(number: int, cells: list[Typed]) -> bytes:
        flags = 0x10 if number == hidden else 0
        head = struct.pack("<IIHBBBIII", number - 1, 0, 300, 0, flags, 0, 1, 0, len(cells))
        return record(0, head) + b"".join(cell(at, value) for at, value in enumerate(cells))

    book = [record(131), record(153, struct.pack("<II", from_1904, 0) + wide("")), record(143)]
    book += [record(156, struct.pack("<II", state, 1) + wide("rId1") + wide("Log"))]
    book += [record(144), record(132)]
    sheet = [record(129), record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, 3)), record(145)]
    sheet += [row(number, cells) for number, cells in enumerate(rows, 1)]
    sheet += [record(146), record(130)]
    packages = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    excel = "application/vnd.ms-excel"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{packages}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" '
            f'ContentType="{excel}.sheet.binary.macroEnabled.main"/><Override PartName='
            f'"/xl/worksheets/sheet1.bin" ContentType="{excel}.worksheet"/></Types>',
        )
        for name, kind, target in (
            ("_rels/.rels", "officeDocument", "xl/workbook.bin"),
            ("xl/_rels/workbook.bin.rels", "worksheet", "worksheets/sheet1.bin"),
        ):
            archive.writestr(
                name,
                f'<Relationships xmlns="{packages}/relationships"><Relationship Id="rId1" '
                f'Type="{office}/{kind}" Target="{target}"/></Relationships>',
            )
        archive.writestr("xl/workbook.bin", b"".join(book))
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(sheet))
    return out.getvalue()


def xls(sheets: dict[str, list[list[Typed]]], hidden_row: int = 0, hidden_sheet: str = "") -> bytes:
    """An Excel 97 workbook as its bare stream of records, which Excel and xlrd read too."""

    def record(kind: int, content: bytes = b"") -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def start(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 1996, 0, 6))

    def cell(row: int, column: int, value: Typed) -> bytes:
        at = struct.pack("<HHH", row, column, 0)
        if isinstance(value, bytes):
            return record(0x0205, at + value + b"\x01")
        if isinstance(value, float):
            return record(0x0203, at + struct.pack("<d", value))
        text = str(value).encode("utf-16-le")
        return record(0x0204, at + struct.pack("<HB", len(text) // 2, 1) + text)

    def sheet(rows: list[list[Typed]]) -> bytes:
        made = [start(0x10)]
        for number, cells in enumerate(rows, 1):
            flags = 0x100 | (0x20 if number == hidden_row else 0)
            made.append(record(0x0208, struct.pack("<HHHHII", number - 1, 0, 4, 300, 0, flags)))
            made += [cell(number - 1, at, value) for at, value in enumerate(cells)]
        # a chart inside the sheet, with its own beginning and end
        made += [start(0x20), record(0x0A), record(0x0A)]
        return b"".join(made)

    pages = {name: sheet(rows) for name, rows in sheets.items()}
    names = {name: struct.pack("<BB", len(name), 0) + name.encode("latin-1") for name in pages}
    at = len(start(0x05)) + sum(4 + 6 + len(each) for each in names.values()) + 4
    index = []
    for name, page in pages.items():
        state = 1 if name == hidden_sheet else 0
        index.append(record(0x0085, struct.pack("<IH", at, state) + names[name]))
        at += len(page)
    return b"".join((start(0x05), *index, record(0x0A), *pages.values()))


def ods(rows: list[str], table: str = "") -> bytes:
    """A workbook of one sheet called Log, its rows as they are written in content.xml."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:automatic-styles>"
            '<style:style style:name="gone" style:family="table"><style:table-properties '
            'table:display="false"/></style:style></office:automatic-styles><office:body>'
            f'<office:spreadsheet><table:table table:name="Log" {table}>{"".join(rows)}'
            "</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return out.getvalue()


def row_of(*cells: str, more: str = "") -> str:
    """One row of texts."""
    inside = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    return f"<table:table-row {more}>{inside}</table:table-row>"


HEADER = row_of("Ref", "Date received", "Outcome")


def looked_at(folder: Path, name: str, data: bytes) -> tuple[list[RawTable], list[str]]:
    """The tables of a workspace with one register, and what `check` says of it."""
    (folder / name).write_bytes(data)
    chosen = parse(f'[report]\ndate = 2024-03-31\n[sources]\nregister = ["{name}"]')
    raw = read.workspace(folder, chosen)
    found = check.everything(raw, chosen).problems
    return list(raw.tables), [str(each).split("\n")[0] for each in found]


def test_an_xlsb_is_read_with_its_errors_hidden_rows_and_hidden_sheet(tmp_path: Path) -> None:
    found, said = looked_at(tmp_path, "a.xlsb", xlsb(ROWS, hidden=3, state=1))

    assert [list(column) for column in found[0].columns] == [
        ["C1", "C2", "C3"],
        [45019.0, "04/04/2023", "05/04/2023"],
        ["Upheld", "Not upheld", "Upheld"],
        ["", 60.0, 70.0],
    ]
    assert said == [
        "a.xlsb, sheet Log: the sheet is hidden in Excel; it was read.",
        "a.xlsb, sheet Log, cell D2: the cell shows the error #REF!; it was read as empty.",
        "a.xlsb, sheet Log, row 3: row 3 cannot be seen in Excel (hidden or filtered out); "
        "it was read.",
    ]


def test_dates_of_an_xlsb_that_count_from_1904(tmp_path: Path) -> None:
    rows = [ROWS[0], ["C1", 43557.0, "Upheld", True]]
    (tmp_path / "a.xlsb").write_bytes(xlsb(rows, from_1904=1))
    chosen = parse('[report]\ndate = 2024-03-31\n[sources]\nregister = ["a.xlsb"]')
    frame = check.everything(read.workspace(tmp_path, chosen), chosen).frames["complaints"]

    # 43,557 days after 1 January 1904
    assert f"{frame['received'][0]:%Y-%m-%d}" == "2023-04-03"


@pytest.mark.parametrize("cut", [1, 40, 200, 700])
def test_an_xlsb_cut_short_is_refused(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a.xlsb").write_bytes(xlsb(ROWS)[:-cut])
    with pytest.raises(ReadError) as wrong:
        read.tables(tmp_path / "a.xlsb", "register")
    assert wrong.value.code == "file-damaged"


@pytest.mark.parametrize("part", ["xl/workbook.bin", "xl/worksheets/sheet1.bin"])
@pytest.mark.parametrize("cut", [1, 3, 20])
def test_an_xlsb_whose_records_break_off_is_refused(tmp_path: Path, part: str, cut: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsb(ROWS))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            # a record that says it goes on for 127 bytes more
            new.writestr(name, content[:-cut] + b"\x06\x7f" if name == part else content)
    (tmp_path / "a.xlsb").write_bytes(out.getvalue())
    with pytest.raises(ReadError) as wrong:
        read.tables(tmp_path / "a.xlsb", "register")
    assert wrong.value.code == "file-damaged"


def test_an_xls_says_its_hidden_rows_and_sheets(tmp_path: Path) -> None:
    data = xls({"Log": ROWS, "Old": ROWS}, hidden_row=3, hidden_sheet="Old")
    found, said = looked_at(tmp_path, "a.xls", data)

    assert [(table.sheet, len(table)) for table in found] == [("Log", 3), ("Old", 3)]
    assert found[0].faults == {(2, "D"): "#REF!"}
    hidden = "row 3 cannot be seen in Excel (hidden or filtered out); it was read."
    assert [each for each in said if "hidden" in each] == [
        f"a.xls, sheet Log, row 3: {hidden}",
        "a.xls, sheet Old: the sheet is hidden in Excel; it was read.",
        f"a.xls, sheet Old, row 3: {hidden}",
    ]


def test_an_ods_says_its_hidden_rows_and_sheets(tmp_path: Path) -> None:
    rows = [
        HEADER,
        row_of("C1", "03/04/2023", "Upheld", more='table:visibility="collapse"'),
        row_of("C2", "04/04/2023", "Upheld", more='table:visibility="filter"'),
        '<table:table-row-group table:display="false">',
        row_of("C3", "05/04/2023", "Upheld"),
        "</table:table-row-group>",
        row_of("C4", "06/04/2023", "Upheld"),
    ]
    found, said = looked_at(tmp_path, "a.ods", ods(rows, 'table:style-name="gone"'))

    assert list(found[0].columns[0]) == ["C1", "C2", "C3", "C4"]
    assert said == [
        "a.ods, sheet Log: the sheet is hidden in Excel; it was read.",
        "a.ods, sheet Log, row 2: rows 2, 3, 4 cannot be seen in Excel (hidden or filtered out); "
        "they were read.",
    ]


def test_an_ods_with_a_million_empty_rows_to_its_end_is_ordinary(tmp_path: Path) -> None:
    end = (
        '<table:table-row table:number-rows-repeated="1048574" table:visibility="collapse">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    found, said = looked_at(tmp_path, "a.ods", ods([HEADER, row_of("C1", "03/04/2023"), end]))

    assert (len(found[0]), said) == (1, [])


def test_an_ods_that_repeats_its_cells_without_end_is_refused(tmp_path: Path) -> None:
    bomb = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="1000" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )
    (tmp_path / "a.ods").write_bytes(ods([HEADER, bomb]))

    with pytest.raises(ReadError, match="a sheet repeats its cells 1,000,000,003 times"):
        read.tables(tmp_path / "a.ods", "register")
