"""A grid in, raw tables out: where the header is, which rows are records and which are not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from complaints_learning.nouns import columns
from complaints_learning.nouns.columns import Table
from complaints_learning.nouns.raw import Cell, NotRecord, RawTable, letters, on_a_line
from complaints_learning.read import forms, headings
from complaints_learning.read.grid import Grid

_AS_FORMS = ("monitoring",)
"""Tables that also come as one sheet a record, with labels beside their answers."""
_LOOK_DOWN = 60
_TOTAL = re.compile(r"\W*(grand |sub ?-?|overall )?totals?\b", re.IGNORECASE)
_ONLY_TOTAL = re.compile(_TOTAL.pattern + r"\W*", re.IGNORECASE)
_NOTE = re.compile(
    r"\W*(notes?\b|source\b|\*|produced|printed|generated|exported|end of|report run|filter"
    r"|official|this (report|list)|data (as )?at|n\.?b\.?\b)",
    re.IGNORECASE,
)


class _Header(Struct, frozen=True):
    """A header found: its row in the grid, rows it takes, its texts and how many are known."""

    at: int
    height: int
    texts: tuple[str, ...]
    known: int


def tables(
    grid: Grid, file: str, wanted: Table | None, mapped: Mapping[str, str] | None = None
) -> list[RawTable]:
    """The tables of one sheet. With nothing wanted, the header is the first full row."""
    rows = grid.rows
    header = _header(grid, wanted, mapped or {}, 0)
    if header is None:
        return []
    if wanted is not None and wanted.name in _AS_FORMS and header.known < 3:
        filled_in = forms.form(grid, file, wanted, mapped or {})
        if filled_in is not None:
            return [filled_in]
    found: list[RawTable] = []
    while header is not None:
        start = header.at + header.height
        following = _next_header(grid, wanted, mapped or {}, header, start)
        stop = following.at if following else len(rows)
        found.append(_table(grid, file, wanted, mapped or {}, header, start, stop))
        header = following
    return found


def known(table: Table | None, texts: Sequence[str], mapped: Mapping[str, str]) -> int:
    """How many different columns of the table these texts name."""
    if table is None:
        return 0
    names = set()
    for text in texts:
        if text and len(text) < 200 and (found := columns.recognise(table, text, mapped)):
            names.add(found[0])
    return len(names - {columns.IGNORE})


def _header(
    grid: Grid, table: Table | None, mapped: Mapping[str, str], start: int
) -> _Header | None:
    best: _Header | None = None
    seen = 0
    for at in range(start, len(grid.rows)):
        texts = tuple(on_a_line(cell) for cell in grid.rows[at])
        if not any(texts):
            continue
        seen += 1
        if seen > _LOOK_DOWN or (best is not None and best.known >= 5 and at > best.at + 5):
            break
        for candidate in _candidates(grid, table, mapped, at, texts):
            if best is None or candidate.known > best.known:
                best = candidate
    if best is not None and best.known >= _needed(table):
        return best
    return _fullest(grid, start)


def _needed(table: Table | None) -> int:
    return 2 if table is not None else 10_000


def _candidates(
    grid: Grid, table: Table | None, mapped: Mapping[str, str], at: int, texts: tuple[str, ...]
) -> list[_Header]:
    """The row alone, and joined to the row above when that makes more of it known."""
    plain = _Header(at, 1, texts, known(table, texts, mapped))
    if table is None or not at or not any(texts):
        return [plain]
    above = _band(grid, at - 1, len(texts))
    if not any(above):
        return [plain]
    joined = tuple(
        _joined(table, mapped, upper, lower) for upper, lower in zip(above, texts, strict=True)
    )
    if joined == texts:
        return [plain]
    both = _Header(at, 1, joined, known(table, joined, mapped))
    return [plain, both] if both.known >= max(plain.known, 2) else [plain]


def _joined(table: Table, mapped: Mapping[str, str], upper: str, lower: str) -> str:
    """The two texts together when that is a known header, else the lower, else the upper."""
    if upper and lower and columns.recognise(table, f"{upper} {lower}", mapped):
        return f"{upper} {lower}"
    if lower:
        return lower
    return upper if upper and columns.recognise(table, upper, mapped) else ""


def _band(grid: Grid, at: int, width: int) -> tuple[str, ...]:
    """A row's texts with merged cells filled to their right."""
    texts = [on_a_line(cell) for cell in grid.rows[at]]
    texts += [""] * (width - len(texts))
    number = grid.first_row + at
    for row, first, last in grid.bands:
        if row == number:
            first, last = first - grid.first_column, last - grid.first_column
            for column in range(max(first, 0), min(last + 1, width)):
                texts[column] = texts[max(first, 0)]
    return tuple(texts[:width])


