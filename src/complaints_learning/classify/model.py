"""Decided texts in; a small model that moves the proposed themes towards what people decide, out.

One ridge-penalised logistic regression a theme, centred on what rules and hints already say: with
few decisions it changes little. It is used only where cross-validation on the council's own
decisions says that it helps. Words are kept as numbers only, so a stored model holds no text.
"""

from __future__ import annotations

import zlib
from typing import Any

import numpy as np
from msgspec import Struct

from complaints_learning.classify import features
from complaints_learning.classify.batch import Batch
from complaints_learning.classify.hints import stem

Numbers = np.ndarray[Any, Any]
BUCKETS = 1 << 14
LEAST = 40
"""Fewer decisions than this teach nothing."""
FOLDS, ROUNDS, RIDGE, SLOPE_RIDGE = 5, 80, 0.5, 20.0
GAIN = 0.01
"""How much macro-F1 and micro-F1 together must rise for the model to be used."""


class Model(Struct, frozen=True):
    """What was learned. `before` and `after` are macro-F1 in cross-validation.

    A text's logits become slope * logits + shift + features @ weights for the themes `used`
    (all, or none when it did not help); `rarity` weighs each feature.
    """

    weights: Numbers
    rarity: Numbers
    slope: Numbers
    shift: Numbers
    used: Numbers
    before: float
    after: float
    decisions: int

    def better(self, logits: Numbers, batch: Batch) -> Numbers:
        """The logits as the decisions would have them."""
        weighed = np.column_stack([self.weights * self.rarity[:, None], self.rarity**2])
        summed = features.sums(batch, *occurring(batch), weighed)
        moved = summed[:, :-1] / np.sqrt(np.maximum(summed[:, -1:], 1e-9))
        learned: Numbers = self.slope * logits + self.shift + moved
        return np.where(self.used, learned, logits)


def occurring(batch: Batch) -> tuple[Numbers, Numbers]:
    """Which words and pairs of words, as numbers, occur in which sentence, in reading order."""
    spelt = batch.vocabulary.spelt
    number = np.full(len(spelt), -1, dtype=np.int64)
    for word in np.flatnonzero(np.bincount(batch.ids)).tolist():
        if spelt[word] != ".":
            number[word] = zlib.crc32(stem(spelt[word]).encode())
    here = number[batch.ids]
    pairs = (here[:-1] * 31 + here[1:] * 7 + 1) % BUCKETS
    both = (here[:-1] >= 0) & (here[1:] >= 0)
    return features.singles_and_pairs(
        batch, np.where(here >= 0, here % BUCKETS, -1), np.where(both, pairs, -1)
    )


def learn(logits: Numbers, batch: Batch, decided: Numbers) -> Model:
    """A model from decided texts: their logits, their words and decided themes (0 or 1)."""
    text, bucket = features.different(batch, *occurring(batch))
    there, column = np.unique(bucket, return_inverse=True)
    table = np.zeros((batch.texts, len(there)), dtype=np.float32)
    table[text, column] = 1
    rarity = np.zeros(BUCKETS, dtype=np.float32)
    rarity[there] = np.log((1 + len(table)) / (1 + table.sum(axis=0))) + 0.3
    table *= rarity[there]
    table /= np.maximum(np.linalg.norm(table, axis=1, keepdims=True), 1e-9)
    kernel = (table @ table.T).astype(np.float64)
    fold = np.arange(len(table)) % FOLDS
    held = np.zeros_like(logits)
    for n in range(FOLDS):
        train, test = np.flatnonzero(fold != n), np.flatnonzero(fold == n)
        alpha, slope, shift = _fit(kernel[np.ix_(train, train)], logits[train], decided[train])
        held[test] = slope * logits[test] + shift + kernel[np.ix_(test, train)] @ alpha
    before, after = _quality(logits, decided), _quality(held, decided)
    helps = sum(after) > sum(before) + GAIN
    alpha, slope, shift = _fit(kernel, logits, decided)
    weights = np.zeros((BUCKETS, logits.shape[1]), dtype=np.float32)
    weights[there] = table.T @ alpha.astype(np.float32)
    return Model(
        weights=weights,
        rarity=rarity,
        slope=slope,
        shift=shift,
        used=np.full(logits.shape[1], helps),
        before=before[0],
        after=after[0],
        decisions=len(table),
    )


def _fit(kernel: Numbers, logits: Numbers, decided: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Weights of the examples, slope and shift, by accelerated gradient steps."""
    count = len(kernel)
    alpha = np.zeros_like(logits)
    extra = np.vstack([np.ones(logits.shape[1]), np.zeros(logits.shape[1])])
    alpha_before, extra_before = alpha, extra
    vector = np.ones(count)
    size = 1.0
    for _ in range(6):
        vector = kernel @ vector
        size = float(np.linalg.norm(vector)) or 1.0
        vector /= size
    size *= 1.1
    step = 1 / (0.25 * size + RIDGE)
    scale = 1 / (0.25 * (np.square(logits).sum(axis=0) + count) + SLOPE_RIDGE)
    for turn in range(ROUNDS):
        push = turn / (turn + 3)
        a = alpha + push * (alpha - alpha_before)
        e = extra + push * (extra - extra_before)
        alpha_before, extra_before = alpha, extra
        wrong = _chance(e[0] * logits + e[1] + kernel @ a) - decided
        alpha = a - step * (wrong + RIDGE * a)
        extra = e - scale * np.vstack(
            [
                (wrong * logits).sum(axis=0) + SLOPE_RIDGE * (e[0] - 1),
                wrong.sum(axis=0) + SLOPE_RIDGE * e[1],
            ]
        )
    return alpha, extra[0], extra[1]


def _chance(logits: Numbers) -> Numbers:
    chance: Numbers = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chance


def _quality(logits: Numbers, decided: Numbers) -> tuple[float, float]:
    """Macro-F1 over the themes that occur, and micro-F1."""
    given, meant = logits > 0, decided > 0
    both = (given & meant).sum(axis=0)
    each = given.sum(axis=0) + meant.sum(axis=0)
    occurs = meant.any(axis=0)
    macro = float(np.mean(2 * both[occurs] / each[occurs])) if occurs.any() else 0.0
    return macro, float(2 * both.sum() / max(1, each.sum()))
