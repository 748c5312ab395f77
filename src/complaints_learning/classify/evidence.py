"""What the rules make of texts in; for each label the words that led there, out."""

from __future__ import annotations

import itertools
import operator
from typing import Any

import numpy as np

from complaints_learning.classify.rules import Reading

Numbers = np.ndarray[Any, Any]
NEAR = 8
"""So many words at most stand between a request and the words that are quoted with it."""


def quoted(
    reading: Reading, text: Numbers, theme: Numbers, main: Numbers, most: int = 3
) -> Numbers:
    """For each text and theme the words that led there, the strongest first, none in another.

    For the main theme with the request, or the like, that makes them count more.
    """
    themes = reading.scores.shape[1]
    key = reading.text * themes + reading.theme
    order = np.lexsort((reading.before, -reading.weight, key))
    begins, ends = reading.start[order].tolist(), reading.end[order].tolist()
    cues = _from_cue(reading, reading.start[order]).tolist()
    wanted = text * themes + theme
    low = np.searchsorted(key, wanted).tolist()
    high = np.searchsorted(key, wanted, side="right").tolist()
    quotes: list[tuple[str, ...]] = []
    for first, last, is_main in zip(low, high, main.tolist(), strict=True):
        said: list[str] = []
        for n in range(first, last):
            begin = cues[n] if is_main else begins[n]
            quote = " ".join(reading.batch.said[begin : ends[n]])
            if not any(map(operator.contains, said, itertools.repeat(quote))):
                said.append(quote)
                if len(said) == most:
                    break
        quotes.append(tuple(said))
    return np.fromiter(quotes, dtype=object, count=len(quotes))


def _from_cue(reading: Reading, start: Numbers) -> Numbers:
    """Where to begin when words are quoted with what makes them count more, if that is near."""
    begins, ends = reading.cues
    if not len(begins):
        return start
    cue = np.searchsorted(begins, start, side="right") - 1
    begin = begins[cue]
    owner = reading.batch.owner
    near = (cue >= 0) & (ends[cue] <= start) & (start <= ends[cue] + NEAR)
    return np.where(near & (owner[begin] == owner[start]), begin, start)
