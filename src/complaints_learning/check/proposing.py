"""Files read as every kind of table in, a proposal out: which they are, what columns mean."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from datetime import date

from complaints_learning.check import cells, values, vocabulary
from complaints_learning.check import stack as stacks
from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import IGNORE, Table
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.proposal import Proposal, Proposed
from complaints_learning.nouns.raw import Cell, RawTable

Candidates = Mapping[str, Mapping[str, Sequence[RawTable]]]
"""File to kind of table to what it reads as."""

_HINTS = {
    "register": ("register", "complaint", "log", "export"),
    "monitoring": ("monitoring", "form"),
    "actions": ("action",),
    "assurance": ("assurance", "audit", "dive", "stocktake", "training", "survey"),
    "activity": ("activity", "contacts"),
    "population": ("population", "cohort"),
    "comparators": ("comparator", "benchmark", "neighbour"),
}
_SAFE = frozenset(
    (
        *("kind", "procedure", "stage", "extended", "outcome", "complainant", "age_band", "gender"),
        *("disability", "ethnicity", "stage2_outcome", "stage3_outcome", "shared_supervision"),
        *("shared_cpp", "learning_none", "activity", "measure", "theme", "themes", "service"),
        *("characteristic", "group", "period"),
    )
)
"""Columns whose values are codes, which may be shown."""


_VOCABULARY = vocabulary.vocabulary({}, {}, {})


def proposal(candidates: Candidates, problems: Sequence[Problem] = ()) -> Proposal:
    """The likeliest kind of each file, and the meaning of each of its headers."""
    sources: dict[str, list[str]] = {}
    proposed: dict[tuple[str, str], Proposed] = {}
    outcomes: dict[str, None] = {}
    unread: list[str] = []
    for file, kinds in candidates.items():
        kind = _kind(file, kinds)
        if not kind:
            unread.append(file)
            continue
        sources.setdefault(kind, []).append(file)
        for part in kinds[kind]:
            for index, header in enumerate(part.headers):
                key = (kind, columns.plain(header))
                if header and key not in proposed:
                    proposed[key] = _column(columns.TABLES[kind], part, index)
            outcomes |= dict.fromkeys(_unmapped(columns.TABLES[kind], part))
    return Proposal(
        tuple((kind, tuple(sources[kind])) for kind in columns.TABLES if kind in sources),
        tuple(sorted(_free(proposed), key=lambda one: list(columns.TABLES).index(one.table))),
        tuple(outcomes),
        tuple(unread),
        tuple(problems),
    )


def _free(proposed: Mapping[tuple[str, str], Proposed]) -> list[Proposed]:
    """The columns as proposed; what one of them means already is not suggested for another."""
    taken = {(one.table, one.name) for one in proposed.values()}
    return [
        dataclasses.replace(
            one, closest=tuple(n for n in one.closest if (one.table, n) not in taken)
        )
        for one in proposed.values()
    ]


def _kind(file: str, kinds: Mapping[str, Sequence[RawTable]]) -> str:
    """The kind whose columns the file has most of; the file's name settles what is close."""
    best, best_score = "", 0.0
    for kind, parts in kinds.items():
        table = columns.TABLES[kind]
        for part in parts:
            names = _names(table, part)
            required = [column.name for column in table.columns if column.required]
            if len(names) < 2 or not (set(required) <= names or len(names) >= 4):
                continue
            filled = sum(1 for header in part.headers if header)
            score = len(names) * (0.5 + len(names) / max(filled, 1))
            score *= 1.5 if set(required) <= names else 0.5
            if any(hint in file.casefold() for hint in _HINTS[kind]):
                score *= 2
            if score > best_score:
                best, best_score = kind, score
    return best


def _names(table: Table, part: RawTable) -> set[str]:
    found = (columns.recognise(table, header) for header in part.headers if header)
    return {name for each in found if each and (name := each[0]) != IGNORE}


def _column(table: Table, part: RawTable, index: int) -> Proposed:
    header = part.headers[index]
    found = columns.recognise(table, header)
    name = found[0] if found else ""
    if name in ("", IGNORE):
        name = stacks.settled_by_values(table, part, index, _VOCABULARY) or name
    elif found:
        name = stacks.of_sums(table, part, index, found)[0]
    return Proposed(
        table.name,
        header,
        name,
        () if name == IGNORE else _samples(table, name, part.columns[index]),
        () if name else columns.closest(table, header),
        str(part.header_place(index)),
    )


def _samples(table: Table, name: str, found: Sequence[Cell]) -> tuple[str, ...]:
    """Three different values, as far as they may be shown."""
    different = [cell for cell in dict.fromkeys(found) if cells.text(cell)]
    kind = table.column(name).kind if name else ""
    if kind == "text":
        longest = max((len(cells.text(cell)) for cell in different), default=0)
        return (f"text of up to {longest} characters",) if longest else ()
    safe = name in _SAFE or kind in ("number", "money")
    known = _VOCABULARY["complainant"] if name == "complainant" else None
    shown = [
        _shown(cell, safe and (known is None or cells.token(cell) in known))
        for cell in different[:200]
    ]
    return tuple(list(dict.fromkeys(shown))[:3])


def _shown(cell: Cell, safe: bool) -> str:
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    typed = cells.text(cell)
    if safe and len(typed) <= 40:
        return typed
    return shape(typed)


def shape(typed: str) -> str:
    """What a value looks like, without saying it.

    >>> shape("0046124"), shape("Jane O'Neill"), shape("CS/12-b")
    ('9999999', "Aaaa A'Aaaaa", 'AA/99-a')
    """
    mask = re.sub(r"[^\W\d_]", lambda found: "A" if found[0].isupper() else "a", typed[:24])
    return re.sub(r"\d", "9", mask) + ("..." if len(typed) > 24 else "")


def _unmapped(table: Table, part: RawTable) -> list[str]:
    """Outcomes nobody knows, to be mapped."""
    if table.name != "register":
        return []
    read = vocabulary.outcomes({})
    found: list[str] = []
    for index, header in enumerate(part.headers):
        meaning = columns.recognise(table, header) if header else None
        if meaning and meaning[0] == "outcome":
            for cell in dict.fromkeys(part.columns[index]):
                said = read(cell)
                if isinstance(said, values.Bad) and len(cells.text(cell)) <= 40:
                    found.append(cells.text(cell))
    return found
