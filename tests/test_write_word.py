"""The Word file, read back by an independent library."""

from __future__ import annotations

import io
import time
from pathlib import Path

import docx
import pytest

import reports
from complaints_learning import write
from complaints_learning.nouns.errors import WriteError
from complaints_learning.nouns.report import Paragraph, Section, Table, Text
from complaints_learning.word import audit, ooxml, package
from complaints_learning.word.ooxml import Element, q
from complaints_learning.word.package import Package
from complaints_learning.write import document, safely, tables


def saved(report: object = None) -> bytes:
    return document.made(report or reports.a_report(), reports.pictures())[0]  # type: ignore[arg-type]


def test_the_same_report_gives_the_same_bytes() -> None:
    assert saved() == saved()


def test_another_library_reads_headings_numbered_paragraphs_and_tables() -> None:
    read = docx.Document(io.BytesIO(saved()))
    styles = [p.style.name for p in read.paragraphs]
    assert styles.count("Heading 1") == 3
    assert styles.count("Numbered Paragraph") == 6
    assert "Key Points" in styles
    assert read.core_properties.title == "Learning from Complaints: 1 April 2022 to 31 March 2023"
    assert read.core_properties.language == "en-GB"


def test_a_word_file_is_saved_readable_by_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "out" / "report.docx"
    write.word(reports.a_report(), reports.pictures(), target)
    assert [p.name for p in target.parent.iterdir()] == ["report.docx"]
    assert docx.Document(str(target)).paragraphs


def test_a_file_open_in_word_is_said_after_a_few_tries_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.docx"
    target.write_bytes(b"older")
    tries = []

    def locked(*_: object) -> None:
        tries.append(1)
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "replace", locked)
    monkeypatch.setattr(safely.time, "sleep", lambda _: None)
    with pytest.raises(WriteError) as caught:
        safely.save(target, b"newer")
    assert str(caught.value) == (
        "report.docx: cannot be saved, perhaps because it is open in Word.\n"
        "    Close it and run again, or choose another name with --out."
    )
    assert len(tries) == 5
    assert target.read_bytes() == b"older"
    assert [p.name for p in tmp_path.iterdir()] == ["report.docx"]


# --- what stands in the file ---


def opened(report: object = None) -> Package:
    return package.opened(saved(report), "report.docx")


def every(file: Package, name: str) -> list[Element]:
    return list(file.root(file.document).iter(q(name)))


def test_every_figure_stands_in_a_hidden_control_of_its_own_name() -> None:
    file = opened()
    tagged = [node.get(q("val")) for node in every(file, "tag")]
    assert tagged[:3] == [
        "cl:2022-23:received",
        "cl:2022-23:received.before",
        "cl:2022-23:upheld_or_partly",
    ]
    assert "cl:2022-23:upheld_or_partly:percent" in tagged
    assert "cl:2022-23:table:outcomes" in tagged
    assert "cl:2022-23:chart:themes" in tagged
    looks = [node.get(q("w15:val")) for node in every(file, "w15:appearance")]
    assert looks == ["hidden"] * len(tagged)
    assert not every(file, "placeholder")
    ids = [node.get(q("val")) for pr in every(file, "sdtPr") for node in pr.findall(q("id"))]
    assert len(set(ids)) == len(ids) == len(tagged)


def test_a_tag_is_never_longer_than_word_allows_and_long_names_stay_apart() -> None:
    long = "theme.placement_contact.sub.family_time.statutory.stage_1.upheld_or_partly"
    lines = [reports.line(reports.fig("1", f"{long}.{end}")) for end in ("a", "b")]
    report = reports.a_report(*(Paragraph(one) for one in lines))
    found = [node.get(q("val")) for node in every(opened(report), "tag")][-2:]
    assert [len(one) for one in found] == [64, 64]
    assert found[0] != found[1]


