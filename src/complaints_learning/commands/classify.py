"""`cl classify`: the themes of the texts in any spreadsheet or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, QuietOption, WorkspaceOption
from complaints_learning.nouns import wording

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Give each text of a spreadsheet or CSV its themes, with the words that led there.

Each row has the themes, the main one first, with the probability of each, of which probability is
the least. The result holds words of the texts (evidence): keep it as private as the texts
themselves. In a workspace that has its own templates/themes.toml the themes are those.

\b
Examples:
  cl classify complaints.xlsx --text-column "Summary"
  cl classify complaints.csv --text-column Details --out themes.xlsx
"""


@app.command(help=HELP)
def classify(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="A workbook or CSV file.")],
    text_column: Annotated[
        str, typer.Option("--text-column", "-t", metavar="NAME", help="The column of the texts.")
    ],
    reference_column: Annotated[
        str, typer.Option("--reference-column", metavar="NAME", help="Else Reference, or the row.")
    ] = "",
    out: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--out", metavar="FILE", help="A .csv, .xlsx or .jsonl file; else printed."),
    ] = None,
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    from complaints_learning.jobs import labelling
    from complaints_learning.read import places
    from complaints_learning.write import labelled

    if out is not None:
        places.not_over(out, [path])
    say.step("finding themes")
    found = labelling.file(path, text_column, reference_column, places.perhaps(workspace, path))
    code = 3 if found.problems else 0
    unsure = sum(row[8] == "no" and bool(row[1]) for row in found.rows)
    none = sum(not row[1] for row in found.rows)
    if out is not None:
        labelled.save(found.rows, out)
    if json:
        say.as_json(
            {
                "texts": len(found.rows),
                "unsure": unsure,
                "without_theme": none,
                "empty": found.empty,
                "left_out": [f"{place}: {reason}" for place, reason in found.left_out],
                "output": str(out) if out is not None else None,
                "rows": [] if out is not None else list(map(labelled.as_dict, found.rows)),
                "problems": say.problems_as_json(found.problems),
                "exit_code": code,
            }
        )
        raise typer.Exit(code)
    if out is None:
        print(labelled.csv_text(found.rows).replace("\r\n", "\n"), end="")
    else:
        say.note(f"Written: {out}", quiet)
    many = f"{wording.number(len(found.rows))} {wording.plural(len(found.rows), 'text')}"
    say.note(
        f"{many}: {wording.number(unsure)} unsure, {wording.number(none)} without a theme "
        f"({wording.number(found.empty)} of them empty).",
        quiet,
    )
    for place, reason in found.left_out:
        say.note(f"{place}: left out, because it is {reason}.", quiet)
    for problem in found.problems:
        say.note(str(problem), quiet)
    raise typer.Exit(code)
