"""Everything about each theme in; the chain from complaint to tested change, and its first gap,
out."""

from __future__ import annotations

from collections.abc import Sequence

from complaints_learning.measure import verdicts
from complaints_learning.measure.counting import where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT, UPHELD_OR_PARTLY
from complaints_learning.measure.ledger import Ledger
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell

GAPS: dict[str, str] = {
    "no_learning": "No learning recorded",
    "no_action": "No action",
    "overdue": "Overdue",
    "not_done": "Not done",
    "no_evidence": "No evidence",
    "not_tested": "Not tested",
    "too_few": "Too few",
    "unlike": "Not comparable",
    "no_clear_change": "No change",
    "worse": "Got worse",
    "complaints_only": "Not audited",
    "not_supplied": "Not supplied",
    "": "None",
}
"""Where a theme's chain breaks first, in words. '' when it holds, or nothing was upheld."""
COVER = "cover"
SHORT: dict[str, str] = {
    "practice learning audits": "audits",
    "out-of-office checks": COVER,
    "surveys of families": "surveys",
    "multi-agency EHC quality group": "EHC group",
    "social care advice to EHC assessments": "EHC advice",
    "stocktake and showcase": "stocktake",
}
"""What tested a theme, short enough that the whole chain stands on one page."""


def add(given: Given) -> None:
    """Add `theme.CODE.learning`, the fact `theme.CODE.gap`, and the table of the whole chain."""
    ledger, now, themes = given.ledger, given.now, given.themes
    table = given.forms.with_learning
    ledger.count(
        now,
        "learning",
        table,
        (COMPLAINT, UPHELD_OR_PARTLY, where("learning", True)),
        "Complaints upheld or partially upheld {when} with learning recorded, in register or form",
        of="upheld_or_partly",
    )
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for theme in themes:
        stem = f"theme.{theme.code}"
        ledger.count(
            now,
            f"{stem}.learning",
            table,
            (COMPLAINT, UPHELD_OR_PARTLY, where(stem, True), where("learning", True)),
            f"Upheld or partially upheld {{when}}, learning recorded, about '{theme.title}'",
            of=f"{stem}.upheld_or_partly",
        )
        gap = _gap(ledger, stem, given.actions.supplied)
        ledger.facts[f"{stem}.gap"] = gap
        upheld = ledger.value(f"{stem}.upheld_or_partly")
        if upheld or ledger.value(f"{stem}.actions"):
            rows.append((theme.title, _row(ledger, stem, gap)))
    lacking = [t for t in themes if ledger.facts[f"theme.{t.code}.gap"] == "no_action"]
    ledger.facts["actions.themes_without"] = "; ".join(theme.title for theme in lacking)
    if rows:
        ledger.grid(
            "chain",
            "From complaint to tested change, by theme",
            "Theme",
            (
                *("Upheld", "Learning", "Done", "Overdue"),
                *("Tested by", "Met", "Verdict", "Gap"),
            ),
            rows,
            notes=(
                "Upheld: wholly or partially. Done, overdue: actions. Met: results that met the "
                f"standard.{_explained(rows)}",
            ),
        )


def _explained(rows: Sequence[tuple[str, tuple[Cell, ...]]]) -> str:
    """What "cover" in the table means, where it stands there."""
    said = any(COVER in cell.text.casefold() for _, cells in rows for cell in cells)
    return f" {wording.upper_first(COVER)}: out-of-office checks." if said else ""


def _gap(ledger: Ledger, stem: str, supplied: bool) -> str:
    def count(end: str) -> float:
        return ledger.value(f"{stem}.{end}") or 0

    if not count("upheld_or_partly"):
        return "overdue" if count("actions.overdue") else ""
    if not count("learning"):
        return "no_learning"
    if not supplied:
        return "not_supplied"
    if not count("actions"):
        return "no_action"
    if count("actions.overdue"):
        return "overdue"
    if not count("actions.done"):
        return "not_done"
    if not count("actions.done.evidenced"):
        return "no_evidence"
    return _untold(ledger.facts[f"{stem}.verdict"], ledger.facts[f"{stem}.verdict.basis"])


def _untold(verdict: str, basis: str) -> str:
    """What the verdict leaves open."""
    if verdict == "better":
        return "complaints_only" if basis == "complaints" else ""
    return verdict or "not_tested"


def _row(ledger: Ledger, stem: str, gap: str) -> tuple[Cell, ...]:
    facts = ledger.facts
    verdict = verdicts.brief(facts[f"{stem}.verdict"], facts[f"{stem}.verdict.basis"])
    tested = facts[f"{stem}.tested_by"].replace(" and ", ", ") or "Nothing"
    for long, short in SHORT.items():
        tested = tested.replace(long, short)
    return (
        ledger.shown(f"{stem}.upheld_or_partly"),
        ledger.shown(f"{stem}.learning"),
        ledger.shown(f"{stem}.actions.done"),
        ledger.shown(f"{stem}.actions.overdue"),
        Cell(text=wording.upper_first(tested)),
        ledger.shown(f"{stem}.tested", "percent", absent="-"),
        Cell(text=verdict),
        Cell(text=GAPS[gap]),
    )


MEASURE = Measure(add=add)
