"""The shape of every --json answer. docs/schemas is made from these; tests hold answers to them.

An answer begins with `schema`: "complaints-learning/KIND/VERSION". The version rises when a field
is renamed, removed or means something else; a new field alone does not raise it. Values that a
reader may not see are null, with `masked` true.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from complaints_learning.nouns import runs

Number = int | float | None


class _Answer(Struct, forbid_unknown_fields=True):
    schema: str


class Period(Struct, forbid_unknown_fields=True):
    """First and last day, both inside, and the label that names it."""

    label: str
    start: str
    end: str


class Figure(Struct, forbid_unknown_fields=True):
    """A figure: `text` is what a report shows; `of` is its denominator."""

    value: Number
    of: int | None
    text: str
    percent: float | None
    unit: str
    masked: bool
    meaning: str


class Problem(Struct, forbid_unknown_fields=True):
    """Something to look at; `code` is one of docs/problems.md."""

    code: str
    file: str
    sheet: str
    cell: str
    message: str
    hint: str


class Table(Struct, forbid_unknown_fields=True):
    """Where one table's rows went; read is the sum of the others."""

    read: int
    counted: int
    superseded: int
    left_out: int
    by_reason: dict[str, int]


class Rows(Struct, forbid_unknown_fields=True):
    """Where the register's rows went; read is the sum of the others."""

    read: int
    counted: int
    other_kinds: int
    outside: int
    undated: int
    unanswered: int
    superseded: int
    left_out: int
    by_reason: dict[str, int]
    tables: dict[str, Table]


class Report(_Answer):
    """cl report --json. `kept` are older files that people had edited, under their new names."""

    period: Period
    rows: Rows
    figures: dict[str, Figure]
    outputs: tuple[str, ...]
    kept: tuple[str, ...]
    record: str
    problems: tuple[Problem, ...]
    exit_code: int


class Unchanged(_Answer):
    """cl report --if-changed --json, when nothing was done."""

    unchanged: bool
    outputs: tuple[str, ...]
    made: str
    day: str
    exit_code: int


class CheckedTable(Struct, forbid_unknown_fields=True):
    """Where one table's rows went, by reason."""

    read: int
    counted: int
    superseded: dict[str, int]
    left_out: dict[str, int]


class Source(Struct, forbid_unknown_fields=True):
    """An input that was read."""

    file: str
    sha256: str
    rows: int
    table: str


class Check(_Answer):
    """cl check --json. `stops` say why no report can be made."""

    problems: tuple[Problem, ...]
    stops: tuple[Problem, ...]
    rows: dict[str, CheckedTable]
    changes: tuple[str, ...]
    sources: tuple[Source, ...]
    exit_code: int


class Problems(_Answer):
    """cl check FILE.docx --json and cl template check --json."""

    problems: tuple[Problem, ...]
    exit_code: int


class Figures(_Answer):
    """cl figures --json and cl themes --json."""

    period: Period
    figures: dict[str, Figure]


class Trend(_Answer):
    """cl trend --json: the verdict's code and the figures of the chart."""

    period: Period
    verdict: str
    figures: dict[str, Figure]


class ChainRow(Struct, forbid_unknown_fields=True):
    """A theme from complaint to tested change, as the report's table shows it."""

    theme: str
    upheld_or_partly: str
    learning: str
    actions: str
    done: str
    overdue: str
    tested_by: str
    met: str
    verdict: str
    gap: str


class Chain(_Answer):
    """cl chain --json."""

    period: Period
    themes: tuple[ChainRow, ...]


class Place(Struct, forbid_unknown_fields=True):
    """A row that a figure counts."""

    reference: str
    file: str
    sheet: str
    row: int


class ExplainFigure(Figure):
    """cl explain FIGURE --json. `rows` only in the internal edition."""

    schema: str = ""
    name: str = ""
    rule: str = ""
    rows: tuple[Place, ...] = ()


class MergedRow(Struct, forbid_unknown_fields=True):
    """A row that another row stands for: why, which one, and what is different there."""

    place: str
    why: str
    into: str
    changed: tuple[str, ...]


class ExplainComplaint(_Answer):
    """cl explain REFERENCE --json: coded columns, dates and places; never the complaint's text."""

    complaint: dict[str, Any]
    stages: tuple[dict[str, Any], ...]
    merged: tuple[MergedRow, ...]
    themes: tuple[dict[str, Any], ...]
    figures: tuple[str, ...]


class ExplainCode(_Answer):
    """cl explain CODE --json."""

    code: str
    title: str
    meaning: str
    todo: str


class Difference(Struct, forbid_unknown_fields=True):
    """Where an edited report and the data differ."""

    kind: str
    name: str
    was: str
    now: str
    where: str
    sentence: str


class Verify(_Answer):
    """cl verify --json."""

    file: str
    period: Period
    edition: str
    figures: int
    matches: bool
    differences: tuple[Difference, ...]
    private: tuple[Problem, ...]
    exit_code: int


