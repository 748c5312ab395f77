"""Does a test pass when what it tests is gone? Each test file against its subject with no body.

python tools/gutted.py [SUBJECT ...]

Every function and method of a subject gives None, at once and whatever it is asked; then the tests
of that subject are run. Prints how many failed, and each that still passes: it has to be named in
ALIVE with a reason. A test whose fixture or file cannot do without the subject has not been asked;
it is run again with the subject gone only while the test itself runs.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from importlib.machinery import SourceFileLoader
from pathlib import Path
from tempfile import TemporaryDirectory
from types import CodeType, FunctionType, ModuleType

import hypothesis
import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = "complaints_learning."
SECONDS = 300
"""A test that takes longer hangs, which is no answer."""
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)
"""One example that fails is enough, and need not be made small."""
SUBJECTS: dict[str, tuple[str, ...]] = {
    "nouns.columns": ("columns",),
    "nouns.period": ("period",),
    "nouns.wording": ("wording",),
    "nouns.settings": ("settings",),
    "nouns.themes": ("themes",),
    "measure": (
        *("measure", "measure_actions", "measure_assurance", "measure_forms", "measure_impact"),
        *("measure_people", "measure_statistics", "measure_timeliness", "measure_truth"),
    ),
    "measure.coverage": ("covered",),
    "measure.rare": ("rare",),
    "protect": ("protect", "protected", "leaks"),
    "protect.held": ("held",),
    "protect.private": ("private",),
    "protect read.finished": ("gate",),
    "classify": ("classify", "classify_apart"),
    "classify read.labelled": ("evaluate",),
    "classify.search": ("search",),
    "classify.seen": ("seen",),
    "check": ("check", "messy", "points", "sample_faults"),
    "check.cases check.case_notes": ("cases",),
    "check.turned": ("turned",),
    "read": ("read", "read_layouts", "read_binary", "read_faults", "read_once", "nasty"),
    "read.scan": ("read_scan",),
    "read.grid read.delimited": ("read_grid",),
    "read.beside": ("beside",),
    "tell": ("tell", "texts"),
    "read tell": ("attacks",),
    "draw": ("draw", "draw_apart"),
    "word.audit": ("audit",),
    "word.live": ("live",),
    "word.active word.package": ("active",),
    "write": ("write_word", "web", "web_sample", "pack"),
    "write.drafted": ("drafted",),
    "write.landscape": ("landscape",),
    "write.lock": ("lock",),
    "write.paper": ("pdf",),
    "write.safely": ("safely",),
    "write.shell": ("shell", "cli_shell"),
    "measure protect tell draw write": ("one_source",),
    "read.compiled write.compiled tell.compiled": ("compiled",),
    "read.decisions write.review": ("review",),
    "jobs": ("publishing", "recording", "explain", "cache"),
    "notebook": ("notebook",),
    "pipeline": ("whole", "complaints_report", "round_trip", "work"),
    "cli": ("cli", "handling"),
    "commands": ("cli_usage", "machine", "schemas"),
    "commands.check": ("cli_check",),
    "commands.doctor": ("doctor",),
    "commands.init": ("cli_init",),
    "commands.themes commands.trend commands.chain": ("cli_pictures",),
    "commands.verify commands.refresh commands.check": ("editing",),
}
"""Modules and packages by name, and the test files whose subject they are."""
WITHOUT: dict[str, str] = {
    "batch": "what docs/batch.md tells a shell to do, with nothing of ours around it",
    "beyond": "a benchmark with Dask",
    "docs": "the pages against the commands",
    "docs_run": "the code blocks of the pages",
    "faults": "the fault suite, whose runs are forks",
    "first_minutes": "what a newcomer types, against the page",
    "sample": "the invented council, whose maker is a tool",
    "shape": "the source as text",
}
"""The test files that have no subject here, and what they test instead."""
REASONS: dict[str, tuple[str, ...]] = {
    "runs the subject in a process with hardly anything around it, where it is not gone": (
        "machine.py::test_a_reader_who_leaves_early_is_no_trouble",
        "machine.py::test_a_run_that_is_asked_to_end_leaves_nothing_behind",
        "machine.py::test_a_run_without_a_screen_does_its_work",
        "machine.py::test_an_answer_that_cannot_be_printed_is_told",
        "whole.py::test_the_wheel_alone_runs_the_main_job_from_another_folder",
    ),
    "asks what is loaded, or which names there are, when nothing has been called yet": (
        "draw.py::test_a_web_page_alone_does_not_wait_for_matplotlib",
        "notebook.py::test_importing_it_loads_nothing_heavy",
        "notebook.py::test_no_public_name_is_that_of_a_module_or_of_nothing",
    ),
    "tests a list, which no function makes": (
        "check.py::test_the_words_for_themes_are_those_of_the_themes_that_ship",
        "nasty.py::test_every_verdict_is_of_a_file_that_there_is",
        "read_once.py::test_the_empty_list_leaves_the_crc_of_a_part_as_it_was",
        "schemas.py::test_every_command_answers_in_json_and_has_a_schema",
        "schemas.py::test_the_schemas_are_written_down",
        "settings.py::test_every_kind_of_table_has_its_files_and_its_headers_in_the_settings",
    ),
    "tests a file that comes with the tool": (
        "draw.py::test_the_style_file_that_comes_with_the_tool_says_the_defaults",
        "texts.py::test_no_text_holds_a_number_that_should_be_a_figure",
        "themes.py::test_the_shipped_file_reads_like_prose_with_no_line_wider_than_a_screen",
        "web.py::test_colours_of_the_page_are_far_enough_apart_in_light_and_dark",
    ),
    "tests what the other tests of the file are asked with": (
        "audit.py::test_the_schema_validator_catches_what_our_check_leaves_to_it",
        "audit.py::test_the_schema_validator_finds_nothing_in_a_report",
        "texts.py::test_the_reader_finds_each_fault",
    ),
    "stands with its neighbours, but its answer is given by another part": (
        "cli_init.py::test_actions_that_only_the_forms_hold_are_said_not_to_count",
        "complaints_report.py::test_a_councils_own_text_for_the_learning_report_is_borrowed_too",
        "complaints_report.py::test_a_manifest_without_a_title_or_with_a_path_is_refused",  # read
        "complaints_report.py::test_no_template_of_the_annual_report_uses_an_unknown_name",  # tell
        "draw.py::test_a_style_that_cannot_be_used_is_explained",  # nouns
        "rare.py::test_in_a_register_of_a_few_rows_every_service_is_rare",  # check
        "rare.py::test_the_check_lists_a_service_seen_once_or_twice_without_saying_it",  # check
        "review.py::test_what_was_learned_is_kept_and_gives_the_same_labels_when_thrown_away",
    ),
}
ALIVE = {f"tests/test_{name}": why for why, names in REASONS.items() for name in names}
"""Tests that do not need their file's subject, and why that is right."""


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    """The functions and methods that the module makes itself, also those under a decorator."""
    for value in vars(module).values():
        parts = [value]
        if inspect.isclass(value) and not issubclass(value, BaseException):
            parts = [part for name, part in vars(value).items() if not name.startswith("__")]
        for part in parts:
            for held in (part, *(getattr(part, name, None) for name in ("fget", "func"))):
                bare = inspect.unwrap(held) if callable(held) else held
                if isinstance(bare, FunctionType) and bare.__module__ == module.__name__:
                    yield bare


