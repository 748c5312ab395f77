"""The register's rows in, clean complaints and stages out, with every row accounted for."""

from __future__ import annotations

import fnmatch
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import (
    cases,
    cells,
    dates,
    frames,
    later_stages,
    values,
    vocabulary,
    zeros,
)
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.records import OUTCOMES, Rows

NO_REFERENCE = "no reference"
NO_COLUMN = "no column is known to be the reference"
_HAS_SUFFIX = re.compile(r"(?:st|stg|stage|s)[\s.]*[123]\)?$", re.IGNORECASE | re.MULTILINE)


def clean(
    stack: Stack, choices: Choices
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, Rows, list[str]]:
    """Complaints, stages, merged rows, where the rows went, and what later exports changed."""
    rows, texts = _rows(stack, choices)
    read = len(rows) + sum(len(part.not_records) for part in stack.parts)
    left_out = Counter(other.reason for part in stack.parts for other in part.not_records)
    named = _named(rows, stack, left_out)
    if len(named) < len(rows):
        rows = rows.iloc[named].reset_index(drop=True)
        texts = [texts[position] for position in named.tolist()]
    _suffixes(rows)
    stack.problems += zeros.restored(rows, stack)
    rows = later_stages.unfolded(rows)
    texts += [""] * (len(rows) - len(texts))
    keys = _keys(rows["reference"].tolist())
    found = cases.settled(rows, keys, texts, _places(rows, stack))
    stack.problems += found.problems
    complaints = frames.complaints(rows, texts, found)
    account = Rows("register", read, len(complaints), dict(found.superseded), dict(left_out))
    return (
        complaints,
        frames.stages(rows, found),
        frames.merged(rows, keys, found),
        account,
        found.changes,
    )


def _named(rows: pd.DataFrame, stack: Stack, left_out: Counter[str]) -> np.ndarray:
    """The positions of rows with a reference; the others are noted and added to `left_out`."""
    unknown = np.array(["reference" not in at for at in stack.at], dtype=bool)
    headless = np.repeat(unknown, [len(part) for part in stack.parts])
    nameless = np.array(
        [
            not reference.isdigit() and rows_of.PLACEHOLDER.match(reference) is not None
            for reference in rows["reference"].tolist()
        ],
        dtype=bool,
    )
    without = np.flatnonzero(nameless & ~headless).tolist()
    stack.problems += [
        Problem(
            "reference-missing",
            "the row has no reference; it was left out.",
            stack.place(record, "reference"),
            "Give it the reference it has in the case system.",
        )
        for record in without
    ]
    for reason, number in ((NO_REFERENCE, len(without)), (NO_COLUMN, int(headless.sum()))):
        if number:
            left_out[reason] += number
    return np.flatnonzero(~nameless)


def _places(rows: pd.DataFrame, stack: Stack) -> Callable[[int, str], Place]:
    """The address of a row's cell, by the row's position and the column's name."""
    records, in_columns = rows["record"].tolist(), rows["in_columns"].tolist()

    def place(position: int, name: str) -> Place:
        column = later_stages.column(name, in_columns[position])
        return stack.place(records[position], column)

    return place


def _keys(references: Sequence[str]) -> list[str]:
    """References without case and spaces: the same reference typed twice is the same."""
    joined = "\n".join(references).upper().replace(" ", "")
    return joined.split("\n") if len(references) else []


