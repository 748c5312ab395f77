"""Where something is in a Word file, in words that find it: 'paragraph 4 under Themes'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.word import ooxml
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package


def problem(package: Package, code: str, message: str, hint: str = "") -> Problem:
    """A problem of the whole file; the message says where in it."""
    return Problem(code, message, Place(file=package.name), hint)


def texts(package: Package) -> Iterator[tuple[str, Element]]:
    """The parts that hold text, each with its name for a reader."""
    yield "text", package.root(package.document)
    for kind in ("header", "footer", "footnotes", "endnotes"):
        for part in package.related(package.document, kind):
            yield kind, package.root(part)


def heading_levels(package: Package) -> dict[str, int]:
    """The style ids that are headings, with their level."""
    found = {}
    for part in package.related(package.document, "styles"):
        for style in package.root(part).iter(q("style")):
            name = style.find(q("name"))
            match = re.fullmatch(
                r"heading ([1-9])", name.get(q("val"), "").lower() if name is not None else ""
            )
            if match:
                found[style.get(q("styleId"), "")] = int(match[1])
    return found


def style_of(paragraph: Element) -> str:
    """The style id of a paragraph, '' for the default."""
    style = paragraph.find(f"{q('pPr')}/{q('pStyle')}")
    return style.get(q("val"), "") if style is not None else ""


class Position:
    """Walks the text and can say where it is."""

    def __init__(self, package: Package) -> None:
        self.levels = heading_levels(package)
        self.heading = ""
        self.count = 0

    def step(self, paragraph: Element) -> int:
        """Take note of a paragraph; its heading level or 0."""
        level = self.levels.get(style_of(paragraph), 0)
        if level:
            self.heading, self.count = ooxml.text_of(paragraph).strip(), 0
        else:
            self.count += 1
        return level

    @property
    def here(self) -> str:
        """'paragraph 2 under 'Themes''."""
        where = f" under '{self.heading}'" if self.heading else ""
        return f"paragraph {self.count}{where}" if self.count else f"heading '{self.heading}'"
