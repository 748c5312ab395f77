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
    used: dict[str, int] = field(default_factory=dict)
    _last: int = FIRST_ID - 1

    def figure(self, parent: Element, run: Element, name: str) -> None:
        """A figure inside a sentence or cell."""
        control = add(parent, "sdt")
        self._properties(control, tags.tag(self.period, name), plain=True)
        add(control, "sdtContent").append(run)

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
