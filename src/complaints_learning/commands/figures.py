"""`cl figures`: every figure of a period."""

from __future__ import annotations

import difflib
from typing import Annotated

import msgspec
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
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.findings import Findings

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """List the figures of a period with name, value, denominator and meaning.

All of them, or those with WORD in their name or meaning. The names are stable: templates, the data
pack and --json use the same ones.

\b
Examples:
  cl figures --period 2023
  cl figures communication --period 2023
  cl figures --period 2023 --edition internal --json
"""


@app.command(help=HELP)
def figures(
    period: PeriodOption,
    word: Annotated[
        str,
        typer.Argument(metavar="[WORD]", help="Only figures that say this.", show_default=False),
    ] = "",
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    no_cache: CacheOption = False,
    json: JsonOption = False,
) -> None:
    overview, every = looks.at(workspace, period, edition, no_cache)
    shown = _with(word, every)
    if json:
        say.as_json(
            {"period": say.period_as_json(overview.period), "figures": say.figures_as_json(shown)}
        )
        return
    say.heading(overview.period, overview.problems)
    width = max((len(name) for name in shown.figures), default=0)
    for name, figure in shown.figures.items():
        whole = f" of {wording.number(figure.of)}" if figure.of is not None else ""
        say.result(f"{name:<{width}}  {wording.figure(figure)}{whole}  {figure.meaning}")
    name = next(iter(shown.figures))
    explain = say.line(f"cl explain {name} --period {period}")
    say.what_next(overview.problems, f"What one counts: {explain}")


def _with(word: str, shown: Findings) -> Findings:
    """The findings with those figures alone that say the word."""
    if not word:
        return shown
    asked = word.casefold()
    found = {
        name: figure
        for name, figure in shown.figures.items()
        if asked in name.casefold() or asked in figure.meaning.casefold()
    }
    if not found:
        known = {part for name in shown.figures for part in (name, *name.split("."))}
        close = difflib.get_close_matches(asked, sorted(known), n=1)
        raise SettingsError(
            f"no figure has '{word}' in its name or meaning.",
            f"Did you mean {close[0]}?" if close else "`cl figures` without a word lists all.",
            code="name-unknown",
        )
    return msgspec.structs.replace(shown, figures=found)
