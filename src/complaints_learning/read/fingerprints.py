"""A workspace in; the SHA-256 of every file that a report of it depends on, unread otherwise."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from complaints_learning import read
from complaints_learning.nouns import columns
from complaints_learning.nouns.settings import Settings
from complaints_learning.read import places


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


def counting(workspace: Path, settings: Settings) -> dict[str, str]:
    """Everything that a count depends on: exports, cl.toml, decisions and themes."""
    own = (
        *(workspace / "cl.toml", workspace / settings.sources.decisions),
        workspace / "templates" / "themes.toml",
    )
    shipped = places.shipped("templates")
    ours = _marked(shipped, (shipped / "themes.toml", shipped / "theme_hints.json"))
    kept = {f"shipped/{name}": mark for name, mark in ours.items()}
    return {**inputs(workspace, settings), **_marked(workspace, own), **kept}


_COUNT_WITH = ("pandas", "numpy", "python_calamine", "openpyxl", "xlrd", "holidays")


def program() -> dict[str, str]:
    """What does the counting: Python, our own modules and the libraries, by size and time."""
    found = {"python": sys.version}
    for name in _COUNT_WITH:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            found[f"library/{name}"] = _stamp(Path(spec.origin))
    home = Path(__file__).resolve().parent.parent
    for path in home.rglob("*.py"):
        found[f"program/{path.relative_to(home).as_posix()}"] = _stamp(path)
    return found


def _stamp(path: Path) -> str:
    about = path.stat()
    return f"{path} {about.st_size} {about.st_mtime_ns}"


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
