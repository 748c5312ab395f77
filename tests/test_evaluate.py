"""Labelled texts in, accuracy out: numbers counted by hand, every way a file can be wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning.classify import Label, accuracy
from complaints_learning.classify.accuracy import Known
from complaints_learning.read import places


def a_label(theme: str, probability: float = 0.9, primary: bool = True) -> Label:
    return Label(theme, "", probability, primary, (), probability > 0.75)


def test_precision_recall_and_f1_are_counted() -> None:
    known = [Known("a", ("delay",), "delay"), Known("b", ("delay", "money"), "money")]
    found = [(a_label("delay"),), (a_label("money"), a_label("privacy", primary=False))]
    measured = accuracy.measure(known, found, ("delay", "money", "privacy"))
    assert [(s.theme, s.count, s.precision, s.recall) for s in measured.scores] == [
        ("delay", 2, 1.0, 0.5),
        ("money", 1, 1.0, 1.0),
        ("privacy", 0, 0.0, 0.0),
    ]
    assert measured.macro_f1 == pytest.approx((2 / 3 + 1) / 2)
    assert measured.micro_f1 == pytest.approx(2 * 2 / (3 + 3))
    assert measured.primary == 1.0


def test_nothing_found_is_nought_and_not_an_error() -> None:
    measured = accuracy.measure([Known("a", ("delay",), "delay")], [()], ("delay",))
    assert (measured.macro_f1, measured.micro_f1, measured.primary) == (0.0, 0.0, 0.0)
    assert measured.reliability == ()


def test_calibration_compares_probability_with_being_right() -> None:
    known = [Known("a", ("delay",)), Known("b", ("money",))]
    found = [(a_label("delay", 0.85),), (a_label("delay", 0.85),)]
    measured = accuracy.measure(known, found, ("delay", "money"))
    assert measured.reliability == ((0.8, 2, 0.85, 0.5),)
    assert measured.ece == pytest.approx(0.35)


def test_full_agreement_is_one_and_chance_is_about_nought() -> None:
    codes = ("a", "b")
    same = [(("a",), ("a",)), (("b",), ("b",))]
    assert accuracy.krippendorff(same, codes) == 1.0
    opposite = [(("a",), ("b",)), (("b",), ("a",))]
    found = accuracy.krippendorff(opposite, codes)
    assert found is not None and found < 0


def test_agreement_is_that_of_the_published_example() -> None:
    # K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), example A: 0.095
    jon, han = "0100000010", "1110010000"
    readings = [[("yes",) * int(a), ("yes",) * int(b)] for a, b in zip(jon, han, strict=True)]
    found = accuracy.krippendorff(readings, ("yes",))
    assert found is not None and round(found, 3) == 0.095


def test_precision_and_recall_have_their_intervals() -> None:
    known = [Known("a", ("delay",)), Known("b", ("delay",))]
    found = [(a_label("delay"),), ()]
    told = json.loads(json.dumps(accuracy.as_dict(accuracy.measure(known, found, ("delay",)))))
    assert told["themes"]["delay"]["precision_interval"] == [0.2065, 1.0]
    assert told["themes"]["delay"]["recall_interval"] == [0.0945, 0.9055]


def test_one_labeller_has_no_agreement() -> None:
    one, two = (("a",),), (("a",), ())
    assert accuracy.krippendorff([one], ("a",)) is None
    assert accuracy.krippendorff([one, two], ("a",)) == 0


def test_the_most_certain_half_is_measured_first() -> None:
    known = [Known("a", ("delay",), "delay"), Known("b", ("money",), "money")]
    found = [(a_label("delay", 0.99),), (a_label("delay", 0.4),)]
    coverage = dict(accuracy.measure(known, found, ("delay", "money")).coverage)
    assert (coverage[0.5], coverage[1.0]) == (1.0, 0.5)


# --- the commands


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "labelled.jsonl"
    rows = [
        {
            "text": "Nobody rang me back.",
            "themes": ["communication"],
            "primary": "communication",
            "readers": [{"themes": ["communication"]}, {"themes": ["communication", "delay"]}],
        },
        {"text": "My allowance was not paid.", "themes": ["money"], "primary": "money"},
        {"text": "", "themes": ["money"]},
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_evaluate_prints_a_table(cl: Callable[..., Any], labelled: Path) -> None:
    ran = cl("evaluate", labelled)
    assert ran.code == 0
    assert "communication            1      1.00   1.00  1.00  0.21 to 1.00" in ran.out
    assert "texts                  2   (left out, without a text or themes: 1)" in ran.out
    assert "labellers agree" in ran.out
    assert "rang me back" not in ran.out


def test_evaluate_gives_json(cl: Callable[..., Any], labelled: Path) -> None:
    told = json.loads(cl("evaluate", labelled, "--json").out)
    assert told["texts"] == 2
    assert told["macro_f1"] == 1.0
    assert told["themes"]["money"]["f1"] == 1.0


def test_evaluate_draws_a_chart(cl: Callable[..., Any], labelled: Path, tmp_path: Path) -> None:
    picture = tmp_path / "accuracy.png"
    assert cl("evaluate", labelled, "--chart", picture).code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_evaluate_reads_a_csv_with_joined_themes_and_titles(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text(
        "text,themes,primary\nNobody rang me back.,Communication,communication\n"
        "My allowance was not paid and nobody rang back.,money; communication,money\n",
        encoding="utf-8",
    )
    told = json.loads(cl("evaluate", path, "--json").out)
    assert told["texts"] == 2
    assert told["micro_f1"] == 1.0


def test_an_unknown_theme_is_told_with_a_suggestion(cl: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "a b", "themes": ["dealy"]}\n', encoding="utf-8")
    ran = cl("evaluate", path)
    assert ran.code == 2
    assert ran.err == (
        "cl: labelled.jsonl, line 1: 'dealy' is not a theme.\n    Did you mean 'Delay (not EHC)'?\n"
    )


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Comunication,", "Did you mean 'Communication'?"),
        ("delay,comunication", "Did you mean 'Communication'?"),
        ('"delay, money",', "Join several themes with ';', not with a comma."),
        ("manners,", "Use: communication, staff_behaviour,"),
    ],
)
def test_what_is_no_theme_is_told_with_its_row(
    cl: Callable[..., Any], tmp_path: Path, row: str, told: str
) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text(f"text,themes,primary\nNobody rang.,delay,\nNobody.,{row}\n", encoding="utf-8")
    ran = cl("evaluate", path)
    assert ran.code == 2 and ran.err.startswith("cl: labelled.csv, row 3: '") and told in ran.err


def test_the_columns_of_a_labelled_file_may_have_any_names(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "audit.csv"
    path.write_text(
        "What was said,Theme(s),Main\nNobody rang me back.,Communication,Communication\n"
        "My allowance was not paid.,money,communication\n",
        encoding="utf-8",
    )
    assert "It has: 'What was said', 'Theme(s)', 'Main'. Name it with --text-column." in (
        cl("evaluate", path).err
    )
    words: tuple[object, ...] = ("evaluate", path, "--json", "--text-column", "What was said")
    assert "Did you mean 'Theme(s)'? Name it with --themes-column." in cl(*words).err
    words += ("--themes-column", "theme(s)")
    assert json.loads(cl(*words).out)["primary_accuracy"] is None
    told = json.loads(cl(*words, "--primary-column", "Main").out)
    assert told["primary_accuracy"] == 0.5
    assert told["themes"]["communication"]["count"] == 2  # a main theme is a theme


def test_no_theme_is_a_decision_that_a_theme_found_is_held_against(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "labelled.csv"
    path.write_text(
        "text,themes\nNobody rang me back.,no theme\nNobody rang me back.,communication\n"
        "Nobody rang me back.,\n",
        encoding="utf-8",
    )
    told = json.loads(cl("evaluate", path, "--json").out)
    assert (told["texts"], told["skipped"]) == (2, 1)
    assert told["themes"]["communication"]["precision"] == 0.5


def test_a_chart_is_a_png_and_never_written_over_what_people_labelled(
    cl: Callable[..., Any], labelled: Path
) -> None:
    before = labelled.read_bytes()
    ran = cl("evaluate", labelled, "--chart", labelled)
    assert ran.code == 2 and "is an input" in ran.err and labelled.read_bytes() == before
    ran = cl("evaluate", labelled, "--chart", labelled.with_suffix(".jpg"))
    assert ran.code == 2 and "End the name with .png." in ran.err
    assert not labelled.with_suffix(".jpg").exists()


def test_a_line_that_is_not_json_is_told_with_its_number(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "a", "themes": ["delay"]}\nnot json\n', encoding="utf-8")
    assert "labelled.jsonl, line 2: this is not an object" in cl("evaluate", path).err


def test_a_file_without_labels_is_an_error(cl: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "labelled.jsonl"
    path.write_text('{"text": "", "themes": []}\n', encoding="utf-8")
    assert "no row has a text and themes." in cl("evaluate", path).err


def a_csv(folder: Path) -> Path:
    path = folder / "texts.csv"
    path.write_text(
        "Reference,Details\nC1,Nobody rang me back.\nC2,My allowance was not paid.\nC3,\n",
        encoding="utf-8",
    )
    return path


def test_classify_prints_a_row_a_text(cl: Callable[..., Any], tmp_path: Path) -> None:
    ran = cl("classify", a_csv(tmp_path), "--text-column", "details")
    lines = ran.out.splitlines()
    assert ran.code == 0
    assert lines[0] == (
        "reference,themes,primary,sub_themes,theme_titles,sub_theme_titles,"
        "probability,probabilities,sure,evidence"
    )
    assert lines[1].startswith("C1,communication,communication,no_reply,Communication,")
    assert lines[2].startswith("C2,money,money,")
    assert lines[3] == "C3,,,,,,0.00,,no,"
    assert "3 texts: " in ran.err and "1 without a theme (1 of them empty)." in ran.err


@pytest.mark.parametrize("ending", ["csv", "xlsx", "jsonl"])
def test_classify_saves_each_kind_of_file(
    cl: Callable[..., Any], tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"themes.{ending}"
    ran = cl("classify", a_csv(tmp_path), "--text-column", "Details", "--out", out)
    assert ran.code == 0
    assert out.stat().st_size > 50
    if ending == "jsonl":
        first = json.loads(out.read_text(encoding="utf-8").splitlines()[0])
        assert first["themes"] == ["communication"] and first["reference"] == "C1"


def test_classify_gives_each_theme_its_probability_and_words(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("Text\nWe want the respite back. It took weeks and weeks.\n", encoding="utf-8")
    [row] = json.loads(cl("classify", path, "-t", "Text", "--json").out)["rows"]
    assert row["themes"] == ["support", "delay"]  # the main one first, though less likely
    assert len(row["probabilities"]) == 2 and row["probabilities"][0] < row["probabilities"][1]
    assert row["probability"] == pytest.approx(min(row["probabilities"]), abs=0.005)
    assert [each.partition(": ")[0] for each in row["evidence"]] == row["themes"]
    assert "respite" in row["evidence"][0] and "weeks" in row["evidence"][1]


def test_classify_says_which_column_is_meant(cl: Callable[..., Any], tmp_path: Path) -> None:
    ran = cl("classify", a_csv(tmp_path), "--text-column", "Detail")
    assert ran.code == 2
    assert ran.err == "cl: texts.csv: there is no column 'Detail'.\n    Did you mean 'Details'?\n"


def test_classify_says_when_there_is_no_such_reference_column(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    words = ("classify", a_csv(tmp_path), "--text-column", "Details", "--reference-column")
    ran = cl(*words, "Zzz")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "cl: texts.csv: there is no column 'Zzz'.\n    It has: 'Reference', 'Details'.\n"
    )
    assert "\nC1,communication" in cl(*words, "reference").out


def test_classify_refuses_an_unknown_kind_of_file(cl: Callable[..., Any], tmp_path: Path) -> None:
    ran = cl("classify", a_csv(tmp_path), "--text-column", "Details", "--out", tmp_path / "a.pdf")
    assert ran.code == 2
    assert "End the name with .csv, .xlsx or .jsonl." in ran.err


def test_classify_never_writes_a_formula(cl: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text("Reference,Details\n=1+1,Nobody rang me back.\n", encoding="utf-8")
    assert "\n'=1+1,communication" in cl("classify", path, "--text-column", "Details").out


def test_evaluate_reads_what_a_person_decided_in_the_review_workbook(
    cl: Callable[..., Any],
) -> None:
    told = json.loads(
        cl("evaluate", places.shipped("sample_data") / "review" / "decisions.xlsx", "--json").out
    )
    assert told["texts"] == 233  # 234 are decided, one of them has no words
    assert told["themes"]["communication"]["count"] == 26 + 19  # one year and the other
    assert told["themes"]["staff_behaviour"]["count"] == 15 + 13
    assert told["macro_f1"] > 0.5


def test_evaluate_and_classify_find_the_themes_of_the_workspace(
    cl: Callable[..., Any], a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home = a_workspace()
    own = (places.shipped("templates") / "themes.toml").read_text(encoding="utf-8")
    own += '[[theme]]\ncode = "buildings"\ntitle = "Buildings"\n'
    own += '  [[theme.sub]]\n  code = "access"\n  title = "Access"\n  strong = ["no ramp"]\n'
    (home / "templates").mkdir()
    (home / "templates" / "themes.toml").write_text(own, encoding="utf-8")
    texts = tmp_path / "labelled.csv"
    texts.write_text("Text,Themes\nThere is no ramp.,Buildings\n", encoding="utf-8")
    beside = home / "labelled.csv"
    beside.write_bytes(texts.read_bytes())

    for words in ((texts, "--workspace", home), (beside,)):
        told = json.loads(cl("evaluate", *words, "--json").out)
        assert told["themes"]["buildings"]["recall"] == 1.0
        assert "; buildings," in cl("classify", *words, "-t", "Text").out
    assert "'Buildings' is not a theme." in cl("evaluate", texts).err


def test_a_file_without_headers_is_told_without_a_word_of_its_texts(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path, log = tmp_path / "texts.csv", tmp_path / "log.jsonl"
    for texts in (
        "A1,Nobody rang Jo back\nA2,My allowance was not paid\n",
        "Nobody rang Jo back\n",
        "We were told that nobody would ring Jo back until the autumn.\nShort\n",
    ):
        path.write_text(texts, encoding="utf-8")
        ran = cl("classify", path, "-t", "Text", "--log-file", log)
        assert ran.code == 2 and "Jo" not in ran.err + log.read_text(encoding="utf-8")
        assert "write them above the texts." in ran.err
    path.write_text("Ref,What they told us then\n" + "A1,a b c d e f g h i j k\n" * 3, "utf-8")
    assert "It has: 'Ref', 'What they told us then'." in cl("classify", path, "-t", "Text").err


def test_what_cannot_be_read_is_told_with_its_own_sheet_and_what_to_do(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.worksheets[0].append(["Text"])
    book.worksheets[0].append(["Nobody rang me back."])
    second = book.create_sheet("Second")
    second.append(["text"])
    second.append(["Nid oes neb wedi ffonio yn ôl ac mae fy mab yn dal i aros am ei gynllun."])
    book.save(tmp_path / "texts.xlsx")
    ran = cl("classify", tmp_path / "texts.xlsx", "-t", "Text")
    assert ran.code == 3
    assert ran.err.endswith(
        "texts.xlsx, sheet Second, row 2: the text of 'Second, row 2' is not in English, so no "
        "theme was given.\n    Read it, and give it its themes by hand.\n"
    )


def test_one_column_of_texts_is_not_cut_where_a_text_has_a_semicolon(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "texts.csv"
    path.write_text('Text\nNobody rang us &amp; we waited.\n"No, nobody."\n', encoding="utf-8")
    ran = cl("classify", path, "-t", "Text")
    assert ran.code == 0 and "2 texts: " in ran.err


def test_a_text_without_a_letter_has_no_theme(cl: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(
        "Ref,Text\n" + "".join(f"A,{text}\n" for text in ("0", "07700 900123", "-", "?"))
    )
    ran = cl("classify", path, "-t", "Text")
    assert ran.out.splitlines()[1:] == ["A,,,,,,0.00,,no,"] * 4
    assert "4 texts: 0 unsure, 4 without a theme (0 of them empty)." in ran.err


def test_a_text_that_begins_like_a_total_is_read_and_what_is_left_out_is_told(
    cl: Callable[..., Any], tmp_path: Path
) -> None:
    path = tmp_path / "texts.csv"
    path.write_text(
        "Ref,Text\nA1,Total lack of respect.\n,Total shambles\nA3,Nobody rang.\nTotal,3\n"
        "Page 1 of 1,\n",
        encoding="utf-8",
    )
    ran = cl("classify", path, "-t", "Text")
    assert [row.partition(",")[0] for row in ran.out.splitlines()[1:]] == ["A1", "row 3", "A3"]
    assert ran.err.endswith(
        "texts.csv, row 5: left out, because it is a totals row.\n"
        "texts.csv, row 6: left out, because it is a note or heading.\n"
    )
    told = json.loads(cl("classify", path, "-t", "Text", "--json").out)
    assert told["texts"] + len(told["left_out"]) == 5


def test_a_cell_without_its_value_is_told(cl: Callable[..., Any], tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Text", "Other"], ['=CONCATENATE("Nobody"," rang")', "=1"], ["Nobody rang."]):
        book.worksheets[0].append(row)
    book.save(tmp_path / "texts.xlsx")
    ran = cl("classify", tmp_path / "texts.xlsx", "-t", "Text")
    assert ran.code == 3
    assert (
        "cell A2: the formula was saved without its value; the cell was read as empty." in ran.err
    )
    assert "cell B2" not in ran.err
