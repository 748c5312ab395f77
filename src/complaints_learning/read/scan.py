"""The XML of one sheet as it is inflated in; what calamine will not tell of it out.

Rows are cut at their ends and looked at whole. In an ordinary row of a large sheet only the last
cell's address is read, to save time; in a small sheet, where a few cells may reach far, every
address is; a row with an error, a formula or something hidden is looked at cell by cell.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from complaints_learning.nouns.errors import column_letters


@dataclass(slots=True)
class SheetFacts:
    """What was seen in one sheet's XML. `faults` are as in `raw.RawTable`; `at` is the last row
    looked at, which a row without an address follows; `crc` is the CRC-32 of it all.
    """

    faults: dict[tuple[int, str], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    unclean: bool = False
    merged: bool = False
    crc: int = 0
    first_row: int = 0
    last_row: int = 0
    width: int = 0
    longest_row: int = 0
    at: int = 0

    def reach(self, column: int, row: int) -> None:
        """A cell is there."""
        self.width = max(self.width, column)
        self.last_row = max(self.last_row, row)
        self.first_row = min(self.first_row or row, row)


_BIDI = re.compile(rb"\xe2(?:\x80[\x8b\x8e\x8f\xaa-\xae]|\x81[\xa0\xa6-\xa9])")
_C1 = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
_PRIVATE = re.compile(rb"\xee[\x80-\xbf]|\xef(?:[\x80-\xa3]|\xbb\xbf|\xbf[\xbe\xbf])|[\xf3\xf4]")
_ENTITY = re.compile(rb"&#x?0*(?:[0-9a-fA-F]+);")


def unclean(piece: bytes) -> bool:
    """Whether a character may need cleaning: cheap, and wrong only towards yes.

    One byte is found twenty times as fast as two, so that each pair is looked for only where
    its rarer byte is.
    """
    if b"_" in piece and b"_x" in piece:
        return True
    if (b"&" in piece and b"&#" in piece) or b"\x7f" in piece:
        return True
    if piece.isascii():
        return False
    if b"\xe2" in piece and _BIDI.search(piece):
        return True
    if b"\xc2" in piece and _C1.search(piece):
        return True
    rare = b"\xee" in piece or b"\xef" in piece or b"\xf3" in piece or b"\xf4" in piece
    return rare and _PRIVATE.search(piece) is not None


_MARKS = ((b"e", b't="e"'), (b"f", b"<f"), (b":", b":f"), (b"h", b"hidden="), (b"'", b"='"))
"""What makes a piece worth a closer look, each with a byte that must be there for it."""
_LAST = re.compile(rb"([A-Z]{1,3})(\d+)").match
_ROW_TAG = re.compile(rb"<(?:\w+:)?row\b[^>]*>")
_NUMBER = re.compile(rb"\br\s*=\s*[\"'](\d+)[\"']")
_HIDDEN = re.compile(rb"\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_REF = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+)(\d+)[\"']")
_EVERY = re.compile(rb' r="([A-Za-z]+)(\d+)"')
_CELL = re.compile(
    rb"<(?:\w+:)?c\b(?P<tag>(?:[^>]*[^/>])?)>(?P<inside>.*?)</(?:\w+:)?c>"
    rb"|<(?:\w+:)?c\b(?P<bare>[^>]*)/>",
    re.DOTALL,
)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
LONGEST_ROW = 64 << 20
"""Bytes of a row after which a sheet is not looked at further: it is not safe."""


def sheet(pieces: Iterable[bytes], small: bool = False) -> SheetFacts:
    """One pass over the pieces of a sheet, in blocks of whole rows."""
    found = SheetFacts()
    held = b""
    for piece in pieces:
        found.crc = zlib.crc32(piece, found.crc)
        block, _, held = (held + piece).rpartition(b"row>")
        found.longest_row = max(found.longest_row, len(held))
        if found.longest_row > LONGEST_ROW:
            return found
        _block(block, found, small, _marked(block))
    _block(held, found, small, True)
    return found


def _block(block: bytes, found: SheetFacts, small: bool, closely: bool) -> None:
    found.unclean = found.unclean or unclean(block)
    found.merged = found.merged or (b"m" in block and b"mergeCell" in block)
    rows = block.split(b"row>")
    if closely:
        for row in rows:
            _look(row, found)
    else:
        _rows(rows, found)
    # a row's last address is not its widest where somebody means to hide how far it reaches
    if small or _farther(found.width)(block):
        for letters, number in _EVERY.findall(block):
            found.reach(_width(letters), int(number[:12]))


@cache
def _farther(width: int) -> Callable[[bytes], object]:
    """A search for an address well beyond `width` columns: a longer one, or a later first letter.

    What it lets by is at most 26 columns farther, for which a reader can make room.
    """
    letters = column_letters(width - 1) if width else "A"
    longer = f"[A-Z]{{{len(letters) + 1},4}}"
    later = chr(ord(letters[0]) + 1)
    wider = f"|[{later}-Z][A-Z]{{{len(letters) - 1}}}" if len(letters) > 1 and later <= "Z" else ""
    return re.compile(f' r="(?:[a-z]|(?:{longer}{wider})[0-9])'.encode()).search


def _marked(piece: bytes) -> bool:
    return any(byte in piece and mark in piece for byte, mark in _MARKS)


def _rows(rows: list[bytes], found: SheetFacts) -> None:
    widest = column_letters(found.width - 1).encode() if found.width else b""
    last = found.last_row
    for row in rows:
        place = row.rfind(b' r="') + 4
        if row.startswith(b'%b%d"' % (widest, last + 1), place):
            last += 1  # the row after the last, and as wide: most are
            continue
        if last != found.last_row:
            found.at = found.last_row = last
        # two rows where there should be one: an end is missing, and nothing is taken on trust
        whole = row.find(b"<row", 12) < 0
        reference = _LAST(row, place) if whole else None
        if reference is None:
            _look(row, found)
        else:
            letters, number = reference.groups()
            found.at = int(number[:12])
            found.reach(_width(letters), found.at)
        widest = column_letters(found.width - 1).encode() if found.width else b""
        last = found.last_row
    if last != found.last_row:
        found.at = found.last_row = last


def _width(letters: bytes) -> int:
    """How many columns there are up to the one with these letters."""
    width = 0
    for letter in letters[:4].upper():
        width = width * 26 + letter - 64
    return width


def _look(row: bytes, found: SheetFacts) -> None:
    """One row cell by cell. Cells and rows without an address follow the one before."""
    opening = _ROW_TAG.search(row)
    number = _NUMBER.search(opening[0]) if opening else None
    at = int(number[1][:12]) if number else found.at + 1
    if opening and _HIDDEN.search(opening[0]):
        found.hidden_rows.append(at)
    column = 0
    if opening:
        found.at = at
    for cell in _CELL.finditer(row, opening.end() if opening else 0):
        tag, inside = cell["tag"], cell["inside"]
        reference = _REF.search(tag if tag is not None else cell["bare"])
        if reference:
            column, at = _width(reference[1][:4]), int(reference[2][:12])
        else:
            column += 1
        found.reach(column, at)
        fault = _fault(tag, inside) if tag is not None else ""
        if fault:
            found.faults[at, column_letters(column - 1)] = fault


def _fault(tag: bytes, inside: bytes) -> str:
    """What Excel shows for an error, 'formula' for one without a value, '' for a good cell."""
    if b't="e"' in tag or b"t='e'" in tag:
        value = _VALUE.search(inside)
        return value[1].decode("utf-8", "replace") if value else "an error"
    if not _FORMULA.search(inside):
        return ""
    value = _VALUE.search(inside)
    if value and value[1].strip():
        return ""
    # a formula may well give an empty text; then the empty value is its value
    return "" if b"<v" in inside and b't="str"' in tag else "formula"
