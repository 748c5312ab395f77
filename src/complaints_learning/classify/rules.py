"""Texts in; how strongly each theme is meant in each, and by which words, out.

Words that are denied ("was not rude"), set aside ("no complaint about ...") or that mean
something else in this company do not count; where two themes claim the same sentence the
boundary rules of the labelling guide say which one has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from msgspec import Struct

from complaints_learning.classify.batch import Batch
from complaints_learning.classify.search import Hits, Lexicon
from complaints_learning.nouns.themes import Phrase, Themes

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
STRESS = {"asked": 35, "chiefly": 90, "until": -110, "besides": -60}
"""Hundredths: how much more a word counts for the main theme after a request or after "chiefly",
up to a "but", and in a sentence that is by the way."""
_REACH = {"asked": "after", "chiefly": "after", "until": "until", "besides": "sentence"}
FIRST = 0.4
"""The same in a text's first sentence."""


class Reading(Struct, frozen=True):
    """What the rules make of texts. `scores[text, theme]` is a logit.

    The other arrays have one entry for each group of words that speaks for a theme, in the order
    of texts and themes: which text, theme and sub-theme, its weight, where in the batch's
    sentences, and how many words of the text stand before it; `stress` is how much more its words
    count for the main theme. `stressed` says so of every word of the batch's sentences, wherever
    they stand, and `cues` has the first and last place of each group of words that lets others
    count more.
    """

    batch: Batch
    scores: Numbers
    text: Numbers
    theme: Numbers
    sub: Numbers
    weight: Numbers
    start: Numbers
    end: Numbers
    before: Numbers
    stress: Numbers
    stressed: Numbers
    cues: tuple[Numbers, Numbers]


class Rules:
    """The lexicon of one themes.toml, ready to read texts."""

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        phrases: list[Phrase] = []
        kinds: list[tuple[int, int]] = []
        self._marks: dict[str, tuple[int, int]] = {}
        for t, theme in enumerate(themes):
            for s, sub in enumerate(theme.sub_themes):
                phrases += sub.phrases
                kinds += [(t, s)] * len(sub.phrases)
        self._counted = len(phrases)
        self._weight = np.array([WEIGHTS[phrase.level] for phrase in phrases])
        self._theme, self._sub = np.array(kinds, dtype=np.int64).reshape(-1, 2).T
        marks = [(f"not {t}", theme.misleading) for t, theme in enumerate(themes)]
        marks += sorted(themes.aside.items())
        marks += sorted(themes.emphasis.items())
        for name, marked in [*marks, ("asked", themes.requests)]:
            self._marks[name] = len(phrases), len(phrases) + len(marked)
            phrases += map(Phrase, marked)
        self.lexicon = Lexicon(phrases, themes.lists, themes.spelling)
        self._deniable = np.array(
            [
                themes.themes[theme].denials and not self.lexicon.negative[n]
                for n, (theme, _) in enumerate(kinds)
            ],
            dtype=bool,
        )

    def read(self, texts: Sequence[str]) -> Reading:
        """What each text says about each theme."""
        batch = self.lexicon.batch(texts)
        hits = self.lexicon.hits(batch)
        turns = np.flatnonzero(batch.vocabulary.flags(_TURN)[batch.ids])
        phrase, start, end = self._kept(batch, hits, turns)
        sentence = batch.owner[start]
        order = np.lexsort((-self._weight[phrase], start, self._theme[phrase], sentence))
        phrase, start, end, sentence = (each[order] for each in (phrase, start, end, sentence))
        theme, weight = self._theme[phrase], self._weight[phrase]
        stressed = self._stressed(batch, hits, turns)
        stays = self._bounded("sentence", sentence, theme, weight)
        standing, n = batch.spread(sentence)
        text = batch.text[standing]
        stays = stays[n] & self._bounded("text", text, theme[n], weight[n])
        order = np.flatnonzero(stays)
        order = order[np.argsort((text * len(self.themes.themes) + theme[n])[order], kind="stable")]
        standing, n, text = standing[order], n[order], text[order]
        before = batch.before[standing] + start[n] - batch.first[sentence[n]]
        cue = zip(self._spans(hits, "asked"), self._spans(hits, "chiefly"), strict=True)
        begins, ends = map(np.concatenate, cue)
        by_begin = np.argsort(begins, kind="stable")
        return Reading(
            batch=batch,
            scores=self._scores(len(texts), text, theme[n], before, weight[n]),
            text=text,
            theme=theme[n],
            sub=self._sub[phrase[n]],
            weight=weight[n],
            start=start[n],
            end=end[n],
            before=before,
            stress=stressed[start[n]] + FIRST * (batch.before[standing] == 0),
            stressed=stressed,
            cues=(begins[by_begin], ends[by_begin]),
        )

    def _spans(self, hits: Hits, mark: str) -> tuple[Numbers, Numbers]:
        """The places of the phrases of one mark."""
        low, high = self._marks.get(mark, (0, 0))
        chosen = np.flatnonzero((hits.phrase >= low) & (hits.phrase < high))
        return hits.start[chosen], hits.end[chosen]

    def _kept(self, batch: Batch, hits: Hits, turns: Numbers) -> Hits:
        """The hits for themes that are neither denied, set aside nor misleading."""
        counted = np.flatnonzero(hits.phrase < self._counted)
        phrase, start, end = (each[counted] for each in hits)
        aside = self._aside(batch, hits, turns)
        kept = ~(_meet(*aside, start, start + 1) & _meet(*aside, end - 1, end))
        kept &= ~(self._deniable[phrase] & _denied(batch, start))
        theme = self._theme[phrase]
        for t in range(len(self.themes.themes)):
            misleading = self._spans(hits, f"not {t}")
            if len(misleading[0]):
                kept &= ~((theme == t) & _meet(*misleading, start, end))
        return Hits(phrase[kept], start[kept], end[kept])

    def _aside(self, batch: Batch, hits: Hits, turns: Numbers) -> tuple[Numbers, Numbers]:
        """The words that the complaint is said not to be about, up to where a sentence turns."""
        reaches = [
            _reach(batch, turns, kind, *self._spans(hits, kind))
            for kind in ("after", "before", "sentence")
        ]
        begins, ends = map(np.concatenate, zip(*reaches, strict=True))
        return begins, ends

    def _stressed(self, batch: Batch, hits: Hits, turns: Numbers) -> Numbers:
        """How much more each word of the batch's sentences counts for the main theme."""
        steps = np.zeros(len(batch.ids) + 1)
        for kind, much in STRESS.items():
            low, high = _reach(batch, turns, _REACH[kind], *self._spans(hits, kind))
            low, high = _widest(low, high)
            np.add.at(steps, low, much)
            np.subtract.at(steps, high, much)
        return np.cumsum(steps[:-1]) / 100

    def _bounded(self, near: str, where: Numbers, theme: Numbers, weight: Numbers) -> Numbers:
        """Which hits stay once each sentence is given to the theme that the guide gives it to.

        `where` is the sentence of each hit, or its text.
        """
        stays = np.ones(len(theme), dtype=bool)
        number = {code: n for n, code in enumerate(self.themes.codes)}
        least = WEIGHTS["fair" if near == "sentence" else "strong"]
        for winner, loser, how_near, levels in _BOUNDARIES:
            if how_near != near or winner not in number or loser not in number:
                continue
            holds = np.zeros(int(where.max(initial=0)) + 1, dtype=bool)
            holds[where[(theme == number[winner]) & (weight >= least)]] = True
            gives_way = np.isin(weight, [WEIGHTS[level] for level in levels])
            stays &= ~((theme == number[loser]) & gives_way & holds[where])
        return stays

    def _scores(
        self, texts: int, text: Numbers, theme: Numbers, place: Numbers, weight: Numbers
    ) -> Numbers:
        """Each theme's different words, each adding less than the one before."""
        themes = len(self.themes.themes)
        key = text * themes + theme
        new = (np.diff(key, prepend=-1) > 0) | (np.diff(place, prepend=-1) > 0)
        key, level = key[new], np.searchsorted(_LEVELS, weight[new])
        counts = np.bincount(key * len(_LEVELS) + level, minlength=texts * themes * len(_LEVELS))
        counts = np.minimum(counts.reshape(-1, len(_LEVELS)), len(AGAIN))
        scores: Numbers = _SCORES[tuple(counts.T)].reshape(texts, themes)
        return scores


