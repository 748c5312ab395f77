"""Other councils' figures as typed in; clean rows out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from complaints_learning.check import rows as rows_of
from complaints_learning.check import values
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.records import Rows


def clean(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Other councils' figures."""
    made: dict[str, Any] = {
        "council": values.texts(stack, "council"),
        "measure": values.texts(stack, "measure"),
        "period": values.texts(stack, "period"),
        "value": values.numbers(stack, "value", values.number),
        "note": values.texts(stack, "note"),
        **rows_of.places(stack),
    }
    return rows_of.finished(stack, made, "comparators", "comparators", need="value")
