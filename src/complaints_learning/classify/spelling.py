"""A word nobody knows in; the known word it is a slip of, out: a letter lost or swapped."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 6


class Near:
    """Known words of six letters or more, found from a slip inside the word.

    The first and last letter must be right, and no letter may be another one, so that real words
    are rarely taken for slips.

    >>> near = Near(["communication", "minutes"])
    >>> near.find("comunication"), near.find("mintues"), near.find("minister")
    ('communication', 'minutes', None)
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._known = {word for word in known if len(word) >= SHORTEST and word.isalpha()}
        self._shorter: dict[str, str] = {}
        for word in sorted(self._known, reverse=True):
            for shorter in _without_one(word):
                self._shorter[shorter] = word

    def find(self, word: str) -> str | None:
        """The known word that this one is a slip of, None when there is none."""
        if len(word) < SHORTEST - 1 or not word.isalpha():
            return None
        lost = self._shorter.get(word)
        if lost is not None:
            return lost
        for shorter in _without_one(word):
            if shorter in self._known:
                return shorter
            swapped = self._shorter.get(shorter)
            if swapped is not None and len(swapped) == len(word) and _swapped(word, swapped):
                return swapped
        return None


def _without_one(word: str) -> Iterable[str]:
    """The word with one inner letter left out."""
    return {word[:n] + word[n + 1 :] for n in range(1, len(word) - 1)}


def _swapped(word: str, other: str) -> bool:
    """Whether two neighbouring letters have changed places."""
    apart = [n for n, (a, b) in enumerate(zip(word, other, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and word[apart[0]] == other[apart[1]]
        and word[apart[1]] == other[apart[0]]
    )
