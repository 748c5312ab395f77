"""The action register as typed in; clean actions out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import dates, themed, values, vocabulary
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.nearest import Complaints
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Rows


def clean(
    stack: Stack, choices: Choices, references: Sequence[str] = ()
) -> tuple[pd.DataFrame, Rows]:
    """The action register, each action with the one of `references` that it names."""
    past = dates.reader(choices.today + timedelta(days=1))
    soon = dates.reader(choices.today + timedelta(days=1830))
    made: dict[str, Any] = {
        "reference": values.texts(stack, "reference"),
        "theme": np.asarray(
            values.category(stack, "theme", themed.one(choices.themes)), dtype=object
        ),
        "action": values.texts(stack, "action"),
        "owner": values.texts(stack, "owner"),
        "opened": values.days(stack, "opened", past),
        "due": values.days(stack, "due", soon),
        "completed": values.days(stack, "completed", past),
        "evidence_recorded": values.flags(stack, "evidence", values.evidence),
        "evidence": values.texts(stack, "evidence"),
        "service": values.category(stack, "service", rows_of.services(choices)),
        **rows_of.places(stack),
    }
    _completed_after(stack, made)
    if references:
        made["reference"] = _named(stack, made, Complaints(references))
    return rows_of.finished(stack, made, "actions", need="action")


def _named(stack: Stack, made: dict[str, Any], complaints: Complaints) -> list[str]:
    """The complaints' own references; a problem where an unknown one leaves an action no theme."""
    found = []
    for record, typed in enumerate(made["reference"]):
        known, suggestion = complaints.named(typed)
        found.append(known or typed)
        if typed and not known and not made["theme"][record]:
            quoted = vocabulary.shown(typed) if any(c.isdigit() for c in typed) else "the text"
            stack.problems.append(
                Problem(
                    "action-unmatched",
                    f"{quoted} is no complaint in the register, and the action names no theme; it "
                    "is counted without one.",
                    stack.place(record, "reference"),
                    f"Did you mean {suggestion}?" if suggestion else "Check it, or give a theme.",
                )
            )
    return found


def _completed_after(stack: Stack, made: dict[str, Any]) -> None:
    wrong = made["completed"] < made["opened"]
    for record in np.flatnonzero(wrong).tolist():
        stack.problems.append(
            Problem(
                "dates-out-of-order",
                f"{stack.header('completed')} is before {stack.header('opened')}; "
                "it was left empty.",
                stack.place(record, "completed"),
                "Correct whichever of the two is wrong.",
            )
        )
    made["completed"][wrong] = np.datetime64("NaT")
