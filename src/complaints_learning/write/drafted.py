"""Finished files held back: written beside their folder, moved into it only when all are fit.

Never in the system's temporary folder, which others may read and backups may keep. The draft is
its owner's alone and is removed whatever happens: an error, a hit of the gate, Ctrl+C, or the
end that a server or scheduler asks for (SIGTERM). A run that was killed outright leaves a draft
that nobody sees; the next one takes it away.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from complaints_learning.nouns.errors import WriteError
from complaints_learning.write import safely

OLD = 24 * 60 * 60  # seconds after which a draft in a folder that others share is nobody's


@contextmanager
def draft(folder: Path, alone: bool = False) -> Iterator[Path]:
    """A private folder within `folder`, which is made when it is not there.

    `alone` says that no other run writes in `folder`: then every other draft is a dead run's.
    """
    made = [at for at in (folder, *folder.parents) if not at.exists()]
    at = folder / f"{safely.DRAFT}{secrets.token_hex(4)}"
    with _ended_kindly():
        try:
            _make(folder, at)
            _sweep(folder, at, 0 if alone else OLD)
            with temporary(at):
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
    except Exception as wrong:
        if type(wrong).__name__ != "SerialisationError":  # lxml's, when a file takes no more bytes
            raise
        raise WriteError(
            f"{folder.parent}: a workbook cannot be written, perhaps because the disk is full.",
            "Make room and run again.",
            code="output-not-saved",
        ) from None
    finally:
        tempfile.tempdir = before


def publish(
    files: Sequence[Path], folder: Path, edited: Mapping[Path, Path] | None = None
) -> tuple[Path, ...]:
    """Move the files into `folder`, each in one step: all of them, or none when one cannot be.

    They are flushed to the disk first.

    Each older file is kept in the draft until the last new one is in place, and put back when
    that fails: because a report is open in Word, say. One that people have `edited` is kept for
    good, under the name given for it.
    """
    for file in files:
        safely.settled(file)
    olds = {folder / file.name: file.with_name(f"{file.name}.old") for file in files}
    olds |= edited or {}
    try:
        for target, old in olds.items():
            _keep(target, old)
        for file in files:
            safely.move(file, folder / file.name)
    except BaseException:
        for file in files:
            if not file.exists():  # it was moved
                _put_back(folder / file.name, olds[folder / file.name])
        raise
    safely.flushed(folder)
    return tuple(olds)


def _keep(target: Path, old: Path) -> None:
    """The older file under a second name: a link where the file system has them, else a copy."""
    if not target.is_file():
        return
    try:
        os.link(target, old)
    except OSError:
        shutil.copyfile(target, old)


def _put_back(target: Path, old: Path) -> None:
    with suppress(OSError):
        if old.exists():
            old.replace(target)
        else:
            target.unlink()


def _make(folder: Path, at: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        at.mkdir(mode=0o700)
    except OSError as error:
        raise WriteError(
            f"{folder}: the folder cannot be used ({error.strerror or type(error).__name__}).",
            "Choose another folder with --out.",
            code="output-not-saved",
        ) from None


def _sweep(folder: Path, own: Path, seconds: float) -> None:
    """Take away the drafts that killed runs left."""
    for other in folder.glob(f"{safely.DRAFT}*"):
        with suppress(OSError):
            if other != own and abs(time.time() - other.stat().st_mtime) >= seconds:
                shutil.rmtree(other, ignore_errors=True)


def _remove_empty(made: Sequence[Path]) -> None:
    """Take away the folders we made, if nothing came to be in them."""
    for folder in made:
        try:
            folder.rmdir()
        except OSError:
            return


@contextmanager
def _ended_kindly() -> Iterator[None]:
    """Let SIGTERM unwind as Ctrl+C does, so that the draft is removed. `cl` does it by itself."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
