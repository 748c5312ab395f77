"""What a notebook may call: shapes, units, errors, and no wait at import."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import complaints_learning as cl
from complaints_learning.nouns.errors import SettingsError

SHAPE = {
    **dict.fromkeys(("value", "of", "percent", "low", "high"), "float64"),
    "unit": "str",
    "masked": "bool",
    "meaning": "str",
}


def test_figures_are_a_row_each_by_name(a_workspace: Callable[..., Path]) -> None:
    home = a_workspace([{}] * 6 + [{"Outcome": "Not upheld"}] * 4)

    figures = cl.figures(home, "2023", edition="internal")

    assert {name: str(kind) for name, kind in figures.dtypes.items()} == SHAPE
    upheld = figures.loc["upheld_or_partly"]
    assert (upheld["value"], upheld["of"], upheld["percent"]) == (6, 10, 60)
    assert upheld["unit"] == "complaints"
    assert not figures["masked"].any()


def test_the_public_edition_hides_small_figures_here_too(a_workspace: Callable[..., Path]) -> None:
    home = a_workspace([{}] * 12 + [{"Outcome": "Not upheld"}] * 2)

    hidden = cl.figures(home, "2023").loc["outcome.not_upheld"]

    assert hidden["masked"]
    assert hidden[["value", "percent"]].isna().all()


def test_a_report_gives_its_files_figures_and_problems(a_workspace: Callable[..., Path]) -> None:
    home = a_workspace([{}] * 6 + [{"Outcome": "Mostly"}])

    made = cl.report(home, "2023", formats=("xlsx", "html"), out=home / "made")

    assert [path.name for path in made.files] == ["learning-report.xlsx", "learning-report.html"]
    assert all(path.parent == home / "made" and path.stat().st_size for path in made.files)
    assert "outcome-unknown" in [one.code for one in made.problems]
    assert "received" in made.figures.index


def test_texts_get_their_themes_and_one_says_nothing() -> None:
    found = cl.themes(["Nobody rang us back for weeks although we left messages.", ""])

    assert set(found["text"]) == {0}
    assert found.loc[found["primary"], "theme"].tolist() == ["communication"]
    assert found["probability"].between(0, 1).all()


def test_no_texts_give_an_empty_table_of_the_same_shape() -> None:
    none, one = cl.themes([]), cl.themes(["Nobody rang us back."])

    assert len(none) == 0
    assert list(none.columns) == list(one.columns)


def test_an_unknown_period_is_said_as_the_command_says_it(
    a_workspace: Callable[..., Path],
) -> None:
    with pytest.raises(SettingsError, match="'soon'"):
        cl.figures(a_workspace(), "soon")


def test_no_public_name_is_that_of_a_module_or_of_nothing() -> None:
    home = Path(cl.__file__).parent
    modules = {path.stem for path in home.iterdir()}

    assert set(cl.__all__) & modules == set()
    assert all(hasattr(cl, name) for name in cl.__all__)
    assert not hasattr(cl, "classify_all")


def test_importing_it_loads_nothing_heavy() -> None:
    code = (
        "import sys; import complaints_learning as cl; cl.report; "
        "print(sorted({'pandas', 'matplotlib', 'openpyxl'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "[]"
