"""Every fault planted in the sample is named at its cell, and the truth comes out."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

import pytest

from complaints_learning import check, read
from complaints_learning.nouns.raw import Raw
from complaints_learning.nouns.records import Checked
from complaints_learning.nouns.settings import parse

SAMPLE = Path(__file__).parent.parent / "sample_data"
QUIET = ("which cl.toml maps",)
"""Faults that settings already mend: nothing is to be said of them."""


@cache
def the_sample() -> tuple[Raw, Checked]:
    """The sample workspace, read and checked."""
    settings = parse((SAMPLE / "cl.toml").read_text(encoding="utf-8"))
    raw = read.workspace(SAMPLE, settings)
    return raw, check.everything(raw, settings)


def planted() -> list[dict[str, str]]:
    """The faults written down when the sample was made."""
    with (SAMPLE / "faults.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    "fault", planted(), ids=lambda fault: f"{fault['file']}-{fault['cell']}-{fault['problem']}"
)
def test_a_planted_fault_is_named_at_its_cell(fault: dict[str, str]) -> None:
    raw, found = the_sample()
    row = int(re.sub(r"\D", "", fault["cell"]) or 0)
    at = [
        problem
        for problem in found.problems
        if (problem.place.file, problem.place.sheet) == (fault["file"], fault["sheet"])
        and problem.place.cell == fault["cell"]
    ]
    rows = {
        (table.file, table.sheet, other.row) for table in raw.tables for other in table.not_records
    }
    if fault["code"]:
        assert fault["code"] in {problem.code for problem in at}
    elif fault["problem"].endswith(QUIET):
        assert not at
    else:
        assert at or (fault["file"], fault["sheet"], row) in rows


def test_the_outcomes_dates_and_procedures_are_the_true_ones() -> None:
    _, found = the_sample()
    complaints = found.frames["complaints"]
    complaints = complaints[complaints["kind"] == "complaint"]
    read_as = {
        (reference, outcome, f"{received:%Y-%m-%d}", procedure)
        for reference, outcome, received, procedure in zip(
            complaints["reference"],
            complaints["outcome"],
            complaints["received"],
            complaints["procedure"],
            strict=True,
        )
    }
    with (SAMPLE / "truth.csv").open(encoding="utf-8", newline="") as lines:
        true = {
            (line["reference"], line["outcome"], line["received"], line["procedure"])
            for line in csv.DictReader(lines)
        }
    assert read_as == true


def test_every_row_of_the_sample_is_accounted_for() -> None:
    _, found = the_sample()
    assert [name for name, rows in found.rows.items() if not rows.adds_up] == []
