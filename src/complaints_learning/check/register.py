"""The register's rows in, clean complaints and stages out, with every row accounted for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cases, cells, dates, values, vocabulary, zeros
from complaints_learning.check import rows as rows_of
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns import columns, records
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import Rows

NO_REFERENCE = "no reference"
NO_COLUMN = "no column is known to be the reference"
_HAS_SUFFIX = re.compile(r"(?:st|stg|stage|s)[\s.]*[123]\)?$", re.IGNORECASE | re.MULTILINE)
_DAYS = ("received", "acknowledged", "due", "responded")


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
    complaints = _complaints(rows, texts, found)
    stages = _stages(rows, found, complaints)
    merged = _merged(rows, keys, found)
    account = Rows(
        "register",
        read,
        len(complaints),
        dict(found.superseded),
        {k: n for k, n in left_out.items() if n},
    )
    return complaints, stages, merged, account, found.changes


def _merged(rows: pd.DataFrame, keys: list[str], found: cases.Cases) -> pd.DataFrame:
    """The rows that another stands for, each with that row's place and its complaint."""
    if not found.merged:
        return records.empty("merged")
    positions, into, why = (list(column) for column in zip(*sorted(found.merged), strict=True))
    taken = rows.iloc[positions].reset_index(drop=True)
    references = rows["reference"].tolist()
    complaint = {keys[position]: references[position] for position in found.first}
    taken["reference"] = [complaint[keys[position]] for position in positions]
    for name in ("file", "sheet", "row"):
        taken[f"into_{name}"] = rows[name].iloc[into].to_numpy()
    taken["reason"] = pd.Categorical(why)
    return rows_of.shaped(taken, "merged")


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
    for name in _DAYS:
        made[name] = values.days(stack, name, soon if name == "due" else past)
    made["extended"] = values.flags(stack, "extended", values.yes)
    for name in ("service", "team", "category", *_EQUALITY, "remedy", "ombudsman"):
        reader = rows_of.services(choices) if name == "service" else rows_of.own_words({})
        made[name] = values.category(stack, name, reader)
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
    if not any(stack.has(f"stage{later}_{name}") for name in (*_DAYS, "outcome")):
        return
    for name in _DAYS:
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


def _complaints(rows: pd.DataFrame, texts: list[str], found: cases.Cases) -> pd.DataFrame:
    taken = rows.iloc[found.first].reset_index(drop=True)
    index = {position: at for at, position in enumerate(found.first)}
    words_of = [texts[position] for position in found.first]
    taken["escalated"] = taken["stage"] > 1
    patched: dict[str, dict[int, Any]] = {}
    for position, patch in found.patches.items():
        if position not in index:
            continue
        for name, value in patch.items():
            if name == "text":
                words_of[index[position]] = value
            else:
                patched.setdefault(name, {})[index[position]] = value
    for name, changed in patched.items():
        _patch(taken, name, changed)
    for later in (2, 3):
        _further(taken, later)
    taken["text"] = pd.Series(words_of, dtype=object)
    return rows_of.shaped(taken, "complaints")


def _patch(frame: pd.DataFrame, name: str, changed: Mapping[int, Any]) -> None:
    column = frame[name]
    if isinstance(column.dtype, pd.CategoricalDtype):
        new = [
            value for value in dict.fromkeys(changed.values()) if value not in column.cat.categories
        ]
        column = column.cat.add_categories(new) if new else column.copy()
    column = column.copy()
    column.iloc[list(changed)] = list(changed.values())
    frame[name] = column


def _further(frame: pd.DataFrame, later: int) -> None:
    """Carry a later stage of the same row into the complaint."""
    if f"s{later}_reached" not in frame:
        return
    reached = frame[f"s{later}_reached"].to_numpy()
    frame.loc[reached & (frame["stage"] < later), "stage"] = later
    frame.loc[reached, "escalated"] = True
    answered = reached & frame[f"s{later}_responded"].notna()
    frame.loc[answered, "responded"] = frame.loc[answered, f"s{later}_responded"]
    decided = reached & ~frame[f"s{later}_outcome"].isin(["open", "not_recorded"])
    outcome = frame["outcome"].astype(object)
    outcome[decided] = frame.loc[decided, f"s{later}_outcome"].astype(object)
    frame["outcome"] = outcome.astype("category")
    frame["extended"] |= frame[f"s{later}_extended"] & reached


def _stages(rows: pd.DataFrame, found: cases.Cases, complaints: pd.DataFrame) -> pd.DataFrame:
    positions = found.stages
    own = rows.iloc[positions].reset_index(drop=True)
    at = {position: where for where, position in enumerate(positions)}
    changed = {
        at[position]: patch["outcome"]
        for position, patch in found.patches.items()
        if position in at and "outcome" in patch and not patch.get("escalated")
    }
    if changed:
        _patch(own, "outcome", changed)
    pieces = [own]
    first = own["stage"].to_numpy()
    for later in (2, 3):
        if f"s{later}_reached" not in own:
            continue
        with_it = own[own[f"s{later}_reached"].to_numpy()].copy()
        for name in (*_DAYS, "outcome", "extended"):
            with_it[name] = with_it[f"s{later}_{name}"]
        with_it["stage"] = later
        pieces.append(with_it)
        # a row that says its stage is 2 and has stage 2 columns holds stage 1 in the others
        own.loc[own[f"s{later}_reached"].to_numpy() & (first >= later), "stage"] = 1
    together = pd.concat(pieces, ignore_index=True) if len(pieces) > 1 else own
    if len(pieces) > 1:
        together["outcome"] = together["outcome"].astype("category")
        together = together.sort_values(["row", "stage"], kind="stable").reset_index(drop=True)
    return rows_of.shaped(together, "stages")