_LEVELS = np.array(sorted(set(WEIGHTS.values())))


def _added_up() -> Numbers:
    """The score of a theme for every number of words of each level, from weak to strong."""
    scores = np.empty((len(AGAIN) + 1,) * len(_LEVELS))
    for counts in np.ndindex(scores.shape):
        score = BIAS
        for weight, share in zip(np.repeat(_LEVELS[::-1], counts[::-1]), AGAIN, strict=False):
            score += weight * share
        scores[counts] = score
    return scores


_SCORES = _added_up()


def _widest(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """Of stretches that begin or end at the same place, the widest."""
    order = np.lexsort((-high, low))
    order = order[np.diff(low[order], prepend=-1) > 0]
    order = order[np.lexsort((low[order], high[order]))]
    order = order[np.diff(high[order], prepend=-1) > 0]
    return low[order], high[order]


def _reach(
    batch: Batch, turns: Numbers, kind: str, start: Numbers, end: Numbers
) -> tuple[Numbers, Numbers]:
    """What these words speak of: what comes "after" or "before" them in the sentence, with them
    and as far as the sentence does not turn; "until" them, turn or not; or the whole "sentence"."""
    sentence = batch.owner[start]
    low, high = batch.first[sentence], batch.last[sentence]
    if kind == "after":
        turn = np.append(turns, len(batch.ids))[np.searchsorted(turns, end)]
        return start, np.minimum(high, turn)
    if kind == "before":
        turn = np.append(-1, turns)[np.searchsorted(turns, start)]
        return np.maximum(low, turn + 1), end
    return low, start if kind == "until" else high


def _meet(begins: Numbers, ends: Numbers, low: Numbers, high: Numbers) -> Numbers:
    """Whether the words from `low` up to `high` share one with a stretch from `begins` to `ends`.

    >>> _meet(np.array([3]), np.array([5]), np.array([1, 4, 5]), np.array([3, 9, 6])).tolist()
    [False, True, False]
    """
    begun = np.searchsorted(np.sort(begins), high)
    over = np.searchsorted(np.sort(ends), low, side="right")
    met: Numbers = begun > over
    return met


def _denied(batch: Batch, start: Numbers) -> Numbers:
    """Whether the words just before say that it is not so ("was not", "never at all")."""
    denies, only, filler = map(batch.vocabulary.flags, (_DENIED, _NOT_DENIED, _FILLERS))
    denied = np.zeros(len(start), dtype=bool)
    spared = np.zeros(len(start), dtype=bool)
    first = batch.first[batch.owner[start]]
    word = [batch.ids[np.maximum(start - back, 0)] for back in (1, 2, 3)]
    for back in (1, 2, 3):
        near = start - back >= first
        if back == 3:
            near &= filler[word[0]] & filler[word[1]]
        denied |= near & denies[word[back - 1]]
        spared |= near & only[word[back - 1]]
    return denied & ~spared
