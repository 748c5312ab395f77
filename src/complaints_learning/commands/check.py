"""`cl check`: what is wrong in the exports, cell by cell, and where every row went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import (
    CacheOption,
    JsonOption,
    QuietOption,
    WorkspaceOption,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.codes import CODES
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Checked

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Say what is wrong in the exports, cell by cell.

Reads everything the workspace names, lists each cell to look at by kind, with its file, sheet and
address and what to do, and says where every row went. Quotes no name and no complaint's words.
Leaves with 0 when all is well, 3 when there is something to look at, 2 when no report can be made.

With a Word file it checks that file instead, for publication: title, language, headings, tables,
alternative text, contrast, blank lines, broken references, and anything that could run or fetch.
Where it finds a workspace it looks for names, references, contacts and complaints' words as well.

\b
Examples:
  cl check
  cl check --all
  cl check --xlsx problems.xlsx
  cl check --workspace demo --json
  cl check learning-report-edited.docx
"""
_SHOWN = 8


@app.command(help=HELP)
def check(
    file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Argument(metavar="[FILE.docx]", help="A Word file to check for publication."),
    ] = None,
    workspace: WorkspaceOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="List every cell, not the first few.")
    ] = False,
    xlsx: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--xlsx", metavar="FILE", help="Write them as a workbook with links."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Leave with 2 when there is anything to look at.")
    ] = False,
    no_cache: CacheOption = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    if file is not None and file.is_dir():  # a workspace, as people try
        workspace = say.Running.workspace = file
    elif file is not None:
        _document(file, workspace, strict, json)
        return
    from complaints_learning.jobs import looking
    from complaints_learning.read import places

    folder = places.workspace(workspace)
    checked = looking.checked(folder, say.step, no_cache)
    if xlsx is not None:
        from complaints_learning import write

        places.not_over(xlsx, (folder / one.file for one in checked.sources))
        write.problems(checked, folder, xlsx)
    code = _exit_code(checked, strict)
    if json:
        say.as_json(_as_json(checked, code))
    else:
        _print(checked, every, quiet)
        if xlsx is not None:
            say.wrote(xlsx)
        say.note(_next(checked, xlsx is not None), quiet)
    raise typer.Exit(code)


def _next(checked: Checked, written: bool) -> str:
    if checked.stops:
        return "Mend that, then run cl check again."
    if not checked.problems:
        return f"Next: {say.line('cl report --period last')}"
    book = f"\nAs a workbook: {say.line('cl check --xlsx problems.xlsx')}"
    code = checked.problems[0].code
    return f"What a kind means: cl explain {code}{'' if written else book}"


def _document(file: Path, workspace: Path | None, strict: bool, json: bool) -> None:
    """A Word file: everything to mend, in reading order."""
    from complaints_learning.jobs import editing
    from complaints_learning.read import places

    home = places.perhaps(workspace, file)
    problems = editing.check(file, home, say.step)
    code = (2 if strict else 3) if problems else 0
    if json:
        say.as_json(
            {"problems": say.problems_as_json(problems), "exit_code": code}, "check-document"
        )
    else:
        for line in problem_lines(problems, None):
            say.result(line)
        again = f"cl check {say.quoted(file)}"
        if problems:
            say.note(f"Mend them in Word, save, and look again: {again}")
    if home is None:
        say.note(
            "Names and other private words were not looked for: that takes a workspace. "
            f"Name it: cl check {say.quoted(file)} --workspace DIR"
        )
    raise typer.Exit(code)


def _exit_code(checked: Checked, strict: bool) -> int:
    if checked.stops or (strict and checked.problems):
        return 2
    return 3 if checked.problems else 0


def _print(checked: Checked, every: bool, quiet: bool) -> None:
    for stop in checked.stops:  # the cause before what comes of it
        say.note(f"cl: no report can be made: {stop}")
    for line in problem_lines(checked.problems, None if every else _SHOWN, checked.stops):
        say.result(line)
    if not quiet:
        for line in account_lines(checked):
            say.result(line)


