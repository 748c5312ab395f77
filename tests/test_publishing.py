"""Sentences of families: marked in the review workbook, quoted when approved, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from complaints_learning import pipeline
from complaints_learning.read import finished

pytestmark = pytest.mark.usefixtures("counted_once")

FORMATS = ("--format", "docx", "--format", "html", "--format", "xlsx")
HEADER = (
    *("Case Ref", "Date Received", "Date Responded", "Procedure", "Summary", "Outcome"),
    *("Complainant Name", "Address"),
)
SAID = (
    "Nobody rang us back for weeks although we left messages every single day. "
    "Mrs Quillfeather shrugged. Kezia cried at Elm Park School."
)
SENTENCE = "Nobody rang us back for weeks although we left messages every single day."
FEW = {"Summary": "Nobody rang us back. We left messages and nobody ever answered them."}


@pytest.fixture
def home(a_workspace: Callable[..., Path], prepared: Callable[..., Path]) -> Path:
    """Twelve complaints, the first of which says a lot, with their review workbook."""
    first = {
        "Case Ref": "C/2022/0451",
        "Summary": SAID,
        "Complainant Name": "Zadie Quillfeather",
        "Address": "3 Vathmere Lane",
    }
    return prepared(a_workspace([first, *([FEW] * 11)], header=HEADER), "review", "-p", "2023")


def sheet_of(home: Path) -> Any:
    return openpyxl.load_workbook(home / "review" / "decisions.xlsx")["Decisions"]


def decided(home: Path, reference: str = "C/2022/0451", **columns: str) -> str:
    """Type into the columns of a complaint's row; the address of its sentence."""
    book = openpyxl.load_workbook(home / "review" / "decisions.xlsx")
    sheet = book["Decisions"]
    at = {str(cell.value): cell.column for cell in sheet[1]}
    [row] = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].value == reference]
    for column, value in columns.items():
        sheet.cell(row, at[column.replace("_", " ")]).value = value
    book.save(home / "review" / "decisions.xlsx")
    return f"review/decisions.xlsx, sheet Decisions, cell L{row}"


def publish(home: Path, sentence: str, word: str = "publish") -> str:
    return decided(home, Sentence_to_publish=sentence, Publication=word)


def test_a_family_whose_complaint_came_with_html_is_quoted_without(
    cl: Callable[..., Any], a_workspace: Callable[..., Path], prepared: Callable[..., Path]
) -> None:
    said = {"Case Ref": "C/1", "Summary": "<p>Nobody <b>rang us</b> &amp; we were worried.</p>"}
    home = prepared(a_workspace([said, *([FEW] * 11)]), "review", "-p", "2023")
    decided(
        home,
        "C/1",
        Theme_1="Communication",
        Sentence_to_publish="Nobody rang us & we were worried.",
        Publication="publish",
    )
    told = cl("check", "--workspace", home)
    assert "not quoted" not in told.out
    quoted = pipeline.count(home, "2023").findings.quotations
    assert quoted == {"communication": ("Nobody rang us & we were worried.",)}


def said_in(home: Path) -> dict[str, str]:
    """All texts of each finished file."""
    return {
        path.suffix: "\n".join(one.text for one in finished.texts(path.name, path.read_bytes()))
        for path in (home / "out" / "2022-23").iterdir()
    }


def test_the_workbook_shows_the_text_with_what_looks_identifying_marked(home: Path) -> None:
    sheet = sheet_of(home)
    at = [cell.value for cell in sheet[1]].index("What looks identifying")
    [marked] = [row[at].value for row in sheet.iter_rows() if row[0].value == "C/2022/0451"]
    assert marked == (
        "Nobody rang us back for weeks although we left messages every single day. "
        "\u00abMrs Quillfeather\u00bb shrugged. \u00abKezia\u00bb cried at "
        "\u00abElm Park School\u00bb."
    )


