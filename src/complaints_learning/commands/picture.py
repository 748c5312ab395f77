"""Figures in; lines of text that draw them, for a terminal of any alphabet, out.

In a terminal a long label goes on in the line below; in a pipe or a file every figure has one line.
No label is cut.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence

from complaints_learning.commands import say
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure

_DRAWN = 40
_BESIDE = 14
"""Columns for the number beside a bar, and for the change after it."""


def columns() -> int:
    """Characters of a line in the terminal; 0 for no limit, where we print to none."""
    return say.columns() if sys.stdout.isatty() else 0


def bars(
    rows: Sequence[tuple[str, Figure]], after: Sequence[str] = (), wide: int | None = None
) -> list[str]:
    """A bar a figure: its label, its number, as many '#' as it is of the largest, what comes after.

    >>> one, two = Figure("a", 4, "A"), Figure("b", 1, "B")
    >>> for line in bars([("Delay", one), ("Money owed to us", two)], ["(+1)"], wide=34):
    ...     print(line)
    Delay         4  ########  (+1)
    Money owed    1  ##
      to us
    """
    largest = max((figure.value or 0 for _, figure in rows), default=0) or 1
    label_wide, drawn_wide = _widths([label for label, _ in rows], wide)
    drawn = ["#" * round(drawn_wide * (figure.value or 0) / largest) for _, figure in rows]
    for at, more in enumerate(after):
        drawn[at] += f"  {more}" if more else ""
    return _lines(rows, drawn, label_wide)


def dots(
    rows: Sequence[tuple[str, Figure]], marks: Sequence[Figure], wide: int | None = None
) -> list[str]:
    """A line of months: 'o' where each stands between nothing and the most, '|' at the marks.

    >>> months = [("April", Figure("a", 2, "A")), ("May", Figure("b", 8, "B"))]
    >>> for line in dots(months, [Figure("mean", 5.0, "Mean", base=10)], wide=28):
    ...     print(line)
    April  2    o  |
    May    8       |  o
    """
    places = [figure.value for _, figure in rows] + [mark.value for mark in marks]
    largest = max((float(value) for value in places if value is not None), default=0) or 1
    label_wide, drawn_wide = _widths([label for label, _ in rows], wide)

    def place(value: float) -> int:
        return round((drawn_wide - 1) * value / largest)

    drawn = []
    for _, figure in rows:
        line = [" "] * drawn_wide
        for mark in marks:
            if mark.value is not None:
                line[place(float(mark.value))] = "|"
        if figure.value is not None:
            line[place(float(figure.value))] = "o"
        drawn.append("".join(line))
    return _lines(rows, drawn, label_wide)


def _widths(labels: Sequence[str], wide: int | None) -> tuple[int, int]:
    """How wide labels and drawings are, in a line of `wide` characters; 0 is no limit."""
    wide = columns() if wide is None else wide
    longest = max(map(len, labels), default=0)
    if not wide:
        return longest, _DRAWN
    word = max((len(word) for label in labels for word in label.split()), default=0)
    drawn = min(_DRAWN, max(wide - _BESIDE - min(longest, 26), 8))
    return min(longest, max(wide - _BESIDE - drawn, word + 2)), drawn


def _lines(rows: Sequence[tuple[str, Figure]], drawn: Sequence[str], wide: int) -> list[str]:
    """A line or more for each row: label, number and drawing."""
    numbers = [wording.figure(figure) for _, figure in rows]
    digits = max(map(len, numbers), default=1)
    lines = []
    for (label, _), number, picture in zip(rows, numbers, drawn, strict=True):
        first, *rest = textwrap.wrap(label, wide, subsequent_indent="  ") or [""]
        lines.append(f"{first:<{wide}}  {number:>{digits}}  {picture}".rstrip())
        lines[-1] = "\n".join([lines[-1], *rest])
    return lines
