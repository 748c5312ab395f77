"""Monitoring forms against the complaints that should have one."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings


def measured(complaints: list[dict[str, Any]], forms: list[dict[str, Any]] | None) -> Findings:
    tables = {} if forms is None else {"forms": forms}
    checked = a_checked(complaints, **tables)
    return measure.findings(checked, labels(), YEAR, Settings(), THEMES, date(2023, 6, 1))


ANSWERED = {"responded": "2022-06-10"}
COMPLAINTS: list[dict[str, Any]] = [
    {**ANSWERED, "outcome": "upheld"},
    {**ANSWERED, "outcome": "partly_upheld"},
    {**ANSWERED, "outcome": "upheld", "service": "Fostering"},
    {**ANSWERED, "outcome": "not_upheld"},
    {"outcome": "upheld"},  # upheld, with no date of answer
    {"received": "2022-03-20", "responded": "2022-04-04", "outcome": "upheld"},
    {"received": "2023-03-20", "responded": "2023-04-04", "outcome": "upheld"},
]


def test_a_form_is_due_for_what_was_upheld_and_answered_in_the_period() -> None:
    found = measured(COMPLAINTS, [{"reference": "C1", "completed": "2022-06-14"}])
    assert values(found, "forms.expected", "forms.returned", "forms.outstanding") == [4, 1, 3]
    assert values(found, "forms.expected.service.fostering", "forms.expected.2022-04") == [1, 1]
    assert values(found, "forms.returned.2022-23q1", "forms.days.median") == [1, 2]
    assert found.figures["forms.returned"].percent == 25


def test_what_forms_say_counts_once_a_complaint() -> None:
    forms = [
        {"reference": "C1", "completed": "2022-06-20", "learning_none": True},
        {
            "reference": "C1",
            "completed": "2022-07-20",
            "learning_recorded": True,
            "shared_supervision": "yes",
            "shared_cpp": "no",
        },
        {"reference": "C2", "completed": "2022-06-20", "learning_none": True},
        {"reference": "C3", "completed": "2022-06-20"},
    ]
    found = measured(COMPLAINTS, forms)
    assert values(found, "forms.returned", "forms.two") == [3, 1]
    assert found.figures["forms.days.median"].base == 3  # the one with two forms as well
    names = ("forms.learning", "forms.learning_none", "forms.learning_blank")
    assert values(found, *names) == [1, 1, 1]
    ends = ("", ".no", ".not_said")
    assert values(found, *(f"forms.shared_supervision{end}" for end in ends)) == [1, 0, 2]
    assert values(found, *(f"forms.shared_cpp{end}" for end in ends)) == [0, 1, 2]


def test_a_form_that_matches_no_complaint_is_counted_as_such() -> None:
    forms = [
        {"reference": "", "reference_typed": "C11", "matched": False, "nearest": "C1"},
        {"reference": "", "reference_typed": "tbc", "matched": False},
        {"reference": "C4"},
    ]
    found = measured(COMPLAINTS, [{**form, "completed": "2022-07-01"} for form in forms])
    names = ("forms.received", "forms.matched", "forms.unmatched", "forms.unmatched.suggested")
    assert values(found, *names) == [3, 1, 2, 1]
    assert {found.figures[name].unit for name in names[:3]} == {"forms"}  # few forms are nobody
    assert values(found, "forms.returned") == [0]


def test_no_forms_is_not_supplied_and_an_empty_file_is_none_returned() -> None:
    found = measured(COMPLAINTS, None)
    assert values(found, "forms.expected", "forms.returned") == [None, None]
    assert found.missing["forms"] == "no monitoring forms were supplied"
    found = measured(COMPLAINTS, [])
    assert values(found, "forms.expected", "forms.returned") == [4, 0]
    assert found.grids["forms"].rows == ("Fostering", "Front door", "All services")


def test_the_complaints_without_a_form_can_be_listed() -> None:
    checked = a_checked(COMPLAINTS, forms=[{"reference": "C1"}])
    found = measure.findings(checked, labels(), YEAR, Settings(), THEMES)
    tables = measure.tables(checked, labels(), YEAR, Settings())
    rows = measure.counted(found.figures["forms.outstanding"], tables)
    assert rows["reference"].tolist() == ["C2", "C3", "C6"]


def test_forms_without_a_day_are_not_called_outside_the_period() -> None:
    undated = measured(COMPLAINTS, [{"reference": "C1"}])
    assert undated.missing["forms_dates"] == "no form says when it was completed"
    dated = measured(COMPLAINTS, [{"reference": "C1"}, {"completed": "2022-06-20"}])
    assert "forms_dates" not in dated.missing
