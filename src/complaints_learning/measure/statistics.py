"""Counts in; 95% intervals out. Exact, Wilson and Newcombe methods, without scipy.

scipy takes longer to import than everything that is measured, so the few formulas stand here
and the tests hold them against scipy, statsmodels and published examples.
"""

from __future__ import annotations

from math import exp, lgamma, log, log1p, sqrt

from complaints_learning.nouns.shares import Interval, wilson

_TAIL = 0.025


def difference_of_shares(count: int, of: int, count_before: int, of_before: int) -> Interval:
    """The 95% interval of one share less an earlier one (Newcombe's hybrid score).

    The example is Newcombe 1998 (Statistics in Medicine 17:873-890), table II: 56/70 - 48/80.

    >>> low, high = difference_of_shares(56, 70, 48, 80)
    >>> f"{low:.4f} {high:.4f}"
    '0.0524 0.3339'
    """
    now, before = count / of, count_before / of_before
    low, high = wilson(count, of)
    low_before, high_before = wilson(count_before, of_before)
    gap = now - before
    return (
        gap - sqrt((now - low) ** 2 + (high_before - before) ** 2),
        gap + sqrt((high - now) ** 2 + (before - low_before) ** 2),
    )


def exact_share(count: int, of: int) -> Interval:
    """A share's exact 95% interval (Clopper and Pearson 1934).

    >>> low, high = exact_share(0, 10)
    >>> f"{low:.4f} {high:.4f}"
    '0.0000 0.3085'
    """
    near = wilson(count, of)
    low = 0.0 if count == 0 else _beta_quantile(_TAIL, count, of - count + 1, near[0])
    high = 1.0 if count == of else _beta_quantile(1 - _TAIL, count + 1, of - count, near[1])
    return low, high


def ratio_of_counts(
    count: int, before: int, exposure: float = 1.0, exposure_before: float = 1.0
) -> Interval:
    """The exact 95% interval of a rate over an earlier rate, given months or contacts of each.

    Given the sum of two Poisson counts, the later one is binomial, so the exact interval of
    that share becomes one of the ratio (Przyborowski and Wilenski 1940). The upper limit is
    infinite when nothing was counted before.

    >>> low, high = ratio_of_counts(301, 255)
    >>> f"{low:.3f} {high:.3f}"
    '0.996 1.400'
    """
    if count + before == 0:
        return 0.0, float("inf")
    scale = exposure_before / exposure
    low, high = exact_share(count, count + before)
    upper = float("inf") if high >= 1 else high / (1 - high) * scale
    return low / (1 - low) * scale, upper


def _beta_quantile(probability: float, a: float, b: float, near: float) -> float:
    """The x at which the beta distribution reaches `probability`.

    Halley's method from `near`, kept inside a bracket: three or four steps.
    """
    low, high = 0.0, 1.0
    x = min(max(near, 1e-12), 1 - 1e-12)
    front = lgamma(a + b) - lgamma(a) - lgamma(b)
    for _ in range(100):
        error = _beta_below(x, a, b, front) - probability
        low, high = (x, high) if error < 0 else (low, x)
        slope = exp(front + (a - 1) * log(x) + (b - 1) * log1p(-x))
        newton = error / slope if slope > 0 else float("inf")
        bend = 1 - min(1.0, newton * ((a - 1) / x - (b - 1) / (1 - x))) / 2
        step = x - newton / bend
        if abs(step - x) <= 1e-11 * x:
            return step
        x = step if low < step < high else (low + high) / 2
    return x


def _beta_below(x: float, a: float, b: float, front: float) -> float:
    """The regularised incomplete beta function by Lentz's continued fraction (DLMF 8.17.22)."""
    if x > (a + 1) / (a + b + 2):
        return 1 - _beta_below(1 - x, b, a, front)
    c, d = 1.0, 1 / (1 - (a + b) * x / (a + 1))
    fraction = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            d = 1 / (1 + term * d)
            c = 1 + term / c
            fraction *= d * c
        if abs(d * c - 1) < 1e-13:
            break
    return exp(front + a * log(x) + b * log1p(-x)) * fraction / a
