"""What 2023, 2022-23Q3 and last mean."""

from __future__ import annotations

from datetime import date

import pytest

from complaints_learning.nouns import period
from complaints_learning.nouns.errors import SettingsError

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "start", "end", "label"),
    [
        ("2023", date(2022, 4, 1), date(2023, 3, 31), "2022-23"),
        ("2022-23", date(2022, 4, 1), date(2023, 3, 31), "2022-23"),
        ("2022/23", date(2022, 4, 1), date(2023, 3, 31), "2022-23"),
        ("2022/2023", date(2022, 4, 1), date(2023, 3, 31), "2022-23"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
        ("2022-23Q1", date(2022, 4, 1), date(2022, 6, 30), "2022-23Q1"),
        ("2022-23q4", date(2023, 1, 1), date(2023, 3, 31), "2022-23Q4"),
        ("2022/23 Q3", date(2022, 10, 1), date(2022, 12, 31), "2022-23Q3"),
        ("2023Q3", date(2022, 10, 1), date(2022, 12, 31), "2022-23Q3"),
        ("2023-01", date(2023, 1, 1), date(2023, 1, 31), "2023-01"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2022-10..2023-03", date(2022, 10, 1), date(2023, 3, 31), "2022-10..2023-03"),
        ("last", date(2025, 4, 1), date(2026, 3, 31), "2025-26"),
        ("Last-Quarter", date(2026, 7, 1), date(2026, 9, 30), "2026-27Q2"),
    ],
)
def test_every_way_to_write_a_period_gives_its_first_and_last_day(
    typed: str, start: date, end: date, label: str
) -> None:
    found = period.parse(typed, today=TODAY)

    assert (found.start, found.end, found.label) == (start, end, label)


def test_a_council_may_name_the_year_by_its_start_or_use_calendar_years() -> None:
    assert period.parse("2023", "start").start == date(2023, 4, 1)
    assert period.parse("2023", "calendar").end == date(2023, 12, 31)
    assert period.parse("2023", "calendar").label == "2023"
    assert period.parse("2023Q1", "calendar").label == "2023Q1"
    assert period.parse("last", "calendar", TODAY).label == "2025"


def test_last_is_the_latest_year_that_is_wholly_over() -> None:
    assert period.parse("last", today=date(2026, 3, 31)).label == "2024-25"
    assert period.parse("last", today=date(2026, 4, 1)).label == "2025-26"
    assert period.parse("last-quarter", today=date(2026, 1, 1)).label == "2025-26Q3"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2022-24", "the second year must follow the first."),
        ("2022-23Q5", "a year has quarters Q1 to Q4."),
        ("2023-13", "the second year must follow the first."),
        ("2023-03..2022-10", "its last month is before its first."),
        ("2022..2023", "a span is two months, such as 2022-10..2023-03."),
        ("0023", "the year is out of range."),
        ("last year", "it is not a period."),
        ("", "it is not a period."),
        (
            "2010-11",
            "it could be a month or a year; write 2010/11 for the year, "
            "or 2010-11..2010-11 for the month.",
        ),
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(typed: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period.parse(typed)

    assert refused.value.message == f"period '{typed}': {why}"
    assert refused.value.hint.endswith(
        "A period is a year (2023 or 2022-23), a quarter (2022-23Q3), a month (2023-01), "
        "a span of months (2022-10..2023-03), last or last-quarter."
    )


def test_the_months_of_a_period_are_its_whole_months() -> None:
    assert [f"{day:%Y-%m}" for day in period.parse("2022-23Q4").months()] == [
        "2023-01",
        "2023-02",
        "2023-03",
    ]


def test_the_stretch_before_is_the_same_one_a_year_earlier() -> None:
    assert period.parse("2023").before() == period.parse("2022")
    assert period.parse("2022-23Q2").before() == period.parse("2021-22Q2")
    assert period.parse("2025-02").before() == period.parse("2024-02")
    assert period.parse("2023", "calendar").before() == period.parse("2022", "calendar")


def test_a_day_is_inside_its_period_up_to_both_ends() -> None:
    year = period.parse("2023")

    assert date(2022, 4, 1) in year
    assert date(2023, 3, 31) in year
    assert date(2023, 4, 1) not in year


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2022-24", "Did you mean 2022-23 or 2023-24? "),
        ("Q3 2022/23", "Did you mean 2022-23Q3? "),
        ("22/23", "Did you mean 2022-23? "),
        ("January 2023", "Did you mean 2023-01? "),
        ("lsat", "Did you mean last? "),
        ("last-quater", "Did you mean last-quarter? "),
        ("2023-13", "A period is"),
        ("soon", "A period is"),
    ],
)
def test_what_was_nearly_a_period_is_asked_about(typed: str, meant: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period.parse(typed)

    assert refused.value.hint.startswith(meant)
