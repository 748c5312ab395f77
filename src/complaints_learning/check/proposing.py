"""Files read as every kind of table in, a proposal out: which they are, what columns mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from complaints_learning.check import cells, headers, values, vocabulary
from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import IGNORE, Table
from complaints_learning.nouns.errors import Problem
from complaints_learning.nouns.proposal import Proposal, Proposed
from complaints_learning.nouns.raw import Cell, RawTable

Candidates = Mapping[str, Mapping[str, Sequence[RawTable]]]
"""File to kind of table to what it reads as."""

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
    words: dict[str, dict[str, None]] = {"outcome": {}, "procedure": {}}
    known = _references(candidates)
    unread: list[str] = []
    for file, kinds in candidates.items():
        kind = _kind(file, kinds) or _of_complaints(kinds, known)
        if not kind:
            unread.append(file)
            continue
        sources.setdefault(kind, []).append(file)
        for part in _records(columns.TABLES[kind], kinds[kind]):
            for index, header in enumerate(part.headers):
                key = (kind, columns.plain(header))
                if header and key not in proposed:
                    proposed[key] = _column(columns.TABLES[kind], part, index, known)
            for name, found in words.items():
                found |= dict.fromkeys(_unmapped(columns.TABLES[kind], part, name))
    return Proposal(
        tuple((kind, tuple(sources[kind])) for kind in columns.TABLES if kind in sources),
        tuple(sorted(_free(proposed), key=lambda one: list(columns.TABLES).index(one.table))),
        tuple(words["outcome"]),
        tuple(words["procedure"]),
        tuple(file for file in sources.get("register", ()) if _silent(candidates[file])),
        tuple(unread),
        tuple(problems),
    )


def _records(table: Table, parts: Sequence[RawTable]) -> Sequence[RawTable]:
    """The sheets of a file that hold records, without a pivot table or a list of choices beside."""
    needed = {column.name for column in table.columns if column.required}
    some = [part for part in parts if (names := _names(table, part)) & needed or len(names) >= 4]
    return some or parts


def _silent(kinds: Mapping[str, Sequence[RawTable]]) -> bool:
    """Whether no header of a register may mean the procedure."""
    table = columns.TABLES["register"]
    headers_of = {header for part in kinds["register"] for header in part.headers if header}
    said = ((columns.recognise(table, header) or ("",))[0] for header in headers_of)
    return "procedure" not in said and not any(
        "procedure" in columns.either(table, header) for header in headers_of
    )


def _free(proposed: Mapping[tuple[str, str], Proposed]) -> list[Proposed]:
    """The columns as proposed; what one of them means already is not suggested for another."""
    taken = {(one.table, one.name) for one in proposed.values()}
    return [
        msgspec.structs.replace(
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
            if any(hint in file.casefold() for hint in table.files):
                score *= 2
            if score > best_score:
                best, best_score = kind, score
    return best or _by_name(file, kinds)


def _by_name(file: str, kinds: Mapping[str, Sequence[RawTable]]) -> str:
    """The kind that a file without one known header has by its name, when it has columns."""
    words = re.findall(r"[a-z]+", file.casefold())
    said = {
        kind: sum(word.startswith(hint) for hint in table.files for word in words)
        - 0.5 * (kind == "register" and "register" not in words)  # every file is of complaints
        for kind, table in columns.TABLES.items()
        if any(sum(map(bool, part.headers)) > 1 and len(part) for part in kinds[kind])
    }
    most = max(said.values(), default=0)
    best = [kind for kind, hits in said.items() if hits == most]
    if len(best) > 1 and "register" in best:  # an "action register" is one of actions
        best.remove("register")
    return best[0] if most >= 1 and len(best) == 1 else ""


def _of_complaints(kinds: Mapping[str, Sequence[RawTable]], references: frozenset[str]) -> str:
    """'monitoring' when a column holds the register's references: a row is about a complaint."""
    for part in kinds["monitoring"]:
        if any(header and _refers(part, n, references) for n, header in enumerate(part.headers)):
            return "monitoring"
    return ""


def _refers(part: RawTable, index: int, references: frozenset[str]) -> bool:
    """Whether more than half of a column's cells are references of the register."""
    held = [word for cell in part.columns[index] if (word := cells.token(cell))]
    return sum(word in references for word in held) > len(held) / 2


def _references(candidates: Candidates) -> frozenset[str]:
    """The references of whatever register there is, to know them again in other tables."""
    table = columns.TABLES["register"]
    return frozenset(
        cells.token(cell)
        for file, kinds in candidates.items()
        if _kind(file, kinds) == "register"
        for part in kinds["register"]
        for index, header in enumerate(part.headers)
        if header and (columns.recognise(table, header) or ("",))[0] == "reference"
        for cell in part.columns[index]
    ) - {""}


def _names(table: Table, part: RawTable) -> set[str]:
    found = (columns.recognise(table, header) for header in part.headers if header)
    return {name for each in found if each and (name := each[0]) != IGNORE}


def _column(
    table: Table, part: RawTable, index: int, references: frozenset[str] = frozenset()
) -> Proposed:
    header = part.headers[index]
    found = columns.recognise(table, header)
    name = found[0] if found else ""
    if name in ("", IGNORE):
        name = headers.settled_by_values(table, part, index, _VOCABULARY) or name
    elif found:
        name = headers.of_sums(table, part, index, found)[0]
    return Proposed(
        table.name,
        header,
        name,
        () if name == IGNORE else _samples(table, name, part.columns[index]),
        () if name else _closest(table, part, index, references),
        str(part.header_place(index)),
    )


def _closest(
    table: Table, part: RawTable, index: int, references: frozenset[str]
) -> tuple[str, ...]:
    """Canonical names to choose from; the reference first, when the register's stand there."""
    like = columns.closest(table, part.headers[index])
    if "reference" in table.names() and _refers(part, index, references):
        like = ("reference", *(name for name in like if name != "reference"))
    return like


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


def _unmapped(table: Table, part: RawTable, name: str) -> list[str]:
    """Outcomes or procedures nobody knows, to be mapped."""
    if table.name != "register":
        return []
    read = _READERS[name]
    found: list[str] = []
    for index, header in enumerate(part.headers):
        meaning = columns.recognise(table, header) if header else None
        if meaning and meaning[0] == name:
            for cell in dict.fromkeys(part.columns[index]):
                said = read(cell)
                if isinstance(said, values.Bad) and len(cells.text(cell)) <= 40:
                    found.append(cells.text(cell))
    return found


_READERS = {
    "outcome": vocabulary.outcomes({}),
    "procedure": vocabulary.reader(
        *(vocabulary.PROCEDURE_WORDS, dict.fromkeys(vocabulary.OTHER_KINDS, "")),
        *("procedure-unknown", "procedure", "procedures"),
    ),
}
