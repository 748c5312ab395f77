"""A linear system laid out for the search in `walks`, and what hiding each variable loses."""

from __future__ import annotations

from math import inf, log2

from msgspec import Struct

from complaints_learning.protect.links import System


class Target(Struct, frozen=True):
    """One sensitive quantity: variable `at`, or what is left of `whole` without it.

    It is safe when its possible values span `width` and reach `reach`.
    """

    at: int
    width: float
    reach: float
    whole: int = -1

    def true(self, values: tuple[float, ...]) -> float:
        """The quantity itself."""
        return values[self.at] if self.whole < 0 else values[self.whole] - values[self.at]

    def safe(self, values: tuple[float, ...], up: float, down: float) -> bool:
        """Whether it is, when it may be `up` more and `down` less than it is."""
        return up + down >= self.width and self.true(values) + up >= self.reach


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

    def beside(self, variables: set[int]) -> set[int]:
        """All that stand with these in a link, or are a whole or a part of one of them."""
        linked = {link for v in variables for link, _ in self.links_of[v]}
        near = {v for link in linked for v, _ in self.system.links[link]}
        return near | {w for v in variables for w in (*self.wholes_of[v], *self.parts_of[v])}


def costs(system: System) -> list[float]:
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
    return found
