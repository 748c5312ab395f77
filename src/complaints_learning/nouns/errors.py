"""What can be wrong: a problem is a cell to look at, an error is that we cannot go on.

Messages say where, what, and what to do next. They quote coded cells, headers, dates and
references, never a name or the words of a complaint: people paste messages into tickets.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


def column_letters(index: int) -> str:
    """The letters Excel shows above a column, counted from 0.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a problem is, in the words Excel uses: file, sheet, row as shown, column letters."""

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""

    @property
    def cell(self) -> str:
        """The address as Excel writes it: ``C27``, or ``27`` or ``C`` when half is known."""
        return f"{self.column}{self.row or ''}"

    def __str__(self) -> str:
        parts = [self.file]
        if self.sheet:
            parts.append(f"sheet {self.sheet}")
        if self.column and self.row:
            parts.append(f"cell {self.cell}")
        elif self.row:
            parts.append(f"row {self.row}")
        elif self.column:
            parts.append(f"column {self.column}")
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell a person should look at. ``code`` is one of `codes.CODES`."""

    code: str
    message: str
    place: Place = Place()
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.place}: " if str(self.place) else ""
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{where}{self.message}{hint}"


class LearningError(Exception):
    """We cannot go on. `message` says where and what; `hint` says what to do next."""

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.code = code

    def __str__(self) -> str:
        return f"{self.message}\n    {self.hint}" if self.hint else self.message


class ReadError(LearningError):
    """An input cannot be read."""


class SettingsError(LearningError):
    """A choice in cl.toml, on the command line or in themes.toml cannot be used."""


class TemplateError(LearningError):
    """A text template or Word shell cannot be used."""


class WriteError(LearningError):
    """An output cannot be saved."""


class BusyError(LearningError):
    """Another run holds the workspace: nothing is wrong, and later it will do."""

    exit_code = 4
