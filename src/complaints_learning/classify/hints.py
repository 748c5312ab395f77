"""A batch of texts in; how much each theme's usual words occur in each text, out.

Phrases prove a theme or say nothing. Hints are small weights for single words and pairs of words,
learned once by tools/hints.py from the phrases themselves and from texts written for the
purpose, and shipped in templates/theme_hints.json. They tip the scales where phrases are silent
or speak for several themes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.classify import features
from complaints_learning.classify.batch import Batch, ranges
from complaints_learning.nouns.themes import Themes

Numbers = np.ndarray[Any, Any]
STEM = 4
_LINE = 16
"""So many weights lie in one line of the cache."""


def stem(word: str, letters: int = STEM) -> str:
    """What stands for a word: its first letters, '#' for a number.

    >>> stem("cancelled"), stem("14th"), stem("ring")
    ('canc', '#', 'ring')
    """
    return "#" if word[0].isdigit() else word[:letters]


def whole(word: str) -> str:
    """What stands for exactly this word, '' where its stem does so already.

    >>> whole("cancelled"), whole("ring")
    ('=cancelled', '')
    """
    return f"={word}" if stem(word) not in (word, "#") else ""


class Hinted(NamedTuple):
    """One logit for each text and theme, and one for its being the main theme (of which a text has
    one); each text's length, and each word's two features."""

    scores: Numbers
    mains: Numbers
    length: Numbers
    features: tuple[Numbers, Numbers]


class Hints:
    """The weights of one Themes, ready to score batches."""

    def __init__(self, themes: Themes) -> None:
        self._number: dict[str, int] = {}
        self._themes = len(themes.codes)
        hints = themes.hints
        place = [hints.themes.index(code) if code in hints.themes else -1 for code in themes.codes]
        self.ready = max(place, default=-1) >= 0
        self.lacking = (np.array(place) < 0) & self.ready
        """The themes that a council added: the others have hints, these have none."""
        stems: list[tuple[int, ...]] = []
        wholes: list[tuple[int, tuple[int, ...]]] = []
        pairs: list[tuple[tuple[int, int], tuple[int, ...]]] = []
        self._whole: dict[str, int] = {}
        nothing = (0,) * (1 + 2 * len(hints.themes))
        for gram, row in hints.words.items():
            first, _, second = gram.partition(" ")
            if second:
                pairs.append(((self._stem(first), self._stem(second)), row))
            elif gram.startswith("="):
                self._whole[gram[1:]] = len(wholes)
                wholes.append((self._stem(stem(gram[1:])), row))
            else:
                number = self._stem(first)
                stems += [nothing] * (number + 1 - len(stems))
                stems[number] = row
        stems += [nothing] * (len(self._number) - len(stems))
        self._singles = len(stems) + len(wholes)
        rows = [*stems, *(row for _, row in wholes), *(row for _, row in pairs)]
        table = np.array(rows, dtype=np.float64).reshape(-1, len(nothing))
        rarity = table[:, 0] / 100
        # one row more that weighs nothing, and rows that lie in whole lines of the cache
        width = _in_lines(2 * self._themes + 1)
        self._table = np.zeros((len(table) + 1, width), dtype=np.float32)
        self._bias = np.zeros((2, self._themes))
        for n, column in enumerate(place):
            for kind, bias in enumerate((hints.bias, hints.main_bias)) if column >= 0 else ():
                weight = table[:, 1 + kind * len(hints.themes) + column] / 100
                self._table[:-1, kind * self._themes + n] = weight * rarity
                self._bias[kind, n] = bias[column] / 100
        self._table[:-1, 2 * self._themes] = rarity**2
        # a word that is known whole is one feature, with what its stem weighs
        known = np.arange(len(stems), self._singles)
        self._table[known] += self._table[[number for number, _ in wholes]]
        self._whole = {word: len(stems) + n for word, n in self._whole.items()}
        self._pair = np.array([pair for pair, _ in pairs], dtype=np.int32).reshape(-1, 2).T
        self._first, self._second = (_places(each, len(self._number)) for each in self._pair)
        self._stems: list[int] = []
        self._features: list[int] = []
        self._vocabulary: object = None

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: nothing of the words it has seen, nor what is quickly made again."""
        again = ("_pairs", "_first_half")
        kept = {name: value for name, value in self.__dict__.items() if name not in again}
        return {**kept, "_stems": [], "_vocabulary": None}

    def _stem(self, word: str) -> int:
        return self._number.setdefault(word, len(self._number))

    @cached_property
    def _pairs(self) -> Numbers:
        """The feature of a first and a second stem, by their places; -1 for none."""
        shape = self._first.max() + 1, self._second.max() + 1
        before, after = self._pair
        pairs = np.full(shape, -1, dtype=np.int32)
        pairs[self._first[before], self._second[after]] = self._singles + np.arange(len(before))
        return pairs

    @cached_property
    def _first_half(self) -> Numbers:
        """The table without what hints at main themes, in whole lines too."""
        return np.ascontiguousarray(self._table[:, : _in_lines(self._themes)])

    def read(self, batch: Batch) -> Hinted:
        """What the words of each text hint at; only when it is ready."""
        stems, single = self._numbers_of(batch)
        pair = self._pairs[self._first[stems[:-1]], self._second[stems[1:]]]
        sentence, feature = features.singles_and_pairs(batch, single, pair)
        summed = features.sums(batch, sentence, feature, self._table)
        at = self._themes
        scores, mains, rarity, _ = np.split(summed, (at, 2 * at, 2 * at + 1), axis=1)
        length = np.sqrt(np.maximum(rarity, 1e-9))
        return Hinted(
            scores=scores / length + self._bias[0],
            mains=mains / length + self._bias[1],
            length=length,
            features=(single, np.append(pair, -1)),
        )

    def stressed(
        self, batch: Batch, hinted: Hinted, stress: Numbers, first: float, texts: Numbers
    ) -> Numbers:
        """What is in the logits of some texts that stands out.

        `stress` says how much each word of the batch's sentences does, and `first` how much more
        the first sentence of a text.
        """
        said = features.stressed(batch, hinted.features, self._first_half, stress, first, texts)
        stressed: Numbers = said[:, : self._themes] / hinted.length
        return stressed

    def words(
        self, batch: Batch, hinted: Hinted, text: int, theme: int, most: int = 3
    ) -> list[str]:
        """The words of a text that hint most at a theme, the strongest first."""
        sentence = batch.sentence[slice(*np.searchsorted(batch.text, (text, text + 1)))]
        _, place = ranges(batch.first[sentence], batch.last[sentence] - batch.first[sentence])
        single, pair = (self._table[each[place], theme] for each in hinted.features)
        weight = np.maximum(pair, 0) + single
        said = [
            " ".join(batch.said[place[n] : place[n] + 1 + (pair[n] > 0)])
            for n in np.argsort(-weight, kind="stable").tolist()
            if weight[n] > 0
        ]
        return list(dict.fromkeys(said))[:most]

    def _numbers_of(self, batch: Batch) -> tuple[Numbers, Numbers]:
        """The stem and the feature of each word, -1 for a sentence's end or an unknown word."""
        vocabulary = batch.vocabulary
        if self._vocabulary is not vocabulary:
            self._vocabulary, self._stems, self._features = vocabulary, [], []
        for word in vocabulary.spelt[len(self._stems) :]:
            number = -1 if word == "." else self._number.get(stem(word), -1)
            self._stems.append(number)
            self._features.append(self._whole.get(word, number))
        stems, single = (np.array(each, dtype=np.int64) for each in (self._stems, self._features))
        return stems[batch.ids], single[batch.ids]


def _in_lines(columns: int) -> int:
    """At least so many columns, in whole lines of the cache."""
    return -(-columns // _LINE) * _LINE


def _places(stems: Numbers, count: int) -> Numbers:
    """A place from 1 on for each of these stem numbers, 0 for every other one and for -1."""
    places = np.zeros(count + 1, dtype=np.int32)
    different = np.unique(stems)
    places[different] = 1 + np.arange(len(different))
    return places
