"""Complaints by month in; a control chart with its signals said in words out."""

from __future__ import annotations

from datetime import date

from complaints_learning.measure import signals
from complaints_learning.measure.counting import Rule, where
from complaints_learning.measure.coverage import Coverage
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT, UPHELD_OR_PARTLY
from complaints_learning.measure.ledger import Ledger, Scope, series
from complaints_learning.measure.prepare import Prepared, month_label
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell, ChartPlan, Figure, Listing

_MONTHS = 24
_TRENDS: dict[str, tuple[str, Rule, str]] = {
    "received": ("xmr", (COMPLAINT,), "Complaints received"),
    "upheld_or_partly": (
        "xmr_upheld_or_partly",
        (COMPLAINT, UPHELD_OR_PARTLY),
        "Complaints upheld or partially upheld",
    ),
}


def add(given: Given) -> None:
    """Add `trend.*`, its charts and the list of signals, over the last 24 months with data."""
    ledger, prepared = given.ledger, given.prepared
    months = _covered(prepared, given.covered)
    if not months:
        ledger.missing["trend"] = "no month up to the end of the period has data"
        return
    if left := _left_out(months, given.covered, prepared):
        ledger.missing["trend_months"] = left
    rows: list[tuple[str, str, str]] = []
    for stem, (chart, rule, what) in _TRENDS.items():
        names = [_month(ledger, prepared, stem, rule, what, month) for month in months]
        counts = [float(ledger.value(name) or 0) for name in names]
        drawn = _limits(ledger, stem, what, counts)
        seen = signals.found(counts)
        ledger.facts[f"trend.{stem}"] = _verdict(counts, seen)
        rows += [(what, *_said(signal, months)) for signal in seen]
        _lay_out(ledger, chart, what, months, names, drawn, seen)
    ledger.listings["signals"] = Listing(
        "signals",
        "Signals in the monthly numbers",
        ("Figure", "Months", "What was seen"),
        tuple(rows),
    )


def _covered(prepared: Prepared, coverage: Coverage) -> list[date]:
    """The unbroken run of months with data up to the period's end, at most two years of them."""
    months = [m for m in prepared.period.months() if month_label(m) not in coverage.partly]
    month = months[-1] if months else prepared.period.start
    found: list[date] = []
    while len(found) < _MONTHS and coverage.whole(month_label(month)):
        found.append(month)
        month = _month_before(month)
    return found[::-1]


def _left_out(months: list[date], coverage: Coverage, prepared: Prepared) -> str:
    """Which months at the ends of the run the register has in part; '' for none."""
    month = prepared.period.months()[-1]
    found: list[date] = []
    for _ in range(_MONTHS):
        if month_label(month) in coverage.partly and month not in months:
            found.append(month)
        month = _month_before(month)
    if not found:
        return ""
    named = wording.listed([wording.month(month) for month in reversed(found)])
    have, they = ("is", "it is") if len(found) == 1 else ("are", "they are")
    return f"{named} {have} in the register only in part, it seems, so {they} left out"


def _month_before(month: date) -> date:
    if month.month == 1:
        return month.replace(year=month.year - 1, month=12)
    return month.replace(month=month.month - 1)


def _month(
    ledger: Ledger, prepared: Prepared, stem: str, rule: Rule, what: str, month: date
) -> str:
    label = month_label(month)
    when = Scope(prepared.period, where("month", label), words=f"in {wording.month(month)}")
    name = ledger.count(when, f"trend.{stem}.{label}", prepared.complaints, rule, what)
    for other in (f"{stem}.{label}", f"previous.{stem}.{label}"):
        if ledger.value(other) is not None:
            ledger.same(other, name)
    return name


def _limits(ledger: Ledger, stem: str, what: str, counts: list[float]) -> signals.Limits:
    found = signals.limits(counts)
    whole = found.upper is not None
    centre, words = ("mean", "mean") if whole else ("median", "median (too few months for limits)")
    for name, value, said in (
        (centre, found.centre, words),
        ("lower", found.lower, "lower natural limit"),
        ("upper", found.upper, "upper natural limit"),
    ):
        if value is not None:
            ledger.add(
                Figure(
                    f"trend.{stem}.{name}",
                    float(value),
                    f"{what} a month: {said} of {len(counts)} months",
                    base=int(sum(counts)),
                )
            )
    return found


def _verdict(counts: list[float], seen: list[signals.Signal]) -> str:
    """Whether the newest months signal, older ones do, none does, or limits need more months."""
    if len(counts) < signals.LEAST:
        return "run_chart"
    newest = [signal for signal in seen if signal.last >= len(counts) - 3]
    if newest:
        ups = {signal.up for signal in newest}
        return "up_and_down" if len(ups) == 2 else "up" if ups == {True} else "down"
    return "earlier" if seen else "none"


def _said(signal: signals.Signal, months: list[date]) -> tuple[str, str]:
    first, last = wording.month(months[signal.first]), wording.month(months[signal.last])
    span = first if signal.first == signal.last else f"{first} to {last}"
    side = "high" if signal.up else "low"
    if signal.kind == "trend":
        side = "rising" if signal.up else "falling"
    return span, f"{wording.upper_first(side)}: {signals.RULES[signal.kind]}"


def _lay_out(
    ledger: Ledger,
    chart: str,
    what: str,
    months: list[date],
    names: list[str],
    drawn: signals.Limits,
    seen: list[signals.Signal],
) -> None:
    stem = names[0].rpartition(".")[0]
    marks: dict[int, list[str]] = {}
    for signal in seen:
        for at in range(signal.first, signal.last + 1):
            marks.setdefault(at, []).append(_said(signal, months)[1].split(":")[0])
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        (
            wording.month(month),
            (ledger.shown(name), Cell(text=wording.listed(dict.fromkeys(marks.get(at, ["-"]))))),
        )
        for at, (month, name) in enumerate(zip(months, names, strict=True))
    ]
    whole = drawn.upper is not None
    ends = {"mean": "Mean", "lower": "Lower limit", "upper": "Upper limit"}
    ends = ends if whole else {"median": "Median"}
    rows += [
        (title, (ledger.shown(f"{stem}.{end}"), Cell(text="-"))) for end, title in ends.items()
    ]
    ledger.grid(
        chart,
        f"{what} by month, with signals",
        "Month",
        ("Complaints", "Signal"),
        rows,
    )
    ledger.chart(
        ChartPlan(
            chart,
            f"{what} by month, with mean and limits" if whole else f"{what} by month, with median",
            "xmr",
            tuple(wording.month(month) for month in months),
            (series(what, names),),
            "complaints",
            chart,
            centre=f"{stem}.{'mean' if whole else 'median'}",
            lower=f"{stem}.lower" if whole else "",
            upper=f"{stem}.upper" if whole else "",
        )
    )


MEASURE = Measure(add=add)
