"""What can be counted, what is a problem, and where every row went."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from complaints_learning import check, pipeline, read
from complaints_learning.check import dates, values, vocabulary
from complaints_learning.nouns import records
from complaints_learning.nouns.codes import CODES
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.settings import Settings, parse
from complaints_learning.read import texts

HEADERS = ["Ref", "Date received", "Date responded", "Outcome", "Summary"]


def a_workbook(path: Path, *sheets: list[list[Any]]) -> None:
    """A workbook with a sheet for each list of rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(row)
    book.save(path)


def checked(folder: Path, settings: Settings | None = None) -> Checked:
    """A workspace read and checked as of 31 March 2024."""
    settings = settings or parse("[report]\ndate = 2024-03-31")
    found = check.everything(read.workspace(folder, settings), settings)
    assert all(rows.adds_up for rows in found.rows.values())
    assert {problem.code for problem in found.problems} <= set(CODES)
    for name, shape in records.SHAPES.items():
        assert dict(found.frames[name].dtypes.astype(str)) == shape, name
    return found


def a_register(folder: Path, *rows: list[Any], headers: list[str] = HEADERS) -> Checked:
    """One register export of these rows, checked."""
    a_workbook(folder / "register" / "export.xlsx", [headers, *rows])
    return checked(folder)


def test_a_workspace_with_no_files_has_every_table_and_no_rows(tmp_path: Path) -> None:
    found = checked(tmp_path)
    assert {name: len(frame) for name, frame in found.frames.items()} == dict.fromkeys(
        records.SHAPES, 0
    )
    assert found.supplied == frozenset()


def test_one_complaint_is_read_with_its_dates_outcome_and_place(tmp_path: Path) -> None:
    found = a_register(
        tmp_path, ["0012 ", date(2023, 4, 3), "17/04/2023", "Partly Upheld", "Nobody rang."]
    )
    complaint = found.frames["complaints"].iloc[0]
    assert complaint["reference"] == "0012"
    assert complaint["received"] == pd.Timestamp(2023, 4, 3)
    assert complaint["responded"] == pd.Timestamp(2023, 4, 17)
    assert complaint["outcome"] == "partly_upheld"
    assert (complaint["file"], complaint["row"]) == ("register/export.xlsx", 2)
    assert not found.problems


CASES = ["Case ID", "Case Type", "Created", "Completed", "Outcome"]


def test_a_compliment_in_the_column_of_procedures_is_no_complaint(tmp_path: Path) -> None:
    day = date(2023, 4, 3)
    found = a_register(
        tmp_path,
        ["101", "Complaint - Corporate", day, date(2023, 4, 17), "Upheld"],
        ["102", "Complaint - Statutory", day, date(2023, 4, 17), "Upheld"],
        ["103", "Compliment", day, "", ""],
        ["104", "MP enquiry", day, "", ""],
        headers=CASES,
    )
    complaints = found.frames["complaints"]
    assert complaints["kind"].tolist() == ["complaint", "complaint", "compliment", "enquiry"]
    assert complaints["procedure"].tolist() == ["corporate", "statutory", "", ""]
    assert not found.problems


def test_the_procedure_of_a_whole_file_is_said_once(tmp_path: Path) -> None:
    day = date(2023, 4, 3)
    headers = ["Ref", "Date received", "Outcome"]
    log, export = (
        tmp_path / "register" / "Social Care log 22.xlsx",
        tmp_path / "register" / "b.xlsx",
    )
    a_workbook(
        log, [[*headers, "Procedure"], ["1", day, "Upheld", ""], ["2", day, "", "Corporate"]]
    )
    a_workbook(export, [headers, ["3", day, "Upheld"]])
    own = '[procedure_by_file]\n"register/social care*" = "statutory"'
    complaints = checked(tmp_path, parse(own)).frames["complaints"].set_index("reference")
    assert complaints["procedure"].to_dict() == {"1": "statutory", "2": "corporate", "3": ""}


def test_what_a_council_says_of_a_word_goes_before_what_kind_it_is(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "register" / "export.xlsx",
        [CASES, ["101", "Feedback", date(2023, 4, 3), date(2023, 4, 17), "Upheld"]],
    )
    own = '[columns.register]\n"Case Type" = "procedure"\n[procedures]\n"Feedback" = "corporate"'
    complaints = checked(tmp_path, parse(own)).frames["complaints"]
    assert complaints["kind"].tolist() == ["complaint"]
    assert complaints["procedure"].tolist() == ["corporate"]


