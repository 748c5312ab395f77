"""Many texts in; every place where a phrase occurs in their sentences, out.

A few thousand phrases are looked for in all sentences of a batch at once. First, for each
element of a phrase, a row of bits says in which sentences it occurs; the rows of a phrase laid
over one another leave few sentences. Only in these its words are looked at, one step after the
other, for all phrases together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.classify import words
from complaints_learning.classify.batch import Batch, Fits, Vocabulary, ranges
from complaints_learning.classify.elements import Elements
from complaints_learning.nouns.themes import Phrase

Numbers = np.ndarray[Any, Any]
_MOST_WORDS = 200_000
_SENTENCES = 1 << 15
"""So many sentences are searched at a time, which bounds the memory for the rows of bits."""
_NONE: Numbers = np.zeros(0, dtype=np.int64)
_PLACES = 1 << 19
"""So many places are looked at a time."""


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
        self._patterns = _Patterns(
            [each.steps for each in compiled], [each.conditions for each in compiled]
        )
        self._runs = _Patterns(self.elements.runs)

    def batch(self, texts: Sequence[str]) -> Batch:
        """Texts ready to be searched. The words seen are forgotten when they become too many."""
        if len(self.vocabulary) > _MOST_WORDS:
            self.vocabulary = Vocabulary(self.elements)
        return Batch(texts, self.vocabulary, alike=not self._patterns.anywhere)

    def hits(self, batch: Batch) -> Hits:
        """Every place where a phrase occurs with its conditions met."""
        fits = batch.vocabulary.fits()
        found: list[Hits] = []
        for low, high in _slices(batch, whole=bool(self._patterns.anywhere)):
            part = _Part(batch, low, high, fits)
            part.with_runs(self._runs.occurring(part), self._runs.length)
            found.append(self._patterns.occurring(part))
        return Hits(*map(np.concatenate, zip(*found, strict=True)))


def _slices(batch: Batch, whole: bool) -> Iterator[tuple[int, int]]:
    """Stretches of sentences; with `whole` no text is cut in two."""
    ends = list(range(_SENTENCES, batch.sentences, _SENTENCES))
    if whole:
        ends = [int(np.searchsorted(batch.text, batch.text[end])) for end in ends]
    ends = sorted({0, *ends, batch.sentences})
    yield from zip(ends, ends[1:] or ends, strict=False)


class _Part:
    """Some sentences of a batch, and in which of them each element occurs.

    Row e of `bits` has a bit for each sentence: whether element e is said in it.
    """

    def __init__(self, batch: Batch, low: int, high: int, fits: Fits) -> None:
        self.first, self.last = batch.first[low:high], batch.last[low:high]
        self.text = batch.text[low:high]
        """Whose each sentence is, when none is shared."""
        self._fits, self._flat = fits, fits.table.ravel()
        self.kinds = fits.table.shape[1]
        """Below, an element is its number times this: where its row of the table begins."""
        self._begin, end = batch.bounds(low, high)
        self._kind = batch.kind[self._begin : end]
        self._sentence = np.repeat(np.arange(high - low), self.last + 1 - self.first)
        self.bits = np.zeros((len(fits.table), (high - low) // 64 * 8 + 8), dtype=np.uint8)
        self._first_run = np.full(len(self._kind), -1, dtype=np.int32)
        self._has_run = np.zeros(len(self._kind), dtype=bool)
        self._note(self._kind, self._sentence)

    def with_runs(self, found: Hits, length: Numbers) -> None:
        """Take up where runs of words stand: each is like one long word of its own kind."""
        order = np.lexsort((found.start - found.end, found.start))
        at = found.start[order] - self._begin
        self._run_place = np.append(at, -1)
        self._run, self._run_length = found.phrase[order] + 1, length[found.phrase[order]]
        self._first_run[at[::-1]] = np.arange(len(at), dtype=np.int32)[::-1]
        self._has_run[at] = True
        self._note(self._run, self._sentence[at])

    def _note(self, kind: Numbers, sentence: Numbers) -> None:
        """Note which elements these kinds of word bring to these sentences."""
        rows = np.full(self.kinds, -1)
        rows[kind] = 0
        there = np.flatnonzero(rows == 0)
        rows[there] = np.arange(len(there))
        said = np.zeros((len(there), self.bits.shape[1]), dtype=np.uint8)
        bit = np.left_shift(1, sentence & 7).astype(np.uint8)
        np.bitwise_or.at(said.ravel(), rows[kind] * said.shape[1] + (sentence >> 3), bit)
        bring = rows[self._fits.kind] >= 0
        element, row = self._fits.element[bring], rows[self._fits.kind[bring]]
        begins = np.flatnonzero(np.diff(element, prepend=-1))
        ends = np.append(begins[1:], len(element))[: len(begins)]
        said, bits = said.view(np.uint64), self.bits.view(np.uint64)
        alone = begins[ends - begins == 1]
        bits[element[alone]] |= said[row[alone]]
        several = ends - begins > 1
        for begin, end in zip(begins[several].tolist(), ends[several].tolist(), strict=True):
            bits[element[begin]] |= np.bitwise_or.reduce(said[row[begin:end]], axis=0)

    def likely(self, element: Numbers, place: Numbers) -> Numbers:
        """Which elements may begin at their place: none that do are missing."""
        at = place - self._begin
        likely = self._flat.take(element + self._kind.take(at))
        likely |= self._has_run.take(at)
        return np.flatnonzero(likely)

    def reach(self, element: Numbers, place: Numbers) -> Numbers:
        """How many words from each place on are one choice of the element, at most; else 0."""
        at = place - self._begin
        reach: Numbers = self._flat.take(element + self._kind.take(at)).astype(np.int32)
        open_ = np.flatnonzero(self._first_run.take(at) >= 0)
        run = self._first_run[at[open_]]
        while len(open_):
            fits = self._flat.take(element[open_] + self._run[run])
            long = open_[fits]
            reach[long] = np.maximum(reach[long], self._run_length[run[fits]])
            run = run + 1
            more = self._run_place[run] == at[open_]
            open_, run = open_[more], run[more]
        return reach

    def anywhere(self, element: int) -> Numbers:
        """Bits for the sentences of texts that say an element in any of their sentences."""
        said = np.unpackbits(self.bits[element], bitorder="little")[: len(self.text)]
        bits = np.zeros(self.bits.shape[1], dtype=np.uint8)
        packed = np.packbits(np.isin(self.text, self.text[said > 0]), bitorder="little")
        bits[: len(packed)] = packed
        return bits


Columns = list[tuple[Numbers, Numbers]]


class _Patterns:
    """Sequences of elements as arrays, one row each."""

    def __init__(
        self,
        steps: Sequence[Sequence[words.Step]],
        conditions: Sequence[Sequence[tuple[str, int]]] = (),
    ) -> None:
        conditions = conditions or [()] * len(steps)
        self.length = np.array([len(each) for each in steps], dtype=np.int64)
        row = np.repeat(np.arange(len(steps)), self.length)
        at = row, np.arange(len(row)) - np.repeat(np.cumsum(self.length) - self.length, self.length)
        shape = len(steps), int(self.length.max(initial=1))
        self._element, self._gap = np.zeros((2, *shape), dtype=np.int32)
        self._optional = np.zeros(shape, dtype=bool)
        every = [step for each in steps for step in each]
        self._element[at] = [step.element for step in every]
        self._gap[at] = [step.gap for step in every]
        self._optional[at] = [step.optional for step in every]
        needs = [{step.element for step in each if not step.optional} for each in steps]
        for need, tests in zip(needs, conditions, strict=True):
            need.update(element for kind, element in tests if kind == "WITH")
        self._needs = _columns(needs)
        self._without = _columns(
            [[element for kind, element in tests if kind == "UNLESS"] for tests in conditions]
        )
        self.anywhere = [
            (n, element, kind.startswith("WITH"))
            for n, tests in enumerate(conditions)
            for kind, element in tests
            if kind.endswith("ANYWHERE")
        ]

    def occurring(self, part: _Part) -> Hits:
        """Every place in these sentences where one of them occurs."""
        found = [self._looked_at(part, row, at) for row, at in self._likely(part)]
        row, start, end, left_out = map(np.concatenate, zip(*found, strict=True))
        key = start.astype(np.int64) * len(self.length) + row
        order = np.lexsort((left_out, key))
        order = order[np.diff(key[order], prepend=-1) > 0]
        return Hits(row[order], start[order], end[order])

    def _likely(self, part: _Part) -> Iterator[tuple[Numbers, Numbers]]:
        """Rows and the sentences that have all elements of theirs, not too many at a time."""
        (_, first), *more = self._needs or [(_NONE, _NONE)]
        bits = part.bits[first]
        for rows, elements in more:
            bits[rows] &= part.bits[elements]
        for rows, elements in self._without:
            bits[rows] &= ~part.bits[elements]
        for n, element, wanted in self.anywhere:
            said = part.anywhere(element)
            bits[n] &= said if wanted else ~said
        row, sentence = _set(bits)
        places = np.cumsum(part.last[sentence] - part.first[sentence])
        cuts = np.searchsorted(places, range(_PLACES, int(places[-1:].sum()), _PLACES))
        yield from zip(np.split(row, cuts), np.split(sentence, cuts), strict=True)

    def _looked_at(self, part: _Part, row: Numbers, sentence: Numbers) -> list[Numbers]:
        """Where in its sentence each row really occurs, if at all: row, start, end, and a number
        that is greater the more and later steps were left out."""
        end: Numbers
        left_out: Numbers
        first: Numbers = part.first[sentence]
        last: Numbers = part.last[sentence]
        of, start = ranges(first, last - first)
        element = self._element[row, 0] * part.kinds
        likely = part.likely(element[of], start)
        of, start = of[likely], start[likely]
        length = part.reach(element[of], start)
        good = np.flatnonzero(length)
        of, start = of[good], start[good]
        row, last, end = row[of], last[of], start + length[good]
        left_out = np.zeros(len(row), dtype=np.int64)
        done = []
        for k in range(1, self._element.shape[1] + 1):
            over = self.length[row] <= k
            done.append((row[over], start[over], end[over], left_out[over]))
            row, start, end, last, left_out = (
                each[~over] for each in (row, start, end, last, left_out)
            )
            if not len(row):
                break
            next_end = self._next(part, row, k, end, last)
            follows = next_end > 0
            without = self._optional[row, k]
            row, start, last = (
                np.append(each[follows], each[without]) for each in (row, start, last)
            )
            left_out = np.append(left_out[follows], left_out[without] + (1 << k))
            end = np.append(next_end[follows], end[without])
        return [np.concatenate(each) for each in zip(*done, strict=True)]

    def _next(self, part: _Part, row: Numbers, k: int, end: Numbers, last: Numbers) -> Numbers:
        """Where step k ends that follows nearest after `end` within its gap; 0 for nowhere."""
        element, gap = self._element[row, k] * part.kinds, self._gap[row, k]
        found = np.zeros(len(row), dtype=np.int64)
        waiting = np.arange(len(row))
        for away in range(int(gap.max()) + 1):
            waiting = waiting[(gap[waiting] >= away) & (end[waiting] + away < last[waiting])]
            place = end[waiting] + away
            length = part.reach(element[waiting], place)
            fits = length > 0
            found[waiting[fits]] = place[fits] + length[fits]
            waiting = waiting[~fits]
        return found


def _set(bits: Numbers) -> tuple[Numbers, Numbers]:
    """Row and number of each bit that is set; most of them are not."""
    eights = np.flatnonzero(bits.view(np.uint64))
    near = bits.reshape(-1, 8)[eights].ravel()
    bytes_ = np.flatnonzero(near)
    bit = np.flatnonzero(np.unpackbits(near[bytes_], bitorder="little"))
    of = bytes_[bit >> 3]
    row, byte = np.divmod(eights[of >> 3] * 8 + (of & 7), bits.shape[1])
    return row, byte * 8 + (bit & 7)


def _columns(lists: Sequence[Iterable[int]]) -> Columns:
    """The first of each list, the second ...: which lists have one, and what it is."""
    columns: list[tuple[list[int], list[int]]] = []
    for n, each in enumerate(lists):
        for k, value in enumerate(each):
            if k == len(columns):
                columns.append(([], []))
            columns[k][0].append(n)
            columns[k][1].append(value)
    return [(np.array(rows), np.array(values)) for rows, values in columns]
