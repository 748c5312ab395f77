"""Learn templates/theme_hints.json from the phrases of themes.toml and from development texts.

python tools/hints.py            writes the file; always the same for the same inputs
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import logsumexp

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from complaints_learning.classify import words  # noqa: E402
from complaints_learning.classify.hints import stem, whole  # noqa: E402
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

TEXTS = ("tune", "later", "more", "last", "written", "short", "bare")
HANDS = (
    *(("fresh", "second", "relatives"), ("hard", "weighed"), ("officers", "registers")),
    *(("families", "everyday"), ("parents", "formal"), ("notes", "young")),
    *(("concerns", "told"), ("pairs", "aside")),
)
"""Texts by other hands, learned from too; levels are set on each hand's while it is left out."""
PHRASE_WEIGHT = 0.1
RIDGE = 0.1
ROUNDS = 200
LEVEL_RIDGE, LEVEL_SHARE = 2.0, 0.5
"""Levels are drawn towards none, and half way to their mean: themes come oftener elsewhere."""
USUAL_SHARE = 0.5
"""Of so many texts a copy is learned from, with sentences that stand in any letter of complaint."""
LEAST = 8
"""Hundredths: words that weigh less for every theme are left out."""
COMPACT = (",", ":")
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
        out.add(whole(word) or here)
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


def table_of(documents: list[set[str]], column: dict[str, int], idf: Numbers) -> csr_array:
    """TF-IDF rows of length one, with a last column of 0.5 for the bias."""
    rows = [sorted(column[gram] for gram in document if gram in column) for document in documents]
    at = np.array([n for row in rows for n in (*row, len(column))])
    ends = np.cumsum([0, *(len(row) + 1 for row in rows)])
    lengths = [float(np.linalg.norm(idf[row])) or 1.0 for row in rows]
    weighed = np.append(idf, 0.5)[at] / np.repeat(lengths, np.diff(ends))
    weighed[ends[1:] - 1] = 0.5
    return csr_array((weighed, at, ends), shape=(len(rows), len(column) + 1))


def fit(table: csr_array, labels: Numbers, weight: Numbers) -> Numbers:
    """One logistic regression a theme, all at once; the last row is the bias."""

    def told(logits: Numbers) -> tuple[float, Numbers]:
        wrong = 1 / (1 + np.exp(-logits)) - labels
        cost = (np.logaddexp(0, logits) - labels * logits) * weight[:, None]
        return float(cost.sum()), wrong

    return least(told, table, weight, np.full(labels.shape[1], -4.4))


def fit_one(table: csr_array, labels: Numbers, weight: Numbers) -> Numbers:
    """One logistic regression over all themes, of which each text has one; the last row is the
    bias."""

    def told(logits: Numbers) -> tuple[float, Numbers]:
        logits = logits - logsumexp(logits, axis=1, keepdims=True)
        cost = -(logits * labels).sum(axis=1) @ weight
        return float(cost), np.exp(logits) - labels

    return least(told, table, weight, np.zeros(labels.shape[1]))


