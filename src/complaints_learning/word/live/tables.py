"""A table in an edited report against the fresh one: rows by label, columns by heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from complaints_learning.nouns.report import Line, Table, plain
from complaints_learning.word import ooxml, tags
from complaints_learning.word.live.contents import Block, Contents, tag_of
from complaints_learning.word.live.expected import Expected, core, same
from complaints_learning.word.ooxml import Element, cells_of, q, rows_of

Key = tuple[str, int]
"""A row's label and which of the rows with that label it is."""


class Change(Struct, frozen=True):
    """A cell that differs; `column` is '' for a whole row, then `now` says that it is new."""

    row: str
    column: str
    was: str
    now: str


def all_of(table: Element) -> list[Element]:
    """Every cell of a table itself."""
    return [cell for row in rows_of(table) for cell in cells_of(row)]


def shown(cell: Element) -> str:
    """A cell's text on one line."""
    return " ".join(ooxml.text_of(cell).split())


def keyed(labels: list[str]) -> list[Key]:
    """Labels made unique by counting.

    >>> keyed(["Team", "Team", "All"])
    [('Team', 0), ('Team', 1), ('All', 0)]
    """
    seen: Counter[str] = Counter()
    result = []
    for label in labels:
        result.append((label, seen[label]))
        seen[label] += 1
    return result


def fresh_keys(fresh: Table) -> list[Key]:
    """The keys of the fresh table's rows."""
    return keyed([" ".join(plain(row[0]).split()) if row else "" for row in fresh.rows])


def column_order(header: list[str], fresh: Table) -> list[int | None]:
    """For each column of the document, the fresh table's column, None for one of their own.

    A heading that somebody reworded still counts by its place when the number is the same.
    """
    titles = keyed([" ".join(title.split()) for title in fresh.header])
    order: list[int | None] = [
        titles.index(title) if title in titles else None for title in keyed(header)
    ]
    if len(header) == len(titles):
        taken = set(order)
        return [
            at if at is not None else (n if n not in taken else None) for n, at in enumerate(order)
        ]
    return order


def tagged(cell: Element) -> str:
    """The tag of the figure in a cell, '' when there is none or it lost its tag."""
    around = cell.getparent().getparent() if cell.getparent() is not None else None
    if around is not None and around.tag == q("sdt") and tag_of(around):
        return tag_of(around)
    for control in cell.iter(q("sdt")):
        tag = tag_of(control)
        if tag and tags.kind(tag) == "figure":
            return tag
    return ""


def was_deleted(row: tuple[Line, ...], expected: Expected, listed: Mapping[str, int]) -> bool:
    """Whether the file once had this fresh row, so that somebody took it out."""
    own = [
        tags.tag(expected.report.period, run.figure) for line in row for run in line if run.figure
    ]
    return bool(own) and all(tag in listed for tag in own)


class Column(Struct, frozen=True):
    """A column of the document: its heading, and the fresh table's column, None for their own."""

    title: str
    at: int | None


class Matched(Struct, frozen=True):
    """A table of the document beside the fresh one: its row of headings, its rows each with the key
    of the fresh row that it shows or one of its own, and its columns by where they begin and end.
    """

    head: Element
    rows: tuple[tuple[Key, Element], ...]
    columns: Mapping[tuple[int, int], Column]

    def cells(self, row: Element) -> Iterator[tuple[Column, Element]]:
        """A row's cells with their columns; one that people merged of several is in none."""
        for number, (span, cell) in enumerate(_spans(row), start=1):
            yield self.columns.get(span, Column(f"{number}", None)), cell


