"""Themes as given and as they should be in; how often they agree, out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field

from complaints_learning.classify.labels import Label
from complaints_learning.nouns.shares import wilson

BINS = 10


class Known(Struct, frozen=True):
    """One text as people labelled it. `readers` are the theme sets of each labeller."""

    text: str
    themes: tuple[str, ...]
    primary: str = ""
    readers: tuple[tuple[str, ...], ...] = ()


class Scores(Struct, frozen=True):
    """How well one theme is found. `low` and `high` bound F1 (95%, by the delta method).

    `said` is how many texts were given it, `both` how many of those rightly.
    """

    theme: str
    count: int
    said: int
    both: int
    precision: float
    recall: float
    f1: float
    low: float
    high: float


class Accuracy(Struct, frozen=True):
    """How well the themes of some texts are found.

    `reliability` has one row a tenth of probability: lowest, labels given, mean probability,
    share right. `coverage` has the share of texts and how often their primary theme is right,
    most certain first.
    """

    texts: int
    scores: tuple[Scores, ...]
    macro_f1: float
    micro_f1: float
    micro_low: float
    micro_high: float
    primary: float | None
    primary_low: float | None
    primary_high: float | None
    agreement: float | None
    ece: float
    reliability: tuple[tuple[float, int, float, float], ...]
    coverage: tuple[tuple[float, float], ...]
    skipped: int = 0
    notes: tuple[str, ...] = field(default=())


def measure(
    known: Sequence[Known], found: Sequence[Sequence[Label]], codes: Sequence[str]
) -> Accuracy:
    """How well `found` agrees with what is known."""
    given = [{label.theme for label in labels} for labels in found]
    meant = [set(each.themes) for each in known]
    scores = tuple(
        _scores(code, given, meant)
        for code in codes
        if any(code in each for each in (*given, *meant))
    )
    occurring = [each.f1 for each in scores if each.count]
    both = sum(len(a & b) for a, b in zip(given, meant, strict=True))
    total = sum(len(a) + len(b) for a, b in zip(given, meant, strict=True))
    micro = 2 * both / total if total else 0.0
    low, high = _around(micro, total / 2)
    asked = [(n, each.primary) for n, each in enumerate(known) if each.primary]
    right = sum(_primary(found[n]) == wanted for n, wanted in asked)
    interval = wilson(right, len(asked)) if asked else (None, None)
    return Accuracy(
        texts=len(known),
        scores=scores,
        macro_f1=sum(occurring) / len(occurring) if occurring else 0.0,
        micro_f1=micro,
        micro_low=low,
        micro_high=high,
        primary=right / len(asked) if asked else None,
        primary_low=interval[0],
        primary_high=interval[1],
        agreement=krippendorff([each.readers for each in known], codes),
        ece=_ece(rows := _reliability(found, meant)),
        reliability=rows,
        coverage=_coverage(known, found),
    )


def _scores(code: str, given: Sequence[set[str]], meant: Sequence[set[str]]) -> Scores:
    both = sum(code in a and code in b for a, b in zip(given, meant, strict=True))
    said, true = sum(code in a for a in given), sum(code in b for b in meant)
    f1 = 2 * both / (said + true) if said + true else 0.0
    low, high = _around(f1, (said + true) / 2)
    return Scores(
        *(code, true, said, both),
        *(both / said if said else 0.0, both / true if true else 0.0, f1, low, high),
    )


def _around(share: float, count: float) -> tuple[float, float]:
    """A 95% interval about a share of roughly `count` cases (Wilson)."""
    return wilson(share * count, count)


def _primary(labels: Sequence[Label]) -> str:
    return next((label.theme for label in labels if label.primary), "")


def _reliability(
    found: Sequence[Sequence[Label]], meant: Sequence[set[str]]
) -> tuple[tuple[float, int, float, float], ...]:
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for labels, themes in zip(found, meant, strict=True):
        for label in labels:
            at = min(BINS - 1, int(label.probability * BINS))
            bins[at].append((label.probability, label.theme in themes))
    return tuple(
        (
            n / BINS,
            len(each),
            sum(chance for chance, _ in each) / len(each),
            sum(right for _, right in each) / len(each),
        )
        for n, each in enumerate(bins)
        if each
    )


def _ece(rows: Sequence[tuple[float, int, float, float]]) -> float:
    """Expected calibration error: how far probability is from being right, on average."""
    total = sum(count for _, count, _, _ in rows)
    return (
        sum(count * abs(said - right) for _, count, said, right in rows) / total if total else 0.0
    )


def _coverage(
    known: Sequence[Known], found: Sequence[Sequence[Label]]
) -> tuple[tuple[float, float], ...]:
    certain = sorted(
        (
            (
                -max((label.probability for label in labels), default=0.0),
                _primary(labels) == each.primary,
            )
            for each, labels in zip(known, found, strict=True)
            if each.primary
        )
    )
    out = []
    for tenth in range(1, 11):
        part = certain[: max(1, round(len(certain) * tenth / 10))] if certain else []
        if part:
            out.append((tenth / 10, sum(right for _, right in part) / len(part)))
    return tuple(out)


def krippendorff(readings: Sequence[Sequence[Sequence[str]]], codes: Sequence[str]) -> float | None:
    """Krippendorff's alpha over every text and theme, each given or not by each labeller.

    None when no text has two labellers. 1 is full agreement, 0 what chance would give. The
    formula for nominal data of K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011).

    >>> krippendorff([[["a"], ["a"]], [["b"], ["b"]]], ["a", "b"])
    1.0
    """
    units = [
        [code in reading for reading in text]
        for text in readings
        if len(text) > 1
        for code in codes
    ]
    if not units:
        return None
    values = sum(map(len, units))
    yes = sum(map(sum, units))
    observed = 0.0
    for unit in units:
        ones, size = sum(unit), len(unit)
        observed += 2 * ones * (size - ones) / (size - 1)
    expected = 2 * yes * (values - yes) / (values - 1) if values > 1 else 0.0
    return 1 - observed / expected if expected else 1.0


def _rounded(interval: tuple[float, float]) -> list[float]:
    return [round(each, 4) for each in interval]


def as_dict(found: Accuracy) -> Mapping[str, object]:
    """What --json prints."""
    return {
        "texts": found.texts,
        "skipped": found.skipped,
        "macro_f1": round(found.macro_f1, 4),
        "micro_f1": round(found.micro_f1, 4),
        "micro_f1_interval": _rounded((found.micro_low, found.micro_high)),
        "primary_accuracy": None if found.primary is None else round(found.primary, 4),
        "primary_interval": None
        if found.primary_low is None or found.primary_high is None
        else _rounded((found.primary_low, found.primary_high)),
        "agreement": None if found.agreement is None else round(found.agreement, 4),
        "ece": round(found.ece, 4),
        "themes": {
            each.theme: {
                "count": each.count,
                "precision": round(each.precision, 4),
                "precision_interval": _rounded(wilson(each.both, each.said)),
                "recall": round(each.recall, 4),
                "recall_interval": _rounded(wilson(each.both, each.count)),
                "f1": round(each.f1, 4),
                "f1_interval": _rounded((each.low, each.high)),
            }
            for each in found.scores
        },
        "reliability": [
            {"from": low, "labels": count, "probability": round(said, 4), "right": round(right, 4)}
            for low, count, said, right in found.reliability
        ],
        "coverage": [
            {"texts": share, "primary_right": round(right, 4)} for share, right in found.coverage
        ],
    }
