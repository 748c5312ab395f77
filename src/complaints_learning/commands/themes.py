"""`cl themes`: what complaints were about, as bars in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from complaints_learning.commands import looks, picture, say
from complaints_learning.commands.options import (
    CacheOption,
    EditionOption,
    JsonOption,
    PeriodOption,
    WorkspaceOption,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure, Findings

if TYPE_CHECKING:
    from complaints_learning.nouns.counted import Overview

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Show what complaints were about: a bar a theme, upheld or partially upheld.

A complaint with several themes is counted under each.

\b
Examples:
  cl themes --period 2023
  cl themes --period 2022-23Q3 --edition internal
"""


@app.command(help=HELP)
def themes(
    period: PeriodOption,
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    no_cache: CacheOption = False,
    json: JsonOption = False,
) -> None:
    overview, shown = looks.at(workspace, period, edition, no_cache)
    rows = [
        *((title, f"theme.{code}") for code, title in overview.titles.items()),
        ("No theme found", "theme.none"),
    ]
    if json:
        names = [f"{stem}.upheld_or_partly" for _, stem in rows]
        figures = say.figures_as_json(shown)
        told = {name: figures[name] for name in names}
        say.as_json({"period": say.period_as_json(overview.period), "figures": told})
        return
    say.heading(overview.period, overview.problems)
    upheld = shown.figures["upheld_or_partly"]
    say.result(f"Complaints upheld or partially upheld: {wording.figure(upheld)}\n")
    changes = [_change(shown, f"change.{stem}.upheld_or_partly") for _, stem in rows]
    lines = picture.bars(
        [(title, shown.figures[f"{stem}.upheld_or_partly"]) for title, stem in rows], changes
    )
    for line in lines:
        say.result(line)
    if any(changes):
        say.note(f"In brackets: the change from {overview.period.before().label}.")
    looks.hidden(lines, f"cl themes --period {period}")
    _by_words(overview, shown, period, edition)
    chain = say.line(f"cl chain --period {period}")
    say.what_next(overview.problems, f"What was learned and done about each: {chain}")


def _by_words(overview: Overview, shown: Findings, period: str, edition: str) -> None:
    """That people's decisions keep words from counting, as those of a theme that is new."""
    review = say.line(f"cl review --period {period}")
    new = [(title, f"theme.{code}.by_words") for code, title in overview.titles.items()]
    for also, fact in (*new, ("under another theme", "decided.more_by_words")):
        more = int(shown.facts.get(fact, 0))
        if not more:
            continue
        small = edition == "public" and more <= overview.settings.small_numbers.hidden_up_to
        many = "A few" if small else wording.number(more)
        one = more == 1 and not small
        complaints, its = ("complaint", "its") if one else ("complaints", "their")
        say.note(f"{many} decided {complaints} would also be {also} by {its} words: {review}")


def _change(shown: Findings, name: str) -> str:
    """'(+4)' from the year before; nothing when that is not known or may not be told."""
    figure: Figure | None = shown.figures.get(name)
    if figure is None or figure.value is None:
        return ""
    return f"({'+' if figure.value > 0 else ''}{wording.number(figure.value)})"
