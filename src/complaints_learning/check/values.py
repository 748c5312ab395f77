"""Cells of one column in, clean values out, each different cell looked at once.

A cell that cannot be used becomes a problem with its address, never a silent blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
from msgspec import Struct

from complaints_learning.check.cells import BLANK, EMPTY, text
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Cell


class Bad(Struct, frozen=True):
    """Why a cell cannot be used as it is; `value` is what is used instead."""

    code: str
    message: str
    hint: str
    value: Any = None


ReadCell = Callable[[Cell], Any]


ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!"),
        *("#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!"),
    )
)
"""What Excel shows in place of a value, as it stands in text files and pasted cells."""


def _error(shown: str, value: Any) -> Bad:
    return Bad(
        "cell-error",
        f"the cell shows the error {shown}; it was read as empty.",
        "Correct the formula, or type the value.",
        value,
    )


def look_up(stack: Stack, name: str, reader: ReadCell) -> tuple[dict[Cell, Any], Sequence[Cell]]:
    """Each different cell of a column with its clean value, its problems noted on the stack."""
    cells = stack.cells(name)
    different = dict.fromkeys(cells)
    values: dict[Cell, Any] = {}
    bad: dict[Cell, Bad] = {}
    for cell in different:
        value: Any = reader(cell)
        if cell.__class__ is str and str(cell).strip().upper() in ERRORS:
            blank = reader("")
            value = _error(str(cell).strip(), blank.value if isinstance(blank, Bad) else blank)
        if isinstance(value, Bad):
            bad[cell] = value
            value = value.value
        values[cell] = value
    if bad:
        note(stack, name, cells, bad)
    return values, cells


def note(stack: Stack, name: str, cells: Iterable[Cell], bad: dict[Cell, Bad]) -> None:
    """One problem for each cell that holds one of the bad values."""
    header = stack.header(name)
    for record, cell in enumerate(cells):
        if cell in bad:
            why = bad[cell]
            stack.problems.append(
                Problem(why.code, f"{header}: {why.message}", stack.place(record, name), why.hint)
            )


def category(stack: Stack, name: str, reader: ReadCell) -> pd.Categorical:
    """A coded column."""
    if not stack.has(name):
        return from_codes(np.zeros(len(stack), dtype=np.int8), [""])
    values, cells = look_up(stack, name, reader)
    return coded(values, cells)


def coded(values: dict[Cell, str], cells: Sequence[Cell]) -> pd.Categorical:
    """Cells as a categorical of their clean values, categories in alphabetical order."""
    names = sorted(set(values.values())) or [""]
    number = {name: code for code, name in enumerate(names)}
    codes_of = {cell: number[value] for cell, value in values.items()}
    codes = np.fromiter(map(codes_of.__getitem__, cells), dtype=np.int32, count=len(cells))
    return from_codes(codes, names)


def from_codes(codes: Any, names: Any) -> pd.Categorical:
    """A categorical from the position of each value among the names."""
    made: pd.Categorical = pd.Categorical.from_codes(codes, pd.Index(names, dtype="str"))
    return made


def days(stack: Stack, name: str, reader: ReadCell) -> np.ndarray:
    """A date column as datetime64[s]."""
    if not stack.has(name):
        return np.full(len(stack), np.datetime64("NaT"), dtype="datetime64[s]")
    values, cells = look_up(stack, name, reader)
    numbers = {cell: _ordinal(value) for cell, value in values.items()}
    as_days = np.fromiter(map(numbers.__getitem__, cells), dtype=np.int64, count=len(cells))
    missing = as_days == _NONE
    as_days[missing] = 0
    found = as_days.astype("datetime64[D]").astype("datetime64[s]")
    found[missing] = np.datetime64("NaT")
    return found


_NONE = -(2**40)
_EPOCH = date(1970, 1, 1).toordinal()


def _ordinal(value: date | None) -> int:
    return _NONE if value is None else value.toordinal() - _EPOCH


def numbers(stack: Stack, name: str, reader: ReadCell) -> np.ndarray:
    """A column of numbers, NaN where there is none."""
    if not stack.has(name):
        return np.full(len(stack), np.nan)
    values, cells = look_up(stack, name, reader)
    return np.fromiter(map(values.__getitem__, cells), dtype=np.float64, count=len(cells))


def flags(stack: Stack, name: str, reader: ReadCell) -> np.ndarray:
    """A column of yes and no; blank is no."""
    if not stack.has(name):
        return np.zeros(len(stack), dtype=bool)
    values, cells = look_up(stack, name, reader)
    return np.fromiter(map(values.__getitem__, cells), dtype=bool, count=len(cells))


def texts(stack: Stack, name: str) -> list[str]:
    """A column of text, trimmed."""
    if not stack.has(name):
        return [""] * len(stack)
    return [
        # without a space or mark there is nothing to trim
        cell if cell.__class__ is str and cell.isalnum() else text(cell)
        for cell in stack.cells(name)
    ]


_NUMBER = re.compile(r"[£$]?\s*(-?\d{1,3}(?:,\d{3})+|-?\d+)(\.\d+)?\s*(%?)(?:p\b)?$")


def number(cell: Cell) -> float | Bad:
    """A number as typed, with pounds and thousands; blank is NaN.

    >>> number("£1,250.50"), number(7), number("12%")
    (1250.5, 7.0, 12.0)
    """
    if isinstance(cell, bool):
        return Bad(
            "number-unreadable", "yes or no is not a number.", "Type a number.", float("nan")
        )
    if isinstance(cell, (int, float)):
        return float(cell)
    typed = text(cell)
    if typed.casefold() in EMPTY:
        return float("nan")
    found = _NUMBER.match(typed)
    if found and isinstance(cell, str):
        return float(found[1].replace(",", "") + (found[2] or ""))
    return Bad(
        "number-unreadable",
        f"{quoted(typed)} is not a number; it was left empty.",
        "Type the number alone, without words.",
        float("nan"),
    )


def quoted(typed: str) -> str:
    """What was typed, when it is a figure or a word for not knowing; else it may be anybody's."""
    if typed.casefold() in BLANK or (len(typed) <= 20 and re.fullmatch(r"[\d\s.,£$%/:-]+", typed)):
        return f"'{typed}'"
    return "the text"


