"""Monitoring forms and complaints in; which complaints have the form that they should have, out.

A form is due for each complaint that was upheld or partially upheld and answered in the period,
whenever it was received. What a form says counts once a complaint, however many forms it has.
"""

from __future__ import annotations

import numpy as np

from complaints_learning.measure import headline, months
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT, UPHELD_OR_PARTLY
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.monitoring import SHARED, Forms
from complaints_learning.measure.prepare import month_label
from complaints_learning.nouns.findings import Cell, Figure

NOT_SUPPLIED = "no monitoring forms were supplied"
_DUE = (COMPLAINT, UPHELD_OR_PARTLY)


def count(given: Given, scope: Scope) -> None:
    """Count what is due and what came back. Nothing is known when nobody supplied forms."""
    ledger, forms = given.ledger, given.forms
    known = scope.known and bool(forms.table.count((scope.when,))) if scope.prefix else True
    scope = Scope(scope.period, scope.when, scope.prefix, scope.words, known and forms.supplied)
    due = forms.due
    what = "Complaints answered {when}, upheld or partially upheld"
    ledger.count(scope, "forms.expected", due, _DUE, what)
    for name, values, what in (
        ("returned", ("one", "several"), "with a monitoring form"),
        ("outstanding", ("none",), "without a monitoring form"),
        ("two", ("several",), "with more than one monitoring form"),
    ):
        ledger.count(
            scope,
            f"forms.{name}",
            due,
            (*_DUE, where("form", *values)),
            f"Complaints answered {{when}}, upheld or partially upheld, {what}",
            of="forms.expected",
        )
    ledger.adds_up_in(scope, "forms.expected", ["forms.returned", "forms.outstanding"])
    _what_they_say(ledger, forms, scope)
    _the_forms(ledger, forms, scope)
    _by_service(ledger, forms, scope)
    _by_month(ledger, forms, scope)
    _days(ledger, forms, scope)


def _what_they_say(ledger: Ledger, forms: Forms, scope: Scope) -> None:
    returned = (*_DUE, where("form", "one", "several"))
    for name, value, what in (
        ("learning", "learning", "whose form records learning"),
        ("learning_none", "none", "whose form says that no learning was identified"),
        ("learning_blank", "nothing", "whose form says nothing about learning"),
    ):
        ledger.count(
            scope,
            f"forms.{name}",
            forms.due,
            (*returned, where("said", value)),
            f"Complaints answered {{when}} {what}",
            of="forms.returned",
        )
    names = ["forms.learning", "forms.learning_none", "forms.learning_blank"]
    ledger.adds_up_in(scope, "forms.returned", names)
    for column, what in SHARED:
        for end, value, said in (
            ("", "yes", f"whose learning was {what}"),
            (".no", "no", f"whose form says it was not {what}"),
            (".not_said", "not_said", f"whose form does not say whether it was {what}"),
        ):
            ledger.count(
                scope,
                f"forms.{column}{end}",
                forms.due,
                (*returned, where(column, value)),
                f"Complaints answered {{when}} {said}",
                of="forms.returned",
            )
        parts = [f"forms.{column}{end}" for end in ("", ".no", ".not_said")]
        ledger.adds_up_in(scope, "forms.returned", parts)


def _the_forms(ledger: Ledger, forms: Forms, scope: Scope) -> None:
    """The forms by the day they were completed, whatever complaint they are about."""
    table = forms.table
    ledger.count(scope, "forms.received", table, (), "Monitoring forms completed", unit="forms")
    for name, rule, what in (
        ("matched", (where("matched", True),), "that match a complaint"),
        ("unmatched", (where("matched", False),), "that match no complaint"),
        (
            "unmatched.suggested",
            (where("matched", False), where("suggested", True)),
            "that match no complaint and have a near reference",
        ),
    ):
        ledger.count(
            scope,
            f"forms.{name}",
            table,
            rule,
            f"Monitoring forms completed {{when}} {what}",
            of="forms.received",
            unit="forms",
        )
    ledger.adds_up_in(scope, "forms.received", ["forms.matched", "forms.unmatched"])


def _by_service(ledger: Ledger, forms: Forms, scope: Scope) -> None:
    services = headline.services(forms.prepared)
    for service, slug in services.items():
        title = service or "not stated"
        rule = (*_DUE, where("service", service))
        ledger.count(
            scope,
            f"forms.expected.service.{slug}",
            forms.due,
            rule,
            f"Complaints answered {{when}}, upheld or partially upheld, about {title}",
            of="forms.expected",
        )
        for name, values in (("returned", ("one", "several")), ("outstanding", ("none",))):
            ledger.count(
                scope,
                f"forms.{name}.service.{slug}",
                forms.due,
                (*rule, where("form", *values)),
                f"Monitoring forms {name} for complaints answered {{when}} about {title}",
                of=f"forms.expected.service.{slug}",
            )
        parts = [f"forms.{name}.service.{slug}" for name in ("returned", "outstanding")]
        ledger.adds_up_in(scope, f"forms.expected.service.{slug}", parts)
    listed = services.values()
    total = [ledger.value(scope.name(f"forms.expected.service.{slug}")) or 0 for slug in listed]
    if sum(total) == ledger.value(scope.name("forms.expected")):
        for name in ("expected", "returned", "outstanding"):
            parts = [f"forms.{name}.service.{slug}" for slug in listed]
            ledger.adds_up_in(scope, f"forms.{name}", parts)


