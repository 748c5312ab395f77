"""The council's choices and the messages for wrong ones."""

from __future__ import annotations

from datetime import date

import pytest

from complaints_learning.nouns import settings
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
            "cl.toml, line 2: small_numbers.threshold: expected 'int', got 'str'.",
            "docs/settings.md lists every setting with its default.",
        ),
        (
            "[small_numbers]\nthreshold = 0",
            "cl.toml, line 2: small_numbers.threshold: expected 'int' >= 1.",
            "docs/settings.md lists every setting with its default.",
        ),
        (
            "[periods]\nnaming = 'ends'",
            "cl.toml, line 2: periods.naming: invalid enum value 'ends'.",
            "docs/settings.md lists every setting with its default.",
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
    with pytest.raises(SettingsError, match=r"^cl\.toml: .*line 2"):
        settings.parse("[council]\nname = Marlowe\n")
