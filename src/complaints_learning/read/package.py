"""An .xlsx as a zip of XML: is it safe to open, and what calamine will not tell of it.

One pass over the sheets' XML as it is inflated, a row at a time: how far the cells reach (a
reader that allots the whole rectangle can be taken down by two cells), cells with an error or a
formula without its value (calamine reads both as empty), hidden rows, and whether any character
needs cleaning. The sizes in a zip's directory are not believed; what is inflated is counted.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from complaints_learning.errors import ReadError
from complaints_learning.read import scan
from complaints_learning.read.kinds import damaged

_CHUNK = 1 << 20
_LARGEST = 6 << 30
_RATIO = 120
_RATIO_FROM = 80 << 20
_AREA = 4_000_000
_LONGEST_ROW = 64 << 20


@dataclass(slots=True)
class Facts:
    """What was seen in the whole package. `data` is set when parts had to be rewritten."""

    sheets: dict[str, scan.SheetFacts] = field(default_factory=dict)
    date1904: bool = False
    unclean: bool = False
    data: bytes = b""


def facts(data: bytes, file: str) -> Facts:
    """Look a package over. ReadError when it is not safe, or not whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = {_plain(info.filename): info for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError):
        raise damaged(file, "the end of the file is missing or wrong") from None
    _sizes(entries, file)
    found = Facts(data=data)
    if _rewritten(found, entries, file):
        with zipfile.ZipFile(io.BytesIO(found.data)) as archive:
            entries = {_plain(info.filename): info for info in archive.infolist()}
        data = found.data
    else:
        found.data = b""
    book = _first(entries, "workbook.xml", data, file)
    names = _sheet_parts(entries, book, data, file) if book else {}
    if book:
        text = b"".join(_inflated(data, entries[book], file))
        found.date1904 = re.search(rb'date1904="(?:1|true|on)"', text) is not None
    strings = next((name for name in entries if name.endswith("/sharedstrings.xml")), "")
    if strings:
        found.unclean = _strings(data, entries[strings], file)
    for sheet, part in names.items():
        if part in entries:
            found.sheets[sheet] = _sheet(data, entries[part], file, sheet)
    return found


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _sizes(entries: dict[str, zipfile.ZipInfo], file: str) -> None:
    total = sum(info.file_size for info in entries.values())
    packed = sum(info.compress_size for info in entries.values())
    if any(info.flag_bits & 1 for info in entries.values()):
        raise ReadError(
            f"{file}: the archive is encrypted.",
            "Save the workbook again without a password.",
            "file-locked",
        )
    bomb = total > _RATIO_FROM and total > _RATIO * max(packed, 1)
    if total > _LARGEST or bomb or len(entries) > 20_000:
        raise unsafe(file, f"it would unpack to {total / 1e6:,.0f} MB")


def unsafe(file: str, why: str) -> ReadError:
    """That opening the file could harm the computer, or only looks as if."""
    return ReadError(
        f"{file}: refused, because {why}.",
        "Real exports are not like this. If it is one, copy its cells into a new workbook.",
        "file-unsafe",
    )


def _inflated(data: bytes, info: zipfile.ZipInfo, file: str) -> Iterator[bytes]:
    """A part's bytes in pieces, never more than its entry says there are."""
    at = info.header_offset
    if data[at : at + 4] != b"PK\x03\x04":
        raise damaged(file, "a part is not where it should be")
    name, extra = struct.unpack("<HH", data[at + 26 : at + 30])
    start = at + 30 + name + extra
    view = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        yield bytes(view)
        return
    if info.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged(file, "it is packed in an unusual way")
    unpack, seen = zlib.decompressobj(-15), 0
    for begin in range(0, len(view), 1 << 16):
        rest: bytes | memoryview = view[begin : begin + (1 << 16)]
        while len(rest):
            try:
                piece = unpack.decompress(rest, _CHUNK)
            except zlib.error:
                raise damaged(file, "a part cannot be unpacked") from None
            seen += len(piece)
            if seen > info.file_size:
                raise unsafe(file, "a part is larger than it says")
            if piece:
                yield piece
            rest = unpack.unconsumed_tail
    tail = unpack.flush()
    if tail:
        yield tail


