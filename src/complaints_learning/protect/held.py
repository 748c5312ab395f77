"""What finished files say in; a quick answer out to whether something could stand in them.

A register may hold a million complaints where the files hold a few thousand words. So the files
are indexed, and what of the register cannot be in them is left out before anything is looked at
closely. The answer is yes too often, and never wrongly no.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from complaints_learning.protect.pieces import pieces

WORDS_IN_A_ROW = 8
"""So many words of a complaint in a row are its words and no accident."""
_BREAK = "\0"
_OWNER = re.compile(rb"'(?<=[A-Za-z0-9]')[sS](?!'?[A-Za-z])")
_ENDS = re.compile(rb"'(?<=[A-Za-z0-9]')[A-Za-z]+(?=[0-9])")
"""Letters after an apostrophe, which a digit does not go on with: a piece ends there."""
_PLAIN = bytes(
    ord(chr(n).lower()) if chr(n).isalnum() and n < 128 else n if n > 127 or n == 0 else ord(" ")
    for n in range(256)
)
_MARKS = tuple("\u201c\u201d\u2013\u2014\u2026\u2022\xa3\xa0")
_STEP = 8
_MOST_STEPS = 3
_BATCH = 10_000

Numbers = np.ndarray[Any, np.dtype[np.uint64]]


class Held:
    """The words of finished files, and every eight of them in a row."""

    def __init__(self, texts: Iterable[str]) -> None:
        data = _pieced(list(texts))
        self.words = frozenset(data.replace(b"\0", b" ").split())
        self._runs = _runs(data)

    def all_of(self, cells: Sequence[str]) -> list[bool]:
        """Of each cell, whether the files hold all its words."""
        return [self.words.issuperset(line.split()) for line in _lines(cells)]

    def any_of(self, cells: Sequence[str]) -> list[bool]:
        """Of each cell, whether the files hold one of its words."""
        return [not self.words.isdisjoint(line.split()) for line in _lines(cells)]

    def quoted(self, texts: Plain) -> list[int]:
        """The positions of the texts of which the files may hold eight words in a row."""
        found: list[int] = []
        for n, data in enumerate(texts.batches if self._runs else ()):
            breaks = np.flatnonzero(np.frombuffer(data, np.uint8) == 0)
            met = np.concatenate([_met(data, steps, runs) for steps, runs in self._runs.items()])
            found += (n * _BATCH + np.unique(np.searchsorted(breaks, met))).tolist()
        return found


class Plain:
    """Texts as `Held` looks through them: made before the files are finished, it saves time."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.batches = [_pieced(texts[n : n + _BATCH]) for n in range(0, len(texts), _BATCH)]


def _pieced(texts: Sequence[str]) -> bytes:
    """The pieces of texts with a space between, an apostrophe being a space too.

    >>> _pieced(["Ann's dog, O'Brien--and it's \u2018mine\u2019", "Zo\u00eb"]).decode().split("\\0")
    ['ann dog o brien and it mine', 'zo\u00eb']
    """
    line = _BREAK.join(
        text if text.isascii() and _BREAK not in text else _ordinary(text) for text in texts
    )
    data = _OWNER.sub(b" ", line.encode("utf-8", "surrogatepass"))
    data = _ENDS.sub(rb"\g<0> ", data).translate(_PLAIN)
    letters = np.frombuffer(data, np.uint8)
    space = letters == ord(" ")
    space[1:] &= space[:-1]  # another one after a space
    space[:1] = False
    return bytes(letters[~space])


def _ordinary(text: str) -> str:
    """A text in ASCII as far as that makes no difference to its pieces, else its pieces."""
    plain = text.replace("\u2019", "'").replace(_BREAK, " ")
    for mark in _MARKS:
        plain = plain.replace(mark, " ")
    if plain.isascii():
        return plain
    return " ".join(piece for piece, _, _ in pieces(text)).replace("'", " ")


def _lines(texts: Sequence[str]) -> list[bytes]:
    return _pieced(texts).split(b"\0") if texts else []


# -- eight words in a row ----------------------------------------------------------------------
#
# Eight words and the seven spaces between them are at least 15 characters. So wherever they
# stand in a long text, one of the text's steps of eight characters lies whole among them; in
# 23 characters two do, one after the other. It is enough to look at each text step by step.


def _runs(data: bytes) -> dict[int, Numbers]:
    """For one step, two and three: every such run of steps in eight words of `data`.

    Each eight words give the longest run that is sure to be met.
    """
    letters = np.frombuffer(data, np.uint8) > ord(" ")
    edges = np.diff(letters.astype(np.int8), prepend=0, append=0)
    starts, ends = np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)
    if len(starts) < WORDS_IN_A_ROW:
        return {}
    starts, ends = starts[: 1 - WORDS_IN_A_ROW], ends[WORDS_IN_A_ROW - 1 :]
    breaks = np.cumsum(np.frombuffer(data, np.uint8) == 0)
    together = breaks[starts] == breaks[ends - 1]
    starts, ends = starts[together], ends[together]
    steps = np.minimum((ends - starts - _STEP + 1) // _STEP, _MOST_STEPS)
    return {
        n: np.unique(_numbers_at(data, n, np.unique(starts[steps == n][:, None] + range(_STEP))))
        for n in np.unique(steps).tolist()
    }


def _numbers(data: bytes, first: int, steps: int) -> Numbers:
    """A number for every `steps` steps in a row from `first` on: for the same text the same."""
    step = np.frombuffer(data, np.uint64, (len(data) - first) // _STEP, first)
    made = step * _FACTOR
    for n in range(1, steps):
        made = (made[:-1] ^ (made[:-1] >> _HALF) ^ step[n:]) * _FACTOR
    return made


def _numbers_at(data: bytes, steps: int, places: Any) -> Any:
    made = np.zeros(len(data), np.uint64)
    for first in range(_STEP):
        some = _numbers(data, first, steps)
        made[first : first + _STEP * len(some) : _STEP] = some
    return made[places]


_FACTOR, _HALF, _HIGH = np.uint64(0x9E3779B97F4A7C15), np.uint64(32), np.uint64(44)


def _met(data: bytes, steps: int, runs: Numbers) -> Any:
    """Where in `data` one of the runs stands."""
    likely = np.zeros(1 << 20, bool)  # most steps are told by one look
    likely[runs >> _HIGH] = True
    made = _numbers(data, 0, steps)
    at = np.flatnonzero(likely[made >> _HIGH])
    return at[np.isin(made[at], runs)] * _STEP
