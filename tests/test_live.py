"""Edited reports checked against the data, and brought up to date."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import live_reports as live
import reports
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.report import Bullets, Report, Section, Table
from complaints_learning.word import audit, ooxml, package
from complaints_learning.word.live import contents, differences, expected
from complaints_learning.word.package import Package
from complaints_learning.write import document, refresh, zipped

DOC = "word/document.xml"


def written(data: Findings | None = None) -> bytes:
    return document.made(live.report(data or live.findings()), live.pictures())[0]


def edited(data: bytes, *changes: Callable[[str], str]) -> Package:
    """The file with its text's XML changed, as opened again."""
    file = package.opened(data, "report.docx")
    text = file.parts[DOC].decode("utf-8")
    for change in changes:
        after = change(text)
        assert after != text
        text = after
    file.parts[DOC] = text.encode("utf-8")
    return package.opened(zipped.packed(file.parts), "report.docx")


def swap(old: str, new: str, times: int = 1) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, times)


def sub(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, count=1, flags=re.S)


def checked(file: Package, data: Findings) -> list[str]:
    said = expected.Expected(data, live.report(data))
    return [str(one) for one in differences.differences(contents.of(file), said)]


def brought(file: Package, data: Findings, shade: int = 90) -> tuple[Package, list[str]]:
    said = expected.Expected(data, live.report(data))
    bytes_, done = refresh.refreshed(file, contents.of(file), said, live.pictures(shade))
    return package.opened(bytes_, "report.docx"), [str(one) for one in done]


def outline(file: Package) -> list[str]:
    return [ooxml.text_of(p) for p in file.root(DOC).iter(ooxml.q("p"))]


SAME = live.findings()
MORE = live.findings(received=310, change__received=55, upheld=130, theme__money=15)


def test_a_report_that_nobody_touched_matches_its_data() -> None:
    assert checked(package.opened(written(), "report.docx"), SAME) == []


def test_every_figure_that_the_data_changed_is_listed_with_its_place_and_sentence() -> None:
    assert checked(package.opened(written(), "report.docx"), MORE)[:5] == [
        "under 'Purpose': upheld was '126', is '130'.\n"
        "    126 of 301 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
        "under 'Purpose': received was '301', is '310'.\n"
        "    126 of 301 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
        "paragraph 2: received was '301', is '310'.\n    301 complaints were received.",
        "paragraph 2: change.received:size was '46', is '55'.\n"
        "    That is 46 more than the year before (255).",
        "paragraph 3: upheld was '126', is '130'.\n"
        "    126 of 301 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
    ]


def test_tables_and_charts_that_the_data_changed_are_listed() -> None:
    assert checked(package.opened(written(), "report.docx"), MORE)[6:] == [
        "table 'How complaints ended', row 'Upheld', column 'Complaints': was '126', is '130'.",
        "table 'How complaints ended', row 'Not upheld', column 'Share': was '47%', is '45%'.",
        "table 'Complaints by theme', row 'Money', column 'Complaints': was '12', is '15'.",
        "under 'Complaints': the chart 'Communication is the commonest theme' shows other numbers "
        "than the data.",
    ]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def control(name: str) -> str:
    """A pattern for the control of a figure and what it holds."""
    tag = re.escape(f"cl:2022-23:{name}")
    return rf'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/>(?:(?!</w:sdtPr>).)*</w:sdtPr><w:sdtContent>((?:(?!</w:sdt>).)*)</w:sdtContent></w:sdt>'


def marked(name: str) -> str:
    """The same with its bookmark, as goes when somebody selects it and types."""
    return rf"<w:bookmarkStart [^>]*/>{control(name)}<w:bookmarkEnd [^>]*/>"


