"""Raw tables of one kind, put on top of each other under canonical columns.

Only the columns that are needed are stacked, and as references to the cells already read.
"""

from __future__ import annotations

import bisect
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from complaints_learning.check.cells import EMPTY, text, token
from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import IGNORE, Table
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.raw import Cell, RawTable


@dataclass(slots=True)
class Stack:
    """All records of one kind. `cells(name)` is a list as long as `len(self)`."""

    table: Table
    parts: tuple[RawTable, ...]
    at: tuple[Mapping[str, int], ...]
    """For each part, which of its columns is which canonical one."""
    problems: list[Problem] = field(default_factory=list)
    starts: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        starts, total = [], 0
        for part in self.parts:
            starts.append(total)
            total += len(part)
        self.starts = (*starts, total)

    def __len__(self) -> int:
        return self.starts[-1]

    def has(self, name: str) -> bool:
        """Whether any part has the column."""
        return any(name in at for at in self.at)

    def cells(self, name: str) -> Sequence[Cell]:
        """One canonical column, '' where a part does not have it."""
        pieces: list[Sequence[Cell]] = []
        for part, at in zip(self.parts, self.at, strict=True):
            found = part.columns[at[name]] if name in at else [""] * len(part)
            if part.date1904 and name in at and self.table.column(name).kind == "date":
                found = [_from_1904(cell) for cell in found]
            pieces.append(found)
        return pieces[0] if len(pieces) == 1 else list(chain.from_iterable(pieces))

    def header(self, name: str) -> str:
        """The column's header as first typed; its title when no part has it."""
        for part, at in zip(self.parts, self.at, strict=True):
            if name in at:
                return part.headers[at[name]]
        return self.table.column(name).title

    def part(self, record: int) -> int:
        """Which part a record is of."""
        return bisect.bisect_right(self.starts, record) - 1

    def place(self, record: int, name: str = "") -> Place:
        """Where a record is, or one of its cells."""
        index = self.part(record)
        part, within = self.parts[index], record - self.starts[index]
        if name in self.at[index]:
            return part.place(within, self.at[index][name])
        if part.spots:
            return Place(part.file, part.sheet)
        return Place(part.file, part.sheet, part.rows[within])


def _from_1904(cell: Cell) -> Cell:
    """A count of days from 1904, as a workbook made on an old Mac has it, as one from 1900."""
    number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
    return cell + _DAYS_TO_1904 if number else cell  # type: ignore[operator]


_DAYS_TO_1904 = 1462


def stack(
    table: Table,
    found: Sequence[RawTable],
    mapped: Mapping[str, str],
    vocabulary: Mapping[str, frozenset[str]] | None = None,
) -> Stack:
    """The parts that hold the table, and what is wrong with their headers.

    `vocabulary` is the known words of coded columns: it settles headers that may mean either of
    two. A sheet without a single required column, beside one that has them, is no part of the table
    (a list of choices, a summary): it is told and left alone.
    """
    problems: list[Problem] = []
    parts: list[RawTable] = []
    at: list[Mapping[str, int]] = []
    told: set[tuple[str, str]] = set()
    required = [column.name for column in table.columns if column.required]
    words = vocabulary or {}
    trial = [_named(table, part, mapped, words) for part in found]
    good = {p.file for p, named in zip(found, trial, strict=True) if set(required) & set(named)}
    for part, named in zip(found, trial, strict=True):
        nothing = required and not set(required) & set(named)
        if nothing and (part.file in good or len(named) < 2):
            problems.append(_no_part(table, part, alone=part.file not in good))
            continue
        named = _named(table, part, mapped, words, problems, told)
        problems += _missing(table, part, named)
        parts.append(part)
        at.append(named)
    return Stack(table, tuple(parts), tuple(at), problems)


