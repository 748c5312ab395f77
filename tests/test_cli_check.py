"""What a person sees of `cl check`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from complaints_learning import cli

HEADERS = ["Ref", "Date received", "Date responded", "Outcome"]


def a_workspace(folder: Path, *rows: list[Any]) -> Path:
    """A workspace with one register of these rows."""
    (folder / "cl.toml").write_text("[report]\ndate = 2024-03-31\n", encoding="utf-8")
    (folder / "register").mkdir()
    book = openpyxl.Workbook()
    book.active.title = "Log"
    for row in (HEADERS, *rows):
        book.active.append(row)
    book.save(folder / "register" / "export.xlsx")
    return folder


GOOD = ["C1", "03/04/2023", "17/04/2023", "Upheld"]
ODD = ["C2", "31/02/2023", "17/04/2023", "Uphelp"]


def test_a_clean_register_has_nothing_to_look_at(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", "--workspace", str(a_workspace(tmp_path, GOOD))]) == 0
    assert capsys.readouterr().out == (
        "Nothing to look at.\n\nWhere the rows went\n  register: 1 row read\n    1 counted\n"
    )


def test_each_cell_is_listed_by_kind_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", "--workspace", str(a_workspace(tmp_path, GOOD, ODD))]) == 3
    assert capsys.readouterr().out == (
        "2 things to look at, of 2 kinds.\n"
        "\n"
        "A day that is not in the calendar (date-impossible): 1\n"
        "  register/export.xlsx, sheet Log, cell B3: Date received: '31/02/2023' is not a day in "
        "the calendar; it was left empty.\n"
        "  Type the day as in 31/01/2023.\n"
        "\n"
        "An outcome nobody knows (outcome-unknown): 1\n"
        "  register/export.xlsx, sheet Log, cell D3: Outcome: 'Uphelp' is not a known outcome; it "
        "is counted as not recognised.\n"
        "  Did you mean 'Upheld'? Correct the cell, or map it in cl.toml under [outcomes]: "
        '"Uphelp" = "upheld".\n'
        "\n"
        "Where the rows went\n"
        "  register: 2 rows read\n"
        "    2 counted\n"
    )


def test_no_register_means_no_report_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "cl.toml").write_text("", encoding="utf-8")
    assert cli.run(["check", "--workspace", str(tmp_path)]) == 2
    assert "cl: no report can be made: cl.toml: there is no complaint register" in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize(
    ("start", "said"),
    [(b"<html><table>", "a web page (HTML)"), (b"%PDF-1.7", "a PDF")],
)
def test_a_foreign_file_stops_a_report_from_the_registers_folder_alone(
    tmp_path: Path, start: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_workspace(tmp_path, GOOD)
    (home / "monitoring").mkdir()
    (home / "monitoring" / "forms.xlsx").write_bytes(start)
    assert cli.run(["check", "--workspace", str(home)]) == 3
    capsys.readouterr()
    (home / "register" / "march.xls").write_bytes(start)
    assert cli.run(["check", "--workspace", str(home)]) == 2
    told = capsys.readouterr().err
    assert f"no report can be made: register/march.xls: this is {said}" in told
    assert ("Open it in Excel" in told) == ("web" in said)
    assert cli.run(["report", "--workspace", str(home), "--period", "2024"]) == 2
    assert not list(home.glob("**/*.docx"))


def test_an_unknown_value_is_listed_once_with_its_line_for_the_settings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [[f"C{n}", "03/04/2023", "17/04/2023", "Mixed" if n % 3 else "Odd"] for n in range(30)]
    home = a_workspace(tmp_path, *rows)
    assert cli.run(["check", "--workspace", str(home)]) == 3
    told = capsys.readouterr().out
    where = "  register/export.xlsx, sheet Log, cell"
    said = "is not a known outcome; it is counted as not recognised."
    for first, many, word in (("D3", 20, "Mixed"), ("D2", 10, "Odd")):
        assert f"{where} {first} (the first of {many} cells): Outcome: '{word}' {said}\n" in told
        assert (
            f'    Correct the cell, or map it in cl.toml under [outcomes]: "{word}" = "NAME", '
            "where NAME is one of upheld, partly_upheld, not_upheld, resolved, no_finding, "
            "withdrawn, refused, open.\n"
        ) in told
    assert told.index("'Mixed'") < told.index("'Odd'")
    assert "more: cl check --all" not in told
    cli.run(["check", "--all", "--workspace", str(home)])
    assert capsys.readouterr().out.count(f"'Mixed' {said}") == 20


def test_a_header_nobody_knows_is_listed_once_for_all_its_sheets(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_workspace(tmp_path, GOOD)
    (home / "monitoring").mkdir()
    for n in range(4):
        book = openpyxl.Workbook()
        for label, answer in (
            ("Complaint ref", "C1"),
            ("Service", "Fostering"),
            ("Learning", "We ring back."),
            ("Favourite colour", "Blue"),
        ):
            book.active.append([label, answer])
        book.save(home / "monitoring" / f"form {n}.xlsx")

    cli.run(["check", "--workspace", str(home)])

    told = capsys.readouterr().out
    assert told.count("Favourite colour") == 2  # and once in what to type
    assert "form 0.xlsx, sheet Sheet, cell B4 (the first of 4 sheets): nobody knows" in told


def test_who_complained_is_told_with_what_it_is_counted_as(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_workspace(tmp_path, GOOD)
    (home / "register" / "b.csv").write_text(
        "Ref,Date received,Outcome,Made by\nC9,3/4/2023,Upheld,A friend\n", encoding="utf-8"
    )

    cli.run(["check", "--workspace", str(home)])

    told = capsys.readouterr().out
    assert "Made by: the cell is not a known complainant; it is counted as other." in told


def test_without_a_register_the_cause_stands_alone_with_the_file_that_looks_like_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = a_workspace(tmp_path, GOOD)
    (home / "register").rename(home / "exports")
    (home / "monitoring").mkdir()
    (home / "monitoring" / "forms.csv").write_text(
        "Complaint ref,Form completed,Learning identified\nC1,05/05/2023,Ring back.\n",
        encoding="utf-8",
    )
    assert cli.run(["check", "--workspace", str(home)]) == 2
    told = capsys.readouterr()
    assert "is no complaint in the register" not in told.out
    assert told.err.splitlines()[:2] == [
        "cl: no report can be made: cl.toml: there is no complaint register to count.",
        "    [sources] register names register/*: put the exports there, or change it. "
        "exports/export.xlsx looks like one: move it there, or write under [sources]: "
        'register = ["exports/export.xlsx"]',
    ]
    (home / "exports").rename(home / "register")
    assert cli.run(["check", "--workspace", str(home)]) == 0


def test_strict_makes_anything_to_look_at_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["check", "--workspace", str(a_workspace(tmp_path, ODD))]
    codes = (cli.run([*words]), cli.run([*words, "--strict"]))
    assert codes == (3, 2)
    assert capsys.readouterr().out.count("date-impossible") == 2


def test_json_has_a_stable_shape(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["check", "--json", "--workspace", str(a_workspace(tmp_path, GOOD, ODD))])
    told = json.loads(capsys.readouterr().out)
    assert list(told) == ["schema", "problems", "stops", "rows", "changes", "sources", "exit_code"]
    assert told["exit_code"] == 3
    assert told["rows"]["register"] == {
        "read": 2,
        "counted": 2,
        "superseded": {},
        "left_out": {},
    }
    assert told["problems"][0] == {
        "code": "date-impossible",
        "file": "register/export.xlsx",
        "sheet": "Log",
        "cell": "B3",
        "message": "Date received: '31/02/2023' is not a day in the calendar; it was left empty.",
        "hint": "Type the day as in 31/01/2023.",
    }


def test_the_workbook_links_each_problem_to_its_cell(tmp_path: Path) -> None:
    folder = a_workspace(tmp_path / "w" if (tmp_path / "w").mkdir() is None else tmp_path, ODD)
    target = tmp_path / "sent" / "problems.xlsx"
    assert cli.run(["check", "--workspace", str(folder), "--xlsx", str(target)]) == 3
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Problems", "Where the rows went", "Changed by later exports"]
    sheet = book["Problems"]
    assert [cell.value for cell in sheet[2]][:4] == [
        "A day that is not in the calendar",
        "register/export.xlsx",
        "Log",
        "B2",
    ]
    link = sheet["D2"].hyperlink
    assert (link.target, link.location) == ("../w/register/export.xlsx", "'Log'!B2")
