"""Did practice change: verdicts, the chain and its first gap, and monthly signals."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from builders_measure import THEMES, a_checked, labels, values
from complaints_learning import measure, protect
from complaints_learning.measure import verdicts
from complaints_learning.measure.verdicts import Side
from complaints_learning.nouns import period
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings, SmallNumbers

YEAR = period.parse("2022-23")
MONTHS_BEFORE = [f"2021-{month:02d}" for month in range(10, 13)] + [
    f"2022-{month:02d}" for month in range(1, 10)
]
MONTHS_AFTER = ["2022-11", "2022-12", *(f"2023-{month:02d}" for month in range(1, 11))]


def side(
    complaints: int = 0, months: int = 12, met: int = 0, of: int = 0, decided: float = 0
) -> Side:
    return Side(("m",) * months, (), (), complaints, float(months), met, of, decided)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # complaints, audits, both, and what that rests on
        (side(40), side(15), ("better", "not_tested", "better", "complaints")),
        (side(15), side(40), ("worse", "not_tested", "worse", "complaints")),
        (side(20), side(22), ("no_clear_change", "not_tested", "no_clear_change", "complaints")),
        (side(3), side(4), ("too_few", "not_tested", "too_few", "")),
        (side(30), side(9, months=2), ("not_tested", "not_tested", "not_tested", "")),
        (
            side(20, met=20, of=50),
            side(20, met=45, of=50),
            ("no_clear_change", "better", "better", "audits"),
        ),
        (side(40, met=20, of=50), side(15, met=45, of=50), ("better", "better", "better", "both")),
        (
            side(40, met=45, of=50),
            side(15, met=20, of=50),
            ("better", "worse", "no_clear_change", "mixed"),
        ),
        (
            side(40, met=30, of=50),
            side(15, met=31, of=50),
            ("better", "no_clear_change", "no_clear_change", "mixed"),
        ),
        (
            side(15, met=30, of=50),
            side(40, met=31, of=50),
            ("worse", "no_clear_change", "worse", "complaints"),
        ),
        (
            side(20, met=30, of=50),
            side(20, met=31, of=50),
            ("no_clear_change", "no_clear_change", "no_clear_change", "both"),
        ),
        (side(3, met=2, of=4), side(4, met=3, of=4), ("too_few", "too_few", "too_few", "")),
        (side(3, met=20, of=50), side(4, met=45, of=50), ("too_few", "better", "better", "audits")),
        # people decided most themes of one side only: complaints say nothing
        (side(40), side(15, decided=0.9), ("unlike", "not_tested", "unlike", "")),
        (
            side(40, decided=0.8),
            side(15, decided=0.9),
            ("better", "not_tested", "better", "complaints"),
        ),
        (
            side(40, met=20, of=50, decided=0.5),
            side(15, met=45, of=50),
            ("unlike", "better", "better", "audits"),
        ),
        (
            side(40, met=30, of=50, decided=0.5),
            side(15, met=31, of=50),
            ("unlike", "no_clear_change", "no_clear_change", "audits"),
        ),
        (
            side(15, met=45, of=50),
            side(40, met=20, of=50),
            ("worse", "worse", "worse", "both"),
        ),
        # as few as the rule allows: ten complaints, three months, ten audits on each side
        (side(5), side(5), ("no_clear_change", "not_tested", "no_clear_change", "complaints")),
        (
            side(30, months=3),
            side(9, months=3),
            ("better", "not_tested", "better", "complaints"),
        ),
        (
            side(20, met=1, of=10),
            side(22, met=9, of=10),
            ("no_clear_change", "better", "better", "audits"),
        ),
        # audited on one side alone
        (
            side(20, met=20, of=50),
            side(22),
            ("no_clear_change", "not_tested", "no_clear_change", "complaints"),
        ),
    ],
)
def test_the_verdict_follows_its_rule(before: Side, after: Side, expected: tuple[str, ...]) -> None:
    found = verdicts.judge(before, after, minimum=10)
    assert (found.complaints, found.audits, found.overall, found.basis) == expected


@pytest.mark.parametrize(
    ("verdict", "told"),
    [
        (("better", "better", "better", "both"), "Better (complaints and audits)"),
        (("not_tested", "worse", "worse", "audits"), "Worse (audits)"),
        (
            ("better", "worse", "no_clear_change", "mixed"),
            "No clear change (fewer complaints, audits worse)",
        ),
        (
            ("worse", "better", "no_clear_change", "mixed"),
            "No clear change (more complaints, audits better)",
        ),
        (
            ("better", "no_clear_change", "no_clear_change", "mixed"),
            "No clear change (fewer complaints, audits show no clear change)",
        ),
        (
            ("worse", "not_tested", "worse", "complaints"),
            "Worse (complaints only; not audited)",
        ),
        (
            ("worse", "too_few", "worse", "complaints"),
            "Worse (complaints only; too few audits to say)",
        ),
        (
            ("worse", "no_clear_change", "worse", "complaints"),
            "Worse (complaints; audits show no clear change)",
        ),
        (("too_few", "not_tested", "too_few", ""), "Too few to say"),
        (("", "", "", ""), "-"),
    ],
)
def test_a_verdict_says_what_it_rests_on(verdict: tuple[str, str, str, str], told: str) -> None:
    assert verdicts.said(verdicts.Verdict(*verdict)) == told


@pytest.mark.parametrize(
    ("overall", "basis", "told"),
    [
        ("better", "both", "Better"),
        ("better", "complaints", "Fewer complaints"),
        ("worse", "complaints", "Worse"),
        ("not_tested", "", "Not yet tested"),
        ("", "", "-"),
    ],
)
def test_in_a_word_fewer_complaints_alone_are_not_called_better(
    overall: str, basis: str, told: str
) -> None:
    assert verdicts.brief(overall, basis) == told


def test_a_fall_in_complaints_alone_says_so() -> None:
    def said(before: Side, after: Side) -> str:
        return verdicts.said(verdicts.judge(before, after, minimum=10))

    assert said(side(40), side(15)) == "Better (complaints only; not audited)"
    few, many = {"met": 2, "of": 4}, {"met": 30, "of": 50}
    assert said(side(40, **few), side(15, **few)) == (
        "Better (complaints only; too few audits to say)"
    )
    assert said(side(40, **many), side(15, **many)) == (
        "No clear change (fewer complaints, audits show no clear change)"
    )
    assert said(side(15, **many), side(40, **many)) == (
        "Worse (complaints; audits show no clear change)"
    )
    assert said(side(15, met=9, of=50), side(40, **many)) == (
        "No clear change (more complaints, audits better)"
    )


def complaints(months: list[str], each: int) -> list[dict[str, Any]]:
    return [
        {"received": f"{month}-{day + 1:02d}", "outcome": "upheld"}
        for month in months
        for day in range(each)
    ]


def measured(
    rows: list[dict[str, Any]],
    themed: int | None = None,
    confirmed: list[bool] | None = None,
    **tables: list[dict[str, Any]],
) -> Findings:
    """The first `themed` complaints (all, by default) are about communication."""
    about = [(f"C{number}", "communication") for number in range(1, len(rows) + 1)][:themed]
    checked = a_checked(rows, **tables)
    if confirmed is not None:
        checked.frames["complaints"]["confirmed"] = confirmed
    day = date(2023, 12, 5)
    return measure.findings(checked, labels(*about), YEAR, Settings(), THEMES, day)


DONE = {
    "theme": "communication",
    "reference": "",
    "owner": "Head of Service",
    "opened": "2022-06-01",
    "due": "2022-11-01",
    "completed": "2022-10-15",
    "evidence_recorded": True,
}


def test_complaints_are_compared_in_the_year_before_and_after_the_month_of_completion() -> None:
    rows = [
        *complaints(MONTHS_BEFORE, 4),
        *complaints(["2022-10"], 9),  # the month itself is on neither side
        *complaints(MONTHS_AFTER, 1),
        *complaints(["2023-11"], 3),  # beyond twelve months
    ]
    found = measured(rows, actions=[DONE])
    stem = "impact.communication.2022-10"
    names = ("before", "after", "before.rate", "after.rate", "change")
    assert values(found, *(f"{stem}.{name}" for name in names)) == [48, 12, 4, 1, -75]
    change = found.figures[f"{stem}.change"]
    # exact: 12 of 60 is 10.8% to 32.3%, so the ratio is 0.121 to 0.477
    assert (change.low, change.high) == pytest.approx((-87.9, -52.3), abs=0.1)
    assert found.facts[stem] == "better"
    assert found.facts["theme.communication.verdict"] == "better"
    assert found.facts["theme.communication.verdict.basis"] == "complaints"
    assert found.facts["theme.communication.gap"] == "no_learning"
    assert found.grids["impact"].rows == ("Communication, October 2022",)


def test_a_few_complaints_after_an_action_cannot_be_computed_back_from_the_change() -> None:
    rows = [*complaints(MONTHS_BEFORE, 4), *complaints(MONTHS_AFTER[:4], 1)]
    counted = measured(rows, actions=[DONE])
    stem = "impact.communication.2022-10"
    ends = ("after", "after.rate", "change")
    assert values(counted, f"{stem}.before", f"{stem}.after") == [48, 4]

    public = protect.for_edition(counted, "public", SmallNumbers())

    assert values(public, *(f"{stem}.{name}" for name in ends)) == [None, None, None]
    assert public.figures[f"{stem}.change"].low is None
    assert values(public, f"{stem}.before") == [48]


def test_complaints_whose_themes_people_decided_on_one_side_alone_are_not_compared() -> None:
    rows = [*complaints(MONTHS_BEFORE, 4), *complaints(MONTHS_AFTER, 1)]
    found = [
        measured(rows, confirmed=[n < people for n in range(len(rows))], actions=[DONE])
        for people in (0, 48)
    ]
    stem = "impact.communication.2022-10"
    assert [one.facts[stem] for one in found] == ["better", "unlike"]
    assert [one.facts["theme.communication.verdict"] for one in found] == ["better", "unlike"]
    assert [one.figures[f"{stem}.change"].value for one in found] == [-75, None]
    assert values(found[1], f"{stem}.before", f"{stem}.after") == [48, 12]
    assert found[1].grids["impact"].cells[0][-1].text == "Not comparable"


def test_audits_of_the_same_question_are_compared_and_others_are_not() -> None:
    audits = [
        {"date": "2022-05-01", "result": 10, "out_of": 30, "question": "Shared"},
        {"date": "2023-02-01", "result": 27, "out_of": 30, "question": "Shared"},
        {"date": "2023-03-01", "result": 0, "out_of": 99, "question": "New question"},
        {"date": "2023-03-01", "result": 0, "out_of": 50, "question": "Shared", "theme": "delay"},
    ]
    audits = [{"theme": "communication", **audit} for audit in audits]
    rows = complaints(MONTHS_BEFORE, 1) + complaints(["2022-10", *MONTHS_AFTER], 1)
    found = measured(rows, actions=[DONE], assurance=audits)
    stem = "impact.communication.2022-10.audit"
    assert values(found, f"{stem}.before", f"{stem}.after", f"{stem}.after.of") == [10, 27, 30]
    assert found.figures[f"{stem}.change"].value == pytest.approx(100 * 17 / 30)
    assert found.facts["theme.communication.verdict"] == "better"
    assert found.facts["theme.communication.verdict.basis"] == "audits"


def test_contacts_make_the_rate_when_every_month_has_them() -> None:
    contacts = [
        {"date": f"{month}-01", "value": 1000.0 if month < "2022-10" else 2000.0}
        for month in [*MONTHS_BEFORE, "2022-10", *MONTHS_AFTER]
    ]
    rows = complaints([*MONTHS_BEFORE, "2022-10", *MONTHS_AFTER], 2)
    found = measured(rows, actions=[DONE], activity=contacts)
    stem = "impact.communication.2022-10"
    assert values(found, f"{stem}.before.rate", f"{stem}.after.rate") == [2, 1]
    assert found.grids["impact"].columns[0] == "Complaints per 1,000 contacts before"


def test_an_action_done_last_month_is_not_yet_tested() -> None:
    rows = complaints([*MONTHS_BEFORE, "2022-10", *MONTHS_AFTER], 2)
    found = measured(rows, actions=[{**DONE, "completed": "2023-11-20"}])
    assert found.facts["theme.communication.verdict"] == "not_tested"
    assert values(found, "impact.communication.2023-11.after") == [None]


def test_no_completed_action_has_no_impact_to_show() -> None:
    rows = complaints(MONTHS_BEFORE, 1)
    found = measured(rows, actions=[{**DONE, "completed": None}])
    assert found.missing["impact"] == "no action about a theme has been completed"
    found = measured(rows)
    assert found.missing["impact"] == ("no action register was supplied, so no impact can be shown")


LEARNED = [{**row, "learning_recorded": True} for row in complaints(["2022-05"], 2)]
UNEVIDENCED = {**DONE, "evidence_recorded": False}


@pytest.mark.parametrize(
    ("rows", "actions", "gap"),
    [
        (complaints(["2022-05"], 2), [], "no_learning"),
        (LEARNED, [], "no_action"),
        (LEARNED, [DONE, {**DONE, "completed": None}], "overdue"),
        (LEARNED, [{**DONE, "completed": None, "due": None}], "not_done"),
        (LEARNED, [UNEVIDENCED], "no_evidence"),
        (LEARNED, [DONE], "too_few"),
        ([], [{**DONE, "completed": None}], "overdue"),
        ([], [], ""),
    ],
)
def test_the_chain_names_its_first_gap(
    rows: list[dict[str, Any]], actions: list[dict[str, Any]], gap: str
) -> None:
    filler = complaints([*MONTHS_BEFORE, "2022-10", *MONTHS_AFTER], 1)
    found = measured([*rows, *filler], themed=len(rows), actions=actions)
    assert found.facts["theme.communication.gap"] == gap


def test_learning_in_a_form_counts_as_learning_recorded() -> None:
    rows = [{"responded": "2022-06-01"}, {"learning_recorded": True}, {}]
    found = measured(rows, forms=[{"reference": "C1", "learning_recorded": True}])
    assert values(found, "learning", "theme.communication.learning") == [2, 2]
    assert found.grids["chain"].rows == ("Communication",)


def test_the_monthly_chart_needs_twelve_months_for_limits() -> None:
    found = measured(complaints([*MONTHS_BEFORE[6:], "2022-10", "2022-11"], 4))
    assert found.missing["trend"] == "no month up to the end of the period has data"
    assert "xmr" not in found.charts
    rows = complaints([f"2022-{month:02d}" for month in range(9, 13)], 4)
    rows += complaints([f"2023-{month:02d}" for month in range(1, 4)], 4)
    found = measured(rows)
    assert found.facts["trend.received"] == "run_chart"
    assert values(found, "trend.received.median") == [4]
    assert found.charts["xmr"].upper == ""


def test_a_rise_in_the_newest_months_is_signalled_in_words() -> None:
    year = [f"2021-{month:02d}" for month in range(4, 13)]
    months = [*year, *(f"2022-{month:02d}" for month in range(1, 13)), "2023-01", "2023-02"]
    rows = [row for at, month in enumerate(months) for row in complaints([month], 6 + at % 3)]
    rows += complaints(["2023-03"], 19)
    found = measured(rows)
    assert found.facts["trend.received"] == "up"
    assert found.listings["signals"].rows[0] == (
        "Complaints received",
        "March 2023",
        "High: outside the limits",
    )
    assert len(found.charts["xmr"].labels) == 24
    assert found.grids["xmr"].rows[-1] == "Upper limit"
