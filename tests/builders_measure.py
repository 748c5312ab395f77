"""Small checked registers for tests of measuring: a dictionary a complaint, the rest ordinary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pandas as pd

from complaints_learning.nouns import period, records
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.themes import Theme, Themes

YEAR = period.parse("2022-23")
THEMES = Themes(
    (Theme("communication", "Communication"), Theme("delay", "Delay"), Theme("other", "Other"))
)
_ORDINARY: dict[str, dict[str, object]] = {
    "complaints": {
        "kind": "complaint",
        "procedure": "statutory",
        "stage": 1,
        "received": "2022-05-10",
        "outcome": "upheld",
        "service": "Front door",
        "file": "register.xlsx",
        "sheet": "Log",
    },
    "forms": {"matched": True, "file": "forms.xlsx", "sheet": "Sheet1"},
    "actions": {"action": "Remind teams", "file": "actions.xlsx", "sheet": "Actions"},
    "assurance": {"activity": "practice_audit", "file": "audits.xlsx", "sheet": "Audits"},
    "activity": {"measure": "contacts", "file": "activity.csv"},
}
_NOTHING: dict[str, object] = {"category": "", "str": "", "bool": False, "int64": 0, "object": ""}


def a_frame(table: str, rows: Iterable[Mapping[str, object]]) -> pd.DataFrame:
    """The clean table `table` of these rows; what a row does not say is ordinary or empty."""
    shape = records.SHAPES[table]
    given = []
    for number, row in enumerate(rows, start=1):
        unknown = set(row) - set(shape)
        assert not unknown, f"no such column: {unknown}"
        ordinary = {"reference": f"C{number}", "row": number + 1, **_ORDINARY.get(table, {})}
        given.append({**ordinary, **row})
    columns = {}
    for column, kind in shape.items():
        empty = _NOTHING.get(kind)
        values = [row.get(column, empty) for row in given]
        columns[column] = pd.Series(
            pd.to_datetime(values) if kind.startswith("datetime") else values, dtype=kind
        )
    return pd.DataFrame(columns)


_empty = cache(records.empty)


def a_checked(
    complaints: Iterable[Mapping[str, object]] = (), **tables: Iterable[Mapping[str, object]]
) -> records.Checked:
    """Checked tables by name. `stages` has a row for each complaint unless given."""
    frames = {name: _empty(name).copy() for name in records.SHAPES}
    complaints = list(complaints)
    frames["complaints"] = a_frame("complaints", complaints)
    if "stages" not in tables:
        shared = list(records.SHAPES["stages"])
        frames["stages"] = frames["complaints"][shared].copy()
    for name, rows in tables.items():
        frames[name] = a_frame(name, rows)
    count = len(complaints)
    return records.Checked(
        frames,
        rows={"register": records.Rows("register", read=count, counted=count)},
        supplied=frozenset({"register", *(_SOURCES.get(name, name) for name in tables)}),
    )


_SOURCES = {"forms": "monitoring"}
"""The table that a frame is made from, where its name is another."""


def labels(*found: tuple[Any, ...]) -> pd.DataFrame:
    """Labels: (reference, theme) or (reference, theme, sub-theme); the first of each is primary."""
    rows, seen = [], set()
    for reference, theme, *rest in found:
        rows.append(
            {
                "reference": reference,
                "theme": theme,
                "sub_theme": rest[0] if rest else "",
                "probability": 0.9,
                "primary": reference not in seen,
                "words": "",
                "decided": "words",
                "sure": True,
            }
        )
        seen.add(reference)
    frame = pd.DataFrame(
        rows,
        columns=[
            *("reference", "theme", "sub_theme", "probability"),
            *("primary", "words", "decided", "sure"),
        ],
    )
    return frame.astype({"primary": bool, "sure": bool, "theme": "category", "decided": "category"})


def values(found: Findings, *names: str) -> list[int | float | None]:
    """The values of figures by name."""
    return [found.figures[name].value for name in names]
