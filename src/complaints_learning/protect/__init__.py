"""Findings in; the edition's findings out: small numbers hidden once, for everything downstream.

The door of the stage. `for_edition` is the only way from `measure` to anything that is shown.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from complaints_learning.nouns.findings import Figure, Findings, Listing
from complaints_learning.protect import hide, links, small

if TYPE_CHECKING:
    from complaints_learning.nouns.settings import SmallNumbers

__all__ = ["Masking", "for_edition", "masking"]

SIGNALS = "signals"
"""The list of months that stand out, by the title of their series."""
COUNT = "masked.cells"
"""The figure that says how many figures are not shown."""


class Masking(Struct, frozen=True):
    """Which figures are hidden and why: for officers and tests, never for a public file.

    `small` are counts, remainders or averages that are too small; `linked` are hidden so that
    those cannot be computed back; `denominators` are figures whose 'of how many' is hidden.
    """

    small: frozenset[str]
    linked: frozenset[str]
    denominators: frozenset[str]

    @property
    def hidden(self) -> frozenset[str]:
        """All figures without a value in the public edition."""
        return self.small | self.linked


def for_edition(
    findings: Findings,
    edition: Literal["public", "internal"],
    rule: SmallNumbers,
) -> Findings:
    """What the edition may show. Internal: everything. Public: no small number, by any route.

    In the public edition a hidden figure has no value, interval, denominator or base, and says
    'hidden', never why: whoever could tell small from linked would know more.

    >>> from complaints_learning.nouns import period
    >>> from complaints_learning.nouns.findings import Sum
    >>> from complaints_learning.nouns.settings import SmallNumbers
    >>> counted = {n: Figure(n, v, n) for n, v in {"all": 40, "a": 3, "b": 17, "c": 20}.items()}
    >>> sums = (Sum("all", ("a", "b", "c")),)
    >>> found = Findings(period.parse("2023"), counted, sums=sums)
    >>> shown = for_edition(found, "public", SmallNumbers())
    >>> {name: figure.value for name, figure in shown.figures.items()}
    {'all': 40, 'a': None, 'b': None, 'c': 20, 'masked.cells': 2}
    """
    if edition == "internal":
        return findings
    decided = masking(findings, rule)
    hidden, bare = decided.hidden, decided.denominators
    figures = {name: _shown(figure, hidden, bare) for name, figure in findings.figures.items()}
    figures[COUNT] = Figure(
        name=COUNT,
        value=len(hidden),
        meaning="Figures not shown, because they or what they reveal could point at somebody",
        unit="figures",
        of=len(findings.figures),
    )
    facts = {name: text for name, text in findings.facts.items() if name not in hidden}
    listings = dict(findings.listings)
    if SIGNALS in listings:
        listings[SIGNALS] = _without_hidden_series(listings[SIGNALS], findings, hidden)
    return replace(findings, figures=figures, facts=facts, listings=listings)


def _without_hidden_series(listing: Listing, findings: Findings, hidden: frozenset[str]) -> Listing:
    """Signals of a control chart all of whose months are shown.

    A run of months that rises tells that a hidden one lies between its neighbours.
    """
    dark = {
        series.title
        for chart in findings.charts.values()
        for series in chart.series
        if not hidden.isdisjoint(series.figures)
    }
    return replace(listing, rows=tuple(row for row in listing.rows if row[0] not in dark))


def masking(findings: Findings, rule: SmallNumbers) -> Masking:
    """What the public edition hides, and why."""
    limit = rule.hidden_up_to
    if limit < 1:
        return Masking(frozenset(), frozenset(), frozenset())
    system = links.system(findings)
    targets = small.targets(system, findings.figures, limit)
    first = {target.at for target in targets}
    every = hide.secondary(system, first, targets)
    names = {name for at in every for name in system.names[at]}
    why = {name for at in first for name in system.names[at]}
    linked = (names - why) | _derived(findings, names)
    figures = findings.figures.keys()
    return Masking(
        small=frozenset(why & figures),
        linked=frozenset((linked - why) & figures),
        denominators=frozenset(name.removesuffix("#of") for name in names - figures),
    )


def _derived(findings: Findings, hidden: set[str]) -> set[str]:
    """Rates, shares, means and limits that would say a hidden count again.

    A figure that is no count is of the count it is named after: 'change.upheld.share' of
    'upheld', 'change.upheld', 'upheld.share' and last year's of each. A change is also of all
    that it compares: what was and how far it moved say what is.
    """
    found: set[str] = set()
    for name, figure in findings.figures.items():
        if figure.value is None or name in hidden or figure.is_count:
            continue
        told = {figure.of_name, *figure.compares} | _about(name)
        if not hidden.isdisjoint(told):
            found.add(name)
    for chart in findings.charts.values():
        if any(name in hidden for series in chart.series for name in series.figures):
            found.update(filter(None, (chart.centre, chart.lower, chart.upper)))
    return found


def _about(name: str) -> set[str]:
    parts = tuple(name.split("."))
    lengths = range(max(0, len(parts) - 2), len(parts))
    shorter = {some for length in lengths for some in combinations(parts, length)}
    before = {("previous", *some[1:]) for some in (parts, *shorter) if some[:1] == ("change",)}
    return {".".join(some) for some in shorter | before if some}


def _shown(figure: Figure, hidden: frozenset[str], bare: frozenset[str]) -> Figure:
    of = None if figure.name in bare or figure.of_name in hidden else figure.of
    figure = replace(figure, of=of, of_masked=of != figure.of)
    if figure.name in hidden:
        return replace(figure, value=None, low=None, high=None, base=None, masked="hidden")
    # an interval of 0 of a few tells how many the few are
    return replace(figure, low=None, high=None) if figure.of_masked else figure