def test_an_approved_sentence_is_quoted_in_its_themes_section_and_nothing_else_is(
    home: Path, cl: Callable[..., Any]
) -> None:
    publish(home, SENTENCE)

    ran = cl("report", "-p", "2023", "-w", home, *FORMATS)

    assert ran.code == 0, ran.err
    said = said_in(home)
    for kind in (".docx", ".html"):
        assert said[kind].count(f"\u201c{SENTENCE}\u201d") == 1
    everything = "\n".join(said.values())
    assert "shrugged" not in everything
    assert "Kezia" not in everything
    assert SENTENCE not in said[".json"] + ran.out + ran.err


def test_it_stands_under_the_theme_that_a_person_gave(home: Path, cl: Callable[..., Any]) -> None:
    publish(home, SENTENCE)
    decided(home, Theme_1="Money")
    assert cl("report", "-p", "2023", "-w", home).code == 0
    text = said_in(home)[".docx"]
    assert text.index("Other themes") < text.index(SENTENCE)


@pytest.mark.parametrize("word", ["", "do not publish"])
def test_a_sentence_that_nobody_approved_is_not_quoted(
    home: Path, cl: Callable[..., Any], word: str
) -> None:
    publish(home, SENTENCE, word)
    assert cl("report", "-p", "2023", "-w", home, *FORMATS).code == 0
    assert "left messages every" not in "\n".join(said_in(home).values())


@pytest.mark.parametrize(
    ("sentence", "what"),
    [
        ("Mrs Quillfeather shrugged.", "words 1 to 2 look like a name with a title."),
        ("quillfeather ... every single day.", "these are not the words of the complaint."),
        (
            "Nobody rang us back [said quillfeather].",
            "word 6 looks like a name in the register.",
        ),
        ("... Kezia cried at [school].", "word 1 looks like a name (a word with a capital"),
        ("... cried at Elm Park School.", "words 3 to 5 look like a school."),
        ("Nobody rang us back [at 07700 900123].", "words 6 to 7 look like a telephone number."),
        (
            "Nobody rang us back [about C-2022-0451].",
            "word 6 looks like a case reference.",
        ),
        ("Nobody ever rang us back.", "these are not the words of the complaint."),
        ("us back", "these are not the words of the complaint."),
    ],
)
def test_a_sentence_that_may_not_go_out_is_told_with_its_cell_and_not_quoted(
    home: Path, cl: Callable[..., Any], sentence: str, what: str
) -> None:
    cell = publish(home, sentence)

    checked = cl("check", "-w", home)
    assert checked.code == 3
    assert f"  {cell}: the sentence is not quoted: {what}" in checked.out
    assert "uillfeather" not in checked.out
    counted = pipeline.count(home, "2023")
    assert counted.findings.quotations == {}
    assert [one.code[:11] for one in counted.problems] == ["publication"]


def test_a_sentence_of_a_text_that_has_changed_since_is_told_and_not_quoted(
    home: Path, cl: Callable[..., Any]
) -> None:
    cell = publish(home, SENTENCE)
    book = openpyxl.load_workbook(home / "register" / "complaints.xlsx")
    book.active["E2"].value = SAID + " We have since moved."
    book.save(home / "register" / "complaints.xlsx")

    told = cl("check", "-w", home)

    assert told.code == 3
    assert (
        f"  {cell}: the sentence is not quoted: the text of its complaint has changed since.\n"
        "  Read both again; to keep the sentence, clear its Text code." in told.out
    )
    assert cl("report", "-p", "2023", "-w", home).code == 3
    assert SENTENCE not in said_in(home)[".docx"]
    decided(home, Text_code="")
    assert cl("report", "-p", "2023", "-w", home).code == 0
    assert SENTENCE in said_in(home)[".docx"]


