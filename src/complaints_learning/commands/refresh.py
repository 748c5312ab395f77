"""`cl refresh`: the figures of an edited report brought up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, QuietOption, WorkspaceOption
from complaints_learning.commands.verify import (
    EditedEdition,
    EditedPeriod,
    FileArgument,
    TemplateOption,
    as_json,
)

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Bring the figures of an edited report up to date.

Writes a new file with every live figure, table and chart as the data has it now. Sentences,
comments, tracked changes, added paragraphs and styles stay as people made them; where a changed
figure makes the words around it wrong, that is said, and the words are left to you. Leaves with 0
when all match afterwards and 3 when something needs a person.

\b
Examples:
  cl refresh learning-report-edited.docx
  cl refresh learning-report-edited.docx --out learning-report-march.docx
"""


@app.command(help=HELP)
def refresh(
    file: FileArgument,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="FILE", help="Else FILE-refreshed.docx, a new one."),
    ] = None,
    workspace: WorkspaceOption = None,
    period: EditedPeriod = None,
    edition: EditedEdition = None,
    template: TemplateOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import editing
    from complaints_learning.read import places

    done = editing.refresh(
        file,
        say.at(places.workspace(workspace, file)),
        out,
        period=period or "",
        edition=edition or "",
        template=template or "",
        step=say.step,
    )
    if json:
        say.as_json(
            {
                "file": file.name,
                "output": str(done.target),
                "period": say.period_as_json(done.told.counted.period),
                "edition": done.told.report.edition,
                "changed": as_json(done.changed),
                "left": as_json(done.left),
                "exit_code": done.exit_code,
            }
        )
        raise typer.Exit(done.exit_code)
    counted = done.told.counted
    say.heading(counted.period, counted.problems, quiet)
    say.note(_title(len(done.changed)), quiet)
    for one in done.changed:
        say.note(f"  {one}", quiet)
    if done.left:
        say.note("Left for you:", quiet)
        for one in done.left:
            say.note(f"  {one}", quiet)
    say.wrote(done.target)
    if done.left:
        then = (
            f"Mend in Word what is left, then: {say.line(f'cl verify {say.quoted(done.target)}')}"
        )
    else:
        then = "Read it through in Word before it goes out."
    say.what_next(counted.problems, then, quiet)
    raise typer.Exit(done.exit_code)


def _title(count: int) -> str:
    if not count:
        return "Nothing had changed."
    return "1 thing changed:" if count == 1 else f"{count} things changed:"
