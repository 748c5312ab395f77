"""Themes of more texts than one process should hold: Dask over partitioned Parquet, and the proof.

    python -m pip install "complaints-learning[dask]"
    python benchmarks/beyond.py [--rows 100000] [--partitions 8] [--workers 2]

Finding themes is a pure function of rows, so `complaints_learning.themes` runs unchanged on
each partition, in local processes here and on a cluster with another Dask client. Prints both times
and whether the tables are equal, and leaves with 1 when they are not.
docs/how-to/beyond-one-machine.md says how.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))
import register

import complaints_learning as cl

SHAPE = {
    "text": "int64",
    "theme": "str",
    "sub_theme": "str",
    "probability": "float64",
    "primary": "bool",
    "words": "object",
    "sure": "bool",
}
"""What `complaints_learning.themes` gives, as Dask wants to know it beforehand."""


def texts(rows: int) -> pd.DataFrame:
    """Invented complaints with a reference each; seeded."""
    chance = random.Random(20261125)
    said = [register.words(chance) for _ in range(rows)]
    return pd.DataFrame({"reference": [f"{n:07d}" for n in range(rows)], "text": said})


def themes_of(part: pd.DataFrame) -> pd.DataFrame:
    """The themes of one partition, by reference: the whole of what a worker runs."""
    found = cl.themes(part["text"])
    found.insert(0, "reference", part["reference"].to_numpy()[found["text"]])
    return found


def by_dask(folder: Path, workers: int) -> pd.DataFrame:
    """The themes of every partition of a Parquet folder, each in one of some local processes."""
    import dask
    import dask.dataframe as dd

    empty = pd.DataFrame(
        {"reference": pd.Series(dtype="str")}
        | {name: pd.Series(dtype=kind) for name, kind in SHAPE.items()}
    )
    with dask.config.set({"dataframe.convert-string": False}):
        parts = dd.read_parquet(folder)
        found = parts.map_partitions(themes_of, meta=empty)
        return found.compute(scheduler="processes", num_workers=workers)


def same(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether both give each reference the same themes with the same probabilities and words."""
    kept = [name for name in one.columns if name != "text"]  # counted anew in each partition
    plain = [
        table[kept]
        .astype(dict.fromkeys(("reference", "theme", "sub_theme", "words"), "object"))
        .reset_index(drop=True)
        for table in (one, other)
    ]
    return plain[0].equals(plain[1])


def main() -> int:
    """Both ways on the same rows."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--partitions", type=int, default=8)
    options.add_argument("--workers", type=int, default=2)
    chosen = options.parse_args()
    table = texts(chosen.rows)
    size = -(-chosen.rows // chosen.partitions)
    with tempfile.TemporaryDirectory() as place:
        for n in range(chosen.partitions):
            part = table.iloc[n * size : (n + 1) * size]
            part.to_parquet(Path(place) / f"part-{n:03d}.parquet", index=False)
        began = time.perf_counter()
        alone = themes_of(table)
        between = time.perf_counter()
        spread = by_dask(Path(place), chosen.workers)
        ended = time.perf_counter()
    equal = same(alone, spread)
    print(f"{chosen.rows:,} texts, {chosen.partitions} partitions, {chosen.workers} processes")
    print(f"one process {between - began:.1f} s, Dask {ended - between:.1f} s, equal: {equal}")
    return 0 if equal else 1


if __name__ == "__main__":
    raise SystemExit(main())
