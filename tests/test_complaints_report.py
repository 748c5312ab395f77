"""The statutory annual report: every item of both contents lists, and no figure of its own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from complaints_learning import pipeline
from complaints_learning.nouns import report
from complaints_learning.nouns.counted import Counted, Edition
from complaints_learning.nouns.errors import SettingsError
from complaints_learning.nouns.report import (
    Bullets,
    Chart,
    Heading,
    KeyPoints,
    Paragraph,
    Report,
    Table,
)
from complaints_learning.read import texts
from complaints_learning.tell import lint
from complaints_learning.write import document

pytestmark = pytest.mark.usefixtures("drawn_once")

GUIDANCE = (
    "representations made",
    "numbers at each stage",
    "numbers to the Ombudsman",
    "customer groups",
    "types of complaint",
    "outcomes",
    "advocacy",
    "timescales, with extensions",
    "learning",
    "improvements made, and not implemented",
    "age, gender, disability and ethnicity",
    "sexual orientation",
    "review of effectiveness",
)
CODE = (
    "self-assessment",
    "performance, in numbers and in words",
    "types of complaints not accepted",
    "non-compliance",
    "service improvements",
    "annual letter",
    "other reports of the Ombudsman",
)
DAY = date(2023, 9, 1)
EDITIONS: tuple[Edition, ...] = ("public", "internal")
ALONE = (
    "[sources]\nmonitoring = []\nactions = []\nassurance = []\n"
    "activity = []\npopulation = []\ncomparators = []\n"
)


@pytest.fixture
def alone(a_workspace: Callable[..., Path]) -> Counted:
    """A register of one complaint, and nothing else."""
    return pipeline.count(a_workspace(), "2023", DAY)


def annual(counted: Counted, edition: Edition) -> Report:
    return pipeline.tell(counted, edition, "complaints_report").report


def lines(told: Report) -> Iterator[report.Line]:
    """Every line of text and every table cell of a report."""
    for block in told.blocks:
        if isinstance(block, Heading | Paragraph):
            yield block.line
        elif isinstance(block, Bullets | KeyPoints):
            yield from block.items
        elif isinstance(block, Table):
            for row in block.rows:
                yield from row


def shown(told: Report) -> dict[str, set[str]]:
    """How each figure reads, by its name and form; forms in words have more than one."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines(told):
        for run in line:
            if run.figure and not run.figure.endswith(":words"):
                found[run.figure].add(run.text)
    return found


def checklist(told: Report) -> list[report.Line]:
    (section,) = (one for one in told.sections if one.name == "checklist")
    return [item for block in section.blocks if isinstance(block, Bullets) for item in block.items]


@pytest.mark.parametrize("edition", EDITIONS)
def test_both_reports_of_one_run_say_the_same_for_every_figure(
    full: Counted, edition: Edition
) -> None:
    learning = shown(pipeline.tell(full, edition).report)
    yearly = shown(annual(full, edition))

    both = set(learning) & set(yearly)
    assert len(both) > 100
    assert {name: learning[name] | yearly[name] for name in both} == {
        name: {next(iter(learning[name]))} for name in both
    }


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("which", ["full", "alone"])
def test_the_checklist_says_of_every_item_where_it_is_or_that_it_is_not_supplied(
    which: str, edition: Edition, request: pytest.FixtureRequest
) -> None:
    told = annual(request.getfixturevalue(which), edition)
    places = {f"table:{block.name}" for block in told.blocks if isinstance(block, Table)}
    places |= {f"chart:{block.name}" for block in told.blocks if isinstance(block, Chart)}
    headings = {report.plain(block.line) for block in told.blocks if isinstance(block, Heading)}

    items = checklist(told)

    assert tuple(item[0].text for item in items) == (*GUIDANCE, *CODE)
    for item in items:
        refs = {run.ref for run in item if run.ref}
        under = set(re.findall(r"under '([^']+)'", report.plain(item)))
        assert refs <= places
        assert under <= headings
        assert refs or under or "not supplied" in report.plain(item), report.plain(item)


def test_a_register_alone_has_its_own_items_and_no_more(alone: Counted) -> None:
    said = {item[0].text: report.plain(item[1:]) for item in checklist(annual(alone, "internal"))}

    missing = [name for name, x in said.items() if re.fullmatch(": not supplied[.;]( and)?", x)]
    assert missing == [
        "numbers to the Ombudsman",
        "customer groups",
        "advocacy",
        "improvements made, and not implemented",
        "age, gender, disability and ethnicity",
        "sexual orientation",
        "self-assessment",
        "non-compliance",
        "service improvements",
        "annual letter",
        "other reports of the Ombudsman",
    ]


