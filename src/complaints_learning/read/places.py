"""Where things are: the workspace, and the templates and sample that ship with the package."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable
from pathlib import Path

from complaints_learning.nouns.errors import SettingsError, WriteError

_HERE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """The shipped folder `templates` or `sample_data`: inside the wheel, or in a checkout."""
    inside = _HERE / name
    return inside if inside.is_dir() else _HERE.parent.parent / name


def workspace(given: Path | None = None, beside: Path | None = None) -> Path:
    """The workspace folder: as given, or named by CL_WORKSPACE, or found by walking up.

    From this folder, and when it is in none, from the file `beside`. Raises SettingsError when no
    folder with a cl.toml is found.
    """
    named = given or (Path(os.environ["CL_WORKSPACE"]) if os.environ.get("CL_WORKSPACE") else None)
    if named is not None:
        if named.name == "cl.toml" and named.is_file():
            return named.parent
        if (named / "cl.toml").is_file():
            return named
        raise _none(named)
    at = Path.cwd()
    found = _above(at) or (_above(beside.resolve()) if beside is not None else None)
    if found is None:
        hint = "Go to your workspace, name it with --workspace, or make one with: cl init FOLDER"
        inside = _within(at)
        raise SettingsError(
            f"{at}: there is no cl.toml here or in a folder above.",
            f"There is one in {inside[0].name}: add --workspace {inside[0].name}"
            if inside
            else hint,
            code="workspace-missing",
        )
    return found


def perhaps(given: Path | None, beside: Path) -> Path | None:
    """The same where a workspace is of use and not needed: None when none was named or found."""
    try:
        return workspace(given, beside)
    except SettingsError:
        if given is not None:
            raise
        return None


def opened(file: Path) -> Path | None:
    """What Excel or LibreOffice keeps beside a workbook that somebody has open; None: nobody has.

    Only on Windows is such a file locked as well: on a share or a Mac it can be written over.
    """
    beside = (file.with_name(f"~${file.name}"), file.with_name(f".~lock.{file.name}#"))
    return next((one for one in beside if one.exists()), None)


def _above(at: Path) -> Path | None:
    """The nearest folder with a cl.toml, from `at` upwards."""
    return next((one for one in (at, *at.parents) if (one / "cl.toml").is_file()), None)


def _within(at: Path) -> list[Path]:
    """The workspaces right below `at`."""
    try:
        return sorted(one.parent for one in at.glob("*/cl.toml"))
    except OSError:
        return []


def _none(named: Path) -> SettingsError:
    """Why a folder that was named is no workspace, and which one was meant."""
    inside, close = _within(named), near(named, folders=True)
    if not named.is_dir():
        what = "is a file, not a folder" if named.exists() else "is not a folder"
        todo = f"Make it, put the exports there, then: cl init {named}"
        if named.exists():
            todo = f"Name the folder that it lies in: {named.parent}"
        hint = f"Did you mean {close}?" if close else todo
    else:
        what = "has no cl.toml"
        above = _above(named.parent) if named.parent != named else None
        meant = inside[0] if inside else above
        hint = f"Make it a workspace with: cl init {named}"
        if meant is not None:
            hint = f"Did you mean {meant}? Or make it a workspace with: cl init {named}"
    return SettingsError(f"{named}: {what}.", hint, code="workspace-missing")


def not_over(target: Path, inputs: Iterable[Path]) -> None:
    """See that an output would not be written over an input. Raises WriteError."""
    if target.exists() and any(one.exists() and target.samefile(one) for one in inputs):
        raise WriteError(
            f"{target}: is an input, and is not written over.",
            "Choose another name.",
            code="file-exists",
        )


def near(path: Path, folders: bool = False) -> str:
    """The file (or folder) that was perhaps meant by a path where there is none, or ''."""
    try:
        names = {
            one.name.casefold(): one
            for one in path.parent.iterdir()
            if one.is_dir() == folders and not one.name.startswith((".", "~$"))
        }
    except OSError:
        return ""
    close = difflib.get_close_matches(path.name.casefold(), names, n=1, cutoff=0.7)
    return str(names[close[0]]) if close else ""


def unopened(path: Path, wrong: OSError, program: str = "another program") -> tuple[str, str]:
    """Why a file that was named cannot be opened, and what to do: a message's two halves."""
    if path.is_dir():
        return "is a folder, not a file", "Name the file in it."
    if isinstance(wrong, FileNotFoundError):
        close = near(path)
        return "there is no such file", (
            f"Did you mean {close}?" if close else "Check its name and folder."
        )
    if isinstance(wrong, PermissionError):
        why = f"cannot be opened, perhaps because it is open in {program}"
        return why, "Close it, and check that you may read it."
    return (
        f"cannot be opened ({wrong.strerror or type(wrong).__name__})",
        "Check that the file is there and that you may read it.",
    )
