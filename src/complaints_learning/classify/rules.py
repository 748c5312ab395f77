"""Phrases found in; how strongly each theme is meant, and by which words, out.

A sentence at a time: words that are denied ("was not rude"), set aside ("no complaint about
...") or that mean something else in this company do not count; where two themes claim the same
sentence the boundary rules of the labelling guide say which one has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from complaints_learning.classify import words
from complaints_learning.themes import OTHER, Phrase, Themes

WEIGHT = {"strong": 3.4, "fair": 1.9, "weak": 0.9}
BIAS = -2.4
AGAIN = (1.0, 0.6, 0.4, 0.3, 0.2)
"""How much the best, second best, ... phrase of a theme adds."""

_TURN = frozenset(["but", "however", "though", "although", "except", "whereas", "yet"])
_DENIED = frozenset(
    [
        "not",
        "no",
        "never",
        "isnt",
        "wasnt",
        "arent",
        "werent",
        "hasnt",
        "havent",
        "hadnt",
        "doesnt",
        "dont",
        "didnt",
        "without",
        "nobody",
    ]
)
_NOT_DENIED = frozenset(["only", "just"])


class Meaning(NamedTuple):
    """What a phrase stands for: theme number and sub-theme number, or a mark of its own."""

    kind: str
    theme: int = -1
    sub: int = -1
    level: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that speak for a theme, and where they stand in the plain text."""

    theme: int
    sub: int
    level: str
    start: int
    end: int
    sentence: int


@dataclass(slots=True)
class Reading:
    """What the rules make of one text. `scores` is one logit per theme, in theme order."""

    text: words.Text
    found: list[Found] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)

    def words_of(self, theme: int, limit: int = 3) -> list[str]:
        """The words that spoke for a theme, strongest first, each once."""
        mine = [each for each in self.found if each.theme == theme]
        mine.sort(key=lambda each: (-WEIGHT[each.level], each.start))
        said: list[str] = []
        for each in mine:
            quote = self.text.quote(each.start, each.end)
            if not any(quote in other for other in said):
                said.append(quote)
        return said[:limit]


class Rules:
    """The lexicon of one themes.toml, ready to read texts."""

    def __init__(self, themes: Themes) -> None:
        self.themes = themes
        self.number = {code: n for n, code in enumerate(themes.codes)}
        sources: list[Phrase] = []
        self.meanings: list[Meaning] = []
        for t, theme in enumerate(themes):
            for s, sub in enumerate(theme.sub_themes):
                for phrase in sub.phrases:
                    sources.append(phrase)
                    self.meanings.append(Meaning("theme", t, s, phrase.level))
            for misleading in theme.misleading:
                sources.append(Phrase(misleading))
                self.meanings.append(Meaning("not", t))
        for kind, phrases in sorted(themes.aside.items()):
            sources += map(Phrase, phrases)
            self.meanings += [Meaning(kind)] * len(phrases)
        sources += map(Phrase, themes.requests)
        self.meanings += [Meaning("request")] * len(themes.requests)
        self.lexicon = words.Lexicon(sources, themes.lists, themes.spelling)

    def read(self, written: str) -> Reading:
        """What one text says about each theme."""
        reading = Reading(self.lexicon.text(written))
        hits = self.lexicon.hits(reading.text)
        reading.asked = {
            hit.sentence for hit in hits if self.meanings[hit.phrase].kind == "request"
        }
        reading.found = self._kept(reading.text, hits)
        reading.found = self._bounded(reading.text, reading.found)
        reading.scores = [self.score(reading.found, t) for t in range(len(self.number))]
        return reading

    def _kept(self, text: words.Text, hits: Sequence[words.Hit]) -> list[Found]:
        """The hits that are neither denied, set aside nor misleading."""
        aside = [
            scope
            for hit in hits
            if (scope := _scope(self.meanings[hit.phrase].kind, hit, text)) is not None
        ]
        kept: list[Found] = []
        for hit in hits:
            meaning = self.meanings[hit.phrase]
            if meaning.kind != "theme":
                continue
            if any(start <= hit.start and hit.end <= end for start, end in aside):
                continue
            if any(
                other.start < hit.end and hit.start < other.end
                for other in hits
                if self.meanings[other.phrase] == ("not", meaning.theme, -1, "")
            ):
                continue
            if not self.lexicon.phrases[hit.phrase].negative and _denied(text, hit):
                continue
            kept.append(
                Found(meaning.theme, meaning.sub, meaning.level, hit.start, hit.end, hit.sentence)
            )
        return kept

    def _bounded(self, text: words.Text, found: list[Found]) -> list[Found]:
        """Each sentence given to the theme that the labelling guide gives it to."""
        number = self.number
        strong = {each.theme for each in found if each.level == "strong"}
        in_sentence = {(each.theme, each.sentence) for each in found if each.level != "weak"}

        def loses(each: Found) -> bool:
            code = self.themes.themes[each.theme].code
            for winner, loser, within, levels in _BOUNDARIES:
                if loser != code or each.level not in levels or winner not in number:
                    continue
                if within == "sentence":
                    if (number[winner], each.sentence) in in_sentence:
                        return True
                elif number[winner] in strong:
                    return True
            return False

        return [each for each in found if not loses(each)]

    def score(self, found: Sequence[Found], theme: int) -> float:
        """The logit of one theme: its different words, each adding less than the one before."""
        best: dict[tuple[int, int], float] = {}
        for each in found:
            if each.theme == theme:
                place = (each.sentence, each.start)
                best[place] = max(best.get(place, 0.0), WEIGHT[each.level])
        weights = sorted(best.values(), reverse=True)
        return BIAS + sum(w * share for w, share in zip(weights, AGAIN, strict=False))


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


def _scope(kind: str, hit: words.Hit, text: words.Text) -> tuple[int, int] | None:
    """The stretch that a phrase sets aside, up to where the sentence turns ("but ...")."""
    if kind not in ("after", "before", "sentence"):
        return None
    start, end = text.span(hit.sentence)
    if kind == "sentence":
        return start, end
    if kind == "after":
        return hit.start, next((n for n in range(hit.end, end) if text.words[n] in _TURN), end)
    turns = (n for n in range(hit.start - 1, start - 1, -1) if text.words[n] in _TURN)
    return next(turns, start), hit.end


def _denied(text: words.Text, hit: words.Hit) -> bool:
    """Whether the two words before say that it is not so ("was not", "never at all")."""
    start, _ = text.span(hit.sentence)
    before = text.words[max(start, hit.start - 2) : hit.start]
    return any(word in _DENIED for word in before) and not _NOT_DENIED & set(before)


__all__ = ["OTHER", "Found", "Reading", "Rules"]
