"""Audits, stocktakes, deep dives, training and surveys in; what was done and found, out.

Each row says how many of how many met a question's standard. Rows of one question add up;
different questions are never pooled into one score, except where a table says 'all questions'.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.measure import counting
from complaints_learning.measure.counting import Coded, Table, where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import (
    Prepared,
    month_label,
    slugs,
    timed,
)
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell, Condition, Figure

NOT_SUPPLIED = "no audits, stocktakes, deep dives, training or surveys were supplied"
ACTIVITIES: dict[str, tuple[str, str]] = {
    "practice_audit": ("Practice learning audits", "files"),
    "stocktake": ("Stocktake and showcase", "questions"),
    "deep_dive": ("Deep dives", "files"),
    "training": ("Training", "places"),
    "ehc_quality_group": ("Multi-agency EHC quality group", "plans"),
    "ehc_advice": ("Social care advice to EHC assessments", "pieces of advice"),
    "out_of_office": ("Out-of-office checks", "checks"),
    "survey": ("Surveys of families", "answers"),
    "other": ("Other assurance", "checks"),
}
"""Every activity with its title and what its results count."""
TESTS = tuple(activity for activity in ACTIVITIES if activity != "training")
"""The activities that test practice: who came to a course says nothing about what they do."""
_MEETING = re.compile(
    r"\W*(?:did|has) (?:the|our) (?:[\w-]+ )*group (?:meet|met)(?: this \w+)?\W*"
    r"|\W*(?:the )?(?:[\w-]+ )*group (?:has )?met\W*"
    r"|\W*(?:was (?:the|a) )?(?:group )?meetings? (?:held|took place)\W*",
    re.IGNORECASE,
)
"""Questions about the group itself, never about what became of a child's plan."""
_Amounts = np.ndarray[Any, Any]


@dataclass
class Assurance:
    """The assurance rows with what is derived from them, computed once."""

    prepared: Prepared

    @cached_property
    def table(self) -> Table:
        """The rows to count.

        `usable` ones have a result, and none above its own maximum; a `share` also says of how
        many. A row `took_place` unless it asks whether the group met and does not say yes.
        """
        derived: dict[str, Callable[[], Coded]] = {
            **timed(self.frame["date"], self.prepared.period, self.prepared.settings),
            "usable": lambda: counting.of_flags(self._usable),
            "took_place": lambda: counting.of_flags(self._took_place),
            "share": lambda: counting.of_flags(self._usable & (self._whole > 0)),
        }
        return counting.of_frame("assurance", self.frame, derived)

    @cached_property
    def frame(self) -> pd.DataFrame:
        """With an empty reference: assurance is about practice, not about one complaint."""
        return self.prepared.checked.frames["assurance"].assign(reference="")

    @property
    def supplied(self) -> bool:
        """Whether anybody gave assurance results, even a file with none."""
        return bool(len(self.frame)) or "assurance" in self.prepared.checked.supplied

    @cached_property
    def results(self) -> _Amounts:
        """How many met the standard, or attended; 0 where nothing usable is said."""
        return np.where(self._usable, self.frame["result"].to_numpy(dtype=float), 0.0)

    @cached_property
    def wholes(self) -> _Amounts:
        """Of how many; 0 where nothing usable is said."""
        return np.where(self._usable, self._whole, 0.0)

    @cached_property
    def _took_place(self) -> _Amounts:
        asked = counting.is_in(
            self.frame["question"], tuple(filter(about_meeting, self.table.values("question")))
        )
        return np.asarray(~asked | (self.results > 0))

    @cached_property
    def _whole(self) -> _Amounts:
        return np.asarray(np.nan_to_num(self.frame["out_of"].to_numpy(dtype=float)))

    @cached_property
    def _usable(self) -> _Amounts:
        result = self.frame["result"].to_numpy(dtype=float)
        whole = self.frame["out_of"].to_numpy(dtype=float)
        return np.asarray(~np.isnan(result) & ~(result > whole) & (result >= 0))

    def known_in(self, scope: Scope) -> Scope:
        """The scope, unknown when nobody supplied results, or none of the year before."""
        missing = bool(scope.prefix) and not self.table.count((scope.when,))
        return replace(scope, known=self.supplied and not missing)

    def services_of(self, activity: str) -> list[str]:
        """The services in the period's results of an activity."""
        rule = (where("period", "this"), where("activity", activity))
        return sorted(str(service) for service in occurring(self.table, rule, "service"))

    def services(self) -> tuple[str, ...]:
        """The services that deep dives must cover: of cl.toml, else all that occur here."""
        listed = self.prepared.settings.assurance.services
        found = {str(service) for service in self.table.values("service")} - {""}
        return listed or tuple(sorted(found))


