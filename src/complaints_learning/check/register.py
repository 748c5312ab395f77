"""The register's rows in, clean complaints and stages out, with every row accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cases, cells, dates, joined, values, vocabulary, zeros
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Rows

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
    headless = np.repeat(["reference" not in at for at in stack.at], [len(p) for p in stack.parts])
    nameless = np.array(
        [
            not reference.isdigit() and rows_of.PLACEHOLDER.match(reference) is not None
            for reference in rows["reference"].tolist()
        ]
    )
    if nameless.any():
        for record in np.flatnonzero(nameless & ~headless).tolist():
            stack.problems.append(
                Problem(
                    "reference-missing",
                    "the row has no reference; it was left out.",
                    stack.place(record, "reference"),
                    "Give it the reference it has in the case system.",
                )
            )
        left_out[NO_REFERENCE] += int((nameless & ~headless).sum())
        left_out[NO_COLUMN] += int(headless.sum())
        keep = np.flatnonzero(~nameless)
        rows = rows.iloc[keep].reset_index(drop=True)
        texts = [texts[position] for position in keep.tolist()]
    _suffixes(rows)
    stack.problems += zeros.lost(rows, stack)
    record_of = rows["record"].tolist()
    keys = _keys(rows["reference"].tolist())
    found = cases.joined(
        rows, keys, texts, lambda position, name: stack.place(record_of[position], name)
    )
    stack.problems += found.problems
    complaints = joined.complaints(rows, texts, found)
    stages = joined.stages(rows, found)
    merged = joined.merged(rows, keys, found)
    account = Rows(
        "register",
        read,
        len(complaints),
        dict(found.superseded),
        {k: n for k, n in left_out.items() if n},
    )
    return complaints, stages, merged, account, found.changes


def _keys(references: Sequence[str]) -> list[str]:
    """References without case and spaces: the same reference typed twice is the same."""
    joined = "\n".join(references).upper().replace(" ", "")
    return joined.split("\n") if len(references) else []


def _rows(stack: Stack, choices: Choices) -> tuple[pd.DataFrame, list[str]]:
    """Every record with clean values, in the order read."""
    past = dates.reader(choices.today + timedelta(days=1))
    soon = dates.reader(choices.today + timedelta(days=730))
    asks = columns.plain(stack.header("outcome")).startswith("upheld")
    made: dict[str, Any] = {"reference": values.texts(stack, "reference")}
    for name, code, what, section, known, own in (
        ("kind", "kind-unknown", "kind of contact", "", vocabulary.KIND_WORDS, {}),
        (
            *("procedure", "procedure-unknown", "procedure", "procedures"),
            *(vocabulary.PROCEDURE_WORDS, choices.procedures),
        ),
        (
            *("complainant", "complainant-unknown", "complainant", "complainants"),
            *(vocabulary.COMPLAINANT_WORDS, choices.complainants),
        ),
    ):
        usual = {"kind": "complaint", "complainant": "other"}.get(name, "")
        reader = vocabulary.reader(known, own, code, what, section, usual)
        made[name] = values.category(stack, name, reader)
    made["kind"] = _filled(made["kind"], "complaint")
    stage, stage_cells = values.look_up(stack, "stage", vocabulary.stage)
    made["stage"] = np.fromiter(map(stage.__getitem__, stage_cells), np.int64, len(stack))
    for name in joined.DAYS:
        made[name] = values.days(stack, name, soon if name == "due" else past)
    made["extended"] = values.flags(stack, "extended", values.yes)
    for name in ("service", "team", "category", *_EQUALITY, "remedy", "ombudsman"):
        reader = rows_of.services(choices) if name == "service" else rows_of.own_words({})
        made[name] = values.category(stack, name, reader)
    rows_of.rare_services(stack, made["service"], choices)
    made["remedy_amount"] = values.numbers(stack, "remedy_amount", values.number)
    made["learning_recorded"] = values.flags(stack, "learning", values.something)
    made["learning"] = values.category(stack, "learning", _learning)
    made["action_recorded"] = values.flags(stack, "action", values.something)
    _in_order(stack, made)
    given = values.category(stack, "outcome", vocabulary.outcomes(choices.outcomes, asks))
    made["outcome"] = _outcome(given, np.isnat(made["responded"]))
    _unrecorded(stack, made)
    for later in (2, 3):
        _later(stack, made, later, past, soon, choices)
    made |= rows_of.places(stack)
    made["rank"] = _ranks(stack, made)
    made["record"] = np.arange(len(stack))
    return pd.DataFrame(made), _texts(stack)


def _learning(cell: Any) -> str:
    return cells.text(cell) if values.something(cell) else ""


_EQUALITY = ("age_band", "gender", "ethnicity", "disability")


def _texts(stack: Stack) -> list[str]:
    if not stack.has("text"):
        return [""] * len(stack)
    return [c if type(c) is str else cells.text(c) for c in stack.cells("text")]


def _filled(found: pd.Categorical, usual: str) -> pd.Categorical:
    """Blanks as the usual value."""
    names = [name or usual for name in found.categories]
    merged = sorted(set(names))
    codes = np.array([merged.index(name) for name in names])[found.codes]
    return values.from_codes(codes, merged)


def _outcome(found: pd.Categorical, unanswered: np.ndarray) -> pd.Categorical:
    """Blanks as open or not recorded, by whether there is an answer."""
    names = list(dict.fromkeys([*found.categories, "open", "not_recorded"]))
    codes = found.codes.astype(np.int32)
    blank = np.isin(codes, [i for i, name in enumerate(names) if name in ("", "open")])
    codes = np.where(blank & unanswered, names.index("open"), codes)
    codes = np.where(blank & ~unanswered, names.index("not_recorded"), codes)
    return values.from_codes(codes, names)


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


def _in_order(stack: Stack, made: dict[str, Any], before: str = "received") -> None:
    """Answers dated before the complaint came in are not used."""
    for name in ("acknowledged", "responded"):
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
    if not any(stack.has(f"stage{later}_{name}") for name in (*joined.DAYS, "outcome")):
        return
    for name in joined.DAYS:
        made[f"s{later}_{name}"] = values.days(
            stack, f"stage{later}_{name}", soon if name == "due" else past
        )
    made[f"s{later}_extended"] = values.flags(stack, f"stage{later}_extended", values.yes)
    read = values.category(stack, f"stage{later}_outcome", vocabulary.outcomes(choices.outcomes))
    blank = np.asarray(read == "")
    reached = ~np.isnat(made[f"s{later}_received"]) | ~np.isnat(made[f"s{later}_responded"])
    reached |= ~blank
    made[f"s{later}_reached"] = reached
    made[f"s{later}_outcome"] = _outcome(read, np.isnat(made[f"s{later}_responded"]))


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
