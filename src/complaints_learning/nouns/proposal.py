"""What a folder of exports seems to hold: proposed by `check`, decided by a person in cl init."""

from __future__ import annotations

from msgspec import Struct

from complaints_learning.nouns.errors import Problem


class Proposed(Struct, frozen=True):
    """One column of one kind of table: header as typed, what it means ('' when nobody knows).

    `samples` are three values as shapes or coded values, never names or words; `closest` are
    canonical names to choose from.
    """

    table: str
    header: str
    name: str
    samples: tuple[str, ...]
    closest: tuple[str, ...] = ()
    place: str = ""


class Proposal(Struct, frozen=True):
    """Which files hold which table, what their columns mean, and what is left to decide.

    `no_procedure` are register files of which no column says by which procedure complaints went.
    """

    sources: tuple[tuple[str, tuple[str, ...]], ...] = ()
    columns: tuple[Proposed, ...] = ()
    outcomes: tuple[str, ...] = ()
    procedures: tuple[str, ...] = ()
    no_procedure: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def unknown(self) -> tuple[Proposed, ...]:
        """Columns nobody knows."""
        return tuple(column for column in self.columns if not column.name)
