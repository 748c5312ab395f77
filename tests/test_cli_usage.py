"""Slips at the keyboard: what was typed, what was meant, what to type next."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Cl = Callable[..., Any]
Make = Callable[..., Path]
TEN = [{"Case Ref": f"00{n:03d}"} for n in range(10)]


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("Report",), "there is no command 'Report'.", "Did you mean 'cl report'? All commands:"),
        (("xyzzy",), "there is no command 'xyzzy'.", "All commands: cl --help"),
        (("help", "chekc"), "there is no command 'chekc'.", "Did you mean 'cl check'?"),
        (
            ("template", "lst"),
            "template: there is no command 'lst'.",
            "Did you mean 'cl template list'?",
        ),
        (
            ("template",),
            "template: say what to do with it: list, copy, check and figures.",
            "Such as: cl template list",
        ),
        (("--hlep",), "there is no option --hlep.", "Did you mean --help?"),
        (
            ("-w", "demo", "report", "-p", "2023"),
            "there is no option -w before a command.",
            "Options come after the command: cl report -w ...",
        ),
        (
            ("report", "--perod", "2023"),
            "report: there is no option --perod.",
            "Did you mean --period? All options: cl report --help",
        ),
        (
            ("check", "--Al"),
            "check: there is no option --Al.",
            "Did you mean --all? All options: cl check --help",
        ),
        (("report",), "report: --period is missing.", "Such as: cl report --period 2023"),
        (("report", "2023"), "report: --period is missing.", "Did you mean --period 2023?"),
        (("figures", "last"), "figures: --period is missing.", "Did you mean --period last?"),
        (("report", "-p"), "report: -p needs a value after it.", "Such as: cl report -p ..."),
        (
            ("init",),
            "init: FOLDER is missing (the folder with the exports).",
            "Such as: cl init complaints-2023",
        ),
        (
            ("template", "copy"),
            "template copy: SECTION is missing (as `list` shows it).",
            "Such as: cl template copy communication",
        ),
        (
            ("report", "-p", "2023", "2024"),
            "report: '2024' is too much.",
            "Did you mean --period 2024?",
        ),
        (
            ("check", "our", "report.docx"),
            "check: 'report.docx' is too much.",
            "A name with spaces needs quotes around it.",
        ),
        (
            ("check", "--json=yes"),
            "check: option '--json' does not take a value.",
            "All options: cl check --help",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_line_with_a_slip_is_told_what_is_right(
    cl: Cl, words: tuple[str, ...], message: str, hint: str
) -> None:
    ran = cl(*words)

    assert (ran.code, ran.out) == (2, "")
    told, todo = ran.err.splitlines()
    assert told == f"cl: {message}"
    assert todo.startswith(f"    {hint}")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("report", "-p", "2023", "--edition", "interal"), "Did you mean internal? "),
        (("report", "-p", "2023", "--template", "learning_rport"), "'learning_report'?"),
        (("report", "-p", "2023", "--format", "docs"), "Did you mean 'docx'?"),
        (("report", "-p", "2023", "-f", "word"), "Did you mean 'docx'?"),
        (("report", "-p", "2023", "-f", "docx,excel"), "Each by itself: -f docx -f xlsx"),
        (("report", "-p", "lsat"), "Did you mean last? "),
        (("report", "-p", "last-quater"), "Did you mean last-quarter? "),
        (("report", "-p", "22/23"), "Did you mean 2022-23? "),
        (("trend", "-p", "2023", "--of", "uphled"), "Did you mean 'upheld'?"),
        (("explain", "outcome-unknwon"), "Did you mean 'outcome-unknown'? "),
        (("explain", "recieved", "-p", "2023"), "Did you mean received"),
        (("explain", "003", "-p", "2023", "--edition", "internal"), "Did you mean 00003?"),
        (("figures", "comunication", "-p", "2023"), "Did you mean communication?"),
        (("template", "copy", "comunication"), "Did you mean 'communication'?"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_nearly_right_value_is_told_with_the_right_one(
    cl: Cl, a_workspace: Make, words: tuple[str, ...], hint: str
) -> None:
    home = a_workspace(TEN)

    ran = cl(*words, "-w", home)

    assert (ran.code, ran.out) == (2, "")
    assert hint in ran.err.splitlines()[1]


def test_a_nearly_right_column_is_told(cl: Cl, a_workspace: Make) -> None:
    register = a_workspace(TEN) / "register" / "complaints.xlsx"

    ran = cl("classify", register, "-t", "Sumary")

    assert ran.err.endswith("there is no column 'Sumary'.\n    Did you mean 'Summary'?\n")


def test_a_workspace_that_is_nearly_named_is_found(
    cl: Cl, a_workspace: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = a_workspace(TEN, folder="demo")
    monkeypatch.chdir(home.parent)

    nearly = cl("check", "-w", "dmeo")
    inside = cl("check", "-w", "demo/register")
    nothing = cl("check")

    assert nearly.err == "cl: dmeo: is not a folder.\n    Did you mean demo?\n"
    assert inside.err.splitlines()[1].startswith("    Did you mean demo? Or make it")
    assert nothing.err.splitlines()[1] == "    There is one in demo: add --workspace demo"
    assert (nearly.code, inside.code, nothing.code) == (2, 2, 2)
    assert cl("check", "-w", "demo/cl.toml").code == 0
    assert cl("check", "demo").code == 0  # a folder where a Word file may stand


def test_a_file_that_is_nearly_named_is_found(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    cl("report", "-p", "2023", "-w", home)
    out = home / "out" / "2022-23"
    report, register = out / "learning-report.docx", home / "register" / "complaints.xlsx"

    for words, meant in (
        (("verify", out / "lerning-report.docx"), report),
        (("refresh", out / "learning-report.doc"), report),
        (("check", out / "learning_report.docx"), report),
        (("compare", out / "rnu.json", out / "run.json"), out / "run.json"),
        (("rerun", out / "runs.json"), out / "run.json"),
        (("classify", register.with_name("complaint.xlsx"), "-t", "x"), register),
        (("evaluate", register.with_name("complaints.xls")), register),
    ):
        ran = cl(*words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.endswith(f": there is no such file.\n    Did you mean {meant}?\n"), words


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("verify", ": is a folder.\n    Name the Word file in it.\n"),
        ("refresh", ": is a folder.\n    Name the Word file in it.\n"),
        ("evaluate", ": is a folder, not a file.\n    Name the file in it.\n"),
        # these take the folder of a run record, and this one has none
        ("compare", "run.json: there is no such file.\n    Check its name and folder.\n"),
        ("rerun", "run.json: there is no such file.\n    Check its name and folder.\n"),
    ],
)
def test_a_folder_where_a_file_belongs_is_told(
    cl: Cl, a_workspace: Make, command: str, told: str
) -> None:
    home = a_workspace(TEN)

    ran = cl(command, home, *([home] if command == "compare" else []))

    assert ran.code == 2
    assert told in ran.err


def test_the_workspace_is_found_from_the_report_that_lies_in_it(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    cl("report", "-p", "2023", "-w", home)
    report = home / "out" / "2022-23" / "learning-report.docx"

    ran = cl("verify", report)

    assert ran.code == 0
    assert ran.out.startswith("learning-report.docx: all ")


@pytest.mark.parametrize(
    "words",
    [
        ("check", "--xlsx"),
        ("explain", "received", "-p", "2023", "--edition", "internal", "--xlsx"),
        ("classify", "REGISTER", "-t", "Summary", "--out"),
    ],
)
def test_no_output_is_written_over_an_export(
    cl: Cl, a_workspace: Make, words: tuple[str, ...]
) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}])
    register = home / "register" / "complaints.xlsx"
    before = register.read_bytes()
    where = () if words[0] == "classify" else ("-w", home)

    ran = cl(*(register if word == "REGISTER" else word for word in words), register, *where)

    assert ran.code == 2
    assert ran.err == (
        f"cl: {register}: is an input, and is not written over.\n    Choose another name.\n"
    )
    assert register.read_bytes() == before


def test_a_period_without_complaints_is_told_with_where_they_are(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace(TEN)

    ran = cl("report", "-p", "2019", "-w", home)

    assert ran.code == 3
    assert ran.err.startswith(
        "2018-19: 1 April 2018 to 31 March 2019\n"
        "nothing to count: no complaint was received in 2018-19; those of the exports were from "
        "10 May 2022 to 10 May 2022.\n    For the year that most are from: --period 2022-23\n"
    )
    assert ran.err.count("nothing to count") == 1
    assert cl("report", "-p", "2019", "-w", home, "--strict").code == 2


def test_a_workbook_of_many_sheets_is_classified_with_the_references_it_has(
    cl: Cl, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Apr 22"
    for row in (["Ref No.", "Synopsis"], ["CX/1", "Nobody rang back."], ["", "Nobody wrote."]):
        book.active.append(row)
    may = book.create_sheet("May 22")
    for row in (["Nr", "Synopsis"], ["CX/2", "Nobody rang back."]):
        may.append(row)
    book.save(tmp_path / "log.xlsx")

    ran = cl("classify", tmp_path / "log.xlsx", "-t", "Synopsis")

    names = [line.split(",communication")[0] for line in ran.out.splitlines()[1:]]
    assert names == ["CX/1", '"Apr 22, row 3"', '"May 22, row 2"']


def test_a_file_named_as_workspace_is_told_with_its_folder(cl: Cl, a_workspace: Make) -> None:
    register = a_workspace(TEN) / "register" / "complaints.xlsx"

    ran = cl("check", "-w", register)

    assert ran.code == 2
    assert ran.err == (
        f"cl: {register}: is a file, not a folder.\n"
        f"    Name the folder that it lies in: {register.parent}\n"
    )


def test_many_complaints_that_are_in_no_period_are_told_before_its_figures(
    cl: Cl, a_workspace: Make
) -> None:
    day = {"Date Received": "some time in May"}
    home = a_workspace([*TEN, *([day] * 5)])

    ran = cl("report", "-p", "2023", "-w", home, "--edition", "internal")

    assert ran.code == 3
    assert ran.err.startswith(
        "2022-23: 1 April 2022 to 31 March 2023\n5 of 15 complaints have no date received that can "
        "be read, so they are in no period and in none of its figures.\n    See why: cl check\n"
    )
    assert "5 of 15 complaints" in cl("themes", "-p", "2023", "-w", home, "-q").err
    few = a_workspace([*TEN, *([day] * 4)], folder="few")
    assert "of 14 complaints" not in cl("report", "-p", "2023", "-w", few).err


def test_each_reason_stands_under_what_it_is_a_reason_of(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}, {"Case Ref": "X1"}, {"Case Ref": "X1"}])

    told = cl("report", "-p", "2023", "-w", home).err

    assert (
        "  1 merged into their complaint or replaced by a later export\n    1 the same row again\n"
        "  1 left out\n    1 no reference\n" in told
    )


def test_what_comes_next_can_be_typed_as_it_is_told(
    cl: Cl, a_workspace: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}], folder="our complaints")
    monkeypatch.chdir(home.parent)

    told = cl("themes", "-p", "2023", "-w", "our complaints").err.splitlines()

    assert told[-2:] == [
        '1 thing to look at in the exports: cl check --workspace "our complaints"',
        'What was learned and done about each: cl chain --period 2023 --workspace "our complaints"',
    ]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("cl rep", "report"),
        ("cl report --ed", "--edition"),
        ("cl report --edition p", "public"),
        ("cl report --format x", "xlsx"),
        ("cl report --period last-", "last-quarter"),
        ("cl trend --of u", "upheld"),
        ("cl explain outcome-unk", "outcome-unknown"),
        ("cl template co", "copy"),
    ],
)
def test_tab_completes_commands_options_and_what_they_may_say(typed: str, offered: str) -> None:
    around = {
        **os.environ,
        "_CL_COMPLETE": "complete_bash",
        "COMP_WORDS": typed,
        "COMP_CWORD": str(len(typed.split()) - 1),
    }
    code = "from complaints_learning import cli; cli.main([])"
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=around, check=False
    )

    assert told.stdout.split() == [offered]


@pytest.mark.skipif(sys.platform == "win32", reason="stands in for xdg-open or open")
@pytest.mark.parametrize("works", [True, False])
def test_a_report_is_opened_or_it_is_said_that_it_cannot_be(
    cl: Cl, a_workspace: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, works: bool
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("xdg-open", "open"):
        script = programs / name
        script.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path}/opened"\nexit {0 if works else 3}\n')
        script.chmod(0o700)
    monkeypatch.setenv("PATH", f"{programs}:/bin:/usr/bin")
    home = a_workspace(TEN)

    ran = cl("report", "-p", "2023", "-w", home, "--open")

    report = home / "out" / "2022-23" / "learning-report.docx"
    assert (ran.code, ran.out) == (0, f"{report}\n")
    assert (tmp_path / "opened").read_text().strip() == str(report.resolve())
    assert ("No program is known here to open it" in ran.err) is not works


def test_help_and_version_may_be_asked_for_as_commands(cl: Cl) -> None:
    assert cl("help").out == cl("--help").out == cl().out
    assert cl("help", "report").out == cl("report", "--help").out
    assert cl("version").out == cl("--version").out
    for words, said in (("help",), "cl sample demo"), (("help", "report"), "--edition"):
        assert said in cl(*words).out
    assert cl("version").out.startswith("complaints-learning ")


def test_a_question_without_an_answer_writes_nothing(
    cl: Cl, a_workspace: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io

    class Ended(io.StringIO):
        def isatty(self) -> bool:
            return True

    home = a_workspace(TEN)
    (home / "cl.toml").unlink()
    monkeypatch.setattr("sys.stdin", Ended(""))

    ran = cl("init", home)

    assert ran.code == 2
    assert ran.err.endswith(
        "cl: a question had no answer, so nothing was written.\n    Run again.\n"
    )
    assert not (home / "cl.toml").exists()
    shutil.rmtree(home)


def test_quiet_still_says_that_a_report_is_about_nothing(cl: Any, a_workspace: Any) -> None:
    ran = cl("report", "--period", "2019", "--quiet", "--workspace", a_workspace())
    assert ran.err.startswith("nothing to count: no complaint was received in 2018-19; ")
