"""What is being done now, on one line of a terminal, once a command has taken over a second."""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

AFTER = 1.0


class _Line:
    """The line on the screen; a timer shows it, so that the first slow step is told as well."""

    text: str = ""
    shown: int = 0
    timer: threading.Timer | None = None
    lock = threading.Lock()


def step(text: str) -> None:
    """Now `text` is being done."""
    if not sys.stderr.isatty():
        return
    with _Line.lock:
        _Line.text = text
        if _Line.shown:
            _draw()
        elif _Line.timer is None:
            _Line.timer = threading.Timer(AFTER, _late)
            _Line.timer.daemon = True
            _Line.timer.start()


def clear() -> None:
    """Take the line away, before anything else is printed and at the end."""
    with _Line.lock:
        if _Line.timer is not None:
            _Line.timer.cancel()
            _Line.timer = None
        if _Line.shown:
            _write("\r" + " " * _Line.shown + "\r")
        _Line.text, _Line.shown = "", 0


def _late() -> None:
    with _Line.lock:
        if _Line.timer is not None and _Line.text:
            _draw()


def _draw() -> None:
    line = f"{_Line.text} ..."
    _write("\r" + line.ljust(_Line.shown))
    _Line.shown = len(line)


def _write(text: str) -> None:
    with suppress(OSError, ValueError):
        sys.stderr.write(text)
        sys.stderr.flush()
