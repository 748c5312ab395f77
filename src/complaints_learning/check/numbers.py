"""Tables whose rows each give one number, as typed in; clean rows out, by the kinds of columns.

Activity, population, comparators and any other that `nouns.columns` lists with a `value`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd

from complaints_learning.check import dates, values
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.columns.table import Column
from complaints_learning.nouns.records import Rows


def clean(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Every row that gives its number."""
    table = stack.table
    made = {column.name: _clean(stack, column, choices) for column in table.columns}
    made |= rows_of.places(stack)
    return rows_of.finished(stack, made, table.name, need=table.value)


def _clean(stack: Stack, column: Column, choices: Choices) -> Any:
    """One column by its kind. A month counts as a day, and may lie a year ahead."""
    match column.kind:
        case "date":
            until = choices.today + timedelta(days=366)
            return values.days(stack, column.name, dates.reader(until, month=True))
        case "service":
            return values.category(stack, column.name, rows_of.services(choices))
        case "words":
            return values.category(stack, column.name, rows_of.own_words({}))
        case "code":
            return values.category(stack, column.name, rows_of.code)
        case "yesno":
            return values.category(stack, column.name, values.yes_no)
        case "number" | "money":
            return values.numbers(stack, column.name, values.number)
        case _:
            return values.texts(stack, column.name)
