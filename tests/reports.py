"""An invented report to write: `a_report()`, changed as a test asks."""

from __future__ import annotations

import io
import struct
import zlib

from msgspec.structs import replace

from complaints_learning.nouns.report import (
    Block,
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


def line(*pieces: str | Text) -> Line:
    """A line of plain texts and runs."""
    return tuple(piece if isinstance(piece, Text) else Text(piece) for piece in pieces)


def fig(text: str, name: str, bold: bool = False) -> Text:
    """A live figure."""
    return Text(text, figure=name, bold=bold)


def outcomes(upheld: str = "126", percent: str = "42%") -> Table:
    """A small table of live figures."""
    return Table(
        "outcomes",
        "Outcome of complaints received in 2022-23",
        ("Outcome", "Complaints", "Share of all"),
        (
            (
                line("Upheld or partially upheld"),
                line(fig(upheld, "upheld_or_partly")),
                line(fig(percent, "upheld_or_partly:percent")),
            ),
            (
                line("Not upheld"),
                line(fig("141", "not_upheld")),
                line(fig("47%", "not_upheld:percent")),
            ),
            (
                line("Withdrawn"),
                line(fig("34", "withdrawn")),
                line(fig("11%", "withdrawn:percent")),
            ),
        ),
        (False, True, True),
        ("Shares are of the 301 complaints received. Rounded, so they may not add to 100%.",),
    )


def by_theme(rows: int = 6) -> Table:
    """A table without notes, followed at once by text."""
    names = ("Communication", "Staff behaviour", "EHC assessments and plans", "Delay", "Money")
    return Table(
        "themes",
        "Complaints by theme, this year and the year before",
        ("Theme", "2022-23", "2021-22", "Change"),
        tuple(
            (
                line(names[n % 5] if n < 5 else f"Theme {n + 1}"),
                line(fig(str(60 - n), f"theme.t{n}")),
                line(fig(str(50 + n), f"theme.t{n}.before")),
                line(fig(f"{10 - 2 * n:+d}", f"theme.t{n}.change")),
            )
            for n in range(rows)
        ),
        (False, True, True, True),
    )


def a_chart(name: str = "themes") -> Chart:
    """A bar chart of themes."""
    return Chart(
        name,
        "Communication is the commonest theme",
        "Bar chart of complaints by theme: communication 60, staff behaviour 59.",
        "bars",
        ("Communication", "Staff behaviour"),
        (ChartSeries("2022-23", (Point(60, "60"), Point(59, "59"))),),
        "complaints",
    )


def a_picture(colour: int = 90, width: float = 16.0, height: float = 8.0) -> Picture:
    """A plain grey picture of a real size, made without a drawing library."""
    across, down = 320, 160
    rows = b"".join(b"\0" + bytes([colour]) * across for _ in range(down))

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", across, down, 8, 0, 0, 0, 0)))
    out.write(chunk(b"IDAT", zlib.compress(rows)))
    out.write(chunk(b"IEND", b""))
    return Picture(out.getvalue(), "<svg/>", width, height)


def opening(upheld: str = "126") -> Section:
    """Purpose, recommendations and key points."""
    return Section(
        "purpose",
        (
            Heading(1, line("Purpose")),
            Paragraph(
                line("What the council learned from complaints about its children's services."),
                numbered=True,
            ),
            KeyPoints(
                "Key points",
                (
                    line(
                        fig("301", "received"),
                        " complaints were received, up from ",
                        fig("255", "received.before"),
                        ".",
                    ),
                    line(
                        fig(upheld, "upheld_or_partly"),
                        " were upheld or partially upheld (",
                        fig("42%", "upheld_or_partly:percent"),
                        ").",
                    ),
                    line(fig("19", "actions.overdue"), " actions are overdue."),
                ),
            ),
            Heading(1, line("Recommendations")),
            Paragraph(line("The committee is asked to:"), numbered=True),
            Bullets(
                (
                    line("note what was learned"),
                    line("comment on the ", Text("assurance", bold=True), " in place."),
                )
            ),
        ),
    )


def themes() -> Section:
    """Tables, a chart and references between them."""
    return Section(
        "themes",
        (
            Heading(1, line("What complaints were about")),
            Heading(2, line("Outcomes")),
            Paragraph(
                line(
                    "Outcomes are in ",
                    Text("", ref="table:outcomes"),
                    " and themes in ",
                    Text("", ref="chart:themes"),
                    ".",
                ),
                numbered=True,
            ),
            outcomes(),
            Paragraph(
                line(
                    "Of all complaints, ",
                    fig("126", "upheld_or_partly"),
                    " were upheld or partially upheld, more than the year before.",
                ),
                numbered=True,
            ),
            Heading(2, line("Themes")),
            a_chart(),
            by_theme(),
            Paragraph(
                line(
                    "The Ombudsman's ",
                    Text("guide to remedies", link="https://www.example.org/remedies"),
                    " was followed & no < sign was lost.",
                ),
                numbered=True,
            ),
            Heading(3, line("How sure this is")),
            Paragraph(
                line("A change within ", Text("chance", italic=True), " is not called one."),
                numbered=True,
            ),
            Paragraph(line("Source: the council's complaint register."), style="note"),
        ),
    )


def a_report(*extra: Block, **changes: object) -> Report:
    """An ordinary report of two sections; `extra` blocks make a third."""
    sections = (opening(), themes(), *((Section("more", extra),) if extra else ()))
    whole = Report(
        title="Learning from Complaints",
        subtitle="1 April 2022 to 31 March 2023",
        author="Complaints Team",
        edition="public",
        period="2022-23",
        sections=sections,
        values={
            "council": "Marlowe Borough Council",
            "committee": "Children's Services Select Committee",
            "meeting": "Meeting of the Children's Services Select Committee - 14 March 2024",
            "report_of": "Report of the Director of Children's Services",
            "title": "Learning from Complaints",
            "subtitle": "1 April 2022 to 31 March 2023",
            "period": "2022-23",
        },
        source="cl 0.1.0, data 3f9a",
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def pictures() -> dict[str, Picture]:
    """The pictures of `a_report`."""
    return {"themes": a_picture()}
