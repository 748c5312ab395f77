"""Complaint text in; which phrases occur in it and where, out.

The text is reduced to plain words with '.' between sentences, so that apostrophes, capitals,
hyphens and line breaks make no difference. A phrase is looked for only when each of its words
occurs somewhere in the text: one dictionary look-up a word rules out nearly all of the lexicon,
and the exact match, word by word, runs on the few that remain. There is nothing to compile, so
three thousand phrases are ready in a few hundredths of a second.
"""

from __future__ import annotations

import bisect
import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from complaints_learning.themes import Phrase

NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    *("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"),
    *("dozen", "several", "couple", "few", "half"),
)
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>]{0,300}|!--.{0,2000}?--)>", re.DOTALL)
_NUMBERS = frozenset(NUMBERS)
_PART = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\S+")
_POINT = re.compile(r"(?<=[0-9])[.:](?=[0-9])")
_TITLES = (("mr. ", "mr "), ("ms. ", "ms "), ("mrs. ", "mrs "), ("dr. ", "dr "), ("no. ", "no "))


def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for number in range(0x250):
        letter = chr(number)
        if letter.isalnum() or letter in "£%":
            continue
        table[number] = "." if letter in ".!?;\n\r" else " "
    return table | {
        ord("\u2013"): " ",
        ord("\u2014"): " ",
        ord("\u201c"): " ",
        ord("\u201d"): " ",
        ord("\u2026"): ".",
        ord("\u2022"): ".",
        ord("\u00ad"): "",
        ord("\u200b"): "",
        ord("\ufeff"): "",
    }


_PLAIN = _table()


def plain(text: str) -> list[str]:
    """The words of a text in small letters, '.' for each sentence's end.

    >>> plain("She <b>didn't</b> ring back. I'm worried!")
    ['she', 'didnt', 'ring', 'back', '.', 'im', 'worried', '.']
    """
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "&" in text:
        text = html.unescape(text) if ";" in text else text
        text = text.replace("&", " and ")
    text = text.lower().replace("\u2019", "").replace("\u2018", "").replace("'", "")
    if _POINT.search(text):
        text = _POINT.sub("", text)
    for written, meant in _TITLES:
        text = text.replace(written, meant)
    return text.translate(_PLAIN).replace(".", " . ").split()


class Hit(NamedTuple):
    """Where a phrase occurs: its number, first word, the word after its last, its sentence."""

    phrase: int
    start: int
    end: int
    sentence: int


class Text:
    """A text made plain: its words, and where its sentences begin."""

    __slots__ = ("begins", "words")

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.begins = [0] + [n + 1 for n, word in enumerate(words) if word == "."]

    def sentence_of(self, place: int) -> int:
        """The number of the sentence that holds this word."""
        return bisect.bisect_right(self.begins, place) - 1

    def span(self, sentence: int) -> tuple[int, int]:
        """The first word of a sentence and the one after its last."""
        after = sentence + 1
        end = self.begins[after] - 1 if after < len(self.begins) else len(self.words)
        return self.begins[sentence], end

    def quote(self, start: int, end: int) -> str:
        """Some of the words as one string."""
        return " ".join(word for word in self.words[start:end] if word != ".")


class Element:
    """One place in a phrase: any of several words, or of several runs of words."""

    __slots__ = ("_known", "exact", "number", "prefixes", "runs")

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
        self._known: dict[str, tuple[bool, tuple[tuple[str, ...], ...]]] = {}

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

    def ends(self, words: list[str], at: int) -> tuple[int, ...]:
        """Where this element can end when it begins at this word; nothing when it cannot."""
        if at >= len(words):
            return ()
        word = words[at]
        known = self._known.get(word)
        if known is None:
            if len(self._known) > 20_000:
                self._known.clear()
            runs = tuple(run for run in self.runs if _fits(run[0], word))
            self._known[word] = known = (self.alone(word), runs)
        alone, runs = known
        if not runs:
            return (at + 1,) if alone else ()
        ends = [at + 1] if alone else []
        ends += [
            at + len(run)
            for run in runs
            if at + len(run) <= len(words)
            and all(_fits(part, words[at + n]) for n, part in enumerate(run))
        ]
        return tuple(ends)


def is_number(word: str) -> bool:
    """Whether a word is a number, in figures or as a word.

    >>> is_number("14th"), is_number("seven"), is_number("some")
    (True, True, False)
    """
    return word[0].isdigit() or word in _NUMBERS


def _fits(part: str, word: str) -> bool:
    if part == word:
        return True
    if part == "#":
        return is_number(word)
    return part.endswith("*") and word.startswith(part[:-1])


_GAPS = {"..": 3, "...": 9}
Step = tuple[Element | None, int]
"""An element with 1 when it may be missing and 0 when not; or None with the words between."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One phrase ready to be looked for. `conditions` are (kind, one of these words)."""

    source: str
    steps: tuple[Step, ...]
    needs: frozenset[int]
    negative: bool
    conditions: tuple[tuple[str, Element], ...]


def _follow(steps: tuple[Step, ...], step: int, words: list[str], at: int) -> int:
    """Where the rest of a phrase ends when it goes on at this word; -1 when it does not."""
    if step == len(steps):
        return at
    element, size = steps[step]
    if element is None:
        for _ in range(size + 1):
            end = _follow(steps, step + 1, words, at)
            if end >= 0:
                return end
            if at >= len(words) or words[at] == ".":
                return -1
            at += 1
        return -1
    for end in element.ends(words, at):
        reached = _follow(steps, step + 1, words, end)
        if reached >= 0:
            return reached
    return _follow(steps, step + 1, words, at) if size else -1


