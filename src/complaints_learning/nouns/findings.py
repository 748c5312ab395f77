"""Counted facts: every figure with its denominator and rule, and how figures are arranged.

Everything a report can show is a `Figure` with a public, stable, dotted name. Tables and
charts hold names, never numbers, so prose, tables, charts, alt text, web page and data pack
cannot disagree, and `protect` masks a figure once for all of them. `Sum` says which figures
add up to which: that is what a reader could use to compute a masked one back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from msgspec import Struct, field

from complaints_learning.nouns.period import Period

Masked = Literal["", "hidden"]
Show = Literal["value", "percent", "interval", "words"]


class Condition(Struct, frozen=True):
    """One test that a row passes to be counted: column `column` is one of `values`."""

    column: str
    values: tuple[object, ...]


class Figure(Struct, frozen=True):
    """One counted fact.

    `value` is a whole number for a count, a float for a rate, median or score, and None when there
    is nothing to count (not supplied), which is not zero. `of` is the denominator and `of_name`
    its figure; the percentage is always value / of. `base` is how many cases a median, mean or
    rate rests on; with fewer than `needs` it is one case's own number. `low` and `high` are a 95%
    interval. `compares` are the figures that a change was worked out from: with it one of them
    tells the other. `rows` and `rule` say which rows are counted: a frame's name and the
    conditions, so that `cl explain` can list them. `masked` is set by `protect` alone: 'hidden'
    for a figure that is too small to show or would let one be computed back, and never which of
    the two, because a reader who could tell would know more; then `value`, `low`, `high` and
    `base` are None. `of_masked`: it took the denominator away, which is not to have none.
    """

    name: str
    value: int | float | None
    meaning: str
    unit: str = "complaints"
    of: int | None = None
    of_name: str = ""
    base: int | None = None
    needs: int = 0
    low: float | None = None
    high: float | None = None
    compares: tuple[str, ...] = ()
    rows: str = ""
    rule: tuple[Condition, ...] = ()
    masked: Masked = ""
    of_masked: bool = False

    @property
    def percent(self) -> float | None:
        """100 * value / of; None when either is missing or of is 0."""
        if self.value is None or not self.of:
            return None
        return 100 * self.value / self.of

    @property
    def is_count(self) -> bool:
        """Whether the value counts people or things (and so can identify somebody)."""
        return self.base is None and (self.value is None or isinstance(self.value, int))


class Cell(Struct, frozen=True):
    """A table cell: a figure by name shown as a value, percentage or interval; or plain text."""

    figure: str = ""
    show: Show = "value"
    text: str = ""


class Grid(Struct, frozen=True):
    """A table of figures. `cells[i][j]` stands in row `rows[i]` and column `columns[j]`.

    `row_title` heads the first column, which holds the row labels.
    """

    name: str
    title: str
    row_title: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


class Series(Struct, frozen=True):
    """One run of figures in a chart; `figures[i]` belongs to the chart's `labels[i]`."""

    title: str
    figures: tuple[str, ...]
    show: Show = "value"


class ChartPlan(Struct, frozen=True):
    """A chart of figures. `grid` names the table that stands beside it with the same numbers.

    bars: one horizontal bar a label; grouped: a bar a series and label; stacked: shares of a
    whole; line: months along the foot; xmr: a line with mean and limits (figures named in
    `centre`, `lower`, `upper`).
    """

    name: str
    title: str
    kind: Literal["bars", "grouped", "stacked", "line", "xmr"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    grid: str
    centre: str = ""
    lower: str = ""
    upper: str = ""


class Listing(Struct, frozen=True):
    """Rows of officers' own words (actions, services due a deep dive): no family's words.

    `themes[i]` is the theme code that row i belongs to, or ''.
    """

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...] = ()


class Sum(Struct, frozen=True):
    """The figure `total` is the sum of `parts`: a reader can subtract.

    A change is one too: this year = the year before + the change.
    """

    total: str
    parts: tuple[str, ...]


class Findings(Struct, frozen=True):
    """All that was counted for one period. `facts` are short texts (a date, a verdict code).

    `missing` lists what the report should say is 'not supplied', by section name. `quotations` are
    the only words of families that go this far: the sentences that a person approved for
    publication, word for word, by theme code. `learning` is what the council approved to say that
    it learned, by theme code.
    """

    period: Period
    figures: Mapping[str, Figure]
    grids: Mapping[str, Grid] = field(default_factory=dict)
    charts: Mapping[str, ChartPlan] = field(default_factory=dict)
    listings: Mapping[str, Listing] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    quotations: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    learning: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def sound(figures: Mapping[str, Figure], sums: Iterable[Sum]) -> list[tuple[str, tuple[str, ...]]]:
    """The sums whose every figure has a value: (total, parts).

    Raises ValueError when one does not add up: that is a mistake of our own, and no report may
    be made of it.
    """
    found = []
    for declared in sums:
        unknown = [n for n in (declared.total, *declared.parts) if n not in figures]
        if unknown:
            raise ValueError(f"a sum names a figure that does not exist: {unknown[0]}")
        total = figures[declared.total].value
        parts = [v for n in declared.parts if (v := figures[n].value) is not None]
        if total is None or len(parts) < len(declared.parts) or not parts:
            continue
        if abs(total - sum(parts)) > 0.01 * len(parts):
            raise ValueError(f"the parts of {declared.total} do not add up to it")
        found.append((declared.total, declared.parts))
    return found
