"""A workspace's cache in; what was kept there under a key out, or nothing."""

from __future__ import annotations

import stat
from pathlib import Path

from complaints_learning.nouns import cache
from complaints_learning.nouns.cache import Cached

MOST_BYTES = 200_000_000


def found(workspace: Path, key: str) -> Cached | None:
    """What is kept; None when there is nothing, or nothing that can be trusted to be whole."""
    path = workspace / cache.FOLDER / cache.name(key)
    try:
        about = path.lstat()
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            return None
        return cache.parse(path.read_bytes(), key)
    except OSError:
        return None
