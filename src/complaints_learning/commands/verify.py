"""`cl verify`: which figures of an edited report no longer match the data."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, QuietOption, WorkspaceOption
from complaints_learning.nouns import wording

if TYPE_CHECKING:
    from complaints_learning.word.live.difference import Difference

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Say which figures of an edited report no longer match the data.

Reads a report that cl report wrote and people have edited, in Word or LibreOffice, and lists
figures, table cells and charts that differ from the data, numbers typed by hand that contradict
it, figures that were taken out, and words that no longer fit. In a public report it looks for
names, references, contacts and complaints' words of the workspace as well, and says where, never
what. Changes nothing. Leaves with 0 when there is nothing to mend and 3 when there is.

\b
Examples:
  cl verify learning-report-edited.docx
  cl verify learning-report-edited.docx --workspace demo --json
"""

FileArgument = Annotated[Path, typer.Argument(metavar="FILE.docx", help="The edited report.")]
EditedPeriod = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--period", "-p", metavar="PERIOD", help="Only when the file lost its own."),
]
EditedEdition = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--edition", metavar="public|internal", help="Else the one the file shows."),
]
TemplateOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--template", metavar="NAME", help="Else the one the file was told by."),
]


@app.command(help=HELP)
def verify(
    file: FileArgument,
    workspace: WorkspaceOption = None,
    period: EditedPeriod = None,
    edition: EditedEdition = None,
    template: TemplateOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import editing
    from complaints_learning.read import places

    done = editing.verify(
        file,
        say.at(places.workspace(workspace, file)),
        period=period or "",
        edition=edition or "",
        template=template or "",
        step=say.step,
    )
    figures = len(done.found.figures)
    if json:
        say.as_json(
            {
                "file": file.name,
                "period": say.period_as_json(done.told.counted.period),
                "edition": done.told.report.edition,
                "figures": figures,
                "matches": not done.differences,
                "differences": as_json(done.differences),
                "private": say.problems_as_json(done.private),
                "exit_code": done.exit_code,
            }
        )
        raise typer.Exit(done.exit_code)
    counted = done.told.counted
    say.heading(counted.period, counted.problems, quiet)
    for one in done.differences:
        say.result(str(one))
    for problem in done.private:
        say.result(str(problem))
    if not done.differences:
        say.result(
            f"{file.name}: all {wording.number(figures)} figures match the data."
            if figures != 1
            else f"{file.name}: its one figure matches the data."
        )
    else:
        if done.strange:
            say.note(
                "Most of it differs. Is this the report of this workspace, and not of another "
                "council or an older version of the data?",
                quiet,
            )
        refresh = say.line(f"cl refresh {say.quoted(file)}")
        say.note(f"Bring it up to date with: {refresh}", quiet)
    say.what_next(counted.problems, quiet=quiet)
    raise typer.Exit(done.exit_code)


def as_json(differences: Iterable[Difference]) -> list[dict[str, Any]]:
    """Each difference as a program reads it; the names are the same in both commands."""
    return [
        {
            "kind": one.kind,
            "name": one.name,
            "was": one.was,
            "now": one.now,
            "where": one.where,
            "sentence": one.sentence,
        }
        for one in differences
    ]
