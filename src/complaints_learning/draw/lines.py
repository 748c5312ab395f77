"""Lines over time, with mean and limits for an XmR chart: the chart in, marks out."""

from __future__ import annotations

import math
import re

from msgspec import Struct

from complaints_learning.draw import layout, lettering, shapes
from complaints_learning.draw.layout import CM, GAP
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, ChartSeries, Point

PLOT_CM = 6.2
MONTH = re.compile(
    r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"(?:uary|ruary|ch|il|e|y|ust|tember|ober|ember)\b"
)
End = tuple[float, float, str, str]


class Plane(Struct, frozen=True):
    """The box that lines are drawn in, and what its foot and head stand for."""

    left: float
    right: float
    top: float
    foot: float
    low: float
    high: float
    count: int

    def x(self, index: int) -> float:
        """Where label `index` stands: in the middle of its slot."""
        slot = (self.right - self.left) / max(self.count, 1)
        return self.left + slot * (index + 0.5)

    def y(self, value: float) -> float:
        """How high a value is."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.foot - share * (self.foot - self.top)


def drawing(chart: Chart, style: ChartStyle) -> shapes.Drawing:
    """Lines named at their ends, the scale on the left, the labels along the foot."""
    ticks = _ticks(chart)
    plane = _plane(chart, ticks, style)
    made: list[shapes.Mark] = list(layout.unit(chart, 0, style))
    for tick in ticks:
        y = plane.y(tick)
        ink = "muted" if tick == 0 else "grid"
        made.append(shapes.Stroke(((plane.left, y), (plane.right, y)), ink, 0.8))
        at = y + style.text_pt * 0.36
        made.append(shapes.Words(plane.left - GAP, at, f"{tick:,g}", "text", style.text_pt, "end"))
    made += _limits(chart, plane, style)
    ends = _limit_names(chart, plane)
    for number, series in enumerate(chart.series):
        made += _line(chart, series, number, plane, style)
        if len(chart.series) > 1:
            ends += _series_name(series, number, plane, style)
    made += _slots(chart, plane, style)
    made += _end_names(ends, plane, style)
    foot, depth = _foot(chart, plane, style)
    return shapes.Drawing(style.width_cm * CM, plane.foot + depth, (*made, *foot))


def _values(chart: Chart) -> list[float]:
    points = [point for series in chart.series for point in series.points]
    points += [p for p in (chart.centre, chart.lower, chart.upper) if p is not None]
    return [point.value for point in points if point.value is not None]


def _ticks(chart: Chart) -> list[float]:
    """Round numbers from nought (or lower) to above the highest value, four to seven of them.

    >>> from complaints_learning.nouns.report import Chart, ChartSeries, Point
    >>> runs = (ChartSeries("All", (Point(13, "13"),)),)
    >>> _ticks(Chart("c", "C", "", "line", ("April",), runs, "complaints"))
    [0.0, 5.0, 10.0, 15.0]
    """
    values = _values(chart)
    low, high = min([0.0, *values]), max([1.0, *values])
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.8)
    if all(value == int(value) for value in values):
        step = max(step, 1.0)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _plane(chart: Chart, ticks: list[float], style: ChartStyle) -> Plane:
    widest = max(lettering.width(f"{tick:,g}", style.text_pt) for tick in ticks)
    names = [text for _, _, text, _ in _limit_names(chart, None)]
    if len(chart.series) > 1:
        names += [f"{s.title}: {p.text}" for s in chart.series if (p := _last(s)) is not None]
    full = style.width_cm * CM
    right = full - (_room_for(names, style) + 2 * GAP if names else 2)
    top = layout.top(chart, style) + style.text_pt * 1.3
    foot = top + PLOT_CM * CM
    return Plane(widest + GAP + 2, right, top, foot, ticks[0], ticks[-1], len(chart.labels))


def _series_name(series: ChartSeries, number: int, plane: Plane, style: ChartStyle) -> list[End]:
    known = [(i, p.value) for i, p in enumerate(series.points) if p.value is not None]
    if not known:
        return []
    index, value = known[-1]
    text = f"{series.title}: {series.points[index].text}"
    ink = shapes.series_ink(number, len(style.series))
    return [(plane.x(index) + 5, plane.y(value), text, ink)]


def _room_for(names: list[str], style: ChartStyle) -> float:
    """The least room at the right in which every name fits on one line or two."""
    for share in (0.2, 0.24, 0.3, 0.36):
        room = share * style.width_cm * CM
        broken = [lettering.lines(name, style.small_pt, room, 2) for name in names]
        if not any(line.endswith("…") for lines in broken for line in lines):
            break
    longest = (lettering.width(line, style.small_pt) for lines in broken for line in lines)
    return max(longest, default=0) + 1


def _last(series: ChartSeries) -> Point | None:
    return next((p for p in reversed(series.points) if p.value is not None), None)


def _line(
    chart: Chart, series: ChartSeries, number: int, plane: Plane, style: ChartStyle
) -> list[shapes.Mark]:
    ink = shapes.series_ink(number, len(style.series))
    dash = shapes.DASHES[number % len(shapes.DASHES)]
    shape = shapes.DOTS[number % len(shapes.DOTS)]
    made: list[shapes.Mark] = []
    runs: list[list[tuple[float, float]]] = [[]]
    spots: list[shapes.Mark] = []
    for index, point in enumerate(series.points):
        x = plane.x(index)
        if point.value is None:
            runs.append([])
            continue
        y = plane.y(point.value)
        runs[-1].append((x, y))
        out = _outside(chart, point.value)
        spots.append(
            shapes.Spot(
                x, y, "series-4" if out else ink, "square" if out else shape, 5 if out else 3
            )
        )
    made += [shapes.Stroke(tuple(run), ink, 1.8, dash) for run in runs if len(run) > 1]
    return [*made, *spots, *_numbers(chart, series, plane, style)]


def _slots(chart: Chart, plane: Plane, style: ChartStyle) -> list[shapes.Mark]:
    """What stands where a point is masked or missing: each text once a label.

    In the empty slot of a single line; under the foot where another line may run through it.
    """
    under = len(chart.series) > 1
    made: list[shapes.Mark] = []
    for index in range(len(chart.labels)):
        points = [series.points[index] for series in chart.series]
        texts = dict.fromkeys(point.text for point in points if point.value is None)
        for level, text in enumerate(filter(None, texts)):
            step = style.small_pt * layout.LEADING
            at = plane.foot + (level + 1) * step if under else plane.y(0) - 4 - level * step
            made.append(shapes.Words(plane.x(index), at, text, "muted", style.small_pt, "middle"))
    return made


def _slots_below(chart: Chart) -> int:
    """How many lines of '[c]' and the like stand between the foot and the labels."""
    if len(chart.series) < 2:
        return 0
    slots = (
        {series.points[index].text for series in chart.series if series.points[index].value is None}
        for index in range(len(chart.labels))
    )
    return max((len(texts - {""}) for texts in slots), default=0)


def _outside(chart: Chart, value: float) -> bool:
    upper, lower = chart.upper, chart.lower
    over = upper is not None and upper.value is not None and value > upper.value
    under = lower is not None and lower.value is not None and value < lower.value
    return over or under


def _numbers(
    chart: Chart, series: ChartSeries, plane: Plane, style: ChartStyle
) -> list[shapes.Mark]:
    """The number over each point of a single line where there is room, else of a few points."""
    if len(chart.series) > 1:
        return []
    values = [
        (index, point) for index, point in enumerate(series.points) if point.value is not None
    ]
    slot = (plane.right - plane.left) / max(plane.count, 1)
    widest = max((lettering.width(p.text, style.small_pt) for _, p in values), default=0)
    if widest + 2 > slot:
        top = max(values, key=lambda one: one[1].value or 0)
        chosen = {values[0][0], values[-1][0], top[0]}
        chosen |= {i for i, p in values if _outside(chart, p.value or 0)}
        values = [one for one in values if one[0] in chosen]
    made: list[shapes.Mark] = []
    until = -1.0
    for index, point in values:
        text = point.text
        wide = lettering.width(text, style.small_pt)
        x, align, under = _beside(series, index, plane.x(index), wide)
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[align]
        if left < until:
            continue
        until = left + wide + 2
        y = plane.y(point.value or 0)
        size = style.small_pt
        low = y + size + 8 > plane.foot
        at = (y - 14 if low else y + size + 6) if under else y - 7
        made.append(shapes.Words(x, at, text, "text", size, align, halo=True))
    return made


def _beside(
    series: ChartSeries, index: int, x: float, wide: float
) -> tuple[float, shapes.Align, bool]:
    """Where a point's number keeps clear of the line: under a valley, off the side of a slope."""
    here = series.points[index].value or 0
    before, after = (
        series.points[i].value if 0 <= i < len(series.points) else None
        for i in (index - 1, index + 1)
    )
    known = [side for side in (before, after) if side is not None]
    if known and all(side > here for side in known):
        return x, "middle", True
    if before is not None and after is not None and before < here < after:
        return x + 3, "end", False
    if before is not None and after is not None and before > here > after:
        return x - 3, "start", False
    return x, "middle", False


