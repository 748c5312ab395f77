"""A batch of texts in; how much each theme's usual words occur in each text, out.

Phrases prove a theme or say nothing. Hints are small weights for single words and pairs of words,
learned once by tools/hints.py from the phrases themselves and from texts written for the
purpose, and shipped in templates/theme_hints.json. They tip the scales where phrases are silent
or speak for several themes.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from complaints_learning.classify import words
from complaints_learning.classify.search import Batch
from complaints_learning.themes import Themes

Numbers = np.ndarray[Any, Any]
STEM = 6
_PAIR = 1 << 31


def stem(word: str) -> str:
    """What stands for a word: its first letters, '#' for a number.

    >>> stem("cancelled"), stem("14th"), stem("ring")
    ('cancel', '#', 'ring')
    """
    return "#" if word[0].isdigit() else word[:STEM]


class Hints:
    """The weights of one Themes, ready to score batches."""

    def __init__(self, themes: Themes) -> None:
        self._number: dict[str, int] = {}
        self._themes = len(themes.codes)
        hints = themes.hints
        self.ready = bool(hints.words)
        place = [hints.themes.index(code) if code in hints.themes else -1 for code in themes.codes]
        singles: list[tuple[int, ...]] = []
        pairs: list[tuple[int, tuple[int, ...]]] = []
        for gram, row in hints.words.items():
            first, _, second = gram.partition(" ")
            if second:
                pairs.append((self._stem(first) * _PAIR + self._stem(second), row))
            else:
                number = self._stem(first)
                singles += [()] * (number + 1 - len(singles))
                singles[number] = row
        pairs.sort()
        width = 1 + len(hints.themes)
        rows = [row or (0,) * width for row in singles]
        self._singles = len(rows)
        self._pairs = np.array([key for key, _ in pairs], dtype=np.int64)
        table = np.array(rows + [row for _, row in pairs], dtype=np.float64).reshape(-1, width)
        self._idf = table[:, 0] / 100
        self._weights = np.zeros((len(table), self._themes))
        self._bias = np.zeros(self._themes)
        for n, column in enumerate(place):
            if column >= 0:
                self._weights[:, n] = table[:, 1 + column] / 100
                self._bias[n] = hints.bias[column] / 100
        self._weights *= self._idf[:, None]
        self._stems: list[int] = []
        self._vocabulary: object = None

    def _stem(self, word: str) -> int:
        return self._number.setdefault(word, len(self._number))

    def scores(self, batch: Batch) -> Numbers:
        """One logit for each text and theme; nothing but zeros without hints."""
        if not self.ready:
            return np.zeros((batch.texts, self._themes))
        stems = self._stems_of(batch)
        text = batch.text.astype(np.int64)
        known = (stems >= 0) & (stems < self._singles)
        feature = [stems[known]]
        where = [text[known]]
        if len(self._pairs) and len(stems) > 1:
            both = (stems[:-1] >= 0) & (stems[1:] >= 0)
            key = stems[:-1][both] * _PAIR + stems[1:][both]
            at = np.minimum(np.searchsorted(self._pairs, key), len(self._pairs) - 1)
            found = self._pairs[at] == key
            feature.append(at[found] + self._singles)
            where.append(text[:-1][both][found])
        size = len(self._idf)
        keys = np.unique(np.concatenate(where) * size + np.concatenate(feature))
        text, column = keys // size, keys % size
        scores = np.zeros((batch.texts, self._themes))
        norm = np.zeros(batch.texts)
        if len(text):
            first = np.flatnonzero(np.append(True, text[1:] != text[:-1]))
            scores[text[first]] = np.add.reduceat(self._weights[column], first, axis=0)
            norm[text[first]] = np.add.reduceat(self._idf[column] ** 2, first)
        return scores / np.sqrt(np.maximum(norm, 1e-9))[:, None] + self._bias

    def _stems_of(self, batch: Batch) -> Numbers:
        """The stem number of each word, -1 for the end of a sentence or an unknown word."""
        vocabulary = batch.vocabulary
        if self._vocabulary is not vocabulary:
            self._vocabulary, self._stems = vocabulary, []
        for word in vocabulary.spelt[len(self._stems) :]:
            ends = word in (".", words.BREAK)
            self._stems.append(-1 if ends else self._number.get(stem(word), -1))
        return np.array(self._stems, dtype=np.int64)[batch.ids]
