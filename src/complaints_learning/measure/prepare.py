"""Checked tables and labels in; tables of coded columns out, with what measuring derives.

Derived columns of `complaints`: `period` ('this', 'before', 'other', 'undated' or, where the day
of the answer decides, 'unanswered'), `month`
('2022-04'), `quarter` ('2022-23q1'), `theme.CODE`, `themed`, `remedied` and `paid`. `concerns`
has one row a complaint and theme, with its complaint's columns beside `theme` and `sub_theme`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.measure import counting
from complaints_learning.measure.counting import Coded, Table
from complaints_learning.nouns.findings import Condition
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.settings import Settings

Codes = np.ndarray[Any, Any]
_WHEN = ("this", "before", "other", "undated", "unanswered")


@dataclass
class Prepared:
    """The tables of one run, made as they are asked for. `day` is the one the report speaks for."""

    checked: Checked
    labelled: pd.DataFrame
    period: Period
    settings: Settings
    day: date

    @cached_property
    def complaints(self) -> Table:
        frame = self.checked.frames["complaints"]
        waiting = counting.is_in(frame["outcome"], ("open",)) & counting.is_in(
            frame["kind"], ("complaint",)
        )
        when = timed(self.dates, self.period, self.settings, self.unanswered(waiting))

        def coded(column: str) -> Coded:
            if column.startswith("theme."):
                return self._has_theme(column.removeprefix("theme."))
            if column == "themed":
                return counting.of_flags(self._any_theme())
            if column in ("paid", "remedied"):
                return counting.of_flags(self._remedied(paid=column == "paid"))
            return when[column]() if column in when else counting.of_series(frame[column])

        return Table("complaints", len(frame), coded)

    @cached_property
    def concerns(self) -> Table:
        """One row a label. `first` is the complaint's first row of that theme."""
        kept = self.labelled.iloc[self._labels]

        def coded(column: str) -> Coded:
            if column == "first":
                return counting.of_flags(self._firsts)
            if column in ("theme", "sub_theme", "primary", "decided", "sure"):
                return counting.of_series(kept[column])
            codes, values = self.complaints.column(column)
            return codes[self.complaint_of_concern], values

        return Table("concerns", len(kept), coded)

    def words(self, column: str, *rule: Condition) -> dict[str, str]:
        """The words that rows of either year have in a column, with short names; '' is last."""
        shown = self.complaints.narrowed(counting.where("period", "this", "before"))
        for condition in rule:
            shown = shown.narrowed(condition)
        found = (str(value) for value in shown.values(column))
        return slugs(sorted(found, key=lambda word: (not word, word.lower())))

    @cached_property
    def dates(self) -> pd.Series[Any]:
        """The date that puts each complaint in a period. A compliment gets no answer."""
        frame = self.checked.frames["complaints"]
        if self.settings.periods.counts_by == "received":
            return frame["received"]
        return frame["responded"].where(frame["kind"] == "complaint", frame["received"])

    def unanswered(self, waiting: Codes) -> Codes | None:
        """Which rows wait for the answer that will put them in a period; None by date received."""
        return waiting if self.settings.periods.counts_by == "responded" else None

    @cached_property
    def theme_codes(self) -> tuple[str, ...]:
        """Every theme that some complaint carries."""
        return tuple(sorted(str(theme) for theme in self.labelled["theme"].unique()))

    @cached_property
    def complaint_of_concern(self) -> Codes:
        """The position of each concern's complaint."""
        return np.asarray(self._places[self._labels])

    def of_complaint(self, column: str, references: pd.Series[Any]) -> Coded:
        """A column of the complaints that `references` name; -1 where there is no such one."""
        codes, values = self.complaints.column(column)
        places = self.places(references)
        if not len(codes):
            return np.full(len(places), -1), values
        return np.where(places < 0, -1, codes[places]), values

    def places(self, references: pd.Series[Any]) -> Codes:
        """The position of the complaint with each reference, -1 where there is none."""
        known = self._references
        wanted: pd.Index[Any] = pd.Index(references.to_numpy())
        if known.is_unique:
            return np.asarray(known.get_indexer(wanted))
        first = np.flatnonzero(~known.duplicated())
        found = known[first].get_indexer(wanted)
        return np.where(found < 0, -1, first[found])

    @cached_property
    def _references(self) -> pd.Index[Any]:
        known: pd.Index[Any] = pd.Index(self.checked.frames["complaints"]["reference"].to_numpy())
        return known

    @cached_property
    def _places(self) -> Codes:
        return self.places(self.labelled["reference"])

    @cached_property
    def _labels(self) -> Codes:
        """Positions of the labels whose complaint is in the register."""
        return np.flatnonzero(self._places >= 0)

    @cached_property
    def _firsts(self) -> Codes:
        themes = pd.Categorical(self.labelled["theme"]).codes[self._labels]
        pairs = self.complaint_of_concern.astype(np.int64) * 1000 + themes
        firsts = np.zeros(len(pairs), dtype=bool)
        firsts[np.unique(pairs, return_index=True)[1]] = True
        return firsts

    def _has_theme(self, theme: str) -> Coded:
        themes = (self.labelled["theme"] == theme).to_numpy(dtype=bool)[self._labels]
        flags = np.zeros(self.complaints.size, dtype=bool)
        flags[self.complaint_of_concern[themes]] = True
        return counting.of_flags(flags)

    def _remedied(self, paid: bool) -> Codes:
        """Whether each complaint led to a payment, or to any remedy."""
        frame = self.checked.frames["complaints"]
        amounts = (frame["remedy_amount"] > 0).to_numpy(dtype=bool)
        return amounts if paid else amounts | ~counting.is_in(frame["remedy"], ("",), True)

    def _any_theme(self) -> Codes:
        flags = np.zeros(self.complaints.size, dtype=bool)
        flags[self.complaint_of_concern] = True
        return flags


