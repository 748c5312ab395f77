"""Options that every command has, --quiet and --log-file, added in one place: none lacks them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer

from complaints_learning import __version__
from complaints_learning.commands import log, say

_app = typer.Typer(rich_markup_mode=None)


def _log_file(path: Path | None) -> Path | None:
    if path is not None:
        log.to(path, say.Running.command, __version__)
    return path


def _quiet(asked: bool) -> bool:
    say.Running.quiet = asked
    return asked


@_app.command()
def _every(
    quiet: Annotated[
        bool,
        typer.Option(
            "--quiet",
            "-q",
            help="Print results and errors only.",
            callback=_quiet,
            expose_value=False,
        ),
    ] = False,
    log_file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(
            "--log-file",
            metavar="FILE",
            help="Add what happens to this file, as JSON lines.",
            callback=_log_file,
            expose_value=False,
            is_eager=True,
        ),
    ] = None,
) -> None:
    """Carries the options; never run."""


def add(command: Any, name: str) -> Any:
    """The command with the shared options that it does not have itself.

    Its examples keep their lines, and completion is installed by `cl` alone.
    """
    for inner in (getattr(command, "commands", None) or {"": command}).values():
        inner.help = (inner.help or "").replace("\\b\n", "\b\n")
        inner.params = [one for one in inner.params if not one.name.endswith("_completion")]
        have = {word for param in inner.params for word in param.opts}
        own: Any = typer.main.get_command(_app)
        inner.params += [
            one
            for one in own.params
            if one.name in ("quiet", "log_file") and not have & set(one.opts)
        ]
    command.name = name
    return command
