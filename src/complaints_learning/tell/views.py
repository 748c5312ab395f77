"""What a template may ask for by name: figures, tables, charts and themes, as plain values.

Everything here is shown from protected findings.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from complaints_learning.nouns import wording
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.report import Text
from complaints_learning.tell import arrange
from complaints_learning.tell.about import SourceView
from complaints_learning.tell.figure import FigureView
from complaints_learning.tell.marks import Marks, escape, unmarked

if TYPE_CHECKING:
    from complaints_learning.nouns.themes import Theme


class Concern(Struct, frozen=True):
    """A sub-theme that complaints of the period carry: `says` is neutral, `figure` counts."""

    code: str
    title: str
    says: str
    figure: FigureView


class Companion(Struct, frozen=True):
    """Another theme that the theme's upheld complaints raise too; `figure` counts those."""

    code: str
    title: str
    phrase: str
    figure: FigureView


class ThemeView(Struct, frozen=True):
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


class Lookup(Struct, frozen=True):
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
