"""A run of monthly counts in; its natural limits and the signals in it out (an XmR chart).

The rules are those of NHS England's Making Data Count: one point outside the limits; 7 or more
points together on one side of the mean; 7 or more points together rising or falling; 2 of 3
points together in the outer third before the same limit. Signals are told in both directions.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import fmean, median
from typing import Literal

from msgspec import Struct

SIGMAS = 3 / 1.128
"""From the mean moving range of two to three standard deviations (1.128 is d2 for two)."""
LEAST = 12
"""Points from which limits are drawn; under it, a run chart with its median."""
RUN = 7

Kind = Literal["outside", "shift", "trend", "near"]
RULES: dict[Kind, str] = {
    "outside": "outside the limits",
    "shift": f"{RUN} or more months together on one side of the mean",
    "trend": f"{RUN} or more months together, each further than the one before",
    "near": "2 of 3 months together close to the limit",
}


class Limits(Struct, frozen=True):
    """The centre and, from 12 points on, the natural limits. A count has no limit below zero."""

    centre: float
    lower: float | None = None
    upper: float | None = None


class Signal(Struct, frozen=True):
    """Points `first` to `last` (positions) break a rule, upwards or downwards."""

    kind: Kind
    first: int
    last: int
    up: bool


def limits(counts: Sequence[float]) -> Limits:
    """Mean and natural process limits, or the median alone when there are too few points.

    >>> limits([5, 4, 6]).centre
    5
    """
    if len(counts) < LEAST:
        return Limits(median(counts))
    mean, spread = natural(counts)
    return Limits(mean, max(0.0, mean - spread), mean + spread)


def natural(values: Sequence[float]) -> tuple[float, float]:
    """The mean, and how far the natural process limits are from it.

    The example is the NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.2.2 (flow rates):
    mean 50.81, limits 45.8159 and 55.8041.

    >>> rates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    >>> mean, spread = natural(rates)
    >>> f"{mean:.2f} {mean - spread:.4f} {mean + spread:.4f}"
    '50.81 45.8159 55.8041'
    """
    moving = [abs(after - before) for before, after in pairwise(values)]
    return fmean(values), SIGMAS * fmean(moving)


def found(counts: Sequence[float]) -> list[Signal]:
    """Every signal, in order; none when there are too few points for limits."""
    if len(counts) < LEAST:
        return []
    mean, spread = natural(counts)
    signals = [
        Signal("outside", at, at, count > mean)
        for at, count in enumerate(counts)
        if abs(count - mean) > spread
    ]
    for up in (True, False):
        sign = 1 if up else -1
        away = [sign * (count - mean) for count in counts]
        steps = [later - earlier for earlier, later in pairwise(away)]
        signals += [
            Signal("shift", first, last, up)
            for first, last in _runs([distance > 0 for distance in away])
            if last - first + 1 >= RUN
        ]
        signals += [
            Signal("trend", first, last + 1, up)
            for first, last in _runs([step > 0 for step in steps])
            if last - first + 2 >= RUN
        ]
        near = [spread * 2 / 3 < distance <= spread for distance in away]
        signals += [Signal("near", first, last, up) for first, last in _two_of_three(near)]
    return sorted(signals, key=lambda signal: (signal.first, signal.last, signal.kind))


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last position of each unbroken run of true."""
    runs, start = [], None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            runs.append((start, at - 1))
            start = None
    return runs


def _two_of_three(near: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last of the near points that stand within three of one another, joined up."""
    places = [at for at, flag in enumerate(near) if flag]
    joined: list[tuple[int, int]] = []
    for earlier, later in pairwise(places):
        if later - earlier > 2:
            continue
        if joined and joined[-1][1] == earlier:
            joined[-1] = (joined[-1][0], later)
        else:
            joined.append((earlier, later))
    return joined
