"""One number for one name: prose, tables, charts, web page and data pack say the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.html
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders_measure import YEAR, a_checked, labels
from complaints_learning import draw, measure, protect, tell, wording, write
from complaints_learning.findings import Findings
from complaints_learning.read import texts
from complaints_learning.records import Checked
from complaints_learning.report import Chart, Line, Report, Table, Text, plain
from complaints_learning.settings import Settings
from test_measure_truth import DAY, registers

THEMES = texts.themes()
TEXTS = texts.report_texts("learning_report")
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}
Register = tuple[list[dict[str, Any]], list[tuple[str, str]]]


def checked_of(rows: list[dict[str, Any]]) -> Checked:
    """A register in which nobody has decided a theme."""
    checked = a_checked(rows)
    complaints = checked.frames["complaints"].assign(confirmed=False)
    return replace(checked, frames={**checked.frames, "complaints": complaints})


def shown_of(register: Register, edition: str) -> Findings:
    """What an edition may show of a register."""
    rows, found = register
    counted = measure.findings(checked_of(rows), labels(*found), YEAR, Settings(), THEMES, DAY)
    return protect.for_edition(counted, edition, Settings().small_numbers)  # type: ignore[arg-type]


def told(register: Register, edition: str) -> tuple[Findings, Report]:
    """What is shown of a register in an edition, and the report that tells it."""
    shown, choices = shown_of(register, edition), Settings()
    checked = checked_of(register[0])
    about = tell.context(choices, YEAR, checked, edition, "1", DAY, TEXTS.title)
    slots = tell.slots(about, choices, "")
    return shown, tell.learning_report(shown, TEXTS, THEMES, about, slots)


def runs(report: Report) -> list[Text]:
    """Every run of the report: sentences, bullets, boxes and table cells."""
    lines: list[Line] = []
    for block in report.blocks:
        if isinstance(block, Table):
            lines += [cell for row in block.rows for cell in row]
        elif hasattr(block, "items"):
            lines += block.items
        elif hasattr(block, "line"):
            lines.append(block.line)
    return [run for line in lines for run in line]


@settings(max_examples=60, **CALM)  # type: ignore[arg-type]
@given(registers(), st.sampled_from(["public", "internal"]))
def test_prose_tables_and_charts_show_each_figure_alike(register: Register, edition: str) -> None:
    shown, report = told(register, edition)
    live = 0
    for run in runs(report):
        name, _, show = run.figure.partition(":")
        if name and show in ("", "percent", "interval"):
            assert run.text == wording.figure(shown.figures[name], show or "value"), run.figure
            live += 1
    for chart in (block for block in report.blocks if isinstance(block, Chart)):
        plan = shown.charts[chart.name]
        for series, planned in zip(chart.series, plan.series, strict=True):
            for point, name in zip(series.points, planned.figures, strict=True):
                assert point.text == wording.figure(shown.figures[name], planned.show), name
    assert live > 20


@settings(max_examples=120, **CALM)  # type: ignore[arg-type]
@given(registers(), st.sampled_from(["public", "internal"]))
def test_numerator_denominator_and_percentage_always_agree(
    register: Register, edition: str
) -> None:
    shown = shown_of(register, edition)
    for figure in shown.figures.values():
        whole = shown.figures.get(figure.of_name)
        if figure.value is None:
            assert figure.percent is None
        elif figure.of and whole is not None and whole.value is not None and figure.base is None:
            assert figure.of == whole.value, figure.name
            assert figure.percent == pytest.approx(100 * figure.value / whole.value)


@settings(max_examples=6, **CALM)  # type: ignore[arg-type]
@given(registers(), st.sampled_from(["public", "internal"]))
def test_the_web_page_and_the_data_pack_hold_the_reports_own_cells(
    tmp_path_factory: pytest.TempPathFactory, register: Register, edition: str
) -> None:
    shown, report = told(register, edition)
    folder: Path = tmp_path_factory.mktemp("one")
    write.web(report, draw.charts(report, png=False), folder / "r.html", texts.page())
    write.pack(report, shown, folder / "r.xlsx")

    page = lxml.html.fromstring((folder / "r.html").read_text(encoding="utf-8"))
    tables = [block for block in report.blocks if isinstance(block, Table)]
    on_page = [
        [" ".join(cell.text_content().split()) for cell in table.iterfind(".//tbody//tr/*")]
        for table in page.iterfind(".//table")
    ]
    said = [[" ".join(plain(c).split()) for row in t.rows for c in row] for t in tables]
    assert [cells for cells in on_page if cells] == [cells for cells in said if cells]

    book = openpyxl.load_workbook(folder / "r.xlsx")
    sheets = {
        _text(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    missing = {text for cells in said for text in cells if text and _text(text) not in sheets}
    assert {text for text in missing if not any(c.isdigit() for c in text)} == set()


def _text(value: object) -> str:
    return " ".join(str(value).split())
