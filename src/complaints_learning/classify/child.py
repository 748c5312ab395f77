"""The process that reads some of many texts for themes while its parent reads the others.

Run by `apart` as: python -m complaints_learning.classify.child. The reader and then part after part
come on standard input, the answers go to standard output. It ends with its parent, because its
input ends then.
"""

from __future__ import annotations

import gc
import pickle
import signal
import sys


def main() -> None:
    """Answer every part."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # our parent hears it too, and ends us
    gc.disable()  # nothing we make is a circle
    from complaints_learning.classify import labels  # noqa: F401 (while nothing has come yet)

    given, answers = sys.stdin.buffer, sys.stdout.buffer
    reader, model, evidence = pickle.load(given)
    answer: object = "ready"
    while True:
        pickle.dump(answer, answers, protocol=pickle.HIGHEST_PROTOCOL)
        answers.flush()
        try:
            first, texts = pickle.load(given)
        except EOFError:
            return
        answer = reader.part(first, texts, model, evidence)


if __name__ == "__main__":
    main()