def test_a_sentence_of_a_complaint_that_was_not_upheld_has_no_section(
    a_workspace: Callable[..., Path], cl: Callable[..., Any]
) -> None:
    home = a_workspace([{"Outcome": "Not upheld"}, *([FEW] * 11)])
    cl("review", "-p", "2023", "-w", home)
    decided(home, "C001", Sentence_to_publish="Nobody rang us back", Publication="publish")
    told = cl("check", "-w", home)
    assert "the complaint was not upheld, and the sections tell of those that were." in told.out


def test_writing_the_workbook_again_keeps_the_sentence(home: Path, cl: Callable[..., Any]) -> None:
    publish(home, SENTENCE)
    assert cl("review", "-p", "2023", "-w", home).code == 0
    rows = [[cell.value for cell in row] for row in sheet_of(home).iter_rows()]
    [row] = [row for row in rows if row[0] == "C/2022/0451"]
    assert row[11:13] == [SENTENCE, "publish"]


def test_a_template_that_changes_a_quotation_stops_the_public_report(
    home: Path, cl: Callable[..., Any]
) -> None:
    publish(home, SENTENCE)
    folder = home / "templates" / "learning_report"
    folder.mkdir(parents=True)
    (folder / "theme_quotations.md.j2").write_text(
        "{% for one in theme.quotations %}\n1. They said: {{ one | lower_first }} And more.\n"
        "{% endfor %}\n",
        encoding="utf-8",
    )
    assert cl("report", "-p", "2023", "-w", home).code == 0  # as approved, in its marks
    (folder / "theme_quotations.md.j2").write_text(f"1. They said: {SENTENCE}\n", encoding="utf-8")
    ran = cl("report", "-p", "2023", "-w", home)
    assert ran.code == 2
    assert "a complaint's own words" in ran.err


def test_a_report_with_a_quotation_can_be_refreshed(home: Path, cl: Callable[..., Any]) -> None:
    publish(home, SENTENCE)
    assert cl("report", "-p", "2023", "-w", home).code == 0
    report = home / "out" / "2022-23" / "learning-report.docx"
    assert cl("verify", report, "-w", home).code == 0
    assert cl("refresh", report, "-w", home).code == 0
    publish(home, SENTENCE, "do not publish")
    ran = cl("refresh", report, "-w", home, "-o", report.with_name("again.docx"))
    assert ran.code == 2
    assert "a complaint's own words" in ran.err


LESSON = "Messages left with duty need an owner and a date."


@pytest.fixture
def learned(a_workspace: Callable[..., Path], prepared: Callable[..., Path]) -> Path:
    """Twelve upheld complaints; the register says what was learned from the first."""
    first = {
        "Case Ref": "C/2022/0451",
        "Complainant Name": "Zadie Quillfeather",
        "Learning": "Mrs Quillfeather should have been rung. We kept messages on paper.",
    }
    rows = [{**FEW, **first}, *([{**FEW, "Learning": ""}] * 11)]
    return prepared(a_workspace(rows, header=(*HEADER, "Learning")), "review", "-p", "2023")


def test_the_workbook_shows_what_was_learned_with_what_looks_identifying_marked(
    learned: Path,
) -> None:
    sheet = sheet_of(learned)
    at = [cell.value for cell in sheet[1]].index("Learning recorded")
    assert {row[0].value: row[at].value for row in sheet.iter_rows(min_row=2)}["C/2022/0451"] == (
        "\u00abMrs Quillfeather\u00bb should have been rung. We kept messages on paper."
    )


def test_approved_learning_is_printed_once_and_nothing_else_that_was_written(
    learned: Path, cl: Callable[..., Any]
) -> None:
    decided(learned, Learning_to_publish=LESSON, Learning_publication="publish")
    assert cl("report", "-p", "2023", "-w", learned, *FORMATS).code == 0
    said = said_in(learned)
    for kind in (".docx", ".html"):
        assert said[kind].count(LESSON) == 1
    assert said[".docx"].index("What was learned") < said[".docx"].index(LESSON)
    assert "kept messages on paper" not in "\n".join(said.values())