def _fullest(grid: Grid, start: int) -> _Header | None:
    """The first row that is nearly as full of text as any: a header nobody has named yet."""
    if start:
        return None
    head = [tuple(on_a_line(c) for c in row) for row in grid.rows[:_LOOK_DOWN]]
    counts = [sum(bool(text) for text in row) for row in head]
    if not counts or not max(counts):
        return None
    for at, (row, count) in enumerate(zip(head, counts, strict=True)):
        if count >= max(1, 0.6 * max(counts)):
            return _Header(at, 1, row, 0)
    return None


def _next_header(
    grid: Grid,
    table: Table | None,
    mapped: Mapping[str, str],
    header: _Header,
    start: int,
) -> _Header | None:
    """A second table below the first: another header after an empty row."""
    if table is None or not header.known:
        return None
    rows, own = grid.rows, {columns.plain(text) for text in header.texts if text}
    blank = False
    for at in range(start, len(rows)):
        filled = grid.cell(at, 0) != "" or any(cell != "" for cell in rows[at])
        if blank and filled and len(rows) - at > 1:
            row = rows[at]
            texts = tuple(on_a_line(cell) for cell in row if isinstance(cell, str))
            if (
                len(texts) == len(row)
                and known(table, texts, mapped) >= 3
                and {columns.plain(text) for text in texts if text} != own
            ):
                return _Header(at, 1, texts, known(table, texts, mapped))
        blank = not filled
    return None


def _table(
    grid: Grid,
    file: str,
    wanted: Table | None,
    mapped: Mapping[str, str],
    header: _Header,
    start: int,
    stop: int,
) -> RawTable:
    width = len(header.texts)
    others: list[NotRecord] = []
    rows = grid.rows
    anchor = _anchor(wanted, header, mapped)
    own = [text.casefold() for text in header.texts]
    blank: set[int] = set()
    said = headings.Headings(wanted, mapped, header.texts)
    for at in _suspects(grid, anchor, start, stop, header.texts):
        reason = "" if at in blank else _not_record(rows[at], own, header.known)
        if reason in ("", _A_NOTE) and at not in blank and said.take(at, rows[at]):
            reason = _A_NOTE
        if reason:
            blank.add(at)
        if reason and reason != "blank":
            others.append(NotRecord(grid.first_row + at, reason))
        for below in _totals_below(rows, at + 1, stop) if reason == _TOTALS else ():
            blank.add(below)
            others.append(NotRecord(grid.first_row + below, _TOTALS))
    keep: Sequence[int] = range(start, stop)
    if blank:
        keep = [at for at in keep if at not in blank]
    if header.at:  # a report's parameters stand above it, too
        said.take(header.at - 1, rows[header.at - 1], again=True)
    used, cells = _used(grid, header.texts, start, stop, keep)
    names = letters(grid.first_column, max(width, max(used, default=0) + 1))
    grouped = said.columns(keep)
    first = grid.first_row
    if len(keep) and keep[-1] - keep[0] + 1 == len(keep):
        numbers: Sequence[int] = range(first + keep[0], first + keep[-1] + 1)
    else:
        numbers = [first + at for at in keep]
    return RawTable(
        file=file,
        sheet=grid.sheet,
        kind=wanted.name if wanted else "",
        headers=(
            *(header.texts[i] if i < width else "" for i in used),
            *(label for label, _ in grouped),
        ),
        letters=(*(names[i] for i in used), *(names[0] for _ in grouped)),
        columns=(*cells, *(column for _, column in grouped)),
        rows=numbers,
        header_row=first + header.at,
        not_records=tuple(others),
        faults=grid.faults,
        date1904=grid.date1904,
    )


_TOTALS = "a totals row"
_A_NOTE = "a note or heading"
_PAGE = re.compile(r"\W*page \d+( ?(of|/) ?\d+)?\W*$", re.IGNORECASE)


