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


def test_a_row_is_as_tall_as_its_longest_text(tmp_path: Path) -> None:
    long, longest = a_row("C2", text="word " * 70), a_row("C3", text="word " * 7000)
    lines = a_row("C4", because="Delay, 50%: weeks\nMoney, 40%: paid\nSupport, 30%: help")
    sheet = openpyxl.load_workbook(written(tmp_path, a_row(), long, longest, lines))["Decisions"]
    assert [sheet.row_dimensions[n].height for n in range(2, 6)] == [15, 75, 405, 45]


def test_each_cell_to_decide_has_a_drop_down_list(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path, a_row(), a_row("C2")))["Decisions"]
    lists = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert lists == {
        "G2:K3": "Listed!$B$2:$B$14",
        "M2:M3": "Listed!$C$2:$C$3",
        "Q2:Q3": "Listed!$C$2:$C$3",
    }
    # without this Excel takes whatever is typed
    assert all(each.showErrorMessage for each in sheet.data_validations.dataValidation)


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


def test_a_primary_theme_alone_is_a_decision_too(tmp_path: Path) -> None:
    decision = read(changed(written(tmp_path, a_row()), K2="Money")).by_reference["C1"]
    assert (decision.themes, decision.primary) == (("money",), "money")


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
        "review/decisions.xlsx, sheet Decisions, cell H2: 'Comunication', given to 'C1', is not a "
        "theme.\n"
        "    Did you mean 'Communication'?"
    ]
    assert read(path).by_reference["C1"].themes == ("delay",)


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("None", "Did you mean 'No theme'?"),
        ("n/a", "Did you mean 'No theme'?"),
        ("Money; delay", "Put one theme into a cell: Theme 1, Theme 2, Theme 3 and Theme 4."),
        ("Money, Privacy and data", "Put one theme into a cell"),
        ("Manners", "Other or not classifiable, No theme."),
    ],
)
def test_what_is_no_theme_is_told_with_what_may_be_meant(
    tmp_path: Path, said: str, hint: str
) -> None:
    [problem] = told(changed(written(tmp_path, a_row()), G2=said))
    assert f"'{said}', given to 'C1', is not a theme." in problem and hint in problem


def test_no_theme_beside_a_theme_is_told_and_the_theme_counts(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row()), G2="Delay", H2="No theme")
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions, cell H2: 'C1' has 'No theme' and a theme; the "
        "theme counts.\n    Clear 'No theme', or the themes beside it."
    ]
    assert read(path).by_reference["C1"].themes == ("delay",)
    assert told(changed(path, G2="No theme", H2=None, K2="No theme")) == []


def test_what_cannot_be_used_is_written_again_as_it_was_typed(tmp_path: Path) -> None:
    cells = {"G2": "No theme", "H2": "Dellay", "I2": "Money", "K2": "Monney"}
    first = read(changed(written(tmp_path, a_row()), **cells))
    again = written(tmp_path, a_row(decision=first.by_reference["C1"], typed=first.typed["C1"]))
    sheet = openpyxl.load_workbook(again)["Decisions"]
    assert {at: sheet[at].value for at in cells} == cells and sheet["J2"].value is None
    assert read(again).problems == first.problems


def test_what_is_typed_and_what_counts_are_of_one_row(tmp_path: Path) -> None:
    path = written(tmp_path, a_row(), a_row())
    later = read(changed(path, G2="Dellay", G3="Money"))
    assert later.by_reference["C1"].themes == ("money",) and later.typed == {}
    earlier = read(changed(path, G2="Money", G3="Dellay"))
    assert earlier.by_reference["C1"].themes == ("money",) and earlier.typed == {}


def test_a_reference_twice_is_told_and_the_first_decided_row_counts(tmp_path: Path) -> None:
    path = changed(written(tmp_path, a_row(), a_row()), G3="Money")
    assert told(path) == [
        "review/decisions.xlsx, sheet Decisions, cell A3: 'C1' is in row 2 too; the first that "
        "is decided counts.\n    Delete one of the two rows."
    ]
    assert read(path).by_reference["C1"].themes == ("money",)


def test_a_second_decision_that_says_something_else_is_told_with_what_it_says(
    tmp_path: Path,
) -> None:
    path = changed(written(tmp_path, a_row(), a_row()), G2="Delay", G3="Money", H3="delay")
    assert "the first that is decided counts, and not Money; Delay (not EHC)." in told(path)[0]
    assert "and not No theme." in told(changed(path, G3="No theme", H3=None))[0]
    assert "counts.\n" in told(changed(path, G3="DELAY"))[0]


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
    with pytest.raises(ReadError, match="there is no column Theme 1") as wrong:
        read(path)
    assert "move it to another folder, and write a new one: cl review" in wrong.value.hint
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
    assert ": 1 complaint, 1 of them decided." in again.out