# what people and programs do to a file that changes no figure
HARMLESS: dict[str, Callable[[str], str]] = {
    "the figure in words": swap("<w:t>nine</w:t>", "<w:t>Nine</w:t>", 2),
    "the figure in digits": swap("<w:t>nine</w:t>", "<w:t>9</w:t>", 2),
    "per cent spelt out": swap("<w:t>42%</w:t>", "<w:t>42 per cent</w:t>"),
    "a figure split over runs": sub(
        r"<w:r><w:t>301</w:t></w:r>",
        '<w:r><w:t>3</w:t></w:r><w:proofErr w:type="spellStart"/><w:r><w:rPr><w:b/></w:rPr><w:t>01</w:t></w:r>',
    ),
    "a smart tag around a figure": sub(
        r"(<w:r><w:t>301</w:t></w:r>)", r'<w:smartTag w:uri="u" w:element="e">\1</w:smartTag>'
    ),
    "a control inside a control": sub(
        r"(<w:r><w:t>301</w:t></w:r>)",
        r'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>',
    ),
    "a control around ours": sub(
        "(" + control("received") + ")",
        r'<w:sdt><w:sdtPr><w:id w:val="5"/></w:sdtPr><w:sdtContent>\1</w:sdtContent></w:sdt>',
    ),
    "a control that Word moved around its cell": sub(
        r"<w:tc>(<w:tcPr>(?:(?!</w:tcPr>).)*</w:tcPr><w:p>(?:(?!</w:p>).)*)<w:sdt><w:sdtPr>((?:(?!</w:sdtPr>).)*upheld\"(?:(?!</w:sdtPr>).)*)</w:sdtPr><w:sdtContent>(.*?)</w:sdtContent></w:sdt></w:p></w:tc>",
        r"<w:sdt><w:sdtPr>\2</w:sdtPr><w:sdtContent><w:tc>\1\3</w:p></w:tc></w:sdtContent></w:sdt>",
    ),
    "a figure that was replaced, tracked": sub(
        r"<w:r><w:t>301</w:t></w:r>",
        '<w:del w:id="900" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r><w:delText>299</w:delText></w:r></w:del>'
        '<w:ins w:id="901" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r><w:t>301</w:t></w:r></w:ins>',
    ),
    "a comment on a figure": sub(
        "(" + control("received") + ")",
        r'<w:commentRangeStart w:id="3"/>\1<w:commentRangeEnd w:id="3"/>',
    ),
    "a paragraph added": sub(
        r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>)",
        r"<w:p><w:r><w:t>Members asked for more detail on page 4 in March 2021.</w:t></w:r></w:p>\1",
    ),
    "a paragraph moved to the end": sub(
        r"(<w:p><w:pPr><w:pStyle w:val=\"NumberedParagraph\"/></w:pPr><w:bookmarkStart(?:(?!</w:p>).)*</w:p>)(.*)(<w:sectPr)",
        r"\2\1\3",
    ),
    "words changed around a figure": swap("were received. That is", "came in. This means"),
    "another style": swap('w:val="Heading1"', 'w:val="Heading2"', 9),
    "a row added by hand": sub(
        r"(<w:tr>(?:(?!</w:tr>).)*Withdrawn.*?</w:tr>)",
        r"\1<w:tr><w:tc><w:p><w:r><w:t>Of these, about EHC</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>7</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>",
    ),
    "a heading of a table reworded": swap(
        "<w:t>Complaints</w:t></w:r></w:p></w:tc>", "<w:t>How many</w:t></w:r></w:p></w:tc>"
    ),
    "words typed behind a figure, in its control": swap(
        "<w:t>301</w:t>", "<w:t>301 (the most ever)</w:t>"
    ),
    "a row above the headings": sub(
        r"(<w:tr>(?:(?!</w:tr>).)*Theme)",
        rf"<w:tr><w:tc><w:p>{run('All services together')}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\1",
    ),
}


@pytest.mark.parametrize("way", HARMLESS)
def test_an_edit_that_changes_no_figure_is_let_be(way: str) -> None:
    assert checked(edited(written(), HARMLESS[way]), SAME) == []


@pytest.mark.parametrize("way", HARMLESS)
def test_an_edited_file_is_brought_up_to_date_and_then_matches(way: str) -> None:
    file, done = brought(edited(written(), HARMLESS[way]), MORE, 91)
    assert len(done) >= 10
    assert [line for line in checked(file, MORE) if "words this as" not in line] == []
    assert list(audit.sound.problems(file)) == []


