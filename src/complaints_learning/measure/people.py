"""Complaints in; who complained, what escalated, and equality against the population, out."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import (
    COMPLAINT,
    PROCEDURE_SLUGS,
    UPHELD_OR_PARTLY,
)
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import Prepared, slugs
from complaints_learning.nouns.findings import Cell, Figure
from complaints_learning.nouns.records import COMPLAINANTS
from complaints_learning.nouns.themes import Theme

CHARACTERISTICS: dict[str, str] = {
    "age_band": "Age",
    "gender": "Gender",
    "ethnicity": "Ethnicity",
    "disability": "Disability",
}
ESCALATED = where("escalated", True)
_PER = 1000
_NOT_STATED = ("", "not stated", "not known", "unknown", "not recorded", "prefer not to say")


def count(given: Given, scope: Scope) -> None:
    """Count who complained and what escalated."""
    ledger, prepared, themes = given.ledger, given.prepared, given.themes
    table = prepared.complaints
    for code, title in COMPLAINANTS.items():
        slug = code or "not_stated"
        rule = (COMPLAINT, where("complainant", code))
        what = f"made by: {title.lower()}"
        ledger.count(
            scope,
            f"complainant.{slug}",
            table,
            rule,
            f"Complaints received {{when}}, {what}",
            of="received",
        )
        ledger.count(
            scope,
            f"complainant.{slug}.upheld_or_partly",
            table,
            (COMPLAINT, UPHELD_OR_PARTLY, where("complainant", code)),
            f"Complaints upheld or partially upheld {{when}}, {what}",
            of=f"complainant.{slug}",
        )
    listed = [f"complainant.{code or 'not_stated'}" for code in COMPLAINANTS]
    ledger.adds_up_in(scope, "received", listed)
    ledger.adds_up_in(scope, "upheld_or_partly", [f"{stem}.upheld_or_partly" for stem in listed])
    _escalation(ledger, prepared, scope, themes)
    for column, title in CHARACTERISTICS.items():
        groups = _groups(prepared, column)
        for value, slug in groups.items():
            ledger.count(
                scope,
                f"equality.{column}.{slug}",
                table,
                (COMPLAINT, where(column, value)),
                f"Complaints received {{when}}, {title.lower()}: {value or 'not stated'}",
                of="received",
            )
        ledger.adds_up_in(scope, "received", [f"equality.{column}.{s}" for s in groups.values()])
    ledger.compare("escalated")


def _escalation(ledger: Ledger, prepared: Prepared, scope: Scope, themes: list[Theme]) -> None:
    rule = (COMPLAINT, ESCALATED)
    what = "Complaints received {when} that went on to stage 2 or 3"
    table = prepared.complaints
    ledger.count(scope, "escalated", table, rule, what, of="received")
    slugs_of = PROCEDURE_SLUGS.items()
    used = {p: s for p, s in slugs_of if scope.name(f"received.{s}") in ledger.figures}
    for procedure, slug in used.items():
        ledger.count(
            scope,
            f"escalated.{slug}",
            table,
            (*rule, where("procedure", procedure)),
            f"{what}, procedure {slug.replace('_', ' ')}",
            of=f"received.{slug}",
        )
    ledger.adds_up_in(scope, "escalated", [f"escalated.{slug}" for slug in used.values()])
    for theme in themes:
        ledger.count(
            scope,
            f"theme.{theme.code}.escalated",
            table,
            (*rule, where(f"theme.{theme.code}", True)),
            f"{what} and raise '{theme.title}'",
            of="escalated",
        )


def _groups(prepared: Prepared, column: str) -> dict[str, str]:
    """The groups of a characteristic in either year, 'not stated' last."""
    shown = where("period", "this", "before")
    found = prepared.complaints.narrowed(shown).narrowed(COMPLAINT).values(column)
    return slugs(sorted((str(group) for group in found), key=_in_order))


def _in_order(group: str) -> tuple[bool, list[tuple[int, str]]]:
    """Numbers by their size, so that '5 to 10' comes before '11 to 15'; not stated last."""
    parts = re.findall(r"\d+|\D+", group.casefold())
    return group.casefold() in _NOT_STATED, [
        (int(part), "") if part.isdigit() else (0, part) for part in parts
    ]


def rates(given: Given) -> None:
    """Add `equality.CHARACTERISTIC.GROUP.rate`: complaints for every 1,000 of the population."""
    ledger, prepared = given.ledger, given.prepared
    population = _population(prepared.checked.frames["population"])
    if not population:
        ledger.missing["population"] = "no population was supplied"
    for column, title in CHARACTERISTICS.items():
        for group, slug in _groups(prepared, column).items():
            people = population.get((column, group.casefold()))
            counted = ledger.figures[f"equality.{column}.{slug}"]
            if group.casefold() in _NOT_STATED or not people or not isinstance(counted.value, int):
                continue
            ledger.add(
                Figure(
                    f"{counted.name}.rate",
                    _PER * counted.value / people,
                    f"Complaints for every 1,000 children and young people, {title.lower()}: "
                    f"{group}, {ledger.period.label}",
                    unit="per 1,000",
                    of_name=counted.name,
                    base=counted.value,
                    rows=counted.rows,
                    rule=counted.rule,
                )
            )


def _population(frame: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Children by characteristic and group, capitals and spaces not minded."""
    found: dict[tuple[str, str], float] = {}
    for name, group, value in zip(
        frame["characteristic"], frame["group"], frame["value"], strict=True
    ):
        characteristic = "_".join(str(name).casefold().split())
        known = "age_band" if characteristic in ("age", "age_group") else characteristic
        if not np.isnan(value):
            key = (known, str(group).casefold())
            found[key] = found.get(key, 0.0) + float(value)
    return found


