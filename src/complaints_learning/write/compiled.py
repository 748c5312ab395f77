"""What we compiled in; a file beside Python's own out."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely


def keep(path: Path, made: Callable[[], bytes]) -> None:
    """Keep it; where the folder cannot be written it is not asked for, and compiled each time."""
    there = next(folder for folder in path.parents if folder.exists())
    if os.access(there, os.W_OK):
        with suppress(WriteError, OSError):
            safely.save(path, made())
