"""Marked Markdown in; the report's blocks out. markdown-it-py parses, this arranges.

`1.` paragraphs become the report's numbered paragraphs, which count through the whole report;
a quotation (`>`) becomes the box of key points.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.report import (
    Block,
    Bullets,
    Heading,
    KeyPoints,
    Line,
    Paragraph,
    Text,
    plain,
)
from complaints_learning.tell.marks import Marks

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

_Piece = tuple[str, bool, bool, str]
"""Text, bold, italic, link."""


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parts = ["heading", "list", "blockquote", "emphasis", "link", "escape", "entity", "newline"]
    return MarkdownIt("zero").enable([*parts, "balance_pairs", "fragments_join", "text_join"])


def of(markdown: str, marks: Marks, section: str) -> tuple[Block, ...]:
    """The blocks of one section's Markdown."""
    from markdown_it.tree import SyntaxTreeNode

    tree = SyntaxTreeNode(_parser().parse(markdown))
    return tuple(_blocks(tree.children, marks, section))


def _blocks(nodes: list[SyntaxTreeNode], marks: Marks, section: str) -> Iterator[Block]:
    for child in nodes:
        if child.type == "heading":
            yield Heading(int(child.tag[1:]), _line(child, marks))
        elif child.type == "paragraph":
            yield from _paragraph(child, marks, numbered=False)
        elif child.type == "ordered_list":
            for item in child.children:
                yield from _numbered(item, marks, section)
        elif child.type == "bullet_list":
            yield Bullets(tuple(_items(child, marks)))
        elif child.type == "blockquote":
            yield _key_points(child, marks)
        else:
            raise TemplateError(
                f"{section}: '{child.type}' is not a part that a report can hold.",
                "Use headings (##), numbered paragraphs (1.), bullets (-), a box (>), emphasis.",
                code="template-markdown",
            )


def _numbered(item: SyntaxTreeNode, marks: Marks, section: str) -> Iterator[Block]:
    first = True
    for child in item.children:
        if child.type == "paragraph":
            yield from _paragraph(child, marks, numbered=first)
            first = False
        else:
            yield from _blocks([child], marks, section)


def _paragraph(node: SyntaxTreeNode, marks: Marks, numbered: bool) -> Iterator[Block]:
    line = _line(node, marks)
    placed = marks.blocks_in(plain(line))
    if placed:
        yield from placed
    elif plain(line).strip():
        note = all(run.italic for run in line)
        yield Paragraph(line, numbered, "note" if note and not numbered else "body")


def _items(node: SyntaxTreeNode, marks: Marks) -> Iterator[Line]:
    for item in node.children:
        parts = [_line(child, marks) for child in item.children if child.type == "paragraph"]
        yield tuple(run for line in parts for run in line)


def _key_points(node: SyntaxTreeNode, marks: Marks) -> KeyPoints:
    title, items = "", list[Line]()
    for child in node.children:
        if child.type == "bullet_list":
            items.extend(_items(child, marks))
        elif child.type in ("paragraph", "heading"):
            title = plain(_line(child, marks))
    return KeyPoints(title, tuple(items))


def _line(node: SyntaxTreeNode, marks: Marks) -> Line:
    pieces = [piece for child in node.children for piece in _pieces(child, False, False, "")]
    runs: list[Text] = []
    for (bold, italic, link), alike in groupby(pieces, key=lambda piece: piece[1:]):
        text = "".join(piece[0] for piece in alike)
        runs.extend(marks.runs_in(text, bold, italic, link))
    return tuple(runs)


def _pieces(node: SyntaxTreeNode, bold: bool, italic: bool, link: str) -> Iterator[_Piece]:
    if node.type == "text":
        yield (node.content, bold, italic, link)
    elif node.type in ("softbreak", "hardbreak"):
        yield (" ", bold, italic, link)
    else:
        bold, italic = bold or node.type == "strong", italic or node.type == "em"
        link = str(node.attrs.get("href", "")) if node.type == "link" else link
        for child in node.children:
            yield from _pieces(child, bold, italic, link)
