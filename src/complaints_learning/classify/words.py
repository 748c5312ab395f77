"""Texts in, their plain words out; phrases as written in themes.toml in, their steps out.

Text is reduced to plain words with '.' between sentences, so that apostrophes, capitals, hyphens
and line breaks make no difference. `search` looks for all phrases in many texts at once.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from complaints_learning.nouns.themes import Phrase

Numbers = np.ndarray[Any, Any]
BREAK = "\x02"
"""The word that stands between two texts."""

_NUMBERS = frozenset(
    (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
        *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
        *("nineteen", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty"),
        *("ninety", "hundred", "dozen", "several", "couple", "few", "half"),
    )
)
_PART = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S+")
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,300}|!--.{0,2000}?--)>", re.DOTALL)
_MR, _MS, _DR, _NO, _MRS = (ord(a) << 8 | ord(b) for a, b in ("mr", "ms", "dr", "no", "rs"))
_SHORT = (_MR, _MS, _DR, _NO, _MRS)
"""The last two letters of words that are written with a point and end no sentence."""
_LETTER = np.array([n < 128 and chr(n).isalpha() for n in range(256)])


_SIGNS = {
    "\u2019": "'",
    "\u2018": "'",
    "\u2026": ". ",
    "\u2022": ". ",
    "\u2013": " ",
    "\u2014": " ",
}
_PLAIN = bytes(
    n
    if (chr(n).isalnum() and n < 128) or chr(n) in f"%{BREAK}"
    else ord("." if chr(n) in ".!?;\n\r" else " ")
    for n in range(256)
)


def plain(texts: Sequence[str]) -> list[str]:
    """The words of many texts, '.' for a sentence's end and BREAK after each text.

    >>> plain(["She <b>didn't</b> ring back. I'm worried!"])[:-1]
    ['she', 'didnt', 'ring', 'back', '.', 'im', 'worried', '.']
    """
    return _line(texts).replace(".", " . ").split()


def sentences(texts: Sequence[str]) -> tuple[list[str], Numbers]:
    """The sentences of many texts, as words with spaces between, and how many each text has.

    What stands after a text's last full stop counts as one, though it may be empty.

    >>> said, counts = sentences(["Mr. Day didn't ring. I'm worried!", "5.30 is late"])
    >>> said, counts.tolist()
    (['mr day didnt ring', ' im worried', ' ', ' 530 is late '], [3, 1])
    """
    line = _line(texts)
    codes = np.frombuffer(line.encode("latin-1"), dtype=np.uint8)
    breaks = codes == ord(BREAK)
    ends = breaks[np.flatnonzero(breaks | (codes == ord(".")))]
    counts = np.diff(np.flatnonzero(ends), prepend=-1)
    return line.replace(BREAK, ".").split(".")[:-1], counts


def _line(texts: Sequence[str]) -> str:
    """Many texts as one plain line: small letters, figures, '.', and BREAK after each text."""
    line = f" {BREAK} ".join([*texts, ""])
    if not line.isascii() or "<" in line or "&" in line or line.count(BREAK) != len(texts):
        line = f" {BREAK} ".join([*map(_ordinary, texts), ""])
    plain = _one_sentence(line.encode("ascii", "ignore").lower().replace(b"'", b""))
    return plain.translate(_PLAIN).replace(b"gbp", b"\xa3").decode("latin-1")


def _one_sentence(line: bytes) -> bytes:
    """Without the points that end no sentence: 3.5, 10:30, "Mr. Day", "No. 5"."""
    codes = np.frombuffer(line, dtype=np.uint8)
    at = np.flatnonzero((codes == ord(".")) | (codes == ord(":")))
    before, point, after = (codes[at + n].astype(np.uint16) for n in (-1, 0, 1))
    drop = (before - ord("0") < 10) & (after - ord("0") < 10)
    two = codes[at - 2].astype(np.uint16) << 8 | before
    abbreviated = np.flatnonzero((point == ord(".")) & (after == ord(" ")) & np.isin(two, _SHORT))
    near, two = at[abbreviated], two[abbreviated]
    mrs = two == _MRS
    whole = ~_LETTER[codes[near - 3 - mrs]] & (~mrs | (codes[near - 3] == ord("m")))
    number = codes[np.minimum(near + 2, len(codes) - 1)] - ord("0") < 10
    drop[abbreviated] |= whole & ((two != _NO) | number)
    return np.delete(codes, at[drop]).tobytes() if drop.any() else line


def _ordinary(text: str) -> str:
    """A text without HTML, accents and our own mark; a pound sign becomes the word gbp."""
    if text.isascii() and "<" not in text and "&" not in text and BREAK not in text:
        return text
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    for sign, meant in _SIGNS.items():
        text = text.replace(sign, meant)
    text = text.replace("&", " and ").replace("\xa3", " gbp").replace(BREAK, " ")
    return text if text.isascii() else unicodedata.normalize("NFKD", text)


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or as a word.

    >>> is_number("14th"), is_number("seven"), is_number("some")
    (True, True, False)
    """
    return word[0].isdigit() or word in _NUMBERS


