"""Complaints in; what the Ombudsman decided about them, in its own words, out."""

from __future__ import annotations

from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.ledger import Scope
from complaints_learning.measure.prepare import Prepared


def _decisions(prepared: Prepared) -> dict[str, str]:
    """What the register says that it decided, with short names."""
    words = prepared.words("ombudsman", COMPLAINT)
    return {said: slug for said, slug in words.items() if said}


def count(given: Given, scope: Scope) -> None:
    """Count complaints with a decision, and each decision."""
    ledger, prepared = given.ledger, given.prepared
    decisions = _decisions(prepared)
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


def lay_out(given: Given) -> None:
    """The table of decisions, when the register has any in either year."""
    ledger, decisions = given.ledger, _decisions(given.prepared)
    if not decisions:
        ledger.missing["ombudsman"] = "the register has no decision of the Ombudsman"
        return
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


MEASURE = Measure(count, lay_out=lay_out)
