"""An attacker with a linear program: what can be worked out from what a report shows.

It knows the public findings, which figures add up to which, which counts a change in per cent
compares, that counts are whole and not below nothing, that zero is never hidden, and the rule
itself. It shares no code with `protect`.
"""

from __future__ import annotations

import random
from itertools import product

import numpy as np
from msgspec.structs import replace
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from complaints_learning.nouns import period
from complaints_learning.nouns.findings import Figure, Findings, Sum

YEAR = period.parse("2023")


class Attacker:
    """Everything that is known about the hidden figures, as equations."""

    def __init__(self, public: Findings, truth: Findings) -> None:
        counts = [name for name, figure in truth.figures.items() if not figure.compares]
        self.order = {name: i for i, name in enumerate(counts)}
        self.low = np.zeros(len(self.order))
        self.high = np.full(len(self.order), np.inf)
        for name, i in self.order.items():
            shown = public.figures[name]
            if shown.value is not None:
                self.low[i] = self.high[i] = shown.value
            elif "change" in name:
                self.low[i] = -np.inf
            else:
                self.low[i] = 1
        rows, least, most = [], [], []
        for declared in truth.sums:
            row = np.zeros(len(self.order))
            row[self.order[declared.total]] = -1
            for part in declared.parts:
                row[self.order[part]] += 1
            rows.append(row)
            least.append(0.0)
            most.append(0.0)
        for name, figure in truth.figures.items():
            if figure.of_name:
                row = np.zeros(len(self.order))
                row[self.order[figure.of_name]] = 1
                row[self.order[name]] = -1
                rows.append(row)
                least.append(0.0)
                most.append(np.inf)
        for figure in public.figures.values():
            hidden = [one for one in figure.compares if public.figures[one].value is None]
            if hidden and figure.value is not None:
                before, after = figure.compares
                row = np.zeros(len(self.order))
                row[self.order[after]] = 1
                row[self.order[before]] = -(1 + figure.value / 100)
                rows.append(row)
                least.append(0.0)
                most.append(0.0)
        self.rows = np.array(rows).reshape(len(rows), len(self.order))
        self.least, self.most = np.array(least), np.array(most)
        self.possible: list[np.ndarray] = []
        """What the hidden figures could be, as far as it was worked out."""

    def aim(self, name: str, whole: str = "") -> np.ndarray:
        found = np.zeros(len(self.order))
        found[self.order[name]] = -1 if whole else 1
        if whole:
            found[self.order[whole]] = 1
        return found

    def within(self, aim: np.ndarray, width: float, reach: float, *, exact: bool = True) -> bool:
        """Whether its values span less than `width` or stay below `reach`: mostly one was seen."""
        if self.possible:
            seen = np.array(self.possible) @ aim
            if seen.max() - seen.min() >= width and seen.max() >= reach:
                return False
        low, high = self.range_of(aim, exact=exact)
        return high - low < width or high < reach

    def range_of(self, aim: np.ndarray, *, exact: bool = True) -> tuple[float, float]:
        """The smallest and largest possible value; `exact` minds that counts are whole."""
        if exact:
            ends = []
            for way in (1, -1):
                solved = milp(
                    way * aim,
                    integrality=np.ones(len(self.order)),
                    bounds=Bounds(self.low, self.high),
                    constraints=[LinearConstraint(self.rows, self.least, self.most)],
                )
                ends.append(self._end(solved, way))
            return ends[0], ends[1]
        same = self.most == 0
        ends = []
        for way in (1, -1):
            solved = linprog(
                way * aim,
                A_ub=-self.rows[~same] if (~same).any() else None,
                b_ub=np.zeros((~same).sum()) if (~same).any() else None,
                A_eq=self.rows[same] if same.any() else None,
                b_eq=np.zeros(same.sum()) if same.any() else None,
                bounds=np.column_stack([self.low, self.high]),
                method="highs",
            )
            ends.append(self._end(solved, way))
        return ends[0], ends[1]

    def _end(self, solved: object, way: int) -> float:
        status = solved.status
        if status in (3, 4):  # unbounded (or unbounded or infeasible: the truth is feasible)
            return -way * np.inf
        assert status == 0, solved.message
        self.possible.append(solved.x)
        return way * solved.fun


