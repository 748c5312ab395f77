"""What somebody typed where a service belongs never becomes a row of a public table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaints_learning import pipeline
from complaints_learning.nouns.errors import LearningError
from complaints_learning.read import finished

pytestmark = pytest.mark.usefixtures("drawn_once")

HEADER = ("Case Ref", "Date Received", "Outcome", "Service", "Gender", "Remedy", "Worker Name")
NONE = (
    "[sources]\nmonitoring = []\nactions = []\nassurance = []\n"
    "activity = []\npopulation = []\ncomparators = []\n"
)


def rows(*typed: str, column: str = "Service", **more: str) -> list[dict[str, Any]]:
    """Thirty ordinary complaints, and one for each thing typed."""
    usual = {"Service": "Fostering", "Gender": "Female", "Remedy": "Apology"}
    return [dict(usual) for _ in range(30)] + [{**usual, column: one, **more} for one in typed]


def public(home: Path) -> str:
    told = pipeline.report(home, "2023", formats=("docx", "html", "xlsx"))
    return "\n".join(
        text.text
        for path in (*told.outputs, told.record)
        if path is not None
        for text in finished.texts(path.name, path.read_bytes())
    )


@pytest.mark.parametrize("typed", ["Mrs Hargreave-Pole", "Quintrell", "ask Jo 07700 900123"])
def test_what_was_typed_once_is_counted_under_other_services(
    typed: str, a_workspace: Callable[..., Path]
) -> None:
    said = public(a_workspace(rows(typed), HEADER))
    assert "Other services" in said
    assert not any(word in said for word in (typed, "Hargreave", "Quintrell", "07700", "quintrell"))


@pytest.mark.parametrize("column", ["Gender", "Remedy"])
def test_other_columns_whose_cells_become_rows_are_put_together_too(
    column: str, a_workspace: Callable[..., Path]
) -> None:
    said = public(a_workspace(rows("Quintrell", "Quintrell", column=column), HEADER))
    assert "uintrell" not in said
    assert "Another" in said


def test_usual_words_stay_however_few_use_them(a_workspace: Callable[..., Path]) -> None:
    said = public(a_workspace(rows("Written explanation", column="Remedy"), HEADER))
    assert "Written explanation" in said


def test_a_service_that_the_settings_name_stands_alone(a_workspace: Callable[..., Path]) -> None:
    settings = f'{NONE}[assurance]\nservices = ["Fostering", "Quintrell House"]\n'
    said = public(a_workspace(rows("Quintrell House"), HEADER, settings))
    assert "Quintrell House" in said
    assert "Other services" not in said
    mapped = f'{NONE}[services]\n"QH" = "Quintrell House"\n'
    again = public(a_workspace(rows("QH"), HEADER, mapped, folder="mapped"))
    assert "Quintrell House" in again


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("Mrs Hargreave-Pole", "a name with a title"), ("ask Jo 07700 900123", ": a telephone")],
)
def test_what_identifies_stops_the_public_edition_however_often_it_was_typed(
    typed: str, kind: str, a_workspace: Callable[..., Path]
) -> None:
    home = a_workspace(rows(*[typed] * 6), HEADER)
    with pytest.raises(LearningError) as stopped:
        pipeline.report(home, "2023")
    assert kind in str(stopped.value)
    assert typed not in str(stopped.value)
    assert "Hargreave" not in str(stopped.value)
    assert not (home / "out").exists()


def test_a_workers_name_typed_as_a_service_stops_it_too(a_workspace: Callable[..., Path]) -> None:
    typed = rows(*["Quintrell"] * 6, **{"Worker Name": "Ida Quintrell"})
    with pytest.raises(LearningError, match="a name, the same as in") as stopped:
        pipeline.report(a_workspace(typed, HEADER), "2023")
    assert "Quintrell" not in str(stopped.value)


def test_the_check_lists_a_service_seen_once_or_twice_without_saying_it(
    a_workspace: Callable[..., Path],
) -> None:
    checked = pipeline.check(a_workspace(rows("Quintrell", "Quintrell", "Lambert"), HEADER))
    found = [one for one in checked.problems if one.code == "service-rare"]
    assert len(found) == 3
    assert not any("Quintrell" in str(one) or "Lambert" in str(one) for one in found)


def test_in_a_register_of_a_few_rows_every_service_is_rare(
    a_workspace: Callable[..., Path],
) -> None:
    for first, warned in ((0, 1), (25, 0)):
        home = a_workspace(rows("Quintrell")[first:], HEADER, folder=f"from {first}")
        codes = [one.code for one in pipeline.check(home).problems]
        assert codes.count("service-rare") == warned
