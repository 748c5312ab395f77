"""Horizontal bars, one a label or one a label and series: the chart in, marks out."""

from __future__ import annotations

from msgspec import Struct

from complaints_learning.draw import layout, lettering, shapes
from complaints_learning.draw.layout import CM, GAP
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, Point


class Columns(Struct, frozen=True):
    """Where things stand from left to right: names, series' names, the zero line, the scale."""

    names: float
    titles: float
    titles_x: float
    zero: float
    scale: float


def drawing(chart: Chart, style: ChartStyle) -> shapes.Drawing:
    """Bars of `bars` and `grouped` charts, the numbers at their ends."""
    columns = _columns(chart, style)
    made: list[shapes.Mark] = list(layout.unit(chart, columns.zero, style))
    y = layout.top(chart, style)
    room = style.max_height_cm * CM - 2 * style.small_pt
    start, shown = y, 0
    for index in range(len(chart.labels)):
        over, down = layout.name_over(chart.labels[index], style, y)
        group, height = _group(chart, index, columns, style, y + down)
        if y + down + height > room and shown:
            break
        made += [*over, *group]
        if over:
            made.append(_axis(columns.zero, y + down, y + down + height))
        y += down + height
        shown += 1
    if columns.names:
        made.append(_axis(columns.zero, start, y))
    y += GAP
    made += layout.rest(len(chart.labels) - shown, y + style.small_pt, style)
    y += style.small_pt * layout.LEADING if shown < len(chart.labels) else 0
    return shapes.Drawing(style.width_cm * CM, y, tuple(made))


def _axis(x: float, top: float, foot: float) -> shapes.Mark:
    return shapes.Stroke(((x, top), (x, foot)), "muted", 0.8)


def _columns(chart: Chart, style: ChartStyle) -> Columns:
    full = style.width_cm * CM
    names = layout.row_names(chart, style, 0.36)
    titles = 0.0
    if len(chart.series) > 1:
        widest = max(lettering.width(series.title, style.small_pt) for series in chart.series)
        titles = min(widest + 1, 0.2 * full)
    titles_x = names + GAP if names else 0.0
    left = titles_x + (titles + GAP if titles else 0)
    points = [point for series in chart.series for point in series.points]
    words = max((lettering.width(point.text, style.text_pt) for point in points), default=0) + GAP
    values = [point.value for point in points if point.value is not None]
    low, high = min([0.0, *values]), max([0.0, *values])
    room = full - left - words - (words if low < 0 else 0)
    scale = max(room, 20.0) / ((high - low) or 1)
    zero = left + (words - low * scale if low < 0 else 0)
    return Columns(names, titles, titles_x, zero, scale)


def _group(
    chart: Chart, index: int, columns: Columns, style: ChartStyle, y: float
) -> tuple[list[shapes.Mark], float]:
    many = len(chart.series) > 1
    pitch = style.row_cm * CM * (0.72 if many else 1.0)
    bar = pitch * (0.86 if many else 0.66)
    line = style.text_pt * layout.LEADING
    name = lettering.lines(chart.labels[index], style.text_pt, columns.names - 3)
    if not columns.names:
        name = ()
    titles = [
        lettering.lines(s.title, style.small_pt, columns.titles, 2) if many else ()
        for s in chart.series
    ]
    heights = [max(pitch, len(lines) * style.small_pt * layout.LEADING + 2) for lines in titles]
    bars = sum(heights)
    body = max(bars, len(name) * line + 3)
    made: list[shapes.Mark] = []
    first = y + (heights[0] - line) / 2 if many else y + (body - len(name) * line) / 2
    made += layout.words(name, columns.names, first, style.text_pt, "end")
    at = y if many else y + (body - bars) / 2
    for number, (series, lines, height) in enumerate(
        zip(chart.series, titles, heights, strict=True)
    ):
        small = style.small_pt * layout.LEADING
        made += layout.words(
            lines, columns.titles_x, at + (height - len(lines) * small) / 2, style.small_pt, "start"
        )
        point = series.points[index]
        of = f"{chart.labels[index]}|{series.title}"
        box = at + (height - bar) / 2
        made += _bar(point, of, number, columns, style, box, bar)
        at += height
    return made, body + (GAP if many else 0)


def _bar(
    point: Point, of: str, number: int, columns: Columns, style: ChartStyle, y: float, height: float
) -> list[shapes.Mark]:
    baseline = y + height / 2 + style.text_pt * 0.36
    text = point.text
    if point.value is None:
        return [shapes.Words(columns.zero + GAP / 2, baseline, text, "muted", style.text_pt)]
    width = abs(point.value) * columns.scale
    ink = shapes.series_ink(number, len(style.series))
    made: list[shapes.Mark] = []
    if point.value:
        left = columns.zero - (width if point.value < 0 else 0)
        made.append(shapes.Bar(left, y, width, height, ink, of, point.value))
    if point.value < 0:
        x = columns.zero - width - GAP / 2
        return [*made, shapes.Words(x, baseline, text, "text", style.text_pt, "end")]
    x = columns.zero + width + GAP / 2
    return [*made, shapes.Words(x, baseline, text, "text", style.text_pt)]
