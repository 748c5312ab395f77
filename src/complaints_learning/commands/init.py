"""`cl init`: a folder of exports made a workspace."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption
from complaints_learning.nouns import columns, wording
from complaints_learning.nouns.errors import SettingsError

if TYPE_CHECKING:
    from complaints_learning.nouns.proposal import Proposal, Proposed

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Make a folder of exports a workspace.

Looks at each export, says which table it is and what its columns mean with three sample values
each (shapes and codes only, never names or texts), asks about the headers that nobody knows, and
writes cl.toml. Changes nothing else.

With --shell it looks at a Word file of the council's and puts its style map into cl.toml, also
into one that is there already.

\b
Examples:
  cl init complaints-2023
  cl init . --no-input
  cl init . --shell templates/council.docx
"""


@app.command(help=HELP)
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder with the exports.")],
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask nothing; leave what is unknown to be filled in.")
    ] = False,
    council: Annotated[str, typer.Option("--council", help="The council's name.")] = "",
    shell: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--shell", metavar="FILE.docx", help="The council's own Word file."),
    ] = None,
    json: JsonOption = False,
) -> None:
    from complaints_learning import pipeline, write

    target = folder / "cl.toml"
    if shell is not None and target.is_file():
        _shell(folder, shell)
        raise typer.Exit(0)
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
    asking = not (no_input or json) and sys.stdin.isatty()
    for line in () if json else _told(proposal):
        say.note(line)
    decided = _asked(proposal) if asking else {}
    name = council or (typer.prompt("The council's name", err=True) if asking else "The council")
    write.settings(proposal, name, decided, target)
    if shell is not None:
        _shell(folder, shell)
    left = len(proposal.unknown) - len(decided)
    needed = any(_needed(proposal, table) for table, _ in proposal.sources)
    code = 0 if proposal.sources and not left and not needed else 3
    if json:
        say.as_json({"output": str(target), **_as_json(proposal), "exit_code": code})
        raise typer.Exit(code)
    say.wrote(target)
    if left:
        say.note(f"{left} {wording.plural(left, 'header')} nobody knows; see the file.")
    say.note(f"Next: cl check --workspace {say.quoted(folder)}")
    raise typer.Exit(code)


def _as_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "sources": {table: list(files) for table, files in proposal.sources},
        "unknown": [{"table": one.table, "header": one.header} for one in proposal.unknown],
        "unread": list(proposal.unread),
        "problems": say.problems_as_json(proposal.problems),
    }


def _shell(folder: Path, shell: Path) -> None:
    """Look at the council's Word file, and put it and its style map into cl.toml."""
    from complaints_learning import write
    from complaints_learning.read import texts

    given = shell if shell.is_file() else folder / shell
    try:
        inside = given.resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        raise SettingsError(
            f"{shell}: is not inside the workspace {folder}.",
            "Copy it there, such as to templates/, and name it again.",
            "shell-outside",
        ) from None
    found = write.inspect_shell(given)
    target = folder / "cl.toml"
    write.shell_named(target, texts.text(target), inside, found.styles)
    for role, name in found.styles.items():
        say.note(f"  {role} -> {name or '(none; the report does without)'}")
    for role in found.missing:
        say.note(f"  {role}: no style fits; name one under [styles] before cl report.")
    slots = wording.listed(f"{{{{ {name} }}}}" for name in found.slots)
    say.note(f"Slots: {slots}" if slots else "No slots: the report goes to the end of the file.")
    say.wrote(target)


def _told(proposal: Proposal) -> list[str]:
    lines: list[str] = []
    for table, files in proposal.sources:
        more = [f"{len(files) - _SHOWN} more"] if len(files) > _SHOWN + 1 else []
        shown = [*files[:_SHOWN], *more] if more else files
        lines += ["", f"{columns.TABLES[table].title}: {wording.listed(shown)}"]
        for one in proposal.columns:
            if one.table == table and one.name != columns.IGNORE:
                samples = f"  ({'; '.join(one.samples)})" if one.samples else ""
                lines.append(f"  {one.header} -> {one.name or '?'}{samples}")
        ignored = [o.header for o in proposal.columns if (o.table, o.name) == (table, "ignore")]
        if ignored:
            lines.append(f"  known and not read: {', '.join(ignored)}")
        lines += _needed(proposal, table)
    lines += [f"Not read: {problem}" for problem in proposal.problems]
    for file in proposal.unread:
        lines.append(f"No table that could be told: {file}")
        lines.append("  If you know what it holds, put its name under [sources] in cl.toml.")
    return lines or ["No exports were found."]


_SHOWN = 5
"""Forms come in hundreds of files."""


def _needed(proposal: Proposal, table: str) -> list[str]:
    """What a table cannot do without and nobody found, with the header most like it."""
    kind = columns.TABLES[table]
    found = [one for one in proposal.columns if one.table == table]
    lines = []
    for column in kind.columns:
        if not column.required or column.name in {one.name for one in found}:
            continue
        like = (
            one.header
            for one in found
            if columns.may_mean(kind, one.header, column.name) or one.closest[:1] == (column.name,)
        )
        lines += [
            f"  needed and not found: {column.title}. Say in cl.toml, under [columns.{table}], "
            f'which header it is: "{next(like, "Its header")}" = "{column.name}"'
        ]
    return lines


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
    likely = ", ".join((*one.closest, "another column, nothing (to say it later)"))
    asked = f"  {likely}, or {columns.IGNORE} (it is never counted)"
    say.note(f"\n{one.place}: what is '{one.header}'? ({'; '.join(one.samples)})")
    while True:
        said = typer.prompt(asked, default="", err=True)
        answer = str(said).strip().casefold().replace(" ", "_")
        if not answer or answer in names:
            return answer
        say.note(f"  There is no column '{answer}'. There are: {', '.join(names)}")
