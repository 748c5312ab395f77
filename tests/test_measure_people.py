"""Who complained, what escalated, remedies, compliments, contacts and comparators."""

from __future__ import annotations

from typing import Any

import pytest

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings


def measured(complaints: list[dict[str, Any]], **tables: list[dict[str, Any]]) -> Findings:
    labelled = labels(("C1", "delay"), ("C2", "communication"))
    return measure.findings(a_checked(complaints, **tables), labelled, YEAR, Settings(), THEMES)


def test_complainants_are_counted_and_add_up() -> None:
    found = measured(
        [
            {"complainant": "parent"},
            {"complainant": "parent", "outcome": "not_upheld"},
            {"complainant": "child"},
            {"complainant": ""},
        ]
    )
    names = ("parent", "child", "carer", "not_stated", "parent.upheld_or_partly")
    assert values(found, *(f"complainant.{name}" for name in names)) == [2, 1, 0, 1, 1]


def test_escalated_complaints_and_their_themes() -> None:
    found = measured(
        [{"escalated": True, "stage": 2}, {}, {"escalated": True, "procedure": "corporate"}]
    )
    assert values(found, "escalated", "escalated.corporate", "theme.delay.escalated") == [2, 1, 1]
    assert found.grids["escalation_themes"].rows == ("Delay",)


def test_equality_is_a_rate_against_the_population() -> None:
    population = [
        {"characteristic": "Gender", "group": "female", "value": 4000.0},
        {"characteristic": "gender", "group": "Male", "value": 8000.0},
    ]
    complaints = [{"gender": "Female"}, {"gender": "Female"}, {"gender": "Male"}, {"gender": ""}]
    found = measured(complaints, population=population)
    names = ("female", "male", "not_stated", "female.rate", "male.rate")
    assert values(found, *(f"equality.gender.{name}" for name in names)) == [2, 1, 1, 0.5, 0.125]
    assert found.grids["equality"].rows == (
        "Gender: Female",
        "Gender: Male",
        "Gender: not stated",
    )
    assert "equality.gender.not_stated.rate" not in found.figures


def test_age_bands_stand_in_the_order_of_age() -> None:
    found = measured([{"age_band": band} for band in ("11 to 15", "5 to 10", "", "0 to 4")])
    assert found.grids["equality"].rows == (
        "Age: 0 to 4",
        "Age: 5 to 10",
        "Age: 11 to 15",
        "Age: not stated",
    )


def test_remedies_are_counted_and_paid_amounts_added() -> None:
    found = measured(
        [
            {"remedy": "Apology"},
            {"remedy": "Payment", "remedy_amount": 250.0},
            {"remedy_amount": 100.5},
            {"received": "2023-04-01", "remedy_amount": 9999.0},
            {},
        ]
    )
    names = ("remedies", "remedies.paid", "remedies.total", "remedies.largest")
    assert values(found, *names) == [3, 2, 350.5, 250]
    assert values(found, "remedies.kind.apology", "remedies.kind.not_stated") == [1, 1]
    table = found.grids["remedies"]
    assert sorted(table.rows[:3]) == [
        "Remedy: Apology",
        "Remedy: Payment",
        "Remedy: kind not stated",
    ]
    assert table.rows[3:] == (
        *("Complaints with a remedy", "Complaints with a payment"),
        *("Total paid", "Largest payment"),
    )
    assert [row[0].figure for row in table.cells[3:]] == list(names)
    assert table.cells[3][1].figure == "previous.remedies"


def test_nothing_paid_has_no_largest_payment() -> None:
    found = measured([{}])
    assert values(found, "remedies.total", "remedies.largest") == [0, None]
    assert found.missing["remedies"] == "the register has no remedies"


def test_the_ombudsman_is_quoted_in_its_own_words() -> None:
    found = measured([{"ombudsman": "Upheld"}, {"ombudsman": "Closed after initial enquiries"}, {}])
    assert values(found, "ombudsman", "ombudsman.closed_after_initial_enquiries") == [2, 1]


def test_compliments_stand_beside_complaints_and_are_never_added_to_them() -> None:
    found = measured([{"kind": "compliment"}, {}, {"kind": "comment"}])
    assert values(found, "received", "compliments", "comments", "enquiries") == [1, 1, 1, 0]
    assert values(found, "theme.delay.compliments", "theme.delay.received") == [1, 0]
    assert values(found, "compliments.service.front_door") == [1]


def test_complaints_for_every_1000_contacts_need_every_month_of_contacts() -> None:
    months = [f"2022-{month:02d}-01" for month in range(4, 13)]
    months += [f"2023-{month:02d}-01" for month in range(1, 4)]
    activity = [{"date": day, "value": 100.0} for day in months]
    found = measured([{}, {}, {}], activity=activity)
    assert values(found, "activity.contacts", "rate.per_1000_contacts") == [1200, 2.5]
    found = measured([{}], activity=activity[:-1])
    assert values(found, "activity.contacts", "rate.per_1000_contacts") == [None, None]
    assert found.missing["contacts"] == "no contacts for 2023-03"
    assert measured([{}]).missing["activity"] == "no contacts or open cases were supplied"


def test_dudleys_published_rate_per_contact() -> None:
    # Dudley 2024/25, as published: 301 complaints, 16,861 contacts, 1.79%
    months = [f"2022-{month:02d}-01" for month in range(4, 13)]
    months += [f"2023-{month:02d}-01" for month in range(1, 4)]
    activity = [{"date": day, "value": 1405.0} for day in months[1:]]
    activity.append({"date": months[0], "value": 16861.0 - 11 * 1405})
    found = measured([{}] * 301, activity=activity)
    assert found.figures["rate.per_1000_contacts"].value == pytest.approx(17.85, abs=0.01)


def test_other_councils_stand_with_their_caveats() -> None:
    rows = [
        {"council": "Eastham", "measure": "Upheld, %", "period": "2022-23", "value": 41.0},
        {
            "council": "Wickford",
            "measure": "Upheld, %",
            "period": "2022-23",
            "value": 38.5,
            "note": "Statutory only.",
        },
    ]
    found = measured([{}], comparators=rows)
    assert values(found, "comparator.eastham_2022_23.upheld") == [41]
    assert found.grids["comparators"].rows == ("Eastham, 2022-23", "Wickford, 2022-23")
    assert found.grids["comparators"].notes == (
        "Councils count differently, so these show the scale and are not a ranking.",
        "Wickford: statutory only.",
    )