def count(given: Given, scope: Scope) -> None:
    """Count every activity in `scope`."""
    ledger, assurance = given.ledger, given.assurance
    table, scope = assurance.table, assurance.known_in(scope)
    for activity, (title, unit) in ACTIVITIES.items():
        stem, rule = f"assurance.{activity}", (where("activity", activity),)
        ledger.count(scope, stem, table, rule, f"{title}: results recorded", unit="activities")
        for question, slug in questions(assurance, activity).items():
            name = f"{stem}.q.{slug}"
            asked = (*rule, where("question", question))
            met = activity == "ehc_quality_group" and about_meeting(question)
            tallied = Tally(ledger, assurance, scope, "meetings" if met else unit)
            tallied.add(name, asked, f"{title}: {question or 'result'}", counts=True)
            ledger.compare_shares(name)


def about_meeting(question: object) -> bool:
    """Whether a question asks if the group met, which counts meetings and no child's plan.

    >>> about_meeting("Did the group meet?"), about_meeting("Meeting held")
    (True, True)
    >>> about_meeting("Plans that met the standard"), about_meeting("Did the group's plan meet it?")
    (False, False)
    """
    return _MEETING.fullmatch(str(question)) is not None


def occurring(table: Table, rule: tuple[Condition, ...], column: str) -> list[object]:
    """The values of `column` that occur in the rows that pass `rule`."""
    for condition in rule:
        table = table.narrowed(condition)
    return table.values(column)


def questions(assurance: Assurance, activity: str) -> dict[str, str]:
    """The questions of an activity in either year, in the order they first appear."""
    shown = assurance.table.narrowed(where("period", "this", "before"))
    found = shown.narrowed(where("activity", activity))
    texts = [str(question) for question in found.values("question")]
    return slugs(sorted(texts, key=lambda text: (not text, text)))


class Tally(Struct, frozen=True):
    """Adds results up: how many of how many met a standard."""

    ledger: Ledger
    assurance: Assurance
    scope: Scope
    unit: str

    def add(
        self, stem: str, rule: tuple[Condition, ...], meaning: str, counts: bool = False
    ) -> str:
        """Add `stem`, and `stem.of` with the number that it is a share of.

        Only rows that say of how many are added up. When none does, `counts` adds up what they
        say, which is then a share of nothing.
        """
        table = self.assurance.table
        whole = (self.scope.when, *rule, where("share", True))
        if counts and not table.count(whole):
            whole = (self.scope.when, *rule, where("usable", True))
        rows = table.rows(whole)
        known = self.scope.known and bool(len(rows))
        met = _whole(self.assurance.results[rows].sum()) if known else None
        of = round(float(self.assurance.wholes[rows].sum())) if known else None
        of_name = self.ledger.add(
            Figure(
                self.scope.name(f"{stem}.of"),
                of or None,
                f"{meaning}, of how many, {self.scope.words}",
                unit=self.unit,
                rows="assurance",
                rule=whole,
            )
        )
        return self.ledger.add(
            Figure(
                self.scope.name(stem),
                met,
                f"{meaning}, {self.scope.words}",
                unit=self.unit,
                of=of or None,
                of_name=of_name,
                base=None if isinstance(met, int) or met is None else of,
                rows="assurance",
                rule=whole,
            )
        )


def _whole(amount: float) -> int | float:
    return int(amount) if float(amount).is_integer() else float(amount)


