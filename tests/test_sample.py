"""The invented council: its truth is what we say it is, and its files are what its maker writes."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from complaints_learning import check, read
from complaints_learning.nouns.settings import parse

SAMPLE = Path(__file__).parents[1] / "sample_data"
UPHELD = ("upheld", "partly_upheld")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upheld_in(start: str, end: str) -> list[list[str]]:
    """The themes of each complaint received in the year and upheld, in whole or part."""
    return [
        row["themes"].split(";")
        for row in rows(SAMPLE / "truth.csv")
        if start <= row["received"] <= end and row["outcome"] in UPHELD
    ]


@cache
def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_the_truth_of_2022_23_is_126_upheld_19_communication_13_staff_behaviour_6_both() -> None:
    themes = upheld_in("2022-04-01", "2023-03-31")
    assert len(themes) == 126
    assert sum("communication" in found for found in themes) == 19
    assert sum("staff_behaviour" in found for found in themes) == 13
    assert sum({"communication", "staff_behaviour"} <= set(found) for found in themes) == 6
    outcomes = [
        row["outcome"]
        for row in rows(SAMPLE / "truth.csv")
        if "2022-04-01" <= row["received"] <= "2023-03-31"
    ]
    assert (outcomes.count("upheld"), outcomes.count("partly_upheld")) == (61, 65)


def test_the_truth_of_2021_22_is_108_upheld_26_communication_15_staff_behaviour_7_both() -> None:
    themes = upheld_in("2021-04-01", "2022-03-31")
    assert len(themes) == 108
    assert sum("communication" in found for found in themes) == 26
    assert sum("staff_behaviour" in found for found in themes) == 15
    assert sum({"communication", "staff_behaviour"} <= set(found) for found in themes) == 7


def test_every_theme_of_the_guide_is_in_the_truth_and_a_primary_theme_is_one_of_its_own() -> None:
    truth = rows(SAMPLE / "truth.csv")
    assert {theme for row in truth for theme in row["themes"].split(";") if theme} == {
        *("communication", "staff_behaviour", "ehc", "delay", "accuracy", "decisions"),
        *("support", "placement_contact", "money", "privacy", "complaint_handling", "other"),
    }
    for row in truth:
        assert row["primary"] in row["themes"].split(";")
        assert "other" not in row["themes"] or row["themes"] == "other"


def test_no_two_complaints_have_the_same_words() -> None:
    texts = [row["text"] for row in rows(SAMPLE / "making" / "complaints.csv") if row["text"]]
    assert len(set(texts)) == len(texts) == 540
    openings = {" ".join(text.lower().split()[:6]) for text in texts}
    assert len(openings) > 0.98 * len(texts), "texts that begin alike look like a template"
    assert max(len(text.split()) for text in texts) <= 120


def files(end: str) -> list[Path]:
    """The files of the sample, without what was made of them."""
    return [path for path in SAMPLE.rglob(f"*.{end}") if not {"out", ".cl"} & {*path.parts}]


def test_no_real_council_is_named() -> None:
    real = [
        "Birmingham",
        "Bradford",
        "Buckinghamshire",
        "Cornwall",
        "Croydon",
        "Devon",
        "Dudley",
        "Essex",
        "Hampshire",
        "Havering",
        "Kent",
        "Leeds",
        "Leicester",
        "Lincolnshire",
        "Manchester",
        "Medway",
        "Norfolk",
        "Reading",
        "Sandwell",
        "Sheffield",
        "Shropshire",
        "Somerset",
        "Staffordshire",
        "Suffolk",
        "Surrey",
        "Thurrock",
        "Walsall",
        "Wiltshire",
    ]
    texts = {path: path.read_text("utf-8") for end in ("csv", "toml", "md") for path in files(end)}
    texts |= {path: repr(cells(path)) for path in files("xlsx")}
    assert len(texts) > 20
    for path, text in texts.items():
        assert not set(re.findall("[A-Za-z]+", text)) & set(real), path.name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace as its maker writes it today."""
    out = tmp_path_factory.mktemp("made")
    subprocess.run(
        [sys.executable, "-B", SAMPLE / "generate.py", "--out", out], check=True, timeout=60
    )
    return out


