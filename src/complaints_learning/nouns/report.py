"""A report described: sections, headings, numbered paragraphs, tables, charts. No Word here.

`tell` builds it once; the Word file, the web page and the data pack are written from it, so
they say the same. All values are final text, masked where the edition asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field


class Text(Struct, frozen=True):
    """A run of text. `figure` names the finding it shows ('upheld_or_partly', or
    'upheld_or_partly:percent' for its percentage), and makes it a live figure in Word.
    `link` is a web or mail address. `ref` points to a table or chart, 'table:themes' or
    'chart:themes': the writer, who counts tables and figures, puts 'Table 3' in its place."""

    text: str
    bold: bool = False
    italic: bool = False
    figure: str = ""
    link: str = ""
    ref: str = ""


Line = tuple[Text, ...]
LINKS = ("https://", "http://", "mailto:")
"""What a link may begin with; another is shown as its text alone."""


def plain(line: Line) -> str:
    """The line as a person reads it.

    >>> plain((Text("126", figure="upheld_or_partly"), Text(" complaints")))
    '126 complaints'
    """
    return "".join(run.text for run in line)


class Heading(Struct, frozen=True):
    """A heading; level 1 stands for a section of the committee report, the title is above it."""

    level: int
    line: Line


class Paragraph(Struct, frozen=True):
    """A paragraph. `numbered` ones count through the whole report (Word's own numbering)."""

    line: Line
    numbered: bool = False
    style: Literal["body", "note"] = "body"


class Bullets(Struct, frozen=True):
    """A bullet list, an item a line."""

    items: tuple[Line, ...]


class KeyPoints(Struct, frozen=True):
    """The box of key points near the top: every statement rests on a figure."""

    title: str
    items: tuple[Line, ...]


class Table(Struct, frozen=True):
    """A table with a caption. The first row is the header; the first column heads its row.

    `numeric[j]` says that column j holds numbers (set right-aligned, heading too).
    """

    name: str
    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numeric: tuple[bool, ...]
    notes: tuple[str, ...] = ()


class Point(Struct, frozen=True):
    """A chart's point: `value` is None when masked or missing, `text` is its label."""

    value: float | None
    text: str


class ChartSeries(Struct, frozen=True):
    """One run of points, named."""

    title: str
    points: tuple[Point, ...]


class Chart(Struct, frozen=True):
    """A chart, as values to draw. `alt` says what it shows, in a sentence or two."""

    name: str
    caption: str
    alt: str
    kind: Literal["bars", "grouped", "stacked", "line", "xmr"]
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    centre: Point | None = None
    lower: Point | None = None
    upper: Point | None = None

    @property
    def middle(self) -> str:
        """What the centre line is: a median where there are too few months for limits."""
        return "Median" if self.upper is None else "Mean"


Block = Heading | Paragraph | Bullets | KeyPoints | Table | Chart


class Section(Struct, frozen=True):
    """A named part of the report; a Word shell can place it with ``{{ block.NAME }}``."""

    name: str
    blocks: tuple[Block, ...]


class Report(Struct, frozen=True):
    """A whole report.

    `values` are short texts that a Word shell may place (``{{ committee }}``). `marking` is
    printed on every page ('OFFICIAL-SENSITIVE: not for publication'), or ''. `source` names
    the run (version and data fingerprint), the same for the same input. `template` is the name of
    the texts that it was told by.
    """

    title: str
    subtitle: str
    author: str
    edition: Literal["public", "internal"]
    period: str
    sections: tuple[Section, ...]
    values: Mapping[str, str] = field(default_factory=dict)
    marking: str = ""
    language: str = "en-GB"
    source: str = ""
    template: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The lines of words in reading order: headings, paragraphs, bullets and key points."""
        return tuple(line for block in self.blocks for line in _lines(block))

    @property
    def blocks(self) -> tuple[Block, ...]:
        """All blocks in reading order."""
        return tuple(block for section in self.sections for block in section.blocks)


def _lines(block: Block) -> tuple[Line, ...]:
    if isinstance(block, Heading | Paragraph):
        return (block.line,)
    return block.items if isinstance(block, Bullets | KeyPoints) else ()


class Picture(Struct, frozen=True):
    """A drawn chart: PNG bytes for Word, SVG text for the web page; size in centimetres.

    `narrow` is the chart drawn again as SVG for a telephone's screen."""

    png: bytes
    svg: str
    width_cm: float
    height_cm: float
    narrow: str = ""
