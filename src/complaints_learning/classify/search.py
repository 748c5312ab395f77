"""Many texts in; every place where a phrase occurs in them, out.

A few thousand phrases are looked for one after the other, but each in all texts of a batch at
once, by comparing arrays of word places: 2,000 texts cost little more than one. Nothing is
compiled, and a phrase one of whose words occurs nowhere costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.classify import spelling, words
from complaints_learning.themes import Phrase

Places = np.ndarray[Any, np.dtype[np.int32]]
_NONE = np.empty(0, dtype=np.int32)
_MOST_WORDS = 200_000
_FEW = 40
"""Below this many places it is quicker to look at each than to leave some out first."""


class Hits(NamedTuple):
    """Where phrases occur: phrase number, first word and the word after the last."""

    phrase: Places
    start: Places
    end: Places


class Vocabulary(dict[str, int]):
    """Each word's number, given at first sight; a misspelt word has the number of the right one."""

    def __init__(self, elements: Sequence[words.Element], mend: Mapping[str, str]) -> None:
        super().__init__()
        self._elements = elements
        self._mend = mend
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._numbers: list[int] = []
        for number, element in enumerate(elements):
            for first in set(element.firsts()):
                if first == "#":
                    self._numbers.append(number)
                elif first.endswith("*"):
                    self._prefix.setdefault(first[:-1], []).append(number)
                else:
                    self._exact.setdefault(first, []).append(number)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._near = spelling.Near(self._exact)
        self.meets: list[tuple[int, ...]] = []
        self.spelt: list[str] = []

    def __missing__(self, word: str) -> int:
        right = self._mend.get(word)
        if right is None and not self._met(word):
            right = self._near.find(word)
        if right is not None and right != word:
            number = self[right]
        else:
            number = len(self.spelt)
            self.spelt.append(word)
            self.meets.append(self._met(word))
        self[word] = number
        return number

    def _met(self, word: str) -> tuple[int, ...]:
        """The elements that can begin with this word."""
        met = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            met += self._prefix.get(word[:length], ())
        if words.is_number(word):
            met += self._numbers
        return tuple(sorted(set(met)))


class Batch:
    """Texts made plain and numbered. `text` and `sentence` tell where each word belongs."""

    def __init__(self, said: list[str], vocabulary: Vocabulary) -> None:
        self.said = said
        self.vocabulary = vocabulary
        numbers = [vocabulary[word] for word in said]
        self.ids = np.array(numbers, dtype=np.int32)
        breaks = self.ids == vocabulary[words.BREAK]
        ends = breaks | (self.ids == vocabulary["."])
        before = np.cumsum(ends, dtype=np.int32)
        self.sentence = before - ends
        self.text = np.cumsum(breaks, dtype=np.int32) - breaks
        self.texts = int(breaks.sum())
        self.sentences = int(before[-1]) + 1 if len(before) else 1
        order = np.argsort(self.ids, kind="stable").astype(np.int32)
        found, first = np.unique(self.ids[order], return_index=True)
        self.places = dict(
            zip(found.tolist(), np.split(order, first[1:]) if len(first) else (), strict=True)
        )

    def quote(self, start: int, end: int) -> str:
        """Some of the words as one string, as typed apart from capitals."""
        return " ".join(self.said[start:end])


