"""The review workbook: written, decided by a person, read back; and what can be wrong in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from complaints_learning.nouns.decisions import COLUMNS, Decision, fingerprint
from complaints_learning.nouns.errors import ReadError
from complaints_learning.read import decisions as reading
from complaints_learning.read import texts
from complaints_learning.write import review
from complaints_learning.write.review import ReviewRow

THEMES = texts.themes()
FILE = "review/decisions.xlsx"


def a_row(reference: str = "C1", **changed: Any) -> ReviewRow:
    ordinary: dict[str, Any] = {
        "reference": reference,
        "received": "2022-05-10",
        "text": "Nobody rang us back.",
        "proposed": ("communication",),
        "because": "nobody rang us back",
        "certainty": 0.62,
        "fingerprint": fingerprint("Nobody rang us back."),
    }
    return ReviewRow(**(ordinary | changed))


def written(folder: Path, *rows: ReviewRow) -> Path:
    path = folder / "decisions.xlsx"
    review.workbook(rows, THEMES, path)
    return path


def changed(path: Path, **cells: str | None) -> Path:
    """The workbook with some cells typed into, as in `G2="Delay"`."""
    book = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        book["Decisions"][cell] = value
    book.save(path)
    return path


def read(path: Path) -> Any:
    return reading.decisions(path, FILE, THEMES)


def told(path: Path) -> list[str]:
    return [str(problem) for problem in read(path).problems]


def test_no_workbook_means_nothing_is_decided(tmp_path: Path) -> None:
    found = read(tmp_path / "none.xlsx")
    assert found.by_reference == {} and found.problems == ()


def test_a_workbook_nobody_has_filled_in_decides_nothing(tmp_path: Path) -> None:
    found = read(written(tmp_path, a_row()))
    assert found.by_reference == {} and found.problems == ()


def test_what_is_written_is_there_to_see(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, a_row()))["Decisions"]
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in sheet[2]][:6] == [
        *("C1", "2022-05-10", "Nobody rang us back.", "Communication", "nobody rang us back"),
        0.62,
    ]


def test_each_cell_to_decide_has_a_drop_down_list(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, a_row(), a_row("C2")))["Decisions"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {
        "G2:K3": "Listed!$B$2:$B$14",
        "M2:M3": "Listed!$C$2:$C$3",
        "Q2:Q3": "Listed!$C$2:$C$3",
    }


def test_what_a_person_chose_is_read_back(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G2="Delay", H2="money", K2="Money")
    decision = read(path).by_reference["C1"]
    assert decision.themes == ("delay", "money")
    assert decision.primary == "money"
    assert decision.fingerprint == fingerprint("Nobody rang us back.")
    assert decision.place.cell == "A2"


def test_without_a_primary_theme_the_first_is_it(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G2="Delay", H2="Money")
    assert read(path).by_reference["C1"].primary == "delay"


def test_no_theme_is_a_decision_too(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G2="No theme")
    assert read(path).by_reference["C1"].themes == ()


def test_a_decision_survives_being_written_again(tmp_path: Path) -> None:
    first = read(changed(written(tmp_path, a_row()), G2="Delay"))
    again = read(written(tmp_path, a_row(decision=first.by_reference["C1"])))
    assert again.by_reference["C1"] == first.by_reference["C1"]


def test_a_sentence_put_up_for_publication_survives_too_with_or_without_a_theme(
    tmp_path: Path,
) -> None:
    first = read(changed(written(tmp_path, a_row()), L2="A sentence.", M2="publish"))
    assert first.by_reference == {}
    put_up = first.publications["C1"]
    assert (put_up.sentence, put_up.decided, put_up.place.cell) == ("A sentence.", "publish", "L2")
    again = read(written(tmp_path, a_row(publication=put_up)))
    assert again.publications == first.publications


def test_a_choice_about_publication_that_is_none_is_told(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row(), a_row("C2")), L2="A sentence.", M2="yes")
    assert told(changed(path, M3="publish")) == [
        "review/decisions.xlsx, sheet Decisions, cell M2: 'yes' is neither 'publish' nor "
        "'do not publish', so nothing is published.\n    Choose one of the list in the cell.",
        "review/decisions.xlsx, sheet Decisions, cell M3: it says 'publish' and there is no "
        "sentence.\n    Write the sentence into Sentence to publish, or clear the choice.",
    ]


def test_a_misspelt_theme_is_told_with_its_cell_and_a_suggestion(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G2="Delay", H2="Comunication")
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions, cell H2: 'Comunication' is not a theme.\n"
        "    Did you mean 'Communication'?"
    ]
    assert read(path).by_reference["C1"].themes == ("delay",)


def test_a_reference_twice_is_told_and_the_first_decided_row_counts(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row(), a_row()), G3="Money")
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions, cell A3: 'C1' is in row 2 too; the first that "
        "is decided counts.\n    Delete one of the two rows."
    ]
    assert read(path).by_reference["C1"].themes == ("money",)


def test_a_deleted_row_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, a_row(), a_row("C2"))
    book = openpyxl.load_workbook(path)
    book["Decisions"].delete_rows(3)
    book.save(path)
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions: the row of 'C2' is gone; its themes come from "
        "its words again.\n    If that was a slip, write the workbook again: cl review."
    ]


def test_a_decision_without_a_reference_is_told(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G3="Money")
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions, cell A3: a decision without a reference, so "
        "nobody knows which complaint it is.\n    Type the reference, or delete the row."
    ]


def test_a_workbook_without_its_sheet_or_column_is_an_error(tmp_path: Path) -> None:
    path = written(tmp_path, a_row())
    changed(path, G1="Topic")
    with pytest.raises(ReadError, match="there is no column Theme 1"):
        read(path)
    book = openpyxl.load_workbook(path)
    book["Decisions"].title = "Other"
    book.save(path)
    with pytest.raises(ReadError, match="it has no sheet Decisions"):
        read(path)


def test_a_text_that_begins_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    path = written(tmp_path, a_row(text="=HYPERLINK(0)"))
    cell = openpyxl.load_workbook(path)["Decisions"]["C2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(0)", "s")


def test_a_reference_typed_as_a_number_is_still_that_reference(tmp_path: Path) -> None:
    path = written(tmp_path, a_row("623963"))
    book = openpyxl.load_workbook(path)
    book["Decisions"]["A2"] = 623963
    book["Decisions"]["G2"] = "Delay"
    book.save(path)
    assert set(read(path).by_reference) == {"623963"}


# --- the whole way: register, review, decision, report


def test_a_decision_is_counted_on_the_next_run_and_kept_by_the_next_review(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    from complaints_learning import pipeline
    from complaints_learning.jobs import reviewing

    folder = a_workspace()
    first = reviewing.review(folder, "2023")
    assert (first.rows, first.decided, first.problems) == (1, 0, ())
    changed(first.path, G2="Money")
    counted = pipeline.count(folder, "2023")
    assert list(counted.labelled["theme"]) == ["money"]
    assert list(counted.labelled["decided"]) == ["person"]
    again = cl("review", "--period", "2023", "--workspace", folder)
    assert again.code == 0
    assert "1 complaints, 1 of them decided." in again.out


def test_a_decision_about_no_complaint_is_kept_and_told(a_workspace: Callable[..., Path]) -> None:
    from complaints_learning.jobs import reviewing

    folder = a_workspace()
    review.workbook(
        [a_row("GONE", decision=Decision("GONE", ("money",), "money"))],
        THEMES,
        folder / "review" / "decisions.xlsx",
    )
    written_again = reviewing.review(folder, "2023")
    assert [problem.code for problem in written_again.problems] == ["decision-reference-unknown"]
    assert written_again.rows == 2 and written_again.decided == 1


def test_the_least_certain_undecided_complaint_comes_first(
    a_workspace: Callable[..., Path],
) -> None:
    from complaints_learning.jobs import reviewing

    folder = a_workspace(
        [
            {"Case Ref": "SURE", "Summary": "Nobody rang back, nobody replied to my emails."},
            {"Case Ref": "UNSURE", "Summary": "The thing with the other thing went on."},
        ]
    )
    sheet = openpyxl.load_workbook(reviewing.review(folder, "2023").path)["Decisions"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["UNSURE", "SURE"]


def test_what_was_learned_is_kept_and_gives_the_same_labels_when_thrown_away(
    tmp_path: Path,
) -> None:
    import json

    import pandas as pd

    from complaints_learning import classify
    from complaints_learning.jobs import labelling
    from complaints_learning.nouns.decisions import Decisions

    data = Path(__file__).parent / "data" / "themes" / "later.jsonl"
    rows = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    complaints = pd.DataFrame(
        {"reference": [row["id"] for row in rows], "text": [row["text"] for row in rows]}
    )
    decided = Decisions(
        {row["id"]: Decision(row["id"], tuple(row["themes"]), row["primary"]) for row in rows[:100]}
    )
    reader = classify.Reader(THEMES)
    first = labelling.learned(complaints, decided, tmp_path, reader)
    [kept] = (tmp_path / ".cl").iterdir()
    assert b"Nobody" not in kept.read_bytes()
    again = labelling.learned(complaints, decided, tmp_path, reader)
    kept.write_bytes(b"damaged")
    anew = labelling.learned(complaints, decided, tmp_path, reader)
    tables = [classify.by_theme(complaints, THEMES, None, each) for each in (first, again, anew)]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    pd.testing.assert_frame_equal(tables[0], tables[2])
