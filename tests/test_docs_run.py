"""Every code block of the docs does what the page says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import docs_blocks

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
EXTENDING = sorted((DOCS / "extending").glob("*.md"))
PAGES = sorted(
    path
    for path in (ROOT / "README.md", *DOCS.rglob("*.md"))
    if path not in EXTENDING
    and any(block.kind in ("console", "pycon") or block.path for block in docs_blocks.blocks(path))
)
FROM_NOTHING = ("README.md", "tutorial.md")


pytestmark = pytest.mark.usefixtures("counted_once")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_code_of_a_page_runs(
    page: Path, sample: Path, tmp_path: Path, cl: Callable[..., Any]
) -> None:
    home = tmp_path / "home"
    if page.name in FROM_NOTHING:
        home.mkdir()
    else:
        shutil.copytree(sample, home)

    assert docs_blocks.run(page, home, cl) > 0


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of our source that the pages on extending may change, one after the other."""
    root = tmp_path_factory.mktemp("ours")
    for name in ("src", "templates"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "tests").mkdir()
    needed = [ROOT / "tests" / name for name in ("conftest.py", "made_once.py")]
    for path in [*(ROOT / "tests").glob("builders_*.py"), *needed]:
        shutil.copy(path, root / "tests")
    return root


def test_the_examples_of_extending_work(
    ours: Path, sample: Path, tmp_path: Path, cl: Callable[..., Any]
) -> None:
    for page in EXTENDING:
        home = tmp_path / page.stem
        shutil.copytree(sample, home)
        docs_blocks.run(page, home, cl, ours)
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=ours,
        env={**os.environ, "PYTHONPATH": str(ours / "src")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert told.returncode == 0, told.stdout + told.stderr


@pytest.mark.parametrize("page", EXTENDING, ids=_name)
def test_an_extension_touches_three_files_and_its_test_at_most(page: Path) -> None:
    changed = {name for name in docs_blocks.touched(page) if not name.startswith("tests/")}

    assert len(changed) <= 3


def test_a_page_that_promises_too_much_is_noticed(tmp_path: Path, cl: Callable[..., Any]) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ cl --version\ncomplaints-learning 99\n```\n", encoding="utf-8")

    with pytest.raises(AssertionError, match="not printed"):
        docs_blocks.run(page, tmp_path, cl)


def test_every_link_between_pages_leads_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    broken = [
        f"{_name(page)}: {target}"
        for page in pages
        for target in docs_blocks.LINK.findall(page.read_text(encoding="utf-8"))
        if not target.startswith(("http", "mailto:"))
        and not (page.parent / target.partition("#")[0]).exists()
    ]

    assert broken == []


def test_the_index_names_every_page() -> None:
    index = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    lost = [
        name
        for name in pages
        if name != "index.md"
        and not name.startswith(("decisions/", "templates/"))
        and f"({name})" not in index
    ]

    assert lost == []
