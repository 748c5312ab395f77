"""An .ods in; what calamine will not tell of its sheets out: errors and hidden rows.

Also whether it is safe: a few bytes can say that a full cell stands for a billion others.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from xml.etree import ElementTree

from complaints_learning.nouns.errors import ReadError, column_letters
from complaints_learning.read.kinds import damaged
from complaints_learning.read.scan import SheetFacts
from complaints_learning.read.xlsx import unsafe

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_MOST = 200 << 20
_MOST_CELLS = 4_000_000
_ENDS = 1 << 20
_WORTH_A_LOOK = re.compile(
    rb'value-type="error"|table:visibility="|table:display="false"|-repeated="\d{4}'
)


def facts(data: bytes, file: str) -> dict[str, SheetFacts]:
    """For each sheet, its cells with an error and its hidden rows, as Excel numbers them."""
    content = _content(data, file)
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise unsafe(file, "its XML defines entities, as attacks do and no office program does")
    if not _WORTH_A_LOOK.search(content):
        return {}
    try:
        tree = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise damaged(file) from None
    return {
        sheet.get(f"{_TABLE}name", ""): _in_sheet(sheet, file)
        for sheet in tree.iter(f"{_TABLE}table")
    }


def _content(data: bytes, file: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            manifest = "META-INF/manifest.xml"
            if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
                raise ReadError(
                    f"{file}: the workbook is protected by a password.",
                    "Save it again without one, or export it as .xlsx or CSV.",
                    "file-locked",
                )
            info = archive.getinfo("content.xml")
            if info.file_size > _MOST:
                raise unsafe(file, f"it would unpack to {info.file_size / 1e6:,.0f} MB")
            return archive.read(info)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, zlib.error):
        raise damaged(file) from None
    except (NotImplementedError, ValueError, RuntimeError):
        raise damaged(file) from None


def _in_sheet(sheet: ElementTree.Element, file: str) -> SheetFacts:
    found = SheetFacts(at=1)
    full = _rows(sheet, found, hidden=False)
    if full > _MOST_CELLS:
        raise unsafe(file, f"a sheet repeats its cells {full:,} times")
    return found


def _rows(group: ElementTree.Element, found: SheetFacts, hidden: bool) -> int:
    """Every row of a sheet, or of a group that may be folded away; how many cells are full."""
    full = 0
    for each in group:
        if each.tag == f"{_TABLE}table-row":
            full += _row(each, found, hidden)
        elif each.tag.startswith(f"{_TABLE}table-") and "row" in each.tag:
            full += _rows(each, found, hidden or each.get(f"{_TABLE}display") == "false")
    return full


def _row(row: ElementTree.Element, found: SheetFacts, hidden: bool) -> int:
    column = full = 0
    times = _repeated(row, "number-rows-repeated")
    for cell in row:
        if cell.tag not in _CELLS:
            continue
        across = _repeated(cell, "number-columns-repeated")
        if any(k.endswith("}value-type") and v == "error" for k, v in cell.items()):
            shown = "".join(cell.itertext()).strip() or "an error"
            found.faults[found.at, column_letters(column)] = shown
        full += across if len(cell) or any(k.endswith("}value-type") for k in cell.attrib) else 0
        column += across
    if full and (hidden or row.get(f"{_TABLE}visibility", "visible") != "visible"):
        found.hidden_rows += range(found.at, found.at + min(times, _ENDS))
    found.at += times
    return full * times


def _repeated(element: ElementTree.Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return min(int(said), _ENDS) if said.isdigit() and len(said) < 12 else 1
