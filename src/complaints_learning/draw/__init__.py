"""A report's charts in, pictures in memory out: PNG for Word, SVG for the web page."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from complaints_learning.draw import bars, layout, lettering, lines, shapes, stacked
from complaints_learning.draw import svg as svg_of
from complaints_learning.nouns import contrast
from complaints_learning.nouns.chart_style import ChartStyle
from complaints_learning.nouns.report import Chart, ChartSeries, Picture, Point, Report

NARROW_CM = 8.5
LAYOUTS = {
    "bars": bars.drawing,
    "grouped": bars.drawing,
    "stacked": stacked.drawing,
    "line": lines.drawing,
    "xmr": lines.drawing,
}


def charts(
    report: Report, *, style: ChartStyle | None = None, png: bool = True, svg: bool = True
) -> dict[str, Picture]:
    """Draw every chart of the report, by name; leave out the kind of picture not asked for.

    The pictures hold nothing but what the report says: masked points are empty slots with
    their text.
    """
    style = style or ChartStyle()
    return {
        block.name: picture(block, style, png=png, svg=svg)
        for block in report.blocks
        if isinstance(block, Chart)
    }


def picture(chart: Chart, style: ChartStyle, *, png: bool = True, svg: bool = True) -> Picture:
    """Draw one chart."""
    drawn, inks = drawing(chart, style), colours(style)
    pixels = b""
    if png:
        from complaints_learning.draw import png as png_of  # matplotlib, only when it is needed

        pixels = png_of.picture(drawn, inks, style.dots_per_inch)
    slim = drawing(chart, replace(style, width_cm=NARROW_CM)) if svg else drawn
    return Picture(
        png=pixels,
        svg=_svg(drawn, inks, chart) if svg else "",
        width_cm=round(drawn.width / layout.CM, 3),
        height_cm=round(drawn.height / layout.CM, 3),
        narrow=_svg(slim, inks, chart) if svg else "",
    )


def _svg(drawn: shapes.Drawing, inks: Mapping[str, str], chart: Chart) -> str:
    return svg_of.text(drawn, inks, chart.name, chart.caption, chart.alt)


def drawing(chart: Chart, style: ChartStyle) -> shapes.Drawing:
    """Lay one chart out: what `picture` draws, for looking at bar by bar."""
    if not chart.labels or not chart.series:
        words = shapes.Words(
            0, style.text_pt + 4, "There is nothing to show.", "muted", style.text_pt
        )
        return shapes.Drawing(style.width_cm * layout.CM, 2 * style.text_pt + 4, (words,))
    return LAYOUTS[chart.kind](_printable(chart), style)


def _printable(chart: Chart) -> Chart:
    def shown(point: Point | None) -> Point | None:
        return point and Point(point.value, lettering.printable(point.text))

    return replace(
        chart,
        labels=tuple(map(lettering.printable, chart.labels)),
        unit=lettering.printable(chart.unit),
        series=tuple(
            ChartSeries(
                lettering.printable(series.title),
                tuple(Point(p.value, lettering.printable(p.text)) for p in series.points),
            )
            for series in chart.series
        ),
        centre=shown(chart.centre),
        lower=shown(chart.lower),
        upper=shown(chart.upper),
    )


def colours(style: ChartStyle) -> Mapping[str, str]:
    """The colour of each ink; text on a fill is white or near-black, whichever is clearer."""
    inks = {"text": style.text, "muted": style.muted, "grid": style.grid, "paper": style.paper}
    for number, fill in enumerate(style.series, 1):
        inks[f"series-{number}"] = fill
        clear = max((style.paper, style.text), key=lambda ink: contrast.ratio(ink, fill))
        inks[f"on-series-{number}"] = clear
    return inks
