"""Complaints in; what they led to, remedies and payments, out."""

from __future__ import annotations

import numpy as np

from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.ledger import Scope
from complaints_learning.nouns.findings import Figure


def count(given: Given, scope: Scope) -> None:
    """Count complaints with a remedy, by kind, and with a payment; add up what was paid."""
    ledger, prepared = given.ledger, given.prepared
    table = prepared.complaints
    remedied, paid = ((COMPLAINT, where(column, True)) for column in ("remedied", "paid"))
    what = "Complaints received {when} that led to a"
    ledger.count(scope, "remedies", table, remedied, f"{what} remedy", of="received")
    ledger.count(scope, "remedies.paid", table, paid, f"{what} payment", of="remedies")
    kinds = prepared.words("remedy", COMPLAINT)
    for remedy, slug in kinds.items():
        ledger.count(
            scope,
            f"remedies.kind.{slug}",
            table,
            (*remedied, where("remedy", remedy)),
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
    ledger.compare("remedies", "remedies.paid")


def lay_out(given: Given) -> None:
    """The table of remedies, when the register has any in either year."""
    ledger, prepared = given.ledger, given.prepared
    if not ledger.value("remedies") and not ledger.value("previous.remedies"):
        ledger.missing["remedies"] = "the register has no remedies"
        return
    stems = {
        **{
            f"Remedy: {remedy or 'kind not stated'}": f"remedies.kind.{slug}"
            for remedy, slug in prepared.words("remedy", COMPLAINT).items()
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


MEASURE = Measure(count, lay_out=lay_out)
