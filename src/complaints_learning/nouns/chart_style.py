"""How charts look: sizes, colours and text size, as `templates/chart_style.toml` sets them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from msgspec import Struct

from complaints_learning.nouns.errors import SettingsError

COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
LIMITS = {
    "width_cm": (8, 30),
    "max_height_cm": (6, 40),
    "row_cm": (0.5, 3),
    "text_pt": (8, 20),
    "small_pt": (8, 20),
    "dots_per_inch": (72, 400),
}


class ChartStyle(Struct, frozen=True):
    """The look of every chart; the defaults are those of `templates/chart_style.toml`.

    `series` are the fills in order of use: dark and light in turn, so that neighbours differ
    in grey print too (the Government Analysis Function's six colours).
    """

    width_cm: float = 16.0
    max_height_cm: float = 20.0
    row_cm: float = 0.8
    text_pt: float = 11.0
    small_pt: float = 10.0
    dots_per_inch: int = 200
    series: tuple[str, ...] = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
    text: str = "#1A1A1A"
    muted: str = "#505050"
    grid: str = "#C8C8C8"
    paper: str = "#FFFFFF"


def from_table(table: Mapping[str, object], where: str = "chart_style.toml") -> ChartStyle:
    """The style that a settings file asks for; what it leaves out keeps its default.

    >>> from_table({"text_pt": 12, "series": ["#000000", "#28A197"]}).text_pt
    12.0
    """
    names = ChartStyle.__struct_fields__
    chosen: dict[str, object] = {}
    for name, value in table.items():
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"Did you mean {near[0]}?" if near else f"It can set: {', '.join(names)}."
            raise SettingsError(
                f"{where}: '{name}' is not a setting of the charts.", hint, "chart-style"
            )
        chosen[name] = _series(value, where) if name == "series" else _one(name, value, where)
    return ChartStyle(**chosen)  # type: ignore[arg-type]


def _series(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise SettingsError(
            f"{where}: series must be a list of colours such as '#12436D'.", code="chart-style"
        )
    return tuple(str(_colour("series", colour, where)) for colour in value)


def _one(name: str, value: object, where: str) -> object:
    if name not in LIMITS:
        return _colour(name, value, where)
    low, high = LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
        raise SettingsError(
            f"{where}: {name} must be a number from {low} to {high}.", code="chart-style"
        )
    return int(value) if name == "dots_per_inch" else float(value)


def _colour(name: str, value: object, where: str) -> object:
    if not isinstance(value, str) or not COLOUR.fullmatch(value):
        raise SettingsError(
            f"{where}: {name} must be colours written as '#' and six digits or letters a to f.",
            "For example '#12436D'.",
            "chart-style",
        )
    return value