def least(
    told: Callable[[Numbers], tuple[float, Numbers]],
    table: csr_array,
    weight: Numbers,
    bias: Numbers,
) -> Numbers:
    """The weights that cost least, the bias first tried being this one. `told` gives what logits
    cost, and how wrong each is."""
    shape = table.shape[1], len(bias)
    turned = table.T.tocsr()

    def loss(flat: Numbers) -> tuple[float, Numbers]:
        weights = flat.reshape(shape)
        cost, wrong = told(table @ weights)
        ridge = RIDGE * weights
        ridge[-1] = 0
        slope = turned @ (wrong * weight[:, None]) + ridge
        return cost + float(0.5 * (ridge * weights).sum()), slope.ravel()

    start = np.zeros(shape)
    start[-1] = bias
    found = minimize(loss, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    weights: Numbers = found.x.reshape(shape)
    return weights


@dataclass(frozen=True)
class Learned:
    """What words weigh: `weights` has a row for each of `column`, then the bias."""

    column: dict[str, int]
    idf: Numbers
    weights: Numbers

    def scores(self, documents: list[set[str]]) -> Numbers:
        """One logit for each document and theme."""
        return table_of(documents, self.column, self.idf) @ self.weights


def grams_of(themes: Themes, texts: list[dict[str, Any]]) -> list[set[str]]:
    """The grams of each text, with slips of spelling mended."""
    right = cache(Rules(themes).lexicon.elements.right)
    return [grams([right(word) for word in words.plain([row["text"]])]) for row in texts]


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
    column = {gram: n for n, gram in enumerate(sorted(g for g, n in counted.items() if n >= 3))}
    idf = np.array([np.log(len(documents) / counted[gram]) + 1 for gram in column])
    usual = with_usual(texts)
    documents += grams_of(themes, list(usual.values()))
    labels += [labels[n] for n in usual]
    for n in usual:  # a text and its copy weigh as much as one text
        weight[n] = 0.5
        weight.append(0.5)
    table = table_of(documents, column, idf)
    return Learned(column, idf, fit(table, np.array(labels), np.array(weight)))


def weigh_mains(themes: Themes, texts: list[dict[str, Any]], learned: Learned) -> Numbers:
    """What the same words weigh for the main theme, of texts alone: a phrase has no main one."""
    usual = with_usual(texts)
    rows = [*texts, *usual.values()]
    weight = np.array([0.5 if n in usual or n >= len(texts) else 1.0 for n in range(len(rows))])
    main = np.array([[float(code == row["primary"]) for code in themes.codes] for row in rows])
    table = table_of(grams_of(themes, rows), learned.column, learned.idf)
    return fit_one(table, main, weight)


def held_out(
    themes: Themes, texts: list[dict[str, Any]], hands: list[list[dict[str, Any]]]
) -> Numbers:
    """The hints of each hand's texts, learned without that hand."""
    held = []
    for n, hand in enumerate(hands):
        others = [row for other in (*hands[:n], *hands[n + 1 :]) for row in other]
        held.append(weigh(themes, texts + others).scores(grams_of(themes, hand)))
    return np.concatenate(held)


def levels(themes: Themes, texts: list[dict[str, Any]], held: Numbers) -> Numbers:
    """How much to add to each theme's hints so that the themes of held-out texts come out right."""
    rules = Rules(themes).read([row["text"] for row in texts]).scores
    logits = RULES * rules + HINTS * held + LEVEL - DOUBT / FLATTER
    given = labels_of(themes, texts)
    shift = np.zeros(given.shape[1])
    for _ in range(50):  # Newton's steps, each theme by itself
        chance = 1 / (1 + np.exp(-FLATTER * (logits + shift)))
        slope = FLATTER * (chance - given).sum(axis=0) + LEVEL_RIDGE * shift
        shift -= slope / (FLATTER**2 * (chance * (1 - chance)).sum(axis=0) + LEVEL_RIDGE)
    return (LEVEL_SHARE * shift + (1 - LEVEL_SHARE) * shift.mean()) / HINTS


def learn(
    themes: Themes, texts: list[dict[str, Any]], hands: list[list[dict[str, Any]]]
) -> dict[str, Any]:
    """The content of theme_hints.json."""
    others = [row for hand in hands for row in hand]
    shift = levels(themes, others, held_out(themes, texts, hands))
    learned = weigh(themes, texts + others)
    weights = np.hstack([learned.weights, weigh_mains(themes, texts + others, learned)])
    rows = {}
    for gram, n in learned.column.items():
        row = hundredths([learned.idf[n], *weights[n]])
        if max(map(abs, row[1:])) >= LEAST:
            rows[gram] = row
    bias, main_bias = np.split(0.5 * weights[-1], 2)
    return {
        "about": "Made by tools/hints.py from themes.toml and the texts in tests/data/themes.",
        "themes": list(themes.codes),
        "bias": hundredths(bias + shift),
        "main_bias": hundredths(main_bias),
        "words": rows,
    }


def hundredths(numbers: Iterable[float]) -> list[int]:
    """As they stand in the file."""
    return [round(float(number) * 100) for number in numbers]


def with_usual(texts: list[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """Some of the texts again, with sentences that stand in letters whatever they are about.

    Whoever writes texts to learn from leaves these out, so their words would seem to say something:
    "please look into my complaint" that a complaint was handled badly.
    """
    path = ROOT / "tests" / "data" / "themes" / "usual.txt"
    usual = path.read_text(encoding="utf-8").splitlines()
    rng = random.Random("usual")
    again = {}
    for n, row in enumerate(texts):
        if rng.random() < USUAL_SHARE:
            said, sentence = row["text"], rng.choice(usual)
            text = rng.choice((f"{sentence} {said}", f"{said} {sentence}"))
            again[n] = {**row, "text": text}
    return again


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
    learned = learn(themes, texts_of(TEXTS), [texts_of(hand) for hand in HANDS])
    rows = ",\n".join(
        f"{json.dumps(k)}:{json.dumps(v, separators=COMPACT)}"
        for k, v in learned.pop("words").items()
    )
    head = json.dumps(learned)[:-1]
    (ROOT / "templates" / "theme_hints.json").write_text(
        f'{head},\n"words":{{\n{rows}\n}}}}\n', encoding="utf-8", newline="\n"
    )


if __name__ == "__main__":
    main()
