"""Every promise the docs make."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from complaints_learning.commands import COMMANDS
from complaints_learning.nouns.codes import CODES

ROOT = Path(__file__).resolve().parent.parent
MADE_BY = re.compile(r'code="([a-z0-9-]+)"|Problem\(\s*"([a-z0-9-]+)"')


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tools_docs", ROOT / "tools" / "docs.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_generated_pages_are_up_to_date(tool: ModuleType) -> None:
    stale = [
        name
        for name, page in tool.PAGES.items()
        if not (ROOT / name).exists() or (ROOT / name).read_text(encoding="utf-8") != page()
    ]

    assert stale == [], "run: make docs"


def test_every_problem_code_that_the_code_uses_is_explained() -> None:
    used = {
        found[1] or found[2]
        for path in (ROOT / "src").rglob("*.py")
        for found in MADE_BY.finditer(path.read_text(encoding="utf-8"))
    }

    assert sorted(used - set(CODES)) == []


def test_the_problem_codes_stand_in_alphabetical_order() -> None:
    assert list(CODES) == sorted(CODES)


def test_every_command_has_its_module_and_its_line_in_the_help() -> None:
    modules = {path.stem for path in (ROOT / "src/complaints_learning/commands").glob("*.py")} - {
        "__init__",
        "options",
        "say",
    }

    assert {name.replace("-", "_") for name in COMMANDS} <= modules


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_a_page_names_is_there(page: str) -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = re.findall(r"\bmake ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"))

    assert set(named) <= set(targets)


def test_no_tracked_text_names_a_registry_or_this_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    words = (
        *("pypi." + "org", "python" + "hosted", "npmjs." + "org"),
        *("/work/" + "main", "/work/" + "wt", "/work/" + "shared"),
    )
    found = [
        f"{name}: {word}"
        for name in listed.stdout.split("\n")
        if name and (ROOT / name).suffix in (".py", ".md", ".toml", ".lock", ".txt", ".yml", "")
        for word in words
        if (ROOT / name).is_file()
        and word in (ROOT / name).read_text(encoding="utf-8", errors="ignore")
    ]

    assert found == []


def test_every_code_block_of_cl_commands_in_the_readme_names_real_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\s*\$ cl ([a-z-]+)", text, re.M))

    assert {"sample", "report"} <= named <= set(COMMANDS)


def test_python_runs_the_module_as_cl() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "complaints_learning", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.startswith("complaints-learning ")


def test_examples_in_the_help_stand_one_a_line() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")

    assert "  Examples:\n    cl report --period 2023\n" in text
    assert "\\b" not in text
    assert text.count("--install-completion") == 1
