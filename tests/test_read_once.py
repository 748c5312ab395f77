"""A large sheet gone through once: the same cells, the same damage seen, merged cells kept."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from complaints_learning import read
from complaints_learning.read import once, workbook, xlsx
from test_read_faults import SHEET, changed, plain_book, refused

MERGED = b'</sheetData><mergeCells count="1"><mergeCell ref="C2:C3"/></mergeCells>'


def large(change: Callable[[bytes], bytes] = lambda part: part) -> bytes:
    """The plain register with a megabyte of empty lines behind its sheet's cells."""
    return changed(plain_book(), {SHEET: lambda part: change(part) + b"\n" * (1 << 20)})


def test_the_empty_list_leaves_the_crc_of_a_part_as_it_was() -> None:
    part = b"<worksheet/>"

    assert zlib.crc32(once.NONE) == 0
    assert zlib.crc32(once.NONE + part) == zlib.crc32(part)


def test_a_large_sheet_without_merged_cells_gets_the_list_and_nothing_else_changes() -> None:
    data = large()
    sheets = xlsx.facts(data, "register.xlsx").unmerged

    assert [sheet.filename for sheet in sheets] == [SHEET]
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(once.unmerged(data, sheets)) as new,
    ):
        assert new.testzip() is None
        assert sorted(new.namelist()) == sorted(old.namelist())
        for name in old.namelist():
            start = once.NONE if name == SHEET else b""
            assert new.read(name) == start + old.read(name)


def test_its_cells_are_what_they_would_have_been() -> None:
    data = large()

    found = workbook.grids(data, "register.xlsx")

    assert len(found) == 1
    assert found == workbook.by_calamine(io.BytesIO(data), "register.xlsx")
    assert found == workbook.grids(plain_book(), "register.xlsx")


@pytest.mark.parametrize(
    "package", [plain_book(), large(lambda part: part.replace(b"</sheetData>", MERGED))]
)
def test_small_sheets_and_those_with_merged_cells_are_left_alone(package: bytes) -> None:
    assert xlsx.facts(package, "register.xlsx").unmerged == []


def test_merged_cells_of_a_large_sheet_count_for_each_of_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(large(lambda part: part.replace(b"</sheetData>", MERGED)))

    (table,) = read.tables(path, "register")

    assert list(table.columns[2]) == ["Upheld", "Upheld"]


def test_a_damaged_part_is_still_seen(tmp_path: Path) -> None:
    data = bytearray(large())
    at = data.rfind(b"PK\x01\x02")
    while data[at + 46 : at + 46 + len(SHEET)] != SHEET.encode():
        at = data.rfind(b"PK\x01\x02", 0, at)
    data[at + 16] ^= 1  # its CRC-32

    assert refused(tmp_path, bytes(data)).code == "file-damaged"


def test_a_calamine_that_minds_the_list_reads_the_file_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(once, "_STORED", b"\x07")  # no block at all

    found = workbook.grids(large(), "register.xlsx")

    assert len(found) == 1
    assert found == workbook.grids(plain_book(), "register.xlsx")
