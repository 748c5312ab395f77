"""Complaints whose themes a person decided in; how many, how often words agree, and whether two
years can be compared by theme, out."""

from __future__ import annotations

from complaints_learning.measure.counting import Rule, where
from complaints_learning.measure.ledger import Ledger, Scope
from complaints_learning.measure.prepare import Prepared

UNLIKE = 0.2
"""Years of which people decided shares further apart than this are not compared by theme."""
ENOUGH_DECIDED = 40
"""Decisions from which on a report says how often the words alone agree with them."""


def count(
    ledger: Ledger, prepared: Prepared, scope: Scope, stem: str, rule: Rule, whole: str
) -> None:
    """Add `confirmed.STEM`, and how often words alone agree where enough were decided."""
    if "confirmed" not in prepared.checked.frames["complaints"]:
        return
    ledger.count(
        scope,
        f"confirmed.{stem}",
        prepared.complaints,
        (*rule, where("confirmed", True)),
        f"Complaints {whole} {{when}} whose themes a person decided",
        of=stem,
    )
    _agreement(ledger, prepared, scope, stem, rule, whole)


def alike(ledger: Ledger) -> bool:
    """Whether people decided about as many of the year's upheld complaints as of the year before's.

    Words find other complaints than people do, so a theme that people decided this year and
    words found last year may seem to rise or fall when nothing changed.
    """
    shares = []
    for stem in ("confirmed.upheld_or_partly", "previous.confirmed.upheld_or_partly"):
        figure = ledger.figures.get(stem)
        if figure is None or not figure.of:
            return True
        shares.append((figure.value or 0) / figure.of)
    return near(*shares)


def near(one: float, other: float) -> bool:
    """Whether two shares of complaints that people decided are near enough to compare themes.

    >>> near(0.9, 0.8), near(0.9, 0.0)
    (True, False)
    """
    return abs(one - other) <= UNLIKE


def _agreement(
    ledger: Ledger, prepared: Prepared, scope: Scope, stem: str, rule: Rule, whole: str
) -> None:
    """How often the words alone had the main theme that a person decided, where enough were."""
    decided = f"confirmed.{stem}"
    if (ledger.value(scope.name(decided)) or 0) < ENOUGH_DECIDED:
        return
    for name, value, said in (
        ("same", True, "the words alone have it"),
        ("changed", False, "the words alone do not have it"),
    ):
        ledger.count(
            scope,
            f"confirmed.{name}.{stem}",
            prepared.complaints,
            (*rule, where("confirmed", True), where("agreed", value)),
            f"Complaints {whole} {{when}} whose main theme a person decided as {said}",
            of=decided,
        )
    parts = [f"confirmed.{name}.{stem}" for name in ("same", "changed")]
    ledger.adds_up(scope.name(decided), map(scope.name, parts))
