"""Nothing goes out by the network, the temporary folder, a log, a crash or an interrupt."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pytest

from complaints_learning import cli, pipeline

SECRET = "Zadie Quillfeather"
FORMATS = ("--format", "docx", "--format", "html", "--format", "xlsx")


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "complaints_learning", *map(str, words)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, **more}


def test_the_whole_job_opens_no_connection(
    a_workspace: Callable[..., Path],
    cl: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused, raising=False)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refused)
    home = a_workspace([{} for _ in range(6)])
    ran = cl("report", "--period", "2023", "--workspace", home, *FORMATS)
    assert ran.code in (0, 3), ran.err


def _can_be_cut_off() -> bool:
    if not shutil.which("unshare"):
        return False
    return subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0


JOBS = """
import json, sys
from complaints_learning import cli
for words in json.loads(sys.argv[1]):
    code = cli.run(words)
    assert code in (0, 3), (words, code)
    if words[0] == "report":  # the first draws in a process of its own, the others here: quicker
        import complaints_learning.draw.png
"""


@pytest.mark.skipif(not _can_be_cut_off(), reason="needs Linux and unshare")
def test_every_job_runs_with_the_network_cut_off(
    a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home, year = a_workspace([{} for _ in range(6)]), ("-p", "2023")
    out = home / "out" / "2022-23"
    report = out / "learning-report.docx"
    jobs = [
        ("check",),
        ("review", *year),
        ("report", *year, *FORMATS),
        ("report", *year, "--edition", "internal"),
        ("verify", report),
        ("refresh", report),
        ("explain", "received", *year, "--edition", "internal", "--xlsx", tmp_path / "rows.xlsx"),
        ("explain", "C001", *year, "--edition", "internal"),
        ("rerun", out / "run.json"),
        ("compare", out / "run.json", out / "run.json"),
    ]
    own = [
        [*map(str, words), *(() if words[0] in ("compare", "rerun") else ("-w", str(home)))]
        for words in jobs
    ]
    ran = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", JOBS, json.dumps(own)],
        env=environment(),
        capture_output=True,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    made = {path.name for path in out.iterdir()}
    assert made >= {*(f"learning-report.{kind}" for kind in ("docx", "html", "xlsx")), "run.json"}
    assert "learning-report-refreshed.docx" in made


def test_the_systems_temporary_folder_is_not_used(
    a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    home, temporary = a_workspace([{} for _ in range(6)]), tmp_path / "temporary"
    temporary.mkdir()
    watched = environment(TMPDIR=str(temporary), TEMP=str(temporary), TMP=str(temporary))
    watched["MPLCONFIGDIR"] = matplotlib.get_configdir()  # matplotlib keeps its list of fonts there
    script = (
        "import json, sys, tempfile\n"
        "for name in ('mkstemp', 'mkdtemp', 'TemporaryFile', 'NamedTemporaryFile'):\n"
        "    def watched(*a, real=getattr(tempfile, name), **k):\n"
        "        assert '.draft-' in tempfile.gettempdir(), 'the temporary folder was asked for'\n"
        "        return real(*a, **k)\n"
        "    setattr(tempfile, name, watched)\n"
        "from complaints_learning import cli\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    assert cli.run(words) in (0, 3), words\n"
    )
    _lock(home / "register" / "complaints.xlsx", tmp_path / "words.txt")
    watched["CL_PASSWORD_FILE"] = str(tmp_path / "words.txt")
    jobs = [
        ("report", "--period", "2023", "--workspace", str(home), *FORMATS),
        ("rerun", str(home / "out" / "2022-23" / "run.json"), "--quiet"),
    ]
    ran = subprocess.run(
        [sys.executable, "-c", script, json.dumps(jobs)], env=watched, capture_output=True
    )
    assert ran.returncode == 0, ran.stderr.decode()
    assert list(temporary.iterdir()) == []
    assert b"The same bytes again" in ran.stdout
    assert not list(home.rglob(".draft-*"))


def _lock(path: Path, words: Path) -> None:
    """Give a workbook a password, and put the password into a file."""
    msoffcrypto = pytest.importorskip("msoffcrypto.format.ooxml")
    locked = io.BytesIO()
    msoffcrypto.OOXMLFile(io.BytesIO(path.read_bytes())).encrypt("open sesame", locked)
    path.write_bytes(locked.getvalue())
    words.write_text("open sesame\n", encoding="utf-8")


def _broken(*_: object, **__: object) -> None:
    raise KeyError(SECRET)


def test_a_crash_says_our_lines_and_no_value(
    a_workspace: Callable[..., Path], cl: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "report", _broken)
    ran = cl("report", "--period", "2023", "--workspace", a_workspace())
    assert ran.code == 1
    assert ran.err.startswith("cl: a mistake of our own: KeyError\n    cli.py:")
    assert ran.err.endswith(
        "    Please report these lines. With --debug the details go to a private file.\n"
    )
    assert SECRET not in ran.err + ran.out


def test_with_debug_the_details_of_a_crash_go_to_a_private_file(
    a_workspace: Callable[..., Path],
    cl: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(pipeline, "report", _broken)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    ran = cl("report", "--period", "2023", "--workspace", a_workspace(), "--debug")
    (kept,) = (tmp_path / "here").iterdir()
    assert ran.code == 1
    assert f"The details are in {kept.name}. It may quote the register: keep it private." in ran.err
    assert SECRET not in ran.err + ran.out
    assert SECRET in kept.read_text(encoding="utf-8")
    if os.name != "nt":
        assert kept.stat().st_mode & 0o077 == 0


def test_cl_itself_never_asks_for_the_network_when_imported() -> None:
    script = (
        "import sys\n"
        "from complaints_learning import cli, pipeline\n"
        "assert not {'requests', 'urllib3', 'http.client', 'ftplib'} & set(sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", script], env=environment(), capture_output=True)
    assert ran.returncode == 0, ran.stderr.decode()
    assert cli.run(["--version"]) == 0
