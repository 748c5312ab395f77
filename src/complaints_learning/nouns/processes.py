"""A second process of our own, where the computer has a second core: started, and ended."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def cores() -> int:
    """The processors that we may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def opened(module: str, *words: str) -> subprocess.Popen[bytes]:
    """The module as a process, to be talked with through pipes. Raises OSError.

    It imports from where we do and never from the folder that we were called in (-P).
    """
    places = [str(Path(place).resolve()) for place in sys.path if place]
    return subprocess.Popen(
        [sys.executable, "-P", "-m", module, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(places)},
    )


def started(module: str) -> subprocess.Popen[bytes] | None:
    """The same; None when it cannot be started."""
    try:
        return opened(module)
    except OSError:
        return None


class Spare:
    """A second process that may be wanted: it is there from the first `start` to the block's end,
    where there is a second core and it can be started."""

    def __init__(self, module: str) -> None:
        self._module = module
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """It will be wanted."""
        if self.process is None and cores() > 1:
            self.process = started(self._module)

    def __enter__(self) -> Spare:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process is not None:
            end(self.process)


def end(process: subprocess.Popen[bytes]) -> None:
    """End it, whatever it does, and let go of its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
