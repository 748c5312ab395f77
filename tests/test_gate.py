"""The gate: private strings in finished files are found, and ordinary words are not."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import datetime

import docx
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from complaints_learning.nouns.errors import LearningError, ReadError
from complaints_learning.nouns.raw import Raw, RawTable
from complaints_learning.nouns.runs import PRINT
from complaints_learning.nouns.settings import Settings, parse
from complaints_learning.protect import gate, identifying, patterns, private
from complaints_learning.read import finished

HEADERS = ("Case Ref", "Complainant Name", "Child DOB", "Email", "Allocated Worker")
ROWS = (
    (
        "C/2022/0145",
        "Mrs Zadie Quillfeather",
        datetime(2012, 3, 14),
        "z.quill@post.example",
        "T Osei",
    ),
    ("0049381", "GREEN, Tamsin", "", "", "Price"),
    ("12", "Anon", "", "", "Duty team"),
)


def a_register(*rows: tuple[object, ...], headers: tuple[str, ...] = HEADERS) -> Raw:
    """A register of these rows as read."""
    table = RawTable(
        file="register/log.xlsx",
        sheet="Log",
        kind="register",
        headers=headers,
        letters=tuple("ABCDE"[: len(headers)]),
        columns=tuple(zip(*rows, strict=True)) if rows else tuple(() for _ in headers),
        rows=tuple(range(2, 2 + len(rows))),
    )
    return Raw((table,))


def found(text: str, *, raw: Raw | None = None, **known: tuple[str, ...]) -> list[str]:
    """What the gate says of one paragraph."""
    secrets = private.gather(raw or a_register(*ROWS), Settings())
    pieces = [finished.Piece("report.docx", "paragraph 1", text)]
    shell = known.pop("shell", ())
    hits = gate.hits(pieces, secrets, gate.Usual(**known), shell)
    return [str(hit).partition("paragraph 1: ")[2] for hit in hits]


def test_an_empty_register_hides_nothing() -> None:
    assert found("Mr", raw=a_register()) == []


@pytest.mark.parametrize(
    "text",
    [
        "Zadie Quillfeather complained.",
        "QUILLFEATHER, ZADIE",
        "as Mrs Quillfeather said",
        "Quillfeather's son",
        "zadie\u00a0quillfeather",
    ],
)
def test_a_name_is_found_however_it_is_written(text: str) -> None:
    assert "a name, the same as in register/log.xlsx, sheet Log, cell B2" in found(text)


@pytest.mark.parametrize("text", ["C/2022/0145", "see c-2022-0145/S2", "ref C 2022 0145."])
def test_a_reference_is_found_whatever_its_marks(text: str) -> None:
    assert found(text) == ["a reference, the same as in register/log.xlsx, sheet Log, cell A2"]


def test_the_print_of_a_file_or_a_run_looks_like_nothing_private() -> None:
    for number in range(20_000):  # of nine letters 17 would look like a National Insurance number
        start = hashlib.sha256(str(number).encode()).hexdigest()[:PRINT]
        assert not list(patterns.sure(f"0.1.0 {start}")), start


@pytest.mark.parametrize(
    "text", ["14/03/2012", "14 March 2012", "14 Mar 2012", "2012-03-14", "14.3.2012"]
)
def test_a_date_of_birth_is_found_however_it_is_written(text: str) -> None:
    said = "a date of birth, the same as in register/log.xlsx, sheet Log, cell C2"
    assert said in found(f"The child ({text})")


@pytest.mark.parametrize(
    "text",
    [
        "a green light at a good price",
        "Green papers and Price lists",
        "12 complaints; 12 of 301; paragraph 12",
        "The duty team answered",
        "0,049,381 or 1.0049381 of it",
        "1,0049381 of it",
        "0049381.5 or 0049381,500 of it",
    ],
)
def test_ordinary_words_and_numbers_are_no_hit(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["0049381.", "0049381, 5", "5, 0049381", ".0049381", "0049381"])
def test_a_reference_is_found_beside_the_marks_of_a_sentence(text: str) -> None:
    assert found(text)


def test_a_name_that_is_also_a_word_is_found_where_it_can_only_be_a_name() -> None:
    same = "a name, the same as in register/log.xlsx, sheet Log, cell B3"
    assert found("Tamsin Green rang") == [same]
    assert found("Ms Green rang") == [same, "a name with a title"]


def test_a_single_name_counts_with_a_capital_only() -> None:
    assert found("Osei rang")
    assert found("osei") == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ring 01384 555012", "a telephone"),
        ("ring 07700 900123", "a telephone"),
        ("ring 01384555012", "a telephone"),
        ("ring 01384555012ext", "a telephone"),
        ("ring 01384555012c", "a telephone"),
        ("ring +44 20 7946 0018", "a telephone"),
        ("at DY1 1HF", "a postcode"),
        ("write to amy@post.example", "an email"),
        ("NHS 943 476 5919", "an NHS number"),
        ("NI AB 12 34 56 C", "a National Insurance number"),
        ("born on 3 May 2011", "a date of birth"),
        ("at 12 Elm Tree Road", "an address"),
        ("as Mr Addo-Baker said", "a name with a title"),
    ],
)
def test_shapes_are_found_without_any_register(text: str, kind: str) -> None:
    assert found(text, raw=a_register()) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "2022-23Q3",
        "1 April 2022 to 31 March 2023",
        "16,861 contacts; 1,234,567,890 pence",
        "943 476 5918",
        "111 111 1111",
        "SI 2006/1738",
        "version 0.1.0 9f86d081884c",
        '"sha256": "0840722415e6482feb1db613f3fa31a775c666addc97a180976308284fcfe84c"',
        "from 126 to 301 in 2022-23",
        "Stage 2 Close to the limit",
        "_clf_9434765919_7",
    ],
)
def test_what_reports_are_full_of_has_none_of_the_shapes(text: str) -> None:
    assert found(text, raw=a_register()) == []


def test_the_author_and_director_named_in_the_settings_may_be_named() -> None:
    settings = parse('[report]\nauthor = "T Osei"\nauthor_email = "t.osei@council.example"')
    vouched = tuple(private.vouched(settings))
    assert found("Author: T Osei, t.osei@council.example", vouched=vouched) == []
    assert found("Zadie Quillfeather", vouched=vouched)


def test_the_telephone_number_in_the_councils_own_shell_is_nobodys_secret() -> None:
    assert found("Call 01384 555 012", shell=("Switchboard 01384 555012",)) == []
    assert found("Quillfeather", shell=("Quillfeather",)) != []


def test_a_word_of_the_reports_own_texts_is_no_name() -> None:
    raw = a_register(("1", "Justine Assessment", "", "", ""))
    assert found("Assessment of needs", raw=raw) != []
    assert found("Assessment of needs", raw=raw, ours=("Assessment",)) == []
    assert found("Justine Assessment", raw=raw, ours=("Assessment",)) != []


def test_eight_words_of_a_complaint_in_a_row_are_found_and_seven_are_not() -> None:
    words_ = "they came late and left before tea was even poured"
    secrets = private.Private({}, texts=((words_, gate.NOWHERE),))

    def said(text: str, *approved: str) -> list[str]:
        piece = finished.Piece("r.docx", "paragraph 1", text)
        hits = gate.hits([piece], secrets, left=gate.without(approved, [piece]))
        assert {(hit.file, hit.where) for hit in hits} <= {("r.docx", "paragraph 1")}
        return [hit.kind for hit in hits]

    assert said("They came late, and left before tea was mentioned") == ["a complaint's own words"]
    assert said("they came late and left before tea, mostly") == []
    assert said(f"One wrote: {words_}.", words_) == []


def test_eight_words_of_a_letter_each_are_found_in_the_shortest_text_that_holds_them() -> None:
    secrets = private.Private({}, texts=(("so a b c d e f g h", gate.NOWHERE),))
    hits = gate.hits([finished.Piece("r.docx", "paragraph 1", "a b c d e f g h")], secrets)
    assert [hit.kind for hit in hits] == ["a complaint's own words"]


def test_what_a_report_says_twice_is_a_hit_in_both_places() -> None:
    secrets = private.gather(a_register(*ROWS), Settings())
    twice = [finished.Piece("r.docx", f"paragraph {n}", "Zadie Quillfeather") for n in (1, 2)]
    assert [hit.where for hit in gate.hits(twice, secrets)] == ["paragraph 1", "paragraph 2"]


def test_a_column_of_peoples_names_is_private_whatever_its_header() -> None:
    rows = tuple((f"C10{i}", name) for i, name in enumerate(("Ada Vane", "Bo Quist", "Cy Marl")))
    assert found("Bo Quist", raw=a_register(*rows, headers=("Ref", "Zuständig")))


def test_coded_columns_are_not_private() -> None:
    rows = tuple((f"C10{i}", "Front Door") for i in range(3))
    assert found("Front Door", raw=a_register(*rows, headers=("Ref", "Service"))) == []


def test_a_hit_stops_with_places_and_never_with_the_value() -> None:
    secrets = private.gather(a_register(*ROWS), Settings())
    piece = finished.Piece("report.docx", "comments, paragraph 3", "Zadie Quillfeather")
    with pytest.raises(LearningError) as stopped:
        gate.stop(gate.hits([piece], secrets))
    assert stopped.value.code == "private-found"
    assert str(stopped.value) == (
        "the public report would tell something private in 1 place, so nothing was written:\n"
        "    report.docx, comments, paragraph 3: a name, the same as in register/log.xlsx, "
        "sheet Log, cell B2\n"
        "    Take it out where it comes from (an action's words, a service, a template, the "
        "Word shell, or words typed into the report), or write the internal edition: "
        "--edition internal"
    )


def test_a_hundred_thousand_references_are_looked_for_quickly() -> None:
    rows = tuple((f"C-2022-{i:06}",) for i in range(100_000))
    secrets = private.gather(a_register(*rows, headers=("Ref",)), Settings())
    pieces = [finished.Piece("r", "p", "nothing of the kind " * 20)] * 500
    assert gate.hits([*pieces, finished.Piece("r", "q", "C-2022-099999")], secrets)[0].where == "q"


# -- what is read back ------------------------------------------------------------------------


def a_word_file() -> bytes:
    """A Word file with a planted word in each corner that is often forgotten."""
    made = docx.Document()
    made.core_properties.author = "PlantAuthor"
    made.core_properties.keywords = "PlantKeyword"
    split = made.add_paragraph()
    split.add_run("Plant")
    split.add_run("Split").bold = True
    made.sections[0].header.paragraphs[0].text = "PlantHeader"
    made.sections[0].footer.paragraphs[0].text = "PlantFooter"
    made.add_table(1, 1).cell(0, 0).text = "PlantCell"
    made.add_comment(split.runs, text="PlantComment", author="PlantCommenter")
    saved = io.BytesIO()
    made.save(saved)
    extra = {
        "word/footnotes.xml": "<f xmlns:w='w'><w:p><w:t>PlantNote</w:t></w:p></f>",
        "customXml/item9.xml": "<x a='1'>PlantCustom<!-- PlantXmlComment --></x>",
        "docProps/custom.xml": "<p><property name='PlantProperty'><v>PlantValue</v></property></p>",
        "word/gone.xml": "<p><del><delText>PlantDeleted</delText></del></p>",
        "word/alt.xml": "<a><docPr name='PlantName' descr='PlantAlt' title='PlantTitle'/></a>",
    }
    with zipfile.ZipFile(saved, "a") as files:
        for name, text in extra.items():
            files.writestr(name, text)
        files.comment = b"PlantZip"
    return saved.getvalue()


PLANTED = (
    "Author Keyword Split Header Footer Cell Comment Commenter Note Custom XmlComment Property "
    "Value Deleted Name Alt Title Zip"
)


@pytest.mark.parametrize("word", PLANTED.split())
def test_every_corner_of_a_word_file_is_read(word: str) -> None:
    said = " ".join(piece.text for piece in finished.texts("report.docx", a_word_file()))
    assert f"Plant{word}" in said.split() or f"Plant{word}" in said


def test_a_workbook_is_read_with_comments_names_and_headers() -> None:
    book = Workbook()
    sheet = book.active
    sheet.title = "PlantSheet"
    sheet["A1"] = "PlantCell"
    sheet["A2"] = 49381
    sheet["A1"].comment = Comment("PlantComment", "PlantAuthor")
    sheet.oddHeader.center.text = "PlantHeader"
    book.properties.title = "PlantTitle"
    saved = io.BytesIO()
    book.save(saved)
    said = " ".join(piece.text for piece in finished.texts("pack.xlsx", saved.getvalue()))
    for word in ("Sheet", "Cell", "Comment", "Author", "Header", "Title"):
        assert f"Plant{word}" in said


def test_a_web_page_is_read_with_attributes_comments_and_scripts() -> None:
    page = (
        "<html><head><title>PlantTitle</title><meta name='description' content='PlantMeta'></head>"
        "<body><!-- PlantHidden --><p>Plant<b>Bold</b> text</p><img alt='PlantAlt'>"
        "<svg><text>PlantSvg</text></svg><script>var a='PlantScript'</script></body></html>"
    )
    said = [piece.text for piece in finished.texts("report.html", page.encode())]
    whole = " ".join(said)
    for word in ("Title", "Meta", "Hidden", "Bold", "Alt", "Svg", "Script"):
        assert f"Plant{word}" in whole
    assert "PlantBold text" in said


def test_a_run_record_is_read_with_keys_and_values() -> None:
    record = json.dumps({"outputs": ["a", {"PlantKey": "PlantValue"}], "n": 5}).encode()
    pieces = list(finished.texts("run.json", record))
    assert ("run.json", "outputs[1]", "PlantKey") in pieces
    assert ("run.json", "outputs[1].PlantKey", "PlantValue") in pieces


def test_a_file_that_cannot_be_looked_through_may_not_go_out() -> None:
    with pytest.raises(ReadError, match=r"slides\.pptx: a file of this kind cannot be checked"):
        list(finished.texts("slides.pptx", b""))


# -- words for the review workbook ------------------------------------------------------------


def test_what_looks_identifying_is_marked_for_a_person() -> None:
    secrets = private.gather(a_register(*ROWS), Settings())
    text = "Her worker Quillfeather told our Kezia at St Hilda's Primary that ref 0049381 was lost."
    marked = identifying.shown(text, identifying.marks(text, secrets))
    assert marked == (
        "Her worker \u00abQuillfeather\u00bb told our \u00abKezia\u00bb at "
        "\u00abSt Hilda's Primary\u00bb that ref \u00ab0049381\u00bb was lost."
    )


def test_what_the_register_has_is_marked_however_it_is_written() -> None:
    secrets = private.gather(a_register(*ROWS), Settings())
    text = "he told zadie quillfeather that c-2022-0145, Osei and green tamsin wait"
    assert [(text[s.start : s.end], s.kind) for s in identifying.marks(text, secrets)] == [
        ("zadie quillfeather", "name in the register"),
        ("c-2022-0145", "reference in the register"),
        ("Osei", "name in the register"),
        ("green tamsin", "name in the register"),
    ]


def test_plain_sentences_are_not_marked() -> None:
    text = "Nobody rang back for six weeks. The EHC plan came in March and Section F was empty."
    assert identifying.marks(text) == ()
    assert identifying.marks("They told us of Monday's and the Ombudsman\u2019s letters.") == ()


def test_words_are_ordinary_wherever_in_the_register_they_are_written_small() -> None:
    said = ["Everything is fine.", "Nobody rang. We waited long.", "They rang."]
    assert identifying.ordinary(said, among="Waited, Rang") >= {"waited", "rang"}


def test_an_unknown_word_is_marked_at_a_sentences_start_too() -> None:
    everyday = identifying.ordinary(["we asked and asked", "the plan was late"])
    text = "Plan late again. Kezia asked. I'd asked."
    marked = identifying.marks(text, None, everyday)
    assert [text[one.start : one.end] for one in marked] == ["Kezia"]


def test_where_a_mark_stands_is_told_in_words() -> None:
    said = "Ring Mrs Okoro ... today"
    assert [identifying.words(said, one) for one in identifying.marks(said)] == ["words 2 to 3"]
    assert identifying.words(said, patterns.Span(19, 24, "day")) == "word 4"


def test_a_reference_that_no_register_has_is_marked() -> None:
    text = "Your ref CS-2021/0093 was lost."
    assert [one.kind for one in identifying.marks(text)] == ["case reference"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody rang us back.",
        "nobody rang us back",
        "Nobody rang ... in six weeks.",
        "Nobody ... us \u2026 six weeks.",
        "[The worker tells:] Nobody rang us back.",
        "Nobody rang us back [after the visit].",
    ],
)
def test_a_true_quotation_is_known(sentence: str) -> None:
    assert identifying.is_quoted_from(sentence, "Nobody rang us back in six weeks.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Nobody rang me back.",
        "Six weeks ... nobody rang us.",
        "in six weeks ... back in",
        "[Nobody rang us back.]",
        "Nobody ...",
        "rang us",
        "...",
        "Nobody rang us back in six weeks. Really.",
    ],
)
def test_words_that_the_complaint_does_not_say_are_no_quotation(sentence: str) -> None:
    assert identifying.is_quoted_from(sentence, "Nobody rang us back in six weeks.") is False
