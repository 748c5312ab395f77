"""Texts in; how strongly each theme is meant in each, and by which words, out.

Words that are denied ("was not rude"), set aside ("no complaint about ...") or that mean
something else in this company do not count; where two themes claim the same sentence the
boundary rules of the labelling guide say which one has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from complaints_learning.classify.search import Batch, Hits, Lexicon
from complaints_learning.themes import Phrase, Themes

Numbers = np.ndarray[Any, Any]

WEIGHTS = {"strong": 3.4, "fair": 1.9, "weak": 0.9}
BIAS = -2.4
AGAIN = np.array([1.0, 0.6, 0.4, 0.3, 0.2])
"""How much the best, second best, ... phrase of a theme adds."""

_TURN = ("but", "however", "though", "although", "except", "whereas", "yet")
_DENIED = (
    *("not", "no", "never", "isnt", "wasnt", "arent", "werent", "hasnt", "havent", "hadnt"),
    *("doesnt", "dont", "didnt", "without", "nobody"),
)
_NOT_DENIED = ("only", "just")
_FILLERS = ("at", "all", "in", "any", "way", "ever", "been", "being", "remotely", "the", "least")
_ANY = ("strong", "fair", "weak")
_BOUNDARIES = (
    ("ehc", "delay", "sentence", _ANY),
    ("ehc", "delay", "text", ("fair", "weak")),
    ("complaint_handling", "delay", "sentence", _ANY),
    ("privacy", "delay", "sentence", _ANY),
    ("money", "delay", "sentence", ("fair", "weak")),
    ("accuracy", "staff_behaviour", "sentence", ("weak",)),
)
"""Winner, loser, how near, and which of the loser's levels give way."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of texts. `scores[text, theme]` is a logit.

    The other arrays have one entry for each group of words that speaks for a theme, in the order
    of the texts: which text, theme and sub-theme, its weight, and its place in the batch.
    """

    batch: Batch
    scores: Numbers
    text: Numbers
    theme: Numbers
    sub: Numbers
    weight: Numbers
    start: Numbers
    end: Numbers
    asked: Numbers
    """Whether the words stand in a sentence that asks for something."""

    def words_of(self, entries: Sequence[int], limit: int = 3) -> list[str]:
        """The words of some entries, strongest first, none inside another."""
        said: list[str] = []
        for n in sorted(entries, key=lambda n: (-self.weight[n], self.start[n])):
            quote = self.batch.quote(int(self.start[n]), int(self.end[n]))
            if not any(quote in other for other in said):
                said.append(quote)
            if len(said) == limit:
                break
        return said

    def first_place(self) -> Numbers:
        """For each text and theme, how far into the text its first words stand: 0 to 1."""
        first = np.ones(self.scores.shape)
        if len(self.text):
            begins = np.searchsorted(self.batch.text, np.arange(len(self.scores)))
            ends = np.searchsorted(self.batch.text, np.arange(len(self.scores)), side="right")
            length = np.maximum(1, ends - begins)
            place = (self.start - begins[self.text]) / length[self.text]
            np.minimum.at(first, (self.text, self.theme), place)
        return first


class Rules:
    """The lexicon of one themes.toml, ready to read texts."""

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        phrases: list[Phrase] = []
        kinds: list[tuple[int, int, float]] = []
        self._marks: dict[str, tuple[int, int]] = {}
        for t, theme in enumerate(themes):
            for s, sub in enumerate(theme.sub_themes):
                phrases += sub.phrases
                kinds += [(t, s, WEIGHTS[phrase.level]) for phrase in sub.phrases]
        self._counted = len(phrases)
        marks = [(f"not {t}", theme.misleading) for t, theme in enumerate(themes)]
        marks += sorted(themes.aside.items())
        for name, marked in [*marks, ("request", themes.requests)]:
            self._marks[name] = len(phrases), len(phrases) + len(marked)
            phrases += map(Phrase, marked)
        self.lexicon = Lexicon(phrases, themes.lists, themes.spelling)
        self._kinds = np.array(kinds, dtype=np.float64).reshape(-1, 3)
        self._deniable = np.array(
            [
                themes.themes[int(theme)].denials and not self.lexicon.phrases[n].negative
                for n, (theme, _, _) in enumerate(kinds)
            ],
            dtype=bool,
        )

    def read(self, texts: Sequence[str]) -> Reading:
        """What each text says about each theme."""
        batch = self.lexicon.batch(texts)
        hits = self.lexicon.hits(batch)
        kept = self._kept(batch, hits)
        phrase, start, end = hits.phrase[kept], hits.start[kept], hits.end[kept]
        theme = self._kinds[phrase, 0].astype(np.int32)
        weight = self._kinds[phrase, 2]
        stays = self._bounded(batch, theme, weight, start)
        order = np.flatnonzero(stays)
        order = order[
            np.lexsort((-weight[order], start[order], theme[order], batch.text[start[order]]))
        ]
        text = batch.text[start[order]]
        asked = np.zeros(batch.sentences + 1, dtype=bool)
        asked[batch.sentence[self._spans(hits, "request")[0]]] = True
        return Reading(
            batch=batch,
            scores=self._scores(len(texts), text, theme[order], start[order], weight[order]),
            text=text,
            theme=theme[order],
            sub=self._kinds[phrase[order], 1].astype(np.int32),
            weight=weight[order],
            start=start[order],
            end=end[order],
            asked=asked[batch.sentence[start[order]]],
        )

    def _spans(self, hits: Hits, mark: str) -> tuple[Numbers, Numbers]:
        """The places of the phrases of one mark."""
        low, high = self._marks.get(mark, (0, 0))
        chosen = slice(*np.searchsorted(hits.phrase, (low, high)))
        return hits.start[chosen], hits.end[chosen]

    def _kept(self, batch: Batch, hits: Hits) -> Numbers:
        """The hits that are neither denied, set aside nor misleading."""
        count = int(np.searchsorted(hits.phrase, self._counted))
        phrase, start, end = hits.phrase[:count], hits.start[:count], hits.end[:count]
        aside = self._aside(batch, hits)
        kept = ~(aside[start] & aside[end - 1])
        kept &= ~(self._deniable[phrase] & _denied(batch, start))
        theme = self._kinds[phrase, 0].astype(np.int32)
        for t in range(len(self.themes.themes)):
            begins, ends = self._spans(hits, f"not {t}")
            if len(begins):
                covered = np.cumsum(_covered(len(batch.ids), begins, ends))
                inside = (
                    covered[end - 1]
                    - covered[start]
                    + _covered(len(batch.ids), begins, ends)[start]
                )
                kept &= ~((theme == t) & (inside > 0))
        return np.flatnonzero(kept)

    def _aside(self, batch: Batch, hits: Hits) -> Numbers:
        """The words that the complaint is said not to be about, up to where a sentence turns."""
        begins: list[int] = []
        ends: list[int] = []
        vocabulary = batch.vocabulary
        turns = {vocabulary[word] for word in _TURN}
        for kind in ("after", "before", "sentence"):
            for start, end in zip(
                *(each.tolist() for each in self._spans(hits, kind)), strict=True
            ):
                low, high = np.searchsorted(
                    batch.sentence, (batch.sentence[start], batch.sentence[start] + 1)
                ).tolist()
                if kind == "after":
                    said = batch.ids[end:high].tolist()
                    turn = next((n for n, word in enumerate(said) if word in turns), len(said))
                    low, high = start, end + turn
                elif kind == "before":
                    said = batch.ids[low:start].tolist()[::-1]
                    turn = next((n for n, word in enumerate(said) if word in turns), len(said))
                    low, high = start - turn, end
                begins.append(low)
                ends.append(high)
        return _covered(len(batch.ids), np.array(begins, int), np.array(ends, int)) > 0

    def _bounded(self, batch: Batch, theme: Numbers, weight: Numbers, start: Numbers) -> Numbers:
        """Which hits stay once each sentence is given to the theme that the guide gives it to."""
        stays = np.ones(len(theme), dtype=bool)
        number = {code: n for n, code in enumerate(self.themes.codes)}
        for winner, loser, near, levels in _BOUNDARIES:
            if winner not in number or loser not in number:
                continue
            where = batch.sentence if near == "sentence" else batch.text
            least = WEIGHTS["fair" if near == "sentence" else "strong"]
            holds = np.zeros(int(where[-1]) + 1 if len(where) else 1, dtype=bool)
            wins = (theme == number[winner]) & (weight >= least)
            holds[where[start[wins]]] = True
            gives_way = np.isin(weight, [WEIGHTS[level] for level in levels])
            stays &= ~((theme == number[loser]) & gives_way & holds[where[start]])
        return stays

    def _scores(
        self, texts: int, text: Numbers, theme: Numbers, start: Numbers, weight: Numbers
    ) -> Numbers:
        """Each theme's different words, each adding less than the one before."""
        themes = len(self.themes.themes)
        scores = np.full(texts * themes, BIAS)
        if len(text):
            key = text.astype(np.int64) * themes + theme
            new = np.append(True, (key[1:] != key[:-1]) | (start[1:] != start[:-1]))
            key, weight = key[new], weight[new]
            order = np.lexsort((-weight, key))
            key, weight = key[order], weight[order]
            first = np.flatnonzero(np.append(True, key[1:] != key[:-1]))
            rank = np.arange(len(key)) - np.repeat(first, np.diff(np.append(first, len(key))))
            share = np.where(rank < len(AGAIN), AGAIN[np.minimum(rank, len(AGAIN) - 1)], 0.0)
            np.add.at(scores, key, weight * share)
        return scores.reshape(texts, themes)


