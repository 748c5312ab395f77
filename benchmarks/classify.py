"""How many texts of 400 characters a second get their themes, on one core.

    python benchmarks/classify.py [--texts 20000]

"phrases" reads texts and finds every phrase; "everything" adds the rules of context, hints and
probabilities, "evidence" the words that led there. Once with texts as registers and this
project's other benchmarks have them, in which sentences come again, and once with texts of which
every sentence is different: chains of the development texts' words. Seconds are those of the
processor, so that other work does not count. Where pyahocorasick is installed, "automaton" is what
it does in the same call: small letters, and the plain script's 300 phrases, which are fixed.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "data" / "themes"
LETTERS = 400


def rows() -> list[str]:
    """The development texts."""
    return [
        json.loads(line)["text"]
        for path in sorted(TEXTS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def again(count: int) -> list[str]:
    """So many texts, always the same: development texts joined in ever other combinations."""
    rng, known = random.Random(1), rows()
    return [" ".join(rng.sample(known, 6))[:LETTERS] for _ in range(count)]


def different(count: int) -> list[str]:
    """So many texts whose sentences are all different: a word after one that it once followed."""
    rng = random.Random(2)
    after: dict[str, list[str]] = {}
    for row in rows():
        said = ["", *row.split(), ""]
        for word, following in itertools.pairwise(said):
            after.setdefault(word, []).append(following)
    texts = []
    for _ in range(count):
        text, word = "", ""
        while len(text) < LETTERS:
            word = rng.choice(after[word])
            text += f"{word} " if word else ""
        texts.append(text[:LETTERS])
    return texts


def per_second(count: int, work: Callable[[], object]) -> int:
    """How many a second, the best of three."""
    seconds = []
    for _ in range(3):
        start = time.process_time()
        work()
        seconds.append(time.process_time() - start)
    return round(count / min(seconds))


def automaton(many: list[str]) -> Callable[[], object] | None:
    """What looks for 300 fixed phrases in these texts, if pyahocorasick is there."""
    try:
        import ahocorasick
    except ImportError:
        return None
    import naive

    fixed = ahocorasick.Automaton()
    for pattern in naive.phrases().values():
        for phrase in pattern.pattern.replace("\\", "").split("|"):
            fixed.add_word(phrase, phrase)
    fixed.make_automaton()
    return lambda: [list(fixed.iter(text.lower())) for text in many]


def megabytes() -> int:
    """The most memory so far; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    """Print texts a second, seconds for 2,000 texts with loading, and memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--texts", type=int, default=20_000)
    count = options.parse_args().texts
    start = time.process_time()
    from complaints_learning.jobs import labelling
    from complaints_learning.nouns import processes

    processes.cores = lambda: 1  # a report uses a second one where it can

    imported = time.process_time()
    reader = labelling.reader()
    loaded = time.process_time()
    few = again(2000)
    begun = time.process_time()
    reader.found(few)
    told = {
        "import_seconds": round(imported - start, 3),
        "load_seconds": round(loaded - imported, 3),
        "first_2000_seconds": round(time.process_time() - begun, 3),
    }
    lexicon = reader.rules.lexicon
    for name, make in (("again", again), ("different", different)):
        before, many = megabytes(), make(count)
        made = megabytes()

        def phrases(many: list[str] = many) -> None:
            for at in range(0, len(many), 10_000):
                lexicon.hits(lexicon.batch(many[at : at + 10_000]))

        if plain := automaton(many):
            told[f"{name}: automaton_per_second"] = per_second(count, plain)
        told[f"{name}: phrases_per_second"] = per_second(count, phrases)
        told[f"{name}: everything_per_second"] = per_second(
            count, lambda many=many: reader.found(many, evidence=False)
        )
        told[f"{name}: with_evidence_per_second"] = per_second(
            count, lambda many=many: reader.found(many)
        )
        told[f"{name}: texts_megabytes"] = made - before
        told[f"{name}: work_megabytes"] = megabytes() - made
    print(json.dumps(told, indent=2))


if __name__ == "__main__":
    main()
