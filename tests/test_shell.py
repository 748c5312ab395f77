"""The council's own Word file as shell: its slots, styles, headers and ways of saving."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest
from msgspec.structs import replace

import live_reports
import reports
from complaints_learning.nouns.errors import ReadError, TemplateError
from complaints_learning.nouns.report import Heading, Paragraph, Report, Section
from complaints_learning.word import audit, ooxml, package
from complaints_learning.word.live import contents
from complaints_learning.word.package import Package
from complaints_learning.write import document, shell, styles, zipped
from test_audit import validated

DOC, HEAD, FOOT, SHEET = (
    "word/document.xml",
    "word/header1.xml",
    "word/footer1.xml",
    "word/styles.xml",
)
SLOT = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">{{ report }}</w:t></w:r></w:p>'


def a_shell(tmp_path: Path, *changes: tuple[str, str, str], name: str = "council.docx") -> Path:
    """Our shell, with texts of its parts changed: (part, old, new)."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(shell.default()) as archive:
        for part in archive.namelist():
            parts[part] = archive.read(part)
    for part, old, new in changes:
        assert old in parts[part].decode("utf-8"), old
        parts[part] = parts[part].decode("utf-8").replace(old, new).encode("utf-8")
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return path


def put(at: str) -> tuple[str, str, str]:
    """Something before the slot of the report."""
    return (DOC, SLOT, at + SLOT)


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def made(path: Path | None, report: Report | None = None, **style_map: str) -> Package:
    data, _ = document.made(report or reports.a_report(), reports.pictures(), path, style_map)
    return package.opened(data, "report.docx")


def lines(file: Package, part: str = DOC) -> list[str]:
    return [ooxml.text_of(node) for node in file.root(part).iter(ooxml.q("p"))]


# --- slots ---


def test_a_slot_is_filled_where_word_split_it_over_runs(tmp_path: Path) -> None:
    file = made(
        a_shell(tmp_path, put(p("For the {", "{ com", "mit", "tee }", "} of ", "{{period}}")))
    )
    assert "For the Children's Services Select Committee of 2022-23" in lines(file)


def test_the_slot_takes_the_formatting_of_its_first_letters(tmp_path: Path) -> None:
    bold = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{{ coun</w:t></w:r><w:r><w:t>cil }}</w:t></w:r></w:p>"
    )
    data = made(a_shell(tmp_path, put(bold))).parts[DOC].decode("utf-8")
    assert re.search(r"<w:rPr><w:b/></w:rPr><w:t[^>]*>Marlowe Borough Council</w:t>", data)


@pytest.mark.parametrize(
    "slot",
    [
        "{{ block.themes }}",
        "{{block['themes']}}",
        "{{ block[\u2018themes\u2019] }}",
        "{{ block[\u201cthemes\u201d] }}",
    ],
)
def test_a_section_has_a_slot_of_its_own_and_quotes_may_be_curly(tmp_path: Path, slot: str) -> None:
    file = made(a_shell(tmp_path, put(p("Themes follow.") + p(slot) + p("The rest follows."))))
    text = lines(file)
    assert text.index("Themes follow.") < text.index("What complaints were about")
    assert text.index("What complaints were about") < text.index("The rest follows.")
    assert text.index("The rest follows.") < text.index("Purpose")
    assert text.count("Purpose") == 1


def test_tables_are_numbered_in_the_order_of_the_shell(tmp_path: Path) -> None:
    extra = (
        Heading(1, reports.line("More")),
        reports.by_theme(2).__class__(
            "more", "More themes", ("Theme",), ((reports.line("Delay"),),), (False,)
        ),
    )
    report = reports.a_report(*extra)
    file = made(a_shell(tmp_path, put(p("{{ block.more }}"))), report)
    captions = [line for line in lines(file) if line.startswith("Table ")]
    assert captions[0] == "Table 1: More themes"
    assert "Outcomes are in Table 2 and themes in Figure 1." in lines(file)


