"""Raw tables in, everything that can be counted out: clean frames, problems, where rows went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from complaints_learning.check import (
    actions,
    aside,
    assurance,
    enough,
    faults,
    forms,
    numbers,
    points,
    register,
    themed,
    turned,
    vocabulary,
)
from complaints_learning.check import stack as stacks
from complaints_learning.check.choices import Choices
from complaints_learning.check.enough import elsewhere, within
from complaints_learning.check.proposing import proposal
from complaints_learning.nouns import columns, records
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.raw import Raw
from complaints_learning.nouns.records import Checked, Rows
from complaints_learning.nouns.settings import Settings
from complaints_learning.nouns.themes import Themes

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["elsewhere", "everything", "proposal", "within"]


def everything(raw: Raw, settings: Settings, own_themes: Themes | None = None) -> Checked:
    """Check all tables of a workspace. Problems come in the order of their places.

    `own_themes` are those of the council's own themes.toml, None where it has the shipped ones.
    """
    choices = Choices(
        today=settings.report.date or date.today(),
        outcomes=settings.outcomes,
        procedures=settings.procedures,
        procedure_by_file=settings.procedure_by_file,
        services=settings.services,
        complainants=settings.complainants,
        wide=settings.assurance.wide,
        themes=themed.spellings(own_themes),
        listed_services=settings.assurance.services,
    )
    known = vocabulary.vocabulary(settings.outcomes, settings.procedures, settings.complainants)
    problems: list[Problem] = list(raw.problems)
    frames: dict[str, pd.DataFrame] = {}
    rows: dict[str, Rows] = {}
    piles = {
        name: turned.back(
            faults.noted(_stacked(raw, name, getattr(settings.columns, name), known, choices.wide))
        )
        for name in columns.TABLES
    }
    points.named(aside.decided(piles["register"]))
    complaints, stages, merged, account, changes = register.clean(piles["register"], choices)
    frames |= {"complaints": complaints, "stages": stages, "merged": merged}
    rows["register"] = account
    frames["forms"], rows["monitoring"] = forms.clean(
        piles["monitoring"],
        choices,
        complaints["reference"].tolist(),
        register=bool(piles["register"].parts),
    )
    if "actions" not in raw.supplied:
        piles["monitoring"].problems += forms.actions_in(piles["monitoring"])
    frames["actions"], rows["actions"] = actions.clean(
        piles["actions"], choices, complaints["reference"].tolist()
    )
    for name, clean in (
        ("assurance", assurance.clean),
        *((name, numbers.clean) for name, table in columns.TABLES.items() if table.value),
    ):
        frames[name], rows[name] = clean(piles[name], choices)
    for pile in piles.values():
        problems += pile.problems
    return Checked(
        {name: frames[name] for name in records.SHAPES},
        tuple(sorted(problems, key=_in_order)),
        rows,
        raw.sources,
        raw.supplied,
        tuple(changes),
        raw.unread.get("register")
        or enough.missing(piles["register"], rows["register"], settings.sources),
    )


def _in_order(problem: Problem) -> tuple[str, str, int, int, str]:
    """File, sheet, row and column, as one goes through the workbooks."""
    place = problem.place
    return place.file, place.sheet, place.row, len(place.column), place.column


def _stacked(
    raw: Raw,
    name: str,
    mapped: Mapping[str, str],
    known: Mapping[str, frozenset[str]],
    wide: Mapping[str, str],
) -> stacks.Stack:
    found = [table for table in raw.tables if table.kind == name]
    if name == "assurance" and wide:
        mapped = {**dict.fromkeys(wide, columns.IGNORE), **mapped}
    return stacks.stack(columns.TABLES[name], found, mapped, known)