def test_a_later_stage_in_a_row_of_its_own_is_the_same_complaint(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["123", date(2023, 4, 3), date(2023, 4, 17), "Not upheld", "Nobody rang."],
        ["123/S2", date(2023, 5, 2), date(2023, 6, 5), "Upheld", "Still nobody rang."],
    )
    complaints = found.frames["complaints"]
    assert complaints["reference"].tolist() == ["123"]
    assert complaints["stage"].tolist() == [2]
    assert complaints["outcome"].tolist() == ["upheld"]
    assert complaints["received"].tolist() == [pd.Timestamp(2023, 4, 3)]
    assert complaints["responded"].tolist() == [pd.Timestamp(2023, 6, 5)]
    assert complaints["escalated"].tolist() == [True]
    assert found.frames["stages"]["stage"].tolist() == [1, 2]
    assert found.frames["stages"]["outcome"].tolist() == ["not_upheld", "upheld"]
    assert found.rows["register"].superseded == {"a later stage of the same complaint": 1}


def test_a_misspelt_outcome_is_shown_with_its_cell_and_a_suggestion(tmp_path: Path) -> None:
    found = a_register(tmp_path, ["1", date(2023, 4, 3), date(2023, 4, 17), "Uphelp", ""])
    assert [str(problem) for problem in found.problems] == [
        "register/export.xlsx, sheet Sheet1, cell D2: Outcome: 'Uphelp' is not a known outcome; "
        "it is counted as not recognised.\n"
        "    Did you mean 'Upheld'? Correct the cell, or map it in cl.toml under [outcomes]: "
        '"Uphelp" = "upheld".'
    ]
    assert found.frames["complaints"]["outcome"].tolist() == ["unknown"]


def test_the_later_of_two_exports_wins_and_says_what_changed(tmp_path: Path) -> None:
    day, answered = date(2023, 4, 3), date(2023, 4, 17)
    a_workbook(
        tmp_path / "register" / "b_older.xlsx", [HEADERS, ["1", day, answered, "Not upheld", ""]]
    )
    a_workbook(
        tmp_path / "register" / "a_newer.xlsx",
        [HEADERS, ["1", day, answered, "Upheld", ""], ["2", day, date(2023, 5, 1), "Upheld", ""]],
    )
    found = checked(tmp_path)
    assert found.frames["complaints"]["outcome"].tolist() == ["upheld", "upheld"]
    assert found.changes == ("1: outcome Not upheld, now Upheld",)
    assert found.rows["register"].superseded == {"replaced by a later export": 1}


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("2023-04-05", date(2023, 4, 5)),
        ("05/04/2023", date(2023, 4, 5)),
        ("5.4.23", date(2023, 4, 5)),
        ("5th April 2023", date(2023, 4, 5)),
        ("Wed 5 Apr 2023", date(2023, 4, 5)),
        ("April 5, 2023", date(2023, 4, 5)),
        ("2023-04-05T10:11:12Z", date(2023, 4, 5)),
        (45021.0, date(2023, 4, 5)),
        ("45021", date(2023, 4, 5)),
        ("", None),
        ("n/a", None),
    ],
)
def test_a_date_is_read_day_first_and_iso_as_iso(typed: Any, means: date | None) -> None:
    assert dates.reader(date(2024, 3, 31))(typed) == means


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("04/13/2023", "date-month-first"),
        ("31/02/2023", "date-impossible"),
        ("April 2023", "date-unreadable"),
        ("03/04/2032", "date-implausible"),
        ("03/04/1923", "date-implausible"),
        ("w/c 3/6/23", "date-week"),
        ("3/6/23 and 4/6/23", "date-unreadable"),
        (True, "date-unreadable"),
    ],
)
def test_a_date_that_cannot_be_used_says_why(typed: Any, code: str) -> None:
    found = dates.reader(date(2024, 3, 31))(typed)
    assert isinstance(found, values.Bad)
    assert found.code == code


@pytest.mark.parametrize(
    "spelling",
    ["Not upheld", "NOT-UPHELD", "not  upheld ", "NU", "Unfounded", "un-upheld", "Not proven"],
)
def test_not_upheld_never_counts_as_upheld(spelling: str) -> None:
    found = vocabulary.outcomes({})(spelling)
    assert found == ("no_finding" if spelling == "Not proven" else "not_upheld")
    assert found not in records.UPHELD


