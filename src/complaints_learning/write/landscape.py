"""Tables too wide for an upright page: section breaks that turn the page, and turn it back."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from complaints_learning.ooxml import Element, add, new, q


@dataclass(slots=True)
class Pages:
    """The pages at the place where the report goes. `section` is the sectPr that ends them."""

    section: Element
    turned: bool = False

    @property
    def width(self) -> int:
        """The text's width on a turned page, in twentieths of a point."""
        size, margin = self.section.find(q("pgSz")), self.section.find(q("pgMar"))
        tall = int(size.get(q("h"), "16838"))
        sides = int(margin.get(q("left"), "1418")) + int(margin.get(q("right"), "1418"))
        return max(tall - sides, 2000)

    def turn(self) -> Element:
        """The paragraph that ends the pages so far, after which they lie the other way.

        Page numbers go on and a first page of its own stays the first: what starts them is
        taken from every later section.
        """
        ended = copy.deepcopy(self.section)
        for mark in ended.findall(q("type")):
            ended.remove(mark)
        if self.turned:
            _lie_down(ended)
        else:
            for mark in self.section.findall(q("titlePg")):
                self.section.remove(mark)
            for mark in self.section.findall(q("pgNumType")):
                mark.attrib.pop(q("start"), None)
        self.turned = not self.turned
        made = new("p")
        properties = add(made, "pPr")
        add(properties, "spacing", before="0", after="0", line="20", lineRule="exact")
        properties.append(ended)
        return made


def _lie_down(section: Element) -> None:
    size = section.find(q("pgSz"))
    across, tall = size.get(q("w"), "11906"), size.get(q("h"), "16838")
    size.set(q("w"), tall)
    size.set(q("h"), across)
    size.set(q("orient"), "landscape")


def may_turn(section: Element | None) -> bool:
    """Whether the pages stand upright in one column and have a size."""
    if section is None:
        return False
    size, margin, columns = (section.find(q(name)) for name in ("pgSz", "pgMar", "cols"))
    if size is None or margin is None:
        return False
    several = columns is not None and int(columns.get(q("num"), "1")) > 1
    upright = int(size.get(q("w"), "11906")) < int(size.get(q("h"), "16838"))
    return upright and not several
