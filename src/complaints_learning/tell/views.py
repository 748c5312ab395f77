"""What a template may say: figures, tables, charts and the names around them, as plain values.

Everything here is shown from protected findings; a masked figure has no value to compare.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.report import Text
from complaints_learning.tell import arrange
from complaints_learning.tell.marks import Marks, escape, unmarked

if TYPE_CHECKING:
    from complaints_learning.nouns.themes import Theme


class FigureView:
    """A figure as a template writes it: ``{{ figure("received") }}`` is its number, live.

    `words` writes numbers under ten in words; `percent` its percentage; `share` reads
    '19 of 126 (15%)'; `interval` its 95% interval; `count("complaint")` number and noun.
    `is_zero`, `is_one`, `is_many`, `is_masked`, `is_missing`, `is_up`, `is_down` and `is_same`
    (against zero, for changes) are for conditions.
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
        shown = replace(self._figure, value=self._figure.of, of=None)
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


@dataclass(frozen=True, slots=True)
class Concern:
    """A sub-theme that complaints of the period carry: `says` is neutral, `figure` counts."""

    code: str
    title: str
    says: str
    figure: FigureView


@dataclass(frozen=True, slots=True)
class Companion:
    """Another theme that the theme's upheld complaints raise too; `figure` counts those."""

    code: str
    title: str
    phrase: str
    figure: FigureView


@dataclass(frozen=True, slots=True)
class ThemeView:
    """A theme as a template sees it. `phrase` is its title within a sentence.

    `quotations` are sentences of families that a person approved for publication, each in its
    quotation marks: take them as they are, for anything else of theirs stops the public edition.
    `learning` are sentences that say what was learned, approved in the same way.
    """

    code: str
    title: str
    phrase: str
    is_main: bool
    concerns: tuple[Concern, ...]
    companions: tuple[Companion, ...]
    quotations: tuple[Markup, ...]
    learning: tuple[str, ...]
    _lookup: Lookup

    def figure(self, name: str) -> FigureView:
        """The theme's figure, such as 'upheld_or_partly'."""
        return self._lookup.figure(f"theme.{self.code}.{name}")

    def has(self, name: str) -> bool:
        return self._lookup.has(f"theme.{self.code}.{name}")

    def fact(self, name: str) -> str:
        return self._lookup.fact(f"theme.{self.code}.{name}")


@dataclass(frozen=True, slots=True)
class PeriodView:
    """The period in words: 1 April 2022, 31 March 2023, 2022-23; `before` is the year earlier.

    `counted` is what puts a complaint in it: 'received' or 'answered'.
    """

    label: str
    start: str
    end: str
    before: str
    kind: str
    counted: str = "received"


@dataclass(frozen=True, slots=True)
class SourceView:
    """An input file: its name, first characters of its SHA-256, rows read, its table.

    `rows` is empty in the public edition, where a file of a few rows would tell a small number.
    """

    file: str
    fingerprint: str
    rows: str
    table: str


@dataclass(frozen=True, slots=True)
class Method:
    """How the report was made: version, sources, choices, and the problems found by kind."""

    version: str
    sources: tuple[SourceView, ...] = ()
    choices: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    changes: int = 0
    hidden_up_to: int = 4
    deep_dive_months: int = 12


@dataclass(frozen=True, slots=True)
class Signing:
    """Dates and people of the report, in words; empty when not given."""

    title: str
    date: str
    meeting: str
    author: str
    author_role: str
    author_email: str
    signed_by: str