HARMFUL: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "a figure changed by hand": (
        swap("<w:t>301</w:t>", "<w:t>305</w:t>"),
        [
            "under 'Purpose': received was '305', is '301'.\n"
            "    126 of 305 complaints (42%) were upheld or partially upheld, as Table 1 shows."
        ],
    ),
    "a figure selected and another number typed": (
        sub(marked("change.received:size"), run("64")),
        [
            "paragraph 2: '64' was typed by hand; change.received:size is '46'.\n"
            "    That is 64 more than the year before (255).",
            "the figure change.received:size was taken out; the data says 46.",
        ],
    ),
    "a figure selected and the same number typed": (
        sub(marked("previous.received"), run("255")),
        ["the figure previous.received was taken out; the data says 255."],
    ),
    "only the control removed, so that its bookmark still tells the figure": (
        sub(control("previous.received"), run("250")),
        [
            "paragraph 2: previous.received was '250', is '255'.\n"
            "    That is 46 more than the year before (250)."
        ],
    ),
    "a sentence deleted": (
        sub(r"<w:p><w:pPr><w:pStyle w:val=\"ListBulletLast\"/>.*?</w:p>", ""),
        ["the figure overdue:words was taken out; the data says nine."],
    ),
    "a cell changed": (
        swap("<w:t>141</w:t>", "<w:t>140</w:t>"),
        [
            "table 'How complaints ended', row 'Not upheld', column 'Complaints': was '140', is '141'."
        ],
    ),
    "a chart's description changed": (
        swap("Communication 39", "Communication 93"),
        [
            "under 'Complaints': the chart 'Communication is the commonest theme' shows other "
            "numbers than the data."
        ],
    ),
    "a table deleted": (
        sub(
            r'<w:sdt><w:sdtPr><w:tag w:val="cl:2022-23:table:themes"/>.*?</w:tbl></w:sdtContent></w:sdt>',
            "",
        ),
        ["the table Complaints by theme was taken out."],
    ),
    "a chart deleted": (
        sub(
            r'<w:sdt><w:sdtPr><w:tag w:val="cl:2022-23:chart:themes"/>.*?</w:drawing>.*?</w:sdtContent></w:sdt>',
            "",
        ),
        ["the chart Communication is the commonest theme was taken out."],
    ),
    "a figure that the data does not have": (
        swap("cl:2022-23:overdue:words", "cl:2022-23:overdue_by_far:words"),
        [
            "under 'Purpose': 'nine' shows overdue_by_far:words, which this data does not have.\n"
            "    nine actions are overdue.",
            "the figure overdue:words was taken out; the data says nine.",
        ],
    ),
    "a figure deleted, so that its control is empty": (
        swap("<w:t>301</w:t>", "<w:t></w:t>"),
        ["the figure received was taken out; the data says 301."],
    ),
    "a figure deleted, so that Word asks for another": (
        sub(
            r'(<w:sdtPr><w:tag w:val="cl:2022-23:received"/>(?:(?!</w:sdtPr>).)*)'
            r"(</w:sdtPr>(?:(?!<w:t>).)*<w:t>)301",
            r"\1<w:showingPlcHdr/>\2Click or tap here to enter text.",
        ),
        ["the figure received was taken out; the data says 301."],
    ),
    "a figure of the report of the year before": (
        swap("cl:2022-23:overdue:words", "cl:2021-22:overdue:words"),
        [
            "under 'Purpose': 'nine' shows overdue:words of 2021-22, which this data does not have.\n"
            "    nine actions are overdue.",
            "the figure overdue:words was taken out; the data says nine.",
        ],
    ),
    "the description of a chart deleted": (
        sub(r' descr="[^"]*Communication 39[^"]*"', ' descr=""'),
        [
            "under 'Complaints': the description of the chart 'Communication is the commonest "
            "theme' was taken out."
        ],
    ),
    "more became fewer": (
        swap(" more than", " fewer than"),
        [
            "paragraph 2: 'fewer' no longer fits: change.received:size went up.\n"
            "    That is 46 fewer than the year before (255)."
        ],
    ),
}


