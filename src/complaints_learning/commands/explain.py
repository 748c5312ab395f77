"""`cl explain`: what a figure counts, one complaint's way, or what a problem code means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import (
    CacheOption,
    EditionOption,
    JsonOption,
    WorkspaceOption,
    one_of,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.codes import CODES
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.findings import Figure

if TYPE_CHECKING:
    from complaints_learning.jobs.tracing import ComplaintTrace

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Explain a figure, a complaint or a problem code.

A figure: its meaning, value, denominator and rule; with --edition internal the reference, file,
sheet and row of each complaint that it counts. A complaint, with --edition internal: its rows,
outcome, themes with the words that led there, the rows merged into it, and every figure that
counts it. A problem code: what it means.

\b
Examples:
  cl explain theme.communication.upheld_or_partly --period 2023
  cl explain upheld_or_partly -p 2023 --edition internal --xlsx rows.xlsx
  cl explain 0050120 --period 2023 --edition internal
  cl explain outcome-unknown
"""


@app.command(help=HELP)
def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME", help="A figure, reference or code.", autocompletion=one_of(*CODES)
        ),
    ],
    period: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option("--period", "-p", metavar="PERIOD", help="Needed but for a problem code."),
    ] = None,
    workspace: WorkspaceOption = None,
    edition: EditionOption = "public",
    xlsx: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--xlsx", metavar="FILE", help="Write the rows as a workbook (internal)."),
    ] = None,
    no_cache: CacheOption = False,
    json: JsonOption = False,
) -> None:
    if name in CODES:
        _code(name, json)
        return
    if period is None:
        again = say.line(f"cl explain {name} --period 2023 --edition internal")
        close = say.meant(name, CODES)
        raise SettingsError(
            f"'{name}' is not a problem code, and for a figure or a complaint a period is needed.",
            f"{close} For a complaint (a figure needs no edition): {again}".strip(),
            code="period-missing",
        )
    from complaints_learning import pipeline
    from complaints_learning.jobs import looking, tracing
    from complaints_learning.nouns.counted import edition_of
    from complaints_learning.read import places

    home, shown = places.workspace(workspace), edition_of(edition)
    overview = looking.overview(home, period, say.step, no_cache, evidence=True)
    found = overview.findings.figures.get(name)
    if found is not None and shown == "public":
        if xlsx is not None:
            raise SettingsError(
                "--xlsx lists references, so it needs --edition internal.",
                "Keep that workbook inside the council.",
                code="edition-unknown",
            )
        _figure(pipeline.protect(overview, "public").figures[name], tracing.rule(found), None, json)
        return
    if found is None and shown == "public":
        raise tracing.no_figure(overview.findings, name)
    counted = overview.counted or pipeline.count(home, period, step=say.step, evidence=True)
    reference = "" if found is not None else tracing.reference(counted, name)
    if reference:
        _complaint(tracing.complaint(counted, reference), json)
        return
    traced = tracing.figure(counted, name)
    if xlsx is not None:
        from complaints_learning import write

        places.not_over(xlsx, (counted.workspace / one.file for one in counted.checked.sources))
        write.rows(traced.rows, f"{name}: {traced.figure.meaning}", xlsx)
        say.wrote(xlsx)
        return
    _figure(traced.figure, traced.rule, traced.rows.to_dict("records"), json)


def _code(name: str, json: bool) -> None:
    code = CODES[name]
    if json:
        say.as_json(
            {"code": name, "title": code.title, "meaning": code.meaning, "todo": code.todo},
            "explain-code",
        )
    else:
        say.result(f"{name}: {code.title}\n\n{code.meaning}\n\nWhat to do: {code.todo}")


def _figure(
    figure: Figure, rule: str, rows: Sequence[Mapping[Any, Any]] | None, json: bool
) -> None:
    listed = list(rows or ())
    if json:
        say.as_json(
            {
                **say.figure_as_json(figure),
                "name": figure.name,
                "rule": rule,
                "rows": listed,
            },
            "explain-figure",
        )
        return
    say.result(f"{figure.name}\n  {figure.meaning}")
    say.result(f"  value: {wording.figure(figure)} {figure.unit}")
    if figure.of is not None:
        whole = f" ({figure.of_name})" if figure.of_name else ""
        say.result(f"  of: {wording.number(figure.of)}{whole}, {wording.figure(figure, 'percent')}")
    if figure.low is not None:
        say.result(f"  95% interval: {wording.figure(figure, 'interval')}")
    if rule:
        say.result(f"  counts: {rule}")
    for row in listed:
        sheet = f", sheet {row['sheet']}" if row["sheet"] else ""
        say.result(f"  {row['reference']}  {row['file']}{sheet}, row {row['row']}")
    if rows is None:
        say.note("To list the complaints, add: --edition internal")


_TOLD_BELOW = ("reference", "confirmed", "agreed")
"""Columns of a complaint that its themes tell in words."""


def _complaint(traced: ComplaintTrace, json: bool) -> None:
    complaint = traced.complaint.astype(object).to_dict("records")[0]
    stages = traced.stages.astype(object).to_dict("records")
    themes = traced.themes.astype(object).to_dict("records")
    if json:
        say.as_json(
            {
                "complaint": _jsonable(complaint),
                "stages": [_jsonable(row) for row in stages],
                "merged": [
                    {
                        "place": str(row.place),
                        "why": row.why,
                        "into": str(row.into),
                        "changed": list(row.changed),
                    }
                    for row in traced.merged
                ],
                "themes": [_jsonable(row) for row in themes],
                "figures": list(traced.figures),
            },
            "explain-complaint",
        )
        return
    say.result(f"{traced.reference}")
    for name, value in _jsonable(complaint).items():
        if value not in ("", None, False) and name not in _TOLD_BELOW:
            say.result(f"  {name}: {value}")
    for row in stages:
        dates = ", ".join(
            f"{name} {value}"
            for name, value in _jsonable(row).items()
            if name in ("received", "acknowledged", "due", "responded") and value
        )
        say.result(
            f"  stage {row['stage']}: {dates}; {row['outcome']}; {row['file']}, row {row['row']}"
        )
    for one in traced.merged:
        say.result(f"  {one.place}: {one.why}; see {one.into}")
        for change in one.changed:
            say.result(f"    {change}")
    for row in themes:
        primary = ", primary" if row["primary"] else ""
        sure = f"{100 * float(row['probability']):.0f}%"
        by = {"person": "a person decided", "words": "from its words", "model": "from decisions"}
        sub = f" ({row['sub_title']})" if row["sub_title"] else ""
        sure += "" if row["sure"] else ", not sure"
        say.result(f"  theme {row['theme']}{sub}{primary}: {by[str(row['decided'])]}, {sure}")
        if row["words"]:
            say.result(f"    led there: {row['words']}")
    if not themes:
        decided = complaint.get("confirmed")
        say.result("  no theme: a person decided" if decided else "  no theme was found")
    for problem in traced.problems:
        say.result(f"  to look at: {problem.place}: {problem.message}")
    many = len(traced.figures)
    say.result(f"  counted in {wording.number(many)} {wording.plural(many, 'figure')}:")
    for name in traced.figures:
        say.result(f"    {name}")


def _jsonable(row: Mapping[Any, Any]) -> dict[str, Any]:
    """Dates as days, missing ones as nothing."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if value is None or value != value:
            found[name] = None
        elif hasattr(value, "date"):
            found[name] = value.date().isoformat()
        else:
            found[name] = value.item() if hasattr(value, "item") else value
    return found
