"""The process that loads matplotlib while a report is counted, and then draws its charts.

Run by `apart` as: python -m complaints_learning.draw.child. The order comes on standard input, the
pictures go to standard output. It ends with its parent, because its input ends then.
"""

from __future__ import annotations

import gc
import os
import signal
import sys


def main() -> None:
    """Wait for an order and answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent hears it too, and ends us
    gc.disable()  # we live for seconds
    import msgspec

    from complaints_learning import draw
    from complaints_learning.draw import apart, png

    png.ready()
    told = sys.stdin.buffer.read()
    if told:
        order = msgspec.msgpack.decode(told, type=apart.Order)
        made = [
            draw.picture(one, order.style, png=order.png, svg=order.svg) for one in order.charts
        ]
        sys.stdout.buffer.write(msgspec.msgpack.encode(made))
        sys.stdout.flush()
    os.close(sys.stdout.fileno())  # our parent waits for the end of the answer, not for ours


if __name__ == "__main__":
    main()
