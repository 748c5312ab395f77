"""The council's choices: the text of cl.toml in, frozen settings out. Nothing is opened here.

Every choice has a default, so an empty cl.toml is a valid one. A misspelt key or a wrong type is
a SettingsError that says which, on which line, and what was meant.
"""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, field

from complaints_learning.nouns import mistaken

Text = Annotated[str, Meta(max_length=500)]
Words = Annotated[str, Meta(max_length=5_000)]
Count = Annotated[int, Meta(ge=0, le=100_000)]
Days = Annotated[int, Meta(ge=1, le=400)]


class Council(Struct, frozen=True, forbid_unknown_fields=True):
    """Who the report is from. Empty texts leave their line out of the report."""

    name: Text = "The council"
    directorate: Text = "Children's Services"
    committee: Text = "Children's Services Select Committee"
    director: Text = "Director of Children's Services"
    complaints_team: Text = "Complaints Team"
    practice_team: Text = "Centre for Professional Practice"
    plan: Text = "Council Plan"
    priorities: tuple[Text, ...] = ()


class Periods(Struct, frozen=True, forbid_unknown_fields=True):
    """Which year 2023 is, and which date puts a complaint in a period.

    `covered` is a span of months, "2021-04..2023-03", that the register has wholly. Without it a
    month with unlikely few complaints is taken for one that was not exported, or only in part.
    """

    naming: Literal["end", "start", "calendar"] = "end"
    counts_by: Literal["received", "responded"] = "received"
    covered: Text = ""


class Sources(Struct, frozen=True, forbid_unknown_fields=True):
    """Where each table is: file names or patterns within the workspace."""

    register: tuple[Text, ...] = ("register/*",)
    monitoring: tuple[Text, ...] = ("monitoring/*",)
    actions: tuple[Text, ...] = ("actions.*",)
    assurance: tuple[Text, ...] = ("assurance/*",)
    activity: tuple[Text, ...] = ("activity.*",)
    population: tuple[Text, ...] = ("population.*",)
    comparators: tuple[Text, ...] = ("comparators.*",)
    decisions: Text = "review/decisions.xlsx"


class SmallNumbers(Struct, frozen=True, forbid_unknown_fields=True):
    """Which counts the public edition hides. 'under' hides 1 to threshold - 1.

    'dfe' hides 1 to 5, as the Department for Education's statistics do, whatever the threshold.
    Zero is always shown.
    """

    rule: Literal["under", "dfe"] = "under"
    threshold: Annotated[int, Meta(ge=1, le=100)] = 5

    @property
    def hidden_up_to(self) -> int:
        """The largest count that is hidden."""
        return 5 if self.rule == "dfe" else self.threshold - 1


class ReportChoices(Struct, frozen=True, forbid_unknown_fields=True):
    """What the report says of itself. `date` is the day it speaks for: overdue is judged on it.

    `title` is the learning report's, 'Learning from Complaints' when empty; the title of another
    report stands in its own report.toml.
    """

    title: Text = ""
    meeting: date | None = None
    date: date | None = None
    author: Text = ""
    author_role: Text = ""
    author_email: Text = ""
    signed_by: Text = ""
    shell: Text = ""
    small_words: bool = True


class AnnualReport(Struct, frozen=True, forbid_unknown_fields=True):
    """What the annual report on complaints must hold and no register does, in the council's words.

    `effectiveness` reviews how well the procedure worked; `self_assessment`, `non_compliance`,
    `annual_letter` and `ombudsman_reports` are asked for by paragraph 8.1 of the Complaint Handling
    Code. What is empty is reported as 'not supplied'.
    """

    advocacy: Words = ""
    effectiveness: Words = ""
    self_assessment: Words = ""
    non_compliance: Words = ""
    annual_letter: Words = ""
    ombudsman_reports: Words = ""


class Clock(Struct, frozen=True, forbid_unknown_fields=True):
    """The working days a stage has: `days`, and `extended` when an extension was recorded.

    `starts` says which date the clock runs from.
    """

    days: Days
    extended: Days
    starts: Literal["received", "acknowledged"] = "received"


class Timeliness(Struct, frozen=True, forbid_unknown_fields=True):
    """Clocks in working days, by procedure and stage.

    Statutory: the Children Act 1989 Representations Procedure (England) Regulations 2006
    (SI 2006/1738): stage 1 in 10, at most 20; stage 2 in 25, at most 65; stage 3 panel within
    30 of the request. Corporate: the LGSCO Complaint Handling Code: acknowledged in 5, stage 1
    in 10 of the acknowledgement (of receipt, when that has no date) and at most 10 more, stage 2
    in 20 and at most 20 more.
    """

    acknowledge: Days = 5
    statutory_1: Clock = Clock(days=10, extended=20)
    statutory_2: Clock = Clock(days=25, extended=65)
    statutory_3: Clock = Clock(days=30, extended=50)
    corporate_1: Clock = Clock(days=10, extended=20, starts="acknowledged")
    corporate_2: Clock = Clock(days=20, extended=40)


class Assurance(Struct, frozen=True, forbid_unknown_fields=True):
    """What should be reviewed, and the least evidence that a verdict may rest on.

    `services` is the list that deep dives must cover in `deep_dive_months` months.
    `wide` maps columns of a wide audit grid to questions, `{column = "question"}`.
    """

    services: tuple[Text, ...] = ()
    deep_dive_months: Annotated[int, Meta(ge=1, le=60)] = 12
    minimum_cases: Count = 10
    wide: dict[str, str] = field(default_factory=dict)


Maps = dict[str, str]


class Columns(Struct, frozen=True, forbid_unknown_fields=True):
    """For each table, which header means which column: {"Case No" = "reference"}.

    A header mapped to "ignore" is listed and not read.
    """

    register: Maps = field(default_factory=dict)
    monitoring: Maps = field(default_factory=dict)
    actions: Maps = field(default_factory=dict)
    assurance: Maps = field(default_factory=dict)
    activity: Maps = field(default_factory=dict)
    population: Maps = field(default_factory=dict)
    comparators: Maps = field(default_factory=dict)


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """All choices of one workspace."""

    council: Council = Council()
    periods: Periods = Periods()
    sources: Sources = Sources()
    columns: Columns = Columns()
    outcomes: Maps = field(default_factory=dict)
    procedures: Maps = field(default_factory=dict)
    procedure_by_file: Maps = field(default_factory=dict)
    services: Maps = field(default_factory=dict)
    complainants: Maps = field(default_factory=dict)
    small_numbers: SmallNumbers = SmallNumbers()
    report: ReportChoices = ReportChoices()
    annual_report: AnnualReport = AnnualReport()
    timeliness: Timeliness = Timeliness()
    assurance: Assurance = Assurance()
    styles: Maps = field(default_factory=dict)


def parse(text: str, file: str = "cl.toml") -> Settings:
    """Settings from the text of a cl.toml. Raises SettingsError naming file, line and key.

    >>> parse('[council]\\nname = "Marlowe"').council.name
    'Marlowe'
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        raise mistaken.syntax(wrong, text, file) from None
    try:
        chosen = msgspec.convert(raw, Settings)
    except msgspec.ValidationError as wrong:
        raise mistaken.value(str(wrong), raw, Settings, text, file) from None
    mistaken.maps(chosen, text, file)
    mistaken.covered(chosen, text, file)
    return chosen
