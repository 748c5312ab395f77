"""Many texts in; every place where a phrase occurs in their sentences, out.

A few thousand phrases are looked for at once. Of each phrase the word that is rarest in these
texts is its anchor: only where that stands can the phrase be, so many words later as its gaps
allow. From each place where it may begin, its steps are followed word by word, for all phrases
together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.classify import words
from complaints_learning.classify.batch import Batch, Vocabulary, ranges
from complaints_learning.classify.elements import Elements
from complaints_learning.nouns.themes import Phrase

Numbers = np.ndarray[Any, Any]
_MOST_WORDS = 200_000
_PLACES = 1 << 16
"""So many words are looked at a time: what is worked on then stays near the processor."""


class Hits(NamedTuple):
    """Where phrases occur: phrase number, first word and the word after the last.

    Places are those of the batch's different sentences; in the order of places, then phrases.
    """

    phrase: Numbers
    start: Numbers
    end: Numbers


class Lexicon:
    """Many phrases, looked for together."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        lists: Mapping[str, tuple[str, ...]],
        mend: Mapping[str, str] | None = None,
    ) -> None:
        compiler = words.Compiler(lists)
        compiled = [compiler.phrase(phrase) for phrase in phrases]
        self.negative = [each.negative for each in compiled]
        self.elements = Elements(compiler.elements, mend or {})
        self.vocabulary = Vocabulary(self.elements)
        longest = self.elements.longest
        self._patterns = _Patterns([each.steps for each in compiled], longest)
        self._runs = _Patterns(self.elements.runs, longest)
        self._conditions = _Conditions([each.conditions for each in compiled])

    def batch(self, texts: Sequence[str]) -> Batch:
        """Texts ready to be searched. The words seen are forgotten when they become too many."""
        if len(self.vocabulary) > _MOST_WORDS:
            self.vocabulary = Vocabulary(self.elements)
        return Batch(texts, self.vocabulary, alike=not self._conditions.anywhere.any())

    def hits(self, batch: Batch) -> Hits:
        """Every place where a phrase occurs with its conditions met."""
        said = _Said(batch)
        said.take_up(self._runs.occurring(said))
        return self._conditions.met(said, self._patterns.occurring(said))


