"""Answers against their clock, in working days, with England's bank holidays."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure, protect
from complaints_learning.measure import working_days
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings, SmallNumbers, parse

DAY = date(2023, 6, 1)


def timed(
    *complaints: dict[str, Any],
    stages: list[dict[str, Any]] | None = None,
    settings: Settings | None = None,
) -> Findings:
    tables = {} if stages is None else {"stages": stages}
    checked = a_checked(complaints, **tables)
    return measure.findings(checked, labels(), YEAR, settings or Settings(), THEMES, DAY)


@pytest.mark.parametrize(
    ("start", "end", "taken"),
    [
        ("2022-05-09", "2022-05-09", 0),  # the same day
        ("2022-05-09", "2022-05-10", 1),
        ("2022-05-13", "2022-05-16", 1),  # over a weekend
        ("2022-05-14", "2022-05-16", 1),  # from a Saturday
        ("2022-06-01", "2022-06-06", 1),  # Spring bank holiday moved, and the Platinum Jubilee
        ("2022-09-16", "2022-09-20", 1),  # the State Funeral, a one-off bank holiday
        ("2022-12-23", "2022-12-29", 2),  # Christmas and its substitute day
        ("2023-05-05", "2023-05-09", 1),  # the Coronation, a one-off bank holiday
        ("2022-05-10", "2022-05-09", working_days.UNKNOWN),  # answered before it came
        ("NaT", "2022-05-09", working_days.UNKNOWN),
    ],
)
def test_working_days_skip_weekends_and_bank_holidays(start: str, end: str, taken: int) -> None:
    days = [np.array([day], dtype="datetime64[D]") for day in (start, end)]
    assert working_days.between(*days).tolist() == [taken]


def test_bank_holidays_are_what_the_library_says_without_the_rest_of_the_world() -> None:
    import holidays

    code = (
        "import sys; from complaints_learning.measure import working_days as days;"
        "print(*days.bank_holidays(1990, 2100));"
        "print(sum(name.startswith('holidays.countries') for name in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    asked = holidays.country_holidays("GB", subdiv="ENG", years=range(1990, 2101))

    *found, loaded = told.stdout.split()
    assert found == [day.isoformat() for day in sorted(asked)]
    assert int(loaded) == 0


def test_a_library_that_keeps_its_countries_elsewhere_is_asked_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import holidays

    expected = working_days.bank_holidays(2022, 2023).tolist()
    monkeypatch.setattr(holidays, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(working_days, "_ENGLAND", {})

    assert working_days.bank_holidays(2022, 2023).tolist() == expected


def test_a_library_that_names_its_countries_otherwise_is_asked_by_name(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import holidays

    expected = working_days.bank_holidays(2022, 2023).tolist()
    (tmp_path / "countries").mkdir()
    (tmp_path / "countries" / "united_kingdom.py").write_text("", encoding="utf-8")
    monkeypatch.setattr(holidays, "__file__", str(tmp_path / "__init__.py"))
    monkeypatch.setattr(working_days, "_ENGLAND", {})

    assert working_days.bank_holidays(2022, 2023).tolist() == expected


@pytest.mark.parametrize(
    ("start", "end", "asked"),
    [("1022", "2022", 2022), ("1989", "1990", 1990), ("2100", "2101", 2100)],
)
def test_bank_holidays_are_asked_for_years_that_a_complaint_can_be_of(
    monkeypatch: pytest.MonkeyPatch, start: str, end: str, asked: int
) -> None:
    years: list[tuple[int, int]] = []

    def asking(first: int, last: int) -> working_days.Days:
        years.append((first, last))
        return np.array([], "M8[D]")

    monkeypatch.setattr(working_days, "bank_holidays", asking)
    days = [np.array([f"{year}-05-09"], dtype="datetime64[D]") for year in (start, end)]
    working_days.between(*days)

    assert years == [(asked, asked)]


def test_a_mistyped_century_is_counted_without_bank_holidays() -> None:
    days = [np.array([day], dtype="datetime64[D]") for day in ("1022-05-09", "1022-05-10")]
    assert working_days.between(*days).shape == (1,)


def test_answers_are_told_by_limit_extension_and_late() -> None:
    at = {"received": "2022-05-09"}  # day 10 is 23 May, day 20 is 8 June (2 bank holidays)
    found = timed(
        {**at, "responded": "2022-05-23"},
        {**at, "responded": "2022-05-24", "extended": True},
        {**at, "responded": "2022-05-24"},
        {**at, "responded": "2022-06-08", "extended": True},
        {**at, "responded": "2022-06-09", "extended": True},
    )
    stem = "timely.statutory.stage_1"
    assert values(found, f"{stem}.answered", f"{stem}.within_10", f"{stem}.within_20") == [5, 1, 4]
    assert values(found, f"{stem}.on_time", f"{stem}.late", f"{stem}.over_20") == [3, 2, 1]
    assert values(found, f"{stem}.extended", f"{stem}.extended.on_time") == [3, 2]
    assert found.figures[f"{stem}.extended.on_time"].of == 3
    assert values(found, f"{stem}.median", f"{stem}.p90") == [11, 21]
    assert found.figures[f"{stem}.on_time"].percent == 60
    parts = (("on_time", "late"), ("within_20", "over_20"))  # who hides one must know the other
    declared = {(made.total, made.parts) for made in found.sums}
    assert {
        (f"{stem}.answered", tuple(f"{stem}.{each}" for each in both)) for both in parts
    } <= declared


def answers(*taken: str, extended: int = 0) -> Findings:
    """Corporate stage 1 asked for on 3 May 2022, answered on these days; the last extended."""
    late = len(taken) - extended
    return timed(
        *(
            {
                "received": "2022-05-03",
                "procedure": "corporate",
                "responded": day,
                "extended": number >= late,
            }
            for number, day in enumerate(taken)
        )
    )


IN_LIMIT, IN_LONGER, LATE = "2022-05-12", "2022-05-26", "2022-09-01"


def test_one_answer_in_the_longer_limit_is_not_what_two_columns_leave() -> None:
    """On time 6, in the limit 5: in the public edition nobody may subtract."""
    counted = answers(*[IN_LIMIT] * 5, *[LATE] * 6, IN_LONGER, extended=1)
    stem = "timely.corporate.stage_1"
    names = [f"{stem}.{name}" for name in ("on_time", "within_10", "on_time.longer", "within_20")]
    assert values(counted, *names) == [6, 5, 1, 6]

    public = protect.for_edition(counted, "public", SmallNumbers())

    shown = values(public, *names)
    assert shown[2] is None
    assert None in shown[:2]


def test_late_answers_in_the_longer_limit_are_not_what_two_columns_leave() -> None:
    counted = answers(*[IN_LIMIT] * 5, *[LATE] * 6, IN_LONGER)
    stem = "timely.corporate.stage_1"
    names = [f"{stem}.{name}" for name in ("late", "over_20", "late.longer")]
    assert values(counted, *names) == [7, 6, 1]
    shown = values(protect.for_edition(counted, "public", SmallNumbers()), *names)
    assert shown[2] is None
    assert None in shown[:2]


@pytest.mark.parametrize(("many", "half", "most"), [(4, 0, 0), (5, 1, 0), (9, 1, 0), (10, 1, 1)])
def test_what_nine_in_ten_took_needs_ten_answers_in_public(many: int, half: int, most: int) -> None:
    counted = answers(*[IN_LIMIT] * many)
    names = [f"timely.corporate.stage_1.{name}" for name in ("median", "p90")]
    assert None not in values(counted, *names)
    shown = values(protect.for_edition(counted, "public", SmallNumbers()), *names)
    assert [value is not None for value in shown] == [half, most]


def test_the_corporate_clock_starts_with_the_acknowledgement_and_the_statutory_one_does_not() -> (
    None
):
    dates = {"received": "2022-05-09", "acknowledged": "2022-05-12", "responded": "2022-05-24"}
    found = timed(
        {**dates, "procedure": "statutory"},
        {**dates, "procedure": "corporate"},
        {**dates, "procedure": "corporate", "acknowledged": None},
    )
    assert values(found, "timely.statutory.stage_1.on_time") == [0]
    assert values(found, "timely.corporate.stage_1.on_time") == [1]
    assert values(found, "timely.corporate.acknowledged.within_5") == [1]
    received = parse('[timeliness]\ncorporate_1 = {days = 10, extended = 20, starts = "received"}')
    found = timed({**dates, "procedure": "corporate"}, settings=received)
    assert values(found, "timely.corporate.stage_1.on_time") == [0]


def test_open_withdrawn_and_undated_cases_are_not_answers() -> None:
    found = timed(
        {"received": "2023-03-30", "outcome": "open"},
        {"received": "2022-05-09", "outcome": "withdrawn", "responded": "2022-12-01"},
        {"received": "2022-05-09", "outcome": "upheld"},
        {"received": "2022-05-09", "outcome": "upheld", "responded": "2022-05-01"},
        {"received": "2022-05-09", "outcome": "upheld", "responded": "2022-05-10"},
    )
    stem = "timely.statutory.stage_1"
    names = ("cases", "answered", "open", "ended", "unmeasured", "open.over_limit")
    assert values(found, *(f"{stem}.{name}" for name in names)) == [5, 1, 1, 1, 2, 1]


def test_a_stage_two_counts_in_the_period_in_which_it_was_asked_for() -> None:
    found = timed(
        {"received": "2021-12-01", "stage": 2, "outcome": "upheld"},
        stages=[
            {
                "reference": "C1",
                "procedure": "statutory",
                "stage": 2,
                "received": "2022-04-04",
                "responded": "2022-05-11",
                "outcome": "upheld",
                "extended": False,
            }
        ],
    )
    # 4 April to 11 May 2022: Good Friday, Easter Monday and 2 May do not count
    assert values(found, "timely.statutory.stage_2.answered") == [1]
    assert values(found, "timely.statutory.stage_2.within_25") == [1]
    assert values(found, "timely.statutory.stage_2.median") == [24]


def test_no_dates_of_answers_is_not_supplied() -> None:
    found = timed({"outcome": "upheld"})
    assert "timeliness" not in found.grids
    assert found.missing["timeliness"] == "the register has no dates of answers"


def test_dates_without_a_procedure_are_not_called_missing() -> None:
    answered = {"responded": "2022-05-20", "outcome": "upheld"}
    found = timed({**answered, "procedure": ""})
    assert found.missing["timeliness"] == (
        "the register does not say which procedure, and so which time limit, applies"
    )
    found = timed({**answered, "received": "2021-05-10", "responded": "2021-05-20"})
    assert found.missing["timeliness"] == (
        "no answer of the period has dates and a time limit to measure it by"
    )


def test_an_open_case_within_its_limit_is_not_overdue() -> None:
    checked = a_checked([{"received": "2023-03-30", "outcome": "open"}])
    found = measure.findings(checked, labels(), YEAR, Settings(), THEMES, date(2023, 4, 5))
    stem = "timely.statutory.stage_1"
    assert values(found, f"{stem}.open.within_limit", f"{stem}.open.over_limit") == [1, 0]
    tables = measure.tables(checked, labels(), YEAR, Settings(), date(2023, 4, 5))
    counted = measure.counted(found.figures[f"{stem}.open"], tables)
    assert counted["reference"].tolist() == ["C1"]
