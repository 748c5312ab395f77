"""A share of so many cases in; its 95% interval out. What counts and what evaluates both ask."""

from __future__ import annotations

from math import sqrt

Interval = tuple[float, float]

Z = 1.959963984540054
"""The 97.5th percentile of the normal distribution."""


def wilson(count: float, of: float) -> Interval:
    """A share's 95% interval, as a share (Wilson 1927); anything, of no case.

    The example is Newcombe 1998 (Statistics in Medicine 17:857-872), table I: 81 of 263.

    >>> low, high = wilson(81, 263)
    >>> f"{low:.4f} {high:.4f}"
    '0.2553 0.3662'
    """
    if not of:
        return 0.0, 1.0
    share, spread = count / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)
