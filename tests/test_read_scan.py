"""How far the cells of a sheet reach, also when a file means to hide it."""

from __future__ import annotations

import random
import zlib

import pytest

from complaints_learning.nouns.errors import column_letters
from complaints_learning.read import scan


def pieces_of(columns: tuple[bytes, ...], hidden: bytes = b"", size: int = 4096) -> list[bytes]:
    """A sheet of 2,000 rows in pieces; `hidden` stands first in one row, out of its order."""
    rows = []
    for number in range(1, 2001):
        cells = b"".join(b'<c r="%s%d"><v>1</v></c>' % (name, number) for name in columns)
        if hidden and number == 1500:
            cells = b'<c r="%s"><v>1</v></c>' % hidden + cells
        rows.append(b'<row r="%d">%s</row>' % (number, cells))
    data = b"<sheetData>" + b"".join(rows) + b"</sheetData>"
    return [data[at : at + size] for at in range(0, len(data), size)]


@pytest.mark.parametrize(
    ("columns", "width"), [((b"A",), 1), ((b"A", b"T"), 20), ((b"A", b"AB"), 28)]
)
def test_an_honest_sheet_reaches_as_far_as_its_rows_end(
    columns: tuple[bytes, ...], width: int
) -> None:
    found = scan.sheet(pieces_of(columns))

    assert (found.width, found.last_row) == (width, 2000)


@pytest.mark.parametrize(
    ("columns", "hidden", "width"),
    [
        ((b"A", b"C"), b"XFD1500", 16384),
        ((b"A", b"C"), b"AA1500", 27),
        ((b"A", b"AB"), b"ZZ1500", 702),
        ((b"A", b"AB"), b"XFD1500", 16384),
        ((b"A", b"C"), b"xfd1500", 16384),
    ],
)
@pytest.mark.parametrize("size", [4096, 61, 1 << 20])
def test_a_cell_that_stands_far_out_and_out_of_order_is_seen(
    columns: tuple[bytes, ...], hidden: bytes, width: int, size: int
) -> None:
    assert scan.sheet(pieces_of(columns, hidden, size)).width == width


def a_sheet(chance: random.Random) -> bytes:
    """Rows of different widths, some left out, hidden, without an address or with a fault."""
    rows, number = [], 0
    for _ in range(200):
        number += chance.choice((1, 1, 1, 1, 2, 40))
        wide = chance.choice((3, 3, 3, 3, 1, 5, 30))
        bare = chance.random() < 0.05
        opening = b"<row>" if bare and chance.random() < 0.5 else b'<row r="%d">' % number
        if chance.random() < 0.05:
            opening = opening.replace(b">", b' hidden="1">')
        cells = [
            b"<c><v>1</v></c>" if bare else b'<c r="%s%d"><v>1</v></c>' % (letters, number)
            for letters in map(str.encode, map(column_letters, range(wide)))
        ]
        if chance.random() < 0.05:
            cells[0] = b'<c r="A%d" t="e"><v>#N/A</v></c>' % number
        rows.append(opening + b"".join(cells) + b"</row>")
    return b"<worksheet><sheetData>" + b"".join(rows) + b"</sheetData></worksheet>"


@pytest.mark.parametrize("seed", range(20))
def test_rows_in_one_glance_tell_what_they_tell_cell_by_cell(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(seed)
    data = a_sheet(chance)
    size = chance.choice((50, 1000, 20_000, len(data)))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]

    glanced = scan.sheet(pieces)

    monkeypatch.setattr(scan, "_marked", lambda block: True)
    assert glanced == scan.sheet(pieces)
    assert glanced.crc == zlib.crc32(data)
