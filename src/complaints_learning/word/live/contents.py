"""An edited Word file in; its figures, tables and charts out, each with its place.

Word moves, nests and splits content controls, and wraps them around cells and paragraphs;
LibreOffice before 7.5 forgets their tags and those around tables and charts. So a figure is what
stands in a control of ours, or between a bookmark of ours when the control lost its tag; a table
or chart is what stands in its control, or next after its caption's bookmark. Deleted text that
is still tracked is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from msgspec import Struct

from complaints_learning.word import tags
from complaints_learning.word.live.where import Counter
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package

_NOT_READ = frozenset(
    q(name) for name in ("del", "moveFrom", "delText", "sdtPr", "pPr", "rPr", "p")
)
"""Text that is deleted, settings, and paragraphs inside a paragraph, which are read themselves."""
_LIKE_TEXT = {**dict.fromkeys(map(q, ("tab", "br", "cr")), " "), q("noBreakHyphen"): "-"}
_REFERENCES = (["REF"], ["SEQ"], ["PAGE"], ["PAGEREF"])
"""The first words of fields that refer to something: 'Table 4'."""
_FALLBACK = q("mc:Fallback")


@dataclass(slots=True, eq=False)
class Figure:
    """A figure shown once. `tag` is '' when only its bookmark's print is left (`mark`)."""

    tag: str
    mark: str
    texts: list[Element] = field(default_factory=list)
    where: str = ""
    table: Element | None = None
    tagged_inside: bool = False

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(node.text or "" for node in self.texts)


class Piece(Struct, frozen=True, eq=False):
    """A stretch of a paragraph's text, and the figure that it belongs to, if any."""

    text: str
    figure: Figure | None = None
    reference: bool = False


class Words(Struct, frozen=True, eq=False):
    """A paragraph outside our tables: its pieces and its place."""

    paragraph: Element
    pieces: tuple[Piece, ...]
    where: str

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def said(self) -> str:
        """The print of the words, whatever its figures and references show."""
        parts, last = [], None
        for piece in self.pieces:
            mark = piece.figure or (piece.reference and "reference") or None
            if mark is None:
                parts.append(piece.text)
            elif mark is not last:
                parts.append("#")
            last = mark
        return tags.said("".join(parts))


class Block(Struct, frozen=True, eq=False):
    """A table or chart of ours: `element` is its w:tbl or w:drawing, None when it is gone."""

    kind: tags.Kind
    tag: str
    mark: str
    element: Element | None
    where: str


class Contents(Struct, frozen=True):
    """All that an edited report shows of ours."""

    name: str
    period: str
    edition: str
    template: str
    figures: tuple[Figure, ...]
    paragraphs: tuple[Words, ...]
    tables: tuple[Block, ...]
    charts: tuple[Block, ...]
    listed: dict[str, int]
    said: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def typed(self, text: str) -> bool:
        """Whether somebody typed these words of a cell or description; never, if none are known."""
        return bool(self.words) and tags.said(text) not in self.words


def of(package: Package) -> Contents:
    """Look through a Word file."""
    root = package.root(package.document)
    counter = Counter(package)
    figures: list[Figure] = []
    paragraphs: list[Words] = []
    places: dict[Element, str] = {}
    for paragraph in root.iter(q("p")):
        if any(above.tag == _FALLBACK for above in paragraph.iterancestors(_FALLBACK)):
            continue
        where = counter.step(paragraph)
        places[paragraph] = where
        pieces = _pieces(paragraph)
        table = next(paragraph.iterancestors(q("tbl")), None)
        for figure in dict.fromkeys(piece.figure for piece in pieces if piece.figure):
            figure.where, figure.table = where, table
            figures.append(figure)
        paragraphs.append(Words(paragraph, tuple(pieces), where))
    blocks = _blocks(root, places)
    record = _record(package)
    tagged = next((figure.tag.split(":")[1] for figure in figures if figure.tag), "")
    return Contents(
        package.name,
        record.period or tagged,
        record.edition,
        record.template,
        tuple(figures),
        tuple(paragraphs),
        tuple(block for block in blocks if block.kind == "table"),
        tuple(block for block in blocks if block.kind == "chart"),
        record.listed,
        record.said,
        record.words,
    )