@pytest.mark.parametrize("way", HARMFUL)
def test_an_edit_that_changes_a_figure_is_told(way: str) -> None:
    change, said = HARMFUL[way]
    assert checked(edited(written(), change), SAME) == said


def test_a_share_that_does_not_add_up_is_told_when_part_of_it_is_live() -> None:
    typed = marked("upheld:percent")
    file = edited(
        written(),
        sub(typed, run("52%")),
        swap("were upheld or partially upheld, as", "went well, as"),
    )
    assert "'52%' was typed by hand; 126 of 301 is '42%'." in "\n".join(checked(file, SAME))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("19 of 126 (51%) came by letter.", "'51%' was typed by hand; 19 of 126 is '15%'."),
        ("Of these, 1,019 of 2,126 people (8 per cent) rang.", "1,019 of 2,126 is '48%'."),
        ("19 of 126 (15%) came by letter, and 3 of 4 (75%) by hand.", ""),
        ("19 of 126 said that 51% is too few, and 12 of 30 rooms were 80% full.", ""),
        ("12 of 30 rooms were full (of these two were 80% full).", ""),
    ],
)
def test_a_sentence_that_somebody_wrote_is_held_against_its_own_arithmetic(
    typed: str, told: str
) -> None:
    heading = r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>)"
    file = edited(written(), sub(heading, "<w:p>" + run(typed) + r"</w:p>\1"))
    found = "\n".join(checked(file, SAME))
    assert told in found if told else found == ""


def test_a_number_typed_where_the_report_hides_one_is_told() -> None:
    hidden = live.findings(overdue=None)
    typed = document.made(live.report(hidden), live.pictures())[0]
    file = edited(typed, sub(marked("overdue:words"), run("3")))
    assert (
        "under 'Purpose': '3' was typed by hand; overdue:words is 'an undisclosed number'.\n"
        "    3 of actions are overdue." in checked(file, hidden)
    )


def test_the_reports_own_sentence_typed_anew_with_another_number_is_told() -> None:
    typed = "<w:p>" + run("7 actions are overdue.") + "</w:p>"
    file = edited(
        written(), sub(r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>)", typed + r"\1")
    )
    assert checked(file, SAME) == [
        "at the start: '7' was typed by hand; overdue:words is 'nine'.\n    7 actions are overdue."
    ]


def test_a_sentence_that_is_like_two_of_the_reports_is_let_be() -> None:
    # which of the two the person meant cannot be told
    data = live.findings()
    told = live.report(data)
    lines = tuple(
        reports.line(
            "There were ", reports.fig(str(data.figures[name].value), name), f" about {what}."
        )
        for name, what in (("theme.delay", "delay"), ("theme.money", "money"))
    )
    told = replace(told, sections=(*told.sections, Section("more", (Bullets(lines),))))
    file = edited(
        document.made(told, live.pictures())[0],
        sub(
            r"(<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>)",
            f"<w:p>{run('There were 4 about contact.')}</w:p>" + r"\1",
        ),
    )
    said = expected.Expected(data, told)
    assert differences.differences(contents.of(file), said) == ()


def test_years_dates_and_numbers_of_ones_own_are_let_be() -> None:
    own = run("In 2019 there were 12 visits to 4 services, on page 7 of 20. ")
    file = edited(
        written(), swap("<w:r><w:t>These need action:", own + "<w:r><w:t>These need action:")
    )
    assert checked(file, SAME) == []


