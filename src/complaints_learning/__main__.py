"""python -m complaints_learning, and where the command `cl` begins."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys


def collect_seldom() -> None:
    """We live for seconds: to look for garbage as often as Python does takes a twentieth of it."""
    gc.set_threshold(500_000, 50, 100)


def main() -> None:
    """Run `cl`. Until it listens, Ctrl+C ends it at once and prints nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    collect_seldom()
    from complaints_learning import cli

    try:
        cli.main()
    except SystemExit as left:
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                stream.flush()
        atexit._run_exitfuncs()  # what libraries put away at the end
        os._exit(int(left.code or 0))  # Python would take apart all that is loaded, for 20 ms


if __name__ == "__main__":
    main()
