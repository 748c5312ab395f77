"""Findings and a limit in; which figures are too small to show, before anything is linked."""

from __future__ import annotations

from collections.abc import Mapping

from complaints_learning.nouns.findings import Figure
from complaints_learning.protect.ground import Target
from complaints_learning.protect.links import System

_SHARE = 0.2


def targets(system: System, figures: Mapping[str, Figure], limit: int) -> list[Target]:
    """Every sensitive quantity: counts of 1 to `limit`, remainders of 1 to `limit`, thin averages.

    A remainder is what 'of how many' leaves: 17 of 19 also says 2. An average, rate or sum of
    money that rests on 1 to `limit` cases, or fewer than it needs, is hidden to within a fifth of
    its size.
    """
    found = [
        Target(at, width=limit, reach=limit + 1)
        for at in sorted(system.people)
        if 1 <= system.values[at] <= limit
    ]
    for part, whole in system.pairs:
        left = system.values[whole] - system.values[part]
        shown = system.values[part] > limit and part in system.people
        if shown and 1 <= left <= limit:
            found.append(Target(part, width=limit, reach=limit + 1, whole=whole))
    for name, figure in figures.items():
        if is_thin(figure, limit):
            at = system.index[name]
            size = max(1.0, _SHARE * abs(system.values[at]))
            # a change may be below nothing, and need not be able to rise above it
            found.append(Target(at, width=size, reach=min(0, system.values[at])))
    return list(dict.fromkeys(found))


def is_thin(figure: Figure, limit: int) -> bool:
    """Whether a median, rate, mean or sum of money rests on too few cases."""
    if figure.value is None or figure.base is None:
        return False
    return 1 <= figure.base <= max(limit, figure.needs - 1)
