"""A described table in; a Word table out: header row marked, no merged cells, rows whole."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING

from complaints_learning.nouns.report import Line, Table, Text, plain
from complaints_learning.word.ooxml import Element, add, new

if TYPE_CHECKING:
    from complaints_learning.write.blocks import Builder

TOGETHER = 16  # a table of up to so many lines is kept on one page: more leave a gap too large
UPRIGHT, TURNED = 36, 26  # lines on a page
LONG_WORD = 2600  # a longer word, such as a file's name, may be broken
SHORT = len("30 Sep 2022")  # so short a text is kept on one line where there is room
ROOM = 200  # what the cell's margins take, and a little to spare
APART = 120  # how far words stand from numbers at their left, which end where the words begin
WIDER = 1.2  # how much wider than Arial the font may be that a computer without Arial shows


def table(builder: Builder, described: Table) -> tuple[Element, bool]:
    """The w:tbl of a table, as wide as the text, and whether it takes more than a page."""
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
    bold = not builder.styles.header_stands_out
    heading = tuple((Text(title, bold=bold),) for title in described.header)
    tall = lines(described, columns)
    turned = builder.pages is not None and builder.pages.turned
    short, long = tall <= TOGETHER, tall > (TURNED if turned else UPRIGHT)
    top = _shape(builder, described, columns, keep=True)
    add(top[0], "tblHeader")
    made.append(_filled(builder, top, heading))
    alone = _shape(builder, described, columns, keep=False)
    held = _shape(builder, described, columns, keep=True)
    last = len(described.rows) - 1
    noted = bool(described.notes) and not long  # else they stand over it
    for number, row in enumerate(described.rows):
        # a note never stands alone on the next page
        keep = (short and number < last) or (noted and number >= last - 1)
        made.append(_filled(builder, deepcopy(held if keep else alone), row))
    return made, long


def _shape(builder: Builder, described: Table, columns: list[int], keep: bool) -> Element:
    """An empty row, to be copied: that is much quicker than making each."""
    row = new("tr")
    add(add(row, "trPr"), "cantSplit")
    style = builder.styles["table_text"]
    for number, width in enumerate(columns):
        cell = add(row, "tc")
        add(add(cell, "tcPr"), "tcW", w=str(width), type="dxa")
        shape = add(add(cell, "p"), "pPr")
        if style:
            add(shape, "pStyle", val=style)
        if keep:
            add(shape, "keepNext")
        if "table_text" in builder.styles.direct:
            add(shape, "spacing", before="40", after="40")
        if _after_numbers(described, number):
            add(shape, "ind", left=str(APART))
        if number in _numeric(described):
            add(shape, "jc", val="right")
    return row


def _filled(builder: Builder, row: Element, cells: tuple[Line, ...]) -> Element:
    for cell, line in zip(row[1:], cells, strict=False):
        builder.runs(cell[1], line, marked=False)
    return row


def widths(described: Table, whole: int) -> list[int]:
    """Column widths that share `whole` (in twentieths of a point) by what the columns hold.

    Every column can hold its longest word, so that no word or number is broken; then, narrow
    columns first, a day on one line and its longest word in the wider font of a computer without
    Arial; what is left goes to the columns that would otherwise wrap most.

    >>> rows = (((Text("Upheld"),), (Text("4"),)),)
    >>> widths(Table("t", "", ("Outcome", "Number"), rows, (False, True)), 9000)
    [6446, 2554]
    """
    needs = _needs(described)
    least = [need for need, _, _ in needs]
    spare = whole - sum(least)
    if spare < 0:  # even single words do not fit side by side: share alike, Word breaks them
        shares = [need * whole / sum(least) for need in least]
    else:
        extra = [easy - need for need, easy, _ in needs]
        for number in sorted(range(len(least)), key=lambda number: extra[number]):
            least[number] += min(extra[number], spare)
            spare -= min(extra[number], spare)
        wish = [max(0.0, want - has) for (*_, want), has in zip(needs, least, strict=True)]
        given = min(1.0, spare / sum(wish)) if sum(wish) else 0.0
        shares = [need + given * extra for need, extra in zip(least, wish, strict=True)]
        rest = whole - sum(shares)
        # the first column takes most of what nobody needs, so that numbers stay close together
        shares = [share + rest * 0.4 / len(shares) for share in shares]
        shares[0] += rest * 0.6
    cut = [int(share) for share in shares]
    if cut:
        cut[0] += whole - sum(cut)
    return cut


def lines(described: Table, columns: list[int]) -> float:
    """About how many lines of text a table is high, its heading too; UPRIGHT or more is a page.

    A row has as many as its fullest cell, and a third for the room around it.
    """
    found = 0.0
    heading: list[Sequence[str]] = [described.header]
    for texts in heading + [[plain(cell) for cell in row] for row in described.rows[:UPRIGHT]]:
        found += 1 / 3 + max(
            1,
            *(
                ceil(across(text) / max(1, width - ROOM))
                for text, width in zip(texts, columns, strict=False)
            ),
        )
    return found


def too_wide(described: Table, whole: int) -> bool:
    """Whether the columns' longest words do not fit side by side in `whole`."""
    return sum(least for least, *_ in _needs(described)) > whole


def _needs(described: Table) -> list[tuple[float, float, float]]:
    """How wide each column must be for its longest word; how wide for that in a wider font, and
    for short texts as a whole; and how wide it would like to be."""
    needs = []
    for number, title in enumerate(described.header):
        cells = [plain(row[number]) for row in described.rows if number < len(row)]
        words = [across(word) for text in cells for word in text.split()]
        words += [across(word, True) for word in title.split()]
        least = min(max(words, default=0), LONG_WORD)
        easy = max([WIDER * least, *(across(text) for text in cells if len(text) <= SHORT)])
        longest = sorted(cells, key=len)[-5:]
        wanted = max([least, across(title, True) / 3, *map(across, longest)])
        room = ROOM + APART * _after_numbers(described, number)
        needs.append((least + room, easy + room, wanted + room))
    return needs


def _numeric(described: Table) -> set[int]:
    """The columns of numbers, which stand to the right."""
    return {number for number, numeric in enumerate(described.numeric) if numeric}


def _after_numbers(described: Table, column: int) -> bool:
    """Whether a column of words follows one of numbers."""
    return column not in _numeric(described) and column - 1 in _numeric(described)


@lru_cache(8192)
def across(text: str, bold: bool = False) -> float:
    """About how wide a text is at 12 points in Arial, in twentieths of a point.

    >>> round(across("2022-23"))
    876
    """
    ems = sum(_EMS.get(letter, 0.57 if letter.islower() else 0.62) for letter in text)
    return ems * 240 * (1.07 if bold else 1.0)


_EMS = {
    **dict.fromkeys("ijl.,:;'|!", 0.26),
    **dict.fromkeys("frtI()[]/- ", 0.31),
    **dict.fromkeys("ckszvxyJ", 0.5),
    **dict.fromkeys("mMwW%@", 0.86),
    **dict.fromkeys("ABDEHKNPRSUVXYCGOQ&", 0.72),
    **dict.fromkeys("0123456789+", 0.557),
}
