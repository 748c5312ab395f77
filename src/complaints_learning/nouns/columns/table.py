"""What a column and a table are, and the headers that several tables share."""

from __future__ import annotations

from functools import cache
from typing import Literal

from msgspec import Struct

Kind = Literal["reference", "text", "date", "code", "yesno", "number", "money"]


class Column(Struct, frozen=True):
    """One canonical column. `headers` are the spellings that mean it with certainty.

    The first spellings are the strongest: when two columns of one table mean the same, the
    one whose spelling comes first is read.
    """

    name: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False


class Table(Struct, frozen=True, eq=False):
    """One kind of table a council exports. `ignored` headers are known and never read.

    `either` lists headers that councils use for different columns: only the values under them
    can tell which.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    ignored: tuple[str, ...] = ()
    either: tuple[tuple[str, tuple[str, ...]], ...] = ()

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
    *("unique reference", "feedback reference", "icasework ref", "urn"),
)
SERVICE = (
    *("service", "service area", "business unit", "department", "service name", "service unit"),
    *("division", "area of service", "service involved"),
)
