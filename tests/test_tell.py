"""Findings and text templates in, a described report out."""

from __future__ import annotations

from datetime import date

import pytest

from builders_tell import YEAR, a_grid, sentence, some_findings, some_texts, told
from complaints_learning import tell
from complaints_learning.nouns.errors import TemplateError
from complaints_learning.nouns.findings import ChartPlan, Figure, Series
from complaints_learning.nouns.records import Checked, Source
from complaints_learning.nouns.report import (
    Bullets,
    Chart,
    Heading,
    KeyPoints,
    Paragraph,
    Table,
    plain,
)
from complaints_learning.nouns.runs import PRINT
from complaints_learning.nouns.settings import Settings
from complaints_learning.tell import lint

MASKED = Figure("few", None, "A few", masked="small")


def test_a_figure_in_a_sentence_is_live_and_named() -> None:
    report = told('1. There were {{ figure("received") }}.', some_findings({"received": 126}))

    (block,) = report.blocks
    assert isinstance(block, Paragraph)
    assert block.numbered
    assert [(run.text, run.figure) for run in block.line] == [
        ("There were ", ""),
        ("126", "received"),
        (".", ""),
    ]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "no complaints"), (1, "one complaint"), (9, "nine complaints")]
)
def test_counts_under_ten_are_words_with_their_noun(value: int, text: str) -> None:
    assert sentence('{{ figure("n").count("complaint") }}', some_findings({"n": value})) == text


def test_a_council_may_prefer_numerals() -> None:
    found = some_findings({"n": 3})

    assert sentence('{{ figure("n").count("form") }}', found, words=False) == "3 forms"


def test_a_share_gives_numerator_denominator_and_percentage() -> None:
    found = some_findings({"upheld": Figure("upheld", 19, "m", of=126, of_name="all"), "all": 126})

    (block,) = told('{{ figure("upheld").share }}', found).blocks
    assert isinstance(block, Paragraph)
    assert plain(block.line) == "19 of 126 (15%)"
    assert [run.figure for run in block.line if run.figure] == ["upheld", "all", "upheld:percent"]


def test_a_masked_figure_says_so_and_has_nothing_to_compare() -> None:
    found = some_findings({"few": MASKED})
    text = (
        '{{ figure("few").count("complaint") }} {{ figure("few") }} {{ figure("few").percent }}'
        '{% set f = figure("few") %}{% if f.is_many or f.is_one or f.is_zero %}!{% endif %}'
    )

    assert sentence(text, found) == "an undisclosed number of complaints [c] [c]"


def test_a_verdict_about_a_masked_figure_is_not_told() -> None:
    found = some_findings({"few": MASKED, "n": 3}, facts={"few": "up", "n": "down"})

    assert sentence('{{ fact("few") }}/{{ fact("n") }}', found) == "/down"


def test_text_from_outside_stays_text_whatever_it_holds() -> None:
    odd = "*Smith & Sons* <b> [x](y) `1` 1. _z_ #"
    found = some_findings({}, facts={"odd": odd})

    assert sentence('1. {{ fact("odd") }}', found) == odd
    assert sentence('1. {{ fact("odd") | lower_first }}', found) == odd


def test_the_small_markdown_becomes_blocks() -> None:
    report = told(
        "# One\n\n1. First **bold** [mail](mailto:a@b.example).\n\n   - a\n   - b\n\n"
        "## Two\n\n> **Key points**\n>\n> - k\n\n*A note.*\n\nPlain.\n",
        some_findings({}),
    )

    kinds = [type(block) for block in report.blocks]
    assert kinds == [Heading, Paragraph, Bullets, Heading, KeyPoints, Paragraph, Paragraph]
    first, note, last = report.blocks[1], report.blocks[5], report.blocks[6]
    assert isinstance(first, Paragraph)
    assert [(run.text, run.bold, run.link) for run in first.line] == [
        ("First ", False, ""),
        ("bold", True, ""),
        (" ", False, ""),
        ("mail", False, "mailto:a@b.example"),
        (".", False, ""),
    ]
    assert isinstance(note, Paragraph)
    assert (note.style, note.numbered) == ("note", False)
    assert isinstance(last, Paragraph)
    assert (last.style, last.numbered) == ("body", False)


