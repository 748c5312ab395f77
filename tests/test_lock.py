"""One run at a time: a second one says who holds the workspace, and a dead one holds nothing."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from complaints_learning import write
from complaints_learning.nouns.errors import BusyError
from complaints_learning.write import lock

Make = Callable[..., Path]
HOLD = (
    "import sys, time; from pathlib import Path; from complaints_learning import write\n"
    "with write.alone(Path(sys.argv[1]), 'report'):\n"
    "    print('held', flush=True); time.sleep(60)\n"
)


def a_holder(home: Path) -> subprocess.Popen[str]:
    """Another process that holds the workspace until it is ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(home)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_run_says_who_holds_the_workspace_and_leaves_with_4(
    cl: Callable[..., object], a_workspace: Make
) -> None:
    home = a_workspace()
    with a_holder(home) as holder:
        ran = cl("report", "-p", "2023", "-w", home)
        holder.kill()

    assert (ran.code, ran.out) == (4, "")
    assert re.fullmatch(
        f"cl: this workspace is in use by cl report, process {holder.pid} on "
        rf"{re.escape(socket.gethostname())}, since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\.\n"
        r"    Wait until it is done and run again; nothing was changed\.\n",
        ran.err,
    )
    assert not (home / "out").exists()


def test_the_lock_of_a_killed_run_holds_nobody_up(
    cl: Callable[..., object], a_workspace: Make
) -> None:
    home = a_workspace()
    with a_holder(home) as holder:
        holder.kill()
        holder.wait()
        assert (home / ".cl" / "holder.json").exists()

        assert cl("report", "-p", "2023", "-w", home).code == 0

    assert [path.name for path in (home / ".cl").iterdir()] in (["lock"], [])


def test_who_holds_a_workspace_can_be_asked(a_workspace: Make) -> None:
    home = a_workspace()
    assert lock.held(home) == ""
    assert not (home / ".cl").exists()

    with write.alone(home, "review"):
        assert lock.held(home).startswith("this workspace is in use by cl review, process ")

    assert lock.held(home) == ""


def test_a_damaged_note_of_the_holder_is_no_trouble(a_workspace: Make) -> None:
    home = a_workspace()
    with write.alone(home, "report"):
        (home / ".cl" / "holder.json").write_text("{", encoding="utf-8")
        with pytest.raises(BusyError, match="in use by another run of cl"), write.alone(home, "x"):
            raise AssertionError


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_workspace_that_cannot_be_written_in_needs_no_lock(a_workspace: Make) -> None:
    home = a_workspace()
    home.chmod(0o500)
    try:
        with write.alone(home, "report"):
            pass
    finally:
        home.chmod(0o700)


def test_an_error_inside_gives_the_lock_back(a_workspace: Make) -> None:
    home = a_workspace()
    with pytest.raises(ZeroDivisionError), write.alone(home, "report"):
        raise ZeroDivisionError
    with write.alone(home, "report"):
        pass