@dataclass(frozen=True, slots=True)
class Lookup:
    """Figures, tables, charts and facts by name, each name checked with a suggestion."""

    findings: Findings
    marks: Marks
    words: bool = True
    files: tuple[SourceView, ...] = ()

    def figure(self, name: str) -> FigureView:
        found = self.findings.figures.get(name)
        if found is None:
            raise _no("figure", name, self.findings.figures)
        return FigureView(found, self.findings, self.marks, self.words)

    def has(self, name: str) -> bool:
        """Whether there is a figure of this name with a value, shown or not."""
        figure = self.findings.figures.get(name)
        return figure is not None and (figure.value is not None or bool(figure.masked))

    def has_table(self, name: str) -> bool:
        """Whether there is a table of this name."""
        return name in self.findings.grids

    def table(self, name: str, caption: str = "") -> Markup:
        grid = self.findings.grids.get(name)
        if grid is None:
            raise _no("table", name, self.findings.grids)
        titled = unmarked(str(caption)) or grid.title
        return Markup(self.marks.block(arrange.table(grid, self.findings, titled)))

    def listing(self, name: str, caption: str = "", theme: str = "") -> Markup:
        found = self.findings.listings.get(name)
        if found is None:
            raise _no("list", name, self.findings.listings)
        titled = unmarked(str(caption)) or found.title
        return Markup(self.marks.block(arrange.listing(found, titled, theme)))

    def has_listing(self, name: str, theme: str = "") -> bool:
        """Whether the list has rows for the theme (any rows, when no theme is given)."""
        found = self.findings.listings.get(name)
        return found is not None and (theme in found.themes if theme else bool(found.rows))

    def chart(self, name: str, caption: str = "") -> Markup:
        plan = self.findings.charts.get(name)
        if plan is None and name in self.findings.grids:
            return Markup("")  # its table says why there is nothing to draw
        if plan is None:
            raise _no("chart", name, self.findings.charts)
        titled = unmarked(str(caption)) or plan.title
        return Markup(self.marks.block(arrange.chart(plan, self.findings, titled)))

    def see(self, name: str) -> Markup:
        """A cross-reference: see('table:themes') or see('chart:themes')."""
        kind, _, which = name.partition(":")
        known = {"table": self.findings.grids, "chart": self.findings.charts}.get(kind, {})
        if which not in known and which not in self.findings.listings:
            raise _no("table or chart", name, [*self.findings.grids, *self.findings.charts])
        return Markup(self.marks.run(Text("", ref=name)))

    def fact(self, name: str) -> str:
        """A verdict or a short text; nothing about a figure that is masked."""
        figure = self.findings.figures.get(name)
        return "" if figure is not None and figure.masked else self.findings.facts.get(name, "")

    def sources(self, caption: str = "Files that this report was made from") -> Markup:
        """The table of input files with their fingerprints."""
        return Markup(self.marks.block(arrange.sources(self.files, unmarked(str(caption)))))

    def missing(self, name: str) -> str:
        return self.findings.missing.get(name, "")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything a template may use besides figures: see `cl template figures`."""

    council: object
    annual: object
    period: PeriodView
    report: Signing
    method: Method
    edition: str


MAIN = ("communication", "staff_behaviour", "ehc")
"""The themes with a section of their own, even at zero."""
MOST_COMPANIONS = 3


def theme_views(themes: Iterable[Theme], lookup: Lookup) -> tuple[ThemeView, ...]:
    """The themes in report order, each with what was counted in it and beside it."""
    listed = list(themes)
    return tuple(
        ThemeView(
            theme.code,
            theme.title,
            wording.lower_first(theme.title),
            theme.code in MAIN,
            _concerns(theme, lookup),
            _companions(theme, listed, lookup),
            tuple(
                Markup(escape(wording.quoted(sentence)))
                for sentence in lookup.findings.quotations.get(theme.code, ())
            ),
            tuple(lookup.findings.learning.get(theme.code, ())),
            lookup,
        )
        for theme in listed
    )


def _concerns(theme: Theme, lookup: Lookup) -> tuple[Concern, ...]:
    """The concerns counted in the theme, most frequent first, those not shown last."""
    found = []
    for sub in theme.sub_themes:
        name = f"theme.{theme.code}.sub.{sub.code}.upheld_or_partly"
        figure = lookup.findings.figures.get(name)
        if figure is not None and (figure.value or figure.masked):
            view = Concern(sub.code, sub.title, sub.says, lookup.figure(name))
            found.append((-(figure.value or 0), sub.title, view))
    return tuple(view for *_, view in sorted(found, key=lambda one: one[:2]))


def _companions(theme: Theme, themes: list[Theme], lookup: Lookup) -> tuple[Companion, ...]:
    """The themes most often raised together with this one, of those that may be shown."""
    found = []
    for other in themes:
        name = f"theme.{theme.code}.with.{other.code}"
        figure = lookup.findings.figures.get(name)
        if figure is not None and figure.value:
            phrase = wording.lower_first(other.title)
            view = Companion(other.code, other.title, phrase, lookup.figure(name))
            found.append((-figure.value, other.title, view))
    return tuple(view for *_, view in sorted(found, key=lambda one: one[:2])[:MOST_COMPANIONS])


def _no(kind: str, name: str, known: Iterable[str]) -> TemplateError:
    names = sorted(known)
    close = difflib.get_close_matches(str(name), names, n=1, cutoff=0.5)
    meant = f"; did you mean '{close[0]}'?" if close else ""
    return TemplateError(f"there is no {kind} called '{name}'{meant}", code="template-unknown")
