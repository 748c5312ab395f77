"""What happens, as JSON lines in a file, for a job that nobody watches: --log-file FILE.

One object a line: `time` (UTC), `event` (start, step, note, wrote, error, end) and what belongs to
it. Results are not logged, for they may quote a complaint; the files written are.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from complaints_learning.nouns.errors import WriteError

SCHEMA = "complaints-learning/log/1"


class _Log:
    """The file of this run, if one was asked for."""

    file: TextIO | None = None
    began: float = 0.0


def to(path: Path, command: str, version: str) -> None:
    """Begin to log, at the end of the file. Raises WriteError when it cannot be opened."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _Log.file = path.open("a", encoding="utf-8", buffering=1, newline="\n")
    except OSError as wrong:
        raise WriteError(
            f"{path}: the log cannot be written ({wrong.strerror or type(wrong).__name__}).",
            "Name another file with --log-file, or leave it out.",
            code="log-not-written",
        ) from None
    _Log.began = time.monotonic()
    event("start", schema=SCHEMA, command=command, version=version, pid=os.getpid())


def event(kind: str, **about: Any) -> None:
    """Log one event; a disk that is full stops the log and not the work."""
    if _Log.file is None:
        return
    when = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line = json.dumps({"time": when, "event": kind, **about}, ensure_ascii=False, default=str)
    with suppress(OSError, ValueError):
        _Log.file.write(f"{line}\n")


def end(code: int) -> None:
    """Log the exit code and how long it took, and close."""
    if _Log.file is None:
        return
    event("end", exit_code=code, seconds=round(time.monotonic() - _Log.began, 2))
    with suppress(OSError):
        _Log.file.close()
    _Log.file = None
