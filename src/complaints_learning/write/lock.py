"""A workspace in; the right to write in it, for one run at a time.

The lock is the operating system's own (`filelock` asks for it on Windows, macOS and Linux, and
falls back to a lock file with the holder's process where a network share knows no locks). It ends
with its process however that ends, so a killed run leaves nothing to clear. Who holds it stands
in a file beside it, for the message alone.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from complaints_learning.nouns.cache import FOLDER
from complaints_learning.nouns.errors import BusyError


@contextmanager
def alone(workspace: Path, command: str) -> Iterator[None]:
    """Hold the workspace while the block runs. Raises BusyError at once when another run does.

    A workspace that cannot be written in needs no lock: a run there can only write elsewhere,
    and every file is saved in one step.
    """
    from filelock import FileLock, Timeout

    folder = workspace / FOLDER
    lock = FileLock(folder / "lock", timeout=0)
    try:
        folder.mkdir(exist_ok=True)
        lock.acquire()
    except Timeout:
        raise _busy(folder / "holder.json") from None
    except OSError:
        yield
        return
    holder = folder / "holder.json"
    try:
        _sign(holder, command)
        yield
    finally:
        with suppress(OSError):
            holder.unlink()
        lock.release()


def held(workspace: Path) -> str:
    """Who holds the workspace now, as the message says it, or ''. For `cl doctor`."""
    if not (workspace / FOLDER / "lock").exists():
        return ""
    try:
        with alone(workspace, "doctor"):
            return ""
    except BusyError as busy:
        return busy.message


def _sign(holder: Path, command: str) -> None:
    since = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    told = {"command": command, "pid": os.getpid(), "host": socket.gethostname(), "since": since}
    with suppress(OSError):
        holder.write_text(json.dumps(told), encoding="utf-8")


def _busy(holder: Path) -> BusyError:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        who = (
            f"cl {told['command']}, process {told['pid']} on {told['host']}, since {told['since']}"
        )
    except (OSError, ValueError, KeyError, TypeError):
        who = "another run of cl"
    return BusyError(
        f"this workspace is in use by {who}.",
        "Wait until it is done and run again; nothing was changed.",
        code="workspace-busy",
    )
