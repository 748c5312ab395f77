"""Where every row of every table went: read, counted, outside the period, left out with why."""

from __future__ import annotations

from complaints_learning.measure.compliments import KINDS
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.ledger import Ledger
from complaints_learning.measure.prepare import Prepared, slugs
from complaints_learning.nouns.findings import Figure


def add(given: Given) -> None:
    """Add `rows.*` for the register, `rows.TABLE.*` for every other table, and their table."""
    ledger, prepared, now = given.ledger, given.prepared, given.now
    table, rows = prepared.complaints, prepared.checked.rows
    register = rows["register"]
    lines = {"Rows read": _rows(ledger, "rows.read", register.read, "Rows read from the register")}
    lines["Complaints counted in the period"] = ledger.count(
        now, "rows.counted", table, (COMPLAINT,), "Complaints counted"
    )
    ledger.same("received", "rows.counted")
    parts = ["rows.counted"]
    for kind, title in KINDS.items():
        name = ledger.count(
            now, f"rows.{kind}", table, (where("kind", kind),), f"{title} counted apart"
        )
        parts.append(name)
        lines[f"{title} in the period, counted apart"] = name
    places: list[tuple[str, tuple[str, ...], str]] = [
        ("rows.outside", ("before", "other"), "Outside the period"),
        ("rows.undated", ("undated",), "Without the date that puts them in a period"),
    ]
    if prepared.settings.periods.counts_by == "responded":
        places.append(("rows.unanswered", ("unanswered",), "Not answered yet, so in no period"))
    for name, when, title in places:
        rule = (where("period", *when),)
        ledger.add(
            Figure(
                name, table.count(rule), f"{title}: rows of any kind", rows=table.name, rule=rule
            )
        )
        parts.append(name)
        lines[title] = name
    for kept, field, title in (
        ("rows.merged", register.superseded, "Merged into their complaint or replaced"),
        ("rows.left_out", register.left_out, "Left out"),
    ):
        parts.append(_rows(ledger, kept, sum(field.values()), f"{title}: rows of the register"))
        lines[title] = kept
        for reason, slug in slugs(sorted(field)).items():
            name = _rows(ledger, f"{kept}.{slug}", field[reason], f"{title}: {reason}")
            lines[f"{title}: {reason}"] = name
        ledger.adds_up(kept, [f"{kept}.{slug}" for slug in slugs(sorted(field)).values()])
    ledger.adds_up("rows.read", parts)
    ledger.grid(
        "reconciliation",
        "Where every row of the register went",
        "Rows",
        ("Number",),
        {title: (ledger.shown(name),) for title, name in lines.items()},
    )
    _others(ledger, prepared)


def _others(ledger: Ledger, prepared: Prepared) -> None:
    """The same for monitoring forms, actions and all other tables, in fewer lines."""
    lines = {}
    for name, rows in sorted(prepared.checked.rows.items()):
        if name == "register":
            continue
        stem, said = f"rows.{name}", rows.table.replace("_", " ")
        shown = [
            _rows(ledger, f"{stem}.read", rows.read, f"Rows read, {said}"),
            _rows(ledger, f"{stem}.counted", rows.counted, f"Rows counted, {said}"),
            _rows(ledger, f"{stem}.merged", sum(rows.superseded.values()), f"Replaced, {said}"),
            _rows(ledger, f"{stem}.left_out", sum(rows.left_out.values()), f"Left out, {said}"),
        ]
        ledger.adds_up(shown[0], shown[1:])
        lines[said.capitalize()] = [ledger.shown(figure) for figure in shown]
    if lines:
        ledger.grid(
            "reconciliation_others",
            "Where every row of the other tables went",
            "Table",
            ("Read", "Counted", "Replaced", "Left out"),
            lines,
        )


def _rows(ledger: Ledger, name: str, value: int, meaning: str) -> str:
    """A number of rows is about files, not people, so `protect` does not call it small."""
    return ledger.add(Figure(name, value, meaning, unit="rows"))


MEASURE = Measure(add=add)
