"""Protected findings and the fresh report in; what each tag should read now out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.report import (
    Chart,
    Line,
    Report,
    Table,
)
from complaints_learning.word import tags

SHOWS = ("", "percent", "words", "interval", "size", "of")
UNDISCLOSED = "an undisclosed number"
_UNITS = {word: str(at) for at, word in enumerate(wording.NUMBERS)} | {"zero": "0", "none": "0"}


class Name(Struct, frozen=True):
    """What a tag stands for: a figure's name, and which side of it is shown."""

    name: str
    show: str

    def __str__(self) -> str:
        return f"{self.name}:{self.show}" if self.show else self.name


@dataclass(slots=True)
class Expected:
    """What the data says now, by tag."""

    findings: Findings
    report: Report
    names: dict[str, Name] = field(default_factory=dict)
    prints: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    charts: dict[str, Chart] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    in_words: set[str] = field(default_factory=set)
    said: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        period = self.report.period
        for name in self.findings.figures:
            for show in SHOWS:
                tag = tags.tag(period, f"{name}:{show}" if show else name)
                self.names[tag] = Name(name, show)
                self.prints[tags.print_of(tag)] = tag
        for block in self.report.blocks:
            if isinstance(block, Table):
                self._block(self.tables, block, "table")
            elif isinstance(block, Chart):
                self._block(self.charts, block, "chart")
        self.lines = self.report.lines
        for line in self.lines:
            self.said |= {tags.tag(period, run.figure): run.text for run in line if run.figure}
            self.in_words |= {
                run.figure.removesuffix(":words") for run in line if run.figure.endswith(":words")
            }

    def _block(
        self, into: dict[str, Table] | dict[str, Chart], block: object, kind: tags.Kind
    ) -> None:
        name = block.name  # type: ignore[attr-defined]
        into[tags.tag(self.report.period, name, kind)] = block  # type: ignore[assignment]
        into[tags.bookmark(name, kind)] = block  # type: ignore[assignment]

    def tag(self, tag: str, mark: str) -> str:
        """The tag of a figure that may have only its bookmark's print left."""
        return tag or self.prints.get(mark, "")

    def figure(self, tag: str) -> Figure | None:
        """The finding behind a tag, or None when this data has none of that name."""
        name = self.names.get(tag)
        return self.findings.figures.get(name.name) if name else None

    def shows(self) -> Counter[str]:
        """How often the fresh report shows each of its figures, tables and charts, by tag."""
        ours = {tag: one for tag, one in self.tables.items() if tag.startswith(tags.PREFIX)}
        lines = [*self.lines, *(line for one in ours.values() for row in one.rows for line in row)]
        found = Counter(
            tags.tag(self.report.period, run.figure) for line in lines for run in line if run.figure
        )
        return found + Counter(
            [*ours, *(tag for tag in self.charts if tag.startswith(tags.PREFIX))]
        )

    def text(self, tag: str, old: str, prose: bool = True) -> str | None:
        """How the figure reads now, in the form in which `old` was written."""
        name, figure = self.names.get(tag), self.figure(tag)
        if name is None or figure is None:
            return None
        in_words = prose and (
            name.show == "words"
            or (name.show == "" and (is_word(old) or name.name in self.in_words))
        )
        new = _text(figure, name.show, in_words)
        if prose and figure.masked and name.show in ("", "words"):
            new = self.said.get(tag, UNDISCLOSED)  # a sentence has no room for '[c]'
        return wording.upper_first(new) if old[:1].isupper() and new[:1].islower() else new


def _text(figure: Figure, show: str, in_words: bool) -> str:
    if show in ("percent", "interval"):
        return wording.figure(figure, show)
    if show == "of":
        return wording.figure(replace(figure, value=figure.of, of=None))
    if show == "size" and figure.value is not None:
        figure = replace(figure, value=abs(figure.value))
        in_words = True
    if in_words and figure.masked:
        return UNDISCLOSED
    whole = isinstance(figure.value, int) and 0 <= figure.value < 10
    if in_words and whole and not figure.masked:
        return wording.count_word(int(figure.value or 0))
    return wording.figure(figure)


_NUMBER = re.compile(
    r"(?:(?:under|over)\s)?£?[-\u2212]?\d[\d,]*(?:\.\d+)?(?:\s?(?:%|per ?cent\b))?"
)
_WORD = re.compile(r"\s*([^\W\d_]+)\b(?=.)")


def core(text: str) -> slice:
    """Where the figure stands in what a control holds: who types behind a number in Word types
    into its control.

    >>> [text[core(text)] for text in ("about 265 (yes)", "nine of them", "under 1%", "3% to 9%")]
    ['265', 'nine', 'under 1%', '3% to 9%']
    """
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) == 1:
        return slice(*numbers[0].span())
    first = None if numbers else _WORD.match(text)
    if first and first[1].casefold() in _UNITS:
        return slice(*first.span(1))
    return slice(0, len(text))


def is_word(text: str) -> bool:
    """Whether a figure is written in letters."""
    return bool(text.strip()) and text.strip()[0].isalpha()


def plain(text: str) -> str:
    """A figure without what only dresses it, to compare.

    >>> plain("Nine"), plain("1,234"), plain("42 per cent"), plain("\\u22123")
    ('9', '1234', '42%', '-3')
    """
    bare = " ".join(text.replace("\xa0", " ").split()).casefold()
    bare = bare.replace("\u2212", "-").replace("\u2013", "-").replace("\u2011", "-")
    bare = re.sub(r"(?<=\d),(?=\d{3})", "", bare)
    bare = re.sub(r"\s*(%|per ?cent)$", "%", bare)
    return _UNITS.get(bare, bare.removeprefix("+"))


def same(one: str, other: str) -> bool:
    """Whether two texts show the same figure: 'nine' and '9', '1,234' and '1234'."""
    return plain(one) == plain(other)
