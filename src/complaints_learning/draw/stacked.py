"""Bars made of parts, each part named where it is: the chart in, marks out.

There is no legend. Colours go to the parts that can be seen, in order. A part's name stands
above the first bar in which it can be seen, with a thin line down to it; its number stands
inside, or beside that name. Elsewhere a part too thin for its number, masked or zero is named
with its text in a line under its bar. A bar with a masked part ends in '+ [c]', because it would
be longer.
"""

from __future__ import annotations

from complaints_learning.draw import layout, lettering, shapes
from complaints_learning.draw.layout import CM, GAP
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, ChartSeries

SEEN = 5.0


def drawing(chart: Chart, style: ChartStyle) -> shapes.Drawing:
    """A bar a label, its parts from left to right in the order of the series."""
    full = style.width_cm * CM
    names = layout.row_names(chart, style, 0.3)
    zero = names + GAP if names else 0.0
    longest = max((_total(chart, index) for index in range(len(chart.labels))), default=0) or 1
    named = _named_at(chart, (full - zero) * 0.75 / longest)
    scale = _scale(chart, named, longest, full - zero, style)
    made: list[shapes.Mark] = list(layout.unit(chart, zero, style))
    y, shown = layout.top(chart, style), 0
    for index in range(len(chart.labels)):
        over, down = layout.name_over(chart.labels[index], style, y)
        row, height = _row(chart, index, named, zero, scale, style, y + down)
        if y + down + height > style.max_height_cm * CM - 2 * style.small_pt and shown:
            break
        made += [*over, *row]
        y += down + height
        shown += 1
    made += layout.rest(len(chart.labels) - shown, y + style.small_pt, style)
    y += style.small_pt * layout.LEADING if shown < len(chart.labels) else 0
    return shapes.Drawing(full, y, tuple(made))


def _total(chart: Chart, index: int) -> float:
    return sum(series.points[index].value or 0 for series in chart.series)


def _named_at(chart: Chart, scale: float) -> dict[int, int]:
    """For each series that can be seen somewhere, the bar above which its name stands."""
    found: dict[int, int] = {}
    for number, series in enumerate(chart.series):
        for index, point in enumerate(series.points):
            if (point.value or 0) * scale >= SEEN:
                found[number] = index
                break
    return found


def _masked(series: ChartSeries, index: int) -> bool:
    return series.points[index].value is None and bool(series.points[index].text)


def _inks(chart: Chart, style: ChartStyle) -> dict[int, str]:
    """The ink of each series that is seen in any bar: the fewest colours, in their order."""
    seen = [n for n, one in enumerate(chart.series) if any(p.value for p in one.points)]
    return {n: shapes.series_ink(at, len(style.series)) for at, n in enumerate(seen)}


def _before(chart: Chart, number: int, index: int) -> float:
    return sum(series.points[index].value or 0 for series in chart.series[:number])


def _scale(
    chart: Chart, named: dict[int, int], longest: float, room: float, style: ChartStyle
) -> float:
    """Points a unit, so that the bars fit and the names above them do too."""
    masked = [p.text for s in chart.series for p in s.points if p.value is None]
    beyond = max((lettering.width(f"+ {text}", style.text_pt) for text in masked), default=0)
    scale = (room - 2 - (beyond + GAP if masked else 0)) / longest
    for number, index in named.items():
        start = _before(chart, number, index)
        series = chart.series[number]
        title = f"{series.title}: {series.points[index].text}"
        words = lettering.width(title, style.small_pt) + 2 * GAP
        if start > 0:
            scale = min(scale, max((room - words) / start, 0.4 * room / longest))
    return scale


def _row(
    chart: Chart,
    index: int,
    named: dict[int, int],
    zero: float,
    scale: float,
    style: ChartStyle,
    y: float,
) -> tuple[list[shapes.Mark], float]:
    height = style.row_cm * CM * 0.78
    step = style.small_pt * layout.LEADING
    made: list[shapes.Mark] = []
    above, levels = _names_above(chart, index, named, zero, scale, style)
    box = y + levels * step + (3 if levels else 0)
    for x, level, title in above:
        baseline = box - 4 - level * step
        made.append(shapes.Stroke(((x, baseline + 1), (x, box)), "muted", 0.6))
        made.append(shapes.Words(x + 3, baseline - 1, title, "text", style.small_pt))
    name = lettering.lines(chart.labels[index], style.text_pt, zero - GAP - 3) if zero else ()
    line = style.text_pt * layout.LEADING
    at = box + (height - line) / 2
    made += layout.words(name, zero - GAP, at, style.text_pt, "end")
    aside: dict[str, list[str]] = {}
    inks = _inks(chart, style)
    x = zero
    for number, series in enumerate(chart.series):
        point = series.points[index]
        text = point.text
        width = (point.value or 0) * scale
        if width > 0:
            ink = inks[number]
            of = f"{chart.labels[index]}|{series.title}"
            gap = 1.2 if width > 3 else 0.4
            made.append(shapes.Bar(x, box, width - gap, height, ink, of, point.value or 0))
        if _inside(text, width, style):
            middle = (x + (width - 1.2) / 2, box + height / 2 + style.text_pt * 0.36)
            made.append(shapes.Words(*middle, text, f"on-{ink}", style.text_pt, "middle"))
        elif not (width and named.get(number) == index):
            aside.setdefault(text, []).append(series.title)
        x += width
    hidden = [series.points[index].text for series in chart.series if _masked(series, index)]
    if hidden:
        baseline = box + height / 2 + style.text_pt * 0.36
        more = f"+ {hidden[0]}"
        made.append(shapes.Words(x + GAP / 2, baseline, more, "muted", style.text_pt))
    told = "; ".join(f"{', '.join(titles)}: {text}" for text, titles in aside.items())
    under = lettering.lines(told, style.small_pt, style.width_cm * CM - zero, 5)
    below = box + height + 3
    made += layout.words(under, zero, below, style.small_pt, "start")
    tall = max(below + len(under) * step, at + len(name) * line)
    return made, tall - y + GAP * 1.3


def _inside(text: str, width: float, style: ChartStyle) -> bool:
    """Whether a part is wide enough to hold its number."""
    return width > lettering.width(text, style.text_pt) + 4


def _names_above(
    chart: Chart, index: int, named: dict[int, int], zero: float, scale: float, style: ChartStyle
) -> tuple[list[tuple[float, int, str]], int]:
    """Where each name above this bar begins and on which level, so that none overlap.

    From right to left: a name goes over those to its right that it would run into, so no thin
    line crosses a name.
    """
    placed: list[tuple[float, float, int, str]] = []
    for number in sorted((n for n, at in named.items() if at == index), reverse=True):
        x = zero + _before(chart, number, index) * scale + 1.5
        room = style.width_cm * CM - x - 4
        series = chart.series[number]
        point = series.points[index]
        told = series.title
        if not _inside(point.text, (point.value or 0) * scale, style):
            told += f": {point.text}"
        (title,) = lettering.lines(told, style.small_pt, room, 1)
        end = x + 3 + lettering.width(title, style.small_pt) + GAP
        in_the_way = [level for start, _, level, _ in placed if start < end]
        placed.append((x, end, max(in_the_way, default=-1) + 1, title))
    levels = max((level for _, _, level, _ in placed), default=-1) + 1
    return [(x, level, title) for x, _, level, title in placed], levels
