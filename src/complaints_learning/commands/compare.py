"""`cl compare`: which figures changed between two runs, and through which rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, QuietOption
from complaints_learning.nouns import wording

if TYPE_CHECKING:
    from complaints_learning.jobs.comparing import Change, Compared
    from complaints_learning.nouns.runs import Number

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Say which figures changed between two runs.

Reads two run records (the run.json beside each report; keep a copy of the old one) and lists what
went in differently and every figure that differs, the headline figures first. With two internal
records it names the complaints behind each change. Leaves with 0 when all are the same and 3 when
not.

\b
Examples:
  cl compare march/run.json april/run.json
  cl compare run-before.json out/2022-23/run-OFFICIAL-SENSITIVE.json
"""
_ROWS = 8


@app.command(help=HELP)
def compare(
    first: Annotated[Path, typer.Argument(metavar="RUN-A.json", help="The earlier record.")],
    second: Annotated[Path, typer.Argument(metavar="RUN-B.json", help="The later one.")],
    every: Annotated[
        bool, typer.Option("--all", help="List every row, not the first few.")
    ] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import comparing, recording

    found = comparing.runs(recording.read_back(first), recording.read_back(second))
    if json:
        say.as_json(_as_json(found))
        raise typer.Exit(found.exit_code)
    _print(found, None if every else _ROWS, quiet)
    raise typer.Exit(found.exit_code)


def _print(found: Compared, most: int | None, quiet: bool) -> None:
    for line in found.files:
        say.note(line, quiet)
    if not found.changes:
        say.result("Every figure is the same.")
        return
    count = len(found.changes)
    say.result(f"{wording.number(count)} {wording.plural(count, 'figure')} changed:")
    for one in sorted(found.changes, key=lambda change: (change.name.count("."), change.name)):
        say.result(f"  {one.name}: {_was_now(one)}")
        for row in one.rows[:most]:
            why = f" ({'; '.join(row.why)})" if row.why else ""
            say.result(f"    {row.how} {row.reference}{why}")
        if most is not None and len(one.rows) > most:
            say.result(f"    and {len(one.rows) - most} more: --all")
    if not (found.first.internal and found.second.internal):
        say.note("Two internal records (--edition internal) would name the rows.", quiet)


def _was_now(one: Change) -> str:
    was, now = _value(one.was, one.masked[0]), _value(one.now, one.masked[1])
    if was != now or one.of_was == one.of_now:
        return f"{was}, now {now}"
    return f"{was} of {one.of_was}, now {now} of {one.of_now}"


def _value(value: Number, masked: bool) -> str:
    if value is None:
        return "hidden" if masked else "none"
    return wording.number(value) if isinstance(value, int) else f"{value:.4g}"


def _as_json(found: Compared) -> dict[str, Any]:
    return {
        "files": list(found.files),
        "changes": [
            {
                "name": one.name,
                "was": one.was,
                "now": one.now,
                "of_was": one.of_was,
                "of_now": one.of_now,
                "masked_was": one.masked[0],
                "masked_now": one.masked[1],
                "rows": [
                    {"how": row.how, "reference": row.reference, "why": list(row.why)}
                    for row in one.rows
                ],
            }
            for one in found.changes
        ],
        "exit_code": found.exit_code,
    }
