"""Where a paragraph is, as a person would say it: 'paragraph 5', or under which heading."""

from __future__ import annotations

import re

from complaints_learning.word import ooxml
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package


class Counter:
    """Counts numbered paragraphs as Word does, and remembers the heading above."""

    def __init__(self, package: Package) -> None:
        self.headings: set[str] = set()
        self.numbers: dict[str, str] = {}
        self.based: dict[str, str] = {}
        self.decimal: set[str] = set()
        self.counts: dict[str, int] = {}
        self.heading = ""
        for part in package.related(package.document, "styles"):
            self._styles(package.root(part))
        for part in package.related(package.document, "numbering"):
            self._numbering(package.root(part))

    def _styles(self, root: Element) -> None:
        for style in root.iter(q("style")):
            id_ = style.get(q("styleId"), "")
            name = style.find(q("name"))
            if name is not None and re.fullmatch(r"heading \d", name.get(q("val"), "").lower()):
                self.headings.add(id_)
            number = style.find(f"{q('pPr')}/{q('numPr')}/{q('numId')}")
            if number is not None:
                self.numbers[id_] = number.get(q("val"), "0")
            based = style.find(q("basedOn"))
            if based is not None:
                self.based[id_] = based.get(q("val"), "")

    def _numbering(self, root: Element) -> None:
        forms = {}
        for abstract in root.iter(q("abstractNum")):
            level = abstract.find(q("lvl"))
            form = level.find(q("numFmt")) if level is not None else None
            forms[abstract.get(q("abstractNumId"))] = form.get(q("val")) if form is not None else ""
        for number in root.iter(q("num")):
            abstract = number.find(q("abstractNumId"))
            if abstract is not None and forms.get(abstract.get(q("val"))) == "decimal":
                self.decimal.add(number.get(q("numId"), ""))

    def step(self, paragraph: Element) -> str:
        """Take note of a paragraph and say where it is."""
        properties = paragraph.find(q("pPr"))
        style = properties.find(q("pStyle")) if properties is not None else None
        id_ = style.get(q("val"), "") if style is not None else ""
        if id_ in self.headings:
            self.heading = ooxml.text_of(paragraph).strip()
            return f"heading '{self.heading}'"
        number = self._number(properties, id_)
        if number in self.decimal and ooxml.text_of(paragraph).strip():
            self.counts[number] = self.counts.get(number, 0) + 1
            return f"paragraph {self.counts[number]}"
        return f"under '{self.heading}'" if self.heading else "at the start"

    def _number(self, properties: Element | None, style: str) -> str:
        own = properties.find(f"{q('numPr')}/{q('numId')}") if properties is not None else None
        if own is not None:
            return str(own.get(q("val"), "0"))
        seen: set[str] = set()
        while style and style not in seen:
            if style in self.numbers:
                return self.numbers[style]
            seen.add(style)
            style = self.based.get(style, "")
        return ""
