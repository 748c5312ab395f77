"""A linear system laid out for the search in `hide`, and what hiding each variable loses."""

from __future__ import annotations

from math import inf, log2

from complaints_learning.protect.links import System


class Ground:
    """A system laid out for walking: what touches each variable, and what hiding it costs."""

    def __init__(self, system: System, cost: list[float]) -> None:
        values, least = system.values, system.least
        self.system, self.cost = system, cost
        self.links_of: list[list[tuple[int, int]]] = [[] for _ in values]
        self.wholes_of: list[list[int]] = [[] for _ in values]
        self.parts_of: list[list[int]] = [[] for _ in values]
        for number, link in enumerate(system.links):
            for variable, sign in link:
                self.links_of[variable].append((number, sign))
        for part, whole in system.pairs:
            self.wholes_of[part].append(whole)
            self.parts_of[whole].append(part)
        self.movable = {v for v, value in enumerate(values) if value >= least[v] and cost[v] < inf}


def costs(system: System, fixed: frozenset[str] = frozenset()) -> list[float]:
    """What hiding each variable loses: more for totals, denominators and large numbers."""
    found = [1 + log2(1 + abs(value)) / 8 for value in system.values]
    for link in system.links:
        for variable, sign in link:
            if sign < 0:
                found[variable] += 0.5
    for _, whole in system.pairs:
        found[whole] += 0.25
    for variable, names in enumerate(system.names):
        found[variable] += 0.25 * (len(names) - 1)
        if not fixed.isdisjoint(names):
            found[variable] = inf
    return found
