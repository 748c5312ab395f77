"""How many complaints by month and quarter; a month without data has no value."""

from __future__ import annotations

from msgspec.structs import replace

from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT, UPHELD_OR_PARTLY
from complaints_learning.measure.ledger import Scope, series
from complaints_learning.measure.prepare import month_label, quarter_label
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import ChartPlan
from complaints_learning.nouns.period import Period

_MONTHLY_ENOUGH = 10
"""Upheld complaints a month from which the chart is by month; under it, by quarter."""


def quarters(period: Period, naming: str) -> dict[str, list[str]]:
    """The quarters that lie wholly in the period, with their months."""
    found: dict[str, list[str]] = {}
    for day in period.months():
        found.setdefault(quarter_label(day, naming), []).append(month_label(day))
    return {quarter: months for quarter, months in found.items() if len(months) == 3}


def titles(period: Period, naming: str, by_month: bool) -> dict[str, str]:
    """The labels of the months, or of the quarters when they make up the whole period."""
    whole = quarters(period, naming)
    months = period.months()
    if by_month or 3 * len(whole) != len(months):
        return {month_label(day): wording.month(day) for day in months}
    return {quarter: quarter.replace("q", " Q") for quarter in whole}


def count(given: Given, scope: Scope) -> None:
    """Count every month of `scope`, and every quarter that lies wholly in it."""
    ledger, prepared, coverage = given.ledger, given.prepared, given.covered
    months = [month_label(day) for day in scope.period.months()]
    whole = quarters(scope.period, prepared.settings.periods.naming)
    spans = [
        *(("month", month, [month]) for month in months),
        *(("quarter", quarter, inside) for quarter, inside in whole.items()),
    ]
    upheld = (COMPLAINT, UPHELD_OR_PARTLY)
    for stem, rule, what in (
        ("received", (COMPLAINT,), "Complaints received"),
        ("upheld_or_partly", upheld, "Complaints upheld or partially upheld"),
    ):
        for column, label, inside in spans:
            known = scope.known and not coverage.gaps.intersection(inside)
            ledger.count(
                replace(scope, words=f"in the {column} {label}", known=known),
                f"{stem}.{label}",
                prepared.complaints,
                (*rule, where(column, label)),
                what,
                of="" if stem == "received" else f"received.{label}",
            )
        ledger.adds_up_in(scope, stem, [f"{stem}.{month}" for month in months])
        for quarter, inside in whole.items():
            ledger.adds_up_in(scope, f"{stem}.{quarter}", [f"{stem}.{month}" for month in inside])
        if 3 * len(whole) == len(months) and not coverage.gaps.intersection(months):
            ledger.adds_up_in(scope, stem, [f"{stem}.{quarter}" for quarter in whole])


def lay_out(given: Given) -> None:
    """The table and the chart, by month when there are enough, else by quarter."""
    ledger, prepared, now = given.ledger, given.prepared, given.now
    months = now.period.months()
    upheld = ledger.value("upheld_or_partly") or 0
    by_month = len(months) <= 3 or upheld / len(months) >= _MONTHLY_ENOUGH
    names = titles(now.period, prepared.settings.periods.naming, by_month)
    unit = "quarter" if any("q" in label for label in names) else "month"
    ledger.grid(
        "months",
        f"Complaints received and upheld or partially upheld, by {unit}",
        unit.capitalize(),
        ("Received", "Upheld or partially upheld", "Share of received"),
        {
            title: (
                ledger.shown(f"received.{label}"),
                ledger.shown(f"upheld_or_partly.{label}"),
                ledger.shown(f"upheld_or_partly.{label}", "percent"),
            )
            for label, title in names.items()
        },
    )
    ledger.chart(
        ChartPlan(
            "months",
            f"Complaints received and upheld or partially upheld by {unit}",
            "line",
            tuple(names.values()),
            (
                series("Received", [f"received.{label}" for label in names]),
                series(
                    "Upheld or partially upheld", [f"upheld_or_partly.{label}" for label in names]
                ),
            ),
            "complaints",
            "months",
        )
    )


MEASURE = Measure(count, lay_out=lay_out)