def test_a_table_shows_figures_with_a_legend_for_its_marks() -> None:
    found = some_findings({"a": Figure("a", 3, "m", of=4), "b": MASKED}, **a_grid())

    (table,) = told('{{ table("pair") }}', found).blocks
    assert isinstance(table, Table)
    assert table.header == ("Thing", "Number", "Share")
    assert table.numeric == (False, True, True)
    assert [[plain(cell) for cell in row] for row in table.rows] == [
        ["A", "3", "75%"],
        ["B", "[c]", "-"],
    ]
    assert table.rows[0][2][0].figure == "a:percent"
    assert table.notes == ("[c] not shown, so that nobody can be identified.",)


def test_a_chart_says_its_numbers_largest_first() -> None:
    found = some_findings({"a": 3, "b": 12}, **a_grid())

    (chart,) = told('{{ chart("pair", caption="B leads") }}', found).blocks
    assert isinstance(chart, Chart)
    assert chart.caption == "B leads"
    assert chart.alt == "Bar chart of a pair of counts, in x. B 12 and A 3."
    assert [point.value for point in chart.series[0].points] == [3.0, 12.0]


@pytest.mark.parametrize(
    ("upper", "hidden", "said"),
    [
        (
            "top",
            False,
            "Control chart of complaints by month, in complaints. From 3 in May to 12 in July; "
            "lowest 3 in May, highest 12 in July. Mean 7. Limits 1 and 15.",
        ),
        (
            "",
            True,
            "Run chart of complaints by month, in complaints. 1 of 3 are not shown; of the others "
            "lowest 6 in June, highest 12 in July. Median 7.",
        ),
    ],
)
def test_a_line_says_its_ends_unless_a_month_is_hidden_and_what_its_middle_is(
    upper: str, hidden: bool, said: str
) -> None:
    plan = ChartPlan(
        *("run", "Complaints by month", "xmr", ("May", "June", "July")),
        (Series("Complaints", ("a", "b", "c")),),
        *("complaints", "", "mid", upper and "low", upper),
    )
    first = MASKED if hidden else 3
    values = {"a": first, "b": 6, "c": 12, "mid": 7, "low": 1, "top": 15}
    (chart,) = told(
        '{{ chart("run", caption="Run") }}', some_findings(values, charts={"run": plan})
    ).blocks
    assert isinstance(chart, Chart)
    assert chart.alt == said


def test_a_list_can_be_narrowed_to_a_theme() -> None:
    found = some_findings({}, **a_grid())

    (table,) = told('{{ listing("actions", theme="delay") }}', found).blocks
    assert isinstance(table, Table)
    assert (table.name, len(table.rows), plain(table.rows[0][0])) == ("actions_delay", 1, "Train")


def test_the_concerns_of_a_theme_come_most_frequent_first_without_those_at_zero() -> None:
    stem = "theme.communication.sub"
    found = some_findings(
        {f"{stem}.cover.upheld_or_partly": 0, f"{stem}.reply.upheld_or_partly": 4}
    )
    text = "{% for c in themes[0].concerns %}{{ c.says }}: {{ c.figure }};{% endfor %}"

    assert sentence(text, found) == "calls that were not returned: 4;"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "# A\n\n1. In {{ perod.start }}.",
            "templates/one.md.j2:3: 'perod' is undefined; did you mean 'period'?\n"
            "    3 | 1. In {{ perod.start }}.",
        ),
        (
            '{{ figure("recieved") }}',
            "templates/one.md.j2:1: there is no figure called 'recieved'; "
            "did you mean 'received'?\n"
            '    1 | {{ figure("recieved") }}',
        ),
        (
            "x\n{% if %}",
            "templates/one.md.j2:2: Expected an expression, got 'end of statement block'.\n"
            "    2 | {% if %}",
        ),
        (
            "{{ figure('received') + 1 }}",
            "templates/one.md.j2:1: a template does not compute ('+').\n"
            "    1 | {{ figure('received') + 1 }}",
        ),
        (
            '{% include "two.md.j2" %}',
            "templates/one.md.j2:1: there is no template 'two.md.j2'.\n"
            '    1 | {% include "two.md.j2" %}',
        ),
    ],
)
def test_an_error_names_file_line_and_the_line_itself(text: str, message: str) -> None:
    with pytest.raises(TemplateError) as refused:
        told(text, some_findings({"received": 1}))

    assert refused.value.message == message


