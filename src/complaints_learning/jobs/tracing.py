"""From a figure to its rows, and from a complaint to its figures. Where stages meet to explain."""

from __future__ import annotations

import difflib
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec import Struct

from complaints_learning.nouns import records, wording
from complaints_learning.nouns.counted import Counted
from complaints_learning.nouns.errors import LearningError, Place, Problem
from complaints_learning.nouns.findings import Condition, Figure, Findings

if TYPE_CHECKING:
    import pandas as pd


class FigureTrace(Struct, frozen=True):
    """A figure with the rows it counts: reference, file, sheet and row of each."""

    figure: Figure
    rule: str
    rows: pd.DataFrame


class ComplaintTrace(Struct, frozen=True):
    """One complaint's way: its row, its stages, its themes, and the figures that count it.

    `merged` are the rows that another row stands for, each with why, the place of that row, and
    what is different there. `themes` has the main one first and a sub-theme's title; `problems`
    are what to look at in its rows and in what people decided about it.
    """

    reference: str
    complaint: pd.DataFrame
    stages: pd.DataFrame
    merged: tuple[MergedRow, ...]
    themes: pd.DataFrame
    figures: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


class MergedRow(Struct, frozen=True):
    """A row that is not counted by itself: why, which row stands for it, what changed there."""

    place: Place
    why: str
    into: Place
    changed: tuple[str, ...] = ()


def figure(counted: Counted, name: str) -> FigureTrace:
    """The rows behind a figure. Raises LearningError with the nearest names."""
    from complaints_learning import measure

    found = counted.findings.figures.get(name)
    if found is None:
        raise unknown(counted, name)
    tables = measure.tables(
        counted.checked, counted.labelled, counted.period, counted.settings, counted.day
    )
    return FigureTrace(found, rule(found), measure.counted(found, tables))


def reference(counted: Counted, typed: str) -> str:
    """The complaint's reference as the register has it, whatever its case and spaces; or ''."""
    wanted = _without_spaces(typed)
    known = counted.checked.frames["complaints"]["reference"].tolist()
    return (
        typed
        if typed in known
        else next((one for one in known if _without_spaces(one) == wanted), "")
    )


def _without_spaces(reference: str) -> str:
    return "".join(reference.split()).upper()


def complaint(counted: Counted, reference: str) -> ComplaintTrace:
    """Everything known of one complaint but its words. Raises LearningError."""
    frames = counted.checked.frames
    one = {
        name: frame[frame["reference"] == reference]
        for name, frame in frames.items()
        if "reference" in frame
    }
    if not len(one["complaints"]):
        raise unknown(counted, reference)
    labelled = counted.labelled[counted.labelled["reference"] == reference]
    titles = {(t.code, s.code): s.title for t in counted.themes for s in t.sub_themes}
    given = zip(*(labelled[name].astype(str) for name in ("theme", "sub_theme")), strict=True)
    return ComplaintTrace(
        reference,
        one["complaints"],
        one["stages"],
        _merged(one["merged"], one["stages"]),
        labelled.assign(sub_title=[titles.get(each, "") for each in given]).sort_values(
            ["primary", "probability"], ascending=False, kind="stable"
        ),
        _counting(counted, {**frames, **one}, labelled),
        _problems(counted.problems, reference, one["stages"]),
    )


def _problems(
    problems: Iterable[Problem], reference: str, stages: pd.DataFrame
) -> tuple[Problem, ...]:
    rows = set(zip(stages["file"], stages["sheet"], stages["row"], strict=True))
    return tuple(
        one
        for one in problems
        if (one.place.file, one.place.sheet, one.place.row) in rows
        or f"'{reference}'" in one.message
    )


_COMPARED = {
    "outcome": "outcome",
    "received": "date received",
    "responded": "date answered",
    "procedure": "procedure",
    "service": "service",
}