def tag_of(control: Element) -> str:
    """Our tag on a content control, or ''."""
    node = control.find(f"{q('sdtPr')}/{q('tag')}")
    value = node.get(q("val"), "") if node is not None else ""
    return value if value.startswith(tags.PREFIX) else ""


def _pieces(paragraph: Element) -> list[Piece]:
    """The paragraph's visible text in order, each stretch with its figure."""
    around = next(filter(None, map(_figure_tag, paragraph.iterancestors(q("sdt")))), "")
    reading = _Reading()
    reading.read(paragraph, Figure(around, "") if around else None)
    return reading.pieces()


def _figure_tag(control: Element) -> str:
    """Our tag on a control around a figure, or ''."""
    tag = tag_of(control)
    return tag if tag and tags.kind(tag) == "figure" else ""


class _Stretch(Struct, frozen=True, eq=False):
    """Text in a row, with the figure's control and the figure's bookmark that it stands in."""

    text: str
    node: Element | None
    control: Figure | None
    bookmark: Figure | None
    reference: bool


class _Reading:
    """Reads one paragraph from its start, and knows at each text what it stands in.

    A control says which figure a text is. A bookmark says it only when no control does: where one
    begins inside the bookmark, the text beside it is somebody's own. That may come after the text,
    so stretches keep both, and `pieces` chooses at the end.
    """

    def __init__(self) -> None:
        self.stretches: list[_Stretch] = []
        self.bookmarks: dict[str, Figure] = {}
        """Of ours and open, by their ids, the innermost last."""
        self.fields: list[str] = []
        """The codes of the fields that are open ('REF _Ref12 \\h'), the innermost last."""

    def read(self, node: Element, control: Figure | None) -> None:
        """Read all inside a node; `control` is the figure whose control the node stands in."""
        for child in node:
            if child.tag == q("t"):
                self._text(child.text or "", child, control)
            elif child.tag in _LIKE_TEXT:
                self._text(_LIKE_TEXT[child.tag], None, control)
            elif child.tag in (q("fldChar"), q("instrText")):
                self._field(child)
            elif child.tag == q("fldSimple"):
                self.fields.append(child.get(q("instr"), ""))
                self.read(child, control)
                self.fields.pop()
            elif child.tag in (q("bookmarkStart"), q("bookmarkEnd")):
                self._bookmark(child)
            elif child.tag == q("sdt"):
                self._control(child, control)
            elif child.tag not in _NOT_READ and isinstance(child.tag, str):
                self.read(child, control)

    def _text(self, text: str, node: Element | None, control: Figure | None) -> None:
        bookmark = next(reversed(self.bookmarks.values()), None)
        reference = any(code.split()[:1] in _REFERENCES for code in self.fields)
        self.stretches.append(_Stretch(text, node, control, bookmark, reference))

    def _field(self, node: Element) -> None:
        """A field of three marks: its code stands after the first, its text after the second."""
        kind = node.get(q("fldCharType"), "")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()
        elif node.tag == q("instrText") and self.fields:
            self.fields[-1] += node.text or ""

    def _bookmark(self, node: Element) -> None:
        number, name = node.get(q("id"), ""), node.get(q("name"), "")
        if node.tag == q("bookmarkEnd"):
            self.bookmarks.pop(number, None)
        elif name.startswith(tags.FIGURE_MARK):
            mark = name.removeprefix(tags.FIGURE_MARK).partition("_")[0]
            self.bookmarks[number] = Figure("", mark)

    def _control(self, node: Element, around: Figure | None) -> None:
        tag = _figure_tag(node)
        if tag and node.find(f"{q('sdtPr')}/{q('showingPlcHdr')}") is not None:
            return  # Word's 'Click to enter text' where somebody deleted the figure
        if tag:
            for bookmark in self.bookmarks.values():
                bookmark.tagged_inside = True
        self.read(node, Figure(tag, "") if tag else around)

    def pieces(self) -> list[Piece]:
        """The stretches with the one figure that each belongs to, if nobody emptied it."""
        result = []
        for one in self.stretches:
            marked = one.bookmark if one.bookmark and not one.bookmark.tagged_inside else None
            figure = one.control or marked
            if figure is not None and one.node is not None:
                figure.texts.append(one.node)
            result.append(Piece(one.text, figure, one.reference))
        return [one for one in result if one.figure is None or one.figure.text.strip()]


