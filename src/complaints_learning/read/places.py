"""Where things are: the workspace, and the templates and sample that ship with the package."""

from __future__ import annotations

import os
from pathlib import Path

from complaints_learning.errors import SettingsError

_HERE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The shipped folder `templates` or `sample_data`: inside the wheel, or in a checkout."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent.parent / name


def workspace(given: Path | None = None, start: Path | None = None) -> Path:
    """The workspace folder: as given, or named by CL_WORKSPACE, or found by walking up.

    Raises SettingsError when no folder with a cl.toml is found.
    """
    named = given or (Path(os.environ["CL_WORKSPACE"]) if os.environ.get("CL_WORKSPACE") else None)
    if named is not None:
        if (named / "cl.toml").is_file():
            return named
        what = "has no cl.toml" if named.is_dir() else "is not a folder"
        raise SettingsError(
            f"{named}: {what}.",
            f"Make it a workspace with: cl init {named}",
            code="workspace-missing",
        )
    at = (start or Path.cwd()).resolve()
    found = next((folder for folder in (at, *at.parents) if (folder / "cl.toml").is_file()), None)
    if found is None:
        raise SettingsError(
            f"{at}: there is no cl.toml here or in a folder above.",
            "Go to your workspace, name it with --workspace, or make one with: cl init FOLDER",
            code="workspace-missing",
        )
    return found
