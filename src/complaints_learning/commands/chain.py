"""`cl chain`: each theme from complaint to tested change, and where that breaks."""

from __future__ import annotations

from typing import Any

import typer

from complaints_learning.commands import looks, say
from complaints_learning.commands.options import (
    CacheOption,
    EditionOption,
    JsonOption,
    PeriodOption,
    WorkspaceOption,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell, Findings

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Follow each theme from complaint to learning, action, test and result.

For each theme: complaints upheld or partially upheld, with learning recorded,
actions done and overdue, what tested the practice, the verdict, and the first
step that is missing.

\b
Examples:
  cl chain --period 2023
  cl chain --period 2023 --edition internal --json
"""


@app.command(help=HELP)
def chain(
    period: PeriodOption,
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    no_cache: CacheOption = False,
    json: JsonOption = False,
) -> None:
    overview, shown = looks.at(workspace, period, edition, no_cache)
    if json:
        say.as_json({"period": say.period_as_json(overview.period), "themes": _as_json(shown)})
        return
    say.heading(overview.period, overview.problems)
    grid = shown.grids.get("chain")
    if grid is None:
        say.result("No theme was raised in a complaint that was upheld or partially upheld.")
        return
    told: list[str] = []
    for title, cells in zip(grid.rows, grid.cells, strict=True):
        said = [_text(shown, cell) for cell in _cells(cells)]
        told += said
        upheld, learning, actions, done, overdue, tested_by, met, verdict, gap = said
        say.result(title)
        say.result(f"  complaints  {upheld} upheld or partially upheld, {learning} with learning")
        taken = f"{actions}: {done} done, {overdue} overdue"
        say.result(f"  actions     {'not supplied' if 'actions' in shown.missing else taken}")
        say.result(f"  tested by   {tested_by}{f', {met} met the standard' if met != '-' else ''}")
        say.result(f"  verdict     {verdict}")
        say.result(f"  first gap   {gap}")
    for source in ("actions", "assurance", "forms"):
        if source in shown.missing:
            say.note(f"{source}: {shown.missing[source]}")
    looks.hidden(told, f"cl chain --period {period}")
    report = say.line(f"cl report --period {period}")
    say.what_next(overview.problems, f"The whole account: {report}")


def _cells(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A row of the report's table, which has to fit a page, with how many actions there are."""
    upheld, learning, *others = cells
    actions = Cell(upheld.figure.replace("upheld_or_partly", "actions"))
    return (upheld, learning, actions, *others)


def _text(shown: Findings, cell: Cell) -> str:
    return wording.figure(shown.figures[cell.figure], cell.show) if cell.figure else cell.text


def _as_json(shown: Findings) -> list[dict[str, Any]]:
    grid = shown.grids.get("chain")
    if grid is None:
        return []
    names = ("upheld_or_partly", "learning", "actions", "done", "overdue", "tested_by", "met")
    keys = (*names, "verdict", "gap")
    return [
        {
            "theme": title,
            **dict(zip(keys, (_text(shown, cell) for cell in _cells(cells)), strict=True)),
        }
        for title, cells in zip(grid.rows, grid.cells, strict=True)
    ]
