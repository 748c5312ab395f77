"""Register files as they should never be exported, each made in memory, with the same complaints.

`FILES` maps a file name, which says what is odd, to its bytes. Unless `test_nasty` says otherwise
each holds the two complaints of `ROWS`.
"""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

HEADER = ["Ref", "Date received", "Outcome", "Service"]
ROWS = [["C1", "03/04/2023", "Upheld", "Fostering"], ["C2", "04/04/2023", "Not upheld", "SEND"]]
CSV = "\r\n".join(",".join(row) for row in [HEADER, *ROWS]) + "\r\n"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET, _BOOK, _TEXTS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"
_TYPES, _LINKS, _STYLES = "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"


def cell(place: str, text: str) -> str:
    """A cell with its text inside it."""
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows(start: int = 1, table: list[list[str]] | None = None) -> str:
    """The table as rows of a sheet."""
    return "".join(
        f'<row r="{number}">'
        + "".join(cell(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts))
        + "</row>"
        for number, texts in enumerate(table or [HEADER, *ROWS], start)
    )


def sheet(inside: str, before: str = "", after: str = "") -> str:
    """A sheet's part."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{inside}</sheetData>{after}</worksheet>'


def _relations(*each: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(each, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _parts(inside: str = "") -> dict[str, str]:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return {
        _TYPES: f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType='
        f'"application/xml"/><Override PartName="/{_BOOK}" ContentType="{kind}.sheet.main+xml"/>'
        "</Types>",
        "_rels/.rels": _relations(("officeDocument", _BOOK)),
        _BOOK: f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Log" sheetId="1" r:id="rId1"/></sheets></workbook>',
        _LINKS: _relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ),
        _SHEET: inside if inside.startswith("<worksheet") else sheet(inside or rows()),
    }


Change = str | bytes | None | Callable[[str], str]


def book(inside: str = "", packing: int = 8, **changes: Change) -> bytes:
    """A workbook; `changes` of its parts by short name: None takes one away."""
    names = {"sheet": _SHEET, "book": _BOOK, "texts": _TEXTS, "types": _TYPES, "links": _LINKS}
    names |= {"styles": _STYLES, "root": "_rels/.rels"}
    parts: dict[str, str | bytes] = dict(_parts(inside))
    for short, change in changes.items():
        name = names[short]
        if change is None:
            del parts[name]
        elif callable(change):
            parts[name] = change(str(parts[name]))
        else:
            parts[name] = change
    return zipped(parts, packing)


def zipped(parts: dict[str, str | bytes], packing: int = 8) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def renamed(name: Callable[[str], str]) -> bytes:
    """The plain workbook with its parts under other names."""
    return zipped({name(part): content for part, content in _parts().items()})


class _Pipe(io.RawIOBase):
    """Somewhere to write to that cannot be gone back in, as when a web server makes a workbook."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, piece: object) -> int:
        self.written += bytes(piece)  # type: ignore[call-overload]
        return len(bytes(piece))  # type: ignore[call-overload]


