"""An .xlsx as a zip of XML: is it safe to open, and what calamine will not tell of it.

One pass over the sheets' XML as it is inflated, a row at a time: how far the cells reach (a
reader that allots the whole rectangle can be taken down by two cells), cells with an error or a
formula without its value (calamine reads both as empty), hidden rows, and whether any character
needs cleaning. The sizes in a zip's directory are not believed; what is inflated is counted.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree

from complaints_learning.nouns.errors import ReadError
from complaints_learning.read import once, scan
from complaints_learning.read.kinds import damaged

_CHUNK = 1 << 20
_LARGEST = 6 << 30
_RATIO = 120
_RATIO_FROM = 80 << 20
_AREA = 4_000_000
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_SMALL = 1 << 20


@dataclass(slots=True)
class Facts:
    """What was seen in the whole package. `data` is set when parts had to be rewritten.

    `unmerged` are its large deflated sheets without a merged cell, whole by their CRC-32.
    """

    sheets: dict[str, scan.SheetFacts] = field(default_factory=dict)
    date1904: bool = False
    unclean: bool = False
    data: bytes = b""
    unmerged: list[zipfile.ZipInfo] = field(default_factory=list)


def facts(data: bytes, file: str) -> Facts:
    """Look a package over. ReadError when it is not safe, or not whole.

    Every part that is a sheet by its content is looked at, whatever the list of sheets says:
    a reader may find its way to it differently.
    """
    infos = _infos(data, file)
    _sizes(infos, file)
    wide = _heads(data, infos, file)
    found = Facts()
    if wide or any(info.filename.startswith(("/", "\\")) for info in infos):
        data = found.data = _rewritten(data, wide, file)
        infos = _infos(data, file)
    entries = {_plain(info.filename): info for info in infos}
    book = _first(entries, "workbook.xml", data, file)
    names = _sheet_parts(entries, book, data, file) if book else {}
    if book:
        text = b"".join(_inflated(data, entries[book], file))
        found.date1904 = re.search(rb'date1904="(?:1|true|on)"', text) is not None
    seen: dict[str, scan.SheetFacts] = {}
    for info in infos:
        kind = _kind(next(_inflated(data, info, file), b"")[:_HEAD])
        if kind == b"worksheet":
            sheet = seen[_plain(info.filename)] = _sheet(data, info, file)
            usual = info.compress_type == zipfile.ZIP_DEFLATED and len(entries) == len(infos)
            whole = sheet.crc == info.CRC
            if usual and whole and info.file_size >= _SMALL and not sheet.merged:
                found.unmerged.append(info)
        elif kind == b"sst":
            found.unclean = _strings(data, info, file) or found.unclean
    found.sheets = {sheet: seen[part] for sheet, part in names.items() if part in seen}
    return found


_HEAD = 4096
_ROOT = re.compile(rb"<(?:\w+:)?(worksheet|sst|styleSheet|workbook)[\s>/]")
_COUNT = re.compile(rb"""\b(?:uniqueCount|count)\s*=\s*["'](\d+)["']""", re.IGNORECASE)


def _kind(head: bytes) -> bytes:
    root = _ROOT.search(head)
    return root[1] if root else b""


def _infos(data: bytes, file: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [info for info in archive.infolist() if not info.is_dir()]
    except (zipfile.BadZipFile, ValueError, OverflowError, EOFError, NotImplementedError):
        raise damaged(file, "the end of the file is missing or wrong") from None


def _counts(head: bytes, info: zipfile.ZipInfo, file: str) -> None:
    """Readers make room for as many texts or styles as a part says it has."""
    for count in _COUNT.findall(head):
        if len(count) > 9 or int(count) > max(info.file_size, 1_000_000):
            raise unsafe(file, "a part says that it holds more than it can")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()


def _sizes(entries: list[zipfile.ZipInfo], file: str) -> None:
    total = sum(info.file_size for info in entries)
    packed = sum(info.compress_size for info in entries)
    if any(info.flag_bits & 1 for info in entries):
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
    view = once.packed(data, info)
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


def _heads(data: bytes, infos: list[zipfile.ZipInfo], file: str) -> dict[str, str]:
    """Look at the start of every part; the parts in UTF-16, with their encoding."""
    wide: dict[str, str] = {}
    for info in infos:
        head = next(_inflated(data, info, file), b"")[:_HEAD]
        for start, encoding in _WIDE.items():
            if head.startswith(start):
                wide[info.filename] = encoding
                head = head.replace(b"\x00", b"")
        if b"<" in head and "/media/" not in info.filename:
            _no_dtd(head, file)
            _counts(head, info, file)
    return wide


def _rewritten(data: bytes, wide: dict[str, str], file: str) -> bytes:
    """The package for calamine: its UTF-16 parts as UTF-8, its names without a leading slash."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            try:
                content = old.read(info)
                if encoding := wide.get(info.filename, ""):
                    text = content.decode(encoding)
                    content = _ENCODING.sub('encoding="UTF-8"', text, count=1).encode()
            except (zipfile.BadZipFile, UnicodeError, zlib.error, EOFError):
                raise damaged(file, "a part is not in the encoding it says") from None
            new.writestr(info.filename.lstrip("/\\"), content)
    return out.getvalue()


def _strings(data: bytes, info: zipfile.ZipInfo, file: str) -> bool:
    unclean, last = False, b""
    for piece in _inflated(data, info, file):
        unclean = unclean or scan.unclean(piece) or scan.unclean(last + piece[:8])
        last = piece[-8:]
    return unclean


def _sheet(data: bytes, info: zipfile.ZipInfo, file: str) -> scan.SheetFacts:
    """One pass over a sheet; ReadError when its cells reach too far for a rectangle."""
    found = scan.sheet(_inflated(data, info, file), small=info.file_size < _SMALL)
    if found.longest_row > scan.LONGEST_ROW:
        raise unsafe(file, f"a sheet has a row of more than {scan.LONGEST_ROW >> 20} MB")
    if found.last_row > _LAST_ROW or found.width > _LAST_COLUMN:
        raise unsafe(file, "a sheet has a cell beyond the last that Excel has")
    tall, wide = found.last_row - found.first_row + 1, found.width
    if tall * wide > _AREA and tall * wide > info.file_size:
        raise unsafe(
            file, f"a sheet has a few cells spread over {tall:,} rows and {wide:,} columns"
        )
    return found
