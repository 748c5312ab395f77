"""`cl init`: a folder of exports made a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from complaints_learning import columns, wording
from complaints_learning.commands import say
from complaints_learning.errors import SettingsError

if TYPE_CHECKING:
    from complaints_learning.proposal import Proposal, Proposed

app = typer.Typer(rich_markup_mode=None)

HELP = """Make a folder of exports a workspace.

Looks at each export, says which table it is and what its columns mean with three sample values
each (shapes and codes only, never names or texts), asks about the headers that nobody knows, and
writes cl.toml. Changes nothing else.

\\b
Examples:
  cl init complaints-2023
  cl init . --no-input
"""


@app.command(help=HELP)
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with the exports.")],
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask nothing; leave what is unknown to be filled in.")
    ] = False,
    council: Annotated[str, typer.Option("--council", help="The council's name.")] = "",
) -> None:
    from complaints_learning import pipeline, write

    target = folder / "cl.toml"
    if not folder.is_dir():
        raise SettingsError(
            f"{folder}: is not a folder.",
            "Make it, and put the exports there.",
            "workspace-missing",
        )
    if target.exists():
        raise SettingsError(
            f"{target}: is there already, and is not written over.",
            "Change it in a text editor, or move it away and run again.",
            "workspace-exists",
        )
    proposal = pipeline.propose(folder)
    asking = not no_input and sys.stdin.isatty()
    for line in _told(proposal):
        say.note(line)
    decided = _asked(proposal) if asking else {}
    name = council or (typer.prompt("The council's name", err=True) if asking else "The council")
    write.settings(proposal, name, decided, target)
    say.result(str(target))
    left = len(proposal.unknown) - len(decided)
    if left:
        say.note(f"{left} {wording.plural(left, 'header')} nobody knows; see the file.")
    say.note(f"Next: cl check --workspace {folder}")
    raise typer.Exit(0 if proposal.sources and not left else 3)


def _told(proposal: Proposal) -> list[str]:
    lines: list[str] = []
    for table, files in proposal.sources:
        lines += ["", f"{columns.TABLES[table].title}: {wording.listed(files)}"]
        for one in proposal.columns:
            if one.table == table and one.name != columns.IGNORE:
                samples = f"  ({'; '.join(one.samples)})" if one.samples else ""
                lines.append(f"  {one.header} -> {one.name or '?'}{samples}")
        ignored = [o.header for o in proposal.columns if (o.table, o.name) == (table, "ignore")]
        if ignored:
            lines.append(f"  known and not read: {', '.join(ignored)}")
    lines += [f"Not read: {problem}" for problem in proposal.problems]
    lines += [f"No table that could be told: {file}" for file in proposal.unread]
    return lines or ["No exports were found."]


def _asked(proposal: Proposal) -> dict[tuple[str, str], str]:
    """What a person says of each unknown column; an empty answer leaves it open."""
    decided: dict[tuple[str, str], str] = {}
    for one in proposal.unknown:
        answer = _one(one)
        if answer:
            decided[one.table, one.header] = answer
    return decided


def _one(one: Proposed) -> str:
    names = (*columns.TABLES[one.table].names(), columns.IGNORE)
    likely = ", ".join((*one.closest, columns.IGNORE))
    say.note(f"\n{one.place}: what is '{one.header}'? ({'; '.join(one.samples)})")
    while True:
        said = typer.prompt(f"  {likely}, another column, or nothing", default="", err=True)
        answer = str(said).strip().casefold().replace(" ", "_")
        if not answer or answer in names:
            return answer
        say.note(f"  There is no column '{answer}'. There are: {', '.join(names)}")
