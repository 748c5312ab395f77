"""The report's blocks in; Word paragraphs, tables and pictures out, in the shell's styles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from complaints_learning.nouns.errors import WriteError
from complaints_learning.nouns.report import (
    LINKS,
    Block,
    Bullets,
    Chart,
    Heading,
    KeyPoints,
    Line,
    Paragraph,
    Picture,
    Table,
    Text,
)
from complaints_learning.word import ooxml, tags
from complaints_learning.word.ooxml import Element, add, new, q
from complaints_learning.word.package import Package
from complaints_learning.write import drawing, tables
from complaints_learning.write.controls import Controls
from complaints_learning.write.landscape import Pages
from complaints_learning.write.numbering import Numbering
from complaints_learning.write.styles import Styles

LABELS: dict[tags.Kind, str] = {"table": "Table", "chart": "Figure"}


@dataclass(slots=True)
class Builder:
    """Builds one report into one file. `width` is the text's width in twentieths of a point.

    `pages` can be turned for a table that is too wide; None where they cannot (in a cell).
    """

    package: Package
    styles: Styles
    numbering: Numbering
    controls: Controls
    width: int
    next_drawing: int = 1
    labels: dict[str, str] = field(default_factory=dict)
    made: dict[str, int] = field(default_factory=dict)
    pages: Pages | None = None
    awaited: list[tuple[Element, Chart, str, int]] = field(default_factory=list)

    def number(self, blocks: Sequence[Block]) -> None:
        """Number tables and charts in the order in which the shell shows them."""
        counts: dict[tags.Kind, int] = {"table": 0, "chart": 0}
        for block in blocks:
            if isinstance(block, Table | Chart):
                kind = kind_of(block)
                counts[kind] += 1
                # a table that stands twice is referred to where it stands first
                self.labels.setdefault(f"{kind}:{block.name}", f"{LABELS[kind]} {counts[kind]}")

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Element]:
        """The elements of a run of blocks, in order."""
        after_table, upright = False, self.width
        for number, block in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            held = following if isinstance(block, Heading) else block  # a heading stays with it
            wide = isinstance(held, Table) and tables.too_wide(held, upright)
            if self.pages is not None and wide != self.pages.turned:
                yield self.pages.turn()
                self.width = self.pages.width if self.pages.turned else upright
                after_table = False
            made = self._block(block, following)
            headed = isinstance(block, Heading | Table | Chart)  # their styles make room above
            if after_table and made and not headed:
                _space_before(made[0])
            after_table = bool(made) and made[-1].tag != q("p")
            yield from made
        if self.pages is not None and self.pages.turned:
            yield self.pages.turn()
            self.width = upright

    def _block(self, block: Block, following: Block | None) -> list[Element]:
        if isinstance(block, Heading):
            level = min(max(block.level, 1), 3)
            return [self.paragraph(f"heading_{level}", block.line)]
        if isinstance(block, Paragraph):
            role = "numbered" if block.numbered else "note" if block.style == "note" else "body"
            return [self.paragraph(role, block.line, keep=isinstance(following, Bullets))]
        if isinstance(block, Bullets):
            last = len(block.items) - 1
            return [
                self.paragraph("bullets_last" if at == last else "bullets", item)
                for at, item in enumerate(block.items)
            ]
        if isinstance(block, KeyPoints):
            return list(self._key_points(block))
        if isinstance(block, Table):
            made, long = tables.table(self, block)
            held = self.controls.around([made], "table", block.name)
            last = len(block.notes) - 1
            notes = [
                self.paragraph("note", (Text(note),), keep=long or at < last)
                for at, note in enumerate(block.notes)
            ]
            return (
                [self._caption(block), *notes, held]
                if long
                else [self._caption(block), held, *notes]
            )
        return [self._caption(block), self._chart(block)]

    def paragraph(self, role: str, line: Line, keep: bool = False) -> Element:
        """A paragraph in the style of a role, numbered by us where its style does not."""
        made = new("p")
        self.shape(add(made, "pPr"), role, keep)
        self.runs(made, line)
        return made

    def shape(self, properties: Element, role: str, keep: bool = False) -> None:
        """Style, keep-with-next and numbering of a paragraph."""
        if self.styles[role]:
            add(properties, "pStyle", val=self.styles[role])
        if keep or role == "caption":
            add(properties, "keepNext")
        number = self.numbering.for_role("bullets" if role == "bullets_last" else role)
        if role == "key_points_title" and self.styles.borrowed(role, "key_points"):
            number = "0"  # it borrows the style of its points, not their bullet
        if number:
            listed = add(properties, "numPr")
            add(listed, "ilvl", val="0")
            add(listed, "numId", val=number)
        if role in ("key_points", "key_points_title") and "key_points" in self.styles.direct:
            _boxed(properties)
        if role == "note" and role in self.styles.direct:
            add(properties, "spacing", before="80", after="160")

    def runs(self, parent: Element, line: Line, marked: bool = True) -> None:
        """The line's runs: plain, live figures, links and references."""
        for run in line:
            if run.ref:
                self._reference(parent, run)
            elif run.figure:
                self.controls.figure(parent, self.run(run), run.figure, marked)
            elif run.link.lower().startswith(LINKS):
                where = self.package.relate(
                    self.package.document, "hyperlink", ooxml.clean(run.link), external=True
                )
                link = add(parent, "hyperlink")
                link.set(q("r:id"), where)
                link.append(self.run(run, linked=True))
            elif run.text:
                parent.append(self.run(run))

    def run(self, run: Text, linked: bool = False) -> Element:
        """One w:r with its words."""
        made = new("r")
        if run.bold or run.italic or linked:
            properties = add(made, "rPr")
            if linked and self.styles["link"]:
                add(properties, "rStyle", val=self.styles["link"])
            if run.bold:
                add(properties, "b")
                add(properties, "bCs")
            if run.italic:
                add(properties, "i")
                add(properties, "iCs")
            if linked and not self.styles["link"]:
                add(properties, "color", val="0B4F9E")
                add(properties, "u", val="single")
        words(made, run.text)
        return made

    def _reference(self, parent: Element, run: Text) -> None:
        name = run.ref
        if ":" not in name:
            name = f"table:{name}" if f"table:{name}" in self.labels else f"chart:{name}"
        label = self.labels.get(name)
        if label is None:
            raise WriteError(
                f"the report refers to {name}, but has no such table or chart.",
                "Add it to the text, or take the reference out.",
                code="reference-unknown",
            )
        kind: tags.Kind = "table" if name.startswith("table:") else "chart"
        mark = tags.bookmark(name.partition(":")[2], kind)
        # no \h: a click should not need Ctrl, and LibreOffice keeps both
        simple_field(parent, f" REF {mark} \\h ", label)

    def _caption(self, block: Table | Chart) -> Element:
        kind = kind_of(block)
        label, number = LABELS[kind], str(self.made.get(kind, 0) + 1)
        first = self.labels[f"{kind}:{block.name}"] == f"{label} {number}"
        self.made[kind] = int(number)
        made = new("p")
        self.shape(add(made, "pPr"), "caption")
        start, end = self.controls.bookmark(tags.bookmark(block.name, kind))
        if first:
            made.append(start)
        words(add(made, "r"), f"{label} ")
        simple_field(made, f" SEQ {label} \\* ARABIC ", number)
        if first:
            made.append(end)
        words(add(made, "r"), f": {block.caption}")
        return made

    def _chart(self, chart: Chart) -> Element:
        made = new("p")
        self.shape(add(made, "pPr"), "picture")
        label = f"{LABELS['chart']} {self.made['chart']}"
        self.awaited.append((add(made, "r"), chart, label, self.width))
        return self.controls.around([made], "chart", chart.name)

    def show(self, pictures: Mapping[str, Picture]) -> None:
        """Put each chart's picture in its place: last of all, because they may yet be drawn."""
        for number, (run, chart, label, width) in enumerate(self.awaited, self.next_drawing):
            if chart.name not in pictures:
                raise WriteError(
                    f"no picture was drawn of the chart '{chart.name}'.", code="picture-missing"
                )
            picture = pictures[chart.name]
            run.append(drawing.picture(self.package, picture, chart.alt, label, number, width))

    def _key_points(self, box: KeyPoints) -> Iterator[Element]:
        if box.title:
            title = (Text(box.title, bold=True),)
            yield self.paragraph("key_points_title", title, keep=True)
        last = len(box.items) - 1
        for number, item in enumerate(box.items):
            yield self.paragraph("key_points", item, keep=number < last)


