"""What every measure works from, and what a measure is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from complaints_learning.measure.ledger import Ledger, Scope

if TYPE_CHECKING:
    from complaints_learning.measure.actions import Actions
    from complaints_learning.measure.assurance import Assurance
    from complaints_learning.measure.clocks import Stages
    from complaints_learning.measure.coverage import Coverage
    from complaints_learning.measure.monitoring import Forms
    from complaints_learning.measure.prepare import Prepared
    from complaints_learning.nouns.themes import Theme


class Given(Struct, frozen=True):
    """The ledger to write in, the tables to count, the themes in report order, and the two
    periods: `now` and the same stretch a year `before`. `covered` are the months with data."""

    ledger: Ledger
    prepared: Prepared
    themes: list[Theme]
    stages: Stages
    forms: Forms
    actions: Actions
    assurance: Assurance
    covered: Coverage
    now: Scope
    before: Scope


def _nothing(*_: object) -> None:
    """What a measure does at a step that it has no part in."""


class Measure(Struct, frozen=True):
    """One measure, in up to three steps; each step of all measures comes before the next.

    `count` is asked for each of the two periods, so that both are counted by one rule. `add` is
    asked once, when all is counted. `lay_out` makes tables and charts of what was found.
    """

    count: Callable[[Given, Scope], None] = _nothing
    add: Callable[[Given], None] = _nothing
    lay_out: Callable[[Given], None] = _nothing
