"""Contacts and open cases in; complaints for every 1,000 of them out."""

from __future__ import annotations

import numpy as np

from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Scope
from complaints_learning.measure.prepare import month_label
from complaints_learning.nouns.findings import Figure


def count(given: Given, scope: Scope) -> None:
    """Add contacts and open cases of the period, and complaints for every 1,000 of them."""
    ledger, prepared = given.ledger, given.prepared
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


MEASURE = Measure(count)
