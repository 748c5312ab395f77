"""Text files as grids: the encoding, the separator and the quotes worked out from the content."""

from __future__ import annotations

import codecs
import csv
import io
import re

from complaints_learning.errors import Place, Problem, ReadError
from complaints_learning.raw import Cell
from complaints_learning.read import clean
from complaints_learning.read.grid import Grid

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'\A"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
_LONGEST = 1_000_000


def grid(data: bytes, file: str) -> Grid:
    """A CSV, semicolon or tab separated text as one grid. Row numbers are as Excel opens it."""
    text, notes = decoded(data, file)
    sep_line = _SEP_LINE.match(text)
    first_row = 1
    if sep_line:
        separator, text = sep_line[1], text[sep_line.end() :]
    else:
        separator = _separator(text)
    text, went = clean.hygienic(text)
    if went:
        notes.append(clean.note(file))
    return Grid("", _rows(text, separator, file), first_row, notes=tuple(notes))


def decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text, and a note when its encoding had to be worked out."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), []
            except UnicodeDecodeError:
                break
    if (wide := _wide(data)) is not None:
        return wide, []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
    valid = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", data))
    _western(data, valid, file)
    strays = len(re.findall(rb"[\x80-\xff]", re.sub(rb"[\xc2-\xf4][\x80-\xbf]+", b"", data)))
    if valid > strays:
        text, encoding = data.decode("utf-8", errors="cl-as-windows"), "UTF-8 with stray bytes"
    else:
        text, encoding = data.decode("cp1252", errors="cl-as-latin"), "Windows (cp1252)"
    note = Problem(
        "encoding",
        f"the text is not UTF-8; it was read as {encoding}.",
        Place(file, row=line),
        "Check accented letters and pound signs, or save again as 'CSV UTF-8'.",
    )
    return text, [note]


_LETTERS = re.compile(rb"[A-Za-z\x80-\xff]")


def _western(data: bytes, valid: int, file: str) -> None:
    """ReadError when the bytes beyond ASCII are too many to be accents and pound signs."""
    sample = data[:200_000]
    high = len(sample) - len(sample.translate(None, bytes(range(128, 256))))
    undefined = sum(sample.count(bytes([byte])) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))
    letters = len(_LETTERS.findall(sample))
    if high > 0.25 * max(letters, 20) or (undefined > 2 and not valid):
        raise ReadError(
            f"{file}: the text is neither UTF-8 nor the Windows code page of Western Europe.",
            "Open it in the program it came from and save it as .xlsx or as 'CSV UTF-8'.",
            code="encoding-unknown",
        )


def _as_windows(wrong: UnicodeError) -> tuple[str, int]:
    assert isinstance(wrong, UnicodeDecodeError)
    byte = wrong.object[wrong.start : wrong.start + 1]
    return byte.decode("cp1252", errors="replace"), wrong.start + 1


def _as_latin(wrong: UnicodeError) -> tuple[str, int]:
    assert isinstance(wrong, UnicodeDecodeError)
    return wrong.object[wrong.start : wrong.end].decode("latin-1"), wrong.end


codecs.register_error("cl-as-windows", _as_windows)
codecs.register_error("cl-as-latin", _as_latin)


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is nought."""
    head = data[:4000]
    if len(head) < 4 or len(data) % 2:
        return None
    half = len(head) // 2
    for start, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[start::2].count(0) > 0.7 * half and not head[1 - start :: 2].count(0):
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                return None
    return None


def _separator(text: str) -> str:
    """The separator that cuts the first lines most alike; a comma when nothing tells."""
    head = text[:20_000]
    outside = re.sub(r'"(?:[^"]|"")*(?:"|\Z)', "", head)
    lines = [line for line in re.split(r"\r\n|\r|\n", outside) if line.strip(" ")][:40]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        used = [count for count in counts if count]
        if not used:
            continue
        common = max(set(used), key=used.count)
        score = used.count(common) * min(common, 20) / max(len(lines), 1)
        if score > best_score:
            best, best_score = separator, score
    return best


def _rows(text: str, separator: str, file: str) -> list[list[Cell]]:
    csv.field_size_limit(_LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows: list[list[Cell]] = []
    try:
        for row in reader:
            rows.append(row)  # type: ignore[arg-type]  # noqa: PERF402
    except csv.Error:
        raise ReadError(
            f"{file}: line {reader.line_num}: a cell is longer than a million characters; "
            "a quotation mark is probably never closed.",
            "Open it in Excel, look at that line, and save it as .xlsx.",
            code="csv-broken",
        ) from None
    return rows
