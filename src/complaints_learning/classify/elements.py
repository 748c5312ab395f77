"""The elements of many phrases in; for any word the right spelling and which elements it fits, out.

A choice of several words ("get hold") is a run: its words are elements of their own, so that a
run is found as a phrase is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from complaints_learning.classify import spelling, words


class Elements:
    """Every element by the words that fit it. `count` includes those for the words of runs.

    `runs` has the steps of each run, `of_runs` the elements that have it as a choice; `longest` how
    many words each element has at most.
    """

    def __init__(self, elements: Sequence[words.Element], mend: Mapping[str, str]) -> None:
        self.count = len(elements)
        self._exact: dict[str, list[int]] = {}
        self._prefix: dict[str, list[int]] = {}
        self._number: list[int] = []
        runs: dict[tuple[str, ...], list[int]] = {}
        for number, element in enumerate(elements):
            self._add(number, element.singles())
            for run in element.runs:
                runs.setdefault(run, []).append(number)
        self._mend = {"".join(k.split("'")): v for k, v in mend.items()}
        firsts = {run[0] for run in runs}
        self._known = {*self._exact, *(each for each in firsts if each[-1] not in "*#")}
        self._known_prefixes = (*self._prefix, *(each[:-1] for each in firsts if each[-1] == "*"))
        self._numbers_known = bool(self._number) or "#" in firsts
        self._near = spelling.Near(self._known)
        self._parts: dict[str, int] = {}
        self.runs = [
            tuple(
                words.Step(self._part(part, n), optional=False, gap=0) for n, part in enumerate(run)
            )
            for run in runs
        ]
        self.of_runs = [tuple(sorted(set(having))) for having in runs.values()]
        self.longest = [1] * self.count
        for run, having in runs.items():
            for number in having:
                self.longest[number] = max(self.longest[number], len(run))
        self._lengths = sorted({len(prefix) for prefix in self._prefix})

    def _add(self, number: int, singles: Iterable[str]) -> None:
        for each in singles:
            if each == "#":
                self._number.append(number)
            elif each.endswith("*"):
                self._prefix.setdefault(each[:-1], []).append(number)
            else:
                self._exact.setdefault(each, []).append(number)

    def _part(self, part: str, place: int) -> int:
        """The element for one word of a run; after the first, as the word would be read."""
        if place and part != "#" and not part.endswith("*"):
            part = self.right(part)
        if part not in self._parts:
            self._parts[part] = self.count
            self._add(self.count, (part,))
            self.count += 1
        return self._parts[part]

    def right(self, word: str) -> str:
        """The word itself, or the one that it is a misspelling of."""
        right = self._mend.get(word)
        if right is None and not self._knows(word):
            right = self._near.find(word)
        return word if right is None or right == word else self.right(right)

    def _knows(self, word: str) -> bool:
        """Whether an element can begin with this word, so that it is no slip of another."""
        return (
            word in self._known
            or word.startswith(self._known_prefixes)
            or (self._numbers_known and words.is_number(word))
        )

    def fitting(self, word: str) -> tuple[int, ...]:
        """The elements of which this one word is a choice."""
        met = list(self._exact.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            met += self._prefix.get(word[:length], ())
        if words.is_number(word):
            met += self._number
        return tuple(sorted(set(met)))
