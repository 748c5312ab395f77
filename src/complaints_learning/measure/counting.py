"""Tables of coded columns in; counts by conditions out, so that value and rule cannot disagree.

A count is never computed and then described: it is the number of rows that pass its
conditions. Each (rows so far, next column) pair is counted once for all values of that column,
so twelve months or forty services cost one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.nouns.findings import Condition

Rule = tuple[Condition, ...]
Coded = tuple[np.ndarray[Any, Any], dict[object, int]]
"""A code per row (-1 for no value), and which value each code stands for."""


def where(column: str, *values: object) -> Condition:
    """The condition that `column` is one of `values`."""
    return Condition(column, values)


@dataclass(slots=True)
class Table:
    """Rows that can be counted. `coded` makes a column's codes when it is first asked for.

    A narrowed table keeps only which rows of its `parent` are `kept`.
    """

    name: str
    size: int
    coded: Callable[[str], Coded]
    parent: Table | None = None
    kept: np.ndarray[Any, Any] | None = None
    _columns: dict[str, Coded] = field(default_factory=dict)
    _counts: dict[str, np.ndarray[Any, Any]] = field(default_factory=dict)
    _narrowed: dict[Condition, Table] = field(default_factory=dict)

    def column(self, name: str) -> Coded:
        """The codes of column `name` for these rows."""
        if name not in self._columns:
            self._columns[name] = self.coded(name)
        return self._columns[name]

    def count(self, rule: Rule) -> int:
        """How many rows pass every condition of `rule`."""
        if not rule:
            return self.size
        table = self
        for condition in rule[:-1]:
            table = table.narrowed(condition)
        return table._tally(rule[-1])

    def rows(self, rule: Rule) -> np.ndarray[Any, Any]:
        """Positions, in the whole table, of the rows that pass every condition of `rule`."""
        table = self
        for condition in rule:
            table = table.narrowed(condition)
        if table is self or table.kept is None:
            return np.arange(self.size)
        found, above = table.kept, table.parent
        while above is not None and above is not self and above.kept is not None:
            found, above = above.kept[found], above.parent
        return found

    def narrowed(self, condition: Condition) -> Table:
        """Only the rows that pass `condition`; made once."""
        if condition not in self._narrowed:
            codes, values = self.column(condition.column)
            passing = np.zeros(len(values) + 1, dtype=bool)
            passing[[values[value] for value in condition.values if value in values]] = True
            kept = np.flatnonzero(passing[codes]).astype(np.int32)
            self._narrowed[condition] = Table(
                self.name, len(kept), lambda name: _taken(self.column(name), kept), self, kept
            )
        return self._narrowed[condition]

    def values(self, column: str) -> list[object]:
        """The values of `column` that occur in these rows, in the order of its codes."""
        counts, values = self._counted(column), self.column(column)[1]
        return [value for value, code in values.items() if counts[code]]

    def _tally(self, condition: Condition) -> int:
        counts, values = self._counted(condition.column), self.column(condition.column)[1]
        codes = {values[value] for value in condition.values if value in values}
        return int(sum(int(counts[code]) for code in codes))

    def _counted(self, column: str) -> np.ndarray[Any, Any]:
        if column not in self._counts:
            codes, values = self.column(column)
            shifted = np.add(codes, 1, dtype=np.intp)  # -1, no value, becomes the first
            self._counts[column] = np.bincount(shifted, minlength=len(values) + 1)[1:]
        return self._counts[column]


def _taken(coded: Coded, kept: np.ndarray[Any, Any]) -> Coded:
    codes, values = coded
    return codes[kept], values


def of_frame(
    name: str, frame: pd.DataFrame, derived: Mapping[str, Callable[[], Coded]] | None = None
) -> Table:
    """A table over `frame`. `derived` makes columns that the frame does not have."""
    made = derived or {}

    def coded(column: str) -> Coded:
        return made[column]() if column in made else of_series(frame[column])

    return Table(name, len(frame), coded)


def of_series(series: pd.Series[Any]) -> Coded:
    """Codes of a column: a category, true or false, or whole numbers."""
    if series.dtype == bool:
        return of_flags(series.to_numpy())
    if not isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype("category")
    return series.cat.codes.to_numpy(), {
        value: code for code, value in enumerate(series.cat.categories.tolist())
    }


def of_flags(flags: np.ndarray[Any, Any]) -> Coded:
    """Codes of a column of true and false."""
    return flags.astype(np.int8), {False: 0, True: 1}


def of_choices(codes: np.ndarray[Any, Any], values: Sequence[object]) -> Coded:
    """Codes that number `values`."""
    return codes, {value: code for code, value in enumerate(values)}


def is_in(
    series: pd.Series[Any], values: tuple[object, ...], missing: bool = False
) -> np.ndarray[Any, Any]:
    """Whether each value is one of `values`; a missing one counts as `missing` says."""
    codes, known = of_series(series)
    passing = np.zeros(len(known) + 1, dtype=bool)
    passing[[known[value] for value in values if value in known]] = True
    passing[-1] = missing
    return np.asarray(passing[codes])
