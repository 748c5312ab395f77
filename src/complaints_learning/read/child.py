"""The process that reads one risky file from standard input and writes its sheets to the output.

Run by `guarded` as: python -m complaints_learning.read.child FORMAT MEMORY NAME
"""

from __future__ import annotations

import contextlib
import pickle
import sys

from complaints_learning.nouns.errors import ReadError
from complaints_learning.read import legacy


def main(kind: str, memory: str, file: str) -> None:
    """Limit ourselves, read, and hand over the sheets or why there are none."""
    _limit(int(memory))
    try:
        answer: object = legacy.grids(sys.stdin.buffer.read(), file, kind)
    except ReadError as wrong:
        answer = (wrong.message, wrong.hint, wrong.code)
    except MemoryError:
        answer = (
            f"{file}: refused, because reading it took too much memory.",
            "Real exports are not like this. If it is one, save it as .xlsx.",
            "file-unsafe",
        )
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


def _limit(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(*sys.argv[1:4])
