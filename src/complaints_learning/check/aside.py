"""Rows of the register that are the Ombudsman's decision, put beside the complaint they are about.

Systems that write a row for each stage write the Ombudsman's as one more. As a stage of the council
its outcome and its year of waiting would be the council's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from complaints_learning.check import cells, nearest, vocabulary
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.raw import Cell, NotRecord, RawTable

REASON = "the Ombudsman's decision on a complaint"


def decided(stack: Stack) -> Stack:
    """The stack without such rows: what they decided stands in the rows of their complaints.

    A row is one when its stage says so and another row of its sheet has the same reference and a
    stage of the council's. One that stands alone is a complaint, whatever became of it.
    """
    parts, ats = [], []
    for part, at in zip(stack.parts, stack.at, strict=True):
        its = _rows(part, at["reference"], at["stage"]) if {"reference", "stage"} <= set(at) else {}
        parts.append(_without(part, its, at.get("outcome"), at.get("ombudsman")) if its else part)
        ats.append({"ombudsman": len(part.columns), **at} if its and "outcome" in at else at)
    stack.parts, stack.at = tuple(parts), tuple(ats)
    stack.counted()
    return stack


def _rows(part: RawTable, reference: int, stage: int) -> dict[int, list[int]]:
    """Each row that is a decision of the Ombudsman's, and the rows of its complaint."""
    said = {cell for cell in set(part.columns[stage]) if vocabulary.ombudsman(cell)}
    if not said:
        return {}
    council, decisions = defaultdict[str, list[int]](list), dict[int, str]()
    levels = part.columns[stage]
    for row, cell in enumerate(part.columns[reference]):
        key = nearest.key_of(cells.text(cell))
        if key and levels[row] in said:
            decisions[row] = key
        elif key:
            council[key].append(row)
    return {row: council[each] for row, each in decisions.items() if each in council}


def _without(
    part: RawTable, decisions: dict[int, list[int]], outcome: int | None, own: int | None
) -> RawTable:
    """A sheet without these rows, and with a column of what they decided."""
    columns: list[Sequence[Cell]] = list(part.columns)
    headers, letters = part.headers, part.letters
    if outcome is not None:
        given: list[Cell] = list(columns[own]) if own is not None else [""] * len(part)
        for row, complaint in decisions.items():
            for other in complaint:
                given[other] = given[other] or columns[outcome][row]
        if own is not None:
            columns[own] = given
        else:
            columns.append(given)
            headers, letters = (*headers, headers[outcome]), (*letters, letters[outcome])
    keep = [row for row in range(len(part)) if row not in decisions]
    gone = (NotRecord(part.rows[row], REASON) for row in decisions)
    return msgspec.structs.replace(
        part,
        headers=headers,
        letters=letters,
        columns=tuple([column[row] for row in keep] for column in columns),
        rows=[part.rows[row] for row in keep],
        not_records=(*part.not_records, *gone),
    )
