"""Stages of complaints in; the same with how long each took against its own clock out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from complaints_learning.measure import counting, working_days
from complaints_learning.measure.counting import Coded, Rule, Table, where
from complaints_learning.measure.headline import COMPLAINT
from complaints_learning.measure.prepare import Prepared, timed
from complaints_learning.nouns.records import PROCEDURES
from complaints_learning.nouns.settings import Clock, Timeliness

Column = np.ndarray[Any, Any]
_ENDED = ("withdrawn", "refused")
_NO_ANSWER = ("open", "", *_ENDED)


class Timed(Struct, frozen=True):
    """A stage of a procedure and the clock it runs by."""

    procedure: str
    stage: int
    clock: Clock

    @property
    def stem(self) -> str:
        """The start of its figures' names."""
        return f"timely.{self.procedure}.stage_{self.stage}"

    @property
    def title(self) -> str:
        """Statutory, stage 1."""
        return f"{PROCEDURES[self.procedure]}, stage {self.stage}"

    @property
    def rule(self) -> Rule:
        """The stages it is about."""
        return at(self.procedure, self.stage)


def at(procedure: str, stage: int) -> Rule:
    """The stages of complaints that are this one of this procedure."""
    return (COMPLAINT, where("procedure", procedure), where("stage", stage))


def all_of(settings: Timeliness) -> tuple[Timed, ...]:
    """Every procedure and stage that has a clock."""
    return (
        Timed("statutory", 1, settings.statutory_1),
        Timed("statutory", 2, settings.statutory_2),
        Timed("statutory", 3, settings.statutory_3),
        Timed("corporate", 1, settings.corporate_1),
        Timed("corporate", 2, settings.corporate_2),
    )


@dataclass
class Stages:
    """The stages with what is derived from their dates; computed once, when first asked for.

    `state`: answered, open, ended (withdrawn or not accepted), or unmeasured (an answer without
    its date, or a date missing or before the start). `band` says where the answer, or an open
    stage's age on the report's day, falls on the clock. `acknowledgement` is in time, late or of no
    known date.
    """

    prepared: Prepared

    @cached_property
    def table(self) -> Table:
        """The stages as rows to count."""
        derived: dict[str, Callable[[], Coded]] = {
            **timed(self._dates, self.prepared.period, self.prepared.settings),
            "kind": lambda: self.prepared.of_complaint("kind", self.frame["reference"]),
            "state": lambda: counting.of_choices(
                self._state, ("answered", "open", "ended", "unmeasured")
            ),
            "band": lambda: counting.of_choices(
                self._band, ("within_limit", "within_extension", "over", "none")
            ),
            "on_time": lambda: counting.of_flags(self._on_time),
            "acknowledgement": lambda: counting.of_choices(
                self._acknowledgement, ("in_time", "late", "none")
            ),
        }
        return counting.of_frame("stages", self.frame, derived)

    @cached_property
    def _dates(self) -> pd.Series[Any]:
        """What puts each stage in a period. An open one has no answer yet to do it by: it is
        open on the day the report speaks for, so it stands in the report's own period.
        """
        dates = self.frame[self.prepared.settings.periods.counts_by]
        waiting = self.prepared.unanswered(self._state == 1)
        if waiting is None:
            return dates
        return dates.mask(waiting, pd.Timestamp(self.prepared.period.end))

    @cached_property
    def frame(self) -> pd.DataFrame:
        return self.prepared.checked.frames["stages"]

    @cached_property
    def taken(self) -> Column:
        """Working days to the answer, or until now for an open stage; -1 when unknown."""
        responded = _days(self.frame["responded"])
        until = np.where(np.isnat(responded), np.datetime64(self.prepared.day), responded)
        return working_days.between(self._limits[2], until)

    @cached_property
    def _state(self) -> Column:
        answered = ~np.isnat(_days(self.frame["responded"]))
        ended = counting.is_in(self.frame["outcome"], _ENDED)
        silent = counting.is_in(self.frame["outcome"], _NO_ANSWER, missing=True)
        measured, waiting = answered & (self.taken >= 0), ~answered & silent
        return np.select([ended, measured, waiting], [2, 0, 1], default=3).astype(np.int8)

    @cached_property
    def _band(self) -> Column:
        limit, extended, _ = self._limits
        found = [self.taken < 0, self.taken <= limit, self.taken <= extended]
        return np.select(found, [3, 0, 1], default=2).astype(np.int8)

    @cached_property
    def _on_time(self) -> Column:
        longer = self.frame["extended"].to_numpy(dtype=bool)
        return np.asarray((self._band == 0) | ((self._band == 1) & longer))

    @cached_property
    def _acknowledgement(self) -> Column:
        taken = working_days.between(self.frame["received"], self.frame["acknowledged"])
        limit = self.prepared.settings.timeliness.acknowledge
        return np.select([taken < 0, taken <= limit], [2, 0], default=1).astype(np.int8)

    @cached_property
    def _limits(self) -> tuple[Column, Column, Column]:
        """Each row's working days, its days when extended, and the day its clock started."""
        size = len(self.frame)
        limit, extended = np.full(size, 10, np.int16), np.full(size, 20, np.int16)
        starts, acknowledged = _days(self.frame["received"]), _days(self.frame["acknowledged"])
        stages = self.frame["stage"].to_numpy()
        for one in all_of(self.prepared.settings.timeliness):
            rows = counting.is_in(self.frame["procedure"], (one.procedure,)) & (stages == one.stage)
            limit[rows], extended[rows] = one.clock.days, one.clock.extended
            if one.clock.starts == "acknowledged":
                dated = rows & ~np.isnat(acknowledged)
                starts = np.where(dated, acknowledged, starts)
        return limit, extended, starts


def _days(series: pd.Series[Any]) -> Column:
    return np.asarray(series.to_numpy().astype("datetime64[D]"))