def timed(
    dates: pd.Series[Any], period: Period, settings: Settings, waiting: Codes | None = None
) -> dict[str, Callable[[], Coded]]:
    """The columns that say when a row is: `period`, `month` and `quarter`.

    Of the rows without a date, those that `waiting` marks are 'unanswered', not 'undated'.
    """

    def month_numbers() -> Codes:
        return dates.to_numpy().astype("datetime64[M]").astype(np.int64)

    def coded(label: Callable[[int], str]) -> Coded:
        numbers = month_numbers()
        dated = numbers[~dates.isna().to_numpy()]
        if not len(dated):
            return np.full(len(numbers), -1), {}
        first, last = int(dated.min()), int(dated.max())
        labels = [label(number) for number in range(first, last + 1)]
        values: dict[object, int] = {t: code for code, t in enumerate(dict.fromkeys(labels))}
        look_up = np.array([values[text] for text in labels] + [-1], dtype=np.int16)
        inside = (numbers >= first) & (numbers <= last)
        return look_up[np.where(inside, numbers - first, len(labels))], values

    naming = settings.periods.naming
    return {
        "period": lambda: counting.of_choices(_when(dates, period, waiting), _WHEN),
        "month": lambda: coded(_month_label),
        "quarter": lambda: coded(lambda number: _quarter_label(number, naming)),
    }


def _when(dates: pd.Series[Any], period: Period, waiting: Codes | None) -> Codes:
    days = dates.to_numpy().astype("datetime64[D]")
    before = period.before()

    def within(span: Period) -> Codes:
        return (days >= np.datetime64(span.start)) & (days <= np.datetime64(span.end))

    missing = dates.isna().to_numpy()
    open_still = missing & (waiting if waiting is not None else False)
    choices = [open_still, missing, within(period), within(before)]
    return np.select(choices, [4, 3, 0, 1], default=2).astype(np.int8)


def month_label(day: date) -> str:
    """2022-04."""
    return f"{day:%Y-%m}"


def quarter_label(day: date, naming: str) -> str:
    """2022-23q1 in reporting years from April, 2022q1 in calendar years."""
    return _quarter_label((day.year - 1970) * 12 + day.month - 1, naming)


def _month_label(number: int) -> str:
    return f"{1970 + number // 12}-{number % 12 + 1:02d}"


def _quarter_label(number: int, naming: str) -> str:
    year, month = 1970 + number // 12, number % 12 + 1
    if naming == "calendar":
        return f"{year}q{(month - 1) // 3 + 1}"
    opening = year if month >= 4 else year - 1
    return f"{opening}-{(opening + 1) % 100:02d}q{(month - 4) % 12 // 3 + 1}"


def slugs(titles: Sequence[str]) -> dict[str, str]:
    """A short name for each title, all different.

    >>> slugs(["Short breaks", "short  breaks!", ""])
    {'Short breaks': 'short_breaks', 'short  breaks!': 'short_breaks_2', '': 'not_stated'}
    """
    found: dict[str, str] = {}
    for title in titles:
        words = "".join(c if c.isascii() and c.isalnum() else " " for c in title.lower())
        stem = "_".join(words.split()) or ("other" if title.strip() else "not_stated")
        slug, number = stem, 2
        while slug in found.values():
            slug, number = f"{stem}_{number}", number + 1
        found[title] = slug
    return found
