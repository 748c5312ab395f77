"""How a figure, table or chart is named in a Word file: its content control's tag.

A tag is ``cl:PERIOD:WHAT``, such as ``cl:2022-23:upheld_or_partly:percent`` or
``cl:2022-23:table:outcomes``. Word allows 64 characters. A longer one keeps its beginning and
ends in a fingerprint of the whole; nobody has to undo that, because readers compare with the
tags of the names that they know.
"""

from __future__ import annotations

import hashlib
from typing import Literal

from complaints_learning.nouns.report import Line
from complaints_learning.nouns.runs import PRINT

PREFIX = "cl:"
LONGEST = 64

Kind = Literal["figure", "table", "chart"]


def tag(period: str, name: str, kind: Kind = "figure") -> str:
    """The tag of a figure ('upheld_or_partly:percent'), table or chart in a report's period.

    >>> tag("2022-23", "upheld_or_partly:percent")
    'cl:2022-23:upheld_or_partly:percent'
    >>> len(tag("2022-10..2023-03", "theme.placement_contact.statutory.stage_1.upheld_or_partly"))
    64
    """
    what = name if kind == "figure" else f"{kind}:{name}"
    full = f"{PREFIX}{period}:{what}"
    if len(full) <= LONGEST:
        return full
    print_ = hashlib.sha256(full.encode("utf-8")).hexdigest()[:8]
    return f"{full[: LONGEST - 9]}~{print_}"


def kind(tagged: str) -> Kind:
    """What a tag of ours marks.

    >>> kind("cl:2022-23:table:outcomes"), kind("cl:2022-23:upheld")
    ('table', 'figure')
    """
    what = tagged.split(":", 2)[2] if tagged.count(":") >= 2 else ""
    if what.startswith("table:"):
        return "table"
    return "chart" if what.startswith("chart:") else "figure"


def bookmark(name: str, kind: Kind) -> str:
    """The hidden bookmark on a table's or chart's number: at most 40 letters, digits and _.

    >>> bookmark("outcomes", "table")
    '_cl_table_outcomes'
    """
    full = f"_cl_{kind}_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in name)
    print_ = hashlib.sha256(f"{kind}:{name}".encode()).hexdigest()[:8]
    plain = name.replace("_", "").isalnum() and name.isascii()
    return full if plain and len(full) <= 40 else f"{full[:31]}_{print_}"


def print_of(tagged: str) -> str:
    """Ten letters that stand for a tag where there is no room for it.

    >>> len(print_of("cl:2022-23:upheld"))
    10
    """
    return hashlib.sha256(tagged.encode("utf-8")).hexdigest()[:10]


def figure_bookmark(tagged: str, number: int) -> str:
    """The hidden bookmark around a figure in a sentence, for programs that drop tags.

    LibreOffice before 7.5 keeps a control in a sentence but forgets its tag, and forgets
    controls around tables and charts; it keeps bookmarks.

    >>> figure_bookmark("cl:2022-23:upheld", 7)[:5], figure_bookmark("cl:2022-23:upheld", 7)[-2:]
    ('_clf_', '_7')
    """
    return f"{FIGURE_MARK}{print_of(tagged)}_{number}"


def said(text: str) -> str:
    """A print of a sentence's own words, figures and references as '#': has it been edited?

    >>> said("# complaints  were upheld") == said("# complaints were upheld")
    True
    """
    return hashlib.sha256(" ".join(text.split()).encode("utf-8")).hexdigest()[:PRINT]


def said_of(line: Line) -> str:
    """The same of a line of a report."""
    return said("".join("#" if run.figure or run.ref else run.text for run in line))


FIGURE_MARK = "_clf_"
RECORD = "urn:complaints-learning:report"
"""The namespace of the list of controls that a report carries, for finding deleted ones."""
PROPERTY = "complaints-learning"
"""The custom property that says which period and edition a Word file shows, and by which texts."""
