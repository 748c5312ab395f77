"""Complaints in; remedies, Ombudsman decisions, compliments, contacts and comparators out."""

from __future__ import annotations

import numpy as np

from complaints_learning.measure import headline
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import Prepared, month_label, slugs
from complaints_learning.measure.themes import Named
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure

KINDS: dict[str, str] = {
    "compliment": "Compliments",
    "comment": "Comments",
    "enquiry": "Enquiries",
}
_STEMS = {"compliment": "compliments", "comment": "comments", "enquiry": "enquiries"}


def count(given: Given, scope: Scope) -> None:
    """Count what stands beside complaints."""
    ledger, prepared, themes = given.ledger, given.prepared, given.themes
    _remedies(ledger, prepared, scope)
    _ombudsman(ledger, prepared, scope)
    _compliments(ledger, prepared, scope, themes)
    _contacts(ledger, prepared, scope)
    ledger.compare("remedies", "remedies.paid", "compliments")


def _remedies(ledger: Ledger, prepared: Prepared, scope: Scope) -> None:
    table = prepared.complaints
    given, paid = ((COMPLAINT, where(column, True)) for column in ("remedied", "paid"))
    what = "Complaints received {when} that led to a"
    ledger.count(scope, "remedies", table, given, f"{what} remedy", of="received")
    ledger.count(scope, "remedies.paid", table, paid, f"{what} payment", of="remedies")
    kinds = _kinds(prepared, "remedy")
    for remedy, slug in kinds.items():
        ledger.count(
            scope,
            f"remedies.kind.{slug}",
            table,
            (*given, where("remedy", remedy)),
            f"{what} remedy: {remedy or 'kind not stated'}",
            of="remedies",
        )
    parts = [scope.name(f"remedies.kind.{slug}") for slug in kinds.values()]
    ledger.adds_up(scope.name("remedies"), parts)
    rows = table.rows((scope.when, *paid)) if scope.known else np.array([], dtype=int)
    amounts = prepared.checked.frames["complaints"]["remedy_amount"].to_numpy()[rows]
    for name, value, said in (
        ("total", amounts.sum() if len(rows) else 0.0, "Pounds paid as remedies"),
        ("largest", amounts.max() if len(rows) else None, "The largest payment, in pounds"),
    ):
        ledger.add(
            Figure(
                scope.name(f"remedies.{name}"),
                float(value) if scope.known and value is not None else None,
                f"{said}, for complaints received {scope.words}",
                unit="pounds",
                of_name=scope.name("remedies.paid"),
                base=len(rows) if scope.known else None,
                rows="complaints",
                rule=(scope.when, *paid),
            )
        )


def _kinds(prepared: Prepared, column: str) -> dict[str, str]:
    """The words the register uses in `column` for complaints of either year, '' last."""
    shown = where("period", "this", "before")
    found = prepared.complaints.narrowed(shown).narrowed(COMPLAINT).values(column)
    return slugs(sorted((str(value) for value in found), key=lambda v: (not v, v.lower())))


def _ombudsman(ledger: Ledger, prepared: Prepared, scope: Scope) -> None:
    decisions = {said: slug for said, slug in _kinds(prepared, "ombudsman").items() if said}
    rule = (COMPLAINT, where("ombudsman", *decisions))
    what = "Complaints received {when} with a decision of the Ombudsman"
    ledger.count(scope, "ombudsman", prepared.complaints, rule, what, of="received")
    for said, slug in decisions.items():
        ledger.count(
            scope,
            f"ombudsman.{slug}",
            prepared.complaints,
            (COMPLAINT, where("ombudsman", said)),
            f"{what}: {said}",
            of="ombudsman",
        )
    parts = [scope.name(f"ombudsman.{slug}") for slug in decisions.values()]
    ledger.adds_up(scope.name("ombudsman"), parts)