def test_a_period_without_complaints_is_told(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    told = cl("review", "--period", "2031", "--workspace", a_workspace())
    assert told.code == 3 and ": 0 complaints, 0 of them decided." in told.out
    assert "nothing to count: no complaint was received in 2030-31" in told.err


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


def test_the_words_that_led_to_each_theme_stand_beside_it_with_its_probability(
    a_workspace: Callable[..., Path],
) -> None:
    from complaints_learning.jobs import reviewing

    folder = a_workspace(
        [{"Case Ref": "C1", "Summary": "We want the respite back. It took weeks and weeks."}]
    )
    cell = openpyxl.load_workbook(reviewing.review(folder, "2023").path)["Decisions"]["E2"]
    support, delay = str(cell.value).split("\n")
    assert support.startswith("Support and provision, ") and "%: " in support
    assert "respite" in support
    assert delay.startswith("Delay (not EHC), ") and "weeks" in delay


def test_a_reference_in_other_letters_is_that_complaint(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    folder = a_workspace([{"Case Ref": "MV/0012"}, {"Case Ref": "0013"}])
    path = folder / "review" / "decisions.xlsx"
    cl("review", "--period", "2023", "--workspace", folder)
    changed(path, A2="mv / 0012", G2="Money", A3="MV/0012", G3="Delay")
    told = cl("check", "--workspace", folder)
    assert "cell A3: 'MV/0012' is in row 2 too" in told.out
    assert "the row of '0013' is gone" in told.out and "no complaint has" not in told.out
    changed(path, A3="13")  # as Excel converts it to a number
    told = cl("check", "--workspace", folder)
    assert "no complaint has the reference '13'.\n  Did you mean '0013'?" in told.out


def test_what_people_added_to_the_workbook_stays_or_is_not_written_over(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    folder = a_workspace([{"Case Ref": "C1"}, {"Case Ref": "C2"}])
    path = folder / "review" / "decisions.xlsx"
    asked = ("review", "--period", "2023", "--workspace", folder)
    cl(*asked)
    changed(path, S1="Who", S2="Jo", S3="=1", T3="no heading", A3="GONE", G2="Money")
    assert cl(*asked).code == 3
    sheet = openpyxl.load_workbook(path)["Decisions"]
    kept = {row[0].value: (row[18].value, row[19].value) for row in sheet.iter_rows()}
    theirs = {"C1": ("Jo", None), "GONE": (None, "no heading")}  # a formula was saved without value
    assert kept == {"Reference": ("Who", None), "C2": (None, None)} | theirs

    book = openpyxl.load_workbook(path)
    book.create_sheet("Mine")["A1"] = "words"
    book["Decisions"]["G2"].comment = openpyxl.comments.Comment("Really?", "Jo")
    book.save(path)
    before = path.read_bytes()
    told = cl(*asked)
    assert told.code == 2 and path.read_bytes() == before
    assert "the sheet 'Mine' and comments on its cells would be lost" in told.err


def test_a_decided_text_in_another_language_needs_no_more_looking_at(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    said = "Nikt nie powiedział nam, że wizyta jest odwołana, i to już nie pierwszy raz."
    folder = a_workspace([{"Case Ref": "C1", "Summary": said}])
    asked = ("review", "--period", "2023", "--workspace", folder)
    assert "the text of 'C1' is not in English" in cl(*asked).err
    changed(folder / "review" / "decisions.xlsx", G2="Communication")
    for command in (asked, ("check", "--workspace", folder)):
        told = cl(*command)
        assert told.code == 0 and "not in English" not in told.out + told.err


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
    assert first is not None and first.decisions == 100
    tables = [classify.by_theme(complaints, reader, None, each) for each in (first, again, anew)]
    pd.testing.assert_frame_equal(tables[0], tables[1])
    pd.testing.assert_frame_equal(tables[0], tables[2])


@pytest.mark.parametrize(
    ("money", "said"),
    [
        ("The blue folder was empty again.", "helped with the other complaints"),
        ("My allowance was not paid.", "no better, so it was not used."),
    ],
)
def test_a_report_says_whether_what_was_learned_from_decisions_helps(
    cl: Callable[..., Any], a_workspace: Callable[..., Path], money: str, said: str
) -> None:
    import docx

    words = ("Nobody rang me back.", money)
    folder = a_workspace(
        [{"Case Ref": f"C{n}", "Summary": f"{words[n % 2]} {n}"} for n in range(60)]
    )
    path = folder / "review" / "decisions.xlsx"
    cl("review", "--period", "2023", "--workspace", folder)
    book = openpyxl.load_workbook(path)
    for row in book["Decisions"].iter_rows(min_row=2, max_row=51):
        row[6].value = "Money" if money in str(row[2].value) else "Communication"
    book.save(path)
    cl("report", "--period", "2023", "--workspace", folder)
    report = docx.Document(str(folder / "out" / "2022-23" / "learning-report.docx"))
    [told] = [
        text
        for each in report.element.body.iter("{*}p")
        if "Themes were given by the words" in (text := "".join(each.itertext()))
    ]
    assert said in told
    assert ("it agreed with people more" in told) is ("helped" in said)


def test_a_theme_that_cannot_be_used_stays_in_its_cell_and_is_told_where_it_stands_now(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    folder = a_workspace(
        [
            {"Case Ref": "SURE", "Summary": "Nobody rang back, nobody replied to my emails."},
            {"Case Ref": "UNSURE", "Summary": "The thing with the other thing went on."},
        ]
    )
    path = folder / "review" / "decisions.xlsx"
    assert cl("review", "--period", "2023", "--workspace", folder).code == 0
    changed(path, G3="Staff Behavior")  # SURE, the second row
    told = cl("review", "--period", "2023", "--workspace", folder)
    assert told.code == 3
    assert "cell G2: 'Staff Behavior', given to 'SURE', is not a theme." in told.err
    sheet = openpyxl.load_workbook(path)["Decisions"]
    assert [sheet["A2"].value, sheet["G2"].value] == ["SURE", "Staff Behavior"]
    assert cl("review", "--period", "2023", "--workspace", folder).err == told.err


def test_a_decision_without_a_reference_stops_a_review_that_would_lose_it(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    folder = a_workspace()
    path = folder / "review" / "decisions.xlsx"
    cl("review", "--period", "2023", "--workspace", folder)
    before = changed(path, A2=None, G2="Money").read_bytes()
    told = cl("review", "--period", "2023", "--workspace", folder)
    assert told.code == 2 and "cell A2: a decision without a reference" in told.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("lock", ["~$decisions.xlsx", ".~lock.decisions.xlsx#"])
def test_a_workbook_that_somebody_has_open_is_not_written_over(
    cl: Callable[..., Any], a_workspace: Callable[..., Path], lock: str
) -> None:
    folder = a_workspace()
    path = folder / "review" / "decisions.xlsx"
    cl("review", "--period", "2023", "--workspace", folder)
    before = path.read_bytes()
    path.with_name(lock).touch()
    told = cl("review", "--period", "2023", "--workspace", folder)
    assert told.code == 2 and path.read_bytes() == before
    assert told.err.endswith(
        "cl: decisions.xlsx: is open in Excel.\n"
        "    Save and close it, then run again. If nobody has it open, delete the file "
        f"{lock} beside it.\n"
    )


def test_a_decision_stays_when_its_theme_is_given_another_title(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    folder = a_workspace([{"Case Ref": "C1"}])
    path = folder / "review" / "decisions.xlsx"
    asked = ("review", "--period", "2023", "--workspace", folder)
    cl(*asked)
    changed(path, G2="Delay (not EHC)")
    cl("template", "copy", "themes.toml", "--workspace", folder)
    own = folder / "templates" / "themes.toml"
    said = own.read_text(encoding="utf-8")
    own.write_text(said.replace('"Delay (not EHC)"', '"Waiting"'), encoding="utf-8")
    for _ in range(2):  # with the old title, then with the new one
        again = cl(*asked)
        assert again.code == 0 and ": 1 complaint, 1 of them decided." in again.out
        assert openpyxl.load_workbook(path)["Decisions"]["G2"].value == "Waiting"


def test_a_theme_that_is_new_since_complaints_were_decided_is_told_and_proposed(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    said = "Nobody rang back about the lift that was broken."
    folder = a_workspace(
        [{"Case Ref": f"C{n}", "Summary": said if n < 4 else "Nobody rang back."} for n in range(9)]
    )
    path = folder / "review" / "decisions.xlsx"
    cl("review", "--period", "2023", "--workspace", folder)
    changed(path, **{f"G{n}": "Communication" for n in range(2, 11)})
    assert "by their words" not in cl("themes", "--period", "2023", "--workspace", folder).err
    cl("template", "copy", "themes.toml", "--workspace", folder)
    with (folder / "templates" / "themes.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[theme]]\ncode = "buildings"\ntitle = "Buildings"\n[[theme.sub]]\n'
            'code = "lifts"\ntitle = "Lifts"\nsays = "lifts"\nstrong = ["lift"]\n'
        )
    asked = ("themes", "--period", "2023", "--workspace", folder)
    more = "decided complaints would also be Buildings by their words: cl review --period 2023"
    assert f"A few {more}" in cl(*asked).err  # a small number, in public
    assert f"4 {more}" in cl(*asked, "--edition", "internal").err
    cl("review", "--period", "2023", "--workspace", folder)
    sheet = openpyxl.load_workbook(path)["Decisions"]
    proposed = [sheet.cell(row, 4).value for row in range(2, 11)]
    assert proposed == ["Communication; Buildings"] * 4 + ["Communication"] * 5
    assert {sheet.cell(row, 7).value for row in range(2, 11)} == {"Communication"}
