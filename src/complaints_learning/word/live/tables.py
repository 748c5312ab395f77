"""A table in an edited report against the fresh one: rows by label, columns by heading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from msgspec import Struct

from complaints_learning.nouns.report import Line, Table, plain
from complaints_learning.word import ooxml, tags
from complaints_learning.word.live.contents import Block, tag_of
from complaints_learning.word.live.expected import Expected, same
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


def changes(
    block: Block, fresh: Table, expected: Expected, listed: Mapping[str, int]
) -> Iterator[Change]:
    """The cells and rows that differ, in the order of the document."""
    if block.element is None:
        return
    rows = rows_of(block.element)
    header = [shown(cell) for cell in cells_of(rows[0])] if rows else []
    order = column_order(header, fresh)
    keys = fresh_keys(fresh)
    by_key = dict(zip(keys, fresh.rows, strict=True))
    seen = set()
    body = rows[1:]
    for row, key in zip(body, keyed([_label(row) for row in body]), strict=True):
        cells = cells_of(row)
        match = by_key.get(key)
        if match is not None:
            seen.add(key)
        elif any(tagged(cell) for cell in cells):
            yield Change(key[0], "", "", "")
            continue
        yield from _row(cells, key[0], header, order, match, expected)
    for key, row in by_key.items():
        if key not in seen and not was_deleted(row, expected, listed):
            yield Change(key[0], "", "", "new")


def _row(
    cells: list[Element],
    label: str,
    header: list[str],
    order: list[int | None],
    match: tuple[Line, ...] | None,
    expected: Expected,
) -> Iterator[Change]:
    for number, cell in enumerate(cells):
        was = shown(cell)
        tag = tagged(cell)
        at = order[number] if number < len(order) else None
        now = expected.text(tag, was, prose=False) if tag else None
        if now is None and match is not None and at is not None and at < len(match):
            now = plain(match[at])
        if now is not None and not same(was, now):
            yield Change(label, header[number] if number < len(header) else "", was, now)


def _label(row: Element) -> str:
    cells = cells_of(row)
    return shown(cells[0]) if cells else ""
