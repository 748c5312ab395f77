"""Clean tables and their reconciliation: what `check` hands on.

Nothing in them is private but what people wrote: `text` and `learning`.

Each frame's columns are listed in `SHAPES`; `empty(name)` makes one with no rows, so that a
source nobody supplied has the same shape as one that is empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from complaints_learning.nouns import columns
from complaints_learning.nouns.errors import Problem

if TYPE_CHECKING:
    import pandas as pd

OUTCOMES: dict[str, str] = {
    "upheld": "Upheld",
    "partly_upheld": "Partially upheld",
    "not_upheld": "Not upheld",
    "resolved": "Resolved",
    "no_finding": "No finding",
    "withdrawn": "Withdrawn",
    "refused": "Not accepted as a complaint",
    "open": "Still open",
    "not_recorded": "Answered, no outcome recorded",
    "unknown": "Outcome not recognised",
}
"""Every outcome a complaint can have, with its title, in report order."""

REPEATED = "the same row again"
REPLACED = "replaced by a later export"
"""Why a row is merged: what it says stands in another, or its newer self in a later export."""
UPHELD = ("upheld", "partly_upheld")
PROCEDURES: dict[str, str] = {"statutory": "Statutory", "corporate": "Corporate", "": "Not stated"}
COMPLAINANTS: dict[str, str] = {
    "child": "Child or young person",
    "parent": "Parent",
    "carer": "Carer or other relative",
    "advocate": "Advocate or representative",
    "other": "Other",
    "": "Not stated",
}

_PLACE = {"file": "category", "sheet": "category", "row": "int64"}
_KINDS: dict[str, str] = {
    **dict.fromkeys(("reference", "name", "text"), "str"),
    **dict.fromkeys(("code", "words", "service", "yesno"), "category"),
    **dict.fromkeys(("number", "money"), "float64"),
    "date": "datetime64[s]",
}
_DAYS = dict.fromkeys(("received", "acknowledged", "due", "responded"), "datetime64[s]")
SHAPES: dict[str, dict[str, str]] = {
    "complaints": {
        "reference": "str",
        **dict.fromkeys(("kind", "procedure"), "category"),
        "stage": "int64",
        **_DAYS,
        "extended": "bool",
        **dict.fromkeys(
            (
                *("service", "team", "category", "outcome", "complainant"),
                *("age_band", "gender", "ethnicity", "disability", "remedy"),
            ),
            "category",
        ),
        "remedy_amount": "float64",
        "learning_recorded": "bool",
        "learning": "category",
        "action_recorded": "bool",
        "ombudsman": "category",
        "escalated": "bool",
        "text": "object",
        **_PLACE,
    },
    "stages": {
        "reference": "str",
        "procedure": "category",
        "stage": "int64",
        **_DAYS,
        "extended": "bool",
        **dict.fromkeys(("outcome", "service"), "category"),
        **_PLACE,
    },
    "merged": {
        "reference": "str",
        "procedure": "category",
        "stage": "int64",
        **dict.fromkeys(("received", "responded"), "datetime64[s]"),
        **dict.fromkeys(("outcome", "service", "reason"), "category"),
        **_PLACE,
        **{f"into_{name}": kind for name, kind in _PLACE.items()},
    },
    "forms": {
        **dict.fromkeys(("form", "reference", "reference_typed"), "str"),
        "matched": "bool",
        "nearest": "str",
        "completed": "datetime64[s]",
        "service": "category",
        "learning_recorded": "bool",
        "learning": "object",
        "learning_none": "bool",
        **dict.fromkeys(("shared_supervision", "shared_cpp"), "category"),
        "themes": "str",
        **_PLACE,
    },
    "actions": {
        **dict.fromkeys(("reference", "theme", "action", "owner"), "str"),
        **dict.fromkeys(("opened", "due", "completed"), "datetime64[s]"),
        "evidence_recorded": "bool",
        "evidence": "str",
        "service": "category",
        **_PLACE,
    },
    "assurance": {
        "date": "datetime64[s]",
        **dict.fromkeys(("activity", "service", "theme", "question"), "category"),
        **dict.fromkeys(("result", "out_of"), "float64"),
        "note": "str",
        **_PLACE,
    },
    **{
        name: {**{column.name: _KINDS[column.kind] for column in table.columns}, **_PLACE}
        for name, table in columns.TABLES.items()
        if table.value
    },
}


def empty(name: str) -> pd.DataFrame:
    """The table `name` with no rows."""
    import pandas as pd

    shape = SHAPES[name]
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in shape.items()})


class Rows(Struct, frozen=True):
    """Where the rows of one table went. read = counted + superseded + left_out, always.

    `superseded` rows were replaced by a later export of the same row or merged into their
    complaint; `left_out` gives the reason of each other one (a totals row, no reference).
    Rows outside the period are part of `counted` here and told apart by `measure`.
    """

    table: str
    read: int = 0
    counted: int = 0
    superseded: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        """Whether every row read has its place."""
        gone = sum(self.superseded.values()) + sum(self.left_out.values())
        return self.read == self.counted + gone


class Source(Struct, frozen=True):
    """An input file: name within the workspace, SHA-256 of its bytes, rows read, table."""

    file: str
    sha256: str
    rows: int
    table: str


class Checked(Struct, frozen=True):
    """Everything that can be counted. `frames` has every name in `SHAPES`.

    `supplied` names the tables that a file was given for; `changes` says in words what a later
    export changed ('C12: outcome Not upheld, now Upheld'). `stops` says why no report can be
    made at all (no register, no reference or outcome column, no complaint); empty when one can.
    """

    frames: Mapping[str, pd.DataFrame]
    problems: tuple[Problem, ...] = ()
    rows: Mapping[str, Rows] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    supplied: frozenset[str] = frozenset()
    changes: tuple[str, ...] = ()
    stops: tuple[Problem, ...] = ()

    def without_words(self) -> Checked:
        """The same with nobody's words in it: what everything after `classify` gets."""
        complaints = self.frames["complaints"].drop(columns=["text", "learning"])
        forms = self.frames["forms"].drop(columns="learning")
        return replace(self, frames={**self.frames, "complaints": complaints, "forms": forms})