@pytest.mark.parametrize("word", ["", "do not publish"])
def test_learning_that_nobody_approved_is_not_printed(
    learned: Path, cl: Callable[..., Any], word: str
) -> None:
    decided(learned, Learning_to_publish=LESSON, Learning_publication=word)
    assert cl("report", "-p", "2023", "-w", learned, *FORMATS).code == 0
    assert LESSON not in "\n".join(said_in(learned).values())


def test_learning_that_names_somebody_is_told_with_its_cell_and_not_printed(
    learned: Path, cl: Callable[..., Any]
) -> None:
    row = decided(
        learned, Learning_to_publish="Ring Mrs Quillfeather.", Learning_publication="publish"
    )
    cell = row.replace("cell L", "cell P")
    checked = cl("check", "-w", learned)
    assert f"  {cell}: the sentence is not printed: words 2 to 3 look like" in checked.out
    assert cl("report", "-p", "2023", "-w", learned, *FORMATS).code == 3
    assert "Quillfeather" not in "\n".join(said_in(learned).values())


def test_what_was_decided_about_learning_survives_the_next_review(
    learned: Path, cl: Callable[..., Any]
) -> None:
    decided(learned, Learning_to_publish=LESSON, Learning_publication="publish")
    assert cl("review", "-p", "2023", "-w", learned).code == 0
    assert LESSON in [row[15].value for row in sheet_of(learned).iter_rows()]


def test_what_people_wrote_goes_no_further_than_where_themes_are_found(learned: Path) -> None:
    counted = pipeline.count(learned, "2023")
    assert "text" not in counted.checked.frames["complaints"]
    assert "learning" not in counted.checked.frames["complaints"]
    assert "learning" not in counted.checked.frames["forms"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Families are told who to ring. Calls are noted.", ""),
        ("Tell families who to ring.", ""),
        ("[families] are told.", "Families are told."),
        (
            "\u00abFamilies\u00bb are told by [the] \u00abteam\u00bb.",
            "Families are told by the team.",
        ),
    ],
)
def test_learning_may_begin_with_any_word_and_is_printed_without_marks_or_brackets(
    learned: Path, typed: str, printed: str
) -> None:
    decided(learned, Learning_to_publish=typed, Learning_publication="publish")
    counted = pipeline.count(learned, "2023")
    assert counted.problems == ()
    assert list(counted.findings.learning.values()) == [(printed or typed,)]


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("Zadie was not told.", "word 1 looks like a name in the register."),
        ("Nobody rang. Quillfeather waited.", "word 3 looks like a name in the register."),
        ("[zadie] was not told.", "word 1 looks like a name in the register."),
        ("We failed Kezia.", "word 3 looks like a name (a word with a capital"),
        ("We failed one child: Kezia.", "word 5 looks like a name (a word with a capital"),
        ("We failed some, e.g. Kezia.", "word 5 looks like a name (a word with a capital"),
        (
            "Kezio and Kezia at Elm Park School were not rung.",
            "word 3 looks like a name (a word with a capital that is not an everyday one) and "
            "words 5 to 7 look like a school.",
        ),
    ],
)
def test_a_name_in_learning_is_told_by_where_its_word_stands(
    learned: Path, typed: str, what: str
) -> None:
    decided(learned, Learning_to_publish=typed, Learning_publication="publish")
    counted = pipeline.count(learned, "2023")
    [problem] = counted.problems
    assert what in problem.message and problem.hint == "Say it in other words."
    assert counted.findings.learning == {}


def test_the_workbooks_marks_are_never_quoted(home: Path) -> None:
    publish(home, "\u00abNobody\u00bb rang us back [for long].")
    quoted = pipeline.count(home, "2023").findings.quotations
    assert list(quoted.values()) == [("Nobody rang us back [for long].",)]
