"""Characters no report can hold, taken out once, as cells come in."""

from __future__ import annotations

import re

from complaints_learning.nouns.errors import Place, Problem

_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\ue000-\uf8ff"
    "\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\U000f0000-\U0010ffff]"
)


def hygienic(text: str) -> tuple[str, bool]:
    """The text without control, invisible, private-use and direction characters; and if any went.

    >>> hygienic("\\u202eabc\\x07")
    ('abc', True)
    """
    if not _UNWANTED.search(text):
        return text, False
    return _UNWANTED.sub("", text), True


def note(file: str, sheet: str = "") -> Problem:
    """That characters no report can hold were taken out."""
    return Problem(
        "characters-removed",
        "control, private-use or direction-override characters were taken out of some cells.",
        Place(file, sheet),
        "They cannot be seen and cannot stand in a Word file. Nothing to do unless text looks odd.",
    )
