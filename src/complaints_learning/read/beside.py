"""What else can be done while calamine reads a large workbook: it lets go of Python meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

LARGE = 1 << 20
"""Bytes of a workbook that takes long enough to read for a thread to be worth it."""


class Beside:
    """Something to do once, in a thread, from `begin` on; it has ended when the block ends.

    It is told the size of the workbook.
    """

    def __init__(self, work: Callable[[int], object] | None) -> None:
        self._work = work
        self._thread: threading.Thread | None = None

    def begin(self, size: int) -> None:
        """A workbook of so many bytes is about to be read."""
        if self._work is not None and self._thread is None and size >= LARGE:
            self._thread = threading.Thread(target=self._run, args=(size,))
            self._thread.start()

    def _run(self, size: int) -> None:
        assert self._work is not None
        with suppress(Exception):  # it only spares time: what is wrong shows when it is needed
            self._work(size)

    def __enter__(self) -> Beside:
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread is not None:
            self._thread.join()
