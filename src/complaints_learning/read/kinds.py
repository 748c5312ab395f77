"""What a file is, told by its content: a name can lie."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from complaints_learning.nouns.errors import ReadError

Format = Literal["xlsx", "xlsb", "ods", "xls", "html", "xml2003", "text"]

_SAVE = "Open it in Excel and save it as .xlsx, or export it again as .xlsx or CSV."
_ELSEWHERE = (
    "If it holds records, export them again as .xlsx or CSV; if not, move it out of the folder "
    "that [sources] in cl.toml names."
)
_EXCEL_OPENS = frozenset(
    (
        *("a web page (HTML)", "a web archive (MHT)", "an XML spreadsheet of 2003", "an XML file"),
        *("a flat OpenDocument file", "a SYLK file", "a DIF file", "a dBase table"),
    )
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1f\x8b", "a compressed (gzip) file"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"BZh", "a compressed (bzip2) file"),
    (b"\xfd7zXZ", "a compressed (xz) file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"SQLite format 3", "a database"),
    (b"PAR1", "a Parquet file"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"MIME-Version:", "a web archive (MHT)"),
    (b"\x00\x00\x02\x00", "a Lotus 1-2-3 worksheet"),
    (b"\x00\x00\x1a\x00", "a Lotus 1-2-3 worksheet"),
    (b"ID;P", "a SYLK file"),
    (b"TABLE\r\n0,1", "a DIF file"),
    (b"\xff\x00\x02\x00\x04\x04\x05\x54\x02\x00", "a Works spreadsheet"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
_OLD_EXCEL = re.compile(rb"\x09(?:\x00\x04|\x02\x06|\x04\x06|\x08\x06|\x08\x08|\x08\x10)\x00")
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|meta|title|style|script|div|span|p|br|tr|font|center)\b",
    re.I | re.S,
)
_ONLY_TAGS = re.compile(rb"\s*<[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>\s*(?:<|\Z)")
_SHEET_XML = b"urn:schemas-microsoft-com:office:spreadsheet"


def told(data: bytes, file: str) -> Format:
    """The format of a file we can read; ReadError names what it is when it is another."""
    head = data[:4096]
    if head.startswith(b"PK\x03\x04"):
        return _zipped(data, file)
    if head.startswith(b"PK\x05\x06"):
        raise not_a_table(file, "an empty archive")
    if head.startswith(_OLE):
        return _compound(data, file)
    if head.startswith(b"MIME-Version:") or b"\nMIME-Version:" in head:
        raise not_a_table(file, "a web archive (MHT)")
    for start, name in _HEADS:
        if head.startswith(start):
            raise not_a_table(file, name)
    if _OLD_EXCEL.match(head):
        return "xls"
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if plain[:2] in (b"\xff\xfe", b"\xfe\xff"):
        plain = plain.replace(b"\x00", b"")[2:]
    if _HTML.match(plain):
        return "html"
    if plain.lstrip().startswith(b"<"):
        if _SHEET_XML in data[:20_000].replace(b"\x00", b""):
            return "xml2003"
        if b"office:document" in plain:
            raise not_a_table(file, "a flat OpenDocument file")
        if plain.lstrip().startswith((b"<?xml", b"<!DOCTYPE")) or _ONLY_TAGS.match(plain):
            raise not_a_table(file, "an XML file")
    if plain.lstrip().startswith((b"{", b"[{", b'["', b"[[", b"[\n", b"[\r")):
        raise not_a_table(file, "a JSON file")
    if _dbase(data):
        raise not_a_table(file, "a dBase table")
    _some_text(data, file)
    return "text"


def _dbase(data: bytes) -> bool:
    """A version, a date of change, and a header that ends where it says."""
    if len(data) < 33 or data[0] not in (0x03, 0x30, 0x83, 0x8B, 0xF5):
        return False
    end = int.from_bytes(data[8:10], "little")
    return 1 <= data[2] <= 12 and 1 <= data[3] <= 31 and data[end - 1 : end] in (b"\r", b"\0")


def not_a_table(file: str, name: str) -> ReadError:
    """That the file is something else; what to do depends on whether Excel opens such a thing."""
    hint = _SAVE if name in _EXCEL_OPENS else _ELSEWHERE
    return ReadError(f"{file}: this is {name}, not a workbook or CSV.", hint, "file-other")


def damaged(file: str, why: str = "") -> ReadError:
    """That the file is broken."""
    because = f" ({why})" if why else ""
    return ReadError(
        f"{file}: the workbook is damaged and cannot be read{because}.",
        "Open it in Excel, let Excel repair it, and save it as .xlsx.",
        "file-damaged",
    )


def _zipped(data: bytes, file: str) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.replace("\\", "/").lstrip("/") for name in archive.namelist()]
            kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, EOFError):
        raise damaged(file, "the end of the file is missing or wrong") from None
    except (OSError, RuntimeError, zlib.error):
        raise damaged(file) from None
    lower = {name.casefold() for name in names}
    if any(name.startswith("word/") for name in lower):
        raise not_a_table(file, "a Word document")
    if any(name.startswith("ppt/") for name in lower):
        raise not_a_table(file, "a PowerPoint presentation")
    if any(name.startswith("index/") and name.endswith(".iwa") for name in lower) or (
        "index.zip" in lower
    ):
        raise not_a_table(file, "an Apple Numbers or Pages file")
    if any(name.endswith("workbook.bin") for name in lower):
        return "xlsb"
    if "[content_types].xml" in lower or any(name.endswith("workbook.xml") for name in lower):
        return "xlsx"
    if "content.xml" in lower:
        if b"opendocument" in kind and b"spreadsheet" not in kind:
            raise not_a_table(file, "an OpenDocument text or presentation")
        return "ods"
    raise not_a_table(file, "a zip archive")


def _compound(data: bytes, file: str) -> Format:
    """An OLE file: its directory holds the names of its streams in UTF-16."""
    if _named(data, "EncryptedPackage") or _named(data, "EncryptionInfo"):
        raise locked(file)
    if _named(data, "WordDocument"):
        raise not_a_table(file, "a Word document")
    if _named(data, "PowerPoint Document"):
        raise not_a_table(file, "a PowerPoint presentation")
    if _named(data, "__properties_version1.0"):
        raise not_a_table(file, "an Outlook message")
    return "xls"


def _named(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in data


def locked(file: str) -> ReadError:
    """That a password is needed."""
    return ReadError(
        f"{file}: the workbook is protected by a password.",
        "Take the password off in Excel (File, Info, Protect workbook), or name a file that holds "
        "the password in the environment variable CL_PASSWORD_FILE.",
        code="file-locked",
    )


_CONTROL = bytes(sorted({*range(1, 32), 127} - {9, 10, 13, 27, 12, 11, 26}))


def _some_text(data: bytes, file: str) -> None:
    """ReadError unless this can be text: few control characters, and NULs only as in UTF-16."""
    sample = data[:65_536]
    if sample[:4] in (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff") or sample[:2] in (
        b"\xff\xfe",
        b"\xfe\xff",
    ):
        return
    control = len(sample) - len(sample.translate(None, _CONTROL))
    nulls = sample.count(0)
    halves = max(sample[0::2].count(0), sample[1::2].count(0))
    wide = halves > 0.7 * (len(sample) / 2) and nulls - halves < 0.05 * len(sample)
    if control > 0.02 * len(sample) + 2 or (nulls > 0.1 * len(sample) + 2 and not wide):
        raise not_a_table(file, "neither text nor any workbook we know")