def unsafe(truth: Findings, public: Findings, limit: int, *, exact: bool = True) -> list[str]:
    """Small counts and remainders that the public findings tell too much about."""
    attacker = Attacker(public, truth)
    found = []

    def narrow(name: str, whole: str = "") -> bool:
        aim = attacker.aim(name, whole)
        return attacker.within(aim, limit - 1e-6, limit + 1 - 1e-6, exact=exact)

    for name, figure in truth.figures.items():
        if "change" in name:
            continue
        if 1 <= figure.value <= limit and narrow(name):
            found.append(name)
        if figure.of_name:
            left = figure.of - figure.value
            if figure.value > limit and 1 <= left <= limit and narrow(name, figure.of_name):
                found.append(f"{figure.of_name} - {name}")
    return found


def recoverable(truth: Findings, public: Findings) -> list[str]:
    """Hidden figures that can be computed back exactly."""
    attacker = Attacker(public, truth)
    return [
        name
        for name, figure in public.figures.items()
        if figure.masked and name in attacker.order
        if attacker.within(attacker.aim(name), 1e-6, -np.inf, exact=False)
    ]


class Tables:
    """Linked tables, built up at random from a seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.figures: dict[str, Figure] = {}
        self.sums: list[Sum] = []

    def count(self) -> int:
        """Mostly small, sometimes nothing, sometimes large, as a year of complaints is."""
        dice = self.random.random()
        if dice < 0.2:
            return 0
        if dice < 0.55:
            return self.random.randint(1, 6)
        return self.random.randint(5, 60)

    def put(self, name: str, value: int, of_name: str = "") -> str:
        of = self.figures[of_name].value if of_name else None
        self.figures[name] = Figure(name, value, name, of=of, of_name=of_name)
        return name

    def add(self, total: str, parts: list[str]) -> str:
        self.put(total, sum(self.figures[p].value for p in parts))
        self.sums.append(Sum(total, tuple(parts)))
        return total

    def cross(self, name: str, rows: int, columns: int) -> None:
        """A table with row totals, column totals and a total."""
        cell = {
            (i, j): self.put(f"{name}.{i}.{j}", self.count())
            for i, j in product(range(rows), range(columns))
        }
        down = [
            self.add(f"{name}.row.{i}", [cell[i, j] for j in range(columns)]) for i in range(rows)
        ]
        across = [
            self.add(f"{name}.column.{j}", [cell[i, j] for i in range(rows)])
            for j in range(columns)
        ]
        self.add(f"{name}.all", down)
        self.sums.append(Sum(f"{name}.all", tuple(across)))

    def split(self, total: str, into: int, name: str) -> None:
        """The figure `total` broken down once more."""
        left = self.figures[total].value
        parts = []
        for i in range(into - 1):
            taken = self.random.randint(0, left) if self.random.random() < 0.5 else min(left, 2)
            left -= taken
            parts.append(self.put(f"{name}.{i}", taken))
        parts.append(self.put(f"{name}.{into - 1}", left))
        self.sums.append(Sum(total, tuple(parts)))

    def shares(self, of_name: str, number: int) -> None:
        """Counts that overlap (a complaint has any number of themes), each of one whole."""
        whole = self.figures[of_name].value
        for i in range(number):
            value = self.random.choice([self.count(), whole - self.count()])
            self.put(f"share.{of_name}.{i}", max(0, min(whole, value)), of_name)

    def year_before(self, names: list[str]) -> None:
        """Last year's value of each, and the change."""
        for name in names:
            was = self.put(f"previous.{name}", self.count())
            value = self.figures[name].value - self.figures[was].value
            change = self.put(f"change.{name}", value)
            self.sums.append(Sum(name, (was, change)))

    def cube(self, name: str, size: int) -> None:
        """Three ways, with the totals along each way and over each two."""
        cell = {
            at: self.put(".".join((name, *map(str, at))), self.count())
            for at in product(range(size), repeat=3)
        }
        for way in range(3):
            for at in product(range(size), repeat=2):
                parts = [cell[(*at[:way], k, *at[way:])] for k in range(size)]
                self.add(f"{name}.along{way}.{at[0]}.{at[1]}", parts)
        self.add(
            f"{name}.all", [f"{name}.along0.{i}.{j}" for i, j in product(range(size), repeat=2)]
        )

    def findings(self) -> Findings:
        return Findings(YEAR, self.figures, sums=tuple(self.sums))


