"""A drawing in, PNG bytes out through matplotlib: few colours, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any

import matplotlib
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.font_manager import FontProperties
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D
from PIL import Image

from complaints_learning.draw import lettering, shapes

# matplotlib takes a file `matplotlibrc` of the folder we are called in for its settings: a report
# is the same wherever it is made
dict.update(matplotlib.rcParams, matplotlib.rcParamsDefault)
matplotlib.rcParams["text.hinting"] = "none"  # letters as wide as they were measured
SHAPES = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D"}
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text stands before its place."""
STEPS = 8


def picture(drawing: shapes.Drawing, colours: Mapping[str, str], dpi: int) -> bytes:
    """The drawing as a PNG of few colours: its inks, exactly, and steps from each to the paper."""
    sheet = _Sheet(drawing.width, drawing.height, dpi, colours)
    for mark in (shapes.Bar(0, 0, drawing.width, drawing.height, "paper"), *drawing.marks):
        sheet.put(mark)
    pixels = sheet.pixels()
    used = {colours[mark.ink] for mark in drawing.marks}
    few = pixels.quantize(
        palette=_palette(tuple(sorted(used)), colours["paper"]), dither=Image.Dither.NONE
    )
    saved = BytesIO()
    few.save(saved, "PNG", dpi=(dpi, dpi), compress_level=6)
    return saved.getvalue()


def ready() -> None:
    """Draw a little of everything, so that the first real drawing finds all of it at hand."""
    some: tuple[shapes.Mark, ...] = (
        shapes.Bar(0, 0, 9, 9, "text"),
        shapes.Stroke(((0, 0), (9, 9)), "text", 1),
        shapes.Spot(5, 5, "text"),
        shapes.Words(0, 20, "Ab 0", "text", 11, halo=True),
    )
    picture(shapes.Drawing(40, 30, some), {"text": "#000000", "paper": "#FFFFFF"}, 72)


@cache
def _palette(inks: tuple[str, ...], paper: str) -> Image.Image:
    ground = _parts(paper)
    steps = [ground]
    for ink in inks[: 255 // STEPS]:
        for step in range(1, STEPS + 1):
            pairs = zip(ground, _parts(ink), strict=True)
            steps.append(tuple(round(g + (i - g) * step / STEPS) for g, i in pairs))
    made = Image.new("P", (1, 1))
    made.putpalette([part for colour in dict.fromkeys(steps) for part in colour])
    return made


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


class _Sheet:
    """Marks, whose places are points from the top left, onto matplotlib's pixels.

    Its renderer alone: a `Figure` of artists looks the same, and takes as long again to load and
    to draw.
    """

    def __init__(self, width: float, height: float, dpi: int, colours: Mapping[str, str]) -> None:
        self._scale, self._colours = dpi / 72, colours
        self._agg: Any = RendererAgg(width * self._scale, height * self._scale, dpi)  # type: ignore[no-untyped-call]
        self._place = Affine2D().scale(self._scale, -self._scale).translate(0, self._agg.height)

    def put(self, mark: shapes.Mark) -> None:
        """Draw a mark over those before it."""
        if isinstance(mark, shapes.Bar):
            self._fill(mark)
        elif isinstance(mark, shapes.Stroke):
            self._stroke(mark)
        elif isinstance(mark, shapes.Spot):
            self._dot(mark)
        else:
            self._say(mark)

    def pixels(self) -> Image.Image:
        """What was drawn."""
        drawn = self._agg.buffer_rgba()
        down, across, _ = drawn.shape
        return Image.frombuffer("RGBA", (across, down), drawn, "raw", "RGBA", 0, 1).convert("RGB")

    def _fill(self, bar: shapes.Bar) -> None:
        pen = self._pen(bar.ink, 0)
        pen.set_snap(True)
        box = Affine2D().scale(bar.width, bar.height).translate(bar.x, bar.y)
        fill = to_rgba(self._colours[bar.ink])
        self._agg.draw_path(pen, Path.unit_rectangle(), box + self._place, fill)

    def _stroke(self, line: shapes.Stroke) -> None:
        pen = self._pen(line.ink, line.width)
        if line.dash:
            pen.set_dashes(0, line.dash)
        else:
            pen.set_capstyle("projecting")
        self._agg.draw_path(pen, Path(line.points), self._place)

    def _dot(self, spot: shapes.Spot) -> None:
        marker = MarkerStyle(SHAPES[spot.shape])
        size = marker.get_transform() + Affine2D().scale(2 * spot.size * self._scale)
        pen = self._pen("paper", 0.7)
        pen.set_joinstyle(marker.get_joinstyle())
        at, fill = Path([(spot.x, spot.y)]), to_rgba(self._colours[spot.ink])
        self._agg.draw_markers(pen, marker.get_path(), size, at, self._place, fill)

    def _say(self, words: shapes.Words) -> None:
        font = _font(words.size)
        x = words.x - BEFORE[words.align] * lettering.width(words.text, words.size)
        if words.halo:
            outline = TextPath((0, 0), words.text, words.size, font)
            at = Affine2D().scale(1, -1).translate(x, words.y) + self._place
            self._agg.draw_path(self._pen("paper", 3), outline, at)
        pen, down = self._pen(words.ink, 1), words.y * self._scale
        self._agg.draw_text(pen, x * self._scale, down, words.text, font, 0)

    def _pen(self, ink: str, width: float) -> Any:
        pen = self._agg.new_gc()
        pen.set_foreground(self._colours[ink])
        pen.set_linewidth(width)
        return pen


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=lettering.font_file(), size=size)
