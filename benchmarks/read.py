"""How long reading and checking takes, as ratios to what the reader alone takes.

    python benchmarks/read.py [--rows 2000 100000] [--runs 5]

Each job runs in a process of its own, in turn, and times itself after its imports: python-calamine
opening the register and listing its rows, and `read.workspace` with `check.everything`.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import register

DATA = Path(__file__).resolve().parent / "data"


def calamine(folder: Path) -> float:
    """Open the register and list its rows."""
    import python_calamine

    start = time.perf_counter()
    book = python_calamine.CalamineWorkbook.from_path(str(folder / "register" / "register.xlsx"))
    rows = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    seconds = time.perf_counter() - start
    assert rows
    return seconds


def ours(folder: Path) -> float:
    """Read the workspace and check it."""
    from complaints_learning import check, read
    from complaints_learning.nouns import settings

    chosen = settings.parse((folder / "cl.toml").read_text(encoding="utf-8"))
    start = time.perf_counter()
    raw = read.workspace(folder, chosen)
    found = check.everything(raw, chosen)
    seconds = time.perf_counter() - start
    assert found.rows["register"].adds_up
    return seconds


def run(job: str, folder: Path) -> tuple[float, float]:
    """Seconds after imports and peak MB of one process."""
    command = [sys.executable, __file__, "--one", job, str(folder)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    said = process.stdout.read()
    if hasattr(os, "wait4"):
        usage = os.wait4(process.pid, 0)[2]
        peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
        peak = float("nan")
    return float(said), peak


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", default=[2000, 100_000])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--one", nargs=2)
    chosen = options.parse_args()
    if chosen.one:
        job, folder = chosen.one
        print({"calamine": calamine, "ours": ours}[job](Path(folder)))
        return
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(
        f"{'rows':>10} {'cl s':>7} {'calamine s':>11} {'ratio':>6} {'cl MB':>6} {'its MB':>7} ratio"
    )
    for rows in chosen.rows:
        folder = register.workspace(DATA / str(rows), rows)
        run("ours", folder)
        both = [(run("ours", folder), run("calamine", folder)) for _ in range(chosen.runs)]
        times = statistics.median(a[0] / b[0] for a, b in both)
        memory = statistics.median(a[1] / b[1] for a, b in both)
        middle = [statistics.median(x) for x in zip(*((*a, *b) for a, b in both), strict=True)]
        print(
            f"{rows:>10,} {middle[0]:7.2f} {middle[2]:11.2f} {times:6.2f} "
            f"{middle[1]:6.0f} {middle[3]:7.0f} {memory:5.2f}"
        )


if __name__ == "__main__":
    main()
