"""Files of texts in: a column of any spreadsheet, and texts that people labelled."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from complaints_learning import read
from complaints_learning.nouns import columns
from complaints_learning.nouns.decisions import NO_THEME
from complaints_learning.nouns.errors import Place, ReadError, SettingsError
from complaints_learning.nouns.raw import Cell, RawTable, shown
from complaints_learning.read import texts

_WORD = re.compile(r"[^\W\d_]{2}.*[^.?!]$")


class Column(Struct, frozen=True):
    """The texts of one column, with the reference (or Excel row) of each.

    `faults` are cells whose value the file does not hold; `left_out` are rows that hold no text.
    """

    references: tuple[str, ...]
    texts: tuple[str, ...]
    file: str
    sheets: tuple[str, ...]
    rows: tuple[int, ...]
    faults: tuple[tuple[Place, str], ...] = ()
    left_out: tuple[tuple[Place, str], ...] = ()


class Labelled(Struct, frozen=True):
    """One text as people labelled it; `readers` holds each labeller's themes.

    `place` is where it stands, as 'row 5'. A person who gave no theme said NO_THEME.
    """

    text: str
    themes: tuple[str, ...]
    primary: str = ""
    readers: tuple[tuple[str, ...], ...] = ()
    place: str = ""


def column(path: Path, name: str, reference: str = "") -> Column:
    """The texts of the column `name`, from every sheet that has it.

    Raises SettingsError when no sheet has it or, of those, the column `reference`; ReadError when
    the file cannot be read.
    """
    found = _with(read.tables(path), name, path)
    if reference:
        _with(found, reference, path)
    references: list[str] = []
    said: list[str] = []
    sheets: list[str] = []
    rows: list[int] = []
    faults: list[tuple[Place, str]] = []
    left_out: list[tuple[Place, str]] = []
    for table in found:
        at = _find(table, name)
        key = _find(table, reference) if reference else _guess(table)
        for n, row in enumerate(table.rows):
            where = f"{table.sheet}, row {row}" if len(found) > 1 else f"row {row}"
            references.append(_text(table, key, n) or where)
            said.append(_text(table, at, n))
            sheets.append(table.sheet)
            rows.append(row)
        faults += [
            (Place(path.name, table.sheet, row, letters), fault)
            for (row, letters), fault in sorted(table.faults.items())
            if letters == table.letters[at] and row > table.header_row
        ]
        left_out += [
            (Place(path.name, table.sheet, one.row), one.reason) for one in table.not_records
        ]
    return Column(
        *(tuple(references), tuple(said), path.name, tuple(sheets), tuple(rows)),
        *(tuple(faults), tuple(left_out)),
    )


def _with(tables: Sequence[RawTable], name: str, path: Path) -> list[RawTable]:
    """The tables that have a column; SettingsError when there is none."""
    found = [table for table in tables if _find(table, name) >= 0]
    if not found:
        raise _missing(path, tables, name)
    return found


def _missing(path: Path, tables: Sequence[RawTable], name: str, option: str = "") -> SettingsError:
    """The message that no sheet has a column, with those there are; `option` names another."""
    heads = list(dict.fromkeys(head for table in tables for head in _names(table)))
    close = difflib.get_close_matches(name, heads, n=1, cutoff=0.5)
    listed = ", ".join(f"'{head}'" for head in heads[:12])
    if close:
        hint = f"Did you mean '{close[0]}'?"
    elif heads:
        hint = f"It has: {listed}."
    elif not tables:
        hint = "It holds no table."
    else:
        hint = "The first row does not look like names of columns: write them above the texts."
    return SettingsError(
        f"{path.name}: there is no column '{name}'.",
        f"{hint} Name it with {option}." if option and heads else hint,
        code="column-missing",
    )


def _names(table: RawTable) -> list[str]:
    """The headers that look like names of columns: what families wrote is in no message."""
    return [
        head
        for head, cells in zip(table.headers, table.columns, strict=True)
        if cells and len(head) <= 40 and _WORD.search(head) and not _like(head, cells)
    ]


def _like(head: str, cells: Sequence[Cell]) -> bool:
    """Whether a header of some words is as long as the texts under it."""
    said = [words for cell in cells[:200] if len(words := shown(cell).split()) > 2]
    if len(head.split()) < 3 or not said:
        return False
    return 3 * len(head.split()) * len(said) > 2 * sum(map(len, said))


def labelled(
    path: Path, text: str = "text", themes: str = "themes", primary: str = "primary"
) -> list[Labelled]:
    """Texts with their themes: JSON lines, or a spreadsheet with these columns.

    A spreadsheet's themes are joined by ';'; themes 2, themes 3 ... are further labellers. A
    review workbook gives what a person decided in it.
    """
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return [_from_json(line, n, path) for n, line in enumerate(_lines(path), 1) if line.strip()]
    tables = read.tables(path)
    table = next((t for t in tables if _find(t, text) >= 0), None)
    if table is None:
        raise _missing(path, tables, text, "--text-column")
    if _find(table, "theme 1") >= 0:
        return _decided(table, _find(table, text))
    given, main, at = (_find(table, name) for name in (themes, primary, text))
    if given < 0:
        raise _missing(path, [table], themes, "--themes-column")
    if main < 0 and primary != "primary":
        raise _missing(path, [table], primary, "--primary-column")
    further = re.compile(rf"{re.escape(themes.casefold())} ?\d+")
    others = [n for n, head in enumerate(table.headers) if further.fullmatch(head.casefold())]
    out = []
    for n, row in enumerate(table.rows):
        first = _split(_text(table, given, n))
        more = [_split(_text(table, other, n)) for other in others]
        readers = (first, *[each for each in more if each])
        out.append(
            Labelled(
                _text(table, at, n),
                first,
                _text(table, main, n),
                readers if len(readers) > 1 else (),
                _row(table, row),
            )
        )
    return out


def _decided(table: RawTable, text: int) -> list[Labelled]:
    """The rows of a review workbook that a person decided."""
    places = [at for n in range(1, 5) if (at := _find(table, f"theme {n}")) >= 0]
    primary = _find(table, "primary theme")
    out = []
    for n, row in enumerate(table.rows):
        main = _text(table, primary, n)
        chosen = tuple(said for at in places if (said := _text(table, at, n)))
        chosen = chosen or ((main,) if main else ())
        out.append(
            Labelled(
                _text(table, text, n),
                chosen,
                main or next((said for said in chosen if not no_theme(said)), ""),
                place=_row(table, row),
            )
        )
    return out


def _row(table: RawTable, row: int) -> str:
    return f"sheet {table.sheet}, row {row}" if table.sheet else f"row {row}"


def no_theme(said: str) -> bool:
    """Whether somebody says that no theme applies."""
    return said.casefold() == NO_THEME.casefold()


def _lines(path: Path) -> list[str]:
    return texts.text(path).splitlines()


def _from_json(line: str, number: int, path: Path) -> Labelled:
    try:
        row: Mapping[str, Any] = json.loads(line)
        readers: Sequence[Mapping[str, Any]] = row.get("readers") or ()
        return Labelled(
            str(row["text"]),
            tuple(map(str, row["themes"])),
            str(row.get("primary", "")),
            tuple(tuple(map(str, reader["themes"])) for reader in readers),
            f"line {number}",
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReadError(
            f"{path.name}, line {number}: this is not an object with text and themes.",
            'Write: {"text": "...", "themes": ["delay"], "primary": "delay"}',
            code="labelled-line",
        ) from None


def _split(said: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[;|]", said) if part.strip())


def _find(table: RawTable, name: str) -> int:
    wanted = " ".join(name.casefold().split())
    heads = [" ".join(head.casefold().split()) for head in table.headers]
    return heads.index(wanted) if wanted in heads else -1


def _guess(table: RawTable) -> int:
    """The column that a register's reference would be in, -1 when there is none."""
    meant = [
        (columns.recognise(columns.TABLES["register"], h), n)
        for n, h in enumerate(table.headers)
        if h
    ]
    references = [(said[1], n) for said, n in meant if said and said[0] == "reference"]
    return min(references)[1] if references else -1


def _text(table: RawTable, column: int, record: int) -> str:
    """A cell as text; '' when there is no such column."""
    return shown(table.columns[column][record]).strip() if column >= 0 else ""
