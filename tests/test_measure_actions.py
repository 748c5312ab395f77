"""The action register on the day the report speaks for."""

from __future__ import annotations

from datetime import date
from typing import Any

from builders_measure import THEMES, YEAR, a_checked, labels, values
from complaints_learning import measure
from complaints_learning.nouns.findings import Findings
from complaints_learning.nouns.settings import Settings

DAY = date(2023, 5, 1)
ACTIONS: list[dict[str, Any]] = [
    {
        "theme": "communication",
        "owner": "Head of Service",
        "due": "2022-09-01",
        "completed": "2022-08-01",
        "evidence_recorded": True,
        "evidence": "Guidance issued",
    },
    {"theme": "communication", "due": "2022-09-01", "completed": "2022-09-02"},
    {"theme": "communication", "due": "2023-04-30"},
    {"theme": "delay", "due": "2023-05-01"},
    {"reference": "C1"},
    {"due": "2023-01-01", "completed": "2023-05-02"},
    {"due": "2021-01-01", "completed": "2022-03-31"},
    {"opened": "2023-05-02", "due": "2023-07-01"},
]


def measured(actions: list[dict[str, Any]] | None, day: date = DAY) -> Findings:
    given = actions and [{"reference": "", **action} for action in actions]
    tables = {} if actions is None else {"actions": given or []}
    labelled = labels(("C1", "delay"), ("C1", "communication"))
    return measure.findings(a_checked([{}], **tables), labelled, YEAR, Settings(), THEMES, day)


def test_actions_are_done_late_overdue_or_open_on_the_day() -> None:
    found = measured(ACTIONS)
    assert values(found, "actions", "actions.done", "actions.open") == [6, 2, 4]
    assert values(found, "actions.done.on_time", "actions.done.late") == [1, 1]
    assert values(found, "actions.overdue", "actions.open.not_due", "actions.open.no_date") == [
        2,
        1,
        1,
    ]
    wholes = {
        **dict.fromkeys(("actions.done", "actions.open"), "actions"),
        **dict.fromkeys(("actions.overdue", "actions.open.not_due"), "actions.open"),
        "actions.done.late": "actions.done",
    }
    assert {name: found.figures[name].of_name for name in wholes} == wholes
    assert found.figures["actions.overdue"].meaning == (
        "Actions not done and past their due date on 1 May 2023"
    )


def test_what_actions_lack_is_counted() -> None:
    found = measured(ACTIONS)
    names = ("actions.no_owner", "actions.no_date", "actions.no_theme")
    assert values(found, *names) == [5, 1, 1]
    assert values(found, "actions.done.evidenced", "actions.done.no_evidence") == [1, 1]


def test_an_action_without_a_theme_takes_its_complaints_main_theme() -> None:
    found = measured(ACTIONS)
    assert values(found, "theme.delay.actions", "theme.communication.actions") == [2, 3]
    assert values(found, "theme.communication.actions.overdue") == [1]


def test_actions_are_listed_with_what_is_overdue_first() -> None:
    listed = measured(ACTIONS).listings["actions"]
    assert listed.columns == ("Action", "Owner", "Due", "State", "Evidence")
    assert listed.themes == (
        "",
        "communication",
        "delay",
        "delay",
        "communication",
        "communication",
    )
    assert listed.rows[0] == ("Remind teams", "Not stated", "1 Jan 2023", "Overdue", "-")
    assert listed.rows[4] == (
        "Remind teams",
        "Head of Service",
        "1 Sep 2022",
        "Done, 1 Aug 2022",
        "Guidance issued",
    )
    assert listed.rows[5][3:] == ("Done late, 2 Sep 2022", "None recorded")


def test_no_action_register_is_not_supplied_and_an_empty_one_has_no_actions() -> None:
    found = measured(None)
    assert values(found, "actions", "theme.delay.actions") == [None, None]
    assert found.missing["actions"] == "no action register was supplied"
    found = measured([])
    assert values(found, "actions", "actions.overdue") == [0, 0]
    assert "actions" not in found.missing


def test_an_action_is_overdue_the_day_after_it_was_due() -> None:
    due = [{"due": "2023-05-01"}]
    assert values(measured(due, date(2023, 5, 1)), "actions.overdue") == [0]
    assert values(measured(due, date(2023, 5, 2)), "actions.overdue") == [1]