_NEGATIVE = frozenset(
    [
        "not",
        "no",
        "never",
        "nobody",
        "none",
        "nothing",
        "without",
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
        "wont",
        "wouldnt",
        "cant",
        "cannot",
        "couldnt",
        "shouldnt",
        "nor",
        "neither",
        "refused",
        "failed",
    ]
)


class Lexicon:
    """Many phrases, looked for together."""

    def __init__(
        self,
        phrases: Iterable[Phrase],
        lists: Mapping[str, tuple[str, ...]],
        spelling: Mapping[str, str] | None = None,
    ) -> None:
        self._lists = lists
        self._elements: dict[str, tuple[Element, int]] = {}
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._numbers: list[int] = []
        self.phrases = [self._compile(phrase) for phrase in phrases]
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._by_need = self._index()
        self._spelling = {"".join(plain(k)): plain(v) for k, v in (spelling or {}).items()}
        self._known: dict[str, tuple[int, ...]] = {}

    def _index(self) -> dict[int, list[tuple[frozenset[int], int]]]:
        """Each phrase under the need that the fewest phrases share."""
        shared: dict[int, int] = {}
        for each in self.phrases:
            for need in each.needs:
                shared[need] = shared.get(need, 0) + 1
        index: dict[int, list[tuple[frozenset[int], int]]] = {}
        for number, each in enumerate(self.phrases):
            rarest = min(each.needs, key=lambda need: (shared[need], need))
            index.setdefault(rarest, []).append((each.needs, number))
        return index

    def _compile(self, phrase: Phrase) -> Compiled:
        words, conditions = phrase.parts()
        steps: list[Step] = []
        needs: list[int] = []
        for part in _PART.findall(words):
            if part in _GAPS:
                steps.append((None, _GAPS[part]))
                continue
            element, number = self._element(part.strip("()[]"))
            optional = part.startswith("(")
            steps.append((element, int(optional)))
            if not optional:
                needs.append(number)
        while steps and (steps[0][0] is None or steps[0][1]):
            steps.pop(0)
        while steps and (steps[-1][0] is None or steps[-1][1]):
            steps.pop()
        first = steps[0][0]
        return Compiled(
            phrase.text,
            tuple(steps),
            frozenset(needs),
            first is not None and bool(_NEGATIVE & {each.split()[0] for each in first.firsts()}),
            tuple((kind, self._element(text)[0]) for kind, text in conditions),
        )

    def _element(self, part: str) -> tuple[Element, int]:
        """The element for one part of a phrase and its number; the same part is one element."""
        known = self._elements.get(part)
        if known is not None:
            return known
        element = Element(self._choices(part))
        number = len(self._elements)
        self._elements[part] = (element, number)
        for first in set(element.firsts()):
            if first == "#":
                self._numbers.append(number)
            elif first.endswith("*"):
                self._prefix.setdefault(first[:-1], []).append(number)
            else:
                self._exact.setdefault(first, []).append(number)
        return element, number

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

    def _look_up(self, word: str) -> tuple[int, ...]:
        """Which needs a word can meet; remembered, and forgotten when that grows large."""
        met = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            met += self._prefix.get(word[:length], ())
        if is_number(word):
            met += self._numbers
        if len(self._known) > 100_000:
            self._known.clear()
        self._known[word] = found = tuple(sorted(set(met)))
        return found

    def text(self, written: str) -> Text:
        """A text made plain, with known misspellings put right."""
        words = plain(written)
        spelling = self._spelling
        if not spelling.keys().isdisjoint(words):
            words = [right for word in words for right in spelling.get(word, (word,))]
        return Text(words)

    def possible(self, text: Text) -> list[int]:
        """The phrases all of whose words occur, cheaply and without looking at their order."""
        known = self._known
        met: set[int] = set()
        for word in set(text.words):
            found = known.get(word)
            met.update(self._look_up(word) if found is None else found)
        out: list[int] = []
        by_need = self._by_need
        for need in met & by_need.keys():
            out += [number for needs, number in by_need[need] if needs <= met]
        out.sort()
        return out

    def hits(self, text: Text) -> list[Hit]:
        """Every place where a phrase occurs with its conditions met, in the order of phrases."""
        found: list[Hit] = []
        words = text.words
        places: dict[str, list[int]] = {}
        for n, word in enumerate(words):
            places.setdefault(word, []).append(n)
        starts: dict[int, list[int]] = {}
        for number in self.possible(text):
            phrase = self.phrases[number]
            first = phrase.steps[0][0]
            assert first is not None
            begins = starts.get(id(first))
            if begins is None:
                begins = starts[id(first)] = sorted(
                    n for word, at in places.items() for n in at if first.ends(words, n)
                )
            past = 0
            for start in begins:
                if start < past:
                    continue
                end = _follow(phrase.steps, 0, words, start)
                if end < 0:
                    continue
                sentence = text.sentence_of(start)
                if phrase.conditions and not _holds(phrase.conditions, text, sentence):
                    continue
                found.append(Hit(number, start, end, sentence))
                past = end
        return found


def _holds(conditions: tuple[tuple[str, Element], ...], text: Text, sentence: int) -> bool:
    for kind, element in conditions:
        start, end = (0, len(text.words)) if kind.endswith("ANYWHERE") else text.span(sentence)
        said = any(
            0 < last <= end for n in range(start, end) for last in element.ends(text.words, n)
        )
        if said != kind.startswith("WITH"):
            return False
    return True
