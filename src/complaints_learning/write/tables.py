"""A described table in; a Word table out: header row marked, no merged cells, rows whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from complaints_learning.ooxml import Element, add, new
from complaints_learning.report import Line, Table, Text, plain

if TYPE_CHECKING:
    from complaints_learning.write.blocks import Builder

TOGETHER = 12  # a table of up to so many rows is kept on one page
NARROWEST, WIDEST = 5, 44  # of a column, in letters
ROOM = 3  # letters that the cell's margins take


def table(builder: Builder, described: Table) -> Element:
    """The w:tbl of a table, as wide as the text."""
    made = new("tbl")
    properties = add(made, "tblPr")
    add(properties, "tblStyle", val=builder.styles["table"])
    add(properties, "tblW", w="5000", type="pct")
    add(properties, "tblLayout", type="fixed")
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0"}
    add(properties, "tblLook", val="04A0", **look, noHBand="0", noVBand="1")
    add(properties, "tblCaption", val=described.caption[:250])
    columns = widths(described, builder.width)
    grid = add(made, "tblGrid")
    for width in columns:
        add(grid, "gridCol", w=str(width))
    heading = tuple((Text(title),) for title in described.header)
    short = len(described.rows) <= TOGETHER
    _row(builder, made, heading, described, columns, keep=True, header=True)
    last = len(described.rows) - 1
    for number, row in enumerate(described.rows):
        _row(builder, made, row, described, columns, keep=short and number < last)
    return made


def _row(
    builder: Builder,
    parent: Element,
    cells: tuple[Line, ...],
    described: Table,
    columns: list[int],
    keep: bool,
    header: bool = False,
) -> None:
    row = add(parent, "tr")
    properties = add(row, "trPr")
    add(properties, "cantSplit")
    if header:
        add(properties, "tblHeader")
    style = builder.styles["table_text"]
    for number, width in enumerate(columns):
        line = cells[number] if number < len(cells) else ()
        cell = add(row, "tc")
        add(add(cell, "tcPr"), "tcW", w=str(width), type="dxa")
        paragraph = add(cell, "p")
        shape = add(paragraph, "pPr")
        if style:
            add(shape, "pStyle", val=style)
        if keep:
            add(shape, "keepNext")
        if "table_text" in builder.styles.direct:
            add(shape, "spacing", before="40", after="40")
        if number < len(described.numeric) and described.numeric[number]:
            add(shape, "jc", val="right")
        builder.runs(paragraph, line, marked=False)


def widths(described: Table, whole: int) -> list[int]:
    """Column widths that share `whole` by what the columns hold.

    >>> rows = (((Text("Upheld"),), (Text("4"),)),)
    >>> widths(Table("t", "", ("Outcome", "Number"), rows, (False, True)), 9000)
    [4715, 4285]
    """
    needs = []
    for number, title in enumerate(described.header):
        longest = [len(plain(row[number])) for row in described.rows if number < len(row)]
        # a heading may wrap between words, a number never
        words = max((len(word) for word in title.split()), default=0)
        body = max(longest, default=0)
        need = max(words + 1, len(title) // 2, min(body, WIDEST))
        needs.append(min(max(need, NARROWEST), WIDEST) + ROOM)
    total = sum(needs) or 1
    shares = [whole * need // total for need in needs]
    if shares:
        shares[0] += whole - sum(shares)
    return shares