def test_a_code_is_read_from_the_column_with_its_words(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "03/04/2023", "17/04/2023", "7", "Upheld", "STAT"],
        headers=["Ref", "dt_rcvd", "dt_resp", "outcome_cd", "outcome_desc", "case_typ_cd"],
    )
    complaint = found.frames["complaints"].iloc[0]
    assert (complaint["outcome"], complaint["procedure"]) == ("upheld", "statutory")
    assert [(problem.code, problem.place.cell) for problem in found.problems] == [
        ("column-spare", "D1")
    ]


STAGED = [*HEADERS, "Stage 2 date received", "Stage 2 response date", "Stage 2 outcome"]


def test_a_later_stage_in_extra_columns_is_the_same_complaint(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "03/04/2023", "17/04/2023", "Not upheld", "", "02/05/2023", "05/06/2023", "PU"],
        ["2", "03/04/2023", "17/04/2023", "Upheld", "", "", "", ""],
        headers=STAGED,
    )
    complaints, stages = found.frames["complaints"], found.frames["stages"]
    assert complaints["outcome"].tolist() == ["partly_upheld", "upheld"]
    assert complaints["stage"].tolist() == [2, 1]
    assert complaints["escalated"].tolist() == [True, False]
    assert complaints["received"].dt.strftime("%d/%m").tolist() == ["03/04", "03/04"]
    assert complaints["responded"].dt.strftime("%d/%m").tolist() == ["05/06", "17/04"]
    assert list(zip(stages["reference"], stages["stage"], stages["outcome"], strict=True)) == [
        ("1", 1, "not_upheld"),
        ("1", 2, "partly_upheld"),
        ("2", 1, "upheld"),
    ]
    assert not found.problems


def test_several_concerns_in_several_rows_are_one_complaint(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["1", "03/04/2023", "17/04/2023", "Upheld", "Nobody rang."],
        ["1", "03/04/2023", "17/04/2023", "Not upheld", "The report is wrong."],
        ["1", "03/04/2023", "17/04/2023", "Upheld", "Nobody rang."],
    )
    complaint = found.frames["complaints"].iloc[0]
    assert complaint["outcome"] == "partly_upheld"
    assert complaint["text"] == "Nobody rang.\nThe report is wrong."
    assert found.rows["register"].superseded == {
        "the same row again": 1,
        "a further concern of the same complaint": 1,
    }
    assert [str(problem) for problem in found.problems] == [
        "register/export.xlsx, sheet Sheet1, cell D2: the concerns of 1 ended differently "
        "(Not upheld, Upheld); the complaint is counted as Partially upheld.\n"
        "    If the whole complaint has one outcome, write it in each of its rows.",
        "register/export.xlsx, sheet Sheet1, cell A4: the row of 1 stands here again; it is "
        "counted once.\n    The first is in row 2. Delete one of them.",
    ]


def test_a_stage_2_of_last_years_stage_1_belongs_to_it(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "register" / "2022.xlsx",
        [[*HEADERS, "Stage"], ["1", "03/03/2023", "17/03/2023", "Not upheld", "Before.", "1"]],
    )
    a_workbook(
        tmp_path / "register" / "2023.xlsx",
        [[*HEADERS, "Stage"], ["1", "02/05/2023", "05/06/2023", "Upheld", "After.", "Stage 2"]],
    )
    complaint = checked(tmp_path).frames["complaints"].iloc[0]
    assert complaint["received"] == pd.Timestamp(2023, 3, 3)
    assert complaint["responded"] == pd.Timestamp(2023, 6, 5)
    assert (complaint["outcome"], complaint["stage"]) == ("upheld", 2)


def test_rows_without_a_reference_are_left_out_and_said(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["Ref TBC", "03/04/2023", "", "", "Somebody."],
        ["", "04/04/2023", "", "", "Somebody else."],
    )
    assert len(found.frames["complaints"]) == 0
    assert found.rows["register"].left_out == {"no reference": 2}
    assert [problem.place.cell for problem in found.problems] == ["A2", "A3"]


