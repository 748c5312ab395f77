"""Numbers, dates, plurals and lists as a careful officer writes them."""

from __future__ import annotations

from datetime import date

import pytest

from complaints_learning.nouns import wording
from complaints_learning.nouns.findings import Figure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0%"),
        (0.4, "under 1%"),
        (0.5, "1%"),
        (14.5, "15%"),
        (99.6, "over 99%"),
        (-0.4, "-0.4%"),
        (-12.4, "-12%"),
    ],
)
def test_a_share_that_is_something_is_never_printed_as_nothing_or_all(
    value: float, text: str
) -> None:
    assert wording.percent(value) == text


def test_half_is_rounded_up_as_people_do() -> None:
    assert [wording.number(value) for value in (0.5, 1.5, 2.5, -2.5)] == ["1", "2", "3", "-3"]
    assert wording.number(1.005, 2) == "1.01"


def test_dates_are_written_in_full() -> None:
    assert wording.day(date(2022, 4, 1)) == "1 April 2022"
    assert wording.month(date(2022, 12, 31)) == "December 2022"


def test_acronyms_keep_their_capitals_inside_a_sentence() -> None:
    phrases = ["Delay (not EHC)", "EHC plans", "SEND", "Money", "PAs and carers", ""]

    assert [wording.lower_first(phrase) for phrase in phrases] == [
        "delay (not EHC)",
        "EHC plans",
        "SEND",
        "money",
        "PAs and carers",
        "",
    ]


def test_lists_read_as_a_sentence_does() -> None:
    assert wording.listed([]) == ""
    assert wording.listed(["one"]) == "one"
    assert wording.listed(["a", "", "b"]) == "a and b"
    assert wording.listed(["a, b", "c", "d"], "or") == "a, b; c or d"


@pytest.mark.parametrize(
    ("figure", "show", "text"),
    [
        (Figure("n", 1234, "m"), "value", "1,234"),
        (Figure("n", 19, "m", of=126), "percent", "15%"),
        (Figure("n", 0, "m", of=0), "percent", "[z]"),
        (Figure("n", None, "m"), "value", "[x]"),
        (Figure("n", None, "m", masked="small"), "percent", "[c]"),
        (Figure("n", 2.5, "m", low=1.25, high=4.0), "interval", "1.25 to 4"),
        (Figure("n", 2.5, "m"), "interval", "[z]"),
        (Figure("n", 250, "m", unit="pounds"), "value", "£250"),
        (Figure("n", 99.5, "m", unit="pounds"), "value", "£99.50"),
        (Figure("n", -3, "m"), "value", "-3"),
        (Figure("n", 46.2, "m", unit="percent"), "value", "46%"),
    ],
)
def test_a_figure_reads_the_same_wherever_it_stands(figure: Figure, show: str, text: str) -> None:
    assert wording.figure(figure, show) == text
