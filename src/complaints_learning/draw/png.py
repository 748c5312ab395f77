"""A drawing in, PNG bytes out through Pillow: few colours, the same bytes every time.

Level and upright edges stand on whole pixels. What slants or is round is drawn several times too
large and made small again, which smooths its edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from math import ceil, floor, hypot

from PIL import Image, ImageDraw

from complaints_learning.draw import marks, measure

ALIGNS = {"start": "ls", "middle": "ms", "end": "rs"}
STEPS = 8
FINER = 4
HALO = 1.5
RIM = 0.7
Points = tuple[tuple[float, float], ...]


def picture(drawing: marks.Drawing, colours: Mapping[str, str], dpi: int) -> bytes:
    """The drawing as a PNG of few colours: its inks, exactly, and steps from each to the paper."""
    scale = dpi / 72
    size = (round(drawing.width * scale), round(drawing.height * scale))
    sheet = Image.new("RGB", size, colours["paper"])
    pen = ImageDraw.Draw(sheet)
    for mark in drawing.marks:
        ink = colours[mark.ink]
        if isinstance(mark, marks.Bar):
            _box(pen, mark.x, mark.y, mark.x + mark.width, mark.y + mark.height, scale, ink)
        elif isinstance(mark, marks.Stroke):
            _stroke(sheet, pen, mark, scale, ink)
        elif isinstance(mark, marks.Spot):
            _spot(sheet, mark, mark.size + RIM / 2, scale, colours["paper"])
            _spot(sheet, mark, mark.size - RIM / 2, scale, ink)
        else:
            pen.text(
                (mark.x * scale, mark.y * scale),
                mark.text,
                ink,
                measure.font(mark.size * scale),
                ALIGNS[mark.align],
                stroke_width=HALO * scale if mark.halo else 0,
                stroke_fill=colours["paper"],
            )
    used = {colours[mark.ink] for mark in drawing.marks}
    few = sheet.quantize(
        palette=_palette(tuple(sorted(used)), colours["paper"]), dither=Image.Dither.NONE
    )
    saved = BytesIO()
    few.save(saved, "PNG", dpi=(dpi, dpi), compress_level=6)
    return saved.getvalue()


def _box(
    pen: ImageDraw.ImageDraw,
    left: float,
    top: float,
    right: float,
    foot: float,
    scale: float,
    ink: str,
) -> None:
    """A filled box on whole pixels, at least one wide and high."""
    x, y = round(left * scale), round(top * scale)
    end = max(round(right * scale), x + 1) - 1, max(round(foot * scale), y + 1) - 1
    pen.rectangle(((x, y), end), ink)


def _stroke(
    sheet: Image.Image, pen: ImageDraw.ImageDraw, stroke: marks.Stroke, scale: float, ink: str
) -> None:
    thick = stroke.width
    for line in dashes(stroke.points, stroke.dash):
        xs, ys = zip(*line, strict=True)
        if len(set(ys)) == 1:
            top = (round(ys[0] * scale - thick * scale / 2)) / scale
            _box(pen, min(xs), top, max(xs), top + thick, scale, ink)
        elif len(set(xs)) == 1:
            left = (round(xs[0] * scale - thick * scale / 2)) / scale
            _box(pen, left, min(ys), left + thick, max(ys), scale, ink)
        else:
            mask, corner, fine = _mask(line, thick, scale)
            width = max(round(thick * scale * FINER), 1)
            ImageDraw.Draw(mask).line(fine, 255, width, joint="curve")
            sheet.paste(ink, corner, mask.reduce(FINER))


def _spot(sheet: Image.Image, spot: marks.Spot, size: float, scale: float, ink: str) -> None:
    """A dot `size` points from its middle to its edge."""
    box = ((spot.x - size, spot.y - size), (spot.x + size, spot.y + size))
    outline = marks.corners(spot, size) or box
    mask, corner, fine = _mask(outline, 1, scale)
    draw = ImageDraw.Draw(mask)
    if spot.shape == "circle":
        draw.ellipse(fine, 255)
    else:
        draw.polygon(fine, 255)
    sheet.paste(ink, corner, mask.reduce(FINER))


def _mask(
    points: Points, room: float, scale: float
) -> tuple[Image.Image, tuple[int, int], list[tuple[float, float]]]:
    """An empty finer picture around points, its corner on the sheet, and the points on it."""
    xs, ys = ([at * scale for at in way] for way in zip(*points, strict=True))
    edge = ceil(room * scale) + 1
    left, top = floor(min(xs)) - edge, floor(min(ys)) - edge
    size = (ceil(max(xs)) + edge - left) * FINER, (ceil(max(ys)) + edge - top) * FINER
    fine = [((x - left) * FINER, (y - top) * FINER) for x, y in zip(xs, ys, strict=True)]
    return Image.new("L", size), (left, top), fine


def dashes(points: Points, pattern: tuple[float, ...]) -> Iterator[Points]:
    """A line cut by a pattern of on, off, on ... lengths; whole when there is none.

    >>> list(dashes(((0, 0), (5, 0)), (2, 1)))
    [((0, 0), (2.0, 0.0)), ((3.0, 0.0), (5.0, 0.0))]
    """
    if not pattern:
        yield points
        return
    at, left, on = 0, pattern[0], True
    here = points[0]
    piece = [here]
    for there in points[1:]:
        way = hypot(there[0] - here[0], there[1] - here[1])
        while way >= left:
            share = left / way if way else 0
            here = (here[0] + (there[0] - here[0]) * share, here[1] + (there[1] - here[1]) * share)
            if on:
                yield (*piece, here)
            way -= left
            at, on, piece = (at + 1) % len(pattern), not on, [here]
            left = pattern[at]
        left -= way
        here = there
        piece.append(here)
    if on and len(piece) > 1 and piece[0] != piece[-1]:
        yield tuple(piece)


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
