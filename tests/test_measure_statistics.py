"""Our few formulas against scipy, statsmodels and published examples."""

from __future__ import annotations

from itertools import combinations, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaints_learning.measure import signals, statistics, trends
from complaints_learning.nouns import shares

counts = st.integers(0, 400) | st.integers(0, 5000)


@settings(deadline=None, max_examples=60)
@given(counts, counts)
def test_exact_shares_are_those_of_scipy(count: int, rest: int) -> None:
    from scipy.stats import binomtest

    if not count + rest:
        return
    found = binomtest(count, count + rest).proportion_ci(0.95, "exact")
    assert statistics.exact_share(count, count + rest) == pytest.approx(
        (found.low, found.high), abs=1e-9
    )


@settings(deadline=None, max_examples=60)
@given(counts, counts)
def test_wilson_shares_are_those_of_statsmodels(count: int, rest: int) -> None:
    from statsmodels.stats.proportion import proportion_confint

    if not count + rest:
        return
    expected = proportion_confint(count, count + rest, method="wilson")
    assert shares.wilson(count, count + rest) == pytest.approx(expected, abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(counts, counts, counts, counts)
def test_differences_of_shares_are_those_of_statsmodels(a: int, b: int, c: int, d: int) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    if not a + b or not c + d:
        return
    expected = confint_proportions_2indep(a, a + b, c, c + d, method="newcomb")
    found = statistics.difference_of_shares(a, a + b, c, c + d)
    assert found == pytest.approx(expected, abs=1e-9)


def test_newcombes_published_examples() -> None:
    # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10
    for given_counts, low, high in (
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0000),
    ):
        found = statistics.difference_of_shares(*given_counts)
        assert found == pytest.approx((low, high), abs=5e-5)


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 24), st.integers(1, 24))
def test_ratios_exclude_one_exactly_when_the_binomial_test_does(
    now: int, before: int, months: int, months_before: int
) -> None:
    from scipy.stats import binomtest

    if not now + before:
        return
    low, high = statistics.ratio_of_counts(now, before, months, months_before)
    share = months / (months + months_before)
    upper = binomtest(now, now + before, share, "greater").pvalue
    lower = binomtest(now, now + before, share, "less").pvalue
    assert (low > 1) == (upper < 0.025)
    assert (high < 1) == (lower < 0.025)


def test_a_ratio_of_nothing_to_nothing_can_be_anything() -> None:
    assert statistics.ratio_of_counts(0, 0) == (0, float("inf"))
    assert statistics.ratio_of_counts(4, 0)[1] == float("inf")


@pytest.mark.parametrize(
    ("count", "of"),
    [(373, 400), (1056, 3000), (2431, 3000), (1, 1_000_000), (300_000, 610_000), (5, 100_000)],
)
def test_large_and_lopsided_counts_stay_exact(count: int, of: int) -> None:
    from scipy.stats import binomtest

    found = binomtest(count, of).proportion_ci(0.95, "exact")
    assert statistics.exact_share(count, of) == pytest.approx((found.low, found.high), rel=1e-8)


def test_without_months_or_contacts_two_counts_are_of_stretches_as_long() -> None:
    # 301 of 556 by Clopper and Pearson is 0.4989 to 0.5834; each over what is left of one
    assert statistics.ratio_of_counts(301, 255) == pytest.approx((0.9957, 1.4003), abs=5e-4)
    assert statistics.ratio_of_counts(301, 255) == statistics.ratio_of_counts(301, 255, 12, 12)


