"""For a job that nobody watches: logs, quiet, unchanged inputs, signals, odd surroundings."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from complaints_learning import cli

Cl = Callable[..., "object"]
Make = Callable[..., Path]
TEN = [{"Case Ref": f"C{n:03d}"} for n in range(10)]
SOURCE = Path(cli.__file__).resolve().parent.parent


def outside(*words: object, **around: str) -> list[str] | dict[str, str]:
    """The environment of a process of its own: nothing but what a job has."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return {**kept, "PYTHONPATH": str(SOURCE), **around}


def ran(*words: object, **around: str) -> subprocess.CompletedProcess[bytes]:
    """`cl` in a process of its own, with only these variables around it."""
    command = [sys.executable, "-m", "complaints_learning", *map(str, words)]
    return subprocess.run(command, capture_output=True, env=outside(**around), check=False)


def test_a_log_holds_one_object_a_line_from_start_to_end(
    cl: Cl, a_workspace: Make, tmp_path: Path
) -> None:
    home, log = a_workspace([*TEN, {"Case Ref": None}]), tmp_path / "logs" / "cl.log"

    told = cl("report", "-p", "2023", "-w", home, "--quiet", "--log-file", log)

    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert (told.code, told.err) == (3, "")
    assert {"time", "event"} <= set.intersection(*(set(one) for one in events))
    assert (events[0]["event"], events[0]["command"]) == ("start", "report")
    assert events[0]["schema"] == "complaints-learning/log/1"
    assert [one["text"] for one in events if one["event"] == "step"][:3] == [
        "reading",
        "checking",
        "finding themes",
    ]
    assert {"event": "note", "text": "To look at:"}.items() <= events[-6].items() or any(
        one.get("text") == "To look at:" for one in events
    )
    wrote = [one["file"] for one in events if one["event"] == "wrote"]
    assert wrote == [str(home / "out" / "2022-23" / "learning-report.docx")]
    assert (events[-1]["event"], events[-1]["exit_code"]) == ("end", 3)


def test_a_log_says_why_a_run_could_not(cl: Cl, tmp_path: Path) -> None:
    log = tmp_path / "cl.log"

    for _ in range(2):
        cl("check", "-w", tmp_path / "nowhere", "--log-file", log)

    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [one["event"] for one in events] == ["start", "error", "end"] * 2
    assert events[1]["code"] == "workspace-missing"
    assert events[1]["message"] == f"{tmp_path / 'nowhere'}: is not a folder."
    assert events[2]["exit_code"] == 2


def test_a_log_that_cannot_be_written_is_told(cl: Cl, tmp_path: Path) -> None:
    told = cl("doctor", "--log-file", tmp_path)

    assert (told.code, told.out) == (2, "")
    assert told.err.startswith(f"cl: {tmp_path}: the log cannot be written (")
    assert told.err.endswith("    Name another file with --log-file, or leave it out.\n")


@pytest.mark.parametrize("words", [("check",), ("figures", "-p", "2023"), ("doctor",)])
def test_quiet_says_nothing_but_the_result(
    cl: Cl, a_workspace: Make, words: tuple[str, ...]
) -> None:
    told = cl(*words, "-w", a_workspace(TEN), "--quiet")

    assert told.code == 0
    assert told.out
    assert told.err == ""