def test_slots_are_filled_in_headers_footers_and_tables(tmp_path: Path) -> None:
    cell = (
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w='3000'/></w:tblGrid><w:tr><w:tc>"
        + p("{{ author }}")
        + "</w:tc></w:tr></w:tbl>"
    )
    path = a_shell(tmp_path, put(cell), (HEAD, "{{ council }}", "{{ committee }}, {{ council }}"))
    file = made(path)
    assert "Children's Services Select Committee, Marlowe Borough Council" in lines(file, HEAD)
    assert "Complaints Team" in lines(file)
    assert "Learning from Complaints, 2022-23  |  Page 1 of 1" in lines(file, FOOT)


def test_a_paragraph_whose_slot_is_empty_leaves_no_blank_line(tmp_path: Path) -> None:
    file = made(a_shell(tmp_path, put(p("{{ marking }}"))))
    assert audit.document(file) == ()


def test_a_value_cannot_smuggle_xml_or_another_slot(tmp_path: Path) -> None:
    values = {"council": "A & <b>B</b> {{ report }} \x07", "meeting": "", "report_of": ""}
    file = made(a_shell(tmp_path, put(p("{{ council }}"))), reports.a_report(values=values))
    assert "A & <b>B</b> {{ report }}" in lines(file)
    assert lines(file).count("Purpose") == 1


def test_every_slot_that_cannot_be_filled_is_listed_with_the_nearest(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path,
        put(p("{{ comittee }}") + p("See {{ block.themes }} here") + p("{% if x %}")),
        (FOOT, "{{ title }}", "{{ titel }}"),
        (HEAD, "{{ council }}", "{{ report }}"),
    )
    with pytest.raises(TemplateError) as caught:
        made(path)
    assert str(caught.value).startswith(
        "council.docx: 1 slot cannot be filled:\n    text: {% if x %} is not a slot"
    )
    path = a_shell(
        tmp_path,
        put(p("{{ comittee }}") + p("See {{ block.themes }} here")),
        (FOOT, "{{ title }}", "{{ titel }}"),
        (HEAD, "{{ council }}", "{{ report }}"),
    )
    with pytest.raises(TemplateError) as caught:
        made(path)
    assert str(caught.value) == (
        "council.docx: 5 slots cannot be filled:\n"
        "    text: {{ comittee }} is not known; did you mean {{ committee }}?\n"
        "    text: {{ block.themes }} must be alone in its paragraph\n"
        "    header: {{ report }} can only stand in the text\n"
        "    footer: {{ titel }} is not known; did you mean {{ title }}?\n"
        "    text: {{ report }} stands twice\n"
        "    Change them in Word. A slot is a name in double braces, such as {{ committee }}."
    )


def test_a_shell_without_slots_gets_the_report_at_its_end(tmp_path: Path) -> None:
    file = made(a_shell(tmp_path, (DOC, SLOT, p("Our letterhead."))))
    text = lines(file)
    assert text.index("Our letterhead.") < text.index("Purpose")
    body = file.root(DOC).find(ooxml.q("body"))
    assert body is not None
    assert body[-1].tag == ooxml.q("sectPr")


def test_a_section_that_has_no_slot_is_said(tmp_path: Path) -> None:
    path = a_shell(tmp_path, (DOC, SLOT, p("{{ block.themes }}")))
    _, problems = document.made(reports.a_report(), reports.pictures(), path)
    assert [str(one) for one in problems] == [
        "council.docx: the section 'purpose' has no slot, so it is not in the report.\n"
        "    Add {{ block.purpose }} or {{ report }} to the shell."
    ]


def test_a_section_break_in_the_slots_paragraph_stays(tmp_path: Path) -> None:
    turned = (
        '<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1000"'
        ' w:right="1000" w:bottom="1000" w:left="1000" w:header="600" w:footer="600" w:gutter="0"/></w:sectPr></w:pPr>'
        "<w:r><w:t>{{ block.themes }}</w:t></w:r></w:p>"
    )
    file = made(a_shell(tmp_path, put(turned)))
    assert len(list(file.root(DOC).iter(ooxml.q("sectPr")))) == 2
    widths = [
        sum(int(col.get(ooxml.q("w"))) for col in table.iter(ooxml.q("gridCol")))
        for table in file.root(DOC).iter(ooxml.q("tbl"))
    ]
    assert set(widths) == {14838}


# --- styles ---