def lay_out(given: Given) -> None:
    """Who complained, what escalated, equality: each only when the register says."""
    ledger, prepared, themes = given.ledger, given.prepared, given.themes
    _lay_out_complainants(ledger)
    _lay_out_escalation(ledger, themes)
    rows: dict[str, tuple[Cell, ...]] = {}
    for column, title in CHARACTERISTICS.items():
        groups = _groups(prepared, column)
        if not any(groups):
            continue
        for group, slug in groups.items():
            stem = f"equality.{column}.{slug}"
            rows[f"{title}: {group or 'not stated'}"] = (
                ledger.shown(stem),
                ledger.shown(stem, "percent"),
                ledger.shown(f"{stem}.rate"),
            )
    if rows:
        ledger.grid(
            "equality",
            "Complaints received by characteristic of the child or young person",
            "Characteristic",
            ("Complaints", "Share", "For every 1,000 in the population"),
            rows,
        )
    else:
        ledger.missing["equality"] = "the register has no age, gender, ethnicity or disability"


def _lay_out_complainants(ledger: Ledger) -> None:
    if not any(ledger.value(f"complainant.{code}") for code in COMPLAINANTS if code):
        ledger.missing["complainants"] = "the register does not say who complained"
        return
    stems = {title: f"complainant.{code or 'not_stated'}" for code, title in COMPLAINANTS.items()}
    ledger.grid(
        "complainants",
        "Who complained",
        "Complainant",
        ("Complaints received", "Share", "Upheld or partially upheld", "Received the year before"),
        {
            title: (
                ledger.shown(stem),
                ledger.shown(stem, "percent"),
                ledger.shown(f"{stem}.upheld_or_partly"),
                ledger.shown(f"previous.{stem}"),
            )
            for title, stem in stems.items()
        },
    )


def _lay_out_escalation(ledger: Ledger, themes: list[Theme]) -> None:
    lines = {
        "Statutory": ("escalated.statutory", "received.statutory"),
        "Corporate": ("escalated.corporate", "received.corporate"),
        "Procedure not stated": ("escalated.not_stated", "received.not_stated"),
        "All complaints": ("escalated", "received"),
    }
    ledger.grid(
        "escalation",
        "Complaints that went on to stage 2 or 3",
        "Procedure",
        ("Received", "Escalated", "Share", "Escalated the year before"),
        {
            title: (
                ledger.shown(whole),
                ledger.shown(stem),
                ledger.shown(stem, "percent"),
                ledger.shown(f"previous.{stem}"),
            )
            for title, (stem, whole) in lines.items()
            if stem in ledger.figures
        },
    )
    stems = {
        theme.title: f"theme.{theme.code}.escalated"
        for theme in themes
        if ledger.value(f"theme.{theme.code}.escalated")
    }
    if stems:
        ledger.grid(
            "escalation_themes",
            "Themes of the complaints that went on to stage 2 or 3",
            "Theme",
            ("Escalated", "Share of the escalated"),
            {t: (ledger.shown(s), ledger.shown(s, "percent")) for t, s in stems.items()},
            notes=("A complaint with several themes is counted under each.",),
        )


MEASURE = Measure(count, rates, lay_out)
