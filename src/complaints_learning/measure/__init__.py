"""Clean and labelled tables in; findings out: every figure with its rule, never masked here.

Each measure counts through conditions on coded columns, so that a figure's value and the rule
that `cl explain` shows are one thing. `docs/measures.md` states every rule and its source.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pandas as pd

from complaints_learning.measure import (
    actions,
    activity,
    assurance,
    chain,
    change,
    coded,
    comparators,
    compliments,
    coverage,
    forms,
    headline,
    impact,
    months,
    ombudsman,
    people,
    reach,
    reconciliation,
    remedies,
    themes,
    timeliness,
    trends,
)
from complaints_learning.measure.actions import Actions
from complaints_learning.measure.assurance import Assurance
from complaints_learning.measure.clocks import Stages
from complaints_learning.measure.counting import Table, where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.monitoring import Forms
from complaints_learning.measure.prepare import Prepared
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.runs import Coded
from complaints_learning.nouns.settings import Settings
from complaints_learning.nouns.themes import Themes

MEASURES: tuple[Measure, ...] = (
    change.MEASURE,
    headline.MEASURE,
    months.MEASURE,
    themes.MEASURE,
    timeliness.MEASURE,
    forms.MEASURE,
    actions.MEASURE,
    assurance.MEASURE,
    reach.MEASURE,
    people.MEASURE,
    remedies.MEASURE,
    ombudsman.MEASURE,
    compliments.MEASURE,
    activity.MEASURE,
    comparators.MEASURE,
    impact.MEASURE,
    chain.MEASURE,
    trends.MEASURE,
    reconciliation.MEASURE,
)
"""Every measure, in the order of its figures. One may use the figures of those before it."""


def findings(
    checked: Checked,
    labelled: pd.DataFrame,
    period: Period,
    settings: Settings,
    reported: Themes,
    day: date | None = None,
) -> Findings:
    """Measure everything for `period`. `reported` are the themes, in report order.

    `day` is the day the report speaks for, on which a case is open or an action overdue; the
    date in `settings` goes before it, and the last day of the period is used without both.
    """
    prepared = tables(checked, labelled, period, settings, day)
    ledger = Ledger(period, facts={"day": prepared.day.isoformat()})
    covered = coverage.of_register(prepared)
    now, before = _scopes(ledger, period, covered)
    given = Given(
        ledger,
        prepared,
        themes.reported(reported, prepared),
        Stages(prepared),
        Forms(prepared),
        Actions(prepared),
        Assurance(prepared),
        covered,
        now,
        before,
    )
    for scope in (now, before):
        for measure in MEASURES:
            measure.count(given, scope)
    for measure in MEASURES:
        measure.add(given)
    for measure in MEASURES:
        measure.lay_out(given)
    return ledger.findings()


def tables(
    checked: Checked,
    labelled: pd.DataFrame,
    period: Period,
    settings: Settings,
    day: date | None = None,
) -> Prepared:
    """The tables that the figures of `findings` count: to list their rows, or count them again."""
    speaks_for = settings.report.date or day or period.end
    return Prepared(checked, labelled, period, settings, speaks_for)


def counted(figure: Figure, prepared: Prepared) -> pd.DataFrame:
    """The rows that `figure` counts: reference, file, sheet, row. Its rule is applied again."""
    places = ["reference", "file", "sheet", "row"]
    if not figure.rows:
        return pd.DataFrame(columns=places)
    table, frame = _table(figure.rows, prepared)
    return frame.iloc[table.rows(figure.rule)][places].reset_index(drop=True)


def figures_counting(figures: Iterable[Figure], prepared: Prepared) -> list[str]:
    """The names of the figures that count some row of `prepared`: one complaint's rows, say."""
    listed = list(figures)
    by_name = {name: _table(name, prepared)[0] for name in {one.rows for one in listed}}
    return [one.name for one in listed if by_name[one.rows].count(one.rule)]


def coded_rows(figures: Iterable[Figure], prepared: Prepared) -> dict[str, Coded]:
    """For each table that figures count: its rows' references and the columns of the rules."""
    listed = [one for one in figures if one.rows]
    found = {}
    for name in sorted({one.rows for one in listed}):
        table, frame = _table(name, prepared)
        own = [one for one in listed if one.rows == name]
        found[name] = coded.table(table, frame["reference"], own)
    return found


def _table(name: str, prepared: Prepared) -> tuple[Table, pd.DataFrame]:
    """A table by name, and the frame with the reference and place of each of its rows."""
    complaints = prepared.checked.frames["complaints"]
    made: Stages | Forms | Actions | Assurance
    match name:
        case "complaints":
            return prepared.complaints, complaints
        case "concerns":
            return prepared.concerns, complaints.iloc[prepared.complaint_of_concern]
        case "answered":
            return Forms(prepared).due, complaints
        case "learning":
            return Forms(prepared).with_learning, complaints
        case "stages":
            made = Stages(prepared)
        case "forms":
            made = Forms(prepared)
        case "actions":
            made = Actions(prepared)
        case _:
            made = Assurance(prepared)
    return made.table, made.frame


def _scopes(ledger: Ledger, period: Period, covered: coverage.Coverage) -> tuple[Scope, Scope]:
    """This period and the same stretch a year before, which is unknown unless all covered."""
    if short := covered.short(period):
        ledger.missing["months"] = short
    earlier = period.before()
    short_before = (
        covered.short(earlier) if covered.dated else "the register has no dated complaint"
    )
    if short_before:
        ledger.missing["previous"] = short_before
    known = not short_before
    return Scope(period, where("period", "this")), Scope(
        earlier, where("period", "before"), "previous.", "in the year before", known
    )
