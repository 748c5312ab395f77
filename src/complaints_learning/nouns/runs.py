"""The run record: what went into one report and what came out, so that it can be made again.

`run.json` lies beside the report. Its shape has a version of its own (`SCHEMA`): a record of
another version is told apart, never guessed at. The public record holds no more than the public
report; the internal one also holds, a row a complaint, the coded columns that figures count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec
from msgspec import Struct, field

from complaints_learning.nouns.errors import ReadError
from complaints_learning.nouns.records import Source

SCHEMA = "complaints-learning/run/1"
Number = int | float | None


PRINT = 8
"""So many letters of a SHA-256 stand in a report: too few to look like a telephone number, or like
a National Insurance number, which has nine."""


class File(Struct, frozen=True, forbid_unknown_fields=True):
    """A file by its place within the workspace, and the SHA-256 of its bytes."""

    file: str
    sha256: str


class Input(Struct, frozen=True, forbid_unknown_fields=True):
    """An export that was read: its table and how many rows it had (null in a public record)."""

    file: str
    sha256: str
    table: str
    rows: int | None


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """What was asked for. `workspace` is the way there from the record, '' when there is none."""

    command: str
    period: str
    edition: str
    formats: tuple[str, ...]
    template: str
    strict: bool = False
    workspace: str = ""


class Span(Struct, frozen=True, forbid_unknown_fields=True):
    """The period: its label, first and last day."""

    label: str
    start: str
    end: str


class Shown(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A figure as the edition shows it; `value` is null when it is hidden or not supplied.

    In an internal record `rows` names the table that it counts and `rule` the conditions.
    """

    value: Number
    of: int | None = None
    unit: str = "complaints"
    masked: bool = False
    rows: str = ""
    rule: tuple[tuple[str, tuple[str | int | bool, ...]], ...] = ()


class Column(Struct, frozen=True, forbid_unknown_fields=True):
    """A coded column: `codes[i]` says which of `values` row i has, -1 for none."""

    values: tuple[str | int | bool, ...]
    codes: tuple[int, ...]


class Coded(Struct, frozen=True, forbid_unknown_fields=True):
    """The rows that figures count, by reference, with the columns that the rules name."""

    references: tuple[str, ...]
    columns: dict[str, Column]


class Run(Struct, frozen=True, forbid_unknown_fields=True):
    """One run of `cl report`. `day` is the day that the report speaks for.

    `choices` are cl.toml, the templates, the Word shell and the decisions. `rows` says where the
    rows went, `warnings` how many problems there were of each code (null in a public record),
    `tables` is filled in an internal record only. `beside` are files of other formats that earlier
    runs wrote there and nobody has edited.
    """

    schema: str
    version: str
    made: str
    seconds: float
    options: Options
    period: Span
    day: str
    inputs: tuple[Input, ...]
    choices: tuple[File, ...]
    rows: dict[str, Number]
    figures: dict[str, Shown]
    outputs: tuple[File, ...]
    warnings: dict[str, int | None]
    exit_code: int
    tables: dict[str, Coded] = field(default_factory=dict)
    beside: tuple[File, ...] = ()

    @property
    def internal(self) -> bool:
        """Whether it is of the internal edition, and as confidential."""
        return self.options.edition == "internal"

    @property
    def went_in(self) -> dict[str, str]:
        """Every file that the report depends on, with its SHA-256."""
        return {one.file: one.sha256 for one in self.inputs} | {
            one.file: one.sha256 for one in self.choices
        }


def gathered(files: Iterable[Source]) -> dict[str, list[Source]]:
    """The input files by name, those of one monitoring form each by their folder's name and `*`.

    There can be hundreds, and each is often named with a complaint's reference or a family's name,
    so what is published names them so.
    """
    found: dict[str, list[Source]] = {}
    for one in files:
        alone = one.rows == 1 and one.table == "monitoring"
        found.setdefault(_folder(one.file) if alone else one.file, []).append(one)
    return found


def together(hashes: Sequence[str]) -> str:
    """The SHA-256 of a file, or of those of several together, whatever their order."""
    if len(hashes) == 1:
        return hashes[0]
    return hashlib.sha256("".join(sorted(hashes)).encode()).hexdigest()


def like(then: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The files of now, those gathered under their folder that were so then.

    >>> like({"a": "1", "forms/*": "2"}, {"a": "1", "forms/x": "2"})
    {'a': '1', 'forms/*': '2'}
    """
    found: dict[str, list[str]] = {}
    for file, sha256 in now.items():
        folder = _folder(file)
        found.setdefault(folder if file not in then and folder in then else file, []).append(sha256)
    return {file: together(some) for file, some in found.items()}


def _folder(file: str) -> str:
    return f"{PurePosixPath(file).parent}/*".removeprefix("./")


def other(then: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Which files differ, a line each.

    >>> other({"a": "1", "b": "2"}, {"b": "3", "c": "4"})
    ['a: is gone', 'b: has changed', 'c: is new']
    """
    lines = []
    for file in sorted({*then, *now}):
        if then.get(file) != now.get(file):
            how = "is new" if file not in then else "is gone" if file not in now else "has changed"
            lines.append(f"{file}: {how}")
    return lines


def name(edition: str, template: str) -> str:
    """The record's file name: run.json for the public learning report.

    >>> name("internal", "learning_report")
    'run-OFFICIAL-SENSITIVE.json'
    """
    which = "" if template == "learning_report" else f"-{template.replace('_', '-')}"
    return f"run{which}{'-OFFICIAL-SENSITIVE' if edition == 'internal' else ''}.json"


def dumps(run: Run) -> bytes:
    """The record as text: a line for each file and figure, so that two records can be compared.

    >>> dumps(Run("s", "1", "", 0, Options("report", "2023", "public", (), ""), Span("", "", ""),
    ...     "", (), (), {"read": 3}, {}, (), {}, 0)).decode().splitlines()[10:13]
    ['"rows":{', ' "read":3', '},']
    """
    parts = []
    for name in run.__struct_fields__:
        value = getattr(run, name)
        if isinstance(value, dict) and value:
            lines = [f" {_text(key)}:{_text(one)}" for key, one in value.items()]
            told = f"{{\n{_LINE.join(lines)}\n}}"
        elif isinstance(value, tuple) and value:
            told = f"[\n{_LINE.join(f' {_text(one)}' for one in value)}\n]"
        else:
            told = _text(value)
        parts.append(f"{_text(name)}:{told}")
    return f"{{\n{_LINE.join(parts)}\n}}\n".encode()


_LINE = ",\n"


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def parse(data: bytes, called: str) -> Run:
    """The record in these bytes. Raises ReadError when they are no record of this version."""
    try:
        schema = msgspec.json.decode(data, type=_Versioned).schema
    except msgspec.DecodeError:
        raise _unusable(called, "is not a run record") from None
    if schema != SCHEMA:
        raise _unusable(called, f"is a run record of another shape ('{schema[:60]}')")
    try:
        return msgspec.json.decode(data, type=Run)
    except msgspec.DecodeError as wrong:
        raise _unusable(called, f"is a damaged run record ({wrong})") from None


class _Versioned(Struct):
    schema: str


def _unusable(called: str, why: str) -> ReadError:
    return ReadError(
        f"{called}: {why}.",
        "Name a run.json that this version of cl report wrote.",
        code="record-unusable",
    )


def plain(value: object) -> str | int | bool:
    """A value as a record holds it: a date, say, as its words."""
    return value if isinstance(value, str | int | bool) else str(value)
