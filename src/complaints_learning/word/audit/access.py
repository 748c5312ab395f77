"""What a reader with a screen reader, a magnifier or a keyboard would trip over."""

from __future__ import annotations

import re
from collections.abc import Iterator

from complaints_learning.nouns.errors import Problem
from complaints_learning.word import ooxml
from complaints_learning.word.audit.places import Position, problem, style_of
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package

_FILE = re.compile(r"\.(png|jpe?g|gif|svg|emf|wmf|bmp|tiff?|webp)\s*$", re.IGNORECASE)
_EMPTY_NAME = re.compile(r"(picture|image|chart|figure|graphic|diagram)\s*\d*\W*$", re.IGNORECASE)
_DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_HOLDS = tuple(
    q(name) for name in ("drawing", "pict", "object", "sectPr", "br", "fldChar", "fldSimple", "sym")
)


def problems(package: Package) -> Iterator[Problem]:
    """Title, language, headings, blank lines, tables and pictures."""
    yield from _properties(package)
    yield from _headings(package)
    yield from _blank_lines(package)
    yield from _tables(package)
    yield from _pictures(package)


def _properties(package: Package) -> Iterator[Problem]:
    titles = [
        node.text or ""
        for part in package.related("", "core-properties")
        for node in package.root(part).iter(q("dc:title"))
    ]
    if not "".join(titles).strip():
        yield problem(
            package,
            "document-title",
            "the file has no title, which a screen reader reads first.",
            "In Word: File, Info, Title.",
        )
    for part in package.related(package.document, "styles"):
        default = package.root(part).find(
            "/".join(q(name) for name in ("docDefaults", "rPrDefault", "rPr", "lang"))
        )
        language = default.get(q("val"), "") if default is not None else ""
        if language.lower() != "en-gb":
            said = f"is {language}" if language else "is not set"
            yield problem(
                package,
                "document-language",
                f"the language of the text {said}, so a screen reader may read it as another.",
                "In Word: select all, Review, Language, English (United Kingdom), Set as Default.",
            )


def _headings(package: Package) -> Iterator[Problem]:
    position, last = Position(package), 0
    for paragraph in package.root(package.document).iter(q("p")):
        level = position.step(paragraph)
        if not level:
            continue
        if not position.heading:
            yield problem(package, "document-heading", f"a heading {level} is empty.")
            continue
        if level > last + 1:
            above = f"a heading {last}" if last else "the start of the text"
            yield problem(
                package,
                "document-heading",
                f"'{position.heading}' is a heading {level} straight after {above}.",
                f"Make it a heading {last + 1}.",
            )
        last = level


def _blank_lines(package: Package) -> Iterator[Problem]:
    body = package.root(package.document).find(q("body"))
    if body is None:
        return
    position, run = Position(package), 0
    nodes = [node for node in body if node.tag in (q("p"), q("tbl"), q("sdt"))]
    for number, node in enumerate(nodes):
        if node.tag != q("p"):
            run = 0
            continue
        position.step(node)
        blank = not ooxml.text_of(node).strip() and next(node.iter(*_HOLDS), None) is None
        after_table = number + 1 == len(nodes) and number and nodes[number - 1].tag != q("p")
        run = run + 1 if blank and not after_table else 0
        if run == 1:
            yield problem(
                package,
                "document-blank-line",
                f"{position.here} is empty; space is better made by the style of its neighbours.",
                "Delete it, and set space before or after in the paragraph's style.",
            )


def _tables(package: Package) -> Iterator[Problem]:
    for number, table in enumerate(package.root(package.document).iter(q("tbl")), 1):
        where = f"table {number}{_caption(table)}"
        rows = ooxml.rows_of(table)
        if not rows or not _on(rows[0].find(f"{q('trPr')}/{q('tblHeader')}")):
            yield problem(
                package,
                "document-table-header",
                f"{where} has no header row that repeats.",
                "In Word: select its first row, Table Layout, Repeat Header Rows.",
            )
        if _merged(table):
            yield problem(
                package,
                "document-table-merged",
                f"{where} has merged or split cells or a table inside a cell.",
                "Split them, and repeat the words in each cell.",
            )
        elif len({len(ooxml.cells_of(row)) for row in rows}) > 1:
            yield problem(
                package, "document-table-merged", f"{where} has rows of different lengths."
            )


def _caption(table: Element) -> str:
    node = table if table.getprevious() is not None else next(table.iterancestors(q("sdt")), table)
    above = node.getprevious()
    while above is not None and above.tag != q("p"):
        above = above.getprevious()
    if above is None or "caption" not in style_of(above).lower():
        return ""
    return f" ('{ooxml.text_of(above).strip()[:60]}')"


def _on(flag: Element | None) -> bool:
    return flag is not None and flag.get(q("val"), "1") not in ("0", "false", "off")


def _merged(table: Element) -> bool:
    spans = [int(node.get(q("val"), "1")) for node in table.iter(q("gridSpan"))]
    merged = next(table.iter(q("vMerge"), q("hMerge")), None) is not None
    inside = next((t for t in table.iter(q("tbl")) if t is not table), None) is not None
    return merged or inside or any(span > 1 for span in spans)


def _pictures(package: Package) -> Iterator[Problem]:
    for number, drawing in enumerate(package.root(package.document).iter(q("drawing")), 1):
        about = next(drawing.iter(q("wp:docPr")), None)
        if about is None:
            continue
        decorative = next(drawing.iter(_DECORATIVE), None)
        if decorative is not None and decorative.get("val") in ("1", "true"):
            continue
        words = about.get("descr", "").strip()
        if not words:
            yield problem(
                package,
                "document-alt-text",
                f"picture {number} has no alternative text.",
                "In Word: right-click the picture, View Alt Text, say what it shows.",
            )
        elif _FILE.search(words) or _EMPTY_NAME.match(words):
            yield problem(
                package,
                "document-alt-text",
                f"picture {number}: its alternative text is a name, not what it shows.",
                "In Word: right-click the picture, View Alt Text, say what it shows.",
            )
        if drawing.find(q("wp:anchor")) is not None:
            yield problem(
                package,
                "document-picture-floating",
                f"picture {number} floats beside the text, where a screen reader may miss it.",
                "In Word: Picture Format, Wrap Text, In Line with Text.",
            )