def test_an_error_in_an_included_file_names_that_file() -> None:
    files = {"one.md.j2": 'x\n{% include "_two.md.j2" %}', "_two.md.j2": "\n\n{{ nobody }}"}

    with pytest.raises(TemplateError, match=r"^templates/_two\.md\.j2:3: 'nobody' is undefined"):
        told(files, some_findings({}))


def test_a_template_cannot_reach_beyond_what_it_is_given() -> None:
    for attack in (
        "{{ figure.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ themes[0]._lookup.findings }}",
        "{{ range(9) }}",
        "{{ 'a' * 999999999 }}",
    ):
        with pytest.raises(TemplateError):
            told(attack, some_findings({"received": 1}))


def test_every_unknown_name_is_listed_without_rendering() -> None:
    texts = some_texts(
        "{{ perod.start }}\n{{ period.strat }}\n"
        "{% if false %}{% for theme in themes %}{{ theme.titel }}{% endfor %}{% endif %}\n"
        '{{ "x" | uper_first }}\n{{ figure("recieved").wrods }}'
    )

    found = lint.problems(texts, some_findings({"received": 1}))

    assert [(one.place.file, one.message) for one in found] == [
        ("templates/one.md.j2:1", "'perod' is undefined; did you mean 'period'?"),
        ("templates/one.md.j2:2", "'strat' is undefined; did you mean 'start'?"),
        ("templates/one.md.j2:3", "'titel' is undefined; did you mean 'title'?"),
        (
            "templates/one.md.j2:4",
            "there is no filter called 'uper_first'; did you mean 'upper_first'?",
        ),
        (
            "templates/one.md.j2:5",
            "there is no figure called 'recieved'; did you mean 'received'?",
        ),
        ("templates/one.md.j2:5", "'wrods' is undefined; did you mean 'words'?"),
    ]


def test_a_figure_that_the_text_asks_for_first_may_be_absent() -> None:
    texts = some_texts('{% if has("fines") %}{{ figure("fines") }}{% endif %}{{ figure("fine") }}')

    found = lint.problems(texts, some_findings({"received": 1}))

    assert [one.message for one in found] == ["there is no figure called 'fine'."]


def test_a_section_without_its_file_is_listed() -> None:
    texts = some_texts({})
    texts = type(texts)("test", "Test", ("gone",), {}, {})

    assert [one.message for one in lint.problems(texts)] == [
        "there is no file for the section 'gone'."
    ]


def test_the_shipped_texts_use_no_unknown_name() -> None:
    from complaints_learning.read import texts

    assert lint.problems(texts.report_texts("learning_report")) == []


@pytest.mark.parametrize(
    ("edition", "rows"), [("internal", ["12", "2", "9"]), ("public", [""] * 3)]
)
def test_files_of_one_form_each_stand_together_without_their_names(
    edition: str, rows: list[str]
) -> None:
    files = (
        Source("log.xlsx", "a" * 64, 12, "register"),
        Source("Forms/CX-22-014 Ashdown.xlsx", "b" * 64, 1, "monitoring"),
        Source("Forms/CX-22-015.xlsx", "c" * 64, 1, "monitoring"),
        Source("Forms/all of 2021.xlsx", "d" * 64, 9, "monitoring"),
    )

    def shown(some: tuple[Source, ...]) -> list[tuple[str, str, str]]:
        day = date(2023, 9, 1)
        about = tell.context(Settings(), YEAR, Checked({}, sources=some), edition, "1", day, "L")
        assert [one.rows for one in about.method.sources] == rows
        return [(one.file, one.table, one.fingerprint) for one in about.method.sources]

    log, forms, year = shown(files)
    assert log == ("log.xlsx", "complaint register", "a" * PRINT)
    assert forms[:2] == ("Forms/*", "monitoring forms, a file each")
    assert year == ("Forms/all of 2021.xlsx", "monitoring forms", "d" * PRINT)
    assert shown((files[0], files[2], files[1], files[3])) == [log, forms, year]
    changed = Source("Forms/CX-22-015.xlsx", "e" * 64, 1, "monitoring")
    assert shown((*files[:2], changed, files[3]))[1][2] != forms[2]
