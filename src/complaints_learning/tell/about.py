"""What a template may say besides figures: the period, the dates and people, how it was made."""

from __future__ import annotations

from msgspec import Struct

from complaints_learning.nouns.settings import AnnualReport, Council


class PeriodView(Struct, frozen=True):
    """The period in words: 1 April 2022, 31 March 2023, 2022-23; `before` is the year earlier.

    `counted` is what puts a complaint in it: 'received' or 'answered'.
    """

    label: str
    start: str
    end: str
    before: str
    kind: str
    counted: str = "received"


class SourceView(Struct, frozen=True):
    """An input file: its name, first characters of its SHA-256, rows read, its table.

    Files of one form each are one: their folder's name and `*`, a print of all theirs together.
    `rows` is empty in the public edition, where a file of a few rows would tell a small number.
    """

    file: str
    fingerprint: str
    rows: str
    table: str


class Method(Struct, frozen=True):
    """How the report was made: version, sources, choices, and the problems found by kind."""

    version: str
    sources: tuple[SourceView, ...] = ()
    choices: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    changes: int = 0
    hidden_up_to: int = 4
    deep_dive_months: int = 12


class Signing(Struct, frozen=True):
    """Dates and people of the report, in words; empty when not given."""

    title: str
    date: str
    meeting: str
    author: str
    author_role: str
    author_email: str
    signed_by: str


class Context(Struct, frozen=True):
    """Everything a template may use besides figures: see `cl template figures`."""

    council: Council
    annual: AnnualReport
    period: PeriodView
    report: Signing
    method: Method
    edition: str
