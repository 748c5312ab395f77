"""`cl sample`: the invented council's workspace, to try everything on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Write the invented sample workspace to a folder.

Two years of a made-up council: registers, monitoring forms, actions, audits, and its cl.toml.
Nobody in it exists.

\b
Examples:
  cl sample demo
  cl report --workspace demo --period 2023
"""


@app.command(help=HELP)
def sample(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is not there.")],
    json: JsonOption = False,
) -> None:
    from complaints_learning import write
    from complaints_learning.read import places

    count = write.sample(places.shipped("sample_data"), folder)
    if json:
        say.as_json({"output": str(folder), "files": count, "exit_code": 0})
        return
    say.result(str(folder))
    report = f"cl report --workspace {say.quoted(folder)} --period 2023"
    say.note(f"{count} files written. Next: {report}")
