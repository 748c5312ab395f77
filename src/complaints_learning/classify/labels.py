"""Texts in; for each its themes, sub-themes, primary theme and probabilities, with evidence, out.

What phrases prove (`rules`) and what words hint (`hints`) is added up to one logit a theme; the
few constants were fitted once on development texts by tools/calibrate.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from complaints_learning.classify.hints import Hints
from complaints_learning.classify.languages import foreign
from complaints_learning.classify.model import Model, learn
from complaints_learning.classify.rules import Reading, Rules
from complaints_learning.themes import OTHER, Themes

Numbers = np.ndarray[Any, Any]
BATCH = 4_000
LONGEST = 20_000
"""Letters of a text that are read; what comes after is said to be left out."""

RULES, HINTS, LEVEL = 0.6, 1.5, 1.9
"""logit = RULES * rules + HINTS * hints + LEVEL; a theme is given when it is above 0."""
FLATTER = 0.7
"""What a logit is multiplied by so that 0.8 means right four times in five."""
SURE = 0.75
EARLY, ASKED = 2.0, 0.5
"""What counts for the primary theme besides its logit: standing early, being asked for."""
SECONDARY = {"communication": 2.5, "staff_behaviour": 0.5}
"""How much weaker a theme's claim is to be the primary one: people mention it beside another."""


@dataclass(frozen=True, slots=True)
class Label:
    """One theme of one text. `words` led to it; `sure` when no person needs to look."""

    theme: str
    sub_theme: str
    probability: float
    primary: bool
    words: tuple[str, ...]
    sure: bool


class Reader:
    """The rules and hints of one Themes, ready to label texts."""

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        self.rules = Rules(themes)
        self.hints = Hints(themes)

    def labels(self, texts: Sequence[str], model: Model | None = None) -> list[tuple[Label, ...]]:
        """The labels of each text, in theme order; none for an empty or foreign text."""
        found: list[tuple[Label, ...]] = []
        for start in range(0, len(texts), BATCH):
            part = [text[:LONGEST] for text in texts[start : start + BATCH]]
            reading = self.rules.read(part)
            logits = self.logits(reading)
            if model is not None:
                logits = model.better(logits, reading.batch)
            found += self._chosen(part, reading, logits)
        return found

    def learn(self, texts: Sequence[str], themes: Sequence[Sequence[str]]) -> Model:
        """A model from decided texts and their theme codes."""
        reading = self.rules.read([text[:LONGEST] for text in texts])
        decided = np.array(
            [[float(code in codes) for code in self.themes.codes] for codes in themes]
        )
        return learn(self.logits(reading), reading.batch, decided)

    def logits(self, reading: Reading) -> Numbers:
        """One logit for each text and theme."""
        if not self.hints.ready:
            return reading.scores
        return RULES * reading.scores + HINTS * self.hints.scores(reading.batch) + LEVEL

    def _chosen(
        self, texts: Sequence[str], reading: Reading, logits: Numbers
    ) -> list[tuple[Label, ...]]:
        codes = self.themes.codes
        other = codes.index(OTHER) if OTHER in codes else -1
        given = logits > 0
        if other >= 0:
            given[:, other] = False
        none = ~given.any(axis=1)
        given[none, logits[none].argmax(axis=1)] = True
        rank = np.where(given, self.ranks(reading, logits), -np.inf)
        primary = rank.argmax(axis=1)
        probability = 1 / (1 + np.exp(-FLATTER * logits))
        begins = np.searchsorted(reading.text, np.arange(len(texts) + 1))
        out: list[tuple[Label, ...]] = []
        for n, text in enumerate(texts):
            if not text.strip() or foreign(text):
                out.append(())
                continue
            entries = range(int(begins[n]), int(begins[n + 1]))
            out.append(
                tuple(
                    self._label(reading, entries, t, float(probability[n, t]), t == primary[n])
                    for t in np.flatnonzero(given[n]).tolist()
                )
            )
        return out

    def ranks(self, reading: Reading, logits: Numbers) -> Numbers:
        """How much each theme is what the person most wants put right."""
        asked = np.zeros(logits.shape)
        asked[reading.text[reading.asked], reading.theme[reading.asked]] = 1
        early: Numbers = 1 - reading.first_place()
        ranks: Numbers = logits + EARLY * early + ASKED * asked
        for code, less in SECONDARY.items():
            if code in self.themes.codes:
                ranks[:, self.themes.codes.index(code)] -= less
        return ranks

    def _label(
        self, reading: Reading, entries: range, theme: int, probability: float, primary: bool
    ) -> Label:
        mine = [n for n in entries if reading.theme[n] == theme]
        weights: dict[int, float] = {}
        for n in mine:
            sub = int(reading.sub[n])
            weights[sub] = weights.get(sub, 0.0) + float(reading.weight[n])
        best = max(weights, key=lambda sub: (weights[sub], -sub), default=-1)
        found = self.themes.themes[theme]
        return Label(
            theme=found.code,
            sub_theme=found.sub_themes[best].code if best >= 0 else "",
            probability=round(probability, 4),
            primary=bool(primary),
            words=tuple(reading.words_of(mine)),
            sure=probability >= SURE,
        )
