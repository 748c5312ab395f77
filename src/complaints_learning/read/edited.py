"""A Word file that people have edited in; its parts out."""

from __future__ import annotations

from pathlib import Path

from complaints_learning.nouns.errors import ReadError, TemplateError
from complaints_learning.read import places
from complaints_learning.word import package
from complaints_learning.word.package import Package


def report(path: Path) -> Package:
    """Open a Word file to be looked through. Raises ReadError."""
    if path.name.startswith("~$"):
        raise ReadError(
            f"{path.name}: is the mark that Word leaves while a file is open, not the file.",
            "Name the report itself.",
            code="document-not-read",
        )
    if path.is_dir():
        raise ReadError(
            f"{path}: is a folder.", "Name the Word file in it.", code="document-not-read"
        )
    try:
        data = path.read_bytes()
    except OSError as wrong:
        why, todo = places.unopened(path, wrong, "Word")
        raise ReadError(f"{path}: {why}.", todo, "document-not-read") from None
    try:
        return package.opened(data, path.name)
    except TemplateError as wrong:
        raise ReadError(wrong.message, wrong.hint, "document-not-read") from None
