"""A good report has nothing to mend; broken in every way we could think of, each is caught."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

import reports
from complaints_learning.nouns.codes import CODES
from complaints_learning.word import audit, package
from complaints_learning.word.package import Package
from complaints_learning.write import document, shell, zipped

DOC, STYLES = "word/document.xml", "word/styles.xml"


def good() -> Package:
    data, _ = document.made(reports.a_report(), reports.pictures())
    return package.opened(data, "report.docx")


def put(part: str, old: str, new: str, times: int = 1) -> Callable[[Package], None]:
    """A change of a part's text, which must be there."""

    def change(file: Package) -> None:
        text = file.parts[part].decode("utf-8")
        assert old in text, old
        file.parts[part] = text.replace(old, new, times).encode("utf-8")

    return change


def sub(part: str, pattern: str, new: str) -> Callable[[Package], None]:
    """The same with a pattern."""

    def change(file: Package) -> None:
        text, count = re.subn(pattern, new, file.parts[part].decode("utf-8"), count=1, flags=re.S)
        assert count, pattern
        file.parts[part] = text.encode("utf-8")

    return change


def picture(change: Callable[[bytes], bytes | None]) -> Callable[[Package], None]:
    """A change of the picture's bytes; None takes it away."""

    def broken(file: Package) -> None:
        name = next(part for part in file.parts if part.endswith(".png"))
        data = change(file.parts[name])
        if data is None:
            del file.parts[name]
        else:
            file.parts[name] = data

    return broken


def both(*changes: Callable[[Package], None]) -> Callable[[Package], None]:
    """One change after another."""

    def change(file: Package) -> None:
        for one in changes:
            one(file)

    return change


def gone(part: str) -> Callable[[Package], None]:
    """A part taken away without a word."""

    def change(file: Package) -> None:
        del file.parts[part]

    return change


def flipped(data: bytes) -> bytes:
    """A picture with one byte changed in the middle."""
    return data[:60] + bytes([data[60] ^ 1]) + data[61:]


