"""Learn templates/theme_hints.json from the phrases of themes.toml and from development texts.

python tools/hints.py            writes the file; always the same for the same inputs
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from complaints_learning.classify import words  # noqa: E402
from complaints_learning.classify.hints import stem  # noqa: E402
from complaints_learning.classify.labels import (  # noqa: E402
    DOUBT,
    FLATTER,
    HINTS,
    LEVEL,
    RULES,
)
from complaints_learning.classify.rules import Rules  # noqa: E402
from complaints_learning.nouns import themes as nouns  # noqa: E402
from complaints_learning.nouns.themes import Themes  # noqa: E402

TEXTS = ("tune", "later", "more", "last", "written", "short")
FRESH = "fresh"
"""Texts by another hand, learned from too; levels are set on each fifth of them held out."""
PHRASE_WEIGHT = 0.3
RIDGE = 0.1
ROUNDS = 200
FOLDS = 5
LEVEL_RIDGE = 2.0
LEAST = 8
"""Hundredths: words that weigh less for every theme are left out."""
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


@dataclass(frozen=True)
class Table:
    """TF-IDF rows of length one, with no room for what does not occur; a last column of 0.5."""

    row: Numbers
    column: Numbers
    value: Numbers
    shape: tuple[int, int]

    @classmethod
    def of(cls, documents: list[set[str]], column: dict[str, int], idf: Numbers) -> Table:
        """The rows of some documents."""
        rows, columns, values = [], [], []
        for n, document in enumerate(documents):
            at = np.array(sorted(column[gram] for gram in document if gram in column), dtype=int)
            length = float(np.linalg.norm(idf[at])) or 1.0
            rows.append(np.full(len(at) + 1, n))
            columns.append(np.append(at, len(column)))
            values.append(np.append(idf[at] / length, 0.5))
        return cls(
            np.concatenate(rows),
            np.concatenate(columns),
            np.concatenate(values),
            (len(documents), len(column) + 1),
        )

    def times(self, weights: Numbers) -> Numbers:
        """This table by a matrix."""
        return _summed(self.value[:, None] * weights[self.column], self.row, self.shape[0])

    def turned_times(self, weights: Numbers) -> Numbers:
        """This table turned over, by a matrix."""
        order = np.argsort(self.column, kind="stable")
        part = self.value[order, None] * weights[self.row[order]]
        return _summed(part, self.column[order], self.shape[1])


def _summed(part: Numbers, to: Numbers, length: int) -> Numbers:
    """The rows of `part` added up by where they belong, which is in order."""
    out = np.zeros((length, part.shape[1]))
    first = np.flatnonzero(np.append(True, to[1:] != to[:-1]))
    out[to[first]] = np.add.reduceat(part, first, axis=0)
    return out


def fit(table: Table, labels: Numbers, weight: Numbers) -> Numbers:
    """One logistic regression a theme, by accelerated gradient steps; the last row is the bias."""
    found = np.zeros((table.shape[1], labels.shape[1]))
    found[-1] = -4.4
    before = found.copy()
    vector = np.ones((table.shape[1], 1))
    size = 1.0
    for _ in range(10):
        vector = table.turned_times(weight[:, None] * table.times(vector))
        size = float(np.linalg.norm(vector))
        vector /= size
    step = 1 / (0.25 * size * 1.05 + RIDGE)
    for turn in range(ROUNDS):
        ahead = found + turn / (turn + 3) * (found - before)
        before = found
        wrong = (1 / (1 + np.exp(-table.times(ahead))) - labels) * weight[:, None]
        slope = table.turned_times(wrong)
        slope[:-1] += RIDGE * ahead[:-1]
        found = ahead - step * slope
    return found


@dataclass(frozen=True)
class Learned:
    """What words weigh: `weights` has a row for each of `column`, then the bias."""

    column: dict[str, int]
    idf: Numbers
    weights: Numbers

    def scores(self, documents: list[set[str]]) -> Numbers:
        """One logit for each document and theme."""
        return Table.of(documents, self.column, self.idf).times(self.weights)


def grams_of(themes: Themes, texts: list[dict[str, Any]]) -> list[set[str]]:
    """The grams of each text, with slips of spelling mended."""
    mend = {"".join(k.split("'")): v for k, v in themes.spelling.items()}
    return [grams([mend.get(w, w) for w in words.plain([row["text"]])]) for row in texts]


def labels_of(themes: Themes, texts: list[dict[str, Any]]) -> Numbers:
    """1 for each text and theme that a person gave it."""
    return np.array([[float(code in row["themes"]) for code in themes.codes] for row in texts])


def weigh(themes: Themes, texts: list[dict[str, Any]]) -> Learned:
    """Learn what words weigh from the phrases and from these texts."""
    codes = list(themes.codes)
    documents = grams_of(themes, texts)
    labels = labels_of(themes, texts).tolist()
    weight = [1.0] * len(texts)
    phrases = phrase_texts(themes)
    shares = Counter(code for _, code in phrases)
    for document, code in phrases:
        documents.append(document)
        labels.append([float(code == each) for each in codes])
        # a theme with many phrases must not seem more frequent for it
        weight.append(PHRASE_WEIGHT * len(phrases) / len(codes) / shares[code])
    counted = Counter(gram for document in documents for gram in document)
    column = {gram: n for n, gram in enumerate(sorted(g for g, n in counted.items() if n >= 2))}
    idf = np.array([np.log(len(documents) / counted[gram]) + 1 for gram in column])
    table = Table.of(documents, column, idf)
    return Learned(column, idf, fit(table, np.array(labels), np.array(weight)))


def held_out(themes: Themes, texts: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> Numbers:
    """The hints of each fresh text, learned without its fifth."""
    documents = grams_of(themes, fresh)
    held = np.zeros((len(fresh), len(themes.codes)))
    for fold in range(FOLDS):
        rest = [row for n, row in enumerate(fresh) if n % FOLDS != fold]
        learned = weigh(themes, texts + rest)
        held[fold::FOLDS] = learned.scores(documents[fold::FOLDS])
    return held


def levels(themes: Themes, fresh: list[dict[str, Any]], held: Numbers) -> Numbers:
    """How much to add to each theme's hints so that the themes of held-out texts come out right."""
    rules = Rules(themes).read([row["text"] for row in fresh]).scores
    logits = RULES * rules + HINTS * held + LEVEL - DOUBT / FLATTER
    given = labels_of(themes, fresh)
    shift = np.zeros(given.shape[1])
    for _ in range(50):  # Newton's steps, each theme by itself
        chance = 1 / (1 + np.exp(-FLATTER * (logits + shift)))
        slope = FLATTER * (chance - given).sum(axis=0) + LEVEL_RIDGE * shift
        shift -= slope / (FLATTER**2 * (chance * (1 - chance)).sum(axis=0) + LEVEL_RIDGE)
    return shift / HINTS


def learn(
    themes: Themes, texts: list[dict[str, Any]], fresh: list[dict[str, Any]]
) -> dict[str, Any]:
    """The content of theme_hints.json."""
    shift = levels(themes, fresh, held_out(themes, texts, fresh)) if fresh else 0.0
    learned = weigh(themes, texts + fresh)
    rows = {}
    for gram, n in learned.column.items():
        row = [round(float(learned.idf[n]) * 100)]
        row += [round(float(w) * 100) for w in learned.weights[n]]
        if max(map(abs, row[1:])) >= LEAST:
            rows[gram] = row
    bias = 0.5 * learned.weights[-1] + shift
    return {
        "about": "Made by tools/hints.py from themes.toml and the texts in tests/data/themes.",
        "themes": list(themes.codes),
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
    learned = learn(themes, texts_of(TEXTS), texts_of((FRESH,)))
    rows = ",\n".join(f"{json.dumps(k)}:{json.dumps(v)}" for k, v in learned.pop("words").items())
    head = json.dumps(learned)[:-1]
    (ROOT / "templates" / "theme_hints.json").write_text(
        f'{head},\n"words":{{\n{rows}\n}}}}\n', encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
