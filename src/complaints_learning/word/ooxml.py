"""The few words of Word's own XML that reading and writing share: names, elements, texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

from lxml import etree as etree

Element: TypeAlias = Any
"""An lxml element: lxml comes without types."""

NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@cache
def q(name: str) -> str:
    """A prefixed name in lxml's own form; no prefix means Word's main one.

    >>> q("p")[-6:], q("r:id")[-4:]
    ('main}p', 's}id')
    """
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMES[prefix or 'w']}}}{local}"


def new(name: str, /, **attributes: str) -> Element:
    """An element; attributes are Word's (``val="1"``)."""
    return etree.Element(q(name), {q(key): value for key, value in attributes.items()})


def add(parent: Element, name: str, /, **attributes: str) -> Element:
    """A new last child."""
    return etree.SubElement(parent, q(name), {q(key): value for key, value in attributes.items()})


def clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _ILLEGAL.sub("", text)


def parsed(data: bytes) -> Element:
    """XML from a file we do not trust: no entities, no network, no document type."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise etree.XMLSyntaxError("a document type is not allowed", 0, 0, 0)
    return root


def declared(root: Element, *prefixes: str) -> Element:
    """The same root with prefixes declared once, and marked as ones to pass over if unknown."""
    if all(prefix in root.nsmap for prefix in prefixes):
        made = root
    else:
        names = {**root.nsmap, **{prefix: NAMES[prefix] for prefix in (*prefixes, "mc")}}
        made = etree.Element(root.tag, dict(root.attrib), nsmap=names)
        made.text = root.text
        made.extend(list(root))
    passed = made.get(q("mc:Ignorable"), "").split()
    passed += [prefix for prefix in prefixes if prefix.startswith("w1") and prefix not in passed]
    if passed:
        made.set(q("mc:Ignorable"), " ".join(passed))
    return made


def serialised(root: Element) -> bytes:
    """The XML as Word writes it."""
    out: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return out


def rows_of(table: Element) -> list[Element]:
    """The rows of a table itself, also those that Word put in controls, but none whose deletion is
    tracked."""
    gone = f"{q('trPr')}/{q('del')}"
    rows = (row for row in table.iter(q("tr")) if next(row.iterancestors(q("tbl"))) is table)
    return [row for row in rows if row.find(gone) is None]


def cells_of(row: Element) -> list[Element]:
    """The cells of a row itself."""
    return [cell for cell in row.iter(q("tc")) if next(cell.iterancestors(q("tr"))) is row]


def text_of(element: Element, deleted: bool = False) -> str:
    """The words a reader sees: tabs and breaks as spaces, no field codes, no deleted text."""
    return "".join(_pieces(element, deleted))


def _pieces(element: Element, deleted: bool) -> Iterator[str]:
    t, gone, old = q("t"), q("delText"), (q("del"), q("moveFrom"))
    for node in element.iter(t, gone, q("tab"), q("br"), q("cr"), q("noBreakHyphen")):
        if node.tag == t:
            if deleted or not any(a.tag in old for a in _until(node, element)):
                yield node.text or ""
        elif node.tag == gone:
            if deleted:
                yield node.text or ""
        elif node.tag == q("noBreakHyphen"):
            yield "-"
        elif node.getparent() is not None and node.getparent().tag == q("r"):
            yield " "


def _until(node: Element, top: Element) -> Iterator[Any]:
    for ancestor in node.iterancestors():
        if ancestor is top:
            return
        yield ancestor
