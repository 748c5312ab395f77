"""Later stages in columns of their own ("Stage 2 outcome") in; a row for each of them out.

After this a register has one form, a row a stage, whichever of the two it was kept in.
"""

from __future__ import annotations

import pandas as pd

from complaints_learning.check.stack import Stack

DAYS = ("received", "acknowledged", "due", "responded")
LATER = (2, 3)


def column(name: str, stage: int) -> str:
    """The column of a later stage's value; a row's own value for stage 0."""
    return f"stage{stage}_{name}" if stage else name


def given(stack: Stack, stage: int) -> bool:
    """Whether any part of the register has columns of that stage."""
    return any(stack.has(column(name, stage)) for name in (*DAYS, "outcome"))


def unfolded(rows: pd.DataFrame) -> pd.DataFrame:
    """Every row, then a row for each later stage that its columns speak of.

    `stage2_reached` says where they do. The new columns: `furthest` is the stage that the row
    names, `in_columns` 0 for a row of the register, else the stage whose columns it comes from.
    """
    base = rows.assign(furthest=rows["stage"], in_columns=0)
    pieces = [base]
    for stage in LATER:
        if column("reached", stage) not in rows:
            continue
        reached = rows[column("reached", stage)].to_numpy()
        own = {name: rows[column(name, stage)] for name in (*DAYS, "extended", "outcome")}
        pieces.append(base.assign(**own, stage=stage, in_columns=stage)[reached])
        # a row that says its stage is 2 and has stage 2 columns holds stage 1 in the others
        base.loc[reached & (base["stage"] >= stage).to_numpy(), "stage"] = 1
    return pd.concat(pieces, ignore_index=True) if len(pieces) > 1 else base
