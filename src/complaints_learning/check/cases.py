"""Rows of a register in, complaints and their stages out: which rows are the same complaint.

The later export wins; a later stage is the same complaint further on; several concerns in
several rows are one complaint. Each rule is counted, so that the rows add up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import vocabulary
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.records import OUTCOMES, REPLACED

REPEATED = "the same row again"
CONCERN = "a further concern of the same complaint"
LATER_STAGE = "a later stage of the same complaint"

_COMPARED = ("outcome", "received", "responded", "procedure", "service")


@dataclass(slots=True)
class Cases:
    """What came of the rows: frame positions to keep, patches to them, and the accounts.

    `merged` are the other rows: position, the position of the row that stands for it, and why.
    """

    first: list[int] = field(default_factory=list)
    stages: list[int] = field(default_factory=list)
    patches: dict[int, dict[str, Any]] = field(default_factory=dict)
    merged: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def superseded(self) -> Counter[str]:
        """How many rows were merged, by reason."""
        return Counter(why for _, _, why in self.merged)


def joined(
    rows: pd.DataFrame,
    key: Sequence[str],
    text: Sequence[str],
    place: Callable[[int, str], Place],
) -> Cases:
    """Group the rows that are one complaint. `rows` has the columns of `register.clean`.

    `place` gives the address of a row's cell. Rows whose key stands alone are kept as they are;
    only the others are looked at one by one.
    """
    codes, _ = pd.factorize(np.asarray(key, dtype=object))
    counts = np.bincount(codes) if len(codes) else np.array([], dtype=int)
    alone = counts[codes] == 1 if len(codes) else np.array([], dtype=bool)
    cases = Cases()
    groups: dict[int, list[int]] = defaultdict(list)
    for position in np.flatnonzero(~alone):
        groups[int(codes[position])].append(int(position))
    if groups:
        _Groups(rows, text, cases, place).settle(groups.values())
    keep = np.flatnonzero(alone)
    cases.first = sorted([*keep.tolist(), *cases.first])
    cases.stages = sorted([*keep.tolist(), *cases.stages])
    return cases


class _Groups:
    def __init__(
        self,
        rows: pd.DataFrame,
        text: Sequence[str],
        cases: Cases,
        place: Callable[[int, str], Place],
    ) -> None:
        self.text = text
        self.place = place
        self.cases = cases
        self.of: dict[str, Any] = {
            # as plain values: one by one, numpy's are slow, and None is easier to ask than NaT
            name: rows[name].to_numpy().tolist()
            if rows[name].dtype.kind == "M"
            else rows[name].tolist()
            for name in (
                *("stage", "rank", "outcome", "received", "responded", "procedure", "service"),
                *("category", "reference", "row", "learning_recorded"),
                *("action_recorded", "remedy", "remedy_amount", "extended", "team"),
            )
        }

    def settle(self, groups: Any) -> None:
        for positions in groups:
            by_stage: dict[int, list[int]] = defaultdict(list)
            for position in positions:
                by_stage[self.of["stage"][position]].append(position)
            chosen = [(stage, self._one(found)) for stage, found in sorted(by_stage.items())]
            self.cases.stages += [position for _, position in chosen]
            first = chosen[0][1]
            self.cases.first.append(first)
            if len(chosen) > 1:
                self.cases.merged += [(position, first, LATER_STAGE) for _, position in chosen[1:]]
                self._escalated(first, chosen)

    def _one(self, positions: list[int]) -> int:
        """The row that stands for one stage of one complaint."""
        if len(positions) == 1:
            return positions[0]
        rank = self.of["rank"]
        latest = max(rank[position] for position in positions)
        current = [position for position in positions if rank[position] == latest]
        older = [position for position in positions if rank[position] != latest]
        keep = current[0]
        if len(current) > 1:
            self._concerns(keep, current)
        if older:
            self.cases.merged += [(position, keep, REPLACED) for position in older]
            before = max(older, key=lambda position: rank[position])
            self._changed(before, keep)
        return keep

    def _name(self, position: int) -> str:
        """The reference to quote; a long one is no reference but somebody's words."""
        reference: str = self.of["reference"][position]
        return reference if len(reference) <= 30 else "the complaint"

    def _value(self, position: int, name: str) -> Any:
        patched = self.cases.patches.get(position, {})
        return patched[name] if name in patched else self.of[name][position]

    def _changed(self, before: int, after: int) -> None:
        for name in _COMPARED:
            values = self.of[name]
            if before in self.cases.patches or after in self.cases.patches:
                old, new = self._value(before, name), self._value(after, name)
            else:
                old, new = values[before], values[after]
            if old == new:
                continue
            reference = self._name(after)
            said = f"{reference}: {name} {_said(name, old)}, now {_said(name, new)}"
            self.cases.changes.append(said)
            if name == "outcome" and not {old, new} & {"open", "not_recorded"}:
                self.cases.problems.append(
                    Problem(
                        "outcome-changed",
                        f"{reference}: a later export changed the outcome from {OUTCOMES[old]} "
                        f"to {OUTCOMES[new]}; the later one was used.",
                        self.place(before, "outcome"),
                        f"The later one is in {self.place(after, 'outcome')}.",
                    )
                )

    def _concerns(self, keep: int, positions: list[int]) -> None:
        """Several rows of one stage in one export: the same row again, or further concerns."""
        names = ("category", "outcome", "service", "received", "responded")
        seen: dict[tuple[Any, ...], int] = {}
        different: list[int] = []
        for position in positions:
            what = (*(str(self.of[name][position]) for name in names), self.text[position])
            if what in seen:
                self.cases.merged.append((position, seen[what], REPEATED))
                self._note(
                    "row-repeated",
                    position,
                    f"the row of {self._name(position)} stands here again; it is counted once.",
                    f"The first is in row {self.of['row'][seen[what]]}. Delete one of them.",
                )
            else:
                seen[what] = position
                different.append(position)
        if len(different) == 1:
            return
        self.cases.merged += [
            (position, keep, CONCERN) for position in different if position != keep
        ]
        patch = self.cases.patches.setdefault(keep, {})
        patch["text"] = "\n".join(
            dict.fromkeys(self.text[position] for position in different if self.text[position])
        )
        for name in ("learning_recorded", "action_recorded", "extended"):
            patch[name] = any(self.of[name][position] for position in different)
        found = {self.of["outcome"][position] for position in different}
        if len(found) > 1:
            patch["outcome"] = vocabulary.together(found - {"not_recorded"} or found)
            titles = ", ".join(sorted(OUTCOMES[name] for name in found))
            self._note(
                "concerns-differ",
                keep,
                f"the concerns of {self._name(keep)} ended differently ({titles}); "
                f"the complaint is counted as {OUTCOMES[patch['outcome']]}.",
                "If the whole complaint has one outcome, write it in each of its rows.",
                "outcome",
            )
        received = {self.of["received"][p] for p in different} - {None}
        if len(received) > 1:
            self._note(
                "reference-reused",
                different[1],
                f"{self._name(keep)} has rows with different dates received "
                "in one export; they are counted as one complaint.",
                "If they are two complaints, give one of them its own reference.",
                "received",
            )

    def _escalated(self, first: int, chosen: list[tuple[int, int]]) -> None:
        patch = self.cases.patches.setdefault(first, {})
        patch["stage"] = chosen[-1][0]
        patch["escalated"] = True
        texts: list[str] = []
        for _, position in chosen:
            if (
                said := self._value(position, "text")
                if self._patched(position, "text")
                else self.text[position]
            ):
                texts.append(said)
            if self.of["responded"][position] is not None:
                patch["responded"] = self.of["responded"][position]
            outcome = self._value(position, "outcome")
            if outcome not in ("open", "not_recorded"):
                patch["outcome"] = outcome
            for name in ("learning_recorded", "action_recorded", "extended"):
                patch[name] = patch.get(name, False) or self._value(position, name)
            if self.of["remedy"][position]:
                patch["remedy"] = self.of["remedy"][position]
            if not pd.isna(self.of["remedy_amount"][position]):
                patch["remedy_amount"] = self.of["remedy_amount"][position]
        patch["text"] = "\n".join(dict.fromkeys(texts))

    def _patched(self, position: int, name: str) -> bool:
        return name in self.cases.patches.get(position, {})

    def _note(
        self, code: str, position: int, message: str, hint: str, column: str = "reference"
    ) -> None:
        self.cases.problems.append(Problem(code, message, self.place(position, column), hint))


def _said(name: str, value: Any) -> str:
    if name == "outcome":
        return OUTCOMES[value]
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    if not value:
        return "not given"
    return f"'{value}'" if len(str(value)) <= 40 else "other words"
