"""Content controls: a figure, table or chart wrapped so that it can be found again by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from complaints_learning import tags
from complaints_learning.ooxml import Element, add, new, q

FIRST_ID = 710_000_001


@dataclass(slots=True)
class Controls:
    """Makes the controls of one report. `taken` are ids that the shell uses already."""

    period: str
    taken: frozenset[str] = frozenset()
    next_bookmark: int = 1
    used: dict[str, int] = field(default_factory=dict)
    _last: int = FIRST_ID - 1

    def figure(self, parent: Element, run: Element, name: str, marked: bool = True) -> None:
        """A figure inside a sentence (`marked`: with a bookmark too) or a table's cell."""
        tagged = tags.tag(self.period, name)
        if marked:
            start, end = self.bookmark(tags.figure_bookmark(tagged, self.used.get(tagged, 0) + 1))
            parent.append(start)
        control = add(parent, "sdt")
        self._properties(control, tagged, plain=True)
        add(control, "sdtContent").append(run)
        if marked:
            parent.append(end)

    def bookmark(self, name: str) -> tuple[Element, Element]:
        """The start and end of a bookmark."""
        id_ = str(self.next_bookmark)
        self.next_bookmark += 1
        return new("bookmarkStart", id=id_, name=name), new("bookmarkEnd", id=id_)

    def around(self, content: Sequence[Element], kind: tags.Kind, name: str) -> Element:
        """A table or chart as a block of its own."""
        control = new("sdt")
        self._properties(control, tags.tag(self.period, name, kind), plain=False)
        add(control, "sdtContent").extend(content)
        return control

    def _properties(self, control: Element, tag: str, plain: bool) -> None:
        self.used[tag] = self.used.get(tag, 0) + 1
        self._last += 1
        while str(self._last) in self.taken:
            self._last += 1
        properties = add(control, "sdtPr")
        add(properties, "tag", val=tag)
        add(properties, "id", val=str(self._last))
        appearance = add(properties, "w15:appearance")
        appearance.set(q("w15:val"), "hidden")
        if plain:
            add(properties, "text")
