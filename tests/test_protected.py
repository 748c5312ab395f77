"""Only `protect` sees what was counted: whatever is told, drawn, written or recorded is its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from msgspec.structs import replace

from complaints_learning import pipeline
from complaints_learning.nouns.findings import Findings
from complaints_learning.read import finished

pytestmark = pytest.mark.usefixtures("drawn_once")

FORMATS = ("docx", "html", "xlsx")


class Sealed:
    """Findings whose numbers nobody may look at; the day and what was approved may be read."""

    def __init__(self, findings: Findings) -> None:
        self.facts = {"day": findings.facts["day"]}
        self.quotations = findings.quotations

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"somebody looked at the {name} before they were protected")


@pytest.fixture
def home(a_workspace: Callable[..., Path]) -> Path:
    ends = ("Upheld", "Upheld", "Not upheld", "Partially upheld")
    return a_workspace([{"Outcome": ends[number % 4]} for number in range(31)])


def texts(path: Path) -> list[str]:
    """What the cells, paragraphs and values of a file say, each by itself."""
    if path.suffix == ".xlsx":  # its raw texts hold the numbers of shared strings too
        book = openpyxl.load_workbook(path)
        rows = [row for sheet in book.worksheets for row in sheet.iter_rows(values_only=True)]
        return [str(value) for row in rows for value in row if value is not None]
    return [one.text.strip() for one in finished.texts(path.name, path.read_bytes())]


def sealed(home: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[..., Any]) -> None:
    """From here on a report is made of what `change` gives for the protected findings."""
    counted = pipeline.count(home, "2023")
    shown = change(pipeline.protect(counted, "public"))
    closed = replace(counted, findings=Sealed(counted.findings))  # type: ignore[arg-type]
    monkeypatch.setattr(pipeline, "count", lambda *_, **__: closed)
    monkeypatch.setattr(pipeline, "protect", lambda *_, **__: shown)


def test_a_report_is_made_without_a_look_at_what_was_counted(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(home, monkeypatch, lambda shown: shown)
    told = pipeline.report(home, "2023", formats=FORMATS)
    assert len(told.outputs) == 3


def test_what_protect_hides_is_nowhere_in_any_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """31 complaints, 24 upheld: with everything hidden, neither number is left anywhere."""

    def nothing(shown: Findings) -> Findings:
        hidden = {
            name: replace(one, value=None, of=None, low=None, high=None, masked="hidden")
            for name, one in shown.figures.items()
        }
        return replace(shown, figures=hidden)

    def numbers(home: Path) -> list[tuple[str, str]]:
        return [
            (path.name, text)
            for path in sorted((home / "out" / "2022-23").iterdir())
            for text in texts(path)
            if text in ("31", "24", "31.0", "24.0", "77%")
        ]

    pipeline.report(home, "2023", formats=FORMATS)
    assert len(numbers(home)) > 10  # so that the test can fail
    sealed(home, monkeypatch, nothing)
    pipeline.report(home, "2023", formats=FORMATS)
    assert numbers(home) == []
