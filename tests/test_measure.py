"""Headline, outcomes, themes, months, the year before, and where every row went."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from msgspec.structs import replace

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure
from complaints_learning.nouns import period
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.records import Checked, Rows
from complaints_learning.nouns.settings import Settings, parse

DEFAULTS = Settings()


def measured(
    checked: Checked, labelled: pd.DataFrame | None = None, settings: Settings = DEFAULTS
) -> Findings:
    labelled = labels() if labelled is None else labelled
    return measure.findings(checked, labelled, YEAR, settings, THEMES)


def two_years() -> Checked:
    """3 complaints in 2021-22 (1 upheld), 5 in 2022-23 (2 upheld, 1 partly), 1 after it."""
    return a_checked(
        [
            {"received": "2021-04-03", "outcome": "upheld"},
            {"received": "2021-09-30", "outcome": "not_upheld", "procedure": "corporate"},
            {"received": "2022-03-31", "outcome": "withdrawn"},
            {"received": "2022-04-01", "outcome": "upheld"},
            {"received": "2022-04-30", "outcome": "partly_upheld", "procedure": "corporate"},
            {"received": "2022-07-01", "outcome": "not_upheld", "stage": 2},
            {"received": "2022-12-25", "outcome": "open", "service": "Fostering"},
            {"received": "2023-03-31", "outcome": "upheld", "service": "Fostering"},
            {"received": "2023-04-01", "outcome": "upheld"},
        ]
    )


def test_a_year_is_counted_by_procedure_stage_outcome_and_service() -> None:
    found = measured(two_years())
    assert values(found, "received", "received.statutory", "received.corporate") == [5, 4, 1]
    assert values(found, *(f"received.stage_{stage}" for stage in (1, 2, 3))) == [4, 1, 0]
    assert values(found, "upheld_or_partly", "decided") == [3, 4]
    assert values(found, "outcome.upheld", "outcome.partly_upheld", "outcome.open") == [2, 1, 1]
    assert values(found, "outcome.upheld.statutory", "outcome.partly_upheld.corporate") == [2, 1]
    assert values(found, "received.service.fostering", "received.service.front_door") == [2, 3]
    assert found.figures["upheld_or_partly"].percent == 60
    assert found.figures["upheld_or_partly.of_decided"].percent == 75
    assert found.figures["upheld_or_partly"].meaning == (
        "Complaints upheld or partially upheld in the period"
    )


def test_outcomes_that_do_not_add_up_stop_whatever_edition_is_made() -> None:
    with pytest.raises(ValueError, match="do not add up to it"):
        measured(a_checked([{"received": "2022-04-01", "outcome": "part upheld"}]))


def test_the_year_before_is_counted_by_the_same_rules_and_the_change_adds_up() -> None:
    found = measured(two_years())
    assert values(found, "previous.received", "change.received") == [3, 2]
    assert values(found, "previous.upheld_or_partly", "change.upheld_or_partly") == [1, 2]
    assert found.figures["change.received"].percent == pytest.approx(200 / 3)
    assert found.facts["change.received"] == "too_few"


@pytest.mark.parametrize(
    ("decided_before", "decided_now", "verdict"),
    [
        (0, 0, "no_clear_change"),
        (5, 5, "no_clear_change"),
        (4, 5, "no_clear_change"),
        (0, 5, "unlike"),
        (3, 5, "unlike"),
    ],
)
def test_years_whose_themes_people_and_words_found_are_not_compared_by_theme(
    decided_before: int, decided_now: int, verdict: str
) -> None:
    years = [(f"{year}-05-0{n}", f"{year}-{n}") for year in (2021, 2022) for n in range(1, 6)]
    months = pd.date_range("2021-04-01", "2023-03-31", freq="MS").strftime("%Y-%m-%d")
    others = [{"received": day, "outcome": "not_upheld"} for day in (*months, "2023-03-31")]
    checked = a_checked(
        [{"received": day, "reference": name, "outcome": "upheld"} for day, name in years] + others
    )
    confirmed = [n < decided_before for n in range(5)] + [n < decided_now for n in range(5)]
    complaints = checked.frames["complaints"].assign(confirmed=[*confirmed, *[False] * len(others)])
    checked = replace(checked, frames={**checked.frames, "complaints": complaints})
    found = measured(checked, labels(*((name, "money") for _, name in years)))
    stem = "theme.money.upheld_or_partly"
    assert values(found, stem, f"previous.{stem}") == [5, 5]
    assert found.facts[f"change.{stem}"] == verdict
    assert found.figures[f"change.{stem}"].value == (None if verdict == "unlike" else 0)
    assert found.facts["themes.unlike"] == ("yes" if verdict == "unlike" else "")
    assert found.facts["change.received"] == "no_clear_change"


def test_a_clear_rise_is_told_from_chance() -> None:
    before = [{"received": f"2021-{month:02d}-02"} for month in range(4, 13)] * 4
    now = [{"received": f"2022-{month:02d}-02"} for month in range(4, 13)] * 8
    edges = [{"received": "2022-01-02"}, {"received": "2022-02-02"}, {"received": "2022-03-02"}]
    later = [{"received": "2023-01-02"}, {"received": "2023-02-02"}, {"received": "2023-03-02"}]
    found = measured(a_checked([*before, *now, *edges, *later]))
    assert values(found, "received", "previous.received") == [75, 39]
    assert found.facts["change.received"] == "up"
    change = found.figures["change.received"]
    assert change.low is not None and change.high is not None
    assert 0 < change.low < 36 < change.high
    assert found.facts["change.upheld_or_partly.share"] == "no_clear_change"


def test_months_and_quarters_are_counted() -> None:
    found = measured(two_years())
    assert values(found, "received.2022-04", "received.2022-05", "received.2023-03") == [2, 0, 1]
    assert values(found, "received.2022-23q1", "received.2022-23q2") == [2, 1]
    assert values(found, "upheld_or_partly.2022-04", "previous.received.2021-09") == [2, 1]
    assert found.grids["months"].rows == ("2022-23 Q1", "2022-23 Q2", "2022-23 Q3", "2022-23 Q4")


def test_complaints_by_theme_say_how_many_and_concerns_say_how_often() -> None:
    labelled = labels(
        ("C4", "communication", "no_reply"),
        ("C4", "delay"),
        ("C5", "communication"),
        ("C6", "delay"),
        ("C1", "delay"),
        ("C99", "delay"),
    )
    found = measured(two_years(), labelled)
    assert values(found, "theme.communication.received", "theme.delay.received") == [2, 2]
    assert values(found, "theme.communication.upheld_or_partly", "theme.other.received") == [2, 0]
    assert values(found, "theme.communication.sub.no_reply.upheld_or_partly") == [1]
    assert values(found, "theme.communication.sub.none.upheld_or_partly") == [1]
    assert values(found, "theme.communication.with.delay", "theme.delay.with.communication") == [
        1,
        1,
    ]
    assert values(found, "theme.delay.primary.upheld_or_partly") == [0]
    assert values(found, "concerns.upheld_or_partly", "themed.upheld_or_partly") == [3, 2]
    assert values(found, "theme.none.upheld_or_partly", "previous.theme.delay.received") == [1, 1]
    assert found.figures["theme.communication.upheld_or_partly"].percent == pytest.approx(200 / 3)


def test_a_theme_that_the_list_does_not_have_stands_under_its_code() -> None:
    found = measured(two_years(), labels(("C4", "noise", "music"), ("C5", "delay")))
    assert "Fostering" in found.grids["services"].rows
    rows = found.grids["themes"].rows
    assert {"noise", "Delay"} <= set(rows)


def test_two_concerns_within_one_theme_are_one_complaint() -> None:
    labelled = labels(("C4", "communication", "no_reply"), ("C4", "communication", "absence"))
    found = measured(two_years(), labelled)
    assert values(found, "theme.communication.upheld_or_partly", "concerns.received") == [1, 1]
    assert values(
        found,
        "theme.communication.sub.no_reply.upheld_or_partly",
        "theme.communication.sub.absence.upheld_or_partly",
    ) == [1, 1]
    parts = {part for made in found.sums for part in made.parts}
    assert "theme.communication.sub.no_reply.upheld_or_partly" not in parts


def test_counting_by_the_answer_moves_a_complaint_to_the_year_of_its_answer() -> None:
    by_answer = parse('[periods]\ncounts_by = "responded"')
    rows = [
        {"received": "2022-03-20", "responded": "2022-04-04"},
        {"received": "2023-03-20", "responded": "2023-04-04"},
        # not answered yet: one in time on the report's day, one not
        {"received": "2023-03-01", "outcome": "open"},
        {"received": "2023-03-28", "outcome": "open"},
        # withdrawn, nobody wrote when
        {"received": "2022-06-01", "outcome": "withdrawn"},
        # nobody answers a comment
        {"received": "2022-06-02", "outcome": "open", "kind": "comment"},
    ]
    found = measured(a_checked(rows), settings=by_answer)
    places = ("received", "rows.comment", "rows.outside", "rows.undated", "rows.unanswered")
    assert values(found, *places) == [1, 1, 1, 1, 2]
    assert values(found, "rows.read") == [sum(v or 0 for v in values(found, *places))]
    stem = "timely.statutory.stage_1"
    waiting = (f"{stem}.open", f"{stem}.open.within_limit", f"{stem}.open.over_limit")
    assert values(found, f"{stem}.answered", *waiting) == [1, 2, 1, 1]
    assert "Not answered yet, so in no period" in found.grids["reconciliation"].rows


def test_counting_by_the_day_received_has_no_line_for_what_is_not_answered_yet() -> None:
    found = measured(a_checked([{"outcome": "open"}, {"received": None, "outcome": "open"}]))
    assert values(found, "received", "rows.undated") == [1, 1]
    assert "rows.unanswered" not in found.figures


def test_every_row_has_its_place() -> None:
    checked = a_checked(
        [
            {},
            {"received": "2021-05-10"},
            {"kind": "compliment"},
            {"received": None},
        ]
    )
    rows = Rows("register", 9, 4, {"a later export": 2}, {"no reference": 2, "a totals row": 1})
    checked = Checked(checked.frames, rows={"register": rows})
    found = measured(checked)
    assert values(found, "rows.read", "rows.counted", "rows.compliment") == [9, 1, 1]
    assert values(found, "rows.outside", "rows.undated", "rows.merged") == [1, 1, 2]
    assert values(found, "rows.left_out", "rows.left_out.no_reference") == [3, 2]


def test_an_empty_register_counts_nothing_and_compares_nothing() -> None:
    found = measured(a_checked())
    assert values(found, "received", "upheld_or_partly", "rows.read") == [0, 0, 0]
    assert values(found, "previous.received", "change.received") == [None, None]
    assert found.figures["upheld_or_partly"].percent is None
    assert found.missing["previous"] == "the register has no dated complaint"


def test_one_complaint_is_one_and_says_nothing_about_the_year_before() -> None:
    found = measured(a_checked([{}]))
    assert values(found, "received", "upheld_or_partly", "previous.received") == [1, 1, None]
    assert found.facts["change.received"] == "not_comparable"


def test_a_month_without_data_is_not_zero() -> None:
    days = [f"2022-{month:02d}-0{day}" for month in (4, 5, 7, 8) for day in range(1, 8)]
    found = measured(a_checked([{"received": day} for day in days]))
    assert values(found, "received.2022-05", "received.2022-06") == [7, None]
    assert values(found, "received.2022-23q1", "received.2022-23q3") == [None, None]
    assert found.missing["months"] == (
        "the register seems to hold nothing of June 2022 and September 2022 to March 2023"
    )


def test_a_month_that_ends_early_counts_but_is_no_base_for_a_trend() -> None:
    years = [f"{year}-{month:02d}" for year in (2021, 2022) for month in range(1, 13)]
    months = [*years[3:], "2023-01", "2023-02"]
    days = [f"{month}-{day:02d}" for month in months for day in range(1, 13)]
    found = measured(a_checked([{"received": day} for day in [*days, "2023-03-01", "2023-03-02"]]))
    assert values(found, "received.2023-03", "received") == [2, 134]
    assert found.missing["months"] == "the register seems to hold only part of March 2023"
    assert found.charts["xmr"].labels[-1] == "February 2023"


def daily(first: str, last: str, every: int = 1) -> list[dict[str, Any]]:
    days = pd.date_range(first, last, freq=f"{every}D")
    return [{"received": f"{day:%Y-%m-%d}"} for day in days]


def test_a_month_in_which_the_register_begins_or_ends_gives_no_signal() -> None:
    found = measured(a_checked(daily("2022-03-15", "2023-03-20")))
    assert values(found, "received", "received.2023-03") == [354, 20]
    assert found.charts["xmr"].labels == tuple(
        f"{day:%B %Y}" for day in pd.date_range("2022-04-01", "2023-02-01", freq="MS")
    )
    assert found.listings["signals"].rows == ()
    assert found.missing["trend_months"] == (
        "March 2022 and March 2023 are in the register only in part, it seems, so they are left out"
    )


@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [
        (
            "2021-04-20",
            "2023-03-31",
            {"previous": "the register seems to hold only part of April 2021"},
        ),
        (
            "2021-04-01",
            "2023-03-10",
            {"months": "the register seems to hold only part of March 2023"},
        ),
        (
            "2021-07-20",
            "2023-03-31",
            {
                "previous": "the register seems to hold nothing of April 2021 to June 2021 "
                "and only part of July 2021"
            },
        ),
    ],
)
def test_a_year_that_is_only_partly_in_the_register_is_compared_with_none(
    first: str, last: str, missing: dict[str, str]
) -> None:
    found = measured(a_checked(daily(first, last)))
    told = {name: said for name, said in found.missing.items() if name in ("months", "previous")}
    assert told == missing
    for name in ("received", "theme.delay.upheld_or_partly", "upheld_or_partly"):
        assert found.figures[f"change.{name}"].value is None
        assert found.facts[f"change.{name}"] == "not_comparable"
    assert found.facts["change.upheld_or_partly.share"] == "not_comparable"
    assert (found.figures["previous.received"].value is None) == ("previous" in missing)


def test_a_year_before_of_a_few_strays_is_no_year_to_compare_with() -> None:
    strays = [
        {"received": f"{day:%Y-%m-%d}"}
        for day in pd.date_range("2021-04-09", periods=12, freq="30D")
    ]
    found = measured(a_checked([*strays, *daily("2022-04-01", "2023-03-31")]))
    assert found.figures["received"].value == 365
    assert found.figures["previous.received"].value is None
    assert found.facts["change.received"] == "not_comparable"


def test_the_months_that_a_council_says_are_covered_are_compared() -> None:
    covered = parse('[periods]\ncovered = "2021-04..2023-03"')
    found = measured(a_checked(daily("2021-04-20", "2023-03-10")), settings=covered)
    assert not {"months", "previous"} & set(found.missing)
    assert values(found, "received", "previous.received") == [344, 346]
    assert found.facts["change.received"] == "no_clear_change"
    assert found.charts["xmr"].labels[-1] == "March 2023"
    none = measured(a_checked(daily("2022-04-01", "2023-03-31")), settings=covered)
    assert values(none, "previous.received", "previous.received.2021-06") == [0, 0]


@pytest.mark.parametrize(
    ("first", "last", "every"),
    [
        ("2022-03-08", "2023-03-24", 1),  # a week without a row, and no more
        ("2022-03-15", "2023-03-31", 10),  # three a month: half a month without one is usual
    ],
)
def test_a_month_that_only_seems_cut_off_is_whole(first: str, last: str, every: int) -> None:
    found = measured(a_checked(daily(first, last, every)))
    assert [found.charts["xmr"].labels[at] for at in (0, -1)] == ["March 2022", "March 2023"]
    assert "trend_months" not in found.missing


def test_a_register_that_dates_all_to_the_first_days_of_a_month_ends_with_a_whole_one() -> None:
    months = pd.date_range("2022-03-01", "2023-03-01", freq="MS")
    days = [f"{month:%Y-%m}-{day:02d}" for month in months for day in range(1, 7)]
    found = measured(a_checked([{"received": day} for day in days]))
    assert found.charts["xmr"].labels[-1] == "March 2023"


def test_what_a_figure_counts_can_be_listed_with_its_place() -> None:
    checked, labelled = two_years(), labels(("C4", "communication"), ("C6", "communication"))
    found = measured(checked, labelled)

    tables = measure.tables(checked, labelled, YEAR, DEFAULTS)

    def listed(name: str) -> list[Any]:
        return measure.counted(found.figures[name], tables)["reference"].tolist()

    assert listed("upheld_or_partly") == ["C4", "C5", "C8"]
    assert listed("theme.communication.received") == ["C4", "C6"]
    assert listed("previous.received") == ["C1", "C2", "C3"]
    rows = measure.counted(found.figures["received.stage_2"], tables).to_dict("records")
    assert rows == [{"reference": "C6", "file": "register.xlsx", "sheet": "Log", "row": 7}]


@pytest.mark.parametrize("checked", [a_checked(), a_checked([{}]), two_years()])
def test_every_sum_is_one(checked: Checked) -> None:
    found = measured(checked, labels(("C1", "delay", "visits"), ("C4", "communication")))
    assert found.sums
    for made in found.sums:
        parts = values(found, *made.parts)
        assert found.figures[made.total].value == sum(part or 0 for part in parts), made


def test_a_span_that_cuts_quarters_is_told_by_month() -> None:
    rows = [{"received": f"2022-{month:02d}-05"} for month in range(4, 13)]
    span = period.parse("2022-05..2022-11")
    found = measure.findings(a_checked(rows), labels(), span, DEFAULTS, THEMES)
    assert values(found, "received", "received.2022-05", "received.2022-23q2") == [7, 1, 3]
    assert "received.2022-23q1" not in found.figures
    assert len(found.grids["months"].rows) == 7
