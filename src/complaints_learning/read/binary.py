"""What xlrd and calamine will not tell of Excel's binary formats: hidden rows and error cells.

An .xls is a stream of records with a two-byte kind and a two-byte size, an .xlsb the same with
both written in as few bytes as they need. Only the records that matter here are looked into.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from complaints_learning.nouns.errors import column_letters
from complaints_learning.read.kinds import damaged
from complaints_learning.read.scan import SheetFacts

_SHOWN = dict(
    zip(
        (0x00, 0x07, 0x0F, 0x17, 0x1D, 0x24, 0x2A, 0x2B),
        ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"],
        strict=True,
    )
)
_XLS_ROW, _XLS_BOF, _XLS_EOF, _XLS_HIDDEN = 0x0208, (0x0209, 0x0409, 0x0809), 0x000A, 0x20
_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _PROPERTIES = 0, 3, 11, 156, 153
_ROW_HIDDEN = 0x10


def hidden_in_xls(stream: bytes, at: int) -> list[int]:
    """Excel's numbers of the rows that are hidden in the sheet whose records begin at `at`."""
    hidden: list[int] = []
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind in _XLS_BOF:
            depth += 1
        elif kind == _XLS_EOF:
            # a chart inside the sheet has a beginning and an end of its own
            depth -= 1
            if depth <= 0:
                break
        elif kind == _XLS_ROW and size >= 16 and stream[at + 4 + 12] & _XLS_HIDDEN:
            hidden.append(int(struct.unpack_from("<H", stream, at + 4)[0]) + 1)
        at += 4 + size
    return hidden


def xlsb(data: bytes, file: str) -> tuple[dict[str, SheetFacts], bool]:
    """For each sheet of an .xlsb its hidden rows and errors; whether dates count from 1904."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name.casefold(): name for name in archive.namelist()}
            book = next(name for name in parts if name.endswith("workbook.bin"))
            folder, _, name = book.rpartition("/")
            targets = _targets(archive.read(parts[f"{folder}/_rels/{name}.rels".lstrip("/")]))
            sheets, from_1904 = _sheets(archive.read(parts[book]))
            found = {}
            for sheet, relation in sheets.items():
                target = targets.get(relation, "").casefold()
                part = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
                if part in parts:
                    found[sheet] = _facts(archive.read(parts[part]))
            return found, from_1904
    except (zipfile.BadZipFile, KeyError, StopIteration, struct.error, IndexError, zlib.error):
        raise damaged(file) from None
    except (EOFError, OSError, NotImplementedError, ValueError, ElementTree.ParseError):
        raise damaged(file) from None


def _targets(relations: bytes) -> dict[str, str]:
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", relations[:4096]):
        return {}
    tree = ElementTree.fromstring(relations)
    return {each.get("Id", ""): each.get("Target", "").replace("\\", "/") for each in tree}


def _records(part: bytes) -> Iterator[tuple[int, bytes]]:
    """Each record's kind and content; IndexError when the last is cut short."""
    at = 0
    while at < len(part):
        kind = part[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = 0
        for step in range(4):
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << 7 * step
            if not byte & 0x80:
                break
        if at + size > len(part):
            raise IndexError
        yield kind, part[at : at + size]
        at += size


def _sheets(book: bytes) -> tuple[dict[str, str], bool]:
    """Sheet name to relationship; whether dates count from 1904."""
    found: dict[str, str] = {}
    from_1904 = False
    for kind, content in _records(book):
        if kind == _SHEET:
            relation, after = _text(content, 8)
            found[_text(content, after)[0]] = relation
        elif kind == _PROPERTIES:
            from_1904 = bool(content[0] & 1)
    return found, from_1904


def _text(content: bytes, at: int) -> tuple[str, int]:
    (length,) = struct.unpack_from("<I", content, at)
    end = at + 4 + 2 * (length if length != 0xFFFFFFFF else 0)
    return content[at + 4 : end].decode("utf-16-le"), end


def _facts(sheet: bytes) -> SheetFacts:
    found = SheetFacts()
    for kind, content in _records(sheet):
        if kind == _ROW:
            found.at = int(struct.unpack_from("<I", content)[0]) + 1
            if content[11] & _ROW_HIDDEN:
                found.hidden_rows.append(found.at)
        elif kind in (_ERROR, _FORMULA_ERROR):
            column = int(struct.unpack_from("<I", content)[0])
            shown = _SHOWN.get(content[8], "an error")
            found.faults[found.at, column_letters(min(column, 16_383))] = shown
    return found