def _emptied(code: CodeType) -> CodeType:
    """Code that takes the same arguments and gives None, at once."""
    made = inspect.CO_GENERATOR | inspect.CO_COROUTINE | inspect.CO_ASYNC_GENERATOR
    nothing = (lambda: None).__code__
    return code.replace(
        co_code=nothing.co_code,
        co_consts=nothing.co_consts,
        co_stacksize=nothing.co_stacksize,
        co_linetable=nothing.co_linetable,
        co_exceptiontable=nothing.co_exceptiontable,
        co_flags=code.co_flags & ~made,
    )


class Gone:
    """A subject's functions, emptied as soon as they are imported, and put back when asked."""

    def __init__(self, subject: str, empty: bool = True) -> None:
        self.subject, self.real = subject, dict[FunctionType, CodeType]()
        self.become(empty)
        names = tuple(f"{OURS}{one}." for one in subject.split())
        load = SourceFileLoader.exec_module

        def exec_module(loader: SourceFileLoader, module: ModuleType) -> None:
            if not f"{module.__name__}.".startswith(names):
                return load(loader, module)
            empty = self.empty
            self.become(False)  # what a module makes when it is imported is real
            try:
                load(loader, module)
            finally:
                self.real |= {one: one.__code__ for one in _functions(module)}
                self.become(empty)

        SourceFileLoader.exec_module = exec_module  # type: ignore[method-assign]

    def become(self, empty: bool) -> None:
        """Empty, or as it was; also in the processes that are started from now on."""
        self.empty = empty
        os.environ["CL_GUTTED"] = self.subject if empty else ""
        for one, code in self.real.items():
            one.__code__ = _emptied(code) if empty else code


