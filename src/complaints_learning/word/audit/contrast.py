"""Whether text stands out from what is behind it: 4.5 to 1, large text 3 to 1 (WCAG 2.2 AA)."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from complaints_learning.nouns.contrast import ratio
from complaints_learning.nouns.errors import Problem
from complaints_learning.word import ooxml
from complaints_learning.word.audit.places import Position, problem, style_of, texts
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package

WHITE, BLACK = "FFFFFF", "000000"
HIGHLIGHTS = {
    "yellow": "FFFF00",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "blue": "0000FF",
    "red": "FF0000",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGreen": "006400",
    "darkMagenta": "800080",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "darkGray": "A9A9A9",
    "lightGray": "D3D3D3",
    "black": BLACK,
}


class Look(Struct, frozen=True):
    """What a style or run says of its letters and what is behind them ('' is unsaid)."""

    ink: str = ""
    behind: str = ""
    size: str = ""
    bold: str = ""

    def over(self, below: Look) -> Look:
        """This look, and the one below where it is silent."""
        return Look(
            self.ink or below.ink,
            self.behind or below.behind,
            self.size or below.size,
            self.bold or below.bold,
        )


def problems(package: Package) -> Iterator[Problem]:
    """Each pair of colours that is too close, once, with its first place."""
    sheet = _Sheet(package)
    seen = set()
    for where, root in texts(package):
        position = Position(package)
        for paragraph in root.iter(q("p")):
            position.step(paragraph)
            base = sheet.paragraph(paragraph)
            for run in paragraph.iter(q("r")):
                if not ooxml.text_of(run).strip():
                    continue
                look = sheet.run(run).over(base)
                ink, behind = _colour(look.ink), _colour(look.behind) or WHITE
                if not ink or (ink, behind) in seen:
                    continue
                points = int(look.size or "20") / 2
                large = points >= 18 or (points >= 14 and look.bold == "1")
                if ratio(ink, behind) < (3.0 if large else 4.5):
                    seen.add((ink, behind))
                    place = position.here if where == "text" else where
                    yield problem(
                        package,
                        "document-contrast",
                        f"{place}: text of colour {ink} on {behind} has a contrast of "
                        f"{ratio(ink, behind):.1f} to 1; it needs {'3' if large else '4.5'}.",
                        "Choose a darker colour for the text or a lighter one behind it.",
                    )


class _Sheet:
    """The looks of a file's styles, followed through what they are based on."""

    def __init__(self, package: Package) -> None:
        self.styles: dict[str, Element] = {}
        self.default, self.plain = Look(), ""
        for part in package.related(package.document, "styles"):
            root = package.root(part)
            self.default = _look(
                root.find("/".join(q(n) for n in ("docDefaults", "rPrDefault", "rPr"))), None
            )
            for style in root.iter(q("style")):
                self.styles[style.get(q("styleId"), "")] = style
                if style.get(q("default")) == "1" and style.get(q("type")) == "paragraph":
                    self.plain = style.get(q("styleId"), "")
        self.known: dict[str, Look] = {}
        self.tables: dict[Element, tuple[Element | None, Look, Look]] = {}

    def style(self, id_: str, depth: int = 0) -> Look:
        if id_ not in self.styles or depth > 20:
            return Look()
        if id_ not in self.known:
            node = self.styles[id_]
            based = node.find(q("basedOn"))
            below = self.style(based.get(q("val"), ""), depth + 1) if based is not None else Look()
            self.known[id_] = _look(node.find(q("rPr")), node.find(q("pPr"))).over(below)
        return self.known[id_]

    def paragraph(self, paragraph: Element) -> Look:
        own = _look(None, paragraph.find(q("pPr")))
        styled = self.style(style_of(paragraph) or self.plain)
        cell = next(paragraph.iterancestors(q("tc")), None)
        table = self._cell(cell) if cell is not None else Look()
        return own.over(styled).over(table).over(self.default)

    def run(self, run: Element) -> Look:
        properties = run.find(q("rPr"))
        named = properties.find(q("rStyle")) if properties is not None else None
        below = self.style(named.get(q("val"), "")) if named is not None else Look()
        return _look(properties, None).over(below)

    def _cell(self, cell: Element) -> Look:
        shade = cell.find(f"{q('tcPr')}/{q('shd')}")
        own = Look(behind=shade.get(q("fill"), "") if shade is not None else "")
        table = next(cell.iterancestors(q("tbl")))
        if table not in self.tables:
            self.tables[table] = self._table(table)
        first, top, rest = self.tables[table]
        return own.over(top if next(cell.iterancestors(q("tr"))) is first else rest)

    def _table(self, table: Element) -> tuple[Element | None, Look, Look]:
        """A table's first row, and what its style says of that and of the other rows."""
        first = next(table.iter(q("tr")), None)
        name = table.find(f"{q('tblPr')}/{q('tblStyle')}")
        style = self.styles.get(name.get(q("val"), "")) if name is not None else None
        if style is None:
            return first, Look(), Look()
        rest = _look(style.find(q("rPr")), style.find(q("tcPr")))
        top = rest
        for part in style.findall(q("tblStylePr")):
            if part.get(q("type")) == "firstRow":
                top = _look(part.find(q("rPr")), part.find(q("tcPr"))).over(rest)
        return first, top, rest


def _look(letters: Element | None, ground: Element | None) -> Look:
    ink = behind = size = bold = ""
    for node in letters if letters is not None else ():
        if node.tag == q("color"):
            ink = node.get(q("val"), "")
        elif node.tag == q("shd"):
            behind = node.get(q("fill"), "")
        elif node.tag == q("highlight"):
            behind = HIGHLIGHTS.get(node.get(q("val"), ""), "")
        elif node.tag == q("sz"):
            size = node.get(q("val"), "")
        elif node.tag == q("b"):
            bold = "0" if node.get(q("val")) in ("0", "false") else "1"
    shade = ground.find(q("shd")) if ground is not None else None
    if shade is not None and not behind:
        behind = shade.get(q("fill"), "")
    # 'auto' is Word's own choice, which is always legible
    return Look(ink, "" if behind == "auto" else behind, size, bold)


def _colour(text: str) -> str:
    return (
        text.upper() if len(text) == 6 and all(c in "0123456789abcdefABCDEF" for c in text) else ""
    )
