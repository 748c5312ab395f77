"""Options that several commands share, so that they are named and explained once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Optional

import typer

from complaints_learning.commands import say


def one_of(*words: str) -> Callable[[str], list[str]]:
    """What Tab proposes: those of the words that begin as typed.

    >>> one_of("docx", "html")("d")
    ['docx']
    """
    return lambda incomplete: [word for word in words if word.startswith(incomplete)]


def _named(given: Path | None) -> Path | None:
    """Keep the workspace that was named, for the commands that a message proposes."""
    say.Running.workspace = given
    return given


PeriodOption = Annotated[
    str,
    typer.Option(
        "--period",
        "-p",
        metavar="PERIOD",
        help="2023 or 2022-23, 2022-23Q3, 2023-01, 2022-10..2023-03, last or last-quarter.",
        autocompletion=one_of("last", "last-quarter"),
    ),
]
WorkspaceOption = Annotated[
    Optional[Path],  # noqa: UP045 - typer reads this at run time on every supported Python
    typer.Option(
        "--workspace",
        "-w",
        metavar="DIR",
        help="The folder with cl.toml. Else CL_WORKSPACE, else this folder or one above.",
        callback=_named,
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON object for a program to read.")
]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print results and errors only.")]
EditionOption = Annotated[
    str,
    typer.Option(
        "--edition",
        metavar="public|internal",
        help="public masks small numbers (the default); internal shows all, marked as such.",
        autocompletion=one_of("public", "internal"),
    ),
]
CacheOption = Annotated[
    bool, typer.Option("--no-cache", help="Read and count anew, and keep nothing.")
]
