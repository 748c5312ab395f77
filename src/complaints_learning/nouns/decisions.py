"""What a person has decided about complaints: themes, the primary one, a sentence to publish."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct, field

from complaints_learning.nouns.errors import Place, Problem

NO_THEME = "No theme"
PUBLISH, KEEP_BACK = "publish", "do not publish"
THEMES = ("Theme 1", "Theme 2", "Theme 3", "Theme 4", "Primary theme")
CHOICES = ("Publication", "Learning publication")
TO_FILL = (*THEMES, "Sentence to publish", "Learning to publish", *CHOICES)
"""The columns of review/decisions.xlsx that a person fills in: THEMES and CHOICES from a list."""
COLUMNS = (
    *("Reference", "Received", "Text", "Proposed themes", "Because of", "Certainty", *THEMES),
    *("Sentence to publish", "Publication", "What looks identifying"),
    *("Learning recorded", "Learning to publish", "Learning publication", "Text code"),
)
"""All its columns, in order."""
SHEET, LISTED, HOW = "Decisions", "Listed", "How to"


class Decision(Struct, frozen=True):
    """One complaint as a person decided it. No themes means: none applies.

    `fingerprint` is that of the text that was decided on; '' when nobody knows.
    """

    reference: str
    themes: tuple[str, ...]
    primary: str = ""
    fingerprint: str = ""
    place: Place = field(default_factory=Place)


class Publication(Struct, frozen=True):
    """A sentence about one complaint that somebody put up for publication.

    Either the family's own words, or what was learned, as the council wants to say it.

    `decided` is PUBLISH, KEEP_BACK or '' (not decided). `place` is the sentence's cell.
    """

    reference: str
    sentence: str
    decided: str = ""
    fingerprint: str = ""
    place: Place = field(default_factory=Place)


class Decisions(Struct, frozen=True):
    """Every decision by its reference, and the cells of the workbook that want a look.

    `typed` are the cells Theme 1 to 4 and Primary theme of each reference that says something in
    them that cannot be used: they stay as typed until a person mends them. `own` is what stands
    beside each reference in the columns that people added, under `headings`; `lost` names what
    else they added, which a new workbook would not hold. `gone` are references that a row had.
    """

    by_reference: Mapping[str, Decision] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    publications: Mapping[str, Publication] = field(default_factory=dict)
    learning: Mapping[str, Publication] = field(default_factory=dict)
    typed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def fingerprint(text: str) -> str:
    """Twelve letters that change when the words of a text do.

    >>> fingerprint("Nobody rang.") == fingerprint(" Nobody   rang.\\n")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:12]