class Plugin:
    """Of pytest: the subject in CL_SUBJECT is gone, and how each test ends is kept in CL_ENDS."""

    def __init__(self) -> None:
        self.always = not os.environ.get("CL_FIXTURES_REAL")
        self.gone = Gone(os.environ["CL_SUBJECT"], self.always)
        self.ends: dict[str, str] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self) -> Generator[None]:
        """The test itself, after its fixtures."""
        self.gone.become(True)
        try:
            return (yield)
        finally:
            self.gone.become(self.always)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A file that cannot be imported has no tests, and is in their place."""
        if report.failed:
            self.ends[report.nodeid] = "unasked"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A fixture that fails keeps its test from being asked."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            unasked = report.failed and report.when == "setup"
            self.ends[report.nodeid] = "unasked" if unasked else report.outcome

    def pytest_sessionfinish(self) -> None:
        """Keep it for the tool."""
        Path(os.environ["CL_ENDS"]).write_text(json.dumps(self.ends), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """As a plugin of pytest."""
    hypothesis.settings.register_profile(
        "ci", derandomize=True, deadline=None, database=None, phases=PHASES
    )
    hypothesis.settings.load_profile("ci")
    config.pluginmanager.register(Plugin())


IN_EVERY_PROCESS = """
import os
if os.environ.get("CL_GUTTED"):
    import gutted
    gutted.Gone(os.environ["CL_GUTTED"])
"""


def ends(subject: str, tests: list[str], **around: str) -> dict[str, str]:
    """How each test ends: failed, passed, skipped, or unasked when it never began."""
    with TemporaryDirectory() as folder:
        Path(folder, "sitecustomize.py").write_text(IN_EVERY_PROCESS, encoding="utf-8")
        kept = Path(folder, "ends.json")
        path = os.pathsep.join([folder, str(ROOT / "tools")])
        own = {"CL_SUBJECT": subject, "CL_ENDS": str(kept), "PYTHONPATH": path, "CI": "1"}
        options = {
            "addopts": "",
            "faulthandler_timeout": f"{SECONDS}",
            "faulthandler_exit_on_timeout": "true",
        }
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "pytest", "-q", "--tb=no", "-p", "no:cacheprovider"),
                *("-p", "gutted", "--continue-on-collection-errors"),
                *(word for pair in options.items() for word in ("-o", "=".join(pair))),
                *tests,
            ],
            cwd=ROOT,
            env={**os.environ, **own, **around},
            capture_output=True,
            text=True,
        )
        if ran.returncode not in (0, 1) or not kept.exists():
            told = f"{ran.stdout[-2000:]}{ran.stderr[-2000:]}"
            raise SystemExit(f"{subject}: a test hangs, or pytest could not begin.\n{told}")
        return json.loads(kept.read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def asked(subject: str) -> dict[str, str]:
    """How each test of a subject ends without it; 'fixture' when only its fixture needs it."""
    for name in subject.split():
        if importlib.util.find_spec(OURS + name) is None:
            raise SystemExit(f"there is no {OURS}{name}")
    found = ends(subject, [f"tests/test_{name}.py" for name in SUBJECTS[subject]])
    left = {test: found.pop(test) for test in [*found] if found[test] in ("unasked", "skipped")}
    again = ends(subject, [*left], CL_FIXTURES_REAL="1") if left else {}
    for test, end in again.items():
        found[test] = "fixture" if (left.get(test), end) == ("unasked", "passed") else end
    return found


def main() -> None:
    """Print the tests that pass without their subject; leaves with 1 when one has no reason."""
    new = 0
    for subject in sys.argv[1:] or SUBJECTS:
        found = asked(subject)
        counts = ", ".join(f"{n} {end}" for end, n in sorted(Counter(found.values()).items()))
        print(f"{subject}: {len(found)} tests, {counts}", flush=True)
        for test, end in found.items():
            if end in ("passed", "unasked", "fixture"):
                known = ALIVE.get(test.partition("[")[0], "")
                new += not known and end != "fixture"
                print(f"    {end}: {test}{f' ({known})' if known else ''}", flush=True)
    raise SystemExit(1 if new else 0)


if __name__ == "__main__":
    main()
