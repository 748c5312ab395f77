"""A learned model in; a file in the workspace's cache out. It holds numbers only, no text."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from complaints_learning.nouns.cache import FOLDER
from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely

KEPT = 3
"""How many models stay in the cache."""


def model(workspace: Path, key: str, parts: Mapping[str, Any]) -> None:
    """Keep a model; when the folder cannot be written it is learned again next time."""
    import numpy as np

    made = io.BytesIO()
    np.savez_compressed(made, **parts)
    folder = workspace / FOLDER
    with contextlib.suppress(WriteError, OSError):
        safely.save(folder / f"themes-{key}.npz", made.getvalue())
        kept = sorted(folder.glob("themes-*.npz"), key=lambda path: path.stat().st_mtime)
        for path in kept[:-KEPT]:
            path.unlink()
