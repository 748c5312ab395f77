"""Headings between a report's rows ("Service: Fostering") in; a column for what they say out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import IGNORE, Table
from complaints_learning.nouns.raw import Cell

_LABELLED = re.compile(r"([^:]{2,40}?) ?: ?(\S.{0,80}?)$")
_CONTINUED = re.compile(r"\W*\b(?:continued|contd?|cont'd)\b\W*$", re.IGNORECASE)
_KINDS = ("code", "service")
"""What a report is grouped by."""


class Headings:
    """What the headings of one table say. Rows are named by their position in the sheet."""

    def __init__(
        self, wanted: Table | None, mapped: Mapping[str, str], headers: Sequence[str]
    ) -> None:
        self.wanted, self.mapped = wanted, mapped
        names = (columns.recognise(wanted, text, mapped) for text in headers if text and wanted)
        self.own = {IGNORE, *(found[0] for found in names if found)}
        self.found: dict[str, dict[int, tuple[str, str]]] = {}
        """By the column that they name: label and value of each, by its row."""

    def take(self, at: int, row: Sequence[Cell], again: bool = False) -> bool:
        """Whether a row is a heading, which is kept; with `again` only if its label was met before.

        Its label is a known one and no header of the table. It stands before its value in one cell,
        or in the cell before.
        """
        filled = [cell for cell in row if not (isinstance(cell, str) and not cell.strip())]
        if self.wanted is None or not 0 < len(filled) <= 2:
            return False
        words = [" ".join(cell.split()) for cell in filled if isinstance(cell, str)]
        if len(words) < len(filled) or (not words[0].endswith(":") and len(words) > 1):
            return False
        if not (parts := _LABELLED.match(" ".join(words))):
            return False
        known = columns.recognise(self.wanted, parts[1], self.mapped)
        if known is None or known[0] in self.own or (again and known[0] not in self.found):
            return False
        if self.wanted.column(known[0]).kind not in _KINDS:
            return False
        value = _CONTINUED.sub("", parts[2])
        self.found.setdefault(known[0], {})[at] = (parts[1], value)
        return True

    def columns(self, rows: Sequence[int]) -> list[tuple[str, list[Cell]]]:
        """The label of each column that headings name, and what it says of each of these rows."""
        made = []
        for headings in self.found.values():
            coming = sorted(headings.items(), reverse=True)
            says: str = ""
            cells: list[Cell] = []
            for at in rows:
                while coming and coming[-1][0] < at:
                    says = coming.pop()[1][1]
                cells.append(says)
            made.append((min(headings.items())[1][0], cells))
        return made
