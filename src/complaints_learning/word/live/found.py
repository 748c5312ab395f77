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

from complaints_learning.word import tags
from complaints_learning.word.live.where import Counter
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package

_GONE = frozenset(q(name) for name in ("del", "moveFrom", "delText", "sdtPr", "pPr", "rPr"))
_SPACES = frozenset(q(name) for name in ("tab", "br", "cr"))
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


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """A stretch of a paragraph's text, and the figure that it belongs to, if any."""

    text: str
    figure: Figure | None = None
    reference: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Words:
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


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A table or chart of ours: `element` is its w:tbl or w:drawing, None when it is gone."""

    kind: tags.Kind
    tag: str
    mark: str
    element: Element | None
    where: str


@dataclass(frozen=True, slots=True)
class Found:
    """All that an edited report shows of ours."""

    name: str
    period: str
    edition: str
    figures: tuple[Figure, ...]
    paragraphs: tuple[Words, ...]
    tables: tuple[Block, ...]
    charts: tuple[Block, ...]
    listed: dict[str, int]
    said: frozenset[str] = frozenset()


def everything(package: Package) -> Found:
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
    period, edition, listed, said = _record(package)
    if not period:
        period = next((figure.tag.split(":")[1] for figure in figures if figure.tag), "")
    return Found(
        package.name,
        period,
        edition,
        tuple(figures),
        tuple(paragraphs),
        tuple(block for block in blocks if block.kind == "table"),
        tuple(block for block in blocks if block.kind == "chart"),
        listed,
        said,
    )


def tag_of(control: Element) -> str:
    """Our tag on a content control, or ''."""
    node = control.find(f"{q('sdtPr')}/{q('tag')}")
    value = node.get(q("val"), "") if node is not None else ""
    return value if value.startswith(tags.PREFIX) else ""


def _pieces(paragraph: Element) -> list[Piece]:
    """The paragraph's visible text in order, each stretch with its figure."""
    walk = _Walk()
    around = next(
        (
            tag_of(control)
            for control in paragraph.iterancestors(q("sdt"))
            if tag_of(control) and tags.kind(tag_of(control)) == "figure"
        ),
        "",
    )
    walk.into(paragraph, Figure(around, "") if around else None)
    return walk.pieces()


class _Walk:
    """Walks one paragraph, keeping the control and the bookmarks it is inside of."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, Element | None, Figure | None, Figure | None, bool]] = []
        self.open: dict[str, Figure] = {}
        self.fields: list[list[str]] = []

    def into(self, node: Element, figure: Figure | None) -> None:
        for child in node:
            tag = child.tag
            if tag == q("t"):
                self._see(child.text or "", child, figure)
            elif tag in _SPACES:
                self._see(" ", None, figure)
            elif tag == q("noBreakHyphen"):
                self._see("-", None, figure)
            elif tag == q("fldChar"):
                self._field(child.get(q("fldCharType"), ""))
            elif tag == q("instrText"):
                if self.fields:
                    self.fields[-1].append(child.text or "")
            elif tag == q("fldSimple"):
                self.fields.append([child.get(q("instr"), "")])
                self.into(child, figure)
                self.fields.pop()
            elif tag == q("bookmarkStart"):
                name = child.get(q("name"), "")
                if name.startswith(tags.FIGURE_MARK):
                    print_ = name[len(tags.FIGURE_MARK) :].partition("_")[0]
                    self.open[child.get(q("id"), "")] = Figure("", print_)
            elif tag == q("bookmarkEnd"):
                self.open.pop(child.get(q("id"), ""), None)
            elif tag == q("sdt"):
                own = tag_of(child)
                mine = Figure(own, "") if own and tags.kind(own) == "figure" else figure
                if mine is not figure:
                    for outer in self.open.values():
                        outer.tagged_inside = True
                self.into(child, mine)
            elif tag not in _GONE and tag != q("p") and isinstance(tag, str):
                self.into(child, figure)

    def _see(self, text: str, node: Element | None, figure: Figure | None) -> None:
        codes = ["".join(code).split()[:1] for code in self.fields]
        refers = any(code in (["REF"], ["SEQ"], ["PAGE"], ["PAGEREF"]) for code in codes)
        self.seen.append((text, node, figure, self._marked(), refers))

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append([])
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _marked(self) -> Figure | None:
        return next(reversed(self.open.values()), None) if self.open else None

    def pieces(self) -> list[Piece]:
        result = []
        for text, node, figure, marked, refers in self.seen:
            owner = figure or (marked if marked and not marked.tagged_inside else None)
            if owner is not None and node is not None:
                owner.texts.append(node)
            result.append(Piece(text, owner, refers))
        return result


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
    node = caption.getnext()
    steps = 0
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


def _record(package: Package) -> tuple[str, str, dict[str, int], frozenset[str]]:
    """Period, edition, controls and sentences that the file lists; '' and empty when lost."""
    for part in package.related(package.document, "customXml"):
        root = package.root(part)
        if root.tag == f"{{{tags.RECORD}}}report":
            listed = {
                node.get("tag", ""): int(node.get("times", "1") or 1)
                for node in root
                if node.get("tag") and node.get("times", "1").isdigit()
            }
            said = frozenset(node.get("print", "") for node in root if node.get("print"))
            return root.get("period", ""), root.get("edition", ""), listed, said
    for part in package.related("", "custom-properties"):
        for node in package.root(part):
            if node.get("name") == tags.PROPERTY:
                words = "".join(node.itertext()).split("; ")
                return words[0], words[1] if len(words) > 1 else "", {}, frozenset()
    return "", "", {}, frozenset()


def in_tables(figures: Iterable[Figure], tables: Iterable[Block]) -> Iterator[Figure]:
    """The figures that stand in our own tables."""
    ours = {table.element for table in tables}
    return (figure for figure in figures if figure.table in ours)
