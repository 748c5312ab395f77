"""A small report told from values, so that the same text can be told from other data."""

from __future__ import annotations

from datetime import date

import reports
from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure, Findings
from complaints_learning.nouns.period import Period
from complaints_learning.nouns.report import (
    Bullets,
    Chart,
    ChartSeries,
    Heading,
    KeyPoints,
    Line,
    Paragraph,
    Picture,
    Point,
    Report,
    Section,
    Table,
    Text,
)

YEAR = Period(date(2022, 4, 1), date(2023, 3, 31), "2022-23", "year")
VALUES: dict[str, int | None] = {
    "received": 301,
    "previous.received": 255,
    "change.received": 46,
    "upheld": 126,
    "not_upheld": 141,
    "withdrawn": 34,
    "overdue": 9,
    "theme.communication": 39,
    "theme.delay": 28,
    "theme.money": 12,
}
THEMES = {"communication": "Communication", "delay": "Delay", "money": "Money"}


def findings(**changes: int | None) -> Findings:
    """The values as findings; None is masked. Dots in names are written as __."""
    values = VALUES | {name.replace("__", "."): value for name, value in changes.items()}
    figures = {}
    for name, value in values.items():
        whole = name in ("upheld", "not_upheld", "withdrawn") or name.startswith("theme.")
        figures[name] = Figure(
            name,
            value,
            name,
            of=values["received"] if whole else None,
            of_name="received" if whole else "",
            masked="small" if value is None else "",
        )
    return Findings(YEAR, figures)


def report(data: Findings, period: str = "2022-23", **changes: object) -> Report:
    """The report as `tell` would tell it from this data."""

    def n(name: str, show: str = "") -> Text:
        figure = data.figures[name]
        if show == "words":
            if figure.masked:
                return Text("an undisclosed number", figure=f"{name}:words")
            if figure.value is not None and figure.value < 10:
                return Text(wording.count_word(int(figure.value)), figure=f"{name}:words")
            return Text(wording.figure(figure), figure=name)
        if show == "size":
            return Text(wording.count_word(abs(int(figure.value or 0))), figure=f"{name}:size")
        shown = wording.figure(figure, show) if show else wording.figure(figure)
        return Text(shown, figure=f"{name}:{show}" if show else name)

    change = int(data.figures["change.received"].value or 0)
    more = "more" if change > 0 else "fewer"
    overdue = data.figures["overdue"].value
    lines: dict[str, Line] = {
        "received": reports.line(
            n("received"),
            " complaints were received. That is ",
            n("change.received", "size"),
            f" {more} than the year before (",
            n("previous.received"),
            ").",
        ),
        "upheld": reports.line(
            n("upheld"),
            " of ",
            n("received"),
            " complaints (",
            n("upheld", "percent"),
            ") were upheld or partially upheld, as ",
            Text("", ref="table:outcomes"),
            " shows.",
        ),
        "overdue": reports.line(
            n("overdue", "words"),
            " of actions" if overdue is None else " action" if overdue == 1 else " actions",
            " is overdue." if overdue == 1 else " are overdue.",
        ),
    }
    outcomes = Table(
        "outcomes",
        "How complaints ended",
        ("Outcome", "Complaints", "Share"),
        tuple(
            (reports.line(title), (n(name),), (n(name, "percent"),))
            for name, title in (
                ("upheld", "Upheld"),
                ("not_upheld", "Not upheld"),
                ("withdrawn", "Withdrawn"),
            )
        ),
        (False, True, True),
    )
    there = [code for code in THEMES if data.figures[f"theme.{code}"].value != 0]
    there.sort(key=lambda code: -int(data.figures[f"theme.{code}"].value or 0))
    themes = Table(
        "themes",
        "Complaints by theme",
        ("Theme", "Complaints"),
        tuple((reports.line(THEMES[code]), (n(f"theme.{code}"),)) for code in there),
        (False, True),
    )
    points = [
        Point(None, wording.HIDDEN)
        if data.figures[f"theme.{code}"].value is None
        else Point(
            float(data.figures[f"theme.{code}"].value or 0),
            wording.figure(data.figures[f"theme.{code}"]),
        )
        for code in there
    ]
    said = ", ".join(
        f"{THEMES[code]} {point.text}" for code, point in zip(there, points, strict=True)
    )
    chart = Chart(
        "themes",
        "Communication is the commonest theme",
        f"Bar chart. {said}.",
        "bars",
        tuple(THEMES[code] for code in there),
        (ChartSeries("2022-23", tuple(points)),),
        "complaints",
    )
    return reports.a_report(
        sections=(
            Section(
                "key",
                (
                    Heading(1, reports.line("Purpose")),
                    Paragraph(reports.line("This report shows what was learned."), numbered=True),
                    KeyPoints("Key points", (lines["upheld"], lines["overdue"])),
                ),
            ),
            Section(
                "numbers",
                (
                    Heading(1, reports.line("Complaints")),
                    Paragraph(lines["received"], numbered=True),
                    Paragraph(lines["upheld"], numbered=True),
                    outcomes,
                    chart,
                    themes,
                    Paragraph(reports.line("These need action:"), numbered=True),
                    Bullets((lines["overdue"],)),
                ),
            ),
        ),
        period=period,
        **changes,
    )


def pictures(shade: int = 90) -> dict[str, Picture]:
    """The report's chart, drawn in a shade."""
    return {"themes": reports.a_picture(shade)}