class Refresh(_Answer):
    """cl refresh --json: what was changed, and what is left for a person."""

    file: str
    output: str
    period: Period
    edition: str
    changed: tuple[Difference, ...]
    left: tuple[Difference, ...]
    exit_code: int


class Rerun(_Answer):
    """cl rerun --json: what went in differently, what came out differently, what was kept."""

    same: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    made: tuple[str, ...]
    exit_code: int


class ChangedRow(Struct, forbid_unknown_fields=True):
    """A row that counts now (+) or no longer does (-)."""

    how: str
    reference: str
    why: tuple[str, ...]


class Change(Struct, forbid_unknown_fields=True):
    """A figure that differs between two runs."""

    name: str
    was: Number
    now: Number
    of_was: int | None
    of_now: int | None
    masked_was: bool
    masked_now: bool
    rows: tuple[ChangedRow, ...]


class Compare(_Answer):
    """cl compare --json."""

    files: tuple[str, ...]
    changes: tuple[Change, ...]
    exit_code: int


class Score(Struct, forbid_unknown_fields=True):
    """How right one theme is."""

    count: int
    precision: float
    precision_interval: tuple[float, float]
    recall: float
    recall_interval: tuple[float, float]
    f1: float
    f1_interval: tuple[float, float]


class Evaluate(_Answer):
    """cl evaluate --json: how right the themes are on labelled texts."""

    texts: int
    skipped: int
    macro_f1: float
    micro_f1: float
    micro_f1_interval: tuple[float, float]
    primary_accuracy: float | None
    primary_interval: tuple[float, float] | None
    agreement: float | None
    ece: float
    themes: dict[str, Score]
    reliability: tuple[dict[str, float], ...]
    coverage: tuple[dict[str, float], ...]


class Checkup(Struct, forbid_unknown_fields=True):
    """One thing that cl doctor looked at; `hint` says what to do when it is not well."""

    group: str
    name: str
    value: str
    well: bool
    hint: str


class Doctor(_Answer):
    """cl doctor --json."""

    checks: tuple[Checkup, ...]
    exit_code: int


class Sample(_Answer):
    """cl sample --json."""

    output: str
    files: int
    exit_code: int


class Header(Struct, forbid_unknown_fields=True):
    """A header that nobody knows."""

    table: str
    header: str


class Init(_Answer):
    """cl init --json: what was found, and the headers that are left to be filled in."""

    output: str
    sources: dict[str, tuple[str, ...]]
    unknown: tuple[Header, ...]
    unread: tuple[str, ...]
    problems: tuple[Problem, ...]
    exit_code: int


class Review(_Answer):
    """cl review --json."""

    period: Period
    output: str
    complaints: int
    decided: int
    problems: tuple[Problem, ...]
    exit_code: int


class Text(Struct, forbid_unknown_fields=True):
    """A text's themes, with the probability of each, of which `probability` is the least.

    `evidence` has the words of the text that led to each theme: as private as the text.
    """

    reference: str
    themes: tuple[str, ...]
    primary: str
    sub_themes: tuple[str, ...]
    probability: float
    probabilities: tuple[float, ...]
    sure: bool
    evidence: tuple[str, ...]


class Classify(_Answer):
    """cl classify --json; with --out the rows are in that file alone."""

    texts: int
    unsure: int
    without_theme: int
    empty: int
    left_out: tuple[str, ...]
    output: str | None
    rows: tuple[Text, ...]
    problems: tuple[Problem, ...]
    exit_code: int


class TemplateList(_Answer):
    """cl template list --json: each section in order, and the file that it comes from."""

    template: str
    sections: dict[str, str]


class TemplateCopy(_Answer):
    """cl template copy --json."""

    output: str


class TemplateFigures(_Answer):
    """cl template figures --json: the names that a template may use, with their parts."""

    values: dict[str, tuple[str, ...]]
    functions: dict[str, tuple[str, ...]]
    filters: tuple[str, ...]
    figures: tuple[str, ...]
    tables: tuple[str, ...]
    charts: tuple[str, ...]
    lists: tuple[str, ...]


SCHEMAS: dict[str, Any] = {
    "chain": Chain,
    "check": Check,
    "check-document": Problems,
    "classify": Classify,
    "compare": Compare,
    "doctor": Doctor,
    "evaluate": Evaluate,
    "explain-code": ExplainCode,
    "explain-complaint": ExplainComplaint,
    "explain-figure": ExplainFigure,
    "figures": Figures,
    "init": Init,
    "refresh": Refresh,
    "report": Report,
    "rerun": Rerun,
    "review": Review,
    "run": runs.Run,
    "sample": Sample,
    "template-check": Problems,
    "template-copy": TemplateCopy,
    "template-figures": TemplateFigures,
    "template-list": TemplateList,
    "themes": Figures,
    "trend": Trend,
    "unchanged": Unchanged,
    "verify": Verify,
}
"""Every shape by its kind; version 1 of each."""
