"""Single cells as text and as words to look up; what an empty cell looks like when typed."""

from __future__ import annotations

import re
from datetime import datetime

from complaints_learning.nouns.raw import Cell

EMPTY = frozenset(
    ("", "-", "--", "n/a", "na", "n.a.", "none", "nil", "not applicable", "null", ".", "blank")
)
"""What stands for nothing in any column."""
BLANK = EMPTY | frozenset(
    (
        *("tbc", "tba", "not known", "n/k", "nk", "unknown", "not recorded", "?", "not stated"),
        *("to be confirmed",),
    )
)
"""What stands for nothing in a coded column, where not knowing is an answer."""


def text(cell: Cell) -> str:
    """A cell as text: trimmed, whole numbers without a point.

    >>> text(" 0012 "), text(12.0), text("a\\xa0b")
    ('0012', '12', 'a b')
    """
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    return str(cell)


def token(cell: Cell) -> str:
    """A cell as a word to look up: no case, no marks, one space between words."""
    return " ".join(re.sub(r"[^\w£%&+/-]+", " ", text(cell).casefold()).split())