def test_a_limit_is_found_in_four_steps_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report has hundreds of them."""
    below, steps, inside = statistics._beta_below, [0], [False]

    def counting(*given: float) -> float:
        if inside[0]:  # the other tail, asked for by the same step
            return below(*given)
        steps[-1], inside[0] = steps[-1] + 1, True
        try:
            return below(*given)
        finally:
            inside[0] = False

    monkeypatch.setattr(statistics, "_beta_below", counting)
    for count, of in ((1, 10), (5, 10), (81, 263), (373, 400), (2431, 3000), (5, 100_000)):
        statistics.exact_share(count, of)
        steps.append(0)

    assert all(2 <= one <= 2 * 4 for one in steps[:-1])
    assert sum(steps) <= 42


LEVEL = [10.0, 12, 9, 11, 10, 12, 9, 11, 10, 12, 9, 11]


def test_limits_need_twelve_points() -> None:
    assert signals.limits(LEVEL[:11]) == signals.Limits(10)
    assert trends._verdict(LEVEL[:11], []) == "run_chart"
    assert trends._verdict(LEVEL, []) == "none"
    found = signals.limits(LEVEL)
    # moving ranges 2 3 2 1 2 3 2 1 2 3 2: mean 23/11; 126/12 = 10.5
    assert found.centre == 10.5
    assert found.upper == pytest.approx(10.5 + 23 / 11 * 3 / 1.128)
    assert signals.limits([0, 3, 0, 1] * 3).lower == 0


def test_nothing_is_signalled_by_ordinary_months_or_by_too_few() -> None:
    assert signals.found(LEVEL) == []
    assert signals.found([1, 1, 1, 1, 1, 1, 1, 1, 1, 50.0, 1]) == []


@pytest.mark.parametrize("sign", [1, -1])
def test_each_rule_is_seen_in_both_directions(sign: int) -> None:
    def told(values: list[float]) -> list[tuple[str, int, int, bool]]:
        found = signals.found([100 + sign * value for value in values])
        return [(one.kind, one.first, one.last, one.up) for one in found]

    up = sign == 1
    level = [0.0, 2, -1, 1, 0, 2, -1, 1, 0, 2, -1, 1]
    assert ("outside", 12, 12, up) in told([*level, 12])
    assert ("shift", 12, 18, up) in told([*level, 2, 3, 2, 3, 2, 3, 2])
    assert not any(kind == "shift" for kind, *_ in told([*level[:-1], -1, 2, 3, 2, 3, 2, 3]))
    assert ("trend", 11, 17, up) in told([*level[:-1], -3, -2, -1, 0, 1, 2, 3, 1, 2, 1])
    assert ("near", 12, 14, up) in told([*level, 6.5, 3, 6.5])


def test_points_on_opposite_sides_are_not_two_of_three_near_one_limit() -> None:
    level = [0.0, 2, -1, 1, 0, 2, -1, 1, 0, 2, -1, 1]
    found = signals.found([100 + value for value in [*level, 6.5, 0, -5.5]])
    assert not any(one.kind == "near" for one in found)


def the_rules_again(counts: list[int]) -> set[signals.Signal]:
    """The four rules in the other order: each stretch of months is asked whether it is one."""
    mean, spread = signals.natural(counts)
    told = {
        signals.Signal("outside", at, at, count > mean)
        for at, count in enumerate(counts)
        if abs(count - mean) > spread
    }
    for up in (True, False):
        away = [count - mean if up else mean - count for count in counts]
        beyond = [one > 0 for one in away]
        rises = [after > before for before, after in pairwise(away)]
        near = [spread * 2 / 3 < one <= spread for one in away]
        for a, b in combinations(range(len(counts)), 2):
            around = [*beyond[max(a - 1, 0) : a], *beyond[b + 1 : b + 2]]
            if b - a >= 6 and all(beyond[a : b + 1]) and not any(around):
                told.add(signals.Signal("shift", a, b, up))
            around = [*rises[max(a - 1, 0) : a], *rises[b : b + 1]]
            if b - a >= 6 and all(rises[a:b]) and not any(around):
                told.add(signals.Signal("trend", a, b, up))
            around = [*near[max(a - 2, 0) : a], *near[b + 1 : b + 3]]
            gap = any(not one and not other for one, other in pairwise(near[a : b + 1]))
            if near[a] and near[b] and not gap and not any(around):
                told.add(signals.Signal("near", a, b, up))
    return told


def test_a_second_reading_of_the_rules_finds_the_same_signals() -> None:
    chance, seen = Random(4), set()
    for turn in range(300):
        drift, counts = turn % 3 - 1, [20]
        for _ in range(chance.choice([11, 17, 29])):
            level = chance.choice([20 + chance.randint(-4, 4), counts[-1]])
            counts.append(level + drift * chance.choice([0, 1, 1, 1]))
        found = signals.found(counts)
        assert set(found) == the_rules_again(counts), counts
        assert len(set(found)) == len(found)
        seen |= {(one.kind, one.up) for one in found}
    assert len(seen) == 8
