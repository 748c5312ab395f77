"""Charts drawn in a second process: the same bytes, no process left behind, and no need of it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning import draw
from complaints_learning.draw import apart
from complaints_learning.nouns import processes
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, ChartSeries, Picture, Point, Report, Section

STYLE = ChartStyle(dots_per_inch=72)


def a_report(*names: str) -> Report:
    series = (ChartSeries("All", (Point(20, "20"), Point(None, "[c]"))),)
    charts = tuple(
        Chart(name, "By theme", "What it shows.", "bars", ("Delay", "Money"), series, "complaints")
        for name in names
    )
    return Report("T", "", "", "public", "2022-23", (Section("all", charts),))


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second core, and no matplotlib in this process yet."""
    monkeypatch.setattr(processes, "cores", lambda: 2)
    monkeypatch.delitem(sys.modules, "matplotlib", raising=False)


def drawn(drawing: apart.Pictures, *names: str, png: bool = True) -> dict[str, Picture]:
    drawing.begin(a_report(*names), STYLE, png=png, svg=True)
    return dict(drawing)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is drawn in this process."""
    done: list[str] = []
    real = draw.charts

    def charts(report: Report, **named: Any) -> dict[str, Picture]:
        done.extend(block.name for block in report.blocks if isinstance(block, Chart))
        return real(report, **named)

    monkeypatch.setattr(draw, "charts", charts)
    return done


@pytest.mark.parametrize("names", [(), ("one",), ("one", "two", "three")])
def test_the_pictures_are_the_same_bytes_wherever_they_are_drawn(
    two_cores: None, names: tuple[str, ...]
) -> None:
    expected = draw.charts(a_report(*names), style=STYLE)
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, *names) == expected


def test_the_other_process_draws_and_this_one_does_not(two_cores: None, here: list[str]) -> None:
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, "one")["one"].png.startswith(b"\x89PNG")

    assert here == []


def test_without_a_second_core_or_a_picture_to_draw_there_is_no_second_process(
    two_cores: None, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "started", lambda _: pytest.fail("started"))
    with apart.pictures(png=False) as drawing:
        assert drawn(drawing, "one", png=False)["one"].png == b""
    monkeypatch.setattr(processes, "cores", lambda: 1)
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, "two")["two"].png

    assert here == ["one", "two"]


@pytest.mark.parametrize(
    "program",
    ["import sys; sys.exit(1)", "print('no pictures')", "import sys; sys.stdin.read(); print(1)"],
)
def test_a_process_that_does_not_answer_is_done_without(
    two_cores: None, here: list[str], monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    real = subprocess.Popen
    monkeypatch.setattr(
        subprocess, "Popen", lambda _, **named: real([sys.executable, "-c", program], **named)
    )
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, "one")["one"].png

    assert here == ["one"]


def test_a_system_that_starts_no_process_draws_all_the_same(
    two_cores: None, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, "one")["one"].png

    assert here == ["one"]


def test_it_is_gone_when_the_block_ends_by_an_error(two_cores: None) -> None:
    with pytest.raises(ZeroDivisionError), apart.pictures(png=True) as drawing:
        process = drawing._process
        raise ZeroDivisionError

    assert process is not None and process.poll() is not None


@pytest.mark.skipif(os.name != "posix", reason="asks the system by signal 0")
def test_it_ends_with_a_parent_that_is_killed() -> None:
    code = (
        "import os, time; from complaints_learning.draw import apart\n"
        "from complaints_learning.nouns import processes; processes.cores = lambda: 2\n"
        "with apart.pictures(png=True) as drawing:\n"
        "    print(drawing._process.pid, flush=True)\n"
        "    time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 60
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)

    assert not _lives(child)


def _lives(process: int) -> bool:
    """Whether it runs: a dead child that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_nothing_in_the_folder_we_are_in_is_run(
    two_cores: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("msgspec", "matplotlib", "signal"):
        (tmp_path / f"{name}.py").write_text("open('harm', 'w').close()\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with apart.pictures(png=True) as drawing:
        assert drawn(drawing, "one")["one"].png

    assert not (tmp_path / "harm").exists()


def test_a_report_loads_no_matplotlib_in_its_own_process(
    a_workspace: Callable[..., Path], tmp_path: Path
) -> None:
    code = (
        "import sys; from complaints_learning.nouns import processes\n"
        "processes.cores = lambda: 2\n"
        "from complaints_learning import cli; cli.run(sys.argv[1:]);"
        "print('matplotlib' in sys.modules)"
    )
    words = ("report", "-w", str(a_workspace()), "-p", "2023", "--out", str(tmp_path))
    told = subprocess.run(
        [sys.executable, "-c", code, *words], capture_output=True, text=True, check=True
    )

    assert told.stdout.endswith("learning-report.docx\nFalse\n")


def test_a_fault_in_drawing_is_not_taken_for_a_chart_without_a_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails(*_: object, **__: object) -> dict[str, Picture]:
        raise KeyError("ink")

    monkeypatch.setattr(draw, "charts", fails)
    with apart.pictures(png=False) as drawing:
        drawing.begin(a_report("one"), STYLE, png=True, svg=False)
        with pytest.raises(RuntimeError):
            _ = "one" in drawing
