"""A sheet's headers in; which column of the table each is, and what is wrong with them, out.

A header claims a column, by what it is mapped to, what it says or what stands under it, more or
less strongly. The strongest claim gets the column; of two as strong the one that stands first. What
claims nothing, or only what another has, is not read, and is told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from complaints_learning.check.cells import EMPTY, text, token
from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import IGNORE, Table
from complaints_learning.nouns.errors import Place, Problem
from complaints_learning.nouns.raw import RawTable

_BY_VALUES = 50
"""How strongly a header claims what only the values under it say: less than any spelling."""


@dataclass(slots=True)
class Headers:
    """What a sheet's headers mean, by their positions.

    `columns` are the table's columns with the header that has each; `unread` headers that claim
    nothing or came too late, `nameless` the columns without one, `twice` two that claim as much.
    """

    columns: dict[str, int] = field(default_factory=dict)
    unread: list[int] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    twice: list[tuple[str, int, int]] = field(default_factory=list)


def read(
    table: Table,
    part: RawTable,
    mapped: Mapping[str, str],
    vocabulary: Mapping[str, frozenset[str]],
) -> Headers:
    """What each header of a sheet means. `mapped` is the council's own map."""
    found, strengths = Headers(), dict[str, int]()
    for index, header in enumerate(part.headers):
        if not header:
            found.nameless.append(index)
            continue
        claim = _claim(table, part, index, mapped, vocabulary)
        if claim is None:
            found.unread.append(index)
            continue
        name, strength = claim
        if name == IGNORE:
            continue
        holder = found.columns.get(name)
        if holder is not None and strength == strengths[name]:
            found.twice.append((name, holder, index))
        elif holder is not None and strength > strengths[name]:
            found.unread.append(index)
        else:
            found.unread += [] if holder is None else [holder]
            found.columns[name], strengths[name] = index, strength
    of_stages = [i for i in found.unread if columns.plain(part.headers[i]).startswith("stage ")]
    if of_stages and _a_row_a_stage(part, found):
        for index in of_stages:
            name, strength = _claim(table, part, index, mapped, vocabulary) or ("", 0)
            if strength >= 0 and strengths.get(name, -1) >= 0:
                found.unread[found.unread.index(index)] = found.columns[name]
                found.columns[name], strengths[name] = index, -1
    for column in table.columns:
        there = bool(column.stands_for) and column.name in found.columns
        if there and column.stands_for not in found.columns:
            found.columns[column.stands_for] = found.columns.pop(column.name)
    return found


def _a_row_a_stage(part: RawTable, found: Headers) -> bool:
    """Whether a reference stands beside more than one stage: the stage's dates are then its own.

    The whole case's, in the column before, would be every stage's.
    """
    at = found.columns
    if not {"reference", "stage"} <= set(at):
        return False
    beside = zip(part.columns[at["reference"]], part.columns[at["stage"]], strict=True)
    each = {(reference, stage) for reference, stage in beside if reference != "" and stage != ""}
    return len({reference for reference, _ in each}) < len(each)


def _claim(
    table: Table,
    part: RawTable,
    index: int,
    mapped: Mapping[str, str],
    vocabulary: Mapping[str, frozenset[str]],
) -> tuple[str, int] | None:
    """Which column a header claims, and how strongly (the lower the stronger); None for none."""
    header = part.headers[index]
    found = columns.recognise(table, header, mapped)
    if found is None or (found == (IGNORE, 0) and columns.either(table, header)):
        settled = settled_by_values(table, part, index, vocabulary)
        found = (settled, _BY_VALUES) if settled else found
    return None if found is None else of_sums(table, part, index, found)


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
    """The one column whose known words nearly all cells under an ambiguous header are.

    The first of several, when only together they know them: a system's "Case Type" says of a
    complaint by which procedure, and of a compliment that it is one.
    """
    names = [name for name in columns.either(table, part.headers[index]) if name in vocabulary]
    if not names:
        return ""
    counts = Counter(part.columns[index])
    counts.pop("", None)
    all_cells = sum(counts.values())
    together = frozenset[str]().union(*(vocabulary[name] for name in names))
    for name, known in (*((name, vocabulary[name]) for name in names), (names[0], together)):
        if sum(n for cell, n in counts.items() if token(cell) in known) > 0.9 * all_cells:
            return name
    return ""


@dataclass(slots=True)
class Told:
    """What is wrong with the headers of all sheets of a table: each thing is told once."""

    unread: set[tuple[str, str]] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)

    def problems(self, table: Table, part: RawTable, found: Headers) -> list[Problem]:
        """What is to be told of one sheet and was not told of one before."""
        problems = []
        for index in found.nameless:
            if part.letters[index] not in self.nameless:
                self.nameless.add(part.letters[index])
                problems.append(_nameless(part, index))
        problems += [_twice(table, part, *same) for same in found.twice]
        names = {index: (columns.plain(part.headers[index]), part.file) for index in found.unread}
        new = [index for index, name in names.items() if name not in self.unread]
        for index in new[:_MOST_UNKNOWN]:
            self.unread.add(names[index])
            problems.append(_unknown(table, part, index, set(found.columns)))
        if len(new) > _MOST_UNKNOWN:
            problems.append(_more_unknown(table, part, new[_MOST_UNKNOWN:]))
        return problems + _missing(table, part, found.columns)


def _missing(table: Table, part: RawTable, named: Mapping[str, int]) -> list[Problem]:
    return [
        Problem(
            "column-missing",
            f"no column is known to be {column.title}.",
            Place(part.file, part.sheet, part.header_row),
            f"If a column holds it, map its header in cl.toml under [columns.{table.name}]: "
            f'"{perhaps(table, part, column.name)}" = "{column.name}".',
        )
        for column in table.columns
        if column.required and column.name not in named
    ]


def perhaps(table: Table, part: RawTable, name: str) -> str:
    """The header most like a missing column's: for a hint that can be copied, never to decide."""
    for header in part.headers[:_MOST_LIKENED]:
        if header and columns.may_mean(table, header, name):
            return _short(header)
    return "Its header"


def no_part(table: Table, part: RawTable, alone: bool) -> Problem:
    """That a sheet is no part of the table; `alone` when no sheet of its file is."""
    titles = " or ".join(column.title for column in table.columns if column.required)
    headers = [_short(header) for header in part.headers if header]
    named = ", ".join(f"'{header}'" for header in headers[:_MOST_NAMED])
    some = ", the first of which are" if len(headers) > _MOST_NAMED else ", which are"
    needed = next(column.name for column in table.columns if column.required)
    like = perhaps(table, part, needed)
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
