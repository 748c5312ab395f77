"""Texts to read in parts; some of them read in a second process, at the same time.

Only with a second core and many different texts. The labels are the same as without: each part is
read by itself either way, and what the other process does not give back is read here.
"""

from __future__ import annotations

import pickle
import subprocess
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from complaints_learning.nouns import processes

WORTH = 2.0
"""Seconds of reading from which on another process is worth it: it takes 0.3 s to be ready."""
_SECONDS = 60.0
Part = tuple[int, list[str]]
"""The number of the first text, and the texts."""


def spare() -> processes.Spare:
    """The other process, to be started as soon as it is known that it will be wanted."""
    return processes.Spare("complaints_learning.classify.child")


@contextmanager
def helped(
    other: processes.Spare, order: object, waiting: deque[Part], done: dict[int, Any]
) -> Iterator[None]:
    """While the block takes parts from the left of `waiting`, the other process takes them from the
    right and puts its answers into `done`, by the number of their first text.

    `order` is what `child` needs to know first. At the end of the block no part is under way; one
    that was given back is in `waiting` again.
    """
    process, every = other.process, len(done) + len(waiting)
    if process is None or not waiting:
        yield
        return
    told = pickle.dumps(order, protocol=pickle.HIGHEST_PROTOCOL)
    thread = threading.Thread(target=_share, args=(process, told, waiting, done), daemon=True)
    thread.start()
    try:
        yield
        if len(done) < every:
            thread.join(_SECONDS)
    finally:
        processes.end(process)
        thread.join()


def _share(
    process: subprocess.Popen[bytes], told: bytes, waiting: deque[Part], done: dict[int, Any]
) -> None:
    """Send part after part and wait for each answer, until nothing waits or the process ends."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(OSError, ValueError, EOFError, pickle.UnpicklingError):
        process.stdin.write(told)
        process.stdin.flush()
        pickle.load(process.stdout)  # it is ready
        while waiting:
            try:
                part = waiting.pop()
            except IndexError:  # the last was taken just now
                return
            try:
                pickle.dump(part, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
                process.stdin.flush()
                done[part[0]] = pickle.load(process.stdout)
            finally:
                if part[0] not in done:
                    waiting.append(part)
