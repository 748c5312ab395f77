"""Many texts in; their different sentences as numbered words, and where each stands, out.

A phrase never reaches over the end of a sentence, and sentences come again: exports overlap and
people have their set phrases. So each different sentence is kept once, and what is found in it
holds wherever it stands.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.classify import words
from complaints_learning.classify.elements import Elements
from complaints_learning.classify.seen import Seen

Numbers = np.ndarray[Any, Any]

_WORTH = 0.9
"""Sentences are kept once where they are then fewer than this share of all."""


class Fits(NamedTuple):
    """Which kinds of word fit which elements: as a table, and as pairs by element.

    The last row of the table is an element that every word fits.
    """

    table: Numbers
    element: Numbers
    kind: Numbers

    @classmethod
    def of(cls, kinds: Sequence[tuple[int, ...]], elements: int) -> Fits:
        kind = np.repeat(np.arange(len(kinds)), [len(each) for each in kinds])
        element = np.fromiter((e for each in kinds for e in each), np.int64, len(kind))
        order = np.argsort(element, kind="stable")
        table = np.zeros((elements + 1, len(kinds)), dtype=bool)
        table[element, kind] = True
        table[elements] = True
        return cls(table, element[order], kind[order])


class Vocabulary(dict[str, int]):
    """Each word's number, given at first sight; a misspelt word has the number of the right one.

    Words that fit the same elements are of one kind: kind 0 fits none, and the first kinds are
    those of the `runs`, the choices of several words.
    """

    def __init__(self, elements: Elements) -> None:
        super().__init__()
        self._elements = elements
        self.seen = Seen(self.__getitem__)
        self.spelt: list[str] = []
        self.kind: list[int] = []
        self.kinds: list[tuple[int, ...]] = [(), *elements.of_runs]
        self._kinds: dict[tuple[int, ...], int] = {(): 0}
        self._fits = Fits.of(self.kinds, elements.count)

    def __reduce__(self) -> tuple[object, ...]:
        """What is kept of it: nothing of the texts whose words it has seen."""
        return Vocabulary, (self._elements,)

    def __missing__(self, word: str) -> int:
        right = self._elements.right(word)
        if right != word:
            number = self[right]
        else:
            number = len(self.spelt)
            self.spelt.append(word)
            fitting = self._elements.fitting(word)
            kind = self._kinds.setdefault(fitting, len(self.kinds))
            if kind == len(self.kinds):
                self.kinds.append(fitting)
            self.kind.append(kind)
        self[word] = number
        return number

    def fits(self) -> Fits:
        """Which kinds of word fit which elements, as far as words were seen."""
        if self._fits.table.shape[1] != len(self.kinds):
            self._fits = Fits.of(self.kinds, self._elements.count)
        return self._fits

    def flags(self, chosen: Sequence[str]) -> Numbers:
        """For each word number whether it is one of the chosen words."""
        numbers = [self[word] for word in chosen]
        flags = np.zeros(len(self.spelt), dtype=bool)
        flags[numbers] = True
        return flags


class Batch:
    """Texts as sentences, each different one once.

    `ids` are the numbers of the words of the different sentences, '.' after each, and `owner` the
    sentence of each; sentence s has the words from `first[s]` up to `last[s]`. `text` and
    `sentence` have an entry for each sentence as it stands in the texts, in reading order, and
    `before` how many words of its text stand before it. `length` is each text's.
    """

    def __init__(self, texts: Sequence[str], vocabulary: Vocabulary, alike: bool = True) -> None:
        self.vocabulary = vocabulary
        self.texts = len(texts)
        sentences, counts = words.sentences(texts)
        self.text = np.repeat(np.arange(self.texts), counts)
        self.sentence = np.arange(len(sentences))
        different = dict.fromkeys(sentences, 0)
        if alike and len(different) < _WORTH * len(sentences):
            different = dict(zip(different, itertools.count()))
            numbers = map(different.__getitem__, sentences)
            self.sentence = np.fromiter(numbers, dtype=np.int64, count=len(sentences))
            sentences = list(different)
        self._line = " . ".join([*sentences, ""])
        self.ids = vocabulary.seen.numbers(self._line.encode("latin-1"))
        self.last = np.flatnonzero(self.ids == vocabulary["."])
        self.first = np.append(0, self.last[:-1] + 1)[: len(self.last)]
        self.owner = np.repeat(np.arange(len(self.last)), self.last + 1 - self.first)
        self.kind = np.array(vocabulary.kind, dtype=np.int64).take(self.ids)
        words_before = np.cumsum(np.append(0, (self.last + 1 - self.first)[self.sentence]))
        begins = np.cumsum(np.append(0, counts))
        self.length = np.diff(words_before[begins])
        self.before = words_before[:-1] - words_before[begins[:-1]][self.text]

    @cached_property
    def said(self) -> list[str]:
        """The words of the different sentences as they were typed."""
        return self._line.split()

    @property
    def sentences(self) -> int:
        """How many different sentences there are."""
        return len(self.last)

    def spread(self, owner: Numbers) -> tuple[Numbers, Numbers]:
        """Things found in sentences, wherever these stand: (standing, thing), in reading order.

        `owner` is the sentence of each thing, ascending.
        """
        begins = np.searchsorted(owner, np.arange(self.sentences + 1))
        low, high = begins[self.sentence], begins[self.sentence + 1]
        return ranges(low, high - low)


def ranges(low: Numbers, count: Numbers) -> tuple[Numbers, Numbers]:
    """For each n: n and low[n], n and low[n] + 1, ... count[n] times.

    >>> [each.tolist() for each in ranges(np.array([5, 9]), np.array([2, 1]))]
    [[0, 0, 1], [5, 6, 9]]
    """
    of = np.repeat(np.arange(len(low), dtype=low.dtype), count)
    begin = low - (np.cumsum(count, dtype=low.dtype) - count)
    return of, np.repeat(begin, count) + np.arange(len(of), dtype=low.dtype)
