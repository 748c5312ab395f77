"""A drawing in, PNG bytes out: few colours, so small, and the same bytes for the same chart.

Pillow fills the pixels. Slanting lines are drawn twice as large and brought down, so that
they are smooth; everything else stands on whole pixels and is sharp.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from itertools import pairwise

from PIL import Image, ImageDraw

from complaints_learning.draw import marks, measure

ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
STEPS = 8
SMOOTH = 2
RIM = 0.7
Spot = tuple[float, float]


def picture(drawing: marks.Drawing, colours: Mapping[str, str], dpi: int) -> bytes:
    """The drawing as a PNG of few colours: its inks, exactly, and steps from each to the paper."""
    scale = dpi / 72
    times = SMOOTH if any(map(_slants, drawing.marks)) else 1
    size = (round(drawing.width * scale) * times, round(drawing.height * scale) * times)
    pixels = Image.new("RGB", size, colours["paper"])
    pen = ImageDraw.Draw(pixels)
    for mark in drawing.marks:
        _put(pen, mark, colours, scale * times)
    if times > 1:
        pixels = pixels.reduce(times)
        pen = ImageDraw.Draw(pixels)
    for mark in drawing.marks:
        if isinstance(mark, marks.Words):
            font = measure.font(mark.size * scale)
            place = (mark.x * scale, round(mark.y * scale))
            pen.text(place, mark.text, colours[mark.ink], font, ANCHORS[mark.align])
    used = {colours[mark.ink] for mark in drawing.marks}
    few = pixels.quantize(
        palette=_palette(tuple(sorted(used)), colours["paper"]), dither=Image.Dither.NONE
    )
    saved = BytesIO()
    few.save(saved, "PNG", dpi=(dpi, dpi), compress_level=2)
    return saved.getvalue()


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


def _slants(mark: marks.Mark) -> bool:
    if isinstance(mark, marks.Stroke):
        return any(x != u and y != v for (x, y), (u, v) in pairwise(mark.points))
    return isinstance(mark, marks.Spot)


def _put(pen: ImageDraw.ImageDraw, mark: marks.Mark, colours: Mapping[str, str], s: float) -> None:
    if isinstance(mark, marks.Bar):
        _box(pen, (mark.x, mark.y), (mark.x + mark.width, mark.y + mark.height), mark, colours, s)
    elif isinstance(mark, marks.Spot):
        _shape(pen, mark, mark.size + RIM, colours["paper"], s)
        _shape(pen, mark, mark.size, colours[mark.ink], s)
    elif isinstance(mark, marks.Stroke):
        half = mark.width / 2
        for part in _dashes(mark) if mark.dash else [mark.points]:
            (x, y), (u, v) = part[0], part[-1]
            if len(part) == 2 and (x == u or y == v):
                grow_x, grow_y = (half, 0.0) if x == u else (0.0, half)
                first = (min(x, u) - grow_x, min(y, v) - grow_y)
                last = (max(x, u) + grow_x, max(y, v) + grow_y)
                _box(pen, first, last, mark, colours, s)
            else:
                line = [(a * s, b * s) for a, b in part]
                pen.line(line, colours[mark.ink], max(1, round(mark.width * s)), joint="curve")


def _box(
    pen: ImageDraw.ImageDraw,
    first: Spot,
    last: Spot,
    mark: marks.Bar | marks.Stroke,
    colours: Mapping[str, str],
    s: float,
) -> None:
    """A filled box on whole pixels, at least one wide and high."""
    left, top = round(first[0] * s), round(first[1] * s)
    right, foot = max(round(last[0] * s), left + 1), max(round(last[1] * s), top + 1)
    pen.rectangle((left, top, right - 1, foot - 1), colours[mark.ink])


def _shape(pen: ImageDraw.ImageDraw, spot: marks.Spot, r: float, colour: str, s: float) -> None:
    if spot.shape == "circle":
        x, y, r = spot.x * s, spot.y * s, r * s
        pen.ellipse((x - r, y - r, x + r, y + r), colour)
    else:
        pen.polygon([(x * s, y * s) for x, y in marks.corners(spot, r)], colour)


def _dashes(stroke: marks.Stroke) -> Iterator[tuple[Spot, ...]]:
    """The pieces of a dashed line, the pattern carried on round its corners."""
    at, left, on = 0, stroke.dash[0], True
    piece = [stroke.points[0]]
    for (x, y), (u, v) in pairwise(stroke.points):
        length = math.hypot(u - x, v - y)
        done = 0.0
        while length - done > left:
            done += left
            here = (x + (u - x) * done / length, y + (v - y) * done / length)
            if on:
                yield (*piece, here)
            at, on = (at + 1) % len(stroke.dash), not on
            left, piece = stroke.dash[at], [here]
        left -= length - done
        piece.append((u, v))
    if on and len(piece) > 1:
        yield tuple(piece)
