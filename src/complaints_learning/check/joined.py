"""A register's rows and the cases they make in; complaints, their stages and merged rows out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from complaints_learning.check import cases
from complaints_learning.check import rows as rows_of
from complaints_learning.nouns import records

DAYS = ("received", "acknowledged", "due", "responded")


def complaints(rows: pd.DataFrame, texts: list[str], found: cases.Cases) -> pd.DataFrame:
    """A row a complaint, as its latest export has it."""
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


def stages(rows: pd.DataFrame, found: cases.Cases) -> pd.DataFrame:
    """A row a stage: those that have rows of their own, and those in columns of another's row."""
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
        for name in (*DAYS, "outcome", "extended"):
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


def merged(rows: pd.DataFrame, keys: list[str], found: cases.Cases) -> pd.DataFrame:
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
