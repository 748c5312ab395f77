"""What occurs in sentences in; for each text the sum over what occurs in it, out.

However often a word comes in a text, it counts once.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from complaints_learning.classify.batch import Batch, spread

Numbers = np.ndarray[Any, Any]
_CELLS = 1 << 20
_ROWS = 1 << 12
"""So many rows are added up at a time: they then stay near the processor."""


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
    """For each text the sum of the rows of `table` for its different features.

    Added up sentence by sentence, less what a text has had already.
    """
    out = np.zeros((batch.texts, table.shape[1]))
    if not len(feature):
        return out
    new = ~_again(batch.text, batch.sentence, batch.sentences)
    text, standing = batch.text[new], batch.sentence[new]
    shared = np.bincount(feature, minlength=len(table))[feature] > 1
    at, n = spread(sentence[shared], standing, batch.sentences)
    had = feature[shared][n]
    again = np.flatnonzero(_again(text[at], had, len(table)))
    text_again, had = text[at[again]], had[again]
    begins = np.flatnonzero(np.diff(sentence, prepend=-1))
    whole = np.zeros((batch.sentences, table.shape[1]))
    whole[sentence[begins]] = _added(table, feature, begins)
    out[text[np.flatnonzero(np.diff(text, prepend=-1))]] = _added(
        whole, standing, np.flatnonzero(np.diff(text, prepend=-1))
    )
    begins = np.flatnonzero(np.diff(text_again, prepend=-1))
    out[text_again[begins]] -= _added(table, had, begins)
    return out


def _added(table: Numbers, rows: Numbers, begins: Numbers) -> Numbers:
    """The sum of the rows of `table` from each beginning up to the next."""
    out = np.empty((len(begins), table.shape[1]))
    cuts = np.searchsorted(begins, np.arange(0, len(rows), _ROWS))
    for low, high in itertools.pairwise(np.unique([*cuts.tolist(), len(begins)]).tolist()):
        first, end = begins[low], begins[high] if high < len(begins) else len(rows)
        np.add.reduceat(
            table.take(rows[first:end], axis=0), begins[low:high] - first, out=out[low:high]
        )
    return out


def different(batch: Batch, sentence: Numbers, feature: Numbers) -> tuple[Numbers, Numbers]:
    """Each text with each of its features, once, by text and feature."""
    standing, n = batch.spread(sentence)
    size = int(feature.max(initial=0)) + 1
    keys = np.unique(batch.text[standing] * size + feature[n])
    return keys // size, keys % size


def _again(text: Numbers, number: Numbers, size: int) -> Numbers:
    """Whether a text (ascending) has a number below `size` once more, further on."""
    texts = max(1, _CELLS // size)
    latest = np.empty(texts * size, dtype=np.int32)
    again = np.zeros(len(text), dtype=bool)
    cuts = np.searchsorted(text, np.arange(0, int(text.max(initial=0)) + 1, texts))
    for low, high in itertools.pairwise([*cuts.tolist(), len(text)]):
        cell = text[low:high] % texts * size + number[low:high]
        entry = np.arange(high - low, dtype=np.int32)
        latest[cell] = entry  # of equal cells the last stays
        again[low:high] = latest[cell] != entry
    return again
