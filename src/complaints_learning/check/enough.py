"""The register in, what no report can do without and is missing out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from complaints_learning.check import headers
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns, wording
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.period import Period, year_of
from complaints_learning.nouns.records import Rows
from complaints_learning.nouns.settings import Periods, Sources

if TYPE_CHECKING:
    import pandas as pd

_NEEDED = ("reference", "outcome")


def within(complaints: pd.DataFrame, period: Period, choices: Periods) -> tuple[Problem, ...]:
    """A problem when no complaint of the exports is in the period, or many can be in none.

    The first may be a slip of the year; the second is most often a header that nobody knows, and
    without a word the figures would be too small.
    """
    days = complaints[choices.counts_by].dropna()
    undated = len(complaints) - len(days)
    if choices.counts_by == "received" and undated >= _MANY and undated > _PART * len(complaints):
        return (
            Problem(
                "complaints-undated",
                f"{undated:,} of {len(complaints):,} complaints have no date received that can be "
                "read, so they are in no period and in none of its figures.",
                hint="See why: cl check",
            ),
        )
    if days.empty or days.between(str(period.start), f"{period.end} 23:59:59").any():
        return ()
    first, last = days.min().date(), days.max().date()
    years = days.map(lambda day: year_of(day.date(), choices.naming).label)
    how = {"received": "received", "responded": "answered"}[choices.counts_by]
    return (
        Problem(
            "period-empty",
            f"nothing to count: no complaint was {how} in {period.label}; those of the exports "
            f"were from {wording.day(first)} to {wording.day(last)}.",
            hint=f"For the year that most are from: --period {years.mode().iloc[-1]}",
        ),
    )


_MANY, _PART = 5, 0.1
"""From so many complaints, and more than this part of all, undated ones are told first."""


def missing(stack: Stack, rows: Rows, sources: Sources) -> tuple[Problem, ...]:
    """Why the register cannot be counted at all: it has no rows, no reference or no outcome."""
    if not stack.parts:
        where = ", ".join(sources.register) or "no file"
        return (
            Problem(
                "register-missing",
                "there is no complaint register to count.",
                Place("cl.toml"),
                f"[sources] register names {where}: put the exports there, or change it.",
            ),
        )
    place = Place(stack.parts[0].file, stack.parts[0].sheet, stack.parts[0].header_row)
    lacking = [columns.TABLES["register"].column(name) for name in _NEEDED if not stack.has(name)]
    if lacking:
        return tuple(
            Problem(
                "column-missing",
                f"no column is known to be {column.title}, and without it nothing can be counted.",
                place,
                "If a column holds it, map its header in cl.toml under [columns.register]: "
                f'"{headers.perhaps(stack.table, stack.parts[0], column.name)}" = "{column.name}".',
            )
            for column in lacking
        )
    if not rows.counted:
        read = f"{rows.read} rows were read and none" if rows.read else "no row under the header"
        return (
            Problem(
                "register-empty",
                f"{read} is a complaint.",
                place,
                "Export the register again; `cl check` lists why each row was left out.",
            ),
        )
    return ()


def elsewhere(stop: Problem, files: Sequence[str]) -> Problem:
    """That no register is there, with the files of the workspace that look like one."""
    if stop.code != "register-missing" or not files:
        return stop
    line = f"register = {json.dumps(list(files[:_MOST_LIKE]), ensure_ascii=False)}"
    look = "looks like one" if len(files) == 1 else "look like one"
    shown = wording.listed(files[:_MOST_LIKE])
    return replace(
        stop, hint=f"{stop.hint} {shown} {look}: move it there, or write under [sources]: {line}"
    )


_MOST_LIKE = 5
