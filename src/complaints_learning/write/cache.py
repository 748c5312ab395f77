"""What was checked and counted in; a private file in the workspace's cache out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from complaints_learning.nouns import cache
from complaints_learning.nouns.cache import Cached
from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely

KEPT = 12
"""How many stay: twice over, the checks and some periods of one afternoon."""


def keep(workspace: Path, found: Cached) -> None:
    """Keep it; where the folder cannot be written nothing is kept, and it is counted again."""
    folder = workspace / cache.FOLDER
    with suppress(WriteError, OSError):
        safely.save(folder / cache.name(found.key), cache.dumps(found))
        old = sorted(folder.glob("kept-*.bin"), key=lambda path: path.stat().st_mtime_ns)
        for path in old[:-KEPT]:
            path.unlink()
