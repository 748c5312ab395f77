"""What systems export: a row for each point or stage of a complaint, or a printed report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from complaints_learning.check.aside import REASON
from complaints_learning.nouns.records import Checked
from test_check import a_register, a_workbook, checked

STAGES = ["Ref", "Stage", "Stage start date", "Stage end date", "Stage outcome", "Summary"]
POINTS = [
    "Ref",
    "Date received",
    "Date responded",
    "Service",
    "Point of complaint",
    "Point outcome",
]


def ended(found: Checked) -> list[tuple[Any, ...]]:
    frame = found.frames["complaints"]
    return list(zip(frame["reference"], frame["outcome"], frame["ombudsman"], strict=True))


def test_the_ombudsmans_row_is_no_stage_and_says_what_it_decided(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "Stage 1 - Local Resolution", "03/04/2023", "17/04/2023", "Not upheld", "Late."],
        ["1", "Stage 2 - Independent Investigation", "02/05/2023", "01/06/2023", "Upheld", "Late."],
        [" 1", "LGSCO", "02/08/2023", "05/02/2024", "Upheld: fault and injustice", "Late."],
        ["2", "Stage 1 - Local Resolution", "03/04/2023", "17/04/2023", "Not upheld", "Rude."],
        headers=STAGES,
    )
    assert ended(found) == [
        ("1", "upheld", "Upheld: fault and injustice"),
        ("2", "not_upheld", ""),
    ]
    assert found.frames["complaints"]["responded"].astype(str).tolist() == [
        "2023-06-01",
        "2023-04-17",
    ]
    assert found.rows["register"].left_out == {REASON: 1}
    assert not found.problems


def test_a_stages_own_dates_go_before_the_cases_where_each_has_a_row(tmp_path: Path) -> None:
    headers = ["Date received", "Outcome", *STAGES]
    first = ["03/04/2023", "Upheld", "1", "Stage 1", "03/04/2023", "17/04/2023", "Not upheld", "a"]
    later = ["03/04/2023", "Upheld", "1", "Stage 2", "02/05/2023", "01/06/2023", "Upheld", "a"]
    both = a_register(tmp_path / "both", first, later, headers=headers).frames["stages"]
    assert both["received"].dt.month.tolist() == [4, 5]
    assert both["outcome"].tolist() == ["not_upheld", "upheld"]
    one = a_register(tmp_path / "one", later, headers=headers)
    assert one.frames["stages"]["received"].dt.month.tolist() == [4]
    assert {problem.code for problem in one.problems} == {"column-spare"}


def test_the_ombudsmans_own_column_goes_before_its_row(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "Stage 1", "03/04/2023", "17/04/2023", "Not upheld", "Late.", "Closed"],
        ["1", "Ombudsman", "02/08/2023", "05/02/2024", "Upheld", "Late.", ""],
        headers=[*STAGES, "LGSCO decision"],
    )
    assert ended(found) == [("1", "not_upheld", "Closed")]


def test_a_complaint_that_is_now_with_the_ombudsman_stays_a_complaint(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "LGSCO", "03/04/2023", "17/04/2023", "Not upheld", "Late."],
        headers=STAGES,
    )
    assert ended(found) == [("1", "not_upheld", "")]
    assert [problem.code for problem in found.problems] == ["stage-unknown"]


FIRST = ["1", "03/04/2023", "17/04/2023", "SEND", "The plan is late.", "Upheld"]
OTHER = ["2", "04/04/2023", "18/04/2023", "SEND", "Nobody rang.", "Upheld"]


def a_point(says: str, outcome: str) -> list[str]:
    return ["", "", "", "", says, outcome]


def test_rows_below_a_reference_are_further_points_of_its_complaint(tmp_path: Path) -> None:
    points = [a_point("It is wrong.", "Not upheld"), a_point("It was lost.", "Upheld")]
    found = a_register(
        tmp_path, FIRST, *points, OTHER, a_point("She was rude.", "Upheld"), headers=POINTS
    )
    assert ended(found) == [("1", "partly_upheld", ""), ("2", "upheld", "")]
    assert found.frames["complaints"]["text"][0] == "The plan is late.\nIt is wrong.\nIt was lost."
    assert [(problem.code, problem.place.cell) for problem in found.problems] == [
        ("concerns-differ", "F2"),
        ("reference-above", "A3"),
    ]


def test_rows_without_a_reference_are_left_out_where_one_of_them_says_more(tmp_path: Path) -> None:
    points = [a_point("It is wrong.", "Not upheld") for _ in range(3)]
    slip = ["", "05/04/2023", "", "SEND", "A complaint of its own.", ""]
    found = a_register(tmp_path, FIRST, *points, slip, OTHER, headers=POINTS)
    assert ended(found) == [("1", "upheld", ""), ("2", "upheld", "")]
    assert found.rows["register"].left_out == {"no reference": 4}


def test_a_few_rows_without_a_reference_are_slips(tmp_path: Path) -> None:
    points = [a_point("It is wrong.", "Not upheld") for _ in range(2)]
    found = a_register(tmp_path, FIRST, *points, OTHER, headers=POINTS)
    assert ended(found)[0] == ("1", "upheld", "")
    assert found.rows["register"].left_out == {"no reference": 2}


def test_an_outcome_of_stage_2_alone_is_not_enough(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "03/04/2023", "17/04/2023", "Upheld", "Not upheld"],
        headers=["Ref", "Date received", "Date responded", "How it outcomed", "Stage 2 outcome"],
    )
    assert [stop.code for stop in found.stops] == ["column-missing"]


GROUPED = ["Ref", "Date received", "Date responded", "Outcome", "Summary"]


def a_report(folder: Path, *rows: list[str]) -> Checked:
    """A report with its title and parameters above, as a system prints it."""
    found = [[*row, "", "", "", ""][:5] for row in rows]
    a_workbook(folder / "register" / "report.xlsx", [["Complaints"], *found])
    return checked(folder)


def a_complaint(number: int) -> list[str]:
    return [f"C {number}", "03/04/2023", "17/04/2023", "Upheld", "Late."]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (["Service: Fostering"], ["Service: SEND"]),
        (["Service:", "Fostering"], ["Service :", "SEND"]),
        (["Service:Fostering"], ["Service:SEND"]),
    ],
)
def test_headings_between_rows_give_the_column_that_they_name(
    tmp_path: Path, first: list[str], second: list[str]
) -> None:
    again = [*first[:-1], f"{first[-1]} (continued)"]
    found = a_report(
        tmp_path,
        *(["Team: all"], first, GROUPED, a_complaint(1), ["", "Page 1 of 2", "A council"], again),
        *(GROUPED, a_complaint(2), ["Subtotal for Fostering:", "2"]),
        *(second, GROUPED, a_complaint(3)),
    )
    complaints = found.frames["complaints"]
    assert complaints["service"].tolist() == ["Fostering", "Fostering", "SEND"]
    assert complaints["team"].tolist() == [""] * 3
    assert found.rows["register"].left_out == {
        "a note or heading": 3,
        "a totals row": 1,
        "the header again": 2,
    }
    assert not found.problems


def test_a_heading_of_a_column_that_is_there_is_a_note(tmp_path: Path) -> None:
    found = a_report(
        tmp_path, GROUPED, ["Outcome: not upheld"], a_complaint(1), ["Source: the system"]
    )
    complaints = found.frames["complaints"]
    assert complaints["outcome"].tolist() == ["upheld"]
    assert complaints["complainant"].tolist() == [""]
    assert found.rows["register"].left_out == {"a note or heading": 2}
