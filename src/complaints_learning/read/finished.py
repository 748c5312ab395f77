"""A finished file in; every text in it with its place out, for the gate to look through.

Word and Excel files are zips of XML: all parts are read, whatever they are for, so that a header,
a note, a comment, a property, a deleted sentence or a picture's description is not forgotten.
"""

from __future__ import annotations

import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from complaints_learning.nouns.errors import ReadError
from complaints_learning.word import ooxml


class Piece(NamedTuple):
    """A text of a finished file: the file, where in it, and what it says."""

    file: str
    where: str
    text: str


_Found = tuple[str, str]

_BLOCKS = frozenset({"p", "si", "is", "title", "subject", "creator", "keywords", "description"})
_TELLING = frozenset(
    {
        *("descr", "title", "name", "displayname", "alias", "author", "initials", "tooltip"),
        *("prompt", "prompttitle", "error", "alt", "content", "label", "tag", "formula1"),
    }
)
_IDENTITY = re.compile(r"[0-9A-Fa-f{}#.,:;/_%-]*")
_NAMES = {
    "word/document.xml": "the text",
    "docProps/core.xml": "properties",
    "docProps/app.xml": "properties",
    "docProps/custom.xml": "custom properties",
    "word/comments.xml": "comments",
    "word/footnotes.xml": "footnotes",
    "word/endnotes.xml": "endnotes",
    "xl/sharedStrings.xml": "cells",
}


def texts(name: str, data: bytes) -> Iterator[Piece]:
    """Every text in the file with its place, by the kind its name says.

    Raises ReadError for a kind that cannot be looked through: what cannot be checked cannot go.
    """
    for where, text in _texts(name, data):
        yield Piece(name, where, text)


def _texts(name: str, data: bytes) -> Iterator[_Found]:
    kind = PurePosixPath(name).suffix.lower()
    if kind in (".docx", ".xlsx"):
        yield from _zipped(name, data)
    elif kind in (".html", ".htm", ".svg"):
        yield from _page(data.decode("utf-8"))
    elif kind == ".json":
        yield from _record(json.loads(data.decode("utf-8")), "")
    elif kind in (".txt", ".md", ".csv", ".toml"):
        for number, line in enumerate(data.decode("utf-8-sig").splitlines(), 1):
            yield f"line {number}", line
    elif kind == ".png":
        yield from _picture("the picture", data)
    else:
        raise ReadError(
            f"{name}: a file of this kind cannot be checked for private words.",
            "Leave it out of the public edition.",
            code="finished-unknown",
        )


def _zipped(name: str, data: bytes) -> Iterator[_Found]:
    with zipfile.ZipFile(io.BytesIO(data)) as files:
        if files.comment:
            yield "the zip comment", files.comment.decode("utf-8", "replace")
        for info in files.infolist():
            if info.comment:
                yield "the zip comment", info.comment.decode("utf-8", "replace")
            if _letters(info.filename):
                yield "a part's name", info.filename
            part = files.read(info)
            if info.filename.endswith((".xml", ".rels", ".vml")):
                yield from _part(info.filename, part)
            elif info.filename.lower().endswith(".png"):
                yield from _picture(info.filename, part)
            elif info.filename.lower().endswith((".docx", ".xlsx")):
                yield from _zipped(info.filename, part)


def _part(name: str, data: bytes) -> Iterator[_Found]:
    where = _NAMES.get(name) or PurePosixPath(name).stem
    root = ooxml.parsed(data)
    number = inside = 0  # `inside`: so many nodes from here on are still in a block
    for node in root.iter():
        tag = node.tag
        inside -= 1
        if not isinstance(tag, str):
            if node.text:
                yield f"{where}, an XML comment", node.text
            continue
        local = _local(tag)
        if local in _BLOCKS:
            number += 1
            said, nodes = _run(node)
            inside = max(inside, nodes)
            text = "".join(said)
            if text.strip():
                yield f"{where}, {'paragraph' if local == 'p' else 'text'} {number}", text
        elif inside <= 0 and (text := node.text) and text.strip():
            yield f"{where}, {local}", text
        for key, value in node.items():
            attribute = _local(key).lower()
            if attribute in _TELLING or (attribute in ("val", "target") and _letters(value)):
                said_by = "picture description" if attribute == "descr" else attribute
                yield f"{where}, {said_by}", value


def _run(block: Any) -> tuple[list[str], int]:
    """The block's text with tabs and breaks as spaces, and how many nodes it has.

    Blocks inside it come by themselves.
    """
    said: list[str] = []
    nodes = 0
    for node in block.iter():
        nodes += 1
        tag = node.tag
        if not isinstance(tag, str):
            continue
        local = _local(tag)
        if local in ("tab", "br", "cr"):
            said.append(" ")
        elif local not in ("posOffset", "pctWidth", "pctHeight") and (text := node.text):
            said.append(text)
    return said, nodes


@lru_cache(maxsize=1000)
def _local(name: str) -> str:
    """An XML name without its namespace; a file has few different ones."""
    return name.rpartition("}")[2]


@lru_cache(maxsize=1000)
def _letters(text: str) -> bool:
    return not _IDENTITY.fullmatch(text)


def _picture(where: str, data: bytes) -> Iterator[_Found]:
    """The words in a PNG file beside its points: title, author, comment."""
    at = 8
    while at + 8 <= len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if kind == b"zTXt":
            key, _, packed = body.partition(b"\0")
            body = key + b" " + zlib.decompressobj().decompress(packed[1:], 1 << 20)
        if kind in (b"tEXt", b"zTXt", b"iTXt", b"eXIf"):
            yield (
                f"{where}, words in the picture",
                body.replace(b"\0", b" ").decode("utf-8", "replace"),
            )
        at += 12 + size


def _record(value: Any, where: str) -> Iterator[_Found]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield where or "the record", str(key)
            yield from _record(inner, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _record(inner, f"{where}[{number}]")
    elif isinstance(value, str):
        yield where, value


class _Page(HTMLParser):
    """Runs of text, split where a reader sees a break; attributes that say something."""

    INLINE = frozenset(
        re.findall(
            r"\w+",
            "a abbr b bdi code dfn em i mark q s small span strong sub sup time tspan u var wbr",
        )
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Found] = []
        self.open: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.INLINE:
            self.flush()
        if tag not in ("meta", "link", "img", "br", "input", "hr", "col", "path", "rect", "line"):
            self.open.append(tag)
        for key, value in attrs:
            telling = key in _TELLING or key.startswith(("aria-", "data-"))
            if value and (telling or key in ("href", "id", "class", "value")) and _letters(value):
                self.found.append((f"<{tag}>, {key}", value))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.INLINE:
            self.flush()
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.found.append(("a comment", data))

    def flush(self) -> None:
        text = " ".join("".join(self.text).split())
        if text:
            line, _ = self.getpos()
            self.found.append((f"<{self.open[-1] if self.open else 'page'}>, line {line}", text))
        self.text.clear()


def _page(text: str) -> Iterator[_Found]:
    page = _Page()
    page.feed(text)
    page.close()
    page.flush()
    yield from page.found
