"""An .ods in; the cells that show an error out, which calamine reads as empty."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from complaints_learning.errors import column_letters
from complaints_learning.read.kinds import damaged
from complaints_learning.read.package import unsafe

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_MOST = 200 << 20
_ENDS = 1 << 20


def faults(data: bytes, file: str) -> dict[str, dict[tuple[int, str], str]]:
    """For each sheet, its cells with an error: Excel row and letters to what is shown."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            info = archive.getinfo("content.xml")
            if info.file_size > _MOST:
                raise unsafe(file, f"it would unpack to {info.file_size / 1e6:,.0f} MB")
            content = archive.read(info)
    except (zipfile.BadZipFile, KeyError, EOFError, OSError, NotImplementedError, ValueError):
        raise damaged(file) from None
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
        raise unsafe(file, "its XML defines entities, as attacks do and no office program does")
    if b'value-type="error"' not in content:
        return {}
    try:
        tree = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise damaged(file) from None
    return {
        sheet.get(f"{_TABLE}name", ""): _in_sheet(sheet) for sheet in tree.iter(f"{_TABLE}table")
    }


def _in_sheet(sheet: ElementTree.Element) -> dict[tuple[int, str], str]:
    found: dict[tuple[int, str], str] = {}
    at = 1
    for row in sheet.iter(f"{_TABLE}table-row"):
        column = 0
        for cell in row:
            if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
                continue
            if any(k.endswith("}value-type") and v == "error" for k, v in cell.items()):
                shown = "".join(cell.itertext()).strip() or "an error"
                found[at, column_letters(column)] = shown
            column += _repeated(cell, "number-columns-repeated")
        at += _repeated(row, "number-rows-repeated")
    return found


def _repeated(element: ElementTree.Element, name: str) -> int:
    said = element.get(f"{_TABLE}{name}", "1")
    return min(int(said), _ENDS) if said.isdigit() else 1
