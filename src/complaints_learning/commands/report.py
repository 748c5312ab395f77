"""`cl report`: the learning report of a period."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import (
    EditionOption,
    JsonOption,
    PeriodOption,
    QuietOption,
    WorkspaceOption,
    one_of,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import SettingsError

if TYPE_CHECKING:
    from complaints_learning.nouns.runs import Run

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Write the learning report for a period.

Reads every export named in cl.toml, and writes out/PERIOD/learning-report.docx in the
workspace. Prints the report's path; what was read and left out goes to stderr.

\b
Examples:
  cl report --period 2023
  cl report --period 2022-23Q3 --format docx --format html
  cl report --period last --edition internal
  cl report --period 2023 --open
  cl report --period last --if-changed --quiet --log-file cl.log
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
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="docx (default), html, xlsx, pdf.",
            autocompletion=one_of("docx", "html", "xlsx", "pdf"),
        ),
    ] = None,
    edition: EditionOption = "public",
    template: Annotated[
        str, typer.Option("--template", metavar="NAME", help="Which report to tell.")
    ] = "learning_report",
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing when a cell needs a look; exit 2.")
    ] = False,
    if_changed: Annotated[
        bool,
        typer.Option("--if-changed", help="Do nothing when all is as it was in the last run."),
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Open the report when it is written.")
    ] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning import pipeline
    from complaints_learning.nouns.counted import edition_of
    from complaints_learning.read import places

    formats = tuple(dict.fromkeys(format_ or ["docx"]))
    wrong = [one for one in formats if one not in pipeline.FORMATS]
    if wrong:
        raise SettingsError(
            f"--format '{wrong[0]}': it is one of {', '.join(pipeline.FORMATS)}.",
            _formats_meant(wrong[0], pipeline.FORMATS),
            code="format-unknown",
        )
    home, shown = places.workspace(workspace), edition_of(edition)
    if if_changed:
        from complaints_learning.jobs import recording

        last = recording.unchanged(home, out, period, shown, formats, template, strict)
        if last is not None:
            _unchanged(last, json, quiet)
            raise typer.Exit(last.exit_code)
    told = pipeline.report(
        home,
        period,
        edition=shown,
        formats=formats,
        out=out,
        template=template,
        strict=strict,
        step=say.step,
    )
    if json:
        say.as_json(_as_json(told))
    else:
        _print(told, quiet)
    if open_:
        _open(told.outputs[0])
    raise typer.Exit(told.exit_code)


def _open(path: Path) -> None:
    """Show the file in the program for its kind, or say that this computer knows none."""
    windows: Any = getattr(os, "startfile", None)
    if windows is not None:
        windows(path.resolve())
        return
    opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    code: int | None = 1
    if opener:
        nowhere = subprocess.DEVNULL
        with suppress(OSError):
            shown = subprocess.Popen(
                [opener, str(path.resolve())], stdin=nowhere, stdout=nowhere, stderr=nowhere
            )
            code = 0  # still busy after a moment: it shows the file
            with suppress(subprocess.TimeoutExpired):
                code = shown.wait(2)
    if code:
        say.note("No program is known here to open it; open it from its folder.")


def _unchanged(last: Run, json: bool, quiet: bool) -> None:
    if json:
        day = {"made": last.made, "day": last.day, "exit_code": last.exit_code}
        say.as_json(
            {"unchanged": True, "outputs": [o.file for o in last.outputs], **day}, "unchanged"
        )
        return
    say.note(
        f"{last.period.label}: nothing has changed since {last.made[:10]} {last.made[11:16]} UTC, "
        "so nothing was done.",
        quiet,
    )


def _print(told: Any, quiet: bool) -> None:
    counted = told.counted
    say.heading(counted.period, told.problems, quiet)
    for line in say.rows(counted.findings, counted.checked):
        say.note(line, quiet)
    kinds = say.problem_kinds(told.problems)
    if kinds:
        say.note("To look at:", quiet)
        for kind in kinds:
            say.note(f"  {kind}", quiet)
        say.note(f"  See each cell with: {say.line('cl check')}", quiet)
    for path in told.outputs:
        say.wrote(path)
    for path in told.kept:
        say.aloud(f"An older file that somebody had edited is kept as {path.name}")
        if path.suffix == ".docx":
            then = say.line(f"cl refresh {say.quoted(path)}")
            say.note(f"Bring its figures up to date with: {then}", quiet)
    if told.overlaps:
        others = wording.listed(told.overlaps)
        say.note(
            f"There is a public report of {others} too. Do not publish two periods that share "
            "days: taken from each other they show what each hides.",
            quiet,
        )
    say.note(f"Its run record: {told.record.name}", quiet)
    say.note(f"After editing: {_verify(told)}", quiet)


def _verify(told: Any) -> str:
    """What to type when people have edited the Word file."""
    document = next((path for path in told.outputs if path.suffix == ".docx"), Path("FILE.docx"))
    return say.line(f"cl verify {say.quoted(document)}")


def _as_json(told: Any) -> dict[str, Any]:
    counted = told.counted
    return {
        "period": say.period_as_json(counted.period),
        "rows": say.rows_as_json(counted.findings, counted.checked),
        "figures": say.figures_as_json(told.shown),
        "outputs": [str(path) for path in told.outputs],
        "kept": [str(path) for path in told.kept],
        "record": str(told.record),
        "problems": say.problems_as_json(told.problems),
        "exit_code": told.exit_code,
    }


_CALLED = {"word": "docx", "excel": "xlsx", "web": "html"}


def _formats_meant(typed: str, known: tuple[str, ...]) -> str:
    """A hint for several formats in one, a program's name, or a slip."""
    each = [one.strip().casefold() for one in typed.split(",")]
    each = [_CALLED.get(one, one) for one in each if one]
    if len(each) > 1 and set(each) <= set(known):
        return f"Each by itself: {' '.join(f'-f {one}' for one in each)}"
    return f"Did you mean '{each[0]}'?" if each and each[0] in known else say.meant(typed, known)
