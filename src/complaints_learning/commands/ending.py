"""Ctrl+C, and the end that a scheduler asks for: unwound in order, so that nothing stays behind."""

from __future__ import annotations

import _thread
import signal
import sys
import threading
from types import FrameType
from typing import Any

_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    if hasattr(signal, name)
)


class _Asked:
    """Which signal asked us to end, 0 for none."""

    signal: int = 0


def listen() -> None:
    """From now on a signal ends the run as an error does: files in the making are removed.

    SIGINT leaves with 130 and SIGTERM with 143. A second signal does not disturb the tidying up.
    """
    for one in _SIGNALS:
        if signal.getsignal(one) != signal.SIG_IGN:  # nohup: stay deaf
            signal.signal(one, _end)
    sys.unraisablehook = _again


def code() -> int:
    """The exit code that a signal asked for, 0 for none."""
    return 128 + _Asked.signal if _Asked.signal else 0


def check() -> None:
    """End here when a signal asked for it and a library lost the exception on its way up."""
    if _Asked.signal:
        raise SystemExit(code())


def deaf() -> None:
    """The work is done: what comes now is too late to change it."""
    for one in _SIGNALS:
        signal.signal(one, signal.SIG_IGN)


def _end(number: int, _: FrameType | None) -> None:
    _Asked.signal = number
    deaf()
    raise SystemExit(128 + number)


def _again(unraisable: Any) -> None:
    """Python drops an exception raised while it tidies an object: ask again, in a moment."""
    if not (_Asked.signal and isinstance(unraisable.exc_value, SystemExit)):
        sys.__unraisablehook__(unraisable)
        return
    signal.signal(_Asked.signal, _end)
    number = signal.Signals(_Asked.signal)
    later = threading.Timer(0.01, _thread.interrupt_main, (number,))
    later.daemon = True
    later.start()
