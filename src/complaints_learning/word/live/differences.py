"""What an edited report shows and what the data says in; where they differ out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from complaints_learning.word import ooxml, tags
from complaints_learning.word.live import fitting, sentences, tables, typed
from complaints_learning.word.live.contents import Contents, in_tables
from complaints_learning.word.live.difference import Difference, Kind
from complaints_learning.word.live.expected import Expected, core, same


def differences(found: Contents, expected: Expected) -> tuple[Difference, ...]:
    """Everything that differs, figures in reading order, then tables, charts and deletions."""
    return (
        *_figures(found, expected),
        *typed.numbers(found, expected),
        *fitting.wording(found, expected),
        *_tables(found, expected),
        *_charts(found, expected),
        *_deleted(found, expected),
    )


def _figures(found: Contents, expected: Expected) -> Iterator[Difference]:
    inside = set(in_tables(found.figures, found.tables))
    for words in found.paragraphs:
        shown = dict.fromkeys(piece.figure for piece in words.pieces if piece.figure)
        for figure in shown:
            if figure is None or figure in inside:
                continue
            tag, was = expected.tag(figure.tag, figure.mark), figure.text[core(figure.text)]
            now = expected.text(tag, was, prose=figure.table is None)
            sentence = sentences.around(words, figure)
            if now is None:
                name = _strange(figure.tag, expected.report.period)
                yield Difference("unknown", name, figure.text, "", figure.where, sentence)
            elif not same(was, now):
                yield Difference(
                    "figure", str(expected.names[tag]), was, now, figure.where, sentence
                )


def _tables(found: Contents, expected: Expected) -> Iterator[Difference]:
    for block in found.tables:
        fresh = expected.tables.get(block.tag or block.mark)
        if fresh is None:
            yield Difference("table", _readable(block.tag or block.mark), "", "", block.where)
            continue
        for change in tables.changes(block, fresh, expected, found):
            kind: Kind = "row" if change.column == "" else "cell"
            where = f"row '{change.row}'"
            if change.column:
                where += f", column '{change.column}'"
            yield Difference(kind, fresh.caption, change.was, change.now, where)


def _charts(found: Contents, expected: Expected) -> Iterator[Difference]:
    for block in found.charts:
        fresh = expected.charts.get(block.tag or block.mark)
        if fresh is None:
            yield Difference("chart", _readable(block.tag or block.mark), "", "", block.where)
        elif block.element is not None:
            about = next(block.element.iter(ooxml.q("wp:docPr")), None)
            alt = about.get("descr", "") if about is not None else ""
            if _spaced(alt) != _spaced(fresh.alt):
                own = set(re.findall(r"\d+", alt)) <= set(re.findall(r"\d+", fresh.alt))
                kind: Kind = "described" if not alt or (own and found.typed(alt)) else "chart"
                yield Difference(kind, fresh.caption, alt, fresh.alt, block.where)


def _deleted(found: Contents, expected: Expected) -> Iterator[Difference]:
    """Controls that the file lists and no longer holds; a table or chart stands for its own."""
    there = Counter(expected.tag(figure.tag, figure.mark) for figure in found.figures)
    listed = Counter(found.listed)
    blocks = {block.tag or block.mark for block in (*found.tables, *found.charts)}
    for tag in found.listed:
        kind = tags.kind(tag)
        if kind == "figure":
            continue
        fresh = (expected.tables if kind == "table" else expected.charts).get(tag)
        if tag in blocks or (fresh is not None and tags.bookmark(fresh.name, kind) in blocks):
            continue
        caption = fresh.caption if fresh is not None else _readable(tag)
        yield Difference("deleted", caption, kind, "", "")
        listed -= _cells(expected, tag)
    for block in found.tables:
        # the program that saved it forgot the tags in cells, so they cannot be counted
        if block.element is not None and not any(map(tables.tagged, tables.all_of(block.element))):
            listed -= _cells(expected, block.tag or block.mark)
    for tag, times in listed.items():
        if tags.kind(tag) == "figure" and times > there[tag]:
            name = str(expected.names.get(tag) or _readable(tag))
            now = expected.text(tag, "") or ""
            yield Difference("deleted", name, "figure", now, "")


def _cells(expected: Expected, tag: str) -> Counter[str]:
    """The tags in the cells of a table of the fresh report."""
    fresh = expected.tables.get(tag)
    rows = fresh.rows if fresh is not None else ()
    return Counter(
        tags.tag(expected.report.period, run.figure)
        for row in rows
        for line in row
        for run in line
        if run.figure
    )


def _readable(tag: str) -> str:
    return tag.split(":", 2)[-1] if ":" in tag else tag.removeprefix("_cl_")


def _strange(tag: str, period: str) -> str:
    """A figure that this data does not have; a report of another period has its own."""
    other = tag.split(":")[1] if tag.count(":") > 1 else period
    name = _readable(tag) if tag else "a figure"
    return name if other == period else f"{name} of {other}"


def _spaced(text: str) -> str:
    return " ".join(text.split())
