"""A report in; its paragraphs, tables and figures with the numbers they have in every format."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from complaints_learning.nouns.report import Block, Chart, Paragraph, Report, Table


class Numbered(Struct, frozen=True):
    """A block with its place: `label` is '3', 'Table 1', 'Figure 2' or ''; `id` is its anchor."""

    block: Block
    label: str = ""
    id: str = ""


def blocks(report: Report) -> Iterator[Numbered]:
    """Every block in order, counted as Word counts: paragraphs, tables and charts each by itself.

    >>> from complaints_learning.nouns.report import Section, Text
    >>> lines = [Paragraph((Text("We learned."),), numbered=True) for _ in range(2)]
    >>> told = Report("T", "", "", "public", "2023", (Section("one", tuple(lines)),))
    >>> [one.label for one in blocks(told)]
    ['1', '2']
    """
    paragraph = table = figure = 0
    for block in report.blocks:
        if isinstance(block, Paragraph) and block.numbered:
            paragraph += 1
            yield Numbered(block, f"{paragraph}", f"paragraph-{paragraph}")
        elif isinstance(block, Table):
            table += 1
            yield Numbered(block, f"Table {table}", f"table-{table}")
        elif isinstance(block, Chart):
            figure += 1
            yield Numbered(block, f"Figure {figure}", f"figure-{figure}")
        else:
            yield Numbered(block)


def places(report: Report) -> dict[str, Numbered]:
    """Where a cross-reference leads: by 'table:NAME' and 'chart:NAME', and by NAME alone."""
    found: dict[str, Numbered] = {}
    for one in blocks(report):
        if isinstance(one.block, Table | Chart):
            kind = "table" if isinstance(one.block, Table) else "chart"
            found.setdefault(f"{kind}:{one.block.name}", one)
            found.setdefault(one.block.name, one)
    return found
