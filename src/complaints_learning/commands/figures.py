"""`cl figures`: every figure of a period."""

from __future__ import annotations

import typer

from complaints_learning import wording
from complaints_learning.commands import say
from complaints_learning.commands.options import (
    EditionOption,
    JsonOption,
    PeriodOption,
    WorkspaceOption,
)

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """List every figure of a period with its name, value, denominator and meaning.

The names are stable: templates, the data pack and --json use the same ones.

\b
Examples:
  cl figures --period 2023
  cl figures --period 2023 --edition internal --json
"""


@app.command(help=HELP)
def figures(
    period: PeriodOption,
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    json: JsonOption = False,
) -> None:
    from complaints_learning import pipeline
    from complaints_learning.read import places

    counted = pipeline.count(places.workspace(workspace), period, step=say.step)
    shown = pipeline.protect(counted, pipeline.edition(edition))
    if json:
        say.as_json(
            {"period": say.period_as_json(counted.period), "figures": say.figures_as_json(shown)}
        )
        return
    say.note(say.dates(counted.period))
    width = max((len(name) for name in shown.figures), default=0)
    for name, figure in shown.figures.items():
        whole = f" of {wording.number(figure.of)}" if figure.of is not None else ""
        say.result(f"{name:<{width}}  {wording.figure(figure)}{whole}  {figure.meaning}")
