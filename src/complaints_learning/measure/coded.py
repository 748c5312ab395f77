"""Prepared tables in; the coded columns that figures count by, out, for the internal run record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from complaints_learning.nouns.findings import Figure
from complaints_learning.nouns.runs import Coded, Column, plain

if TYPE_CHECKING:
    from complaints_learning.measure.counting import Table


def table(made: Table, references: pd.Series[str], figures: Iterable[Figure]) -> Coded:
    """The columns of `made` that the rules of `figures` name, with each row's reference.

    With them and the rule anybody can count a figure again, and see what moved a row in or out.
    """
    wanted = sorted({one.column for figure in figures for one in figure.rule})
    columns = {}
    for name in wanted:
        codes, values = made.column(name)
        known = {code: value for value, code in values.items()}
        used = sorted({int(code) for code in set(codes.tolist()) if int(code) in known})
        place = {code: number for number, code in enumerate(used)}
        columns[name] = Column(
            tuple(plain(known[code]) for code in used),
            tuple(place.get(code, -1) for code in codes.tolist()),
        )
    return Coded(tuple(str(one) for one in references), columns)
