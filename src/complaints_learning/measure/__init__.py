"""Clean and labelled tables in; findings out: every figure with its rule, never masked here.

Each measure counts through conditions on coded columns, so that a figure's value and the rule
that `cl explain` shows are one thing. `docs/measures.md` states every rule and its source.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from complaints_learning.findings import Figure, Findings
from complaints_learning.measure import change, coverage, headline, reconciliation, themes
from complaints_learning.measure.counting import where
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import Prepared
from complaints_learning.period import Period
from complaints_learning.records import Checked
from complaints_learning.settings import Settings

ThemeTitles = themes.ThemesLike | Mapping[str, str]


def findings(
    checked: Checked,
    labelled: pd.DataFrame,
    period: Period,
    settings: Settings,
    titles: ThemeTitles,
) -> Findings:
    """Measure everything for `period`. `titles` are the themes in report order."""
    prepared = Prepared(checked, labelled, period, settings)
    ledger = Ledger(period)
    covered = coverage.of_register(prepared)
    now, before = _scopes(ledger, period, covered)
    listed = themes.named(titles, prepared)
    compared: list[str] = []
    for scope in (now, before):
        compared = headline.count(ledger, prepared, scope)
        headline.count_months(ledger, prepared, scope, covered)
        compared += themes.count(ledger, prepared, scope, listed)
    comparable = before.known and not covered.gaps_in(period)
    change.add(ledger, compared, comparable, settings.assurance.minimum_cases)
    change.add_shares(ledger, ["upheld_or_partly", "upheld_or_partly.of_decided"], comparable)
    reconciliation.add(ledger, prepared, now)
    headline.lay_out(ledger, prepared, now, before)
    themes.lay_out(ledger, listed, now, before)
    return ledger.findings()


def complaints_in(checked: Checked, period: Period, settings: Settings) -> pd.DataFrame:
    """The complaints of the period, by the date that `settings` counts by."""
    frame = checked.frames["complaints"]
    prepared = Prepared(checked, frame.iloc[:0].assign(theme=""), period, settings)
    rule = (where("period", "this"), headline.COMPLAINT)
    return frame.iloc[prepared.complaints.rows(rule)].reset_index(drop=True)


def counted(
    figure: Figure,
    checked: Checked,
    labelled: pd.DataFrame,
    period: Period,
    settings: Settings,
) -> pd.DataFrame:
    """The rows that `figure` counts: reference, file, sheet, row. Its rule is applied again."""
    places = ["reference", "file", "sheet", "row"]
    if not figure.rows:
        return pd.DataFrame(columns=places)
    prepared = Prepared(checked, labelled, period, settings)
    table, frame = prepared.table(figure.rows)
    return frame.iloc[table.rows(figure.rule)][places].reset_index(drop=True)


def _scopes(ledger: Ledger, period: Period, covered: coverage.Coverage) -> tuple[Scope, Scope]:
    """This period and the same stretch a year before, which is unknown unless all covered."""
    gaps = covered.gaps_in(period)
    if gaps:
        ledger.missing["months"] = f"no data for {', '.join(gaps)}"
    earlier = period.before()
    gaps_before = covered.gaps_in(earlier)
    if gaps_before:
        ledger.missing["previous"] = f"no data for {', '.join(gaps_before)}"
    known = covered.dated and not gaps_before
    if not covered.dated:
        ledger.missing["previous"] = "the register has no dated complaint"
    return Scope(period, where("period", "this")), Scope(
        earlier, where("period", "before"), "previous.", "in the year before", known
    )