def _covered(length: int, begins: Numbers, ends: Numbers) -> Numbers:
    """1 for each word inside one of the stretches, 0 for the others."""
    steps = np.zeros(length + 1, dtype=np.int32)
    np.add.at(steps, begins, 1)
    np.add.at(steps, ends, -1)
    return (np.cumsum(steps)[:length] > 0).astype(np.int32)


def _denied(batch: Batch, start: Numbers) -> Numbers:
    """Whether the words just before say that it is not so ("was not", "never at all")."""
    vocabulary = batch.vocabulary
    denies = np.isin(batch.ids, [vocabulary[word] for word in _DENIED])
    only = np.isin(batch.ids, [vocabulary[word] for word in _NOT_DENIED])
    denied = np.zeros(len(start), dtype=bool)
    spared = np.zeros(len(start), dtype=bool)
    filler = np.isin(batch.ids, [vocabulary[word] for word in _FILLERS])
    for back in (1, 2, 3):
        before = np.maximum(start - back, 0)
        near = (batch.sentence[before] == batch.sentence[start]) & (start >= back)
        if back == 3:
            near &= filler[np.maximum(start - 1, 0)] & filler[np.maximum(start - 2, 0)]
        denied |= near & denies[before]
        spared |= near & only[before]
    return denied & ~spared