def test_every_missing_style_is_listed_before_anything_is_written(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path,
        (SHEET, 'w:val="Numbered Paragraph"', 'w:val="Legal Numbered"'),
        (SHEET, 'w:val="Council Table"', 'w:val="Corporate Grid"'),
    )
    with pytest.raises(TemplateError) as caught:
        made(path)
    assert str(caught.value) == (
        "council.docx: 2 styles are missing:\n"
        "    numbered = 'Numbered Paragraph' (paragraph style; nearest: 'Legal Numbered')\n"
        "    table = 'Council Table' (table style; nearest: 'Normal Table')\n"
        "    Name the file's own styles in cl.toml under [styles], such as "
        'numbered = "Body Numbered", or add them in Word.'
    )


def test_the_style_map_names_the_shells_own_styles(tmp_path: Path) -> None:
    path = a_shell(tmp_path, (SHEET, 'w:val="Numbered Paragraph"', 'w:val="Para 1.1"'))
    file = made(path, numbered="para 1.1")
    assert b'<w:pStyle w:val="NumberedParagraph"/>' in file.parts[DOC]


def test_a_style_map_with_a_wrong_use_or_style_is_said(tmp_path: Path) -> None:
    with pytest.raises(TemplateError) as caught:
        made(None, numberd="Numbered Paragraph", caption="Captoin")
    assert str(caught.value) == (
        "shell.docx: 2 styles are missing:\n"
        "    caption = 'Captoin' (paragraph style; nearest: 'Caption')\n"
        "    numberd: the report has no such use of a style; did you mean numbered?\n"
        "    Name the file's own styles in cl.toml under [styles], such as "
        'numbered = "Body Numbered", or add them in Word.'
    )


def test_the_proposed_style_map_goes_by_usual_and_near_names(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path,
        (SHEET, 'w:val="Numbered Paragraph"', 'w:val="Numbered Paragraphs"'),
        (SHEET, 'w:val="Council Table"', 'w:val="Table Grid"'),
        (SHEET, 'w:val="Key Points"', 'w:val="Odd"'),
    )
    proposal = shell.inspect(path)
    assert proposal.styles["numbered"] == "Numbered Paragraphs"
    assert proposal.styles["table"] == "Table Grid"
    assert proposal.styles["heading_1"] == "Heading 1"
    assert proposal.missing == ()
    assert proposal.slots == (
        "meeting",
        "report_of",
        "title",
        "subtitle",
        "report",
        "marking",
        "council",
        "period",
    )


def test_a_style_that_does_not_number_gets_our_numbering(tmp_path: Path) -> None:
    numbers = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    file = made(a_shell(tmp_path, (SHEET, numbers, "")))
    read = docx.Document(
        io.BytesIO(
            document.made(
                reports.a_report(), reports.pictures(), a_shell(tmp_path, (SHEET, numbers, ""))
            )[0]
        )
    )
    numbered = [q for q in read.paragraphs if q.style.name == "Numbered Paragraph"]
    ids = {q._p.pPr.numPr.numId.val for q in numbered}
    assert len(ids) == 1
    assert ids.isdisjoint({1, 2, 3})
    assert audit.document(file) == ()


def test_a_plain_shell_still_gets_a_box_for_key_points(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path,
        (SHEET, 'w:val="Key Points"', 'w:val="A"'),
        (SHEET, 'w:val="Key Points Heading"', 'w:val="B"'),
    )
    text = made(path).parts[DOC].decode("utf-8")
    assert text.count("<w:pBdr>") == 4


# --- marking ---


def test_the_marking_is_on_every_kind_of_page(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path,
        (HEAD, "{{ marking }}", "Our header"),
        (DOC, "<w:pgSz", "<w:pgSz"),
        (DOC, "</w:sectPr>", "<w:titlePg/></w:sectPr>"),
        ("word/settings.xml", "<w:defaultTabStop", "<w:evenAndOddHeaders/><w:defaultTabStop"),
    )
    marking = "OFFICIAL-SENSITIVE: not for publication"
    file = made(path, reports.a_report(marking=marking))
    heads = file.related(DOC, "header")
    assert len(heads) == 3
    assert all(marking in lines(file, part) for part in heads)
    kinds = {ref.get(ooxml.q("type")) for ref in file.root(DOC).iter(ooxml.q("headerReference"))}
    assert kinds == {"default", "first", "even"}


def test_a_public_report_carries_no_marking() -> None:
    file = made(None)
    assert all("SENSITIVE" not in line for part in (HEAD, FOOT, DOC) for line in lines(file, part))


