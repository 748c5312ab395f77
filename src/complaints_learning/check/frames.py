"""Rows and which are one complaint in; the frames of complaints, stages and merged rows out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from complaints_learning.check import cases
from complaints_learning.check import rows as rows_of
from complaints_learning.nouns import records


def complaints(rows: pd.DataFrame, texts: list[str], found: cases.Cases) -> pd.DataFrame:
    """A row a complaint, as its latest export has it."""
    taken = rows.iloc[found.complaints].reset_index(drop=True)
    taken["escalated"] = taken["stage"] > 1
    taken["text"] = pd.Series([texts[position] for position in found.complaints], dtype=object)
    _say(taken, found.complaints, found.stage_says)
    _say(taken, found.complaints, found.complaint_says)
    return rows_of.shaped(taken, "complaints")


def stages(rows: pd.DataFrame, found: cases.Cases) -> pd.DataFrame:
    """A row a stage, in the order of the register's rows."""
    taken = rows.iloc[found.stages].reset_index(drop=True)
    _say(taken, found.stages, found.stage_says)
    order = np.lexsort((taken["stage"].to_numpy(), taken["record"].to_numpy()))
    return rows_of.shaped(taken.iloc[order], "stages")


def _say(frame: pd.DataFrame, positions: Sequence[int], says: Mapping[int, cases.Says]) -> None:
    """Write into the frame's columns what several rows come to together."""
    at = {position: where for where, position in enumerate(positions) if position in says}
    known = set(frame.columns)
    columns: dict[str, dict[int, Any]] = {}
    for position, values in says.items():
        if position not in at:
            continue
        for name, value in values.items():
            if name in known:
                columns.setdefault(name, {})[at[position]] = value
    for name, changed in columns.items():
        column = frame[name].copy()
        if isinstance(column.dtype, pd.CategoricalDtype):
            new = set(changed.values()) - set(column.cat.categories)
            column = column.cat.add_categories(sorted(new))
        column.iloc[list(changed)] = pd.Series(list(changed.values()), dtype=column.dtype).array
        frame[name] = column


def merged(rows: pd.DataFrame, keys: list[str], found: cases.Cases) -> pd.DataFrame:
    """The rows that another stands for, each with that row's place and its complaint."""
    if not found.merged:
        return records.empty("merged")
    positions, into, why = (list(column) for column in zip(*sorted(found.merged), strict=True))
    taken = rows.iloc[positions].reset_index(drop=True)
    references = rows["reference"].tolist()
    complaint = {keys[position]: references[position] for position in found.complaints}
    taken["reference"] = [complaint[keys[position]] for position in positions]
    for name in ("file", "sheet", "row"):
        taken[f"into_{name}"] = rows[name].iloc[into].to_numpy()
    taken["reason"] = pd.Categorical(why)
    return rows_of.shaped(taken, "merged")
