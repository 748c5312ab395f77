"""The sample workspace in, a copy to play with out."""

from __future__ import annotations

import shutil
from pathlib import Path

from complaints_learning.nouns.errors import WriteError

_LEFT_BEHIND = {"out", "making", ".cl", "__pycache__"}
_MAKING = {"generate.py", "truth.csv", "faults.csv", "__init__.py"}


def sample(source: Path, folder: Path) -> int:
    """Copy what a council would have: no truth, no generator. Returns the number of files.

    Raises WriteError when the folder holds something, so that nobody's work is overwritten.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise WriteError(
            f"{folder}: is there already and not empty.",
            "Name a folder that is not there yet.",
            code="file-exists",
        )
    count = 0
    for path in sorted(source.rglob("*")):
        inside = path.relative_to(source)
        if not path.is_file() or _LEFT_BEHIND & set(inside.parts) or path.name in _MAKING:
            continue
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        count += 1
    return count