# --- ways of saving ---


def test_a_word_template_becomes_a_document(tmp_path: Path) -> None:
    path = a_shell(
        tmp_path, ("[Content_Types].xml", package.DOCX, package.DOTX), name="council.dotx"
    )
    data, _ = document.made(reports.a_report(), reports.pictures(), path)
    assert docx.Document(io.BytesIO(data)).paragraphs


def test_a_shell_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        shell.opened(tmp_path / "no.docx")
    assert caught.value.code == "shell-not-found"


def test_what_the_report_does_not_touch_says_the_same_to_the_letter(tmp_path: Path) -> None:
    before = package.opened(a_shell(tmp_path).read_bytes(), "a")
    after = made(a_shell(tmp_path))
    for part in (
        "word/theme/theme1.xml",
        "word/fontTable.xml",
        "word/settings.xml",
        "word/numbering.xml",
    ):
        # python-docx writes the declaration anew; the canonical form leaves nothing else out
        assert ElementTree.canonicalize(after.parts[part]) == ElementTree.canonicalize(
            before.parts[part]
        )


def test_the_shells_author_and_dates_do_not_stay(tmp_path: Path) -> None:
    core = (
        "docProps/core.xml",
        "<dc:title>",
        '<dc:creator>J. Doe</dc:creator><cp:lastModifiedBy>J. Doe</cp:lastModifiedBy><dcterms:created xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="dcterms:W3CDTF">2019-01-01T00:00:00Z</dcterms:created><dc:title>',
    )
    text = made(a_shell(tmp_path, core)).parts["docProps/core.xml"].decode("utf-8")
    assert "Doe" not in text
    assert "2019" not in text
    assert "<dc:creator>Complaints Team</dc:creator>" in text


