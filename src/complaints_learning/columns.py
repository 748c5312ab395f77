"""Each table's columns: canonical name, title, kind of value, and the headers that mean it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["reference", "text", "date", "code", "yesno", "number", "money"]


@dataclass(frozen=True, slots=True)
class Column:
    """One canonical column. `headers` are the spellings that mean it with certainty."""

    name: str
    title: str
    kind: Kind
    headers: tuple[str, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of table a council exports."""

    name: str
    title: str
    columns: tuple[Column, ...]
