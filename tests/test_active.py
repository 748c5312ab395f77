"""What a shell must not hold, each planted in our own shell and refused."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

import reports
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.write import document, shell

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MS = "http://schemas.microsoft.com/office/2006/relationships"


def a_shell(
    tmp_path: Path,
    body: str = "",
    relation: str = "",
    parts: dict[str, bytes] | None = None,
    types: str = "",
    name: str = "council.docx",
    holder: str = "word/_rels/document.xml.rels",
) -> Path:
    """Our shell with something added to its text, relationships, parts or types."""
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(shell.default()) as archive:
        for part in archive.namelist():
            changed[part] = archive.read(part)
    changed["word/document.xml"] = changed["word/document.xml"].replace(
        b"<w:body>", b"<w:body>" + body.encode()
    )
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    changed[holder] = changed.get(holder, empty).replace(
        b"</Relationships>", relation.encode() + b"</Relationships>"
    )
    changed["[Content_Types].xml"] = changed["[Content_Types].xml"].replace(
        b"</Types>", types.encode() + b"</Types>"
    )
    changed.update(parts or {})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in changed.items():
            archive.writestr(part, data)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    return path


def field(code: str) -> str:
    """A field whose instruction Word split over runs."""
    half = len(code) // 2
    runs = "".join(
        f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>'
        for piece in (code[:half], code[half:])
    )
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f"<w:p>{mark.format('begin')}{runs}{mark.format('separate')}{mark.format('end')}</w:p>"


def relation(kind: str, target: str, external: bool = True, base: str = OFFICE) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId99" Type="{base}/{kind}" Target="{target}"{mode}/>'


def spelt() -> str:
    """A field that spells another's name with a third."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code = "<w:r><w:instrText>{}</w:instrText></w:r>"
    inner = mark.format("begin") + code.format(" QUOTE 68 68 69 ") + mark.format("end")
    outer = mark.format("begin") + inner + code.format(' "c:\\\\x.exe" ') + mark.format("end")
    return f"<w:p>{outer}</w:p>"