def test_only_what_stands_in_controls_is_changed() -> None:
    before = package.opened(written(), "report.docx")
    file, _ = brought(package.opened(written(), "report.docx"), MORE, 91)
    words = [
        (old, new) for old, new in zip(outline(before), outline(file), strict=True) if old != new
    ]
    assert words == [
        (
            "126 of 301 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
            "130 of 310 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
        ),
        (
            "301 complaints were received. That is 46 more than the year before (255).",
            "310 complaints were received. That is 55 more than the year before (255).",
        ),
        (
            "126 of 301 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
            "130 of 310 complaints (42%) were upheld or partially upheld, as Table 1 shows.",
        ),
        ("126", "130"),
        ("47%", "45%"),
        ("12", "15"),
    ]
    same_parts = {
        part
        for part, data in before.parts.items()
        if file.parts.get(part) == data and part.startswith("word/")
    }
    assert same_parts >= {"word/styles.xml", "word/numbering.xml", "word/header1.xml"}


def test_a_figure_keeps_its_formatting() -> None:
    bold = swap("<w:r><w:t>301</w:t></w:r>", "<w:r><w:rPr><w:i/></w:rPr><w:t>301</w:t></w:r>")
    file, _ = brought(edited(written(), bold), MORE)
    assert b"<w:rPr><w:i/></w:rPr><w:t" in file.parts[DOC]
    assert b">310</w:t>" in file.parts[DOC]


def test_a_tracked_deletion_stays_in_the_file() -> None:
    file, _ = brought(edited(written(), HARMLESS["a figure that was replaced, tracked"]), MORE)
    assert b"<w:delText>299</w:delText>" in file.parts[DOC]
    assert (
        b'<w:ins w:id="901" w:author="A" w:date="2024-01-01T00:00:00Z"><w:r><w:t xml:space="preserve">310</w:t>'
        in file.parts[DOC]
    )


def test_a_chart_is_redrawn_at_the_size_that_people_gave_it() -> None:
    small = sub(r'cx="\d+" cy="\d+"', 'cx="3600000" cy="1"')
    file, _ = brought(edited(written(), small), MORE, 120)
    root = file.root(DOC)
    extent = next(root.iter(ooxml.q("wp:extent")))
    assert (extent.get("cx"), extent.get("cy")) == ("3600000", "1800000")
    pictures = [part for part in file.parts if part.endswith(".png")]
    assert [file.parts[part] for part in pictures] == [live.pictures(120)["themes"].png]
    assert "Money 15" in next(root.iter(ooxml.q("wp:docPr"))).get("descr")


def rows(file: Package, table: int) -> list[list[str]]:
    found_ = list(file.root(DOC).iter(ooxml.q("tbl")))[table]
    return [
        [ooxml.text_of(cell) for cell in row.iter(ooxml.q("tc"))]
        for row in found_.iter(ooxml.q("tr"))
    ]


def test_a_row_that_the_data_adds_takes_the_shape_of_its_neighbour() -> None:
    none = live.findings(theme__money=0)
    file, done = brought(package.opened(written(none), "report.docx"), SAME, 91)
    assert rows(file, 1) == [
        ["Theme", "Complaints"],
        ["Communication", "39"],
        ["Delay", "28"],
        ["Money", "12"],
    ]
    assert "table 'Complaints by theme', row 'Money': new in the data." in done
    assert [one for one in checked(file, SAME) if "table" in one] == []
    assert audit.document(file) == ()


def test_columns_of_the_same_name_are_told_apart_by_their_order() -> None:
    from complaints_learning.nouns.report import Table
    from complaints_learning.word.live import tables

    fresh = Table("t", "", ("Theme", "After", "Change", "After"), (), (False, True, True, True))
    assert tables.column_order(["Theme", "After", "Change", "After"], fresh) == [0, 1, 2, 3]
    assert tables.column_order(["Theme", "Change", "Own", "After"], fresh) == [0, 2, None, 1]


def test_a_table_that_was_empty_is_filled_with_live_cells() -> None:
    none = live.findings(theme__communication=0, theme__delay=0, theme__money=0)
    file, _ = brought(package.opened(written(none), "report.docx"), SAME, 91)
    assert rows(file, 1) == [
        ["Theme", "Complaints"],
        ["Communication", "39"],
        ["Delay", "28"],
        ["Money", "12"],
    ]
    assert audit.document(file) == ()
    tagged = [node.get(ooxml.q("val")) for node in file.root(DOC).iter(ooxml.q("tag"))]
    assert "cl:2022-23:theme.money" in tagged
    assert [one for one in checked(file, MORE) if "Money" in one] != []