def test_a_register_that_cannot_be_read_stops_the_report(tmp_path: Path) -> None:
    a_register(tmp_path, ["1", "03/04/2023", "17/04/2023", "Upheld", ""])
    (tmp_path / "register" / "later.xlsx").touch()
    found = checked(tmp_path)
    assert [str(stop) for stop in found.stops] == [
        "register/later.xlsx: the file is empty.\n    If it is kept in OneDrive or SharePoint, "
        "open it once so that it is downloaded."
    ]


def test_no_message_says_a_name_or_the_words_of_a_complaint(tmp_path: Path) -> None:
    private = "Zebedee Quux rang and rang, and nobody ever answered him"
    found = a_register(
        tmp_path,
        *([private] * 9 for _ in range(2)),
        headers=[*HEADERS, "Complainant Type", "Amount paid", "Extended?", "Stage"],
    )
    assert found.problems
    told = " ".join(str(p) for p in (*found.problems, *found.changes, *found.stops))
    for word in ("Zebedee", "Quux", "rang", "answered him"):
        assert word not in told


def test_a_service_is_quoted_only_when_it_is_nearly_one_of_the_list(tmp_path: Path) -> None:
    listed = parse('[report]\ndate = 2024-03-31\n[assurance]\nservices = ["Fostering", "SEND"]\n')
    headers = [*HEADERS, "Service"]
    day = date(2023, 4, 3)
    for name, service in (("a", "Zebedee Quux"), ("b", "Fosterng")):
        a_workbook(
            tmp_path / "register" / f"{name}.xlsx",
            [headers, ["1", day, date(2023, 4, 17), "Upheld", "", service]],
        )
    found = checked(tmp_path, listed)
    assert [str(one) for one in found.problems] == [
        "register/a.xlsx, sheet Sheet1, cell F2: Service: the cell is none of the services listed "
        "in cl.toml; it was kept as typed.\n"
        "    Correct the cell, or map it in cl.toml under [services].",
        "register/b.xlsx, sheet Sheet1, cell F2: Service: 'Fosterng' is none of the services "
        "listed in cl.toml; it was kept as typed.\n"
        "    Did you mean 'Fostering'? Correct the cell, or map it in cl.toml under [services].",
    ]
    assert found.changes == ("1: service changed",)


def test_an_error_that_stands_in_a_text_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / "a.csv").write_text(
        "Ref,Date received,Outcome,Service\nC1,03/04/2023,#N/A,#REF!\n", encoding="utf-8"
    )
    found = checked(tmp_path)
    assert [(p.code, p.place.cell) for p in found.problems] == [
        ("cell-error", "C2"),
        ("cell-error", "D2"),
    ]
    assert found.frames["complaints"]["outcome"].tolist() == ["open"]
    assert found.frames["complaints"]["service"].tolist() == [""]


def test_a_reference_that_lost_its_noughts_is_told_and_not_joined(tmp_path: Path) -> None:
    found = a_register(
        tmp_path,
        ["0012", "03/04/2023", "17/04/2023", "Upheld", ""],
        [12, "03/04/2023", "17/04/2023", "Upheld", ""],
    )
    assert len(found.frames["complaints"]) == 2
    assert [str(problem) for problem in found.problems] == [
        "register/export.xlsx, sheet Sheet1, cell A3: 12 may be 0012 without its leading "
        "noughts; they are counted as two complaints.\n"
        "    If they are one, format the column as text and export again."
    ]


def test_noughts_that_another_export_kept_are_given_back(tmp_path: Path) -> None:
    kept, other = ["0012", "03/04/2023"], ["0013", "03/05/2023"]
    a_workbook(
        tmp_path / "register" / "1.xlsx", [HEADERS, [*kept, "", "", ""], [*other, "", "", ""]]
    )
    late = [[12, "03/04/2023", "17/04/2023", "Upheld", ""], [13, "04/05/2023", "", "", ""]]
    a_workbook(tmp_path / "register" / "2.xlsx", [HEADERS, *late])
    found = checked(tmp_path)
    complaints = found.frames["complaints"]
    assert dict(zip(complaints["reference"], complaints["outcome"], strict=True)) == {
        "0012": "upheld",
        "0013": "open",
        "13": "open",
    }
    assert [(p.code, p.place.cell, "one complaint" in p.message) for p in found.problems] == [
        ("reference-zeros", "A2", True),
        ("reference-zeros", "A3", False),
    ]


