"""`cl trend`: complaints by month with the limits of chance, in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from complaints_learning.commands import looks, picture, say
from complaints_learning.commands.options import (
    CacheOption,
    EditionOption,
    JsonOption,
    PeriodOption,
    WorkspaceOption,
    one_of,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.findings import Findings

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Show complaints by month, with the average and the limits of chance.

Up to 24 months to the end of the period. From 12 months on there are limits; a
month outside them, or a long run on one side, is a signal in either direction.

\b
Examples:
  cl trend --period 2023
  cl trend --period 2023 --of upheld
"""
_CHARTS = {"received": ("xmr", "received"), "upheld": ("xmr_upheld_or_partly", "upheld_or_partly")}


@app.command(help=HELP)
def trend(
    period: PeriodOption,
    of: Annotated[
        str,
        typer.Option(
            "--of",
            metavar="received|upheld",
            help="Which complaints.",
            autocompletion=one_of("received", "upheld"),
        ),
    ] = "received",
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    no_cache: CacheOption = False,
    json: JsonOption = False,
) -> None:
    if of not in _CHARTS:
        raise SettingsError(
            f"--of '{of}': it is received or upheld.",
            say.meant(of, _CHARTS)
            or "received is every complaint; upheld is upheld or partially upheld.",
            code="trend-unknown",
        )
    overview, shown = looks.at(workspace, period, edition, no_cache)
    chart, stem = _CHARTS[of]
    if json:
        figures = say.figures_as_json(shown)
        told = {name: told for name, told in figures.items() if name.startswith(f"trend.{stem}.")}
        fact = shown.facts.get(f"trend.{stem}", "")
        say.as_json(
            {"period": say.period_as_json(overview.period), "verdict": fact, "figures": told}
        )
        return
    say.heading(overview.period, overview.problems)
    if chart not in shown.charts:
        say.result(f"No trend: {shown.missing.get('trend', 'not supplied')}.")
        return
    _draw(shown, chart)
    themes = say.line(f"cl themes --period {period}")
    say.what_next(overview.problems, f"What they were about: {themes}")


def _draw(shown: Findings, chart: str) -> None:
    plan = shown.charts[chart]
    marks = {
        title: shown.figures[name]
        for title, name in (
            ("lower limit", plan.lower),
            ("mean" if plan.upper else "median", plan.centre),
            ("upper limit", plan.upper),
        )
        if name
    }
    say.result(f"{plan.title}\n")
    rows = [
        (label, shown.figures[name])
        for label, name in zip(plan.labels, plan.series[0].figures, strict=True)
    ]
    for line in picture.dots(rows, list(marks.values())):
        say.result(line)
    told = [f"{title} {wording.figure(figure)}" for title, figure in marks.items()]
    say.result(f"\n| {wording.listed(told)}")
    if left_out := shown.missing.get("trend_months"):
        say.result(f"{left_out}.")
    listing = shown.listings.get("signals")
    signals = [row for row in listing.rows if row[0] == plan.series[0].title] if listing else []
    for _, months, said in signals:
        say.result(f"{months}: {wording.lower_first(said)}")
    if plan.upper and not signals:
        say.result("No month and no run of months stands out.")