def _first(entries: dict[str, zipfile.ZipInfo], ending: str, data: bytes, file: str) -> str:
    """The main workbook part: as the root relationships say, else by its usual name."""
    if "_rels/.rels" in entries:
        for target, kind in _relations(entries["_rels/.rels"], "", data, file).values():
            if kind.endswith("/officeDocument") and target in entries:
                return target
    usual = [name for name in entries if name.endswith(ending)]
    return usual[0] if usual else ""


def _relations(
    info: zipfile.ZipInfo, base: str, data: bytes, file: str
) -> dict[str, tuple[str, str]]:
    """Id to (part, kind) of one relationships part."""
    found: dict[str, tuple[str, str]] = {}
    for each in _tree(data, info, file):
        target = each.get("Target", "").replace("\\", "/")
        full = target if target.startswith("/") else f"{base}/{target}"
        found[each.get("Id", "")] = (_normal(full), each.get("Type", ""))
    return found


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts).casefold()


def _tree(data: bytes, info: zipfile.ZipInfo, file: str) -> ElementTree.Element:
    """A small part as a tree. Safe without defusedxml: no part with a DTD comes this far."""
    text = b"".join(_inflated(data, info, file))
    _no_dtd(text[:4096], file)
    try:
        return ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError, LookupError):
        raise damaged(file, "its list of sheets cannot be read") from None


def _sheet_parts(
    entries: dict[str, zipfile.ZipInfo], book: str, data: bytes, file: str
) -> dict[str, str]:
    """Sheet name to part."""
    base, _, name = book.rpartition("/")
    rels = f"{base}/_rels/{name}.rels".lstrip("/")
    if rels not in entries:
        return {}
    targets = _relations(entries[rels], base, data, file)
    found: dict[str, str] = {}
    for each in _tree(data, entries[book], file).iter():
        if each.tag.rpartition("}")[2] == "sheet":
            ids = [value for key, value in each.attrib.items() if key.endswith("}id")]
            if ids and ids[0] in targets:
                found[each.get("name", "")] = targets[ids[0]][0]
    return found


def _no_dtd(head: bytes, file: str) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise unsafe(file, "its XML defines entities, as attacks do and Excel never does")


_WIDE = {
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
    b"\x00<\x00": "utf-16-be",
    b"<\x00?\x00": "utf-16-le",
}
_ENCODING = re.compile(r"encoding=([\"']).*?\1")


def _rewritten(found: Facts, entries: dict[str, zipfile.ZipInfo], file: str) -> bool:
    """Look at the start of each XML part; parts in UTF-16 are rewritten as UTF-8 for calamine."""
    wide: dict[str, str] = {}
    for name, info in entries.items():
        if not name.endswith((".xml", ".rels")):
            continue
        head = next(_inflated(found.data, info, file), b"")[:4096]
        for start, encoding in _WIDE.items():
            if head.startswith(start):
                wide[name] = encoding
                head = head.replace(b"\x00", b"")
        _no_dtd(head, file)
    if not wide:
        return False
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(found.data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            if encoding := wide.get(_plain(info.filename), ""):
                try:
                    text = content.decode(encoding)
                except UnicodeDecodeError:
                    raise damaged(file, "a part is not in the encoding it says") from None
                content = _ENCODING.sub('encoding="UTF-8"', text, count=1).encode()
            new.writestr(info.filename, content)
    found.data = out.getvalue()
    return True


def _strings(data: bytes, info: zipfile.ZipInfo, file: str) -> bool:
    unclean, last = False, b""
    for piece in _inflated(data, info, file):
        unclean = unclean or scan.unclean(piece) or scan.unclean(last + piece[:8])
        last = piece[-8:]
    return unclean


def _sheet(data: bytes, info: zipfile.ZipInfo, file: str, sheet: str) -> scan.SheetFacts:
    """One pass over a sheet; ReadError when its cells reach too far for a rectangle."""
    found = scan.sheet(_inflated(data, info, file))
    if found.longest_row > _LONGEST_ROW:
        raise unsafe(file, f"sheet {sheet} has a row of more than {_LONGEST_ROW >> 20} MB")
    tall, wide = found.last_row - found.first_row + 1, found.width
    if tall * wide > _AREA and tall * wide > info.file_size:
        raise unsafe(
            file, f"sheet {sheet} has a few cells spread over {tall:,} rows and {wide:,} columns"
        )
    return found
