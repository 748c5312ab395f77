"""What speaks for each theme of texts in; the theme that each person most wants put right, out.

It is the theme for which most speaks, for which the words that tell main themes speak, and whose
words stand out: asked for, said first or above all. The few numbers were chosen on texts whose
writers were left out of what is learned: see docs/decisions/themes-by-words.md.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from complaints_learning.classify.hints import Hinted, Hints
from complaints_learning.classify.rules import FIRST, Reading
from complaints_learning.nouns.themes import OTHER, Themes

Numbers = np.ndarray[Any, Any]

MAIN = 1.5
"""How much the hints at the main theme count for it beside all that speaks for a theme."""
NEARLY = -1.0
"""From this logit on a theme may be the main one, and is given if it is."""
PROVED, PROVED_ALONE = 0.25, 0.625
"""How much phrases count for it where they stand out: beside hints, and for a theme without."""
SECONDARY = {"communication": 1.0, "privacy": -0.6, "ehc": -0.4, "accuracy": -0.4}
"""How much weaker a theme's claim is to be the main one: people mention it beside another."""


class Mains:
    """Chooses main themes by the hints of one Themes."""

    def __init__(self, themes: Themes, hints: Hints) -> None:
        self._hints = hints
        self._other = themes.codes.index(OTHER) if OTHER in themes.codes else None
        self._less = np.array([SECONDARY.get(code, 0.0) for code in themes.codes])

    def of(
        self, reading: Reading, hinted: Hinted | None, logits: Numbers, given: Numbers
    ) -> Numbers:
        """Each text's main theme. `logits` says how much speaks for each theme of each text, and
        `given` which of them it has."""
        may, ranks = given, logits - self._less
        if hinted is not None:
            may = given | self._nearly(logits, given)
            ranks += MAIN * self._told(hinted)
        several = may.sum(axis=1) > 1
        ranks[several] += self._stressed(reading, hinted, several)[several]
        main: Numbers = np.where(may, ranks, -np.inf).argmax(axis=1)
        return main

    def _nearly(self, logits: Numbers, given: Numbers) -> Numbers:
        """The themes that are nearly given to texts that have some; `other` is given alone."""
        nearly: Numbers = (logits > NEARLY) & ~self._hints.lacking
        nearly &= given.any(axis=1, keepdims=True)
        if self._other is not None:
            nearly[:, self._other] = False
            nearly[given[:, self._other]] = False
        return nearly

    def _told(self, hinted: Hinted) -> Numbers:
        """The logarithm of each theme's chance to be the main one; of one without hints, the best
        one's."""
        chance = np.where(self._hints.lacking, -np.inf, hinted.mains)
        chance -= np.logaddexp.reduce(chance, axis=1, keepdims=True)
        return np.where(self._hints.lacking, chance.max(axis=1, keepdims=True), chance)

    def _stressed(self, reading: Reading, hinted: Hinted | None, texts: Numbers) -> Numbers:
        """How much of what speaks for each theme of some texts stands out: see `rules.STRESS`."""
        cell = reading.text * reading.scores.shape[1] + reading.theme
        weight = np.bincount(cell, reading.weight * reading.stress, reading.scores.size)
        proved: Numbers = weight.reshape(reading.scores.shape)
        if hinted is None:
            return PROVED_ALONE * proved
        hints = self._hints.stressed(reading.batch, hinted, reading.stressed, FIRST, texts)
        return np.where(self._hints.lacking, PROVED_ALONE * proved, PROVED * proved + hints)
