"""The recipes of docs/batch.md and the sample's Makefile do what they say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from complaints_learning.nouns import period

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
TEN = [{"Case Ref": f"C{n:03d}"} for n in range(10)]

pytestmark = pytest.mark.skipif(not shutil.which("sh"), reason="recipes of a POSIX shell")


def a_shell(folder: Path, script: str, **around: str) -> subprocess.CompletedProcess[str]:
    """A script with `cl` on its path and hardly anything else."""
    programs = folder / "bin"
    programs.mkdir(exist_ok=True)
    ours = programs / "cl"
    ours.write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT / "src"}" exec "{sys.executable}" '
        '-m complaints_learning "$@"\n',
        encoding="utf-8",
    )
    ours.chmod(0o700)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", "-c", script],
        cwd=folder,
        env={"PATH": path, **around},
        capture_output=True,
        text=True,
        check=False,
    )


def recipe(name: str) -> str:
    found = re.search(rf"<!-- recipe: {name} -->\n```sh\n(.*?)```", PAGE, re.DOTALL)
    assert found
    return found[1]


def test_the_cron_job_is_silent_and_succeeds_also_when_cells_want_a_look(
    a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    last = period.parse("last", "end")
    days = {"Date Received": last.start, "Date Responded": last.end}
    home = a_workspace([*({**row, **days} for row in TEN), {"Case Ref": None}])

    ran = a_shell(tmp_path, recipe("cron"), WORKSPACE=str(home))

    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert (home / "cl.log").is_file()
    assert list((home / "out").glob("*/learning-report.docx"))


def test_the_cron_job_speaks_up_when_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()

    ran = a_shell(tmp_path, recipe("cron"), WORKSPACE=str(tmp_path / "nothing"))

    assert ran.returncode == 2
    assert ran.stderr.startswith(f"cl: {tmp_path / 'nothing'}: has no cl.toml.\n")


def test_the_ci_job_leaves_a_report_and_a_check(
    a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    ran = a_shell(tmp_path, recipe("ci"), WORKSPACE=str(a_workspace(TEN)))

    assert ran.returncode == 0
    names = {path.name for path in (tmp_path / "report").iterdir()}
    assert names == {"learning-report.docx", "learning-report.html", "run.json"}
    assert (tmp_path / "check.json").stat().st_size > 0


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_the_samples_makefile_makes_a_report_once(sample: Path, tmp_path: Path) -> None:
    home = tmp_path / "demo"
    shutil.copytree(sample, home)

    first = a_shell(tmp_path, "make -s -C demo report")
    again = a_shell(tmp_path, "make -s -C demo report")
    listed = a_shell(tmp_path, "make -s -C demo")

    assert (first.returncode, again.returncode) == (0, 0)
    assert first.stdout == f"{Path('out/2022-23/learning-report.docx')}\n"
    assert (again.stdout, "so nothing was done." in again.stderr) == ("", True)
    assert "make report: the public report, when anything has changed" in listed.stdout


def test_every_exit_code_is_documented() -> None:
    codes = re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)

    assert codes == ["0", "1", "2", "3", "4", "130", "143"]
