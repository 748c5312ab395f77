"""Grids, charts and lists of names in; the report's tables and charts with final texts out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Cell, ChartPlan, Figure, Findings, Grid, Listing
from complaints_learning.nouns.report import Chart, ChartSeries, Line, Point, Table, Text

if TYPE_CHECKING:
    from complaints_learning.tell.about import SourceView


def table(grid: Grid, findings: Findings, caption: str) -> Table:
    """The grid as a table: labels first, then numbers, with a note on the marks it uses."""
    rows = tuple(
        ((Text(label),), *(_cell(cell, findings) for cell in cells))
        for label, cells in zip(grid.rows, grid.cells, strict=True)
    )
    numeric = (False, *(_numbers(grid, column) for column in range(len(grid.columns))))
    return Table(
        name=grid.name,
        caption=caption,
        header=(grid.row_title, *grid.columns),
        rows=rows,
        numeric=numeric,
        notes=(*grid.notes, *_legend(rows)),
    )


def listing(found: Listing, caption: str, theme: str = "") -> Table:
    """The list as a table of words; only the theme's rows when one is named."""
    kept = [
        row
        for at, row in enumerate(found.rows)
        if not theme or (at < len(found.themes) and found.themes[at] == theme)
    ]
    return Table(
        name=f"{found.name}_{theme}" if theme else found.name,
        caption=caption,
        header=found.columns,
        rows=tuple(tuple((Text(text),) for text in row) for row in kept),
        numeric=(False,) * len(found.columns),
    )


def sources(files: tuple[SourceView, ...], caption: str) -> Table:
    """The input files, so that anyone can make the report again."""
    counted = any(one.rows for one in files)
    rows = tuple(
        (one.file, one.table, *([one.rows] if counted else []), one.fingerprint) for one in files
    )
    return Table(
        name="sources",
        caption=caption,
        header=("File", "What it holds", *(["Rows"] if counted else []), "Fingerprint"),
        rows=tuple(tuple((Text(cell),) for cell in row) for row in rows),
        numeric=(False, False, *([True] if counted else []), False),
    )


def chart(plan: ChartPlan, findings: Findings, caption: str) -> Chart:
    """The plan with its points; the alternative text says the numbers, largest first."""
    series = tuple(
        ChartSeries(one.title, tuple(_point(name, findings, one.show) for name in one.figures))
        for one in plan.series
    )
    marks = {
        at: _point(name, findings) if name and name in findings.figures else None
        for at, name in (("centre", plan.centre), ("lower", plan.lower), ("upper", plan.upper))
    }
    made = Chart(plan.name, caption, "", plan.kind, plan.labels, series, plan.unit, **marks)
    return replace(made, alt=_alt(plan.title, made))


def _cell(cell: Cell, findings: Findings) -> Line:
    if not cell.figure:
        return (Text(cell.text),)
    figure = findings.figures[cell.figure]
    name = cell.figure if cell.show == "value" else f"{cell.figure}:{cell.show}"
    return (Text(wording.figure(figure, cell.show), figure=name),)


def _numbers(grid: Grid, column: int) -> bool:
    return any(cells[column].figure for cells in grid.cells)


def _legend(rows: tuple[tuple[Line, ...], ...]) -> tuple[str, ...]:
    shown = {run.text for row in rows for line in row for run in line}
    legend = {
        wording.HIDDEN: "not shown, so that nobody can be identified",
        wording.MISSING: "not supplied",
        wording.NOT_APPLICABLE: "not applicable",
    }
    return tuple(f"{mark} {means}." for mark, means in legend.items() if mark in shown)


def _point(name: str, findings: Findings, show: str = "value") -> Point:
    figure: Figure = findings.figures[name]
    value = figure.percent if show == "percent" else figure.value
    return Point(None if value is None else float(value), wording.figure(figure, show))


_KINDS = {
    "bars": "Bar chart",
    "grouped": "Grouped bar chart",
    "stacked": "Stacked bar chart",
    "line": "Line chart",
    "xmr": "Control chart",
}
_MOST_SAID = 6


def _alt(title: str, chart: Chart) -> str:
    """What the chart shows, in a few sentences; the table beside it has every number."""
    kind = "Run chart" if chart.kind == "xmr" and chart.upper is None else _KINDS[chart.kind]
    said = [f"{kind} of {wording.lower_first(title)}, in {chart.unit}."]
    if not chart.labels:
        return f"{said[0]} There is nothing to show."
    for one in chart.series:
        lead = f"{one.title}: " if len(chart.series) > 1 else ""
        pairs = list(zip(chart.labels, one.points, strict=True))
        if chart.kind in ("line", "xmr"):
            said.append(lead + _span(pairs) if lead else wording.upper_first(_span(pairs)))
        else:
            pairs.sort(key=lambda pair: -(pair[1].value or 0))
            shown = wording.listed(f"{label} {point.text}" for label, point in pairs[:_MOST_SAID])
            rest = len(pairs) - _MOST_SAID
            said.append(f"{lead}{shown}{f'; {rest} more in the table' if rest > 0 else ''}.")
    if chart.centre is not None and chart.centre.value is not None:
        said.append(f"{chart.middle} {chart.centre.text}.")
    if chart.lower and chart.upper and chart.lower.value is not None:
        said.append(f"Limits {chart.lower.text} and {chart.upper.text}.")
    return " ".join(said)


def _span(pairs: list[tuple[str, Point]]) -> str:
    known = [(label, point) for label, point in pairs if point.value is not None]
    if not known:
        return "no month can be shown."
    low = min(known, key=lambda pair: pair[1].value or 0)
    high = max(known, key=lambda pair: pair[1].value or 0)
    first, last = known[0], known[-1]
    ends = f"lowest {low[1].text} in {low[0]}, highest {high[1].text} in {high[0]}."
    if len(pairs) == 1:
        return f"{first[1].text} in {first[0]}."
    unknown = len(pairs) - len(known)
    if unknown:  # the lowest of all may be among them
        return f"{unknown} of {len(pairs)} are not shown; of the others {ends}"
    return f"from {first[1].text} in {first[0]} to {last[1].text} in {last[0]}; {ends}"
