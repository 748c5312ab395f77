"""`cl rerun`: the report of a run record made again, to the same bytes, or what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, QuietOption, WorkspaceOption

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Make the report of a run record again, and say whether it is the same.

Holds every input, setting and template against the record. When all are as they were the report
is made again, for the same day, and its bytes are compared; nothing is kept. When something has
changed that is said, and nothing is made unless --out says where. Leaves with 0 when every byte
is the same and 3 when not.

\b
Examples:
  cl rerun out/2022-23/run.json
  cl rerun out/2022-23/run.json --out again
"""


@app.command(help=HELP)
def rerun(
    record: Annotated[Path, typer.Argument(metavar="RUN.json", help="A run record.")],
    workspace: WorkspaceOption = None,
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", "-o", metavar="DIR", help="Keep what is made, in this folder."),
    ] = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import rerunning

    again = rerunning.rerun(record, workspace, out, say.step)
    if json:
        say.as_json(
            {
                "same": again.exit_code == 0,
                "inputs": list(again.inputs),
                "outputs": list(again.outputs),
                "made": [str(path) for path in again.made],
                "exit_code": again.exit_code,
            }
        )
        raise typer.Exit(again.exit_code)
    for line in (*again.inputs, *again.outputs):
        say.result(line)
    if again.exit_code == 0:
        names = ", ".join(one.file for one in again.run.outputs)
        say.result(f"The same bytes again: {names}")
    elif not again.made:
        say.note("Nothing was made. To make it from what there is now, add: --out DIR", quiet)
    for path in again.made:
        say.wrote(path)
    raise typer.Exit(again.exit_code)