def linked_tables(seed: int) -> Findings:
    """One of six kinds of linked tables, sized at random."""
    made = Tables(seed)
    dice = made.random
    kind = seed % 6
    made.cross("a", dice.randint(2, 5), dice.randint(2, 5))
    if kind == 1:
        made.split("a.all", dice.randint(2, 5), "service")
        made.split("a.row.0", dice.randint(2, 4), "stage")
        made.split("a.row.0", dice.randint(2, 4), "age")
    elif kind == 2:
        made.shares("a.all", dice.randint(1, 6))
        made.shares("a.row.0", dice.randint(1, 3))
    elif kind == 3:
        made.year_before([n for n in made.figures if dice.random() < 0.5])
    elif kind == 4:
        made.cube("c", dice.randint(2, 3))
    elif kind == 5:
        made.cross("b", 3, 3)
        made.add("both", ["a.all", "b.all"])
        made.split("both", 3, "team")
        made.sums.append(Sum(made.put("again", made.figures["a.0.0"].value), ("a.0.0",)))
        made.shares("both", 3)
        made.year_before(["both", "a.all", "a.0.1"])
    return made.findings()


def with_changes(findings: Findings, seed: int) -> Findings:
    """The same, and how far some counts lie from others, in per cent."""
    dice = random.Random(seed)
    counts = [name for name, figure in findings.figures.items() if "change" not in name]
    changes = {}
    for number in range(12):
        before, after = dice.sample(counts, 2)
        was, now = findings.figures[before].value, findings.figures[after].value
        if was:
            name = f"change.{number}"
            moved = 100 * (now / was - 1)
            changes[name] = Figure(
                name, moved, name, unit="percent", base=was + now, compares=(before, after)
            )
    return replace(findings, figures={**findings.figures, **changes})


def least(truth: Findings, first: set[str], limit: int, cost: dict[str, float]) -> float:
    """The least cost of further hiding that makes every target safe, to measure ours against.

    A covering problem with cuts: while a target is too narrow, its bound rests on some shown
    figures (those with a price in the linear program); one of them at least must be hidden.
    """
    names = [n for n in truth.figures if n not in first and truth.figures[n].value]
    cuts: list[list[str]] = []
    chosen: set[str] = set()
    while True:
        hidden = first | chosen
        public = Findings(
            YEAR,
            {
                n: Figure(n, None, n, masked="hidden") if n in hidden else f
                for n, f in truth.figures.items()
            },
        )
        attacker = Attacker(public, truth)
        fresh = [
            cut for aim in _aims(attacker, truth, limit) if (cut := _cut(attacker, aim, limit))
        ]
        if not fresh:
            return sum(cost[n] for n in chosen)
        cuts += [[n for n in truth.figures if n in names and n in cut] for cut in fresh]
        rows = np.array([[float(n in cut) for n in names] for cut in cuts])
        solved = milp(
            np.array([cost[n] for n in names]),
            integrality=np.ones(len(names)),
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(rows, 1, np.inf)],
        )
        assert solved.status == 0, solved.message
        chosen = {n for n, y in zip(names, solved.x, strict=True) if y > 0.5}


def _aims(attacker: Attacker, truth: Findings, limit: int) -> list[np.ndarray]:
    aims = []
    for name, figure in truth.figures.items():
        if "change" in name:
            continue
        if 1 <= figure.value <= limit:
            aims.append(attacker.aim(name))
        elif figure.of_name and 1 <= figure.of - figure.value <= limit:
            aims.append(attacker.aim(name, figure.of_name))
    return aims


def _cut(attacker: Attacker, aim: np.ndarray, limit: int) -> set[str]:
    """The shown figures that keep the target narrow; none when it is wide enough."""
    same = attacker.most == 0
    ends, priced = [], []
    for way in (1, -1):
        solved = linprog(
            way * aim,
            A_ub=-attacker.rows[~same] if (~same).any() else None,
            b_ub=np.zeros((~same).sum()) if (~same).any() else None,
            A_eq=attacker.rows[same] if same.any() else None,
            b_eq=np.zeros(same.sum()) if same.any() else None,
            bounds=np.column_stack([attacker.low, attacker.high]),
        )
        if solved.status in (3, 4):
            ends.append(-way * np.inf)
            priced.append(set())
            continue
        ends.append(way * solved.fun)
        marginal = np.abs(solved.lower.marginals) + np.abs(solved.upper.marginals)
        priced.append(
            {
                n
                for n, i in attacker.order.items()
                if marginal[i] > 1e-9 and attacker.low[i] == attacker.high[i]
            }
        )
    low, high = ends
    if high < limit + 1 - 1e-6:
        return priced[1]
    return priced[0] | priced[1] if high - low < limit - 1e-6 else set()
