"""`cl review`: the workbook in which a person decides themes."""

from __future__ import annotations

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import (
    JsonOption,
    PeriodOption,
    QuietOption,
    WorkspaceOption,
)
from complaints_learning.nouns import wording

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
    period: PeriodOption,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import reviewing
    from complaints_learning.read import places

    say.step("finding themes")
    written = reviewing.review(places.workspace(workspace), period)
    code = 3 if written.problems else 0
    if json:
        say.as_json(
            {
                "period": say.period_as_json(written.period),
                "output": str(written.path),
                "complaints": written.rows,
                "decided": written.decided,
                "problems": say.problems_as_json(written.problems),
                "exit_code": code,
            }
        )
        raise typer.Exit(code)
    say.note(say.dates(written.period), quiet)
    say.result(
        f"Written: {written.path}: {wording.number(written.rows)} "
        f"{wording.plural(written.rows, 'complaint')}, "
        f"{wording.number(written.decided)} of them decided."
    )
    for problem in written.problems:
        say.note(str(problem), quiet)
    report = say.line(f"cl report --period {period}")
    say.note(f"Decide in Excel, save, close it, then: {report}", quiet)
    raise typer.Exit(code)
