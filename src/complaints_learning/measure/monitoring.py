"""Monitoring forms and complaints in; each complaint with what its forms say, out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.measure import counting, working_days
from complaints_learning.measure.counting import Coded, Table
from complaints_learning.measure.prepare import Prepared, timed

Column = np.ndarray[Any, Any]
SHARED = (
    ("shared_supervision", "shared with the practitioner in supervision"),
    ("shared_cpp", "shared with the practice team"),
)
"""Where learning is passed on: the form's column and its words."""


@dataclass
class Forms:
    """Complaints by the day they were answered, with what their forms say; and the forms."""

    prepared: Prepared

    @cached_property
    def due(self) -> Table:
        """Complaints; `period`, `month` and `quarter` here are those of the answer."""
        prepared, frame = self.prepared, self.prepared.checked.frames["complaints"]
        derived: dict[str, Callable[[], Coded]] = {
            **timed(frame["responded"], prepared.period, prepared.settings),
            "form": lambda: counting.of_choices(
                np.minimum(self._forms_of_complaint, 2), ("none", "one", "several")
            ),
            "said": lambda: counting.of_choices(self._said, ("learning", "none", "nothing")),
        }
        for column, _ in SHARED:
            derived[column] = self._sharing(column)
        return counting.of_frame("answered", frame, derived)

    @cached_property
    def with_learning(self) -> Table:
        """Complaints by the period's own date, with whether register or form record learning."""
        whole = self.prepared.complaints
        register = self.prepared.checked.frames["complaints"]["learning_recorded"]
        learning = self.learning | register.to_numpy(dtype=bool)

        def coded(column: str) -> Coded:
            return counting.of_flags(learning) if column == "learning" else whole.column(column)

        return Table("learning", whole.size, coded)

    @cached_property
    def table(self) -> Table:
        """The forms themselves, by the day each was completed."""
        prepared = self.prepared
        when = timed(self.frame["completed"], prepared.period, prepared.settings)
        suggested = self.frame["nearest"].fillna("").to_numpy() != ""
        return counting.of_frame(
            "forms", self.frame, {**when, "suggested": lambda: counting.of_flags(suggested)}
        )

    @cached_property
    def frame(self) -> pd.DataFrame:
        return self.prepared.checked.frames["forms"]

    @property
    def supplied(self) -> bool:
        """Whether anybody gave forms, even a file with none."""
        return bool(len(self.frame)) or "monitoring" in self.prepared.checked.supplied

    @cached_property
    def _complaint(self) -> Column:
        """The position of each form's complaint, -1 when it matches none."""
        matched = self.frame["matched"].to_numpy(dtype=bool)
        return np.where(matched, self.prepared.places(self.frame["reference"]), -1)

    def complaints_with(self, forms: Column) -> Column:
        """Whether each complaint has one of the forms that `forms` marks."""
        flags = np.zeros(self.prepared.complaints.size, dtype=bool)
        flags[self._complaint[forms & (self._complaint >= 0)]] = True
        return flags

    @cached_property
    def _forms_of_complaint(self) -> Column:
        known = self._complaint[self._complaint >= 0]
        return np.bincount(known, minlength=self.prepared.complaints.size)

    @cached_property
    def learning(self) -> Column:
        """Whether some form of each complaint records learning."""
        return self.complaints_with(self.frame["learning_recorded"].to_numpy(dtype=bool))

    @cached_property
    def _said(self) -> Column:
        none = self.complaints_with(self.frame["learning_none"].to_numpy(dtype=bool))
        return np.select([self.learning, none], [0, 1], default=2).astype(np.int8)

    def _sharing(self, column: str) -> Callable[[], Coded]:
        def coded() -> Coded:
            values = self.frame[column].astype("object").to_numpy()
            yes, no = (self.complaints_with(values == said) for said in ("yes", "no"))
            codes = np.select([yes, no], [0, 1], default=2).astype(np.int8)
            return counting.of_choices(codes, ("yes", "no", "not_said"))

        return coded

    def days_to_form(self, complaints: Column) -> Column:
        """Working days from the answer to the first form, of those of `complaints` with dates."""
        if not len(complaints):
            return np.array([], dtype=np.int64)
        answered = self.prepared.checked.frames["complaints"]["responded"].to_numpy()
        wanted = np.isin(self._complaint, complaints)
        places = self._complaint[wanted]
        taken = working_days.between(answered[places], self.frame["completed"].to_numpy()[wanted])
        known = taken >= 0
        first = pd.Series(taken[known]).groupby(places[known]).min()
        return first.to_numpy()
