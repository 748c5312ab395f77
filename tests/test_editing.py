"""What a person at the keyboard sees of an edited report: cl verify, cl refresh, cl check FILE."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning.word import package
from complaints_learning.write import zipped
from conftest import HEADER

pytestmark = pytest.mark.usefixtures("counted_once")

Cl = Callable[..., Any]


@pytest.fixture
def a_report(prepared: Callable[..., Path], a_workspace: Callable[..., Path]) -> tuple[Path, Path]:
    """A workspace of twelve complaints and its report."""
    rows = [{"Outcome": "Upheld" if n < 7 else "Not upheld"} for n in range(12)]
    home = prepared(a_workspace(rows), "report", "--period", "2023")
    return home, home / "out" / "2022-23" / "learning-report.docx"


def retyped(path: Path, old: str, new: str) -> Path:
    """The report with letters of its text changed, saved beside it."""
    file = package.opened(path.read_bytes(), path.name)
    text = file.parts["word/document.xml"].decode("utf-8")
    assert old in text
    file.parts["word/document.xml"] = text.replace(old, new, 1).encode("utf-8")
    edited = path.with_name("edited.docx")
    edited.write_bytes(zipped.packed(file.parts))
    return edited


def test_an_untouched_report_matches(cl: Cl, a_report: tuple[Path, Path]) -> None:
    home, path = a_report
    ran = cl("verify", path, "--workspace", home)
    assert ran.code == 0
    assert ran.out.startswith("learning-report.docx: all ")
    assert ran.out.endswith(" figures match the data.\n")
    assert ran.err == "2022-23: 1 April 2022 to 31 March 2023\n"


def test_a_changed_figure_is_listed_refreshed_and_then_matches(
    cl: Cl, a_report: tuple[Path, Path]
) -> None:
    home, path = a_report
    edited = retyped(path, ">12</w:t>", ">13</w:t>")
    ran = cl("verify", edited, "--workspace", home)
    assert ran.code == 3
    assert "received was '13', is '12'." in ran.out
    refresh = f"cl refresh {edited} --workspace {home}"
    assert ran.err.endswith(f"Bring it up to date with: {refresh}\n")

    ran = cl("refresh", edited, "--workspace", home)
    assert ran.code == 0
    new = edited.with_name("edited-refreshed.docx")
    assert ran.out == f"{new}\n"
    assert "1 thing changed:" in ran.err
    assert cl("verify", new, "--workspace", home).code == 0
    ran = cl("refresh", edited, "--workspace", home)
    assert ran.code == 2
    assert ran.err.startswith(f"cl: {new.name}: is there already, and somebody may have edited it.")
    assert cl("refresh", edited, "--workspace", home, "--out", new).code == 0
    assert cl("check", new).out == "Nothing to look at.\n"
    before = package.opened(path.read_bytes(), "a").parts["word/document.xml"]
    after = package.opened(new.read_bytes(), "b").parts["word/document.xml"]
    assert before.replace(b' xml:space="preserve"', b"") == after.replace(
        b' xml:space="preserve"', b""
    )


def test_new_data_is_brought_into_an_edited_report(
    cl: Cl, a_report: tuple[Path, Path], a_workspace: Callable[..., Path]
) -> None:
    _, path = a_report
    rows = [{"Outcome": "Upheld" if n < 9 else "Not upheld"} for n in range(20)]
    later = a_workspace(rows, folder="later")
    ran = cl("verify", path, "--workspace", later, "--json")
    told = json.loads(ran.out)
    assert ran.code == told["exit_code"] == 3
    assert not told["matches"]
    assert {"kind", "name", "was", "now", "where", "sentence"} == set(told["differences"][0])
    assert any(
        (one["kind"], one["name"], one["was"], one["now"]) == ("figure", "received", "12", "20")
        for one in told["differences"]
    )
    ran = cl("refresh", path, "--workspace", later, "--out", path.with_name("new.docx"), "--json")
    told = json.loads(ran.out)
    assert [one for one in told["left"] if one["kind"] in ("figure", "cell", "chart", "row")] == []


def test_another_period_than_the_report_shows_is_refused(
    cl: Cl, a_report: tuple[Path, Path]
) -> None:
    home, path = a_report
    ran = cl("verify", path, "--workspace", home, "--period", "2024")
    assert ran.code == 2
    assert ran.err == (
        "cl: learning-report.docx: shows 2022-23, not 2023-24.\n"
        "    Leave --period out, or write a new report for the other period with cl report.\n"
    )


def test_a_file_without_live_figures_is_said(cl: Cl, a_workspace: Callable[..., Path]) -> None:
    from complaints_learning.write import shell

    home = a_workspace()
    plain = home / "plain.docx"
    plain.write_bytes(shell.default().read_bytes())
    ran = cl("verify", plain, "--workspace", home)
    assert ran.code == 2
    assert ran.err == (
        "cl: plain.docx: it holds no live figures, so there is nothing to compare.\n"
        "    Name a report that cl report wrote; a copy pasted into another file loses them.\n"
    )


def test_a_file_that_is_not_there_or_not_word_is_said(cl: Cl, tmp_path: Path) -> None:
    ran = cl("check", tmp_path / "no.docx")
    assert (ran.code, ran.err) == (
        2,
        f"cl: {tmp_path / 'no.docx'}: there is no such file.\n    Check its name and folder.\n",
    )
    (tmp_path / "a.docx").write_bytes(b"words")
    ran = cl("check", tmp_path / "a.docx")
    assert (ran.code, ran.err) == (
        2,
        "cl: a.docx: cannot be used, because it is not a Word file, or it is damaged.\n"
        "    Open it in Word, save it again as .docx, and run again.\n",
    )


def test_a_word_file_is_checked_for_publication(cl: Cl, a_report: tuple[Path, Path]) -> None:
    _, path = a_report
    edited = retyped(path, "<w:tblHeader/>", "")
    ran = cl("check", edited)
    assert ran.code == 3
    assert ran.out.startswith(
        "1 thing to look at, of 1 kind.\n\n"
        "A table without header row (document-table-header): 1\n"
        "  edited.docx: table 1 ("
    )
    told = json.loads(cl("check", edited, "--json").out)
    assert [one["code"] for one in told["problems"]] == ["document-table-header"]


def test_a_reference_typed_into_a_public_report_stops_the_refresh(
    cl: Cl, a_report: tuple[Path, Path]
) -> None:
    home, path = a_report
    edited = retyped(path, "This report shows", "As in C003, this report shows")
    ran = cl("refresh", edited, "--workspace", home)
    assert ran.code == 2
    assert "C003" not in ran.err
    assert not list(edited.parent.glob("*refreshed*"))
    assert not [one for one in edited.parent.iterdir() if one.name.startswith(".")]
    assert "or words typed into the report" in ran.err


@pytest.mark.parametrize("typed", ["As in C003", "As Mrs Okoro says", "As ask@home.example says"])
def test_private_words_typed_into_a_public_report_are_found_by_verify_and_check(
    typed: str, cl: Cl, a_report: tuple[Path, Path]
) -> None:
    home, path = a_report
    edited = retyped(path, "This report shows", f"{typed}, this report shows")
    value = typed.split()[-2 if typed.endswith("says") else -1]
    for command in ("verify", "check"):
        ran = cl(command, edited, "--workspace", home)
        assert ran.code == 3
        assert value not in ran.out + ran.err
        assert "paragraph" in ran.out
        told = json.loads(cl(command, edited, "--workspace", home, "--json").out)
        found = told["private" if command == "verify" else "problems"]
        assert [one["code"] for one in found] == ["private-found"]
        assert value not in json.dumps(told)


def test_a_file_in_its_workspace_is_looked_through_without_naming_it(
    cl: Cl, a_report: tuple[Path, Path]
) -> None:
    _, path = a_report
    edited = retyped(path, "This report shows", "As in C003, this report shows")
    assert "private-found" in cl("check", edited).out
    assert cl("check", path).code == 0
    assert "not looked for" not in cl("check", path).err


def test_a_file_outside_any_workspace_is_said_not_to_be_looked_through(
    cl: Cl, a_report: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = tmp_path / "elsewhere" / "report.docx"
    alone.parent.mkdir()
    alone.write_bytes(a_report[1].read_bytes())
    monkeypatch.chdir(alone.parent)
    ran = cl("check", alone)
    assert ran.code == 0
    assert "Names and other private words were not looked for" in ran.err


def test_an_internal_report_may_hold_what_the_register_holds(
    cl: Cl, a_report: tuple[Path, Path]
) -> None:
    home, _ = a_report
    ran = cl("report", "--period", "2023", "--edition", "internal", "--workspace", home)
    edited = retyped(Path(ran.out.strip()), "This report shows", "As in C003, this report shows")
    assert cl("verify", edited, "--workspace", home).out.endswith(" figures match the data.\n")
    assert cl("check", edited, "--workspace", home).out == "Nothing to look at.\n"


def test_a_complaints_report_is_held_against_its_own_texts(
    cl: Cl, a_workspace: Callable[..., Path]
) -> None:
    # whose name is a word of the complaints report, and of no other text of ours
    rows = [{"Outcome": "Upheld", "Complainant Name": "Amara Checklist"} for _ in range(12)]
    home = a_workspace(rows, header=[*HEADER, "Complainant Name"])
    ran = cl("report", "--period", "2023", "--workspace", home, "--template", "complaints_report")
    assert ran.code == 0, ran.err
    path = Path(ran.out.strip())

    ran = cl("verify", path, "--workspace", home)
    assert ran.code == 0
    assert ran.out.endswith(" figures match the data.\n")
    ran = cl("check", path, "--workspace", home)
    assert (ran.code, ran.out) == (0, "Nothing to look at.\n")
    edited = retyped(path, ">12</w:t>", ">13</w:t>")
    cl("refresh", edited, "--workspace", home)
    assert "all " in cl("verify", edited.with_name("edited-refreshed.docx"), "-w", home).out