def streamed(zip64: bool = False) -> bytes:
    """The plain workbook with sizes after its parts, and in 64 bits if wanted."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", 8) as archive:  # type: ignore[call-overload]
        for name, content in _parts().items():
            with archive.open(name, "w", force_zip64=zip64) as part:
                part.write(content.encode())
    return pipe.written


def _strict(text: str) -> str:
    return text.replace(_MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main").replace(
        _OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )


def _prefixed(inside: str) -> str:
    tags = inside.replace("<", "<x:").replace("<x:/", "</x:")
    return f'<x:worksheet xmlns:x="{_MAIN}"><x:sheetData>{tags}</x:sheetData></x:worksheet>'


def _rich(texts: list[str]) -> str:
    inside = "".join(
        f"<si><r><rPr><b/></rPr><t>{text[:2]}</t></r><r><t>{text[2:]}</t></r>"
        '<rPh sb="0" eb="1"><t>not this</t></rPh></si>'
        for text in texts
    )
    return f'<sst xmlns="{_MAIN}">{inside}</sst>'


_STYLED = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode='
    '"[$-809]dd\\ mmmm\\ yyyy;@"/></numFmts><cellXfs count="2"><xf numFmtId="0"/>'
    '<xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>'
)


def dated(first: str, second: str) -> str:
    """The register with its two dates as cells of the sheet."""
    return (
        rows(table=[HEADER])
        + f'<row r="2">{cell("A2", "C1")}{first}{cell("C2", "Upheld")}{cell("D2", "Fostering")}'
        + f'</row><row r="3">{cell("A3", "C2")}{second}{cell("C3", "Not upheld")}'
        + f"{cell('D3', 'SEND')}</row>"
    )


def _biff2() -> bytes:
    """Excel 2: a bare stream of records."""
    made = [(0x09, struct.pack("<HH", 2, 0x10))]
    for row, texts in enumerate([HEADER, *ROWS]):
        for column, text in enumerate(texts):
            at = struct.pack("<HH", row, column) + bytes(3)
            made.append((0x04, at + bytes([len(text)]) + text.encode()))
    made.append((0x0A, b""))
    return b"".join(struct.pack("<HH", kind, len(each)) + each for kind, each in made)


def _swapped(old: str, new: str, encoding: str = "utf-8") -> bytes:
    return CSV.replace(old, new).encode(encoding)


_MORE = "".join(f"C{n},05/04/2023,Upheld,Caf\u00e9 \u00a3{n}\r\n" for n in range(3, 20))
_SEMICOLON = CSV.replace(",", ";")
_SIDEWAYS = (
    f'<row r="1">{cell("C1", "Outcome")}{cell("A1", "Ref")}{cell("D1", "Service")}'
    f"{cell('B1', 'Date received')}</row>"
)
_FORMULAS = (
    rows(table=[HEADER])
    + f'<row r="2">{cell("A2", "C1")}<c r="B2" t="str"><f t="shared" ref="B2:B3" si="0">Z2</f>'
    + '<v>03/04/2023</v></c><c r="C2" t="str"><f t="array" ref="C2:C2">Z2</f><v>Upheld</v></c>'
    + f'{cell("D2", "Fostering")}</row><row r="3">{cell("A3", "C2")}<c r="B3" t="str">'
    + '<f t="shared" si="0"/><v>04/04/2023</v></c><c r="C3" t="str"><v>Not upheld</v></c>'
    + f"{cell('D3', 'SEND')}</row>"
)
_TWO_SHEETS = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets><sheet name="Log" sheetId="1" '
    'state="{}" r:id="rId1"/></sheets></workbook>'
)
_ODS = "application/vnd.oasis.opendocument"

FILES: dict[str, bytes] = {
    # how the workbook is packed
    "plain.xlsx": book(),
    "sheet_folder_in_capitals.xlsx": renamed(
        lambda name: name.replace("worksheets/sheet1", "WORKSHEETS/SHEET1")
    ),
    "backslashes.xlsx": renamed(lambda name: name.replace("/", "\\")),
    "leading_slashes.xlsx": renamed(lambda name: f"/{name}"),
    "absolute_targets.xlsx": book(links=lambda text: text.replace('Target="w', 'Target="/xl/w')),
    "not_compressed.xlsx": book(packing=0),
    "packed_by_lzma.xlsx": book(packing=14),
    "sizes_after_parts.xlsx": streamed(),
    "zip64.xlsx": streamed(zip64=True),
    "cut_short.xlsx": book()[:-200],
    "half.xlsx": book()[:700],
    "noughts_after_the_end.xlsx": book() + bytes(500),
    "bit_turned.xlsx": book(packing=0).replace(b"Fostering", b"Bostering"),
    "empty_archive.xlsx": zipped({}),
    "csv_in_a_zip.xlsx": zipped({"register.csv": CSV}),
    "word.xlsx": zipped({_TYPES: "<Types/>", "word/document.xml": "<w/>"}),
    "numbers.xlsx": zipped({"Index/Document.iwa": "x"}),
    "no_sheet_part.xlsx": book(sheet=None),
    "no_content_types.xlsx": book(types=None),
    "text_not_in_the_list.xlsx": book('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'),
    # what its sheet says
    "cells_without_addresses.xlsx": book(
        rows().replace(' r="1"', "").replace(' r="2"', "").replace(' r="3"', "")
    ),
    "cells_out_of_order.xlsx": book(_SIDEWAYS + rows(2, ROWS)),
    "rows_out_of_order.xlsx": book(rows(table=[HEADER]) + rows(3, ROWS[1:]) + rows(2, ROWS[:1])),
    "says_one_cell.xlsx": book(sheet(rows(), '<dimension ref="A1"/>')),
    "says_every_cell.xlsx": book(sheet(rows(), '<dimension ref="A1:XFD1048576"/>')),
    "tags_with_a_prefix.xlsx": book(sheet=_prefixed(rows())),
    "strict.xlsx": zipped({name: _strict(text) for name, text in _parts().items()}),
    "byte_order_marks.xlsx": zipped({name: f"\ufeff{text}" for name, text in _parts().items()}),
    "rich_text.xlsx": book(
        '<row r="1">'
        + "".join(f'<c r="{chr(65 + at)}1" t="s"><v>{at}</v></c>' for at in range(4))
        + "</row>"
        + rows(2, ROWS),
        texts=_rich(HEADER),
    ),
    "formulas.xlsx": book(_FORMULAS),
    "cdata.xlsx": book(rows().replace("Fostering", "<![CDATA[Fostering]]>")),
    "a_row_in_a_comment.xlsx": book(f"<!-- {rows(9, ROWS)} -->{rows()}"),
    "iso_dates.xlsx": book(
        dated(
            '<c r="B2" t="d"><v>2023-04-03</v></c>',
            '<c r="B3" t="d"><v>2023-04-04T10:11:12Z</v></c>',
        )
    ),
    "dates_by_format.xlsx": book(
        dated('<c r="B2" s="1"><v>45019</v></c>', '<c r="B3" s="1"><v>45020.75</v></c>'),
        styles=_STYLED,
    ),
    "dates_from_1904.xlsx": book(
        dated('<c r="B2" s="1"><v>43557</v></c>', '<c r="B3"><v>43558</v></c>'),
        styles=_STYLED,
        book=lambda text: text.replace("<sheets>", '<workbookPr date1904="1"/><sheets>'),
    ),
    "on_the_last_rows.xlsx": book(rows(1_048_574)),
    "200000_formatted_rows.xlsx": book(
        rows() + "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 200_000))
    ),
    "very_hidden.xlsx": book(book=_TWO_SHEETS.format("veryHidden")),
    "no_cells.xlsx": book('<row r="1"><c r="A1" s="0"/></row>'),
    "chart_only.xlsx": book(
        links=lambda text: text.replace("worksheet", "chartsheet"),
    ).replace(b"worksheets/sheet1.xml", b"chartsheets/sheet1.xml"),
    "sheet_is_no_xml.xlsx": book(sheet="hello"),
    "sheet_breaks_off.xlsx": book(sheet=sheet(rows())[:-60]),
    "latin_letters_in_utf8.xlsx": book(
        sheet=sheet(rows()).replace("Fostering", "Fost\u00e9ring").encode("latin-1")
    ),
    "entity_from_a_file.xlsx": book(
        sheet='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + sheet(rows()).replace("Fostering", "&e;")
    ),
    "column_zzzzz.xlsx": book(rows() + '<row r="4"><c r="ZZZZZ4"><v>1</v></c></row>'),
    "row_99999999999.xlsx": book(rows() + '<row r="99999999999"><c><v>1</v></c></row>'),
    # other things under a table's name
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "parquet.csv": b"PAR1" + bytes(range(256)),
    "feather.csv": b"ARROW1\0\0" + bytes(range(256)),
    "json.csv": json.dumps([{"Ref": "C1"}]).encode(),
    "json_lines.csv": b'{"Ref": "C1"}\n{"Ref": "C2"}\n',
    "json_lists.csv": b'[["Ref"], ["C1"]]',
    "gnumeric.xlsx": gzip.compress(b'<?xml version="1.0"?><gnm:Workbook/>'),
    "deflated.csv": zlib.compress(CSV.encode() * 20),
    "web_archive.xls": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n<html/>",
    "web_table.xls": b"<div><table><tr><td colspan=2>Caf&eacute;</td></tr></table></div>",
    "web_table_in_utf16.xls": "<html><table></table></html>".encode("utf-16"),
    "xml_of_2003.xls": b'<?xml version="1.0"?>\r\n<Workbook xmlns='
    b'"urn:schemas-microsoft-com:office:spreadsheet"></Workbook>',
    "flat.ods": b'<?xml version="1.0"?><office:document xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0"></office:document>',
    "xml.csv": b'<rows><row ref="C1"/></rows>',
    "sylk.csv": b'ID;PWXL;N;E\r\nC;Y1;X1;K"Ref"\r\nE\r\n',
    "text_document.ods": zipped(
        {"mimetype": f"{_ODS}.text", "content.xml": "<office:document-content/>"}
    ),
    "locked.ods": zipped(
        {
            "mimetype": f"{_ODS}.spreadsheet",
            "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>",
            "content.xml": "\x01\x02",
        }
    ),
    "only_noughts.xlsx": bytes(4096),
    "only_spaces.csv": b"   \r\n  \r\n",
    "only_a_mark.csv": b"\xef\xbb\xbf",
    "compound_without_content.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
    "excel_2.xls": _biff2(),
    "excel_2_cut_short.xls": _biff2()[:-30],
    # text: encodings
    "utf16_little.csv": CSV.encode("utf-16-le"),
    "utf16_big_marked.csv": b"\xfe\xff" + CSV.encode("utf-16-be"),
    "utf16_with_a_byte_too_many.csv": CSV.encode("utf-16") + b"\0",
    "utf32_marked.csv": CSV.encode("utf-32"),
    "utf32_unmarked.csv": CSV.encode("utf-32-le"),
    "windows.csv": (CSV + _MORE).encode("cp1252"),
    "dos.csv": _swapped("Fostering", "Caf\u00e9 \u00a35", "cp850"),
    "mac.csv": (CSV + _MORE).replace("\r\n", "\r").encode("mac_roman"),
    "mainframe.csv": CSV.encode("cp037"),
    # text: lines
    "old_mac_lines.csv": CSV.replace("\r\n", "\r").encode(),
    "mixed_lines.csv": CSV.replace("\r\n", "\r", 1).encode(),
    "doubled_returns.csv": CSV.replace("\r\n", "\r\r\n").encode(),
    "a_nought_byte.csv": _swapped("Fostering", "Foster\0ing"),
    "end_of_file_mark.csv": CSV.encode() + b"\x1a",
    # text: quotation marks and separators
    "never_closed.csv": _swapped("Fostering", '"Fostering')
    + b"".join(b"C%d,05/04/2023,Upheld,SEND\r\n" % n for n in range(3, 3000)),
    "closed_rows_later.csv": _swapped("Fostering", '"Fostering').replace(b"SEND", b'"SEND"'),
    "text_after_a_quote.csv": _swapped("Fostering", '"Foster"ing'),
    "backslashes.csv": _swapped("Fostering", '"Fostering \\"now\\", please"'),
    "space_before_quotes.csv": _swapped("Fostering", ' "Fostering, north"'),
    "wrapped_for_excel.csv": _swapped("C1", '="C1"'),
    "tabs_and_commas.csv": CSV.replace(",", "\t").replace("SEND", "a, b, c, d, e, f").encode(),
    "bars.csv": CSV.replace(",", "|").encode(),
    "says_its_separator.csv": f"sep=;\r\n{_SEMICOLON}".encode("utf-16"),
    "trailing_separators.csv": CSV.replace("\r\n", ",,,\r\n").encode(),
    "ragged.csv": b"Ref,Date received,Outcome,Service\r\nC1,03/04/2023,Upheld,Fostering,x\r\n\r\n"
    b"C2,04/04/2023\r\n",
    "header_only.csv": b"Ref,Date received,Outcome\r\n",
    "two_outcomes.csv": _swapped("Service", "Outcome"),
    "invisible_in_header.csv": CSV.replace("Ref", "\u200bRef\ufeff")
    .replace("Date received", "Date\u00a0received")
    .encode(),
    "turned_round.csv": _swapped("Fostering", "\u202eFostering\u2066"),
    "100000_columns.csv": (",".join(f"h{n}" for n in range(100_000)) + "\r\n").encode(),
    "16384_unknown_headers.csv": (",".join(f"h{n}" for n in range(16_384)) + "\r\n").encode() * 2,
    "one_line_of_20_mb.csv": b"a," * 10_000_000,
    "one_cell_of_20_mb.csv": CSV.encode() + b"C3,05/04/2023,Upheld," + b"x" * 20_000_000,
    "5000000_lines.csv": b"a\n" * 5_000_000,
}
