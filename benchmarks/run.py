"""How long the work takes: whole processes, in turn, as ratios of one run.

    python benchmarks/run.py [--rows 200 2000 100000] [--runs 5]

Absolute times do not hold from machine to machine; the ratios do. Each line compares a command with
the plain script in naive.py on the same register, and `cl --help` with Python's own start. A report
counts anew each time. The commands that only look are timed as the first to ask and when nothing
has changed since.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import register

HERE = Path(__file__).resolve().parent
DATA = HERE / "data"
CL = [sys.executable, "-m", "complaints_learning"]
LOOKS: dict[str, tuple[str, ...]] = {
    "check": (),
    "figures": ("-p", "2023"),
    "explain": ("upheld_or_partly", "-p", "2023"),
}


def timed(command: list[str]) -> tuple[float, int]:
    """Wall seconds and peak memory in MB (0 where the system does not tell) of one run."""
    # as on anybody's computer: Python keeps what it has compiled
    kept = {name: said for name, said in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=kept, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    if hasattr(os, "wait4"):
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        peak = usage.ru_maxrss // (1 if sys.platform == "darwin" else 1024)
    else:
        process.wait()
        peak = 0
    seconds = time.perf_counter() - start
    if process.returncode not in (0, 3):
        raise SystemExit(f"{command[-4:]} left with {process.returncode}")
    return seconds, peak


def pair(ours: list[str], theirs: list[str], runs: int) -> dict[str, float]:
    """Both in turn, after one warm-up each: medians, and the median ratio pair by pair."""
    timed(ours)
    timed(theirs)
    both = [(timed(ours), timed(theirs)) for _ in range(runs)]
    return {
        "seconds": statistics.median(a[0] for a, _ in both),
        "of": statistics.median(b[0] for _, b in both),
        "ratio": statistics.median(a[0] / b[0] for a, b in both),
        "mb": statistics.median(a[1] for a, _ in both),
        "mb_of": statistics.median(b[1] for _, b in both),
    }


def main() -> None:
    """Print the table; `--json FILE` keeps it for the docs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, nargs="*", default=[200, 2000])
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    sample = HERE.parent / "sample_data"
    out = DATA / "out"
    lines = {
        "cl --help / python": pair([*CL, "--help"], [sys.executable, "-c", "pass"], chosen.runs)
    }
    jobs = {"sample": shutil.copytree(sample, DATA / "sample", dirs_exist_ok=True)}
    jobs |= {f"{n:,} rows": register.workspace(DATA / str(n), n) for n in chosen.rows}
    for name, folder in jobs.items():
        ours = [*CL, "report", "-w", str(folder), "-p", "2023", "--out", str(out)]
        theirs = [sys.executable, str(HERE / "naive.py"), str(folder), str(DATA / "naive.docx")]
        lines[f"report, {name} / plain script"] = pair(ours, theirs, chosen.runs)
        for look, words in LOOKS.items():
            ours = [*CL, look, *words, "-w", str(folder)]
            lines[f"{look} first, {name} / plain script"] = pair(
                [*ours, "--no-cache"], theirs, chosen.runs
            )
            lines[f"{look} again, {name} / plain script"] = pair(ours, theirs, chosen.runs)
    print(f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores")
    print(f"{'':44} {'cl s':>8} {'other s':>8} {'ratio':>7} {'cl MB':>7} {'other MB':>9}")
    for name, one in lines.items():
        print(
            f"{name:44} {one['seconds']:8.2f} {one['of']:8.2f} {one['ratio']:7.2f} "
            f"{one['mb']:7.0f} {one['mb_of']:9.0f}"
        )
    if chosen.json:
        chosen.json.write_text(json.dumps(lines, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