def _limits(chart: Chart, plane: Plane, style: ChartStyle) -> list[shapes.Mark]:
    made: list[shapes.Mark] = []
    for point, dash in ((chart.upper, (5, 3)), (chart.centre, ()), (chart.lower, (5, 3))):
        if point is not None and point.value is not None:
            y = plane.y(point.value)
            ends = ((plane.left, y), (plane.right, y))
            made.append(shapes.Stroke(ends, "muted", 1.2, dash))
    return made


def _limit_names(chart: Chart, plane: Plane | None) -> list[End]:
    told: list[End] = []
    named = (
        ("Upper limit", chart.upper),
        (chart.middle, chart.centre),
        ("Lower limit", chart.lower),
    )
    for title, point in named:
        if point is not None and point.value is not None:
            y = plane.y(point.value) if plane else 0.0
            x = plane.right + 1 if plane else 0.0
            told.append((x, y, f"{title} {point.text}", "muted"))
    return told


def _end_names(ends: list[End], plane: Plane, style: ChartStyle) -> list[shapes.Mark]:
    """The names to the right of the plane, pushed apart so that none overlap."""
    room = style.width_cm * CM - plane.right - GAP
    step = style.small_pt * layout.LEADING
    blocks = []
    for x, y, text, ink in sorted(ends, key=lambda end: end[1]):
        lines = lettering.lines(text, style.small_pt, room, 2)
        blocks.append((x, y, lines, ink))
    tops: list[float] = []
    below = 0.0
    for _, y, lines, _ in blocks:
        below = max(y - len(lines) * step / 2, below)
        tops.append(below)
        below += len(lines) * step
    over = max(0.0, below - plane.foot - step)
    made: list[shapes.Mark] = []
    for (x, y, lines, ink), wanted in zip(blocks, tops, strict=True):
        at = wanted - over
        middle = at + step / 2
        hook = ((x, y), (plane.right + GAP - 1, middle))
        made.append(shapes.Stroke(hook, ink, 0.6))
        made += layout.words(lines, plane.right + GAP + 1, at, style.small_pt, "start")
    return made