def test_a_wide_audit_grid_becomes_one_row_an_answer(tmp_path: Path) -> None:
    a_workbook(
        tmp_path / "assurance" / "audits.xlsx",
        [
            ["Date", "Activity", "Service", "Views sought?", "Plan shared?"],
            ["03/04/2023", "Practice audit", "Fostering", "Yes", "No"],
            ["10/04/2023", "Practice audit", "Fostering", "n/a", "Yes"],
        ],
    )
    chosen = parse(
        "[report]\ndate = 2024-03-31\n[assurance.wide]\n"
        '"Views sought?" = "Were views sought?"\n"Plan shared?" = "Was the plan shared?"\n'
    )
    frame = checked(tmp_path, chosen).frames["assurance"]
    assert [
        (row.question, row.result, row.out_of, row.activity, row.row) for row in frame.itertuples()
    ] == [
        ("Were views sought?", 1.0, 1.0, "practice_audit", 2),
        ("Was the plan shared?", 0.0, 1.0, "practice_audit", 2),
        ("Was the plan shared?", 1.0, 1.0, "practice_audit", 3),
    ]


def test_a_result_that_names_no_activity_is_told_and_counted_as_other_assurance(
    tmp_path: Path,
) -> None:
    from complaints_learning import check, read
    from complaints_learning.nouns import settings

    (tmp_path / "assurance.csv").write_text(
        "Date,Question,Result,Out of\n10/05/2022,Was it good?,3,4\n11/05/2022,Was it good?,2,4\n",
        encoding="utf-8",
    )
    (tmp_path / "register.csv").write_text(
        "Case Ref,Date Received,Outcome\nC1,10/05/2022,Upheld\n", encoding="utf-8"
    )
    choices = settings.parse(
        '[sources]\nregister = ["register.csv"]\nassurance = ["assurance.csv"]\n'
        "monitoring = []\nactions = []\nactivity = []\npopulation = []\ncomparators = []\n"
    )

    found = check.everything(read.workspace(tmp_path, choices), choices)

    assert found.frames["assurance"]["activity"].tolist() == ["other", "other"]
    told = [one for one in found.problems if one.code == "activity-missing"]
    assert [str(one) for one in told] == [
        "assurance.csv, row 2: no activity is named; the result is counted as other assurance.\n"
        "    Name the activity, such as practice audit, stocktake or deep dive."
    ]


def test_an_outcome_in_part_is_known_and_never_taken_for_one_that_is_not() -> None:
    read_as = vocabulary.outcomes({})
    for word in ("Part founded", "partly founded", "Part-justified", "Partially substantiated"):
        assert read_as(word) == "partly_upheld"
    said = {
        word: read_as(word).hint.split(" Correct")[0]
        for word in ("Part foundd", "Prtly upheld", "Not fonded", "Unuphelt", "Uphled")
    }
    assert said == {
        "Part foundd": "Did you mean 'Partially upheld'?",
        "Prtly upheld": "Did you mean 'Partially upheld'?",
        "Not fonded": "Did you mean 'Not upheld'?",
        "Unuphelt": "Did you mean 'Not upheld'?",
        "Uphled": "Did you mean 'Upheld'?",
    }
    assert "Did you mean" not in read_as("Part not upheld").hint


def test_a_team_is_the_service_where_no_column_says_which(tmp_path: Path) -> None:
    row = ["1", "03/04/2023", "17/04/2023", "Upheld", "Late.", "Fostering"]
    found = a_register(tmp_path / "alone", row, headers=[*HEADERS, "Team"])
    complaints = found.frames["complaints"]
    assert (complaints["service"].tolist(), complaints["team"].tolist()) == (["Fostering"], [""])
    found = a_register(tmp_path, [*row, ""], headers=[*HEADERS, "Team", "Service"])
    complaints = found.frames["complaints"]
    assert (complaints["service"].tolist(), complaints["team"].tolist()) == ([""], ["Fostering"])


def test_an_outcome_that_says_where_more_is_said_is_that_outcome() -> None:
    read_as = vocabulary.outcomes({})
    assert read_as("Not Upheld (see stage 2)") == "not_upheld"
    assert read_as("Partly upheld, see also S3") == "partly_upheld"
    for unclear in ("see stage 2", "Not upheld (see letter)", "Upheld at stage 2"):
        assert read_as(unclear).value == "unknown"


