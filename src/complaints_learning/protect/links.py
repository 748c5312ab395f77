"""Findings in; one linear system out: every figure a variable, everything that adds up a link.

A reader who knows a total and all its parts but one can subtract. So can one who knows how many
of how many, the same count under another name, or this year, last year and the change. All of
these become links, and `hide` looks at the whole of them at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from msgspec import Struct

from complaints_learning.nouns.findings import Figure, Findings, sound

# Counting these tells nothing about a family, so they may be shown however few there are.
NOBODY = frozenset(
    {
        *("actions", "activities", "audits", "services", "teams", "themes", "stocktakes"),
        *("sessions", "questions", "files", "rows", "sheets", "figures", "councils", "months"),
        *("days", "weeks", "working days", "calendar days", "percent", "points", "deep dives"),
        *("contacts", "problems", "quarters", "years", "periods", "reviews", "events"),
        *("checks", "places", "forms", "pieces of advice", "meetings"),
    }
)


class System(Struct, frozen=True):
    """Variables 0..n-1 and what ties them.

    `names[i]` are the figures that show variable i ('x#of' is the bare denominator of x);
    `least[i]` is the smallest value a reader could give it once it is hidden. Each link is
    ((variable, +1 or -1), ...) adding to nothing. `pairs` are (part, whole): part <= whole.
    """

    names: tuple[tuple[str, ...], ...]
    values: tuple[float, ...]
    least: tuple[float, ...]
    links: tuple[tuple[tuple[int, int], ...], ...]
    pairs: tuple[tuple[int, int], ...]
    index: Mapping[str, int]
    people: frozenset[int]


def is_change(figure: Figure) -> bool:
    """Whether the figure is a difference, which may be below nothing and counts nobody."""
    negative = figure.value is not None and figure.value < 0
    if negative or "change" not in figure.name:
        return negative
    return any("change" in part.split("_") for part in figure.name.split("."))


def counts_people(figure: Figure) -> bool:
    """Whether a small value points at somebody."""
    return figure.is_count and figure.unit not in NOBODY and not is_change(figure)


def system(findings: Findings) -> System:
    """The variables and links of everything that the report, the web page or the data show."""
    figures = {n: f for n, f in findings.figures.items() if f.value is not None}
    values: dict[str, float] = {n: f.value for n, f in figures.items() if f.value is not None}
    ruled = _ruled(figures)
    wholes = _wholes(figures, values, ruled)
    sums = sound(findings.figures, findings.sums)
    same = _same(sums, figures, ruled)
    roots = sorted({same.get(n, n) for n in values})
    at = {root: i for i, root in enumerate(roots)}
    index = {n: at[same.get(n, n)] for n in values}
    shown_by: dict[int, list[str]] = defaultdict(list)
    for name, i in index.items():
        shown_by[i].append(name)
    links: dict[tuple[tuple[int, int], ...], None] = {}
    for total, parts in (*sums, *_implied(figures, ruled)):
        signs: dict[int, int] = defaultdict(int)
        signs[index[total]] -= 1
        for part in parts:
            signs[index[part]] += 1
        link = tuple(sorted((i, sign) for i, sign in signs.items() if sign))
        if len(link) > 1:
            links[link] = None
    pairs = {(index[n], index[w]) for n, w in wholes if values[n] <= values[w]}
    ends = {i for pair in pairs for i in pair}
    free = {index[n] for n, f in figures.items() if is_change(f)}
    plain = {index[n] for n, f in figures.items() if not f.is_count}
    people = {index[n] for n, f in figures.items() if counts_people(f)} | (
        ends & {i for i, names in shown_by.items() if all(n.endswith("#of") for n in names)}
    )
    least = tuple(
        float("-inf") if i in free else 0.0 if i in plain else 1.0 for i in range(len(roots))
    )
    return System(
        names=tuple(tuple(sorted(shown_by[i])) for i in range(len(roots))),
        values=tuple(values[root] for root in roots),
        least=least,
        links=tuple(links),
        pairs=tuple(sorted((part, whole) for part, whole in pairs if part != whole)),
        index=index,
        people=frozenset(people),
    )


_Test = tuple[str, frozenset[str]]
_Ruled = Mapping[str, frozenset[_Test]]


def _ruled(figures: Mapping[str, Figure]) -> _Ruled:
    """What each count asks of a row, by its name; worked out once, because all below need it."""
    return {
        name: frozenset((c.column, frozenset(map(repr, c.values))) for c in figure.rule)
        for name, figure in figures.items()
        if figure.rows and figure.is_count
    }


def _wholes(
    figures: Mapping[str, Figure], values: dict[str, float], ruled: _Ruled
) -> list[tuple[str, str]]:
    """(part, whole) by name; a denominator that is no figure becomes one called 'x#of'."""
    found = []
    for name, figure in figures.items():
        if figure.of is None or not figure.is_count or is_change(figure):
            continue
        whole = figure.of_name
        if values.get(whole) != figure.of:
            whole = f"{name}#of"
            values[whole] = figure.of
        found.append((name, whole))
    return [*found, *_within(figures, ruled)]


def _within(figures: Mapping[str, Figure], ruled: _Ruled) -> list[tuple[str, str]]:
    """(part, whole) that nobody declared: the part's rule asks one thing more than the whole's.

    A reader sees that 13 complaints mainly about a theme, of 14 about it, leave one.
    """
    by_rule: dict[tuple[str, str, frozenset[_Test]], str] = {}
    counts = [figures[name] for name in ruled if not is_change(figures[name])]
    for figure in counts:
        by_rule.setdefault((figure.rows, figure.unit, ruled[figure.name]), figure.name)
    return [
        (figure.name, by_rule[key])
        for figure in counts
        for tests in [ruled[figure.name]]
        for test in tests
        if (key := (figure.rows, figure.unit, tests - {test})) in by_rule
    ]


def _same(
    sums: Sequence[tuple[str, tuple[str, ...]]],
    figures: Mapping[str, Figure],
    ruled: _Ruled,
) -> dict[str, str]:
    """Name to the name that stands for it: figures that are one count under several names."""
    stands: dict[str, str] = {}

    def root(name: str) -> str:
        while name in stands:
            name = stands[name]
        return name

    def join(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        if first != second:
            stands[second] = first

    by_rule: dict[object, str] = {}
    for name, tests in ruled.items():
        figure = figures[name]
        # whatever the unit: 6 compliments and 6 rows that are compliments are the same
        key = (figure.rows, tests, figure.value, is_change(figure))
        join(by_rule.setdefault(key, name), name)
    for total, parts in sums:
        if len(parts) == 1:
            join(total, parts[0])
    return {name: root(name) for name in stands}


def _implied(figures: Mapping[str, Figure], ruled: _Ruled) -> list[tuple[str, tuple[str, ...]]]:
    """Sums that nobody declared: counts whose rules differ in one column and share out a total.

    A net under `Findings.sums`: a reader sees that a table's rows are all there are, whether
    or not `measure` said so. That they add up to the total is taken as the proof.
    """
    by_rule: dict[tuple[str, str, frozenset[_Test]], str] = {}
    shares: dict[tuple[str, str, frozenset[_Test], str], dict[frozenset[str], str]] = {}
    for name, tests in ruled.items():
        figure = figures[name]
        if is_change(figure):
            continue
        by_rule.setdefault((figure.rows, figure.unit, tests), name)
        for test in tests:
            key = (figure.rows, figure.unit, tests - {test}, test[0])
            shares.setdefault(key, {}).setdefault(test[1], name)
    found = []
    for (rows, unit, rest, _), by_values in shares.items():
        totals: list[tuple[str, frozenset[str] | None]] = [
            (name, values) for values, name in by_values.items() if len(values) > 1
        ]
        if (rows, unit, rest) in by_rule:
            totals.append((by_rule[rows, unit, rest], None))
        for total, within in totals:
            parts = _apart(by_values, within)
            whole = figures[total].value
            if len(parts) > 1 and sum(figures[part].value or 0 for part in parts) == whole:
                found.append((total, parts))
    return found


def _apart(
    by_values: Mapping[frozenset[str], str], within: frozenset[str] | None
) -> tuple[str, ...]:
    """The finest counts that do not overlap, of those properly inside `within`."""
    taken: set[str] = set()
    parts = []
    for values in sorted(by_values, key=lambda v: (len(v), sorted(v))):
        if (within is None or values < within) and taken.isdisjoint(values):
            taken |= values
            parts.append(by_values[values])
    return tuple(parts)
