"""`cl doctor`: what is installed, found and missing, to paste into a question. No private data."""

from __future__ import annotations

import platform
import shutil
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer

from complaints_learning import __version__
from complaints_learning.commands import say
from complaints_learning.commands.options import JsonOption, WorkspaceOption
from complaints_learning.errors import LearningError

app = typer.Typer(rich_markup_mode=None, add_completion=False)

HELP = """Say what is installed, found and missing.

The text can be pasted into a question: it holds versions and counts, and no path, name or value
of your data.

\b
Examples:
  cl doctor
  cl doctor --workspace demo --json
"""
LIBRARIES = (
    *("pandas", "numpy", "openpyxl", "python-calamine", "python-docx", "jinja2"),
    *("markdown-it-py", "matplotlib", "typer", "msgspec", "holidays"),
)
_TABLES = ("register", "monitoring", "actions", "assurance", "activity", "population")


@app.command(help=HELP)
def doctor(
    workspace: WorkspaceOption = None,
    json: JsonOption = False,
) -> None:
    told = {
        "complaints-learning": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "terminal": sys.stdout.encoding or "unknown",
        **{name: _version(name) for name in LIBRARIES},
        "LibreOffice (for PDF)": "found" if _office() else "not found: --format pdf needs it",
        **_workspace(workspace),
    }
    if json:
        say.as_json(told)
        return
    width = max(map(len, told))
    for name, value in told.items():
        say.result(f"{name:<{width}}  {value}")


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "MISSING: install complaints-learning again"


def _office() -> bool:
    return any(shutil.which(name) for name in ("soffice", "libreoffice", "soffice.exe"))


def _workspace(given: Annotated[Path | None, "as on the command line"]) -> dict[str, str]:
    """What the workspace holds, as counts."""
    from complaints_learning.read import places, texts

    try:
        home = places.workspace(given)
        settings = texts.choices(home)
    except LearningError as wrong:
        return {"workspace": wrong.message if wrong.code != "workspace-missing" else "none here"}
    found = {"workspace": "found, cl.toml is valid"}
    for table in _TABLES:
        patterns: tuple[str, ...] = getattr(settings.sources, table)
        files = {path for pattern in patterns for path in home.glob(pattern) if path.is_file()}
        found[f"  {table}"] = f"{len(files)} files"
    return found