def _by_month(ledger: Ledger, forms: Forms, scope: Scope) -> None:
    """By the month, and the quarter wholly in the period, of the answer."""
    listed = [month_label(day) for day in scope.period.months()]
    whole = months.quarters(scope.period, forms.prepared.settings.periods.naming)
    spans = [*(("month", month) for month in listed), *(("quarter", q) for q in whole)]
    for name, values in (("expected", ()), ("returned", ("one", "several"))):
        form = (where("form", *values),) if values else ()
        for column, label in spans:
            ledger.count(
                scope,
                f"forms.{name}.{label}",
                forms.due,
                (*_DUE, *form, where(column, label)),
                f"Monitoring forms {name} for complaints answered in {label}, {{when}}",
                of="" if name == "expected" else f"forms.expected.{label}",
            )
        for quarter, inside in whole.items():
            ledger.adds_up_in(
                scope, f"forms.{name}.{quarter}", [f"forms.{name}.{m}" for m in inside]
            )
        ledger.adds_up_in(scope, f"forms.{name}", [f"forms.{name}.{month}" for month in listed])
        if 3 * len(whole) == len(listed):
            ledger.adds_up_in(scope, f"forms.{name}", [f"forms.{name}.{q}" for q in whole])


def _days(ledger: Ledger, forms: Forms, scope: Scope) -> None:
    rule = (scope.when, *_DUE, where("form", "one", "several"))
    taken = forms.days_to_form(forms.due.rows(rule)) if scope.known else np.array([])
    ledger.add(
        Figure(
            scope.name("forms.days.median"),
            float(np.median(taken)) if len(taken) else None,
            f"Working days from the answer to the monitoring form, half took at most this, "
            f"{scope.words}",
            unit="working days",
            of_name=scope.name("forms.returned"),
            base=len(taken) if scope.known else None,
            rows="answered",
            rule=rule,
        )
    )


def lay_out(given: Given) -> None:
    """The tables of forms, when there are forms."""
    ledger, forms, now = given.ledger, given.forms, given.now
    if not forms.supplied:
        ledger.missing["forms"] = NOT_SUPPLIED
        return
    if len(forms.frame) and forms.frame["completed"].isna().all():
        ledger.missing["forms_dates"] = "no form says when it was completed"
    columns = ("Should have a form", "Returned", "Share", "Outstanding")

    def cells(end: str) -> tuple[Cell, ...]:
        return (
            ledger.shown(f"forms.expected{end}"),
            ledger.shown(f"forms.returned{end}"),
            ledger.shown(f"forms.returned{end}", "percent"),
        )

    rows = {
        service or "Not stated": (
            *cells(f".service.{slug}"),
            ledger.shown(f"forms.outstanding.service.{slug}"),
        )
        for service, slug in headline.services(forms.prepared).items()
        if ledger.value(f"forms.expected.service.{slug}")
    }
    rows["All services"] = (*cells(""), ledger.shown("forms.outstanding"))
    ledger.grid(
        "forms",
        "Monitoring forms returned for complaints answered and upheld or partially upheld",
        "Service",
        columns,
        rows,
    )
    said = {
        "Learning recorded": "forms.learning",
        "No learning identified": "forms.learning_none",
        "Nothing said about learning": "forms.learning_blank",
        "Shared in supervision": "forms.shared_supervision",
        "Shared with the practice team": "forms.shared_cpp",
    }
    ledger.grid(
        "forms_learning",
        "What the monitoring forms say",
        "Complaints with a form",
        ("Number", "Share"),
        {t: (ledger.shown(name), ledger.shown(name, "percent")) for t, name in said.items()},
    )
    naming = forms.prepared.settings.periods.naming
    names = months.titles(now.period, naming, by_month=len(now.period.months()) <= 3)
    unit = "quarter" if any("q" in label for label in names) else "month"
    ledger.grid(
        "forms_months",
        f"Monitoring forms returned, by {unit} of the answer",
        unit.capitalize(),
        columns[:3],
        {title: cells(f".{label}") for label, title in names.items()},
    )


MEASURE = Measure(count, lay_out=lay_out)