def test_a_table_marks_its_header_keeps_rows_whole_and_merges_nothing() -> None:
    table = every(opened(), "tbl")[0]
    rows = table.findall(q("tr"))
    assert [row.find(f"{q('trPr')}/{q('tblHeader')}") is not None for row in rows] == [
        *(True, False, False, False)
    ]
    assert all(row.find(f"{q('trPr')}/{q('cantSplit')}") is not None for row in rows)
    assert not list(table.iter(q("gridSpan"), q("vMerge")))
    for row in rows:
        sides = [cell.find(f".//{q('jc')}") for cell in row.findall(q("tc"))]
        assert [one is not None and one.get(q("val")) for one in sides] == [False, "right", "right"]
    kept = [cell.find(f".//{q('keepNext')}") is not None for cell in table.iter(q("tc"))]
    assert all(kept)  # its note follows on the same page


def test_a_long_tables_note_is_held_by_its_last_rows_and_by_the_next_note() -> None:
    rows = tuple((Text(f"Row {n}"),) for n in range(24))
    long = Table("long", "Long", ("Name",), tuple((row,) for row in rows), (False,), ("a", "b"))
    file = opened(reports.a_report(long))
    table = next(one for one in every(file, "tbl") if len(one.findall(q("tr"))) == 25)
    kept = [row.find(f".//{q('keepNext')}") is not None for row in table.findall(q("tr"))]
    assert kept == [True, *[False] * 22, True, True]  # its heading, and the last two rows
    notes = [p for p in every(file, "p") if "".join(t.text for t in p.iter(q("t"))) in ("a", "b")]
    assert [p.find(f".//{q('keepNext')}") is not None for p in notes] == [True, False]


def test_a_table_of_more_than_a_page_has_its_notes_over_it() -> None:
    rows = tuple((Text(f"Row {n}"),) for n in range(30))
    long = Table("long", "Long", ("Name",), tuple((row,) for row in rows), (False,), ("a", "b"))
    table = next(
        one
        for one in every(opened(reports.a_report(long)), "tbl")
        if len(one.findall(q("tr"))) == 31
    )
    kept = [row.find(f".//{q('keepNext')}") is not None for row in table.findall(q("tr"))]
    assert kept == [True, *[False] * 30]
    around = next(one for one in table.iterancestors() if one.tag == q("sdt"))
    over = [around.getprevious(), around.getprevious().getprevious()]
    assert ["".join(t.text for t in p.iter(q("t"))) for p in over] == ["b", "a"]
    assert all(p.find(f".//{q('keepNext')}") is not None for p in over)
    assert around.getnext().tag == q("p")


def test_no_word_of_a_crowded_table_breaks_where_arial_is_missing() -> None:
    titles = ("Theme", "Upheld", "Learning", "Actions", "Done", "Overdue", "Met standard")
    row = ((Text("Communication"),), *[(Text("206"),)] * 6)
    found = tables.widths(Table("t", "", titles, (row,), (False, *[True] * 6)), 9900)
    for width, title in zip(found, titles, strict=True):
        word = max(title.split(), key=len)
        assert width - tables.ROOM >= 1.2 * tables.across(word, True) - 1


def test_a_day_in_a_table_stands_on_one_line_where_there_is_room() -> None:
    text = Text("Every worker's message names who covers, with a number that is answered")
    row = ((text,), (Text("30 Sep 2022"),), (text,))
    _, due, _ = tables.widths(
        Table("t", "", ("Action", "Due", "State"), (row,), (False,) * 3), 9000
    )
    assert due >= int(tables.across("30 Sep 2022") + tables.ROOM)


def test_words_stand_apart_from_the_numbers_before_them() -> None:
    rows = (((Text("Money"),), (Text("61%"),), (Text("Better"),)),)
    added = Table("t", "T", ("Theme", "Met", "Verdict"), rows, (False, True, False))
    table = every(opened(reports.a_report(added)), "tbl")[-1]
    for row in table.findall(q("tr")):
        indents = [cell.find(f".//{q('ind')}") is not None for cell in row.findall(q("tc"))]
        assert indents == [False, False, True]


def test_captions_and_references_are_fields_that_agree() -> None:
    file = opened()
    codes = [node.text.strip() for node in every(file, "instrText")]
    assert codes == [
        "REF _cl_table_outcomes \\h",
        "REF _cl_chart_themes \\h",
        "SEQ Table \\* ARABIC",
        "SEQ Figure \\* ARABIC",
        "SEQ Table \\* ARABIC",
    ]
    text = [ooxml.text_of(one) for one in every(file, "p")]
    assert "Outcomes are in Table 1 and themes in Figure 1." in text
    assert "Table 2: Complaints by theme, this year and the year before" in text
    names = [node.get(q("name")) for node in every(file, "bookmarkStart")]
    assert len(set(names)) == len(names)
    assert all(len(name) <= 40 for name in names)