def _foot(chart: Chart, plane: Plane, style: ChartStyle) -> tuple[list[shapes.Mark], float]:
    """The labels, level and in full; every second or third only where they would touch."""
    slot = (plane.right - plane.left) / max(plane.count, 1)
    labels = list(chart.labels)
    if not all(_fits(label, style.small_pt, slot - 3) for label in labels):
        labels = [MONTH.sub(r"\1", label) for label in labels]
    for every in range(1, len(labels) + 1):
        room = slot * every - 3
        chosen = labels[::every]
        if all(_fits(label, style.small_pt, room) for label in chosen):
            break
    else:
        every, room, chosen = 1, slot, labels
    if any(lettering.width(label, style.small_pt) > room for label in chosen):
        words = [word for label in chosen for word in label.split()]
        widest = max((lettering.width(word, style.small_pt) for word in words), default=room)
        room = min(room, widest + 1)  # so that all break alike
    wrapped = [lettering.lines(label, style.small_pt, room, 3) for label in chosen]
    made: list[shapes.Mark] = []
    below, step = _slots_below(chart), style.small_pt * layout.LEADING
    for number, lines in enumerate(wrapped):
        x = plane.x(number * every)
        made.append(shapes.Stroke(((x, plane.foot), (x, plane.foot + 3)), "muted", 0.8))
        made += layout.words(lines, x, plane.foot + 4 + below * step, style.small_pt, "middle")
    deep = below + max((len(lines) for lines in wrapped), default=0)
    return made, deep * style.small_pt * layout.LEADING + 8


def _fits(label: str, size: float, room: float) -> bool:
    return all(lettering.width(word, size) <= room for word in label.split())
