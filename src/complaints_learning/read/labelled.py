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
from complaints_learning.nouns.errors import ReadError, SettingsError
from complaints_learning.nouns.raw import RawTable, shown
from complaints_learning.read import texts


class Column(Struct, frozen=True):
    """The texts of one column, with the reference (or Excel row) of each."""

    references: tuple[str, ...]
    texts: tuple[str, ...]
    file: str
    sheet: str
    rows: tuple[int, ...]


class Labelled(Struct, frozen=True):
    """One text as people labelled it; `readers` holds each labeller's themes."""

    text: str
    themes: tuple[str, ...]
    primary: str = ""
    readers: tuple[tuple[str, ...], ...] = ()


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
    rows: list[int] = []
    for table in found:
        at = _find(table, name)
        key = _find(table, reference) if reference else _guess(table)
        for n, row in enumerate(table.rows):
            where = f"{table.sheet}, row {row}" if len(found) > 1 else f"row {row}"
            references.append(_text(table, key, n) or where)
            said.append(_text(table, at, n))
            rows.append(row)
    return Column(tuple(references), tuple(said), path.name, found[0].sheet, tuple(rows))


def _with(tables: Sequence[RawTable], name: str, path: Path) -> list[RawTable]:
    """The tables that have a column; SettingsError when there is none."""
    found = [table for table in tables if _find(table, name) >= 0]
    if not found:
        headers = list(dict.fromkeys(head for table in tables for head in table.headers if head))
        close = difflib.get_close_matches(name, headers, n=1, cutoff=0.5)
        listed = ", ".join(f"'{head}'" for head in headers[:12])
        raise SettingsError(
            f"{path.name}: there is no column '{name}'.",
            f"Did you mean '{close[0]}'?" if close else f"It has: {listed}.",
            code="column-missing",
        )
    return found


def labelled(path: Path, text: str = "text") -> list[Labelled]:
    """Texts with their themes: JSON lines, or a spreadsheet with columns text and themes.

    A spreadsheet's themes are joined by ';'; themes 2, themes 3 ... are further labellers. A
    review workbook gives what a person decided in it.
    """
    if path.suffix.lower() in (".jsonl", ".ndjson"):
        return [_from_json(line, n, path) for n, line in enumerate(_lines(path), 1) if line.strip()]
    table = next((t for t in read.tables(path) if _find(t, text) >= 0), None)
    if table is not None and _find(table, "theme 1") >= 0:
        return _decided(table, _find(table, text))
    themes = _find(table, "themes") if table else -1
    if table is None or themes < 0:
        raise SettingsError(
            f"{path.name}: columns '{text}' and 'themes' are needed.",
            "Themes are codes or titles joined by ';', such as: communication; delay",
            code="column-missing",
        )
    primary = _find(table, "primary")
    others = [
        n for n, head in enumerate(table.headers) if re.fullmatch(r"themes ?\d+", head.lower())
    ]
    at = _find(table, text)
    out = []
    for n in range(len(table.rows)):
        first = _split(_text(table, themes, n))
        more = [_split(_text(table, other, n)) for other in others]
        readers = (first, *[each for each in more if each])
        out.append(
            Labelled(
                _text(table, at, n),
                first,
                _text(table, primary, n),
                readers if len(readers) > 1 else (),
            )
        )
    return out


def _decided(table: RawTable, text: int) -> list[Labelled]:
    """The rows of a review workbook that a person decided."""
    places = [at for n in range(1, 5) if (at := _find(table, f"theme {n}")) >= 0]
    primary = _find(table, "primary theme")
    out = []
    for n in range(len(table.rows)):
        chosen = [_text(table, at, n) for at in places]
        themes = tuple(said for said in chosen if said and said != NO_THEME)
        main = _text(table, primary, n)
        first = themes[0] if themes else ""
        out.append(Labelled(_text(table, text, n), themes, main or first))
    return out


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
