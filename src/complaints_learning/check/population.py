"""Children by characteristic as typed in; clean rows out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from complaints_learning.check import rows as rows_of
from complaints_learning.check import values
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.records import Rows


def clean(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """How many children there are by characteristic."""
    made: dict[str, Any] = {
        "characteristic": values.category(stack, "characteristic", rows_of.code),
        "group": values.category(stack, "group", rows_of.own_words({})),
        "value": values.numbers(stack, "value", values.number),
        **rows_of.places(stack),
    }
    return rows_of.finished(stack, made, "population", "population", need="value")
