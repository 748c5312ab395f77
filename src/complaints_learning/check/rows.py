"""What the rows of every table have in common: references, services, places and final shape."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cells, values, vocabulary
from complaints_learning.check.choices import Choices
from complaints_learning.check.stack import Stack
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.records import REPEATED, SHAPES, Rows

SUFFIX = re.compile(
    r"(?P<base>.*?\d.*?)\s*[-/_ (.]+\s*(?:st|stg|stage|s)[\s.]*(?P<stage>[123])\)?$", re.IGNORECASE
)


PLACEHOLDER = re.compile(
    r"(?:ref(?:erence)?[ .:]*)?(?:tbc|tba|n/?a|n/?k|none|not known|unknown|pending|awaited|-+|\?+"
    r"|#(?:n/a|ref!|value!|name\?|div/0!|null!|num!)|to be confirmed|anonymous|x+|null"
    r"|no ref(?:erence)?)?\.?$",
    re.IGNORECASE,
)


def own_words(own: Mapping[str, str]) -> Any:
    """A reader that keeps the council's own words, mapped where the council says so."""
    known = {cells.token(word): name for word, name in own.items()}

    def read(cell: Any) -> str:
        typed = cells.text(cell)
        if typed.casefold() in cells.BLANK:
            return ""
        return known.get(cells.token(typed), typed) if known else typed

    return read


def services(choices: Choices) -> Any:
    """A reader of services: mapped by [services], and known when the council lists them.

    A cell is quoted only when it is nearly a service: anything may be typed there, a name too.
    """
    mapped = own_words(choices.services)
    listed = {cells.token(name): name for name in choices.listed_services}
    if not listed:
        return mapped

    def read(cell: Any) -> Any:
        name = mapped(cell)
        word = cells.token(name)
        if not name or word in listed:
            return listed.get(word, name)
        close = difflib.get_close_matches(word, listed, n=1, cutoff=0.6)
        meant = f"Did you mean '{listed[close[0]]}'? " if close else ""
        said = vocabulary.shown(name) if close else "the cell"
        return values.Bad(
            "service-unknown",
            f"{said} is none of the services listed in cl.toml; it was kept as typed.",
            f"{meant}Correct the cell, or map it in cl.toml under [services].",
            name,
        )

    return read


def rare_services(stack: Stack, services: pd.Categorical, choices: Choices) -> None:
    """Note the cells whose service hardly any other names, where the council has listed none."""
    if choices.listed_services or not stack.has("service"):
        return
    mapped = set(choices.services.values())
    names = services.tolist()
    counts = Counter(name for name in names if name)
    if counts.total() < _ENOUGH:
        return
    rare = {name for name, rows in counts.items() if rows <= _RARE} - mapped
    for record, name in enumerate(names) if rare else ():
        if name in rare:
            stack.problems.append(
                Problem(
                    "service-rare",
                    f"{stack.header('service')}: what it says stands in "
                    f"{'this row only' if counts[name] == 1 else 'two rows only'}; reports count "
                    "it under 'Other services'.",
                    stack.place(record, "service"),
                    "Correct the cell, or name the service in cl.toml under [assurance] services.",
                )
            )


_RARE = 2
_ENOUGH = 20
"""In fewer rows every service is rare."""


def places(stack: Stack) -> dict[str, Any]:
    """The file, sheet and Excel row of every record."""
    files = [part.file for part in stack.parts]
    sheets = [part.sheet for part in stack.parts]
    sizes = [len(part) for part in stack.parts]
    numbers = [np.asarray(part.rows, dtype=np.int64) for part in stack.parts]
    return {
        "file": repeated(files, sizes),
        "sheet": repeated(sheets, sizes),
        "row": np.concatenate(numbers) if numbers else np.array([], dtype=np.int64),
    }


def repeated(names: Sequence[str], sizes: Sequence[int]) -> pd.Categorical:
    """Each name as many times as its size says."""
    known = sorted(set(names)) or [""]
    codes = np.repeat([known.index(name) for name in names], sizes).astype(np.int32)
    return values.from_codes(codes, known)


def shaped(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Exactly the agreed columns and kinds."""
    shape = SHAPES[name]
    made: dict[str, Any] = {}
    for column, kind in shape.items():
        found = frame[column]
        if kind == "category":
            if not isinstance(found.dtype, pd.CategoricalDtype):
                found = found.astype("category")
            used = np.zeros(len(found.cat.categories) + 1, dtype=bool)
            used[found.cat.codes] = True  # an empty cell is -1: the last
            if not used[:-1].all():  # pandas would sort all the codes to see it
                found = found.cat.remove_unused_categories()
        elif str(found.dtype) != kind:
            found = found.astype(kind)  # type: ignore[call-overload]
        made[column] = found.array if kind != "object" else found
    return pd.DataFrame(made, index=pd.RangeIndex(len(frame)))


def finished(
    stack: Stack, made: dict[str, Any], shape: str, need: str = ""
) -> tuple[pd.DataFrame, Rows]:
    """The frame without rows that say nothing and rows said twice, and the accounts."""
    frame = shaped(pd.DataFrame(made), shape)
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
    return frame, Rows(stack.table.name, read, len(frame), dict(superseded), left)


def code(cell: Any) -> str:
    """A cell's words as a code: "Open cases" is open_cases."""
    return "_".join(cells.token(cell).replace("-", " ").split())