def _totals_below(rows: Sequence[Sequence[Cell]], start: int, stop: int) -> list[int]:
    """Rows right below a total that break it down: nothing in them but a label and its number."""
    found = []
    for at in range(start, stop):
        filled = [c for c in rows[at] if not (isinstance(c, str) and not c.strip())]
        if len(filled) != 2 or not (isinstance(filled[0], str) and type(filled[1]) in (int, float)):
            break
        if not _TOTAL.match(filled[0]):
            found.append(at)
    return found


_TOTAL_STARTS = frozenset("TtGgSsOo *")
_SUSPECT = re.compile(
    r"\W*(?:(?:grand|sub|overall|totals?|notes?|source|produced|printed|generated|exported|end|report"
    r"|filter|official|this|data|n\.?b)\b|$)|.*[\s:]|\*",
    re.IGNORECASE,
).match


def _suspects(grid: Grid, anchor: int, start: int, stop: int, texts: Sequence[str]) -> list[int]:
    """Rows that may be no record, by their anchor alone: every cell of every row is dear."""
    own = texts[anchor].casefold() if texts else ""
    first = own[:1]
    found = []
    labels = grid.column(1 if anchor == 0 else 0, start, stop)
    cells = grid.column(anchor, start, stop)
    for at, (label, cell) in enumerate(zip(labels, cells, strict=True), start):
        if label.__class__ is str and label[:1] in _TOTAL_STARTS and _TOTAL.match(label):
            found.append(at)
            continue
        if cell.__class__ is not str or cell.isdigit():
            continue
        if _SUSPECT(cell) or (cell[:1].casefold() == first and cell.casefold() == own):
            found.append(at)
    return found


def _anchor(wanted: Table | None, header: _Header, mapped: Mapping[str, str]) -> int:
    """The column whose being filled makes a row a record: the first required one, or the first."""
    if wanted is not None:
        for column in wanted.columns:
            if column.required:
                for index, text in enumerate(header.texts):
                    named = columns.recognise(wanted, text, mapped) if text else None
                    if named and named[0] == column.name:
                        return index
    return next((index for index, text in enumerate(header.texts) if text), 0)


def _not_record(row: Sequence[Cell], own: Sequence[str], known_columns: int) -> str:
    """Why a row is no record: 'blank', a reason, or '' when it is one after all."""
    filled = [
        (i, c) for i, c in enumerate(row) if not (c == "" or (isinstance(c, str) and not c.strip()))
    ]
    if not filled:
        return "blank"
    texts = [(i, on_a_line(cell).casefold()) for i, cell in filled]
    same = sum(1 for i, text in texts if i < len(own) and text == own[i])
    if same >= 2 and same >= 0.6 * len(texts):
        return "the header again"
    for n, (_, text) in enumerate(texts[:2], 1):
        if _TOTAL.match(text) and _is_total(text, [c for _, c in filled[n:]], known_columns):
            return _TOTALS
    if len(filled) == 1 and known_columns >= 3:
        text = texts[0][1]
        if _NOTE.match(text) or len(text) > 40 or (" " in text and filled[0][0] == 0):
            return _A_NOTE
    if len(filled) <= 3 and any(_PAGE.match(text) for _, text in texts):
        return _A_NOTE
    return ""


def _is_total(label: str, beside: Sequence[Cell], known_columns: int) -> bool:
    """Whether it labels a total, and is no text of a family's such as "Total lack of respect"."""
    if len(label) >= 60:
        return False
    if _ONLY_TOTAL.fullmatch(label):
        return True
    counts = all(
        any(map(str.isdigit, cell)) if isinstance(cell, str) else type(cell) in (int, float)
        for cell in beside
    )
    return counts and (bool(beside) or (known_columns > 0 and len(label.split()) < 4))


def _used(
    grid: Grid, headers: Sequence[str], start: int, stop: int, keep: Sequence[int]
) -> tuple[list[int], list[Sequence[Cell]]]:
    """Columns with a header, and those without that hold something: which, and their cells."""
    used: list[int] = []
    found: list[Sequence[Cell]] = []
    for at in range(max(len(headers), grid.width(start, stop))):
        cells = grid.column(at, start, stop)
        if len(keep) < len(cells):
            cells = [cells[row - start] for row in keep]
        if (at < len(headers) and headers[at]) or any(cell != "" for cell in cells):
            used.append(at)
            found.append(cells)
    return used, found