_YES = frozenset(("yes", "y", "true", "1", "x", "ticked", "\u2611", "\u2612", "\u2713", "\u2714"))
_NO = frozenset(("no", "n", "false", "0", "not", "\u2610"))


def yes_no(cell: Cell) -> str | Bad:
    """'yes', 'no' or ''. Anything else is a problem.

    >>> yes_no("Y"), yes_no(False), yes_no("")
    ('yes', 'no', '')
    """
    word = text(cell).casefold().rstrip(".")
    if word in _YES:
        return "yes"
    if word in _NO:
        return "no"
    if word in BLANK:
        return ""
    head = word.split(",")[0].split(" - ")[0].strip()
    if head in ("yes", "no"):
        return head
    return Bad(
        "yes-no-unreadable",
        "the cell says neither yes nor no; it was left empty.",
        "Type Yes or No.",
        "",
    )


def yes(cell: Cell) -> bool | Bad:
    """Whether a yes/no cell says yes, or holds a date (when it happened)."""
    if isinstance(cell, (date, datetime)):
        return True
    said = yes_no(cell)
    if isinstance(said, Bad):
        return Bad(said.code, said.message, said.hint, False)
    return said == "yes"


_NOTHING = re.compile(
    r"(?:no|n|0|nil|nfa|none(?: identified| recorded| required| needed)?"
    r"|nothing(?: new| further| more| else)?(?: to (?:learn|report|add|note))?"
    r"|no (?:new |further |other |specific |particular |additional |wider )*"
    r"(?:learning|lessons?|learning points?|actions?)(?: points?)?(?: was| were| is| are| to be)?"
    r"(?: identified| recorded| required| needed| taken| arising| found| learned| learnt| noted)?"
    r"(?: from this complaint| at this time| at this stage| on this occasion)?)"
    r"(?:\W*$|\s*[,.;:(\u2013-](?!.*\b(?:but|however|though|although|will|must|should|now|need|remind\w*)\b))",
    re.IGNORECASE,
)
"""What says that there is nothing, and may give its reason after a mark."""
_POINTED = re.compile(
    r"(?:please )?(?:see|as|refer to) (?:above|below|attached|previous|before|over|overleaf"
    r"|(?:the )?(?:file|letter|response|report|notes?|comments?|email|e-mail))\W*$",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"(?:ditto|same|on-?\s?going|in progress|pending|awaited|awaiting|to follow"
    r"|to be (?:agreed|decided|advised)|not yet|later)\W*$",
    re.IGNORECASE,
)
"""What points elsewhere or puts off, and so says neither that there is something nor that not."""


def undecided(cell: Cell) -> bool:
    """Whether a text cell leaves open whether there is anything: blank, 'ongoing', 'see above'.

    >>> undecided("See above."), undecided("ongoing"), undecided("See families sooner")
    (True, True, False)
    """
    word = text(cell).casefold()
    return word in ("", "-") or bool(_POINTED.match(word) or _PUT_OFF.match(word))


def something(cell: Cell) -> bool:
    """Whether a text cell says that there is something, rather than nothing or 'none'.

    >>> something("Ring back"), something("None identified."), something("Nothing, one off")
    (True, False, False)
    >>> something("No one should wait"), something("No learning, but we now ring back")
    (True, True)
    """
    if isinstance(cell, bool):
        return cell
    word = text(cell).casefold().rstrip(".")
    if word in BLANK or undecided(word):
        return False
    return bool(word) and _NOTHING.match(word) is None


def evidence(cell: Cell) -> bool:
    """Whether a cell says that there is evidence; saying where it is ("see file") does."""
    return something(cell) or _POINTED.match(text(cell)) is not None
