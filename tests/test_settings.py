"""The council's choices and the messages for wrong ones."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from complaints_learning.nouns import columns, settings
from complaints_learning.nouns.errors import SettingsError


def test_an_empty_file_is_a_valid_choice_of_every_default() -> None:
    assert settings.parse("") == settings.Settings()
    assert settings.Settings().small_numbers.hidden_up_to == 4


def test_choices_are_read_with_their_types() -> None:
    found = settings.parse(
        "\n".join(
            [
                "[report]",
                "meeting = 2024-03-11",
                "[small_numbers]",
                'rule = "dfe"',
                "[columns.register]",
                '"Case No" = "reference"',
                "[timeliness.statutory_1]",
                "days = 10",
                "extended = 15",
            ]
        )
    )

    assert found.report.meeting == date(2024, 3, 11)
    assert found.small_numbers.hidden_up_to == 5
    assert found.columns.register == {"Case No": "reference"}
    assert found.timeliness.statutory_1.extended == 15
    assert found.timeliness.statutory_2.days == 25


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            '[council]\n\nnmae = "x"',
            "cl.toml, line 3: there is no setting 'nmae' in [council].",
            "Did you mean 'name'?",
        ),
        (
            "[small_numbers]\nthreshold = 'five'",
            "cl.toml, line 2: [small_numbers] threshold cannot be 'five'.",
            "Write a whole number from 1 to 100, without quotes.",
        ),
        (
            "[small_numbers]\nthreshold = 0",
            "cl.toml, line 2: [small_numbers] threshold cannot be 0.",
            "Write a whole number from 1 to 100, without quotes.",
        ),
        (
            "[small_numbers]\nrule = 'undr'",
            "cl.toml, line 2: [small_numbers] rule cannot be 'undr'.",
            "Did you mean 'under'? It is dfe or under, in straight quotes.",
        ),
        (
            "[report]\nmeeting = '12/06/2023'",
            "cl.toml, line 2: [report] meeting cannot be '12/06/2023'.",
            "Write a day as 2023-06-12, without quotes: meeting = 2023-06-12",
        ),
        (
            "[report]\nmeeting = 12/06/2023",
            "cl.toml, line 2: 12/06/2023 is no day as it is written here.",
            "Write a day as 2023-06-12, without quotes: meeting = 2023-06-12",
        ),
        (
            "[report]\nmeeting = 2023-13-01",
            "cl.toml, line 2: 2023-13-01 is no day.",
            "Write a day as 2024-03-11, without quotes: meeting = 2024-03-11",
        ),
        (
            "[report]\nsmall_words = 'yes'",
            "cl.toml, line 2: [report] small_words cannot be 'yes'.",
            "Write true or false, without quotes: small_words = true",
        ),
        (
            "[council]\npriorities = 'one'",
            "cl.toml, line 2: [council] priorities cannot be 'one'.",
            'Write a list of texts in square brackets: priorities = ["first", "second"]',
        ),
        (
            "[outcomes]\nPart = 3",
            "cl.toml, line 2: [outcomes] Part cannot be 3.",
            "Write a text in straight quotes.",
        ),
        (
            "[timeliness]\nstatutory_1 = {days = 3}",
            "cl.toml, line 2: [timeliness.statutory_1] says no extended.",
            "Write all of it: statutory_1 = { days = 20, extended = 20 }",
        ),
        (
            "[council]\nname = \u201cMarlowe\u201d",
            "cl.toml, line 2: the quotes are curly, and settings need straight quotes.",
            'Write: name = "Marlowe"',
        ),
        (
            "[council]\npriorities = [\n  \u201cBest start\u201d,\n]",
            "cl.toml, line 3: the quotes are curly, and settings need straight quotes.",
            'Write: "Best start",',
        ),
        (
            "[council]\nname = Marlowe",
            "cl.toml, line 2: the text after = has no quotes.",
            'Write: name = "Marlowe"',
        ),
        (
            '[columns.register]\nCmplt no = "reference"',
            "cl.toml, line 2: a name with a space needs straight quotes.",
            'Write: "Cmplt no" = "reference"',
        ),
        (
            '[council]\nname = "a"\nname = "b"',
            'cl.toml, line 3: name = "b" stands here a second time.',
            "Keep one of them; the lines of a section stand together under its [name].",
        ),
        (
            '[columns]\n"Cmplt no" = "reference"\n[council]\nname = "a"',
            "cl.toml, line 2: there is no setting 'Cmplt no' in [columns].",
            "Headers stand under their table: [columns.register], [columns.monitoring], "
            "[columns.actions], [columns.assurance], [columns.activity], [columns.population], "
            "[columns.comparators].",
        ),
        (
            "[periods]\nnaming = 'ends'",
            "cl.toml, line 2: [periods] naming cannot be 'ends'.",
            "Did you mean 'end'? It is calendar or end or start, in straight quotes.",
        ),
        (
            '[procedures]\n"CA89" = "statuatory"',
            "cl.toml, line 2: 'statuatory' is not a procedure.",
            "Did you mean 'statutory'? It can be: statutory, corporate.",
        ),
        (
            '[outcomes]\n"Part founded" = "part upheld"\nNFA = ""',
            "cl.toml, line 2: 'part upheld' is not an outcome.",
            "Did you mean 'partly_upheld'? It can be: upheld, partly_upheld, not_upheld, "
            "resolved, no_finding, withdrawn, refused, open, not_recorded, unknown.\n"
            "    Also cl.toml, line 3: nothing between the quotes is not an outcome.",
        ),
        (
            '[complainants]\n"Nan" = "grandparent"',
            "cl.toml, line 2: 'grandparent' is not a kind of complainant.",
            "It can be: child, parent, carer, advocate, other.",
        ),
        (
            '[columns.population]\n"How many" = "contact"',
            "cl.toml, line 2: 'contact' is not a column of the table 'population'.",
            "It can be: characteristic, group, value, ignore.",
        ),
        (
            "[timeliness.corporate_2]\ndayz = 3",
            "cl.toml, line 2: there is no setting 'dayz' in [timeliness.corporate_2].",
            "Did you mean 'days'?",
        ),
    ],
)
def test_a_wrong_choice_is_shown_with_its_line(text: str, message: str, hint: str) -> None:
    with pytest.raises(SettingsError) as refused:
        settings.parse(text)

    assert (refused.value.message, refused.value.hint) == (message, hint)


def test_a_file_that_is_no_toml_says_where() -> None:
    with pytest.raises(SettingsError, match=r"^cl\.toml, line 1: expected"):
        settings.parse("[council\nname = 1\n")


def test_every_kind_of_table_has_its_files_and_its_headers_in_the_settings() -> None:
    chosen = settings.Settings()
    assert [*columns.TABLES, "decisions"] == [
        field.name for field in msgspec.structs.fields(chosen.sources)
    ]
    assert [*columns.TABLES] == [field.name for field in msgspec.structs.fields(chosen.columns)]


def test_a_span_of_months_that_is_none_is_refused_with_its_line() -> None:
    with pytest.raises(SettingsError) as refused:
        settings.parse('[periods]\nnaming = "end"\ncovered = "April 2021 on"\n')
    assert str(refused.value) == (
        "cl.toml, line 3: [periods] covered cannot be 'April 2021 on'.\n"
        '    Write its first and last month: covered = "2021-04..2023-03"'
    )