def by_libreoffice(folder: Path, kind: str, *paths: Path) -> list[Path]:
    """These files in another format, by one start of LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    subprocess.run(
        [
            *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", kind, "--outdir", str(folder / "out"), *map(str, paths)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    ending = "." + kind.partition(":")[0]
    return [folder / "out" / path.with_suffix(ending).name for path in paths]


LOOKS = ("plain", "styled", "ours")


@pytest.mark.office
def test_a_shell_saved_by_libreoffice_works(
    tmp_path: Path, some_shell: Callable[[Path, str], Path]
) -> None:
    shells = [some_shell(tmp_path, look) for look in LOOKS]
    for saved in by_libreoffice(tmp_path, "docx:MS Word 2007 XML", *shells):
        data, _ = document.made(reports.a_report(), reports.pictures(), saved)
        file = package.opened(data, "report.docx")
        known = {one.code for one in audit.document(package.opened(saved.read_bytes(), "s"))}
        found = {one.code for one in audit.document(file)}
        assert found <= known | {"document-contrast"}, saved  # a council's own pale headings
        assert docx.Document(io.BytesIO(data)).core_properties.title.startswith("Learning from")


@pytest.mark.office
def test_libreoffice_makes_a_pdf_of_the_report_in_each_shell(
    tmp_path: Path, some_shell: Callable[[Path, str], Path]
) -> None:
    written = [tmp_path / f"report-{look}.docx" for look in LOOKS]
    for look, path in zip(LOOKS, written, strict=True):
        shell_of_it = some_shell(tmp_path, look)
        path.write_bytes(document.made(reports.a_report(), reports.pictures(), shell_of_it)[0])
    for pdf in by_libreoffice(tmp_path, "pdf", *written):
        assert pdf.read_bytes().startswith(b"%PDF"), pdf


@pytest.fixture
def some_shell() -> Callable[[Path, str], Path]:
    """Three councils' shells: one that knows only Word's own styles, one with a cover, ours."""

    def shell_of(folder: Path, look: str) -> Path:
        if look == "ours":
            return a_shell(folder)
        read = docx.Document()
        for node in list(read.element.body):
            if node.tag != ooxml.q("sectPr"):
                read.element.body.remove(node)
        if look == "plain":
            read.add_paragraph("{{ title }}", style="Title")
            read.add_paragraph("{{ report }}")
        else:
            read.sections[0].different_first_page_header_footer = True
            read.add_paragraph("{{ council }}", style="Title")
            read.add_paragraph("{{ title }}", style="Subtitle")
            table = read.add_table(rows=1, cols=2, style="Light Grid Accent 1")
            table.cell(0, 0).text, table.cell(0, 1).text = "Committee", "{{ committee }}"
            read.add_page_break()
            read.add_paragraph("What complaints were about comes first.")
            read.add_paragraph("{{ block.themes }}")
            read.add_paragraph("{{ report }}")
            read.sections[0].header.paragraphs[0].text = "{{ council }}  {{ marking }}"
            read.styles["List Number"].font.name = "Georgia"
        path = folder / f"{look}.docx"
        read.save(str(path))
        return path

    return shell_of


@pytest.mark.parametrize("look", ["plain", "styled"])
def test_a_shell_of_words_own_styles_works(
    tmp_path: Path, look: str, some_shell: Callable[[Path, str], Path]
) -> None:
    file = made(some_shell(tmp_path, look))
    assert "Purpose" in lines(file)
    assert not any(part.endswith("stylesWithEffects.xml") for part in file.parts)
    assert {one.code for one in audit.document(file)} <= {
        "document-contrast",
        "document-table-header",
    }


def test_a_table_style_without_a_header_of_its_own_gets_bold_headings(
    tmp_path: Path, some_shell: Callable[[Path, str], Path]
) -> None:
    assert "<w:b/><w:bCs/></w:rPr><w:t>Outcome</w:t>" in made(some_shell(tmp_path, "plain")).parts[
        DOC
    ].decode("utf-8")
    assert "<w:r><w:t>Outcome</w:t>" in made(None).parts[DOC].decode("utf-8")


def test_a_use_that_the_shell_can_do_without_takes_no_likely_style(
    tmp_path: Path, some_shell: Callable[[Path, str], Path]
) -> None:
    assert shell.inspect(some_shell(tmp_path, "plain")).styles["bullets_last"] == ""


@pytest.mark.parametrize("look", ["plain", "styled"])
def test_the_schema_validator_finds_nothing_that_the_shell_did_not_have(
    tmp_path: Path, look: str, some_shell: Callable[[Path, str], Path]
) -> None:
    path = some_shell(tmp_path, look)
    report = tmp_path / "report.docx"
    report.write_bytes(document.made(reports.a_report(), reports.pictures(), path)[0])
    assert validated(report) <= validated(path)


@pytest.mark.office
def test_the_schema_validator_finds_nothing_new_in_a_shell_that_libreoffice_saved(
    tmp_path: Path,
) -> None:
    [saved] = by_libreoffice(tmp_path, "docx:MS Word 2007 XML", a_shell(tmp_path))
    report = tmp_path / "report.docx"
    report.write_bytes(document.made(reports.a_report(), reports.pictures(), saved)[0])
    assert validated(report) <= validated(saved)


def test_no_section_and_no_block_still_make_a_file() -> None:
    for sections in ((), (Section("a", (Paragraph(()),)),)):
        said = lines(made(None, reports.a_report(sections=sections)))
        assert "Learning from Complaints" in said and "Purpose" not in said


def test_styles_are_shown_by_the_names_that_word_shows() -> None:
    file = package.opened(shell.default().read_bytes(), "shell.docx")
    names = styles.names(file.root(SHEET), "paragraph")
    assert {"Heading 1", "Caption", "List Bullet", "Numbered Paragraph", "Header"} <= set(names)


def test_a_report_of_last_year_is_no_shell_until_its_text_is_gone(tmp_path: Path) -> None:
    old = tmp_path / "old.docx"
    old.write_bytes(
        document.made(live_reports.report(live_reports.findings()), live_reports.pictures())[0]
    )
    with pytest.raises(TemplateError, match=r"figures, tables or charts of a report of 2022-23"):
        shell.inspect(old)

    bare = package.opened(old.read_bytes(), "old.docx")
    body = bare.edit(bare.document).find(ooxml.q("body"))
    for node in list(body)[:-1]:
        body.remove(node)
    old.write_bytes(zipped.packed(bare.changed()))
    told = replace(live_reports.report(live_reports.findings()), period="2023-24")
    data, _ = document.made(told, live_reports.pictures(), old)
    assert contents.of(package.opened(data, "new.docx")).period == "2023-24"
