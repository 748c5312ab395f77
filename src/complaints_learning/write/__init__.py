"""The report and its pictures in; files out. The one door: `write.word` and its sisters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.nouns.errors import Problem
    from complaints_learning.nouns.findings import Findings
    from complaints_learning.nouns.proposal import Proposal
    from complaints_learning.nouns.records import Checked
    from complaints_learning.nouns.report import Picture, Report
    from complaints_learning.word.live.contents import Contents
    from complaints_learning.word.live.difference import Difference
    from complaints_learning.word.live.expected import Expected
    from complaints_learning.word.package import Package
    from complaints_learning.write.shell import Inspected


def ready(formats: Sequence[str]) -> None:
    """Load what writing these takes, while the charts are drawn elsewhere."""
    if "docx" in formats or "pdf" in formats:
        from complaints_learning.write import document  # noqa: F401
    if "html" in formats:
        from complaints_learning.write import page  # noqa: F401


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


def web(
    report: Report, pictures: Mapping[str, Picture], target: Path, texts: Mapping[str, str]
) -> None:
    """Save the report as one web page, complete in itself.

    `texts` are the files of templates/web by name. Raises TemplateError or WriteError, and then
    nothing is written.
    """
    from complaints_learning.write import page

    page.web(report, pictures, target, texts)


def text(target: Path, content: str) -> None:
    """Save a text file, UTF-8, whole or not at all."""
    from complaints_learning.write import safely

    target.parent.mkdir(parents=True, exist_ok=True)
    safely.save(target, content.encode())


def settings(
    proposal: Proposal, council: str, decided: Mapping[tuple[str, str], str], target: Path
) -> None:
    """Save a proposal with a person's decisions as a cl.toml."""
    from complaints_learning.write import settings_text

    text(target, settings_text.text(proposal, council, decided))


def inspect_shell(path: Path) -> Inspected:
    """What a council's Word file offers as a shell. Raises ReadError or TemplateError."""
    from complaints_learning.write import shell

    return shell.inspect(path)


def shell_named(target: Path, current: str, shell: str, styles: Mapping[str, str]) -> None:
    """Save a cl.toml whose text is `current` with a shell and its style map put in."""
    from complaints_learning.write import style_map

    text(target, style_map.added(current, shell, styles, target.name))


def sample(source: Path, folder: Path) -> int:
    """Copy the sample workspace to a folder that is empty or not there; how many files."""
    from complaints_learning.write import copied

    return copied.sample(source, folder)


def rows(frame: pd.DataFrame, title: str, target: Path) -> None:
    """Save rows for an auditor as a workbook: internal, and marked so."""
    from complaints_learning.write import drafted, listed, safely

    safely.ending(target, ".xlsx")
    with drafted.draft(target.parent):
        listed.rows(frame, title, target)


def pack(report: Report, findings: Findings, target: Path) -> None:
    """Save the report's tables and every figure as a data pack (xlsx).

    `findings` are the protected ones that the report was told from. Raises WriteError, and then
    nothing is written.
    """
    from complaints_learning.write import workbook

    workbook.pack(report, findings, target)


def problems(checked: Checked, workspace: Path, target: Path) -> None:
    """Save the problems as a workbook with a link to each cell, and where the rows went.

    Raises WriteError, and then nothing is written.
    """
    from complaints_learning.write import drafted, problem_book, safely

    safely.ending(target, ".xlsx")
    with drafted.draft(target.parent):
        problem_book.workbook(checked, workspace, target)


def pdf(docx: Path, target: Path) -> None:
    """Turn a Word file into a tagged PDF with LibreOffice.

    Raises WriteError when LibreOffice is not there or cannot do it, and then nothing is written.
    """
    from complaints_learning.write import paper

    paper.pdf(docx, target)


def alone(workspace: Path, command: str) -> AbstractContextManager[None]:
    """Hold the workspace for one run. Raises BusyError, with who holds it, at once."""
    from complaints_learning.write import lock

    return lock.alone(workspace, command)


def held(workspace: Path) -> str:
    """Who holds the workspace now, as a message says it, or ''."""
    from complaints_learning.write import lock

    return lock.held(workspace)


def refused(folder: Path) -> str:
    """Why nothing can be saved in a folder; '' when it can."""
    from complaints_learning.write import safely

    return safely.refused(folder)


def draft(folder: Path, alone: bool = False) -> AbstractContextManager[Path]:
    """A folder beside the outputs for files that are not yet fit to be seen; gone at the end.

    With `alone` nobody else writes in `folder`, and drafts that killed runs left there go too.
    """
    from complaints_learning.write import drafted

    return drafted.draft(folder, alone)


def publish(
    files: Sequence[Path], folder: Path, edited: Mapping[Path, Path] | None = None
) -> tuple[Path, ...]:
    """Move finished files from their draft to their folder, all or none; where they are now.

    `edited` gives the older files there that stay, each with its new name.
    """
    from complaints_learning.write import drafted

    return drafted.publish(files, folder, edited)


def refreshed(
    package: Package, found: Contents, expected: Expected, pictures: Mapping[str, Picture]
) -> tuple[bytes, tuple[Difference, ...]]:
    """The bytes of an edited Word report with its figures up to date, and what was changed."""
    from complaints_learning.write import refresh

    return refresh.refreshed(package, found, expected, pictures)


def named(target: Path, ending: str) -> None:
    """Nothing when a target's name ends so, like '.docx'. Raises WriteError."""
    from complaints_learning.write import safely

    safely.ending(target, ending)


def whole(target: Path, data: bytes) -> None:
    """Save a finished file in one step. Raises WriteError, and then nothing is left."""
    from complaints_learning.write import safely

    safely.save(target, data)