EMPTY = "<w:p><w:pPr/></w:p>"
BREAKS: dict[str, tuple[Callable[[Package], None], str, str]] = {
    "no title": (
        sub("docProps/core.xml", "<dc:title>.*?</dc:title>", ""),
        "document-title",
        "report.docx: the file has no title, which a screen reader reads first.\n"
        "    In Word: File, Info, Title.",
    ),
    "no language": (
        sub(STYLES, "<w:lang [^>]*/>", ""),
        "document-language",
        "report.docx: the language of the text is not set, so a screen reader may read it as "
        "another.\n    In Word: select all, Review, Language, English (United Kingdom), Set as "
        "Default.",
    ),
    "another language": (put(STYLES, 'w:val="en-GB"', 'w:val="de-DE"'), "document-language", ""),
    "a skipped heading": (
        put(DOC, '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading3"/>'),
        "document-heading",
        "report.docx: 'Outcomes' is a heading 3 straight after a heading 1.\n"
        "    Make it a heading 2.",
    ),
    "an empty heading": (
        sub(DOC, r'(<w:pStyle w:val="Heading1"/></w:pPr>)<w:r>.*?</w:r>', r"\1"),
        "document-heading",
        "report.docx: a heading 1 is empty.",
    ),
    "no alternative text": (
        sub(DOC, 'descr="[^"]*"', 'descr=""'),
        "document-alt-text",
        "report.docx: picture 1 has no alternative text.\n"
        "    In Word: right-click the picture, View Alt Text, say what it shows.",
    ),
    "a file's name as alternative text": (
        sub(DOC, 'descr="[^"]*"', 'descr="themes.png"'),
        "document-alt-text",
        "report.docx: picture 1: its alternative text is a name, not what it shows.\n"
        "    In Word: right-click the picture, View Alt Text, say what it shows.",
    ),
    "no header row": (
        put(DOC, "<w:tblHeader/>", ""),
        "document-table-header",
        "report.docx: table 1 ('Table 1: Outcome of complaints received in 2022-23') has no "
        "header row that repeats.\n    In Word: select its first row, Table Layout, Repeat Header "
        "Rows.",
    ),
    "merged cells": (
        put(DOC, "<w:tcPr>", '<w:tcPr><w:gridSpan w:val="2"/>'),
        "document-table-merged",
        "",
    ),
    "cells merged downwards": (
        put(DOC, "</w:tcPr>", "<w:vMerge/></w:tcPr>"),
        "document-table-merged",
        "",
    ),
    "a missing cell": (
        sub(DOC, "<w:tc>.*?</w:tc>", ""),
        "document-table-merged",
        "report.docx: table 1 ('Table 1: Outcome of complaints received in 2022-23') has rows of "
        "different lengths.",
    ),
    "a slot left": (
        put(DOC, "The committee is asked to:", "{{ ask }}"),
        "document-slot-left",
        "report.docx: paragraph 1 under 'Recommendations' holds a slot that was not filled.",
    ),
    "template logic left in a footer": (
        put("word/footer1.xml", "Page ", "{% if x %}Page "),
        "document-slot-left",
        "report.docx: footer holds a slot that was not filled.",
    ),
    "an empty paragraph": (
        put(
            DOC,
            '<w:p><w:pPr><w:pStyle w:val="Heading2"/>',
            EMPTY + '<w:p><w:pPr><w:pStyle w:val="Heading2"/>',
        ),
        "document-blank-line",
        "report.docx: paragraph 1 under 'What complaints were about' is empty; space is better "
        "made by the style of its neighbours.\n    Delete it, and set space before or after in "
        "the paragraph's style.",
    ),
    "pale text": (
        put(STYLES, 'w:color w:val="4A4A4A"', 'w:color w:val="A0A0A0"', 9),
        "document-contrast",
        "",
    ),
    "pale text in a shaded cell": (
        put(STYLES, 'w:fill="E4ECF4"', 'w:fill="12436D"'),
        "document-contrast",
        "report.docx: paragraph 3 under 'Outcomes': text of colour 1D1D1D on 12436D has a contrast "
        "of 1.6 to 1; it needs 4.5.\n    Choose a darker colour for the text or a lighter one "
        "behind it.",
    ),
    "pale words": (
        put(
            DOC,
            "<w:r><w:t>The committee",
            '<w:r><w:rPr><w:color w:val="CCCCCC"/></w:rPr><w:t>The committee',
        ),
        "document-contrast",
        "",
    ),
    "a floating picture": (
        both(put(DOC, "<wp:inline", "<wp:anchor"), put(DOC, "</wp:inline>", "</wp:anchor>")),
        "document-picture-floating",
        "report.docx: picture 1 floats beside the text, where a screen reader may miss it.\n"
        "    In Word: Picture Format, Wrap Text, In Line with Text.",
    ),
    "a reference to nothing": (
        put(DOC, "REF _cl_table_outcomes", "REF _cl_table_gone"),
        "document-reference",
        "report.docx: a reference in the text points to '_cl_table_gone', which is not there.\n"
        "    Delete it and insert it again: References, Cross-reference.",
    ),
    "a bookmark without end": (
        sub(DOC, "<w:bookmarkEnd [^>]*/>", ""),
        "document-bookmark",
        "report.docx: a bookmark starts and does not end, or ends twice.",
    ),
    "two bookmarks of one name": (
        put(DOC, "_cl_chart_themes", "_cl_table_outcomes", 9),
        "document-bookmark",
        "report.docx: bookmark '_cl_table_outcomes' is there 2 times.",
    ),
    "two drawings of one number": (
        sub(DOC, r"(<w:p>(?:(?!<w:p>).)*?<w:drawing>.*?</w:p>)", r"\1\1"),
        "document-id",
        "report.docx: two pictures have the same number inside the file.",
    ),
    "two controls of one number": (
        put(DOC, 'w:id w:val="710000002"', 'w:id w:val="710000001"'),
        "document-id",
        "report.docx: two content controls have the same number.",
    ),
    "an unclosed field": (
        put(DOC, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', ""),
        "document-field",
        "report.docx: a field in the text has no end or no beginning.",
    ),
    "half a picture": (picture(lambda data: data[:-30]), "document-picture-broken", ""),
    "a picture of other bytes": (picture(flipped), "document-picture-broken", ""),
    "no picture": (
        picture(lambda data: None),
        "document-picture-broken",
        "report.docx: a picture is missing from the file.",
    ),
    "an outside picture": (
        put(
            "word/_rels/document.xml.rels",
            "</Relationships>",
            '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/image" Target="https://example.org/x.png" TargetMode="External"/>'
            "</Relationships>",
        ),
        "document-active",
        "report.docx: the file holds a link that loads something from outside (image).\n"
        "    Take it out in Word.",
    ),
    "a part without a kind": (
        lambda file: file.parts.update({"word/extra.bin": b"x"}),
        "document-part",
        "report.docx: the file does not say what word/extra.bin is.",
    ),
    "a part that is not there": (
        gone("word/footer1.xml"),
        "document-part",
        "report.docx: the file refers to word/footer1.xml, which is missing.",
    ),
}


def reopened(file: Package) -> Package:
    return package.opened(zipped.packed(file.parts), "report.docx")


def test_a_report_that_we_write_has_nothing_to_mend() -> None:
    assert audit.document(good()) == ()


def test_our_shell_has_only_the_slots_to_fill() -> None:
    file = package.opened(shell.default().read_bytes(), "shell.docx")
    assert {one.code for one in audit.document(file)} == {"document-slot-left"}


@pytest.mark.parametrize("way", BREAKS)
def test_a_broken_report_is_caught(way: str) -> None:
    change, code, message = BREAKS[way]
    file = good()
    change(file)
    found = audit.document(reopened(file))
    assert code in {one.code for one in found}
    assert code in CODES
    if message:
        assert message in [str(one) for one in found]


def test_a_decorative_picture_needs_no_description() -> None:
    file = good()
    mark = (
        '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
        '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
    )
    sub(DOC, r'(<wp:docPr [^>]*)descr="[^"]*"/>', rf'\1descr="">{mark}</wp:docPr>')(file)
    assert audit.document(reopened(file)) == ()


# --- what only a schema validator sees ---

ORDERS: dict[str, Callable[[Package], None]] = {
    "a paragraph inside a run": put(
        DOC, "<w:r><w:t>The committee", "<w:r><w:p/><w:t>The committee"
    ),
    "properties after the text": sub(
        DOC, r"<w:p><w:pPr>(.*?)</w:pPr>(.*?)</w:p>", r"<w:p>\2<w:pPr>\1</w:pPr></w:p>"
    ),
    "a control with no content": sub(DOC, "<w:sdtContent>.*?</w:sdtContent>", "<w:sdtContnt/>"),
    "a wrong value": put(DOC, '<w:jc w:val="right"/>', '<w:jc w:val="rihgt"/>'),
}


def validated(path: Path) -> set[str]:
    """What the Open XML validator says, without numbers of lines."""
    from openxml_audit import FileFormat, OpenXmlValidator

    result = OpenXmlValidator(file_format=FileFormat.OFFICE_2019, max_errors=500).validate(
        str(path)
    )
    return {f"{error.part_uri} {error.description}" for error in result.errors}


@pytest.mark.parametrize(
    "marking", ["", "OFFICIAL-SENSITIVE: internal edition, not for publication"]
)
def test_the_schema_validator_finds_nothing_in_a_report(tmp_path: Path, marking: str) -> None:
    data, _ = document.made(reports.a_report(marking=marking), reports.pictures())
    path = tmp_path / "report.docx"
    path.write_bytes(data)
    assert validated(path) == set()


@pytest.mark.parametrize("way", ORDERS)
def test_the_schema_validator_catches_what_our_check_leaves_to_it(way: str, tmp_path: Path) -> None:
    file = good()
    ORDERS[way](file)
    path = tmp_path / "report.docx"
    path.write_bytes(zipped.packed(file.parts))
    assert validated(path)


def test_the_picture_check_reads_to_the_end() -> None:
    drawn = reports.a_picture().png
    assert zlib.crc32(drawn)
    assert audit.sound.whole(drawn)
    assert not audit.sound.whole(drawn[:-1])