class Lexicon:
    """Many phrases, looked for together."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        lists: Mapping[str, tuple[str, ...]],
        mend: Mapping[str, str] | None = None,
    ) -> None:
        compiler = words.Compiler(lists)
        self.phrases = [compiler.phrase(phrase) for phrase in phrases]
        self.elements = compiler.elements
        self._mend = {"".join(k.split("'")): v for k, v in (mend or {}).items()}
        self.vocabulary = Vocabulary(self.elements, self._mend)
        most = max((len(each.needs) for each in self.phrases), default=1)
        self._needs = np.full((len(self.phrases), most), len(self.elements), dtype=np.int32)
        for number, each in enumerate(self.phrases):
            self._needs[number, : len(each.needs)] = each.needs

    def batch(self, texts: Sequence[str]) -> Batch:
        """Texts ready to be searched. The words seen are forgotten when they become too many."""
        if len(self.vocabulary) > _MOST_WORDS:
            self.vocabulary = Vocabulary(self.elements, self._mend)
        return Batch(words.plain(texts), self.vocabulary)

    def hits(self, batch: Batch) -> Hits:
        """Every place where a phrase occurs with its conditions met, in the order of phrases."""
        search = _Search(self.elements, batch)
        there = np.append(search.begun, True)
        numbers: list[Places] = []
        starts: list[Places] = []
        ends: list[Places] = []
        for number in np.flatnonzero(there[self._needs].all(axis=1)).tolist():
            start, end = search.phrase(self.phrases[number])
            if len(start):
                numbers.append(np.full(len(start), number, dtype=np.int32))
                starts.append(start)
                ends.append(end)
        if not numbers:
            return Hits(_NONE, _NONE, _NONE)
        return Hits(np.concatenate(numbers), np.concatenate(starts), np.concatenate(ends))


class _Search:
    """The places of each element in one batch, worked out when first asked for."""

    def __init__(self, elements: Sequence[words.Element], batch: Batch) -> None:
        self._elements = elements
        self._batch = batch
        self._first: dict[int, list[int]] = {}
        for word in batch.places:
            for element in batch.vocabulary.meets[word]:
                self._first.setdefault(element, []).append(word)
        self.begun = np.zeros(len(elements), dtype=bool)
        self.begun[list(self._first)] = True
        self._found: dict[int, tuple[Places, Places]] = {}
        self._said: dict[tuple[int, bool], np.ndarray[Any, np.dtype[np.bool_]]] = {}

    def element(self, number: int) -> tuple[Places, Places]:
        """Where an element begins and ends, by beginning; where it can end twice, the later end."""
        found = self._found.get(number)
        if found is None:
            found = self._found[number] = self._look_for(number)
        return found

    def _look_for(self, number: int) -> tuple[Places, Places]:
        element, batch = self._elements[number], self._batch
        spelt = batch.vocabulary.spelt
        starts: list[Places] = []
        ends: list[Places] = []
        for word in self._first.get(number, ()):
            places = batch.places[word]
            if element.alone(spelt[word]):
                starts.append(places)
                ends.append(places + 1)
            for run in element.runs:
                if words.fits(run[0], spelt[word]):
                    at = self._run(run, places)
                    if len(at):
                        starts.append(at)
                        ends.append(at + len(run))
        if not starts:
            return _NONE, _NONE
        start, end = np.concatenate(starts), np.concatenate(ends).astype(np.int32)
        if not element.runs:
            start.sort()
            return start, start + np.int32(1)
        order = np.lexsort((-end, start))
        start, end = start[order], end[order]
        kept = np.append(True, start[1:] != start[:-1])
        return start[kept], end[kept]

    def _run(self, run: tuple[str, ...], places: Places) -> Places:
        """Those places of a run's first word where the rest follows."""
        ids, vocabulary = self._batch.ids, self._batch.vocabulary
        places = places[places + len(run) <= len(ids)]
        for n, part in enumerate(run[1:], 1):
            if not len(places):
                break
            if part == "#" or part.endswith("*"):
                good = [words.fits(part, vocabulary.spelt[w]) for w in ids[places + n].tolist()]
                places = places[np.array(good, dtype=bool)]
            else:
                places = places[ids[places + n] == vocabulary.get(part, -1)]
        return places

    def phrase(self, phrase: words.Compiled) -> tuple[Places, Places]:
        """Where a phrase begins and ends."""
        start, end = self.element(phrase.steps[0].element)
        sentence = self._batch.sentence
        for need in phrase.needs:
            if len(start) > _FEW and need != phrase.steps[0].element:
                near = self._said_in(need, anywhere=False)[sentence[start]]
                start, end = start[near], end[near]
        for step in phrase.steps[1:]:
            if not len(start):
                return _NONE, _NONE
            begins, finishes = self.element(step.element)
            if len(begins):
                at = np.searchsorted(begins, end)
                at[at == len(begins)] = 0
                next_one = begins[at]
                follows = (next_one >= end) & (next_one - end <= step.gap)
                follows &= sentence[next_one] == sentence[start]
                longer = start[follows], finishes[at[follows]]
            else:
                longer = _NONE, _NONE
            if step.optional:
                start, end = np.append(longer[0], start), np.append(longer[1], end)
            else:
                start, end = longer
        if len(start) > 1 and any(step.optional for step in phrase.steps):
            order = np.argsort(start, kind="stable")
            start, end = start[order], end[order]
            kept = np.append(True, start[1:] != start[:-1])
            start, end = start[kept], end[kept]
        for kind, element in phrase.conditions:
            anywhere = kind.endswith("ANYWHERE")
            where = (self._batch.text if anywhere else sentence)[start]
            holds = self._said_in(element, anywhere)[where] == kind.startswith("WITH")
            start, end = start[holds], end[holds]
        return start, end

    def _said_in(self, element: int, anywhere: bool) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """In which sentences (or texts) an element occurs."""
        key = (element, anywhere)
        if key not in self._said:
            batch = self._batch
            said = np.zeros(batch.texts + 1 if anywhere else batch.sentences + 1, dtype=bool)
            said[(batch.text if anywhere else batch.sentence)[self.element(element)[0]]] = True
            self._said[key] = said
        return self._said[key]