def _merged(merged: pd.DataFrame, stages: pd.DataFrame) -> tuple[MergedRow, ...]:
    """Each merged row; what changed is told of a row that a later export replaced."""
    kept = {_place(row): row for row in stages.astype(object).to_dict("records")}
    found = []
    for row in merged.astype(object).to_dict("records"):
        into = _place(row, "into_")
        now = kept.get(into) if row["reason"] == records.REPLACED else None
        changed = [
            f"{title} was {_value(name, row[name])}, is {_value(name, now[name])}"
            for name, title in _COMPARED.items()
            if now is not None and _value(name, row[name]) != _value(name, now[name])
        ]
        found.append(MergedRow(_place(row), row["reason"], into, tuple(changed)))
    return tuple(found)


def _place(row: dict[Hashable, Any], prefix: str = "") -> Place:
    return Place(row[f"{prefix}file"], row[f"{prefix}sheet"], int(row[f"{prefix}row"]))


def _value(name: str, value: Any) -> str:
    if name == "outcome":
        return records.OUTCOMES[str(value)]
    if value is None or value != value or value == "":
        return "not given"
    return wording.day(value.date()) if hasattr(value, "date") else str(value)


def _counting(
    counted: Counted, frames: dict[str, pd.DataFrame], labelled: pd.DataFrame
) -> tuple[str, ...]:
    """The names of the figures that count this complaint: every rule, on its rows alone."""
    from complaints_learning import measure

    frames = {name: frame.reset_index(drop=True) for name, frame in frames.items()}
    alone = msgspec.structs.replace(counted.checked, frames=frames)
    own = [one for one in counted.findings.figures.values() if one.rows and one.rule]
    labels = labelled.reset_index(drop=True)
    tables = measure.tables(alone, labels, counted.period, counted.settings, counted.day)
    return tuple(measure.figures_counting(own, tables))


def rule(figure: Figure) -> str:
    """The rule that counts a figure, as a person reads it.

    >>> rule(Figure("a", 1, "m", rows="complaints", rule=(Condition("stage", (1, 2)),)))
    'complaints where stage is 1 or 2'
    """
    if not figure.rows:
        return ""
    tests = " and ".join(_said(condition) for condition in figure.rule)
    return f"{figure.rows} where {tests}" if tests else f"all {figure.rows}"


def _said(condition: Condition) -> str:
    values = [("not stated" if value == "" else str(value)) for value in condition.values]
    return f"{condition.column} is {' or '.join(values)}"


def no_figure(findings: Findings, name: str) -> LearningError:
    """The message of the public edition, which knows no complaint by its reference."""
    close = _close(findings, name)
    hint = f"Did you mean {' or '.join(close)}?" if close else "`cl figures` lists every name."
    return LearningError(
        f"there is no figure or problem code '{name}' in {findings.period.label}.",
        f"{hint} One complaint is one family's record: to see it, add --edition internal.",
        code="name-unknown",
    )


def _close(findings: Findings, name: str) -> list[str]:
    return difflib.get_close_matches(name, list(findings.figures), n=2, cutoff=0.6)


def unknown(counted: Counted, name: str) -> LearningError:
    """The message for a name that is no figure, complaint or problem code."""
    from complaints_learning.check import nearest

    references = counted.checked.frames["complaints"]["reference"].tolist()
    close = _close(counted.findings, name)
    bare = [one for one in references if one.lstrip("0") == name.lstrip("0")]  # Excel eats noughts
    bare = bare or list(filter(None, [nearest.Complaints(references).named(name)[1]]))
    if not bare and name.isdigit():  # a reference's number alone
        ending = [one for one in references if one.endswith(name)]
        bare = ending if len(ending) == 1 else []
    close += bare or difflib.get_close_matches(name, references, n=1, cutoff=0.85)
    hint = f"Did you mean {' or '.join(close)}?" if close else "`cl figures` lists every name."
    return LearningError(
        f"there is no figure, complaint or problem code '{name}' in {counted.period.label}.",
        hint,
        code="name-unknown",
    )
