"""A linear system in; ways to change one figure that keep every sum right, out.

A *walk* is what a reader may think: if this figure were one more, then to add up another part
were one less, so its other total had to be mended too, and so on until all adds up again. It is a
set of moves, how much each variable changes. It proves what it shows: as every number on it still
fits all that is shown, the first figure may be one more.

The literature on cell suppression calls these alternating paths or stepping stones. They are
searched for best first: the next move mends what is still wrong, and the cheapest set is tried
first.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Set
from math import inf

from msgspec import Struct

from complaints_learning.protect.ground import Ground, Target

_PATIENCE = 3000
"""Sets of moves that are tried before a search gives up."""
_STEP = 0.01
"""The price of a move over a hidden figure: of two free walks the shorter one."""

Moves = dict[int, int]
"""By how much each variable changes."""
Wrong = dict[tuple[int, int], int]
"""What does not fit yet, and by how much: (link, -1) does not add up; of (part, whole) the part has
outgrown its whole."""


class Allowed(Struct, frozen=True):
    """What a walk may do: pass through `usable` variables, and cost no more than `budget`.

    Those that are `hidden` already cost nothing; the one that must stay `shown` is not passed.
    """

    hidden: Set[int]
    usable: Set[int]
    shown: int = -1
    budget: float = inf


class Walks:
    """The numbers that a reader thinks of, at first the true ones, and the walks on from them.

    `tries` counts the work of all searches.
    """

    def __init__(self, ground: Ground) -> None:
        self.ground, self.links, self.least = ground, ground.system.links, ground.system.least
        self.thought = list(ground.system.values)
        self.tries = 0

    def go(self, moves: Moves, times: float) -> None:
        """Think of the numbers at a walk's end."""
        for variable, by in moves.items():
            self.thought[variable] += by * times

    def back(self, variables: Iterable[int]) -> None:
        """Think of the true numbers again."""
        for variable in variables:
            self.thought[variable] = self.ground.system.values[variable]

    def cheapest(self, target: Target, way: int, times: float, allowed: Allowed) -> Moves | None:
        """The cheapest walk that takes the target one way (+1 or -1); None when none is found.

        Each of its moves must be possible `times` over.
        """
        first = way if target.whole < 0 else -way
        if not self._can(target.at, first, times):
            return None
        cost, hidden = self.ground.cost, allowed.hidden
        shown, budget = allowed.shown, allowed.budget
        start: Moves = {target.at: first}
        # price so far, a number to tell equal ones apart, the moves, and what they leave wrong
        queue = [(0.0, 0, start, self._left_wrong({}, start, target.at, times))]
        best: dict[object, float] = {}
        pushed = 0
        for _ in range(_PATIENCE):
            if not queue:
                return None
            self.tries += 1
            price, _, moves, wrong = heapq.heappop(queue)
            if not wrong:
                if gain(target, way, moves) > 0 and self.times(moves) >= 1:
                    return moves
                continue
            state = frozenset(wrong.items())
            if best.get(state, inf) <= price:
                continue
            best[state] = price
            for variable, by in self._repairs(wrong, moves, allowed.usable):
                more = _STEP if variable in hidden else _STEP + cost[variable]
                if price + more > budget or variable == shown:
                    continue
                if self._can(variable, by, times):
                    pushed += 1
                    then = {**moves, variable: by}
                    left = self._left_wrong(wrong, then, variable, times)
                    heapq.heappush(queue, (price + more, pushed, then, left))
        return None

    def times(self, moves: Moves) -> float:
        """How often a walk can be made before a value or a remainder falls too low."""
        most = inf
        for variable, by in moves.items():
            if by < 0:
                most = min(most, (self.thought[variable] - self.least[variable]) // -by)
                for part in self.ground.parts_of[variable]:
                    most = min(most, self._until_equal(moves, part, variable))
            else:
                for whole in self.ground.wholes_of[variable]:
                    most = min(most, self._until_equal(moves, variable, whole))
        return most

    def _until_equal(self, moves: Moves, part: int, whole: int) -> float:
        by = moves.get(whole, 0) - moves.get(part, 0)
        return (self.thought[whole] - self.thought[part]) // -by if by < 0 else inf

    def _can(self, variable: int, by: int, times: float) -> bool:
        return by > 0 or self.thought[variable] + by * times >= self.least[variable]

    def _left_wrong(self, wrong: Wrong, moves: Moves, latest: int, times: float) -> Wrong:
        """What is wrong once the `latest` of the moves is made too."""
        left = dict(wrong)
        by = moves[latest]
        ground, thought, moved = self.ground, self.thought, moves.get
        for link, sign in ground.links_of[latest]:
            gap = left.pop((link, -1), 0) + by * sign
            if gap:
                left[link, -1] = gap
        for whole in ground.wholes_of[latest]:
            more = moved(whole, 0) - by
            if more < 0 and thought[whole] - thought[latest] + more * times < 0:
                left[latest, whole] = more
            else:
                left.pop((latest, whole), None)
        for part in ground.parts_of[latest]:
            more = by - moved(part, 0)
            if more < 0 and thought[latest] - thought[part] + more * times < 0:
                left[part, latest] = more
            else:
                left.pop((part, latest), None)
        return left

    def _repairs(self, wrong: Wrong, moves: Moves, usable: Set[int]) -> list[tuple[int, int]]:
        """The moves that would mend one thing that is wrong: the one with the fewest of them."""
        fewest: list[tuple[int, int]] | None = None
        for (one, other), gap in wrong.items():
            if other < 0:
                choices = [
                    (v, -gap * sign)
                    for v, sign in self.links[one]
                    if v in usable and v not in moves
                ]
            else:
                choices = [
                    (v, by)
                    for v, by in ((other, -gap), (one, gap))
                    if v in usable and v not in moves
                ]
            if fewest is None or len(choices) < len(fewest):
                fewest = choices
                if not choices:
                    break
        return fewest or []


def gain(target: Target, way: int, moves: Moves) -> int:
    """How far a walk takes the target the way that it should go."""
    by = moves.get(target.at, 0)
    if target.whole >= 0:
        by = moves.get(target.whole, 0) - by
    return by * way
