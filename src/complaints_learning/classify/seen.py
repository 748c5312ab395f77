"""A line of plain words in; the number of each word, out.

A text has some eighty words, nearly all of them seen before. Making a string of each and asking a
dictionary takes longer than all that is done with the numbers, so the letters are read eight at a
time as one number, for all words at once; only words never seen before become strings.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Numbers = np.ndarray[Any, Any]
_SLOTS = 19
"""The table has two to this power places for words; two words in one place only cost time."""
_WORDS = 1 << 16
"""So many words at a time: those of the first need not be asked for again."""
_LETTERS = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)
"""What to keep of eight letters, the first the lowest, of which a word has n."""
_SPREAD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
"""Any odd numbers would do; these are the golden ratio's and one of xxHash's."""


class Seen:
    """The numbers of words; `number` says what the number of a new word is."""

    def __init__(self, number: Callable[[str], int]) -> None:
        self._number = number
        self._letters = np.zeros(1 << _SLOTS, dtype=np.uint64)
        self._numbers = np.zeros(1 << _SLOTS, dtype=np.int64)

    def numbers(self, line: bytes) -> Numbers:
        """The number of each word of a line in Latin-1 with spaces between words.

        >>> Seen(len).numbers(b" some words some misunderstandings ").tolist()
        [4, 5, 4, 17]
        """
        start, end = _bounds(line)
        letters = _letters(line + bytes(16), start, end - start)
        slot = (letters * _SPREAD >> np.uint64(64 - _SLOTS)).astype(np.int64)
        numbers = np.empty(len(start), dtype=np.int64)
        for low in range(0, len(start), _WORDS):
            here, said = slot[low : low + _WORDS], letters[low : low + _WORDS]
            found = self._numbers.take(here)
            new = np.flatnonzero(self._letters.take(here) != said)
            if len(new):
                told, first, of = np.unique(said[new], return_index=True, return_inverse=True)
                begins, ends = start[low + new[first]].tolist(), end[low + new[first]].tolist()
                learned = np.array(
                    [self._word(line[a:b]) for a, b in zip(begins, ends, strict=True)]
                )
                found[new] = learned[of]
                self._letters[here[new[first]]] = told
                self._numbers[here[new[first]]] = learned
            numbers[low : low + _WORDS] = found
        for n in np.flatnonzero(end - start > 16).tolist():
            numbers[n] = self._word(line[start[n] : end[n]])
        return numbers

    def _word(self, letters: bytes) -> int:
        return self._number(letters.decode("latin-1"))


def _bounds(line: bytes) -> tuple[Numbers, Numbers]:
    """Where each word begins and ends."""
    space = np.frombuffer(b" " + line + b" ", dtype=np.uint8) == ord(" ")
    edges = np.flatnonzero(space[1:] != space[:-1])
    return edges[::2], edges[1::2]


def _letters(line: bytes, start: Numbers, length: Numbers) -> Numbers:
    """One number for the first sixteen letters and the length of each word: the letters themselves
    up to eight, beyond that as good as never the same for two words."""
    eight = np.ndarray(len(line) - 7, dtype="<u8", buffer=line, strides=1)
    letters = eight[start] & _LETTERS.take(length, mode="clip")
    long = np.flatnonzero(length > 8)
    more = eight[start[long] + 8] & _LETTERS.take(length[long] - 8, mode="clip")
    several = letters[long] * _MIX ^ more * _SPREAD ^ more >> np.uint64(32)
    letters[long] = several ^ length[long].astype(np.uint64) << np.uint64(56)
    return letters
