"""Rows of a register in; which rows are one complaint, and what they come to together, out.

Every row has a reference and a stage. All rows of one reference are one complaint, settled in
three steps:

1. *Later exports.* Of the rows of one stage, those of the latest export stand. Earlier ones are
   replaced, and what changed is told.
2. *Concerns.* Several rows of one stage in one export are either the same row again, counted once,
   or concerns of one complaint: put together, they are what that stage says.
3. *Stages.* The complaint was received when its first stage was. Its answer and outcome are those
   of the last stage that has them.

A row that another stands for is merged, with the reason, so that the rows add up.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import vocabulary
from complaints_learning.check.case_notes import ANSWER, TOLD, Notes
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.records import REPEATED, REPLACED

CONCERN = "a further concern of the same complaint"
LATER_STAGE = "a later stage of the same complaint"

_DIFFERENT = ("category", "outcome", "service", "received", "responded")
"""Rows of one stage that agree in these and in their words are the same row again."""
_REMEDY = ("remedy", "remedy_amount")
_DATES = ("received", "acknowledged", "due")
_FLAGS = ("learning_recorded", "action_recorded", "extended")
_WORDS = ("text", "learning")

Says = dict[str, Any]
"""Values by column that several rows come to together; each row's own stand where it has none."""


@dataclass(slots=True)
class Cases:
    """What came of the rows. A row is named by its position in the frame.

    `complaints` and `stages` are the rows that stand for a complaint and for a stage.
    `stage_says` is what a stage of several concerns comes to, `complaint_says` what a complaint
    of several stages does, by the row that stands for it. `merged` are the other rows: the row,
    the row that stands for it, and why.
    """

    complaints: list[int] = field(default_factory=list)
    stages: list[int] = field(default_factory=list)
    stage_says: dict[int, Says] = field(default_factory=dict)
    complaint_says: dict[int, Says] = field(default_factory=dict)
    merged: list[tuple[int, int, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def superseded(self) -> Counter[str]:
        """How many rows were merged, by reason."""
        return Counter(why for _, _, why in self.merged)


def settled(
    rows: pd.DataFrame,
    key: Sequence[str],
    text: Sequence[str],
    place: Callable[[int, str], Place],
) -> Cases:
    """Settle which rows are one complaint. `rows` is as `later_stages.unfolded` gives it.

    `key` is each row's reference to compare, `text` what it says, `place` the address of a row's
    cell. A row whose key stands alone is a complaint as it is; the others are looked at one by one.
    """
    codes, _ = pd.factorize(np.asarray(key, dtype=object))
    counts = np.bincount(codes) if len(codes) else np.array([], dtype=int)
    alone = counts[codes] == 1 if len(codes) else np.array([], dtype=bool)
    same: dict[int, list[int]] = defaultdict(list)
    for position in np.flatnonzero(~alone):
        same[int(codes[position])].append(int(position))
    cases = Cases()
    if same:
        together = _Together(rows, text, place, cases)
        for positions in same.values():
            together.complaint(positions)
    keep = np.flatnonzero(alone).tolist()
    cases.complaints = sorted([*keep, *cases.complaints])
    cases.stages = sorted([*keep, *cases.stages])
    return cases


class _Together:
    """The rows as plain values (one by one, numpy's are slow), and the cases they are put into."""

    def __init__(
        self,
        rows: pd.DataFrame,
        text: Sequence[str],
        place: Callable[[int, str], Place],
        cases: Cases,
    ) -> None:
        self.cases = cases
        self.concerns: dict[int, list[int]] = {}
        """The rows of a stage's concerns, by the one that stands for it."""
        self.of: dict[str, Sequence[Any]] = {"text": text}
        for name in (
            *(*TOLD, *_DATES, *_FLAGS, "learning", "category", "remedy", "remedy_amount"),
            *("reference", "row", "record", "rank", "stage", "furthest", "in_columns"),
        ):
            # of dates, None is easier to ask than NaT
            dates = rows[name].dtype.kind == "M"
            self.of[name] = rows[name].to_numpy().tolist() if dates else rows[name].tolist()
        self.notes = Notes(self.of, place, cases.problems, cases.changes)

    def complaint(self, positions: list[int]) -> None:
        """Settle all rows of one reference."""
        by_stage: dict[int, list[int]] = defaultdict(list)
        for position in positions:
            by_stage[self.of["stage"][position]].append(position)
        replaced: set[int] = set()
        stages: list[int] = []
        for stage, found in sorted(by_stage.items()):
            if all(self._went(position, replaced) for position in found):
                self.notes.gone(found[0], stage)
            else:
                whole = "the complaint" if len(by_stage) == 1 else f"its stage {stage}"
                stages.append(self._stage(found, replaced, whole))
        first = stages[0]
        self.cases.complaints.append(first)
        self.cases.stages += stages
        for later in stages[1:]:
            self._merge(later, first, LATER_STAGE)
        if len(stages) > 1:
            self.cases.complaint_says[first] = self._whole(stages)

    def _went(self, position: int, replaced: set[int]) -> bool:
        """Whether a stage in columns of a row went with the row, which a later export replaced."""
        return self.of["in_columns"][position] > 0 and self.of["record"][position] in replaced

    def _stage(self, positions: list[int], replaced: set[int], whole: str) -> int:
        """The row that stands for one stage of one complaint, which messages call `whole`.

        Rows of the register that a later export replaced are added to `replaced`.
        """
        if len(positions) == 1:
            return positions[0]
        rank = self.of["rank"]
        exports = sorted({rank[position] for position in positions})
        current = [position for position in positions if rank[position] == exports[-1]]
        older = [position for position in positions if rank[position] != exports[-1]]
        concerns = self._different(current)
        keep = concerns[0]
        if len(concerns) > 1:
            self.concerns[keep] = concerns
            self.cases.stage_says[keep] = self._joined(concerns)
            outcome = self.cases.stage_says[keep]["outcome"]
            self.notes.outcomes(keep, whole, self._outcomes(concerns), outcome)
            self.notes.payments(keep, self._amounts(concerns))
            self.notes.dates(concerns)
        for position in concerns[1:]:
            self._merge(position, keep, CONCERN)
        for position in older:
            self._merge(position, keep, REPLACED)
            replaced.add(self.of["record"][position])
        if older:
            before = [position for position in older if rank[position] == exports[-2]]
            was = self._joined(before) if len(before) > 1 else {}
            self.notes.changed(before[0], was, keep, partial(self._said, keep))
        return keep

    def _different(self, positions: list[int]) -> list[int]:
        """The rows of one stage in one export without those that say the same again."""
        seen: dict[tuple[Any, ...], int] = {}
        for position in positions:
            what = (*(str(self.of[name][position]) for name in (*_DIFFERENT, "text")),)
            if what not in seen:
                seen[what] = position
                continue
            self._merge(position, seen[what], REPEATED)
            self.notes.repeated(position, seen[what])
        return list(seen.values())

    def _joined(self, positions: list[int]) -> Says:
        """What the concerns of one stage come to: it is answered when the last of them is."""
        of, outcomes = self.of, self._outcomes(positions)
        outcome = vocabulary.together(outcomes - {"not_recorded"} or outcomes)
        answers = [of["responded"][p] for p in positions if of["responded"][p]]
        return {
            "outcome": outcome,
            "responded": None if outcome == "open" else max(answers, default=None),
            **{name: _first(of[name][p] for p in positions) for name in (*_DATES, "remedy")},
            "remedy_amount": self._paid(positions),
            **{name: any(of[name][p] for p in positions) for name in _FLAGS},
            **{name: _lines(of[name][p] for p in positions) for name in _WORDS},
        }

    def _outcomes(self, positions: list[int]) -> set[str]:
        """How the concerns ended. A row with no date and no outcome only says what they were."""
        of = self.of
        dated = [bool(of["received"][p] or of["responded"][p]) for p in positions]
        ended = [of["outcome"][position] for position in positions]
        return {
            outcome
            for outcome, given in zip(ended, dated, strict=True)
            if given or outcome != "open"
        } or {"open"}

    def _paid(self, positions: list[int]) -> float:
        """The sum of the different amounts: one that stands in every row was paid once."""
        return sum(self._amounts(positions)) if self._amounts(positions) else float("nan")

    def _amounts(self, positions: list[int]) -> list[float]:
        amounts = [self.of["remedy_amount"][position] for position in positions]
        return list(dict.fromkeys(amount for amount in amounts if not pd.isna(amount)))

    def _whole(self, stages: list[int]) -> Says:
        """What a complaint of several stages comes to: each later stage goes before an earlier.

        Words and remedies are the whole row's, so columns of a later stage have none of their own.
        """
        rows = [position for position in stages if not self.of["in_columns"][position]]
        said = [position for stage in rows for position in self.concerns.get(stage, [stage])]
        says: Says = {
            "stage": max(self.of[name][p] for name in ("furthest", "stage") for p in stages),
            "escalated": True,
            **{name: any(self._said(p, name) for p in stages) for name in _FLAGS},
            **{name: _lines(self.of[name][p] for p in said) for name in _WORDS},
        }
        for position in stages:
            for name in (*ANSWER, *(_REMEDY if position in rows else ())):
                value = self._said(position, name)
                if not pd.isna(value) and value not in ("", "open", "not_recorded"):
                    says[name] = value
        return says

    def _said(self, position: int, name: str) -> Any:
        """What a stage says: its concerns together, or its one row."""
        says = self.cases.stage_says.get(position, {})
        return says[name] if name in says else self.of[name][position]

    def _merge(self, position: int, into: int, why: str) -> None:
        """Account for a row. A stage in columns of another row is no row of the register."""
        if not self.of["in_columns"][position]:
            self.cases.merged.append((position, into, why))


def _first(values: Any) -> Any:
    """The first value given, or the empty one that stands where none is."""
    listed = list(values)
    return next((value for value in listed if value), listed[0])


def _lines(values: Any) -> str:
    """Every different text on a line of its own."""
    return "\n".join(dict.fromkeys(value for value in values if value))
