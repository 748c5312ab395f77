"""Bytes and a target in; the whole file saved, or nothing changed and nothing left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from complaints_learning.nouns.errors import WriteError

WAITS = (0.05, 0.1, 0.2, 0.4)  # seconds between tries while another program holds the file


DRAFT = ".draft-"
"""How the name of a folder begins that holds drafts: `publish` sees that they last."""
STALE = 600
"""Seconds after which a file in the making is nobody's."""


def ending(target: Path, wanted: str) -> None:
    """Nothing when the target's name ends so; else WriteError, before anything is done."""
    if target.suffix.lower() != wanted:
        raise WriteError(
            f"{target}: its name does not end with {wanted}, and no other kind is written there.",
            f"Name it {target.with_suffix(wanted).name}.",
            code="output-kind",
        )


def save(target: Path, data: bytes) -> None:
    """Save `data` as `target` in one step, readable by its owner alone.

    A new file is written beside the target, flushed to the disk and put in the target's
    place, so an older file stays whole until the new one is. On Windows a file that is open
    in Word cannot be replaced: we wait a moment, then say so.

    Raises WriteError. Whatever happens, also on Ctrl+C, no half file stays behind.
    """
    part = target.with_name(f".{target.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        if target.is_dir():
            raise WriteError(
                f"{target}: cannot be saved, because there is a folder of that name.",
                "Choose another name with --out.",
                code="output-not-saved",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target.parent)
        draft = target.parent.name.startswith(DRAFT)
        _write(part, data, lasting=not draft)
        _waiting(lambda: part.replace(target))
        if not draft:
            flushed(target.parent)
    except OSError as error:
        raise _not_saved(target, error) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed outright left here: nobody writes that long."""
    for other in folder.glob(".*.part"):
        with contextlib.suppress(OSError):
            if (
                abs(time.time() - other.stat().st_mtime) > STALE
            ):  # also after the clock was set back
                other.unlink()


def move(part: Path, target: Path) -> Path:
    """Put a finished file in the target's place, in one step. Raises WriteError."""
    try:
        _waiting(lambda: part.replace(target))
    except OSError as error:
        raise _not_saved(target, error) from None
    return target


def refused(folder: Path) -> str:
    """Why nothing can be saved in a folder, found by trying; '' when it can."""
    part = folder / f".{secrets.token_hex(4)}.part"
    try:
        _write(part, b"")
    except OSError as error:
        return error.strerror or type(error).__name__
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
    return ""


def flushed(folder: Path) -> None:
    """See that new names in a folder outlast a power cut, where the system can be asked to."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def settled(file: Path) -> None:
    """See that what a draft holds outlasts a power cut. Raises WriteError."""
    try:
        _waiting(lambda: _settle(file))
    except OSError as error:
        raise _not_saved(file, error) from None


def _settle(file: Path) -> None:
    with file.open("r+b") as opened:
        os.fsync(opened.fileno())


def _write(part: Path, data: bytes, lasting: bool = True) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
        file.write(data)
        if lasting:
            file.flush()
            os.fsync(file.fileno())


def _waiting(act: Callable[[], object]) -> None:
    """Do something with a file, again after a while when another program holds it: a virus scanner
    looks at every new file."""
    for wait in (*WAITS, None):
        try:
            act()
        except PermissionError:
            if wait is None:
                raise
            time.sleep(wait)
        else:
            return


def _not_saved(target: Path, error: OSError) -> WriteError:
    where = target.name
    if isinstance(error, PermissionError) and target.exists():
        program = {".docx": "Word", ".xlsx": "Excel"}.get(target.suffix.lower(), "another program")
        return WriteError(
            f"{where}: cannot be saved, perhaps because it is open in {program}.",
            "Close it and run again, or choose another name with --out.",
            code="output-not-saved",
        )
    if isinstance(error, PermissionError):
        why, todo = "this folder does not let you write", "Choose another folder with --out."
    elif error.errno == errno.ENOSPC:
        why, todo = "the disk is full", "Make room and run again."
    elif error.errno == errno.ENAMETOOLONG:
        why, todo = "its name is too long", "Choose a shorter name with --out."
    else:
        why, todo = "the folder cannot be used", "Choose another folder with --out."
    return WriteError(f"{where}: cannot be saved, because {why}.", todo, code="output-not-saved")