def _compliments(ledger: Ledger, prepared: Prepared, scope: Scope, themes: list[Named]) -> None:
    for kind, title in KINDS.items():
        rule = (where("kind", kind),)
        stem = _STEMS[kind]
        ledger.count(scope, stem, prepared.complaints, rule, f"{title} received", unit=stem)
        if kind == "enquiry":
            continue
        for theme in themes:
            ledger.count(
                scope,
                f"theme.{theme.code}.{stem}",
                prepared.complaints,
                (*rule, where(f"theme.{theme.code}", True)),
                f"{title} received {{when}} about '{theme.title}'",
                of=stem,
                unit=stem,
            )
    services = headline.services(prepared)
    for service, slug in services.items():
        ledger.count(
            scope,
            f"compliments.service.{slug}",
            prepared.complaints,
            (where("kind", "compliment"), where("service", service)),
            f"Compliments received {{when}} about {service or 'a service not stated'}",
            of="compliments",
            unit="compliments",
        )


def _contacts(ledger: Ledger, prepared: Prepared, scope: Scope) -> None:
    """Add contacts and open cases of the period, and complaints for every 1,000 of them."""
    frame = prepared.checked.frames["activity"]
    months = np.array([str(day)[:7] for day in frame["date"]], dtype=object)
    wanted = [month_label(day) for day in scope.period.months()]
    for measure, unit, pooled in (
        ("contacts", "contacts", np.sum),
        ("open_cases", "cases", np.mean),
    ):
        is_measure = (frame["measure"].astype("object") == measure).to_numpy(dtype=bool)
        rows = is_measure & np.isin(months, wanted)
        absent = sorted(set(wanted) - set(months[rows]))
        known = bool(rows.any()) and not absent and scope.known
        by_month = frame["value"][rows].groupby(months[rows]).sum().to_numpy()
        amount = float(pooled(by_month)) if known else None
        if rows.any() and absent and not scope.prefix:
            ledger.missing[measure] = f"no {measure.replace('_', ' ')} for {', '.join(absent)}"
        ledger.add(
            Figure(
                scope.name(f"activity.{measure}"),
                None if amount is None else round(amount),
                f"{measure.replace('_', ' ').capitalize()} {scope.words}"
                f"{', average of the months' if measure == 'open_cases' else ''}",
                unit="contacts",
            )
        )
        received = ledger.figures[scope.name("received")]
        rate = None
        if amount and isinstance(received.value, int):
            rate = 1000 * received.value / amount
        ledger.add(
            Figure(
                scope.name(f"rate.per_1000_{measure}"),
                rate,
                f"Complaints received for every 1,000 {measure.replace('_', ' ')} {scope.words}",
                unit=f"per 1,000 {unit}",
                of_name=received.name,
                base=received.value
                if rate is not None and isinstance(received.value, int)
                else None,
                rows=received.rows,
                rule=received.rule,
            )
        )
    if not len(frame) and not scope.prefix:
        ledger.missing["activity"] = "no contacts or open cases were supplied"


def lay_out(given: Given) -> None:
    """Remedies, Ombudsman decisions, compliments, comparators: each when it was supplied."""
    ledger, prepared, themes = given.ledger, given.prepared, given.themes
    _lay_out_remedies(ledger, prepared)
    decisions = {said: slug for said, slug in _kinds(prepared, "ombudsman").items() if said}
    if decisions:
        rows = {
            said: (ledger.shown(f"ombudsman.{slug}"), ledger.shown(f"previous.ombudsman.{slug}"))
            for said, slug in decisions.items()
        }
        rows["All decisions"] = (ledger.shown("ombudsman"), ledger.shown("previous.ombudsman"))
        ledger.grid(
            "ombudsman",
            "Decisions of the Ombudsman, in its own words",
            "Decision",
            ("Complaints of this period", "Of the year before"),
            rows,
        )
    else:
        ledger.missing["ombudsman"] = "the register has no decision of the Ombudsman"
    _lay_out_compliments(ledger, prepared, themes)
    _comparators(ledger, prepared)


