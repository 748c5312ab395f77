"""How many texts of 400 characters a second get their themes, on one core.

    python benchmarks/classify.py [--texts 20000]

"phrases" reads texts and finds every phrase; "everything" adds the rules of context, hints,
probabilities and evidence. The texts are the development texts, joined and cut to 400 characters
in ever other combinations. Seconds are those of the processor, so that other work does not count.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "data" / "themes"


def texts(count: int) -> list[str]:
    """So many texts of 400 characters, always the same."""
    rows = [
        json.loads(line)["text"]
        for path in sorted(TEXTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rng = random.Random(1)
    return [" ".join(rng.sample(rows, 6))[:400] for _ in range(count)]


def main() -> None:
    """Print texts a second and the time for 2,000 texts with loading."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=20_000)
    count = options.parse_args().texts
    start = time.process_time()
    from complaints_learning import classify
    from complaints_learning.read import texts as settings

    imported = time.process_time()
    reader = classify.Reader(settings.themes())
    loaded = time.process_time()
    many = texts(count)
    begun = time.process_time()
    reader.labels(many[:2000])
    first = time.process_time()
    for at in range(0, count, 2000):
        reader.rules.lexicon.hits(reader.rules.lexicon.batch(many[at : at + 2000]))
    phrases = time.process_time()
    reader.labels(many)
    done = time.process_time()
    told = {
        "import_seconds": imported - start,
        "load_seconds": loaded - imported,
        "first_2000_seconds": first - begun,
        "phrases_per_second": count / (phrases - first),
        "everything_per_second": count / (done - phrases),
    }
    print(json.dumps({name: round(value, 3) for name, value in told.items()}, indent=2))


if __name__ == "__main__":
    main()
