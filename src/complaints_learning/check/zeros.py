"""References that lost their leading noughts on the way: told, never joined by guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaints_learning.nouns.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.check.stack import Stack


def lost(rows: pd.DataFrame, stack: Stack) -> list[Problem]:
    """A problem for each reference that is another one's but for its leading noughts."""
    references: list[str] = rows["reference"].tolist()
    bare = {reference for reference in references if reference[:1] != "0"}
    if not bare or len(bare) == len(references):
        return []
    padded = {r.lstrip("0"): r for r in references if r[:1] == "0"}
    if bare.isdisjoint(padded):
        return []
    records = rows["record"].tolist()
    told: set[str] = set()
    found: list[Problem] = []
    for position, reference in enumerate(references):
        if reference in padded and reference not in told:
            told.add(reference)
            found.append(
                Problem(
                    "reference-zeros",
                    f"{reference} may be {padded[reference]} without its leading noughts; they "
                    "are counted as two complaints.",
                    stack.place(records[position], "reference"),
                    "If they are one, format the column as text and export again.",
                )
            )
    return found
