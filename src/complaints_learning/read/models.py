"""A workspace's cache in; a learned model out, or nothing. The cache may be thrown away."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from complaints_learning.nouns.cache import FOLDER

FIELDS = ("weights", "rarity", "slope", "shift", "used", "before", "after", "decisions")


def place(workspace: Path, key: str) -> Path:
    """Where the model learned from these decisions is kept."""
    return workspace / FOLDER / f"themes-{key}.npz"


def model(workspace: Path, key: str) -> dict[str, Any] | None:
    """The parts of a kept model; None when there is none that can be read."""
    import numpy as np

    try:
        data = place(workspace, key).read_bytes()
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            parts: dict[str, Any] = {name: kept[name] for name in FIELDS}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    for name in ("before", "after"):
        parts[name] = float(parts[name])
    parts["decisions"] = int(parts["decisions"])
    return parts
