"""Which rows are one complaint, and what its concerns and stages come to together."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from complaints_learning.nouns.records import Checked
from test_check import HEADERS, STAGED, a_register, a_workbook, checked

RECEIVED, ANSWERED = "03/04/2023", "17/04/2023"
NOT_UPHELD = ["1", RECEIVED, ANSWERED, "Not upheld", "Nobody rang."]
UPHELD = ["1", RECEIVED, ANSWERED, "Upheld", "The report is wrong."]
STAGE_2 = ["02/05/2023", "05/06/2023", "Not upheld"]
NO_STAGE_2 = ["", "", ""]


def stages(found: Checked) -> list[tuple[int, str, str]]:
    """Each stage, when it was answered and how it ended."""
    frame = found.frames["stages"]
    days = frame["responded"].dt.strftime("%d/%m").fillna("")
    return list(zip(frame["stage"].tolist(), days.tolist(), frame["outcome"], strict=True))


def whole(found: Checked) -> tuple[int, str, str]:
    """The only complaint: its highest stage, when it was answered and how it ended."""
    assert len(found.frames["complaints"]) == 1
    row = found.frames["complaints"].iloc[0]
    assert row["escalated"] == (row["stage"] > 1)
    return row["stage"], f"{row['responded']:%d/%m}", row["outcome"]


def said(found: Checked) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.cell) for problem in found.problems]


CONCERNS_ROWS = [NOT_UPHELD, UPHELD, ["1/S2", *STAGE_2, "Still nobody rang."]]
IN_COLUMNS_OF_FIRST = [NOT_UPHELD + STAGE_2, UPHELD + NO_STAGE_2]
IN_COLUMNS_OF_SECOND = [NOT_UPHELD + NO_STAGE_2, UPHELD + STAGE_2]
IN_COLUMNS_OF_BOTH = [NOT_UPHELD + STAGE_2, UPHELD + STAGE_2]
IN_ONE_CELL = [["1", RECEIVED, ANSWERED, "Upheld x1, NU x1", "Both."], CONCERNS_ROWS[2]]


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        (CONCERNS_ROWS, HEADERS),
        (IN_COLUMNS_OF_FIRST, STAGED),
        (IN_COLUMNS_OF_SECOND, STAGED),
        (IN_COLUMNS_OF_BOTH, STAGED),
        (IN_ONE_CELL, HEADERS),
    ],
)
def test_concerns_that_ended_differently_keep_their_outcome_when_stage_2_follows(
    tmp_path: Path, rows: list[list[Any]], headers: list[str]
) -> None:
    found = a_register(tmp_path, *rows, headers=headers)
    assert stages(found) == [(1, "17/04", "partly_upheld"), (2, "05/06", "not_upheld")]
    assert whole(found) == (2, "05/06", "not_upheld")
    assert len(found.problems) == 1


def test_a_message_about_concerns_of_one_stage_does_not_speak_for_the_complaint(
    tmp_path: Path,
) -> None:
    (problem,) = a_register(tmp_path, *CONCERNS_ROWS).problems
    assert problem.message == (
        "the concerns of 1 ended differently (Not upheld, Upheld); "
        "its stage 1 is counted as Partially upheld."
    )


def test_concerns_that_differ_at_stage_2_in_columns_are_joined_and_told(tmp_path: Path) -> None:
    upheld = ["02/05/2023", "12/06/2023", "Upheld"]
    found = a_register(
        tmp_path, NOT_UPHELD + STAGE_2, [*NOT_UPHELD[:4], "x", *upheld], headers=STAGED
    )
    assert stages(found) == [(1, "17/04", "not_upheld"), (2, "12/06", "partly_upheld")]
    assert whole(found) == (2, "12/06", "partly_upheld")
    assert said(found) == [("concerns-differ", "H2")]


def test_a_stage_is_answered_when_its_last_concern_is(tmp_path: Path) -> None:
    later = ["1", RECEIVED, "24/04/2023", "Not upheld", "The report is wrong."]
    assert stages(a_register(tmp_path, NOT_UPHELD, later)) == [(1, "24/04", "not_upheld")]
    waiting = ["1", RECEIVED, "", "", "The report is wrong."]
    found = a_register(tmp_path, NOT_UPHELD, waiting)
    assert stages(found) == [(1, "", "open")]
    assert found.frames["complaints"]["outcome"].tolist() == ["open"]


def test_a_row_with_neither_dates_nor_outcome_says_only_what_else_it_was_about(
    tmp_path: Path,
) -> None:
    found = a_register(tmp_path, UPHELD, ["1", "", "", "", "And nobody rang."])
    assert whole(found) == (1, "17/04", "upheld")
    assert found.frames["complaints"]["text"].tolist() == ["The report is wrong.\nAnd nobody rang."]
    assert not found.problems


def test_an_extension_of_any_concern_is_the_stages(tmp_path: Path) -> None:
    headers = [*HEADERS, "Extended?"]
    rows = [[*NOT_UPHELD, "No"], [*UPHELD, "Yes"], ["1/S2", *STAGE_2, "", "No"]]
    found = a_register(tmp_path, *rows, headers=headers)
    assert found.frames["stages"]["extended"].tolist() == [True, False]
    assert found.frames["complaints"]["extended"].tolist() == [True]


def test_an_export_with_the_same_concerns_changes_nothing(tmp_path: Path) -> None:
    another = ["2", RECEIVED, "01/05/2023", "Upheld", "Another."]
    a_workbook(tmp_path / "register" / "a.xlsx", [HEADERS, NOT_UPHELD, UPHELD])
    a_workbook(tmp_path / "register" / "b.xlsx", [HEADERS, UPHELD, NOT_UPHELD, another])
    found = checked(tmp_path)
    assert found.frames["complaints"]["outcome"].tolist() == ["partly_upheld", "upheld"]
    assert found.changes == ()
    assert [problem.code for problem in found.problems] == ["concerns-differ"]
    assert found.rows["register"].superseded == {
        "replaced by a later export": 2,
        "a further concern of the same complaint": 1,
    }


CURRENT = ["Ref", "Stage", *STAGED[1:]]


def current(stage: str, outcome: str, later: list[str]) -> list[str]:
    """A row that names the stage reached and has a later one in columns."""
    return ["1", stage, RECEIVED, ANSWERED, outcome, "Nobody rang.", *later]


def test_a_row_that_came_to_name_stage_2_replaces_its_earlier_self(tmp_path: Path) -> None:
    part = ["02/05/2023", "05/06/2023", "Partly upheld"]
    a_workbook(tmp_path / "register" / "a.xlsx", [CURRENT, current("1", "Not upheld", NO_STAGE_2)])
    a_workbook(tmp_path / "register" / "b.xlsx", [CURRENT, current("2", "Not upheld", part)])
    found = checked(tmp_path)
    assert stages(found) == [(1, "17/04", "not_upheld"), (2, "05/06", "partly_upheld")]
    assert whole(found) == (2, "05/06", "partly_upheld")
    assert found.rows["register"].superseded == {"replaced by a later export": 1}


def test_a_concern_that_names_stage_2_and_one_that_does_not_are_one_stage_1(tmp_path: Path) -> None:
    rows = [current("2", "Not upheld", STAGE_2), current("1", "Upheld", NO_STAGE_2)]
    found = a_register(tmp_path, *rows, headers=CURRENT)
    assert stages(found) == [(1, "17/04", "partly_upheld"), (2, "05/06", "not_upheld")]
    assert whole(found) == (2, "05/06", "not_upheld")


def test_what_a_later_export_changed_at_a_stage_in_columns_is_told(tmp_path: Path) -> None:
    later = ["02/05/2023", "06/06/2023", "Upheld"]
    a_workbook(tmp_path / "register" / "a.xlsx", [STAGED, NOT_UPHELD + STAGE_2])
    a_workbook(tmp_path / "register" / "b.xlsx", [STAGED, NOT_UPHELD + later])
    found = checked(tmp_path)
    assert found.changes == (
        "1: stage 2 responded 05/06/2023, now 06/06/2023",
        "1: stage 2 outcome Not upheld, now Upheld",
    )
    assert said(found) == [("outcome-changed", "H2")]
    assert whole(found) == (2, "06/06", "upheld")


def test_a_stage_that_a_later_export_no_longer_has_goes_with_its_row_and_is_told(
    tmp_path: Path,
) -> None:
    another = ["2", RECEIVED, "01/07/2023", "Upheld", "Another.", *NO_STAGE_2]
    a_workbook(tmp_path / "register" / "a.xlsx", [STAGED, NOT_UPHELD + STAGE_2])
    a_workbook(tmp_path / "register" / "b.xlsx", [STAGED, NOT_UPHELD + NO_STAGE_2, another])
    found = checked(tmp_path)
    assert found.frames["complaints"]["stage"].tolist() == [1, 1]
    assert found.changes == ("1: stage 2 recorded, now not recorded",)


def test_a_row_may_name_a_stage_that_it_has_no_columns_for(tmp_path: Path) -> None:
    found = a_register(tmp_path, current("3", "Not upheld", STAGE_2), headers=CURRENT)
    assert [stage for stage, _, _ in stages(found)] == [1, 2]
    assert whole(found)[0] == 3


PAID = [*HEADERS, "Amount paid", "Learning"]


@pytest.mark.parametrize(
    ("amounts", "paid", "told"),
    [
        ((100, 100), 100.0, []),
        (("", 250), 250.0, []),
        ((100, 250), 350.0, [("remedies-added", "F2")]),
    ],
)
def test_what_was_paid_for_concerns_is_added_up_once(
    tmp_path: Path, amounts: tuple[Any, Any], paid: float, told: list[tuple[str, str]]
) -> None:
    alike = [*NOT_UPHELD[:4], "The report is wrong."]
    rows = [[*NOT_UPHELD, amounts[0], "Ring back."], [*alike, amounts[1], "Read it."]]
    found = a_register(tmp_path, *rows, ["1/S2", *STAGE_2, "", "", "Ring back."], headers=PAID)
    assert found.frames["complaints"]["remedy_amount"].tolist() == [paid]
    assert found.frames["complaints"]["learning"].tolist() == ["Ring back.\nRead it."]
    assert said(found) == told


def test_an_answer_at_stage_2_before_it_was_asked_for_is_told_and_not_used(tmp_path: Path) -> None:
    found = a_register(
        tmp_path, [*NOT_UPHELD, "02/05/2023", "01/05/2023", "Upheld"], headers=STAGED
    )
    assert stages(found) == [(1, "17/04", "not_upheld"), (2, "", "upheld")]
    assert said(found) == [("dates-out-of-order", "G2")]
