"""This year and the year before in; the change, its 95% interval and whether it is more than
chance out."""

from __future__ import annotations

from collections.abc import Iterable

from complaints_learning.measure import confirmed, statistics
from complaints_learning.measure.given import Given, Measure
from complaints_learning.measure.ledger import Ledger
from complaints_learning.nouns.findings import Figure
from complaints_learning.nouns.shares import Interval

VERDICTS: dict[str, str] = {
    "up": "up by more than chance alone would explain",
    "down": "down by more than chance alone would explain",
    "no_clear_change": "no clear change: chance alone could explain the difference",
    "too_few": "too few to say",
    "not_comparable": "not comparable: one of the two years is not wholly covered",
    "unlike": "not compared: people decided the themes of one year, words found those of the other",
}
"""What the fact named as a change figure can say."""


def add(given: Given) -> None:
    """Add the change of every count and share that a measure asked to compare."""
    ledger, minimum = given.ledger, given.prepared.settings.assurance.minimum_cases
    comparable = given.before.known and not given.covered.short(given.now.period)
    alike = confirmed.alike(ledger)
    by_theme = [stem for stem in ledger.compared if stem.startswith("theme.")]
    others = [stem for stem in ledger.compared if not stem.startswith("theme.")]
    _counts(ledger, others, comparable, minimum)
    reason = "unlike" if comparable else "not_comparable"
    _counts(ledger, by_theme, comparable and alike, minimum, reason)
    ledger.facts["themes.unlike"] = "yes" if comparable and not alike else ""
    _shares(ledger, ledger.shares_compared, comparable)


def _counts(
    ledger: Ledger,
    stems: Iterable[str],
    comparable: bool,
    minimum: int,
    otherwise: str = "not_comparable",
) -> None:
    """Add `change.STEM` for each stem, and the fact of the same name with its verdict.

    The value is this year's count less the year before's; its percentage is of the year
    before. `low` and `high` are the exact interval of the ratio of two counts, as complaints.
    `otherwise` is the verdict when the years are not comparable.
    """
    for stem in stems:
        now, before = ledger.figures[stem], ledger.figures[f"previous.{stem}"]
        name = f"change.{stem}"
        if not comparable or not isinstance(now.value, int) or not isinstance(before.value, int):
            ledger.add(Figure(name, None, _meaning(now), unit=now.unit))
            ledger.facts[name] = otherwise if not comparable else "not_comparable"
            continue
        ratio = statistics.ratio_of_counts(now.value, before.value)
        known = before.value > 0
        ledger.add(
            Figure(
                name,
                now.value - before.value,
                _meaning(now),
                unit=now.unit,
                of=before.value,
                of_name=before.name,
                compares=(now.name, before.name),
                base=now.value + before.value,
                low=before.value * (ratio[0] - 1) if known else None,
                high=before.value * (ratio[1] - 1) if known else None,
            )
        )
        ledger.adds_up(stem, (before.name, name))
        ledger.facts[name] = _verdict(now.value + before.value, ratio, minimum)


def _verdict(cases: int, ratio: Interval, minimum: int) -> str:
    if cases < minimum:
        return "too_few"
    if ratio[0] > 1:
        return "up"
    return "down" if ratio[1] < 1 else "no_clear_change"


def _shares(ledger: Ledger, stems: Iterable[str], comparable: bool) -> None:
    """Add `change.STEM.share`: how far the percentage moved, in percentage points."""
    for stem in stems:
        now, before = ledger.figures[stem], ledger.figures[f"previous.{stem}"]
        name, meaning = f"change.{stem}.share", f"Change of the share: {now.meaning}"
        unit = "percentage points"
        whole = isinstance(now.value, int) and isinstance(before.value, int)
        if not (comparable and whole and now.of and before.of):
            ledger.add(Figure(name, None, meaning, unit=unit, of_name=stem))
            ledger.facts[name] = "not_comparable"
            continue
        assert isinstance(now.value, int) and isinstance(before.value, int)
        low, high = statistics.difference_of_shares(now.value, now.of, before.value, before.of)
        gap = now.value / now.of - before.value / before.of
        ledger.add(
            Figure(
                name,
                100 * gap,
                meaning,
                unit=unit,
                of_name=stem,
                compares=(now.name, before.name),
                base=now.of + before.of,
                low=100 * low,
                high=100 * high,
            )
        )
        ledger.facts[name] = "up" if low > 0 else "down" if high < 0 else "no_clear_change"


def _meaning(now: Figure) -> str:
    return f"{now.meaning}, less the year before"


MEASURE = Measure(add=add)
