"""Monitoring forms as typed in; each with its complaint, or the nearest reference, out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cells, dates, themed, values, vocabulary
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.nearest import Complaints
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Rows


def clean(
    stack: Stack, choices: Choices, references: Sequence[str], register: bool = True
) -> tuple[pd.DataFrame, Rows]:
    """Monitoring forms, each matched to its complaint or with the nearest reference named.

    Without a register no form can be matched, and that is said of the register alone.
    """
    past = dates.reader(choices.today + timedelta(days=1))
    typed = values.texts(stack, "reference")
    complaints = Complaints(references if len(stack) else ())
    before: dict[str, int] = {}
    matched, nearest = [], []
    for record, reference in enumerate(typed):
        found, suggestion = complaints.named(reference)
        matched.append(found)
        nearest.append(suggestion)
        if not found and register:
            stack.problems.append(_unmatched(stack, record, reference, suggestion))
        elif found and found in before:
            stack.problems.append(_second(stack, record, found, before[found]))
        before.setdefault(found, record)
    learning = stack.cells("learning")
    themes, theme_cells = values.look_up(stack, "themes", themed.several(choices.themes))
    shared = {
        name: values.category(stack, name, values.yes_no)
        for name in ("shared_supervision", "shared_cpp")
    }
    none_said = values.flags(stack, "learning_none", values.yes)
    said = np.array([values.something(cell) for cell in learning], dtype=bool)
    blank = np.array([values.undecided(cell) for cell in learning], dtype=bool)
    own = values.texts(stack, "form")
    places = rows_of.places(stack)
    ids = [name or f"row {row}" for name, row in zip(own, places["row"], strict=True)]
    made: dict[str, Any] = {
        "form": ids,
        "reference": matched,
        "reference_typed": typed,
        "matched": [bool(reference) for reference in matched],
        "nearest": nearest,
        "completed": values.days(stack, "completed", past),
        "service": values.category(stack, "service", rows_of.services(choices)),
        "learning_recorded": said,
        "learning": [cells.text(c) if d else "" for c, d in zip(learning, said, strict=True)],
        "learning_none": none_said | (~said & ~blank),
        **shared,
        "themes": [themes[cell] for cell in theme_cells],
        **places,
    }
    return rows_of.finished(stack, made, "forms")


def actions_in(stack: Stack) -> list[Problem]:
    """That the forms hold actions, for a workspace without an action register: none is counted."""
    held = [
        (part, index, filled)
        for part, named in zip(stack.parts, stack.at, strict=True)
        for index, header in enumerate(part.headers)
        if index not in named.values()
        and not _OF_ACTIONS.isdisjoint(columns.plain(header).split())
        and (filled := sum(values.something(cell) for cell in part.columns[index]))
    ]
    if not held:
        return []
    part, index, _ = held[0]
    many = sum(filled for *_, filled in held)
    said = "1 cell of it says" if many == 1 else f"{many:,} cells of it say"
    return [
        Problem(
            "actions-in-forms",
            f"the forms have a column of actions, '{part.headers[index]}', and {said} something; "
            "there is no action register, so no action was counted.",
            part.header_place(index),
            "Put them into a table, a row an action (theme, action, owner, due, completed), and "
            "name its file in cl.toml under [sources] actions.",
        )
    ]


_OF_ACTIONS = frozenset(("action", "actions"))


def _second(stack: Stack, record: int, reference: str, first: int) -> Problem:
    return Problem(
        "form-repeated",
        f"this is a second form for complaint {reference}; both are counted as forms.",
        stack.place(record, "reference"),
        f"The first is in {stack.place(first, 'reference')}. Take one away if it is the same.",
    )


def _unmatched(stack: Stack, record: int, typed: str, suggestion: str) -> Problem:
    place = stack.place(record, "reference")
    if not typed or rows_of.PLACEHOLDER.match(typed):
        return Problem(
            "form-no-reference",
            "the form has no complaint reference; it is counted, and matched to no complaint.",
            place,
            "Ask who returned it which complaint it is about.",
        )
    quoted = vocabulary.shown(typed) if any(c.isdigit() for c in typed) else "the text"
    return Problem(
        "form-unmatched",
        f"{quoted} is no complaint in the register; the form is matched to no complaint.",
        place,
        f"Did you mean {suggestion}?" if suggestion else "Check the reference.",
    )
