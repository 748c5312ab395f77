"""One number for one name: prose, tables, charts, web page and data pack say the same."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import lxml.html
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import made_once
from builders_measure import YEAR, a_checked, labels
from complaints_learning import draw, measure, protect, tell
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.report import (
    Bullets,
    Chart,
    KeyPoints,
    Line,
    Paragraph,
    Report,
    Table,
    Text,
    plain,
)
from complaints_learning.nouns.settings import Settings
from complaints_learning.protect.links import System
from complaints_learning.read import texts
from complaints_learning.write import numbered, page, workbook
from test_measure_truth import DAY, registers

THEMES = texts.themes()
TEXTS = texts.report_texts("learning_report")
PAGE = texts.page()
HUNDREDS = max(200, settings().max_examples)
"""Registers for all checks together; 1,000 with HYPOTHESIS_PROFILE=thorough."""
PACKS = HUNDREDS // 10
"""Fewer: openpyxl takes twice as long to save and open a pack as all the rest together."""
PUBLIC = HUNDREDS // 5
"""Fewer, because more of a report is then asked."""
SEARCHES = PUBLIC // 4
"""Fewer still: working out what else must be hidden takes up to seconds for a register."""
CALM = {"deadline": None, "suppress_health_check": list(HealthCheck)}
Register = tuple[list[dict[str, Any]], list[tuple[str, str]]]


def checked_of(rows: list[dict[str, Any]]) -> Checked:
    """A register in which nobody has decided a theme."""
    checked = a_checked(rows)
    complaints = checked.frames["complaints"].assign(confirmed=False)
    return replace(checked, frames={**checked.frames, "complaints": complaints})


@pytest.fixture(scope="module", autouse=True)
def compiled_once() -> Iterator[None]:
    """Each report has a sandbox of its own still, but all find the same compiled templates."""
    with made_once.templates():
        yield


def told(register: Register, edition: str) -> tuple[Findings, Report]:
    """What is shown of a register in an edition, and the report that tells it."""
    rows, found = register
    checked, choices = checked_of(rows), Settings()
    counted = measure.findings(checked, labels(*found), YEAR, choices, THEMES, DAY)
    shown = protect.for_edition(counted, edition, choices.small_numbers)  # type: ignore[arg-type]
    about = tell.context(choices, YEAR, checked, edition, "1", DAY, TEXTS.title)
    return shown, tell.learning_report(shown, TEXTS, THEMES, about)


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


@settings(max_examples=HUNDREDS - PUBLIC - PACKS, **CALM)  # type: ignore[arg-type]
@given(registers())
def test_prose_tables_charts_alt_text_and_page_show_each_figure_alike(register: Register) -> None:
    one_number_for_one_name(register, "internal")


@settings(max_examples=SEARCHES, **CALM)  # type: ignore[arg-type]
@given(registers())
def test_they_do_when_small_numbers_are_hidden(register: Register) -> None:
    one_number_for_one_name(register, "public")


HIDDEN = (st.sampled_from([0, 0.02, 0.2, 0.8]), st.integers(0, 99))
"""What share of the other figures is hidden with the small ones, and which."""


@contextmanager
def hiding(share: float, seed: int) -> Iterator[None]:
    """What else is hidden is drawn, which is quick, and more kinds of it than a search finds."""
    chance = Random(seed)

    def others(system: System, hidden: set[int], *_: object) -> set[int]:
        return hidden | {n for n in range(len(system.names)) if chance.random() < share}

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(protect.hide, "secondary", others)
        yield


@settings(max_examples=PUBLIC - SEARCHES, **CALM)  # type: ignore[arg-type]
@given(registers(), *HIDDEN)
def test_they_do_whatever_else_is_hidden(register: Register, share: float, seed: int) -> None:
    with hiding(share, seed):
        one_number_for_one_name(register, "public")


def one_number_for_one_name(register: Register, edition: str) -> None:
    shown, report = told(register, edition)
    numerator_denominator_and_percentage_agree(shown)
    prose_and_tables_show_the_figures(report, shown)
    for chart in (block for block in report.blocks if isinstance(block, Chart)):
        a_chart_shows_the_figures(chart, shown)
        its_alt_text_says_only_what_it_shows(chart)
    the_page_says_what_the_report_says(report)


def numerator_denominator_and_percentage_agree(shown: Findings) -> None:
    for figure in shown.figures.values():
        whole = shown.figures.get(figure.of_name)
        if figure.value is None:
            assert figure.percent is None, figure.name
        elif figure.of and whole is not None and whole.value is not None and figure.base is None:
            assert figure.of == whole.value, figure.name
            assert figure.percent == pytest.approx(100 * figure.value / whole.value), figure.name


def prose_and_tables_show_the_figures(report: Report, shown: Findings) -> None:
    live = 0
    for run in runs(report):
        name, _, show = run.figure.partition(":")
        if not name:
            continue
        figure = shown.figures[name]
        if show in ("", "percent", "interval"):
            assert run.text == wording.figure(figure, show or "value"), run.figure
            live += 1
        elif figure.value is None:
            assert not re.search(r"\d", run.text), run.figure
        elif show in ("words", "size"):
            said = "no" if run.text.lower() == "none" else run.text.lower()
            assert said == wording.count_word(abs(int(figure.value))), run.figure
    assert live > 20


def a_chart_shows_the_figures(chart: Chart, shown: Findings) -> None:
    plan = shown.charts[chart.name]
    for series, planned in zip(chart.series, plan.series, strict=True):
        for point, name in zip(series.points, planned.figures, strict=True):
            assert point.text == wording.figure(shown.figures[name], planned.show), name


def its_alt_text_says_only_what_it_shows(chart: Chart) -> None:
    """Every number stands beside its own label, and the six largest bars or a line are told."""
    left = chart.alt.partition(f", in {chart.unit}.")[2]
    assert left, chart.alt
    for series in chart.series:
        pairs = list(zip(chart.labels, series.points, strict=True))
        along = chart.kind in ("line", "xmr")
        known = [pair for pair in pairs if pair[1].value is not None]
        said = 0
        for label, point in sorted(pairs, key=lambda pair: -len(pair[0])):
            words = f"{point.text} in {label}" if along else f"{label} {point.text}"
            there = rf"(?<![\w.,]){re.escape(words)}(?!\w|%|[.,]\d)"
            said += bool(re.search(there, chart.alt))
            left = re.sub(there, "", left)
        assert said >= (min(len(known), 1) if along else min(len(pairs), 6)), chart.alt
        left = left.replace(f"{series.title}:", "")
        left = left.replace(f" {len(pairs) - len(known)} of {len(pairs)} are not shown;", "")
    for told, point in (
        (chart.middle, chart.centre),
        ("Limits", chart.lower),
        ("and", chart.upper),
    ):
        left = left.replace(f"{told} {point.text}", "") if point else left
    assert not re.search(r"\d", re.sub(r"; \d+ more in the table", "", left)), (left, chart.alt)


def the_page_says_what_the_report_says(report: Report) -> None:
    html = lxml.html.fromstring(page.html(report, draw.charts(report, png=False), PAGE))
    on_page = [
        [spaced(cell.text_content()) for cell in table.iterfind(".//tbody//tr/*")]
        for table in html.iterfind(".//table")
    ]
    assert [cells for cells in on_page if cells] == [
        [spaced(plain(line)) for row in table.rows for line in row]
        for table in report.blocks
        if isinstance(table, Table) and table.rows
    ]
    places = numbered.places(report)
    said = Counter(
        spaced("".join(run.text or places[run.ref].label for run in line)) for line in prose(report)
    )
    assert not said - Counter(spaced(e.text_content()) for e in html.iter("p", "li", "span"))
    alts = {chart.alt for chart in report.blocks if isinstance(chart, Chart)}
    assert {spaced(one.text_content()) for one in html.iter("desc")} == set(map(spaced, alts))


def prose(report: Report) -> Iterator[Line]:
    """Every paragraph, bullet and key point."""
    for block in report.blocks:
        if isinstance(block, Paragraph):
            yield block.line
        elif isinstance(block, Bullets | KeyPoints):
            yield from block.items


@settings(max_examples=PACKS, **CALM)  # type: ignore[arg-type]
@given(registers(), st.sampled_from(["internal", "internal", "public"]), *HIDDEN)
def test_the_data_pack_holds_the_reports_own_cells_and_figures(
    register: Register, edition: str, share: float, seed: int
) -> None:
    with hiding(share, seed):
        shown, report = told(register, edition)
    named = {run.figure.partition(":")[0] for run in runs(report)}
    shown = replace(shown, figures={n: f for n, f in shown.figures.items() if n in named})
    book = openpyxl.load_workbook(io.BytesIO(workbook.packed(report, shown)))
    for one in numbered.blocks(report):
        if isinstance(one.block, Table) and one.block.rows:
            assert cells_of(book[one.label]) == [
                [spaced(plain(line)) or wording.NOT_APPLICABLE for line in row]
                for row in one.block.rows
            ]
    assert [(row[0], *row[3:]) for row in cells_of(book["Figures"])] == [
        (
            name,
            wording.figure(figure),
            no_whole(figure) if figure.of is None else wording.number(figure.of),
            no_whole(figure) if figure.of is None else wording.figure(figure, "percent"),
        )
        for name, figure in sorted(shown.figures.items())
    ]


def no_whole(figure: Figure) -> str:
    """Why a figure shows no denominator: it is hidden, or there is none."""
    return wording.HIDDEN if figure.of_masked else wording.NOT_APPLICABLE


def cells_of(sheet: Any) -> list[list[str]]:
    """What a person sees in a sheet's table, below its header."""
    (table,) = sheet.tables.values()
    return [[seen(cell) for cell in row] for row in sheet[table.ref][1:]]


def seen(cell: Any) -> str:
    """A cell as Excel shows it in the formats that the pack uses."""
    value, shape = cell.value, cell.number_format.partition(";")[0]
    if isinstance(value, str):
        return spaced(value)
    places = len(shape.partition(".")[2].rstrip("%"))
    if shape.endswith("%"):
        text = f"{abs(value) * 100:.{places}f}%"
    else:
        text = f"{'£' if '£' in shape else ''}{abs(value):,.{places}f}"
    return f"{'-' if value < 0 else '+' if value and shape.startswith('+') else ''}{text}"


def spaced(text: str) -> str:
    return " ".join(text.split())
