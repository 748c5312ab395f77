"""`cl template`: list the report's texts, copy one to change it, check them, see the names."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, WorkspaceOption
from complaints_learning.nouns.errors import SettingsError, WriteError

HELP = """The report's texts, which you may change: list, copy, check, figures.

A file in your workspace's templates/learning_report/ replaces the shipped one of the same name,
a section at a time.

\b
Examples:
  cl template list
  cl template copy communication
  cl template check
  cl template figures --period 2023
"""
app = typer.Typer(
    rich_markup_mode=None,
    help=HELP,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_SHARED = ("themes.toml", "chart_style.toml")
"""What all reports of a workspace share, beside the texts of each."""
NameOption = Annotated[
    str, typer.Option("--template", metavar="NAME", help="Which report's texts.")
]
PeriodChoice = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--period", "-p", metavar="PERIOD", help="Count this period for the examples."),
]


@app.command("list", help="List the sections in order, and whose text each is.")
def list_(
    workspace: WorkspaceOption = None,
    template: NameOption = "learning_report",
    json: JsonOption = False,
) -> None:
    texts = _texts(workspace, template)
    where = {section: texts.sources.get(f"{section}.md.j2", "") for section in texts.sections}
    if json:
        say.as_json({"template": template, "sections": where}, "template-list")
        return
    for section, source in where.items():
        say.result(source or f"{section}.md.j2: missing")
    say.note(f"Change one: {say.line('cl template copy SECTION')}")


@app.command(
    "copy",
    help="Copy a section's text into your workspace, to change it there.\n\n"
    "Also report.toml (the order of the sections), themes.toml and chart_style.toml.",
)
def copy(
    section: Annotated[str, typer.Argument(metavar="SECTION", help="As `list` shows it.")],
    workspace: WorkspaceOption = None,
    template: NameOption = "learning_report",
    json: JsonOption = False,
) -> None:
    from complaints_learning import write
    from complaints_learning.read import places
    from complaints_learning.read import texts as files

    home = places.workspace(workspace)
    texts = _texts(home, template)
    file = section if section.endswith(".toml") else f"{section.removesuffix('.md.j2')}.md.j2"
    target = home / "templates" / template / file
    if file in _SHARED:
        target = home / "templates" / file
        text = files.text(places.shipped("templates") / file)
    elif file in texts.files:
        text = texts.files[file]
    else:
        known = sorted(name.removesuffix(".md.j2") for name in (*texts.files, *_SHARED))
        raise SettingsError(
            f"there is no section '{section}'.",
            say.meant(section, known) or f"There are: {', '.join(known)}.",
            code="template-unknown",
        )
    if target.exists():
        raise WriteError(
            f"{target}: is there already.",
            "Change that file, or remove it to go back to the shipped text.",
            code="file-exists",
        )
    write.text(target, text)
    if json:
        say.as_json({"output": str(target)}, "template-copy")
        return
    say.result(str(target))
    say.note(f"Change it in a text editor, then: {say.line('cl template check')}")


@app.command("check", help="List every unknown name with file and line. Nothing is rendered.")
def check(
    workspace: WorkspaceOption = None,
    period: PeriodChoice = None,
    template: NameOption = "learning_report",
    json: JsonOption = False,
) -> None:
    from complaints_learning.tell import lint

    texts = _texts(workspace, template)
    found = lint.problems(texts, _shown(workspace, period))
    if json:
        say.as_json(
            {"problems": say.problems_as_json(found), "exit_code": 3 if found else 0},
            "template-check",
        )
    else:
        for problem in found:
            say.result(str(problem))
        say.note(f"{len(found)} to look at in {len(texts.files)} files.")
        if period is None:
            then = say.line("cl template check --period last")
            say.note(f"The names of figures were not looked at. With a period they are: {then}")
        elif not found:
            say.note(f"Next: {say.line('cl report --period last')}")
    raise typer.Exit(3 if found else 0)


@app.command("figures", help="List every name that a template may use, with its meaning.")
def figures(
    workspace: WorkspaceOption = None, period: PeriodChoice = None, json: JsonOption = False
) -> None:
    from complaints_learning.nouns import wording
    from complaints_learning.tell import engine, lint

    if json:
        say.as_json(_names_as_json(_shown(workspace, period)), "template-figures")
        return
    for name, kind in lint.ROOTS.items():
        inner = lint.members(_element(kind))
        say.result(f"{name}: {', '.join(sorted(inner)) or 'a text'}")
    for name, kind in lint.FUNCTIONS.items():
        inner = lint.members(kind)
        say.result(f'{name}("NAME"){": " + ", ".join(sorted(inner)) if inner else ""}')
    say.result(f"filters: {', '.join(engine.FILTERS)}")
    shown = _shown(workspace, period)
    if shown is None:
        say.note("Give --period to list the figures, tables, charts and lists by name.")
        return
    for figure in shown.figures.values():
        say.result(f'figure("{figure.name}")  {wording.figure(figure)}  {figure.meaning}')
    for kind, named in (("table", shown.grids), ("chart", shown.charts)):
        for name, one in named.items():
            say.result(f'{kind}("{name}")  {one.title}')
    for listing in shown.listings.values():
        say.result(f'listing("{listing.name}")  {listing.title}')


def _names_as_json(shown: Any) -> dict[str, Any]:
    """Every name with what it has, and with a period those of its findings."""
    from complaints_learning.tell import engine, lint

    values = {name: sorted(lint.members(_element(kind))) for name, kind in lint.ROOTS.items()}
    functions = {name: sorted(lint.members(kind)) for name, kind in lint.FUNCTIONS.items()}
    named = ("figures", "tables", "charts", "lists")
    found = (shown.figures, shown.grids, shown.charts, shown.listings) if shown else ({},) * 4
    return {
        "values": values,
        "functions": functions,
        "filters": list(engine.FILTERS),
        **{kind: list(one) for kind, one in zip(named, found, strict=True)},
    }


def _element(kind: Any) -> Any:
    from typing import get_args

    return get_args(kind)[0] if get_args(kind) else kind


def _texts(workspace: Path | None, template: str) -> Any:
    from complaints_learning.read import places, texts

    return texts.report_texts(template, places.workspace(workspace))


def _shown(workspace: Path | None, period: str | None) -> Any:
    if period is None:
        return None
    from complaints_learning import pipeline
    from complaints_learning.read import places

    return pipeline.protect(pipeline.count(places.workspace(workspace), period), "public")
