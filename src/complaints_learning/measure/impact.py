"""Actions done, complaints and audits before and after in; a verdict for each theme out.

The rule, told in docs/measures.md: a theme is looked at for each month in which actions about
it were completed, up to 12 whole months before and after, the month itself left out. Complaints
are those received that raise the theme, per month, or per contact when contacts are known for
every month. Nothing here says that the action was the cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from complaints_learning.measure import statistics, verdicts
from complaints_learning.measure.actions import Actions
from complaints_learning.measure.assurance import TESTS, Assurance
from complaints_learning.measure.counting import Rule, where
from complaints_learning.measure.coverage import Coverage
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.ledger import Ledger
from complaints_learning.measure.prepare import Prepared, month_label
from complaints_learning.measure.verdicts import Side, Verdict
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell, Figure
from complaints_learning.nouns.themes import Theme

LONGEST = 12
"""The most months looked at on each side of a completed action."""


@dataclass
class Sides:
    """Counts what lies before and after a month, as far as the data reach."""

    prepared: Prepared
    actions: Actions
    assurance: Assurance
    coverage: Coverage
    _shares: dict[tuple[str, ...], float] = field(default_factory=dict)

    def of(self, theme: str, month: str) -> tuple[Side, Side]:
        """Both sides of `month` for `theme`."""
        spans = [
            [str(np.datetime64(month) + step) for step in range(-LONGEST, 0)],
            [str(np.datetime64(month) + step) for step in range(1, LONGEST + 1)],
        ]
        covered = [[month for month in span if self._covers(month)] for span in spans]
        asked = set.intersection(*(self._questions(theme, span) for span in spans))
        exposures = self._exposures(covered)
        before, after = (
            self._side(theme, months, span, sorted(asked), exposure)
            for months, span, exposure in zip(covered, spans, exposures, strict=True)
        )
        return before, after

    @property
    def by_contacts(self) -> bool:
        """Whether contacts are known at all."""
        return bool(self._contacts)

    def _side(
        self, theme: str, months: list[str], span: list[str], asked: list[str], exposure: float
    ) -> Side:
        rows = self.assurance.table.rows(audit_rule(theme, span, asked))
        return Side(
            tuple(months),
            tuple(span),
            tuple(asked),
            self.prepared.complaints.count(complaints_rule(theme, months)),
            exposure,
            round(float(self.assurance.results[rows].sum())),
            round(float(self.assurance.wholes[rows].sum())),
            self._confirmed(tuple(months)),
        )

    def _confirmed(self, months: tuple[str, ...]) -> float:
        """The share of the complaints received in `months` whose themes a person decided."""
        if months not in self._shares:
            rule = (COMPLAINT, where("month", *months))
            table, confirmed = self.prepared.complaints, "confirmed"
            known = confirmed in self.prepared.checked.frames["complaints"]
            part = table.count((*rule, where(confirmed, True))) if known else 0
            self._shares[months] = part / max(1, table.count(rule))
        return self._shares[months]

    def _covers(self, month: str) -> bool:
        """Whether the register covers the whole month: the report's own month is not over."""
        return month < month_label(self.prepared.day) and self.coverage.whole(month)

    def _questions(self, theme: str, span: list[str]) -> set[str]:
        table = self.assurance.table
        for condition in audit_rule(theme, span, None):
            table = table.narrowed(condition)
        return {str(question) for question in table.values("question")}

    def _exposures(self, covered: list[list[str]]) -> list[float]:
        """Thousands of contacts of each side when all are known, else months."""
        if all(month in self._contacts for span in covered for month in span):
            return [sum(self._contacts[month] for month in span) / 1000 for span in covered]
        return [float(len(span)) for span in covered]

    @cached_property
    def _contacts(self) -> dict[str, float]:
        frame = self.prepared.checked.frames["activity"]
        found: dict[str, float] = {}
        for day, measure, value in zip(
            frame["date"], frame["measure"], frame["value"], strict=True
        ):
            if measure == "contacts" and not np.isnan(value):
                month = str(day)[:7]
                found[month] = found.get(month, 0.0) + float(value)
        return found


def complaints_rule(theme: str, months: Sequence[str]) -> Rule:
    """Complaints received in `months` that raise the theme."""
    return (COMPLAINT, where(f"theme.{theme}", True), where("month", *months))


def audit_rule(theme: str, months: Sequence[str], questions: Sequence[str] | None) -> Rule:
    """Results about the theme in `months`, of `questions` (None: of any)."""
    asked = () if questions is None else (where("question", *questions),)
    rule = (where("activity", *TESTS), where("theme", theme), where("share", True))
    return (*rule, where("month", *months), *asked)


