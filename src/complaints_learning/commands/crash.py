"""A mistake of our own: what to say of it in public, and where to keep the rest.

A traceback quotes values, and people paste tracebacks into tickets. So the screen gets the kind
of error and the lines of our code; the whole goes to a private file, and only when asked for.
"""

from __future__ import annotations

import os
import secrets
import sys
import traceback
from pathlib import Path

PACKAGE = Path(__file__).parents[1]


def told(error: BaseException) -> str:
    """The error's kind and our lines that it passed through, without a single value.

    >>> try:
    ...     {"a": 1}["Zadie Quillfeather"]
    ... except KeyError as wrong:
    ...     told(wrong)
    'KeyError'
    """
    places = []
    for frame in traceback.extract_tb(error.__traceback__):
        file = Path(frame.filename)
        if file.is_relative_to(PACKAGE):
            inside = file.relative_to(PACKAGE).as_posix()
            places.append(f"\n    {inside}:{frame.lineno} in {frame.name}")
    return type(error).__name__ + "".join(places)


def save(error: BaseException, folder: Path) -> Path | None:
    """Keep the whole traceback in a file that its owner alone may read; None if impossible."""
    path = folder / f"cl-crash-{secrets.token_hex(4)}.txt"
    text = "".join(traceback.format_exception(error))
    versions = f"Python {sys.version}\n{sys.platform}\n\n"
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as file:
            file.write(versions + text)
    except OSError:
        return None
    return path
