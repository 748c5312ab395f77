"""A newcomer's first ten minutes, played: what they type, what they read, a mistake, its mend."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_page_and_the_readme_say_what_the_terminal_says(tmp_path: Path) -> None:
    spec = importlib.util.spec_from_file_location("minutes", ROOT / "tools" / "first_minutes.py")
    assert spec and spec.loader
    minutes = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(minutes)

    steps = minutes.played(tmp_path)

    assert [code for *_, code in steps] == [0, 3, 2, 3, 0, 0, 3]
    assert "Did you mean 2022-23 or 2023-24?" in steps[2][2]
    assert "5 x outcome-unknown" in steps[3][2]
    assert "2 x outcome-unknown" in steps[6][2]  # the misspelt ones are left
    told = minutes.text(steps)
    page = (ROOT / "docs" / "first-ten-minutes.md").read_text(encoding="utf-8")
    assert told in page, "run: python tools/first_minutes.py"
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert minutes.text(steps, *minutes.README) in readme, "run: python tools/first_minutes.py"