@pytest.mark.parametrize("which", ["full", "alone"])
def test_statutory_and_corporate_complaints_are_told_apart(
    which: str, request: pytest.FixtureRequest
) -> None:
    told = annual(request.getfixturevalue(which), "internal")

    apart = {
        block.name
        for block in told.blocks
        if isinstance(block, Table)
        and re.search("statutory", " ".join(_labels(block)), re.IGNORECASE)
    }
    assert {"headline", "stages", "outcomes", "timeliness", "escalation"} <= apart


def _labels(table: Table) -> list[str]:
    return [*table.header, *(report.plain(row[0]) for row in table.rows)]


def test_what_no_register_holds_is_said_in_the_councils_own_words(
    a_workspace: Callable[..., Path],
) -> None:
    given = "\n".join(f'{name} = "Words on {name}."' for name in _fields())
    home = a_workspace(settings=f"{ALONE}[annual_report]\n{given}\n")

    told = annual(pipeline.count(home, "2023", DAY), "public")

    text = "\n".join(map(report.plain, lines(told)))
    for name in _fields():
        assert f"Words on {name}." in text
    said = {item[0].text: report.plain(item) for item in checklist(told)}
    for name in ("advocacy", "review of effectiveness", "self-assessment", "non-compliance"):
        assert "not supplied" not in said[name]


def _fields() -> tuple[str, ...]:
    from complaints_learning.nouns.settings import AnnualReport

    return AnnualReport.__struct_fields__


def test_a_part_of_a_year_does_not_pass_for_the_annual_report(
    a_workspace: Callable[..., Path],
) -> None:
    quarter = annual(pipeline.count(a_workspace(), "2022-23Q1", DAY), "internal")

    assert any("does not take the annual report's place" in report.plain(x) for x in lines(quarter))


def test_each_report_has_its_own_title_and_the_councils_is_for_the_learning_report(
    a_workspace: Callable[..., Path],
) -> None:
    plain = pipeline.count(a_workspace(), "2023", DAY)
    named = pipeline.count(
        a_workspace(settings=f'{ALONE}[report]\ntitle = "What we learned"\n', folder="named"),
        "2023",
        DAY,
    )

    own = "Complaints about services for children: annual report"
    assert pipeline.tell(plain, "internal").report.title == "Learning from Complaints"
    assert pipeline.tell(named, "internal").report.title == "What we learned"
    for counted in (plain, named):
        told = annual(counted, "internal")
        assert (told.title, document.slot_values(told)["title"]) == (own, own)


def test_no_template_of_the_annual_report_uses_an_unknown_name(full: Counted) -> None:
    given = texts.report_texts("complaints_report")

    assert lint.problems(given) == []
    assert lint.problems(given, pipeline.protect(full, "public")) == []


def test_a_councils_own_text_for_the_learning_report_is_borrowed_too(tmp_path: Path) -> None:
    own = tmp_path / "templates" / "learning_report"
    own.mkdir(parents=True)
    (own / "law.md.j2").write_text("# Law\n\n1. Ours.\n", encoding="utf-8")

    given = texts.report_texts("complaints_report", tmp_path)

    assert given.files["law.md.j2"] == "# Law\n\n1. Ours.\n"
    assert given.sources["law.md.j2"] == "your templates/learning_report/law.md.j2"
    assert given.sources["purpose.md.j2"] == "templates/complaints_report/purpose.md.j2"


@pytest.mark.parametrize("wrong", ['title = ""', 'title = "T"\nborrows = "../x"', "title = 3"])
def test_a_manifest_without_a_title_or_with_a_path_is_refused(tmp_path: Path, wrong: str) -> None:
    own = tmp_path / "templates" / "complaints_report"
    own.mkdir(parents=True)
    (own / "report.toml").write_text(f"{wrong}\nsections = []\n", encoding="utf-8")

    with pytest.raises(SettingsError) as caught:
        texts.report_texts("complaints_report", tmp_path)

    assert str(caught.value.message) == (
        "your templates/complaints_report/report.toml: title must be a text, and borrows, when it "
        "is there, a report's name."
    )


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_annual_report_can_be_written_and_checked(
    a_workspace: Callable[..., Path], tmp_path: Path, edition: Edition, cl: Any
) -> None:
    home = a_workspace([{}, {"Procedure": "Corporate"}])

    told = pipeline.report(
        home,
        "2023",
        edition=edition,
        out=tmp_path / "out",
        template="complaints_report",
        formats=("docx", "html", "xlsx"),
        today=DAY,
    )

    assert [path.suffix for path in told.outputs] == [".docx", ".html", ".xlsx"]
    assert cl("check", told.outputs[0]).code == 0
