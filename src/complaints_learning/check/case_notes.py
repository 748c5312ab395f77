"""What a person should know of the rows of one complaint: problems and changes noted, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.records import OUTCOMES

ANSWER = ("responded", "outcome")
TOLD = ("outcome", "received", "responded", "procedure", "service")
"""What is told when a later export changes it; of a stage in columns its ANSWER alone."""


class Notes(Struct, frozen=True):
    """Adds to `problems` and `changes`. `of` has the rows' values by column; a row is its place."""

    of: Mapping[str, Sequence[Any]]
    place: Callable[[int, str], Place]
    problems: list[Problem]
    changes: list[str]

    def repeated(self, position: int, first: int) -> None:
        """The same row again, unless both are a stage in columns of other rows."""
        if not self.of["in_columns"][position]:
            self._note(
                "row-repeated",
                position,
                f"the row of {self._name(position)} stands here again; it is counted once.",
                f"The first is in row {self.of['row'][first]}. Delete one of them.",
            )

    def gone(self, position: int, stage: int) -> None:
        """A later export has the complaint without this stage."""
        self.changes.append(f"{self._name(position)}: stage {stage} recorded, now not recorded")

    def outcomes(self, keep: int, whole: str, ended: set[str], joined: str) -> None:
        """Concerns that ended differently: what `whole` of the complaint is counted as."""
        if len(ended) > 1:
            titles = ", ".join(sorted(OUTCOMES[outcome] for outcome in ended))
            self._note(
                "concerns-differ",
                keep,
                f"the concerns of {self._name(keep)} ended differently ({titles}); "
                f"{whole} is counted as {OUTCOMES[joined]}.",
                "If the whole complaint has one outcome, write it in each of its rows.",
                "outcome",
            )

    def payments(self, keep: int, amounts: Sequence[float]) -> None:
        """Concerns with different amounts paid, which are added up."""
        if len(amounts) > 1:
            self._note(
                "remedies-added",
                keep,
                f"the concerns of {self._name(keep)} have different amounts paid; they are added "
                f"up to £{sum(amounts):,.2f}.",
                "If one of them is the sum already, delete the others.",
                "remedy_amount",
            )

    def dates(self, concerns: Sequence[int]) -> None:
        """Concerns received on different days, which may be two complaints."""
        received = {self.of["received"][position] for position in concerns} - {None}
        if len(received) > 1 and not self.of["in_columns"][concerns[0]]:
            self._note(
                "reference-reused",
                concerns[1],
                f"{self._name(concerns[0])} has rows with different dates received "
                "in one export; they are counted as one complaint.",
                "If they are two complaints, give one of them its own reference.",
                "received",
            )

    def changed(
        self, before: int, was: Mapping[str, Any], after: int, said: Callable[[str], Any]
    ) -> None:
        """What a later export changed: `before` or what several rows came to then, `said` now."""
        reference, stage = self._name(after), self.of["in_columns"][after]
        for name in ANSWER if stage else TOLD:
            old, new = was.get(name, self.of[name][before]), said(name)
            if old == new:
                continue
            what = f"stage {stage} {name}" if stage else name
            changed = f"{_shown(name, old)}, now {_shown(name, new)}"
            # anything may be typed where a service belongs, a name too
            self.changes.append(
                f"{reference}: {what} {'changed' if name == 'service' else changed}"
            )
            if name == "outcome" and not {old, new} & {"open", "not_recorded"}:
                self._note(
                    "outcome-changed",
                    before,
                    f"{reference}: a later export changed the outcome from {OUTCOMES[old]} "
                    f"to {OUTCOMES[new]}; the later one was used.",
                    f"The later one is in {self.place(after, 'outcome')}.",
                    "outcome",
                )

    def _name(self, position: int) -> str:
        """The reference to quote; a long one is no reference but somebody's words."""
        reference: str = self.of["reference"][position]
        return reference if len(reference) <= 30 else "the complaint"

    def _note(
        self, code: str, position: int, message: str, hint: str, column: str = "reference"
    ) -> None:
        self.problems.append(Problem(code, message, self.place(position, column), hint))


def _shown(name: str, value: Any) -> str:
    if name == "outcome":
        return OUTCOMES[value]
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y}"
    return f"'{value}'" if value else "not given"
