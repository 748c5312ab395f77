"""The reference somebody probably meant: to suggest, never to use."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator

from complaints_learning.check.rows import SUFFIX

_LETTERS = string.digits + string.ascii_uppercase + "/-"
_LOOKALIKE = str.maketrans("OILSB", "01158")


class Nearest:
    """Finds the one known reference that a slip of the keyboard away is; quick at any size.

    >>> known = Nearest(["0046328", "0046500"])
    >>> known.to("0046238"), known.to("46328"), known.to("OO46328"), known.to("9999999")
    ('0046328', '0046328', '0046328', '')
    """

    def __init__(self, known: Iterable[str]) -> None:
        self.known = frozenset(known)
        self.bare: dict[str, list[str]] = {}

    def to(self, key: str) -> str:
        """The nearest known key by the likeliest slip, when only one is that near; else ''."""
        if not key:
            return ""
        if not self.bare:
            for each in self.known:
                self.bare.setdefault(_bare(each), []).append(each)
        same = self.bare.get(_bare(key), [])
        if len(same) == 1:
            return same[0]
        for slips in (_swapped(key), _missed_or_doubled(key), _mistyped(key)):
            found = {slip for slip in slips if slip in self.known}
            if len(found) == 1:
                return found.pop()
            if found:
                return ""
        return ""


class Complaints:
    """Finds the complaint that another table names, whatever its case, spaces and stage.

    >>> known = Complaints(["0012A"])
    >>> known.named("0012a/S2"), known.named("12A"), known.named("")
    (('0012A', ''), ('', '0012A'), ('', ''))
    """

    def __init__(self, references: Iterable[str]) -> None:
        self.known = {key_of(reference): reference for reference in references}
        self.known.pop("", None)
        self.close = Nearest(self.known)

    def named(self, typed: str) -> tuple[str, str]:
        """The complaint's reference, or '' and the one that was probably meant."""
        key = key_of(typed)
        base = SUFFIX.match(typed)
        found = self.known.get(key) or (self.known.get(key_of(base["base"])) if base else None)
        return (found, "") if found else ("", self.known.get(self.close.to(key), ""))


def key_of(reference: str) -> str:
    """What is the same of a reference however somebody typed it: no case, no spaces."""
    return "".join(reference.split()).upper()


def _bare(key: str) -> str:
    """Without what is lost most often: leading noughts, marks, letters that look like figures."""
    kept = "".join(letter for letter in key.translate(_LOOKALIKE) if letter.isalnum())
    return kept.lstrip("0")


def _swapped(key: str) -> Iterator[str]:
    for at in range(len(key) - 1):
        yield key[:at] + key[at + 1] + key[at] + key[at + 2 :]


def _missed_or_doubled(key: str) -> Iterator[str]:
    for at in range(len(key)):
        yield key[:at] + key[at + 1 :]
    for at in range(len(key) + 1):
        for letter in _LETTERS:
            yield key[:at] + letter + key[at:]


def _mistyped(key: str) -> Iterator[str]:
    for at in range(len(key)):
        for letter in _LETTERS:
            yield key[:at] + letter + key[at + 1 :]
