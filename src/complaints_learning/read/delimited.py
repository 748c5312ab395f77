"""Delimited text (CSV) as grids: encoding, separator and quotes worked out from the content."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from complaints_learning.nouns.errors import Place, Problem, ReadError
from complaints_learning.nouns.raw import Cell
from complaints_learning.read import clean
from complaints_learning.read.grid import Columns, Grid

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BYTES = {"utf-8-sig": 1, "utf-16": 2, "utf-32": 4}
_SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'\A"?sep=(.)"?\s*(?:\r\n|\r|\n)', re.IGNORECASE)
_LONGEST = 1_000_000


def grid(data: bytes, file: str) -> Grid:
    """A CSV, semicolon or tab separated text as one grid. Row numbers are as Excel opens it."""
    text, notes = decoded(data, file)
    sep_line = _SEP_LINE.match(text)
    if sep_line:
        separator, text = sep_line[1], text[sep_line.end() :]
    else:
        separator = _separator(text)
    text, went = clean.hygienic(text)
    if went:
        notes.append(clean.note(file))
    _within_excel(text.count(separator) / (_lines(text) + 1), _lines(text) / 4, file)
    rows, bent = _rows(text, separator, file)
    _within_excel(max(map(len, rows), default=0), len(rows), file)
    if '="' in text:
        rows = [[_unwrapped(cell) for cell in row] for row in rows]
    return Grid("", _held(rows), notes=(*notes, *bent))


def _held(rows: list[list[Cell]]) -> Sequence[Sequence[Cell]]:
    """By column where all lines have as many cells; one long line would lengthen all the others."""
    widths = set(map(len, rows)) - {0}
    if len(widths) != 1:
        return rows
    empty = [""] * widths.pop()
    return Columns(row or empty for row in rows)


def _lines(text: str) -> int:
    return max(text.count("\n"), text.count("\r"))


def _within_excel(wide: float, tall: float, file: str) -> None:
    """ReadError for more rows or columns than a sheet has: nobody has seen such a file whole."""
    for count, most, what in ((wide, 16_384, "cells in a line"), (tall, 1_048_576, "lines")):
        if count > most:
            raise ReadError(
                f"{file}: refused, because it has more than {most:,} {what}.",
                "Real exports are not like this. Export it again, with fewer columns or years.",
                "file-unsafe",
            )


_WRAPPED = re.compile(r'="([^"]*)"')


def _unwrapped(cell: Cell) -> Cell:
    """A text as some systems wrap it, so that Excel keeps its noughts: ="0012" for 0012."""
    found = _WRAPPED.fullmatch(cell) if isinstance(cell, str) else None
    return found[1] if found else cell


def decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text, and a note when its encoding had to be worked out."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                # a copy cut short may end within a character
                return data[: len(data) - len(data) % _BYTES[name]].decode(name), []
            except UnicodeDecodeError:
                if _BYTES[name] > 1:
                    raise _unknown(file) from None
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
        page, encoding = _code_page(data)
        text = data.decode(page, errors="cl-as-latin")
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
        raise _unknown(file)


_USUAL = "£€éèêëáàâäãåçíìîïñóòôöõúùûüßÄÖÜÉÇ‘’“”–—…•°½¼©®™\xa0"
_PAGES = {"cp1252": "Windows (cp1252)", "cp850": "DOS (cp850)", "mac_roman": "Mac (Mac Roman)"}


def _code_page(data: bytes) -> tuple[str, str]:
    """The code page under which most bytes beyond ASCII are what English writing uses."""
    high = Counter(data.translate(None, bytes(range(128))))

    def usual(page: str) -> int:
        letters = {byte: bytes([byte]).decode(page, errors="replace") for byte in high}
        pounds = re.findall("£".encode(page) + rb" ?\d", data)
        return sum(high[byte] for byte in high if letters[byte] in _USUAL) + 2 * len(pounds)

    best = max(_PAGES, key=usual)
    return best, _PAGES[best]


def _unknown(file: str) -> ReadError:
    return ReadError(
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
    """The separator that cuts the first lines most alike; a comma when nothing tells.

    What stands neither in the first line nor in most of them is part of what people wrote.
    """
    head = text[:20_000]
    outside = re.sub(r'"(?:[^"]|"")*(?:"|\Z)', "", head)
    lines = [line for line in re.split(r"\r\n|\r|\n", outside) if line.strip(" ")][:40]
    best, best_score = ",", 0.0
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        used = [count for count in counts if count]
        if not used or not (counts[0] or 2 * len(used) > len(lines)):
            continue
        common = max(set(used), key=used.count)
        score = used.count(common) * min(common, 20) / max(len(lines), 1)
        if score > best_score:
            best, best_score = separator, score
    return best


def _rows(text: str, separator: str, file: str) -> tuple[list[list[Cell]], list[Problem]]:
    """The rows, and a note when quotation marks are not as they should be.

    A mark that opens a cell and is never closed would swallow the rest of the file as one cell;
    that is refused. Marks escaped by a backslash, as databases write them, are read.
    """
    csv.field_size_limit(_LONGEST)
    first = ""
    for escape in (None, "\\"):
        try:
            return list(_reader(text, separator, strict=True, escape=escape)), []
        except csv.Error as wrong:
            first = first or str(wrong)
        if '\\"' not in text:
            break
    rows, at, bent = [], [], None
    reader = _reader(text, separator)
    try:
        for row in reader:
            rows.append(row)
            at.append(reader.line_num)
    except csv.Error:
        raise _broken(
            file,
            at[-1] + 1 if at else 1,
            "a cell is longer than a million characters; a quotation mark is probably never closed",
        ) from None
    bent = _first_bent(text, separator)
    record = next(index for index, line in enumerate(at) if line >= bent)
    start = at[record - 1] + 1 if record else 1
    if "unexpected end" in first or at[record] > start:
        raise _broken(
            file, start, "a quotation mark opens a cell and is not closed as it should be"
        )
    note = Problem(
        "csv-quotes",
        "a quotation mark stands inside a quoted cell; the row was read as well as it could be.",
        Place(file, row=record + 1),
        "Look at this row and those after it, or export again as .xlsx.",
    )
    return rows, [note]


def _reader(text: str, separator: str, strict: bool = False, escape: str | None = None) -> Any:
    spaced = f'{separator} "' in text[:20_000] and f'{separator}"' not in text[:20_000]
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        strict=strict,
        escapechar=escape,
        skipinitialspace=spaced,
    )


def _first_bent(text: str, separator: str) -> int:
    """The line at which a strict reader stops."""
    reader = _reader(text, separator, strict=True)
    try:
        for _ in reader:
            pass
    except csv.Error:
        pass
    return int(reader.line_num)


def _broken(file: str, line: int, why: str) -> ReadError:
    return ReadError(
        f"{file}: line {line:,}: {why}.",
        "Open it in Excel, look at that line, and save it as .xlsx.",
        code="csv-broken",
    )
