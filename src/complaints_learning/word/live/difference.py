"""One thing in an edited report that no longer matches the data, and how a person is told of it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Told = Literal["figure", "unknown", "deleted", "typed", "cell", "row", "table", "chart"]
Kind = Told | Literal["described", "wording"]


class Difference(Struct, frozen=True):
    """One thing that no longer matches: what it was in the document, what it is in the data."""

    kind: Kind
    name: str
    was: str
    now: str
    where: str
    sentence: str = ""

    def __str__(self) -> str:
        return _SAID[self.kind](self)


def _quoted(one: Difference) -> str:
    return f"\n    {one.sentence}" if one.sentence else ""


_SAID = {
    "figure": lambda d: f"{d.where}: {d.name} was '{d.was}', is '{d.now}'.{_quoted(d)}",
    "unknown": lambda d: (
        f"{d.where}: '{d.was}' shows {d.name}, which this data does not have.{_quoted(d)}"
    ),
    "deleted": lambda d: (
        f"the {d.was} {d.name} was taken out" + (f"; the data says {d.now}." if d.now else ".")
    ),
    "typed": lambda d: (
        f"{d.where}: '{d.was}' was typed by hand; {d.name} is '{d.now}'.{_quoted(d)}"
    ),
    "cell": lambda d: f"table '{d.name}', {d.where}: was '{d.was}', is '{d.now}'.",
    "row": lambda d: (
        f"table '{d.name}', {d.where}: " + ("new in the data." if d.now else "not in the data.")
    ),
    "table": lambda d: f"{d.where}: the table {d.name} is not in this report.",
    "chart": lambda d: (
        f"{d.where}: the chart '{d.name}' shows other numbers than the data."
        if d.now
        else f"{d.where}: the chart {d.name} is not in this report."
    ),
    "described": lambda d: (
        f"{d.where}: the description of the chart '{d.name}' was "
        + ("typed by hand; hold it against the data." if d.was else "taken out.")
    ),
    "wording": lambda d: f"{d.where}: {d.now}{_quoted(d)}",
}
