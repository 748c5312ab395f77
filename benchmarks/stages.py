"""Where the time of one report goes, by stage.

    python benchmarks/stages.py [WORKSPACE] [--rows 100000] [--period 2023] [--edition public]

Runs the pipeline once in this process and listens to what it says it is doing: the same steps as
`cl report` shows. Without a workspace a register is made under benchmarks/data. Memory is the
process's peak up to the end of the stage (nothing where the system does not tell).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent))
import register

DATA = Path(__file__).resolve().parent / "data"


def peak() -> float:
    """Most memory so far in MB."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1024
    )


class Stages:
    """Listens to the pipeline's steps; a step ends where the next begins."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, float, float, float]] = []
        self.begin("starting")

    def begin(self, name: str) -> None:
        """The next stage."""
        self.name, self.wall, self.cpu = name, time.perf_counter(), time.process_time()

    def __call__(self, name: str) -> None:
        wall, cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu
        self.lines.append((self.name, wall, cpu, peak()))
        self.begin(name)


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("workspace", type=Path, nargs="?")
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--period", default="2023")
    options.add_argument("--edition", choices=("public", "internal"), default="public")
    chosen = options.parse_args()
    folder = chosen.workspace or register.workspace(DATA / str(chosen.rows), chosen.rows)
    stages = Stages()
    from complaints_learning import __main__ as command
    from complaints_learning import pipeline

    command.collect_seldom()
    with tempfile.TemporaryDirectory() as out:
        pipeline.report(folder, chosen.period, edition=chosen.edition, out=Path(out), step=stages)
    stages("")
    print(f"{'':28} {'seconds':>8} {'CPU s':>8} {'share':>6} {'peak MB':>8}")
    total = sum(wall for _, wall, _, _ in stages.lines)
    for name, wall, cpu, most in stages.lines:
        print(f"{name:28} {wall:8.2f} {cpu:8.2f} {wall / total:6.0%} {most:8.0f}")
    cpu = sum(cpu for _, _, cpu, _ in stages.lines)
    print(f"{'all':28} {total:8.2f} {cpu:8.2f} {1:6.0%} {peak():8.0f}")


if __name__ == "__main__":
    main()
