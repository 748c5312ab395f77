"""Finished files held back: written beside their folder, moved into it only when all are fit.

Never in the system's temporary folder, which others may read and backups may keep. The draft is
its owner's alone and is removed whatever happens: an error, a hit of the gate, Ctrl+C, or the
end that a server or scheduler asks for (SIGTERM).
"""

from __future__ import annotations

import secrets
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from complaints_learning.errors import WriteError
from complaints_learning.write import safely


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """A private folder within `folder`, which is made when it is not there."""
    made = [at for at in (folder, *folder.parents) if not at.exists()]
    at = folder / f".draft-{secrets.token_hex(4)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        at.mkdir(mode=0o700)
    except OSError as error:
        _remove_empty(made)
        raise WriteError(
            f"{folder}: the folder cannot be used ({error.strerror or type(error).__name__}).",
            "Choose another folder with --out.",
            code="output-not-saved",
        ) from None
    try:
        with _ended_kindly(), temporary(at):
            yield at
    finally:
        shutil.rmtree(at, ignore_errors=True)
        _remove_empty(made)


@contextmanager
def temporary(folder: Path) -> Iterator[None]:
    """Let libraries put their temporary files here: openpyxl writes each sheet to one first."""
    before = tempfile.tempdir
    tempfile.tempdir = str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before


def publish(files: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """Move the files into `folder`, each in one step; an older one stays until then."""
    return tuple(safely.move(file, folder / file.name) for file in files)


def _remove_empty(made: Sequence[Path]) -> None:
    """Take away the folders we made, if nothing came to be in them."""
    for folder in made:
        try:
            folder.rmdir()
        except OSError:
            return


@contextmanager
def _ended_kindly() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl+C does, so that the draft is removed."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    before = signal.getsignal(signal.SIGTERM)
    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