def _missing(table: Table, part: RawTable, named: Mapping[str, int]) -> list[Problem]:
    return [
        Problem(
            "column-missing",
            f"no column is known to be {column.title}.",
            Place(part.file, part.sheet, part.header_row),
            f"If a column holds it, map its header in cl.toml under [columns.{table.name}]: "
            f'"{_perhaps(table, part, column.name)}" = "{column.name}".',
        )
        for column in table.columns
        if column.required and column.name not in named
    ]


def _perhaps(table: Table, part: RawTable, name: str) -> str:
    """The header most like a missing column's: for a hint that can be copied, never to decide."""
    for header in part.headers[:_MOST_LIKENED]:
        if header and columns.may_mean(table, header, name):
            return _short(header)
    return "Its header"


def _no_part(table: Table, part: RawTable, alone: bool) -> Problem:
    titles = " or ".join(column.title for column in table.columns if column.required)
    headers = [_short(header) for header in part.headers if header]
    named = ", ".join(f"'{header}'" for header in headers[:_MOST_NAMED])
    some = ", the first of which are" if len(headers) > _MOST_NAMED else ", which are"
    needed = next(column.name for column in table.columns if column.required)
    like = _perhaps(table, part, needed)
    hint = (
        f"Map its headers{some} {named}, in cl.toml under [columns.{table.name}], such as "
        f'"{like}" = "{needed}"; or take the file away.'
        if alone
        else "Nothing to do, unless it holds records."
    )
    return Problem(
        "sheet-not-read",
        f"no header here means {titles}; the {len(part)} rows below it were not read "
        f"as {table.title.lower()}.",
        Place(part.file, part.sheet, part.header_row),
        hint,
    )


_MOST_NAMED = 12
_MOST_LIKENED = 100
"""Likening thousands of headers takes seconds, and real exports have fewer."""


def _named(
    table: Table,
    part: RawTable,
    mapped: Mapping[str, str],
    vocabulary: Mapping[str, frozenset[str]],
    problems: list[Problem] | None = None,
    told: set[tuple[str, str]] | None = None,
) -> dict[str, int]:
    """Canonical name to column; what is wrong with the headers goes to `problems` when given."""
    best: dict[str, tuple[int, int]] = {}
    spare: list[int] = []
    nameless: list[int] = []
    twice: list[Problem] = []
    for index, header in enumerate(part.headers):
        if not header:
            nameless.append(index)
            continue
        found = columns.recognise(table, header, mapped)
        if found is None or (found == (IGNORE, 0) and columns.either(table, header)):
            settled = settled_by_values(table, part, index, vocabulary)
            found = (settled, 50) if settled else found
        if found is None:
            spare.append(index)
            continue
        found = of_sums(table, part, index, found)
        name, strength = found
        if name == IGNORE:
            continue
        if name not in best:
            best[name] = (strength, index)
            continue
        held_strength, held = best[name]
        if strength < held_strength:
            best[name] = (strength, index)
            held, index = index, held
        elif strength == held_strength:
            twice.append(_twice(table, part, name, held, index))
            continue
        spare.append(index)
    named = {name: index for name, (_, index) in best.items()}
    if problems is None or told is None:
        return named
    for index in nameless:
        if ("", part.letters[index]) not in told:
            told.add(("", part.letters[index]))
            problems.append(_nameless(part, index))
    problems += twice
    new = [i for i in spare if (columns.plain(part.headers[i]), part.file) not in told]
    for index in new[:_MOST_UNKNOWN]:
        told.add((columns.plain(part.headers[index]), part.file))
        problems.append(_unknown(table, part, index, set(best)))
    if len(new) > _MOST_UNKNOWN:
        problems.append(_more_unknown(table, part, new[_MOST_UNKNOWN:]))
    return named


