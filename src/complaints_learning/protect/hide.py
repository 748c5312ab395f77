"""A linear system and its small numbers in; which variables to hide so that none comes back.

A hidden small number is safe when a reader who knows everything shown, every link, and that no
zero is ever hidden, must still allow it at least `limit` different steps: from 1 to 5 for a
limit of 4. Then nothing says that it is small, let alone which number it is.

The proof for each is a witness: another set of whole numbers for the hidden figures that fits
everything shown. A witness is found as a walk: raise the small number by one, mend each total
that no longer adds up by lowering another hidden part, and so on until all adds up again. When
hidden figures do not suffice, the walk may pass through shown ones, which are then hidden; the
cheapest walk wins. Later hiding cannot spoil an earlier witness, so one round is enough.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf, log2

from complaints_learning.protect.links import System

_PATIENCE = 3000

Moves = dict[int, int]


@dataclass(frozen=True, slots=True)
class Target:
    """One sensitive quantity: variable `at`, or what is left of `whole` without it.

    It is safe when its possible values span `width` and reach `reach`.
    """

    at: int
    width: float
    reach: float
    whole: int = -1


@dataclass(slots=True)
class Hider:
    """The system while it is worked on: what is hidden, and how far each variable can move."""

    system: System
    hidden: set[int]
    cost: list[float]
    links_of: list[list[int]] = field(default_factory=list)
    wholes_of: list[list[int]] = field(default_factory=list)
    parts_of: list[list[int]] = field(default_factory=list)
    signs: list[dict[int, int]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    gone: dict[tuple[Target, int], float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        n = len(self.system.values)
        self.links_of = [[] for _ in range(n)]
        self.wholes_of = [[] for _ in range(n)]
        self.parts_of = [[] for _ in range(n)]
        self.signs = [dict(link) for link in self.system.links]
        for number, link in enumerate(self.system.links):
            for variable, _ in link:
                self.links_of[variable].append(number)
        for part, whole in self.system.pairs:
            self.wholes_of[part].append(whole)
            self.parts_of[whole].append(part)
        self.low = list(self.system.values)
        self.high = list(self.system.values)

    # -- one target ---------------------------------------------------------------------------

    def protect(self, target: Target) -> bool:
        """Hide what must be hidden for one target; False when nothing more could be hidden."""
        while True:
            up, down = self._seen(target)
            if _safe(target, self._now(target), up, down):
                return True
            up = self._reach(target, +1, up)
            if _safe(target, self._now(target), up, down):
                return True
            down = self._reach(target, -1, down)
            if _safe(target, self._now(target), up, down):
                return True
            if not self._widen(target, up, down):
                return False

    def _now(self, target: Target) -> float:
        values = self.system.values
        if target.whole < 0:
            return values[target.at]
        return values[target.whole] - values[target.at]

    def _seen(self, target: Target) -> tuple[float, float]:
        """How far witnesses found for others have moved this target already."""
        if target.whole >= 0:
            return self.gone.get((target, +1), 0), self.gone.get((target, -1), 0)
        value = self.system.values[target.at]
        return self.high[target.at] - value, value - self.low[target.at]

    def _reach(self, target: Target, way: int, already: float) -> float:
        """How far the target can go one way over hidden variables alone."""
        point = list(self.system.values)
        gone: float = 0
        while gone < target.width:
            moves = self._walk(target, way, 1, point, shown_too=False)
            if moves is None:
                break
            gain = self._gain(target, way, moves)
            steps = min(self._room(moves, point), -(-(target.width - gone) // gain))
            self._step(point, moves, steps)
            gone += steps * gain
        self._witnessed(target, way, point, gone)
        return max(gone, already)

    def _step(self, point: list[float], moves: Moves, steps: float) -> None:
        for variable, by in moves.items():
            point[variable] += by * steps
            self.used.add(variable)

    def _witnessed(self, target: Target, way: int, point: list[float], gone: float) -> None:
        """Remember what a witness shows of every variable, not only of its target."""
        self.gone[target, way] = max(gone, self.gone.get((target, way), 0))
        for variable, value in enumerate(point):
            if value > self.high[variable]:
                self.high[variable] = value
            elif value < self.low[variable]:
                self.low[variable] = value

    def _widen(self, target: Target, up: float, down: float) -> bool:
        """Hide the cheapest further variables that let the target move."""
        missing = max(1, target.width - up - down)
        values = self.system.values
        best: Moves | None = None
        for steps in (missing, 1) if missing > 1 else (1,):
            price = inf
            for way, gone in ((+1, up), (-1, down)):
                if gone and steps == 1 and missing > 1:
                    continue
                moves = self._walk(target, way, steps + gone, values, shown_too=True)
                if moves is None:
                    continue
                asked = self._price(moves)
                if not asked:
                    point = list(self.system.values)
                    room = min(self._room(moves, point), steps + gone)
                    self._step(point, moves, room)
                    further = room * self._gain(target, way, moves)
                    if further > gone:
                        self._witnessed(target, way, point, further)
                        return True
                elif asked < price:
                    best, price = moves, asked
            if best is not None:
                self.hidden.update(best)
                return True
        return self._hide_next(target)

    def _price(self, moves: Moves) -> float:
        return sum(self.cost[v] for v in moves if v not in self.hidden)

    def _hide_next(self, target: Target) -> bool:
        """No walk was found: hide the cheapest neighbour, or a neighbour's neighbour."""
        edge = {target.at} | ({target.whole} if target.whole >= 0 else set())
        known = set(edge)
        while edge:
            near = {v for i in edge for link in self.links_of[i] for v in self.signs[link]}
            near |= {v for i in edge for v in (*self.wholes_of[i], *self.parts_of[i])}
            fresh = sorted(
                (v for v in near if v not in self.hidden and self._hideable(v)),
                key=lambda v: (self.cost[v], v),
            )
            if fresh:
                self.hidden.add(fresh[0])
                self.used.add(fresh[0])
                return True
            edge = {v for v in near - known if v in self.hidden}
            known |= near
        return False

    def _hideable(self, variable: int) -> bool:
        system = self.system
        return system.values[variable] >= system.least[variable] and self.cost[variable] < inf

    # -- walks --------------------------------------------------------------------------------

    def _gain(self, target: Target, way: int, moves: Moves) -> int:
        by = moves.get(target.at, 0)
        if target.whole >= 0:
            by = moves.get(target.whole, 0) - by
        return by * way

    def _walk(
        self, target: Target, way: int, steps: float, point: Iterable[float], *, shown_too: bool
    ) -> Moves | None:
        """The cheapest set of moves that takes the target one step and leaves all sums right.

        Best first over what is still wrong: a link that does not add up, or a part that has
        outgrown its whole. `steps` is how often the moves must be possible.
        """
        where = point if isinstance(point, (list, tuple)) else list(point)
        first = way if target.whole < 0 else -way
        if not self._can(target.at, first, steps, where):
            return None
        start: Moves = {target.at: first}
        queue: list[tuple[float, int, Moves]] = [(0.0, 0, start)]
        best: dict[object, float] = {}
        pushed = 0
        for _ in range(_PATIENCE):
            if not queue:
                return None
            price, _, moves = heapq.heappop(queue)
            wrong = self._wrong(moves, steps, where)
            if not wrong:
                if self._gain(target, way, moves) > 0 and self._room(moves, where) >= 1:
                    return moves
                continue
            key = tuple(sorted(wrong.items()))
            if best.get(key, inf) <= price:
                continue
            best[key] = price
            for variable, by in self._mends(wrong, moves):
                if not self._can(variable, by, steps, where):
                    continue
                extra = 0.01
                if variable not in self.hidden:
                    if not shown_too or not self._hideable(variable):
                        continue
                    extra += self.cost[variable]
                pushed += 1
                heapq.heappush(queue, (price + extra, pushed, {**moves, variable: by}))
        return None

    def _can(
        self, variable: int, by: int, steps: float, point: list[float] | tuple[float, ...]
    ) -> bool:
        return by > 0 or point[variable] + by * steps >= self.system.least[variable]

    def _wrong(
        self, moves: Moves, steps: float, point: list[float] | tuple[float, ...]
    ) -> dict[tuple[str, int, int], int]:
        """What the moves leave wrong: ('link', number, 0) or ('pair', part, whole), by how much."""
        wrong: dict[tuple[str, int, int], int] = {}
        links: dict[int, int] = {}
        for variable, by in moves.items():
            for link in self.links_of[variable]:
                links[link] = links.get(link, 0) + by * self.signs[link][variable]
            if by > 0:
                for whole in self.wholes_of[variable]:
                    self._outgrown(wrong, moves, variable, whole, steps, point)
            else:
                for part in self.parts_of[variable]:
                    self._outgrown(wrong, moves, part, variable, steps, point)
        for link, gap in links.items():
            if gap:
                wrong[("link", link, 0)] = gap
        return wrong

    def _outgrown(
        self,
        wrong: dict[tuple[str, int, int], int],
        moves: Moves,
        part: int,
        whole: int,
        steps: float,
        point: list[float] | tuple[float, ...],
    ) -> None:
        by = moves.get(whole, 0) - moves.get(part, 0)
        if by < 0 and point[whole] - point[part] + by * steps < 0:
            wrong[("pair", part, whole)] = by

    def _mends(
        self, wrong: Mapping[tuple[str, int, int], int], moves: Moves
    ) -> list[tuple[int, int]]:
        """Moves that would put the first wrong thing right (the one with fewest choices)."""
        options: list[tuple[int, int]] | None = None
        for (kind, one, other), gap in wrong.items():
            if kind == "pair":
                found = [(v, by) for v, by in ((other, -gap), (one, gap)) if v not in moves]
            else:
                found = [(v, -gap * sign) for v, sign in self.signs[one].items() if v not in moves]
            if options is None or len(found) < len(options):
                options = found
        return options or []

    def _room(self, moves: Moves, point: list[float] | tuple[float, ...]) -> float:
        """How often the moves can be made before a value or a remainder falls too low."""
        room = inf
        for variable, by in moves.items():
            if by < 0:
                room = min(room, (point[variable] - self.system.least[variable]) // -by)
                for part in self.parts_of[variable]:
                    room = min(room, self._left(moves, point, part, variable))
            else:
                for whole in self.wholes_of[variable]:
                    room = min(room, self._left(moves, point, variable, whole))
        return room

    def _left(
        self, moves: Moves, point: list[float] | tuple[float, ...], part: int, whole: int
    ) -> float:
        by = moves.get(whole, 0) - moves.get(part, 0)
        return (point[whole] - point[part]) // -by if by < 0 else inf


def _safe(target: Target, now: float, up: float, down: float) -> bool:
    return up + down >= target.width and now + up >= target.reach


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


def secondary(
    system: System, hidden: Iterable[int], targets: Iterable[Target], fixed: frozenset[str]
) -> tuple[set[int], tuple[Target, ...]]:
    """All variables to hide, and the targets that nothing could make safe."""
    first = set(hidden)
    cost = costs(system, fixed)
    ordered = sorted(targets, key=lambda t: (system.values[t.at], t.at, t.whole))
    hider = Hider(system, set(first), cost)
    exposed = tuple(target for target in ordered if not hider.protect(target))
    # A second round may only use what the first one hid, and often needs less of it.
    slim = [c if v in hider.hidden else inf for v, c in enumerate(cost)]
    again = Hider(system, set(first), slim)
    if all(again.protect(t) for t in reversed(ordered) if t not in exposed):
        chosen = min((hider, again), key=lambda h: sum(cost[v] for v in h.hidden - first))
    else:
        chosen = hider
    return first | (chosen.hidden & chosen.used), exposed
