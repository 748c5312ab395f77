"""The code of templates in; a file beside Python's own out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely


def keep(path: Path, data: bytes) -> None:
    """Keep it; where the folder cannot be written it is compiled again each time."""
    with suppress(WriteError, OSError):
        safely.save(path, data)