def test_a_table_that_stands_twice_has_two_numbers_and_one_place_to_refer_to() -> None:
    file = opened(reports.a_report(reports.by_theme()))
    assert audit.document(file) == ()
    captions = [one for one in map(ooxml.text_of, every(file, "p")) if "by theme, this" in one]
    assert [one[:7] for one in captions] == ["Table 2", "Table 3"]


def test_a_picture_is_inline_described_and_no_wider_than_the_text() -> None:
    wide = {"themes": reports.a_picture(width=40, height=10)}
    data, _ = document.made(reports.a_report(), wide)
    file = package.opened(data, "report.docx")
    (extent,) = every(file, "wp:extent")
    assert (extent.get("cx"), extent.get("cy")) == (str(9070 * 635), str(round(9070 * 635 / 4)))
    (about,) = every(file, "wp:docPr")
    assert about.get("descr") == reports.a_chart().alt
    assert not every(file, "wp:anchor")


@pytest.mark.parametrize(
    ("link", "times"),
    [
        ("https://www.example.org", 1),
        ("mailto:complaints@example.org", 1),
        ("javascript:alert(1)", 0),
        ("file:///c:/x.exe", 0),
        ("\\\\server\\share", 0),
    ],
)
def test_only_web_and_mail_addresses_become_links(link: str, times: int) -> None:
    report = reports.a_report(sections=(Section("a", (Paragraph((Text("see", link=link),)),)),))
    file = opened(report)
    assert len(every(file, "hyperlink")) == times
    assert "see" in [ooxml.text_of(one) for one in every(file, "p")]


def test_text_is_kept_letter_by_letter() -> None:
    odd = "Smith & Sons <b>  two\tspaces\nand \x07 a bell, {{ not a slot }}"
    report = reports.a_report(sections=(Section("a", (Paragraph(reports.line(odd)),)),))
    read = docx.Document(io.BytesIO(saved(report)))
    assert "Smith & Sons <b>  two\tspaces\nand  a bell, {{ not a slot }}" in [
        one.text for one in read.paragraphs
    ]


def test_a_minus_stays_with_its_number() -> None:
    lines = reports.line("-3 or £-4, from -5% to -6.5; but 2022-23, stage-2, 1-2 and well-known")
    report = reports.a_report(sections=(Section("a", (Paragraph(lines),)),))
    text = [ooxml.text_of(one) for one in every(opened(report), "p")]
    assert any("\u22123 or £\u22124" in one or "\u22123 or £-4" in one for one in text)
    assert any(
        "from \u22125% to \u22126.5; but 2022-23, stage-2, 1-2 and well" in one for one in text
    )


def test_a_reference_to_nothing_or_a_chart_not_drawn_is_said() -> None:
    nothing = reports.a_report(
        sections=(Section("a", (Paragraph((Text("", ref="table:gone"),)),)),)
    )
    with pytest.raises(WriteError) as caught:
        saved(nothing)
    assert str(caught.value) == (
        "the report refers to table:gone, but has no such table or chart.\n"
        "    Add it to the text, or take the reference out."
    )
    with pytest.raises(WriteError) as caught:
        document.made(reports.a_report(), {})
    assert str(caught.value) == "no picture was drawn of the chart 'themes'."


def test_a_table_at_the_very_end_is_followed_by_a_paragraph() -> None:
    report = reports.a_report(sections=(Section("a", (reports.by_theme(2),)),))
    body = opened(report).root("word/document.xml").find(q("body"))
    assert body is not None
    assert [node.tag for node in body][-2:] == [q("p"), q("sectPr")]


@pytest.mark.slow
def test_a_long_table_takes_time_in_line_with_its_rows() -> None:
    def seconds(rows: int) -> float:
        report = reports.a_report(reports.by_theme(rows))
        start = time.process_time()
        saved(report)
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 14 * seconds(500)
