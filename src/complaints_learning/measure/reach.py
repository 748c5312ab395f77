"""Assurance in; whether the regular activities took place, and which services they reached, out."""

from __future__ import annotations

import pandas as pd

from complaints_learning.measure.assurance import (
    ACTIVITIES,
    Assurance,
    Tally,
    occurring,
    questions,
)
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import month_label, quarter_label, slugs
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Condition, Figure, Listing
from complaints_learning.nouns.period import Period


def count(given: Given, scope: Scope) -> None:
    """Count when the regular activities took place, and which services they reached."""
    ledger, assurance = given.ledger, given.assurance
    scope = assurance.known_in(scope)
    months = [month_label(day) for day in scope.period.months()]
    naming = assurance.prepared.settings.periods.naming
    quarters = list(dict.fromkeys(quarter_label(day, naming) for day in scope.period.months()))
    pairs = [months[at : at + 2] for at in range(0, len(months), 2)]
    for stem, activity, spans, column, unit, what in (
        ("practice_audit.months", "practice_audit", [[m] for m in months], "month", "months",
         "Months with a practice learning audit"),
        ("stocktake.quarters", "stocktake", [[q] for q in quarters], "quarter", "quarters",
         "Quarters with a stocktake"),
        ("ehc_quality_group.periods", "ehc_quality_group", pairs, "month", "periods",
         "Periods of two months in which the EHC quality group met"),
    ):  # fmt: skip
        rule: tuple[Condition, ...] = (scope.when, where("activity", activity))
        if activity == "ehc_quality_group":
            rule += (where("took_place", True),)
        held = {str(value) for value in occurring(assurance.table, rule, column)}
        ledger.add(
            Figure(
                scope.name(f"assurance.{stem}"),
                sum(bool(held.intersection(span)) for span in spans) if scope.known else None,
                f"{what} {scope.words}",
                unit=unit,
                of=len(spans),
                rows="assurance",
                rule=rule,
            )
        )
    for quarter in quarters:
        rule = (scope.when, where("activity", "deep_dive"), where("quarter", quarter))
        ledger.add(
            Figure(
                scope.name(f"assurance.deep_dive.{quarter}"),
                len(occurring(assurance.table, rule, "service")) if scope.known else None,
                f"Services with a deep dive in {quarter}",
                unit="services",
                rows="assurance",
                rule=rule,
            )
        )
    if not scope.prefix:
        _by_service(ledger, assurance, scope)
        _audits_by_month(ledger, assurance, scope, months)
        _deep_dives(ledger, assurance, scope.period)


def _by_service(ledger: Ledger, assurance: Assurance, scope: Scope) -> None:
    """Stocktake and training by service, all questions or courses together."""
    for activity in ("stocktake", "training"):
        title, unit = ACTIVITIES[activity]
        tallied = Tally(ledger, assurance, scope, unit)
        rule = (where("activity", activity),)
        tallied.add(f"assurance.{activity}.all", rule, f"{title}: all together")
        for service, slug in slugs(list(assurance.services_of(activity))).items():
            tallied.add(
                f"assurance.{activity}.service.{slug}",
                (*rule, where("service", service)),
                f"{title}: {service or 'service not stated'}",
            )
        for end in ("", ".of"):
            services = slugs(list(assurance.services_of(activity))).values()
            stem = f"assurance.{activity}"
            parts = [f"{stem}.service.{slug}{end}" for slug in services]
            ledger.adds_up(f"{stem}.all{end}", parts)
            asked = [f"{stem}.q.{slug}" for slug in questions(assurance, activity).values()]
            shares = [name for name in asked if ledger.value(f"{name}.of") is not None]
            ledger.adds_up(f"{stem}.all{end}", [f"{name}{end}" for name in shares])


def _audits_by_month(ledger: Ledger, assurance: Assurance, scope: Scope, months: list[str]) -> None:
    tallied = Tally(ledger, assurance, scope, "files")
    for question, slug in questions(assurance, "practice_audit").items():
        stem = f"assurance.practice_audit.q.{slug}"
        rule = (where("activity", "practice_audit"), where("question", question))
        for month in months:
            tallied.add(f"{stem}.{month}", (*rule, where("month", month)), f"{question} in {month}")
        if ledger.value(f"{stem}.of") is not None:
            for end in ("", ".of"):
                ledger.adds_up(f"{stem}{end}", [f"{stem}.{month}{end}" for month in months])


def _deep_dives(ledger: Ledger, assurance: Assurance, period: Period) -> None:
    """Which services had a deep dive in the months up to the period's end, and which are due."""
    services, months = assurance.services(), assurance.prepared.settings.assurance.deep_dive_months
    known = assurance.supplied and bool(services)
    last = _last_deep_dives(assurance, period)
    since = pd.Timestamp(period.end) - pd.DateOffset(months=months)
    fresh = {service for service, day in last.items() if day > since}
    reviewed = sum(service in fresh for service in services)
    for name, value, of, what in (
        ("services", len(services), "", "Services that deep dives must cover"),
        ("reviewed", reviewed, "services", f"Services reviewed in the {months} months before"),
        ("due", len(services) - reviewed, "services", "Services due a deep dive at"),
    ):
        of_name = f"assurance.deep_dive.{of}" if of else ""
        ledger.add(
            Figure(
                f"assurance.deep_dive.{name}",
                value if known else None,
                what if name == "services" else f"{what} {wording.day(period.end)}",
                unit="services",
                of=ledger.count_of(of_name),
                of_name=of_name,
            )
        )
    ledger.adds_up(
        "assurance.deep_dive.services",
        ["assurance.deep_dive.reviewed", "assurance.deep_dive.due"],
    )
    if known:
        rows = [
            (
                service,
                wording.short_day(last[service].date()) if service in last else "None recorded",
                "Reviewed" if service in fresh else "Due",
            )
            for service in services
        ]
        rows.sort(key=lambda row: (row[2] != "Due", row[0]))
        title = f"Services and their last deep dive, up to {wording.day(period.end)}"
        ledger.listings["deep_dives"] = Listing(
            "deep_dives", title, ("Service", "Last deep dive", "State"), tuple(rows)
        )


def _last_deep_dives(assurance: Assurance, period: Period) -> dict[str, pd.Timestamp]:
    frame = assurance.frame
    kept = (frame["activity"] == "deep_dive") & (frame["date"] <= pd.Timestamp(period.end))
    latest: dict[str, pd.Timestamp] = {}
    for service, day in zip(frame["service"][kept], frame["date"][kept], strict=True):
        latest[str(service)] = max(latest.get(str(service), day), day)
    return latest


MEASURE = Measure(count)
