"""What has been found so far: figures by name, the sums they make, tables, charts and facts.

A `Scope` is the period, or the same stretch a year earlier: each measure is written once and
told twice, so the two can never be counted by different rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from complaints_learning.measure.counting import Table
from complaints_learning.nouns.findings import (
    Cell,
    ChartPlan,
    Condition,
    Figure,
    Findings,
    Grid,
    Listing,
    Series,
    Show,
    Sum,
    sound,
)
from complaints_learning.nouns.period import Period


class Scope(Struct, frozen=True):
    """Which rows a measure is about. `known` is False when no data covers them."""

    period: Period
    when: Condition
    prefix: str = ""
    words: str = "in the period"
    known: bool = True

    def name(self, stem: str) -> str:
        """The figure's public name in this scope."""
        return f"{self.prefix}{stem}"


@dataclass(slots=True)
class Ledger:
    """Collects findings. Every method that adds a figure returns its name."""

    period: Period
    figures: dict[str, Figure] = field(default_factory=dict)
    grids: dict[str, Grid] = field(default_factory=dict)
    charts: dict[str, ChartPlan] = field(default_factory=dict)
    listings: dict[str, Listing] = field(default_factory=dict)
    sums: dict[tuple[str, tuple[str, ...]], Sum] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    compared: dict[str, None] = field(default_factory=dict)
    shares_compared: dict[str, None] = field(default_factory=dict)

    def compare(self, *stems: str) -> None:
        """Ask for the change of these counts from the year before."""
        self.compared |= dict.fromkeys(stems)

    def compare_shares(self, *stems: str) -> None:
        """Ask for the change of these shares from the year before, in percentage points."""
        self.shares_compared |= dict.fromkeys(stems)

    def count(
        self,
        scope: Scope,
        stem: str,
        table: Table,
        rule: tuple[Condition, ...],
        meaning: str,
        of: str = "",
        unit: str = "complaints",
    ) -> str:
        """Count the rows of `table` in `scope` that pass `rule`; `of` is a stem."""
        whole = (scope.when, *rule)
        of_name = scope.name(of) if of else ""
        return self.add(
            Figure(
                scope.name(stem),
                table.count(whole) if scope.known else None,
                told(meaning, scope.words),
                unit=unit,
                of=self.count_of(of_name),
                of_name=of_name,
                rows=table.name,
                rule=whole,
            )
        )

    def add(self, figure: Figure) -> str:
        """Keep a figure. A name stands for one figure for ever."""
        if figure.name in self.figures:
            raise ValueError(f"the figure '{figure.name}' is measured twice")
        self.figures[figure.name] = figure
        return figure.name

    def count_of(self, name: str) -> int | None:
        """The value of a count that others are shares of."""
        value = self.figures[name].value if name else None
        return value if isinstance(value, int) else None

    def value(self, name: str) -> int | float | None:
        """The value of a figure, None when nobody measured it."""
        return self.figures[name].value if name in self.figures else None

    def adds_up(self, total: str, parts: Iterable[str]) -> None:
        """Say that `parts` make `total`. Parts nobody supplied count for nothing in it."""
        known = tuple(part for part in parts if self.value(part) is not None)
        if self.value(total) is not None and known:
            self.sums[total, known] = Sum(total, known)

    def adds_up_in(self, scope: Scope, total: str, parts: Iterable[str]) -> None:
        """Say that `parts` make `total` in `scope`: all are stems."""
        self.adds_up(scope.name(total), map(scope.name, parts))

    def same(self, *names: str) -> None:
        """Say that figures are one number under several names: knowing one is knowing all."""
        for name in names[1:]:
            self.adds_up(names[0], (name,))

    def grid(
        self,
        name: str,
        title: str,
        row_title: str,
        columns: Sequence[str],
        rows: Mapping[str, Sequence[Cell]] | Sequence[tuple[str, Sequence[Cell]]],
        notes: Sequence[str] = (),
    ) -> None:
        """Lay figures in a table. Cells that name no figure stand as '-'."""
        pairs = list(rows.items()) if isinstance(rows, Mapping) else list(rows)
        self.grids[name] = Grid(
            name,
            title,
            row_title,
            tuple(label for label, _ in pairs),
            tuple(columns),
            tuple(tuple(cells) for _, cells in pairs),
            tuple(notes),
        )

    def chart(self, plan: ChartPlan) -> None:
        """Plan a chart, when some figure in it is known."""
        if any(self.value(name) is not None for run in plan.series for name in run.figures):
            self.charts[plan.name] = plan

    def shown(self, name: str, show: Show = "value", absent: str = "") -> Cell:
        """A cell that shows a figure; '-' when it was never measured.

        `absent` stands for a figure without a value where that does not mean 'not supplied'.
        """
        if name not in self.figures:
            return Cell(text="-")
        if absent and self.figures[name].value is None:
            return Cell(text=absent)
        return Cell(name, show)

    def findings(self) -> Findings:
        """Everything found. Raises ValueError when what should add up does not."""
        sound(self.figures, self.sums.values())
        return Findings(
            self.period,
            self.figures,
            self.grids,
            self.charts,
            self.listings,
            tuple(self.sums.values()),
            self.facts,
            self.missing,
        )


def told(meaning: str, words: str) -> str:
    """The meaning with the period's words at `{when}`, or after it.

    >>> told("Complaints received {when}, stage 2", "in the year before")
    'Complaints received in the year before, stage 2'
    """
    return meaning.replace("{when}", words) if "{when}" in meaning else f"{meaning} {words}"


def series(title: str, figures: Iterable[str], show: Show = "value") -> Series:
    """One run of figures of a chart."""
    return Series(title, tuple(figures), show)
