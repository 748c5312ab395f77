"""What occurs in sentences in; for each text the sum over what occurs in it, out.

However often a word comes in a text, it counts once.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from complaints_learning.classify.batch import Batch, ranges

Numbers = np.ndarray[Any, Any]
_CELLS = 1 << 18
"""So many pairs of a text and a feature at a time: they then stay near the processor."""


def singles_and_pairs(batch: Batch, single: Numbers, pair: Numbers) -> tuple[Numbers, Numbers]:
    """The sentence and number of each feature, in reading order.

    `single` has a number for each word of the batch's sentences and `pair` one for each with the
    next word; -1 is no feature.
    """
    both = np.full((len(single), 2), -1, dtype=np.int64)
    both[:, 0] = single
    both[:-1, 1] = pair
    there = np.flatnonzero(both.ravel() >= 0)
    return batch.owner[there >> 1], both.ravel()[there]


def sums(batch: Batch, sentence: Numbers, feature: Numbers, table: Numbers) -> Numbers:
    """For each text the sum of the rows of `table` for its different features."""
    out = np.zeros((batch.texts, table.shape[1]), dtype=table.dtype)
    standing, n = batch.spread(sentence)
    text, feature = batch.text.take(standing), feature.take(n)
    texts = max(1, _CELLS // len(table))
    latest = np.empty(texts * len(table), dtype=np.int32)
    cuts = np.searchsorted(text, np.arange(0, batch.texts, texts)).tolist()
    for low, high in itertools.pairwise([*cuts, len(text)]):
        if low == high:
            continue
        whose, number = text[low:high], feature[low:high]
        cell = whose % texts * len(table) + number
        entry = np.arange(high - low, dtype=np.int32)
        latest[cell] = entry  # of equal cells the last stays
        once = np.flatnonzero(latest.take(cell) == entry)
        whose, number = whose.take(once), number.take(once)
        begins = np.flatnonzero(np.diff(whose, prepend=-1))
        out[whose[begins]] = np.add.reduceat(table.take(number, axis=0), begins, axis=0)
    return out


def stressed(
    batch: Batch,
    features: tuple[Numbers, Numbers],
    table: Numbers,
    stress: Numbers,
    first: float,
    texts: Numbers,
) -> Numbers:
    """For each of these texts the sum of the rows of `table` for its features, however often.

    `features` are the two numbers of each word of the batch's sentences, -1 for none, which is the
    table's last row. They count as much as the word's `stress` says, and `first` more in the first
    sentence of a text.
    """
    standing = np.flatnonzero(texts[batch.text])
    opening = standing[batch.before[standing] == 0]
    words, heavy = np.arange(len(stress)), np.flatnonzero(stress)
    count = np.bincount(batch.owner[heavy], minlength=batch.sentences)
    out = np.zeros((batch.texts, table.shape[1]), dtype=table.dtype)
    for where, places, low, many, weight in (
        (standing, heavy, np.cumsum(count) - count, count, stress),
        (opening, words, batch.first, batch.last - batch.first, np.full(len(stress), first)),
    ):
        sentence = batch.sentence[where]
        of, n = ranges(low[sentence], many[sentence])
        if not len(n):
            continue
        place = places[n]
        rows = table.take(features[0][place], axis=0)
        rows += table.take(features[1][place], axis=0)
        rows *= weight[place].astype(table.dtype)[:, None]
        whose = batch.text[where[of]]
        begins = np.flatnonzero(np.diff(whose, prepend=-1))
        out[whose[begins]] += np.add.reduceat(rows, begins, axis=0)
    return out


def different(batch: Batch, sentence: Numbers, feature: Numbers) -> tuple[Numbers, Numbers]:
    """Each text with each of its features, once, by text and feature."""
    standing, n = batch.spread(sentence)
    size = int(feature.max(initial=0)) + 1
    keys = np.unique(batch.text[standing] * size + feature[n])
    return keys // size, keys % size
