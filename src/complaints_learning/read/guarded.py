"""A reader in a process of its own, with limits, so that no file can take `cl` down.

The old and rare formats (.xls, .xlsb, .ods) come here. The process may use memory and time in
proportion to the file; beyond that it is ended and the file refused. File and answer go through
pipes: neither ever lies in a temporary folder.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
import time
from typing import Any

from complaints_learning.nouns import processes
from complaints_learning.nouns.errors import ReadError
from complaints_learning.read.grid import Grid
from complaints_learning.read.kinds import damaged
from complaints_learning.read.xlsx import unsafe

_SECONDS, _SECONDS_PER_MB = 4.0, 4.0
_MB, _MB_PER_MB = 400, 40


def grids(data: bytes, file: str, kind: str) -> list[Grid]:
    """The sheets of a file, read by `child` under limits."""
    megabytes = len(data) / 1e6
    seconds = _SECONDS + _SECONDS_PER_MB * megabytes
    memory = int((_MB + _MB_PER_MB * megabytes) * 1e6)
    process = processes.opened("complaints_learning.read.child", kind, str(memory), file)
    answer: list[bytes] = []
    # in a thread, because what waits for a pipe cannot watch a process's memory
    talk = threading.Thread(target=lambda: answer.append(process.communicate(data)[0]))
    talk.start()
    try:
        why = _watch(process, talk, seconds, memory)
    finally:
        if process.poll() is None:
            process.kill()
        talk.join()
    if why:
        raise unsafe(file, why)
    return _answer(b"".join(answer), process.returncode, file)


def _watch(
    process: subprocess.Popen[bytes], talk: threading.Thread, seconds: float, memory: int
) -> str:
    """Wait until the process has said all; why it had to be ended, or ''."""
    until = time.monotonic() + seconds
    wait = 0.005
    while talk.is_alive():
        if time.monotonic() > until:
            return f"reading it took more than {seconds:.0f} seconds"
        if _memory(process) > memory:
            return f"reading it took more than {memory / 1e6:.0f} MB of memory"
        talk.join(wait)
        wait = min(wait * 1.5, 0.05)
    return ""


def _memory(process: subprocess.Popen[bytes]) -> int:
    """Bytes in use, on Windows; elsewhere the process limits itself."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(Counters)
    handle = wintypes.HANDLE(int(process._handle))
    if not ctypes.windll.psapi.GetProcessMemoryInfo(handle, ctypes.byref(counters), counters.cb):
        return 0
    return int(counters.PagefileUsage)


def _answer(said: bytes, code: int, file: str) -> list[Grid]:
    """What the child found. Its answer is our own pickle, made by our own code."""
    try:
        answer: Any = pickle.loads(said)
    except Exception:
        raise damaged(file, "its reader stopped" if code else "") from None
    if isinstance(answer, tuple):
        message, hint, name = answer
        raise ReadError(message, hint, name)
    found: list[Grid] = answer
    return found