def _blocks(root: Element, places: dict[Element, str]) -> list[Block]:
    found: list[Block] = []
    held: set[Element] = set()
    wanted = {"table": q("tbl"), "chart": q("drawing")}
    for control in root.iter(q("sdt")):
        tag = tag_of(control)
        kind = tags.kind(tag) if tag else "figure"
        if kind != "figure":
            element = next(control.iter(wanted[kind]), None)
            if element is not None:
                held.add(element)
                found.append(Block(kind, tag, "", element, _above(element, places)))
    for start in root.iter(q("bookmarkStart")):
        name = start.get(q("name"), "")
        kind = _bookmarked(name)
        caption = next(start.iterancestors(q("p")), None)
        if kind == "figure" or caption is None:
            continue
        element = _after(caption, wanted[kind])
        if element is not None and element not in held:
            held.add(element)
            found.append(Block(kind, "", name, element, places.get(caption, "")))
    return found


def _bookmarked(name: str) -> tags.Kind:
    if name.startswith("_cl_table_"):
        return "table"
    return "chart" if name.startswith("_cl_chart_") else "figure"


def _after(caption: Element, wanted: str) -> Element | None:
    """The next table or drawing after a caption, if nothing but empty text stands between."""
    node, steps = caption.getnext(), 0
    while node is not None and steps < 4:
        hit = node if node.tag == wanted else next(node.iter(wanted), None)
        if hit is not None:
            return hit
        starts = node.iter(q("bookmarkStart"))
        if any(_bookmarked(start.get(q("name"), "")) != "figure" for start in starts):
            return None
        node, steps = node.getnext(), steps + 1
    return None


def _above(element: Element, places: dict[Element, str]) -> str:
    for paragraph in element.iter(q("p")):
        return places.get(paragraph, "")
    own = next(element.iterancestors(q("p")), None)
    return places.get(own, "") if own is not None else ""


class _Record(Struct, frozen=True):
    """What a file says of itself: '' and empty for what it lost."""

    period: str = ""
    edition: str = ""
    template: str = ""
    listed: dict[str, int] = {}
    said: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


def _record(package: Package) -> _Record:
    """The record that `write.record` put in, or what is left of it in a property."""
    for part in package.related(package.document, "customXml"):
        root = package.root(part)
        if root.tag == f"{{{tags.RECORD}}}report":
            return _Record(
                root.get("period", ""),
                root.get("edition", ""),
                root.get("template", ""),
                {
                    node.get("tag", ""): int(node.get("times", "1") or 1)
                    for node in root
                    if node.get("tag") and node.get("times", "1").isdigit()
                },
                frozenset(node.get("print", "") for node in root if node.get("print")),
                frozenset(node.get("words", "") for node in root if node.get("words")),
            )
    for part in package.related("", "custom-properties"):
        for node in package.root(part):
            if node.get("name") == tags.PROPERTY:
                words = [*"".join(node.itertext()).split("; "), "", "", ""]
                period, edition, _, template = words[:4]
                return _Record(period, edition, template)
    return _Record()


def in_tables(figures: Iterable[Figure], tables: Iterable[Block]) -> Iterator[Figure]:
    """The figures that stand in our own tables."""
    ours = {table.element for table in tables}
    return (figure for figure in figures if figure.table in ours)