class Element:
    """One place in a phrase: any of several words, or of several runs of words.

    `negative` says whether one of the words that can stand first says no.
    """

    __slots__ = ("exact", "negative", "number", "prefixes", "runs")

    def __init__(self, choices: Iterable[str]) -> None:
        self.exact: set[str] = set()
        self.runs: list[tuple[str, ...]] = []
        self.number = False
        prefixes: list[str] = []
        for choice in choices:
            if choice.isalpha() and choice.islower():
                self.exact.add(choice)
                continue
            run = tuple(choice.replace("'", "").replace("-", " ").lower().split())
            if len(run) > 1:
                self.runs.append(run)
            elif run[0] == "#":
                self.number = True
            elif run[0].endswith("*"):
                prefixes.append(run[0][:-1])
            else:
                self.exact.add(run[0])
        self.prefixes = tuple(prefixes)
        self.negative = not NEGATIVE.isdisjoint(self.exact) or any(
            run[0] in NEGATIVE for run in self.runs
        )

    def singles(self) -> list[str]:
        """The choices of one word, `*` and `#` as written."""
        single = [*self.exact, *(f"{each}*" for each in self.prefixes)]
        return [*single, "#"] if self.number else single


GAPS = {"..": 3, "...": 9}
NEGATIVE = frozenset(
    (
        *("not", "no", "never", "nobody", "none", "nothing", "without", "isnt", "wasnt", "arent"),
        *("werent", "hasnt", "havent", "hadnt", "doesnt", "dont", "didnt", "wont", "wouldnt"),
        *("cant", "cannot", "couldnt", "shouldnt", "nor", "neither", "refused", "failed"),
    )
)


class Step(NamedTuple):
    """An element, whether it may be missing, and how many words may stand before it."""

    element: int
    optional: bool
    gap: int


class Compiled(NamedTuple):
    """One phrase ready to be looked for. `conditions` are (kind, element)."""

    source: str
    steps: tuple[Step, ...]
    negative: bool
    conditions: tuple[tuple[str, int], ...]


class Compiler:
    """Turns phrases into steps over shared elements."""

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self._lists = lists
        self._numbers: dict[str, int] = {}
        self.elements: list[Element] = []

    def phrase(self, phrase: Phrase) -> Compiled:
        """One phrase; the same words share one element."""
        words, conditions = phrase.parts()
        steps: list[Step] = []
        gap = 0
        for part in _PART.findall(words):
            if part in GAPS:
                gap = GAPS[part]
                continue
            optional = part.startswith("(")
            if steps or not optional:
                steps.append(Step(self.element(part.strip("()[]")), optional, gap))
            gap = 0
        while steps[-1].optional:  # the first never is
            steps.pop()
        return Compiled(
            source=phrase.text,
            steps=tuple(steps),
            negative=self.elements[steps[0].element].negative,
            conditions=tuple((kind, self.element(text)) for kind, text in conditions),
        )

    def element(self, part: str) -> int:
        """The number of the element for one part of a phrase."""
        if part not in self._numbers:
            self._numbers[part] = len(self.elements)
            self.elements.append(Element(self._choices(part)))
        return self._numbers[part]

    def _choices(self, part: str) -> list[str]:
        """What one part may be: alternatives, with lists written out."""
        choices: list[str] = []
        if part.isalpha():
            return [part]
        for choice in part.split("/"):
            choice = choice.strip()
            if choice.startswith("<") and choice.endswith(">"):
                for each in self._lists[choice[1:-1]]:
                    choices.extend(self._choices(each) if "<" in each else (each,))
            elif choice:
                choices.append(choice.replace("_", " "))
        return choices
