"""A report made by hand, with every kind of block, for the tests of what is written."""

from __future__ import annotations

from complaints_learning.nouns.report import (
    Block,
    Bullets,
    Chart,
    ChartSeries,
    Heading,
    KeyPoints,
    Line,
    Paragraph,
    Point,
    Report,
    Section,
    Table,
    Text,
)

MARKING = "OFFICIAL-SENSITIVE: not for publication"
MONTHS = (
    *("April", "May", "June", "July", "August", "September"),
    *("October", "November", "December", "January", "February", "March"),
)


def line(text: str) -> Line:
    """Plain words."""
    return (Text(text),)


def point(value: float | None) -> Point:
    """A chart's point; None is a masked one."""
    return Point(value, "[c]" if value is None else f"{value:g}")


def a_table(name: str = "themes", *rows: tuple[str, ...]) -> Table:
    """A small table of numbers; the rows given, or two themes and a masked one."""
    rows = rows or (
        ("Communication", "19", "15%"),
        ("Staff behaviour", "13", "10%"),
        ("Money", "[c]", "[c]"),
    )
    cells = tuple(
        (
            (Text(first),),
            *((Text(text, figure=f"{name}.{n}"),) for n, text in enumerate(rest)),
        )
        for first, *rest in rows
    )
    return Table(
        name,
        "Complaints upheld or partially upheld, by theme",
        ("Theme", "Complaints", "Percentage of 126"),
        cells,
        (False, True, True),
        ("[c] not shown, so that nobody can be identified.",),
    )


def charts() -> tuple[Chart, ...]:
    """One chart of each kind."""
    themes = ("Communication", "Education, health and care assessments and plans", "Money")
    runs = {
        "bars": (("Complaints", (19.0, 6.0, None)),),
        "grouped": (("2021-22", (15.0, 9.0, 0.0)), ("2022-23", (19.0, 6.0, None))),
        "stacked": (
            *(("Upheld", (10.0, 4.0, 2.0)), ("Partially upheld", (9.0, 2.0, None))),
            ("Withdrawn", (1.0, 0.0, 0.0)),
        ),
    }
    monthly = (12.0, 9.0, 15.0, None, 8.0, 11.0, 14.0, 7.0, 3.0, 13.0, 10.0, 31.0)
    return (
        *(
            Chart(
                kind,
                f"Complaints by theme ({kind})",
                f"A chart of complaints by theme, drawn as {kind}. Communication has the most: 19.",
                kind,  # type: ignore[arg-type]
                themes,
                tuple(ChartSeries(title, tuple(map(point, values))) for title, values in series),
                "complaints",
            )
            for kind, series in runs.items()
        ),
        Chart(
            "line",
            "Complaints received each month",
            "From 12 in April to 31 in March; July is not shown.",
            "line",
            MONTHS,
            (
                ChartSeries("2022-23", tuple(map(point, monthly))),
                ChartSeries("2021-22", tuple(map(point, reversed(monthly)))),
            ),
            "complaints",
        ),
        Chart(
            "xmr",
            "Complaints received each month, with limits",
            "March, with 31, is above the upper limit.",
            "xmr",
            MONTHS,
            (ChartSeries("Complaints", tuple(map(point, monthly))),),
            "complaints",
            *(Point(11.9, "11.9"), Point(0.0, "0"), Point(26.3, "26.3")),
        ),
    )


def a_report(*blocks: Block, marking: str = "") -> Report:
    """A report with the blocks given, or with one of every kind in two sections."""
    if blocks:
        sections: tuple[Section, ...] = (Section("all", blocks),)
    else:
        sections = (_purpose(), _themes())
    return Report(
        title="Learning from Complaints",
        subtitle="1 April 2022 to 31 March 2023",
        author="A Reporter",
        edition="internal" if marking else "public",
        period="2022-23",
        sections=sections,
        values={
            "council": "Marlbrook Council",
            "meeting": "Meeting of the Children's Services Select Committee - 11 March 2024",
            "report_of": "Report of the Director of Children's Services",
        },
        marking=marking,
        source="0.1.0 0123456789ab",
    )


def _purpose() -> Section:
    upheld = Text("126", figure="upheld_or_partly")
    return Section(
        "purpose",
        (
            Heading(1, line("Purpose of report")),
            Paragraph(
                (Text("Of those, "), upheld, Text(" were upheld & answered.")), numbered=True
            ),
            KeyPoints(
                "Key points", ((upheld, Text(" complaints were upheld.")), line("13 fewer."))
            ),
            Heading(1, line("Recommendations")),
            Paragraph(line("It is recommended that members:"), numbered=True),
            Bullets((line("note this report;"), line("comment on it."))),
        ),
    )


def _themes() -> Section:
    wide = Table(
        "wide",
        "Complaints received each month",
        ("Service", *MONTHS),
        (tuple(line(text) for text in ("Assessment", *map(str, range(12)))),),
        (False, *(True,) * 12),
    )
    see = Paragraph(
        (
            *(
                Text("See "),
                Text("", ref="table:themes"),
                Text(" and "),
                Text("", ref="chart:bars"),
            ),
            *(Text(", the "), Text("guidance", link="https://www.example.gov.uk/guidance")),
            *(
                Text(" and "),
                Text("this", bold=True),
                Text(" "),
                Text("too", italic=True),
                Text("."),
            ),
        ),
        numbered=True,
    )
    return Section(
        "themes",
        (
            Heading(1, line("Themes")),
            Heading(2, line("All themes")),
            see,
            a_table(),
            Paragraph(line("A remark in small words."), style="note"),
            *charts(),
            wide,
            Heading(2, line("What <others> said")),
            Paragraph(line("Not numbered.")),
        ),
    )
