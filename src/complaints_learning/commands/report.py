"""`cl report`: the learning report of a period."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import (
    EditionOption,
    JsonOption,
    PeriodOption,
    QuietOption,
    WorkspaceOption,
)
from complaints_learning.errors import SettingsError

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Write the learning report for a period.

Reads every export named in cl.toml, and writes out/PERIOD/learning-report.docx in the
workspace. Prints the report's path; what was read and left out goes to stderr.

\b
Examples:
  cl report --period 2023
  cl report --period 2022-23Q3 --format docx --format html
  cl report --period last --edition internal
  cl report --period 2023 --json
"""


@app.command(help=HELP)
def report(
    period: PeriodOption,
    workspace: WorkspaceOption = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="DIR", help="Another folder for the files."),
    ] = None,
    format_: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--format", "-f", metavar="FORMAT", help="docx (default), html, xlsx, pdf."),
    ] = None,
    edition: EditionOption = "public",
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="Which report to tell.")
    ] = "learning_report",
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing when a cell needs a look; exit 2.")
    ] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning import pipeline
    from complaints_learning.read import places

    formats = tuple(dict.fromkeys(format_ or ["docx"]))
    wrong = [one for one in formats if one not in pipeline.FORMATS]
    if wrong:
        raise SettingsError(
            f"--format '{wrong[0]}': it is one of {', '.join(pipeline.FORMATS)}.",
            code="format-unknown",
        )
    told = pipeline.report(
        places.workspace(workspace),
        period,
        edition=pipeline.edition(edition),
        formats=formats,
        out=out,
        template=template,
        strict=strict,
    )
    if json:
        say.as_json(_as_json(told))
    else:
        _print(told, quiet)
    raise typer.Exit(told.exit_code)


def _print(told: Any, quiet: bool) -> None:
    counted = told.counted
    say.note(say.dates(counted.period), quiet)
    for line in say.rows(counted.findings, counted.checked):
        say.note(line, quiet)
    kinds = say.problem_kinds(told.problems)
    if kinds:
        say.note("To look at:", quiet)
        for kind in kinds:
            say.note(f"  {kind}", quiet)
        say.note("  See each cell with: cl check", quiet)
    for path in told.outputs:
        say.result(str(path))


def _as_json(told: Any) -> dict[str, Any]:
    counted = told.counted
    return {
        "period": say.period_as_json(counted.period),
        "rows": say.rows_as_json(counted.findings, counted.checked),
        "figures": say.figures_as_json(told.shown),
        "outputs": [str(path) for path in told.outputs],
        "record": str(told.record),
        "problems": say.problems_as_json(told.problems),
        "exit_code": told.exit_code,
    }
