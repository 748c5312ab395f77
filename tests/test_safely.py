"""Files are saved whole, private and in one step, or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_file_is_made_with_its_folder(tmp_path: Path) -> None:
    safely.save(tmp_path / "out" / "2022-23" / "report.docx", b"new")
    assert (tmp_path / "out" / "2022-23" / "report.docx").read_bytes() == b"new"
    assert names(tmp_path / "out" / "2022-23") == ["report.docx"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions another way")
def test_a_file_is_readable_by_its_owner_alone_from_its_first_byte(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    fsync = os.fsync

    def look(number: int) -> None:
        seen.append(os.fstat(number).st_mode & 0o777)
        fsync(number)

    monkeypatch.setattr(safely.os, "fsync", look)
    safely.save(tmp_path / "report.docx", b"new")
    assert seen[0] == 0o600  # later ones are of the folder
    assert (tmp_path / "report.docx").stat().st_mode & 0o777 == 0o600


def test_the_half_written_file_is_beside_its_target_never_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    during = []
    replace = Path.replace

    def look(part: Path, target: Path) -> Path:
        during.append((part.parent == target.parent, part.name.startswith(".report.docx.")))
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", look)
    safely.save(tmp_path / "report.docx", b"new")
    assert during == [(True, True)]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, MemoryError])
def test_an_interrupt_leaves_the_older_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    target = tmp_path / "report.docx"
    target.write_bytes(b"older")

    def interrupted(*_: object) -> None:
        raise stop

    monkeypatch.setattr(safely.os, "fsync", interrupted)
    with pytest.raises(stop):
        safely.save(target, b"newer")
    assert target.read_bytes() == b"older"
    assert names(tmp_path) == ["report.docx"]


def test_what_killed_runs_left_is_taken_away_when_nobody_can_be_writing_it(tmp_path: Path) -> None:
    old, new = tmp_path / ".report.docx.00.part", tmp_path / ".report.docx.11.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))

    safely.save(tmp_path / "report.docx", b"new")

    assert names(tmp_path) == [".report.docx.11.part", "report.docx"]


def test_a_full_disk_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(safely.os, "fsync", full)
    with pytest.raises(WriteError) as caught:
        safely.save(tmp_path / "report.docx", b"new")
    assert str(caught.value) == (
        "report.docx: cannot be saved, because the disk is full.\n    Make room and run again."
    )
    assert names(tmp_path) == []


def test_a_folder_of_the_files_name_is_said(tmp_path: Path) -> None:
    target = tmp_path / "report.docx"
    target.mkdir()
    with pytest.raises(WriteError) as caught:
        safely.save(target, b"new")
    assert str(caught.value) == (
        f"{target}: cannot be saved, because there is a folder of that name.\n"
        "    Choose another name with --out."
    )


def test_a_name_that_is_too_long_is_said(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="its name is too long"):
        safely.save(tmp_path / ("r" * 300 + ".docx"), b"new")
    assert names(tmp_path) == []


def test_a_file_open_elsewhere_for_a_moment_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, waits = Path.replace, []

    def busy(part: Path, target: Path) -> Path:
        if len(waits) < 2:
            raise PermissionError(13, "in use")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(safely.time, "sleep", waits.append)
    safely.save(tmp_path / "report.docx", b"new")
    assert waits == [0.05, 0.1]
    assert (tmp_path / "report.docx").read_bytes() == b"new"


def test_a_workbook_open_elsewhere_names_excel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", busy)
    monkeypatch.setattr(safely.time, "sleep", lambda _: None)
    (tmp_path / "pack.xlsx").write_bytes(b"older")
    with pytest.raises(WriteError, match=r"pack\.xlsx: .* open in Excel\."):
        safely.save(tmp_path / "pack.xlsx", b"newer")
    with pytest.raises(WriteError, match="this folder does not let you write"):
        safely.save(tmp_path / "new.xlsx", b"newer")