def of_sums(table: Table, part: RawTable, index: int, found: tuple[str, int]) -> tuple[str, int]:
    """The column of amounts, for a header that means kinds ("Remedy") over nothing but sums."""
    amount = f"{found[0]}_amount"
    if found[1] < 0 or amount not in table.names():
        return found
    counts = Counter(cell for cell in part.columns[index] if text(cell).casefold() not in EMPTY)
    sums = sum(
        many
        for cell, many in counts.items()
        if isinstance(cell, (int, float)) or _SUM.match(str(cell))
    )
    return (amount, found[1]) if sums > 0.9 * counts.total() else found


_SUM = re.compile(r"\s*£?\s*\d[\d,]*(\.\d+)?\s*$")


def settled_by_values(
    table: Table, part: RawTable, index: int, vocabulary: Mapping[str, frozenset[str]]
) -> str:
    """The one column whose known words nearly all cells under an ambiguous header are."""
    names = [name for name in columns.either(table, part.headers[index]) if name in vocabulary]
    if not names:
        return ""
    counts = Counter(part.columns[index])
    counts.pop("", None)
    all_cells = sum(counts.values())
    for name in names:
        known = vocabulary[name]
        if sum(n for cell, n in counts.items() if token(cell) in known) > 0.9 * all_cells:
            return name
    return ""


def _unknown(table: Table, part: RawTable, index: int, known: set[str]) -> Problem:
    header = part.headers[index]
    found = columns.recognise(table, header)
    if found and found[0] in known:
        return Problem(
            "column-spare",
            f"the header '{_short(header)}' also means {table.column(found[0]).title}, "
            "which another column gives; this one was not read.",
            part.header_place(index),
            f'If it is the right one, map it in cl.toml: "{_short(header)}" = "{found[0]}".',
        )
    close = [name for name in columns.closest(table, header) if name not in known]
    names = close or [name for name in table.names() if name not in known]
    first = f"If it is {table.column(close[0]).title.lower()}, s" if close else "S"
    likely = close[0] if close else "NAME"
    more = f"Else the closest are {', '.join(close[1:])}" if close[1:] else ""
    if not close:
        more = f"NAME is one of {_listed(names)}"
    return Problem(
        "column-unknown",
        f"nobody knows the header '{_short(header)}'; nothing in the column was counted.",
        part.header_place(index),
        f"{first}ay in cl.toml under [columns.{table.name}]: "
        f'"{_short(header)}" = "{likely}". {more}{". " if more else ""}'
        '"ignore" instead of a name leaves the column out for good.',
    )


def _listed(names: Sequence[str]) -> str:
    """Every name that is left; a register's many of later stages by their first."""
    first = [name for name in names if not name.startswith(("stage2_", "stage3_"))]
    later = [name for name in names if name not in first]
    rest = f", or of stage 2 and 3: {later[0]} and so on (docs/columns.md)" if later else ""
    return f"{', '.join(first)}{rest}"


_MOST_UNKNOWN = 40
"""More headers than this that nobody knows are told in one line: likenesses are slow to find."""


def _more_unknown(table: Table, part: RawTable, others: Sequence[int]) -> Problem:
    return Problem(
        "column-unknown",
        f"nobody knows {len(others):,} more headers, from here to column "
        f"{part.letters[others[-1]]}; their columns were not read.",
        part.header_place(others[0]),
        f"If this is no {table.title.lower()}, take the file away.",
    )


def _short(header: str) -> str:
    return header if len(header) <= 60 else f"{header[:57]}..."


def _nameless(part: RawTable, index: int) -> Problem:
    return Problem(
        "column-nameless",
        "the column has cells but no header; it was not read.",
        part.header_place(index),
        "Type a header, or delete the column.",
    )


def _twice(table: Table, part: RawTable, name: str, held: int, index: int) -> Problem:
    return Problem(
        "column-twice",
        f"columns {part.letters[held]} and {part.letters[index]} both mean "
        f"{table.column(name).title}; {part.letters[held]} was read.",
        part.header_place(index),
        'Delete or rename the one that is not wanted, or map it to "ignore" in cl.toml.',
    )