def add(given: Given) -> None:
    """Add `impact.THEME.MONTH.*`, the verdicts as facts, and the table."""
    ledger = given.ledger
    sides = Sides(given.prepared, given.actions, given.assurance, given.covered)
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    for theme in given.themes:
        verdict = Verdict("", "", "", "")
        for month in _completed(sides.actions, theme.code):
            before, after = sides.of(theme.code, month)
            minimum = sides.prepared.settings.assurance.minimum_cases
            found = verdicts.judge(before, after, minimum)
            stem = f"impact.{theme.code}.{month}"
            _figures(ledger, stem, theme, before, after, found.complaints != "unlike")
            _facts(ledger, stem, found)
            rows.append((f"{theme.title}, {_named(month)}", _cells(ledger, stem, found)))
            if found.overall not in ("not_tested", "unlike") or not verdict.overall:
                verdict = found
        _facts(ledger, f"theme.{theme.code}.verdict", verdict)
    if not sides.actions.supplied:
        ledger.missing["impact"] = "no action register was supplied, so no impact can be shown"
        return
    if not rows:
        ledger.missing["impact"] = "no action about a theme has been completed"
        return
    per = "per 1,000 contacts" if sides.by_contacts else "a month"
    ledger.grid(
        "impact",
        "Complaints and audit results before and after completed actions",
        "Theme, month of completion",
        (
            *(f"Complaints {per} before", "After", "Change, %", "95% interval, %"),
            *("Audits met before", "After", "Change, points", "95% interval, points", "Verdict"),
        ),
        rows,
        notes=("This shows what happened before and after. It does not show what caused it.",),
    )


def _completed(actions: Actions, theme: str) -> list[str]:
    """The months in which actions about the theme were completed, from the year before on."""
    about = (actions.theme == theme) & ~np.isnat(actions.completed)
    start = np.datetime64(actions.prepared.period.before().start)
    done = actions.completed[about & (actions.completed >= start)]
    return sorted({str(month) for month in done.astype("datetime64[M]")})


def _figures(
    ledger: Ledger, stem: str, theme: Theme, before: Side, after: Side, comparable: bool
) -> None:
    what = f"about '{theme.title}'"
    for end, side in (("before", before), ("after", after)):
        known = bool(side.months)
        span = f"in the {len(side.months)} months {end}"
        counted = ledger.add(
            Figure(
                f"{stem}.{end}",
                side.complaints if known else None,
                f"Complaints received {what} {span}",
                rows="complaints",
                rule=complaints_rule(theme.code, side.months),
            )
        )
        ledger.add(
            Figure(
                f"{stem}.{end}.rate",
                side.complaints / side.exposure if side.exposure else None,
                f"Complaints received {what} {span}, as a rate",
                unit="a month or per 1,000 contacts",
                of_name=counted,
                base=side.complaints if side.exposure else None,
            )
        )
        whole = ledger.add(
            Figure(
                f"{stem}.audit.{end}.of",
                side.of or None,
                f"Audit results {what} in the {LONGEST} months {end}, of how many",
                unit="files",
                rows="assurance",
                rule=audit_rule(theme.code, side.span, side.asked),
            )
        )
        ledger.add(
            Figure(
                f"{stem}.audit.{end}",
                side.met if side.of else None,
                f"Audit results {what} in the {LONGEST} months {end} that met the standard",
                unit="files",
                of=side.of or None,
                of_name=whole,
                rows="assurance",
                rule=audit_rule(theme.code, side.span, side.asked),
            )
        )
    _changes(ledger, stem, what, before, after, comparable)


def _changes(
    ledger: Ledger, stem: str, what: str, before: Side, after: Side, comparable: bool
) -> None:
    value = low = high = None
    if comparable and before.complaints and before.exposure and after.exposure:
        ratio = statistics.ratio_of_counts(
            after.complaints, before.complaints, after.exposure, before.exposure
        )
        now, then = after.complaints / after.exposure, before.complaints / before.exposure
        value, low, high = (100 * (r - 1) for r in (now / then, *ratio))
    ledger.add(
        Figure(
            f"{stem}.change",
            value,
            f"Change of the rate of complaints {what} after the action, in per cent",
            unit="percent",
            of_name=f"{stem}.before",
            compares=(f"{stem}.before", f"{stem}.after"),
            base=None if value is None else before.complaints + after.complaints,
            low=low,
            high=high,
        )
    )
    value = low = high = None
    if before.of and after.of:
        value = 100 * (after.met / after.of - before.met / before.of)
        limits = statistics.difference_of_shares(after.met, after.of, before.met, before.of)
        low, high = (100 * limit for limit in limits)
    ledger.add(
        Figure(
            f"{stem}.audit.change",
            value,
            f"Change of the share of audit results {what} that met the standard",
            unit="percentage points",
            of_name=f"{stem}.audit.before",
            compares=(f"{stem}.audit.before", f"{stem}.audit.after"),
            base=None if value is None else before.of + after.of,
            low=low,
            high=high,
        )
    )


def _facts(ledger: Ledger, stem: str, verdict: Verdict) -> None:
    ledger.facts[stem] = verdict.overall
    ledger.facts[f"{stem}.basis"] = verdict.basis
    ledger.facts[f"{stem}.complaints"] = verdict.complaints
    ledger.facts[f"{stem}.audits"] = verdict.audits


def _cells(ledger: Ledger, stem: str, verdict: Verdict) -> tuple[Cell, ...]:
    return (
        ledger.shown(f"{stem}.before.rate", absent="-"),
        ledger.shown(f"{stem}.after.rate", absent="-"),
        ledger.shown(f"{stem}.change", absent="-"),
        ledger.shown(f"{stem}.change", "interval", absent="-"),
        ledger.shown(f"{stem}.audit.before", "percent", absent="-"),
        ledger.shown(f"{stem}.audit.after", "percent", absent="-"),
        ledger.shown(f"{stem}.audit.change", absent="-"),
        ledger.shown(f"{stem}.audit.change", "interval", absent="-"),
        Cell(text=verdicts.said(verdict)),
    )


def _named(month: str) -> str:
    return wording.month(np.datetime64(month, "D").astype(object))


MEASURE = Measure(add=add)
