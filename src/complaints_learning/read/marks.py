"""A workspace in; the SHA-256 of every file that a report of it depends on, unread otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from complaints_learning import columns, read
from complaints_learning.read import places
from complaints_learning.settings import Settings


def inputs(workspace: Path, settings: Settings) -> dict[str, str]:
    """Each file that the sources name, by its place in the workspace. One gone is not there."""
    paths: dict[Path, None] = {}
    for name in columns.TABLES:
        found, _ = read.named(workspace, getattr(settings.sources, name))
        paths.update(dict.fromkeys(found))
    return _marked(workspace, paths)


def choices(workspace: Path, settings: Settings, template: str) -> dict[str, str]:
    """cl.toml, the decisions, the Word shell, and the templates: shipped and the council's own."""
    own = [
        *(workspace / "cl.toml", workspace / settings.sources.decisions),
        *_files(workspace / "templates"),
    ]
    if settings.report.shell:
        own.append(workspace / settings.report.shell)
    shipped = places.shipped("templates")
    folders = (shipped / template, shipped / "web", shipped / "word")
    ours = [path for folder in folders for path in _files(folder)]
    ours += _files(shipped, deep=False)
    kept = {f"shipped/{name}": mark for name, mark in _marked(shipped, ours).items()}
    return {**_marked(workspace, dict.fromkeys(own)), **kept}


def of(path: Path) -> str:
    """The SHA-256 of a file's bytes, '' when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _files(folder: Path, deep: bool = True) -> list[Path]:
    found = folder.rglob("*") if deep else folder.glob("*")
    hidden = (".", "~$", "__pycache__")
    return sorted(path for path in found if path.is_file() and not path.name.startswith(hidden))


def _marked(home: Path, paths: Iterable[Path]) -> dict[str, str]:
    marked = {path: of(path) for path in paths}
    return {
        (path.relative_to(home) if path.is_relative_to(home) else path).as_posix(): mark
        for path, mark in marked.items()
        if mark
    }
