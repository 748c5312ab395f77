"""What a report says of months that the register does not have, or has in part."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from complaints_learning import pipeline
from complaints_learning.nouns.report import KeyPoints, Paragraph, plain
from test_complaints_report import ALONE

DAY = date(2023, 4, 20)
TEMPLATES = ("learning_report", "complaints_report")


def every_other_day(first: date, last: date) -> list[dict[str, object]]:
    """A complaint every other day."""
    days = range(0, (last - first).days + 1, 2)
    return [{"Date Received": first + timedelta(days=day), "Date Responded": DAY} for day in days]


def told(workspace: Path, template: str) -> tuple[list[str], str]:
    """The key points and the text of a report."""
    report = pipeline.tell(pipeline.count(workspace, "2023", DAY), "public", template).report
    points = [
        plain(point)
        for block in report.blocks
        if isinstance(block, KeyPoints)
        for point in block.items
    ]
    return points, "\n".join(
        plain(block.line) for block in report.blocks if isinstance(block, Paragraph)
    )


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_year_before_that_is_there_in_part_is_not_compared_and_the_report_says_so(
    a_workspace: Callable[..., Path], template: str
) -> None:
    rows = every_other_day(date(2021, 4, 20), date(2023, 3, 31))
    points, text = told(a_workspace(rows), template)
    assert (
        "No change from 2021-22 is given: the register seems to hold only part of April 2021."
        in text
    )
    assert not [point for point in points if "year before" in point or "seems" in point]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_year_that_is_there_in_part_says_so_in_its_key_points_and_is_not_compared(
    a_workspace: Callable[..., Path], template: str
) -> None:
    rows = every_other_day(date(2021, 4, 1), date(2023, 3, 10))
    points, text = told(a_workspace(rows), template)
    seems = "The register seems to hold only part of March 2023"
    assert f"{seems}, so 2022-23 is not compared with 2021-22." in text
    assert f"{seems}; the figures count what it holds." in points
    assert not [point for point in points if "year before" in point]


@pytest.mark.parametrize("template", TEMPLATES)
def test_years_that_the_council_says_are_covered_are_compared(
    a_workspace: Callable[..., Path], template: str
) -> None:
    rows = every_other_day(date(2021, 4, 20), date(2023, 3, 10))
    settings = f'{ALONE}[periods]\ncovered = "2021-04..2023-03"\n'
    points, text = told(a_workspace(rows, settings=settings), template)
    assert "fewer than in" in text or "same number" in text or "more than in" in text
    assert "seems to hold" not in text + "".join(points)


def test_a_file_of_forms_without_one_is_none_returned_and_not_no_file(
    a_workspace: Callable[..., Path],
) -> None:
    rows = every_other_day(date(2022, 4, 1), date(2023, 3, 31))
    workspace = a_workspace(rows, settings="# the usual sources")
    assert "forms" in pipeline.count(workspace, "2023", DAY).findings.missing
    (workspace / "monitoring").mkdir()
    heads = "Complaint reference,Date completed,Service,Learning\n"
    (workspace / "monitoring" / "forms.csv").write_text(heads, encoding="utf-8")

    found = pipeline.count(workspace, "2023", DAY).findings

    assert "forms" not in found.missing
    assert found.figures["forms.returned"].value == 0
