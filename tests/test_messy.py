"""A folder of difficult files from elsewhere, named by CL_MESSY: each read rightly or refused.

What each should give was written down by hand in data/messy_verdicts.csv. A file that is not
listed there must still be read, or refused with a reason, in time.
"""

from __future__ import annotations

import csv
import os
import time
from pathlib import Path

import pytest

from complaints_learning import read
from complaints_learning.nouns import columns
from complaints_learning.nouns.codes import CODES
from complaints_learning.nouns.errors import ReadError

FOLDER = Path(os.environ.get("CL_MESSY", "/nowhere"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="CL_MESSY names no folder")


def verdicts() -> dict[str, dict[str, str]]:
    """File name to what it should give."""
    path = Path(__file__).parent / "data" / "messy_verdicts.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return {line["file"]: line for line in csv.DictReader(lines)}


def files() -> list[Path]:
    """Every file of the corpus but its index."""
    if not FOLDER.is_dir():
        return []
    return sorted(p for p in FOLDER.rglob("*") if p.is_file() and p.name != "index.csv")


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_difficult_file_is_read_rightly_or_refused_with_a_reason(path: Path) -> None:
    expected = verdicts().get(path.name)
    start = time.monotonic()
    try:
        found = read.tables(path)
    except ReadError as refused:
        assert refused.code in CODES
        assert str(refused).startswith(path.name)
        if expected:
            assert (expected["verdict"], expected["code"]) == ("refused", refused.code)
    else:
        if expected:
            assert expected["verdict"] == "read"
            assert len(found) == int(expected["tables"])
            first = found[0]
            place = str(first.header_place(0)).removeprefix(path.name).removeprefix(", ")
            assert place == expected["place"]
            assert " | ".join(header[:30] for header in first.headers[:3]) == expected["headers"]
            assert len(first) == int(expected["records"])
            last = str(first.columns[0][-1])[:30] if len(first) else ""
            assert last == expected["last"]
    assert time.monotonic() - start < 5


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_a_difficult_file_can_be_taken_for_any_table(path: Path) -> None:
    for name in columns.TABLES:
        try:
            found = read.tables(path, name)
        except ReadError:
            break
        for table in found:
            assert all(len(column) == len(table.rows) for column in table.columns)
            assert len(table.headers) == len(table.letters) == len(table.columns)
