"""Texts in; for each its themes, sub-themes, primary theme and probabilities, with evidence, out.

What phrases prove (`rules`) and what words hint (`hints`) is added up to one logit a theme; the
few constants were chosen by cross-validation on development texts: see tools/hints.py.
"""

from __future__ import annotations

import itertools
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from msgspec import Struct

from complaints_learning.classify import apart, languages
from complaints_learning.classify.batch import Batch
from complaints_learning.classify.evidence import quoted
from complaints_learning.classify.hints import Hinted, Hints
from complaints_learning.classify.mains import Mains
from complaints_learning.classify.model import Model, learn
from complaints_learning.classify.rules import BIAS, Reading, Rules
from complaints_learning.nouns.processes import Spare
from complaints_learning.nouns.themes import OTHER, Themes

Numbers = np.ndarray[Any, Any]
Row = tuple[str, str, str, str, str, str, float, str, str, str]
LETTERS = 4_000_000
"""About so many letters are read at a time, which bounds the memory."""
LONGEST = 20_000
"""Letters of a text that are read; what comes after is said to be left out."""

RULES, HINTS, LEVEL = 0.5, 1.0, 2.0
"""logit = RULES * rules + HINTS * hints + LEVEL; a theme is given when it is above 0."""
FLATTER, DOUBT = 1.0, 0.4
"""probability = sigmoid(FLATTER * logit - DOUBT), so that 0.8 means right four times in five. A
theme is given from about 0.4 on: where that is, F1 is best."""
SURE = 0.85
"""From this probability on nobody needs to look: four main themes in five are then right."""
_BARE = ("complaint", "complaints", "stage", "1", "2", "3", "one", "two", "three", "formal", "new")
"""A text of only these says that there was a complaint and nothing of it."""
ALONE = 1.0
"""`other`, given only alone, is given when it lacks at most this much to the strongest theme."""


class Label(Struct, frozen=True):
    """One theme of one text. `words` led to it; `sure` when no person needs to look."""

    theme: str
    sub_theme: str
    probability: float
    primary: bool
    words: tuple[str, ...]
    sure: bool


class Found(NamedTuple):
    """Labels of many texts as arrays, one entry each, in the order of texts and themes.

    `text`, `theme` and `sub` are numbers; `sub` is -1 where no words led to the theme. `words`
    is empty when nobody asked for them. `foreign` lists the texts in another language.
    """

    text: Numbers
    theme: Numbers
    sub: Numbers
    probability: Numbers
    primary: Numbers
    sure: Numbers
    words: Numbers
    foreign: Numbers


