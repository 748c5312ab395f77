"""Drafts of a run's files: beside where they will be, private, published together or gone."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import drafted, safely


def test_a_draft_is_beside_its_folder_private_and_gone_after_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with pytest.raises(RuntimeError), drafted.draft(folder) as draft:
        assert draft.parent == folder
        if os.name != "nt":
            assert draft.stat().st_mode & 0o077 == 0
        (draft / "report.docx").write_bytes(b"half")
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_gone_after_ctrl_c_and_folders_that_were_there_stay(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    with pytest.raises(KeyboardInterrupt), drafted.draft(tmp_path / "kept") as draft:
        (draft / "report.docx").write_bytes(b"half")
        raise KeyboardInterrupt
    assert list((tmp_path / "kept").iterdir()) == []


def test_drafts_are_flushed_once_and_before_the_first_is_in_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_place() -> list[str]:
        return sorted(path.name for path in tmp_path.iterdir() if path.is_file())

    at_flush: list[list[str]] = []
    monkeypatch.setattr(safely.os, "fsync", lambda _: at_flush.append(in_place()))
    with drafted.draft(tmp_path) as draft:
        for name in ("report.docx", "run.json"):
            safely.save(draft / name, b"new")
        assert at_flush == []
        drafted.publish([draft / "report.docx", draft / "run.json"], tmp_path)
    assert at_flush[:2] == [[], []]
    assert at_flush[2:] in ([], [["report.docx", "run.json"]])  # the folder, where it can be


def test_a_draft_that_the_disk_does_not_take_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "report.docx").write_bytes(b"older")
    monkeypatch.setattr(safely.os, "fsync", full)
    with (
        pytest.raises(WriteError, match=r"report.docx: cannot be saved, because the disk is full"),
        drafted.draft(tmp_path) as draft,
    ):
        safely.save(draft / "report.docx", b"new")
        drafted.publish([draft / "report.docx"], tmp_path)
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"older"]


def test_an_output_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", encoding="utf-8")
    with (
        pytest.raises(WriteError, match="out: the folder cannot be used"),
        drafted.draft(tmp_path / "out"),
    ):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows ends programs otherwise")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_ended_leaves_nothing_behind(tmp_path: Path, number: int) -> None:
    script = (
        "import sys, time, pathlib, signal\n"
        "from complaints_learning.write import drafted, safely\n"
        # a terminal's Ctrl+C, also where the tests themselves were started deaf to it
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "with drafted.draft(pathlib.Path(sys.argv[1])) as draft:\n"
        "    (draft / 'half.docx').write_text('half')\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(30)\n"
    )
    out = tmp_path / "out"
    running = subprocess.Popen(
        [sys.executable, "-c", script, str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    running.send_signal(number)
    assert running.wait(20) != 0
    running.stdout.close()
    assert not out.exists()
