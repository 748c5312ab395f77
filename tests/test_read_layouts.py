"""Registers written in layouts nobody chose: whatever surrounds them, they are read back equal."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from xml.sax.saxutils import escape

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaints_learning import check, read
from complaints_learning.nouns import settings as choices
from complaints_learning.read import legacy
from complaints_learning.read.grid import Grid
from test_read_binary import ods, row_of, xls, xlsb

SPELT = {
    "reference": ["Ref", "CASE REF", "Complaint No.", "Case\nReference", " Ref "],
    "received": ["Date received", "Date  Received (dd/mm/yyyy)", "Received On", "Date Logged"],
    "responded": ["Date responded", "RESPONSE SENT", "Response\u00a0Date", "Closed date"],
    "outcome": ["Outcome", "Finding", "Decision ", "Upheld?"],
    "service": ["Service area", "Business Unit", "SERVICE"],
    "text": ["Summary", "Details of complaint", "Complaint Summary"],
}
OUTCOMES = {
    "upheld": ["Upheld", "FULLY UPHELD", "upheld "],
    "partly_upheld": ["Partially Upheld", "Part upheld", "PU"],
    "not_upheld": ["Not Upheld", "NU", "Not  upheld"],
    "withdrawn": ["Withdrawn", "withdrawn"],
}
WORDS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=12)
DAYS = st.dates(date(2021, 4, 1), date(2023, 3, 1))


@st.composite
def complaints(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Some complaints as they are."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        received = draw(DAYS)
        rows.append(
            {
                "reference": f"{draw(st.sampled_from(('00', 'CS/', '')))}{4100 + number}",
                "received": received,
                "responded": received + timedelta(days=draw(st.integers(0, 60))),
                "outcome": draw(st.sampled_from(sorted(OUTCOMES))),
                "service": draw(st.sampled_from(("Fostering", "SEND", "Early Help"))),
                "text": " ".join(draw(st.lists(WORDS, min_size=3, max_size=6)))
                + draw(st.sampled_from(("", ' he said "no" to us'))),
            }
        )
    return rows


def as_typed(draw: st.DrawFn, name: str, value: Any, text_only: bool) -> Any:
    """A value in one of the ways people type it."""
    if isinstance(value, date):
        forms: list[Any] = [
            f"{value:%d/%m/%Y}",
            f"{value.day}.{value.month}.{value:%y}",
            f"{value:%Y-%m-%d}",
            f"{value:%d %B %Y}",
            f"{value:%a %d-%b-%Y}",
        ]
        if not text_only:
            forms += [value, (value - date(1899, 12, 30)).days]
        return draw(st.sampled_from(forms))
    if name == "outcome":
        return draw(st.sampled_from(OUTCOMES[value]))
    if name == "reference" and draw(st.booleans()):
        return f" {value}\u00a0"
    return value


@st.composite
def layouts(draw: st.DrawFn, text_only: bool = False) -> tuple[list[dict[str, Any]], list[Any]]:
    """Complaints, and the grid of a sheet that holds them among other things."""
    rows = draw(complaints())
    names = draw(st.permutations(sorted(SPELT)))
    header: list[Any] = [draw(st.sampled_from(SPELT[name])) for name in names]
    grid = [[as_typed(draw, name, row[name], text_only) for name in names] for row in rows]
    gap = draw(st.integers(0, len(names)))
    if draw(st.booleans()):
        header.insert(gap, "")
        for row in grid:
            row.insert(gap, "")
    if draw(st.booleans()) and len(grid) > 1:
        grid.insert(draw(st.integers(1, len(grid) - 1)), list(header))
    if draw(st.booleans()):
        grid.insert(draw(st.integers(0, len(grid))), [""] * len(header))
    above: list[list[Any]] = draw(
        st.lists(
            st.sampled_from(
                [
                    ["OFFICIAL-SENSITIVE"],
                    ["Complaints 2022/23"],
                    [""],
                    ["Filter: Service = All", "x"],
                ]
            ),
            max_size=3,
        )
    )
    below: list[list[Any]] = draw(
        st.lists(
            st.sampled_from([["Total", len(rows)], [""], ["Note: run on 01/04/2023 by the team"]]),
            max_size=2,
        )
    )
    return rows, [*above, header, *grid, *below]


def compare(folder: Path, rows: list[dict[str, Any]]) -> None:
    """What was read is what there was."""
    chosen = choices.parse("[report]\ndate = 2024-03-31")
    found = check.everything(read.workspace(folder, chosen), chosen)
    frame = found.frames["complaints"]
    assert found.rows["register"].adds_up
    told = [
        {
            "reference": row.reference,
            "received": row.received.date(),
            "responded": row.responded.date(),
            "outcome": row.outcome,
            "service": row.service,
            "text": row.text,
        }
        for row in frame.itertuples()
    ]
    assert told == rows
    assert not [p for p in found.problems if p.place.row and p.code != "encoding"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose register is written anew for each example."""
    made: Path = tmp_path_factory.mktemp("workspace")
    (made / "register").mkdir()
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layouts())
def test_a_workbook_in_any_layout_is_read_back_equal(
    folder: Path, made: tuple[list[dict[str, Any]], list[Any]]
) -> None:
    rows, grid = made
    book = openpyxl.Workbook()
    for row in grid:
        book.active.append([cell if cell != "" else None for cell in row])
    book.save(folder / "register" / "register.xlsx")
    try:
        compare(folder, rows)
    finally:
        (folder / "register" / "register.xlsx").unlink()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    layouts(text_only=True),
    st.sampled_from(",;\t|"),
    st.sampled_from(("utf-8", "utf-8-sig", "utf-16", "cp1252")),
    st.sampled_from(("\n", "\r\n", "\r")),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
def test_a_text_file_in_any_dialect_is_read_back_equal(
    folder: Path,
    made: tuple[list[dict[str, Any]], list[Any]],
    separator: str,
    encoding: str,
    ending: str,
    quoted: bool,
    escaped: bool,
    told: bool,
) -> None:
    rows, grid = made
    text = io.StringIO()
    if told:
        text.write(f"sep={separator}{ending}")
    writer = csv.writer(
        text,
        delimiter=separator,
        lineterminator=ending,
        # as databases export: a backslash before a quotation mark, not two of them
        doublequote=not escaped,
        escapechar="\\" if escaped else None,
        # the csv module does not quote a line break that is not its own line ending
        quoting=csv.QUOTE_ALL if quoted or escaped or ending == "\r" else csv.QUOTE_MINIMAL,
    )
    writer.writerows(grid)
    target = folder / "register" / "register.csv"
    target.write_bytes(text.getvalue().encode(encoding))
    try:
        compare(folder, rows)
    finally:
        target.unlink()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(layouts(text_only=True), st.sampled_from(("xls", "xlsb", "ods")))
def test_an_older_format_in_any_layout_is_read_back_equal(
    folder: Path, made: tuple[list[dict[str, Any]], list[Any]], kind: str
) -> None:
    rows, grid = made
    typed = [[float(c) if isinstance(c, int) else c for c in row] for row in grid]
    if kind == "ods":
        data = ods([row_of(*(escape(str(cell)) for cell in row)) for row in typed])
    else:
        data = xlsb(typed) if kind == "xlsb" else xls({"Log": typed})
    target = folder / "register" / f"register.{kind}"
    target.write_bytes(data)

    def here(data: bytes, file: str, kind: str) -> list[Grid]:
        return legacy.grids(data, file, kind)

    try:
        # a process of its own for each example would take a second each
        with mock.patch("complaints_learning.read.workbook.apart", here):
            compare(folder, rows)
    finally:
        target.unlink()