def _rows(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, list[str]]:
    """Every record with clean values, in the order read, and what each said."""
    past = dates.reader(choices.today + timedelta(days=1))
    soon = dates.reader(choices.today + timedelta(days=730))
    made: dict[str, Any] = {"reference": values.texts(stack, "reference")}
    made["kind"] = _filled(
        _known(stack, "kind", "kind of contact", vocabulary.KIND_WORDS, usual="complaint"),
        _kinds_among_procedures(stack, choices),
    )
    made["procedure"] = _filled(
        _known(
            *(stack, "procedure", "procedure", vocabulary.PROCEDURE_WORDS),
            dict.fromkeys(vocabulary.OTHER_KINDS, "") | dict(choices.procedures),
        ),
        _procedures_of_files(stack, choices.procedure_by_file),
    )
    made["complainant"] = _known(
        *(stack, "complainant", "complainant", vocabulary.COMPLAINANT_WORDS),
        *(choices.complainants, "other"),
    )
    stage, cells_of_stage = values.look_up(stack, "stage", vocabulary.stage)
    made["stage"] = np.fromiter(map(stage.__getitem__, cells_of_stage), np.int64, len(stack))
    for name in later_stages.DAYS:
        made[name] = values.days(stack, name, soon if name == "due" else past)
    made["extended"] = values.flags(stack, "extended", values.yes)
    made["service"] = values.category(stack, "service", rows_of.services(choices))
    for name in ("team", "category", *_EQUALITY, "remedy", "ombudsman"):
        made[name] = values.category(stack, name, rows_of.own_words({}))
    rows_of.rare_services(stack, made["service"], choices)
    made["remedy_amount"] = values.numbers(stack, "remedy_amount", values.number)
    made["learning_recorded"] = values.flags(stack, "learning", values.something)
    made["learning"] = values.category(stack, "learning", _learning)
    made["action_recorded"] = values.flags(stack, "action", values.something)
    _in_order(stack, made)
    asks = columns.plain(stack.header("outcome")).startswith("upheld")
    typed = values.category(stack, "outcome", vocabulary.outcomes(choices.outcomes, asks))
    made["outcome"] = _outcome(typed, np.isnat(made["responded"]))
    _unrecorded(stack, made)
    for later in later_stages.LATER:
        if later_stages.given(stack, later):
            _later(stack, made, later, past, soon, choices)
    made |= rows_of.places(stack)
    made["rank"] = _ranks(stack, made)
    made["record"] = np.arange(len(stack))
    return pd.DataFrame(made), _texts(stack)


def _known(
    stack: Stack,
    name: str,
    what: str,
    words: Mapping[str, str],
    own: Mapping[str, str] | None = None,
    usual: str = "",
) -> pd.Categorical:
    """A column of words that are listed; `own` are the council's, from cl.toml's [names].

    `usual` is what a word in neither is counted as.
    """
    section = "" if own is None else f"{name}s"
    reader = vocabulary.reader(words, own or {}, f"{name}-unknown", what, section, usual)
    return values.category(stack, name, reader)


def _kinds_among_procedures(stack: Stack, choices: Choices) -> pd.Categorical:
    """The kind of each row as its procedure tells it: "Compliment" there is no complaint."""
    own = {cells.token(word) for word in choices.procedures}
    words = {word: kind for word, kind in vocabulary.OTHER_KINDS.items() if word not in own}

    def read(cell: Any) -> str:
        return words.get(cells.token(cell), "complaint")

    if not stack.has("procedure"):
        return rows_of.repeated(["complaint"], [len(stack)])
    return values.category(stack, "procedure", read)


def _procedures_of_files(stack: Stack, by_file: Mapping[str, str]) -> pd.Categorical:
    """The procedure of each row as the council says it of the whole file; '' when it does not."""
    named = [
        next((name for pattern, name in by_file.items() if _fits(part.file, pattern)), "")
        for part in stack.parts
    ]
    return rows_of.repeated(named, [len(part) for part in stack.parts])


def _fits(file: str, pattern: str) -> bool:
    return fnmatch.fnmatchcase(file.casefold(), pattern.replace("\\", "/").casefold())


def _learning(cell: Any) -> str:
    return cells.text(cell) if values.something(cell) else ""


_EQUALITY = ("age_band", "gender", "ethnicity", "disability")


def _texts(stack: Stack) -> list[str]:
    if not stack.has("text"):
        return [""] * len(stack)
    return [c if type(c) is str else cells.text(c) for c in stack.cells("text")]


def _filled(found: pd.Categorical, otherwise: pd.Categorical) -> pd.Categorical:
    """Blanks as what is said otherwise of their row."""
    names = sorted({*found.categories, *otherwise.categories})
    own, other = (
        np.array([names.index(name) for name in each.categories], np.int32)[each.codes]
        for each in (found, otherwise)
    )
    return values.from_codes(np.where(np.asarray(found == ""), other, own), names)