def test_a_row_that_the_data_loses_goes_away() -> None:
    file, done = brought(
        package.opened(written(), "report.docx"), live.findings(theme__delay=0), 91
    )
    assert rows(file, 1) == [["Theme", "Complaints"], ["Communication", "39"], ["Money", "12"]]
    assert "table 'Complaints by theme', row 'Delay': not in the data." in done


def test_rows_follow_the_order_of_the_data() -> None:
    file, _ = brought(package.opened(written(), "report.docx"), live.findings(theme__money=33), 91)
    assert [row[0] for row in rows(file, 1)] == ["Theme", "Communication", "Money", "Delay"]


def test_a_row_that_people_took_out_stays_out() -> None:
    gone = sub(r"<w:tr>(?:(?!</w:tr>).)*<w:t>Withdrawn</w:t>.*?</w:tr>", "")
    file, _ = brought(edited(written(), gone), MORE, 91)
    assert [row[0] for row in rows(file, 0)] == ["Outcome", "Upheld", "Not upheld"]


def test_a_row_that_people_added_stays() -> None:
    file, _ = brought(edited(written(), HARMLESS["a row added by hand"]), MORE, 91)
    assert ["Of these, about EHC", "7", ""] in rows(file, 0)


def test_a_row_that_people_took_out_stays_out_however_often() -> None:
    gone = sub(r"<w:tr>(?:(?!</w:tr>).)*<w:t>Withdrawn</w:t>.*?</w:tr>", "")
    file, _ = brought(edited(written(), gone), MORE, 91)
    again, _ = brought(file, SAME, 90)
    assert [row[0] for row in rows(again, 0)] == ["Outcome", "Upheld", "Not upheld"]
    assert "the figure withdrawn was taken out; the data says 34." in checked(again, SAME)


def test_a_row_that_people_called_otherwise_is_that_row_and_keeps_its_name() -> None:
    named = swap("<w:t>Communication</w:t>", "<w:t>Telling families</w:t>")
    file, done = brought(
        edited(written(), named), live.findings(theme__communication=41, theme__money=0), 91
    )
    assert rows(file, 1) == [["Theme", "Complaints"], ["Telling families", "41"], ["Delay", "28"]]
    assert any("row 'Communication', column 'Complaints': was '39', is '41'" in x for x in done)


def test_a_row_whose_deletion_is_tracked_stays_as_it_is() -> None:
    tracked = sub(
        r"<w:tr>((?:(?!</w:tr>).)*)<w:r>((?:(?!</w:r>).)*)<w:t>Delay</w:t></w:r>",
        r'<w:tr><w:trPr><w:del w:id="1" w:author="A"/></w:trPr>\1<w:del w:id="2" w:author="A">'
        r"<w:r>\2<w:delText>Delay</w:delText></w:r></w:del>",
    )
    file, done = brought(edited(written(), tracked), MORE, 91)
    assert file.parts[DOC].count(b"<w:delText>Delay</w:delText>") == 1
    assert [one for one in done if "Delay" in one or "row ''" in one] == []
    assert [row[0] for row in rows(file, 1)].count("Delay") == 0