def problem_lines(
    problems: Sequence[Problem], most: int | None, stops: Sequence[Problem] = ()
) -> list[str]:
    """Problems by kind, the most frequent kind first, each with its first few cells."""
    if not problems:
        return ["Nothing to look at."]
    kinds: dict[str, list[Problem]] = defaultdict(list)
    for one in problems:
        kinds[one.code].append(one)
    cells = f"{_many(len(problems), 'thing')} to look at, of {_many(len(kinds), 'kind')}."
    lines = [cells]
    first = {one.code for one in stops}
    for code, found in sorted(
        kinds.items(), key=lambda kind: (kind[0] not in first, -len(kind[1]), kind[0])
    ):
        title = CODES[code].title if code in CODES else code
        lines += ["", f"{title} ({code}): {wording.number(len(found))}"]
        hints = {one.hint for one in found if one.hint}
        values = _values(code, found) if most is not None else [(one, 1) for one in found]
        for one, many in values[:most]:
            lines.append(f"  {_where(one, many)}{one.message}")
            if len(hints) > 1 and one.hint:
                lines.append(f"    {one.hint}")
        left = sum(many for _, many in values[most:]) if most is not None else 0
        if left:
            lines.append(f"  and {wording.number(left)} more: cl check --all")
        if len(hints) == 1:
            lines.append(f"  {hints.pop()}")
    return lines


_OF_VALUES = frozenset(
    f"{name}-unknown"
    for name in ("outcome", "procedure", "kind", "stage", "service", "activity", "theme")
) | {"column-unknown", "column-missing"}


def _values(code: str, found: Sequence[Problem]) -> list[tuple[Problem, int]]:
    """The first cell of each unknown value or header and how many, the most frequent first."""
    if code not in _OF_VALUES:
        return [(one, 1) for one in found]
    same: dict[tuple[str, str], list[Problem]] = defaultdict(list)
    for one in found:
        same[one.message, one.hint].append(one)
    return sorted(((each[0], len(each)) for each in same.values()), key=lambda each: -each[1])


def _where(one: Problem, many: int = 1) -> str:
    noun = "sheet" if one.code.startswith("column-") else "cell"
    first = f" (the first of {_many(many, noun)})" if many > 1 else ""
    return f"{one.place}{first}: " if str(one.place) else ""


def account_lines(checked: Checked) -> list[str]:
    """Where the rows of every table that was supplied went; they add up."""
    lines = ["", "Where the rows went"]
    for name, rows in checked.rows.items():
        if name not in checked.supplied:
            continue
        lines.append(f"  {name}: {_many(rows.read, 'row')} read")
        lines.append(f"    {wording.number(rows.counted)} counted")
        for reason, count in (*rows.superseded.items(), *rows.left_out.items()):
            lines.append(f"    {wording.number(count)} {reason}")
    if checked.changes:
        changed = _many(len(checked.changes), "value")
        lines += ["", f"Later exports changed {changed}, the first being:"]
        lines += [f"  {change}" for change in checked.changes[:_SHOWN]]
    return lines


def _many(count: int, noun: str) -> str:
    return f"{wording.number(count)} {wording.plural(count, noun)}"


def _as_json(checked: Checked, code: int) -> dict[str, Any]:
    return {
        "problems": say.problems_as_json(checked.problems),
        "stops": say.problems_as_json(checked.stops),
        "rows": {
            name: {
                "read": rows.read,
                "counted": rows.counted,
                "superseded": dict(rows.superseded),
                "left_out": dict(rows.left_out),
            }
            for name, rows in checked.rows.items()
        },
        "changes": list(checked.changes),
        "sources": [
            {"file": one.file, "sha256": one.sha256, "rows": one.rows, "table": one.table}
            for one in checked.sources
        ],
        "exit_code": code,
    }
