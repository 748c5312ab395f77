"""A table in an edited report brought to the fresh one: cells rewritten, rows and columns matched.

Rows and columns that people added stay; those that they took out stay out. New rows take the
shape of the row above, so the table looks as people made it look.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from complaints_learning.nouns.report import Line, Table, plain
from complaints_learning.word import tags
from complaints_learning.word.live import tables
from complaints_learning.word.live.contents import Block, Contents
from complaints_learning.word.live.difference import Difference
from complaints_learning.word.live.expected import Expected
from complaints_learning.word.live.tables import Column, Matched
from complaints_learning.word.ooxml import Element, add, cells_of, new, q
from complaints_learning.write import controls

_ONCE = tuple(
    q(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("commentReference", "ins", "del", "moveFrom", "moveTo"),
    )
)


class Ids:
    """Numbers for new content controls that no other control has."""

    def __init__(self, root: Element) -> None:
        self.taken = {
            node.get(q("val"))
            for properties in root.iter(q("sdtPr"))
            for node in properties.findall(q("id"))
        }
        self.last = 720_000_000

    def new(self) -> str:
        """The next free number."""
        self.last += 1
        while str(self.last) in self.taken:
            self.last += 1
        return str(self.last)


def synchronise(
    block: Block, fresh: Table, expected: Expected, found: Contents, ids: Ids
) -> list[Difference]:
    """Change a table in place and say what changed. Words of a cell that somebody typed stay."""
    done: list[Difference] = []
    beside = tables.matched(block.element, fresh, expected)
    if beside is None:
        return done
    fresh_keys = tables.fresh_keys(fresh)
    by_key = dict(zip(fresh_keys, fresh.rows, strict=True))
    here = dict(beside.rows)
    body = [row for _, row in beside.rows]
    _reorder(beside.head, body, [here[key] for key in fresh_keys if key in here])
    last: Element = beside.head
    for key, row in beside.rows:
        if key not in by_key and any(tables.tagged(cell) for cell in cells_of(row)):
            outer = _outer(row)
            outer.getparent().remove(outer)
            done.append(Difference("row", fresh.caption, "", "", f"row '{key[0]}'"))
    for key in fresh_keys:
        made = here.get(key)
        if made is None:
            if tables.was_deleted(by_key[key], expected, found.listed):
                continue
            made = _like(body[0] if last is beside.head and body else last, ids)
            _outer(last).addnext(made)
            done.append(Difference("row", fresh.caption, "", "new", f"row '{key[0]}'"))
            _fill(beside, made, by_key[key], expected, ids)
        else:
            where = f"row '{key[0]}'"
            for column, was, now in _changed(beside, made, by_key[key], expected, found):
                place = f"{where}, column '{column}'"
                done.append(Difference("cell", fresh.caption, was, now, place))
        last = made
    return done


def _outer(row: Element) -> Element:
    """The row, or the control that Word put around it."""
    while row.getparent() is not None and row.getparent().tag != q("tbl"):
        row = row.getparent()
    return row


def _reorder(header: Element, body: list[Element], wanted: list[Element]) -> None:
    """Put rows in the order of the data; a row that people added follows the one above it."""
    matched = [row for row in body if row in wanted]
    if matched == wanted:
        return
    groups: dict[Element, list[Element]] = {header: []}
    above = header
    for row in body:
        if row in wanted:
            above = row
            groups[row] = []
        groups[above].append(row)
    last = _outer(header)
    for row in [*groups[header], *(one for key in wanted for one in groups[key])]:
        last.addnext(_outer(row))
        last = _outer(row)


def _changed(
    beside: Matched, row: Element, line: tuple[Line, ...], expected: Expected, found: Contents
) -> Iterator[tuple[str, str, str]]:
    for column, cell in beside.cells(row):
        own = _figure(column, line)
        tag = tags.tag(expected.report.period, own) if own else ""
        if tag and not tables.tagged(cell):
            _name(cell, tag)
        was, now = tables.shown(cell), tables.fresh_text(cell, column, line, expected, tag)
        if now is not None and (own or tables.tagged(cell) or not found.typed(was)):
            _write(cell, now)
            yield column.title, was, now


def _figure(column: Column, line: tuple[Line, ...]) -> str:
    """The figure in a column of a fresh row, '' when it has none there."""
    content = line[column.at] if column.at is not None and column.at < len(line) else ()
    return next((run.figure for run in content if run.figure), "")


def _fill(
    beside: Matched, row: Element, line: tuple[Line, ...], expected: Expected, ids: Ids
) -> None:
    for column, cell in beside.cells(row):
        own = _figure(column, line)
        if own:
            _live(cell, ids)
            _name(cell, tags.tag(expected.report.period, own))
        content = line[column.at] if column.at is not None and column.at < len(line) else ()
        _write(cell, plain(content))


def _live(cell: Element, ids: Ids) -> None:
    """Put a control in a cell that has none, as when its shape came from the headings."""
    run = next(cell.iter(q("r")), None)
    if run is None or next(cell.iter(q("sdt")), None) is not None:
        return
    control = controls.empty()
    run.addprevious(control)
    control[1].append(run)
    control[0][1].set(q("val"), ids.new())


def _name(cell: Element, tag: str) -> None:
    control = next(cell.iter(q("sdt")), None)
    if control is not None:
        controls.name(control, tag)


def _write(cell: Element, now: str) -> None:
    """Put text in a cell, in the formatting of its first letters."""
    texts = [
        node
        for node in cell.iter(q("t"))
        if not any(above.tag in (q("del"), q("moveFrom")) for above in node.iterancestors())
    ]
    if not texts:
        paragraph = next(cell.iter(q("p")), None)
        if paragraph is None:
            paragraph = add(cell, "p")
        texts = [add(add(paragraph, "r"), "t")]
    for number, node in enumerate(texts):
        node.text = now if number == 0 else ""
        node.set(q("xml:space"), "preserve")


def _like(row: Element, ids: Ids) -> Element:
    """A row of the same shape, with nothing in it that may be in a file only once."""
    made = deepcopy(row)
    for mark in list(made.iter(q("tblHeader"))):  # the first row of a table that was empty
        mark.getparent().remove(mark)
    for node in list(made.iter(*_ONCE)):
        parent = node.getparent()
        if parent is None:
            continue
        if node.tag in (q("ins"), q("moveTo")):
            for child in list(node):
                node.addprevious(child)
        parent.remove(node)
    for node in made.iter():
        for name in [n for n in node.attrib if n.endswith(("}paraId", "}textId"))]:
            del node.attrib[name]
    for properties in made.iter(q("sdtPr")):
        id_ = properties.find(q("id"))
        if id_ is None:
            id_ = new("id")
            properties.append(id_)
        id_.set(q("val"), ids.new())
        tag = properties.find(q("tag"))
        if tag is not None and tag.get(q("val"), "").startswith(tags.PREFIX):
            properties.remove(tag)
    return made
