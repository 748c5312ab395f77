"""`cl themes`, `cl trend` and `cl chain`: what they draw and say in the terminal."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.usefixtures("counted_once")

AWAY = "Nobody rang us back for weeks although we left messages."


def year(first: int, months: int = 12, each: int = 6, more: int = 0) -> list[dict[str, object]]:
    """Complaints on the first days of months, `more` of them in the last one."""
    rows: list[dict[str, object]] = []
    for at in range(months):
        month = (first + at - 1) % 12 + 1
        year = 2022 + (first + at - 1) // 12
        for day in range(each + (more if at == months - 1 else 0)):
            rows.append(
                {
                    "Case Ref": f"C{len(rows) + 1:03d}",
                    "Date Received": f"{day + 1:02d}/{month:02d}/{year}",
                    "Date Responded": f"{day + 1:02d}/{month:02d}/{year}",
                }
            )
    return rows


@pytest.fixture
def steady(a_workspace: Callable[..., Path]) -> Path:
    return a_workspace(year(first=4, each=6))


def test_themes_are_drawn_as_bars_with_their_numbers(cl: Any, steady: Path) -> None:
    ran = cl("themes", "--period", "2023", "--workspace", steady)
    assert "In brackets" not in ran.err  # there is no year before

    lines = ran.out.splitlines()
    assert lines[0] == "Complaints upheld or partially upheld: 72"
    assert [line.split("  ")[0] for line in lines[2:5]] == [
        "Communication",
        "Staff behaviour",
        "Education, Health and Care assessments and plans",
    ]
    numbered = [f"{line[:50].rstrip()}: {line[50:]}" for line in lines[2:4]]
    assert numbered == [
        "Communication: 72  ########################################",
        "Staff behaviour:  0",
    ]


def test_what_stands_in_brackets_is_said(cl: Any, sample: Path) -> None:
    ran = cl("themes", "-p", "2023", "-w", sample, "--edition", "internal")

    assert re.search(r"\(\+\d+\)$", ran.out, re.MULTILINE)
    assert "In brackets: the change from 2021-22.\n" in ran.err


@pytest.mark.parametrize("wide", [30, 40, 80, 100, 200])
def test_in_a_terminal_every_line_fits_and_no_name_is_cut(
    cl: Any, steady: Path, monkeypatch: pytest.MonkeyPatch, wide: int
) -> None:
    from complaints_learning.commands import picture, say

    monkeypatch.setattr("shutil.get_terminal_size", lambda: os.terminal_size((wide, 24)))
    monkeypatch.setattr(picture, "columns", say.columns)
    drawn = cl("themes", "--period", "2023", "--workspace", steady).out.split("\n\n")[1]

    assert max(map(len, drawn.splitlines())) <= max(min(wide, 100), 34)
    named = " ".join(drawn.replace("#", "").split())
    for word in ("Communication", "Education,", "Health", "assessments", "plans", "classifiable"):
        assert f"{word} " in named
    assert "..." not in drawn


def test_hidden_numbers_are_explained_where_they_stand(
    cl: Any, a_workspace: Callable[..., Path]
) -> None:
    few = a_workspace(year(first=4, each=6)[:3])
    said = "[c]: a small number, not shown in public. To see it: cl themes --period 2023 "
    assert said in cl("themes", "--period", "2023", "--workspace", few).err
    assert "[c]" not in cl("themes", "-p", "2023", "-w", few, "--edition", "internal").err


def test_a_steady_year_has_limits_and_no_signal(cl: Any, steady: Path) -> None:
    ran = cl("trend", "--period", "2023", "--workspace", steady)

    assert ran.out.splitlines()[0] == "Complaints received by month, with mean and limits"
    assert "| lower limit 6, mean 6 and upper limit 6" in ran.out
    assert ran.out.endswith("No month and no run of months stands out.\n")


def test_a_sudden_month_is_a_signal_in_words(cl: Any, a_workspace: Callable[..., Path]) -> None:
    home = a_workspace(year(first=4, each=6, more=20))
    ran = cl("trend", "--period", "2023", "--of", "upheld", "--workspace", home)

    assert ran.out.endswith("March 2023: high: outside the limits\n")


def test_a_month_in_which_the_register_begins_is_left_out_of_the_limits_and_said_to_be(
    cl: Any, a_workspace: Callable[..., Path]
) -> None:
    from datetime import date, timedelta

    import outline

    first = date(2022, 3, 15)
    days = [f"{first + timedelta(days=n):%d/%m/%Y}" for n in range(382)]
    home = a_workspace([{"Date Received": day, "Date Responded": day} for day in days])
    ran = cl("trend", "--period", "2023", "--workspace", home)
    said = "March 2022 is in the register only in part, it seems, so it is left out"
    assert ran.out.endswith(f"{said}.\nNo month and no run of months stands out.\n")
    assert cl("report", "--period", "2023", "--workspace", home).code == 0
    report = outline.of(home / "out" / "2022-23" / "learning-report.docx")
    [told] = [line for line in report.splitlines() if said in line]
    assert told.rstrip().endswith(" and its limits.")


def test_a_trend_of_something_else_is_refused_with_the_choices(cl: Any, steady: Path) -> None:
    ran = cl("trend", "--period", "2023", "--of", "themes", "--workspace", steady)

    assert ran.code == 2
    assert ran.err == (
        "cl: --of 'themes': it is received or upheld.\n"
        "    received is every complaint; upheld is upheld or partially upheld.\n"
    )


def test_the_chain_is_told_step_by_step_and_says_what_was_not_supplied(
    cl: Any, steady: Path
) -> None:
    ran = cl("chain", "--period", "2023", "--workspace", steady)

    assert ran.out.startswith(
        "Communication\n"
        "  complaints  72 upheld or partially upheld, 0 with learning\n"
        "  actions     not supplied\n"
        "  tested by   Nothing\n"
        "  verdict     -\n"
        "  first gap   No learning recorded\n"
    )
    assert "actions: no action register was supplied\n" in ran.err
    assert "[c]" not in ran.err  # no number is hidden here


def test_the_chain_says_what_stands_for_a_number_that_is_not_shown(cl: Any, sample: Path) -> None:
    ran = cl("chain", "-p", "2023", "-w", sample)

    assert "[c]" in ran.out
    assert "[c]: a small number, not shown in public. To see it: cl chain" in ran.err


def test_a_chain_without_upheld_complaints_says_so(
    cl: Any, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace([{"Case Ref": "C1", "Outcome": "Not upheld"}])
    ran = cl("chain", "--period", "2023", "--workspace", home)

    assert ran.out == ("No theme was raised in a complaint that was upheld or partially upheld.\n")


@pytest.mark.parametrize("command", ["themes", "trend", "chain"])
def test_programs_can_read_each_as_json(cl: Any, steady: Path, command: str) -> None:
    ran = cl(command, "--period", "2023", "--workspace", steady, "--json")

    told = json.loads(ran.out)
    assert told["period"]["label"] == "2022-23"
    assert len(told) >= 2
