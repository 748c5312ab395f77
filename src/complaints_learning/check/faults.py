"""Cells whose value the file does not hold: errors, formulas without a result, doubtful answers."""

from __future__ import annotations

from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.raw import BELOW


def noted(stack: Stack) -> Stack:
    """The stack with a problem for each such cell in a column that is read."""
    for part, at in zip(stack.parts, stack.at, strict=True):
        if not part.faults:
            continue
        used = {part.letters[index] for index in at.values()}
        rows = set(part.rows)
        answers = {part.spots[index] for index in at.values()} if part.spots else set()
        for (row, letters), fault in sorted(part.faults.items()):
            if (row, letters) in answers if part.spots else letters in used and row in rows:
                stack.problems.append(problem(Place(part.file, part.sheet, row, letters), fault))
    return stack


def problem(place: Place, fault: str) -> Problem:
    """What is wrong with a cell, as `RawTable.faults` calls it."""
    if fault == "formula":
        return Problem(
            "cell-formula",
            "the formula was saved without its value; the cell was read as empty.",
            place,
            "Open the workbook in Excel, save it, and run again.",
        )
    if fault == BELOW:
        return Problem(
            "form-answer-below",
            "nothing stands beside the label, and the words below it may be its answer or the "
            "next label; they were not read.",
            place,
            "Type the answer beside its label. If they are a label, say what it means in cl.toml "
            "under [columns.monitoring], or ignore.",
        )
    return Problem(
        "cell-error",
        f"the cell shows the error {fault}; it was read as empty.",
        place,
        "Correct the formula, or type the value.",
    )
