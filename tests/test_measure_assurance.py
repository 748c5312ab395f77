"""Audits, stocktakes, deep dives and training: what took place and what it found."""

from __future__ import annotations

from typing import Any

import pytest

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure, protect
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings, SmallNumbers, parse

DIVES = parse('[assurance]\nservices = ["Fostering", "Front door", "SEND"]')


def measured(rows: list[dict[str, Any]] | None, settings: Settings = DIVES) -> Findings:
    tables = {} if rows is None else {"assurance": rows}
    complaints = [{"received": day} for day in ("2021-05-01", "2022-05-01", "2023-03-01")]
    return measure.findings(a_checked(complaints, **tables), labels(), YEAR, settings, THEMES)


def audit(date: str, result: float, out_of: float, **more: Any) -> dict[str, Any]:
    return {
        "date": date,
        "result": result,
        "out_of": out_of,
        "question": "Assessment good",
        "theme": "communication",
        **more,
    }


def test_results_of_one_question_add_up_and_different_questions_stay_apart() -> None:
    found = measured(
        [
            audit("2022-04-10", 6, 10),
            audit("2022-05-10", 8, 10),
            audit("2022-05-10", 3, 10, question="Shared with family", theme="delay"),
            audit("2021-05-10", 5, 20),
        ]
    )
    stem = "assurance.practice_audit.q.assessment_good"
    assert values(found, stem, f"{stem}.of", f"previous.{stem}") == [14, 20, 5]
    assert found.figures[stem].percent == 70
    assert found.figures[stem].of_name == f"{stem}.of"
    assert found.grids["assurance_practice_audit"].columns[:3] == (
        *("Met the standard", "Of", "Share"),
    )
    assert found.figures[f"change.{stem}.share"].value == pytest.approx(45)
    assert found.facts[f"change.{stem}.share"] == "up"
    assert values(found, "assurance.practice_audit.q.shared_with_family") == [3]
    assert values(found, f"{stem}.2022-04", f"{stem}.2022-06") == [6, None]
    assert values(found, "assurance.practice_audit.months") == [2]
    assert values(found, "theme.communication.tested", "theme.communication.tested.of") == [14, 20]
    assert found.facts["theme.delay.tested_by"] == "practice learning audits"


def test_a_result_over_its_own_maximum_counts_in_no_share() -> None:
    found = measured([audit("2022-04-10", 12, 10), audit("2022-04-11", 5, 10)])
    stem = "assurance.practice_audit.q.assessment_good"
    assert values(found, stem, f"{stem}.of", "assurance.practice_audit") == [5, 10, 2]


def test_deep_dives_are_held_against_the_list_of_services() -> None:
    found = measured(
        [
            {"activity": "deep_dive", "date": "2022-03-31", "service": "SEND"},
            {"activity": "deep_dive", "date": "2022-04-01", "service": "Fostering"},
            {"activity": "deep_dive", "date": "2022-04-20", "service": "Front door"},
            {"activity": "deep_dive", "date": "2023-04-02", "service": "SEND"},
        ]
    )
    names = ("services", "reviewed", "due", "2022-23q1", "2022-23q2")
    assert values(found, *(f"assurance.deep_dive.{name}" for name in names)) == [3, 2, 1, 2, 0]
    assert found.listings["deep_dives"].rows == (
        ("SEND", "31 Mar 2022", "Due"),
        ("Fostering", "1 Apr 2022", "Reviewed"),
        ("Front door", "20 Apr 2022", "Reviewed"),
    )


def test_training_says_who_came_of_whom_it_was_offered_to() -> None:
    course = {"activity": "training", "question": "Motivational interviewing"}
    found = measured(
        [
            {**course, "date": "2022-06-01", "service": "Fostering", "result": 8, "out_of": 12},
            {**course, "date": "2022-09-01", "service": "SEND", "result": 5, "out_of": 5},
            {**course, "date": "2022-09-01", "service": "SEND", "result": 7},
        ]
    )
    stem = "assurance.training"
    assert values(found, f"{stem}.q.motivational_interviewing", f"{stem}.all") == [13, 13]
    assert values(found, f"{stem}.all.of", f"{stem}.service.send") == [17, 5]


def test_a_question_that_never_says_of_how_many_is_a_number_and_no_share() -> None:
    shown = {"activity": "stocktake", "question": "Practice shown", "date": "2022-06-01"}
    kept = {**shown, "question": "Promises kept", "out_of": 5}
    found = measured([{**shown, "result": 4}, {**shown, "result": 2}, {**kept, "result": 3}])
    assert values(found, "assurance.stocktake.q.practice_shown") == [6]
    assert found.figures["assurance.stocktake.q.practice_shown"].percent is None
    assert values(found, "assurance.stocktake.all", "assurance.stocktake.all.of") == [3, 5]


def test_the_ehc_group_should_meet_in_every_two_months() -> None:
    group = {"activity": "ehc_quality_group", "question": "Plan met the standard"}
    days = ("2022-04-05", "2022-05-05", "2022-09-05")
    found = measured([{**group, "date": day, "result": 3, "out_of": 4} for day in days])
    met = found.figures["assurance.ehc_quality_group.periods"]
    assert (met.value, met.of) == (2, 6)


MET = {"activity": "ehc_quality_group", "question": "Did the group meet?", "out_of": 1}


def test_a_period_in_which_the_group_did_not_meet_is_none_in_which_it_did() -> None:
    held = {"2022-04-14": 1, "2022-06-14": 1, "2022-08-14": 0, "2022-10-14": None}
    found = measured([{**MET, "date": day, "result": result} for day, result in held.items()])
    met = found.figures["assurance.ehc_quality_group.periods"]
    assert (met.value, met.of) == (2, 6)


def test_how_often_the_group_met_is_shown_and_what_became_of_few_plans_is_not() -> None:
    plans = {**MET, "question": "Plans that met the standard", "result": 5, "out_of": 6}
    days = [f"2022-{month:02d}-14" for month in (4, 6, 8, 10, 12)]
    found = measured(
        [{**MET, "date": day, "result": day != days[2]} for day in days]
        + [{**plans, "date": days[0]}]
    )
    stem = "assurance.ehc_quality_group.q"
    names = (f"{stem}.did_the_group_meet", f"{stem}.plans_that_met_the_standard")
    assert values(found, *names) == [4, 5]
    public = protect.for_edition(found, "public", SmallNumbers())
    assert values(public, *names) == [4, None]


def test_no_assurance_is_not_supplied() -> None:
    found = measured(None)
    assert values(found, "assurance.practice_audit", "theme.delay.tested") == [None, None]
    assert found.missing["assurance"] == (
        "no audits, stocktakes, deep dives, training or surveys were supplied"
    )
    found = measured([])
    assert values(found, "assurance.practice_audit", "assurance.deep_dive.due") == [0, 3]
