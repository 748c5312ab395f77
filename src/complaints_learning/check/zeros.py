"""References that lost their leading noughts on the way: joined across exports, else told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from complaints_learning.nouns.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

    from complaints_learning.check.stack import Stack


def restored(rows: pd.DataFrame, stack: Stack) -> list[Problem]:
    """Give references their noughts back; a problem for each that is another's but for them.

    They are one complaint when they stand in different exports and were received on the same day:
    a spreadsheet opened one of the exports. In one export they are two, and only told. The column
    of references in `rows` is changed.
    """
    references: list[str] = rows["reference"].tolist()
    bare = {reference for reference in references if reference[:1] != "0"}
    if not bare or len(bare) == len(references):
        return []
    padded = {r.lstrip("0"): r for r in references if r[:1] == "0"}
    if bare.isdisjoint(padded):
        return []
    files, days = _beside(rows, "file"), _beside(rows, "received")
    same = {
        each: padded[each]
        for each in bare & padded.keys()
        if not files[each] & files[padded[each]] and days[each] & days[padded[each]]
    }
    records = rows["record"].tolist()
    told: set[str] = set()
    found: list[Problem] = []
    for position, reference in enumerate(references):
        if reference in padded and reference not in told:
            told.add(reference)
            what, then = _TWO if reference not in same else _ONE
            found.append(
                Problem(
                    "reference-zeros",
                    f"{reference} {what.format(padded[reference])}",
                    stack.place(records[position], "reference"),
                    then,
                )
            )
    rows["reference"] = [same.get(reference, reference) for reference in references]
    return found


_TWO = (
    "may be {} without its leading noughts; they are counted as two complaints.",
    "If they are one, format the column as text and export again.",
)
_ONE = (
    "is {} of another export without its leading noughts: both were received on the same day. They "
    "are counted as one complaint.",
    "Nothing to do if that is right. Export again without opening the file in Excel to be sure.",
)


def _beside(rows: pd.DataFrame, name: str) -> dict[str, set[object]]:
    """What stands in a column beside each reference."""
    found: dict[str, set[object]] = defaultdict(set)
    for reference, value, given in zip(
        rows["reference"], rows[name], rows[name].notna(), strict=True
    ):
        if given:
            found[reference].add(value)
    return found