def kind_of(block: Table | Chart) -> tags.Kind:
    """Whether a block is a table or a chart."""
    return "table" if isinstance(block, Table) else "chart"


_MINUS = re.compile(r"(?<![\w.,)])-(?=[\d\u00a3])")
"""A hyphen before a number: a minus, at which no line may break."""


def words(run: Element, text: str) -> None:
    """Text into a run; line ends become Word's line breaks, tabs its tabs."""
    text = ooxml.clean(_MINUS.sub("\u2212", text))
    if not _BREAKS.search(text):
        _letters(run, text)
        return
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            add(run, "br")
        for place, piece in enumerate(line.split("\t")):
            if place:
                add(run, "tab")
            _letters(run, piece)


_BREAKS = re.compile(r"[\r\n\t]")


def _letters(run: Element, text: str) -> None:
    if text:
        made = add(run, "t")
        made.text = text
        if text != text.strip() or "  " in text:
            made.set(q("xml:space"), "preserve")


def simple_field(parent: Element, instruction: str, shown: str) -> None:
    """A field as Word writes it, with the text that it shows until it is updated."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = add(parent, "r")
        if kind == "instruction":
            code = add(run, "instrText")
            code.text = instruction
            code.set(q("xml:space"), "preserve")
        elif kind == "shown":
            words(run, shown)
        else:
            add(run, "fldChar", fldCharType=kind)


def _boxed(properties: Element) -> None:
    border = add(properties, "pBdr")
    for side in ("top", "left", "bottom", "right"):
        width = "24" if side == "left" else "4"
        add(border, side, val="single", sz=width, space="6", color="12436D")
    add(properties, "shd", val="clear", color="auto", fill="EEF3F8")


def _space_before(paragraph: Element) -> None:
    """Set a paragraph off from the table above it, unless its style does so already."""
    properties = paragraph.find(q("pPr"))
    if properties is None or properties.find(q("spacing")) is not None:
        return
    space = new("spacing", before="240")
    later = [q(name) for name in ("ind", "contextualSpacing", "jc", "rPr", "sectPr")]
    at = next((n for n, child in enumerate(properties) if child.tag in later), len(properties))
    properties.insert(at, space)