class Reader:
    """The rules and hints of one Themes, ready to label texts."""

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        self.rules = Rules(themes)
        self.hints = Hints(themes)
        self.mains = Mains(themes, self.hints)

    def labels(self, texts: Sequence[str], model: Model | None = None) -> list[tuple[Label, ...]]:
        """The labels of each text, in theme order; none for an empty or foreign text."""
        found = self.found(texts, model)
        labels = [
            Label(
                theme=(theme := self.themes.themes[t]).code,
                sub_theme=theme.sub_themes[s].code if s >= 0 else "",
                probability=probability,
                primary=primary,
                words=said,
                sure=sure,
            )
            for t, s, probability, primary, sure, said in zip(
                *(found.theme.tolist(), found.sub.tolist(), found.probability.tolist()),
                *(found.primary.tolist(), found.sure.tolist(), found.words.tolist()),
                strict=True,
            )
        ]
        ends = np.searchsorted(found.text, np.arange(len(texts) + 1)).tolist()
        return [tuple(labels[low:high]) for low, high in itertools.pairwise(ends)]

    def found(
        self,
        texts: Sequence[str],
        model: Model | None = None,
        evidence: bool = True,
        spare: Spare | None = None,
    ) -> Found:
        """The labels of all texts. Without `evidence` the words that led there are left out.

        A second process helps when `spare` is one that was started, or when all would take long.
        """
        waiting, done = deque(_parts(texts)), dict[int, Found]()
        with spare or apart.spare() as other:
            begun = time.process_time()
            if other.process is None:
                self._read(waiting, done, model, evidence, most=1)
            if (time.process_time() - begun) * len(waiting) > apart.WORTH:
                other.start()
            with apart.helped(other, (self, model, evidence), waiting, done):
                self._read(waiting, done, model, evidence)
            self._read(waiting, done, model, evidence)  # what the other process gave back
        return together(done)

    def _read(
        self,
        waiting: deque[apart.Part],
        done: dict[int, Found],
        model: Model | None,
        evidence: bool,
        most: int = sys.maxsize,
    ) -> None:
        """Read what waits, from the left, but so many parts at most."""
        for _ in range(most):
            try:
                first, texts = waiting.popleft()
            except IndexError:  # nothing waits any more
                return
            done[first] = self.part(first, texts, model, evidence)

    def part(self, first: int, texts: Sequence[str], model: Model | None, evidence: bool) -> Found:
        """The labels of some texts; `first` is the number of the first of them."""
        reading = self.rules.read(texts)
        hinted = self._hinted(reading)
        logits = self._logits(reading, hinted)
        if model is not None:
            logits = model.better(logits, reading.batch)
        given = self._given(logits, reading.batch)
        primary = self.mains.of(reading, hinted, logits, given)
        some = given.any(axis=1)
        given[some, primary[some]] = True
        foreign = self._foreign(texts, reading.batch)
        given[foreign] = False
        given[_blank(texts, reading.batch)] = False
        text, theme = np.nonzero(given)
        probability = 1 / (1 + np.exp(DOUBT - FLATTER * logits[text, theme]))
        main = theme == primary[text]
        return Found(
            text=first + text,
            theme=theme,
            sub=self._sub_themes(reading, text, theme),
            probability=np.round(probability, 4),
            primary=main,
            sure=probability >= SURE,
            words=self._evidence(reading, hinted, text, theme, main)
            if evidence
            else np.empty(0, dtype=object),
            foreign=first + foreign,
        )

    def learn(self, texts: Sequence[str], themes: Sequence[Sequence[str]]) -> Model:
        """A model from decided texts and their theme codes."""
        reading = self.rules.read([text[:LONGEST] for text in texts])
        decided = np.array(
            [[float(code in codes) for code in self.themes.codes] for codes in themes]
        )
        return learn(self._logits(reading, self._hinted(reading)), reading.batch, decided)

    def _evidence(
        self, reading: Reading, hinted: Hinted | None, text: Numbers, theme: Numbers, main: Numbers
    ) -> Numbers:
        """The words that led to each label: of phrases, or else those that hint most."""
        words = quoted(reading, text, theme, main)
        if hinted is not None:
            for n in [n for n, said in enumerate(words) if not said]:
                words[n] = tuple(self.hints.words(reading.batch, hinted, text[n], theme[n]))
        return words

    def _hinted(self, reading: Reading) -> Hinted | None:
        return self.hints.read(reading.batch) if self.hints.ready else None

    def _logits(self, reading: Reading, hinted: Hinted | None) -> Numbers:
        """One logit for each text and theme; for a theme without hints, what its phrases prove."""
        if hinted is None:
            return reading.scores
        both = RULES * reading.scores + HINTS * hinted.scores + LEVEL
        return np.where(self.hints.lacking, reading.scores, both)

    def _given(self, logits: Numbers, batch: Batch) -> Numbers:
        """Whether each text has each theme; one at least, unless nothing speaks for any."""
        codes = self.themes.codes
        other = codes.index(OTHER) if OTHER in codes else -1
        given: Numbers = logits > 0
        if other >= 0:
            alone = logits[:, other] + ALONE >= np.delete(logits, other, axis=1).max(axis=1)
            alone &= ~given[:, self.hints.lacking].any(axis=1)
            alone |= _only(_BARE, batch)
            given[:, other] = False
            given[alone] = np.arange(len(codes)) == other
        none = ~given.any(axis=1)
        if other < 0:
            none &= (logits > BIAS).any(axis=1)  # else nothing speaks for any theme
        given[none, logits[none].argmax(axis=1)] = True
        return given

    def _foreign(self, texts: Sequence[str], batch: Batch) -> Numbers:
        """The texts in another language: only those with enough of its words are looked at."""
        said = [batch.vocabulary.flags(each) for each in (languages.TELLING, languages.ENGLISH)]
        others, english = (_times(each, batch) for each in said)
        suspect = set(np.flatnonzero(others * languages.REPEATED > english).tolist())
        suspect.update(
            n
            for n, text in enumerate(texts)
            if "<" in text or (not text.isascii() and languages.other_letters(text))
        )
        found = [n for n in sorted(suspect) if languages.foreign(texts[n])]
        return np.array(found, dtype=np.int64)

    def _sub_themes(self, reading: Reading, text: Numbers, theme: Numbers) -> Numbers:
        """The sub-theme with most weight of each text and theme, -1 where no words led there."""
        width = max((len(each.sub_themes) for each in self.themes), default=0) + 1
        cell = (reading.text * len(self.themes.themes) + reading.theme) * width + reading.sub
        weight = np.bincount(cell, reading.weight, reading.scores.size * width).reshape(-1, width)
        weight = weight[text * len(self.themes.themes) + theme]
        return np.where(weight.any(axis=1), weight.argmax(axis=1), -1)


