"""A linear system and its small numbers in; which variables to hide so that none comes back.

This is secondary suppression. A hidden small number is safe when a reader who knows everything
shown, every link, and that no zero is ever hidden, must still allow it at least `limit` different
steps: from 1 to 5 for a limit of 4. Then nothing says that it is small, let alone which it is.

1. For each small number, smallest first, look for *witnesses*: walks over hidden figures (see
   `walks`) that take it up and down. Each proves a value that the reader must allow.
2. While they do not take it far enough, hide the figures on the cheapest walk that may pass
   through shown ones. No witness is lost by hiding more, so one round over all of them is enough.
3. Show again what no witness needs, and go round each figure where that loses less.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from complaints_learning.protect.ground import Ground, Target, costs
from complaints_learning.protect.links import System
from complaints_learning.protect.walks import Allowed, Moves, Walks, gain

_EFFORT = 8000
"""Tries of all walks after which no more figures are gone round."""


def secondary(system: System, small: Iterable[int], targets: Iterable[Target]) -> set[int]:
    """All variables to hide: the `small` ones, and those from which `targets` could be told."""
    first = set(small)
    ground = Ground(system, costs(system))
    ordered = sorted(targets, key=lambda t: (system.values[t.at], t.at, t.whole))
    hider = Hider(ground, set(first))
    safe = [target for target in ordered if hider.protect(target)]
    slimmer = _Slimmer(ground, first, first | (hider.hidden & hider.witnesses.moved), safe)
    slimmer.go_round_each()
    if len(safe) < len(ordered):  # the search gave up, which is no proof: hide all that it tried
        return slimmer.needed() | hider.hidden
    return slimmer.needed()


class Witnesses:
    """How far from its value each quantity was seen to go, and what `moved` on the way."""

    def __init__(self, values: tuple[float, ...]) -> None:
        self.values = values
        self.low: dict[int, float] = {}
        self.high: dict[int, float] = {}
        self.far: dict[tuple[Target, int], float] = {}
        self.moved: set[int] = set()

    def of(self, target: Target) -> tuple[float, float]:
        """How far up and down the target was seen to go, whichever target was looked at."""
        if target.whole >= 0:
            return self.far.get((target, +1), 0), self.far.get((target, -1), 0)
        at, value = target.at, self.values[target.at]
        return self.high.get(at, value) - value, value - self.low.get(at, value)

    def add(
        self, target: Target, way: int, far: float, thought: list[float], touched: Iterable[int]
    ) -> None:
        """Remember a walk of one target: it says something of every variable that it touched."""
        self.far[target, way] = max(far, self.far.get((target, way), 0))
        for variable in touched:
            value = thought[variable]
            self.high[variable] = max(self.high.get(variable, value), value)
            self.low[variable] = min(self.low.get(variable, value), value)
            self.moved.add(variable)


class Hider:
    """What is hidden so far, and the witnesses found.

    One figure may have to stay `shown`, and what one walk newly hides to cost at most `budget`.
    """

    def __init__(self, ground: Ground, hidden: set[int]) -> None:
        self.ground, self.hidden = ground, hidden
        self.walks = Walks(ground)
        self.shown, self.budget = -1, inf
        self.attempts: dict[Target, int] = {}
        self.forget()

    def forget(self) -> None:
        """Forget all witnesses, to look at a target alone."""
        self.witnesses = Witnesses(self.ground.system.values)

    def protect(self, target: Target) -> bool:
        """Hide what must be hidden for one target; False when nothing more could be hidden."""
        values = self.ground.system.values
        before: tuple[float, float, int] | None = None
        while True:
            up, down = self.witnesses.of(target)
            if not target.safe(values, up, down):
                up = self._reach(target, +1, up)
            if not target.safe(values, up, down):
                down = self._reach(target, -1, down)
            if target.safe(values, up, down):
                return True
            now = (up, down, len(self.hidden))
            if now == before and not self._hide_near(target):
                return False  # what was hidden last led nowhere, and nothing is left to hide
            before = now
            if not self._widen(target, up, down):
                return False

    def _reach(self, target: Target, way: int, seen: float) -> float:
        """How far the target can go one way over hidden variables alone; `seen` is known."""
        allowed, touched = self._allowed(self.hidden), set[int]()
        far: float = 0
        while far < target.width:
            moves = self.walks.cheapest(target, way, 1, allowed)
            if moves is None:
                break
            each = gain(target, way, moves)
            times = min(self.walks.times(moves), -(-(target.width - far) // each))
            self.walks.go(moves, times)
            touched.update(moves)
            far += times * each
        self._witnessed(target, way, far, touched)
        return max(far, seen)

    def _widen(self, target: Target, up: float, down: float) -> bool:
        """Hide what stands in the cheapest way that takes the target further, up or down."""
        wanted = max(1, target.width - up - down)
        for steps in dict.fromkeys((wanted, 1)):
            found: list[tuple[float, int, float, Moves]] = []
            for way, seen in ((+1, up), (-1, down)):
                far = steps + seen
                moves = self.walks.cheapest(target, way, far, self._allowed(self.ground.movable))
                if moves is not None and min(far, self.walks.times(moves)) > seen:
                    found.append((self._price(moves), -way, far, moves))
            if found:
                _, back, far, moves = min(found, key=lambda walk: walk[:2])
                self.hidden.update(moves)
                times = min(far, self.walks.times(moves))
                self.walks.go(moves, times)
                self._witnessed(target, -back, times * gain(target, -back, moves), moves)
                return True
        return self.budget == inf and self._hide_near(target)

    def _hide_near(self, target: Target) -> bool:
        """No walk was found: hide the cheapest neighbour, or a neighbour's neighbour.

        The longer that takes, the bolder: from the fifth attempt on two, four, eight at once.
        """
        edge = {target.at} | ({target.whole} if target.whole >= 0 else set())
        known = set(edge)
        while edge:
            near = self.ground.beside(edge)
            fresh = sorted(
                (near & self.ground.movable) - self.hidden - {self.shown},
                key=lambda v: (self.ground.cost[v], v),
            )
            if fresh:
                self.attempts[target] = tried = self.attempts.get(target, 0) + 1
                more = fresh[: 2 ** max(0, tried - 4)]
                self.hidden.update(more)
                self.witnesses.moved.update(more)
                return True
            edge = {v for v in near - known if v in self.hidden}
            known |= near
        return False

    def _allowed(self, usable: set[int]) -> Allowed:
        return Allowed(self.hidden, usable, self.shown, self.budget)

    def _price(self, moves: Moves) -> float:
        return sum(self.ground.cost[v] for v in moves if v not in self.hidden)

    def _witnessed(self, target: Target, way: int, far: float, touched: Iterable[int]) -> None:
        """Remember where the walks led, and go back to the true numbers."""
        self.witnesses.add(target, way, far, self.walks.thought, touched)
        self.walks.back(touched)


class _Slimmer:
    """Which further figures the witnesses of all targets need; fewer or cheaper, where they can.

    `needs` are the figures that a target's own witnesses move, besides the `first` ones, which
    stay hidden; `users` the targets that need a figure.
    """

    def __init__(
        self, ground: Ground, first: set[int], hidden: set[int], targets: list[Target]
    ) -> None:
        self.cost, self.first = ground.cost, first
        self.hider = Hider(ground, hidden)
        self.needs: dict[Target, set[int]] = {}
        self.users: dict[int, dict[Target, None]] = {v: {} for v in hidden - first}
        for target in targets:
            self._find(target)

    def needed(self) -> set[int]:
        """The least that must be hidden, as far as is known."""
        return self.first | {v for v, users in self.users.items() if users}

    def go_round_each(self) -> None:
        """Try to show each further figure again, the dearest first."""
        self.hider.walks.tries = 0
        for variable in sorted(self.users, key=lambda v: (-self.cost[v], v)):
            if self.hider.walks.tries > _EFFORT:
                return
            self._go_round(variable)

    def _find(self, target: Target) -> None:
        """Find the witnesses of one target alone, and note what they need."""
        self.hider.forget()
        self.hider.protect(target)
        self.needs[target] = self.hider.witnesses.moved - self.first
        for variable in self.needs[target]:
            self.users.setdefault(variable, {})[target] = None

    def _go_round(self, variable: int) -> None:
        """Hide others instead of one figure, if its users stay safe and that loses less."""
        hider, kept = self.hider, self.needed()
        affected = list(self.users[variable])
        alone = {v for v, users in self.users.items() if users and users.keys() <= {*affected}}
        hider.forget()
        hider.hidden, hider.shown = kept - {variable}, variable
        hider.budget = self._loss(alone)
        if not all(hider.protect(target) for target in affected):
            return
        moved = hider.witnesses.moved
        if self._loss(moved - kept) >= self._loss(alone - moved) - 1e-9:
            return
        for target in affected:
            for needed in self.needs.pop(target):
                self.users[needed].pop(target)
        hider.hidden, hider.budget = (kept - alone) | moved, inf
        for target in affected:
            self._find(target)

    def _loss(self, variables: Iterable[int]) -> float:
        return sum(self.cost[variable] for variable in sorted(variables))
