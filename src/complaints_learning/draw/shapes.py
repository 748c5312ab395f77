"""The shapes a chart is made of: bars, strokes, dots and words, placed in points.

Layout makes marks; `png` and `svg` turn the same marks into pictures, so they agree. Inks are
names ('series-1', 'text'), so that the web page can have its own colours in the dark.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Align = Literal["start", "middle", "end"]
Dot = Literal["circle", "square", "triangle", "diamond"]
DOTS: tuple[Dot, ...] = ("circle", "square", "triangle", "diamond")
DASHES: tuple[tuple[float, ...], ...] = ((), (6, 3), (2, 2), (8, 3, 2, 3))


class Bar(Struct, frozen=True):
    """A filled box: left, top, width, height. `of` and `value` say which point it stands for."""

    x: float
    y: float
    width: float
    height: float
    ink: str
    of: str = ""
    value: float = 0


class Stroke(Struct, frozen=True):
    """A line through points."""

    points: tuple[tuple[float, float], ...]
    ink: str
    width: float = 1
    dash: tuple[float, ...] = ()


class Spot(Struct, frozen=True):
    """A dot on a line, in a shape of its own for each series."""

    x: float
    y: float
    ink: str
    shape: Dot = "circle"
    size: float = 3


class Words(Struct, frozen=True):
    """One line of text; `y` is its baseline. A halo of paper keeps it clear of lines."""

    x: float
    y: float
    text: str
    ink: str = "text"
    size: float = 11
    align: Align = "start"
    halo: bool = False


Mark = Bar | Stroke | Spot | Words


class Drawing(Struct, frozen=True):
    """A laid-out chart: its size in points and its marks, the lowest first."""

    width: float
    height: float
    marks: tuple[Mark, ...]


def corners(spot: Spot, r: float) -> tuple[tuple[float, float], ...]:
    """The corners of a dot that is not round, `r` from its middle."""
    x, y = spot.x, spot.y
    return {
        "circle": (),
        "square": ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
        "triangle": ((x, y - r), (x + r, y + r), (x - r, y + r)),
        "diamond": ((x, y - r), (x + r, y), (x, y + r), (x - r, y)),
    }[spot.shape]


def series_ink(index: int, colours: int) -> str:
    """The ink of a series; more series than colours use them again."""
    return f"series-{index % colours + 1}"
