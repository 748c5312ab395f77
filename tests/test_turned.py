"""Columns of dates with the month first, or with day and month exchanged, are read as meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from complaints_learning.nouns.records import Checked
from test_check import a_register

DAYS = [date(2023, 1, 2) + timedelta(days=9 * n) for n in range(40)]
Write = Callable[[date], str | date]


def british(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def american(day: date) -> str:
    return f"{day.month}/{day.day}/{day.year}"


def opened(day: date, typed: Write) -> str | date:
    """What a spreadsheet with the other settings makes of it: a true date where it can be one."""
    return typed(day) if day.day > 12 else date(day.year, day.day, day.month)


def british_opened(day: date) -> str | date:
    return opened(day, british)


def american_opened(day: date) -> str | date:
    return opened(day, american)


def read(folder: Path, days: list[str | date], answered: list[str | date] | None = None) -> Checked:
    """A register of these days received, and answered."""
    second = answered or [""] * len(days)
    rows = [
        [f"R{n}", *both, "Upheld", "x"] for n, both in enumerate(zip(days, second, strict=True))
    ]
    return a_register(folder, *rows)


def got(found: Checked, name: str = "received") -> list[date]:
    return [day.date() for day in found.frames["complaints"][name]]


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        (british, []),
        (american, ["dates-month-first"]),
        (british_opened, ["dates-exchanged"]),
        (american_opened, ["dates-exchanged"]),
    ],
)
def test_a_column_of_dates_is_read_as_it_was_meant_and_told_once(
    tmp_path: Path, typed: Write, codes: list[str]
) -> None:
    found = read(tmp_path, [typed(day) for day in DAYS])
    assert got(found) == DAYS
    assert [(p.code, p.place.cell) for p in found.problems] == [(code, "B1") for code in codes]


def test_one_date_with_its_month_first_turns_nothing(tmp_path: Path) -> None:
    days = [*DAYS[:20], DAYS[22]]
    found = read(tmp_path, [*map(british, DAYS[:20]), american(DAYS[22])])
    assert got(found)[:20] == days[:20]
    assert [problem.code for problem in found.problems] == ["date-month-first"]


def test_true_dates_after_the_12th_say_that_none_were_exchanged(tmp_path: Path) -> None:
    days: list[str | date] = [*DAYS, *map(american, DAYS)]
    found = read(tmp_path, days)
    assert got(found)[:40] == DAYS
    assert {problem.code for problem in found.problems} == {"date-month-first"}


def test_first_days_of_months_were_not_exchanged(tmp_path: Path) -> None:
    firsts = [date(2023, month, 1) for month in range(1, 13)]
    found = read(tmp_path, [*firsts, *map(british, DAYS)])
    assert got(found)[:12] == firsts


def test_a_column_too_short_to_tell_is_as_the_others_of_its_sheet(tmp_path: Path) -> None:
    answers = [DAYS[n] + timedelta(days=1) if n in (7, 11) else None for n in range(40)]
    found = read(
        tmp_path,
        [american_opened(day) for day in DAYS],
        [american_opened(day) if day else "" for day in answers],
    )
    assert [day.date() for day in found.frames["complaints"]["responded"].dropna()] == [
        day for day in answers if day
    ]


def test_a_day_first_column_beside_one_with_the_month_first_stays(tmp_path: Path) -> None:
    found = read(tmp_path, [*map(american, DAYS)], [*map(british, DAYS)])
    assert got(found) == got(found, "responded") == DAYS
    assert [problem.place.cell for problem in found.problems] == ["B1"]