def add(given: Given) -> None:
    """Add `theme.CODE.tested`, the period's results about the theme, and what tested it."""
    ledger, assurance, now = given.ledger, given.assurance, given.now
    scope = Scope(now.period, now.when, known=assurance.supplied)
    for theme in given.themes:
        rule = (where("activity", *TESTS), where("theme", theme.code))
        tallied = Tally(ledger, assurance, scope, "checks")
        tallied.add(
            f"theme.{theme.code}.tested",
            rule,
            f"Checks about '{theme.title}' that met the standard",
        )
        used = {str(a) for a in occurring(assurance.table, (now.when, *rule), "activity")}
        titles = [title for activity, (title, _) in ACTIVITIES.items() if activity in used]
        ledger.facts[f"theme.{theme.code}.tested_by"] = wording.listed(
            wording.lower_first(title) for title in titles
        )


def lay_out(given: Given) -> None:
    """A table for each activity that took place, and one that shows them all."""
    ledger, assurance = given.ledger, given.assurance
    now, before = given.now, given.before
    if not assurance.supplied:
        ledger.missing["assurance"] = NOT_SUPPLIED
        return
    ledger.grid(
        "assurance",
        "Assurance activities: results recorded",
        "Activity",
        (now.period.label, before.period.label),
        {
            title: (
                ledger.shown(f"assurance.{activity}"),
                ledger.shown(f"previous.assurance.{activity}"),
            )
            for activity, (title, _) in ACTIVITIES.items()
        },
    )
    for activity in ACTIVITIES:
        _lay_out_questions(ledger, assurance, activity, before)
        if activity in ("stocktake", "training"):
            _lay_out_services(ledger, assurance, activity)
    _lay_out_audits(ledger, assurance, now)


def _shares(ledger: Ledger, stem: str) -> tuple[Cell, ...]:
    return (
        ledger.shown(stem),
        ledger.shown(f"{stem}.of"),
        ledger.shown(stem, "percent"),
    )


def _columns(activity: str) -> tuple[str, str, str]:
    met = "Attended" if activity == "training" else "Met the standard"
    return met, "Offered" if activity == "training" else "Of", "Share"


def _lay_out_questions(ledger: Ledger, assurance: Assurance, activity: str, before: Scope) -> None:
    title, _ = ACTIVITIES[activity]
    rows = {
        question or "Result": (
            *_shares(ledger, f"assurance.{activity}.q.{slug}"),
            ledger.shown(f"previous.assurance.{activity}.q.{slug}", "percent"),
            ledger.shown(f"change.assurance.{activity}.q.{slug}.share"),
        )
        for question, slug in questions(assurance, activity).items()
    }
    if rows:
        ledger.grid(
            f"assurance_{activity}",
            f"{title}: results",
            "Course" if activity == "training" else "Question",
            (*_columns(activity), f"Share in {before.period.label}", "Change, points"),
            rows,
        )


def _lay_out_services(ledger: Ledger, assurance: Assurance, activity: str) -> None:
    stem = f"assurance.{activity}"
    rows = {
        service or "Not stated": _shares(ledger, f"{stem}.service.{slug}")
        for service, slug in slugs(assurance.services_of(activity)).items()
    }
    if rows:
        rows["All services"] = _shares(ledger, f"{stem}.all")
        ledger.grid(
            f"assurance_{activity}_services",
            f"{ACTIVITIES[activity][0]}: results by service, all together",
            "Service",
            _columns(activity),
            rows,
        )


def _lay_out_audits(ledger: Ledger, assurance: Assurance, now: Scope) -> None:
    """Monthly practice learning audits: the share that met each question's standard."""
    asked = questions(assurance, "practice_audit")
    if asked:
        ledger.grid(
            "assurance_practice_audit_months",
            "Practice learning audits by month: share that met the standard",
            "Month",
            tuple(question or "Result" for question in asked),
            {
                wording.month(day): [
                    ledger.shown(f"assurance.practice_audit.q.{slug}.{month_label(day)}", "percent")
                    for slug in asked.values()
                ]
                for day in now.period.months()
            },
        )


MEASURE = Measure(count, add, lay_out)
