"""Audits and other assurance as typed in; a row a result out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import msgspec
import numpy as np
import pandas as pd

from complaints_learning.check import dates, themed, values, vocabulary
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import RawTable
from complaints_learning.nouns.records import Rows


def clean(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Audits, stocktakes, deep dives, training, surveys: one row a result."""
    if choices.wide:
        stack = _long(stack, choices.wide)
    past = dates.reader(choices.today + timedelta(days=366), month=True)
    made: dict[str, Any] = {
        "date": values.days(stack, "date", past),
        "activity": values.category(
            stack,
            "activity",
            vocabulary.reader(
                vocabulary.ACTIVITY_WORDS, {}, "activity-unknown", "assurance activity", "", "other"
            ),
        ),
        "service": values.category(stack, "service", rows_of.services(choices)),
        "theme": values.category(stack, "theme", themed.one(choices.themes)),
        "question": values.category(stack, "question", rows_of.own_words({})),
        "result": values.numbers(stack, "result", values.number),
        "out_of": values.numbers(stack, "out_of", values.number),
        "note": values.texts(stack, "note"),
        **rows_of.places(stack),
    }
    over = made["result"] > made["out_of"]
    for record in np.flatnonzero(over).tolist():
        stack.problems.append(
            Problem(
                "result-over",
                f"the result, {made['result'][record]:g}, is more than it is out of, "
                f"{made['out_of'][record]:g}; both were left empty.",
                stack.place(record, "result"),
                "Correct whichever of the two is wrong.",
            )
        )
    made["result"][over] = np.nan
    made["out_of"][over] = np.nan
    made["activity"] = _activities(stack, made["activity"])
    return rows_of.finished(stack, made, "assurance")


def _activities(stack: Stack, given: pd.Categorical) -> pd.Categorical:
    """The activities; a result that names none is told and counted as other assurance."""
    said = np.asarray(given, dtype=object)
    blank = np.flatnonzero(said == "")
    for record in blank.tolist() if stack.has("activity") else blank[:1].tolist():
        stack.problems.append(
            Problem(
                "activity-missing",
                "no activity is named; the result is counted as other assurance.",
                stack.place(record, "activity"),
                "Name the activity, such as practice audit, stocktake or deep dive.",
            )
        )
    said[blank] = "other"
    return pd.Categorical(said)


def _long(stack: Stack, wide: Mapping[str, str]) -> Stack:
    """A wide audit grid, a column a question, as one row an answer: yes is 1 of 1, no 0 of 1."""
    questions = {columns.plain(header): question for header, question in wide.items()}
    parts: list[RawTable] = []
    at: list[Mapping[str, int]] = []
    for part, named in zip(stack.parts, stack.at, strict=True):
        asked = [
            (index, questions[columns.plain(header)])
            for index, header in enumerate(part.headers)
            if columns.plain(header) in questions
        ]
        if not asked:
            parts.append(part)
            at.append(named)
            continue
        for index, question in asked:
            parts.append(_answers(part, index, question))
            width = len(part.headers)
            at.append({**named, "question": width, "result": index, "out_of": width + 1})
    return Stack(stack.table, tuple(parts), tuple(at), stack.problems)


def _answers(part: RawTable, index: int, question: str) -> RawTable:
    """One question's answers; rows where it does not apply are no records of it."""
    kept: list[int] = []
    marks: list[Any] = []
    for record, cell in enumerate(part.columns[index]):
        said = values.yes_no(cell)
        if said in ("yes", "no"):
            kept.append(record)
            marks.append(1.0 if said == "yes" else 0.0)
        elif isinstance(said, values.Bad):
            kept.append(record)
            marks.append(cell)
    pieces: list[Any] = [[column[record] for record in kept] for column in part.columns]
    pieces[index] = marks
    return msgspec.structs.replace(
        part,
        headers=(*part.headers, "question", "out of"),
        letters=(*part.letters, part.letters[index], part.letters[index]),
        columns=(*pieces, [question] * len(kept), [1.0] * len(kept)),
        rows=[part.rows[record] for record in kept],
        not_records=(),
    )
