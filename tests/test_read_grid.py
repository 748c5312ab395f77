"""Rows held by column: every cell as it came, equal words one object, short rows filled."""

from __future__ import annotations

import pickle
from datetime import date, datetime

from complaints_learning.nouns.raw import Cell
from complaints_learning.read import delimited, grid
from complaints_learning.read.grid import Columns, Grid


def rows(many: int) -> list[list[Cell]]:
    """Rows as a reader makes them: each cell an object of its own."""
    return [
        [f"C{n}", "".join(("Up", "held")), date(2023, 4, 1 + n % 28), float(n % 2), n % 2 == 1]
        for n in range(many)
    ]


def test_rows_come_back_as_they_were() -> None:
    for many in (0, 1, 99, 100, 101, 12_345):
        held = Columns(rows(many))

        assert len(held) == many
        assert list(held) == rows(many)
        assert held[-3:] == rows(many)[-3:]
        assert [held[at] for at in range(many)] == rows(many)
        assert pickle.loads(pickle.dumps(held)) == held


def test_equal_words_and_equal_dates_are_one_object() -> None:
    held = Columns(rows(1000))

    assert [len({id(cell) for cell in held.columns[at]}) for at in (1, 2)] == [1, 28]


def test_a_number_a_truth_and_a_date_with_a_time_stay_what_they_are() -> None:
    cells: list[Cell] = [1, True, 1.0, "1", 0, False, date(2023, 4, 1), datetime(2023, 4, 1)]

    held = Columns([[cell] for cell in cells] * 3)

    assert [(type(cell), cell) for cell in held.columns[0]] == [
        (type(cell), cell) for cell in cells
    ] * 3


def test_a_column_in_which_nothing_repeats_is_not_remembered() -> None:
    shared = grid._Shared()
    cells: tuple[Cell, ...] = tuple(f"C{n}" for n in range(grid._FEW + 1))

    assert list(shared.of(cells)) == list(cells)
    assert shared.known is None
    assert list(shared.of(cells)) == list(cells)


def test_a_short_row_has_empty_cells_to_its_right_however_it_is_held() -> None:
    short = Grid("", [["a", "b"], [], ["c"]])
    filled = Grid("", Columns([["a", "b"], ["", ""], ["c", ""]]))

    for one in (short, filled):
        assert one.width(0, 3) == 2
        assert list(one.column(1, 0, 3)) == ["b", "", ""]
        assert list(one.column(2, 1, 3)) == ["", ""]
        assert [one.cell(at, 0) for at in range(3)] == ["a", "", "c"]
        assert one.cell(0, 2) == ""


def test_lines_of_as_many_cells_are_held_by_column_and_an_empty_line_is_one_of_empty_cells() -> (
    None
):
    even = delimited.grid(b"Ref,Outcome\nC1,Upheld\n\nC2,Upheld\n", "register.csv")

    assert isinstance(even.rows, Columns)
    assert list(even.rows) == [["Ref", "Outcome"], ["C1", "Upheld"], ["", ""], ["C2", "Upheld"]]
    assert even.rows.columns[1][1] is even.rows.columns[1][3]


def test_one_long_line_does_not_lengthen_the_others() -> None:
    uneven = delimited.grid(
        b"Ref,Outcome\nC1,Upheld,,,,,,,,,see below\nC2,Upheld\n", "register.csv"
    )

    assert [len(row) for row in uneven.rows] == [2, 11, 2]
