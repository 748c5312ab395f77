"""Tables too wide for an upright page: section breaks that turn the page, and turn it back."""

from __future__ import annotations

import copy
from dataclasses import dataclass

from complaints_learning.word.ooxml import Element, add, new, q


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
        return max(tall - _margin(margin, "left") - _margin(margin, "right"), 2000)

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
    margin = section.find(q("pgMar"))
    for side in ("top", "bottom", "left", "right"):
        margin.set(q(side), str(_margin(margin, side)))


_WIDEST = 1134  # 2 cm: a table that needed the page turned needs its room
_LINE = 420  # what the header or footer takes, and a little to spare


def _margin(margins: Element, side: str) -> int:
    """A margin of a turned page: the council's own, or 2 cm where that is less."""
    own = int(margins.get(q(side), "1418"))
    beyond = {"top": "header", "bottom": "footer"}.get(side)
    least = int(margins.get(q(beyond), "624")) + _LINE if beyond else 0
    return min(own, max(_WIDEST, least))


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
