"""The report and its pictures in; files out. The one door: `write.word` and its sisters."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaints_learning.errors import Problem
    from complaints_learning.report import Picture, Report


def word(
    report: Report,
    pictures: Mapping[str, Picture],
    target: Path,
    shell: Path | None = None,
    styles: Mapping[str, str] | None = None,
) -> tuple[Problem, ...]:
    """Save the report as a Word file in the council's shell (ours when None).

    `styles` is the style map of cl.toml. The problems say what a person should know about the
    shell. Raises ReadError, TemplateError or WriteError, and then nothing is written.
    """
    from complaints_learning.write import document

    return document.word(report, pictures, target, shell, styles)
