"""A register in, the agreed report out; and the wheel does the same from another folder."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

import outline
from complaints_learning import pipeline
from complaints_learning.nouns.counted import Told
from complaints_learning.nouns.findings import Figure

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = Path(__file__).parent / "golden" / "learning_report.txt"


@pytest.fixture(scope="module")
def told(sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """The sample council's report for 2022-23, public edition, in Word."""
    out = tmp_path_factory.mktemp("out")
    return pipeline.report(sample, "2023", out=out)


def test_the_sample_report_reads_as_agreed(told: Told, request: pytest.FixtureRequest) -> None:
    found = outline.of(told.outputs[0])
    if request.config.getoption("--golden"):
        GOLDEN.write_text(found, encoding="utf-8", newline="\n")

    assert found == GOLDEN.read_text(encoding="utf-8")


def test_with_every_decision_made_the_sample_states_what_the_truth_says(
    told: Told,
) -> None:
    figures = told.shown.figures

    assert figures["upheld_or_partly"].value == 126
    assert figures["theme.communication.upheld_or_partly"].value == 19
    assert figures["theme.staff_behaviour.upheld_or_partly"].value == 13
    text = outline.of(told.outputs[0])
    assert "126 complaints were upheld or partially upheld" in text
    assert "126 of 126" in text  # how many a person confirmed
    same = figures["confirmed.same.upheld_or_partly"].value or 0
    assert f"had the same main theme in {same:.0f} of 126" in text
    assert same + (figures["confirmed.changed.upheld_or_partly"].value or 0) == 126


def test_read_is_counted_and_outside_and_left_out(told: Told) -> None:
    figures = told.counted.findings.figures
    parts = ("counted", "compliment", "comment", "enquiry", "outside", "undated", "merged")

    assert figures["rows.read"].value == sum(
        _number(figures[f"rows.{part}"]) for part in (*parts, "left_out")
    )


def _number(figure: Figure) -> int:
    assert isinstance(figure.value, int)
    return figure.value


@pytest.mark.usefixtures("drawn_once")
def test_the_three_main_themes_have_a_section_even_at_zero(
    a_workspace: object, tmp_path: Path
) -> None:
    assert callable(a_workspace)
    home = a_workspace([{"Summary": "The ramp was not built.", "Outcome": "Not upheld"}])

    report = pipeline.report(home, "2023", edition="internal", out=tmp_path / "out")

    text = outline.of(report.outputs[0])
    for theme in (
        "# Communication\nNo complaint that was upheld or partially upheld raised communication.",
        "# Staff behaviour\nNo complaint that was upheld or partially upheld raised staff",
        "# Education, Health and Care assessments and plans\nNo complaint that was upheld or",
    ):
        assert theme in text


@pytest.mark.usefixtures("drawn_once")
@pytest.mark.parametrize("count", [1, 2, 40])
def test_one_complaint_and_many_make_a_report(
    a_workspace: object, tmp_path: Path, count: int
) -> None:
    assert callable(a_workspace)
    home = a_workspace([{"Case Ref": f"C{number}"} for number in range(count)])

    report = pipeline.report(home, "2023", edition="internal", out=tmp_path / "out")

    assert report.shown.figures["received"].value == count
    assert "Learning from Complaints" in outline.of(report.outputs[0])


@pytest.mark.usefixtures("drawn_once")
def test_few_months_are_shown_without_limits_and_none_is_said_to_be_tested(
    a_workspace: object, tmp_path: Path
) -> None:
    assert callable(a_workspace)
    days = [f"{1 + n % 28:02d}/{4 + n % 6:02d}/2022" for n in range(60)]
    home = a_workspace([{"Case Ref": f"C{n}", "Date Received": day} for n, day in enumerate(days)])

    report = pipeline.report(home, "2022-04..2022-09", edition="internal", out=tmp_path / "out")

    text = outline.of(report.outputs[0])
    assert "too few for limits of chance, so none of them is tested" in text
    assert "Complaints received by month, with their median" in text
    assert "Run chart of complaints received by month" in text
    assert "stands out" not in text and "Mean" not in text


@pytest.mark.slow
def test_the_wheel_alone_runs_the_main_job_from_another_folder(tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = wheels.glob("*.whl")
    venv.create(tmp_path / "env", with_pip=False)
    inside = "Lib" if os.name == "nt" else f"lib/python{sys.version_info[0]}.{sys.version_info[1]}"
    packages = tmp_path / "env" / inside / "site-packages"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    # what the wheel depends on is borrowed from this environment, the wheel itself is not
    (packages / "borrowed.pth").write_text(sysconfig.get_paths()["purelib"], encoding="utf-8")
    python = tmp_path / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}

    def cl(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(python), "-m", "complaints_learning", *words],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    assert cl("sample", "demo").returncode == 0
    where = subprocess.run(
        [str(python), "-c", "import complaints_learning; print(complaints_learning.__file__)"],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert str(packages) in where.stdout
    ran = cl("report", "--period", "2023", "--workspace", "demo")
    assert ran.returncode in (0, 3), ran.stderr
    assert (elsewhere / "demo" / "out" / "2022-23" / "learning-report.docx").is_file()


@pytest.mark.parametrize("period", ["2022-23Q3", "2023-01", "2022-10..2023-03"])
def test_a_quarter_a_month_and_a_span_can_be_published_too(sample: Path, period: str) -> None:
    counted = pipeline.count(sample, period)

    shown = pipeline.protect(counted, "public")

    small = [
        name
        for name, figure in counted.findings.figures.items()
        if figure.unit == "complaints" and figure.is_count and figure.value in (1, 2, 3, 4)
    ]
    assert small
    assert [name for name in small if not shown.figures[name].masked] == []
