"""A drawing in, SVG text out, for the web page: no script, no font file, nothing from elsewhere.

Text stays text: it can be found, zoomed and re-coloured by the page, and takes few bytes. Room
was measured in DejaVu Sans, which is wider than Arial and most others, so it fits in any font.
Each ink is a class ('ink-series-1') as well as a colour, so a page can say it in the dark.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from complaints_learning.draw import shapes

FONT = "'DejaVu Sans', Verdana, Arial, sans-serif"


def text(
    drawing: shapes.Drawing, colours: Mapping[str, str], name: str, title: str, alt: str
) -> str:
    """The drawing as one `svg` element, named by its title and described by its alt text."""
    key = re.sub(r"[^A-Za-z0-9_-]", "-", name)
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {size}" '
        f'aria-labelledby="{key}-title {key}-desc" font-family="{FONT}">'
        f'<title id="{key}-title">{escape(title)}</title>'
        f'<desc id="{key}-desc">{escape(alt)}</desc>'
    )
    paper = f'<rect class="ink-paper" width="100%" height="100%" fill="{colours["paper"]}"/>'
    return "\n".join([head, paper, *(_mark(mark, colours) for mark in drawing.marks), "</svg>"])


def _mark(mark: shapes.Mark, colours: Mapping[str, str]) -> str:
    ink = f'class="ink-{mark.ink}" fill="{colours[mark.ink]}"'
    if isinstance(mark, shapes.Bar):
        box = (
            f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
        )
        return f"<rect {ink} {box}/>"
    if isinstance(mark, shapes.Stroke):
        dash = f' stroke-dasharray="{" ".join(map(_n, mark.dash))}"' if mark.dash else ""
        return (
            f'<polyline class="line-{mark.ink}" fill="none" stroke="{colours[mark.ink]}" '
            f'stroke-width="{_n(mark.width)}"{dash} points="{_points(mark.points)}"/>'
        )
    if isinstance(mark, shapes.Spot):
        return _spot(mark, ink)
    anchor = "" if mark.align == "start" else f' text-anchor="{mark.align}"'
    place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}"'
    if mark.halo:
        ink = (
            f'class="ink-{mark.ink} halo" fill="{colours[mark.ink]}" stroke="{colours["paper"]}" '
            f'stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
        )
    return f"<text {ink} {place}{anchor}>{escape(mark.text)}</text>"


def _spot(spot: shapes.Spot, ink: str) -> str:
    x, y, r = spot.x, spot.y, spot.size
    if spot.shape == "circle":
        return f'<circle {ink} cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>'
    return f'<polygon {ink} points="{_points(shapes.corners(spot, r))}"/>'


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
