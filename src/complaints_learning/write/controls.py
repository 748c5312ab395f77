"""Content controls: a figure, table or chart wrapped so that it can be found again by name."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from complaints_learning.word import tags
from complaints_learning.word.ooxml import Element, add, new, q

FIRST_ID = 710_000_001


@dataclass(slots=True)
class Controls:
    """Makes the controls of one report. `taken` are ids that the shell uses already."""

    period: str
    taken: frozenset[str] = frozenset()
    next_bookmark: int = 1
    used: dict[str, int] = field(default_factory=dict)
    blank: Element = field(default_factory=lambda: empty())
    _last: int = FIRST_ID - 1

    def figure(self, parent: Element, run: Element, name: str, marked: bool = True) -> None:
        """A figure inside a sentence (`marked`: with a bookmark too) or a table's cell."""
        tagged = tags.tag(self.period, name)
        if marked:
            start, end = self.bookmark(tags.figure_bookmark(tagged, self.used.get(tagged, 0) + 1))
            parent.append(start)
        control = deepcopy(self.blank)  # copying is quicker than making, and there are many
        self._name(control, tagged)
        control[1].append(run)
        parent.append(control)
        if marked:
            parent.append(end)

    def bookmark(self, name: str) -> tuple[Element, Element]:
        """The start and end of a bookmark."""
        id_ = str(self.next_bookmark)
        self.next_bookmark += 1
        return new("bookmarkStart", id=id_, name=name), new("bookmarkEnd", id=id_)

    def around(self, content: Sequence[Element], kind: tags.Kind, name: str) -> Element:
        """A table or chart as a block of its own."""
        control = deepcopy(self.blank)
        self._name(control, tags.tag(self.period, name, kind))
        control[1].extend(content)
        return control

    def _name(self, control: Element, tag: str) -> None:
        self.used[tag] = self.used.get(tag, 0) + 1
        self._last += 1
        while str(self._last) in self.taken:
            self._last += 1
        properties = control[0]
        properties[0].set(_VAL, tag)
        properties[1].set(_VAL, str(self._last))


_VAL = q("val")


def empty() -> Element:
    """An empty control without name, which shows no frame.

    It is a rich one: LibreOffice runs tracked changes together in a plain one, and people may
    want to set half a figure in bold.
    """
    control = new("sdt")
    properties = add(control, "sdtPr")
    add(properties, "tag", val="")
    add(properties, "id", val="")
    add(properties, "w15:appearance").set(q("w15:val"), "hidden")
    add(control, "sdtContent")
    return control


def name(control: Element, tag: str) -> None:
    """Set a control's tag, keeping the order that the schema asks for."""
    properties = control.find(q("sdtPr"))
    if properties is None:
        properties = new("sdtPr")
        control.insert(0, properties)
    node = properties.find(q("tag"))
    if node is None:
        node = new("tag")
        before = [q(name) for name in ("rPr", "alias")]
        at = sum(1 for child in properties if child.tag in before)
        properties.insert(at, node)
    node.set(q("val"), tag)