def matched(table: Element, fresh: Table, expected: Expected) -> Matched | None:
    """The two beside each other; None for a table without rows.

    A row is known by its label. One whose label people reworded is known by what else it says.
    """
    rows = rows_of(table)
    if not rows:
        return None
    top = max(range(min(len(rows), 3)), key=lambda n: (_titles(rows[n], fresh), -n))
    spans = list(_spans(rows[top]))
    header = [shown(cell) for _, cell in spans]
    columns = {
        span: Column(title or f"{number}", at)
        for number, ((span, _), title, at) in enumerate(
            zip(spans, header, column_order(header, fresh), strict=True), start=1
        )
    }
    found = Matched(rows[top], (), columns)
    by_key = dict(zip(fresh_keys(fresh), fresh.rows, strict=True))
    body = rows[top + 1 :]
    keys = keyed([_label(row) for row in body])
    left = {key: _says(row, expected) for key, row in by_key.items() if key not in keys}
    for number, row in enumerate(body):
        if keys[number] not in by_key and left:
            own = _shows(found, row)
            best = max(left, key=lambda key: len(own & left[key]))
            if 2 * len(own & left[best]) > len(own):
                keys[number] = best
                del left[best]
    return Matched(rows[top], tuple(zip(keys, body, strict=True)), columns)


def _titles(row: Element, fresh: Table) -> int:
    return len({shown(cell) for cell in cells_of(row)} & set(fresh.header))


def _spans(row: Element) -> Iterator[tuple[tuple[int, int], Element]]:
    """Each cell with the columns of the grid that it begins and ends at."""
    before = row.find(f"{q('trPr')}/{q('gridBefore')}")
    at = _number(before)
    for cell in cells_of(row):
        end = at + (_number(cell.find(f"{q('tcPr')}/{q('gridSpan')}")) or 1)
        yield (at, end), cell
        at = end


def _number(node: Element | None) -> int:
    text = node.get(q("val"), "") if node is not None else ""
    return int(text) if text.isdigit() else 0


def _says(row: tuple[Line, ...], expected: Expected) -> set[str | tuple[int, str]]:
    """What tells a fresh row from others beside its label: its figures, or else its words."""
    tagged_ = {
        tags.tag(expected.report.period, run.figure) for line in row for run in line if run.figure
    }
    return {*(tagged_ or ((at, plain(line)) for at, line in enumerate(row) if at))}


def _shows(found: Matched, row: Element) -> set[str | tuple[int, str]]:
    """The same of a row of the document."""
    tagged_ = {tag for cell in cells_of(row) if (tag := tagged(cell))}
    words = {(column.at, shown(cell)) for column, cell in found.cells(row) if column.at}
    return {*(tagged_ or words)}


def changes(block: Block, fresh: Table, expected: Expected, found: Contents) -> Iterator[Change]:
    """The cells and rows that differ, in the order of the document."""
    beside = matched(block.element, fresh, expected) if block.element is not None else None
    if beside is None:
        return
    by_key = dict(zip(fresh_keys(fresh), fresh.rows, strict=True))
    seen = set()
    for key, row in beside.rows:
        match = by_key.get(key)
        if match is not None:
            seen.add(key)
        elif any(map(tagged, cells_of(row))):
            yield Change(key[0], "", "", "")
            continue
        for column, cell in beside.cells(row):
            now = fresh_text(cell, column, match or (), expected)
            if now is not None:
                yield Change(_label(row), column.title, shown(cell), now)
    for key, line in by_key.items():
        if key not in seen and not was_deleted(line, expected, found.listed):
            yield Change(key[0], "", "", "new")


def fresh_text(
    cell: Element, column: Column, line: tuple[Line, ...], expected: Expected, tag: str = ""
) -> str | None:
    """What a cell should read; None when that is what it does, or nobody knows.

    Words that people typed beside its figure stay.
    """
    was, tag = shown(cell), tagged(cell) or tag
    at = core(was) if tag else slice(0, len(was))
    now = expected.text(tag, was[at], prose=False) if tag else None
    if now is None and column.at is not None and column.at < len(line):
        at, now = slice(0, len(was)), plain(line[column.at])
    if now is None or same(was[at], now):
        return None
    return was[: at.start] + now + was[at.stop :]


def _label(row: Element) -> str:
    cells = cells_of(row)
    return shown(cells[0]) if cells else ""