def test_the_committed_files_are_what_the_maker_writes(made: Path) -> None:
    names = sorted(path.relative_to(made) for path in made.rglob("*") if path.is_file())
    assert len(names) > 4
    for name in names:
        if name.suffix == ".xlsx":
            assert cells(made / name) == cells(SAMPLE / name), name
        else:
            assert (made / name).read_bytes() == (SAMPLE / name).read_bytes(), name
    workbooks = {path.relative_to(SAMPLE) for path in SAMPLE.rglob("*.xlsx")}
    written = {name for name in names if name.suffix == ".xlsx"}
    assert workbooks - written <= {Path("review/decisions.xlsx")}


def test_making_it_twice_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-B", SAMPLE / "generate.py", "--out", tmp_path], check=True, timeout=60
    )
    for path in made.rglob("*.xlsx"):
        assert path.read_bytes() == (tmp_path / path.relative_to(made)).read_bytes(), path.name


def register_rows() -> Iterator[dict[str, object]]:
    """Every row of every export, oldest export first, under the truth's own names."""
    for path in sorted((SAMPLE / "register").glob("202*.xlsx")):
        for lines in cells(path).values():
            header = next(n for n, line in enumerate(lines) if "Team" in line)
            for line in lines[header + 1 :]:
                yield dict(zip(map(str, lines[header]), line, strict=False))


def test_the_exports_read_by_hand_give_the_truth() -> None:
    """The latest export wins; a complaint's outcome is that of its latest answered stage."""
    words = {
        **dict.fromkeys(("upheld", "fully upheld"), "upheld"),
        **dict.fromkeys(("partially upheld", "partly upheld", "part upheld"), "partly_upheld"),
        **dict.fromkeys(("pu", "upheld in part", "part uphled"), "partly_upheld"),
        **dict.fromkeys(("not upheld", "nu"), "not_upheld"),
        **dict.fromkeys(("resolved", "adr"), "resolved"),
        **dict.fromkeys(("no finding", "inconclusive"), "no_finding"),
        **dict.fromkeys(("rejected", "out of jurisdiction"), "refused"),
        "withdrawn": "withdrawn",
    }
    found: dict[tuple[str, int], str] = {}
    for row in register_rows():
        typed = str(row.get("Case Ref") or row.get("Complaint No.") or "")
        reference, _, suffix = typed.strip().partition("/S")
        if not reference.isdigit():
            continue
        stage = row.get("Stage") or row.get("Current Stage")
        number = int(suffix or str(stage).removeprefix("Stage "))
        outcome = str(row.get("Outcome") or row.get("Finding") or "").strip().lower()
        answered = row.get("Date Responded") or row.get("Response Sent")
        empty = "not_recorded" if answered else "open"
        found[reference, number] = words.get(outcome, "unknown") if outcome else empty
    latest: dict[str, str] = {}
    for (reference, _), outcome in sorted(found.items()):
        if outcome != "open" or reference not in latest:
            latest[reference] = outcome
    assert latest == {row["reference"]: row["outcome"] for row in rows(SAMPLE / "truth.csv")}


def test_no_name_of_the_register_stands_anywhere_else() -> None:
    """Or the gate would stop the sample's report for a name that is nobody's secret."""
    columns = ("Name of Complainant", "Complainant Name", "Child's Name", "Investigating Officer")
    names = {
        part
        for row in register_rows()
        for column in columns
        for part in str(row.get(column) or "").split()
    }
    elsewhere = [
        path.read_text(encoding="utf-8")
        for path in SAMPLE.rglob("*")
        if path.suffix in (".csv", ".toml", ".md")
    ]
    assert len(names) == 54
    assert not names & set(re.findall(r"\w+", " ".join(elsewhere)))


