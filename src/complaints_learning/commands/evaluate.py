"""`cl evaluate`: how well themes are found, against texts that people labelled."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, WorkspaceOption

if TYPE_CHECKING:
    from complaints_learning.classify.accuracy import Accuracy

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Measure how well themes are found, against texts that people labelled.

FILE is JSON lines with text, themes and primary (and readers, each labeller's themes), or a
spreadsheet with the columns text, themes (joined by ;) and primary, and themes 2, themes 3 of
further labellers, or a review workbook with what a person decided. Only the words of the texts
are used: nothing learned from decisions. In a workspace that has its own templates/themes.toml
those themes are measured.

\b
Examples:
  cl evaluate labelled.jsonl
  cl evaluate labelled.xlsx --json
  cl evaluate review/decisions.xlsx
  cl evaluate labelled.csv --chart accuracy.png
  cl evaluate audit.csv --text-column Summary --themes-column "Theme(s)"
"""


@app.command(help=HELP)
def evaluate(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Labelled texts.")],
    text_column: Annotated[
        str, typer.Option("--text-column", metavar="NAME", help="The column of the texts.")
    ] = "text",
    themes_column: Annotated[
        str, typer.Option("--themes-column", metavar="NAME", help="The column of the themes.")
    ] = "themes",
    primary_column: Annotated[
        str, typer.Option("--primary-column", metavar="NAME", help="The column of the main theme.")
    ] = "primary",
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    chart: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--chart", metavar="PNG", help="Draw F1 by theme as a picture."),
    ] = None,
) -> None:
    from complaints_learning.jobs import evaluating
    from complaints_learning.read import places

    if chart is not None:
        evaluating.may_draw(chart, path)
    home = places.perhaps(workspace, path)
    say.step("finding themes")
    found = evaluating.evaluate(path, text_column, home, themes_column, primary_column)
    if chart is not None:
        evaluating.picture(found, chart, home)
        say.note(f"Written: {chart}")
    if json:
        from complaints_learning.classify import accuracy

        say.as_json(accuracy.as_dict(found))
        return
    for line in lines(found):
        say.result(line)
    say.note("To change the words of a theme: cl template copy themes.toml")


def lines(found: Accuracy) -> list[str]:
    """The table at the terminal."""
    out = [f"{'theme':<20} {'texts':>5} {'precision':>9} {'recall':>6} {'F1':>5}  95% interval"]
    out += [
        f"{each.theme:<20} {each.count:>5} {each.precision:>9.2f} {each.recall:>6.2f} "
        f"{each.f1:>5.2f}  {each.low:.2f} to {each.high:.2f}"
        for each in found.scores
    ]
    out += [
        "",
        f"texts             {found.texts:>6}"
        + (f"   (left out, without a text or themes: {found.skipped})" if found.skipped else ""),
        f"macro-F1          {found.macro_f1:>6.3f}",
        f"micro-F1          {found.micro_f1:>6.3f}   "
        f"({found.micro_low:.2f} to {found.micro_high:.2f})",
    ]
    if found.primary is not None and found.primary_low is not None:
        out.append(
            f"primary right     {found.primary:>6.3f}   "
            f"({found.primary_low:.2f} to {found.primary_high or 0:.2f})"
        )
    if found.agreement is not None:
        out.append(f"labellers agree   {found.agreement:>6.3f}   (Krippendorff's alpha)")
    out += [
        f"calibration error {found.ece:>6.3f}   (how far probability is from being right)",
        "",
        "probability   labels  mean  right",
    ]
    out += [
        f"{low:.1f} to {low + 0.1:.1f} {count:>9} {said:>6.2f} {right:>6.2f}"
        for low, count, said, right in found.reliability
    ]
    if found.coverage:
        out += ["", "most certain share of texts, and how often their primary theme is right"]
        out += [f"{share:>5.0%} {right:>6.2f}" for share, right in found.coverage]
    return out