class _Said:
    """What is said where in a batch: the kind of each word, and where runs of words stand."""

    def __init__(self, batch: Batch) -> None:
        self.batch, self.kind = batch, batch.kind
        self.last = batch.last[batch.owner]
        self.fits = batch.vocabulary.fits()
        self._flat = self.fits.table.ravel()
        self.kinds = self.fits.table.shape[1]
        """Below, an element is its number times this: where its row of the table begins."""
        self.anything = len(self.fits.table) - 1
        self._has_run = np.zeros(len(self.kind), dtype=bool)
        self._runs = Hits(*np.zeros((3, 0), dtype=np.int64))

    def take_up(self, runs: Hits) -> None:
        """Take up where runs of words stand: each is like one long word of its own kind."""
        self._runs, at = runs, runs.start
        self._has_run[at] = True
        self._run_place = np.append(at, -1)
        self._first_run = np.full(len(self.kind), -1, dtype=np.int32)
        self._first_run[at[::-1]] = np.arange(len(at), dtype=np.int32)[::-1]

    def occurrences(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Place and kind of every word and run that fits something, not too many at a time."""
        for low in range(0, max(1, len(self.kind)), _PLACES):
            at = low + np.flatnonzero(self.kind[low : low + _PLACES])
            yield at, self.kind[at]
        if len(self._runs.start):
            yield self._runs.start, self._runs.phrase + 1

    def times(self) -> Numbers:
        """How often each element is said."""
        kinds = np.bincount(self.kind, minlength=self.kinds)
        kinds += np.bincount(self._runs.phrase + 1, minlength=self.kinds)
        return np.bincount(self.fits.element, kinds[self.fits.kind], len(self.fits.table))

    def brought_by(self, element: Numbers) -> tuple[Numbers, Numbers]:
        """Kind of word and number of element, by kind: which of these elements each kind fits."""
        order = np.argsort(element, kind="stable")
        low = np.searchsorted(element[order], self.fits.element)
        high = np.searchsorted(element[order], self.fits.element, side="right")
        pair, n = ranges(low, high - low)
        by_kind = np.argsort(self.fits.kind[pair], kind="stable")
        return self.fits.kind[pair][by_kind], order[n[by_kind]]

    def is_near(self, element: Numbers, place: Numbers, span: Numbers) -> Numbers:
        """Those elements that may begin at their place or up to `span` words on: none is missed."""
        found = self.may_fit(element, place)
        near = [np.flatnonzero(found)]
        waiting = np.flatnonzero(~found & (span > 0))
        away = 0
        while len(waiting):
            away += 1
            found = self.may_fit(element.take(waiting), place.take(waiting) + away)
            near.append(waiting.compress(found))
            waiting = waiting.compress(~found & (span.take(waiting) > away))
        return np.concatenate(near)

    def may_fit(self, element: Numbers, place: Numbers) -> Numbers:
        """Whether an element may begin at its place: never false where it does."""
        may: Numbers = self._flat.take(element + self.kind.take(place, mode="clip"))
        may |= self._has_run.take(place, mode="clip")
        return may

    def surroundings(self, place: Numbers, whole: Numbers) -> tuple[Numbers, Numbers]:
        """The first and last place of the sentence around each place, or of the `whole` text."""
        sentence = self.batch.owner[place]
        first, last = self.batch.first[sentence], self.batch.last[sentence]
        if whole.any():  # then no sentence is shared between texts
            text = self.batch.text[sentence[whole]]
            first[whole] = self.batch.first[np.searchsorted(self.batch.text, text)]
            last[whole] = self.batch.last[np.searchsorted(self.batch.text, text, "right") - 1]
        return first, last

    def reach(self, element: Numbers, place: Numbers) -> Numbers:
        """How many words from each place on are one choice of the element, at most; else 0."""
        reach: Numbers = self._flat.take(element + self.kind.take(place)).astype(np.int32)
        open_ = np.flatnonzero(self._has_run.take(place))
        if not len(open_):
            return reach
        run = self._first_run[place[open_]]
        while len(open_):
            fits = self._flat.take(element[open_] + self._runs.phrase[run] + 1)
            long, fitting = open_[fits], run[fits]
            length = self._runs.end[fitting] - self._runs.start[fitting]
            reach[long] = np.maximum(reach[long], length)
            run = run + 1
            more = self._run_place[run] == place[open_]
            open_, run = open_[more], run[more]
        return reach


class _Conditions:
    """What else must or must not be said near some phrases."""

    def __init__(self, conditions: Sequence[Sequence[tuple[str, int]]]) -> None:
        every = [(n, kind, element) for n, each in enumerate(conditions) for kind, element in each]
        self._phrase = np.array([n for n, _, _ in every], dtype=np.int64)
        self._element = np.array([element for *_, element in every], dtype=np.int64)
        self._wanted = np.array([kind.startswith("WITH") for _, kind, _ in every], dtype=bool)
        self.anywhere = np.array([kind.endswith("ANYWHERE") for _, kind, _ in every], dtype=bool)
        """In the same text, and not in the same sentence."""
        self._begins = np.searchsorted(self._phrase, np.arange(len(conditions) + 1))

    def met(self, said: _Said, hits: Hits) -> Hits:
        """The hits whose conditions are all met."""
        low, high = self._begins[hits.phrase], self._begins[hits.phrase + 1]
        hit, n = ranges(low, high - low)
        first, last = said.surroundings(hits.start[hit], self.anywhere[n])
        which, place = ranges(first, last - first)
        there = which[said.reach(self._element[n[which]] * said.kinds, place) > 0]
        found = np.zeros(len(n), dtype=bool)
        found[there] = True
        kept = np.ones(len(hits.phrase), dtype=bool)
        kept[hit[found != self._wanted[n]]] = False
        return Hits(*(each[kept] for each in hits))


class _Anchored(NamedTuple):
    """Which patterns each kind of word brings to mind, and what else should then be near.

    Kind k has the entries from `begins[k]` up to `begins[k + 1]`: the `row` of a pattern, which
    begins `back` or up to `slack` more words before this one; and an element that should then be
    `near`: its first word stands `away` words from here, or up to `span` more.
    """

    begins: Numbers
    row: Numbers
    back: Numbers
    slack: Numbers
    near: Numbers
    away: Numbers
    span: Numbers


class _Patterns:
    """Sequences of elements as arrays, one row each."""

    def __init__(self, steps: Sequence[Sequence[words.Step]], longest: Sequence[int]) -> None:
        self.length = np.array([len(each) for each in steps], dtype=np.int64)
        row = np.repeat(np.arange(len(steps)), self.length)
        at = row, np.arange(len(row)) - np.repeat(np.cumsum(self.length) - self.length, self.length)
        shape = len(steps), int(self.length.max(initial=1))
        self._element, self._gap = np.zeros((2, *shape), dtype=np.int64)
        self._optional = np.ones(shape, dtype=bool)
        every = [step for each in steps for step in each]
        self._element[at] = [step.element for step in every]
        self._gap[at] = [step.gap for step in every]
        self._optional[at] = [step.optional for step in every]
        most = np.where(
            np.arange(shape[1]) < self.length[:, None], np.array(longest)[self._element], 0
        )
        self._least = np.cumsum(~self._optional, axis=1) - ~self._optional
        self._most = np.cumsum(most, axis=1) - most + np.cumsum(self._gap, axis=1)
        """How many words after the first each step begins."""

    def occurring(self, said: _Said) -> Hits:
        """Every place where one of them occurs."""
        found = [self._looked_at(said, *those) for those in self._beginnings(said)]
        row, start, end, left_out = map(np.concatenate, zip(*found, strict=True))
        key = start * len(self.length) + row
        order = np.lexsort((left_out, key))
        order = order[np.diff(key[order], prepend=-1) > 0]
        return Hits(row[order], start[order], end[order])

    def _anchored(self, said: _Said) -> _Anchored:
        """Each pattern by its rarest step, and with the step that is rarest near that."""
        row = np.arange(len(self.length))
        times = np.where(self._optional, np.inf, said.times()[self._element])
        # each more place where it may begin costs about a quarter of looking at the word
        anchor = (times * (4 + self._most - self._least)).argmin(axis=1)
        element, back, most = (
            each[row, anchor] for each in (self._element, self._least, self._most)
        )
        between = self._least - back[:, None], self._most - most[:, None]
        away, span = np.minimum(*between), np.ptp(between, axis=0)
        times[row, anchor] = np.inf
        other = row, (times * (1 + span)).argmin(axis=1)
        near = np.where(np.isinf(times[other]), said.anything, self._element[other])
        kind, row = said.brought_by(element)
        return _Anchored(
            begins=np.cumsum(np.append(0, np.bincount(kind, minlength=said.kinds))),
            row=row,
            back=back[row],
            slack=(most - back)[row],
            near=near[row] * said.kinds,
            away=away[other][row],
            span=span[other][row],
        )

    def _beginnings(self, said: _Said) -> Iterator[tuple[Numbers, ...]]:
        """Rows and the places where they may begin, none left out."""
        anchored = self._anchored(said)
        count = np.diff(anchored.begins)
        for place, kind in said.occurrences():
            at, n = ranges(anchored.begins.take(kind), count.take(kind))
            place = place.take(at)
            good = said.is_near(
                anchored.near.take(n), place + anchored.away.take(n), anchored.span.take(n)
            )
            n, place = n.take(good), place.take(good)
            at, back = ranges(anchored.back.take(n), 1 + anchored.slack.take(n))
            row, start = anchored.row.take(n).take(at), place.take(at) - back
            may = said.may_fit(self._element[:, 0].take(row) * said.kinds, start) & (start >= 0)
            yield _those((row, start), may)

    def _looked_at(self, said: _Said, row: Numbers, start: Numbers) -> list[Numbers]:
        """Where each row really occurs, if it does: row, start, end, and a number that is greater
        the more and later steps were left out."""
        length = said.reach(self._element[:, 0].take(row) * said.kinds, start)
        good = np.flatnonzero(length)
        row, start, length = row.take(good), start.take(good), length.take(good)
        now: tuple[Numbers, ...] = row, start, start + length, np.zeros(len(row), dtype=np.int64)
        done = []
        for k in range(1, self._element.shape[1] + 1):
            over = self.length.take(now[0]) <= k
            done.append(_those(now, over))
            now = _those(now, ~over)
            if not len(now[0]):
                break
            row, start, end, left_out = now
            next_end = self._next(said, row, k, end)
            follows = _those((row, start, next_end, left_out), next_end > 0)
            without = _those((row, start, end, left_out + (1 << k)), self._optional[:, k].take(row))
            now = (*map(np.append, follows, without),)
        return [np.concatenate(each) for each in zip(*done, strict=True)]

    def _next(self, said: _Said, row: Numbers, k: int, end: Numbers) -> Numbers:
        """Where step k ends that follows nearest after `end` within its gap; 0 for nowhere."""
        element, gap = self._element[:, k].take(row) * said.kinds, self._gap[:, k].take(row)
        last = said.last.take(end - 1)
        found = np.zeros(len(row), dtype=np.int64)
        waiting = np.flatnonzero(end < last)
        away = 0
        while len(waiting):
            place = end.take(waiting) + away
            length = said.reach(element.take(waiting), place)
            fits = length > 0
            those = waiting.compress(fits)
            found[those] = (place + length).compress(fits)
            away += 1
            open_ = ~fits & (gap.take(waiting) >= away) & (place + 1 < last.take(waiting))
            waiting = waiting.compress(open_)
        return found


def _those(arrays: Sequence[Numbers], chosen: Numbers) -> tuple[Numbers, ...]:
    """The chosen entries of several arrays."""
    at = np.flatnonzero(chosen)
    return tuple(each.take(at) for each in arrays)