def together(parts: Mapping[int, Found]) -> Found:
    """The labels of all parts, by the number of their first text."""
    return Found(*map(np.concatenate, zip(*(parts[n] for n in sorted(parts)), strict=True)))


def rows(references: Sequence[str], found: Found, themes: Themes) -> Iterator[Row]:
    """A row for each text, its main theme first and then the likeliest.

    One probability is the least; then each theme's, and what led to each, in the same order.
    """
    theme_codes = themes.codes
    subs = [[*(sub.code for sub in theme.sub_themes), ""] for theme in themes]
    titles = [theme.title for theme in themes]
    sub_titles = [[*(sub.title for sub in theme.sub_themes), ""] for theme in themes]
    by_text: list[list[tuple[bool, float, int, int, bool, tuple[str, ...]]]] = [
        [] for _ in references
    ]
    for text, *label in zip(
        *(found.text.tolist(), (~found.primary).tolist(), (-found.probability).tolist()),
        *(found.theme.tolist(), found.sub.tolist(), found.sure.tolist(), found.words),
        strict=True,
    ):
        by_text[text].append(tuple(label))
    for reference, labels in zip(references, by_text, strict=True):
        labels.sort()
        codes = [theme_codes[theme] for _, _, theme, *_ in labels]
        said = [subs[theme][sub] for _, _, theme, sub, *_ in labels]
        told = [sub_titles[theme][sub] for _, _, theme, sub, *_ in labels]
        yield (
            reference,
            "; ".join(codes),
            codes[0] if codes else "",
            "; ".join(filter(None, said)),
            "; ".join(titles[theme] for _, _, theme, *_ in labels),
            "; ".join(filter(None, told)),
            min((-less for _, less, *_ in labels), default=0.0),
            "; ".join(f"{-less:.2f}" for _, less, *_ in labels),
            "yes" if labels and all(sure for *_, sure, _ in labels) else "no",
            "; ".join(
                f"{theme_codes[theme]}: {', '.join(words)}"
                for _, _, theme, *_, words in labels
                if words
            ),
        )


_FEW = 4
"""Words of a text that may be no more than a number."""


def _parts(texts: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The texts in parts of bounded size, each with the number of its first text."""
    part: list[str] = []
    letters, start = 0, 0
    for n, text in enumerate(texts):
        if letters > LETTERS:
            yield start, part
            part, letters, start = [], 0, n
        part.append(text[:LONGEST])
        letters += len(part[-1])
    yield start, part


def _times(flags: Numbers, batch: Batch) -> Numbers:
    """How many words each text has of those with a flag."""
    times: Numbers = np.bincount(
        batch.text, np.bincount(batch.owner, flags[batch.ids])[batch.sentence], batch.texts
    )
    return times


def _only(words: Sequence[str], batch: Batch) -> Numbers:
    """Which texts have none but these words."""
    flags = ~batch.vocabulary.flags((*words, "."))
    none: Numbers = _times(flags, batch) == 0
    return none


def _blank(texts: Sequence[str], batch: Batch) -> list[int]:
    """The texts without a letter: nothing but spaces, a dash, a number."""
    words = batch.length - np.bincount(batch.text, minlength=batch.texts)
    few = np.flatnonzero(words <= _FEW)
    return [n for n in few.tolist() if not any(map(str.isalpha, texts[n]))]
