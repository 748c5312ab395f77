"""The action register in; actions done, late, open and overdue on the report's day out.

An action belongs to the report when it was opened by that day and not finished before the
period began. One without a theme takes the main theme of the complaint that it names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.measure import counting
from complaints_learning.measure.counting import Coded, Table, where
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import Prepared
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Condition, Listing

NOT_SUPPLIED = "no action register was supplied"
Column = np.ndarray[Any, Any]
STATES: dict[str, str] = {
    "done": "Done",
    "done_late": "Done late",
    "done_undated": "Done, no due date",
    "overdue": "Overdue",
    "open": "Open, not yet due",
    "open_undated": "Open, no due date",
}
"""Every state of an action, in the order of its figures."""
_DONE = ("done", "done_late", "done_undated")
_OPEN = ("overdue", "open", "open_undated")


@dataclass
class Actions:
    """The actions with their state on the report's day, computed once."""

    prepared: Prepared

    @cached_property
    def table(self) -> Table:
        """The actions as rows to count; `period` is 'this' for those of the report."""
        derived: dict[str, Callable[[], Coded]] = {
            "period": lambda: counting.of_choices(
                np.where(self.of_report, 0, 1), ("this", "other")
            ),
            "state": lambda: counting.of_choices(self.state, tuple(STATES)),
            "about": lambda: counting.of_series(pd.Series(self.theme)),
            "owned": lambda: counting.of_flags(self._given("owner")),
            "evidenced": lambda: counting.of_flags(
                self.frame["evidence_recorded"].to_numpy(dtype=bool)
            ),
        }
        return counting.of_frame("actions", self.frame, derived)

    @cached_property
    def frame(self) -> pd.DataFrame:
        return self.prepared.checked.frames["actions"]

    @property
    def supplied(self) -> bool:
        """Whether anybody gave an action register, even an empty one."""
        return bool(len(self.frame)) or "actions" in self.prepared.checked.supplied

    @cached_property
    def completed(self) -> Column:
        """The day each was completed; none when that is after the day the report speaks for."""
        found = self._days("completed")
        return np.where(found > np.datetime64(self.prepared.day), np.datetime64("NaT"), found)

    @cached_property
    def of_report(self) -> Column:
        """Whether each action is one that this report tells of."""
        opened, start = self._days("opened"), np.datetime64(self.prepared.period.start)
        finished_before = ~np.isnat(self.completed) & (self.completed < start)
        return ~finished_before & ~(opened > np.datetime64(self.prepared.day))

    @cached_property
    def state(self) -> Column:
        """Codes into STATES."""
        due, done = self._days("due"), ~np.isnat(self.completed)
        undated, late = np.isnat(due), self.completed > due
        overdue = due < np.datetime64(self.prepared.day)
        choices = [done & undated, done & late, done, undated, overdue]
        return np.select(choices, [2, 1, 0, 5, 3], default=4).astype(np.int8)

    @cached_property
    def theme(self) -> Column:
        """Each action's theme: its own, else the main one of its complaint, else ''."""
        own = self.frame["theme"].fillna("").astype("object").to_numpy()
        named = self.frame["reference"].fillna("").astype("object").to_numpy()
        wanted = set(named[own == ""]) - {""}
        if not wanted:
            return np.asarray(own)
        labelled = self.prepared.labelled
        main = labelled["primary"].to_numpy(dtype=bool) & labelled["reference"].isin(wanted)
        themes = dict(zip(labelled["reference"][main], labelled["theme"][main], strict=True))
        other = [themes.get(reference, "") for reference in named]
        return np.where(own == "", np.array(other, dtype="object"), own)

    def _given(self, column: str) -> Column:
        return np.asarray(self.frame[column].fillna("").astype("object").to_numpy() != "")

    def _days(self, column: str) -> Column:
        return np.asarray(self.frame[column].to_numpy().astype("datetime64[D]"))


def add(given: Given) -> None:
    """Count actions by state, what they lack, and by theme."""
    ledger, actions, now, themes = given.ledger, given.actions, given.now, given.themes
    scope = Scope(
        now.period,
        now.when,
        words=f"on {wording.day(actions.prepared.day)}",
        known=actions.supplied,
    )
    _states(ledger, actions, scope, "actions", (), "Actions")
    for name, rule, of, what in (
        ("no_owner", (where("owned", False),), "actions", "without an owner"),
        (
            "no_date",
            (where("state", "done_undated", "open_undated"),),
            "actions",
            "without a due date",
        ),
        ("no_theme", (where("about", ""),), "actions", "not linked to any theme"),
        (
            "done.no_evidence",
            (where("state", *_DONE), where("evidenced", False)),
            "actions.done",
            "done, with no evidence recorded",
        ),
        (
            "done.evidenced",
            (where("state", *_DONE), where("evidenced", True)),
            "actions.done",
            "done, with evidence recorded",
        ),
    ):
        _count(ledger, actions, scope, f"actions.{name}", rule, f"Actions {what}", of)
    ledger.adds_up("actions.done", ["actions.done.evidenced", "actions.done.no_evidence"])
    for theme in themes:
        about = (where("about", theme.code),)
        stem, what = f"theme.{theme.code}.actions", f"Actions about '{theme.title}'"
        _states(ledger, actions, scope, stem, about, what)
        _count(
            ledger,
            actions,
            scope,
            f"{stem}.done.evidenced",
            (*about, where("state", *_DONE), where("evidenced", True)),
            f"{what} done, with evidence recorded",
            f"{stem}.done",
        )
    parts = [f"theme.{theme.code}.actions" for theme in themes]
    ledger.adds_up("actions", [*parts, "actions.no_theme"])