def _outcome(typed: pd.Categorical, unanswered: np.ndarray) -> pd.Categorical:
    """Blanks as open or not recorded, by whether there is an answer."""
    names = list(dict.fromkeys([*OUTCOMES, *typed.categories]))
    codes = np.array([names.index(name) for name in typed.categories], dtype=np.int32)[typed.codes]
    undecided = np.asarray(typed.isin(["", "open"]))
    codes = np.where(undecided & unanswered, names.index("open"), codes)
    codes = np.where(undecided & ~unanswered, names.index("not_recorded"), codes)
    return values.from_codes(codes, [name for name in names if name])


def _unrecorded(stack: Stack, made: dict[str, Any]) -> None:
    """Complaints answered without an outcome."""
    if not stack.has("outcome"):
        return
    complaint = np.asarray(made["kind"] == "complaint")
    for record in np.flatnonzero(
        np.asarray(made["outcome"] == "not_recorded") & complaint
    ).tolist():
        stack.problems.append(
            Problem(
                "outcome-missing",
                f"answered on {_day(made['responded'][record])}, but no outcome is recorded.",
                stack.place(record, "outcome"),
                "Record the outcome. Until then it is counted as answered, no outcome recorded.",
            )
        )


def _in_order(stack: Stack, made: dict[str, Any], later: int = 0) -> None:
    """Answers dated before the complaint came in are not used; `later` is a stage in columns."""
    before = later_stages.column("received", later)
    for name in (later_stages.column(day, later) for day in ("acknowledged", "responded")):
        wrong = made[name] < made[before]
        for record in np.flatnonzero(wrong).tolist():
            stack.problems.append(
                Problem(
                    "dates-out-of-order",
                    f"{stack.header(name)} is {_day(made[name][record])}, before "
                    f"{stack.header(before)}, {_day(made[before][record])}; it was left empty.",
                    stack.place(record, name),
                    "Correct whichever of the two is wrong.",
                )
            )
        made[name][wrong] = np.datetime64("NaT")


def _day(value: np.datetime64) -> str:
    year, month, day = str(value)[:10].split("-")
    return f"{day}/{month}/{year}"


def _later(
    stack: Stack, made: dict[str, Any], later: int, past: Any, soon: Any, choices: Choices
) -> None:
    """A later stage in columns of its own on the same row."""
    at = {name: later_stages.column(name, later) for name in (*later_stages.DAYS, "outcome")}
    for name in later_stages.DAYS:
        made[at[name]] = values.days(stack, at[name], soon if name == "due" else past)
    extended = later_stages.column("extended", later)
    made[extended] = values.flags(stack, extended, values.yes)
    _in_order(stack, made, later)
    typed = values.category(stack, at["outcome"], vocabulary.outcomes(choices.outcomes))
    unanswered = np.isnat(made[at["responded"]])
    made[at["outcome"]] = _outcome(typed, unanswered)
    dated = ~np.isnat(made[at["received"]]) | ~unanswered
    made[later_stages.column("reached", later)] = dated | np.asarray(typed != "")


def _ranks(stack: Stack, made: dict[str, Any]) -> np.ndarray:
    """How late each row's export is: by the last date in its file, then by the file's name.

    Sheets of one file are one export.
    """
    last: dict[str, tuple[str, str]] = {}
    for part, start, end in zip(stack.parts, stack.starts, stack.starts[1:], strict=False):
        newest = "".join(
            max(
                (
                    str(day.max())
                    for name in ("responded", "received")
                    if (day := _given(made[name][start:end])).size
                ),
                default="",
            )
        )
        last[part.file] = max(last.get(part.file, ("", "")), (newest, part.file))
    order = {file: rank for rank, (_, file) in enumerate(sorted(last.values()))}
    sizes = [len(part) for part in stack.parts]
    return np.repeat([order[part.file] for part in stack.parts], sizes).astype(np.int64)


def _given(days: Any) -> Any:
    return days[~np.isnat(days)]


def _suffixes(rows: pd.DataFrame) -> None:
    """References such as 123/S2: the base is the complaint, the suffix its stage."""
    references: list[str] = rows["reference"].tolist()
    if not _HAS_SUFFIX.search("\n".join(references)):
        return
    stage = rows["stage"].to_numpy().copy()
    for position, reference in enumerate(references):
        if found := rows_of.SUFFIX.match(reference):
            references[position] = found["base"]
            stage[position] = max(stage[position], int(found["stage"]))
    rows["reference"] = references
    rows["stage"] = stage
