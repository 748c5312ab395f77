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
from collections.abc import Iterable
from math import inf

from msgspec import Struct

from complaints_learning.protect.ground import Ground, costs
from complaints_learning.protect.links import System

_PATIENCE = 3000
_EFFORT = 8000

Moves = dict[int, int]
Wrong = dict[tuple[int, int], int]


class Target(Struct, frozen=True):
    """One sensitive quantity: variable `at`, or what is left of `whole` without it.

    It is safe when its possible values span `width` and reach `reach`.
    """

    at: int
    width: float
    reach: float
    whole: int = -1


class Hider:
    """What is hidden so far, and the witnesses found: how far each variable was seen to move."""

    def __init__(self, ground: Ground, hidden: set[int], barred: int = -1) -> None:
        self.system, self.cost = ground.system, ground.cost
        self.links_of, self.wholes_of = ground.links_of, ground.wholes_of
        self.parts_of, self.movable = ground.parts_of, ground.movable
        self.hidden, self.barred = hidden, barred
        self.point = list(self.system.values)
        self.low: dict[int, float] = {}
        self.high: dict[int, float] = {}
        self.gone: dict[tuple[Target, int], float] = {}
        self.used: set[int] = set()
        self.stuck: dict[Target, int] = {}
        self.purse = inf
        self.tries = 0

    def forget(self) -> None:
        """Forget all witnesses, to look at a target alone."""
        self.low, self.high, self.gone, self.used = {}, {}, {}, set()

    # -- one target ---------------------------------------------------------------------------

    def protect(self, target: Target) -> bool:
        """Hide what must be hidden for one target; False when nothing more could be hidden."""
        before: tuple[float, float, int] | None = None
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
            now = (up, down, len(self.hidden))
            if now == before and not self._hide_next(target):
                return False  # the last widening led nowhere, and nothing is left to hide
            before = now
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
        at = target.at
        return self.high.get(at, value) - value, value - self.low.get(at, value)

    def _reach(self, target: Target, way: int, already: float) -> float:
        """How far the target can go one way over hidden variables alone."""
        point, touched = self.point, set[int]()
        gone: float = 0
        while gone < target.width:
            moves = self._walk(target, way, 1, shown_too=False)
            if moves is None:
                break
            gain = self._gain(target, way, moves)
            steps = min(self._room(moves), -(-(target.width - gone) // gain))
            for variable, by in moves.items():
                point[variable] += by * steps
            touched.update(moves)
            gone += steps * gain
        self._witnessed(target, way, touched, gone)
        return max(gone, already)

    def _witnessed(self, target: Target, way: int, touched: Iterable[int], gone: float) -> None:
        """Remember what a witness shows of every variable it moves; then go back to the start."""
        self.gone[target, way] = max(gone, self.gone.get((target, way), 0))
        for variable in touched:
            value = self.point[variable]
            self.high[variable] = max(self.high.get(variable, value), value)
            self.low[variable] = min(self.low.get(variable, value), value)
            self.point[variable] = self.system.values[variable]
            self.used.add(variable)

    def _widen(self, target: Target, up: float, down: float) -> bool:
        """Hide the cheapest further variables that let the target move."""
        missing = max(1, target.width - up - down)
        found: list[tuple[float, int, float, Moves]] = []
        for steps in dict.fromkeys((missing, 1)):
            for way, gone in ((+1, up), (-1, down)):
                far = steps + gone
                moves = self._walk(target, way, far, shown_too=True)
                if moves is not None and min(far, self._room(moves)) > gone:
                    found.append((self._price(moves), -way, far, moves))
            if found:
                _, back, far, moves = min(found, key=lambda walk: walk[:2])
                self.hidden.update(moves)
                times = min(far, self._room(moves))
                for variable, by in moves.items():
                    self.point[variable] += by * times
                gained = times * self._gain(target, -back, moves)
                self._witnessed(target, -back, moves, gained)
                return True
        return self.purse == inf and self._hide_next(target)

    def _price(self, moves: Moves) -> float:
        return sum(self.cost[v] for v in moves if v not in self.hidden)

    def _hide_next(self, target: Target) -> bool:
        """No walk was found: hide the cheapest neighbour, or a neighbour's neighbour."""
        edge = {target.at} | ({target.whole} if target.whole >= 0 else set())
        known = set(edge)
        while edge:
            linked = {link for i in edge for link, _ in self.links_of[i]}
            near = {v for link in linked for v, _ in self.system.links[link]}
            near |= {v for i in edge for v in (*self.wholes_of[i], *self.parts_of[i])}
            fresh = sorted(
                (near & self.movable) - self.hidden - {self.barred},
                key=lambda v: (self.cost[v], v),
            )
            if fresh:
                self.stuck[target] = tried = self.stuck.get(target, 0) + 1
                more = fresh[: 2 ** max(0, tried - 4)]  # the longer it takes, the bolder
                self.hidden.update(more)
                self.used.update(more)
                return True
            edge = {v for v in near - known if v in self.hidden}
            known |= near
        return False

    # -- walks --------------------------------------------------------------------------------

    def _gain(self, target: Target, way: int, moves: Moves) -> int:
        by = moves.get(target.at, 0)
        if target.whole >= 0:
            by = moves.get(target.whole, 0) - by
        return by * way

    def _walk(self, target: Target, way: int, steps: float, *, shown_too: bool) -> Moves | None:
        """The cheapest set of moves that takes the target one step and leaves all sums right.

        Best first over what is still wrong: a link that does not add up, or a part that has
        outgrown its whole. `steps` is how often the moves must be possible.
        """
        first = way if target.whole < 0 else -way
        if not self._can(target.at, first, steps):
            return None
        start: Moves = {target.at: first}
        queue = [(0.0, 0, start, self._mended({}, start, target.at, steps))]
        best: dict[object, float] = {}
        pushed = 0
        for _ in range(_PATIENCE):
            if not queue:
                return None
            self.tries += 1
            price, _, moves, wrong = heapq.heappop(queue)
            if not wrong:
                if self._gain(target, way, moves) > 0 and self._room(moves) >= 1:
                    return moves
                continue
            key = frozenset(wrong.items())
            if best.get(key, inf) <= price:
                continue
            best[key] = price
            for variable, by in self._mends(wrong, moves, shown_too):
                extra = 0.01 if variable in self.hidden else 0.01 + self.cost[variable]
                if price + extra > self.purse or variable == self.barred:
                    continue
                if self._can(variable, by, steps):
                    pushed += 1
                    then = {**moves, variable: by}
                    left = self._mended(wrong, then, variable, steps)
                    heapq.heappush(queue, (price + extra, pushed, then, left))
        return None

    def _can(self, variable: int, by: int, steps: float) -> bool:
        return by > 0 or self.point[variable] + by * steps >= self.system.least[variable]

    def _mended(self, wrong: Wrong, moves: Moves, latest: int, steps: float) -> Wrong:
        """What is wrong once `latest` moves too: (link, -1), or (part, whole) of a pair."""
        left = dict(wrong)
        by = moves[latest]
        for link, sign in self.links_of[latest]:
            gap = left.pop((link, -1), 0) + by * sign
            if gap:
                left[link, -1] = gap
        point, moved = self.point, moves.get
        for whole in self.wholes_of[latest]:
            more = moved(whole, 0) - by
            if more < 0 and point[whole] - point[latest] + more * steps < 0:
                left[latest, whole] = more
            else:
                left.pop((latest, whole), None)
        for part in self.parts_of[latest]:
            more = by - moved(part, 0)
            if more < 0 and point[latest] - point[part] + more * steps < 0:
                left[part, latest] = more
            else:
                left.pop((part, latest), None)
        return left

    def _mends(self, wrong: Wrong, moves: Moves, shown_too: bool) -> list[tuple[int, int]]:
        """Moves that would put one wrong thing right: the one with fewest choices."""
        usable = self.movable if shown_too else self.hidden
        options: list[tuple[int, int]] | None = None
        for (one, other), gap in wrong.items():
            if other < 0:
                choices = [
                    (v, -gap * sign)
                    for v, sign in self.system.links[one]
                    if v in usable and v not in moves
                ]
            else:
                choices = [
                    (v, by)
                    for v, by in ((other, -gap), (one, gap))
                    if v in usable and v not in moves
                ]
            if options is None or len(choices) < len(options):
                options = choices
                if not choices:
                    break
        return options or []

    def _room(self, moves: Moves) -> float:
        """How often the moves can be made before a value or a remainder falls too low."""
        room = inf
        for variable, by in moves.items():
            if by < 0:
                room = min(room, (self.point[variable] - self.system.least[variable]) // -by)
                for part in self.parts_of[variable]:
                    room = min(room, self._left(moves, part, variable))
            else:
                for whole in self.wholes_of[variable]:
                    room = min(room, self._left(moves, variable, whole))
        return room

    def _left(self, moves: Moves, part: int, whole: int) -> float:
        by = moves.get(whole, 0) - moves.get(part, 0)
        return (self.point[whole] - self.point[part]) // -by if by < 0 else inf


def _safe(target: Target, now: float, up: float, down: float) -> bool:
    return up + down >= target.width and now + up >= target.reach


def secondary(
    system: System, hidden: Iterable[int], targets: Iterable[Target], fixed: frozenset[str]
) -> tuple[set[int], frozenset[Target]]:
    """All variables to hide, and the targets that nothing could make safe."""
    first = set(hidden)
    ground = Ground(system, costs(system, fixed))
    ordered = sorted(targets, key=lambda t: (system.values[t.at], t.at, t.whole))
    hider = Hider(ground, set(first))
    exposed = {target for target in ordered if not hider.protect(target)}
    safe = [target for target in ordered if target not in exposed]
    best = _slimmer(ground, first, first | (hider.hidden & hider.used), safe)
    if exposed:  # the search gave up, which is no proof: then all that it hid stays hidden
        best |= hider.hidden
    return best, frozenset(exposed)


def _slimmer(ground: Ground, first: set[int], hidden: set[int], targets: list[Target]) -> set[int]:
    """Show again what no witness needs, and go round each figure where that is cheaper."""
    cost = ground.cost
    needs: dict[Target, set[int]] = {}
    users: dict[int, dict[Target, None]] = {v: {} for v in hidden - first}
    walker = Hider(ground, hidden)

    def note(target: Target) -> None:
        walker.forget()
        walker.protect(target)
        needs[target] = walker.used - first
        for variable in needs[target]:
            users.setdefault(variable, {})[target] = None

    for target in targets:
        note(target)
    walker.tries = 0
    for variable in sorted(users, key=lambda v: (-cost[v], v)):
        if walker.tries > _EFFORT:
            break
        kept = first | {v for v, by in users.items() if by}
        affected = list(users[variable])
        alone = [v for v, by in users.items() if by and all(t in users[variable] for t in by)]
        walker.forget()
        walker.hidden, walker.barred = kept - {variable}, variable
        walker.purse = sum(cost[v] for v in alone)
        if all(walker.protect(target) for target in affected):
            saved = sum(cost[v] for v in alone if v not in walker.used)
            if sum(cost[v] for v in walker.used - kept) < saved - 1e-9:
                for target in affected:
                    for v in needs.pop(target):
                        users[v].pop(target)
                walker.hidden, walker.purse = (kept - set(alone)) | walker.used, inf
                for target in affected:
                    note(target)
    return first | {v for v, by in users.items() if by}