def test_words_that_people_typed_into_a_cell_stay_and_the_others_are_renewed() -> None:
    def actions(*states: str) -> Report:
        lines = tuple(
            tuple(map(reports.line, (name, "Head of SEND", state, "-")))
            for name, state in zip(("Leaflet", "Mailbox"), states, strict=True)
        )
        header = ("Action", "Owner", "State", "Evidence")
        table = Table("actions", "Actions", header, lines, (False,) * 4)
        whole = live.report(SAME)
        last = replace(whole.sections[-1], blocks=(*whole.sections[-1].blocks, table))
        return replace(whole, sections=(*whole.sections[:-1], last))

    first = document.made(actions("Overdue", "Overdue"), live.pictures())[0]
    proof = sub(r"(Leaflet</w:t>.*?<w:t[^>]*>)-(</w:t>)", r"\1Printed in May\2")
    merged = sub(
        r"(Mailbox</w:t>.*?<w:tcPr>)((?:(?!</w:tc>).)*</w:tc>)<w:tc>(?:(?!</w:tc>).)*Overdue.*?</w:tc>",
        r'\1<w:gridSpan w:val="2"/>\2',
    )
    said = expected.Expected(SAME, actions("Done", "Done"))
    file = edited(first, proof, merged)
    data, _ = refresh.refreshed(file, contents.of(file), said, live.pictures())
    new = package.opened(data, "report.docx")
    assert rows(new, 2)[1:] == [
        ["Leaflet", "Head of SEND", "Done", "Printed in May"],
        ["Mailbox", "Head of SEND", "-"],
    ]
    left = [str(one) for one in differences.differences(contents.of(new), said)]
    assert left == [
        "table 'Actions', row 'Leaflet', column 'Evidence': was 'Printed in May', is '-'."
    ]


def test_wording_that_a_changed_figure_makes_wrong_is_told_after_the_refresh() -> None:
    fewer = live.findings(received=200, change__received=-55, overdue=1)
    file, _ = brought(package.opened(written(), "report.docx"), fewer, 91)
    assert checked(file, fewer) == [
        "under 'Purpose': the report now words this as: one action is overdue.\n"
        "    one actions are overdue.",
        "paragraph 2: the report now words this as: 200 complaints were received. That is 55 fewer "
        "than the year before (255).\n"
        "    200 complaints were received. That is 55 more than the year before (255).",
        "under 'Complaints': the report now words this as: one action is overdue.\n"
        "    one actions are overdue.",
    ]


def test_wording_is_told_too_when_the_sentence_was_edited() -> None:
    reworded = swap("were received. That is", "came in last year. That is")
    fewer = live.findings(received=200, change__received=-55)
    file, _ = brought(edited(written(), reworded), fewer, 91)
    assert (
        "paragraph 2: 'more' no longer fits: change.received:size went down.\n"
        "    That is 55 more than the year before (255)." in checked(file, fewer)
    )


def test_a_figure_that_is_hidden_now_is_hidden_everywhere_and_said() -> None:
    hidden = live.findings(overdue=None)
    file, _ = brought(package.opened(written(), "report.docx"), hidden, 91)
    assert "an undisclosed number actions are overdue." in outline(file)
    assert any("words this as: an undisclosed number" in one for one in checked(file, hidden))


def test_refreshing_twice_changes_nothing_more() -> None:
    once, _ = brought(package.opened(written(), "report.docx"), MORE, 91)
    again, done = brought(package.opened(zipped.packed(once.parts), "report.docx"), MORE, 91)
    assert done == []
    assert again.parts[DOC] == once.parts[DOC]


# --- whatever the data ---


counts = st.one_of(st.integers(0, 400), st.none())
data = st.fixed_dictionaries(
    {
        "received": st.integers(1, 400),
        "previous__received": st.integers(0, 400),
        "change__received": st.integers(-300, 300),
        "overdue": st.one_of(st.integers(0, 30), st.none()),
        **dict.fromkeys(("upheld", "not_upheld", "withdrawn"), counts),
        **{f"theme__{code}": counts for code in live.THEMES},
    }
)


@settings(max_examples=60, deadline=None)
@given(before=data, after=data)
def test_a_refreshed_report_shows_what_a_new_one_would(
    before: dict[str, int | None], after: dict[str, int | None]
) -> None:
    old, new = live.findings(**before), live.findings(**after)
    file, _ = brought(package.opened(written(old), "report.docx"), new, 91)
    fresh = package.opened(written(new), "report.docx")
    left = expected.Expected(new, live.report(new))
    kinds = {one.kind for one in differences.differences(contents.of(file), left)}
    assert kinds <= {"wording"}
    assert rows(file, 1) == rows(fresh, 1)
    assert rows(file, 0) == rows(fresh, 0)
    assert {one.code for one in audit.document(file)} == set()


