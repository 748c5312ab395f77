"""A Word file as plain text: headings, sentences, table cells, picture descriptions.

What a person would notice in a report, so that a change in it reads as a change in words.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_HEADINGS = {f"Heading{level}": "#" * level for level in range(1, 5)} | {"Title": "="}


def of(path: Path) -> str:
    """The outline of the file's body, a line a block."""
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml")).find(f"{_W}body")
    assert body is not None
    return "\n".join(_blocks(body)) + "\n"


def _blocks(parent: etree._Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from _paragraph(child)
        elif child.tag == f"{_W}tbl":
            for row in child.iter(f"{_W}tr"):
                yield "  | " + " | ".join(_text(cell) for cell in row.iter(f"{_W}tc"))
        elif child.tag == f"{_W}sdt":
            content = child.find(f"{_W}sdtContent")
            if content is not None:
                yield from _blocks(content)


def _paragraph(paragraph: etree._Element) -> Iterator[str]:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = "" if style is None else style.get(f"{_W}val", "")
    numbered = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    for picture in paragraph.iter(f"{_WP}docPr"):
        yield f"  [picture: {picture.get('descr')}]"
    text = _text(paragraph)
    if text:
        lead = _HEADINGS.get(name, "-" if numbered else "")
        yield f"{lead} {text}".strip()


def _text(node: etree._Element) -> str:
    return "".join(
        part.text or "" if part.tag == f"{_W}t" else " "
        for part in node.iter(f"{_W}t", f"{_W}tab", f"{_W}br")
    ).strip()
