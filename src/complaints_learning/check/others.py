"""Forms, actions, assurance, activity, population and comparators: rows in, clean frames out."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cells, dates, values, vocabulary
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.nearest import Nearest
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import RawTable
from complaints_learning.nouns.records import Rows

REPEATED = "the same row again"


def forms(stack: Stack, choices: Choices, references: Sequence[str]) -> tuple[pd.DataFrame, Rows]:
    """Monitoring forms, each matched to its complaint or with the nearest reference named."""
    past = dates.reader(choices.today + timedelta(days=1))
    typed = values.texts(stack, "reference")
    known = {_key(reference): reference for reference in references} if len(stack) else {}
    known.pop("", None)
    close = Nearest(known)
    before: dict[str, int] = {}
    matched, nearest = [], []
    for record, reference in enumerate(typed):
        key = _key(reference)
        base = rows_of.SUFFIX.match(reference)
        found = known.get(key) or (known.get(_key(base["base"])) if base else None) or ""
        matched.append(found)
        suggestion = "" if found else known.get(close.to(key), "")
        nearest.append(suggestion)
        if not found:
            stack.problems.append(_unmatched(stack, record, reference, suggestion))
        elif found in before:
            stack.problems.append(_second(stack, record, found, before[found]))
        before.setdefault(found, record)
    learning = stack.cells("learning")
    themes, theme_cells = values.look_up(stack, "themes", _themes)
    shared = {
        name: values.category(stack, name, values.yes_no)
        for name in ("shared_supervision", "shared_cpp")
    }
    none_said = values.flags(stack, "learning_none", values.yes)
    said = np.array([values.something(cell) for cell in learning], dtype=bool)
    blank = np.array([cells.text(c).casefold() in ("", "-") for c in learning], dtype=bool)
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
    return _finished(stack, made, "forms", "monitoring")


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


def _key(reference: str) -> str:
    return "".join(reference.split()).upper()


def _themes(cell: Any) -> str | values.Bad:
    typed = cells.text(cell)
    if typed.casefold() in cells.BLANK:
        return ""
    found, lost = [], False
    for part in typed.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        code = _theme_code(part)
        if code:
            found.append(code)
        else:
            lost = True
    joined = ";".join(dict.fromkeys(found))
    if lost:
        return values.Bad(
            "theme-unknown",
            "a theme in the cell is not known; it was left out.",
            f"Themes are: {', '.join(vocabulary.THEME_CODES)}. Several stand with ; between them.",
            joined,
        )
    return joined


_THEMES = {cells.token(spelling): code for spelling, code in vocabulary.THEME_WORDS.items()}


def _theme_code(part: str) -> str:
    word = cells.token(part)
    if word in vocabulary.THEME_CODES:
        return word
    return _THEMES.get(word) or _THEMES.get(cells.token(part.replace(",", " ")), "")


def _theme(cell: Any) -> str | values.Bad:
    typed = cells.text(cell)
    if typed.casefold() in cells.BLANK or cells.token(typed) in ("all", "all themes", "general"):
        return ""
    code = _theme_code(typed)
    if code:
        return code
    return values.Bad(
        "theme-unknown",
        f"{vocabulary.shown(cell)} is not a known theme; it was left empty.",
        f"Themes are: {', '.join(vocabulary.THEME_CODES)}.",
        "",
    )


def actions(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """The action register."""
    past = dates.reader(choices.today + timedelta(days=1))
    soon = dates.reader(choices.today + timedelta(days=1830))
    made: dict[str, Any] = {
        "reference": values.texts(stack, "reference"),
        "theme": np.asarray(values.category(stack, "theme", _theme), dtype=object),
        "action": values.texts(stack, "action"),
        "owner": values.texts(stack, "owner"),
        "opened": values.days(stack, "opened", past),
        "due": values.days(stack, "due", soon),
        "completed": values.days(stack, "completed", past),
        "evidence_recorded": values.flags(stack, "evidence", values.something),
        "evidence": values.texts(stack, "evidence"),
        "service": values.category(stack, "service", rows_of.services(choices)),
        **rows_of.places(stack),
    }
    _completed_after(stack, made)
    return _finished(stack, made, "actions", "actions", need="action")


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


def assurance(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
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
        "theme": values.category(stack, "theme", _theme),
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
    return _finished(stack, made, "assurance", "assurance")


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
    return dataclasses.replace(
        part,
        headers=(*part.headers, "question", "out of"),
        letters=(*part.letters, part.letters[index], part.letters[index]),
        columns=(*pieces, [question] * len(kept), [1.0] * len(kept)),
        rows=[part.rows[record] for record in kept],
        not_records=(),
    )


def activity(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Contacts, open cases and other denominators."""
    soon = dates.reader(choices.today + timedelta(days=366), month=True)
    made: dict[str, Any] = {
        "date": values.days(stack, "date", soon),
        "service": values.category(stack, "service", rows_of.services(choices)),
        "measure": values.category(stack, "measure", _measure),
        "value": values.numbers(stack, "value", values.number),
        **rows_of.places(stack),
    }
    return _finished(stack, made, "activity", "activity", need="value")


def _measure(cell: Any) -> str:
    return "_".join(cells.token(cell).replace("-", " ").split())


def population(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """How many children there are by characteristic."""
    made: dict[str, Any] = {
        "characteristic": values.category(stack, "characteristic", _measure),
        "group": values.category(stack, "group", rows_of.own_words({})),
        "value": values.numbers(stack, "value", values.number),
        **rows_of.places(stack),
    }
    return _finished(stack, made, "population", "population", need="value")


def comparators(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, Rows]:
    """Other councils' figures."""
    made: dict[str, Any] = {
        "council": values.texts(stack, "council"),
        "measure": values.texts(stack, "measure"),
        "period": values.texts(stack, "period"),
        "value": values.numbers(stack, "value", values.number),
        "note": values.texts(stack, "note"),
        **rows_of.places(stack),
    }
    return _finished(stack, made, "comparators", "comparators", need="value")


def _finished(
    stack: Stack, made: dict[str, Any], shape: str, table: str, need: str = ""
) -> tuple[pd.DataFrame, Rows]:
    """The frame without rows that say nothing and rows said twice, and the accounts."""
    frame = rows_of.shaped(pd.DataFrame(made), shape)
    left_out: Counter[str] = Counter(o.reason for part in stack.parts for o in part.not_records)
    read = len(frame) + sum(left_out.values())
    superseded: Counter[str] = Counter()
    if need and len(frame):
        empty = (frame[need] == "") if frame[need].dtype.kind not in "f" else frame[need].isna()
        for record in np.flatnonzero(empty.to_numpy()).tolist():
            title = stack.table.column(need).title.lower()
            stack.problems.append(
                Problem(
                    "row-incomplete",
                    f"the row has no {title}; it was left out.",
                    stack.place(record, need),
                    "Fill the cell, or delete the row.",
                )
            )
        left_out[f"no {stack.table.column(need).title.lower()}"] += int(empty.sum())
        frame = frame[~empty.to_numpy()].reset_index(drop=True)
    if len(frame):
        what = [name for name in frame.columns if name not in ("file", "sheet", "row", "form")]
        again = (
            frame.duplicated(what).to_numpy() if shape != "forms" else np.zeros(len(frame), bool)
        )
        if again.any():
            superseded[REPEATED] += int(again.sum())
            frame = frame[~again].reset_index(drop=True)
    left = {reason: count for reason, count in left_out.items() if count}
    return frame, Rows(table, read, len(frame), dict(superseded), left)
