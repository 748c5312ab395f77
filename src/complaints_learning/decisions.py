"""What a person has decided about complaints: themes, the primary one, a sentence to publish."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from complaints_learning.errors import Place, Problem

NO_THEME = "No theme"
PUBLISH, KEEP_BACK = "publish", "do not publish"
COLUMNS = (
    *("Reference", "Received", "Text", "Proposed themes", "Because of", "Certainty"),
    *("Theme 1", "Theme 2", "Theme 3", "Theme 4", "Primary theme"),
    *("Sentence to publish", "Publication", "What looks identifying", "Text code"),
)
"""The columns of review/decisions.xlsx, in order. A person fills in Theme 1 to Publication."""
SHEET, LISTED = "Decisions", "Listed"


@dataclass(frozen=True, slots=True)
class Decision:
    """One complaint as a person decided it. No themes means: none applies.

    `fingerprint` is that of the text that was decided on; '' when nobody knows.
    """

    reference: str
    themes: tuple[str, ...]
    primary: str = ""
    fingerprint: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Publication:
    """A sentence of one complaint that somebody put up for publication.

    `decided` is PUBLISH, KEEP_BACK or '' (not decided). `place` is the sentence's cell.
    """

    reference: str
    sentence: str
    decided: str = ""
    fingerprint: str = ""
    place: Place = field(default_factory=Place)


@dataclass(frozen=True, slots=True)
class Decisions:
    """Every decision by its reference, and the cells of the workbook that want a look."""

    by_reference: Mapping[str, Decision] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    publications: Mapping[str, Publication] = field(default_factory=dict)


def fingerprint(text: str) -> str:
    """Twelve letters that change when the words of a text do.

    >>> fingerprint("Nobody rang.") == fingerprint(" Nobody   rang.\\n")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
