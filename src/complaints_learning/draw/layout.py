"""What all layouts share: units, words above and below, labels beside or over bars."""

from __future__ import annotations

from complaints_learning.draw import lettering, shapes
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart

CM = 72 / 2.54
"""Points in a centimetre."""
GAP = 6.0
LEADING = 1.25
"""From line to line, in sizes of the letters."""
SLIM_CM = 11
"""On a chart narrower than this labels stand over their bars."""


def unit(chart: Chart, x: float, style: ChartStyle) -> tuple[shapes.Mark, ...]:
    """What is counted, in small words above the scale."""
    if not chart.unit:
        return ()
    text = chart.unit[:1].upper() + chart.unit[1:]
    return (shapes.Words(x, style.small_pt, text, "muted", style.small_pt),)


def top(chart: Chart, style: ChartStyle) -> float:
    """Where the first bar may begin, under the unit."""
    return style.small_pt * 1.6 if chart.unit else 2.0


def rest(missing: int, y: float, style: ChartStyle) -> tuple[shapes.Mark, ...]:
    """Says that a long chart was cut, and where the others are."""
    if missing <= 0:
        return ()
    others = "other is" if missing == 1 else f"other {missing} are"
    return (shapes.Words(0, y, f"The {others} in the table.", "muted", style.small_pt),)


def row_names(chart: Chart, style: ChartStyle, share: float) -> float:
    """The room that the labels need, at most a share of the width; none on a narrow screen."""
    if style.width_cm < SLIM_CM:
        return 0
    widest = max((lettering.width(label, style.text_pt) for label in chart.labels), default=0)
    return min(widest + 4, share * style.width_cm * CM)


def name_over(label: str, style: ChartStyle, y: float) -> tuple[list[shapes.Mark], float]:
    """On a narrow screen a label stands over its bar: its marks and their height."""
    if style.width_cm >= SLIM_CM:
        return [], 0
    lines = lettering.lines(label, style.text_pt, style.width_cm * CM - 2)
    return words(lines, 0, y, style.text_pt, "start"), len(lines) * style.text_pt * LEADING + 2


def words(
    lines: tuple[str, ...], x: float, y: float, size: float, align: shapes.Align
) -> list[shapes.Mark]:
    """Lines of text under one another; `y` is the top of the first."""
    step = size * LEADING
    return [
        shapes.Words(x, y + number * step + size * 0.98, line, "text", size, align)
        for number, line in enumerate(lines)
    ]