ATTACKS: dict[str, tuple[dict[str, object], str]] = {
    "a macro": (
        {
            "parts": {"word/vbaProject.bin": b"x"},
            "relation": relation("vbaProject", "vbaProject.bin", False, MS),
        },
        "a macro",
    ),
    "a macro type": (
        {
            "types": '<Override PartName="/word/x.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
        },
        "a macro",
    ),
    "a template elsewhere": (
        {
            "relation": relation("attachedTemplate", "https://example.org/x.dotm"),
            "holder": "word/_rels/settings.xml.rels",
        },
        "a link to a Word template elsewhere (File, Options, Add-ins, Templates)",
    ),
    "a picture elsewhere": (
        {"relation": relation("image", "https://example.org/x.png")},
        "a link that loads something from outside (image)",
    ),
    "a linked object": (
        {"relation": relation("oleObject", "file:///c:/x.xlsx")},
        "an embedded object",
    ),
    "an embedded object": (
        {"body": "<w:p><w:r><w:object/></w:r></w:p>"},
        "an embedded object",
    ),
    "an embedded file": ({"parts": {"word/embeddings/x.xlsx": b"x"}}, "an embedded file"),
    "an altChunk": (
        {"body": '<w:altChunk r:id="rId99"/>'},
        "a document inside the document (altChunk)",
    ),
    "an altChunk relation": (
        {"relation": relation("aFChunk", "x.html", False)},
        "a document inside the document (altChunk)",
    ),
    "a sub-document": ({"relation": relation("subDocument", "file:///x.docx")}, "a sub-document"),
    "ActiveX": ({"body": "<w:p><w:r><w:control/></w:r></w:p>"}, "an ActiveX control"),
    "DDE": (
        {"body": field(r' DDEAUTO c:\\x.exe "/k" ')},
        "a field that can fetch or run something (DDEAUTO)",
    ),
    "DDE, small letters": (
        {"body": field(r" dde excel x ")},
        "a field that can fetch or run something (DDE)",
    ),
    "INCLUDETEXT": (
        {"body": field(' INCLUDETEXT "c:/x.docx" ')},
        "a field that can fetch or run something (INCLUDETEXT)",
    ),
    "INCLUDEPICTURE": (
        {"body": field(' INCLUDEPICTURE "http://x/y.png" ')},
        "a field that can fetch or run something (INCLUDEPICTURE)",
    ),
    "MACROBUTTON": (
        {"body": field(" MACROBUTTON Go ")},
        "a field that can fetch or run something (MACROBUTTON)",
    ),
    "a simple field": (
        {"body": '<w:p><w:fldSimple w:instr=" LINK Excel.Sheet x "/></w:p>'},
        "a field that can fetch or run something (LINK)",
    ),
    "a spelt field": ({"body": spelt()}, "a field that can fetch or run something (QUOTE)"),
    "a link to a file": (
        {"relation": relation("hyperlink", "file:///c:/x.exe")},
        "a link to a file or program",
    ),
    "a link to a share": (
        {"relation": relation("hyperlink", "\\\\server\\share")},
        "a link to a file or program",
    ),
    "a script link": (
        {"relation": relation("hyperlink", "javascript:alert(1)")},
        "a link to a file or program",
    ),
    "a script link in a field": (
        {"body": field(' HYPERLINK "file:///c:/x.exe" ')},
        "a link to a file or program",
    ),
    "a web frame": ({"relation": relation("frame", "https://example.org")}, "a web frame"),
    "a mail merge": ({"relation": relation("mailMergeSource", "file:///x.mdb")}, "a mail merge"),
    "a web add-in": ({"relation": relation("webextension", "x.xml", False, MS)}, "a web add-in"),
    "old picture elsewhere": (
        {
            "body": '<w:p><w:r><w:pict><v:imagedata xmlns:v="urn:schemas-microsoft-com:vml" src="http://x/y.png"/></w:pict></w:r></w:p>'
        },
        "a picture that is loaded from outside",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_shell_that_could_run_or_fetch_something_is_refused(attack: str, tmp_path: Path) -> None:
    planted, words = ATTACKS[attack]
    path = a_shell(tmp_path, **planted)  # type: ignore[arg-type]
    with pytest.raises(TemplateError) as caught:
        shell.opened(path)
    assert caught.value.code == "shell-unsafe"
    assert words in caught.value.message.split("\n    ")


def test_everything_unsafe_is_listed_at_once(tmp_path: Path) -> None:
    path = a_shell(tmp_path, body=field(" DDE a b ") + field(" LINK a b "))
    with pytest.raises(TemplateError) as caught:
        shell.opened(path)
    assert str(caught.value) == (
        "council.docx: cannot be used as a shell, because it holds:\n"
        "    a field that can fetch or run something (DDE)\n"
        "    a field that can fetch or run something (LINK)\n"
        "    Take it out in Word, save the file as .docx, and run again."
    )


def test_links_to_web_pages_and_counting_fields_are_allowed(tmp_path: Path) -> None:
    body = field(" PAGE ") + field(' HYPERLINK "https://example.org" ') + field(" IF 1 = 1 a b ")
    link = relation("hyperlink", "https://example.org/complaints")
    path = a_shell(tmp_path, body=body, relation=link)
    data, _ = document.made(reports.a_report(), reports.pictures(), path)
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        text = made.read("word/document.xml").decode()
        links = made.read("word/_rels/document.xml.rels").decode()
    assert '"https://example.org/complaints"' in links
    assert "".join(re.findall(r">([^<]*)</w:instrText>", text)).startswith(
        ' PAGE  HYPERLINK "https://example.org"  IF 1 = 1 a b '
    )


def test_a_file_that_unpacks_to_far_more_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = a_shell(tmp_path, parts={"word/media/x.png": b"\0" * (60 << 20)})
    assert path.stat().st_size < 1 << 20
    with pytest.raises(TemplateError, match="it unpacks to far more than a Word file holds"):
        shell.opened(path)


def test_a_file_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = a_shell(tmp_path, parts={"word/media/x.bin": b"y" * 100_000})
    data = path.read_bytes()
    size = (100_000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (10).to_bytes(4, "little")))
    with pytest.raises(TemplateError, match="cannot be used"):
        shell.opened(path)


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE w [<!ENTITY a "aaaa">]><w:hdr xmlns:w="x">&a;</w:hdr>'
    path = a_shell(tmp_path, parts={"word/header1.xml": bomb})
    with pytest.raises(TemplateError, match=r"its part word/header1.xml is damaged or missing"):
        document.made(reports.a_report(), reports.pictures(), path)


def test_part_names_cannot_leave_the_file(tmp_path: Path) -> None:
    path = a_shell(tmp_path, parts={"../evil.xml": b"<a/>"})
    with pytest.raises(TemplateError, match="names that a Word file cannot have"):
        shell.opened(path)


def test_an_old_or_locked_word_file_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "council.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(TemplateError) as caught:
        shell.opened(path)
    assert str(caught.value) == (
        "council.doc: cannot be used, because it has a password or is an old Word file (.doc).\n"
        "    Open it in Word and save it as .docx without a password."
    )


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_a_file_that_is_not_word_is_said(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "council.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateError, match=r"it is not a Word file"):
        shell.opened(path)
