"""What a column and a table are, and the headers that several tables share."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

Kind = Literal[
    "reference", "name", "text", "date", "code", "words", "service", "yesno", "number", "money"
]
"""What stands in a cell. A `code` is from a short list, `words` are the council's own for a few
groups, a `name` is kept as typed, a `text` is what somebody wrote."""


class Column(Struct, frozen=True):
    """One canonical column. `headers` are the spellings that mean it with certainty.

    The first spellings are the strongest: when two columns of one table mean the same, the
    one whose spelling comes first is read. Where no header means the column that this one
    `stands_for`, its cells are read as that.
    """

    name: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False
    stands_for: str = ""


class Table(Struct, frozen=True, eq=False):
    """One kind of table a council exports. `ignored` headers are known and never read.

    `either` lists headers that councils use for different columns: only the values under them
    can tell which. `files` are words that its files are named with. `value` is the number that a
    row gives: a table that has one needs no cleaning of its own, and a row without it is left out.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    either: tuple[tuple[str, tuple[str, ...]], ...] = ()
    files: tuple[str, ...] = ()
    value: str = ""

    def column(self, name: str) -> Column:
        """The column of that canonical name. KeyError when there is none."""
        return _by_name(self)[name]

    def names(self) -> tuple[str, ...]:
        """The canonical names, in order."""
        return tuple(column.name for column in self.columns)


@cache
def _by_name(table: Table) -> dict[str, Column]:
    return {column.name: column for column in table.columns}


REFERENCE = (
    *("reference", "ref", "case ref", "case reference", "complaint no", "complaint number"),
    *("complaint ref", "complaint reference", "case id", "case number", "respond ref"),
    *("reference number", "ref no", "ref number", "reference no", "complaint id", "our ref"),
    *("unique reference", "feedback reference", "icasework ref", "urn", "complaint ref no"),
    *("complaint reference no", "complaint ref number", "case ref no", "case reference no"),
)
SERVICE = (
    *("service", "service area", "business unit", "department", "service name", "service unit"),
    *("division", "area of service", "service involved"),
)