def _lay_out_remedies(ledger: Ledger, prepared: Prepared) -> None:
    if not ledger.value("remedies") and not ledger.value("previous.remedies"):
        ledger.missing["remedies"] = "the register has no remedies"
        return
    stems = {
        **{
            f"Remedy: {remedy or 'kind not stated'}": f"remedies.kind.{slug}"
            for remedy, slug in _kinds(prepared, "remedy").items()
            if ledger.value(f"remedies.kind.{slug}")
            or ledger.value(f"previous.remedies.kind.{slug}")
        },
        "Complaints with a remedy": "remedies",
        "Complaints with a payment": "remedies.paid",
        "Total paid": "remedies.total",
        "Largest payment": "remedies.largest",
    }
    ledger.grid(
        "remedies",
        "Remedies, for the complaints received in each year",
        "Remedy",
        ("This period", "The year before"),
        {t: (ledger.shown(s), ledger.shown(f"previous.{s}")) for t, s in stems.items()},
    )


def _lay_out_compliments(ledger: Ledger, prepared: Prepared, themes: list[Named]) -> None:
    if not ledger.value("compliments"):
        ledger.missing["compliments"] = "the register has no compliments"
        return
    by_theme = {
        theme.title: (
            ledger.shown(f"theme.{theme.code}.compliments"),
            ledger.shown(f"theme.{theme.code}.comments"),
            ledger.shown(f"theme.{theme.code}.received"),
        )
        for theme in themes
        if ledger.value(f"theme.{theme.code}.compliments")
        or ledger.value(f"theme.{theme.code}.comments")
    }
    if by_theme:
        ledger.grid(
            "compliments_themes",
            "Compliments and comments beside complaints, by theme",
            "Theme",
            ("Compliments", "Comments", "Complaints received"),
            by_theme,
        )
    rows = {
        service or "Not stated": (
            ledger.shown(f"compliments.service.{slug}"),
            ledger.shown(f"received.service.{slug}"),
        )
        for service, slug in headline.services(prepared).items()
    }
    rows["All services"] = (ledger.shown("compliments"), ledger.shown("received"))
    ledger.grid(
        "compliments",
        "Compliments beside complaints, by service",
        "Service",
        ("Compliments", "Complaints received"),
        rows,
    )


def _comparators(ledger: Ledger, prepared: Prepared) -> None:
    """Other councils' published figures, as they state them."""
    frame = prepared.checked.frames["comparators"]
    if not len(frame):
        ledger.missing["comparators"] = "no figures of other councils were supplied"
        return
    pairs = [
        (f"{council}, {period}" if period else str(council), str(measure))
        for council, period, measure in zip(
            frame["council"], frame["period"], frame["measure"], strict=True
        )
    ]
    councils = slugs(list(dict.fromkeys(council for council, _ in pairs)))
    measures = slugs(list(dict.fromkeys(measure for _, measure in pairs)))
    for (council, measure), value in zip(pairs, frame["value"], strict=True):
        name = f"comparator.{councils[council]}.{measures[measure]}"
        if name not in ledger.figures:
            ledger.add(
                Figure(
                    name,
                    None if np.isnan(value) else float(value),
                    f"{measure}, {council}, as published there",
                    unit="councils",
                )
            )
    notes = dict.fromkeys(
        f"{council}: {wording.lower_first(str(note))}"
        for council, note in zip(frame["council"], frame["note"], strict=True)
        if note
    )
    ledger.grid(
        "comparators",
        "Figures of other councils, as they published them",
        "Council",
        tuple(measures),
        {
            council: [ledger.shown(f"comparator.{slug}.{measure}") for measure in measures.values()]
            for council, slug in councils.items()
        },
        notes=(
            "Councils count differently, so these show the scale and are not a ranking.",
            *notes,
        ),
    )


MEASURE = Measure(count, lay_out=lay_out)