@settings(max_examples=60, deadline=None)
@given(values=data)
def test_an_untouched_report_always_matches_its_data(values: dict[str, int | None]) -> None:
    assert (
        checked(
            package.opened(written(live.findings(**values)), "report.docx"), live.findings(**values)
        )
        == []
    )


# --- saved again by LibreOffice ---


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    """Saves a file again with LibreOffice, which leaves nothing outside the test's folder."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")

    @cache
    def save(data: bytes) -> bytes:
        (folder / "report.docx").write_bytes(data)
        subprocess.run(
            [
                *(program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
                *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out")),
                str(folder / "report.docx"),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return (folder / "out" / "report.docx").read_bytes()

    return save


@pytest.mark.office
def test_a_report_saved_by_libreoffice_still_matches(
    by_libreoffice: Callable[[bytes], bytes],
) -> None:
    assert checked(package.opened(by_libreoffice(written()), "report.docx"), SAME) == []


@pytest.mark.office
def test_a_report_saved_by_libreoffice_is_brought_up_to_date(
    by_libreoffice: Callable[[bytes], bytes],
) -> None:
    saved = by_libreoffice(written())
    assert len(checked(package.opened(saved, "report.docx"), MORE)) == 10
    file, done = brought(package.opened(saved, "report.docx"), MORE, 91)
    assert len(done) == 10
    assert checked(file, MORE) == []
    assert audit.document(file) == ()
    again = package.opened(by_libreoffice(zipped.packed(file.parts)), "report.docx")
    assert checked(again, MORE) == []


@pytest.mark.office
def test_an_edited_report_saved_by_libreoffice_tells_what_was_edited(
    by_libreoffice: Callable[[bytes], bytes],
) -> None:
    change, _ = HARMFUL["a figure changed by hand"]
    cell, said = HARMFUL["a cell changed"]
    saved = by_libreoffice(zipped.packed(edited(written(), change, cell).parts))
    told = checked(package.opened(saved, "report.docx"), SAME)
    assert told[0].startswith("under 'Purpose': received was '305', is '301'.")
    assert told[1:] == said


TWELVE = (
    *("the figure in words", "per cent spelt out", "a figure split over runs"),
    *("a control around ours", "a control that Word moved around its cell"),
    *("a figure that was replaced, tracked", "a comment on a figure", "a paragraph added"),
    *("a paragraph moved to the end", "words changed around a figure", "another style"),
    *("a row added by hand", "a heading of a table reworded"),
)


@pytest.mark.office
def test_a_report_edited_in_many_ways_and_saved_by_libreoffice_goes_round(
    by_libreoffice: Callable[[bytes], bytes],
) -> None:
    edits = [HARMLESS[way] for way in TWELVE if way != "a figure split over runs"]
    own = swap("These need action:", "Members asked for these actions on 3 March 2024:")
    file = edited(written(), *edits, own, HARMFUL["a sentence deleted"][0])
    saved = package.opened(by_libreoffice(zipped.packed(file.parts)), "report.docx")

    taken_out = ["the figure overdue:words was taken out; the data says nine."]
    assert checked(saved, SAME) == taken_out

    told = checked(saved, MORE)
    assert [one for one in told if "received was '301', is '310'" in one]
    before = outline(saved)
    fresh, done = brought(saved, MORE, 91)
    left = [one for one in checked(fresh, MORE) if "words this as" not in one]
    assert left == taken_out  # and stays so
    assert len(done) == 10

    after = outline(fresh)
    changed = {(old, new) for old, new in zip(before, after, strict=True) if old != new}
    assert {re.sub(r"\d+", "#", old) for old, _ in changed} == {
        re.sub(r"\d+", "#", new) for _, new in changed
    }
    assert "Members asked for these actions on 3 March 2024:" in after
    assert "Of these, about EHC" in after
    assert [one for one in audit.document(fresh) if one.code != "document-heading"] == []
    again = package.opened(by_libreoffice(zipped.packed(fresh.parts)), "report.docx")
    assert [one for one in checked(again, MORE) if "words this as" not in one] == taken_out