def _states(
    ledger: Ledger,
    actions: Actions,
    scope: Scope,
    stem: str,
    about: tuple[Condition, ...],
    what: str,
) -> None:
    _count(ledger, actions, scope, stem, about, what, "")
    for name, states, said in (
        ("done", _DONE, "done"),
        ("open", _OPEN, "not done"),
        ("done.late", ("done_late",), "done after their due date"),
        ("done.on_time", ("done",), "done by their due date"),
        ("done.no_date", ("done_undated",), "done, without a due date"),
        ("overdue", ("overdue",), "not done and past their due date"),
        ("open.not_due", ("open",), "not done and not yet due"),
        ("open.no_date", ("open_undated",), "not done, without a due date"),
    ):
        whole = stem if "." not in name and name != "overdue" else f"{stem}.{name.split('.')[0]}"
        of = f"{stem}.open" if name == "overdue" else whole
        rule = (*about, where("state", *states))
        _count(ledger, actions, scope, f"{stem}.{name}", rule, f"{what} {said}", of)
    ledger.adds_up(stem, [f"{stem}.done", f"{stem}.open"])
    done = [f"{stem}.done.{end}" for end in ("late", "on_time", "no_date")]
    ledger.adds_up(f"{stem}.done", done)
    ledger.adds_up(
        f"{stem}.open", [f"{stem}.overdue", f"{stem}.open.not_due", f"{stem}.open.no_date"]
    )


def _count(
    ledger: Ledger,
    actions: Actions,
    scope: Scope,
    name: str,
    rule: tuple[Condition, ...],
    what: str,
    of: str,
) -> None:
    ledger.count(scope, name, actions.table, rule, what, of=of, unit="actions")


def lay_out(given: Given) -> None:
    """The table of actions by theme and the list of actions with owner, date and state."""
    ledger, actions, themes = given.ledger, given.actions, given.themes
    if not actions.supplied:
        ledger.missing["actions"] = NOT_SUPPLIED
        return
    stems = {theme.title: f"theme.{theme.code}.actions" for theme in themes}
    rows = {
        title: tuple(
            ledger.shown(f"{stem}{end}")
            for end in ("", ".done", ".done.late", ".done.evidenced", ".open", ".overdue")
        )
        for title, stem in {**stems, "All actions": "actions"}.items()
        if ledger.value(stem) or stem == "actions"
    }
    ledger.grid(
        "actions_themes",
        f"Actions by theme, on {wording.day(actions.prepared.day)}",
        "Theme",
        ("Actions", "Done", "Of these late", "Of these with evidence", "Not done", "Overdue"),
        rows,
    )
    lacking = {
        "Without an owner": "actions.no_owner",
        "Without a due date": "actions.no_date",
        "Not linked to any theme": "actions.no_theme",
        "Done, with no evidence recorded": "actions.done.no_evidence",
    }
    ledger.grid(
        "actions_lacking",
        "What the action register does not say",
        "Actions",
        ("Number", "Share"),
        {t: (ledger.shown(name), ledger.shown(name, "percent")) for t, name in lacking.items()},
    )
    ledger.listings["actions"] = _listed(actions)


def _listed(actions: Actions) -> Listing:
    """The report's actions: what is overdue first, then by due date."""
    urgency = {"overdue": 0, "open": 1, "open_undated": 1}
    titles = list(STATES)
    rows = []
    for at in np.flatnonzero(actions.of_report).tolist():
        row, state = actions.frame.iloc[at], titles[actions.state[at]]
        due = _day(row["due"])
        completed = _day(actions.completed[at])
        said = f"{STATES[state]}, {completed}" if state in _DONE else STATES[state]
        cells = (
            str(row["action"]),
            str(row["owner"] or "") or "Not stated",
            due or "Not stated",
            said,
            _evidence(row, state),
        )
        theme = str(actions.theme[at])
        order = (urgency.get(state, 2), _order(row["due"]), at)
        rows.append((order, cells, theme))
    rows.sort(key=lambda row: row[0])
    return Listing(
        "actions",
        "Actions, with owner, due date and state",
        ("Action", "Owner", "Due", "State", "Evidence"),
        tuple(cells for _, cells, _ in rows),
        tuple(theme for _, _, theme in rows),
    )


def _evidence(row: pd.Series[Any], state: str) -> str:
    said = str(row["evidence"] or "")
    if said:
        return said
    if row["evidence_recorded"]:
        return "Recorded"
    return "None recorded" if state in _DONE else "-"


def _day(value: Any) -> str:
    found = pd.Timestamp(value)
    return "" if pd.isna(found) else wording.short_day(found.date())


def _order(value: Any) -> date:
    found = pd.Timestamp(value)
    return date.max if pd.isna(found) else found.date()


MEASURE = Measure(add=add, lay_out=lay_out)
