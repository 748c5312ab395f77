"""From a figure to its rows, from a complaint to its figures, from a code to its meaning."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import conftest
from complaints_learning import pipeline
from complaints_learning.classify import Reader
from complaints_learning.read import texts

pytestmark = pytest.mark.usefixtures("counted_once")

INTERNAL = ("--edition", "internal")


@pytest.fixture
def home(a_workspace: Callable[..., Path]) -> Path:
    return a_workspace([{}, {"Outcome": "Not upheld"}, {"Date Received": "10/05/2021"}])


def test_a_figure_lists_the_rows_that_it_counts_in_the_internal_edition(
    cl: Callable[..., Any], home: Path
) -> None:
    ran = cl("explain", "upheld_or_partly", "-p", "2023", "-w", home, "--edition", "internal")

    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == "upheld_or_partly"
    assert "  value: 1 complaints" in lines
    assert "  of: 2 (received), 50%" in lines
    assert "outcome is upheld or partly_upheld" in " ".join(ran.out.split())
    assert [line for line in lines if line.startswith("  C0")] == [
        "  C001  register/complaints.xlsx, sheet Sheet, row 2"
    ]


def test_the_public_edition_names_no_complaint_and_shows_no_small_number(
    cl: Callable[..., Any], home: Path
) -> None:
    ran = cl("explain", "upheld_or_partly", "-p", "2023", "-w", home)

    assert ran.code == 0
    assert "value: [c] complaints" in ran.out
    assert "C001" not in ran.out + ran.err


def test_a_complaint_shows_its_row_its_themes_and_the_figures_that_count_it(
    cl: Callable[..., Any], home: Path
) -> None:
    ran = cl("explain", "C001", "-p", "2023", "-w", home, *INTERNAL)

    assert ran.code == 0
    assert "  outcome: upheld" in ran.out
    assert "  theme communication (No reply), primary: from its words, " in ran.out
    figures = ran.out.partition("figures:\n")[2].split()
    assert {"received", "upheld_or_partly", "theme.communication.upheld_or_partly"} <= set(figures)
    assert "outcome.not_upheld" not in figures
    assert "previous.received" not in figures


def test_a_complaint_names_the_rows_merged_into_it_and_what_a_later_export_changed(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    header = (*conftest.HEADER, "Stage")
    same = {
        "Case Ref": "C001",
        "Stage": 1,
        "Summary": "Nobody rang.",
        "Date Received": "10/05/2022",
    }
    home = a_workspace(
        [
            {**same, "Outcome": None, "Date Responded": None},
            {"Case Ref": "C002", "Date Responded": "21/05/2022"},
        ],
        header=header,
    )
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    again = {**conftest.ORDINARY, **same, "Date Responded": "01/09/2022"}
    sheet.append(list(header))
    for row in (
        again,
        again,
        {**again, "Summary": "And the minutes were wrong."},
        {**again, "Stage": 2, "Date Received": "05/09/2022", "Date Responded": "01/11/2022"},
    ):
        sheet.append([row[title] for title in header])
    book.save(home / "register" / "later.xlsx")

    ran = cl("explain", "c 001", "-p", "2023", "-w", home, *INTERNAL)  # however it is typed

    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    first = lines.index(
        "  register/complaints.xlsx, sheet Sheet, row 2: replaced by a later export; see "
        "register/later.xlsx, sheet Sheet, row 2"
    )
    assert lines[first + 1 : first + 3] == [
        "    outcome was Still open, is Upheld",
        "    date answered was not given, is 1 September 2022",
    ]
    kept = "register/later.xlsx, sheet Sheet, row"
    assert [line for line in lines if line.startswith(f"  {kept}")] == [
        f"  {kept} 3: the same row again; see {kept} 2",
        f"  {kept} 4: a further concern of the same complaint; see {kept} 2",
        f"  {kept} 5: a later stage of the same complaint; see {kept} 2",
    ]
    answer = json.loads(cl("explain", "C001", "-p", "2023", "-w", home, *INTERNAL, "--json").out)
    assert [row["why"] for row in answer["merged"]] == [
        "replaced by a later export",
        "the same row again",
        "a further concern of the same complaint",
        "a later stage of the same complaint",
    ]


def test_a_complaint_says_why_it_has_its_themes_or_none(
    cl: Callable[..., Any], a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace(
        [
            {
                "Case Ref": "MV/23001",
                "Summary": "We want the respite back. It took weeks and weeks.",
            },
            {
                "Case Ref": "MV/23002",
                "Summary": "Nikt nie powiedział nam, że wizyta jest odwołana.",
            },
            {"Case Ref": "MV/23003", "Summary": "Nobody rang."},
        ]
    )
    cl("review", "-p", "2023", "-w", home)
    path = home / "review" / "decisions.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book["Decisions"].iter_rows(min_row=2):
        if row[0].value == "MV/23003":
            row[6].value, row[7].value = "No theme", "Dellay"
    book.save(path)

    def told(reference: str) -> str:
        ran = cl("explain", reference, "-p", "2023", "-w", home, *INTERNAL)
        return str(ran.out.partition("\n  counted")[0] + ran.err)

    first = told("MV/23001")
    assert first.index(", primary: from its words, ") < first.index("  theme delay")
    labels = Reader(texts.themes()).labels(["We want the respite back. It took weeks and weeks."])
    unsure = [one for one in labels[0] if not one.sure]
    assert first.count("%, not sure\n    led there: ") == len(unsure) > 0
    assert "  no theme was found\n  to look at: register/complaints.xlsx, sheet Sheet, row 3: " in (
        told("MV/23002")
    )
    assert "  no theme: a person decided\n  to look at: review/decisions.xlsx, " in told("MV/23003")
    for typed in ("mv23001", "23001", "MV/230O1"):
        assert "Did you mean MV/23001?" in told(typed)


def test_every_row_that_was_merged_can_be_found_by_its_complaint(sample: Path) -> None:
    checked = pipeline.check(sample)
    merged = checked.frames["merged"]
    said = merged.groupby("reason", observed=True).size().to_dict()
    assert said == checked.rows["register"].superseded
    assert set(merged["reference"]) <= set(checked.frames["complaints"]["reference"])


def test_the_rows_go_into_a_workbook_that_says_it_is_internal(
    cl: Callable[..., Any], home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rows.xlsx"
    words = ("explain", "received", "-p", "2023", "-w", home, "--xlsx", target)

    refused = cl(*words)
    assert refused.code == 2
    assert "--xlsx lists references, so it needs --edition internal." in refused.err
    assert not target.exists()

    assert cl(*words, "--edition", "internal").code == 0
    sheet = openpyxl.load_workbook(target).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[1][0] == "OFFICIAL-SENSITIVE: not for publication"
    assert rows[3:] == [
        ["C001", "register/complaints.xlsx", "Sheet", 2],
        ["C002", "register/complaints.xlsx", "Sheet", 3],
    ]


def test_a_code_is_explained_without_a_period_and_a_typo_is_told(
    cl: Callable[..., Any], home: Path
) -> None:
    assert cl("explain", "outcome-unknown").out.startswith("outcome-unknown: ")

    ran = cl("explain", "recieved", "-p", "2023", "-w", home)
    assert ran.code == 2
    assert "there is no figure or problem code 'recieved' in 2022-23." in ran.err
    assert "Did you mean received" in ran.err
    assert cl("explain", "received", "-w", home).code == 2


def test_a_workbook_of_rows_is_not_written_under_another_ending(
    cl: Callable[..., Any], home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "rows.docx"
    ran = cl(
        "explain", "received", "-p", "2023", "-w", home, "--edition", "internal", "--xlsx", target
    )
    assert ran.code == 2
    assert ran.err == (
        f"cl: {target}: its name does not end with .xlsx, and no other kind is written there.\n"
        "    Name it rows.xlsx.\n"
    )
    assert not target.exists()


@pytest.mark.parametrize("typed", ["C001", "c 001", "C0001", "001"])
def test_one_familys_record_is_not_shown_and_no_reference_offered_in_public(
    cl: Any, home: Path, typed: str
) -> None:
    for json_too in ((), ("--json",)):
        ran = cl("explain", typed, "-p", "2023", "-w", home, *json_too)
        assert (
            ran.code == 2 and "received" not in ran.out and "C001" not in ran.err.replace(typed, "")
        )
        assert "One complaint is one family's record: to see it, add --edition internal." in (
            ran.err + ran.out
        )
