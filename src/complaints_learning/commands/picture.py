"""Figures in; lines of text that draw them, for a terminal of any alphabet, out."""

from __future__ import annotations

import shutil
from collections.abc import Sequence

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure

_LABEL = 26
_BESIDE = 14
"""Columns for the number beside a bar, and for the change after it."""


def width() -> int:
    """Characters of a bar or a line, so that it fits: 40 in 80 columns, fewer in a narrow one."""
    return min(40, max(shutil.get_terminal_size().columns - _LABEL - _BESIDE, 8))


def bars(rows: Sequence[tuple[str, Figure]], wide: int = 0) -> list[str]:
    """A bar a figure: its label, number, and as many '#' as it is of the largest.

    >>> one, two = Figure("a", 4, "A"), Figure("b", 1, "B")
    >>> for line in bars([("Delay", one), ("Money", two)], wide=8):
    ...     print(line)
    Delay                       4  ########
    Money                       1  ##
    """
    wide = wide or width()
    largest = max((figure.value or 0 for _, figure in rows), default=0) or 1
    shown = [(label, wording.figure(figure), figure.value or 0) for label, figure in rows]
    digits = max((len(text) for _, text, _ in shown), default=1)
    return [
        _line(label, f"{text:>{digits}}", "#" * round(wide * value / largest))
        for label, text, value in shown
    ]


def dots(rows: Sequence[tuple[str, Figure]], marks: Sequence[Figure], wide: int = 0) -> list[str]:
    """A line of months: 'o' where each stands between nothing and the most, '|' at the marks.

    >>> months = [("April", Figure("a", 2, "A")), ("May", Figure("b", 8, "B"))]
    >>> for line in dots(months, [Figure("mean", 5.0, "Mean", base=10)], wide=9):
    ...     print(line)
    April                       2    o  |
    May                         8       |  o
    """
    wide = wide or width()
    places = [figure.value for _, figure in rows] + [mark.value for mark in marks]
    largest = max((float(value) for value in places if value is not None), default=0) or 1

    def place(value: float) -> int:
        return round((wide - 1) * value / largest)

    lines = []
    digits = max((len(wording.figure(figure)) for _, figure in rows), default=1)
    for label, figure in rows:
        line = [" "] * wide
        for mark in marks:
            if mark.value is not None:
                line[place(float(mark.value))] = "|"
        if figure.value is not None:
            line[place(float(figure.value))] = "o"
        lines.append(_line(label, f"{wording.figure(figure):>{digits}}", "".join(line)))
    return lines


def _line(label: str, number: str, drawn: str) -> str:
    return f"{short(label):<{_LABEL}}  {number}  {drawn}".rstrip()


def short(label: str, width: int = _LABEL) -> str:
    """The label, cut with '...' when it is too long.

    >>> short("Education, Health and Care assessments and plans")
    'Education, Health and C...'
    """
    return label if len(label) <= width else f"{label[: width - 3].rstrip()}..."