def test_quiet_does_not_outlast_its_command(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    cl("figures", "-p", "2023", "-w", home, "--quiet")

    assert cl("figures", "-p", "2023", "-w", home).err.startswith("2022-23: 1 April 2022")


def test_unchanged_inputs_are_left_alone_and_that_is_said(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace([*TEN, {"Case Ref": None}])
    words = ("report", "-p", "2023", "-w", home, "--if-changed")
    assert cl(*words).code == 3
    record = home / "out" / "2022-23" / "run.json"
    before = record.stat().st_mtime_ns

    told = cl(*words)

    made = json.loads(record.read_text(encoding="utf-8"))["made"]
    assert (told.code, told.out) == (3, "")
    assert told.err == (
        f"2022-23: nothing has changed since {made[:10]} {made[11:16]} UTC, so nothing was done.\n"
    )
    assert record.stat().st_mtime_ns == before
    assert cl(*words, "-q").err == ""


def test_every_kind_of_change_makes_the_report_again(cl: Cl, a_workspace: Make) -> None:
    home = a_workspace(TEN)
    words = ("report", "-p", "2023", "-w", home, "--if-changed", "-q")
    out = home / "out" / "2022-23"
    report = out / "learning-report.docx"
    templates = home / "templates"
    templates.mkdir()

    def is_made_again(*more: str) -> bool:
        return str(report) in cl(*words, *more).out.splitlines()

    assert is_made_again()
    assert not is_made_again()
    (home / "register" / "more.csv").write_text(
        "Case Ref,Date Received,Outcome\nX1,1/5/2022,Upheld\n", encoding="utf-8"
    )
    assert is_made_again()
    with (home / "cl.toml").open("a", encoding="utf-8") as file:
        file.write("# a line\n")
    assert is_made_again()
    (templates / "chart_style.toml").write_text("", encoding="utf-8")
    assert is_made_again()
    report.write_bytes(b"edited")
    assert is_made_again()
    (out / "run.json").write_text("{", encoding="utf-8")
    assert is_made_again()
    assert is_made_again("-f", "docx", "-f", "html")
    assert not is_made_again("-f", "docx", "-f", "html")
    assert not cl(
        "report", "-p", "2022-23", "-w", home, "--if-changed", "-f", "docx", "-f", "html"
    ).out


def test_a_reader_who_leaves_early_is_no_trouble(a_workspace: Make) -> None:
    command = [sys.executable, "-m", "complaints_learning", "figures", "-p", "2023"]
    home = a_workspace(TEN)
    with subprocess.Popen(
        [*command, "-w", str(home)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=outside(),
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        err = process.stderr.read()

    assert process.returncode == 0
    assert err.decode().splitlines() == [
        "2022-23: 1 April 2022 to 31 March 2023",
        f"What one counts: cl explain received --period 2023 --workspace {home}",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="closes the streams with a POSIX shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_run_without_a_screen_does_its_work(
    a_workspace: Make, tmp_path: Path, closed: str
) -> None:
    home = a_workspace(TEN)
    command = f'"{sys.executable}" -m complaints_learning report -p 2023 -w "{home}" {closed}'

    told = subprocess.run(["sh", "-c", command], capture_output=True, env=outside(), check=False)

    report = home / "out" / "2022-23" / "learning-report.docx"
    assert told.returncode == 0
    assert b"mistake" not in told.stderr + told.stdout
    assert report.read_bytes()[:2] == b"PK"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a device that is full")
def test_an_answer_that_cannot_be_printed_is_told(a_workspace: Make) -> None:
    with Path("/dev/full").open("wb") as full:
        told = subprocess.run(
            [sys.executable, "-m", "complaints_learning", "doctor"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=outside(),
            check=False,
        )

    assert told.returncode == 2
    assert b"Traceback" not in told.stderr
    assert told.stderr.startswith(b"cl: ")


@pytest.mark.parametrize(
    "around",
    [
        {},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu"},
        {
            "LC_ALL": "fr_FR.ISO-8859-1",
            "TZ": "America/Los_Angeles",
            "PYTHONIOENCODING": "cp1252",
            "NO_COLOR": "1",
        },
        {"PYTHONUTF8": "0", "LC_ALL": "C", "HOME": f"{os.devnull}/nowhere", "TZ": "nonsense"},
    ],
    ids=["no HOME", "Turkish", "French cp1252", "C"],
)
def test_the_same_bytes_whatever_the_surroundings(
    a_workspace: Make, cl: Cl, around: dict[str, str]
) -> None:
    home = a_workspace(TEN, settings="[report]\ndate = 2023-09-01\n")  # else it is the day there
    words = ("report", "-p", "2023", "-w", home, "--out")
    plain = cl(*words, home / "plain")
    other = ran(*words, home / "other", **around)

    assert (plain.code, other.returncode) == (0, 0)
    assert (
        other.stderr.decode().splitlines() == plain.err.replace("/plain/", "/other/").splitlines()
    )
    documents = [home / name / "learning-report.docx" for name in ("plain", "other")]
    assert documents[0].read_bytes() == documents[1].read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_run_that_is_asked_to_end_leaves_nothing_behind(
    sample: Path, tmp_path: Path, number: signal.Signals, code: int
) -> None:
    out, log = tmp_path / "out", tmp_path / "log"
    before = {path.name for path in sample.glob(".cl/*")}
    command = [sys.executable, "-m", "complaints_learning", "report", "-p", "2023"]
    with subprocess.Popen(
        [*command, "-w", str(sample), "--out", str(out), "--log-file", str(log)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=outside(),
    ) as process:
        until = time.monotonic() + 60
        while time.monotonic() < until and not (log.exists() and b"writing" in log.read_bytes()):
            time.sleep(0.01)
        process.send_signal(number)
        said, err = process.communicate()

    assert (process.returncode, said) == (code, b"")
    assert err == b"cl: stopped before the end; no half-written file is left.\n"
    assert not out.exists(), [*out.rglob("*")]
    new = {path.name for path in sample.glob(".cl/*")} - before
    assert {name for name in new if not name.startswith("themes-")} <= {"lock"}
    assert json.loads(log.read_text().splitlines()[-1])["exit_code"] == code
