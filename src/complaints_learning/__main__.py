"""python -m complaints_learning, and where the command `cl` begins."""

from __future__ import annotations

import gc
import signal


def main() -> None:
    """Run `cl`. Until it listens, Ctrl+C ends it at once and prints nothing."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.set_threshold(500_000, 50, 100)  # we live for seconds: looking for garbage takes a twentieth
    from complaints_learning import cli

    try:
        cli.main()
    finally:
        gc.freeze()  # Python would look through all that is loaded once more before it ends


if __name__ == "__main__":
    main()
