"""Phrases as written in themes.toml in; what to look for, word by word, out.

Text is reduced to plain words with '.' between sentences, so that apostrophes, capitals, hyphens
and line breaks make no difference. `search` looks for all phrases in many texts at once.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from complaints_learning.themes import Phrase

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
_POINT = re.compile(r"(?<=[0-9])[.:](?=[0-9])")
_TITLES = (("mr. ", "mr "), ("ms. ", "ms "), ("mrs. ", "mrs "), ("dr. ", "dr "), ("no. ", "no "))


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
    line = f" {BREAK} ".join([*texts, ""])
    if not line.isascii() or "<" in line or "&" in line or line.count(BREAK) != len(texts):
        line = f" {BREAK} ".join([*map(_ordinary, texts), ""])
    line = line.lower().replace("'", "")
    if _POINT.search(line):
        line = _POINT.sub("", line)
    for written, meant in _TITLES:
        line = line.replace(written, meant)
    line = line.encode("ascii", "ignore").translate(_PLAIN).decode("ascii")
    return line.replace(".", " . ").replace("gbp", "\xa3").split()


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


def fits(part: str, word: str) -> bool:
    """Whether a word is what a part of a phrase asks for.

    >>> fits("cancel*", "cancelled"), fits("#", "nine"), fits("rang", "ring")
    (True, True, False)
    """
    if part == "#":
        return is_number(word)
    return part == word or (part.endswith("*") and word.startswith(part[:-1]))


class Element:
    """One place in a phrase: any of several words, or of several runs of words."""

    __slots__ = ("exact", "number", "prefixes", "runs")

    def __init__(self, choices: Iterable[str]) -> None:
        self.exact: set[str] = set()
        self.runs: list[tuple[str, ...]] = []
        self.number = False
        prefixes: list[str] = []
        for choice in choices:
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

    def firsts(self) -> list[str]:
        """The words that can stand first, `*` and `#` as written."""
        first = [*self.exact, *(f"{each}*" for each in self.prefixes), *(r[0] for r in self.runs)]
        return [*first, "#"] if self.number else first

    def alone(self, word: str) -> bool:
        """Whether this one word is one of the choices."""
        return (
            word in self.exact
            or (bool(self.prefixes) and word.startswith(self.prefixes))
            or (self.number and is_number(word))
        )


GAPS = {"..": 3, "...": 9}
NEGATIVE = frozenset(
    (
        *("not", "no", "never", "nobody", "none", "nothing", "without", "isnt", "wasnt", "arent"),
        *("werent", "hasnt", "havent", "hadnt", "doesnt", "dont", "didnt", "wont", "wouldnt"),
        *("cant", "cannot", "couldnt", "shouldnt", "nor", "neither", "refused", "failed"),
    )
)


@dataclass(frozen=True, slots=True)
class Step:
    """An element, whether it may be missing, and how many words may stand before it."""

    element: int
    optional: bool
    gap: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """One phrase ready to be looked for. `conditions` are (kind, element)."""

    source: str
    steps: tuple[Step, ...]
    needs: tuple[int, ...]
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
        while len(steps) > 1 and steps[-1].optional:
            steps.pop()
        firsts = {each.split()[0] for each in self.elements[steps[0].element].firsts()}
        return Compiled(
            source=phrase.text,
            steps=tuple(steps),
            needs=tuple(sorted({step.element for step in steps if not step.optional})),
            negative=bool(NEGATIVE & firsts),
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
        for choice in part.split("/"):
            choice = choice.strip()
            if choice.startswith("<") and choice.endswith(">"):
                for each in self._lists[choice[1:-1]]:
                    choices.extend(self._choices(each) if "<" in each else (each,))
            elif choice:
                choices.append(choice.replace("_", " "))
        return choices
