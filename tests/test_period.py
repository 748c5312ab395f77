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
        ("2012-13", date(2012, 4, 1), date(2013, 3, 31), "2012-13"),
        ("1999-00", date(1999, 4, 1), date(2000, 3, 31), "1999-00"),
        ("2022-23Q1", date(2022, 4, 1), date(2022, 6, 30), "2022-23Q1"),
        ("2022-23q4", date(2023, 1, 1), date(2023, 3, 31), "2022-23Q4"),
        ("2022/23 Q3", date(2022, 10, 1), date(2022, 12, 31), "2022-23Q3"),
        ("2023Q3", date(2022, 10, 1), date(2022, 12, 31), "2022-23Q3"),
        ("2023-01", date(2023, 1, 1), date(2023, 1, 31), "2023-01"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31), "2023-12"),
        ("2022-10..2023-03", date(2022, 10, 1), date(2023, 3, 31), "2022-10..2023-03"),
        ("2022-01..2022-12", date(2022, 1, 1), date(2022, 12, 31), "2022-01..2022-12"),
        ("2023-02..2023-02", date(2023, 2, 1), date(2023, 2, 28), "2023-02..2023-02"),
        ("1950", date(1949, 4, 1), date(1950, 3, 31), "1949-50"),
        ("2150", date(2149, 4, 1), date(2150, 3, 31), "2149-50"),
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
    calendar = period.parse("2023", "calendar")
    assert (calendar.start, calendar.end) == (date(2023, 1, 1), date(2023, 12, 31))
    assert calendar.label == "2023"
    for number, month in enumerate((1, 4, 7, 10), start=1):
        quarter = period.parse(f"2023Q{number}", "calendar")
        assert (quarter.label, quarter.start) == (f"2023Q{number}", date(2023, month, 1))
    assert period.parse("last", "calendar", TODAY).label == "2025"
    assert period.parse("last-quarter", "calendar", TODAY).label == "2026Q3"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("2023", "year"), ("2023Q1", "quarter"), ("2023-01", "month"), ("2023-01..2023-02", "span")],
)
def test_a_period_says_what_kind_it_is(typed: str, kind: str) -> None:
    assert period.parse(typed).kind == kind
    assert period.parse(typed).before().kind == kind


@pytest.mark.parametrize(
    ("day", "naming", "label"),
    [
        (date(2023, 3, 31), "end", "2022-23"),
        (date(2023, 4, 1), "start", "2023-24"),
        (date(2023, 1, 1), "calendar", "2023"),
        (date(2023, 12, 31), "calendar", "2023"),
    ],
)
def test_a_day_is_in_the_reporting_year_that_the_council_names(
    day: date, naming: period.Naming, label: str
) -> None:
    year = period.year_of(day, naming)

    assert (year.label, year.kind) == (label, "year")
    assert year == period.parse(label if naming == "calendar" else label.replace("-", "/"), naming)


def test_a_year_starts_in_april_when_nobody_says_otherwise() -> None:
    assert period.year_of(date(2023, 3, 31)).label == "2022-23"


def test_last_is_the_latest_year_that_is_wholly_over() -> None:
    assert period.parse("last", today=date(2026, 3, 31)).label == "2024-25"
    assert period.parse("last", today=date(2026, 4, 1)).label == "2025-26"
    assert period.parse("last-quarter", today=date(2026, 1, 1)).label == "2025-26Q3"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2022-24", "the second year must follow the first."),
        ("2022-23Q5", "a year has quarters Q1 to Q4."),
        ("2023-13", "there is no month 13; of two years the second must follow the first."),
        ("2023-03..2022-10", "its last month is before its first."),
        ("2022..2023", "a span is two months, such as 2022-10..2023-03."),
        ("2022-10..", "a span is two months, such as 2022-10..2023-03."),
        ("..2023-03", "a span is two months, such as 2022-10..2023-03."),
        ("2022/2123", "the second year must follow the first."),
        ("0023", "the year is out of range."),
        ("1949", "the year is out of range."),
        ("2151", "the year is out of range."),
        ("1900/01", "the year is out of range."),
        ("1900Q1", "the year is out of range."),
        ("last year", "it is not a period."),
        ("", "it is not a period."),
        *(
            (
                typed,
                f"it could be a month or a year; write {typed.replace('-', '/')} for the year, "
                f"or {typed}..{typed} for the month.",
            )
            for typed in ("2000-01", "2010-11", "2011-12")
        ),
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are(typed: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period.parse(typed)

    assert refused.value.message == f"period '{typed}': {why}"
    assert refused.value.code == "period-unknown"
    assert refused.value.hint.endswith(
        "A period is a year (2023 or 2022-23), a quarter (2022-23Q3), a month (2023-01), "
        "a span of months (2022-10..2023-03), last or last-quarter."
    )


@pytest.mark.parametrize(
    ("typed", "month", "why"),
    [
        ("2023-00..2023-03", "2023-00", "there is no such month."),
        ("2023-01..2023-13", "2023-13", "there is no such month."),
        ("1949-12..1950-01", "1949-12", "the year is out of range."),
        ("2150-12..2151-01", "2151-01", "the year is out of range."),
    ],
)
def test_the_month_of_a_span_that_is_wrong_is_named(typed: str, month: str, why: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period.parse(typed)

    assert refused.value.message == f"period '{month}': {why}"


def test_the_months_of_a_period_are_its_whole_months() -> None:
    assert period.parse("2022-23Q4").months() == (
        date(2023, 1, 1),
        date(2023, 2, 1),
        date(2023, 3, 1),
    )


def test_the_stretch_before_is_the_same_one_a_year_earlier() -> None:
    assert period.parse("2023").before() == period.parse("2022")
    assert period.parse("2022-23Q2").before() == period.parse("2021-22Q2")
    quarter = period.parse("2023Q2", "calendar").before()
    assert (quarter.label, quarter.start) == ("2022Q2", date(2022, 4, 1))
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
        ("last-qu", "Did you mean last-quarter? A period is"),
        ("2000/99", "A period is"),
        ("99/00", "A period is"),
        ("2023-13", "A period is"),
        ("later", "A period is"),
        ("soon", "A period is"),
    ],
)
def test_what_was_nearly_a_period_is_asked_about(typed: str, meant: str) -> None:
    with pytest.raises(SettingsError) as refused:
        period.parse(typed)

    assert refused.value.hint.startswith(meant)
