"""Learn templates/theme_hints.json from the phrases of themes.toml and from development texts.

python tools/hints.py            writes the file; always the same for the same inputs
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from complaints_learning import themes as nouns  # noqa: E402
from complaints_learning.classify import words  # noqa: E402
from complaints_learning.classify.hints import stem  # noqa: E402
from complaints_learning.themes import Themes  # noqa: E402

TEXTS = ("tune", "later", "more", "last")
PHRASE_WEIGHT = 0.3
RIDGE = 0.3
ROUNDS = 60
Numbers = np.ndarray[Any, Any]


def grams(said: list[str]) -> set[str]:
    """The stems and pairs of neighbouring stems of one text."""
    out: set[str] = set()
    before = ""
    for word in said:
        if word in (".", words.BREAK):
            before = ""
            continue
        here = stem(word)
        out.add(here)
        if before:
            out.add(f"{before} {here}")
        before = here
    return out


def phrase_texts(themes: Themes) -> list[tuple[set[str], str]]:
    """Each phrase said twice, with one choice for each of its places."""
    compiler = words.Compiler(themes.lists)
    out = []
    for theme in themes:
        for sub in theme.sub_themes:
            for phrase in sub.phrases:
                compiled = compiler.phrase(phrase)
                for turn in range(2 if phrase.level != "weak" else 0):
                    rng = random.Random(f"{phrase.text} {turn}")
                    said: list[str] = []
                    for step in compiled.steps:
                        if step.optional and rng.random() < 0.5:
                            continue
                        element = compiler.elements[step.element]
                        choices = sorted(element.exact) + [" ".join(run) for run in element.runs]
                        choices += sorted(element.prefixes)
                        said += rng.choice(choices or ["3"]).replace("*", "").split()
                    out.append((grams([word for word in said if word != ".."]), theme.code))
    return out


def matrix(documents: list[set[str]], column: dict[str, int], idf: Numbers) -> Numbers:
    """TF-IDF rows of length one."""
    table = np.zeros((len(documents), len(column)), dtype=np.float32)
    for n, document in enumerate(documents):
        at = [column[gram] for gram in document if gram in column]
        table[n, at] = idf[at]
    return table / np.maximum(1e-9, np.linalg.norm(table, axis=1, keepdims=True))


def fit(table: Numbers, labels: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """One logistic regression a theme, by accelerated gradient steps."""
    table = np.hstack([table, np.full((len(table), 1), 0.5, np.float32)])
    found = np.zeros((table.shape[1], labels.shape[1]), np.float32)
    found[-1] = -4.4
    before = found.copy()
    vector = np.ones(table.shape[1], np.float32)
    size = 1.0
    for _ in range(10):
        vector = table.T @ (weight * (table @ vector))
        size = float(np.linalg.norm(vector))
        vector /= size
    step = 1 / (0.25 * size * 1.05 + RIDGE)
    for turn in range(ROUNDS):
        ahead = found + turn / (turn + 3) * (found - before)
        before = found
        wrong = (1 / (1 + np.exp(-(table @ ahead))) - labels) * weight[:, None]
        slope = table.T @ wrong
        slope[:-1] += RIDGE * ahead[:-1]
        found = ahead - step * slope
    return found[:-1], found[-1] * 0.5


def learn(themes: Themes, texts: list[dict[str, Any]]) -> dict[str, Any]:
    """The content of theme_hints.json."""
    codes = list(themes.codes)
    mend = {"".join(k.split("'")): v for k, v in themes.spelling.items()}
    said = [[mend.get(w, w) for w in words.plain([row["text"]])] for row in texts]
    documents = [grams(each) for each in said]
    labels = [[float(code in row["themes"]) for code in codes] for row in texts]
    weight = [1.0] * len(texts)
    phrases = phrase_texts(themes)
    shares = Counter(code for _, code in phrases)
    for document, code in phrases:
        documents.append(document)
        labels.append([float(code == each) for each in codes])
        # a theme with many phrases must not seem more frequent for it
        weight.append(PHRASE_WEIGHT * len(phrases) / len(codes) / shares[code])
    counted = Counter(gram for document in documents for gram in document)
    kept = sorted(gram for gram, times in counted.items() if times >= 2)
    column = {gram: n for n, gram in enumerate(kept)}
    idf = np.array([np.log(len(documents) / counted[gram]) + 1 for gram in kept], np.float32)
    found, bias = fit(
        matrix(documents, column, idf),
        np.array(labels, np.float32),
        np.array(weight, np.float32),
    )
    rows = {}
    for gram, n in column.items():
        row = [round(float(idf[n]) * 100), *(round(float(w) * 100) for w in found[n])]
        if max(map(abs, row[1:])) >= 5:
            rows[gram] = row
    return {
        "about": "Made by tools/hints.py from themes.toml and the texts in tests/data/themes.",
        "themes": codes,
        "bias": [round(float(b) * 100) for b in bias],
        "words": rows,
    }


def texts_of(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """The development texts of these files, those that there are."""
    rows: list[dict[str, Any]] = []
    for name in names:
        path = ROOT / "tests" / "data" / "themes" / f"{name}.jsonl"
        if path.is_file():
            rows += [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return rows


def main() -> None:
    """Write templates/theme_hints.json."""
    source = ROOT / "templates" / "themes.toml"
    themes = nouns.parse(source.read_text(encoding="utf-8"), source.name)
    learned = learn(themes, texts_of(TEXTS))
    rows = ",\n".join(f"{json.dumps(k)}:{json.dumps(v)}" for k, v in learned.pop("words").items())
    head = json.dumps(learned)[:-1]
    (ROOT / "templates" / "theme_hints.json").write_text(
        f'{head},\n"words":{{\n{rows}\n}}}}\n', encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
