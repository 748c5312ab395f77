"""Contacts, open cases and other denominators as typed in; clean rows out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from complaints_learning.check import dates, values
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.records import Rows


def clean(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Contacts, open cases and other denominators."""
    soon = dates.reader(choices.today + timedelta(days=366), month=True)
    made: dict[str, Any] = {
        "date": values.days(stack, "date", soon),
        "service": values.category(stack, "service", rows_of.services(choices)),
        "measure": values.category(stack, "measure", rows_of.code),
        "value": values.numbers(stack, "value", values.number),
        **rows_of.places(stack),
    }
    return rows_of.finished(stack, made, "activity", "activity", need="value")
