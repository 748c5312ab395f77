"""`cl review`: the workbook in which a person decides themes."""

from __future__ import annotations

import typer

from complaints_learning import wording
from complaints_learning.commands import say
from complaints_learning.commands.options import PeriodOption, QuietOption, WorkspaceOption

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Write the workbook in which a person decides themes, the least certain first.

What was decided before stays in it and always wins over the words. The workbook holds the words
of complaints: keep it in the workspace.

\b
Examples:
  cl review --period 2023
"""


@app.command(help=HELP)
def review(
    period: PeriodOption, workspace: WorkspaceOption = None, quiet: QuietOption = False
) -> None:
    from complaints_learning import labelling
    from complaints_learning.read import places

    written = labelling.review(places.workspace(workspace), period)
    say.note(say.dates(written.period), quiet)
    say.result(
        f"Written: {written.path}: {wording.number(written.rows)} complaints, "
        f"{wording.number(written.decided)} of them decided."
    )
    for problem in written.problems:
        say.note(str(problem), quiet)
    report = say.line(f"cl report --period {period}")
    say.note(f"Decide in Excel, save, close it, then: {report}", quiet)
    if written.problems:
        raise typer.Exit(3)
