"""themes.toml in, themes out; and what is wrong in it, said with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import docs_blocks
from complaints_learning.classify.rules import Rules
from complaints_learning.nouns import themes
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.read import texts

SMALL = """version = 1

[lists]
worker = ["social worker", "sw"]

[[theme]]
code = "delay"
title = "Delay"

  [[theme.sub]]
  code = "waiting"
  title = "Waiting"
  says = "waiting too long"
  strong = ["still waiting", "no <worker>"]
"""


ROOT = Path(__file__).resolve().parent.parent


def wrong(text: str) -> str:
    with pytest.raises(SettingsError) as error:
        themes.parse(text, "themes.toml")
    return str(error.value)


def test_a_small_file_gives_its_theme_sub_theme_and_phrases() -> None:
    found = themes.parse(SMALL)
    assert found.codes == ("delay",)
    sub = found.theme("delay").sub_themes[0]
    assert (sub.code, sub.title, sub.says) == ("waiting", "Waiting", "waiting too long")
    assert [phrase.text for phrase in sub.phrases] == ["still waiting", "no <worker>"]


def test_the_shipped_themes_are_the_twelve_in_report_order() -> None:
    assert texts.themes().codes == (
        *("communication", "staff_behaviour", "ehc", "delay", "accuracy", "decisions"),
        *("support", "placement_contact", "money", "privacy", "complaint_handling", "other"),
    )


def test_a_theme_at_the_end_of_the_file_comes_before_other() -> None:
    one = '\n[[theme]]\ncode = "{}"\ntitle = "A title"\n'
    other = one.format("other").replace("A title", "Other")
    found = themes.parse(SMALL + other + one.format("transport"))
    assert found.codes == ("delay", "transport", "other")


def test_every_shipped_sub_theme_says_something_neutral_for_the_report() -> None:
    for theme in texts.themes():
        for sub in theme.sub_themes:
            assert sub.says and sub.says[0].islower() and not sub.says.endswith("."), sub


def test_the_shipped_file_reads_like_prose_with_no_line_wider_than_a_screen() -> None:
    text = (ROOT / "templates" / "themes.toml").read_text(encoding="utf-8")
    wide = [line for line in text.splitlines() if len(line) > 102]
    assert [line for line in wide if line.count('", "')] == []  # one long phrase may stand alone


def test_the_change_that_the_docs_show_finds_what_they_say(tmp_path: Path) -> None:
    page = ROOT / "docs" / "how-to" / "change-a-theme.md"
    (diff,) = [block.text for block in docs_blocks.blocks(page) if block.kind == "diff"]
    (tmp_path / "templates").mkdir()
    copy = shutil.copy(ROOT / "templates" / "themes.toml", tmp_path / "templates")

    def subs() -> list[str]:
        found = themes.parse(Path(copy).read_text(encoding="utf-8"))
        read = Rules(found).read(["He has not been given his walking frame."])
        pairs = zip(read.theme.tolist(), read.sub.tolist(), strict=True)
        return [found.themes[t].sub_themes[s].code for t, s in pairs]

    assert subs() == []
    docs_blocks.patch(tmp_path, diff, str(page))
    assert subs() == ["equipment"]
    example = (ROOT / "templates" / "themes.toml").read_text(encoding="utf-8").splitlines()
    added = next(line[1:] for line in diff.splitlines() if line.startswith("+ "))
    assert f"# {added}" in example


def test_a_list_that_is_not_there_is_told_with_its_line_and_a_suggestion() -> None:
    assert wrong(SMALL.replace("no <worker>", "no <workr>")) == (
        "themes.toml, line 14: 'no <workr>' uses <workr>, which is not in [lists].\n"
        "    Did you mean <worker>?"
    )


def test_a_misspelt_key_is_told_with_a_suggestion() -> None:
    assert wrong(SMALL.replace("strong =", "strng =")) == (
        "themes.toml, line 14: sub-theme 'waiting' has 'strng', which means nothing here.\n"
        "    Did you mean 'strong'?"
    )


def test_two_themes_with_one_code_are_an_error() -> None:
    twice = SMALL + '\n[[theme]]\ncode = "delay"\ntitle = "Again"\n'
    assert "two themes have the code 'delay'." in wrong(twice)


def test_a_theme_without_a_title_is_an_error() -> None:
    assert "'delay' has no title." in wrong(SMALL.replace('title = "Delay"\n', ""))


def test_an_empty_phrase_is_an_error() -> None:
    assert "holds an empty phrase." in wrong(SMALL.replace('"still waiting"', '" "'))


def test_a_phrase_that_is_not_in_a_list_is_an_error() -> None:
    message = wrong(SMALL.replace('strong = ["still waiting", "no <worker>"]', 'strong = "still"'))
    assert "must be a list of words in quotes." in message


def test_a_file_that_is_not_toml_says_where() -> None:
    assert wrong("[lists").startswith("themes.toml: this is not valid TOML: ")


def test_a_file_without_a_theme_is_an_error() -> None:
    assert wrong("version = 1\n") == (
        "themes.toml: it has no [[theme]].\n    Start from the themes.toml that cl ships."
    )


def test_a_title_or_a_code_in_any_case_is_found_and_a_misspelt_one_has_a_nearest() -> None:
    shipped = texts.themes()
    assert shipped.find(" staff BEHAVIOUR ") == "staff_behaviour"
    assert shipped.find("placement_contact") == "placement_contact"
    assert shipped.find("Comunication") == ""
    assert shipped.nearest("Comunication") == "Communication"
    assert shipped.nearest("xyz") == ""


def test_the_fingerprint_changes_with_the_file() -> None:
    assert themes.parse(SMALL).fingerprint != themes.parse(SMALL + "\n").fingerprint


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[[theme.sub]]", "[theme.sub]", "each [[theme.sub]] needs two brackets on either side."),
        ("[[theme]]", "[theme]", "each [[theme]] needs two brackets on either side."),
        (
            '"no <worker>"',
            '"no (<worker>"',
            "'no (<worker>' has a bracket without the one that belongs to it.",
        ),
        ('"no <worker>"', '"no ] <worker>"', "'no ] <worker>' has a bracket without the one"),
        (
            '["still waiting", "no <worker>"]',
            '"still"',
            "'strong' of sub-theme 'waiting' must be a",
        ),
        ('says = "waiting', "says = \u201cwaiting", "this is not valid TOML"),
    ],
)
def test_slips_of_somebody_who_adds_a_theme_are_told_with_their_line(
    old: str, new: str, told: str
) -> None:
    assert old in SMALL
    text = "# strong and [[theme.sub]] are explained here\n" + SMALL.replace(old, new)
    line = 1 + text.partition(new)[0].count("\n")
    message = wrong(text)
    assert told in message and f"line {line}" in message


def test_curly_quotes_and_single_brackets_are_named_as_such() -> None:
    with pytest.raises(SettingsError) as curly:
        themes.parse(SMALL.replace('"delay"', "\u201cdelay\u201d"))
    assert "straight quotes" in curly.value.hint
    with pytest.raises(SettingsError) as single:
        themes.parse(SMALL + '[theme]\ncode = "b"\n')
    assert "Begin each theme with [[theme]]" in single.value.hint


def test_a_second_theme_of_a_title_or_code_is_told_where_it_stands() -> None:
    text = SMALL + '\n[[theme]]\ncode = "other"\ntitle = "Delay"\n'
    assert f"line {text.count(chr(10))}: two themes have the title 'Delay'." in wrong(text)
    text = SMALL + '\n[[theme]]\ncode = "delay"\ntitle = "Other"\n'
    assert f"line {text.count(chr(10)) - 1}: two themes have the code 'delay'." in wrong(text)


@pytest.mark.parametrize("name", ["lists", "spelling", "aside", "emphasis", "theme"])
@pytest.mark.parametrize("value", ["5", '"x"', "[1]", "[[]]", "true"])
def test_a_table_that_is_none_is_told(name: str, value: str) -> None:
    assert "themes.toml" in wrong(f"{name} = {value}\n" + ("" if name == "theme" else SMALL_THEME))


def test_a_slip_that_is_read_as_another_slip_is_told() -> None:
    slips = '[spelling]\nteh = "hte"\nhte = "teh"\n'
    assert "'teh' in [spelling] needs the right word, in quotes." in wrong(slips + SMALL_THEME)


SMALL_THEME = '[[theme]]\ncode = "delay"\ntitle = "Delay"\n'