OWN_THEMES = """
[[theme]]
code = "communication"
title = "Keeping in touch"
[[theme]]
code = "buildings"
title = "Buildings, and meeting rooms"
[[theme]]
code = "other"
title = "Other"
"""


def test_an_action_is_its_complaints_however_the_reference_is_typed_or_is_told(
    tmp_path: Path,
) -> None:
    (tmp_path / "actions.csv").write_text(
        "Complaint,Improvement action,Theme\n0012a / S2,Ring back,\n12A,Write,\n"
        "12A,Write sooner,money\n,Pay,\n",
        encoding="utf-8",
    )
    found = a_register(tmp_path, ["0012A", "03/04/2023", "17/04/2023", "Upheld", ""])
    assert found.frames["actions"]["reference"].tolist() == ["0012A", "12A", "12A", ""]
    assert [str(problem) for problem in found.problems] == [
        "actions.csv, cell A3: '12A' is no complaint in the register, and the action names no "
        "theme; it is counted without one.\n    Did you mean 0012A?"
    ]


def test_themes_that_a_council_added_are_known_in_its_actions_forms_and_audits(
    tmp_path: Path,
) -> None:
    settings = parse("[report]\ndate = 2024-03-31")
    (tmp_path / "actions.csv").write_text(
        "Action,Theme\nRing back,Communication\nPut in a ramp,Buildings and meeting rooms\n"
        "Move the desk,buildings\nPay sooner,money\n",
        encoding="utf-8",
    )
    (tmp_path / "monitoring").mkdir()
    (tmp_path / "monitoring" / "forms.csv").write_text(
        "Complaint reference,Themes\nC1,Keeping in touch; buildings\n", encoding="utf-8"
    )
    (tmp_path / "assurance").mkdir()
    (tmp_path / "assurance" / "audits.csv").write_text(
        'Date,Activity,Theme,Met,Of\n1/2/2024,audit,"Buildings, and meeting rooms",3,4\n',
        encoding="utf-8",
    )

    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "themes.toml").write_text(OWN_THEMES, encoding="utf-8")

    _, found = pipeline.checked(tmp_path, settings)

    codes = ["communication", "buildings", "buildings", ""]
    assert found.frames["actions"]["theme"].tolist() == codes
    assert found.frames["forms"]["themes"].tolist() == ["communication;buildings"]
    assert found.frames["assurance"]["theme"].tolist() == ["buildings"]
    unknown = [one for one in found.problems if one.code == "theme-unknown"]
    assert [(one.message, one.hint) for one in unknown] == [
        (
            "Theme: 'money' is not a known theme; it was left empty.",
            "Themes are: communication, buildings, other.",
        )
    ]


def test_the_words_for_themes_are_those_of_the_themes_that_ship() -> None:
    assert list(dict.fromkeys(vocabulary.THEME_WORDS.values())) == list(texts.themes().codes)


def a_form(folder: Path, number: int, *answers: Any) -> None:
    labels = ("Complaint ref", "Service", "Learning identified", "Any comments", "Supervision")
    rows = [list(pair) for pair in zip(labels, answers, strict=False)]
    a_workbook(folder / "monitoring" / f"{number}.xlsx", rows)


def test_learning_in_a_form_is_something_nothing_or_not_said(tmp_path: Path) -> None:
    said = ("We now ring back.", "Nothing to learn, one off", "see above", "ongoing", "None.")
    for number, learning in enumerate(said):
        a_form(tmp_path, number, f"C{number}", "Fostering", learning, "-", "Yes")
    forms = checked(tmp_path).frames["forms"]
    assert forms["learning_recorded"].tolist() == [True, False, False, False, False]
    assert forms["learning_none"].tolist() == [False, True, False, False, True]


def test_a_form_whose_answer_may_be_a_label_is_told_without_its_words(tmp_path: Path) -> None:
    a_form(tmp_path, 1, "C1", "Fostering", "", "", "#N/A")
    found = checked(tmp_path)
    told = {(one.code, str(one.place)) for one in found.problems}
    sheet = "monitoring/1.xlsx, sheet Sheet1, cell"
    assert {("form-answer-below", f"{sheet} B3"), ("cell-error", f"{sheet} B5")} <= told
    assert not any("Any comments" in str(one) for one in found.problems)
    assert found.frames["forms"]["learning_recorded"].tolist() == [False]
    assert found.frames["forms"]["learning_none"].tolist() == [False]
