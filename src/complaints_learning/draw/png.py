"""A drawing in, PNG bytes out through matplotlib: few colours, the same bytes every time."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import Any, Literal

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D
from PIL import Image

from complaints_learning.draw import lettering, shapes

# matplotlib takes a file `matplotlibrc` of the folder we are called in for its settings: a report
# is the same wherever it is made
dict.update(matplotlib.rcParams, matplotlib.rcParamsDefault)
SHAPES = {"circle": "o", "square": "s", "triangle": "^", "diamond": "D"}
ALIGNS: dict[str, Literal["left", "center", "right"]] = {
    "start": "left",
    "middle": "center",
    "end": "right",
}
STEPS = 8


def picture(drawing: shapes.Drawing, colours: Mapping[str, str], dpi: int) -> bytes:
    """The drawing as a PNG of few colours: its inks, exactly, and steps from each to the paper."""
    figure = Figure(
        figsize=(drawing.width / 72, drawing.height / 72), dpi=dpi, facecolor=colours["paper"]
    )
    canvas = FigureCanvasAgg(figure)
    scale = dpi / 72
    place = Affine2D().scale(scale, -scale).translate(0, drawing.height * scale)
    for mark in drawing.marks:
        artist = _artist(mark, colours)
        artist.set_transform(place)
        figure.add_artist(artist)
    canvas.draw()  # type: ignore[no-untyped-call]
    drawn = canvas.buffer_rgba()  # type: ignore[no-untyped-call]
    pixels = Image.frombuffer(
        "RGBA", canvas.get_width_height(), drawn, "raw", "RGBA", 0, 1
    ).convert("RGB")
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
        shapes.Words(0, 20, "Ab 0", "text", 11),
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


def _artist(mark: shapes.Mark, colours: Mapping[str, str]) -> Any:
    if isinstance(mark, shapes.Bar):
        box = (mark.x, mark.y)
        return Rectangle(
            box, mark.width, mark.height, facecolor=colours[mark.ink], linewidth=0, snap=True
        )
    if isinstance(mark, shapes.Stroke):
        xs, ys = zip(*mark.points, strict=True)
        style: Any = (0, tuple(d / mark.width for d in mark.dash)) if mark.dash else "-"
        return Line2D(xs, ys, color=colours[mark.ink], linewidth=mark.width, linestyle=style)
    if isinstance(mark, shapes.Spot):
        return Line2D(
            [mark.x],
            [mark.y],
            linestyle="none",
            marker=SHAPES[mark.shape],
            markersize=2 * mark.size,
            markerfacecolor=colours[mark.ink],
            markeredgecolor=colours["paper"],
            markeredgewidth=0.7,
        )
    return Text(
        mark.x,
        mark.y,
        mark.text,
        color=colours[mark.ink],
        horizontalalignment=ALIGNS[mark.align],
        verticalalignment="baseline",
        fontproperties=_font(mark.size),
        parse_math=False,
        path_effects=[withStroke(linewidth=3, foreground=colours["paper"])] if mark.halo else None,
    )


@cache
def _font(size: float) -> FontProperties:
    return FontProperties(fname=lettering.font_file(), size=size)
