"""A figure as a template writes it. A masked figure has no value to compare."""

from __future__ import annotations

from markupsafe import Markup
from msgspec.structs import replace

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.report import Text
from complaints_learning.tell.marks import Marks


class FigureView:
    """A figure as a template writes it: ``{{ figure("received") }}`` is its number, live.

    `words` writes numbers under ten in words; `percent` its percentage; `share` reads
    '19 of 126 (15%)'; `interval` its 95% interval; `count("complaint")` number and noun.
    `is_zero`, `is_one`, `is_many`, `is_all`, `is_masked`, `is_missing`, `is_up`, `is_down` and
    `is_same` (against zero, for changes) are for conditions.
    """

    __slots__ = ("_figure", "_findings", "_marks", "_words")

    def __init__(self, figure: Figure, findings: Findings, marks: Marks, words: bool) -> None:
        self._figure, self._findings = figure, findings
        self._marks, self._words = marks, words

    def __html__(self) -> str:
        return self._run(wording.figure(self._figure))

    def __str__(self) -> str:
        return self.__html__()

    def _run(self, text: str, show: str = "") -> str:
        name = f"{self._figure.name}:{show}" if show else self._figure.name
        return self._marks.run(Text(text, figure=name))

    @property
    def words(self) -> Markup:
        value = self._figure.value
        whole = value is not None and float(value).is_integer() and self._figure.unit != "pounds"
        if self._words and value is not None and whole and 0 <= value < 10:
            word = wording.count_word(int(value)) if value else "none"
            return Markup(self._run(word, "words"))
        return Markup(self.__html__())

    @property
    def percent(self) -> Markup:
        return Markup(self._run(wording.figure(self._figure, "percent"), "percent"))

    @property
    def interval(self) -> Markup:
        return Markup(self._run(wording.figure(self._figure, "interval"), "interval"))

    @property
    def size(self) -> Markup:
        """The number without its sign, for 'a fall of 12'."""
        value = self._figure.value
        sized = self._figure if value is None else replace(self._figure, value=abs(value))
        if self._words and isinstance(sized.value, int) and sized.value < 10:
            return Markup(self._run(wording.count_word(sized.value), "size"))
        return Markup(self._run(wording.figure(sized), "size"))

    @property
    def of(self) -> Markup:
        """The denominator."""
        whole = self._findings.figures.get(self._figure.of_name)
        if whole is not None:
            return Markup(FigureView(whole, self._findings, self._marks, False))
        masked = "hidden" if self._figure.of_masked else self._figure.masked
        shown = replace(self._figure, value=self._figure.of, of=None, masked=masked)
        return Markup(self._run(wording.figure(shown), "of"))

    @property
    def share(self) -> Markup:
        return Markup(f"{self.__html__()} of {self.of} ({self.percent})")

    def share_of(self, one: str, many: str = "") -> Markup:
        """'70 of 124 complaints (56%)', 'none of 124 complaints', or that it is not shown."""
        noun, of = many or f"{one}s", self._figure.of
        whole = self._findings.figures.get(self._figure.of_name)
        if of is None or not self.is_known or (whole is not None and whole.value is None):
            return self.count(one, many)
        if not of or (of == 1 and self.is_zero):
            return Markup(f"{self._run('no', 'words')} {one if of else noun}")
        if of == 1 and self.is_one:
            return Markup(f"the {self._run('one', 'words')} {one}")
        if self.is_zero:
            return Markup(f"{self._run('none', 'words')} of {self.of} {noun}")
        return Markup(f"{self.__html__()} of {self.of} {noun} ({self.percent})")

    def count(self, one: str, many: str = "") -> Markup:
        """'three complaints', or that the number is not shown or not known."""
        if not self.is_known:
            unknown = "an undisclosed number" if self.is_masked else "an unknown number"
            return Markup(f"{self._run(unknown, 'words')} of {many or one + 's'}")
        noun = one if self.is_one else many or f"{one}s"
        number = Markup(self._run("no", "words")) if self.is_zero and self._words else self.words
        return Markup(f"{number} {noun}")

    @property
    def meaning(self) -> str:
        return self._figure.meaning

    @property
    def is_masked(self) -> bool:
        return bool(self._figure.masked)

    @property
    def is_missing(self) -> bool:
        return self._figure.value is None and not self._figure.masked

    @property
    def is_known(self) -> bool:
        return self._figure.value is not None

    @property
    def is_zero(self) -> bool:
        return self._figure.value == 0

    @property
    def is_one(self) -> bool:
        return self._figure.value == 1

    @property
    def is_many(self) -> bool:
        return self._figure.value is not None and abs(self._figure.value) > 1

    @property
    def is_all(self) -> bool:
        """Whether it is as many as what it is of."""
        return self._figure.value is not None and self._figure.value == self._figure.of

    @property
    def has_share(self) -> bool:
        """Whether its percentage can be given."""
        return self._figure.percent is not None

    @property
    def is_up(self) -> bool:
        return self._figure.value is not None and self._figure.value > 0

    @property
    def is_down(self) -> bool:
        return self._figure.value is not None and self._figure.value < 0

    is_same = is_zero

    @property
    def is_beyond_chance(self) -> bool:
        """Whether a 95% interval is known and does not hold zero (a change)."""
        low, high = self._figure.low, self._figure.high
        return low is not None and high is not None and (low > 0 or high < 0)
