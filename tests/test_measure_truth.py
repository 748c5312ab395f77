"""Figures that stay true: a second implementation agrees, everything adds up, rules list rows."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders_measure import THEMES, YEAR, a_checked, labels
from complaints_learning import measure
from complaints_learning.nouns.findings import Findings, Show
from complaints_learning.nouns.records import COMPLAINANTS, OUTCOMES, Checked
from complaints_learning.nouns.settings import Settings
from independent import figures as counted_again

DAY = date(2023, 6, 1)
days = st.dates(date(2021, 3, 1), date(2023, 4, 30))
received_on, waits = st.none() | days, st.none() | st.integers(-2, 60)
cells = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["complaint", "complaint", "compliment"]),
        "procedure": st.sampled_from(["statutory", "corporate", ""]),
        "stage": st.sampled_from([1, 1, 2, 3]),
        "outcome": st.sampled_from(list(OUTCOMES)),
        "service": st.sampled_from(["Front door", "Fostering", ""]),
        "complainant": st.sampled_from(list(COMPLAINANTS)),
        "extended": st.booleans(),
        "escalated": st.booleans(),
    }
)
some_themes = st.sets(st.sampled_from(THEMES.codes))


@st.composite
def registers(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    """Complaints, and their themes."""
    size = draw(st.integers(0, 25))
    rows, found = [], []
    for number in range(1, size + 1):
        received, wait = draw(received_on), draw(waits)
        known = received is not None and wait is not None
        rows.append(
            {
                "reference": f"C{number}",
                "received": received,
                "responded": received + timedelta(days=wait) if known else None,
                **draw(cells),
            }
        )
        found += [(f"C{number}", theme) for theme in sorted(draw(some_themes))]
    return rows, found


@st.composite
def forms_for(draw: st.DrawFn, size: int) -> list[dict[str, Any]]:
    references = st.integers(1, max(size, 1))
    return [
        {
            "reference": f"C{draw(references)}",
            "matched": draw(st.booleans()),
            "completed": draw(days),
            "learning_recorded": draw(st.booleans()),
        }
        for _ in range(draw(st.integers(0, 8)))
    ]


def measured(checked: Checked, found: list[tuple[str, str]]) -> Findings:
    return measure.findings(checked, labels(*found), YEAR, Settings(), THEMES, DAY)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_second_implementation_counts_the_same(data: st.DataObject) -> None:
    rows, found = data.draw(registers())
    forms = data.draw(forms_for(len(rows)))
    shown = measured(a_checked(rows, forms=forms), found).figures
    again = counted_again(rows, found, forms, YEAR.start, YEAR.end)
    before = YEAR.before()
    again += counted_again(rows, found, forms, before.start, before.end, "previous.")
    unknown = {name for name in again if again[name] and name not in shown}
    assert not unknown
    for name, figure in shown.items():
        if name in again and figure.value is not None:
            assert (name, figure.value) == (name, again[name])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_everything_that_should_add_up_does(data: st.DataObject) -> None:
    rows, found = data.draw(registers())
    result = measured(a_checked(rows, forms=data.draw(forms_for(len(rows)))), found)
    for made in result.sums:
        parts = [result.figures[part].value for part in made.parts]
        assert result.figures[made.total].value == sum(part or 0 for part in parts), made
    for figure in result.figures.values():
        if figure.of_name and figure.of is not None:
            assert result.figures[figure.of_name].value == figure.of, figure.name
        if figure.of is not None and figure.is_count and figure.value is not None:
            assert 0 <= figure.value <= figure.of, figure.name


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(registers())
def test_the_rule_of_a_count_lists_as_many_rows_as_it_counts(
    drawn: tuple[list[dict[str, Any]], list[tuple[str, str]]],
) -> None:
    rows, found = drawn
    checked, labelled = a_checked(rows), labels(*found)
    result = measure.findings(checked, labelled, YEAR, Settings(), THEMES, DAY)
    tables = measure.tables(checked, labelled, YEAR, Settings(), DAY)
    wanted = [f for f in result.figures.values() if f.rows and f.is_count and f.value is not None]
    for figure in wanted[:: max(1, len(wanted) // 40)]:
        if figure.name.startswith("assurance."):
            continue
        listed = measure.counted(figure, tables)
        assert len(listed) == figure.value, figure.name


def every_table() -> tuple[Checked, list[tuple[str, str]]]:
    """A register with something to say in every section."""
    months = [date(2021 + (m + 2) // 12, (m + 2) % 12 + 1, 5) for m in range(1, 26)]
    rows: list[dict[str, Any]] = [
        {
            "reference": f"C{number}",
            "received": month + timedelta(days=number % 20),
            "responded": month + timedelta(days=25 + number % 9),
            "outcome": list(OUTCOMES)[number % 4],
            "complainant": "parent",
            "gender": "Female",
            "procedure": ["statutory", "corporate", ""][number % 3],
            "remedy": "Apology" if number % 5 == 0 else "",
            "remedy_amount": 100.0 if number % 10 == 0 else float("nan"),
            "ombudsman": "Upheld" if number % 20 == 0 else "",
            "kind": "compliment" if number % 9 == 0 else "complaint",
            "learning_recorded": True,
        }
        for number, month in enumerate(months * 4, start=1)
    ]
    done = {"theme": "communication", "completed": "2022-06-10", "due": "2022-07-01"}
    audits = [
        {"date": month, "result": 6, "out_of": 9, "theme": "communication", "question": "Good?"}
        for month in months
    ]
    audits += [{**audit, "activity": a} for a in ("training", "stocktake") for audit in audits[:5]]
    checked = a_checked(
        rows,
        forms=[{"reference": "C4", "completed": "2022-08-01"}],
        actions=[{**done, "reference": ""}, {"reference": "", "theme": "delay"}],
        assurance=[
            *audits,
            {"activity": "deep_dive", "date": "2022-06-01", "service": "Fostering"},
        ],
        activity=[{"date": month.replace(day=1), "value": 900.0} for month in months],
        population=[{"characteristic": "gender", "group": "female", "value": 9000.0}],
        comparators=[{"council": "Eastham", "measure": "Upheld, %", "value": 40.0}],
    )
    found = [
        (f"C{number}", theme) for number in range(1, 90) for theme in THEMES.codes if number % 2
    ]
    return checked, found


def test_everything_adds_up_when_every_table_is_supplied() -> None:
    result = measured(*every_table())
    assert not result.missing
    assert "assurance.deep_dive.services" in {made.total for made in result.sums}
    for made in result.sums:
        parts = [result.figures[part].value for part in made.parts]
        assert result.figures[made.total].value == sum(part or 0 for part in parts), made


def test_tables_and_charts_show_only_figures_that_exist() -> None:
    result = measured(*every_table())
    for name, grid in result.grids.items():
        assert grid.name == name
        assert len(grid.cells) == len(grid.rows)
        said = (grid.title, grid.row_title, *grid.columns, *grid.notes)
        assert all(re.match("[A-Z0-9]", text) for text in said)
        for cells in grid.cells:
            assert len(cells) == len(grid.columns), grid.name
            assert all(not cell.figure or cell.figure in result.figures for cell in cells)
            assert {cell.show for cell in cells} <= set(get_args(Show))
            assert any(cell.figure for cell in cells), f"{name}: a row of nothing"
        for column, cells in zip(grid.columns, zip(*grid.cells, strict=True), strict=True):
            nothing = all(cell.text == "-" for cell in cells)
            assert not nothing or column == "Signal", f"{name}: nothing under {column}"
    for chart in result.charts.values():
        assert chart.grid in result.grids
        for run in chart.series:
            assert len(run.figures) == len(chart.labels)
            assert set(run.figures) <= set(result.figures)


@pytest.mark.parametrize("checked", [a_checked(), a_checked([{}])], ids=["none", "one"])
def test_tables_hold_together_without_complaints_and_with_one(checked: Checked) -> None:
    result = measured(checked, [("C1", "delay")])
    assert {"headline", "outcomes", "reconciliation"} <= set(result.grids)
    assert all("  " not in figure.meaning for figure in result.figures.values())


def test_names_are_public_dotted_and_lower_case() -> None:
    result = measured(*every_table())
    odd = [n for n in result.figures if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", n)]
    assert not odd
    assert not [f.name for f in result.figures.values() if not f.meaning or "{" in f.meaning]
    assert not [name for name, said in result.facts.items() if not isinstance(said, str)]


def test_every_figure_table_chart_and_gap_is_documented() -> None:
    text = Path(__file__).parents[1].joinpath("docs", "figures.md").read_text(encoding="utf-8")
    names = set(re.findall(r"`([^`\s]+)`", text))
    patterns = [re.compile(_pattern(name) + "$") for name in names]
    endings = [re.compile(_pattern(name) + "$") for name in names if name.startswith(".")]
    result = measured(*every_table())
    told = [*result.figures, *result.grids, *result.charts, *result.listings]
    unknown = []
    for name in told:
        bare = name.removeprefix("previous.").removeprefix("change.").removesuffix(".share")
        known = any(p.match(name) or p.match(bare) for p in patterns)
        by_ending = any(p.match(bare[at:]) for p in endings for at in _dots(bare))
        if not known and not by_ending:
            unknown.append(name)
    assert not unknown, unknown
    assert {"forms", "actions", "assurance"} <= set(measured(a_checked(), []).missing)


def _dots(name: str) -> list[int]:
    return [at for at, letter in enumerate(name) if letter == "."]


def _pattern(name: str) -> str:
    """A documented name, its words in capitals standing for any."""
    return re.sub(r"[A-Z]+", "[a-z0-9_-]+", re.escape(name).replace(r"\-", "-"))
