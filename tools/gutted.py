"""Does a test pass when what it tests is gone? Each test file against its subject with no body.

python tools/gutted.py [SUBJECT ...]

Every function and method of a subject gives None, at once and whatever it is asked; then the tests
of that subject are run. Prints each that still passes: it has to be named in ALIVE with a reason.
"""

from __future__ import annotations

import importlib.machinery
import importlib.util
import inspect
import os
import subprocess
import sys
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OURS = "complaints_learning."
SUBJECTS: dict[str, tuple[str, ...]] = {
    "nouns.period": ("period",),
    "nouns.wording": ("wording",),
    "nouns.settings": ("settings",),
    "nouns.themes": ("themes",),
    "measure": (
        *("measure", "measure_actions", "measure_assurance", "measure_forms", "measure_impact"),
        *("measure_people", "measure_statistics", "measure_timeliness", "measure_truth"),
    ),
    "protect": ("protect", "protected", "leaks"),
    "protect.held": ("held",),
    "protect read.finished": ("gate",),
    "classify": ("classify", "evaluate"),
    "check": ("check", "cli_check", "messy"),
    "read": ("read", "read_layouts", "read_binary", "read_faults", "read_scan"),
    "tell": ("tell",),
    "draw": ("draw", "draw_apart"),
    "word.audit": ("audit",),
    "word.live": ("live",),
    "write": ("write_word", "web", "pack", "safely"),
    "jobs": ("publishing", "recording", "review", "explain", "kept", "notebook"),
    "pipeline": ("whole", "complaints_report", "editing", "round_trip"),
    "cli": ("cli", "cli_init", "cli_pictures", "cli_shell", "cli_usage", "machine", "handling"),
}
"""Modules and packages by name, and the test files whose subject they are."""
_APART = "runs the subject in a process of its own, where it is not gone"
_NOUN = "tests the names of the file's table or style, which another module holds"
ALIVE: dict[str, str] = {
    f"tests/test_{name}": why
    for why, names in (
        (
            _APART,
            (
                "measure_timeliness.py::test_bank_holidays_are_what_the_library_says_without_the_"
                "rest_of_the_world",
                "draw.py::test_a_web_page_alone_does_not_wait_for_matplotlib",
                "draw.py::test_a_matplotlibrc_of_the_folder_we_are_in_changes_no_chart",
                "draw_apart.py::test_it_ends_with_a_parent_that_is_killed",
                "draw_apart.py::test_a_report_loads_no_matplotlib_in_its_own_process",
            ),
        ),
        (
            _NOUN,
            (
                "check.py::test_no_header_means_two_columns",
                "draw.py::test_the_style_file_that_comes_with_the_tool_says_the_defaults",
                "draw.py::test_a_style_that_cannot_be_used_is_explained",
            ),
        ),
    )
    for name in names
}
"""Tests that do not need their file's subject, and why that is right."""


def _gone(real: FunctionType) -> FunctionType:
    def nothing(*_: Any, **__: Any) -> None:
        return None

    nothing.__dict__.update(real.__dict__)
    nothing.__name__, nothing.__doc__ = real.__name__, None
    return nothing


def gut(module: ModuleType) -> None:
    """Empty every function and method that the module makes itself."""
    for name, value in list(vars(module).items()):
        if getattr(value, "__module__", None) != module.__name__:
            continue
        if isinstance(value, FunctionType):
            setattr(module, name, _gone(value))
        elif inspect.isclass(value) and not issubclass(value, BaseException):
            for part, method in list(vars(value).items()):
                if isinstance(method, FunctionType) and not part.startswith("__"):
                    setattr(value, part, _gone(method))


def pytest_configure() -> None:
    """As a plugin of pytest: the subject in CL_GUTTED is emptied whenever it is imported."""
    subjects = tuple(f"{OURS}{one}." for one in os.environ["CL_GUTTED"].split())
    real = importlib.machinery.SourceFileLoader.exec_module

    def exec_module(self: importlib.machinery.SourceFileLoader, module: ModuleType) -> None:
        real(self, module)
        if f"{module.__name__}.".startswith(subjects):
            gut(module)

    importlib.machinery.SourceFileLoader.exec_module = exec_module  # type: ignore[method-assign]


def passing(subject: str) -> list[str]:
    """The tests of a subject that pass although it is gone."""
    for name in subject.split():
        if importlib.util.find_spec(OURS + name) is None:
            raise SystemExit(f"there is no {OURS}{name}")
    files = [f"tests/test_{name}.py" for name in SUBJECTS[subject]]
    options = ["-q", "-p", "gutted", "-p", "no:cacheprovider", "-rp", "--tb=no", "-o", "addopts="]
    around = {**os.environ, "CL_GUTTED": subject, "PYTHONPATH": str(ROOT / "tools"), "CI": "1"}
    command = [sys.executable, "-m", "pytest", *options, *files]
    ran = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True)
    lines = ran.stdout.splitlines()
    return [line.removeprefix("PASSED ") for line in lines if line.startswith("PASSED ")]


def main() -> None:
    """Print the tests that pass without their subject; leaves with 1 when one has no reason."""
    new = 0
    for subject in sys.argv[1:] or SUBJECTS:
        for test in passing(subject):
            known = ALIVE.get(test.partition("[")[0], "")
            new += not known
            print(f"{subject}: {test}{f' ({known})' if known else ''}")
    raise SystemExit(1 if new else 0)


if __name__ == "__main__":
    main()