def test_at_least_five_outcomes_are_revised_by_a_later_export() -> None:
    planted = [row for row in rows(SAMPLE / "faults.csv") if "revises" in row["problem"]]
    assert len(planted) == 9


def test_every_planted_fault_names_a_file_a_sheet_and_a_cell_that_exist() -> None:
    planted = rows(SAMPLE / "faults.csv")
    assert len(planted) > 30
    books = {
        row["file"]: cells(SAMPLE / row["file"]) for row in planted if row["file"].endswith(".xlsx")
    }
    assert {row["file"] for row in planted} - set(books) == {"activity.csv"}
    for row in planted:
        if row["file"] in books:
            at, column = coordinate_to_tuple(row["cell"])
            value = books[row["file"]][row["sheet"]][at - 1][column - 1]
            empty = "no outcome" in row["problem"] or "without a reference" in row["problem"]
            assert empty or value is not None, row


def test_about_six_in_ten_upheld_complaints_of_2022_23_have_a_form() -> None:
    truth = {row["reference"]: row for row in rows(SAMPLE / "truth.csv")}
    with_form = {
        str(cell).strip()
        for path in (SAMPLE / "monitoring").glob("*.xlsx")
        for lines in cells(path).values()
        for line in lines
        for cell in line
        if cell is not None
    }
    upheld = [
        name
        for name, row in truth.items()
        if row["outcome"] in UPHELD and "2022-04-01" <= row["received"] <= "2023-03-31"
    ]
    assert 0.55 <= sum(name in with_form for name in upheld) / len(upheld) <= 0.65


def test_the_action_register_holds_every_kind_of_trouble() -> None:
    _, header, *lines = cells(SAMPLE / "actions.xlsx")["Actions"]
    found = [dict(zip(map(str, header), line, strict=True)) for line in lines]
    day = datetime(2023, 9, 1)
    assert len(found) == 25
    overdue = [a for a in found if not a["Date completed"] and a["By when"] and a["By when"] < day]
    done = [action for action in found if action["Date completed"]]
    late = [action for action in done if action["Date completed"] > action["By when"]]
    assert len(overdue) == 9
    assert len(late) == 4
    assert sum(not action["Owner"] for action in found) == 2
    assert sum(not action["By when"] for action in found) == 1
    assert sum(not action["Complaint Ref"] and not action["Theme"] for action in found) == 2
    assert sum(not action["Evidence"] for action in done) == 2


def test_two_services_had_no_deep_dive_in_the_year_before_april_2023() -> None:
    dives = cells(SAMPLE / "assurance" / "deep_dives.xlsx")["Results"][1:]
    ever = {line[2] for line in dives}
    lately = {line[2] for line in dives if line[0] >= datetime(2022, 4, 1)}
    assert len(ever) == 10
    assert ever - lately == {"Front Door", "Independent Review"}


def test_check_finds_nothing_that_was_not_planted() -> None:
    settings = parse((SAMPLE / "cl.toml").read_text(encoding="utf-8"))
    found = check.everything(read.workspace(SAMPLE, settings), settings).problems
    planted = {(row["file"], row["sheet"], row["cell"]) for row in rows(SAMPLE / "faults.csv")}
    assert {(p.place.file, p.place.sheet, p.place.cell) for p in found} <= planted


def test_the_truth_holds_rows_outside_both_years() -> None:
    received = [date.fromisoformat(row["received"]) for row in rows(SAMPLE / "truth.csv")]
    assert sum(day < date(2021, 4, 1) for day in received) == 7
    assert sum(day > date(2023, 3, 31) for day in received) == 45


def test_the_folder_is_small_enough_to_ship() -> None:
    made = {"out", ".cl", "__pycache__"}  # by running cl on it
    shipped = [
        path
        for path in SAMPLE.rglob("*")
        if path.is_file() and not made & set(path.relative_to(SAMPLE).parts)
    ]
    assert sum(path.stat().st_size for path in shipped) < 1_000_000
