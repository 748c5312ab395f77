"""The PDF: made by LibreOffice, tagged, with a title; or a clear message."""

from __future__ import annotations

import os
import re
import shutil
import sys
import zlib
from pathlib import Path

import pytest

import builders_report as made
from complaints_learning import draw, write
from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import paper

office = pytest.mark.skipif(not paper.found(), reason="needs LibreOffice")
posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for soffice")


def a_word_file(folder: Path) -> Path:
    report = made.a_report()
    target = folder / "report.docx"
    write.word(report, draw.charts(report, svg=False), target)
    return target


def stand_in(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program in LibreOffice's place that does as the script says."""
    program = folder / "bin" / "soffice"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setattr(paper, "found", lambda: str(program))


@pytest.mark.office
@office
def test_the_pdf_is_tagged_and_has_a_title_and_a_language(tmp_path: Path) -> None:
    target = tmp_path / "out" / "report.pdf"
    write.pdf(a_word_file(tmp_path), target)
    data = target.read_bytes()
    assert data.startswith(b"%PDF-")
    streams = [data]
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            streams.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    whole = b"\n".join(streams)
    assert b"/MarkInfo<</Marked true>>" in whole
    assert b"/StructTreeRoot" in whole and b"/DisplayDocTitle true" in whole
    assert b"/Lang(en-GB)" in whole
    assert b"pdfuaid:part" in whole
    assert [path.name for path in target.parent.iterdir()] == ["report.pdf"]
    if os.name == "posix":
        assert target.stat().st_mode & 0o077 == 0


def test_without_libreoffice_a_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(paper, "MAC", tmp_path / "none")
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    with pytest.raises(WriteError) as caught:
        write.pdf(tmp_path / "report.docx", tmp_path / "report.pdf")
    assert str(caught.value) == (
        "report.pdf: LibreOffice is not installed, and a PDF is made with it.\n"
        "    Install LibreOffice, or open the Word file and save it as PDF from there."
    )
    assert caught.value.code == "pdf-no-office"
    assert not list(tmp_path.iterdir())


def test_libreoffice_is_found_where_windows_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert paper.found() == str(program)


@posix
@pytest.mark.parametrize(
    ("script", "why"),
    [("exit 77", "it ended with code 77"), ("exit 0", "it made no PDF")],
)
def test_when_libreoffice_fails_nothing_is_left_and_an_older_pdf_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, why: str
) -> None:
    stand_in(tmp_path, script, monkeypatch)
    target = tmp_path / "out" / "report.pdf"
    target.parent.mkdir()
    target.write_bytes(b"older")
    with pytest.raises(WriteError) as caught:
        write.pdf(a_word_file(tmp_path), target)
    assert str(caught.value) == (
        f"report.pdf: LibreOffice could not make the PDF: {why}.\n"
        "    Open the Word file and save it as PDF from there."
    )
    assert [path.name for path in target.parent.iterdir()] == ["report.pdf"]
    assert target.read_bytes() == b"older"


@posix
def test_libreoffice_that_hangs_is_ended_with_what_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait", monkeypatch)
    monkeypatch.setattr(paper, "SECONDS", 0.5)
    with pytest.raises(WriteError, match="did not finish"):
        write.pdf(a_word_file(tmp_path), tmp_path / "report.pdf")
    child = int((tmp_path / "child").read_text(encoding="utf-8"))
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text(encoding="utf-8").split()[2] in "ZX"
    assert not list(tmp_path.glob(".pdf-*"))


def test_a_word_file_that_is_not_there_is_a_message(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "found", lambda: "soffice")
    with pytest.raises(WriteError, match="LibreOffice could not make the PDF: No such file"):
        write.pdf(tmp_path / "none.docx", tmp_path / "report.pdf")
    assert not list(tmp_path.iterdir())
