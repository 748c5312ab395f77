"""Checked tables in; the same with what only a few cells say put together under one name.

What the cells of a column say becomes the rows of a public table. Somebody may have typed a name
there, or "ask Jo". So a label that stands in fewer rows of the register than the least number that
is shown is only kept when cl.toml or the population names it, or it says nothing but usual words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd
from msgspec.structs import replace

from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.settings import Settings

OTHERS: dict[str, str] = {
    "service": "Other services",
    "gender": "Another answer",
    "ethnicity": "Another answer",
    "disability": "Another answer",
    "age_band": "Another answer",
    "remedy": "Another remedy",
    "ombudsman": "Another decision",
}
"""The columns whose cells become labels as they were typed, and what a few are put under."""
_USUAL = frozenset(
    re.findall(
        r"\S+",
        """
        a after and any at back before by for from in no none not of on or other our out outside
        the to under up with without yes age aged over unknown unborn year years plus female male
        man woman boy girl non binary trans transgender prefer say stated known recorded african
        arab asian background bangladeshi black british caribbean chinese english ethnic ethnicity
        european group groups gypsy indian irish minority mixed multiple northern pakistani roma
        scottish traveller welsh white autism autistic disabled disability disabilities hearing
        health learning mental mobility physical send visual action actions apologise apology
        change changes compensation corrective explanation financial goodwill meeting payment
        policy procedure provided provision redress refund reimbursement remedy review service
        services staff training written advice closed complaint council decision discontinued
        early enquiries fault further given incomplete initial injustice invalid investigated
        investigation involvement jurisdiction local made maladministration partially partly
        pending premature referred remedied report resolution resolved satisfactory upheld
        withdrawn
        """,
    )
)
"""Words that name nobody. Nothing that a service is called: any word may be part of that."""


def together(checked: Checked, settings: Settings) -> Checked:
    """The tables with rare labels of the register put together, whatever the edition."""
    complaints = checked.frames["complaints"]
    groups = {_alike(str(group)) for group in checked.frames["population"]["group"]}
    services = (*settings.assurance.services, *settings.services.values())
    named = {"service": {_alike(service) for service in services}}
    folded = {
        column: _folded(complaints[column], other, named.get(column, groups), column != "service",
                        settings.small_numbers.hidden_up_to)
        for column, other in OTHERS.items()
    }  # fmt: skip
    changed = {name: series for name, series in folded.items() if series is not None}
    if not changed:
        return checked
    return replace(checked, frames={**checked.frames, "complaints": complaints.assign(**changed)})


def _folded(
    labels: pd.Series, other: str, named: set[str], usual: bool, limit: int
) -> pd.Series | None:
    """The column with its rare labels put together; None when it has none."""
    values = [str(value) for value in labels.cat.categories]
    codes = labels.cat.codes.to_numpy()
    rows = np.bincount(codes[codes >= 0], minlength=len(values))
    rare = {
        value
        for value, count in zip(values, rows, strict=True)
        if value and count <= limit and _alike(value) not in named
        if not (usual and _USUAL.issuperset(_words(value)))
    }
    if not rare:
        return None
    kept = sorted({other, *values} - rare)
    place = {value: code for code, value in enumerate(kept)}
    moved = np.array([place[other if value in rare else value] for value in values] + [-1])
    made = pd.Categorical.from_codes(moved[codes], pd.Index(kept, dtype="str"))
    return pd.Series(made, index=labels.index)


def _alike(label: str) -> str:
    return " ".join(label.casefold().split())


def _words(label: str) -> Iterable[str]:
    return re.findall(r"[^\W\d_]+", label.casefold())
