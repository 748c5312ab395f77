"""The Word file, read back by an independent library."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

import reports
from complaints_learning import write
from complaints_learning.errors import WriteError
from complaints_learning.write import document, safely


def saved(report: object = None) -> bytes:
    return document.made(report or reports.a_report(), reports.pictures())[0]  # type: ignore[arg-type]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert saved() == saved()


def test_another_library_reads_headings_numbered_paragraphs_and_tables() -> None:
    read = docx.Document(io.BytesIO(saved()))
    styles = [p.style.name for p in read.paragraphs]
    assert styles.count("Heading 1") == 3
    assert styles.count("Numbered Paragraph") == 6
    assert "Key Points" in styles
    assert read.core_properties.title == "Learning from Complaints: 1 April 2022 to 31 March 2023"
    assert read.core_properties.language == "en-GB"


def test_a_word_file_is_saved_readable_by_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "out" / "report.docx"
    write.word(reports.a_report(), reports.pictures(), target)
    assert [p.name for p in target.parent.iterdir()] == ["report.docx"]
    assert docx.Document(str(target)).paragraphs


def test_a_file_open_in_word_is_said_after_a_few_tries_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.docx"
    target.write_bytes(b"older")
    tries = []

    def locked(*_: object) -> None:
        tries.append(1)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    monkeypatch.setattr(safely.time, "sleep", lambda _: None)
    with pytest.raises(WriteError) as caught:
        safely.save(target, b"newer")
    assert str(caught.value) == (
        "report.docx: cannot be saved, perhaps because it is open in Word.\n"
        "    Close it and run again, or choose another name with --out."
    )
    assert len(tries) == 5
    assert target.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir()] == ["report.docx"]
